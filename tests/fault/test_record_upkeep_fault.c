/* Everything that changes or copies a record, on a disk that fails from its Nth operation on, for
 * every N: creating, adding, opening a table, forgetting, deleting, backing up, bundling.
 *
 * Whatever fails: it is done whole or not at all, what was reported as done is done, what is there
 * opens, verifies and can be gone on with, and a copy that failed leaves nothing behind. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "fault/fault_vfs.h"
#include "record/handle.h"
#include "record/query.h"
#include "unit/record_play.h"

/* ---- what the record does beside SQLite: these stand before the system's ---- */

int fsync(int file);
int fsync(int file)
{
    (void)file;
    errno = EIO;
    return fault_happens() ? -1 : 0;
}

int link(const char *from, const char *to)
{
    errno = ENOSPC;
    return fault_happens() ? -1 : linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int mkstemp(char *path);
int mkstemp(char *path)
{
    static unsigned count;
    char *end = path + strlen(path);
    unsigned number = ++count;
    for (int i = 1; i <= 6; i++, number /= 10)
        end[-i] = (char)('0' + number % 10);
    errno = ENOSPC;
    return fault_happens() ? -1 : open(path, O_RDWR | O_CREAT | O_EXCL, 0600);
}

/* ---- the record before ---- */

/* An exercise of two tables that are played to their end, and one that is played halfway. */
enum { FIRST = 1, HALFWAY = 2, SECOND_TABLE = 3, HALF = 2 };

struct base {
    struct play_folder at;
    struct play play;
    char bytes[400000];
    size_t len;
};

static struct base base;

static void assert_ok(bool is_good, const struct err *err, const char *what)
{
    if (!is_good)
        fail_msg("%s: %s", what, err->message);
}

static void play_turns(struct record *record, int64_t table, int from, int to)
{
    struct err err;
    for (int turn = from; turn < to; turn++) {
        struct record_turn one = play_turn(&base.play, turn, table);
        assert_ok(record_append(record, &one, 1, &err), &err, "playing");
    }
}

static int make_base(void **state)
{
    (void)state;
    struct record *record;
    struct record_exercise exercise;
    struct arena arena = {0};
    struct err err;
    play_folder_init(&base.at);
    play_init(&base.play);
    assert_ok(record_open(base.at.path, RECORD_CREATE, &record, &err), &err, "base");
    for (int i = 0; i < 2; i++)
        assert_ok(play_create(record, &arena, &exercise, &err), &err, "base");
    assert_ok(play_join(record, "phone-tree-1", &arena, &exercise, &err), &err, "base");
    play_turns(record, FIRST, 0, PLAY_TURNS);
    play_turns(record, HALFWAY, 0, HALF);
    play_turns(record, SECOND_TABLE, 0, PLAY_TURNS);
    assert_ok(record_person_set(record, STR("p1"), STR("Sato Hanako"), &err), &err, "base");
    record_close(record);
    arena_fini(&arena);
    FILE *file = fopen(base.at.path, "rb");
    assert_non_null(file);
    base.len = fread(base.bytes, 1, sizeof(base.bytes), file);
    fclose(file);
    assert_in_range(base.len, 4096, sizeof(base.bytes) - 1);
    play_folder_fini(&base.at);
    return 0;
}

static void copy_base(const struct play_folder *at)
{
    FILE *file = fopen(at->path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(base.bytes, 1, base.len, file), base.len);
    fclose(file);
}

/* ---- what is done ---- */

struct run {
    struct play_folder at;
    char copy[320]; /* where a copy goes */
    const char *name;
    int64_t fail_at;
    bool was_done;    /* it said so */
    bool has_remains; /* it said so */
};

typedef bool work(struct run *run, struct record *record);
typedef bool is_done(struct run *run, struct record *record);

static int64_t ask(struct record *record, const char *sql)
{
    int64_t value = -1;
    struct err err;
    assert_ok(query_one_int(&record->db, sql, &value, &err), &err, sql);
    return value;
}

static bool create(struct run *run, struct record *record)
{
    (void)run;
    struct arena arena = {0};
    struct record_exercise exercise;
    bool is_good = play_create(record, &arena, &exercise, NULL);
    arena_fini(&arena);
    return is_good;
}

static bool is_created(struct run *run, struct record *record)
{
    (void)run;
    return ask(record, "SELECT count(*) FROM exercise_file") == 6 &&
           ask(record, "SELECT count(*) FROM clock") == 4;
}

static bool open_table(struct run *run, struct record *record)
{
    (void)run;
    struct arena arena = {0};
    struct record_exercise exercise;
    bool is_good = play_join(record, "phone-tree-2", &arena, &exercise, NULL);
    arena_fini(&arena);
    return is_good;
}

static bool is_opened(struct run *run, struct record *record)
{
    (void)run;
    return ask(record, "SELECT count(*) FROM clock WHERE table_id = 4") == 1;
}

static bool append(struct run *run, struct record *record)
{
    (void)run;
    struct record_turn one = play_turn(&base.play, HALF, HALFWAY);
    return record_append(record, &one, 1, NULL);
}

static bool is_appended(struct run *run, struct record *record)
{
    (void)run;
    return ask(record, "SELECT max(seq) FROM event WHERE table_id = 2") ==
           play_events_after[HALF + 1];
}

static bool forget(struct run *run, struct record *record)
{
    size_t count;
    bool is_good = record_forget(record, STR("p1"), &count, NULL);
    run->has_remains = record_has_remains(record);
    return is_good;
}

static bool is_forgotten(struct run *run, struct record *record)
{
    (void)run;
    return ask(record, "SELECT count(*) FROM person") == 0 &&
           ask(record, "SELECT count(*) FROM text WHERE person = 'p1'") == 0;
}

static bool delete_first(struct run *run, struct record *record)
{
    bool is_good = record_delete(record, STR("phone-tree-1"), 5, NULL);
    run->has_remains = record_has_remains(record);
    return is_good;
}

static bool is_deleted(struct run *run, struct record *record)
{
    (void)run;
    return ask(record, "SELECT count(*) FROM event WHERE table_id IN (1, 3)") == 0;
}

static bool back_up(struct run *run, struct record *record)
{
    return record_backup(record, run->copy, NULL, NULL, NULL);
}

static bool bundle(struct run *run, struct record *record)
{
    return record_bundle(record, STR("phone-tree-1"), run->copy, NULL);
}

/* There is a copy, and it is whole. */
static bool is_copied(struct run *run, struct record *record)
{
    struct record *copy;
    struct err err;
    (void)record;
    if (access(run->copy, F_OK) != 0)
        return false;
    assert_ok(record_open(run->copy, RECORD_READ, &copy, &err), &err, run->name);
    assert_ok(record_verify(copy, FIRST, STR(""), &err), &err, run->name);
    assert_ok(record_verify(copy, SECOND_TABLE, STR(""), &err), &err, run->name);
    record_close(copy);
    return true;
}

static const struct task {
    const char *name;
    work *work;
    is_done *is_done;
    const char *erases; /* words that are in no file afterwards */
    bool is_copy;       /* a failed one leaves nothing, and the record stays what it was */
} tasks[] = {
    {"create", create, is_created, NULL, false},
    {"append", append, is_appended, NULL, false},
    {"new table", open_table, is_opened, NULL, false},
    {"forget", forget, is_forgotten, "Sato Hanako", false},
    {"delete", delete_first, is_deleted, "stop-server", false},
    {"backup", back_up, is_copied, NULL, true},
    {"bundle", bundle, is_copied, NULL, true},
};
enum { TASKS = sizeof(tasks) / sizeof(tasks[0]) };

/* ---- what is looked at afterwards ---- */

static bool file_holds(const char *path, const char *end, const char *words)
{
    static char bytes[sizeof(base.bytes)];
    char name[330];
    snprintf(name, sizeof(name), "%s%s", path, end);
    FILE *file = fopen(name, "rb");
    if (!file)
        return false;
    size_t len = fread(bytes, 1, sizeof(bytes), file), word_len = strlen(words);
    fclose(file);
    for (size_t at = 0; at + word_len <= len; at++) {
        if (memcmp(bytes + at, words, word_len) == 0)
            return true;
    }
    return false;
}

static void check_folder(const struct run *run, bool has_copy)
{
    DIR *folder = opendir(run->at.folder);
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        bool is_copy = strcmp(entry->d_name, "copy.tocsin") == 0;
        bool is_record = strncmp(entry->d_name, "drills.tocsin", 13) == 0;
        if (entry->d_name[0] != '.' && !is_record && !(is_copy && has_copy))
            fail_msg("%s, failure at operation %lld left %s", run->name, (long long)run->fail_at,
                entry->d_name);
    }
    closedir(folder);
}

/* Every table of the record verifies, and there can be more. */
static void check_goes_on(struct run *run, struct record *record)
{
    struct record_exercise *items;
    struct arena arena = {0};
    struct err err;
    size_t count;
    assert_ok(record_exercise_list(record, &arena, &items, &count, &err), &err, run->name);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < items[i].table_count; j++)
            assert_ok(
                record_verify(record, items[i].tables[j].table, STR(""), &err), &err, run->name);
    }
    assert_ok(play_create(record, &arena, &items[0], &err), &err, run->name);
    int64_t turns = ask(record, "SELECT count(*) FROM input WHERE table_id = 2");
    play_turns(record, HALFWAY, turns > play_inputs_after[HALF] ? HALF + 1 : HALF, PLAY_TURNS);
    assert_ok(record_verify(record, HALFWAY, STR(""), &err), &err, run->name);
    arena_fini(&arena);
}

static void check_after(struct run *run, const struct task *task, bool died)
{
    struct record *record;
    struct err err;
    if (run->was_done && task->erases && !run->has_remains) {
        assert_false(file_holds(run->at.path, "", task->erases));
        assert_false(file_holds(run->at.path, "-wal", task->erases));
    }
    assert_ok(record_open(run->at.path, RECORD_WRITE, &record, &err), &err, run->name);
    bool is_there = task->is_done(run, record);
    if (run->was_done && !is_there)
        fail_msg("%s, failure at operation %lld: said to be done, but is not", run->name,
            (long long)run->fail_at);
    if (task->is_copy && !died) {
        assert_int_equal(is_there, run->was_done);
        check_folder(run, is_there);
    }
    check_goes_on(run, record);
    record_close(record);
}

/* ---- the runs ---- */

static void run_begin(struct run *run, const struct task *task, int64_t fail_at)
{
    *run = (struct run){.name = task->name, .fail_at = fail_at};
    play_folder_init(&run->at);
    snprintf(run->copy, sizeof(run->copy), "%s/copy.tocsin", run->at.folder);
    copy_base(&run->at);
}

static void do_task(struct run *run, const struct task *task)
{
    struct record *record;
    if (!record_open(run->at.path, RECORD_WRITE, &record, NULL))
        return;
    run->was_done = task->work(run, record);
    record_close(record);
}

static int64_t fail_one(const struct task *task, int64_t fail_at, bool stays, int code)
{
    struct run run;
    run_begin(&run, task, fail_at);
    fault_arm(fail_at, stays, code);
    do_task(&run, task);
    int64_t count = fault_vfs.count;
    fault_arm(0, false, 0);
    check_after(&run, task, false);
    play_folder_fini(&run.at);
    if (fail_at == 0)
        assert_true(run.was_done);
    return count;
}

static void fail_all(bool stays, int code)
{
    for (int i = 0; i < TASKS; i++) {
        int64_t all = fail_one(&tasks[i], 0, stays, code);
        assert_true(all > 5);
        /* One failure that passes is got over in the same way wherever it is: a sample does. */
        for (int64_t fail_at = 1; fail_at <= all; fail_at += stays ? 1 : 5)
            fail_one(&tasks[i], fail_at, stays, code);
    }
}

static void test_a_disk_that_dies(void **state)
{
    (void)state;
    fail_all(true, SQLITE_IOERR_WRITE);
}

static void test_a_disk_that_is_full(void **state)
{
    (void)state;
    fail_all(true, SQLITE_FULL);
}

static void test_a_disk_that_fails_once(void **state)
{
    (void)state;
    fail_all(false, SQLITE_IOERR_WRITE);
}

/* A failing operation from which on nothing happens is what a killed process leaves. */
static void test_a_process_that_dies(void **state)
{
    (void)state;
    for (int i = 0; i < TASKS; i++) {
        int64_t all = fail_one(&tasks[i], 0, true, SQLITE_IOERR_WRITE);
        for (int64_t die_at = 1; die_at <= all; die_at++) {
            struct run run;
            int status;
            run_begin(&run, &tasks[i], die_at);
            pid_t child = fork();
            if (child == 0) {
                struct record *record;
                fault_arm(die_at, true, SQLITE_IOERR_WRITE);
                if (record_open(run.at.path, RECORD_WRITE, &record, NULL))
                    tasks[i].work(&run, record);
                _exit(0); /* without closing, which would tidy up */
            }
            assert_int_equal(waitpid(child, &status, 0), child);
            assert_int_equal(status, 0);
            check_after(&run, &tasks[i], true);
            play_folder_fini(&run.at);
        }
    }
}

int main(void)
{
    fault_vfs_register();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_disk_that_dies),
        cmocka_unit_test(test_a_disk_that_is_full),
        cmocka_unit_test(test_a_disk_that_fails_once),
        cmocka_unit_test(test_a_process_that_dies),
    };
    return cmocka_run_group_tests(tests, make_base, NULL);
}
