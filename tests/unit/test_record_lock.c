/* Claims: one process an exercise, and nothing is left when it dies. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_at_a_time),
        cmocka_unit_test(test_a_killed_process_holds_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
