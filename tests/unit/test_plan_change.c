/* The plan as a lead's page changes it: what is kept, what is refused and in which field, and that
 * the last change can be taken back and no other. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/plan_change.h"
#include "unit/record_play.h"

struct fixture {
    struct play_folder at;
    struct record *record;
    struct arena arena;
    struct err err;
    struct buf out;
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
    buf_fini(&fixture->out);
    play_folder_fini(&fixture->at);
    free(fixture);
    return 0;
}

static unsigned send(struct fixture *fixture, const char *json)
{
    buf_clear(&fixture->out);
    unsigned status = plan_change_json(fixture->record, str_of(json), &fixture->out);
    buf_add_char(&fixture->out, '\0');
    return status;
}

static const struct record_plan_item *item_of(struct fixture *fixture, size_t item)
{
    static struct record_plan plan;
    assert_true(record_plan_read(fixture->record, &fixture->arena, &plan, &fixture->err));
    assert_in_range(item, 1, plan.item_count);
    return &plan.items[item - 1];
}

static void check_value(
    struct fixture *fixture, size_t item, enum record_plan_field field, const char *wanted)
{
    struct str value = item_of(fixture, item)->values[field];
    if (!str_is(value, wanted))
        fail_msg(
            "%s is \"%.*s\", not \"%s\"", record_plan_fields[field].name, STR_ARG(value), wanted);
}

static void what_is_sound_is_kept_at_once(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(
        send(fixture, "{\"set\":{\"action\":\"Ring all\",\"due\":\"2026-12-20\"}}"), 200);
    assert_string_equal(fixture->out.ptr, "{\"changes\":1,\"item\":1}");
    check_value(fixture, 1, PLAN_STATUS, "open");
    assert_int_equal(
        send(fixture, "{\"changes\":1,\"item\":1,\"name\":\"佐藤\",\"set\":{\"owner\":\"sato\"}}"),
        200);
    assert_string_equal(fixture->out.ptr, "{\"changes\":2,\"item\":1}");
    check_value(fixture, 1, PLAN_OWNER, "sato");
    assert_int_equal(send(fixture, "{\"changes\":2,\"item\":1,\"set\":{\"due\":\"\"}}"), 200);
    check_value(fixture, 1, PLAN_DUE, "");
    check_value(fixture, 1, PLAN_ACTION, "Ring all");
}

static void what_is_wrong_is_said_with_its_field_and_changes_nothing(void **state)
{
    static const struct {
        const char *json;
        unsigned status;
        const char *field; /* NULL: none is named */
    } rows[] = {
        {"{\"changes\":1,\"item\":1,\"set\":{\"status\":\"verified\"}}", 422, "status"},
        {"{\"changes\":1,\"item\":1,\"set\":{\"status\":\"finished\"}}", 422, "status"},
        {"{\"changes\":1,\"item\":1,\"set\":{\"due\":\"2026-02-30\"}}", 422, "due"},
        {"{\"changes\":1,\"item\":1,\"set\":{\"start\":\"soon\"}}", 422, "start"},
        {"{\"changes\":1,\"item\":1,\"set\":{\"owner\":\"Sato Hanako\"}}", 422, "owner"},
        {"{\"changes\":1,\"item\":1,\"name\":\"Sato\",\"set\":{\"note\":\"x\"}}", 422, "owner"},
        {"{\"changes\":1,\"item\":1,\"set\":{\"element\":\"magic\"}}", 422, "element"},
        {"{\"changes\":1,\"item\":1,\"set\":{\"action\":\"\"}}", 422, "action"},
        {"{\"changes\":1,\"item\":1,\"set\":{\"note\":\"a\x1b[2Jz\"}}", 400, NULL},
        {"{\"changes\":1,\"item\":1,\"set\":{\"note\":\"a\\u001b[2Jz\"}}", 422, "note"},
        {"{\"changes\":1,\"item\":1,\"set\":{\"start\":\"2026-12-21\"}}", 422, "start"},
        {"{\"set\":{}}", 422, "action"},
        {"{\"changes\":1,\"item\":1,\"set\":{\"note\":\"a\xc2\x85z\"}}", 422, "note"},
        {"{\"set\":{\"note\":\"x\"}}", 422, "action"},
        {"{\"changes\":1,\"item\":1,\"set\":{}}", 422, ""},
        {"{\"changes\":1,\"item\":7,\"set\":{\"note\":\"x\"}}", 422, ""},
        {"{\"item\":1,\"undo\":9}", 422, ""},
        {"{\"changes\":1,\"item\":1,\"set\":{\"rule\":\"other\"}}", 400, NULL},
        {"{\"changes\":1,\"item\":1,\"set\":{\"exercise\":\"other-1\"}}", 400, NULL},
        {"{\"changes\":1,\"item\":1,\"set\":{\"note\":7}}", 400, NULL},
        {"{\"item\":1,\"set\":{\"note\":\"x\"}}", 400, NULL}, /* as it was when? */
        {"{\"item\":0,\"set\":{\"note\":\"x\"}}", 400, NULL},
        {"{\"item\":1}", 400, NULL},
        {"{\"undo\":1}", 400, NULL},
        {"[]", 400, NULL},
        {"{", 400, NULL},
    };
    struct fixture *fixture = *state;
    char wanted[64];
    assert_int_equal(
        send(fixture, "{\"set\":{\"action\":\"Ring all\",\"due\":\"2026-12-20\"}}"), 200);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        snprintf(wanted, sizeof(wanted), "\"field\":\"%s\"", rows[i].field ? rows[i].field : "");
        unsigned status = send(fixture, rows[i].json);
        bool is_named = strstr(fixture->out.ptr, wanted) != NULL;
        if (status != rows[i].status || is_named != (rows[i].field != NULL))
            fail_msg("%s: %u: %s", rows[i].json, status, fixture->out.ptr);
    }
    char named[300];
    snprintf(named, sizeof(named),
        "{\"changes\":1,\"item\":1,\"name\":\"%0201d\",\"set\":{\"owner\":\"sato\"}}", 0);
    assert_int_equal(send(fixture, named), 422);
    assert_non_null(strstr(fixture->out.ptr, "\"field\":\"name\""));
    assert_int_equal(item_of(fixture, 1)->change_count, 1);
}

/* Japanese letters have three bytes each, and the rarest four; a limit is told in letters. */
static void a_limit_counts_letters(void **state)
{
    struct fixture *fixture = *state;
    struct buf json = {0};
    for (int letters = 500; letters <= 501; letters++) {
        buf_clear(&json);
        buf_add(&json, STR("{\"set\":{\"issue\":\""));
        for (int i = 0; i < letters; i++)
            buf_add(&json, STR("\xf0\xa0\xae\xb7"));
        buf_add(&json, STR("\"}}"));
        buf_add_char(&json, '\0');
        assert_int_equal(send(fixture, json.ptr), letters == 500 ? 200 : 422);
    }
    buf_fini(&json);
}

/* From a page and from a command alike. */
static void what_turns_a_line_around_is_left_out_and_lines_become_one(void **state)
{
    struct fixture *fixture = *state;
    struct record_plan_change change = {.is_set = {[PLAN_STATUS] = true, [PLAN_ISSUE] = true},
        .values = {[PLAN_STATUS] = STR("open"), [PLAN_ISSUE] = STR("a\u202efdp\nb")}};
    send(fixture, "{\"set\":{\"action\":\"a\\u202efdp\\r\\n\\r\\nb\",\"note\":\"\\u2066x\"}}");
    check_value(fixture, 1, PLAN_ACTION, "afdp b");
    check_value(fixture, 1, PLAN_NOTE, "x");
    assert_true(plan_change_keep(fixture->record, &change, NULL, &fixture->err));
    check_value(fixture, 2, PLAN_ISSUE, "afdp b");
}

/* Two pages have the item open; the second one to save is told, and saves once it has seen. */
static void nobody_writes_over_what_they_have_not_seen(void **state)
{
    struct fixture *fixture = *state;
    send(fixture, "{\"set\":{\"action\":\"Ring all\"}}");
    assert_int_equal(send(fixture, "{\"changes\":1,\"item\":1,\"set\":{\"note\":\"A91\"}}"), 200);
    assert_int_equal(send(fixture, "{\"changes\":1,\"item\":1,\"set\":{\"note\":\"B91\"}}"), 409);
    assert_non_null(strstr(fixture->out.ptr, "\"reason\":\"changed\""));
    check_value(fixture, 1, PLAN_NOTE, "A91");
    assert_int_equal(send(fixture, "{\"changes\":3,\"item\":1,\"set\":{\"note\":\"B91\"}}"), 409);
    assert_int_equal(send(fixture, "{\"changes\":2,\"item\":1,\"set\":{\"note\":\"B91\"}}"), 200);
    check_value(fixture, 1, PLAN_NOTE, "B91");
}

static void the_last_change_can_be_taken_back(void **state)
{
    struct fixture *fixture = *state;
    send(fixture, "{\"set\":{\"action\":\"Ring all\",\"note\":\"first\"}}");
    send(fixture, "{\"changes\":1,\"item\":1,\"set\":{\"note\":\"second\"}}");
    send(fixture, "{\"changes\":2,\"item\":1,\"set\":{\"due\":\"2026-12-20\",\"note\":\"third\"}}");
    assert_int_equal(
        send(fixture, "{\"item\":1,\"undo\":2}"), 422); /* another one came behind it */
    assert_int_equal(send(fixture, "{\"item\":1,\"undo\":3}"), 200);
    assert_string_equal(fixture->out.ptr, "{\"changes\":4,\"item\":1}");
    check_value(fixture, 1, PLAN_NOTE, "second");
    check_value(fixture, 1, PLAN_DUE, "");
    check_value(fixture, 1, PLAN_ACTION, "Ring all");
    assert_int_equal(send(fixture, "{\"item\":1,\"undo\":4}"), 200); /* and that again */
    check_value(fixture, 1, PLAN_NOTE, "third");
    check_value(fixture, 1, PLAN_DUE, "2026-12-20");
}

static void an_added_item_is_dropped_since_nothing_is_deleted(void **state)
{
    struct fixture *fixture = *state;
    send(fixture, "{\"set\":{\"action\":\"Ring all\"}}");
    assert_int_equal(send(fixture, "{\"item\":1,\"undo\":1}"), 200);
    check_value(fixture, 1, PLAN_STATUS, "dropped");
    check_value(fixture, 1, PLAN_ACTION, "Ring all");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_sound_is_kept_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            what_is_wrong_is_said_with_its_field_and_changes_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_limit_counts_letters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            what_turns_a_line_around_is_left_out_and_lines_become_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            nobody_writes_over_what_they_have_not_seen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_last_change_can_be_taken_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            an_added_item_is_dropped_since_nothing_is_deleted, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
