/* Writing canonical JSON, and what the writer refuses to write. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "unit/aborts.h"

static void test_every_kind_of_value(void **state)
{
    (void)state;
    struct buf buf = {0};
    struct json_write json;
    const struct str roles[] = {STR("poc"), STR("legal")};
    json_write_init(&json, &buf);
    json_write_object(&json);
    json_write_key(&json, STR("a"));
    json_write_array(&json);
    json_write_null(&json);
    json_write_bool(&json, false);
    json_write_object(&json);
    json_write_end(&json);
    json_write_array(&json);
    json_write_end(&json);
    json_write_raw(&json, STR("{\"x\":1}"));
    json_write_end(&json);
    json_write_key_bool(&json, "b", true);
    json_write_key_int(&json, "c", INT64_MIN);
    json_write_key_str(&json, "d", STR("半鐘"));
    json_write_key_strs(&json, "e", (struct strs){roles, 2});
    json_write_key_strs(&json, "f", (struct strs){NULL, 0});
    json_write_end(&json);
    assert_true(str_is(buf_str(&buf),
        "{\"a\":[null,false,{},[],{\"x\":1}],\"b\":true,\"c\":-9223372036854775808,"
        "\"d\":\"半鐘\",\"e\":[\"poc\",\"legal\"],\"f\":[]}"));
    assert_true(json_check(buf_str(&buf), NULL));
    buf_fini(&buf);
}

static void test_escapes(void **state)
{
    (void)state;
    static const struct {
        const char *text, *json;
    } cases[] = {
        {"", "\"\""},
        {"\"\\/", "\"\\\"\\\\/\""},
        {"\b\t\n\f\r", "\"\\b\\t\\n\\f\\r\""},
        {"\x01\x1F\x7F", "\"\\u0001\\u001f\x7F\""},
        {"a\nb", "\"a\\nb\""},
        {"</script>", "\"</script>\""},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct buf buf = {0};
        struct json_write json;
        json_write_init(&json, &buf);
        json_write_str(&json, str_of(cases[i].text));
        assert_true(str_is(buf_str(&buf), cases[i].json));
        buf_fini(&buf);
    }
}

/* Each of these is one mistake of a programmer. */
static struct buf wrong_buf;
static struct json_write wrong;

static void write_keys(const char *first, const char *second)
{
    json_write_init(&wrong, &wrong_buf);
    json_write_object(&wrong);
    json_write_key_int(&wrong, first, 1);
    json_write_key_int(&wrong, second, 2);
    json_write_end(&wrong);
}

static void write_sorted_keys(void)
{
    write_keys("a", "b");
}

static void write_unsorted_keys(void)
{
    write_keys("b", "a");
}

static void write_a_key_twice(void)
{
    write_keys("a", "a");
}

static void write_a_key_that_needs_escapes(void)
{
    write_keys("a", "b\"");
}

static void write_text_that_is_not_utf8(void)
{
    json_write_init(&wrong, &wrong_buf);
    json_write_str(&wrong, STR("\xFF"));
}

static void write_a_value_without_a_key(void)
{
    json_write_init(&wrong, &wrong_buf);
    json_write_object(&wrong);
    json_write_null(&wrong);
}

static void write_a_key_in_an_array(void)
{
    json_write_init(&wrong, &wrong_buf);
    json_write_array(&wrong);
    json_write_key(&wrong, STR("a"));
}

static void write_a_key_without_a_value(void)
{
    json_write_init(&wrong, &wrong_buf);
    json_write_object(&wrong);
    json_write_key(&wrong, STR("a"));
    json_write_end(&wrong);
}

static void end_nothing(void)
{
    json_write_init(&wrong, &wrong_buf);
    json_write_end(&wrong);
}

static void write_levels(int level_count)
{
    json_write_init(&wrong, &wrong_buf);
    for (int i = 0; i < level_count; i++)
        json_write_array(&wrong);
}

static void write_as_deep_as_allowed(void)
{
    write_levels(JSON_WRITE_DEPTH);
}

static void write_too_deep(void)
{
    write_levels(JSON_WRITE_DEPTH + 1);
}

static void test_mistakes_abort(void **state)
{
    (void)state;
    static void (*const mistakes[])(void) = {write_unsorted_keys, write_a_key_twice,
        write_a_key_that_needs_escapes, write_text_that_is_not_utf8, write_a_value_without_a_key,
        write_a_key_in_an_array, write_a_key_without_a_value, end_nothing, write_too_deep};
    for (size_t i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++)
        assert_true(call_aborts(mistakes[i]));
    assert_false(call_aborts(write_sorted_keys));
    assert_false(call_aborts(write_as_deep_as_allowed));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_kind_of_value),
        cmocka_unit_test(test_escapes),
        cmocka_unit_test(test_mistakes_abort),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
