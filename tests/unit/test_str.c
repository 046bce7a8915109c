/* Spans. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/str.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void test_compare(void **state)
{
    (void)state;
    static const struct {
        struct str a, b;
        int sign;
    } cases[] = {
        {STR_INIT(""), STR_INIT(""), 0},
        {{NULL, 0}, STR_INIT(""), 0},
        {{NULL, 0}, STR_INIT("a"), -1},
        {STR_INIT("a"), STR_INIT("b"), -1},
        {STR_INIT("ab"), STR_INIT("a"), 1},
        {STR_INIT("ab"), STR_INIT("b"), -1},
        {STR_INIT("\xE3"), STR_INIT("z"), 1}, /* bytes are unsigned */
        {STR_INIT("a\0b"), STR_INIT("a\0c"), -1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int order = str_cmp(cases[i].a, cases[i].b);
        int reverse = str_cmp(cases[i].b, cases[i].a);
        assert_int_equal((order > 0) - (order < 0), cases[i].sign);
        assert_int_equal((reverse > 0) - (reverse < 0), -cases[i].sign);
        assert_int_equal(str_eq(cases[i].a, cases[i].b), cases[i].sign == 0);
    }
    assert_true(str_is(str_of(NULL), ""));
    assert_true(str_is(str_of("poc"), "poc"));
    assert_false(str_is(STR("poc"), "po"));
}

static void test_cutting(void **state)
{
    (void)state;
    struct str before = STR("untouched"), after = STR("untouched");
    assert_false(str_cut(STR("legal"), ':', &before, &after));
    assert_false(str_cut(STR(""), ':', &before, &after));
    assert_true(str_is(before, "untouched") && str_is(after, "untouched"));
    assert_true(str_cut(STR("a:b:c"), ':', &before, &after));
    assert_true(str_is(before, "a") && str_is(after, "b:c"));
    assert_true(str_cut(STR(":"), ':', &before, &after));
    assert_true(str_is(before, "") && str_is(after, ""));
    assert_true(str_starts_with(STR("abc"), STR("ab")));
    assert_true(str_starts_with(STR("abc"), STR("")));
    assert_false(str_starts_with(STR("ab"), STR("abc")));
    assert_true(str_is(str_after(STR("abc"), 2), "c"));
    assert_true(str_is(str_after(STR("abc"), 3), ""));
    assert_true(str_is(str_trim(STR(" \t\r\n a b \v\f")), "a b"));
    assert_true(str_is(str_trim(STR(" \n ")), ""));
    assert_true(str_is(str_trim((struct str){NULL, 0}), ""));
}

static void test_ids(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is_id;
    } cases[] = {
        {"poc", true},
        {"9", true},
        {"ask-for_help-2", true},
        {"", false},
        {"-poc", false},
        {"_poc", false},
        {"Poc", false},
        {"poC", false},
        {"p.c", false},
        {"p c", false},
        {"消防", false},
        {"a234567890123456789012345678901234567890123456789012345678901234", true},
        {"a2345678901234567890123456789012345678901234567890123456789012345", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(str_is_id(str_of(cases[i].text)), cases[i].is_id);
}

static void test_utf8(void **state)
{
    (void)state;
    static const struct {
        struct str text;
        bool is_utf8;
    } cases[] = {
        {STR_INIT(""), true},
        {STR_INIT("plain\x7F"), true},
        {STR_INIT("\xC2\x80 \xDF\xBF \xE0\xA0\x80 \xEF\xBF\xBF"), true},
        {STR_INIT("\xF0\x90\x80\x80 \xF4\x8F\xBF\xBF"), true},
        {STR_INIT("\xED\x9F\xBF \xEE\x80\x80"), true},
        {STR_INIT("a\0b"), false},
        {STR_INIT("\x80"), false},
        {STR_INIT("\xC1\xBF"), false},         /* over-long */
        {STR_INIT("\xE0\x9F\xBF"), false},     /* over-long */
        {STR_INIT("\xF0\x8F\xBF\xBF"), false}, /* over-long */
        {STR_INIT("\xED\xA0\x80"), false},     /* a surrogate */
        {STR_INIT("\xF4\x90\x80\x80"), false}, /* above U+10FFFF */
        {STR_INIT("\xF5\x80\x80\x80"), false},
        {STR_INIT("\xE3\x81"), false}, /* ends early */
        {STR_INIT("\xE3\x81z"), false},
        {STR_INIT("\xFF"), false},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(str_is_utf8(cases[i].text), cases[i].is_utf8);
}

static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is_number;
        int64_t value;
    } cases[] = {
        {"0", true, 0},
        {"-0", true, 0},
        {"007", true, 7},
        {"9223372036854775807", true, INT64_MAX},
        {"-9223372036854775808", true, INT64_MIN},
        {"9223372036854775808", false, 0},
        {"-9223372036854775809", false, 0},
        {"99999999999999999999", false, 0},
        {"", false, 0},
        {"-", false, 0},
        {"--1", false, 0},
        {"+1", false, 0},
        {" 1", false, 0},
        {"1 ", false, 0},
        {"0x1", false, 0},
        {"1.0", false, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t value = 42;
        assert_int_equal(str_to_int64(str_of(cases[i].text), &value), cases[i].is_number);
        assert_int_equal(value, cases[i].is_number ? cases[i].value : 42);
    }
}

static void test_nearest(void **state)
{
    (void)state;
    static const struct str names[] = {STR_INIT("commander"), STR_INIT("handler"), STR_INIT("poc"),
        STR_INIT("legal"), STR_INIT("escalate"), STR_INIT("escalated")};
    const struct strs candidates = {names, COUNT(names)};
    static const struct {
        const char *text, *nearest;
    } cases[] = {
        {"comander", "commander"},
        {"handelr", "handler"},
        {"pco", "poc"},
        {"legel", "legal"},
        {"escalate", "escalate"}, /* itself, although another is close */
        {"escalatd", "escalate"}, /* the first of two that are equally close */
        {"cmndr", ""},            /* three of five missing is another word */
        {"po", ""},
        {"", ""},
        {"somebody-else", ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str nearest = str_nearest(str_of(cases[i].text), candidates);
        assert_string_equal(nearest.len > 0 ? nearest.ptr : "", cases[i].nearest);
    }
    char endless[200];
    memset(endless, 'x', sizeof(endless));
    const struct str long_name = {endless, sizeof(endless)};
    assert_int_equal(str_nearest(long_name, candidates).len, 0);
    assert_int_equal(str_nearest(STR("xxx"), (struct strs){&long_name, 1}).len, 0);
    assert_true(strs_contain(candidates, STR("poc")));
    assert_false(strs_contain(candidates, STR("po")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_compare),
        cmocka_unit_test(test_cutting),
        cmocka_unit_test(test_ids),
        cmocka_unit_test(test_utf8),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
