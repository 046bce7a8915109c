/* Decisions through step and commit, beside a bare SQLite writer with the same rows: those that the
 * engine left in its record, in the same tables with the same keys.
 *
 * Both write a file of their own on the same disk, in the same run; only the ratio is a claim. */
#include <string.h>

#include "app/disk.h"
#include "app/table.h"
#include "bench.h"
#include "rows.h"

enum { INPUTS = 4000, ROUNDS = 5 };

/* The arena lives until the commit. */
static void take(struct table *table, const char *json, struct arena *arena)
{
    struct intake intake;
    struct err err;
    struct event_refused refused;
    bench_must(intake_parse(
                   str_of(json), (struct intake_from){.source = INTAKE_FILE}, arena, &intake, &err),
        "intake", &err);
    enum taken taken = table_take(table, &intake, 0, &refused);
    bench_must(taken == TAKEN_NEW, "refused", NULL);
}

/* Seconds for INPUTS notes, a commit every `batch`. */
static double run_engine(const char *path, int batch)
{
    struct arena arena = {0}, turn = {0};
    struct bundle bundle;
    struct record *record;
    struct table *table;
    struct problems problems = {0};
    struct err err;
    struct table_options options = {.bundle = &bundle, .seed = 1, .manual_clock = true};
    bench_must(disk_bundle("tests/bench/drill", ".", &arena, &bundle, &err), "scenario", &err);
    bench_must(record_open(path, RECORD_CREATE, &record, &err), "record", &err);
    bench_must(table_create(record, &options, &problems, &table, &err), "table", &err);
    take(table, "{\"at\":0,\"actor\":\"facilitator\",\"do\":\"start\",\"id\":\"s\"}", &arena);
    bench_must(table_keep(table, 0, &err), "keep", &err);
    double begin = bench_now();
    for (int i = 0; i < INPUTS; i++) {
        char json[160];
        snprintf(json, sizeof(json),
            "{\"at\":0,\"actor\":\"poc\",\"do\":\"note\",\"id\":\"n%d\",\"text\":\"note %d\"}", i,
            i);
        take(table, arena_str(&turn, str_of(json)).ptr, &turn);
        if ((i + 1) % batch == 0) {
            bench_must(table_keep(table, 0, &err), "keep", &err);
            arena_reset(&turn);
        }
    }
    bench_must(table_keep(table, 0, &err), "keep", &err);
    double seconds = bench_now() - begin;
    table_free(table);
    record_close(record);
    problems_fini(&problems);
    arena_fini(&turn);
    arena_fini(&arena);
    return seconds;
}

static double run_bare(const struct rows *rows, const char *path, int batch)
{
    struct rows_writer writer;
    rows_open(rows, path, &writer);
    /* What came before the notes is not measured at the engine either. */
    size_t first = rows->step_count - INPUTS;
    rows_begin(&writer);
    for (size_t i = 0; i < first; i++)
        rows_write(&writer, rows, i);
    rows_commit(&writer);
    double begin = bench_now();
    for (int i = 0; i < INPUTS; i++) {
        if (i % batch == 0)
            rows_begin(&writer);
        rows_write(&writer, rows, first + (size_t)i);
        if ((i + 1) % batch == 0 || i + 1 == INPUTS)
            rows_commit(&writer);
    }
    double seconds = bench_now() - begin;
    rows_close(&writer);
    return seconds;
}

/* The best of some rounds, alternating, so that a busy neighbour hurts both. */
static void compare(int batch, double reach)
{
    static const char engine_path[] = "bench-engine.db", bare_path[] = "bench-bare.db";
    double engine = 1e9, bare = 1e9;
    struct rows rows = {0};
    char what[40];
    for (int round = 0; round < ROUNDS; round++) {
        double seconds = run_engine(engine_path, batch);
        engine = seconds < engine ? seconds : engine;
        if (round == 0)
            rows_load(engine_path, &rows);
        bench_forget(engine_path);
        seconds = run_bare(&rows, bare_path, batch);
        bare = seconds < bare ? seconds : bare;
        bench_forget(bare_path);
    }
    rows_fini(&rows);
    snprintf(what, sizeof(what), "commit, %d a transaction", batch);
    bench_row(what, bare / engine, " x bare", BENCH_AT_LEAST, reach,
        "%.0f inputs/s beside %.0f by bare SQLite", INPUTS / engine, INPUTS / bare);
}

int main(void)
{
    compare(1, 0.7);
    compare(50, 0.4);
    return 0;
}
