/* tocsin check: everything that is wrong with a scenario, before anybody plays it. */
#include <stdio.h>

#include "app/commands.h"
#include "app/disk.h"
#include "app/inspect.h"
#include "app/mistakes.h"
#include "app/terminal.h"
#include "base/json_write.h"

struct checking {
    struct arena arena;
    struct problems problems;
    struct bundle bundle;
    struct load_result result;
    bool is_playable; /* no error; warnings do not hinder */
};

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

/* "1 error", "3 errors" */
static void print_count(size_t count, const char *what)
{
    printf("%zu %s%s", count, what, count == 1 ? "" : "s");
}

static void print_mistakes(const struct problems *problems)
{
    const size_t errors = problems->error_count, warnings = problems->warning_count;
    if (errors > 0)
        print_count(errors, "error");
    printf("%s", errors > 0 && warnings > 0 ? ", " : "");
    if (warnings > 0)
        print_count(warnings, "warning");
}

/* The last line says what comes of it all. */
static void print_end(const struct checking *checking, bool ok)
{
    const struct def *def = &checking->result.def;
    const struct problems *problems = &checking->problems;
    enum terminal_tint tint = ok ? TERMINAL_GOOD : TERMINAL_BAD;
    const char *outcome = problems->error_count > 0     ? "it cannot be played"
                          : !ok                         ? "playable, but --strict allows none"
                          : problems->warning_count > 0 ? "playable"
                                                        : "nothing wrong";
    if (problems->error_count == 0) {
        printf("%.*s: ", STR_ARG(def->id));
        print_count(def->inject_count, "inject");
        printf(", ");
        print_count(def->fact_count, "fact");
        printf(", ");
        print_count(checking->result.rules.count, "rule");
        printf("; ");
    }
    print_mistakes(problems);
    printf("%s%s%s%s\n", problems->error_count + problems->warning_count > 0 ? ": " : "",
        terminal_tint(stdout, tint), outcome, terminal_plain(stdout));
}

static void print_plain(const struct checking *checking, bool ok)
{
    for (size_t i = 0; i < checking->problems.count; i++)
        mistakes_print(stdout, &checking->problems.items[i]);
    if (checking->problems.overflowed)
        printf("… and more; mend these first\n");
    print_end(checking, ok);
}

/* What cannot even be read is a mistake like another one. Where the disk or the line is to blame,
 * there is no place in a file to tell. */
static bool read_all(const struct command_line *line, struct checking *checking, struct err *reterr)
{
    struct disk_source source = {.scenario = line->arguments[0],
        .overlay = command_value(line, "--overlay"),
        .home = command_value(line, "--home"),
        .problems = &checking->problems,
        .organisation = command_value(line, "--org")};
    if (disk_bundle_from(&source, &checking->arena, &checking->bundle, reterr)) {
        checking->is_playable = inspect_scenario(
            &checking->bundle, &checking->arena, &checking->problems, &checking->result);
        return true;
    }
    if (checking->problems.error_count > 0)
        return true;
    if (command_has(line, "--json"))
        problems_tell(&checking->problems, reterr->kind == ERR_IO ? KIND_MISSING_FILE : KIND_FORM,
            (struct place){.file = str_of(source.scenario)}, "%s", reterr->message);
    return false;
}

static enum command_exit run(const struct command_line *line)
{
    struct checking checking = {0};
    struct err err;
    enum command_exit done;
    bool as_json = command_has(line, "--json");
    if (!read_all(line, &checking, &err) && !as_json) {
        done = command_fail(line, &err);
    } else {
        bool strict = command_has(line, "--strict");
        bool ok = checking.is_playable && (!strict || checking.problems.warning_count == 0);
        if (as_json)
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
        {"--overlay", "FILE", "what fits the scenario to a team"}, COMMAND_ORG, COMMAND_HOME},
    .run = run,
};
