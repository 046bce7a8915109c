#include "rows.h"

#include <string.h>

#include "bench.h"

static const char *const names[ROWS_TABLES] = {"input", "event", "text"};
/* Whose input a row belongs to. */
static const char *const input_of[ROWS_TABLES] = {"seq", "input", "input_seq"};

static void check(int code, sqlite3 *db, const char *what)
{
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
        fprintf(stderr, "bench: %s\n", sqlite3_errmsg(db));
    bench_must(code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW, what, NULL);
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *stmt;
    check(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), db, sql);
    return stmt;
}

static void *more(void *items, size_t count, size_t size)
{
    /* Room doubles when the count is a power of two. */
    if (count > 0 && (count & (count - 1)) != 0)
        return items;
    void *moved = realloc(items, (count > 0 ? count * 2 : 1) * size);
    bench_must(moved != NULL, "out of memory", NULL);
    return moved;
}

static void load_schema(sqlite3 *db, struct rows *rows)
{
    sqlite3_stmt *stmt = prepare(db, "SELECT group_concat(sql, ';') FROM (SELECT sql FROM "
                                     "sqlite_schema WHERE tbl_name IN ('input', 'event', 'text') "
                                     "AND type IN ('table', 'index') AND sql IS NOT NULL "
                                     "ORDER BY rowid)");
    check(sqlite3_step(stmt), db, "schema");
    rows->schema = strdup((const char *)sqlite3_column_text(stmt, 0));
    sqlite3_finalize(stmt);
}

static void add_row(struct rows *rows, int table, sqlite3_stmt *stmt)
{
    int columns = sqlite3_column_count(stmt);
    struct rows_item item = {.table = table, .values = calloc((size_t)columns, sizeof(void *))};
    bench_must(item.values != NULL, "out of memory", NULL);
    for (int i = 0; i < columns; i++)
        item.values[i] = sqlite3_value_dup(sqlite3_column_value(stmt, i));
    rows->column_count[table] = columns;
    rows->items = more(rows->items, rows->item_count, sizeof(*rows->items));
    rows->items[rows->item_count++] = item;
}

static void load_step(sqlite3_stmt *const stmts[ROWS_TABLES], int64_t input, struct rows *rows)
{
    struct rows_step step = {.first = rows->item_count};
    for (int table = 0; table < ROWS_TABLES; table++) {
        sqlite3_bind_int64(stmts[table], 1, input);
        while (sqlite3_step(stmts[table]) == SQLITE_ROW)
            add_row(rows, table, stmts[table]);
        sqlite3_reset(stmts[table]);
    }
    step.count = rows->item_count - step.first;
    rows->steps = more(rows->steps, rows->step_count, sizeof(*rows->steps));
    rows->steps[rows->step_count++] = step;
}

void rows_load(const char *path, struct rows *ret_rows)
{
    struct rows rows = {0};
    sqlite3 *db;
    sqlite3_stmt *stmts[ROWS_TABLES];
    check(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), db, path);
    load_schema(db, &rows);
    /* One look over the events; without it each step would look over all of them. */
    check(sqlite3_exec(db,
              "CREATE TEMP TABLE e AS SELECT * FROM event; CREATE INDEX temp.ei ON e "
              "(table_id, input)",
              NULL, NULL, NULL),
        db, "events");
    for (int table = 0; table < ROWS_TABLES; table++) {
        char sql[120];
        snprintf(sql, sizeof(sql), "SELECT * FROM %s WHERE table_id = 1 AND %s = ?1 ORDER BY 2",
            table == 1 ? "e" : names[table], input_of[table]);
        stmts[table] = prepare(db, sql);
    }
    sqlite3_stmt *inputs = prepare(db, "SELECT seq FROM input ORDER BY seq");
    while (sqlite3_step(inputs) == SQLITE_ROW)
        load_step(stmts, sqlite3_column_int64(inputs, 0), &rows);
    sqlite3_finalize(inputs);
    for (int table = 0; table < ROWS_TABLES; table++)
        sqlite3_finalize(stmts[table]);
    sqlite3_close(db);
    *ret_rows = rows;
}

void rows_fini(struct rows *rows)
{
    for (size_t i = 0; i < rows->item_count; i++) {
        for (int c = 0; c < rows->column_count[rows->items[i].table]; c++)
            sqlite3_value_free(rows->items[i].values[c]);
        free(rows->items[i].values);
    }
    free(rows->items);
    free(rows->steps);
    free(rows->schema);
    *rows = (struct rows){0};
}

void rows_open(const struct rows *rows, const char *path, struct rows_writer *ret_writer)
{
    struct rows_writer writer = {0};
    check(sqlite3_open(path, &writer.db), writer.db, path);
    sqlite3 *db = writer.db;
    check(sqlite3_exec(db,
              "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
              "CREATE TABLE clock (id INTEGER PRIMARY KEY, ms INTEGER) STRICT;",
              NULL, NULL, NULL),
        db, "settings");
    check(sqlite3_exec(db, rows->schema, NULL, NULL, NULL), db, "schema");
    for (int table = 0; table < ROWS_TABLES; table++) {
        char sql[200];
        int len = snprintf(sql, sizeof(sql), "INSERT INTO %s VALUES (?", names[table]);
        for (int i = 1; i < rows->column_count[table]; i++)
            len += snprintf(sql + len, sizeof(sql) - (size_t)len, ", ?");
        snprintf(sql + len, sizeof(sql) - (size_t)len, ")");
        writer.inserts[table] = prepare(db, sql);
    }
    writer.begin = prepare(db, "BEGIN IMMEDIATE");
    writer.clock =
        prepare(db, "INSERT INTO clock VALUES (1, 0) ON CONFLICT DO UPDATE SET ms = ms + 1");
    writer.commit = prepare(db, "COMMIT");
    *ret_writer = writer;
}

static void run(struct rows_writer *writer, sqlite3_stmt *stmt)
{
    check(sqlite3_step(stmt), writer->db, "bare writer");
    sqlite3_reset(stmt);
}

void rows_begin(struct rows_writer *writer)
{
    run(writer, writer->begin);
}

static void bind(sqlite3_stmt *stmt, int at, sqlite3_value *value)
{
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
        sqlite3_bind_int64(stmt, at, sqlite3_value_int64(value));
        break;
    case SQLITE_NULL:
        sqlite3_bind_null(stmt, at);
        break;
    case SQLITE_TEXT:
        sqlite3_bind_text(stmt, at, (const char *)sqlite3_value_text(value),
            sqlite3_value_bytes(value), SQLITE_STATIC);
        break;
    default:
        sqlite3_bind_blob(
            stmt, at, sqlite3_value_blob(value), sqlite3_value_bytes(value), SQLITE_STATIC);
    }
}

void rows_write(struct rows_writer *writer, const struct rows *rows, size_t step)
{
    const struct rows_step *at = &rows->steps[step];
    for (size_t i = at->first; i < at->first + at->count; i++) {
        const struct rows_item *item = &rows->items[i];
        for (int c = 0; c < rows->column_count[item->table]; c++)
            bind(writer->inserts[item->table], c + 1, item->values[c]);
        run(writer, writer->inserts[item->table]);
    }
}

void rows_commit(struct rows_writer *writer)
{
    run(writer, writer->clock);
    run(writer, writer->commit);
}

void rows_close(struct rows_writer *writer)
{
    for (int table = 0; table < ROWS_TABLES; table++)
        sqlite3_finalize(writer->inserts[table]);
    sqlite3_finalize(writer->begin);
    sqlite3_finalize(writer->clock);
    sqlite3_finalize(writer->commit);
    sqlite3_close(writer->db);
}
