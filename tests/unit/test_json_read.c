/* Reading canonical JSON: what is accepted, what is said of the rest, and that the walkers stay
 * inside bytes that nobody checked. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void test_canonical_text_is_accepted(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "null",
        "true",
        "0",
        "-1",
        "9223372036854775807",
        "-9223372036854775808",
        "\"\"",
        "\"半鐘 \\u0001\\n\\\"\\\\\"",
        "\"\\ud83d\\udd14\"",
        "[]",
        "{}",
        "[1,\"a\",[],{}]",
        "{\"\":0,\"a\":1,\"aa\":2,\"b\":{\"a\":[]}}",
        "[[[[[[[[[[[[[[[[0]]]]]]]]]]]]]]]]",
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct err err = {0};
        if (!json_check(str_of(cases[i]), &err))
            fail_msg("%s: %s", cases[i], err.message);
    }
}

static void test_everything_else_is_refused(void **state)
{
    (void)state;
    static const struct {
        struct str text;
        const char *message; /* behind "not canonical JSON" */
    } cases[] = {
        {STR_INIT(""), " at byte 1: expected a value"},
        {STR_INIT(" 1"), " at byte 1: expected a value"},
        {STR_INIT("1 "), " at byte 1: expected an integer of 64 bits, without leading zeros"},
        {STR_INIT("nul"), " at byte 1: expected a value"},
        {STR_INIT("1.5"), " at byte 1: expected an integer of 64 bits, without leading zeros"},
        {STR_INIT("01"), " at byte 1: expected an integer of 64 bits, without leading zeros"},
        {STR_INIT("-0"), " at byte 1: expected an integer of 64 bits, without leading zeros"},
        {STR_INIT("1e3"), " at byte 1: expected an integer of 64 bits, without leading zeros"},
        {STR_INIT("9223372036854775808"),
            " at byte 1: expected an integer of 64 bits, without leading zeros"},
        {STR_INIT("true,"), " at byte 5: expected nothing behind the value"},
        {STR_INIT("[]]"), " at byte 3: expected nothing behind the value"},
        {STR_INIT("\"a"), " at byte 3: expected the end of a string"},
        {STR_INIT("\"\n\""), " at byte 2: expected an escape instead of a control character"},
        {STR_INIT("\"\\x\""), " at byte 2: expected a known escape of a character other than NUL"},
        {STR_INIT("\"\\u0000\""),
            " at byte 2: expected a known escape of a character other than NUL"},
        {STR_INIT("\"\\ud83d\""),
            " at byte 2: expected a known escape of a character other than NUL"},
        {STR_INIT("\"\\udd14\""),
            " at byte 2: expected a known escape of a character other than NUL"},
        {STR_INIT("\"\\u12"), " at byte 2: expected a known escape of a character other than NUL"},
        {STR_INIT("\"\\"), " at byte 2: expected a known escape of a character other than NUL"},
        {STR_INIT("\"\xFF\""), ": the bytes are not UTF-8"},
        {STR_INIT("\"a\0b\""), ": the bytes are not UTF-8"},
        {STR_INIT("[1"), " at byte 3: expected \",\" or the end of the list"},
        {STR_INIT("[1,]"), " at byte 4: expected a value"},
        {STR_INIT("[,1]"), " at byte 2: expected a value"},
        {STR_INIT("[1 ,2]"), " at byte 2: expected an integer of 64 bits, without leading zeros"},
        {STR_INIT("{"), " at byte 2: expected a string"},
        {STR_INIT("{\"a\"}"), " at byte 5: expected \":\" behind a key"},
        {STR_INIT("{\"a\":}"), " at byte 6: expected a value"},
        {STR_INIT("{a:1}"), " at byte 2: expected a string"},
        {STR_INIT("{\"a\":1,}"), " at byte 8: expected a string"},
        {STR_INIT("{\"a\":1]"), " at byte 7: expected \",\" or the end of the list"},
        {STR_INIT("{\"b\":1,\"a\":2}"), " at byte 11: expected keys in ascending order, each once"},
        {STR_INIT("{\"a\":1,\"a\":2}"), " at byte 11: expected keys in ascending order, each once"},
        {STR_INIT("{\"\\u0061\":1}"), " at byte 10: expected a key without escapes"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct err err = {0};
        static const char prefix[] = "not canonical JSON";
        assert_false(json_check(cases[i].text, &err));
        assert_memory_equal(err.message, prefix, sizeof(prefix) - 1);
        assert_string_equal(err.message + sizeof(prefix) - 1, cases[i].message);
        assert_int_equal(err.kind, ERR_IO);
        assert_false(json_check(cases[i].text, NULL));
    }
}

static void test_depth_is_a_limit(void **state)
{
    (void)state;
    struct err err = {0};
    assert_false(json_check(STR("[[[[[[[[[[[[[[[[[0]]]]]]]]]]]]]]]]]"), &err));
    assert_int_equal(err.kind, ERR_LIMIT);
    assert_string_equal(
        err.message, "JSON nested deeper than 16 at byte 17; nothing in a record is");
}

static void test_walking(void **state)
{
    (void)state;
    struct str text = STR("{\"a\":[1,\"]}\\\"\",{\"b\":[]}],\"bb\":{},\"c\":\"x,\",\"d\":-5}");
    size_t position = 0;
    struct str key, value;
    static const char *const keys[] = {"a", "bb", "c", "d"};
    static const char *const values[] = {"[1,\"]}\\\"\",{\"b\":[]}]", "{}", "\"x,\"", "-5"};
    for (size_t i = 0; i < 4; i++) {
        assert_true(json_next(text, &position, &key, &value));
        assert_true(str_is(key, keys[i]));
        assert_true(str_is(value, values[i]));
        assert_true(str_is(json_get(text, key), values[i]));
    }
    assert_false(json_next(text, &position, &key, &value));
    assert_false(json_next(text, &position, &key, &value));
    assert_int_equal(json_count(text), 4);
    assert_int_equal(json_count(json_get(text, STR("a"))), 3);
    assert_int_equal(json_count(json_get(text, STR("bb"))), 0);
    assert_int_equal(json_count(STR("5")), 0);
    static const char *const absent[] = {"", "0", "b", "bbb", "e"};
    for (size_t i = 0; i < COUNT(absent); i++)
        assert_int_equal(json_get(text, str_of(absent[i])).len, 0);
    assert_int_equal(json_get(STR("[1]"), STR("")).len, 0);
    assert_int_equal(json_get(STR("\"a\""), STR("a")).len, 0);
}

static void test_types(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum json_type type;
    } cases[] = {{"", JSON_NONE}, {"null", JSON_NULL}, {"true", JSON_BOOL}, {"false", JSON_BOOL},
        {"7", JSON_INT}, {"-7", JSON_INT}, {"\"\"", JSON_STR}, {"[]", JSON_ARRAY},
        {"{}", JSON_OBJECT}, {"truth", JSON_NONE}, {"x", JSON_NONE}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct arena arena = {0};
        struct str value = str_of(cases[i].text), text;
        int64_t number = 42;
        bool flag;
        assert_int_equal(json_type(value), cases[i].type);
        assert_int_equal(json_to_int(value, &number), cases[i].type == JSON_INT);
        assert_int_equal(json_to_bool(value, &flag), cases[i].type == JSON_BOOL);
        assert_int_equal(json_to_str(value, &arena, &text), cases[i].type == JSON_STR);
        arena_fini(&arena);
    }
}

static void test_strings(void **state)
{
    (void)state;
    static const struct {
        const char *json, *text; /* NULL: not a string */
    } cases[] = {
        {"\"plain 半鐘\"", "plain 半鐘"},
        {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t"},
        {"\"\\u0041\\u00e9\\u534A\\ud83d\\udd14.\"", "Aé半🔔."},
        {"\"", NULL},
        {"\"a", NULL},
        {"\"a\"b\"", NULL},
        {"\"a\\\"", NULL},
        {"\"\\q\"", NULL},
        {"\"\\u00g0\"", NULL},
        {"\"\\u0000\"", NULL},
        {"\"\\ud83d\\u0041\"", NULL},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str text = STR("untouched");
        bool is_string = json_to_str(str_of(cases[i].json), &arena, &text);
        assert_int_equal(is_string, cases[i].text != NULL);
        assert_true(str_is(text, is_string ? cases[i].text : "untouched"));
    }
    struct str plain = STR("\"borrowed\""), text;
    assert_true(json_to_str(plain, &arena, &text));
    assert_ptr_equal(text.ptr, plain.ptr + 1);
    arena_fini(&arena);
}

/* Reads everything that a walker finds, to a depth. */
static void walk(struct str text, int depth, struct arena *arena)
{
    size_t position = 0;
    struct str key = STR(""), value, unescaped;
    (void)json_to_str(text, arena, &unescaped);
    while (depth > 0 && json_next(text, &position, &key, &value)) {
        (void)json_get(text, key);
        walk(value, depth - 1, arena);
    }
}

/* Every prefix of a line, and every line with one byte replaced, in memory of exactly its size, so
 * that AddressSanitizer sees one byte too many. */
static void test_broken_lines_are_safe(void **state)
{
    (void)state;
    static const char line[] =
        "{\"a\":[1,\"\\u534a\\n\",{\"b\":[]}],\"bb\":{},\"c\":\"x\",\"d\":-5}";
    static const char replacements[] = "\"\\{}[]:,0-nt\x01\xFF";
    const size_t len = sizeof(line) - 1;
    struct arena arena = {0};
    for (size_t at = 0; at < len; at++) {
        for (size_t r = 0; r < sizeof(replacements); r++) {
            /* The last replacement, the literal's NUL, stands for: cut here. */
            size_t kept = r == sizeof(replacements) - 1 ? at : len;
            char *exact = malloc(kept > 0 ? kept : 1);
            assert_non_null(exact);
            memcpy(exact, line, kept);
            if (kept == len)
                exact[at] = replacements[r];
            walk((struct str){exact, kept}, 5, &arena);
            (void)json_check((struct str){exact, kept}, NULL);
            free(exact);
        }
        arena_reset(&arena);
    }
    arena_fini(&arena);
}

static void test_several_members_in_one_walk(void **state)
{
    (void)state;
    static const char *const keys[] = {"a", "aa", "b", "z"};
    struct str values[4];
    json_get_all(STR("{\"a\":1,\"ab\":[\"z\"],\"b\":\"x\\\"y\",\"c\":{}}"), keys, 4, values);
    assert_true(str_is(values[0], "1"));
    assert_true(str_is(values[1], ""));
    assert_true(str_is(values[2], "\"x\\\"y\""));
    assert_true(str_is(values[3], ""));
    json_get_all(STR("[1]"), keys, 4, values);
    assert_true(str_is(values[0], ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_several_members_in_one_walk),
        cmocka_unit_test(test_canonical_text_is_accepted),
        cmocka_unit_test(test_everything_else_is_refused),
        cmocka_unit_test(test_depth_is_a_limit),
        cmocka_unit_test(test_walking),
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_broken_lines_are_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
