/* Languages. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/words.h"

static void test_languages_by_name(void **state)
{
    (void)state;
    for (int i = 0; i < LANG_COUNT; i++) {
        enum lang lang = LANG_COUNT;
        assert_true(lang_from_str(str_of(lang_names[i]), &lang));
        assert_int_equal(lang, i);
    }
    enum lang lang = LANG_JA;
    assert_false(lang_from_str(STR("de"), &lang));
    assert_false(lang_from_str(STR(""), &lang));
    assert_false(lang_from_str(STR("EN"), &lang));
    assert_int_equal(lang, LANG_JA);
}

static void test_words_hold_each_language(void **state)
{
    (void)state;
    static const struct words alarm_bell = WORDS("alarm bell", "半鐘");
    assert_true(str_is(alarm_bell.in[LANG_EN], "alarm bell"));
    assert_true(str_is(alarm_bell.in[LANG_JA], "半鐘"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_languages_by_name),
        cmocka_unit_test(test_words_hold_each_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
