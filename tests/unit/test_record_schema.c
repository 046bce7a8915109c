/* The schema: what its triggers refuse, that the document shows it, and how files come up to date.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <sqlite3.h>

#include "base/buf.h"
#include "record/schema.h"
#include "unit/record_play.h"

static void make_played(const char *path)
{
    struct play play;
    struct record *record;
    struct record_exercise exercise;
    struct arena arena = {0};
    play_init(&play);
    assert_true(record_open(path, RECORD_CREATE, &record, NULL));
    assert_true(play_create(record, &arena, &exercise, NULL));
    for (int i = 0; i < PLAY_TURNS; i++) {
        struct record_turn turn = play_turn(&play, i, exercise.table);
        assert_true(record_append(record, &turn, 1, NULL));
    }
    record_close(record);
    arena_fini(&arena);
}

/* As somebody with a shell would: none of our settings. */
static sqlite3 *open_plain(const char *path)
{
    sqlite3 *db;
    assert_int_equal(SQLITE_OK, sqlite3_open(path, &db));
    return db;
}

static int64_t ask_int(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *stmt;
    assert_int_equal(SQLITE_OK, sqlite3_prepare_v2(db, sql, -1, &stmt, NULL));
    assert_int_equal(SQLITE_ROW, sqlite3_step(stmt));
    int64_t value = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return value;
}

/* ---- append-only ---- */

#define EVENT_VALUES(seq) "(1, " #seq ", 0, 0, 0, 0, 'noted', 'poc', 0, 0, 0, '{}', zeroblob(32))"
#define INPUT_VALUES(seq, id) "(1, " #seq ", 0, 0, 'poc', '" id "', 'note', zeroblob(32), '{}')"
#define PROGRAMME_VALUES(seq) "(" #seq ", 0, 'table-ended', '{}', zeroblob(32))"

static const struct {
    const char *sql;
    const char *says;
} refused[] = {
    {"UPDATE event SET actor = 'poc' WHERE seq = 2", "events are never changed"},
    {"UPDATE event SET seq = seq", "events are never changed"},
    {"UPDATE OR REPLACE event SET seq = 1 WHERE seq = 2", "events are never changed"},
    {"UPDATE OR IGNORE event SET wall_ms = 0", "events are never changed"},
    {"DELETE FROM event WHERE seq = 8", "events are never deleted"},
    {"DELETE FROM event", "events are never deleted"},
    {"INSERT INTO event VALUES " EVENT_VALUES(10), "events are only added at the end"},
    {"INSERT INTO event VALUES " EVENT_VALUES(8), "events are only added at the end"},
    {"INSERT INTO event VALUES " EVENT_VALUES(0), "events are only added at the end"},
    {"INSERT INTO event VALUES " EVENT_VALUES(NULL), "events are only added at the end"},
    {"INSERT OR REPLACE INTO event VALUES " EVENT_VALUES(8), "events are only added at the end"},
    {"REPLACE INTO event VALUES " EVENT_VALUES(1), "events are only added at the end"},
    {"INSERT OR IGNORE INTO event VALUES " EVENT_VALUES(8), "events are only added at the end"},
    {"INSERT OR FAIL INTO event VALUES " EVENT_VALUES(8), "events are only added at the end"},
    {"INSERT INTO event VALUES " EVENT_VALUES(8) " ON CONFLICT DO UPDATE SET actor = 'x'",
        "events are only added at the end"},
    {"INSERT INTO event VALUES " EVENT_VALUES(8) " ON CONFLICT DO NOTHING",
        "events are only added at the end"},
    {"INSERT INTO event VALUES " EVENT_VALUES(9) ", " EVENT_VALUES(11),
        "events are only added at the end"},
    {"INSERT INTO event VALUES " EVENT_VALUES('nine'), "cannot store TEXT value in INTEGER"},

    {"UPDATE input SET body = '{}'", "inputs are never changed"},
    {"DELETE FROM input WHERE seq = 6", "inputs are never deleted"},
    {"INSERT OR REPLACE INTO input VALUES " INPUT_VALUES(6, "x"), "inputs are only added at the"},
    {"INSERT OR IGNORE INTO input VALUES " INPUT_VALUES(8, "x"), "inputs are only added at the"},
    {"INSERT INTO input VALUES " INPUT_VALUES(7, "m1"), "this actor has already sent an input"},
    {"INSERT OR REPLACE INTO input VALUES " INPUT_VALUES(7, "m1"),
        "this actor has already sent an input"},
    {"INSERT INTO input VALUES " INPUT_VALUES(7, "m1") " ON CONFLICT DO UPDATE SET actor = 'x'",
        "this actor has already sent an input"},

    {"UPDATE programme SET wall_ms = 0", "the programme is never changed"},
    {"DELETE FROM programme WHERE seq = 2", "nothing is deleted from the programme"},
    {"INSERT OR REPLACE INTO programme VALUES " PROGRAMME_VALUES(2),
        "the programme is only added to at its end"},
    {"INSERT OR IGNORE INTO programme VALUES " PROGRAMME_VALUES(4),
        "the programme is only added to at its end"},
    {"INSERT INTO programme (wall_ms, kind, body, hash) VALUES (0, 'x', '{}', x'00')",
        "the programme is only added to at its end"},

    {"UPDATE content SET bytes = x'00'", "pinned content is never changed"},
    {"UPDATE exercise_file SET path = 'x'", "pinned content is never changed"},
};

static void test_nothing_is_changed(void **state)
{
    (void)state;
    struct play_folder at;
    struct record *record;
    play_folder_init(&at);
    make_played(at.path);
    sqlite3 *db = open_plain(at.path);
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        char *message = NULL;
        if (sqlite3_exec(db, refused[i].sql, NULL, NULL, &message) == SQLITE_OK)
            fail_msg("%s: was done", refused[i].sql);
        if (!strstr(message, refused[i].says))
            fail_msg("%s: says %s", refused[i].sql, message);
        sqlite3_free(message);
    }
    assert_int_equal(ask_int(db, "SELECT count(*) FROM event"), PLAY_EVENTS);
    assert_int_equal(ask_int(db, "SELECT count(*) FROM input"), PLAY_INPUTS);
    sqlite3_close(db);
    assert_true(record_open(at.path, RECORD_READ, &record, NULL));
    assert_true(record_verify(record, 1, STR(""), NULL));
    record_close(record);
    play_folder_fini(&at);
}

static void test_several_tables_count_apart(void **state)
{
    (void)state;
    struct play_folder at;
    play_folder_init(&at);
    make_played(at.path);
    sqlite3 *db = open_plain(at.path);
    assert_int_equal(SQLITE_OK,
        sqlite3_exec(db,
            "INSERT INTO event VALUES (2, 1, 0, 0, 0, 0, 'noted', 'poc', 0, 0, 0, '{}', x'')", NULL,
            NULL, NULL));
    assert_int_equal(
        SQLITE_OK, sqlite3_exec(db,
                       "INSERT INTO input VALUES (2, 1, 0, 0, 'poc', 'm1', 'note', x'', '{}'),"
                       " (2, 2, 0, 0, 'host', '', 'outage', x'', '{}'),"
                       " (2, 3, 0, 0, 'host', '', 'outage', x'', '{}')",
                       NULL, NULL, NULL));
    sqlite3_close(db);
    play_folder_fini(&at);
}

/* The steps of SQLite's machine that adding the nth row takes, triggers included. */
static int count_steps(sqlite3 *db, const char *sql, int64_t seq)
{
    sqlite3_stmt *stmt;
    assert_int_equal(SQLITE_OK, sqlite3_prepare_v2(db, sql, -1, &stmt, NULL));
    assert_int_equal(SQLITE_OK, sqlite3_bind_int64(stmt, 1, seq));
    assert_int_equal(SQLITE_DONE, sqlite3_step(stmt));
    int steps = sqlite3_stmt_status(stmt, SQLITE_STMTSTATUS_VM_STEP, 0);
    sqlite3_finalize(stmt);
    return steps;
}

/* The triggers look up, they never search: a long exercise is as fast as a short one. */
static void test_adding_costs_the_same_everywhere(void **state)
{
    (void)state;
    static const char *const inserts[] = {
        "INSERT INTO event VALUES (2, ?, 0, 0, 0, 0, 'noted', 'poc', 0, 0, 0, '{}', x'')",
        "INSERT INTO input VALUES (2, ?1, 0, 0, 'poc', 'm' || ?1, 'note', x'', '{}')",
        "INSERT INTO programme VALUES (?, 0, 'other', '{}', x'')",
    };
    struct play_folder at;
    play_folder_init(&at);
    make_played(at.path);
    sqlite3 *db = open_plain(at.path);
    assert_int_equal(SQLITE_OK, sqlite3_exec(db, "BEGIN", NULL, NULL, NULL));
    for (size_t i = 0; i < sizeof(inserts) / sizeof(inserts[0]); i++) {
        int64_t seq = i == 2 ? ask_int(db, "SELECT max(seq) + 1 FROM programme") : 1;
        int first = count_steps(db, inserts[i], seq), last = 0;
        for (int n = 1; n < 2000; n++)
            last = count_steps(db, inserts[i], seq + n);
        assert_in_range(last, 1, 2 * first);
    }
    sqlite3_close(db);
    play_folder_fini(&at);
}

/* ---- views ---- */

static const struct {
    const char *sql;
    const char *expected; /* columns by "|" */
} views[] = {
    {"SELECT id, table_id, scenario, created_wall_ms, manual_clock, ended_wall_ms FROM exercise",
        "phone-tree-1|1|phone-tree|1795000000000|0|1795100000004"},
    {"SELECT exercise, seq, at_ms, observed_ms, actor, proxy, question, option, contested, reason"
     " FROM decision",
        "phone-tree-1|6|5000|1500|commander|1|stop-server|stop|0|it spreads"},
    {"SELECT exercise, seq, actor, message, type, recipients, text FROM message",
        "phone-tree-1|4|poc|poc-m1|escalation|[\"commander\"]|事務所のPCが暗号化されています"},
    {"SELECT message, at_ms, first_reached_ms FROM escalation", "poc-m1|3000|4000"},
    {"SELECT way, actor, recipients, text FROM said", "said|poc|[\"poc\",\"commander\"]|NULL"},
    {"SELECT seq, what, inject, recipients, why FROM inject_log",
        "3|delivered|helpdesk-call|[\"poc\",\"commander\"]|clock"},
};

static void check_one_row(sqlite3 *db, const char *sql, const char *expected)
{
    sqlite3_stmt *stmt;
    struct buf row = {0};
    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    assert_int_equal(SQLITE_ROW, sqlite3_step(stmt));
    for (int i = 0; i < sqlite3_column_count(stmt); i++) {
        const char *text = (const char *)sqlite3_column_text(stmt, i);
        buf_format(&row, "%s%s", i ? "|" : "", text ? text : "NULL");
    }
    assert_string_equal(row.ptr, expected);
    assert_int_equal(SQLITE_DONE, sqlite3_step(stmt));
    sqlite3_finalize(stmt);
    buf_fini(&row);
}

static void test_views(void **state)
{
    (void)state;
    struct play_folder at;
    play_folder_init(&at);
    make_played(at.path);
    sqlite3 *db = open_plain(at.path);
    for (size_t i = 0; i < sizeof(views) / sizeof(views[0]); i++)
        check_one_row(db, views[i].sql, views[i].expected);
    sqlite3_close(db);
    play_folder_fini(&at);
}

/* ---- the document ---- */

static void read_document(struct buf *out)
{
    const char *source = getenv("TOCSIN_SOURCE");
    char path[4096], bytes[4096];
    size_t len;
    snprintf(path, sizeof(path), "%s/docs/record.md", source ? source : ".");
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("%s: cannot be read", path);
    while ((len = fread(bytes, 1, sizeof(bytes), file)) > 0)
        buf_add(out, (struct str){bytes, len});
    buf_add_char(out, '\0');
    fclose(file);
}

static void test_document_shows_every_statement(void **state)
{
    (void)state;
    struct buf document = {0};
    read_document(&document);
    for (size_t i = 0; i < schema_step_count; i++) {
        for (const char *const *sql = schema_steps[i].statements; *sql; sql++) {
            struct buf statement = {0};
            buf_format(&statement, "%s;\n", *sql);
            buf_add_char(&statement, '\0');
            if (!strstr(document.ptr, statement.ptr))
                fail_msg("docs/record.md does not show:\n%s", statement.ptr);
            buf_fini(&statement);
        }
    }
    buf_fini(&document);
}

/* ---- versions ---- */

static const char *const first[] = {"CREATE TABLE a (x)", "PRAGMA user_version = 1", NULL};
static const char *const second[] = {
    "ALTER TABLE a ADD COLUMN y", "CREATE TABLE b (z)", "PRAGMA user_version = 2", NULL};
static const char *const broken[] = {
    "CREATE TABLE c (z)", "CREATE TABLE c (z)", "PRAGMA user_version = 3", NULL};
static const struct schema_step steps[] = {{1, first}, {2, second}, {3, broken}};

static void test_steps_are_applied_once(void **state)
{
    (void)state;
    struct db db;
    struct err err;
    int64_t version = -1;
    assert_true(db_open(":memory:", SQLITE_OPEN_READWRITE, &db, &err));
    for (size_t count = 1; count <= 2; count++) {
        for (int again = 0; again < 2; again++) {
            if (!schema_apply(&db, steps, count, &err))
                fail_msg("%s", err.message);
            assert_true(schema_version(&db, &version, NULL));
            assert_int_equal(version, count);
        }
    }
    assert_int_equal(ask_int(db.handle, "SELECT count(y) FROM a"), 0);
    /* A step that fails leaves the file as it was. */
    assert_false(schema_apply(&db, steps, 3, &err));
    assert_non_null(strstr(err.message, "table c already exists"));
    assert_true(schema_version(&db, &version, NULL));
    assert_int_equal(version, 2);
    assert_int_equal(ask_int(db.handle, "SELECT count(*) FROM sqlite_schema WHERE name = 'c'"), 0);
    db_close(&db);
}

static void test_last_step_is_the_version(void **state)
{
    (void)state;
    struct db db;
    int64_t version = -1;
    assert_true(db_open(":memory:", SQLITE_OPEN_READWRITE, &db, NULL));
    assert_true(schema_apply(&db, schema_steps, schema_step_count, NULL));
    assert_true(schema_version(&db, &version, NULL));
    assert_int_equal(version, SCHEMA_VERSION);
    assert_int_equal(ask_int(db.handle, "PRAGMA application_id"), SCHEMA_APPLICATION_ID);
    db_close(&db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_changed),
        cmocka_unit_test(test_several_tables_count_apart),
        cmocka_unit_test(test_adding_costs_the_same_everywhere),
        cmocka_unit_test(test_views),
        cmocka_unit_test(test_document_shows_every_statement),
        cmocka_unit_test(test_steps_are_applied_once),
        cmocka_unit_test(test_last_step_is_the_version),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
