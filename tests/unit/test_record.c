/* The record through its header: what goes in comes out, and wrong files are refused. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <sqlite3.h>

#include "record/handle.h"
#include "unit/record_play.h"

struct fixture {
    struct play_folder at;
    struct play play;
    struct arena arena;
    struct record *record;
    struct record_exercise exercise;
    struct err err;
};

static void assert_ok(bool is_good, const struct err *err)
{
    if (!is_good)
        fail_msg("%s", err->message);
}

static void assert_says(const struct err *err, const char *part)
{
    if (!strstr(err->message, part))
        fail_msg("\"%s\" does not say \"%s\"", err->message, part);
}

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    play_folder_init(&fixture->at);
    play_init(&fixture->play);
    assert_ok(record_open(fixture->at.path, RECORD_CREATE, &fixture->record, &fixture->err),
        &fixture->err);
    assert_ok(play_create(fixture->record, &fixture->arena, &fixture->exercise, &fixture->err),
        &fixture->err);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    record_close(fixture->record);
    play_folder_fini(&fixture->at);
    arena_fini(&fixture->arena);
    free(fixture);
    return 0;
}

static bool append(struct fixture *fixture, int turn)
{
    struct record_turn one = play_turn(&fixture->play, turn, fixture->exercise.table);
    return record_append(fixture->record, &one, 1, &fixture->err);
}

static void append_all(struct fixture *fixture)
{
    for (int turn = 0; turn < PLAY_TURNS; turn++)
        assert_ok(append(fixture, turn), &fixture->err);
}

static void reopen(struct fixture *fixture, enum record_open how)
{
    record_close(fixture->record);
    fixture->record = NULL;
    assert_ok(record_open(fixture->at.path, how, &fixture->record, &fixture->err), &fixture->err);
}

static void assert_line(struct str found, const struct buf *expected)
{
    assert_int_equal(found.len, expected->len);
    assert_memory_equal(found.ptr, expected->ptr, expected->len);
}

static void check_events(struct fixture *fixture, int64_t from_seq)
{
    struct record_cursor *cursor;
    assert_ok(
        record_events(fixture->record, fixture->exercise.table, from_seq, &cursor, &fixture->err),
        &fixture->err);
    struct buf expected = {0};
    struct str line;
    int64_t wall_ms, seq = from_seq;
    for (; record_cursor_next(cursor, &line, &wall_ms); seq++) {
        buf_clear(&expected);
        event_write(&fixture->play.events[seq - 1], &expected);
        assert_line(line, &expected);
        assert_in_range(wall_ms, INT64_C(1795100000000), INT64_C(1795100000000) + PLAY_TURNS - 1);
    }
    assert_false(record_cursor_failed(cursor, NULL));
    assert_int_equal(seq, PLAY_EVENTS + 1);
    record_cursor_close(cursor);
    buf_fini(&expected);
}

static void test_events_come_back_as_they_went_in(void **state)
{
    struct fixture *fixture = *state;
    append_all(fixture);
    check_events(fixture, 1);
    reopen(fixture, RECORD_READ);
    check_events(fixture, 1);
    check_events(fixture, 6);
}

static void test_inputs_come_back_as_they_went_in(void **state)
{
    struct fixture *fixture = *state;
    append_all(fixture);
    struct record_cursor *cursor;
    assert_ok(record_inputs(fixture->record, fixture->exercise.table, 2, &cursor, &fixture->err),
        &fixture->err);
    struct buf expected = {0};
    struct str line;
    int64_t seq = 2;
    for (; record_cursor_next(cursor, &line, NULL); seq++) {
        buf_clear(&expected);
        input_write(&fixture->play.inputs[seq - 1], &expected);
        assert_line(line, &expected);
    }
    assert_int_equal(seq, PLAY_INPUTS + 1);
    record_cursor_close(cursor);
    buf_fini(&expected);
}

static void test_clock_goes_along(void **state)
{
    struct fixture *fixture = *state;
    int64_t clock_ms = -1, wall_ms = -1;
    int64_t table = fixture->exercise.table;
    assert_true(record_clock(fixture->record, table, &clock_ms, &wall_ms, NULL));
    assert_int_equal(clock_ms, 0);
    append_all(fixture);
    struct record_turn quiet = {.table = table, .wall_ms = 77, .clock_ms = 9999};
    assert_true(record_append(fixture->record, &quiet, 1, NULL));
    assert_true(record_clock(fixture->record, table, &clock_ms, &wall_ms, NULL));
    assert_int_equal(clock_ms, 9999);
    assert_int_equal(wall_ms, 77);
}

static void test_texts_are_found_and_forgotten(void **state)
{
    struct fixture *fixture = *state;
    append_all(fixture);
    int64_t table = fixture->exercise.table;
    struct str ref = fixture->play.texts[0].ref;
    struct str text = record_text_find(fixture->record, table, ref, &fixture->arena);
    assert_string_equal(text.ptr, play_escalation_text);
    assert_int_equal(record_text_find(fixture->record, table + 1, ref, &fixture->arena).len, 0);

    struct record_known known;
    assert_true(record_input_find(fixture->record, table, STR("poc"), STR("m1"), &known));
    assert_true(known.has_salt);
    assert_memory_equal(known.salt, play_salt, RECORD_SALT_BYTES);

    assert_int_equal(SQLITE_OK, sqlite3_exec(fixture->record->db.handle,
                                    "UPDATE text SET body = NULL, salt = NULL, person = NULL"
                                    " WHERE person = 'p1'",
                                    NULL, NULL, NULL));
    assert_int_equal(record_text_find(fixture->record, table, ref, &fixture->arena).len, 0);
    assert_true(record_input_find(fixture->record, table, STR("poc"), STR("m1"), &known));
    assert_false(known.has_salt);
    assert_ok(record_verify(fixture->record, table, STR(""), &fixture->err), &fixture->err);
}

/* Steps of SQLite's machine that finding one text took. */
static int count_find_steps(struct fixture *fixture, struct str ref)
{
    sqlite3 *db = fixture->record->db.handle;
    assert_true(
        record_text_find(fixture->record, fixture->exercise.table, ref, &fixture->arena).len > 0);
    for (sqlite3_stmt *stmt = sqlite3_next_stmt(db, NULL); stmt; stmt = sqlite3_next_stmt(db, stmt))
        if (strstr(sqlite3_sql(stmt), "FROM text"))
            return sqlite3_stmt_status(stmt, SQLITE_STMTSTATUS_VM_STEP, 1);
    return -1;
}

/* A report of a long exercise looks up thousands. */
static void test_a_text_is_looked_up(void **state)
{
    struct fixture *fixture = *state;
    append_all(fixture);
    int first = count_find_steps(fixture, fixture->play.texts[1].ref);
    assert_int_equal(SQLITE_OK,
        sqlite3_exec(fixture->record->db.handle,
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
            " INSERT INTO text SELECT 1, -i, 'text', i, NULL, 'words', NULL FROM n",
            NULL, NULL, NULL));
    int later = count_find_steps(fixture, fixture->play.texts[1].ref);
    assert_in_range(later, 1, 2 * first);
}

static void test_known_inputs(void **state)
{
    struct fixture *fixture = *state;
    append_all(fixture);
    static const struct {
        const char *actor, *id;
        int64_t seq; /* 0: not known */
    } cases[] = {{"facilitator", "s1", 2}, {"facilitator", "d1", 4}, {"poc", "d1", 5},
        {"poc", "m1", 3}, {"poc", "s1", 0}, {"host", "", 0}, {"", "", 0}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct record_known known = {0};
        bool is_known = record_input_find(fixture->record, fixture->exercise.table,
            str_of(cases[i].actor), str_of(cases[i].id), &known);
        assert_int_equal(is_known, cases[i].seq != 0);
        assert_int_equal(known.seq, cases[i].seq);
        if (!is_known)
            continue;
        /* A repeated input comes later and unnumbered. */
        struct input again = fixture->play.inputs[known.seq - 1];
        again.at_ms += 5000;
        again.seq = 0;
        struct hash digest = record_input_digest(&again);
        assert_true(hash_eq(&digest, &known.digest));
        again.actor = STR("somebody");
        digest = record_input_digest(&again);
        assert_false(hash_eq(&digest, &known.digest));
    }
}

static void test_head_and_verify(void **state)
{
    struct fixture *fixture = *state;
    struct hash head, first;
    int64_t seq;
    int64_t table = fixture->exercise.table;
    assert_true(record_head(fixture->record, table, &seq, &head, NULL));
    assert_int_equal(seq, 0);
    assert_true(hash_eq(&head, &(struct hash){{0}}));
    assert_ok(append(fixture, 0), &fixture->err);
    assert_true(record_head(fixture->record, table, &seq, &first, NULL));
    for (int turn = 1; turn < PLAY_TURNS; turn++)
        assert_ok(append(fixture, turn), &fixture->err);
    assert_true(record_head(fixture->record, table, &seq, &head, NULL));
    assert_int_equal(seq, PLAY_EVENTS);

    char hex[HASH_HEX_BYTES + 1];
    reopen(fixture, RECORD_READ);
    struct str expected[] = {STR(""), hash_hex(&head, hex)};
    for (size_t i = 0; i < 2; i++)
        assert_ok(record_verify(fixture->record, table, expected[i], &fixture->err), &fixture->err);
    /* A head that was printed earlier is as good. */
    assert_ok(
        record_verify(fixture->record, table, hash_hex(&first, hex), &fixture->err), &fixture->err);
    hex[0] = hex[0] == '0' ? '1' : '0';
    assert_false(record_verify(fixture->record, table, str_of(hex), &fixture->err));
    assert_says(&fixture->err, "phone-tree-1 never had the expected head");
    assert_false(record_verify(fixture->record, table, STR("abc"), &fixture->err));
    assert_says(&fixture->err, "\"abc\" is no head: expected 64 digits");
    assert_false(record_verify(fixture->record, 9, STR(""), &fixture->err));
    assert_says(&fixture->err, "the programme knows no exercise with table 9");
}

/* From docs/record.md, with nothing but hash_of_bytes. */
static void test_chain_is_what_the_document_says(void **state)
{
    struct fixture *fixture = *state;
    assert_ok(append(fixture, 0), &fixture->err);
    struct hash head;
    int64_t seq;
    assert_true(record_head(fixture->record, 1, &seq, &head, NULL));

    static const char input[] = "{\"actor\":\"host\",\"at_ms\":0,\"body\":{\"mode\":\"discuss\"},"
                                "\"do\":\"create\",\"seq\":1}";
    static const char event[] = "{\"actor\":\"host\",\"at_ms\":0,\"body\":{\"mode\":\"discuss\"},"
                                "\"input\":1,\"kind\":\"created\",\"seq\":1,"
                                "\"story_ms\":1795000000000}";
    struct buf bytes = {0};
    buf_add(&bytes, STR("\0\0\0\0\0\0\0\x20"));
    for (int i = 0; i < HASH_BYTES; i++)
        buf_add_char(&bytes, '\0');
    buf_add(&bytes, STR("\0\0\0\0\0\0\0"));
    buf_add_char(&bytes, (char)(sizeof(input) - 1));
    buf_add(&bytes, str_of(input));
    buf_add(&bytes, STR("\0\0\0\0\0\0\0"));
    buf_add_char(&bytes, (char)(sizeof(event) - 1));
    buf_add(&bytes, str_of(event));
    buf_add(&bytes, STR("\0\0\0\0\0\0\0\x08"));
    /* 1795100000000 */
    buf_add(&bytes, STR("\x00\x00\x01\xa1\xf4\x4c\x3f\x00"));
    struct hash by_hand = hash_of_bytes(buf_str(&bytes));
    buf_fini(&bytes);
    assert_true(hash_eq(&by_hand, &head));
}

static void test_exercises(void **state)
{
    struct fixture *fixture = *state;
    struct record_exercise second, other, found;
    assert_ok(play_create(fixture->record, &fixture->arena, &second, &fixture->err), &fixture->err);
    struct record_made_of made_of = {.scenario = STR("ransomware"),
        .manual_clock = true,
        .wall_ms = 5,
        .files = play_files,
        .file_count = 0};
    assert_false(
        record_exercise_new(fixture->record, &made_of, &fixture->arena, &other, &fixture->err));
    assert_says(&fixture->err, "exercise ransomware-1 has no pinned files");
    made_of.file_count = 1;
    assert_ok(
        record_exercise_new(fixture->record, &made_of, &fixture->arena, &other, &fixture->err),
        &fixture->err);
    assert_string_equal(second.id.ptr, "phone-tree-2");
    assert_string_equal(other.id.ptr, "ransomware-1");
    assert_int_equal(other.table, 3);
    assert_true(hash_eq(&second.content, &fixture->exercise.content));
    assert_false(hash_eq(&second.content, &other.content));

    struct record_exercise *items;
    size_t count;
    assert_true(record_exercise_list(fixture->record, &fixture->arena, &items, &count, NULL));
    assert_int_equal(count, 3);
    assert_string_equal(items[0].id.ptr, "phone-tree-1");
    assert_int_equal(items[0].created_wall_ms, INT64_C(1795000000000));
    assert_false(items[0].manual_clock);
    assert_true(record_exercise_last(fixture->record, &fixture->arena, &found, NULL));
    assert_string_equal(found.id.ptr, "ransomware-1");
    assert_true(found.manual_clock);
    assert_true(hash_eq(&found.content, &other.content));
    assert_true(
        record_exercise_find(fixture->record, STR("phone-tree-2"), &fixture->arena, &found, NULL));
    assert_int_equal(found.table, 2);
    assert_string_equal(found.scenario.ptr, "phone-tree");
    assert_ok(record_verify(fixture->record, 3, STR(""), &fixture->err), &fixture->err);
}

static size_t listed(struct fixture *fixture, bool all, struct record_exercise **ret_items)
{
    size_t count;
    assert_true((all ? record_exercise_list_all : record_exercise_list)(
        fixture->record, &fixture->arena, ret_items, &count, NULL));
    return count;
}

/* It is replaced in the very turn that makes the other one, and not before. */
static void test_an_exercise_is_replaced(void **state)
{
    struct fixture *fixture = *state;
    struct record_exercise made, *items;
    struct record_made_of made_of = {.scenario = STR("phone-tree"),
        .replaces = STR("phone-tree-1"),
        .wall_ms = 5,
        .files = play_files,
        .file_count = 2};
    assert_ok(record_exercise_new(fixture->record, &made_of, &fixture->arena, &made, &fixture->err),
        &fixture->err);
    record_exercise_drop(fixture->record);
    assert_int_equal(listed(fixture, false, &items), 1);
    assert_int_equal(items[0].replaced_by.len, 0);

    assert_ok(record_exercise_new(fixture->record, &made_of, &fixture->arena, &made, &fixture->err),
        &fixture->err);
    struct record_turn nothing = {.table = made.table};
    assert_ok(record_append(fixture->record, &nothing, 1, &fixture->err), &fixture->err);
    assert_int_equal(listed(fixture, false, &items), 1);
    assert_string_equal(items[0].id.ptr, "phone-tree-2");
    assert_true(str_is(items[0].replaces, "phone-tree-1"));
    assert_int_equal(listed(fixture, true, &items), 2);
    assert_true(str_is(items[0].replaced_by, "phone-tree-2"));
    assert_false(record_exercise_lock(fixture->record, STR("phone-tree-1"), &fixture->err));
    assert_says(&fixture->err, "was made anew as phone-tree-2 before it began; play that one");
    assert_ok(
        record_exercise_lock(fixture->record, STR("phone-tree-2"), &fixture->err), &fixture->err);
    assert_ok(record_verify(fixture->record, 1, STR(""), &fixture->err), &fixture->err);
    assert_ok(record_verify(fixture->record, 2, STR(""), &fixture->err), &fixture->err);
}

static void test_what_has_begun_is_not_replaced(void **state)
{
    struct fixture *fixture = *state;
    struct record_exercise made, *items;
    struct record_made_of made_of = {.scenario = STR("phone-tree"),
        .replaces = STR("phone-tree-1"),
        .wall_ms = 5,
        .files = play_files,
        .file_count = 2};
    for (int i = 0; i < PLAY_TURNS; i++) {
        struct record_turn turn = play_turn(&fixture->play, i, fixture->exercise.table);
        assert_ok(record_append(fixture->record, &turn, 1, &fixture->err), &fixture->err);
    }
    assert_false(
        record_exercise_new(fixture->record, &made_of, &fixture->arena, &made, &fixture->err));
    assert_says(&fixture->err, "exercise phone-tree-1 has begun");
    made_of.replaces = STR("phone-tree-9");
    assert_false(
        record_exercise_new(fixture->record, &made_of, &fixture->arena, &made, &fixture->err));
    assert_says(&fixture->err, "phone-tree-9");
    assert_int_equal(listed(fixture, true, &items), 1);
}

/* A new exercise whose first turn does not come keeps nobody from writing. */
static void test_a_new_exercise_is_dropped(void **state)
{
    struct fixture *fixture = *state;
    struct record *other;
    struct record_exercise dropped, *items;
    struct record_made_of made_of = {
        .scenario = STR("flood"), .wall_ms = 5, .files = play_files, .file_count = 1};
    size_t count;
    assert_ok(record_open(fixture->at.path, RECORD_WRITE, &other, &fixture->err), &fixture->err);
    sqlite3_busy_timeout(other->db.handle, 10);
    record_exercise_drop(fixture->record); /* there is none */
    struct record_turn turn = play_turn(&fixture->play, 0, fixture->exercise.table);
    for (int i = 0; i < 2; i++) {
        assert_ok(record_exercise_new(
                      fixture->record, &made_of, &fixture->arena, &dropped, &fixture->err),
            &fixture->err);
        assert_string_equal(dropped.id.ptr, "flood-1");
        turn = play_turn(&fixture->play, i, fixture->exercise.table);
        assert_false(record_append(other, &turn, 1, NULL));
        record_exercise_drop(fixture->record);
        assert_ok(record_append(other, &turn, 1, &fixture->err), &fixture->err);
    }
    record_close(other);
    assert_true(record_exercise_list(fixture->record, &fixture->arena, &items, &count, NULL));
    assert_int_equal(count, 1);
    assert_ok(append(fixture, 2), &fixture->err);
}

static void test_absent_exercises(void **state)
{
    struct fixture *fixture = *state;
    struct record_exercise found;
    static const struct {
        struct str id;
        const char *says;
    } cases[] = {
        {STR_INIT("phone-tre-1"), "holds no exercise \"phone-tre-1\"; did you mean "
                                  "\"phone-tree-1\"?"},
        {STR_INIT("flood"), "holds no exercise \"flood\"; the last of its 1 is \"phone-tree-1\""},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_false(record_exercise_find(
            fixture->record, cases[i].id, &fixture->arena, &found, &fixture->err));
        assert_says(&fixture->err, cases[i].says);
        assert_false(record_exercise_lock(fixture->record, cases[i].id, &fixture->err));
        assert_says(&fixture->err, cases[i].says);
    }
    record_close(fixture->record);
    play_folder_empty(&fixture->at);
    assert_true(record_open(fixture->at.path, RECORD_CREATE, &fixture->record, NULL));
    assert_false(record_exercise_last(fixture->record, &fixture->arena, &found, &fixture->err));
    assert_says(&fixture->err, "holds no exercise yet; create one first");
    assert_false(
        record_exercise_find(fixture->record, STR("x"), &fixture->arena, &found, &fixture->err));
    assert_says(&fixture->err, "holds no exercise yet; create one first");
}

static void test_files_are_pinned(void **state)
{
    struct fixture *fixture = *state;
    struct record_files files;
    assert_true(record_exercise_files(
        fixture->record, fixture->exercise.id, &fixture->arena, &files, NULL));
    assert_int_equal(files.count, 2);
    assert_string_equal(files.items[0].path.ptr, "files/empty.txt");
    assert_int_equal(files.items[0].bytes.len, 0);
    assert_string_equal(files.items[1].path.ptr, "scenario.yaml");
    assert_string_equal(files.items[1].bytes.ptr, "title: {en: Phone tree}\n");
}

/* Two processes that play one exercise: the slower one is told, and nothing of its turn stays. */
static void test_second_writer_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct record *other;
    assert_ok(record_open(fixture->at.path, RECORD_WRITE, &other, &fixture->err), &fixture->err);
    assert_ok(append(fixture, 0), &fixture->err);
    struct record_turn turn = play_turn(&fixture->play, 0, fixture->exercise.table);
    assert_false(record_append(other, &turn, 1, &fixture->err));
    assert_says(&fixture->err, "another process plays this exercise: table 1 has come to event 1");
    turn = play_turn(&fixture->play, 1, fixture->exercise.table);
    assert_ok(record_append(other, &turn, 1, &fixture->err), &fixture->err);
    record_close(other);
    assert_ok(append(fixture, 2), &fixture->err);
    /* The clock alone adds events, too. */
    struct record_turn clock = {
        .table = fixture->exercise.table, .events = &fixture->play.events[4], .event_count = 1};
    assert_false(record_append(fixture->record, &clock, 1, &fixture->err));
    assert_says(&fixture->err, "another process plays this exercise: table 1 has come to event 5");
}

static void test_turns_of_several_tables_are_one(void **state)
{
    struct fixture *fixture = *state;
    struct record_exercise second;
    assert_true(play_create(fixture->record, &fixture->arena, &second, NULL));
    struct record_turn turns[] = {
        play_turn(&fixture->play, 0, fixture->exercise.table),
        play_turn(&fixture->play, 1, second.table), /* not its next */
    };
    assert_false(record_append(fixture->record, turns, 2, &fixture->err));
    struct hash head;
    int64_t seq = -1;
    assert_true(record_head(fixture->record, fixture->exercise.table, &seq, &head, NULL));
    assert_int_equal(seq, 0);
    turns[1] = play_turn(&fixture->play, 0, second.table);
    assert_ok(record_append(fixture->record, turns, 2, &fixture->err), &fixture->err);
}

static void test_busy_is_said(void **state)
{
    struct fixture *fixture = *state;
    sqlite3 *other;
    assert_int_equal(SQLITE_OK, sqlite3_open(fixture->at.path, &other));
    assert_int_equal(SQLITE_OK, sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL));
    sqlite3_busy_timeout(fixture->record->db.handle, 10);
    assert_false(append(fixture, 0));
    assert_says(&fixture->err, "another program has been writing to it for 5 seconds");
    assert_int_equal(SQLITE_OK, sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL));
    sqlite3_close(other);
    assert_ok(append(fixture, 0), &fixture->err);
}

static void test_a_used_id_is_refused_whole(void **state)
{
    struct fixture *fixture = *state;
    for (int turn = 0; turn < 3; turn++)
        assert_ok(append(fixture, turn), &fixture->err);
    fixture->play.inputs[4].id = STR("m1");
    assert_false(append(fixture, 3));
    assert_says(&fixture->err, "this actor has already sent an input with this id");
    fixture->play.inputs[4].id = STR("d1");
    assert_ok(append(fixture, 3), &fixture->err);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(test_events_come_back_as_they_went_in),
        CASE(test_inputs_come_back_as_they_went_in),
        CASE(test_clock_goes_along),
        CASE(test_texts_are_found_and_forgotten),
        CASE(test_a_text_is_looked_up),
        CASE(test_known_inputs),
        CASE(test_head_and_verify),
        CASE(test_chain_is_what_the_document_says),
        CASE(test_exercises),
        CASE(test_an_exercise_is_replaced),
        CASE(test_what_has_begun_is_not_replaced),
        CASE(test_a_new_exercise_is_dropped),
        CASE(test_absent_exercises),
        CASE(test_files_are_pinned),
        CASE(test_second_writer_is_refused),
        CASE(test_turns_of_several_tables_are_one),
        CASE(test_busy_is_said),
        CASE(test_a_used_id_is_refused_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
