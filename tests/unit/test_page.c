/* Lines of 80 columns in two scripts. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "report/page.h"

static void test_width(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int columns;
    } cases[] = {{"", 0}, {"abc", 3}, {"指揮者", 6}, {"PoCが「電話」を", 15}, {"“a”…", 4},
        {"ｱｲｳ", 3}, {"（。）", 6}, {"e\xcc\x81", 1}, {"\xf0\xa0\xae\x9f", 2}, {"\xff\xe3", 2}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(page_width(str_of(cases[i].text)), cases[i].columns);
}

static void test_cells(void **state)
{
    (void)state;
    static const struct {
        const char *text, *cell;
    } cases[] = {{"abc", "abc  |"}, {"abcde", "abcde|"}, {"abcdef", "abcd…|"}, {"指揮", "指揮 |"},
        {"指揮者", "指揮…|"}, {"指揮者だ", "指揮…|"}, {"a指揮者", "a指… |"}, {"", "     |"}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct buf out = {0};
        page_cell(&out, str_of(cases[i].text), 5);
        buf_add(&out, STR("|"));
        buf_add_char(&out, '\0');
        assert_string_equal(out.ptr, cases[i].cell);
        buf_fini(&out);
    }
}

#define TEN "0123456789"
#define SEVENTY TEN TEN TEN TEN TEN TEN TEN
#define WIDE_TEN "一二三四五六七八九十"

static void test_paragraphs(void **state)
{
    (void)state;
    static const struct {
        const char *first, *text, *page;
    } cases[] = {
        {"- ", "a  b\n c ", "- a b c\n"},
        {"- ", SEVENTY " 1234567", "- " SEVENTY " 1234567\n"},
        {"- ", SEVENTY " 12345678", "- " SEVENTY "\n  12345678\n"},
        {"・", WIDE_TEN WIDE_TEN WIDE_TEN "一二三四五六七八九",
            "・" WIDE_TEN WIDE_TEN WIDE_TEN "一二三四五六七八九\n"},
        {"・", WIDE_TEN WIDE_TEN WIDE_TEN WIDE_TEN,
            "・" WIDE_TEN WIDE_TEN WIDE_TEN "一二三四五六七八九\n  十\n"},
        /* No line begins with a closing mark or ends with an opening one. */
        {"", WIDE_TEN WIDE_TEN WIDE_TEN WIDE_TEN "。",
            WIDE_TEN WIDE_TEN WIDE_TEN "一二三四五六七八九\n十。\n"},
        {"", WIDE_TEN WIDE_TEN WIDE_TEN "一二三四五六七八九「十」",
            WIDE_TEN WIDE_TEN WIDE_TEN "一二三四五六七八九\n「十」\n"},
        /* A word stays whole between wide letters; too long a word stands out. */
        {"", WIDE_TEN WIDE_TEN WIDE_TEN "一二三四五六七八CISOへ",
            WIDE_TEN WIDE_TEN WIDE_TEN "一二三四五六七八CISO\nへ\n"},
        {"", WIDE_TEN WIDE_TEN WIDE_TEN "一二三四五六七八九CISO",
            WIDE_TEN WIDE_TEN WIDE_TEN "一二三四五六七八九\nCISO\n"},
        {"", SEVENTY TEN TEN, SEVENTY TEN TEN "\n"},
        {"> ", "", "> \n"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct buf out = {0};
        page_paragraph(&out, str_of(cases[i].first), str_of(cases[i].text));
        buf_add_char(&out, '\0');
        assert_string_equal(out.ptr, cases[i].page);
        buf_fini(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_width),
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_paragraphs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
