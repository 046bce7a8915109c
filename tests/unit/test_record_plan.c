/* The improvement plan in the record: what is refused, what is kept of every change, and that an
 * owner who was forgotten cannot be found again. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "record/handle.h"
#include "record/query.h"
#include "unit/record_play.h"

struct fixture {
    struct play_folder at;
    struct record *record;
    struct arena arena;
    struct err err;
};

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

static struct record_plan_change change_of(
    int64_t item, enum record_plan_field field, const char *value)
{
    struct record_plan_change change = {.item = item, .wall_ms = 1000, .salt = play_salt};
    change.is_set[field] = true;
    change.values[field] = str_of(value);
    return change;
}

static int64_t take(struct fixture *fixture, const struct record_plan_change *change)
{
    int64_t item = 0;
    if (!record_plan_change(fixture->record, change, &item, &fixture->err))
        fail_msg("%s", fixture->err.message);
    return item;
}

static int64_t set(
    struct fixture *fixture, int64_t item, enum record_plan_field field, const char *value)
{
    struct record_plan_change change = change_of(item, field, value);
    return take(fixture, &change);
}

static struct record_plan read_plan(struct fixture *fixture)
{
    struct record_plan plan;
    if (!record_plan_read(fixture->record, &fixture->arena, &plan, &fixture->err))
        fail_msg("%s", fixture->err.message);
    return plan;
}

static void expect(
    const struct record_plan_item *item, enum record_plan_field field, const char *expected)
{
    assert_true(str_is(item->values[field], expected));
}

static void test_items_are_what_their_changes_say(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(read_plan(fixture).item_count, 0);
    assert_int_equal(set(fixture, 0, PLAN_ACTION, "Ring every number"), 1);
    assert_int_equal(set(fixture, 0, PLAN_ACTION, "文書を直す"), 2);
    set(fixture, 1, PLAN_OWNER, "p1");
    set(fixture, 1, PLAN_DUE, "2026-01-31");
    set(fixture, 1, PLAN_DUE, "2026-03-31");
    set(fixture, 1, PLAN_OWNER, "");
    struct record_plan plan = read_plan(fixture);
    assert_int_equal(plan.item_count, 2);
    assert_int_equal(plan.change_count, 6);
    expect(&plan.items[0], PLAN_ACTION, "Ring every number");
    expect(&plan.items[0], PLAN_DUE, "2026-03-31");
    expect(&plan.items[0], PLAN_OWNER, "");
    assert_false(plan.items[0].is_forgotten[PLAN_OWNER]); /* it was taken away */
    expect(&plan.items[1], PLAN_ACTION, "文書を直す");
    assert_true(str_is(plan.changes[2].values[PLAN_OWNER], "p1"));
    assert_true(str_is(plan.changes[3].values[PLAN_DUE], "2026-01-31"));
    assert_true(record_verify_programme(fixture->record, &fixture->err));
}

/* To be done again is not to be done since then. */
static void test_when_it_was_done(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *status;
        int64_t done_entry;
    } steps[] = {{"open", 0}, {"in-progress", 0}, {"done", 4}, {"done", 4}, {"open", 0},
        {"done", 7}, {"dropped", 0}};
    set(fixture, 0, PLAN_ACTION, "x");
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        set(fixture, 1, PLAN_STATUS, steps[i].status);
        assert_int_equal(read_plan(fixture).items[0].done_entry, steps[i].done_entry);
    }
}

static void test_what_is_refused(void **state)
{
    struct fixture *fixture = *state;
    char long_text[2102];
    memset(long_text, 'x', sizeof(long_text) - 1);
    long_text[sizeof(long_text) - 1] = '\0';
    static const struct {
        enum record_plan_field field;
        int64_t item;
        const char *value, *says;
    } cases[] = {
        {PLAN_STATUS, 1, "verified", "no status that can be set"},
        {PLAN_STATUS, 1, "", "no status that can be set"},
        {PLAN_OWNER, 1, "Sato Hanako", "is no id of a person"},
        {PLAN_ACTION, 1, "two\nlines", "on one line"},
        {PLAN_ACTION, 1, "\xff", "UTF-8"},
        {PLAN_ACTION, 1, NULL, "at most 2000 bytes"},
        {PLAN_ACTION, 2, "x", "has no item 2; it has 1"},
        {PLAN_ACTION, -1, "x", "has no item -1"},
    };
    set(fixture, 0, PLAN_ACTION, "x");
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct record_plan_change change = change_of(
            cases[i].item, cases[i].field, cases[i].value != NULL ? cases[i].value : long_text);
        assert_false(record_plan_change(fixture->record, &change, NULL, &fixture->err));
        if (strstr(fixture->err.message, cases[i].says) == NULL)
            fail_msg("%s: says %s", cases[i].says, fixture->err.message);
    }
    assert_int_equal(read_plan(fixture).change_count, 1);
}

static int64_t ask(struct fixture *fixture, const char *sql)
{
    int64_t value = -1;
    assert_true(query_one_int(&fixture->record->db, sql, &value, NULL));
    return value;
}

/* Neither the words nor any salt from which a short id could be found by trying. */
static void test_an_owner_is_forgotten(void **state)
{
    struct fixture *fixture = *state;
    size_t count;
    struct record_traces traces;
    struct record_plan_change change = change_of(0, PLAN_ACTION, "Ring every number");
    change.is_set[PLAN_OWNER] = true;
    change.values[PLAN_OWNER] = STR("p1");
    take(fixture, &change);
    assert_int_equal(ask(fixture, "SELECT count(DISTINCT salt) FROM plan_text"), 2);
    assert_true(
        record_person_traces(fixture->record, STR("p1"), &fixture->arena, &traces, &fixture->err));
    assert_int_equal(traces.plan_count, 1);
    assert_true(record_forget(fixture->record, STR("p1"), &count, &fixture->err));
    struct record_plan plan = read_plan(fixture);
    expect(&plan.items[0], PLAN_ACTION, "Ring every number");
    expect(&plan.items[0], PLAN_OWNER, "");
    assert_true(plan.items[0].is_forgotten[PLAN_OWNER]);
    assert_int_equal(ask(fixture, "SELECT count(*) FROM plan_text WHERE field = 'owner' AND salt "
                                  "IS NULL AND body IS NULL AND person IS NULL"),
        1);
    assert_true(record_verify_programme(fixture->record, &fixture->err));
    assert_false(record_forget(fixture->record, STR("p1"), &count, &fixture->err));
    set(fixture, 1, PLAN_OWNER, "p2");
    assert_false(read_plan(fixture).items[0].is_forgotten[PLAN_OWNER]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_items_are_what_their_changes_say, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_when_it_was_done, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_an_owner_is_forgotten, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
