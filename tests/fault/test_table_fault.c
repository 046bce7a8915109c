/* The phone tree is played through a live table on a disk that fails at its Nth operation, for
 * every N; the flagship for some of them.
 *
 * Whatever fails: what table_rebuild makes of the record equals, byte for byte, the fold of the
 * record's events; the input that was not kept can be sent again; and the exercise comes out as if
 * the disk had been well. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/disk.h"
#include "app/table.h"
#include "core/apply.h"
#include "fault/fault_vfs.h"

enum { LINES = 256, FLAGSHIP_SAMPLES = 24 };

/* What is the same in every run. */
struct given {
    const char *scenario, *inputs;
    struct arena arena;
    struct bundle bundle;
    struct str lines[LINES];
    size_t line_count;
    struct buf events; /* of the run on a good disk */
    int64_t failure_count;
};

/* One run. */
struct run {
    struct given *given;
    char folder[64], path[80];
    struct record *record;
    struct table *table;
    int64_t fail_at;
    int failure_count;
};

static void must(const struct run *run, bool is_good, const char *what, const struct err *err)
{
    if (!is_good)
        fail_msg("failure at operation %lld: %s: %s", (long long)run->fail_at, what, err->message);
}

static void given_init(struct given *given, const char *scenario, const char *inputs)
{
    struct err err = {0};
    struct str rest = {0}, line;
    *given = (struct given){.scenario = scenario, .inputs = inputs};
    if (!disk_bundle(scenario, ".", &given->arena, &given->bundle, &err) ||
        !disk_read(inputs, &given->arena, &rest, &err))
        fail_msg("%s", err.message);
    while (str_cut(rest, '\n', &line, &rest)) {
        assert_true(given->line_count < LINES);
        if (line.len > 0 && line.ptr[0] != '#')
            given->lines[given->line_count++] = line;
    }
    assert_true(given->line_count > 20);
}

static void given_fini(struct given *given)
{
    buf_fini(&given->events);
    arena_fini(&given->arena);
}

/* ---- the record, read without the table ---- */

static void fold_into(const struct run *run, struct arena *arena, struct state *state)
{
    struct record_cursor *cursor;
    struct err err = {0};
    struct str line;
    int64_t wall_ms;
    must(run, record_events(run->record, table_number(run->table), 1, &cursor, &err), "read", &err);
    while (record_cursor_next(cursor, &line, &wall_ms)) {
        struct event *event = ARENA_NEW(arena, struct event);
        must(run, event_read(arena_str(arena, line), arena, event, &err), "an event", &err);
        apply_event(state, event);
    }
    assert_false(record_cursor_failed(cursor, &err));
    record_cursor_close(cursor);
}

/* Live state is folded state. */
static void check_fold(const struct run *run)
{
    struct arena arena = {0};
    struct buf live = {0}, folded = {0};
    struct state *state = state_new(table_def(run->table));
    fold_into(run, &arena, state);
    state_write(table_state(run->table), &live);
    state_write(state, &folded);
    if (!str_eq(buf_str(&live), buf_str(&folded)))
        fail_msg("failure at operation %lld: the table is not what the record folds to:\n%.*s\n"
                 "%.*s",
            (long long)run->fail_at, STR_ARG(buf_str(&live)), STR_ARG(buf_str(&folded)));
    state_free(state);
    buf_fini(&live);
    buf_fini(&folded);
    arena_fini(&arena);
}

static void read_all(const struct run *run, struct buf *out)
{
    struct record_cursor *cursor;
    struct err err = {0};
    struct str line;
    int64_t wall_ms;
    must(run, record_events(run->record, table_number(run->table), 1, &cursor, &err), "read", &err);
    while (record_cursor_next(cursor, &line, &wall_ms)) {
        buf_add(out, line);
        buf_add_char(out, '\n');
    }
    record_cursor_close(cursor);
}

/* ---- playing ---- */

static bool create(struct run *run)
{
    struct problems problems = {0};
    struct table_options options = {.bundle = &run->given->bundle, .seed = 1, .manual_clock = true};
    bool is_good = record_open(run->path, RECORD_CREATE, &run->record, NULL) &&
                   table_create(run->record, &options, &problems, &run->table, NULL);
    problems_fini(&problems);
    if (is_good)
        return true;
    record_close(run->record);
    run->record = NULL;
    run->failure_count++;
    return false;
}

/* What was reported as failed may be there all the same; then it goes on instead. */
static void create_again(struct run *run)
{
    struct record_exercise exercise;
    struct arena arena = {0};
    struct err err = {0};
    fault_arm(0, false, 0);
    must(run, record_open(run->path, RECORD_CREATE, &run->record, &err), "open", &err);
    if (record_exercise_last(run->record, &arena, &exercise, NULL)) {
        must(run, record_exercise_lock(run->record, exercise.id, &err), "lock", &err);
        must(run, table_resume(run->record, exercise.id, &run->table, &err), "resume", &err);
        check_fold(run);
    } else {
        record_close(run->record);
        assert_true(create(run));
    }
    arena_fini(&arena);
}

/* While the clock stands, an input comes when it stands. */
static int64_t time_of(const struct run *run, const struct intake *intake)
{
    const struct state *state = table_state(run->table);
    return state->status == STATUS_RUNNING ? intake->input.at_ms : state->now_ms;
}

/* Two turns, as in a live exercise: what the clock brings until then, and the input. The line is
 * parsed anew because taking salts its texts. */
static bool play_line(struct run *run, struct str line, size_t number, enum taken *ret_taken)
{
    struct arena arena = {0};
    struct intake intake;
    struct event_refused refused;
    struct err err = {0};
    struct intake_from from = {INTAKE_FILE, {str_of(run->given->inputs), (int)number, 0}};
    must(run, intake_parse(line, from, &arena, &intake, &err), "an input", &err);
    if (intake.input.id.len == 0)
        intake.input.id = arena_format(&arena, "line-%zu", number);
    if (intake.input.at_ms > table_state(run->table)->now_ms)
        table_advance(run->table, intake.input.at_ms);
    bool is_kept = table_keep(run->table, 0, NULL);
    if (is_kept) {
        *ret_taken = table_take(run->table, &intake, time_of(run, &intake), &refused);
        is_kept = table_keep(run->table, 0, NULL);
    }
    arena_fini(&arena);
    return is_kept;
}

/* The turn was not kept: memory is gone, and comes back from the record while the disk still
 * fails; then the disk is well and the line is played again. */
static void recover(struct run *run, size_t at)
{
    struct err err = {0};
    enum taken taken;
    run->failure_count++;
    assert_null(table_state(run->table));
    must(run, table_rebuild(run->table, &err), "rebuild on a bad disk", &err);
    assert_int_equal(table_quarrel(run->table).len, 0);
    check_fold(run);
    fault_arm(0, false, 0);
    must(run, table_rebuild(run->table, &err), "rebuild", &err);
    check_fold(run);
    assert_true(play_line(run, run->given->lines[at], at + 1, &taken));
    assert_true(taken == TAKEN_NEW || taken == TAKEN_AGAIN);
}

static void check_result(struct run *run)
{
    struct buf events = {0};
    struct err err = {0};
    read_all(run, &events);
    if (run->given->events.len == 0)
        buf_add(&run->given->events, buf_str(&events));
    if (!str_eq(buf_str(&events), buf_str(&run->given->events)))
        fail_msg("failure at operation %lld changed the record:\n%.*s", (long long)run->fail_at,
            STR_ARG(buf_str(&events)));
    check_fold(run);
    must(run, record_verify(run->record, table_number(run->table), STR(""), &err), "verify", &err);
    buf_fini(&events);
}

static void run_init(struct run *run, struct given *given, int64_t fail_at)
{
    *run = (struct run){.given = given, .fail_at = fail_at};
    snprintf(run->folder, sizeof(run->folder), "/tmp/tocsin-table-XXXXXX");
    assert_non_null(mkdtemp(run->folder));
    snprintf(run->path, sizeof(run->path), "%s/drill.tocsin", run->folder);
}

static void run_fini(struct run *run)
{
    static const char *const ends[] = {
        "", "-wal", "-shm", "-journal", "-lock-phone-tree-1", "-lock-ransomware-1"};
    table_free(run->table);
    record_close(run->record);
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        char path[112];
        snprintf(path, sizeof(path), "%s%s", run->path, ends[i]);
        unlink(path);
    }
    assert_int_equal(rmdir(run->folder), 0);
}

/* Returns how many operations a whole run takes; counts the failures that the table noticed. */
static int64_t fail_one(struct given *given, int64_t fail_at, bool stays, int code)
{
    struct run run;
    enum taken taken;
    run_init(&run, given, fail_at);
    fault_arm(fail_at, stays, code);
    if (!create(&run))
        create_again(&run);
    for (size_t at = 0; at < given->line_count; at++) {
        if (!play_line(&run, given->lines[at], at + 1, &taken))
            recover(&run, at);
        else
            assert_int_equal(taken, TAKEN_NEW);
    }
    int64_t count = fault_vfs.count;
    assert_in_range(run.failure_count, 0, fail_at > 0);
    given->failure_count += run.failure_count;
    fault_arm(0, false, 0);
    check_result(&run);
    run_fini(&run);
    return count;
}

/* At each operation of a whole run, or at so many of them, spread over the run. */
static void fail_many(struct given *given, int64_t samples, bool stays, int code)
{
    int64_t all = fail_one(given, 0, stays, code), tried = 0;
    assert_true(all > 100); /* or the file layer is not in use */
    int64_t step = samples > 0 && samples < all ? all / samples : 1;
    for (int64_t fail_at = 1; fail_at <= all; fail_at += step, tried++)
        fail_one(given, fail_at, stays, code);
    /* SQLite gets over some by itself, such as a file that it would like to delete. */
    assert_in_range(given->failure_count, tried * 9 / 10, tried);
    given_fini(given);
}

static void fail_all(bool stays, int code)
{
    struct given given;
    given_init(&given, "scenarios/phone-tree", "tests/story/phone-tree/good.jsonl");
    fail_many(&given, 0, stays, code);
}

static void fail_some(bool stays, int code)
{
    struct given given;
    given_init(&given, "scenarios/ransomware", "tests/story/ransomware/good.jsonl");
    fail_many(&given, FLAGSHIP_SAMPLES, stays, code);
}

static void test_a_disk_that_dies(void **state)
{
    (void)state;
    fail_all(true, SQLITE_IOERR_WRITE);
}

static void test_a_disk_that_is_full_once(void **state)
{
    (void)state;
    fail_all(false, SQLITE_FULL);
}

static void test_the_flagship_on_a_disk_that_dies(void **state)
{
    (void)state;
    fail_some(true, SQLITE_IOERR_WRITE);
}

static void test_the_flagship_on_a_disk_that_is_full_once(void **state)
{
    (void)state;
    fail_some(false, SQLITE_FULL);
}

int main(void)
{
    fault_vfs_register();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_disk_that_dies),
        cmocka_unit_test(test_a_disk_that_is_full_once),
        cmocka_unit_test(test_the_flagship_on_a_disk_that_dies),
        cmocka_unit_test(test_the_flagship_on_a_disk_that_is_full_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
