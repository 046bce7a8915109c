/* The cache of what scoring found: kept, replaced, gone with its exercise, and proof of nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "record/handle.h"
#include "unit/record_play.h"

static struct record *open_played(const struct play_folder *at)
{
    struct play play;
    struct record *record;
    struct record_exercise exercise;
    struct arena arena = {0};
    play_init(&play);
    assert_true(record_open(at->path, RECORD_CREATE, &record, NULL));
    assert_true(play_create(record, &arena, &exercise, NULL));
    for (int i = 0; i < PLAY_TURNS; i++) {
        struct record_turn turn = play_turn(&play, i, exercise.table);
        assert_true(record_append(record, &turn, 1, NULL));
    }
    arena_fini(&arena);
    return record;
}

static size_t list(struct record *record, struct arena *arena, struct record_scored **ret_items)
{
    size_t count;
    assert_true(record_scored_list(record, arena, ret_items, &count, NULL));
    return count;
}

static void test_it_is_kept_and_replaced(void **state)
{
    (void)state;
    struct play_folder at;
    struct arena arena = {0};
    struct record_scored *items;
    play_folder_init(&at);
    struct record *record = open_played(&at);
    assert_true(record_scored_can(record));
    assert_int_equal(list(record, &arena, &items), 0);
    struct record_scored two[] = {{.table = 2, .stamp = {{7}}, .body = STR("{\"a\":1}")},
        {.table = 1, .stamp = {{8}}, .body = STR("{\"b\":2}")}};
    assert_true(record_scored_keep(record, two, 2, NULL));
    assert_int_equal(list(record, &arena, &items), 2);
    assert_int_equal(items[0].table, 1);
    assert_true(str_is(items[0].body, "{\"b\":2}"));
    assert_true(hash_eq(&items[1].stamp, &two[0].stamp));
    two[0].body = STR("{}");
    assert_true(record_scored_keep(record, two, 1, NULL));
    assert_int_equal(list(record, &arena, &items), 2);
    assert_true(str_is(items[1].body, "{}"));
    record_close(record);
    arena_fini(&arena);
    play_folder_fini(&at);
}

/* No chain knows of it, and it goes with its exercise. */
static void test_it_is_no_part_of_the_record(void **state)
{
    (void)state;
    struct play_folder at;
    struct arena arena = {0};
    struct record_scored *items;
    struct err err;
    play_folder_init(&at);
    struct record *record = open_played(&at);
    struct record_scored some[] = {
        {.table = 1, .body = STR("{}")}, {.table = 99, .body = STR("x")}};
    assert_true(record_scored_keep(record, some, 2, NULL));
    if (!record_verify(record, 1, STR(""), &err))
        fail_msg("%s", err.message);
    assert_true(record_delete(record, STR("phone-tree-1"), 0, NULL));
    assert_int_equal(list(record, &arena, &items), 1);
    assert_int_equal(items[0].table, 99);
    record_close(record);
    arena_fini(&arena);
    play_folder_fini(&at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_is_kept_and_replaced),
        cmocka_unit_test(test_it_is_no_part_of_the_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
