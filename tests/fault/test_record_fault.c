/* A small exercise is recorded on a disk that fails at its Nth operation, for every N.
 *
 * Whatever fails: what was acknowledged is there afterwards, what is there is whole turns in order,
 * the record opens and verifies, and the exercise can be played to its end. A turn that was
 * reported as failed may be there all the same when the failure came after its last byte; its
 * clients' ids make that harmless. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <sys/wait.h>

#include "fault/fault_vfs.h"
#include "unit/record_play.h"

/* What the record said yes to. */
struct acknowledged {
    bool is_created;
    int turn_count;
};

static void assert_ok(bool is_good, const struct err *err, int64_t fail_at)
{
    if (!is_good)
        fail_msg("failure at operation %lld: %s", (long long)fail_at, err->message);
}

/* Tries once more when something fails, for disks that fail once. */
static bool open_and_create(
    const char *path, int tries, struct record **ret_record, struct arena *arena)
{
    struct record_exercise exercise;
    bool is_good = false;
    for (int i = 0; !is_good && i < tries; i++)
        is_good = record_open(path, RECORD_CREATE, ret_record, NULL);
    if (!is_good)
        return false;
    is_good = false;
    for (int i = 0; !is_good && i < tries; i++)
        is_good = play_create(*ret_record, arena, &exercise, NULL) ||
                  record_exercise_last(*ret_record, arena, &exercise, NULL);
    return is_good;
}

static bool append_turn(struct record *record, const struct play *play, int turn, int tries)
{
    struct record_turn one = play_turn(play, turn, 1);
    bool is_good = false;
    for (int i = 0; !is_good && i < tries; i++)
        is_good = record_append(record, &one, 1, NULL);
    return is_good;
}

static struct acknowledged play_until_failure(const char *path, const struct play *play, int tries)
{
    struct acknowledged done = {0};
    struct record *record = NULL;
    struct arena arena = {0};
    done.is_created = open_and_create(path, tries, &record, &arena);
    bool is_good = done.is_created;
    while (is_good && done.turn_count < PLAY_TURNS) {
        is_good = append_turn(record, play, done.turn_count, tries);
        done.turn_count += is_good;
    }
    record_close(record);
    arena_fini(&arena);
    return done;
}

/* How many whole turns the table holds; fails when there is half a one. */
static int count_turns(struct record *record, int64_t fail_at)
{
    int64_t events, wall_ms, inputs = 0;
    struct hash head;
    struct err err;
    struct str line;
    struct record_cursor *cursor;
    assert_ok(record_head(record, 1, &events, &head, &err), &err, fail_at);
    assert_ok(record_inputs(record, 1, 1, &cursor, &err), &err, fail_at);
    while (record_cursor_next(cursor, &line, &wall_ms))
        inputs++;
    assert_false(record_cursor_failed(cursor, &err));
    record_cursor_close(cursor);
    for (int turn = 0; turn <= PLAY_TURNS; turn++) {
        if (play_events_after[turn] == events && play_inputs_after[turn] == inputs)
            return turn;
    }
    fail_msg("failure at operation %lld left %lld events of %lld inputs", (long long)fail_at,
        (long long)events, (long long)inputs);
    return 0;
}

/* The disk is well again: what is there, and can it go on? */
static void check_and_finish(
    const char *path, const struct play *play, struct acknowledged done, int64_t fail_at)
{
    struct record *record;
    struct record_exercise *exercises;
    struct arena arena = {0};
    struct err err;
    size_t count = 0;
    assert_ok(record_open(path, RECORD_CREATE, &record, &err), &err, fail_at);
    assert_ok(record_exercise_list(record, &arena, &exercises, &count, &err), &err, fail_at);
    assert_in_range(count, done.is_created, 1);
    if (count == 0) {
        struct record_exercise exercise;
        assert_ok(play_create(record, &arena, &exercise, &err), &err, fail_at);
    }
    int turns = count_turns(record, fail_at);
    assert_in_range(turns, done.turn_count, done.turn_count + 1);
    assert_ok(record_verify(record, 1, STR(""), &err), &err, fail_at);
    for (; turns < PLAY_TURNS; turns++) {
        struct record_turn turn = play_turn(play, turns, 1);
        assert_ok(record_append(record, &turn, 1, &err), &err, fail_at);
    }
    assert_ok(record_verify(record, 1, STR(""), &err), &err, fail_at);
    record_close(record);
    arena_fini(&arena);
}

/* Returns how many operations there were, so that the caller knows when it has failed them all. */
static int64_t fail_one(int64_t fail_at, bool stays, int code)
{
    struct play_folder at;
    struct play play;
    play_folder_init(&at);
    play_init(&play);
    fault_arm(fail_at, stays, code);
    struct acknowledged done = play_until_failure(at.path, &play, stays ? 1 : 2);
    int64_t count = fault_vfs.count;
    if (stays && fail_at > 0 && fail_at <= count)
        assert_true(done.turn_count <= PLAY_TURNS);
    else
        assert_int_equal(done.turn_count, PLAY_TURNS); /* a second try gets over one failure */
    fault_arm(0, false, 0);
    check_and_finish(at.path, &play, done, fail_at);
    play_folder_fini(&at);
    return count;
}

static void fail_all(bool stays, int code)
{
    int64_t all = fail_one(0, stays, code);
    assert_true(all > 50); /* or the file layer is not in use */
    for (int64_t fail_at = 1; fail_at <= all; fail_at++)
        fail_one(fail_at, stays, code);
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
    fail_all(false, SQLITE_FULL);
}

/* ---- processes that die ---- */

static void play_and_die(const char *path, const struct play *play, int64_t die_at)
{
    /* A failing operation from which on nothing happens is what a killed process leaves; _exit
     * keeps SQLite from tidying up. */
    fault_arm(die_at, true, SQLITE_IOERR_WRITE);
    struct record *record = NULL;
    struct arena arena = {0};
    if (open_and_create(path, 1, &record, &arena)) {
        for (int turn = 0; turn < PLAY_TURNS; turn++) {
            if (!append_turn(record, play, turn, 1))
                break;
        }
    }
    _exit(0);
}

/* A journal that goes back to a file of 0 pages: its magic number, and zeros at 16. */
static bool is_journal_of_creation(const char *path)
{
    static const unsigned char zeros[4];
    unsigned char header[20] = {0};
    char journal[320];
    snprintf(journal, sizeof(journal), "%s-journal", path);
    FILE *file = fopen(journal, "rb");
    if (!file)
        return false;
    bool is_whole = fread(header, sizeof(header), 1, file) == 1;
    fclose(file);
    return is_whole && header[0] == 0xd9 && memcmp(header + 16, zeros, sizeof(zeros)) == 0;
}

/* A machine that loses power may have kept a later page and not the first; true when this was such
 * a moment. */
static bool lose_first_page(const char *path)
{
    static const char nothing[4096];
    if (!is_journal_of_creation(path))
        return false;
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    bool was_there = ftell(file) >= (long)sizeof(nothing);
    rewind(file);
    if (was_there)
        assert_int_equal(fwrite(nothing, sizeof(nothing), 1, file), 1);
    fclose(file);
    return was_there;
}

static void test_a_process_that_dies(void **state)
{
    (void)state;
    struct play play;
    int lost_count = 0;
    play_init(&play);
    int64_t all = fail_one(0, true, SQLITE_IOERR_WRITE);
    for (int64_t die_at = 1; die_at <= all; die_at++) {
        struct play_folder at;
        play_folder_init(&at);
        pid_t child = fork();
        if (child == 0)
            play_and_die(at.path, &play, die_at);
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        lost_count += lose_first_page(at.path);
        fault_arm(0, false, 0);
        struct record *record;
        struct err err;
        assert_ok(record_open(at.path, RECORD_CREATE, &record, &err), &err, die_at);
        struct acknowledged done = {.turn_count = count_turns(record, die_at)};
        record_close(record);
        check_and_finish(at.path, &play, done, die_at);
        play_folder_fini(&at);
    }
    assert_true(lost_count > 0);
}

/* ---- what people are told ---- */

static void test_errors_say_what_to_do(void **state)
{
    (void)state;
    static const struct {
        int code;
        const char *says;
    } cases[] = {
        {SQLITE_FULL, "drills.tocsin: the disk is full; free some space and try again"},
        {SQLITE_IOERR_WRITE, "the disk reports an error; nothing was kept of this attempt"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct play_folder at;
        struct play play;
        struct record *record;
        struct arena arena = {0};
        struct err err = {0};
        play_folder_init(&at);
        play_init(&play);
        fault_arm(0, false, 0);
        assert_true(open_and_create(at.path, 1, &record, &arena));
        fault_arm(1, true, cases[i].code);
        struct record_turn turn = play_turn(&play, 0, 1);
        assert_false(record_append(record, &turn, 1, &err));
        if (!strstr(err.message, cases[i].says))
            fail_msg("\"%s\" does not say \"%s\"", err.message, cases[i].says);
        assert_int_equal(err.kind, ERR_IO);
        fault_arm(0, false, 0);
        assert_ok(record_append(record, &turn, 1, &err), &err, 1);
        record_close(record);
        arena_fini(&arena);
        play_folder_fini(&at);
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
        cmocka_unit_test(test_errors_say_what_to_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
