/* Error messages: their place, and what happens when they do not fit. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/err.h"

static void test_place_stands_in_front(void **state)
{
    (void)state;
    static const struct {
        struct place place;
        const char *message;
    } cases[] = {
        {{STR_INIT("a.yaml"), 3, 5}, "a.yaml:3:5: no such role \"x\""},
        {{STR_INIT("a.yaml"), 3, 0}, "a.yaml:3: no such role \"x\""},
        {{STR_INIT("a.yaml"), 0, 0}, "a.yaml: no such role \"x\""},
        {{{NULL, 0}, 0, 0}, "no such role \"x\""},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct err err = {0};
        assert_false(err_set_at(&err, cases[i].place, "no such role \"%s\"", "x"));
        assert_int_equal(err.kind, ERR_AUTHOR);
        assert_string_equal(err.message, cases[i].message);
        assert_false(err_set_at(NULL, cases[i].place, "nobody wants to know"));
    }
}

static void test_kind_and_text(void **state)
{
    (void)state;
    struct err err = {0};
    assert_false(err_set(&err, ERR_IO, "cannot open %s", "tocsin.db"));
    assert_int_equal(err.kind, ERR_IO);
    assert_string_equal(err.message, "cannot open tocsin.db");
    assert_false(err_set(&err, ERR_LIMIT, "while loading: %s", err.message));
    assert_string_equal(err.message, "while loading: cannot open tocsin.db");
    assert_false(err_set(NULL, ERR_IO, "nobody wants to know"));
}

/* A long Japanese message, at each of the three ways in which a character can be cut. */
static void test_long_messages_end_with_a_whole_character(void **state)
{
    (void)state;
    char kana[1000] = "";
    for (size_t i = 0; i + 3 < sizeof(kana); i += 3)
        memcpy(kana + i, "あ", 3);
    for (int shift = 0; shift < 3; shift++) {
        struct err err;
        err_set(&err, ERR_USAGE, "%.*s%s", shift, "ab", kana);
        size_t len = strlen(err.message);
        assert_true(len >= sizeof(err.message) - 3 && len < sizeof(err.message));
        assert_true(str_is_utf8((struct str){err.message, len}));
    }
}

/* A file name longer than the message leaves no room, and still nothing is written outside. */
static void test_long_places_fit(void **state)
{
    (void)state;
    char name[2000];
    for (size_t i = 0; i < sizeof(name); i++)
        name[i] = "あ"[i % 3];
    struct err err;
    err_set_at(&err, (struct place){{name, sizeof(name)}, 1, 1}, "wrong");
    assert_true(strlen(err.message) < sizeof(err.message));
    assert_non_null(strstr(err.message, "wrong"));
    assert_true(str_is_utf8(str_of(err.message)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_place_stands_in_front),
        cmocka_unit_test(test_kind_and_text),
        cmocka_unit_test(test_long_messages_end_with_a_whole_character),
        cmocka_unit_test(test_long_places_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
