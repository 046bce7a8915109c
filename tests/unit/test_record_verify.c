/* Verifying: somebody with SQL changes a record behind our back, and is named.
 *
 * The triggers are lifted for the change and put back, as a careful forger would. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <sqlite3.h>

#include "record/chain.h"
#include "unit/record_play.h"

struct fixture {
    struct play_folder at;
    struct record *record;
    char head_hex[HASH_HEX_BYTES + 1];
};

/* After its end the first exercise is sealed as well; a second one has only been created. */
static void seal(struct fixture *fixture, struct play *play, int64_t table)
{
    play->inputs[0] =
        (struct input){.seq = PLAY_INPUTS + 1, .actor = STR("facilitator"), .kind = INPUT_SEAL};
    play->events[0] = (struct event){.seq = PLAY_EVENTS + 1,
        .actor = STR("facilitator"),
        .input = PLAY_INPUTS + 1,
        .kind = EVENT_SEALED};
    struct record_turn turn = {.table = table,
        .inputs = play->record_inputs,
        .input_count = 1,
        .events = play->events,
        .event_count = 1};
    assert_true(record_append(fixture->record, &turn, 1, NULL));
}

static void make_sealed(struct fixture *fixture)
{
    struct play play;
    struct record_exercise second;
    struct arena arena = {0};
    play_init(&play);
    assert_true(record_open(fixture->at.path, RECORD_WRITE, &fixture->record, NULL));
    seal(fixture, &play, 1);
    assert_true(play_create(fixture->record, &arena, &second, NULL));
    record_close(fixture->record);
    fixture->record = NULL;
    arena_fini(&arena);
}

static void make_played(struct fixture *fixture)
{
    struct play play;
    struct record_exercise exercise;
    struct arena arena = {0};
    struct hash head;
    int64_t seq;
    play_init(&play);
    assert_true(record_open(fixture->at.path, RECORD_CREATE, &fixture->record, NULL));
    assert_true(play_create(fixture->record, &arena, &exercise, NULL));
    for (int i = 0; i < PLAY_TURNS; i++) {
        struct record_turn turn = play_turn(&play, i, exercise.table);
        assert_true(record_append(fixture->record, &turn, 1, NULL));
    }
    assert_true(record_head(fixture->record, exercise.table, &seq, &head, NULL));
    hash_hex(&head, fixture->head_hex);
    record_close(fixture->record);
    fixture->record = NULL;
    arena_fini(&arena);
}

static void run_sql(sqlite3 *db, const char *sql)
{
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %s", sql, message);
}

/* One column of all rows, each closed by ";\n". */
static void collect(sqlite3 *db, const char *sql, struct buf *out)
{
    sqlite3_stmt *stmt;
    assert_int_equal(SQLITE_OK, sqlite3_prepare_v2(db, sql, -1, &stmt, NULL));
    while (sqlite3_step(stmt) == SQLITE_ROW)
        buf_format(out, "%s;\n", (const char *)sqlite3_column_text(stmt, 0));
    buf_add_char(out, '\0');
    sqlite3_finalize(stmt);
}

static void tamper(const char *path, const char *sql)
{
    sqlite3 *db;
    struct buf drops = {0}, creates = {0};
    if (sqlite3_open(path, &db) != SQLITE_OK)
        fail_msg("%s: %s", path, sqlite3_errmsg(db));
    collect(db, "SELECT 'DROP TRIGGER ' || name FROM sqlite_schema WHERE type = 'trigger'", &drops);
    collect(db, "SELECT sql FROM sqlite_schema WHERE type = 'trigger'", &creates);
    run_sql(db, drops.ptr);
    run_sql(db, sql);
    run_sql(db, creates.ptr);
    buf_fini(&drops);
    buf_fini(&creates);
    sqlite3_close(db);
}

/* The last event with another actor and a hash that follows from it: a forger who can compute. */
static const char forged_end[] =
    "UPDATE event SET actor = 'nobody', hash = "
    "(SELECT forge(hash, (SELECT body FROM input WHERE seq = 6), wall_ms) FROM event WHERE seq = 7)"
    " WHERE seq = 8";

static const struct {
    const char *sql;
    const char *says;
} cases[] = {
    {"UPDATE event SET actor = 'poc' WHERE seq = 6",
        "phone-tree-1: event 6 (decided) or the input that it came from was changed: its hash does "
        "not "
        "follow from it"},
    {"UPDATE event SET body = json_set(body, '$.option', 'go-on') WHERE seq = 6",
        "event 6 (decided) or the input that it came from was changed"},
    {"UPDATE event SET at_ms = 4001 WHERE seq = 5", "event 5 (reached) was changed"},
    {"UPDATE event SET observed_ms = 1 WHERE seq = 5", "event 5 (reached) was changed"},
    {"UPDATE event SET wall_ms = wall_ms + 1 WHERE seq = 5", "event 5 (reached) was changed"},
    {"UPDATE event SET proxy = 0 WHERE seq = 6", "event 6 (decided) or"},
    {"UPDATE event SET cause = 0 WHERE seq = 5", "event 5 (reached) was changed"},
    {"UPDATE event SET input = 2 WHERE seq = 5", "event 5 (reached) was changed"},
    {"UPDATE event SET hash = zeroblob(32) WHERE seq = 2", "event 2 (started) or"},
    {"UPDATE event SET hash = x'00' WHERE seq = 5", "event 5 (reached) was changed"},
    {"UPDATE event SET body = '{\"message\"' WHERE seq = 5", "event 5 has no well-formed body"},
    {"UPDATE event SET actor = CAST(x'ff' AS TEXT) WHERE seq = 5",
        "event 5 has a text that is not UTF-8"},
    {"DELETE FROM event WHERE seq = 5", "phone-tree-1: event 5 is missing"},
    {"DELETE FROM event WHERE seq = 1", "phone-tree-1: event 1 is missing"},
    {"DELETE FROM event; DELETE FROM input",
        "table 1 (phone-tree-1) is gone: the programme created exercise phone-tree-1 and has no "
        "note that it was deleted"},
    {"DELETE FROM event; DELETE FROM input; DELETE FROM text; DELETE FROM clock;"
     "DELETE FROM exercise_file",
        "table 1 (phone-tree-1) is gone"},
    {"DELETE FROM event; DELETE FROM input; DELETE FROM text; UPDATE clock SET clock_ms = 0",
        "phone-tree-1 ends at event 0, but the programme noted event 8 (table-ended): events were "
        "cut "
        "off"},
    {"DELETE FROM event WHERE seq = 8",
        "phone-tree-1: input 6 led to no event; events were cut off"},
    {"DELETE FROM event WHERE seq = 8; DELETE FROM input WHERE seq = 6",
        "phone-tree-1 ends at event 7, but the programme noted event 8 (table-ended): events were "
        "cut "
        "off"},
    {forged_end,
        "phone-tree-1: event 8 does not have the hash that the programme noted (table-ended): "
        "events up to it were rewritten"},
    {"UPDATE input SET body = replace(body, 'host', 'poc') WHERE seq = 1",
        "phone-tree-1: input 1 was changed: its columns do not agree with its line"},
    {"UPDATE input SET body = replace(body, 'host', 'poc'), actor = 'poc' WHERE seq = 1",
        "phone-tree-1: input 1 was changed: its columns do not agree with its line"},
    {"UPDATE input SET at_ms = 3001, body = replace(body, '3000', '3001') WHERE seq = 4",
        "event 6 (decided) or the input that it came from was changed"},
    {"UPDATE input SET digest = zeroblob(32) WHERE seq = 4", "input 4 was changed: its columns"},
    {"UPDATE input SET client_id = 'z' WHERE seq = 4", "input 4 was changed: its columns"},
    {"UPDATE input SET kind = 'note' WHERE seq = 4", "input 4 was changed: its columns"},
    {"UPDATE input SET wall_ms = 1 WHERE seq = 4", "input 4 was changed: its columns"},
    {"UPDATE input SET body = '{' WHERE seq = 4", "phone-tree-1: input 4 was changed: "},
    {"UPDATE input SET body = replace(body, 'decide', 'wonder') WHERE seq = 4",
        "phone-tree-1: input 4 was changed: "},
    {"DELETE FROM input WHERE seq = 4", "phone-tree-1: input 4 is missing"},
    {"UPDATE programme SET wall_ms = 0 WHERE seq = 1",
        "programme entry 1 (exercise-created) was changed: its hash does not follow from it"},
    {"UPDATE programme SET body = json_set(body, '$.seq', 7) WHERE seq = 2",
        "programme entry 2 (table-ended) was changed"},
    {"UPDATE programme SET kind = 'other' WHERE seq = 2", "programme entry 2 (other) was changed"},
    {"UPDATE programme SET body = 'x' WHERE seq = 2",
        "programme entry 2 was changed: its text is not well formed"},
    {"DELETE FROM programme WHERE seq = 1", "programme entry 1 is missing"},
    {"DELETE FROM programme WHERE seq = 2",
        "phone-tree-1 has come to its end at event 8, but the programme has no note of it "
        "(table-ended): entries of the programme were cut off"},
    {"UPDATE text SET body = 'all is well' WHERE input_seq = 3",
        "phone-tree-1: the text \"text\" of input 3 was changed"},
    {"UPDATE text SET field = 'reason' WHERE input_seq = 3",
        "phone-tree-1: the text \"reason\" of input 3 was changed"},
    {"UPDATE content SET bytes = x'00' WHERE length(bytes) > 0",
        "exercise phone-tree-1: the pinned file scenario.yaml is missing or was changed"},
    {"DELETE FROM content", "the pinned file files/empty.txt is missing or was changed"},
    {"UPDATE exercise_file SET path = 'x'||path",
        "exercise phone-tree-1: its list of pinned files was changed"},
    {"DELETE FROM exercise_file", "exercise phone-tree-1 has no pinned files"},
    /* A forger who changes the words and the ref that they give. */
    {"UPDATE text SET body = 'all is well', ref = text_ref(salt, field, 'all is well')"
     " WHERE input_seq = 3",
        "phone-tree-1: the text \"text\" of input 3 was changed"},
    {"UPDATE text SET input_seq = 2 WHERE input_seq = 3",
        "phone-tree-1: the text \"text\" of input 2 was changed"},
    {"UPDATE text SET input_seq = 99 WHERE input_seq = 3",
        "phone-tree-1: the text \"text\" of input 99 was changed"},
    /* The table says what it said; the index by which texts are looked up does not. */
    {"CREATE TEMP TABLE kept AS SELECT * FROM sqlite_schema WHERE name = 'text_ref';"
     "UPDATE text SET ref = 'x' || ref; PRAGMA writable_schema=ON;"
     "DELETE FROM sqlite_schema WHERE name = 'text_ref'; PRAGMA writable_schema=RESET;"
     "UPDATE text SET ref = substr(ref, 2); PRAGMA writable_schema=ON;"
     "INSERT INTO sqlite_schema SELECT * FROM kept; PRAGMA writable_schema=RESET",
        "it is damaged (row 1 missing from index text_ref)"},
};

/* The same with a table that was sealed after its end, and a second exercise: the programme is
 * created, ended, sealed, created. */
static const struct {
    const char *sql;
    const char *says;
} sealed_cases[] = {
    {"DELETE FROM programme WHERE seq = 4",
        "the programme knows no exercise with table 2, but the record holds it: entries of the "
        "programme were cut off"},
    {"DELETE FROM programme WHERE seq = 4; DELETE FROM clock WHERE table_id = 2;"
     "INSERT INTO text VALUES (2, 1, 'text', 'x', NULL, NULL, NULL)",
        "the programme knows no exercise with table 2, but"},
    {"DELETE FROM programme WHERE seq = 4; DELETE FROM clock WHERE table_id = 2;"
     "INSERT INTO event SELECT 2, 1, 0, 0, 0, 0, kind, actor, 0, 0, 0, body, hash FROM event"
     " WHERE seq = 1",
        "the programme knows no exercise with table 2, but"},
    {"DELETE FROM programme WHERE seq = 4; DELETE FROM clock WHERE table_id = 2;"
     "INSERT INTO input SELECT 2, 1, 0, 0, actor, '', kind, digest, body FROM input WHERE seq = 1",
        "the programme knows no exercise with table 2, but"},
    /* Another exercise of the same file vanishes without a note. */
    {"DELETE FROM clock WHERE table_id = 2; DELETE FROM exercise_file"
     " WHERE exercise = 'phone-tree-2'",
        "table 2 (phone-tree-2) is gone: the programme created exercise phone-tree-2 and has no "
        "note that it was deleted; restore it from a backup"},
    {"DELETE FROM programme WHERE seq >= 3", "the programme knows no exercise with table 2, but"},
    {"DELETE FROM programme WHERE seq >= 3; DELETE FROM clock WHERE table_id = 2",
        "files are pinned for exercise phone-tree-2, which the programme does not know"},
    {"DELETE FROM programme WHERE seq >= 3; DELETE FROM clock WHERE table_id = 2;"
     "DELETE FROM exercise_file WHERE exercise = 'phone-tree-2'",
        "phone-tree-1 has come to its end at event 9, but the programme has no note of it "
        "(table-sealed)"},
    /* Whoever can compute takes one entry out of the middle. */
    {"DELETE FROM clock WHERE table_id = 2; DELETE FROM programme WHERE seq = 4;"
     "DELETE FROM exercise_file WHERE exercise = 'phone-tree-2';"
     "UPDATE programme SET hash = entry_hash((SELECT hash FROM programme WHERE seq = 1), 2, kind,"
     " body, wall_ms) WHERE seq = 3; DELETE FROM programme WHERE seq = 2;"
     "UPDATE programme SET seq = 2 WHERE seq = 3",
        "phone-tree-1 has come to its end at event 8, but the programme has no note of it "
        "(table-ended)"},
    {"INSERT INTO programme SELECT 5, 0, a.kind, a.body, entry_hash(b.hash, 5, a.kind, a.body, 0)"
     " FROM programme a, programme b WHERE a.seq = 1 AND b.seq = 4",
        "the programme has created table 1 more than once"},
};

/* SQL's forge(previous hash, input line, wall time): the hash of the forged last event. */
static void forge(sqlite3_context *context, int count, sqlite3_value **values)
{
    struct play play;
    struct buf line = {0};
    char wall[8];
    assert_int_equal(count, 3);
    play_init(&play);
    play.events[7].actor = STR("nobody");
    event_write(&play.events[7], &line);
    for (int i = 0; i < 8; i++)
        wall[i] = (char)(((uint64_t)sqlite3_value_int64(values[2]) + 1) >> (56 - 8 * i) & 0xFF);
    const struct str parts[] = {{sqlite3_value_blob(values[0]), HASH_BYTES},
        {(const char *)sqlite3_value_text(values[1]), (size_t)sqlite3_value_bytes(values[1])},
        buf_str(&line), {wall, 8}};
    struct hash hash = hash_of(parts, 4);
    sqlite3_result_blob(context, hash.bytes, HASH_BYTES, SQLITE_TRANSIENT);
    buf_fini(&line);
}

static struct str value_str(sqlite3_value *value)
{
    const char *ptr = sqlite3_value_blob(value);
    return (struct str){ptr, (size_t)sqlite3_value_bytes(value)};
}

/* SQL's text_ref(salt, field, words). */
static void forge_ref(sqlite3_context *context, int count, sqlite3_value **values)
{
    char hex[HASH_HEX_BYTES + 1];
    assert_int_equal(count, 3);
    const struct str parts[] = {value_str(values[0]), value_str(values[1]), value_str(values[2])};
    struct hash hash = hash_of(parts, 3);
    sqlite3_result_text(context, hash_hex(&hash, hex).ptr, 32, SQLITE_TRANSIENT);
}

/* SQL's entry_hash(previous hash, seq, kind, body, wall time): that of an entry of the programme.
 */
static void forge_entry(sqlite3_context *context, int count, sqlite3_value **values)
{
    struct chain chain = {0};
    struct buf line = {0};
    assert_int_equal(count, 5);
    memcpy(chain.head.bytes, sqlite3_value_blob(values[0]), HASH_BYTES);
    chain_programme_line(
        sqlite3_value_int64(values[1]), value_str(values[2]), value_str(values[3]), &line);
    chain_add(&chain, STR(""), buf_str(&line), sqlite3_value_int64(values[4]));
    sqlite3_result_blob(context, chain.head.bytes, HASH_BYTES, SQLITE_TRANSIENT);
    buf_fini(&line);
}

static int add_forge(sqlite3 *db, char **ret_message, const sqlite3_api_routines *api)
{
    static const struct {
        const char *name;
        int count;
        void (*function)(sqlite3_context *context, int count, sqlite3_value **values);
    } functions[] = {
        {"forge", 3, forge}, {"text_ref", 3, forge_ref}, {"entry_hash", 5, forge_entry}};
    (void)ret_message;
    (void)api;
    int code = SQLITE_OK;
    for (size_t i = 0; i < 3 && code == SQLITE_OK; i++)
        code = sqlite3_create_function(db, functions[i].name, functions[i].count, SQLITE_UTF8, NULL,
            functions[i].function, NULL, NULL);
    return code;
}

static void check_named(struct fixture *fixture, const char *sql, const char *says)
{
    struct err err = {0};
    tamper(fixture->at.path, sql);
    if (!record_open(fixture->at.path, RECORD_READ, &fixture->record, &err))
        fail_msg("%s: %s", sql, err.message);
    if (record_verify(fixture->record, 1, STR(""), &err))
        fail_msg("%s: was not noticed", sql);
    if (!strstr(err.message, says))
        fail_msg("%s: says %s", sql, err.message);
    assert_int_equal(err.kind, ERR_IO);
    record_close(fixture->record);
}

static void test_every_change_of_the_programme_is_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(sealed_cases) / sizeof(sealed_cases[0]); i++) {
        struct fixture fixture = {0};
        play_folder_init(&fixture.at);
        make_played(&fixture);
        make_sealed(&fixture);
        check_named(&fixture, sealed_cases[i].sql, sealed_cases[i].says);
        play_folder_fini(&fixture.at);
    }
}

static void test_every_change_is_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct fixture fixture = {0};
        play_folder_init(&fixture.at);
        make_played(&fixture);
        check_named(&fixture, cases[i].sql, cases[i].says);
        play_folder_fini(&fixture.at);
    }
}

/* What the file alone cannot show: everything after a moment is gone, notes included. Only a head
 * that was printed on paper can. */
static void test_a_printed_head_shows_the_rest(void **state)
{
    (void)state;
    struct fixture fixture = {0};
    struct err err;
    play_folder_init(&fixture.at);
    make_played(&fixture);
    tamper(fixture.at.path, "DELETE FROM event WHERE seq >= 6; DELETE FROM input WHERE seq >= 4;"
                            "DELETE FROM text WHERE input_seq >= 4;"
                            "DELETE FROM programme WHERE seq = 2");
    assert_true(record_open(fixture.at.path, RECORD_READ, &fixture.record, &err));
    assert_true(record_verify(fixture.record, 1, STR(""), &err));
    assert_false(record_verify(fixture.record, 1, str_of(fixture.head_hex), &err));
    assert_non_null(strstr(err.message, "phone-tree-1 never had the expected head"));
    record_close(fixture.record);
    play_folder_fini(&fixture.at);
}

/* What may go without anybody being accused: names and words that were forgotten. */
static void test_forgetting_is_no_change(void **state)
{
    (void)state;
    static const char *const allowed[] = {
        "UPDATE text SET body = NULL, salt = NULL, person = NULL WHERE person = 'p1'",
        "DELETE FROM text",
        "DELETE FROM person",
        "UPDATE clock SET clock_ms = 0",
    };
    for (size_t i = 0; i < sizeof(allowed) / sizeof(allowed[0]); i++) {
        struct fixture fixture = {0};
        struct err err;
        play_folder_init(&fixture.at);
        make_played(&fixture);
        tamper(fixture.at.path, allowed[i]);
        assert_true(record_open(fixture.at.path, RECORD_READ, &fixture.record, &err));
        if (!record_verify(fixture.record, 1, str_of(fixture.head_hex), &err))
            fail_msg("%s: %s", allowed[i], err.message);
        record_close(fixture.record);
        play_folder_fini(&fixture.at);
    }
}

/* Paths are printed by whoever reads the files. */
static void test_a_path_is_plain_text(void **state)
{
    (void)state;
    static const char *const paths[] = {"char(27)||'[2J.yaml'", "char(155)||'2J.yaml'",
        "'a'||char(10)||'b.yaml'", "'a'||char(127)", "CAST(x'9b324a' AS TEXT)"};
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        struct fixture fixture = {0};
        struct record_files files;
        struct arena arena = {0};
        struct err err = {0};
        char sql[128];
        play_folder_init(&fixture.at);
        make_played(&fixture);
        snprintf(
            sql, sizeof(sql), "UPDATE exercise_file SET path = %s WHERE path LIKE 's%%'", paths[i]);
        tamper(fixture.at.path, sql);
        assert_true(record_open(fixture.at.path, RECORD_READ, &fixture.record, &err));
        if (record_exercise_files(fixture.record, STR("phone-tree-1"), &arena, &files, &err))
            fail_msg("%s: was given", paths[i]);
        assert_non_null(strstr(err.message, "of a pinned file holds control characters"));
        assert_true(db_is_plain(str_of(err.message)));
        record_close(fixture.record);
        arena_fini(&arena);
        play_folder_fini(&fixture.at);
    }
}

/* A damaged row is an error of the cursor, not the end of the record and not a crash. */
static void test_a_cursor_stops_at_damage(void **state)
{
    (void)state;
    struct fixture fixture = {0};
    struct record_cursor *cursor;
    struct str line;
    struct err err;
    int64_t wall_ms;
    play_folder_init(&fixture.at);
    make_played(&fixture);
    tamper(fixture.at.path, "UPDATE event SET body = '[1' WHERE seq = 3;"
                            "UPDATE input SET body = 'no' WHERE seq = 2");
    assert_true(record_open(fixture.at.path, RECORD_READ, &fixture.record, &err));
    assert_true(record_events(fixture.record, 1, 1, &cursor, &err));
    for (int i = 0; i < 2; i++)
        assert_true(record_cursor_next(cursor, &line, &wall_ms));
    assert_false(record_cursor_failed(cursor, &err));
    for (int i = 0; i < 2; i++)
        assert_false(record_cursor_next(cursor, &line, &wall_ms));
    assert_true(record_cursor_failed(cursor, &err));
    assert_non_null(strstr(err.message, "event 3 has no well-formed body"));
    record_cursor_close(cursor);

    assert_true(record_inputs(fixture.record, 1, 2, &cursor, &err));
    assert_false(record_cursor_next(cursor, &line, &wall_ms));
    assert_true(record_cursor_failed(cursor, &err));
    assert_non_null(strstr(err.message, "input 2 is not well formed"));
    record_cursor_close(cursor);
    record_close(fixture.record);
    play_folder_fini(&fixture.at);
}

int main(void)
{
    sqlite3_auto_extension((void (*)(void))add_forge);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_change_is_named),
        cmocka_unit_test(test_every_change_of_the_programme_is_named),
        cmocka_unit_test(test_a_printed_head_shows_the_rest),
        cmocka_unit_test(test_forgetting_is_no_change),
        cmocka_unit_test(test_a_path_is_plain_text),
        cmocka_unit_test(test_a_cursor_stops_at_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
