/* tocsin check: everything that is wrong with a scenario, before anybody plays it. */
#include <stdio.h>

#include "app/commands.h"
#include "app/disk.h"
#include "app/inspect.h"
#include "app/terminal.h"
#include "base/json_write.h"

struct checking {
    struct arena arena;
    struct problems problems;
    struct bundle bundle;
    struct load_result result;
    bool is_playable; /* no error; warnings do not hinder */
};

/* "injects.yaml:12:7: warning: …"; an error needs no word, but has a colour. */
static void print_problem(const struct problem *problem)
{
    static const enum terminal_tint tints[PROBLEM_LEVEL_COUNT] = {
        TERMINAL_BAD, TERMINAL_WARNING, TERMINAL_QUIET};
    printf("%s%.*s", terminal_tint(stdout, tints[problem->level]), STR_ARG(problem->place.file));
    if (problem->place.line > 0)
        printf(":%d", problem->place.line);
    if (problem->place.column > 0)
        printf(":%d", problem->place.column);
    const char *level = problem->level == PROBLEM_WARNING ? " warning:"
                        : problem->level == PROBLEM_NOTE  ? " note:"
                                                          : "";
    printf(":%s%s %.*s\n", level, terminal_plain(stdout), STR_ARG(problem->message));
}

static void write_problem(struct json_write *json, const struct problem *problem)
{
    json_write_object(json);
    json_write_key_int(json, "column", problem->place.column);
    json_write_key_str(json, "file", problem->place.file);
    json_write_key_str(json, "kind", str_of(problem_kinds[problem->kind].id));
    json_write_key_str(json, "level", str_of(problem_level_names[problem->level]));
    json_write_key_int(json, "line", problem->place.line);
    json_write_key_str(json, "message", problem->message);
    json_write_end(json);
}

static void print_json(const struct checking *checking, bool ok)
{
    struct buf out = {0};
    struct json_write json;
    json_write_init(&json, &out);
    json_write_object(&json);
    json_write_key_int(&json, "facts", (int64_t)checking->result.def.fact_count);
    json_write_key_int(&json, "injects", (int64_t)checking->result.def.inject_count);
    json_write_key_bool(&json, "more", checking->problems.overflowed);
    json_write_key_bool(&json, "ok", ok);
    json_write_key(&json, STR("problems"));
    json_write_array(&json);
    for (size_t i = 0; i < checking->problems.count; i++)
        write_problem(&json, &checking->problems.items[i]);
    json_write_end(&json);
    json_write_key_int(&json, "rules", (int64_t)checking->result.rules.count);
    json_write_key_str(&json, "scenario", checking->result.def.id);
    json_write_end(&json);
    printf("%.*s\n", STR_ARG(buf_str(&out)));
    buf_fini(&out);
}

static void print_plain(const struct checking *checking, bool ok)
{
    for (size_t i = 0; i < checking->problems.count; i++)
        print_problem(&checking->problems.items[i]);
    if (checking->problems.overflowed)
        printf("… and more; mend these first\n");
    if (!ok)
        return;
    const struct def *def = &checking->result.def;
    printf("%.*s: %zu injects, %zu facts, %zu rules; %s%s%s\n", STR_ARG(def->id), def->inject_count,
        def->fact_count, checking->result.rules.count, terminal_tint(stdout, TERMINAL_GOOD),
        checking->problems.warning_count > 0 ? "playable" : "nothing wrong",
        terminal_plain(stdout));
}

static bool read_all(const struct command_line *line, struct checking *checking, struct err *reterr)
{
    struct disk_source source = {
        line->arguments[0], command_value(line, "--overlay"), command_value(line, "--home")};
    if (!disk_bundle_from(&source, &checking->arena, &checking->bundle, reterr))
        return false;
    checking->is_playable = inspect_scenario(
        &checking->bundle, &checking->arena, &checking->problems, &checking->result);
    return true;
}

static enum command_exit run(const struct command_line *line)
{
    struct checking checking = {0};
    struct err err;
    enum command_exit done;
    if (!read_all(line, &checking, &err)) {
        done = command_fail(line, &err);
    } else {
        bool strict = command_has(line, "--strict");
        bool ok = checking.is_playable && (!strict || checking.problems.warning_count == 0);
        if (command_has(line, "--json"))
            print_json(&checking, ok);
        else
            print_plain(&checking, ok);
        done = ok ? COMMAND_OK : COMMAND_FAILED;
    }
    problems_fini(&checking.problems);
    arena_fini(&checking.arena);
    return done;
}

const struct command command_check = {
    .name = "check",
    .arguments = "SCENARIO",
    .argument_min = 1,
    .argument_max = 1,
    .help = "find what is wrong with a scenario",
    .details = "Reads a scenario's folder and says what is wrong, with file, line and column.",
    .examples = {"tocsin check scenarios/phone-tree",
        "tocsin check scenarios/phone-tree --strict --json"},
    .ok = "nothing wrong",
    .failed = "something is wrong, or the scenario could not be read",
    .options = {{"--strict", NULL, "warnings count as errors"},
        {"--json", NULL, "one object; its fields stand in docs/commands.md"},
        {"--overlay", "FILE", "what fits the scenario to a team"}, COMMAND_HOME},
    .run = run,
};
