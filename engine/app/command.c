/* Taking command lines apart. What a line may say stands in the commands' rows; whether a value
 * fits is found here, before anything is opened. */
#include "app/command.h"

#include <assert.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/help.h"
#include "base/arena.h"
#include "base/control.h"

enum { NAMES_MAX = 32 };

/* What was written on the line comes back in what is told, and a terminal must not obey it. */
static void tell_list(const char *format, va_list args)
{
    struct arena arena = {0};
    struct buf out = {0};
    control_escape(arena_format_list(&arena, format, args), &out);
    fprintf(stderr, "%.*s", STR_ARG(buf_str(&out)));
    buf_fini(&out);
    arena_fini(&arena);
}

static void tell(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void tell(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    tell_list(format, args);
    va_end(args);
}

/* ", did you mean …?", or nothing. */
static void tell_near(const char *text, struct strs candidates)
{
    struct str near = str_nearest(str_of(text), candidates);
    if (near.len != 0)
        tell("; did you mean \"%.*s\"?", STR_ARG(near));
}

const struct command *command_find(const char *name)
{
    struct str names[NAMES_MAX];
    struct strs candidates = {names, 0};
    for (int i = 0; i < command_count; i++) {
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
        assert(candidates.count < NAMES_MAX);
        names[candidates.count++] = str_of(commands[i]->name);
    }
    tell("tocsin: there is no command \"%s\"", name);
    tell_near(name, candidates);
    tell("\nAll commands: tocsin help\n");
    return NULL;
}

static int option_at(const struct command *command, struct str name)
{
    for (int i = 0; i < COMMAND_OPTIONS && command->options[i].name != NULL; i++)
        if (str_is(name, command->options[i].name))
            return i;
    return -1;
}

const char *command_value(const struct command_line *line, const char *name)
{
    int at = option_at(line->command, str_of(name));
    return at < 0 ? NULL : line->values[at];
}

bool command_has(const struct command_line *line, const char *name)
{
    return command_value(line, name) != NULL;
}

const char *command_db(const struct command_line *line)
{
    const char *path = command_value(line, "--db");
    return path != NULL ? path : "tocsin.db";
}

enum lang command_lang(const struct command_line *line)
{
    enum lang lang = LANG_EN;
    const char *name = command_value(line, "--lang");
    if (name != NULL)
        lang_from_str(str_of(name), &lang);
    return lang;
}

int64_t command_int(const struct command_line *line, const char *name, int64_t otherwise)
{
    const char *text = command_value(line, name);
    int64_t value = otherwise;
    if (text != NULL)
        str_to_int64(str_of(text), &value);
    return value;
}

/* ---- saying what is wrong ---- */

enum command_exit command_fail(const struct command_line *line, const struct err *err)
{
    fflush(stdout); /* so that what was said before stands before it */
    tell("tocsin %s: %s\n", line->command->name, err->message);
    return COMMAND_FAILED;
}

static void tell_usage(const struct command *command)
{
    tell("\nusage: tocsin %s%s%s; more with tocsin %s --help\n", command->name,
        command->arguments[0] != '\0' ? " " : "", command->arguments, command->name);
}

enum command_exit command_misuse(const struct command_line *line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    tell("tocsin %s: ", line->command->name);
    tell_list(format, args);
    va_end(args);
    tell_usage(line->command);
    return COMMAND_USAGE;
}

static bool tell_unknown_option(const struct command *command, const char *text)
{
    struct str names[COMMAND_OPTIONS];
    struct strs candidates = {names, 0};
    while (candidates.count < COMMAND_OPTIONS && command->options[candidates.count].name != NULL) {
        names[candidates.count] = str_of(command->options[candidates.count].name);
        candidates.count++;
    }
    tell("tocsin %s: there is no option %s", command->name, text);
    tell_near(text, candidates);
    tell_usage(command);
    return false;
}

/* ---- taking apart ---- */

static bool fits_choice(
    const struct command *command, const struct command_option *option, const char *text)
{
    struct str names[NAMES_MAX];
    struct strs choices = {names, 0};
    struct str rest = str_of(option->value);
    while (rest.len > 0) {
        assert(choices.count < NAMES_MAX);
        if (!str_cut(rest, '|', &names[choices.count], &rest)) {
            names[choices.count] = rest;
            rest.len = 0;
        }
        choices.count++;
    }
    if (strs_contain(choices, str_of(text)))
        return true;
    tell("tocsin %s: %s wants %s, not \"%s\"", command->name, option->name, option->value, text);
    tell_near(text, choices);
    tell_usage(command);
    return false;
}

/* "en|ja" and "text" name what may be written, "FILE" and "N" what it is. */
static bool fits(
    const struct command_line *line, const struct command_option *option, const char *text)
{
    int64_t number;
    if (text[0] == '\0') {
        command_misuse(line, "%s is empty; it wants %s", option->name, option->value);
        return false;
    }
    bool names_words = option->value[0] < 'A' || option->value[0] > 'Z';
    if (names_words)
        return fits_choice(line->command, option, text);
    if (strcmp(option->value, "N") != 0 || str_to_int64(str_of(text), &number))
        return true;
    command_misuse(line, "%s wants a whole number, not \"%s\"", option->name, text);
    return false;
}

static bool take_argument(struct command_line *line, const char *text)
{
    if (line->argument_count == line->command->argument_max) {
        command_misuse(line, "too many arguments: \"%s\"", text);
        return false;
    }
    line->arguments[line->argument_count++] = text;
    return true;
}

static bool may_repeat(const struct command *command, const struct command_option *option)
{
    return command->repeated != NULL && strcmp(command->repeated, option->name) == 0;
}

static bool take_option(struct command_line *line, int argc, char **argv, int *at)
{
    const char *text = argv[*at];
    const char *equals = strchr(text, '=');
    struct str name = {text, equals != NULL ? (size_t)(equals - text) : strlen(text)};
    int row = option_at(line->command, name);
    if (row < 0)
        return tell_unknown_option(line->command, text);
    const struct command_option *option = &line->command->options[row];
    if (line->values[row] != NULL && !may_repeat(line->command, option)) {
        command_misuse(line, "%s stands twice; keep one of them", option->name);
        return false;
    }
    if (option->value == NULL) {
        line->values[row] = "";
        return equals == NULL || (command_misuse(line, "%s takes no value", option->name), false);
    }
    if (equals == NULL && *at + 1 >= argc) {
        command_misuse(line, "%s wants a value: %s", text, option->value);
        return false;
    }
    const char *value = equals != NULL ? equals + 1 : argv[++*at];
    if (line->values[row] != NULL)
        return take_argument(line, value);
    line->values[row] = value;
    return fits(line, option, value);
}

/* "-" alone is standard input; after "--" everything is an argument. */
static bool take_apart(struct command_line *line, int argc, char **argv)
{
    bool only_arguments = false;
    for (int i = 2; i < argc; i++) {
        if (!only_arguments && strcmp(argv[i], "--") == 0) {
            only_arguments = true;
            continue;
        }
        bool is_option = !only_arguments && argv[i][0] == '-' && argv[i][1] != '\0';
        if (is_option ? !take_option(line, argc, argv, &i) : !take_argument(line, argv[i]))
            return false;
    }
    if (line->argument_count < line->command->argument_min) {
        command_misuse(line, "something is missing");
        return false;
    }
    return true;
}

static bool is_help(const char *word)
{
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

static bool asks_for_help(int argc, char **argv)
{
    for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (is_help(argv[i]))
            return true;
    return false;
}

/* Whatever opened a pipe would wait for ever; a folder is told of by the record. */
static bool has_ordinary_db(const struct command_line *line)
{
    struct stat info;
    if (option_at(line->command, STR("--db")) < 0 || stat(command_db(line), &info) != 0 ||
        S_ISREG(info.st_mode) || S_ISDIR(info.st_mode))
        return true;
    tell("tocsin %s: %s: is no ordinary file; name the file of a record\n", line->command->name,
        command_db(line));
    return false;
}

static enum command_exit run_command(const struct command *command, int argc, char **argv)
{
    struct command_line line = {.command = command, .program = argv[0]};
    enum command_exit done = COMMAND_OK;
    if (asks_for_help(argc, argv))
        help_print(stdout, command);
    else if (!take_apart(&line, argc, argv))
        return COMMAND_USAGE;
    else if (!has_ordinary_db(&line))
        return COMMAND_FAILED;
    else
        done = command->run(&line);
    if (fflush(stdout) == 0 && !ferror(stdout))
        return done;
    tell("tocsin %s: the output could not be written\n", command->name);
    return COMMAND_FAILED;
}

int command_main(int argc, char **argv)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGXFSZ, &ignore, NULL); /* a full quota is an error of the write, not a death */
    if (argc < 2) {
        help_print_overview(stderr);
        return (int)COMMAND_USAGE;
    }
    const char *name = argv[1];
    if (is_help(name))
        name = "help";
    else if (strcmp(name, "--version") == 0)
        name = "version";
    const struct command *command = command_find(name);
    return (int)(command == NULL ? COMMAND_USAGE : run_command(command, argc, argv));
}
