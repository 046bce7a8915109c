/* Claims: one process an exercise, and nothing is left when it dies. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "unit/record_play.h"

static void assert_ok(bool is_good, const struct err *err)
{
    if (!is_good)
        fail_msg("%s", err->message);
}

static void make_two_exercises(const char *path)
{
    struct record *record;
    struct record_exercise exercise;
    struct arena arena = {0};
    assert_true(record_open(path, RECORD_CREATE, &record, NULL));
    assert_true(play_create(record, &arena, &exercise, NULL));
    assert_true(play_create(record, &arena, &exercise, NULL));
    record_close(record);
    arena_fini(&arena);
}

static void assert_refused(struct record *record, const char *id)
{
    struct err err = {0};
    assert_false(record_exercise_lock(record, str_of(id), &err));
    assert_non_null(strstr(err.message, "is being played by another process; end that one first"));
    assert_non_null(strstr(err.message, id));
    assert_int_equal(err.kind, ERR_USAGE);
}

static void test_one_at_a_time(void **state)
{
    (void)state;
    struct play_folder at;
    struct record *one, *other;
    struct err err;
    play_folder_init(&at);
    make_two_exercises(at.path);
    assert_ok(record_open(at.path, RECORD_WRITE, &one, &err), &err);
    assert_ok(record_open(at.path, RECORD_WRITE, &other, &err), &err);
    assert_ok(record_exercise_lock(one, STR("phone-tree-1"), &err), &err);
    assert_refused(other, "phone-tree-1");
    assert_refused(one, "phone-tree-1");
    assert_ok(record_exercise_lock(other, STR("phone-tree-2"), &err), &err);
    assert_refused(one, "phone-tree-2");
    record_close(one);
    assert_ok(record_exercise_lock(other, STR("phone-tree-1"), &err), &err);
    record_close(other);
    assert_int_equal(play_folder_empty(&at), 1); /* no lock file stays */
    play_folder_fini(&at);
}

/* Takes the claim, says so, and waits to be killed. */
static void claim_and_wait(const char *path, int said)
{
    struct record *record;
    alarm(60); /* should the parent fail */
    bool is_good = record_open(path, RECORD_WRITE, &record, NULL) &&
                   record_exercise_lock(record, STR("phone-tree-1"), NULL);
    if (write(said, is_good ? "y" : "n", 1) == 1)
        pause();
    _exit(1);
}

static void test_a_killed_process_holds_nothing(void **state)
{
    (void)state;
    struct play_folder at;
    struct record *record;
    struct err err;
    int pipe_ends[2];
    char answer = 0;
    play_folder_init(&at);
    make_two_exercises(at.path);
    assert_int_equal(pipe(pipe_ends), 0);
    pid_t child = fork();
    if (child == 0)
        claim_and_wait(at.path, pipe_ends[1]);
    assert_int_equal(read(pipe_ends[0], &answer, 1), 1);
    assert_int_equal(answer, 'y');
    assert_ok(record_open(at.path, RECORD_WRITE, &record, &err), &err);
    assert_refused(record, "phone-tree-1");
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_ok(record_exercise_lock(record, STR("phone-tree-1"), &err), &err);
    record_close(record);
    close(pipe_ends[0]);
    close(pipe_ends[1]);
    assert_int_equal(play_folder_empty(&at), 1);
    play_folder_fini(&at);
}

/* ---- records from elsewhere ---- */

static void run_sql(const char *path, const char *sql)
{
    sqlite3 *db;
    char *message = NULL;
    assert_int_equal(SQLITE_OK, sqlite3_open(path, &db));
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %s", sql, message);
    sqlite3_close(db);
}

static void add_entry(const char *path, const char *exercise, const char *scenario, int64_t table)
{
    char *sql = sqlite3_mprintf(
        "INSERT INTO programme SELECT max(seq) + 1, 0, 'exercise-created', json_object('exercise',"
        " %Q, 'scenario', %Q, 'table', %lld), zeroblob(32) FROM programme",
        exercise, scenario, table);
    run_sql(path, sql);
    sqlite3_free(sql);
}

/* An id becomes a file's name, and is printed: what comes by mail may be made for that. */
static void test_ids_that_cannot_be(void **state)
{
    (void)state;
    static const struct {
        const char *exercise, *scenario;
        int64_t table;
        const char *says;
    } cases[] = {
        {"x/../victim", "x", 3, "\"x/../victim\" cannot be an exercise of \"x\"; the programme"},
        {"x/../victim", "x/../victim", 3, "\"x/../victim\" cannot be an exercise of"},
        {"../victim-1", "../victim", 3, "\"../victim-1\" cannot be an exercise of"},
        {"flood-", "flood", 3, "\"flood-\" cannot be"},
        {"flood-0", "flood", 3, "\"flood-0\" cannot be"},
        {"flood--1", "flood", 3, "\"flood--1\" cannot be"},
        {"flood", "flood", 3, "\"flood\" cannot be"},
        {"", "", 3, "\"\" cannot be an exercise of \"\""},
        {"\x1b[31mred-1", "\x1b[31mred", 3, "\"?[31mred-1\" cannot be an exercise of"},
        {"\xc2\x9b[31mred-1", "\xc2\x9b[31mred", 3, "\"??[31mred-1\" cannot be an exercise of"},
        {"flood-1", "flood", 0, "exercise flood-1 has the table 0, which cannot be"},
        {"flood-1", "flood", INT64_MAX, "has the table 9223372036854775807, which cannot be"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct play_folder at;
        struct record *record;
        struct record_exercise *items, last;
        struct arena arena = {0};
        struct err err = {0};
        size_t count;
        play_folder_init(&at);
        make_two_exercises(at.path);
        add_entry(at.path, cases[i].exercise, cases[i].scenario, cases[i].table);
        assert_ok(record_open(at.path, RECORD_WRITE, &record, &err), &err);
        if (record_exercise_lock(record, str_of(cases[i].exercise), &err))
            fail_msg("%s: was claimed", cases[i].exercise);
        if (!strstr(err.message, cases[i].says))
            fail_msg("\"%s\" does not say \"%s\"", err.message, cases[i].says);
        assert_false(record_exercise_last(record, &arena, &last, NULL));
        assert_false(record_exercise_list(record, &arena, &items, &count, NULL));
        record_close(record);
        arena_fini(&arena);
        assert_int_equal(play_folder_empty(&at), 1);
        play_folder_fini(&at);
    }
}

/* The number after the last one would be no integer. */
static void test_table_numbers_end(void **state)
{
    (void)state;
    struct play_folder at;
    struct record *record;
    struct record_exercise exercise;
    struct arena arena = {0};
    struct err err = {0};
    play_folder_init(&at);
    make_two_exercises(at.path);
    add_entry(at.path, "flood-1", "flood", INT64_C(1) << 31);
    assert_ok(record_open(at.path, RECORD_WRITE, &record, &err), &err);
    assert_false(play_create(record, &arena, &exercise, &err));
    assert_non_null(strstr(err.message, "its highest table is 2147483648, which leaves"));
    record_close(record);
    arena_fini(&arena);
    play_folder_fini(&at);
}

/* Where the claim's file should be there is something else: it stays what it is. */
static void test_other_files_are_left_alone(void **state)
{
    (void)state;
    struct play_folder at;
    struct record *record;
    struct err err = {0};
    struct stat found;
    char claim[320], victim[320];
    play_folder_init(&at);
    make_two_exercises(at.path);
    snprintf(claim, sizeof(claim), "%s-lock-phone-tree-1", at.path);
    snprintf(victim, sizeof(victim), "%s/victim", at.folder);

    assert_int_equal(symlink(victim, claim), 0);
    assert_ok(record_open(at.path, RECORD_WRITE, &record, &err), &err);
    assert_false(record_exercise_lock(record, STR("phone-tree-1"), &err));
    assert_non_null(strstr(err.message, "it cannot be opened"));
    record_close(record);
    assert_int_equal(access(victim, F_OK), -1);
    assert_int_equal(unlink(claim), 0);

    run_sql(claim, "CREATE TABLE bookmark (url TEXT)");
    assert_ok(record_open(at.path, RECORD_WRITE, &record, &err), &err);
    assert_ok(record_exercise_lock(record, STR("phone-tree-1"), &err), &err);
    record_close(record);
    assert_int_equal(stat(claim, &found), 0);
    assert_true(found.st_size > 0);
    play_folder_fini(&at);
}

/* Whoever comes to the record by a link meets the claim of those who did not. */
static void test_a_link_is_the_same_record(void **state)
{
    (void)state;
    struct play_folder at;
    struct record *one, *other;
    struct err err = {0};
    char link[320];
    play_folder_init(&at);
    make_two_exercises(at.path);
    snprintf(link, sizeof(link), "%s/link", at.folder);
    assert_int_equal(symlink(at.path, link), 0);
    assert_ok(record_open(at.path, RECORD_WRITE, &one, &err), &err);
    assert_ok(record_open(link, RECORD_WRITE, &other, &err), &err);
    assert_ok(record_exercise_lock(one, STR("phone-tree-1"), &err), &err);
    assert_refused(other, "phone-tree-1");
    record_close(one);
    record_close(other);
    play_folder_fini(&at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_at_a_time),
        cmocka_unit_test(test_a_killed_process_holds_nothing),
        cmocka_unit_test(test_ids_that_cannot_be),
        cmocka_unit_test(test_table_numbers_end),
        cmocka_unit_test(test_other_files_are_left_alone),
        cmocka_unit_test(test_a_link_is_the_same_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
