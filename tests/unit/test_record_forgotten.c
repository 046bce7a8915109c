/* That somebody was forgotten: from which exercises on they are somebody new, that the note tells
 * no id, and what is said of a note that was tampered with. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "record/handle.h"
#include "record/query.h"
#include "unit/record_play.h"

static const char person[] = "person-seventeen";

struct fixture {
    struct play_folder at;
    struct record *record;
    struct arena arena;
    struct err err;
};

/* An item of the plan whose owner is the person is entry 1 of the programme. */
static void plan_for(struct fixture *fixture, const char *owner)
{
    int64_t item = 0;
    struct record_plan_change change = {.wall_ms = 1000, .salt = play_salt};
    change.is_set[PLAN_ACTION] = change.is_set[PLAN_OWNER] = true;
    change.values[PLAN_ACTION] = STR("Ring every number");
    change.values[PLAN_OWNER] = str_of(owner);
    assert_true(record_plan_change(fixture->record, &change, &item, &fixture->err));
}

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    play_folder_init(&fixture->at);
    assert_true(record_open(fixture->at.path, RECORD_CREATE, &fixture->record, &fixture->err));
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    record_close(fixture->record);
    arena_fini(&fixture->arena);
    play_folder_fini(&fixture->at);
    free(fixture);
    return 0;
}

static struct record_forgotten read_all(struct fixture *fixture)
{
    struct record_forgotten forgotten = {0};
    if (!record_forgotten_read(fixture->record, &fixture->arena, &forgotten, &fixture->err))
        fail_msg("%s", fixture->err.message);
    return forgotten;
}

static void forget(struct fixture *fixture)
{
    size_t count;
    if (!record_forget(fixture->record, str_of(person), &count, &fixture->err))
        fail_msg("%s", fixture->err.message);
}

static int64_t ask(struct fixture *fixture, const char *sql)
{
    int64_t value = -1;
    assert_true(query_one_int(&fixture->record->db, sql, &value, NULL));
    return value;
}

static void test_nobody_is_forgotten_before(void **state)
{
    struct fixture *fixture = *state;
    struct record_forgotten forgotten = read_all(fixture);
    assert_int_equal(forgotten.count, 0);
    assert_false(record_forgotten_has(&forgotten, str_of(person), 0));
    plan_for(fixture, person);
    forgotten = read_all(fixture);
    assert_int_equal(forgotten.count, 0);
    assert_false(record_forgotten_has(&forgotten, str_of(person), 0));
}

/* What they did before is told of nobody; who comes back afterwards is somebody new. */
static void test_what_came_before_is_told_of_nobody(void **state)
{
    struct fixture *fixture = *state;
    plan_for(fixture, person);
    forget(fixture);
    struct record_forgotten forgotten = read_all(fixture);
    assert_int_equal(forgotten.count, 1);
    int64_t entry = forgotten.items[0].entry;
    assert_int_equal(entry, 2);
    assert_true(record_forgotten_has(&forgotten, str_of(person), entry - 1));
    assert_false(record_forgotten_has(&forgotten, str_of(person), entry));
    assert_false(record_forgotten_has(&forgotten, str_of(person), entry + 1));
    assert_false(record_forgotten_has(&forgotten, STR("person-eighteen"), entry - 1));
    assert_true(record_verify_programme(fixture->record, &fixture->err));
}

/* Whoever came back is forgotten once more, with all between. */
static void test_twice(void **state)
{
    struct fixture *fixture = *state;
    plan_for(fixture, person);
    forget(fixture);
    plan_for(fixture, person);
    forget(fixture);
    struct record_forgotten forgotten = read_all(fixture);
    assert_int_equal(forgotten.count, 2);
    assert_true(record_forgotten_has(&forgotten, str_of(person), forgotten.items[0].entry));
    assert_false(record_forgotten_has(&forgotten, str_of(person), forgotten.items[1].entry));
}

static void test_the_note_tells_neither_the_id_nor_a_date(void **state)
{
    struct fixture *fixture = *state;
    plan_for(fixture, person);
    forget(fixture);
    assert_int_equal(
        ask(fixture, "SELECT count(*) FROM programme WHERE kind = 'person-forgotten'"), 1);
    assert_int_equal(
        ask(fixture, "SELECT count(*) FROM programme WHERE instr(body, 'person-seventeen')"), 0);
    assert_int_equal(
        ask(fixture, "SELECT wall_ms FROM programme WHERE kind = 'person-forgotten'"), 0);
}

/* Two files with the same people cannot be laid beside each other. */
static void test_an_alias_is_of_one_file(void **state)
{
    (void)state;
    struct hash here = hash_of((const struct str[]){STR("here")}, 1);
    struct hash there = hash_of((const struct str[]){STR("there")}, 1);
    struct hash alias = record_alias(&here, str_of(person));
    struct hash again = record_alias(&here, str_of(person));
    struct hash elsewhere = record_alias(&there, str_of(person));
    struct hash another = record_alias(&here, STR("person-eighteen"));
    assert_true(hash_eq(&alias, &again));
    assert_false(hash_eq(&alias, &elsewhere));
    assert_false(hash_eq(&alias, &another));
}

static void test_a_note_that_was_changed_is_found(void **state)
{
    static const char *const bodies[] = {"{}", "{\"alias\":7}", "{\"alias\":\"no hash\"}"};
    struct fixture *fixture = *state;
    plan_for(fixture, person);
    forget(fixture);
    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        struct record_forgotten forgotten;
        struct err err;
        char sql[256];
        (void)snprintf(sql, sizeof(sql),
            "DROP TRIGGER IF EXISTS programme_no_update; UPDATE programme SET body = '%s' WHERE "
            "kind = 'person-forgotten'",
            bodies[i]);
        assert_true(db_exec(&fixture->record->db, sql, &fixture->err));
        assert_false(record_forgotten_read(fixture->record, &fixture->arena, &forgotten, &err));
        assert_non_null(strstr(err.message, "that somebody was forgotten, and not who"));
        assert_non_null(strstr(err.message, "restore it from a backup"));
    }
}

#define CASE(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_nobody_is_forgotten_before),
        CASE(test_what_came_before_is_told_of_nobody),
        CASE(test_twice),
        CASE(test_the_note_tells_neither_the_id_nor_a_date),
        CASE(test_an_alias_is_of_one_file),
        CASE(test_a_note_that_was_changed_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
