/* Signs that terminals obey: which they are, and what is written in their place. */
#include "base/control.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

static void test_what_is_written_instead(void **state)
{
    (void)state;
    static const struct {
        struct str text;
        const char *shown;
    } cases[] = {
        {STR_INIT(""), ""},
        {STR_INIT("plain, 日本語 and 😀\twith\nlines"), "plain, 日本語 and 😀\twith\nlines"},
        {STR_INIT("\x1b[31mred"), "\\u001b[31mred"},
        {STR_INIT("a\x07\x7f\rb"), "a\\u0007\\u007f\\u000db"},
        {STR_INIT("\xC2\x9B"
                  "31m\xC2\xA0"),
            "\\u009b31m\xC2\xA0"},
        {STR_INIT("a\xE2\x80\xAE"
                  "b\xE2\x81\xA6\xE2\x80\x8F\xD8\x9C"),
            "a\\u202eb\\u2066\\u200f\\u061c"},
        {STR_INIT("cut \xE2\x80"), "cut \xE2\x80"},
        {STR_INIT("nul\0!"), "nul\\u0000!"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct buf out = {0};
        control_escape(cases[i].text, &out);
        buf_add_char(&out, '\0');
        assert_string_equal(out.ptr, cases[i].shown);
        buf_fini(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_what_is_written_instead)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
