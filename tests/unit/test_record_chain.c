/* The line of an event, made by core when it happens and by the record from its columns: every kind
 * goes through both, byte for byte. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "unit/record_play.h"

/* Escaped, of several bytes, and of a kind that JSON writers like to differ in. */
static const char odd_text[] = "\"a\\b\"\n\t\x01/ <é> 事務所 \xf0\x9f\x94\x92 \xe2\x80\xa8";
static const struct str some_ids[] = {STR_INIT("poc"), STR_INIT("commander")};

/* Writes a value that is not empty into a field of the body. */
typedef void fill_field(const struct field *field, char *at);

static void fill_int(const struct field *field, char *at)
{
    int64_t value = field->type == FIELD_MS ? INT64_MAX : INT64_MIN;
    memcpy(at, &value, sizeof(value));
}

static void fill_bool(const struct field *field, char *at)
{
    (void)field;
    memcpy(at, &(bool){true}, sizeof(bool));
}

static void fill_name(const struct field *field, char *at)
{
    int last = field->name_count - 1;
    memcpy(at, &last, sizeof(last));
}

static void fill_id(const struct field *field, char *at)
{
    (void)field;
    memcpy(at, &some_ids[0], sizeof(struct str));
}

static void fill_ids(const struct field *field, char *at)
{
    (void)field;
    memcpy(at, &(struct strs){some_ids, 2}, sizeof(struct strs));
}

static void fill_str(const struct field *field, char *at)
{
    (void)field;
    struct str text = str_of(odd_text);
    memcpy(at, &text, sizeof(text));
}

static fill_field *const fill[FIELD_TYPE_COUNT] = {
    [FIELD_INT] = fill_int,
    [FIELD_MS] = fill_int,
    [FIELD_BOOL] = fill_bool,
    [FIELD_NAME] = fill_name,
    [FIELD_ID] = fill_id,
    [FIELD_IDS] = fill_ids,
    [FIELD_STR] = fill_str,
    [FIELD_TEXT] = fill_str,
};

enum { ENVELOPE_COUNT = 5, LINE_COUNT = EVENT_KIND_COUNT * ENVELOPE_COUNT };

/* What of the envelope is written only where it says something. */
static const struct event envelopes[ENVELOPE_COUNT] = {
    {.actor = STR_INIT("poc")},
    {.actor = STR_INIT("poc"), .cause = INT64_MAX, .input = 1},
    {.actor = STR_INIT(""), .at_ms = 5, .observed_ms = 5, .proxy = true},
    {.at_ms = 5, .observed_ms = 0, .story_ms = -1, .input = 1},
    {.at_ms = INT64_MAX, .observed_ms = INT64_MIN, .story_ms = INT64_MAX, .proxy = true},
};

/* Each kind with an empty body first, and with a full one in all other envelopes. */
static void make_events(struct event *events)
{
    for (int i = 0; i < LINE_COUNT; i++) {
        enum event_kind kind = (enum event_kind)(i / ENVELOPE_COUNT);
        events[i] = envelopes[i % ENVELOPE_COUNT];
        events[i].seq = i + 1;
        events[i].kind = kind;
        if (i % ENVELOPE_COUNT == 3)
            events[i].actor = str_of(odd_text);
        const struct fields *fields = &event_kinds[kind].fields;
        for (size_t row = 0; row < fields->count && i % ENVELOPE_COUNT > 0; row++)
            fill[fields->rows[row].type](
                &fields->rows[row], (char *)&events[i].body + fields->rows[row].offset);
    }
    events[0].input = 1;
}

static void check_lines(struct record *record, const struct event *events)
{
    struct record_cursor *cursor;
    struct buf expected = {0};
    struct str line;
    int count = 0;
    assert_true(record_events(record, 1, 1, &cursor, NULL));
    for (; record_cursor_next(cursor, &line, NULL); count++) {
        buf_clear(&expected);
        event_write(&events[count], &expected);
        if (!str_eq(line, buf_str(&expected)))
            fail_msg(
                "the record says %.*s, core says %.*s", STR_ARG(line), STR_ARG(buf_str(&expected)));
    }
    struct err err = {0};
    if (record_cursor_failed(cursor, &err))
        fail_msg("%s", err.message);
    assert_int_equal(count, LINE_COUNT);
    record_cursor_close(cursor);
    buf_fini(&expected);
}

static void test_every_kind_has_one_line(void **state)
{
    (void)state;
    static struct event events[LINE_COUNT];
    struct play_folder at;
    struct play play;
    struct record *record;
    struct record_exercise exercise;
    struct arena arena = {0};
    struct err err = {0};
    play_folder_init(&at);
    play_init(&play);
    make_events(events);
    assert_true(record_open(at.path, RECORD_CREATE, &record, NULL));
    assert_true(play_create(record, &arena, &exercise, NULL));
    struct record_turn turn = {.table = exercise.table,
        .inputs = play.record_inputs,
        .input_count = 1,
        .events = events,
        .event_count = LINE_COUNT};
    if (!record_append(record, &turn, 1, &err))
        fail_msg("%s", err.message);
    check_lines(record, events);
    if (!record_verify(record, exercise.table, STR(""), &err))
        fail_msg("%s", err.message);
    record_close(record);
    arena_fini(&arena);
    play_folder_fini(&at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_kind_has_one_line)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
