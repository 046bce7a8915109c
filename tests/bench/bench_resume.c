/* Taking up an exercise of ten thousand events: its inputs are stepped again, and each event is
 * compared with the record. */
#include "app/table.h"
#include "bench.h"
#include "exercise.h"

enum { EVENTS = 10000, TURN = 50, ROUNDS = 5 };

static const char path[] = "bench-resume.db";

static void take(struct table *table, const char *json, struct arena *turn)
{
    struct intake intake;
    struct err err;
    struct event_refused refused;
    bench_must(intake_parse(arena_str(turn, str_of(json)),
                   (struct intake_from){.source = INTAKE_FILE}, turn, &intake, &err),
        "intake", &err);
    (void)table_take(table, &intake, intake.input.at_ms, &refused);
}

/* People write, read and act, a second an input. Returns the exercise's id. */
static struct str play(struct arena *arena, size_t *ret_events)
{
    struct arena turn = {0};
    struct bundle bundle;
    struct record *record;
    struct table *table;
    struct problems problems = {0};
    struct err err;
    struct table_options options = {.bundle = &bundle, .seed = 1, .manual_clock = true};
    exercise_bundle(NULL, STR(""), arena, &bundle);
    bench_forget(path);
    bench_must(record_open(path, RECORD_CREATE, &record, &err), "record", &err);
    bench_must(table_create(record, &options, &problems, &table, &err), "table", &err);
    take(table, "{\"at\":0,\"actor\":\"facilitator\",\"do\":\"start\",\"id\":\"s\"}", &turn);
    bench_must(table_keep(table, 0, &err), "keep", &err);
    for (int i = 0; table_state(table)->last_seq < EVENTS; i++) {
        take(table, exercise_input(i, &turn).ptr, &turn);
        if (i % TURN != TURN - 1)
            continue;
        bench_must(table_keep(table, 0, &err), "keep", &err);
        arena_reset(&turn);
    }
    bench_must(table_keep(table, 0, &err), "keep", &err);
    *ret_events = (size_t)table_state(table)->last_seq;
    struct str id = arena_str(arena, table_exercise(table));
    table_free(table);
    record_close(record);
    problems_fini(&problems);
    arena_fini(&turn);
    return id;
}

static double resume(struct str exercise)
{
    struct record *record;
    struct table *table;
    struct err err;
    double begin = bench_now();
    bench_must(record_open(path, RECORD_WRITE, &record, &err), "record", &err);
    bench_must(table_resume(record, exercise, &table, &err), "resume", &err);
    double seconds = bench_now() - begin;
    bench_must(table_quarrel(table).len == 0, "the record was not stepped again alike", NULL);
    table_free(table);
    record_close(record);
    return seconds;
}

int main(void)
{
    struct arena arena = {0};
    size_t events;
    double best = 1e9;
    struct str exercise = play(&arena, &events);
    for (int round = 0; round < ROUNDS; round++) {
        double seconds = resume(exercise);
        best = seconds < best ? seconds : best;
    }
    bench_row(
        "resume of 10,000 events", best * 1000, " ms", BENCH_AT_MOST, 200, "%zu events", events);
    bench_forget(path);
    arena_fini(&arena);
    return 0;
}
