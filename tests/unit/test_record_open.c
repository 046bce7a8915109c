/* Opening: wrong files are told apart, and nothing about them changes. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "unit/record_play.h"

static void assert_says(const struct err *err, const char *part)
{
    if (!strstr(err->message, part))
        fail_msg("\"%s\" does not say \"%s\"", err->message, part);
}

static void write_bytes(const char *path, const char *bytes, size_t len)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    fclose(file);
}

static void read_bytes(const char *path, struct buf *out)
{
    char bytes[4096];
    size_t len;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    while ((len = fread(bytes, 1, sizeof(bytes), file)) > 0)
        buf_add(out, (struct str){bytes, len});
    fclose(file);
}

static void run_sql(const char *path, const char *sql)
{
    sqlite3 *db;
    char *message = NULL;
    assert_int_equal(SQLITE_OK, sqlite3_open(path, &db));
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %s", sql, message);
    sqlite3_close(db);
}

static void make_record(const char *path)
{
    struct record *record;
    struct record_exercise exercise;
    struct arena arena = {0};
    assert_true(record_open(path, RECORD_CREATE, &record, NULL));
    assert_true(play_create(record, &arena, &exercise, NULL));
    record_close(record);
    arena_fini(&arena);
}

/* Each makes a file at the path. */
static void make_nothing(const char *path)
{
    (void)path;
}

static void make_empty(const char *path)
{
    write_bytes(path, "", 0);
}

static void make_text(const char *path)
{
    static const char text[] = "Dear diary, this is not a database, and it is longer than one "
                               "hundred bytes so that a header could be found in it, or not.\n";
    write_bytes(path, text, sizeof(text) - 1);
}

static void make_short_text(const char *path)
{
    write_bytes(path, "hello\n", 6);
}

static void make_foreign(const char *path)
{
    run_sql(path, "CREATE TABLE bookmark (url TEXT)");
}

static void make_foreign_wal(const char *path)
{
    run_sql(path, "PRAGMA journal_mode=WAL; PRAGMA application_id=7; CREATE TABLE t (x)");
}

static void make_newer(const char *path)
{
    make_record(path);
    run_sql(path, "PRAGMA user_version=1000");
}

static void make_unclaimed(const char *path)
{
    make_record(path);
    run_sql(path, "PRAGMA application_id=0");
}

/* Page 2 and all later ones are overwritten; the header stays. */
static void make_damaged(const char *path)
{
    make_record(path);
    struct buf bytes = {0};
    read_bytes(path, &bytes);
    memset(bytes.ptr + 4096, 0x5A, bytes.len - 4096);
    write_bytes(path, bytes.ptr, bytes.len);
    buf_fini(&bytes);
}

/* One page of data, which opening would not come across by itself. */
static void make_damaged_page(const char *path)
{
    make_record(path);
    struct buf bytes = {0};
    read_bytes(path, &bytes);
    static const char words[] = "exercise-created{\"content\"";
    size_t at = 0;
    while (at < bytes.len && memcmp(bytes.ptr + at, words, sizeof(words) - 1) != 0)
        at++;
    assert_true(at < bytes.len);
    bytes.ptr[at - at % 4096] = 0x5A;
    write_bytes(path, bytes.ptr, bytes.len);
    buf_fini(&bytes);
}

static void make_cut(const char *path)
{
    make_record(path);
    struct buf bytes = {0};
    read_bytes(path, &bytes);
    write_bytes(path, bytes.ptr, bytes.len - 3 * 4096);
    buf_fini(&bytes);
}

static void make_without_trigger(const char *path)
{
    make_record(path);
    run_sql(path, "DROP TRIGGER event_no_delete");
}

static void make_with_trigger(const char *path)
{
    make_record(path);
    run_sql(path, "CREATE TRIGGER mine AFTER INSERT ON clock BEGIN DELETE FROM text; END");
}

static void make_with_other_trigger(const char *path)
{
    make_record(path);
    run_sql(path, "DROP TRIGGER event_no_update; CREATE TRIGGER event_no_update BEFORE UPDATE ON "
                  "event BEGIN SELECT 1; END");
}

/* Tables by the names under which SQLite would let us ask what the file is. */
static void make_with_pragma_tables(const char *path)
{
    make_without_trigger(path);
    run_sql(path, "CREATE TABLE pragma_page_count AS SELECT 0 AS page_count;"
                  "CREATE TABLE pragma_user_version AS SELECT 0 AS user_version;"
                  "CREATE TABLE pragma_quick_check AS SELECT 'ok' AS quick_check");
}

static void make_nothing_of_ours(const char *path)
{
    run_sql(path, "PRAGMA application_id=1416586099; PRAGMA user_version=1");
}

/* An older version, one would think, but with a trigger on a view of its own. */
static void make_older_with_trigger(const char *path)
{
    run_sql(path, "PRAGMA application_id=1416586099; CREATE VIEW v AS SELECT 1 AS x;"
                  "CREATE TRIGGER mine INSTEAD OF INSERT ON v BEGIN SELECT 1; END");
}

enum { HOW_COUNT = 3 };

static const struct {
    void (*make)(const char *path);
    const char *says[HOW_COUNT]; /* by enum record_open; NULL: opens */
} cases[] = {
    {make_nothing, {"there is no such file", "there is no such file", NULL}},
    {make_empty,
        {"there is no such file, or it is empty", "there is no such file, or it is empty", NULL}},
    {make_text, {"no Tocsin record", "no Tocsin record", "no Tocsin record"}},
    {make_short_text, {"no Tocsin record", "no Tocsin record", "no Tocsin record"}},
    {make_foreign, {"SQLite file of another program", "SQLite file of another program",
                       "SQLite file of another program"}},
    {make_foreign_wal, {"SQLite file of another program", "SQLite file of another program",
                           "SQLite file of another program"}},
    {make_unclaimed, {"SQLite file of another program", "SQLite file of another program",
                         "SQLite file of another program"}},
    {make_newer, {"made by a newer Tocsin (record version 1000, this program knows 6)",
                     "made by a newer Tocsin (record version 1000, this program knows 6)",
                     "made by a newer Tocsin (record version 1000, this program knows 6)"}},
    {make_damaged, {"it is damaged", "it is damaged", "it is damaged"}},
    {make_damaged_page, {"it is damaged", "it is damaged", "it is damaged"}},
    {make_cut, {"it is damaged", "it is damaged", "it is damaged"}},
    {make_without_trigger,
        {"its trigger \"event_no_delete\" is missing", "its trigger \"event_no_delete\" is missing",
            "its trigger \"event_no_delete\" is missing"}},
    {make_with_trigger,
        {"it has triggers that Tocsin did not make", "it has triggers that Tocsin did not make",
            "it has triggers that Tocsin did not make"}},
    {make_with_other_trigger, {"its trigger \"event_no_update\" is not as Tocsin made it",
                                  "its trigger \"event_no_update\" is not as Tocsin made it",
                                  "its trigger \"event_no_update\" is not as Tocsin made it"}},
    {make_with_pragma_tables,
        {"its trigger \"event_no_delete\" is missing", "its trigger \"event_no_delete\" is missing",
            "its trigger \"event_no_delete\" is missing"}},
    {make_nothing_of_ours, {"its table \"programme\" is missing",
                               "its table \"programme\" is "
                               "missing",
                               "its table \"programme\" is missing"}},
    {make_older_with_trigger,
        {"made by an older Tocsin", "it has triggers that Tocsin did not make",
            "it has triggers that Tocsin did not make"}},
    {make_record, {NULL, NULL, NULL}},
};

static void check_refused(const char *path, enum record_open how, const char *says)
{
    struct buf before = {0}, after = {0};
    struct record *record = NULL;
    struct err err = {0};
    bool was_there = access(path, F_OK) == 0;
    if (was_there)
        read_bytes(path, &before);
    assert_false(record_open(path, how, &record, &err));
    assert_null(record);
    assert_says(&err, says);
    assert_says(&err, path);
    assert_int_equal(access(path, F_OK) == 0, was_there);
    if (was_there)
        read_bytes(path, &after);
    assert_int_equal(before.len, after.len);
    if (before.len > 0)
        assert_memory_equal(before.ptr, after.ptr, before.len);
    buf_fini(&before);
    buf_fini(&after);
}

static void test_files_of_every_sort(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        for (int how = 0; how < HOW_COUNT; how++) {
            struct play_folder at;
            struct record *record;
            struct err err;
            play_folder_init(&at);
            cases[i].make(at.path);
            if (cases[i].says[how])
                check_refused(at.path, (enum record_open)how, cases[i].says[how]);
            else if (!record_open(at.path, (enum record_open)how, &record, &err))
                fail_msg("case %zu: %s", i, err.message);
            else
                record_close(record);
            /* Nothing is left beside it either. */
            assert_int_equal(
                play_folder_empty(&at), cases[i].make != make_nothing || how == RECORD_CREATE);
            play_folder_fini(&at);
        }
    }
}

static void test_a_reader_cannot_write(void **state)
{
    (void)state;
    struct play_folder at;
    struct play play;
    struct record *record;
    struct err err;
    play_folder_init(&at);
    play_init(&play);
    make_record(at.path);
    assert_true(record_open(at.path, RECORD_READ, &record, NULL));
    struct record_turn turn = play_turn(&play, 0, 1);
    assert_false(record_append(record, &turn, 1, &err));
    assert_says(&err, "it is read-only; make the file and its folder writable");
    record_close(record);
    play_folder_fini(&at);
}

/* 0 when a file that its reader may not write is refused to writers and given to readers. */
static int try_protected(const char *path)
{
    struct record *record;
    struct err err = {0};
    if (record_open(path, RECORD_WRITE, &record, &err) ||
        !strstr(err.message, "the file is read-only; nothing was changed"))
        return 1;
    if (!record_open(path, RECORD_READ, &record, &err))
        return 2;
    bool is_good = record_verify(record, 1, STR(""), &err);
    record_close(record);
    return is_good ? 0 : 3;
}

/* Permissions are nothing to root, so somebody else tries, in a process of its own. */
static void test_a_protected_file(void **state)
{
    (void)state;
    enum { NOBODY = 65534 };
    struct play_folder at;
    int status = -1;
    play_folder_init(&at);
    make_record(at.path);
    assert_int_equal(chmod(at.folder, 0777), 0);
    assert_int_equal(chmod(at.path, 0444), 0);
    pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 && setuid(NOBODY) != 0)
            _exit(4);
        _exit(try_protected(at.path));
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(WEXITSTATUS(status), 0);
    play_folder_fini(&at);
}

/* One plays, another looks on; and the reader needs no permission from the writer. */
static void test_reading_while_writing(void **state)
{
    (void)state;
    struct play_folder at;
    struct play play;
    struct record *writer, *reader;
    struct hash head;
    int64_t seq;
    play_folder_init(&at);
    play_init(&play);
    make_record(at.path);
    assert_true(record_open(at.path, RECORD_WRITE, &writer, NULL));
    assert_true(record_open(at.path, RECORD_READ, &reader, NULL));
    for (int i = 0; i < PLAY_TURNS; i++) {
        struct record_turn turn = play_turn(&play, i, 1);
        assert_true(record_append(writer, &turn, 1, NULL));
        assert_true(record_head(reader, 1, &seq, &head, NULL));
        assert_int_equal(seq, play_events_after[i + 1]);
    }
    assert_true(record_verify(reader, 1, STR(""), NULL));
    record_close(writer);
    record_close(reader);
    assert_int_equal(play_folder_empty(&at), 1);
    play_folder_fini(&at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files_of_every_sort),
        cmocka_unit_test(test_a_reader_cannot_write),
        cmocka_unit_test(test_a_protected_file),
        cmocka_unit_test(test_reading_while_writing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
