/* tocsin serve: a live exercise in browsers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "app/commands.h"
#include "app/disk.h"
#include "app/serve.h"
#include "app/wall.h"

enum { FILES_OF_OUR_OWN = 64, MOST_CONNECTIONS = 6000 };

/* As many open files as the machine allows, up to what an exercise can use: a hall full of people
 * has several thousand pages open, each of which is a connection. */
static int connection_limit(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0)
        return 0;
    rlim_t wanted = MOST_CONNECTIONS + FILES_OF_OUR_OWN;
    if (files.rlim_cur < wanted) {
        files.rlim_cur = files.rlim_max < wanted ? files.rlim_max : wanted;
        (void)setrlimit(RLIMIT_NOFILE, &files);
        if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur <= FILES_OF_OUR_OWN)
            return 0;
    }
    return (int)(files.rlim_cur < wanted ? files.rlim_cur : wanted) - FILES_OF_OUR_OWN;
}

static bool parse_listen(
    const struct command_line *line, struct serve_options *options, struct err *reterr)
{
    const char *text = command_value(line, "--listen");
    struct str address, port;
    int64_t number;
    options->web.listen_address = STR("127.0.0.1");
    options->web.port = 8765;
    if (text == NULL)
        return true;
    const char *colon = strrchr(text, ':');
    if (colon == NULL)
        return err_set(reterr, ERR_USAGE,
            "--listen wants ADDRESS:PORT, as in 127.0.0.1:8765, not \"%s\"", text);
    address = (struct str){text, (size_t)(colon - text)};
    port = str_of(colon + 1);
    if (!str_to_int64(port, &number) || number < 0 || number > 65535)
        return err_set(reterr, ERR_USAGE, "\"%.*s\" is no port; use 0 to 65535", STR_ARG(port));
    options->web.listen_address = address;
    options->web.port = (int)number;
    return true;
}

/* Zero-terminated, as the library wants it. */
static bool read_pem(const struct command_line *line, const char *option, struct arena *arena,
    const char **ret_pem, struct err *reterr)
{
    struct str bytes;
    if (!disk_read(command_value(line, option), arena, &bytes, reterr))
        return false;
    *ret_pem = arena_format(arena, "%.*s", STR_ARG(bytes)).ptr;
    return true;
}

static bool read_tls(const struct command_line *line, struct arena *arena,
    struct web_options *options, struct err *reterr)
{
    if (!command_has(line, "--tls-cert"))
        return true;
    return read_pem(line, "--tls-cert", arena, &options->tls_certificate, reterr) &&
           read_pem(line, "--tls-key", arena, &options->tls_key, reterr);
}

static bool is_over(enum status status)
{
    return status == STATUS_ENDED || status == STATUS_SEALED || status == STATUS_STOPPED;
}

/* The claim comes first: what another process is still writing is not read back. */
static bool take_up(
    struct record *record, struct str exercise, struct table **ret_table, struct err *reterr)
{
    return record_exercise_lock(record, exercise, reterr) &&
           table_resume(record, exercise, ret_table, reterr);
}

/* What a table is made with and keeps: whoever asks for another one must not be given this. */
static const char *find_choice(const struct command_line *line)
{
    static const char *const choices[] = {"--overlay", "--org", "--mode", "--difficulty"};
    for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++)
        if (command_has(line, choices[i]))
            return choices[i];
    return NULL;
}

/* The newest table of the newest exercise that may go on here. */
static const struct record_table *find_newest(const struct command_line *line,
    const struct record_exercise *items, size_t count, const char *scenario)
{
    const struct record_exercise *newest = count > 0 ? &items[count - 1] : NULL;
    if (newest == NULL || !str_is(newest->scenario, scenario))
        return NULL;
    for (size_t i = newest->table_count; i > 0; i--) {
        const struct record_table *table = &newest->tables[i - 1];
        if (!table->has_ended && (!table->manual_clock || command_has(line, "--test-clock")))
            return table;
    }
    return NULL;
}

/* The newest exercise of the file goes on if it is one of this scenario and not at its end. True
 * without a table when there is none to go on with. One that cannot be taken up is an error: a new
 * one beside it would split the room. */
static bool take_up_newest(const struct command_line *line, struct record *record,
    const char *scenario, struct table **ret_table, struct err *reterr)
{
    struct arena arena = {0};
    struct record_exercise *items;
    size_t count;
    struct table *table = NULL;
    bool ok = record_exercise_list(record, &arena, &items, &count, reterr);
    const struct record_table *newest = ok ? find_newest(line, items, count, scenario) : NULL;
    const char *choice = newest != NULL ? find_choice(line) : NULL;
    if (choice != NULL)
        ok = err_set(reterr, ERR_USAGE,
            "%.*s has not ended and goes on as it was made; leave out %s, or begin another one "
            "with --new",
            STR_ARG(newest->id), choice);
    else if (newest != NULL)
        ok = take_up(record, newest->id, &table, reterr);
    if (table != NULL && is_over(table_state(table)->status)) {
        table_free(table);
        table = NULL;
    }
    *ret_table = table;
    arena_fini(&arena);
    return ok;
}

/* Bare, as for play and check, or with --scenario. */
static const char *scenario_of(const struct command_line *line)
{
    return line->argument_count > 0 ? line->arguments[0] : command_value(line, "--scenario");
}

/* "scenarios/phone-tree/" → "phone-tree" */
static const char *base_name(const char *path, struct arena *arena)
{
    struct str rest = str_of(path);
    while (rest.len > 0 && rest.ptr[rest.len - 1] == '/')
        rest.len--;
    for (size_t i = rest.len; i > 0; i--)
        if (rest.ptr[i - 1] == '/')
            return arena_str(arena, str_after(rest, i)).ptr;
    return arena_str(arena, rest).ptr;
}

static bool make_new(const struct command_line *line, struct record *record, const char *scenario,
    struct table **ret_table, struct err *reterr)
{
    struct arena arena = {0};
    struct problems problems = {0};
    struct bundle bundle;
    int64_t difficulty = command_int(line, "--difficulty", 0);
    struct table_options options = {.bundle = scenario != NULL ? &bundle : NULL,
        .exercise = command_value(line, "--exercise"),
        .mode = command_value(line, "--mode"),
        .difficulty = command_has(line, "--difficulty") ? &difficulty : NULL,
        .manual_clock = command_has(line, "--test-clock")};
    struct disk_source source = {.scenario = scenario,
        .overlay = command_value(line, "--overlay"),
        .home = command_value(line, "--home"),
        .organisation = command_value(line, "--org")};
    uint32_t chance;
    wall_entropy((uint8_t *)&chance, sizeof(chance));
    options.seed = command_int(line, "--seed", chance);
    bool ok = (scenario == NULL || disk_bundle_from(&source, &arena, &bundle, reterr)) &&
              table_create(record, &options, &problems, ret_table, reterr);
    problems_fini(&problems);
    arena_fini(&arena);
    return ok;
}

static bool find_table(const struct command_line *line, struct record *record,
    struct table **ret_table, struct err *reterr)
{
    struct arena arena = {0};
    struct table *table = NULL;
    const char *scenario = scenario_of(line);
    const char *named = command_value(line, "--resume");
    bool ok = true;
    if (named != NULL)
        ok = take_up(record, str_of(named), &table, reterr);
    else if (!command_has(line, "--new") && !command_has(line, "--exercise"))
        ok = take_up_newest(line, record, base_name(scenario, &arena), &table, reterr);
    if (table != NULL)
        fprintf(stderr, "tocsin serve: going on with %.*s (--new begins another)\n",
            STR_ARG(table_exercise(table)));
    else if (ok)
        ok = make_new(line, record, scenario, &table, reterr);
    if (ok)
        *ret_table = table;
    arena_fini(&arena);
    return ok;
}

/* What the line says twice, or not at all; COMMAND_OK when it makes sense. */
static enum command_exit check_line(const struct command_line *line)
{
    const char *scenario = scenario_of(line), *option = command_value(line, "--scenario");
    const char *resume = command_value(line, "--resume");
    if (scenario == NULL && resume == NULL && !command_has(line, "--exercise"))
        return command_misuse(
            line, "name what to play: a scenario, --exercise or --resume EXERCISE");
    if (option != NULL && strcmp(scenario, option) != 0)
        return command_misuse(line, "two scenarios are named: %s and %s", scenario, option);
    if (resume != NULL && (find_choice(line) || command_has(line, "--exercise")))
        return command_misuse(line, "what is resumed goes on as it was made; leave out %s",
            command_has(line, "--exercise") ? "--exercise" : find_choice(line));
    if (command_has(line, "--overlay") && scenario == NULL)
        return command_misuse(line, "--overlay wants a scenario that it is laid over");
    if (command_has(line, "--org") && scenario == NULL)
        return command_misuse(line, "--org wants a scenario; what is played again keeps its own");
    if (command_has(line, "--tls-cert") != command_has(line, "--tls-key"))
        return command_misuse(line, "--tls-cert and --tls-key go together");
    return COMMAND_OK;
}

static enum command_exit run(const struct command_line *line)
{
    struct record *record = NULL;
    struct table *table = NULL;
    struct serve *serve = NULL;
    struct serve_options options = {.program = line->program, .db = command_db(line)};
    struct err err;
    struct arena arena = {0};
    bool in_record = command_has(line, "--resume") || command_has(line, "--exercise");
    if (check_line(line) != COMMAND_OK)
        return COMMAND_USAGE;
    options.test_clock = command_has(line, "--test-clock");
#ifndef TOCSIN_TEST_CLOCK
    if (options.test_clock)
        return command_misuse(line, "--test-clock is in test builds only");
#endif
    serve_catch_signals();
    /* What goes on must be there already: a mistyped name makes no new file. */
    enum record_open how = in_record ? RECORD_WRITE : RECORD_CREATE;
    options.web.connection_limit = connection_limit();
    options.web.public_url =
        str_of(command_has(line, "--public-url") ? command_value(line, "--public-url") : "");
    bool ok = parse_listen(line, &options, &err) && read_tls(line, &arena, &options.web, &err) &&
              serve_open(&options, &serve, &err);
    arena_fini(&arena);               /* the key with it: the server has its own */
    if (!ok && err.kind == ERR_USAGE) /* an address that is none */
        return command_misuse(line, "%s", err.message);
    ok = ok && record_open(command_db(line), how, &record, &err) &&
         find_table(line, record, &table, &err);
    if (ok && table_quarrel(table).len != 0)
        fprintf(stderr,
            "tocsin serve: the story is switched off for this table, the facilitator "
            "goes on by hand: %.*s\n",
            STR_ARG(table_quarrel(table)));
    ok = ok && serve_run(serve, record, table, &err);
    serve_close(serve);
    table_free(table);
    record_close(record);
    return ok ? COMMAND_OK : command_fail(line, &err);
}

const struct command command_serve = {
    .name = "serve",
    .arguments = "[SCENARIO]",
    .argument_max = 1,
    .help = "run a live exercise in browsers",
    .details =
        "Starts an exercise on this machine and prints the facilitator's link. An exercise of\n"
        "the same scenario that has not ended yet goes on where it stood. SIGINT and\n"
        "SIGTERM stop it; started again, it goes on.",
    .examples = {"tocsin serve scenarios/phone-tree --db drills.db",
        "tocsin serve --resume phone-tree-1 --db drills.db"},
    .ok = "it was stopped by a signal, and all that was told is kept",
    .options = {{"--scenario", "DIR", "the same as SCENARIO"}, COMMAND_DB,
        {"--listen", "ADDR:PORT", "127.0.0.1:8765 if not given; port 0 takes a free one"},
        {"--public-url", "URL", "how people reach it, for links: https://drill.example.jp"},
        {"--tls-cert", "FILE", "speak https with this certificate (PEM, with its chain)"},
        {"--tls-key", "FILE", "and its key (PEM, without a password)"},
        {"--resume", "EXERCISE", "go on with this exercise, or EXERCISE/2, its second table"},
        {"--exercise", "EXERCISE", "open a further table of this exercise"},
        {"--new", NULL, "begin a new exercise even if one has not ended"},
        {"--mode", "discuss|paced|live", "as the scenario says if not given"},
        {"--difficulty", "0|1|2|3", "as the scenario says if not given; 0: core injects only"},
        {"--overlay", "FILE", "what fits the scenario to a team"}, COMMAND_ORG,
        {"--seed", "N", "what chance is drawn from; by chance if not given"}, COMMAND_HOME,
        {"--test-clock", NULL, "tests set the time (test builds only)"}},
    .run = run,
};
