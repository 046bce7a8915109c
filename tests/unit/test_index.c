/* Names to numbers. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/index.h"

static void test_names_are_found_again(void **state)
{
    (void)state;
    enum { NAMES = 3000 };
    struct arena arena = {0};
    struct index index = {0};
    assert_int_equal(index_find(&index, STR("poc")), INDEX_NONE);
    for (int i = 0; i < NAMES; i++) {
        assert_true(index_add(&index, &arena, arena_format(&arena, "inject-%d", i), i));
        /* A table without a free slot would search for ever. */
        assert_int_equal(index_find(&index, STR("absent")), INDEX_NONE);
    }
    for (int i = 0; i < NAMES; i++) {
        struct str name = arena_format(&arena, "inject-%d", i);
        assert_int_equal(index_find(&index, name), i);
        assert_false(index_add(&index, &arena, name, -7));
        assert_int_equal(index_find(&index, name), i);
    }
    assert_int_equal(index.used_count, NAMES);
    assert_int_equal(index_find(&index, STR("inject-")), INDEX_NONE);
    assert_int_equal(index_find(&index, STR("inject-3000")), INDEX_NONE);
    arena_fini(&arena);
}

static void test_the_empty_name_is_a_name(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct index index = {0};
    assert_true(index_add(&index, &arena, STR("a"), 1));
    assert_int_equal(index_find(&index, STR("")), INDEX_NONE);
    assert_true(index_add(&index, &arena, (struct str){NULL, 0}, 2));
    assert_int_equal(index_find(&index, STR("")), 2);
    arena_fini(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_are_found_again),
        cmocka_unit_test(test_the_empty_name_is_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
