/* tocsin check: everything that is wrong with a scenario, before anybody plays it. */
#include <stdio.h>

#include "app/commands.h"
#include "app/disk.h"
#include "script/script.h"

static void print_problem(const struct problem *problem)
{
    printf("%.*s", STR_ARG(problem->place.file));
    if (problem->place.line > 0)
        printf(":%d", problem->place.line);
    if (problem->place.column > 0)
        printf(":%d", problem->place.column);
    const char *level = problem->level == PROBLEM_WARNING ? "warning: "
                        : problem->level == PROBLEM_NOTE  ? "note: "
                                                          : "";
    printf(": %s%.*s\n", level, STR_ARG(problem->message));
}

/* The story's top level runs once, so that its mistakes are known now. */
static bool check_story(const struct def *def, struct problems *problems)
{
    struct script *script;
    if (!script_new(def, 0, problems, &script))
        return false;
    script_free(script);
    return true;
}

static enum command_exit run(const struct command_line *line)
{
    struct arena arena = {0};
    struct problems problems = {0};
    struct bundle bundle;
    struct def def = {0};
    struct rules rules = {0};
    struct err err;
    enum command_exit done = COMMAND_OK;
    if (!disk_bundle(line->arguments[0], command_value(line, "--home"), &arena, &bundle, &err)) {
        done = command_fail(line, &err);
    } else {
        bool ok =
            load_scenario(&bundle, &arena, &problems, &def, &rules) && check_story(&def, &problems);
        bool strict = command_value(line, "--strict") != NULL;
        for (size_t i = 0; i < problems.count; i++)
            print_problem(&problems.items[i]);
        if (problems.overflowed)
            printf("… and more; mend these first\n");
        if (!ok || (strict && problems.warning_count > 0))
            done = COMMAND_FAILED;
        else
            printf("%.*s: %zu injects, %zu facts, %zu rules; nothing wrong\n", STR_ARG(def.id),
                def.inject_count, def.fact_count, rules.count);
    }
    problems_fini(&problems);
    arena_fini(&arena);
    return done;
}

const struct command command_check = {
    .name = "check",
    .arguments = "SCENARIO",
    .argument_min = 1,
    .argument_max = 1,
    .help = "find what is wrong with a scenario",
    .details = "Reads a scenario's folder and says what is wrong, with file, line and column.",
    .examples = {"tocsin check scenarios/phone-tree", "tocsin check scenarios/phone-tree --strict"},
    .ok = "nothing wrong",
    .failed = "something is wrong, or the scenario could not be read",
    .options = {COMMAND_HOME, {"--strict", NULL, "warnings count as errors"}},
    .run = run,
};
