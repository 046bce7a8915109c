/* Fixed work, one kind a run: `count_work NAME DIR` does it once, with its files in DIR. Run under
 * callgrind it tells how many instructions the functions named count_… took, which is alike on
 * every machine with the same compiler and libraries. tests/bench/limits.sh holds it against
 * limits.txt. */
#include <string.h>

#include <sqlite3.h>

#include "app/table.h"
#include "bench.h"
#include "core/step.h"
#include "core/view.h"
#include "exercise.h"
#include "record/record.h"
#include "score/score.h"
#include "script/script.h"

enum {
    STEP_INPUTS = 2000,
    APPEND_EVENTS = 2000,
    APPEND_TURN = 50,
    SCORE_EVENTS = 20000,
    WAKE_STORIES = 20,
    WAKE_TIMES = 200,
    INTAKE_INPUTS = 2000,
    READ_EVENTS = 10000,
};

/* What is counted stands in functions of its own, which callgrind finds by name. */
#define COUNTED __attribute__((noinline))

struct work {
    struct arena arena, turn;
    struct bundle bundle;
    struct def def;
    struct rules rules;
    struct script *script;
    struct machine *machine;
    struct events events;
};

static void begin(struct work *work, const char *path, struct str text)
{
    struct problems problems = {0};
    *work = (struct work){0};
    exercise_bundle(path, text, &work->arena, &work->bundle);
    exercise_load(&work->bundle, &work->arena, &work->def, &work->rules);
    bench_must(script_new(&work->def, 1, &problems, &work->script), "story", NULL);
    problems_fini(&problems);
    struct reactor reactor = script_reactor(work->script);
    work->machine = machine_new(&work->def, &reactor, 1);
    work->events.arena = &work->turn;
}

static void finish(struct work *work)
{
    machine_free(work->machine);
    script_free(work->script);
    arena_fini(&work->turn);
    arena_fini(&work->arena);
}

static void next_turn(struct work *work)
{
    arena_reset(&work->turn);
    work->events = (struct events){.arena = &work->turn};
}

static void parse(struct str line, struct arena *arena, struct intake *ret_intake)
{
    static const uint8_t salt[INTAKE_SALT_BYTES] = {1};
    struct err err;
    bench_must(
        intake_parse(line, (struct intake_from){.source = INTAKE_FILE}, arena, ret_intake, &err),
        "intake", &err);
    intake_salt(ret_intake, salt, arena);
}

/* ---- the kinds ---- */

COUNTED void count_step(struct work *work, const struct intake *inputs)
{
    for (int i = 0; i < STEP_INPUTS; i++) {
        machine_input(work->machine, &inputs[i].input, &work->events);
        next_turn(work);
    }
}

static void do_step(const char *dir)
{
    (void)dir;
    struct work work;
    begin(&work, NULL, STR(""));
    exercise_start(work.machine, &work.events);
    next_turn(&work);
    struct intake *inputs = ARENA_ARRAY(&work.arena, STEP_INPUTS, struct intake);
    for (int i = 0; i < STEP_INPUTS; i++) {
        parse(exercise_input(i, &work.arena), &work.arena, &inputs[i]);
        inputs[i].input.seq = i + 3;
        inputs[i].input.at_ms = (i + 20) * INT64_C(1000);
    }
    count_step(&work, inputs);
    bench_must(machine_state(work.machine)->last_seq > STEP_INPUTS, "too few events", NULL);
    finish(&work);
}

COUNTED void count_append(struct record *record, int64_t table, const struct event *events)
{
    for (int first = 0; first < APPEND_EVENTS; first += APPEND_TURN) {
        struct record_turn turn = {
            .table = table, .events = events + first, .event_count = APPEND_TURN};
        bench_must(record_append(record, &turn, 1, NULL), "append", NULL);
    }
}

static void do_append(const char *dir)
{
    char path[160];
    struct arena arena = {0};
    struct bundle bundle;
    struct record *record;
    struct record_exercise exercise;
    struct err err;
    snprintf(path, sizeof(path), "%s/append.db", dir);
    exercise_bundle(NULL, STR(""), &arena, &bundle);
    struct record_file *files = ARENA_ARRAY(&arena, bundle.file_count, struct record_file);
    for (size_t i = 0; i < bundle.file_count; i++)
        files[i] = (struct record_file){bundle.files[i].path, bundle.files[i].bytes};
    struct record_made_of made_of = {.scenario = STR("drill"),
        .manual_clock = true,
        .files = files,
        .file_count = bundle.file_count};
    struct event *events = ARENA_ARRAY(&arena, APPEND_EVENTS, struct event);
    for (int i = 0; i < APPEND_EVENTS; i++)
        exercise_event(i + 1, &arena, &events[i]);
    bench_forget(path);
    bench_must(record_open(path, RECORD_CREATE, &record, &err), "record", &err);
    bench_must(record_exercise_new(record, &made_of, &arena, &exercise, &err), "exercise", &err);
    count_append(record, exercise.table, events);
    record_close(record);
    bench_forget(path);
    arena_fini(&arena);
}

COUNTED void count_score(struct scorer *scorer, const struct event *events, size_t *ret_findings)
{
    const struct finding *findings;
    for (int i = 0; i < SCORE_EVENTS; i++)
        scorer_feed(scorer, &events[i]);
    scorer_findings(scorer, events[SCORE_EVENTS - 1].at_ms, &findings, ret_findings);
}

static void do_score(const char *dir)
{
    (void)dir;
    struct arena arena = {0};
    struct bundle bundle;
    struct buf yaml = {0};
    struct def def;
    struct rules rules;
    size_t findings;
    exercise_write_rules(5, &yaml);
    exercise_bundle("rules.yaml", buf_str(&yaml), &arena, &bundle);
    exercise_load(&bundle, &arena, &def, &rules);
    struct event *events = ARENA_ARRAY(&arena, SCORE_EVENTS, struct event);
    for (int i = 0; i < SCORE_EVENTS; i++)
        exercise_event(i + 1, &arena, &events[i]);
    struct scorer *scorer = scorer_new(&def, &rules);
    count_score(scorer, events, &findings);
    bench_must(findings > EXERCISE_RULES, "too few findings", NULL);
    scorer_free(scorer);
    buf_fini(&yaml);
    arena_fini(&arena);
}

COUNTED void count_wakes(struct work *work, size_t *ret_events)
{
    *ret_events = 0;
    for (int time = 1; time <= WAKE_TIMES; time++) {
        machine_advance(work->machine, time * INT64_C(10000), &work->events);
        *ret_events += work->events.count;
        next_turn(work);
    }
}

static void do_wakes(const char *dir)
{
    (void)dir;
    struct work work;
    struct buf lua = {0};
    size_t events;
    exercise_write_stories(WAKE_STORIES, &lua);
    begin(&work, "story.lua", buf_str(&lua));
    exercise_start(work.machine, &work.events);
    next_turn(&work);
    count_wakes(&work, &events);
    bench_must(events >= WAKE_STORIES * WAKE_TIMES, "too few wakes", NULL);
    finish(&work);
    buf_fini(&lua);
}

COUNTED void count_intake(const struct str *lines, struct arena *arena)
{
    for (int i = 0; i < INTAKE_INPUTS; i++) {
        struct intake intake;
        parse(lines[i], arena, &intake);
        arena_reset(arena);
    }
}

static void do_intake(const char *dir)
{
    (void)dir;
    struct arena arena = {0}, turn = {0};
    struct str *lines = ARENA_ARRAY(&arena, INTAKE_INPUTS, struct str);
    for (int i = 0; i < INTAKE_INPUTS; i++)
        lines[i] = exercise_input(i, &arena);
    count_intake(lines, &turn);
    arena_fini(&turn);
    arena_fini(&arena);
}

COUNTED void count_read(const struct str *lines, struct arena *arena)
{
    for (int i = 0; i < READ_EVENTS; i++) {
        struct event event;
        bench_must(event_read(lines[i], arena, &event, NULL), "event", NULL);
        arena_reset(arena);
    }
}

static void do_read(const char *dir)
{
    (void)dir;
    struct arena arena = {0}, turn = {0};
    struct buf line = {0};
    struct str *lines = ARENA_ARRAY(&arena, READ_EVENTS, struct str);
    for (int i = 0; i < READ_EVENTS; i++) {
        struct event event;
        exercise_event(i + 1, &arena, &event);
        buf_clear(&line);
        event_write(&event, &line);
        lines[i] = arena_str(&arena, buf_str(&line));
    }
    count_read(lines, &turn);
    buf_fini(&line);
    arena_fini(&turn);
    arena_fini(&arena);
}

static const struct {
    const char *name;
    void (*run)(const char *dir);
} kinds[] = {
    {"step", do_step},
    {"append", do_append},
    {"score", do_score},
    {"wakes", do_wakes},
    {"intake", do_intake},
    {"read", do_read},
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

int main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "";
    if (strcmp(name, "--about") == 0) {
        /* What the numbers depend on, besides our own sources. */
        printf("compiler %s, sqlite %s, lua %.*s\n", __VERSION__, sqlite3_libversion(),
            STR_ARG(script_lua_release()));
        return 0;
    }
    for (size_t i = 0; i < KINDS; i++) {
        if (strcmp(name, "--list") == 0)
            printf("%s\n", kinds[i].name);
        if (strcmp(name, kinds[i].name) != 0)
            continue;
        kinds[i].run(argc > 2 ? argv[2] : ".");
        return 0;
    }
    if (strcmp(name, "--list") == 0)
        return 0;
    fprintf(stderr, "usage: count_work NAME [DIR] | --list | --about\n");
    return 2;
}
