/* Taking up a table whose record is not what stepping again gives: what is said about it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <sqlite3.h>

#include "app/disk.h"
#include "app/table.h"
#include "record/handle.h"
#include "unit/record_play.h"

static void assert_ok(bool is_good, const struct err *err)
{
    if (!is_good)
        fail_msg("%s", err->message);
}

/* An exercise of the shipped drill that was created and nothing more. */
static struct record *make_created(const char *path)
{
    const char *source = getenv("TOCSIN_SOURCE");
    char scenario[4096];
    struct arena arena = {0};
    struct bundle bundle;
    struct problems problems = {0};
    struct record *record;
    struct table *table;
    struct err err;
    snprintf(scenario, sizeof(scenario), "%s/scenarios/phone-tree", source ? source : ".");
    assert_ok(disk_bundle(scenario, NULL, &arena, &bundle, &err), &err);
    assert_ok(record_open(path, RECORD_CREATE, &record, &err), &err);
    struct table_options options = {.bundle = &bundle, .seed = 1, .manual_clock = true};
    assert_ok(table_create(record, &options, &problems, &table, &err), &err);
    table_free(table);
    problems_fini(&problems);
    arena_fini(&arena);
    return record;
}

#define OTHER_LUA                                                                                  \
    "DROP TRIGGER event_no_update; DROP TRIGGER input_no_update;"                                  \
    "UPDATE event SET body = json_set(body, '$.lua', '5.3.6') WHERE seq = 1;"                      \
    "UPDATE input SET body = json_set(body, '$.body.lua', '5.3.6') WHERE seq = 1;"
#define OTHER_EVENT "UPDATE event SET story_ms = story_ms + 1 WHERE seq = 1;"

/* The release is named where it may be why, and nowhere else. */
static void test_another_lua_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *sql;
        bool has_quarrel, names_lua;
    } cases[] = {
        {"SELECT 1", false, false},
        {OTHER_LUA, false, false}, /* the story did the same all the same */
        {"DROP TRIGGER event_no_update;" OTHER_EVENT, true, false},
        {OTHER_LUA OTHER_EVENT, true, true},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct play_folder at;
        struct table *table;
        struct err err;
        play_folder_init(&at);
        struct record *record = make_created(at.path);
        assert_int_equal(
            SQLITE_OK, sqlite3_exec(record->db.handle, cases[i].sql, NULL, NULL, NULL));
        assert_ok(table_resume(record, STR("phone-tree-1"), &table, &err), &err);
        struct str quarrel = table_quarrel(table);
        assert_int_equal(quarrel.len > 0, cases[i].has_quarrel);
        bool names_lua =
            quarrel.len > 0 &&
            strstr(quarrel.ptr, " (its story ran with Lua 5.3.6, and this program has Lua 5.4.");
        assert_int_equal(names_lua, cases[i].names_lua);
        table_free(table);
        record_close(record);
        play_folder_fini(&at);
    }
}

/* A clock that somebody moved is no reason to step until the year 292 million. */
static void test_a_moved_clock_is_refused(void **state)
{
    (void)state;
    struct play_folder at;
    struct table *table;
    struct err err;
    play_folder_init(&at);
    struct record *record = make_created(at.path);
    assert_int_equal(SQLITE_OK, sqlite3_exec(record->db.handle,
                                    "UPDATE clock SET clock_ms = 2592000001", NULL, NULL, NULL));
    assert_false(table_resume(record, STR("phone-tree-1"), &table, &err));
    assert_non_null(strstr(err.message, "table 1: its clock stands at 2592000001 ms"));
    record_close(record);
    play_folder_fini(&at);
}

/* Nor does a calendar run by a pace that nobody can set. */
static void test_a_beginning_that_no_table_has_is_refused(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "'$.body.pace', 9223372036854775807", "'$.body.pace', 0", "'$.body.difficulty', 4"};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct play_folder at;
        struct table *table;
        struct err err;
        char sql[256];
        play_folder_init(&at);
        struct record *record = make_created(at.path);
        snprintf(sql, sizeof(sql),
            "DROP TRIGGER input_no_update; UPDATE input SET body = json_set(body, %s)", cases[i]);
        assert_int_equal(SQLITE_OK, sqlite3_exec(record->db.handle, sql, NULL, NULL, NULL));
        assert_false(table_resume(record, STR("phone-tree-1"), &table, &err));
        assert_non_null(strstr(err.message, "has no beginning"));
        record_close(record);
        play_folder_fini(&at);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_another_lua_is_named),
        cmocka_unit_test(test_a_moved_clock_is_refused),
        cmocka_unit_test(test_a_beginning_that_no_table_has_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
