/* Lines of a calendar: whatever somebody writes stays text in other programs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/plan.h"

static void expect(struct buf *out, const char *expected)
{
    buf_add_char(out, '\0');
    assert_string_equal(out->ptr, expected);
    buf_fini(out);
}

static void test_lines(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", "X:\r\n"},
        {"a;b,c\\d:e", "X:a\\;b\\,c\\\\d:e\r\n"},
        {"one\ntwo", "X:one\\ntwo\r\n"},
        {"one\r\nEND:VTODO", "X:one\\nEND:VTODO\r\n"},
        {"bell\x07 and \x1b[0m", "X:bell and [0m\r\n"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct buf out = {0};
        plan_ics_line(&out, "X", "", str_of(cases[i][0]));
        expect(&out, cases[i][1]);
    }
    struct buf out = {0};
    plan_ics_line(&out, "DUE", ";VALUE=DATE", STR("20261220"));
    expect(&out, "DUE;VALUE=DATE:20261220\r\n");
}

/* 75 bytes a line, the blank of a continued one included, and no character cut in two. */
static void test_folds(void **state)
{
    (void)state;
    for (size_t shift = 0; shift < 4; shift++) {
        struct buf text = {0}, out = {0}, again = {0};
        for (size_t i = 0; i < shift; i++)
            buf_add_char(&text, 'a');
        for (int i = 0; i < 100; i++)
            buf_add(&text, i % 7 == 0 ? STR("b") : i % 7 == 1 ? STR("😀") : STR("訓"));
        plan_ics_line(&out, "SUMMARY", "", buf_str(&text));
        size_t line = 0, longest = 0;
        for (size_t i = 0; i + 1 < out.len; i++) {
            if (out.ptr[i] != '\r') {
                line++;
                continue;
            }
            longest = line > longest ? line : longest;
            line = 0;
            i++;
            if (i + 1 < out.len) {
                assert_int_equal(out.ptr[i + 1], ' ');
                assert_int_not_equal((unsigned char)out.ptr[i + 2] & 0xC0, 0x80);
            }
        }
        assert_in_range(longest, 72, 75);
        for (size_t i = 8; i < out.len; i++) {
            if (out.ptr[i] == '\r')
                i += 2;
            else
                buf_add_char(&again, out.ptr[i]);
        }
        assert_int_equal(again.len, text.len);
        assert_memory_equal(again.ptr, text.ptr, text.len);
        buf_fini(&text);
        buf_fini(&out);
        buf_fini(&again);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_folds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
