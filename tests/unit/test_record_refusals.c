/* What goes wrong around a record: each time an error that names the file, the reason and the way
 * out, and not a byte that is different. */
#define _GNU_SOURCE /* unshare: a small disk for one process alone */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <sched.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "record/handle.h"
#include "unit/record_play.h"

enum { NOBODY = 65534, WRONG = 9 };

static void assert_ok(bool is_good, const struct err *err)
{
    if (!is_good)
        fail_msg("%s", err->message);
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

static void play_to_end(struct record *record, int64_t table)
{
    struct play play;
    struct err err;
    play_init(&play);
    for (int turn = 0; turn < PLAY_TURNS; turn++) {
        struct record_turn one = play_turn(&play, turn, table);
        assert_ok(record_append(record, &one, 1, &err), &err);
    }
}

static void make_record(const char *path)
{
    struct record *record;
    struct record_exercise exercise;
    struct arena arena = {0};
    struct err err;
    assert_ok(record_open(path, RECORD_CREATE, &record, &err), &err);
    assert_ok(play_create(record, &arena, &exercise, &err), &err);
    play_to_end(record, exercise.table);
    record_close(record);
    arena_fini(&arena);
}

/* ---- the folder before and after ---- */

/* All names with the hash of what is in them; the log's index is SQLite's scratch. */
static void take_print(const struct play_folder *at, struct buf *out)
{
    struct dirent **entries;
    int count = scandir(at->folder, &entries, NULL, alphasort);
    assert_true(count >= 0);
    buf_clear(out);
    for (int i = 0; i < count; i++) {
        char path[sizeof(at->folder) + 260], bytes[4096], hex[HASH_HEX_BYTES + 1];
        struct buf content = {0};
        snprintf(path, sizeof(path), "%s/%s", at->folder, entries[i]->d_name);
        FILE *file =
            entries[i]->d_name[0] != '.' && !strstr(path, "-shm") ? fopen(path, "rb") : NULL;
        for (size_t len; file && (len = fread(bytes, 1, sizeof(bytes), file)) > 0;)
            buf_add(&content, (struct str){bytes, len});
        struct hash hash = hash_of_bytes(buf_str(&content));
        if (file) {
            buf_format(out, "%s %s\n", entries[i]->d_name, hash_hex(&hash, hex).ptr);
            fclose(file);
        }
        buf_fini(&content);
        free(entries[i]);
    }
    buf_add_char(out, '\0');
    free(entries);
}

/* ---- the cases ---- */

/* One thing that people do with a record; sets the error when it cannot be done. */
typedef bool attempt(const char *path, struct err *reterr);

static bool with_record(const char *path, enum record_open how,
    bool (*work)(struct record *record, struct err *reterr), struct err *reterr)
{
    struct record *record;
    if (!record_open(path, how, &record, reterr))
        return false;
    bool is_good = work(record, reterr);
    record_close(record);
    return is_good;
}

static bool verify(struct record *record, struct err *reterr)
{
    return record_verify(record, 1, STR(""), reterr);
}

static bool claim(struct record *record, struct err *reterr)
{
    return record_exercise_lock(record, STR("phone-tree-1"), reterr);
}

static bool append(struct record *record, struct err *reterr)
{
    struct record_turn quiet = {.table = 1, .clock_ms = 9000, .wall_ms = 1};
    return record_append(record, &quiet, 1, reterr);
}

static bool append_again(struct record *record, struct err *reterr)
{
    struct play play;
    play_init(&play);
    struct record_turn turn = play_turn(&play, 0, 1);
    return record_append(record, &turn, 1, reterr);
}

static bool create(struct record *record, struct err *reterr)
{
    struct arena arena = {0};
    struct record_exercise exercise;
    bool is_good = play_create(record, &arena, &exercise, reterr);
    arena_fini(&arena);
    return is_good;
}

static bool forget(struct record *record, struct err *reterr)
{
    size_t count;
    return record_forget(record, STR("p1"), &count, reterr);
}

static bool delete_it(struct record *record, struct err *reterr)
{
    return record_delete(record, STR("phone-tree-1"), 5, reterr);
}

static bool read_clock(struct record *record, struct err *reterr)
{
    int64_t clock_ms, wall_ms;
    return record_clock(record, 1, &clock_ms, &wall_ms, reterr);
}

#define ATTEMPT(name, how, work)                                                                   \
    static bool name(const char *path, struct err *reterr)                                         \
    {                                                                                              \
        return with_record(path, how, work, reterr);                                               \
    }

ATTEMPT(try_verify, RECORD_READ, verify)
ATTEMPT(try_claim, RECORD_WRITE, claim)
ATTEMPT(try_append, RECORD_WRITE, append)
ATTEMPT(try_append_again, RECORD_WRITE, append_again)
ATTEMPT(try_create, RECORD_CREATE, create)
ATTEMPT(try_forget, RECORD_WRITE, forget)
ATTEMPT(try_delete, RECORD_WRITE, delete_it)
ATTEMPT(try_clock, RECORD_READ, read_clock)
ATTEMPT(try_reading_append, RECORD_READ, append)
ATTEMPT(try_reading_forget, RECORD_READ, forget)
ATTEMPT(try_reading_delete, RECORD_READ, delete_it)

static bool copy_beside(struct record *record, struct err *reterr)
{
    char path[400];
    snprintf(path, sizeof(path), "%s.bak", record->db.path);
    return record_backup(record, path, NULL, NULL, reterr);
}

static bool bundle_beside(struct record *record, struct err *reterr)
{
    char path[400];
    snprintf(path, sizeof(path), "%s.bundle", record->db.path);
    return record_bundle(record, STR("phone-tree-1"), path, reterr);
}

ATTEMPT(try_backup, RECORD_READ, copy_beside)
ATTEMPT(try_bundle, RECORD_READ, bundle_beside)

/* Each brings the record into some state; what it opens stays open until `let_go`. */
static struct record *held;

static void leave(const struct play_folder *at)
{
    (void)at;
}

static void newer(const struct play_folder *at)
{
    run_sql(at->path, "PRAGMA user_version = 1000");
}

static void foreign(const struct play_folder *at)
{
    run_sql(at->path, "PRAGMA application_id = 7");
}

static void truncated(const struct play_folder *at)
{
    assert_int_equal(truncate(at->path, 4096 * 5 + 11), 0);
}

static void corrupted(const struct play_folder *at)
{
    FILE *file = fopen(at->path, "r+b");
    assert_non_null(file);
    for (long page = 1; page < 30; page++) {
        fseek(file, page * 4096 + 4, SEEK_SET);
        fputs("corrupted", file);
    }
    fclose(file);
}

static void played_elsewhere(const struct play_folder *at)
{
    struct err err;
    assert_ok(record_open(at->path, RECORD_WRITE, &held, &err), &err);
    assert_ok(record_exercise_lock(held, STR("phone-tree-1"), &err), &err);
}

static void clock_ahead(const struct play_folder *at)
{
    run_sql(at->path, "UPDATE clock SET clock_ms = 9223372036854775807");
}

static void clock_behind(const struct play_folder *at)
{
    run_sql(at->path, "UPDATE clock SET clock_ms = 6999");
}

static void clock_negative(const struct play_folder *at)
{
    run_sql(at->path, "UPDATE clock SET wall_ms = -1");
}

static void read_only_file(const struct play_folder *at)
{
    assert_int_equal(chmod(at->path, 0444), 0);
    assert_int_equal(chmod(at->folder, 0777), 0);
}

static void read_only_folder(const struct play_folder *at)
{
    assert_int_equal(chmod(at->path, 0444), 0);
    assert_int_equal(chmod(at->folder, 0555), 0);
}

static void writable_in_read_only_folder(const struct play_folder *at)
{
    assert_int_equal(chmod(at->path, 0666), 0);
    assert_int_equal(chmod(at->folder, 0555), 0);
}

/* A machine that stopped left a log with turns in it; somebody has taken the index away. */
static void log_in_read_only_folder(const struct play_folder *at)
{
    pid_t child = fork();
    if (child == 0) {
        struct record *record;
        struct record_exercise exercise;
        struct arena arena = {0};
        bool is_good = record_open(at->path, RECORD_WRITE, &record, NULL) &&
                       play_create(record, &arena, &exercise, NULL);
        _exit(is_good ? 0 : WRONG);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    char path[320];
    snprintf(path, sizeof(path), "%s-shm", at->path);
    assert_int_equal(unlink(path), 0);
    snprintf(path, sizeof(path), "%s-wal", at->path);
    assert_int_equal(chmod(path, 0444), 0);
    read_only_folder(at);
}

#define NEWER                                                                                      \
    "made by a newer Tocsin (record version 1000, this program knows 6); nothing was "             \
    "changed; use the newer program"
#define FOREIGN "this is the SQLite file of another program; nothing was changed; name another file"
#define DAMAGED "restore it from a backup"
#define PLAYED "exercise phone-tree-1 is being played by another process; end that one first"
#define READ_ONLY "the file is read-only; nothing was changed; make it writable, or open a copy"
#define READ_ONLY_HANDLE "it is read-only; make the file and its folder writable, or copy it"
#define CANNOT_BE_MADE                                                                             \
    "cannot be made (Permission denied); choose a folder that exists and where you "               \
    "may write"
#define COPY_BOTH                                                                                  \
    "its folder is read-only, and beside it stands a write-ahead log (-wal), which "               \
    "holds turns that are not in the file yet; nothing was changed; copy both"

static const struct {
    const char *name;
    void (*prepare)(const struct play_folder *at);
    attempt *attempt;
    const char *says; /* NULL: it works */
    bool as_nobody;   /* permissions are nothing to root */
} cases[] = {
    {"whole", leave, try_verify, NULL, false},
    {"newer, verify", newer, try_verify, NEWER, false},
    {"newer, append", newer, try_append, NEWER, false},
    {"newer, create", newer, try_create, NEWER, false},
    {"newer, forget", newer, try_forget, NEWER, false},
    {"newer, delete", newer, try_delete, NEWER, false},
    {"newer, backup", newer, try_backup, NEWER, false},
    {"newer, bundle", newer, try_bundle, NEWER, false},
    {"foreign, verify", foreign, try_verify, FOREIGN, false},
    {"foreign, create", foreign, try_create, FOREIGN, false},
    {"foreign, delete", foreign, try_delete, FOREIGN, false},
    {"foreign, backup", foreign, try_backup, FOREIGN, false},
    {"truncated, verify", truncated, try_verify, DAMAGED, false},
    {"truncated, append", truncated, try_append, DAMAGED, false},
    {"truncated, delete", truncated, try_delete, DAMAGED, false},
    {"truncated, backup", truncated, try_backup, DAMAGED, false},
    {"corrupted, verify", corrupted, try_verify, DAMAGED, false},
    {"corrupted, append", corrupted, try_append, DAMAGED, false},
    {"corrupted, create", corrupted, try_create, DAMAGED, false},
    {"corrupted, forget", corrupted, try_forget, DAMAGED, false},
    {"corrupted, bundle", corrupted, try_bundle, DAMAGED, false},
    {"played elsewhere, claim", played_elsewhere, try_claim, PLAYED, false},
    {"played elsewhere, delete", played_elsewhere, try_delete, PLAYED, false},
    {"played elsewhere, append", leave, try_append_again,
        "another process plays this exercise: table 1 has come to event 8 and input 6; nothing "
        "was kept of this attempt: end one of the two",
        false},
    {"played elsewhere, verify", played_elsewhere, try_verify, NULL, false},
    {"clock in the year 292 million", clock_ahead, try_clock,
        "its clock stands at 9223372036854775807 ms, but must be between its last event at 7000 ms "
        "and 30 days; it was changed: restore it from a backup",
        false},
    {"clock before its last event", clock_behind, try_clock, "its clock stands at 6999 ms", false},
    {"clock before 1970", clock_negative, try_clock, "at the wall time -1 ms, which cannot be",
        false},
    {"opened for reading, append", leave, try_reading_append, READ_ONLY_HANDLE, false},
    {"opened for reading, forget", leave, try_reading_forget, READ_ONLY_HANDLE, false},
    {"opened for reading, delete", leave, try_reading_delete, READ_ONLY_HANDLE, false},
    {"read-only file, verify", read_only_file, try_verify, NULL, true},
    {"read-only file, append", read_only_file, try_append, READ_ONLY, true},
    {"read-only file, forget", read_only_file, try_forget, READ_ONLY, true},
    {"read-only file, delete", read_only_file, try_delete, READ_ONLY, true},
    {"read-only folder, verify", read_only_folder, try_verify, NULL, true},
    {"read-only folder, clock", read_only_folder, try_clock, NULL, true},
    {"read-only folder, append", read_only_folder, try_append, READ_ONLY, true},
    {"read-only folder, backup", read_only_folder, try_backup, CANNOT_BE_MADE, true},
    {"read-only folder, bundle", read_only_folder, try_bundle, CANNOT_BE_MADE, true},
    {"read-only folder, writable file, verify", writable_in_read_only_folder, try_verify, NULL,
        true},
    {"read-only folder, writable file, append", writable_in_read_only_folder, try_append,
        READ_ONLY_HANDLE, true},
    {"log in a read-only folder, verify", log_in_read_only_folder, try_verify, COPY_BOTH, true},
    {"log in a read-only folder, append", log_in_read_only_folder, try_append, READ_ONLY, true},
};

static bool is_as_expected(const char *path, attempt *work, const char *says, struct err *err)
{
    bool is_good = work(path, err);
    if (is_good || says == NULL)
        return is_good == (says == NULL);
    return strstr(err->message, says) != NULL && strstr(err->message, path) != NULL;
}

/* In a process of its own, which may give its rights away. */
static bool try_as_nobody(const char *path, attempt *work, const char *says, struct err *ret_err)
{
    int told[2], status = -1;
    assert_int_equal(pipe(told), 0);
    pid_t child = fork();
    if (child == 0) {
        struct err err = {0};
        if (geteuid() == 0 && setuid(NOBODY) != 0)
            _exit(WRONG);
        bool is_expected = is_as_expected(path, work, says, &err);
        if (write(told[1], &err, sizeof(err)) != (ssize_t)sizeof(err))
            _exit(WRONG);
        _exit(is_expected ? 0 : 1);
    }
    assert_true(read(told[0], ret_err, sizeof(*ret_err)) == (ssize_t)sizeof(*ret_err));
    assert_int_equal(waitpid(child, &status, 0), child);
    close(told[0]);
    close(told[1]);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void test_every_refusal(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct play_folder at;
        struct buf before = {0}, after = {0};
        struct err err = {0};
        play_folder_init(&at);
        make_record(at.path);
        cases[i].prepare(&at);
        take_print(&at, &before);
        bool is_expected = cases[i].as_nobody
                               ? try_as_nobody(at.path, cases[i].attempt, cases[i].says, &err)
                               : is_as_expected(at.path, cases[i].attempt, cases[i].says, &err);
        if (!is_expected)
            fail_msg("%s: says \"%s\"", cases[i].name, err.message);
        take_print(&at, &after);
        if (strcmp(before.ptr, after.ptr) != 0)
            fail_msg("%s: was\n%sis\n%s", cases[i].name, before.ptr, after.ptr);
        record_close(held);
        held = NULL;
        buf_fini(&before);
        buf_fini(&after);
        assert_int_equal(chmod(at.folder, 0700), 0);
        play_folder_fini(&at);
    }
}

/* ---- full disks ---- */

/* Plays until the disk is full; then makes room and goes on. 0 when all of it was in order. */
static int play_until_full(const char *path, void (*make_room)(const char *path), const char *says)
{
    struct record *record;
    struct arena arena = {0};
    struct record_exercise exercise;
    struct err err = {0};
    struct play play;
    struct hash head;
    int64_t seq;
    int made = 0;
    play_init(&play);
    if (!record_open(path, RECORD_WRITE, &record, &err))
        return 1;
    bool is_good = true;
    while (is_good && made < 5000) {
        is_good = play_create(record, &arena, &exercise, &err);
        for (int turn = 0; is_good && turn < PLAY_TURNS; turn++) {
            struct record_turn one = play_turn(&play, turn, exercise.table);
            is_good = record_append(record, &one, 1, &err);
        }
        made += is_good;
    }
    if (is_good || made == 0 || !strstr(err.message, says) || !strstr(err.message, path))
        return fprintf(stderr, "after %d: %s\n", made, err.message) > 0 ? 2 : 3;
    /* What was kept before is whole, now and with a new start. */
    if (!record_head(record, 1, &seq, &head, &err) || !record_verify(record, 1, STR(""), &err))
        return fprintf(stderr, "%s\n", err.message) > 0 ? 4 : 5;
    record_close(record);
    make_room(path);
    if (!record_open(path, RECORD_WRITE, &record, &err) ||
        !record_verify(record, made + 1, STR(""), &err) ||
        !play_create(record, &arena, &exercise, &err))
        return fprintf(stderr, "with room: %s\n", err.message) > 0 ? 6 : 7;
    record_close(record);
    arena_fini(&arena);
    return 0;
}

static void no_limit(const char *path)
{
    (void)path;
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){RLIM_INFINITY, RLIM_INFINITY});
}

static void assert_child_did_well(pid_t child)
{
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

/* No file may grow beyond this: what a quota does. */
static void test_a_file_that_may_not_grow(void **state)
{
    (void)state;
    struct play_folder at;
    play_folder_init(&at);
    make_record(at.path);
    pid_t child = fork();
    if (child == 0) {
        signal(SIGXFSZ, SIG_IGN);
        struct rlimit limit = {600000, RLIM_INFINITY};
        if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
            _exit(WRONG);
        _exit(play_until_full(at.path, no_limit,
            "the disk reports an error; nothing was kept of this attempt; check the disk and its "
            "free space"));
    }
    assert_child_did_well(child);
    play_folder_fini(&at);
}

static void larger_disk(const char *path)
{
    char folder[300];
    snprintf(folder, sizeof(folder), "%.*s", (int)(strrchr(path, '/') - path), path);
    mount("none", folder, "tmpfs", MS_REMOUNT, "size=20m");
}

/* A disk of one megabyte, which only this process sees. */
static void test_a_disk_that_is_full(void **state)
{
    (void)state;
    struct play_folder at;
    play_folder_init(&at);
    pid_t child = fork();
    if (child == 0) {
        if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
            mount("none", at.folder, "tmpfs", 0, "size=1m") != 0)
            _exit(77);
        make_record(at.path);
        _exit(play_until_full(
            at.path, larger_disk, "the disk is full; free some space and try again"));
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    play_folder_fini(&at);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
        skip(); /* not everybody may mount; the fault tests fill a disk as well */
    assert_int_equal(status, 0);
}

/* A copy does not fit, and what there is goes on. */
static int copy_onto_full(const struct play_folder *at)
{
    struct record *record;
    struct err err = {0};
    char path[320], junk[320];
    make_record(at->path);
    snprintf(junk, sizeof(junk), "%s/junk", at->folder);
    if (!record_open(at->path, RECORD_WRITE, &record, &err) || !append(record, &err))
        return 1;
    /* All the rest of the disk. */
    FILE *file = fopen(junk, "wb");
    while (file && putc('x', file) != EOF && !ferror(file))
        continue;
    if (!file)
        return 1;
    fclose(file);
    snprintf(path, sizeof(path), "%s/copy.tocsin", at->folder);
    for (int i = 0; i < 2; i++) {
        bool is_good = i == 0 ? record_backup(record, path, NULL, NULL, &err)
                              : record_bundle(record, STR("phone-tree-1"), path, &err);
        if (is_good || !strstr(err.message, "free some space"))
            return fprintf(stderr, "copy %d: %s\n", i, err.message) > 0 ? 2 : 3;
    }
    record_close(record);
    int files = play_folder_empty(at);
    return files == 2 ? 0 : fprintf(stderr, "%d files\n", files) > 0 ? 4 : 5;
}

static void test_a_copy_that_does_not_fit(void **state)
{
    (void)state;
    struct play_folder at;
    play_folder_init(&at);
    pid_t child = fork();
    if (child == 0) {
        if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
            mount("none", at.folder, "tmpfs", 0, "size=1m") != 0)
            _exit(77);
        _exit(copy_onto_full(&at));
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    play_folder_fini(&at);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
        skip();
    assert_int_equal(status, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_refusal),
        cmocka_unit_test(test_a_file_that_may_not_grow),
        cmocka_unit_test(test_a_disk_that_is_full),
        cmocka_unit_test(test_a_copy_that_does_not_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
