/* Scoring an old exercise again, from the record to the findings: how long for a million events and
 * fifty rules, whether twice the events take twice as long, and whether long windows cost more. */
#include "app/table.h"
#include "base/buf.h"
#include "bench.h"
#include "exercise.h"
#include "record/record.h"
#include "score/score.h"

enum { EVENTS = 1000000, TURN = 2000, ROUNDS = 2 };

static const char path[] = "bench-score.db";

/* The exercise's events, and nothing of how they came to be: scoring looks at events only. */
static void make_record(const struct bundle *bundle)
{
    struct arena arena = {0}, turn_arena = {0};
    struct record *record;
    struct record_exercise exercise;
    struct err err;
    struct record_file *files = ARENA_ARRAY(&arena, bundle->file_count, struct record_file);
    for (size_t i = 0; i < bundle->file_count; i++)
        files[i] = (struct record_file){bundle->files[i].path, bundle->files[i].bytes};
    struct record_made_of made_of = {.scenario = STR("drill"),
        .manual_clock = true,
        .files = files,
        .file_count = bundle->file_count};
    bench_forget(path);
    bench_must(record_open(path, RECORD_CREATE, &record, &err), "record", &err);
    bench_must(record_exercise_new(record, &made_of, &arena, &exercise, &err), "exercise", &err);
    struct event *events = ARENA_ARRAY(&arena, TURN, struct event);
    for (int64_t first = 1; first <= EVENTS; first += TURN) {
        struct record_turn turn = {.table = exercise.table, .events = events, .event_count = TURN};
        arena_reset(&turn_arena);
        for (int64_t i = 0; i < TURN; i++)
            exercise_event(first + i, &turn_arena, &events[i]);
        bench_must(record_append(record, &turn, 1, &err), "append", &err);
    }
    record_close(record);
    arena_fini(&turn_arena);
    arena_fini(&arena);
}

/* Seconds of the processor from opening the record to the findings. `only_reading` stops before the
 * scorer. */
static double score(const struct def *def, const struct rules *rules, int64_t limit,
    bool only_reading, size_t *ret_findings)
{
    struct record *record;
    struct record_cursor *cursor;
    struct arena arena = {0};
    struct err err;
    struct str line;
    int64_t wall_ms, at_ms = 0;
    const struct finding *findings;
    double begin = bench_cpu();
    bench_must(record_open(path, RECORD_READ, &record, &err), "record", &err);
    bench_must(record_events(record, 1, 1, &cursor, &err), "events", &err);
    struct scorer *scorer = scorer_new(def, rules);
    while (limit-- > 0 && record_cursor_next(cursor, &line, &wall_ms)) {
        struct event event;
        arena_reset(&arena);
        bench_must(event_read(line, &arena, &event, &err), "event", &err);
        at_ms = event.at_ms;
        if (!only_reading)
            scorer_feed(scorer, &event);
    }
    bench_must(!record_cursor_failed(cursor, &err), "reading", &err);
    scorer_findings(scorer, at_ms, &findings, ret_findings);
    double seconds = bench_cpu() - begin;
    record_cursor_close(cursor);
    scorer_free(scorer);
    record_close(record);
    arena_fini(&arena);
    return seconds;
}

struct run {
    int window_minutes;
    int64_t events;
    bool only_reading;
};

static double best(struct run run, size_t *ret_findings)
{
    struct arena arena = {0};
    struct bundle bundle;
    struct buf yaml = {0};
    struct def def;
    struct rules rules;
    double seconds = 1e9;
    exercise_write_rules(run.window_minutes, &yaml);
    exercise_bundle("rules.yaml", buf_str(&yaml), &arena, &bundle);
    exercise_load(&bundle, &arena, &def, &rules);
    for (int round = 0; round < ROUNDS; round++) {
        double now = score(&def, &rules, run.events, run.only_reading, ret_findings);
        seconds = now < seconds ? now : seconds;
    }
    buf_fini(&yaml);
    arena_fini(&arena);
    return seconds;
}

int main(void)
{
    struct arena arena = {0};
    struct bundle bundle;
    size_t findings, fewer;
    exercise_bundle(NULL, STR(""), &arena, &bundle);
    make_record(&bundle);
    arena_fini(&arena);
    double whole = best((struct run){5, EVENTS, false}, &findings);
    double reading = best((struct run){5, EVENTS, true}, &fewer);
    double half = best((struct run){5, EVENTS / 2, false}, &fewer);
    double longer = best((struct run){5 * 60, EVENTS, false}, &fewer);
    bench_row("re-score 1,000,000 x 50 rules", whole, " s", BENCH_AT_MOST, 3,
        "of that %.2f s reading; %zu findings", reading, findings);
    bench_row("  twice the events", whole / half, " x", BENCH_AT_MOST, 2.3,
        "%.2f s for 500,000 events", half);
    bench_row("  windows of 5 hours, not minutes", longer / whole, " x", BENCH_AT_MOST, 1.2,
        "%.2f s", longer);
    bench_forget(path);
    return 0;
}
