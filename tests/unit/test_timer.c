/* Timers: by due time, then in the order of setting; cancelled ones never surface. */
#include "unit/table.h"

/* Takes all that is live, in order: "due:what ". */
static void drain(struct timers *timers, struct buf *out)
{
    const struct timer *first;
    buf_clear(out);
    while ((first = timer_first(timers, TIMER_EXERCISE)) != NULL) {
        buf_format(out, "%lld:%d ", (long long)first->due_ms, first->what);
        timer_find(timers, TIMER_EXERCISE, first->kind, first->what)->kind = TIMER_DONE;
    }
    buf_add_char(out, '\0');
}

static void set(struct timers *timers, struct arena *arena, int64_t due_ms, int what)
{
    timer_set(timers, arena, TIMER_EXERCISE,
        (struct timer){.due_ms = due_ms, .kind = TIMER_INJECT, .what = what});
}

static void they_come_in_order(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct timers timers = {0};
    struct buf out = {0};
    static const int64_t dues[] = {5, 3, 9, 3, 1, 7, 3, 8, 0, 5};
    for (int i = 0; i < 10; i++)
        set(&timers, &arena, dues[i], i);
    assert_null(timer_first(&timers, TIMER_STORY));
    drain(&timers, &out);
    assert_string_equal(out.ptr, "0:8 1:4 3:1 3:3 3:6 5:0 5:9 7:5 8:7 9:2 ");
    buf_fini(&out);
    arena_fini(&arena);
}

/* Enough of them that the heap is several levels deep on both sides. */
static void many_come_in_order(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct timers timers = {0};
    const struct timer *first;
    int64_t last_ms = -1;
    int count = 0;
    for (int i = 0; i < 500; i++)
        set(&timers, &arena, (i * 7919) % 503, i);
    for (; (first = timer_first(&timers, TIMER_EXERCISE)) != NULL; count++) {
        assert_true(first->due_ms > last_ms);
        last_ms = first->due_ms;
        timer_find(&timers, TIMER_EXERCISE, first->kind, first->what)->kind = TIMER_DONE;
    }
    assert_int_equal(count, 500);
    arena_fini(&arena);
}

static void cancelled_ones_do_not(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct timers timers = {0};
    struct buf out = {0};
    for (int i = 0; i < 6; i++)
        set(&timers, &arena, 10 - i, i % 3);
    timer_set(&timers, &arena, TIMER_EXERCISE,
        (struct timer){.due_ms = 2, .kind = TIMER_READ, .what = 1, .party = STR("desk")});
    timer_set(&timers, &arena, TIMER_EXERCISE,
        (struct timer){.due_ms = 3, .kind = TIMER_READ, .what = 1, .party = STR("vendor")});
    timer_cancel(&timers, TIMER_INJECT, 1, (struct str){0});
    timer_cancel(&timers, TIMER_READ, 1, STR("desk"));
    drain(&timers, &out);
    assert_string_equal(out.ptr, "3:1 5:2 7:0 8:2 10:0 ");
    buf_fini(&out);
    arena_fini(&arena);
}

/* The first of two for the same thing is done, wherever the heap keeps it. */
static void finishing_takes_the_first(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct timers timers = {0};
    struct buf out = {0};
    set(&timers, &arena, 9, 1);
    set(&timers, &arena, 4, 1);
    set(&timers, &arena, 1, 2);
    timer_find(&timers, TIMER_EXERCISE, TIMER_INJECT, 1)->kind = TIMER_DONE;
    assert_null(timer_find(&timers, TIMER_EXERCISE, TIMER_INJECT, 7));
    drain(&timers, &out);
    assert_string_equal(out.ptr, "1:2 9:1 ");
    buf_fini(&out);
    arena_fini(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_come_in_order),
        cmocka_unit_test(many_come_in_order),
        cmocka_unit_test(cancelled_ones_do_not),
        cmocka_unit_test(finishing_takes_the_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
