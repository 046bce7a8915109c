/* Decisions through step and commit, beside a bare SQLite writer with the same rows.
 *
 * Both write a file of their own on the same disk, in the same run; only the ratio is a claim. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

#include "app/disk.h"
#include "app/table.h"

enum { INPUTS = 2000 };

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void must(bool ok, const char *what, const struct err *err)
{
    if (ok)
        return;
    fprintf(stderr, "bench_commit: %s: %s\n", what, err != NULL ? err->message : "");
    exit(1);
}

/* The arena lives until the commit. */
static void take(struct table *table, const char *json, struct arena *arena)
{
    struct intake intake;
    struct err err;
    struct event_refused refused;
    must(intake_parse(
             str_of(json), (struct intake_from){.source = INTAKE_FILE}, arena, &intake, &err),
        "intake", &err);
    enum taken taken = table_take(table, &intake, 0, &refused);
    must(taken == TAKEN_NEW, "refused", NULL);
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
    must(disk_bundle("scenarios/phone-tree", ".", &arena, &bundle, &err), "scenario", &err);
    must(record_open(path, RECORD_CREATE, &record, &err), "record", &err);
    must(table_create(record, &options, &problems, &table, &err), "table", &err);
    take(table, "{\"at\":0,\"actor\":\"facilitator\",\"do\":\"start\",\"id\":\"s\"}", &arena);
    must(table_keep(table, 0, &err), "keep", &err);
    double begin = now_s();
    for (int i = 0; i < INPUTS; i++) {
        char json[160];
        snprintf(json, sizeof(json),
            "{\"at\":0,\"actor\":\"poc\",\"do\":\"note\",\"id\":\"n%d\",\"text\":\"note %d\"}", i,
            i);
        take(table, arena_str(&turn, str_of(json)).ptr, &turn);
        if ((i + 1) % batch == 0) {
            must(table_keep(table, 0, &err), "keep", &err);
            arena_reset(&turn);
        }
    }
    must(table_keep(table, 0, &err), "keep", &err);
    double seconds = now_s() - begin;
    table_free(table);
    record_close(record);
    problems_fini(&problems);
    arena_fini(&turn);
    arena_fini(&arena);
    return seconds;
}

static void sql(sqlite3 *db, const char *text)
{
    must(sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK, sqlite3_errmsg(db), NULL);
}

static void insert(sqlite3_stmt *statement, int i, const char *body)
{
    sqlite3_bind_int(statement, 1, i);
    sqlite3_bind_text(statement, 2, body, -1, SQLITE_STATIC);
    sqlite3_bind_blob(statement, 3, body, 32, SQLITE_STATIC);
    must(sqlite3_step(statement) == SQLITE_DONE, "insert", NULL);
    sqlite3_reset(statement);
}

/* The same three rows an input (input, event, text) and the clock, without any thought. */
static double run_bare(const char *path, int batch)
{
    static const char body[] = "{\"actor\":\"poc\",\"at_ms\":0,\"body\":{\"text\":"
                               "\"0123456789abcdef0123456789abcdef\"},\"do\":\"note\",\"id\":"
                               "\"n1000\",\"seq\":1000}";
    static const char *const tables[] = {"input", "event", "text"};
    sqlite3 *db;
    sqlite3_stmt *statements[3];
    must(sqlite3_open(path, &db) == SQLITE_OK, "open", NULL);
    sql(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "CREATE TABLE clock (id INTEGER PRIMARY KEY, ms INTEGER) STRICT;");
    for (int t = 0; t < 3; t++) {
        char text[200];
        snprintf(text, sizeof(text),
            "CREATE TABLE %s (seq INTEGER PRIMARY KEY, body TEXT, hash BLOB) STRICT", tables[t]);
        sql(db, text);
        snprintf(text, sizeof(text), "INSERT INTO %s VALUES (?, ?, ?)", tables[t]);
        must(sqlite3_prepare_v2(db, text, -1, &statements[t], NULL) == SQLITE_OK, "prepare", NULL);
    }
    double begin = now_s();
    for (int i = 0; i < INPUTS; i++) {
        if (i % batch == 0)
            sql(db, "BEGIN IMMEDIATE");
        for (int t = 0; t < 3; t++)
            insert(statements[t], i, body);
        if ((i + 1) % batch == 0 || i + 1 == INPUTS)
            sql(db, "INSERT INTO clock VALUES (1, 0) ON CONFLICT DO UPDATE SET ms = 0; COMMIT");
    }
    double seconds = now_s() - begin;
    for (int t = 0; t < 3; t++)
        sqlite3_finalize(statements[t]);
    sqlite3_close(db);
    return seconds;
}

static void forget(const char *path)
{
    char name[96];
    static const char *const ends[] = {"", "-wal", "-shm"};
    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof(name), "%s%s", path, ends[i]);
        (void)unlink(name);
    }
}

/* Best of three, alternating, so that a busy neighbour hurts both. */
static void compare(int batch, double reach)
{
    double engine = 1e9, bare = 1e9;
    for (int round = 0; round < 3; round++) {
        double seconds = run_engine("bench-engine.db", batch);
        engine = seconds < engine ? seconds : engine;
        forget("bench-engine.db");
        seconds = run_bare("bench-bare.db", batch);
        bare = seconds < bare ? seconds : bare;
        forget("bench-bare.db");
    }
    double ratio = bare / engine;
    printf("%2d a commit: engine %7.0f inputs/s, bare SQLite %7.0f, ratio %.2f (reach %.2f)%s\n",
        batch, INPUTS / engine, INPUTS / bare, ratio, reach, ratio < reach ? "  BELOW" : "");
}

int main(void)
{
    compare(1, 0.7);
    compare(50, 0.4);
    return 0;
}
