/* Arenas: zeroed, aligned, grown, formatted, used again. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "unit/aborts.h"

static void test_memory_is_zeroed_and_aligned(void **state)
{
    (void)state;
    struct arena arena = {0};
    static const size_t sizes[] = {0, 1, 3, 16, 100, 5000, 3000000};
    for (size_t round = 0; round < 3; round++) {
        for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
            unsigned char *memory = arena_alloc(&arena, sizes[i], 1);
            assert_non_null(memory);
            assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
            for (size_t at = 0; at < sizes[i]; at++)
                assert_int_equal(memory[at], 0);
            memset(memory, 0xAA, sizes[i]);
        }
        assert_true(arena.used_bytes >= 3005120);
        arena_reset(&arena);
        assert_int_equal(arena.used_bytes, 0);
    }
    arena_fini(&arena);
    arena_fini(&arena);
    arena_fini(NULL);
}

static void test_text_is_copied(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    char bytes[] = "半鐘 rings";
    struct str items[] = {{bytes, 6}, {NULL, 0}, {bytes + 7, 5}};
    struct str copy = arena_str(&arena, (struct str){bytes, 6});
    struct strs copies = arena_strs(&arena, (struct strs){items, 3});
    memset(bytes, '-', sizeof(bytes));
    assert_string_equal(copy.ptr, "半鐘");
    assert_int_equal(copies.count, 3);
    assert_string_equal(copies.items[0].ptr, "半鐘");
    assert_string_equal(copies.items[1].ptr, "");
    assert_string_equal(copies.items[2].ptr, "rings");
    assert_int_equal(arena_strs(&arena, (struct strs){NULL, 0}).count, 0);
    struct str text = arena_format(&arena, "%s at %d", "STARTEX", 7);
    assert_int_equal(text.len, 12);
    assert_string_equal(text.ptr, "STARTEX at 7");
    arena_fini(&arena);
}

static void test_growing_keeps_items(void **state)
{
    (void)state;
    struct arena arena = {0};
    int *items = NULL;
    size_t capacity = 0;
    for (int i = 0; i < 1000; i++) {
        items = arena_grow(&arena, items, (size_t)i, &capacity, sizeof(*items));
        assert_true(capacity > (size_t)i);
        items[i] = i;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(items[i], i);
    assert_true(capacity <= 2000);
    arena_fini(&arena);
}

static void ask_for_too_much(void)
{
    struct arena arena = {0};
    arena_alloc(&arena, SIZE_MAX / 8, 16);
}

static void test_too_much_aborts(void **state)
{
    (void)state;
    assert_true(call_aborts(ask_for_too_much));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory_is_zeroed_and_aligned),
        cmocka_unit_test(test_text_is_copied),
        cmocka_unit_test(test_growing_keeps_items),
        cmocka_unit_test(test_too_much_aborts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
