/* The catalogues: rows in order, and lines that read back to what was written. */
#include "unit/table.h"

#include "base/json_read.h"

/* A value for every field, different from zero. */
static void fill(struct fields fields, void *body)
{
    static const struct str list[] = {STR_INIT("one"), STR_INIT("two")};
    for (size_t i = 0; i < fields.count; i++) {
        const struct field *field = &fields.rows[i];
        void *value = (char *)body + field->offset;
        if (field->type == FIELD_INT || field->type == FIELD_MS)
            *(int64_t *)value = (int64_t)i + 1;
        else if (field->type == FIELD_BOOL)
            *(bool *)value = true;
        else if (field->type == FIELD_NAME)
            *(int *)value = field->name_count - 1;
        else if (field->type == FIELD_IDS)
            *(struct strs *)value = (struct strs){list, 2};
        else
            *(struct str *)value = STR("some \"words\" 訓練");
    }
}

static void check_rows(const char *name, struct fields fields)
{
    for (size_t i = 0; i < fields.count; i++) {
        const struct field *field = &fields.rows[i];
        if (i > 0 && strcmp(fields.rows[i - 1].name, field->name) >= 0)
            fail_msg("%s.%s is out of order", name, field->name);
        if (field->help == NULL || field->help[0] == '\0')
            fail_msg("%s.%s has no help", name, field->name);
        assert_int_equal(field->type == FIELD_NAME, field->names != NULL);
        assert_ptr_equal(field_find(fields, str_of(field->name)), field);
    }
    assert_null(field_find(fields, STR("nothing-like-it")));
}

static void rows_are_in_order(void **state)
{
    (void)state;
    for (int kind = 0; kind < EVENT_KIND_COUNT; kind++) {
        enum event_kind found;
        check_rows(event_kinds[kind].name, event_kinds[kind].fields);
        assert_true(event_kind_find(str_of(event_kinds[kind].name), &found));
        assert_int_equal(found, kind);
        if (kind > 0)
            assert_true(strcmp(event_kinds[kind - 1].name, event_kinds[kind].name) < 0);
        for (size_t i = 0; i < event_kinds[kind].fields.count; i++)
            assert_int_not_equal(event_kinds[kind].fields.rows[i].see, 0);
    }
    for (int kind = 0; kind < INPUT_KIND_COUNT; kind++) {
        enum input_kind found;
        check_rows(input_kinds[kind].name, input_kinds[kind].fields);
        assert_true(input_kind_find(str_of(input_kinds[kind].name), &found));
        assert_int_equal(found, kind);
        if (kind > 0)
            assert_true(strcmp(input_kinds[kind - 1].name, input_kinds[kind].name) < 0);
    }
}

static void an_event_reads_back(void **state)
{
    (void)state;
    for (int kind = 0; kind < EVENT_KIND_COUNT * 2; kind++) {
        bool is_full = kind % 2 != 0;
        struct event event = {.kind = (enum event_kind)(kind / 2), .seq = 7, .actor = STR("poc")};
        struct event again;
        struct arena arena = {0};
        struct buf first = {0}, second = {0};
        struct err err;
        if (is_full) {
            event.at_ms = 5000;
            event.observed_ms = 4000;
            event.story_ms = 9000;
            event.input = 3;
            event.cause = 2;
            event.proxy = true;
            fill(event_kinds[event.kind].fields, &event.body);
        }
        event_write(&event, &first);
        if (!json_check(buf_str(&first), &err) ||
            !event_read(buf_str(&first), &arena, &again, &err))
            fail_msg("%.*s: %s", STR_ARG(buf_str(&first)), err.message);
        event_write(&again, &second);
        assert_true(str_eq(buf_str(&first), buf_str(&second)));
        assert_int_equal(again.observed_ms, event.observed_ms);
        assert_int_equal(again.proxy, event.proxy);
        buf_fini(&first);
        buf_fini(&second);
        arena_fini(&arena);
    }
}

static void an_input_reads_back(void **state)
{
    (void)state;
    for (int kind = 0; kind < INPUT_KIND_COUNT * 2; kind++) {
        struct input input = {.kind = (enum input_kind)(kind / 2),
            .observed_ms = -1,
            .story_at_ms = -1,
            .actor = STR("poc")};
        struct input again;
        struct arena arena = {0};
        struct buf first = {0}, second = {0};
        struct err err = {0};
        if (kind % 2 != 0) {
            input.seq = 4;
            input.at_ms = 5000;
            input.observed_ms = 0;
            input.story_at_ms = 8;
            input.proxy_for = STR("legal");
            input.id = STR("m1");
            fill(input_kinds[input.kind].fields, &input.body);
        }
        input_write(&input, &first);
        bool ok =
            json_check(buf_str(&first), &err) && input_read(buf_str(&first), &arena, &again, &err);
        bool lacks_names = kind % 2 == 0 && strstr(err.message, "lacks its \"") != NULL;
        if (!ok && !lacks_names)
            fail_msg("%.*s: %s", STR_ARG(buf_str(&first)), err.message);
        if (ok) {
            input_write(&again, &second);
            assert_true(str_eq(buf_str(&first), buf_str(&second)));
            assert_int_equal(again.observed_ms, input.observed_ms);
            assert_int_equal(again.story_at_ms, input.story_at_ms);
        }
        buf_fini(&first);
        buf_fini(&second);
        arena_fini(&arena);
    }
}

static void examples_are_inputs(void **state)
{
    (void)state;
    for (int kind = 0; kind < INPUT_KIND_COUNT; kind++) {
        struct arena arena = {0};
        struct intake intake;
        struct err err;
        struct intake_from from = {.source = INTAKE_FILE};
        if (!intake_parse(str_of(input_kinds[kind].example), from, &arena, &intake, &err))
            fail_msg("%s: %s", input_kinds[kind].example, err.message);
        assert_int_equal(intake.input.kind, kind);
        arena_fini(&arena);
    }
}

static void broken_lines_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *line, *says;
    } rows[] = {
        {"{\"kind\":\"danced\"}", "the record holds an event of unknown kind \"danced\""},
        {"{}", "the record holds an event of unknown kind \"\""},
        {"{\"at_ms\":1,\"body\":{},\"kind\":\"resumed\",\"seq\":1,\"story_ms\":0}",
            "event of kind resumed lacks a part of its envelope"},
        {"{\"actor\":\"x\",\"at_ms\":1,\"body\":{\"dance\":1},\"kind\":\"noted\",\"seq\":1,"
         "\"story_ms\":0}",
            "unknown field \"dance\""},
        {"{\"actor\":\"x\",\"at_ms\":1,\"body\":{\"text\":1},\"kind\":\"noted\",\"seq\":1,"
         "\"story_ms\":0}",
            "field \"text\" is not a valid text"},
        {"{\"actor\":\"x\",\"at_ms\":1,\"body\":{\"reason\":\"bored\"},\"kind\":\"paused\","
         "\"seq\":1,\"story_ms\":0}",
            "field \"reason\" is not a valid name"},
        {"{\"actor\":\"x\",\"at_ms\":1,\"body\":{\"to\":\"x\"},\"kind\":\"said\",\"seq\":1,"
         "\"story_ms\":0}",
            "field \"to\" is not a valid ids"},
        {"{\"actor\":\"x\",\"at_ms\":1,\"body\":[],\"kind\":\"said\",\"seq\":1,\"story_ms\":0}",
            "expected a JSON object"},
    };
    for (size_t i = 0; i < TABLE_COUNT(rows); i++) {
        struct arena arena = {0};
        struct event event;
        struct err err = {0};
        assert_false(event_read(str_of(rows[i].line), &arena, &event, &err));
        if (strstr(err.message, rows[i].says) == NULL)
            fail_msg("%s\nsays: %s\nnot: %s", rows[i].line, err.message, rows[i].says);
        arena_fini(&arena);
    }
}

/* What a record says was asked for must at least have been askable. */
static void an_input_lacks_nothing_that_it_must_have(void **state)
{
    (void)state;
    static const struct {
        const char *line, *says;
    } cases[] = {
        {"{\"actor\":\"poc\",\"at_ms\":0,\"body\":{},\"do\":\"act\",\"seq\":1}",
            "lacks its \"action\""},
        {"{\"actor\":\"poc\",\"at_ms\":0,\"body\":{},\"do\":\"declare\",\"seq\":1}",
            "lacks its \"status\""},
        {"{\"actor\":\"poc\",\"at_ms\":0,\"body\":{\"dance\":1},\"do\":\"note\",\"seq\":1}",
            "unknown field \"dance\""},
        {"{\"actor\":\"poc\",\"at_ms\":-1,\"body\":{},\"do\":\"note\",\"seq\":1}", "outside"},
        {"{\"actor\":\"facilitator\",\"at_ms\":0,\"body\":{\"by_ms\":9223372036854775807},"
         "\"do\":\"jump\",\"seq\":1}",
            "\"by_ms\" is not a valid duration"},
        {"{\"actor\":\"facilitator\",\"at_ms\":0,\"body\":{\"by_ms\":-1},\"do\":\"jump\",\"seq\":"
         "1}",
            "\"by_ms\" is not a valid duration"},
        {"{\"actor\":\"poc\",\"at_ms\":2592000001,\"body\":{},\"do\":\"note\",\"seq\":1}",
            "outside"},
    };
    struct arena arena = {0};
    struct input input;
    for (size_t i = 0; i < TABLE_COUNT(cases); i++) {
        struct err err = {0};
        assert_false(input_read(str_of(cases[i].line), &arena, &input, &err));
        if (strstr(err.message, cases[i].says) == NULL)
            fail_msg("%s: \"%s\" does not say \"%s\"", cases[i].line, err.message, cases[i].says);
    }
    struct str latest =
        STR("{\"actor\":\"poc\",\"at_ms\":2592000000,\"body\":{},\"do\":\"note\",\"seq\":1}");
    assert_true(input_read(latest, &arena, &input, NULL));
    arena_fini(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_in_order),
        cmocka_unit_test(an_event_reads_back),
        cmocka_unit_test(an_input_reads_back),
        cmocka_unit_test(an_input_lacks_nothing_that_it_must_have),
        cmocka_unit_test(examples_are_inputs),
        cmocka_unit_test(broken_lines_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
