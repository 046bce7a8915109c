/* tocsin serve: a live exercise in browsers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "app/commands.h"
#include "app/disk.h"
#include "app/inspect.h"
#include "app/listen.h"
#include "app/mistakes.h"
#include "app/opening.h"
#include "app/serve.h"
#include "app/wall.h"

enum { FILES_OF_OUR_OWN = 64, MOST_CONNECTIONS = 6000, USUAL_PORT = 8765 };

/* The record's own, and the claim of each table. A quarter is left where a machine allows few. */
static rlim_t files_of_our_own(rlim_t files)
{
    rlim_t most = FILES_OF_OUR_OWN + OPENING_TABLES;
    return files / 4 < most ? files / 4 : most;
}

/* As many open files as the machine allows, up to what an exercise can use: a hall full of people
 * has several thousand pages open, each of which is a connection. */
static int connection_limit(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0)
        return 0;
    rlim_t wanted = MOST_CONNECTIONS + FILES_OF_OUR_OWN + OPENING_TABLES;
    if (files.rlim_cur < wanted) {
        files.rlim_cur = files.rlim_max < wanted ? files.rlim_max : wanted;
        (void)setrlimit(RLIMIT_NOFILE, &files);
        if (getrlimit(RLIMIT_NOFILE, &files) != 0)
            return 0;
    }
    rlim_t most = files.rlim_cur < wanted ? files.rlim_cur : wanted;
    return (int)(most - files_of_our_own(most));
}

/* ---- what an exercise was made with ---- */

/* An exercise that goes on. */
struct made {
    struct record *record;
    struct str id;
    const struct opening_tables *tables; /* its own from `first` on */
    size_t first;
};

static const struct state *made_state(const struct made *made)
{
    return table_state(made->tables->items[made->first]);
}

static bool is_overlay(const struct made *made, const char *given)
{
    struct arena arena = {0};
    struct record_file kept = {.path = STR("overlay.yaml")};
    struct str bytes;
    struct err err;
    bool is_same = disk_read(given, &arena, &bytes, &err) &&
                   record_exercise_file(made->record, made->id, &kept, &arena, &err) &&
                   str_eq(bytes, kept.bytes);
    arena_fini(&arena);
    return is_same;
}

static bool is_organisation(const struct made *made, const char *given)
{
    return str_is(made_state(made)->def->organisation, given);
}

static bool is_mode(const struct made *made, const char *given)
{
    return strcmp(mode_names[made_state(made)->mode], given) == 0;
}

static bool is_difficulty(const struct made *made, const char *given)
{
    int64_t level;
    return str_to_int64(str_of(given), &level) && level == made_state(made)->difficulty;
}

static bool is_table_count(const struct made *made, const char *given)
{
    int64_t count;
    return str_to_int64(str_of(given), &count) &&
           count == (int64_t)(made->tables->count - made->first);
}

static bool is_by_person(const struct made *made, const char *given)
{
    struct arena arena = {0};
    struct record_exercise exercise;
    struct err err;
    (void)given; /* a switch */
    bool is_same =
        record_exercise_find(made->record, made->id, &arena, &exercise, &err) && exercise.by_person;
    arena_fini(&arena);
    return is_same;
}

/* What a table is made with and keeps: whoever asks for another one must not be given this. */
static const struct choice {
    const char *option;
    bool (*is_made)(const struct made *made, const char *given);
} choices[] = {
    {"--overlay", is_overlay},
    {"--org", is_organisation},
    {"--mode", is_mode},
    {"--difficulty", is_difficulty},
    {"--tables", is_table_count},
    {"--by-person", is_by_person},
};
enum { CHOICE_COUNT = sizeof(choices) / sizeof(choices[0]) };

static const char *find_choice(const struct command_line *line)
{
    for (size_t i = 0; i < CHOICE_COUNT; i++)
        if (command_has(line, choices[i].option))
            return choices[i].option;
    return NULL;
}

/* The line that made an exercise may be given again, word for word: it takes it up. */
static bool check_choices(
    const struct command_line *line, const struct made *made, struct err *reterr)
{
    for (size_t i = 0; i < CHOICE_COUNT; i++) {
        const char *given = command_value(line, choices[i].option);
        if (given != NULL && !choices[i].is_made(made, given))
            return err_set(reterr, ERR_USAGE,
                "%.*s has not ended and goes on as it was made, which is not with %s %s; leave out "
                "%s, or begin another one with --new",
                STR_ARG(made->id), choices[i].option, given, choices[i].option);
    }
    return true;
}

/* Bare, as for play and check, or with --scenario, or both; NULL behind the last one. */
static const char *scenario_of(const struct command_line *line, int i)
{
    const char *option = command_value(line, "--scenario");
    if (i < line->argument_count)
        return line->arguments[i];
    for (int j = 0; option != NULL && j < line->argument_count; j++)
        if (strcmp(line->arguments[j], option) == 0)
            return NULL;
    return i == line->argument_count ? option : NULL;
}

static int scenario_count(const struct command_line *line)
{
    int count = 0;
    while (scenario_of(line, count) != NULL)
        count++;
    return count;
}

static bool take_up(const struct command_line *line, struct record *record, struct str id,
    struct opening_tables *tables, struct err *reterr)
{
    size_t before = tables->count;
    struct made made = {record, id, tables, before};
    if (!opening_take_up(record, id, command_has(line, "--test-clock"), tables, reterr) ||
        !check_choices(line, &made, reterr))
        return false;
    for (size_t i = before; i < tables->count; i++)
        fprintf(stderr, "tocsin serve: going on with %.*s (--new begins another)\n",
            STR_ARG(table_exercise(tables->items[i])));
    return true;
}

/* People wait in the room, and what fails can be fired by hand: it is played all the same, but
 * whoever starts it knows before they do. */
static void warn_of_mistakes(const struct opening *opening)
{
    struct arena arena = {0};
    struct problems problems = {0};
    struct bundle bundle;
    struct load_result result = {0};
    struct disk_source source = {.scenario = opening->scenario,
        .overlay = opening->overlay,
        .home = opening->home,
        .organisation = opening->organisation,
        .problems = &problems};
    if (disk_bundle_from(&source, &arena, &bundle, NULL) &&
        !inspect_scenario(&bundle, &arena, &problems, &result)) {
        for (size_t i = 0; i < problems.count; i++)
            if (problems.items[i].level == PROBLEM_ERROR)
                mistakes_print(stderr, &problems.items[i]);
        fprintf(stderr,
            "tocsin serve: tocsin check calls %s unplayable, for the reasons above. It is opened "
            "all the same: mend it and begin again with --new, or fire by hand what does not "
            "come\n",
            opening->scenario);
    }
    problems_fini(&problems);
    arena_fini(&arena);
}

/* The newest exercise of the scenario that has not ended goes on; else a new one is made. */
static bool open_scenario(const struct command_line *line, struct record *record,
    const struct opening *opening, struct opening_tables *tables, struct err *reterr)
{
    struct arena arena = {0};
    struct str id = {0};
    bool wants_new = command_has(line, "--new") || opening->exercise != NULL;
    bool ok = wants_new || opening_find(record, opening, &arena, &id, reterr);
    if (ok && id.len > 0)
        ok = take_up(line, record, id, tables, reterr);
    else if (ok) {
        warn_of_mistakes(opening);
        ok = opening_new(record, opening, tables, reterr);
    }
    arena_fini(&arena);
    return ok;
}

static bool open_tables(const struct command_line *line, struct record *record,
    struct opening_tables *tables, struct err *reterr)
{
    int64_t difficulty = command_int(line, "--difficulty", 0);
    uint32_t chance;
    wall_entropy((uint8_t *)&chance, sizeof(chance));
    const char *named = command_value(line, "--resume");
    struct opening opening = {.exercise = command_value(line, "--exercise"),
        .overlay = command_value(line, "--overlay"),
        .home = command_value(line, "--home"),
        .organisation = command_value(line, "--org"),
        .mode = command_value(line, "--mode"),
        .difficulty = command_has(line, "--difficulty") ? &difficulty : NULL,
        .seed = command_int(line, "--seed", chance),
        .table_count = command_int(line, "--tables", 1),
        .manual_clock = command_has(line, "--test-clock"),
        .by_person = command_has(line, "--by-person")};
    bool ok = true;
    if (named != NULL)
        ok = take_up(line, record, str_of(named), tables, reterr);
    else if (scenario_of(line, 0) == NULL)
        ok = opening_new(record, &opening, tables, reterr);
    for (int i = 0; ok && named == NULL && scenario_of(line, i) != NULL; i++) {
        opening.scenario = scenario_of(line, i);
        ok = open_scenario(line, record, &opening, tables, reterr);
    }
    return ok;
}

static void tell_quarrels(const struct opening_tables *tables)
{
    for (size_t i = 0; i < tables->count; i++) {
        struct str quarrel = table_quarrel(tables->items[i]);
        if (quarrel.len != 0)
            fprintf(stderr,
                "tocsin serve: the story is switched off for %.*s, the facilitator goes on by "
                "hand: %.*s\n",
                STR_ARG(table_exercise(tables->items[i])), STR_ARG(quarrel));
    }
}

/* Nobody means two of one scenario, and what fits one team or one house fits no second scenario. */
static enum command_exit check_scenarios(const struct command_line *line)
{
    for (int i = 0; i < scenario_count(line); i++)
        for (int j = 0; j < i; j++)
            if (strcmp(scenario_of(line, i), scenario_of(line, j)) == 0)
                return command_misuse(line,
                    "%s is named twice; --tables N opens several tables of one exercise",
                    scenario_of(line, i));
    if (scenario_count(line) > 1 && command_has(line, "--overlay"))
        return command_misuse(line, "--overlay is laid over one scenario, not over several");
    if (scenario_count(line) > 1 && command_has(line, "--exercise"))
        return command_misuse(line, "--exercise is of one scenario, not of several");
    return COMMAND_OK;
}

/* What the line says twice, or not at all; COMMAND_OK when it makes sense. */
static enum command_exit check_line(const struct command_line *line)
{
    int count = scenario_count(line);
    int64_t tables = command_int(line, "--tables", 1);
    const char *resume = command_value(line, "--resume");
    if (count == 0 && resume == NULL && !command_has(line, "--exercise"))
        return command_misuse(
            line, "name what to play: a scenario, --exercise or --resume EXERCISE");
    if (resume != NULL && (find_choice(line) || command_has(line, "--exercise") || count > 0))
        return command_misuse(line, "what is resumed goes on as it was made; leave out %s",
            count > 0                         ? scenario_of(line, 0)
            : command_has(line, "--exercise") ? "--exercise"
                                              : find_choice(line));
    if (tables < 1 || tables > OPENING_TABLES)
        return command_misuse(line, "--tables is between 1 and %d", OPENING_TABLES);
    if (command_has(line, "--overlay") && count == 0)
        return command_misuse(line, "--overlay wants a scenario that it is laid over");
    if (command_has(line, "--org") && count == 0)
        return command_misuse(line, "--org wants a scenario; what is played again keeps its own");
    if (command_has(line, "--tls-cert") != command_has(line, "--tls-key"))
        return command_misuse(line, "--tls-cert and --tls-key go together");
    return check_scenarios(line);
}

static enum command_exit run(const struct command_line *line)
{
    struct record *record = NULL;
    struct opening_tables tables = {0};
    struct serve *serve = NULL;
    struct serve_options options = {
        .program = line->program, .db = command_db(line), .home = command_value(line, "--home")};
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
    bool ok = listen_read(line, USUAL_PORT, &arena, &options.web, &err) &&
              serve_open(&options, &serve, &err);
    arena_fini(&arena);               /* the key with it: the server has its own */
    if (!ok && err.kind == ERR_USAGE) /* an address that is none */
        return command_misuse(line, "%s", err.message);
    ok = ok && record_open(command_db(line), how, &record, &err) &&
         open_tables(line, record, &tables, &err);
    if (ok)
        tell_quarrels(&tables);
    ok = ok && serve_run(serve, record, &tables, &err);
    serve_close(serve);
    opening_close(&tables);
    record_close(record);
    return ok ? COMMAND_OK : command_fail(line, &err);
}

const struct command command_serve = {
    .name = "serve",
    .arguments = "[SCENARIO...]",
    .argument_max = COMMAND_ARGUMENTS,
    .help = "run a live exercise in browsers",
    .details =
        "Starts an exercise on this machine and prints the facilitator's link; of several\n"
        "scenarios, one exercise each. An exercise of the same scenario that has not ended\n"
        "yet goes on where it stood, at all its tables. SIGINT and SIGTERM stop it; started\n"
        "again, it goes on, and pages that were open go on by themselves.",
    .examples = {"tocsin serve scenarios/phone-tree --db drills.db",
        "tocsin serve --resume phone-tree-1 --db drills.db"},
    .ok = "it was stopped by a signal, and all that was told is kept",
    .repeated = "--scenario",
    .options = {{"--scenario", "DIR", "a scenario, the same as SCENARIO; may be repeated"},
        COMMAND_DB, LISTEN_OPTIONS("127.0.0.1:8765"),
        {"--resume", "EXERCISE", "go on with this exercise, or EXERCISE/2, its second table only"},
        {"--exercise", "EXERCISE", "open a further table of this exercise"},
        {"--tables", "N", "at how many tables the new exercise is played; 1 if not given"},
        {"--new", NULL, "begin a new exercise even if one has not ended"},
        {"--mode", "discuss|paced|live", "as the scenario says if not given"},
        {"--difficulty", "0|1|2|3", "as the scenario says if not given; 0: core injects only"},
        {"--overlay", "FILE", "what fits the scenario to a team"}, COMMAND_ORG, COMMAND_BY_PERSON,
        {"--seed", "N", "what chance is drawn from; by chance if not given"}, COMMAND_HOME,
        {"--test-clock", NULL, "tests set the time (test builds only)"}},
    .run = run,
};
