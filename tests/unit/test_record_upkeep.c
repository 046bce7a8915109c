/* Looking after a record: names, forgetting, deleting, backups and bundles. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "record/handle.h"
#include "record/query.h"
#include "unit/record_play.h"

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

static void read_bytes(const char *path, struct buf *out)
{
    char bytes[4096];
    size_t len;
    buf_clear(out);
    FILE *file = fopen(path, "rb");
    if (!file)
        return;
    while ((len = fread(bytes, 1, sizeof(bytes), file)) > 0)
        buf_add(out, (struct str){bytes, len});
    fclose(file);
}

static bool file_holds(const char *path, const char *words)
{
    struct buf bytes = {0};
    read_bytes(path, &bytes);
    size_t len = strlen(words);
    bool is_found = false;
    for (size_t at = 0; !is_found && at + len <= bytes.len; at++)
        is_found = memcmp(bytes.ptr + at, words, len) == 0;
    buf_fini(&bytes);
    return is_found;
}

/* The file and its log. */
static bool record_holds(const char *path, const char *words)
{
    char wal[320];
    snprintf(wal, sizeof(wal), "%s-wal", path);
    return file_holds(path, words) || file_holds(wal, words);
}

/* ---- a record of two exercises, the first with two tables ---- */

struct fixture {
    struct play_folder at;
    struct play play;
    struct arena arena;
    struct record *record;
    struct err err;
    char other[320]; /* a path beside the record */
};

enum { FIRST = 1, SECOND = 2, SECOND_TABLE = 3 };

static void play_table(struct fixture *fixture, int64_t table)
{
    for (int turn = 0; turn < PLAY_TURNS; turn++) {
        struct record_turn one = play_turn(&fixture->play, turn, table);
        assert_ok(record_append(fixture->record, &one, 1, &fixture->err), &fixture->err);
    }
}

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    struct record_exercise exercise;
    play_folder_init(&fixture->at);
    play_init(&fixture->play);
    snprintf(fixture->other, sizeof(fixture->other), "%s/other.tocsin", fixture->at.folder);
    assert_ok(record_open(fixture->at.path, RECORD_CREATE, &fixture->record, &fixture->err),
        &fixture->err);
    for (int i = 0; i < 2; i++)
        assert_ok(
            play_create(fixture->record, &fixture->arena, &exercise, &fixture->err), &fixture->err);
    assert_ok(play_join(fixture->record, "phone-tree-1", &fixture->arena, &exercise, &fixture->err),
        &fixture->err);
    assert_int_equal(exercise.table, SECOND_TABLE);
    for (int table = FIRST; table <= SECOND_TABLE; table++)
        play_table(fixture, table);
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

static void assert_verifies(struct record *record, int64_t table)
{
    struct err err;
    assert_ok(record_verify(record, table, STR(""), &err), &err);
}

static struct hash head_of(struct record *record, int64_t table)
{
    int64_t seq;
    struct hash head;
    struct err err;
    assert_ok(record_head(record, table, &seq, &head, &err), &err);
    assert_int_equal(seq, PLAY_EVENTS);
    return head;
}

/* ---- what all tables of an exercise share ---- */

static void test_each_table_has_the_files(void **state)
{
    struct fixture *fixture = *state;
    static const char *const ids[] = {"phone-tree-1", "phone-tree-1/2"};
    for (size_t i = 0; i < 2; i++) {
        struct record_file file = {.path = STR("scenario.yaml")};
        assert_ok(record_exercise_file(
                      fixture->record, str_of(ids[i]), &file, &fixture->arena, &fixture->err),
            &fixture->err);
        assert_true(str_is(file.bytes, "title: {en: Phone tree}\n"));
    }
}

/* ---- names ---- */

static void test_persons_have_names(void **state)
{
    struct fixture *fixture = *state;
    struct record_person *items;
    size_t count;
    assert_ok(
        record_person_set(fixture->record, STR("p2"), STR("Kuji"), &fixture->err), &fixture->err);
    assert_ok(
        record_person_set(fixture->record, STR("p1"), STR("佐藤"), &fixture->err), &fixture->err);
    assert_ok(record_person_set(fixture->record, STR("p1"), STR("佐藤 花子"), &fixture->err),
        &fixture->err);
    assert_ok(record_person_list(fixture->record, &fixture->arena, &items, &count, &fixture->err),
        &fixture->err);
    assert_int_equal(count, 2);
    assert_string_equal(items[0].id.ptr, "p1");
    assert_string_equal(items[0].name.ptr, "佐藤 花子");
    assert_string_equal(items[1].name.ptr, "Kuji");
    static const struct {
        const char *id, *name, *says;
    } wrong[] = {
        {"Ms Sato", "Sato", "\"Ms Sato\" is no id of a person"},
        {"", "Sato", "\"\" is no id of a person"},
        {"p3", "", "the name of p3 must have 1 to 200 bytes"},
        {"p3", "Sato\nKuji", "on one line"},
        {"p3", "\xff", "of UTF-8"},
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        assert_false(record_person_set(
            fixture->record, str_of(wrong[i].id), str_of(wrong[i].name), &fixture->err));
        assert_says(&fixture->err, wrong[i].says);
    }
}

/* ---- forgetting ---- */

static void test_forgotten_words_are_gone(void **state)
{
    struct fixture *fixture = *state;
    size_t count = 99;
    struct hash head = head_of(fixture->record, FIRST);
    assert_ok(record_person_set(fixture->record, STR("p1"), STR("Sato Hanako"), &fixture->err),
        &fixture->err);
    assert_true(record_holds(fixture->at.path, play_escalation_text));
    assert_true(record_holds(fixture->at.path, "Sato Hanako"));
    assert_ok(record_forget(fixture->record, STR("p1"), &count, &fixture->err), &fixture->err);
    assert_int_equal(count, 3);
    assert_false(record_has_remains(fixture->record));
    assert_false(record_holds(fixture->at.path, play_escalation_text));
    assert_false(record_holds(fixture->at.path, "Sato Hanako"));
    assert_true(record_holds(fixture->at.path, "it spreads")); /* somebody else's */
    struct hash after = head_of(fixture->record, FIRST);
    assert_true(hash_eq(&head, &after));
    for (int table = FIRST; table <= SECOND_TABLE; table++)
        assert_verifies(fixture->record, table);
}

static void test_an_unknown_person_is_no_success(void **state)
{
    struct fixture *fixture = *state;
    size_t count = 99;
    assert_false(record_forget(fixture->record, STR("p11"), &count, &fixture->err));
    assert_says(&fixture->err, "holds neither name nor words of \"p11\"; did you mean \"p1\"?");
    assert_false(record_forget(fixture->record, STR("somebody"), &count, &fixture->err));
    assert_says(&fixture->err, "neither name nor words of \"somebody\": somebody else's id");
    assert_int_equal(count, 99);
}

static void seat(struct fixture *fixture, int64_t table)
{
    char sql[400];
    snprintf(sql, sizeof(sql),
        "INSERT INTO event SELECT table_id, seq + 1, at_ms, observed_ms, story_ms, wall_ms,"
        " 'assigned', actor, 0, 0, 0, '{\"person\":\"p9\",\"seat\":\"poc\"}', hash FROM event"
        " WHERE table_id = %lld ORDER BY seq DESC LIMIT 1",
        (long long)table);
    assert_int_equal(SQLITE_OK, sqlite3_exec(fixture->record->db.handle, sql, NULL, NULL, NULL));
}

/* Who left neither a name nor words, and comes back, is somebody of whom results are told: and so
 * somebody who can be forgotten, as often as they come. */
static void test_who_comes_back_is_forgotten_again(void **state)
{
    struct fixture *fixture = *state;
    struct record_traces traces;
    struct record_exercise exercise;
    size_t count;
    seat(fixture, FIRST);
    assert_ok(record_forget(fixture->record, STR("p9"), &count, &fixture->err), &fixture->err);
    assert_false(record_forget(fixture->record, STR("p9"), &count, &fixture->err));
    assert_says(&fixture->err, "forgotten already");
    assert_ok(
        play_create(fixture->record, &fixture->arena, &exercise, &fixture->err), &fixture->err);
    play_table(fixture, exercise.table);
    seat(fixture, exercise.table);
    assert_ok(
        record_person_traces(fixture->record, STR("p9"), &fixture->arena, &traces, &fixture->err),
        &fixture->err);
    assert_int_equal(traces.seat_count, 1);
    assert_ok(record_forget(fixture->record, STR("p9"), &count, &fixture->err), &fixture->err);
    assert_false(record_forget(fixture->record, STR("p9"), &count, &fixture->err));
}

/* Rows are moved about when pages fill, and leave copies behind: none of many words may stay. */
static void test_no_copy_of_words_stays(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(SQLITE_OK,
        sqlite3_exec(fixture->record->db.handle,
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900)"
            " INSERT INTO text SELECT 90 + i % 7, (i * 7919) % 1009, 'text', i, x'00',"
            " 'marked-' || i || hex(zeroblob(i % 200)), CASE i % 2 WHEN 0 THEN 'p7' END FROM n",
            NULL, NULL, NULL));
    size_t count;
    assert_ok(record_forget(fixture->record, STR("p7"), &count, &fixture->err), &fixture->err);
    assert_int_equal(count, 450);
    struct buf bytes = {0};
    read_bytes(fixture->at.path, &bytes);
    int kept = 0;
    for (size_t at = 0; at + 7 <= bytes.len; at++)
        kept += memcmp(bytes.ptr + at, "marked-", 7) == 0;
    assert_int_equal(kept, 450); /* one each of those that are nobody's */
    buf_fini(&bytes);
}

/* ---- deleting ---- */

static void test_a_deleted_exercise_is_gone(void **state)
{
    struct fixture *fixture = *state;
    struct record_exercise *items, found;
    size_t count;
    struct hash head = head_of(fixture->record, FIRST);
    char hex[HASH_HEX_BYTES + 1];
    assert_true(record_holds(fixture->at.path, "helpdesk-call"));
    assert_ok(
        record_delete(fixture->record, STR("phone-tree-1"), 77, &fixture->err), &fixture->err);
    assert_false(record_has_remains(fixture->record));

    assert_ok(record_exercise_list(fixture->record, &fixture->arena, &items, &count, &fixture->err),
        &fixture->err);
    assert_int_equal(count, 1);
    assert_string_equal(items[0].id.ptr, "phone-tree-2");
    assert_verifies(fixture->record, SECOND);
    assert_ok(record_verify_programme(fixture->record, &fixture->err), &fixture->err);
    assert_true(file_holds(fixture->at.path, hash_hex(&head, hex).ptr));

    static const struct {
        int64_t table;
        const char *says;
    } gone[] = {{FIRST, "exercise phone-tree-1 was deleted"},
        {SECOND_TABLE, "exercise phone-tree-1 was deleted"}};
    for (size_t i = 0; i < 2; i++) {
        assert_false(record_verify(fixture->record, gone[i].table, STR(""), &fixture->err));
        assert_says(&fixture->err, gone[i].says);
    }
    assert_false(record_exercise_find(
        fixture->record, STR("phone-tree-1/2"), &fixture->arena, &found, &fixture->err));
    assert_says(&fixture->err, "exercise phone-tree-1 was deleted");
    assert_says(&fixture->err, "only a backup from before still holds it");
    assert_false(record_delete(fixture->record, STR("phone-tree-1"), 78, &fixture->err));
    assert_says(&fixture->err, "exercise phone-tree-1 was deleted");

    /* Neither its id nor its tables are used again. */
    assert_ok(play_create(fixture->record, &fixture->arena, &found, &fixture->err), &fixture->err);
    assert_string_equal(found.id.ptr, "phone-tree-3");
    assert_int_equal(found.table, SECOND_TABLE + 1);
}

static void test_nothing_of_it_stays(void **state)
{
    struct fixture *fixture = *state;
    static const char *const words[] = {
        "helpdesk-call", play_escalation_text, "it spreads", "Phone tree", "stop-server"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        assert_true(record_holds(fixture->at.path, words[i]));
    assert_ok(
        record_delete(fixture->record, STR("phone-tree-1"), 77, &fixture->err), &fixture->err);
    assert_true(record_holds(fixture->at.path, "Phone tree")); /* the other one's, too */
    assert_ok(
        record_delete(fixture->record, STR("phone-tree-2"), 78, &fixture->err), &fixture->err);
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        assert_false(record_holds(fixture->at.path, words[i]));
    assert_ok(record_verify_programme(fixture->record, &fixture->err), &fixture->err);
}

static int count_of(struct fixture *fixture, const char *sql)
{
    int64_t count = -1;
    assert_ok(query_one_int(&fixture->record->db, sql, &count, &fixture->err), &fixture->err);
    return (int)count;
}

/* The triggers are as they were, and stop what they stopped before. */
static void test_the_triggers_are_back(void **state)
{
    struct fixture *fixture = *state;
    assert_ok(
        record_delete(fixture->record, STR("phone-tree-1"), 77, &fixture->err), &fixture->err);
    assert_int_equal(SQLITE_CONSTRAINT,
        sqlite3_exec(fixture->record->db.handle, "DELETE FROM event", NULL, NULL, NULL) & 0xFF);
    assert_int_equal(SQLITE_CONSTRAINT,
        sqlite3_exec(fixture->record->db.handle, "DELETE FROM input", NULL, NULL, NULL) & 0xFF);
    assert_int_equal(count_of(fixture, "SELECT count(*) FROM event"), PLAY_EVENTS);
    record_close(fixture->record);
    fixture->record = NULL;
    assert_ok(record_open(fixture->at.path, RECORD_WRITE, &fixture->record, &fixture->err),
        &fixture->err); /* compares the whole schema */
}

static void test_what_cannot_be_deleted(void **state)
{
    struct fixture *fixture = *state;
    struct record *other;
    assert_false(record_delete(fixture->record, STR("phone-tree-1/2"), 77, &fixture->err));
    assert_says(&fixture->err, "phone-tree-1/2 is one table; only a whole exercise can be deleted: "
                               "name phone-tree-1");
    assert_false(record_delete(fixture->record, STR("phone-tre-1"), 77, &fixture->err));
    assert_says(&fixture->err, "did you mean \"phone-tree-1\"?");
    assert_ok(record_open(fixture->at.path, RECORD_WRITE, &other, &fixture->err), &fixture->err);
    assert_ok(record_exercise_lock(other, STR("phone-tree-1/2"), &fixture->err), &fixture->err);
    assert_false(record_delete(fixture->record, STR("phone-tree-1"), 77, &fixture->err));
    assert_says(&fixture->err, "exercise phone-tree-1/2 is being played by another process");
    assert_int_equal(count_of(fixture, "SELECT count(*) FROM event"), 3 * PLAY_EVENTS);
    assert_ok(
        record_delete(fixture->record, STR("phone-tree-2"), 77, &fixture->err), &fixture->err);
    record_close(other);
    assert_ok(
        record_delete(fixture->record, STR("phone-tree-1"), 77, &fixture->err), &fixture->err);
}

/* Somebody reads: the words are gone for everybody who asks, but not yet from the disk. */
static void test_remains_are_told(void **state)
{
    struct fixture *fixture = *state;
    struct record *reader;
    struct record_cursor *cursor;
    struct str line;
    size_t count;
    assert_ok(record_open(fixture->at.path, RECORD_READ, &reader, &fixture->err), &fixture->err);
    assert_true(record_events(reader, FIRST, 1, &cursor, NULL));
    assert_true(record_cursor_next(cursor, &line, NULL));
    sqlite3_busy_timeout(fixture->record->db.handle, 10);
    assert_ok(record_forget(fixture->record, STR("p1"), &count, &fixture->err), &fixture->err);
    assert_true(record_has_remains(fixture->record));
    record_cursor_close(cursor);
    record_close(reader);
    record_close(fixture->record); /* the last one tidies up */
    fixture->record = NULL;
    assert_false(record_holds(fixture->at.path, play_escalation_text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_each_table_has_the_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_persons_have_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_forgotten_words_are_gone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_who_comes_back_is_forgotten_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_an_unknown_person_is_no_success, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_no_copy_of_words_stays, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_deleted_exercise_is_gone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nothing_of_it_stays, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_triggers_are_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_cannot_be_deleted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_remains_are_told, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
