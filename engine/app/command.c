/* Taking command lines apart, and help. */
#include "app/command.h"

#include <stdio.h>
#include <string.h>

static const struct command *find_command(const char *name)
{
    for (int i = 0; i < command_count; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

static int option_at(const struct command *command, const char *name, size_t len)
{
    for (int i = 0; i < COMMAND_OPTIONS && command->options[i].name != NULL; i++)
        if (strlen(command->options[i].name) == len &&
            strncmp(command->options[i].name, name, len) == 0)
            return i;
    return -1;
}

const char *command_value(const struct command_line *line, const char *name)
{
    int at = option_at(line->command, name, strlen(name));
    return at < 0 ? NULL : line->values[at];
}

const char *command_db(const struct command_line *line)
{
    const char *path = command_value(line, "--db");
    return path != NULL ? path : "tocsin.db";
}

bool command_int(
    const struct command_line *line, const char *name, int64_t otherwise, int64_t *ret_value)
{
    const char *text = command_value(line, name);
    *ret_value = otherwise;
    if (text == NULL || str_to_int64(str_of(text), ret_value))
        return true;
    fprintf(stderr, "tocsin %s: %s wants a whole number, not \"%s\"\n", line->command->name, name,
        text);
    return false;
}

enum command_exit command_fail(const struct command_line *line, const struct err *err)
{
    fprintf(stderr, "tocsin %s: %s\n", line->command->name, err->message);
    return err->kind == ERR_USAGE ? COMMAND_USAGE : COMMAND_FAILED;
}

enum command_exit command_misuse(const struct command_line *line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "tocsin %s: ", line->command->name);
    vfprintf(stderr, format, args);
    fprintf(stderr, "\nusage: tocsin %s %s; more with tocsin %s --help\n", line->command->name,
        line->command->arguments, line->command->name);
    va_end(args);
    return COMMAND_USAGE;
}

static void print_help(const struct command *command)
{
    printf("usage: tocsin %s %s%s\n\n%s\n\n%s\n", command->name, command->arguments,
        command->options[0].name != NULL ? " [options]" : "", command->help, command->details);
    for (int i = 0; i < COMMAND_OPTIONS && command->options[i].name != NULL; i++) {
        const struct command_option *option = &command->options[i];
        char left[48];
        snprintf(
            left, sizeof(left), "%s %s", option->name, option->value != NULL ? option->value : "");
        printf("%s  %-22s %s\n", i == 0 ? "\noptions:\n" : "", left, option->help);
    }
}

static void print_overview(FILE *out)
{
    fprintf(out, "tocsin runs tabletop incident-response exercises, records them and scores them.\n"
                 "\nusage: tocsin COMMAND [arguments] [options]\n\n");
    for (int i = 0; i < command_count; i++)
        fprintf(out, "  %-8s %s\n", commands[i]->name, commands[i]->help);
    fprintf(out,
        "\nMore on each: tocsin COMMAND --help. Exit codes: 0 done, 1 failed or something\n"
        "wrong was found, 2 the command line makes no sense.\n");
}

static bool take_option(struct command_line *line, int argc, char **argv, int *at)
{
    const char *text = argv[*at];
    const char *equals = strchr(text, '=');
    size_t len = equals != NULL ? (size_t)(equals - text) : strlen(text);
    int option = option_at(line->command, text, len);
    if (option < 0) {
        command_misuse(line, "there is no option %.*s", (int)len, text);
        return false;
    }
    if (line->command->options[option].value == NULL) {
        line->values[option] = "";
        return equals == NULL ||
               (command_misuse(line, "%.*s takes no value", (int)len, text), false);
    }
    if (equals == NULL && *at + 1 >= argc) {
        command_misuse(line, "%s wants a value: %s", text, line->command->options[option].value);
        return false;
    }
    line->values[option] = equals != NULL ? equals + 1 : argv[++*at];
    return true;
}

static bool take_apart(struct command_line *line, int argc, char **argv)
{
    for (int i = 2; i < argc; i++) {
        if (argv[i][0] == '-' && argv[i][1] != '\0') {
            if (!take_option(line, argc, argv, &i))
                return false;
        } else if (line->argument_count == line->command->argument_max) {
            command_misuse(line, "too many arguments: \"%s\"", argv[i]);
            return false;
        } else {
            line->arguments[line->argument_count++] = argv[i];
        }
    }
    if (line->argument_count < line->command->argument_min) {
        command_misuse(line, "something is missing");
        return false;
    }
    return true;
}

static bool asks_for_help(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    return false;
}

static int unknown_command(const char *name)
{
    struct str names[32];
    struct strs candidates = {names, 0};
    for (int i = 0; i < command_count && candidates.count < 32; i++)
        names[candidates.count++] = str_of(commands[i]->name);
    struct str near = str_nearest(str_of(name), candidates);
    fprintf(stderr, "tocsin: there is no command \"%s\"", name);
    if (near.len != 0)
        fprintf(stderr, "; did you mean \"%.*s\"?", STR_ARG(near));
    fprintf(stderr, "\nAll commands: tocsin help\n");
    return (int)COMMAND_USAGE;
}

static bool is_help(const char *word)
{
    return strcmp(word, "help") == 0 || strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

static enum command_exit run_command(const struct command *command, int argc, char **argv)
{
    struct command_line line = {.command = command};
    if (!take_apart(&line, argc, argv))
        return COMMAND_USAGE;
    enum command_exit done = command->run(&line);
    if (fflush(stdout) == 0 && !ferror(stdout))
        return done;
    fprintf(stderr, "tocsin %s: the output could not be written\n", command->name);
    return COMMAND_FAILED;
}

int command_main(int argc, char **argv)
{
    if (argc < 2) {
        print_overview(stderr);
        return (int)COMMAND_USAGE;
    }
    bool help = is_help(argv[1]);
    if (help && argc == 2) {
        print_overview(stdout);
        return (int)COMMAND_OK;
    }
    const char *name = help ? argv[2] : argv[1];
    const struct command *command = find_command(strcmp(name, "--version") == 0 ? "version" : name);
    if (command == NULL)
        return unknown_command(name);
    if (help || asks_for_help(argc, argv)) {
        print_help(command);
        return (int)COMMAND_OK;
    }
    return (int)run_command(command, argc, argv);
}
