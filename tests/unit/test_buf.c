/* The growing buffer. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"

static void test_appending(void **state)
{
    (void)state;
    struct buf buf = {0};
    assert_true(str_is(buf_str(&buf), ""));
    buf_add(&buf, (struct str){NULL, 0});
    buf_add(&buf, STR("call"));
    buf_add_char(&buf, ' ');
    buf_format(&buf, "%s %03d", "the", 7);
    assert_true(str_is(buf_str(&buf), "call the 007"));
    size_t capacity = buf.capacity;
    buf_clear(&buf);
    assert_true(str_is(buf_str(&buf), ""));
    assert_int_equal(buf.capacity, capacity);
    buf_fini(&buf);
    assert_null(buf.ptr);
    buf_fini(NULL);
}

static void test_numbers(void **state)
{
    (void)state;
    static const int64_t numbers[] = {0, 7, 10, -1, -90, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        struct buf added = {0}, formatted = {0};
        buf_add_int(&added, numbers[i]);
        buf_format(&formatted, "%lld", (long long)numbers[i]);
        assert_true(str_eq(buf_str(&added), buf_str(&formatted)));
        buf_fini(&added);
        buf_fini(&formatted);
    }
}

/* Every way to append, at every fill, so that each crosses the end of the room once. */
static void test_growing_at_every_length(void **state)
{
    (void)state;
    for (size_t fill = 0; fill < 600; fill++) {
        struct buf buf = {0};
        for (size_t i = 0; i < fill; i++)
            buf_add_char(&buf, 'x');
        buf_format(&buf, "%s", "12345");
        buf_add(&buf, STR("67890"));
        assert_int_equal(buf.len, fill + 10);
        assert_memory_equal(buf.ptr + fill, "1234567890", 10);
        buf_fini(&buf);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_appending),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_growing_at_every_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
