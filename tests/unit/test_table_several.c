/* Several exercises, and several tables of one, in one process and one file: each is the same as if
 * it had been played alone. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/disk.h"
#include "app/past.h"
#include "app/table.h"
#include "unit/record_play.h"

static void assert_ok(bool is_good, const struct err *err)
{
    if (!is_good)
        fail_msg("%s", err->message);
}

/* What one table plays. */
static const struct table_plan {
    const char *inputs;   /* a file of the story tests */
    const char *exercise; /* the one that it joins; NULL: a new one */
    const char *id;       /* by which it is found afterwards */
    int64_t seed;
} plans[] = {
    {"good.jsonl", NULL, "phone-tree-1", 7},
    {"slow.jsonl", NULL, "phone-tree-2", 8},
    {"slow.jsonl", "phone-tree-1", "phone-tree-1/2", 9},
};
enum { PLANS = sizeof(plans) / sizeof(plans[0]) };

struct fixture {
    struct play_folder at;
    char *alone_path[PLANS];
    struct arena arena;
    struct bundle bundle;
    struct record *record;
};

static char *source_path(struct arena *arena, const char *path)
{
    const char *source = getenv("TOCSIN_SOURCE");
    return (char *)(uintptr_t)arena_format(arena, "%s/%s", source ? source : ".", path).ptr;
}

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    struct err err;
    play_folder_init(&fixture->at);
    for (int i = 0; i < PLANS; i++)
        fixture->alone_path[i] = (char *)(uintptr_t)arena_format(
            &fixture->arena, "%s/alone-%d.tocsin", fixture->at.folder, i)
                                     .ptr;
    assert_ok(disk_bundle(source_path(&fixture->arena, "scenarios/phone-tree"), NULL,
                  &fixture->arena, &fixture->bundle, &err),
        &err);
    assert_ok(record_open(fixture->at.path, RECORD_CREATE, &fixture->record, &err), &err);
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

/* ---- playing line by line ---- */

struct player {
    struct arena arena;
    struct str rest; /* of the file of inputs */
    int line_count;
    struct table *table;
};

static void begin(struct fixture *fixture, struct record *record, const struct table_plan *plan,
    const char *exercise, struct player *player)
{
    *player = (struct player){0};
    struct problems problems = {0};
    struct err err;
    char path[64];
    snprintf(path, sizeof(path), "tests/story/phone-tree/%s", plan->inputs);
    assert_ok(
        disk_read(source_path(&player->arena, path), &player->arena, &player->rest, &err), &err);
    struct table_options options = {
        .bundle = &fixture->bundle, .exercise = exercise, .seed = plan->seed, .manual_clock = true};
    assert_ok(table_create(record, &options, &problems, &player->table, &err), &err);
    problems_fini(&problems);
}

static void play_input(struct player *player, struct str line)
{
    struct intake intake;
    struct event_refused refused;
    struct err err;
    assert_ok(intake_parse(
                  line, (struct intake_from){.source = INTAKE_FILE}, &player->arena, &intake, &err),
        &err);
    intake.input.id = arena_format(&player->arena, "line-%d", ++player->line_count);
    if (table_state(player->table)->status == STATUS_RUNNING)
        table_advance(player->table, intake.input.at_ms);
    table_take(player->table, &intake, intake.input.at_ms, &refused);
    assert_ok(table_keep(player->table, 0, &err), &err);
}

/* The next line; false when there is none. */
static bool play_line(struct player *player)
{
    struct str line;
    if (player->rest.len == 0)
        return false;
    if (!str_cut(player->rest, '\n', &line, &player->rest)) {
        line = player->rest;
        player->rest = (struct str){0};
    }
    line = str_trim(line);
    if (line.len > 0 && line.ptr[0] != '#')
        play_input(player, line);
    return true;
}

static void end(struct player *player)
{
    table_free(player->table);
    arena_fini(&player->arena);
}

/* A few lines of one, a few of the next: the turns of three tables between each other. */
static void play_interleaved(struct fixture *fixture)
{
    struct player players[PLANS];
    for (int i = 0; i < PLANS; i++)
        begin(fixture, fixture->record, &plans[i], plans[i].exercise, &players[i]);
    for (int i = 0; i < PLANS; i++)
        assert_true(str_is(table_exercise(players[i].table), plans[i].id));
    bool goes_on = true;
    for (int round = 0; goes_on; round++) {
        goes_on = false;
        for (int i = 0; i < PLANS; i++) {
            for (int line = 0; line <= (round + i) % 3; line++)
                goes_on = play_line(&players[i]) || goes_on;
        }
    }
    for (int i = 0; i < PLANS; i++)
        end(&players[i]);
}

static void play_alone(struct fixture *fixture, int at)
{
    struct record *record;
    struct player player;
    struct err err;
    assert_ok(record_open(fixture->alone_path[at], RECORD_CREATE, &record, &err), &err);
    begin(fixture, record, &plans[at], NULL, &player);
    while (play_line(&player))
        continue;
    end(&player);
    record_close(record);
}

/* ---- comparing ---- */

static void add_lines(struct record_cursor *cursor, struct buf *out)
{
    struct str line;
    struct err err;
    int64_t wall_ms;
    while (record_cursor_next(cursor, &line, &wall_ms))
        buf_format(out, "%.*s %lld\n", STR_ARG(line), (long long)wall_ms);
    if (record_cursor_failed(cursor, &err))
        fail_msg("%s", err.message);
    record_cursor_close(cursor);
}

/* Everything that a table is: inputs, events, its head and its clock. */
static void dump(const char *path, const char *id, struct buf *out)
{
    struct record *record;
    struct record_exercise exercise;
    struct record_cursor *cursor;
    struct arena arena = {0};
    struct hash head;
    struct err err;
    char hex[HASH_HEX_BYTES + 1];
    int64_t seq, clock_ms, wall_ms;
    assert_ok(record_open(path, RECORD_READ, &record, &err), &err);
    assert_ok(record_exercise_find(record, str_of(id), &arena, &exercise, &err), &err);
    assert_ok(record_verify(record, exercise.table, STR(""), &err), &err);
    assert_true(record_inputs(record, exercise.table, 1, &cursor, NULL));
    add_lines(cursor, out);
    assert_true(record_events(record, exercise.table, 1, &cursor, NULL));
    add_lines(cursor, out);
    assert_true(record_head(record, exercise.table, &seq, &head, NULL));
    assert_true(record_clock(record, exercise.table, &clock_ms, &wall_ms, NULL));
    buf_format(out, "%lld %s %lld %lld", (long long)seq, hash_hex(&head, hex).ptr,
        (long long)clock_ms, (long long)wall_ms);
    record_close(record);
    arena_fini(&arena);
}

static void assert_same(const struct buf *together, const struct buf *alone)
{
    assert_true(alone->len > 5000);
    assert_int_equal(together->len, alone->len);
    assert_memory_equal(together->ptr, alone->ptr, alone->len);
}

static void test_tables_do_not_touch_each_other(void **state)
{
    struct fixture *fixture = *state;
    play_interleaved(fixture);
    for (int i = 0; i < PLANS; i++) {
        struct buf together = {0}, alone = {0};
        play_alone(fixture, i);
        dump(fixture->at.path, plans[i].id, &together);
        dump(fixture->alone_path[i], "phone-tree-1", &alone);
        assert_same(&together, &alone);
        buf_fini(&together);
        buf_fini(&alone);
    }
}

/* Findings as words: rule, outcome, when. */
static void tell_findings(const char *path, const char *id, struct buf *out)
{
    struct past past = {0};
    const struct finding *items;
    size_t count;
    struct err err;
    assert_ok(past_open(&past, path, id, &err), &err);
    assert_true(str_is(past.exercise.id, id));
    struct scorer *scorer = past_score(&past, &past.rules, &items, &count);
    for (size_t i = 0; i < count; i++)
        buf_format(out, "%.*s %d %lld %lld\n", STR_ARG(items[i].rule->id), (int)items[i].verdict,
            (long long)items[i].activation_seq, (long long)items[i].target_seq);
    scorer_free(scorer);
    past_close(&past);
}

static void test_each_is_taken_up_and_scored(void **state)
{
    struct fixture *fixture = *state;
    play_interleaved(fixture);
    for (int i = 0; i < PLANS; i++) {
        struct table *table;
        struct err err;
        struct buf together = {0}, alone = {0};
        assert_ok(table_resume(fixture->record, str_of(plans[i].id), &table, &err), &err);
        assert_int_equal(table_quarrel(table).len, 0);
        assert_int_equal(table_state(table)->status, STATUS_ENDED);
        assert_true(str_is(table_exercise(table), plans[i].id));
        table_free(table);

        play_alone(fixture, i);
        tell_findings(fixture->at.path, plans[i].id, &together);
        tell_findings(fixture->alone_path[i], "phone-tree-1", &alone);
        assert_int_equal(together.len, alone.len);
        assert_memory_equal(together.ptr, alone.ptr, alone.len);
        assert_true(alone.len > 0);
        buf_fini(&together);
        buf_fini(&alone);
    }
}

/* ---- joining ---- */

static bool join(struct fixture *fixture, const struct bundle *bundle, const char *exercise,
    struct table **ret_table, struct err *reterr)
{
    struct table_options options = {
        .bundle = bundle, .exercise = exercise, .seed = 1, .manual_clock = true};
    struct problems problems = {0};
    bool is_good = table_create(fixture->record, &options, &problems, ret_table, reterr);
    problems_fini(&problems);
    return is_good;
}

static void test_what_can_be_joined(void **state)
{
    struct fixture *fixture = *state;
    struct table *table;
    struct err err;
    assert_ok(join(fixture, &fixture->bundle, NULL, &table, &err), &err);
    table_free(table);

    /* Without a scenario: what the exercise has pinned. */
    assert_ok(join(fixture, NULL, "phone-tree-1", &table, &err), &err);
    assert_true(str_is(table_exercise(table), "phone-tree-1/2"));
    assert_int_equal(table_number(table), 2);
    table_free(table);
    assert_ok(join(fixture, &fixture->bundle, "phone-tree-1/2", &table, &err), &err);
    assert_true(str_is(table_exercise(table), "phone-tree-1/3"));
    table_free(table);

    static const struct {
        const char *exercise, *says;
    } unknown[] = {
        {"phone-tree-9", "holds no exercise \"phone-tree-9\"; did you mean \"phone-tree-1\"?"},
        {"phone-tree-1/x", "holds no exercise \"phone-tree-1/x\""},
        {"", "holds no exercise \"\""},
    };
    for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
        assert_false(join(fixture, NULL, unknown[i].exercise, &table, &err));
        if (!strstr(err.message, unknown[i].says))
            fail_msg("%s", err.message);
    }
}

/* The folder was edited since: a file more, a file less, a file that says something else. */
static void test_other_content_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct table *table;
    struct err err;
    assert_ok(join(fixture, &fixture->bundle, NULL, &table, &err), &err);
    table_free(table);
    size_t count = fixture->bundle.file_count;
    struct bundle_file *files = ARENA_ARRAY(&fixture->arena, count + 1, struct bundle_file);
    memcpy(files, fixture->bundle.files, count * sizeof(*files));
    files[count] = (struct bundle_file){STR("files/more.txt"), STR("more")};
    for (size_t i = 0; i < count; i++) {
        struct bundle_file kept = files[i];
        struct bundle bundle = fixture->bundle;
        bundle.files = files;
        if (!str_is(kept.path, "scenario.yaml"))
            continue;
        files[i].bytes = arena_format(&fixture->arena, "%.*s\n# edited\n", STR_ARG(kept.bytes));
        assert_false(join(fixture, &bundle, "phone-tree-1", &table, &err));
        assert_non_null(strstr(err.message, "exercise phone-tree-1 was made from other files: "
                                            "scenario.yaml differs"));
        files[i] = kept;
    }
    struct bundle more = fixture->bundle;
    more.files = files;
    more.file_count = count + 1;
    assert_false(join(fixture, &more, "phone-tree-1", &table, &err));
    assert_non_null(strstr(err.message, "files/more.txt differs"));

    struct record_exercise found;
    assert_ok(
        record_exercise_find(fixture->record, STR("phone-tree-1"), &fixture->arena, &found, &err),
        &err);
    assert_int_equal(found.table_count, 1);
    assert_ok(join(fixture, &fixture->bundle, "phone-tree-1", &table, &err), &err);
    table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_tables_do_not_touch_each_other, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_each_is_taken_up_and_scored, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_can_be_joined, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_other_content_is_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
