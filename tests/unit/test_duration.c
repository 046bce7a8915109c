/* Durations and calendar times. Epochs in the tables come from GNU date. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/duration.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void test_durations_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t ms; /* -1: refused */
    } cases[] = {
        {"0", 0},
        {"0s", 0},
        {"90s", 90000},
        {"12m30s", 750000},
        {"1h05m", 3900000},
        {"2d", 172800000},
        {"250ms", 250},
        {"1d2h3m4s5ms", 93784005},
        {"1m1ms", 60001},
        {"90m", 5400000},
        {"9223372036854775807ms", INT64_MAX},
        {"9223372036854775s807ms", INT64_MAX},
        {"9223372036854775s808ms", -1},
        {"9223372036854776s", -1},
        {"106751991168d", -1},
        {"99999999999999999999s", -1},
        {"", -1},
        {"1", -1},
        {"00", -1},
        {"s", -1},
        {"-1s", -1},
        {"+1s", -1},
        {"1s1m", -1},
        {"1s1s", -1},
        {"1ms1s", -1},
        {"1h5", -1},
        {"1h 5m", -1},
        {"1H", -1},
        {"1.5h", -1},
        {"1w", -1},
        {"1sec", -1},
        {"5分", -1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t ms = -1;
        assert_int_equal(duration_parse(str_of(cases[i].text), &ms), cases[i].ms >= 0);
        assert_true(ms == cases[i].ms);
    }
}

static void test_durations_are_written(void **state)
{
    (void)state;
    static const struct {
        int64_t ms;
        const char *text, *clock;
    } cases[] = {
        {0, "0s", "00:00"},
        {250, "250ms", "00:00"},
        {90000, "1m30s", "01:30"},
        {151999, "2m31s999ms", "02:31"},
        {3600000, "1h", "1:00:00"},
        {3751000, "1h2m31s", "1:02:31"},
        {360000000, "4d4h", "100:00:00"},
        {-500, "-500ms", "00:00"},
        {-1000, "-1s", "-00:01"},
        {-61000, "-1m1s", "-01:01"},
        {-3751000, "-1h2m31s", "-1:02:31"},
        {INT64_MAX, "106751991167d7h12m55s807ms", "2562047788015:12:55"},
        {INT64_MIN, "-106751991167d7h12m55s808ms", "-2562047788015:12:55"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str text = duration_format(&arena, cases[i].ms);
        int64_t back;
        assert_string_equal(text.ptr, cases[i].text);
        assert_string_equal(duration_clock(&arena, cases[i].ms).ptr, cases[i].clock);
        assert_int_equal(duration_parse(text, &back), cases[i].ms >= 0);
        assert_true(cases[i].ms < 0 || back == cases[i].ms);
    }
    arena_fini(&arena);
}

static void test_calendar_both_ways(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t epoch_ms;
        int offset_minutes;
    } cases[] = {
        {"1970-01-01T00:00:00+00:00", 0, 0},
        {"2026-11-20T22:10:00+09:00", INT64_C(1795180200000), 540},
        {"2026-11-20T13:10:00-03:30", INT64_C(1795192800000), -210},
        {"2000-02-29T23:59:59.999+00:00", INT64_C(951868799999), 0},
        {"2024-12-31T23:59:59+00:00", INT64_C(1735689599000), 0},
        {"1969-12-31T23:59:59.999+00:00", -1, 0},
        {"1900-03-01T00:00:00+00:00", INT64_C(-2203891200000), 0},
        {"0000-01-01T00:00:00+00:00", INT64_C(-62167219200000), 0},
        {"9999-12-31T23:59:59.999+00:00", INT64_C(253402300799999), 0},
        {"0000-01-01T00:00:00+23:59", INT64_C(-62167305540000), 1439},
        {"9999-12-31T23:59:59.999-23:59", INT64_C(253402387139999), -1439},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t epoch_ms;
        int offset_minutes;
        assert_true(calendar_parse(str_of(cases[i].text), &epoch_ms, &offset_minutes));
        assert_true(epoch_ms == cases[i].epoch_ms);
        assert_int_equal(offset_minutes, cases[i].offset_minutes);
        assert_string_equal(calendar_format(&arena, epoch_ms, offset_minutes).ptr, cases[i].text);
    }
    assert_string_equal(calendar_format(&arena, INT64_MIN, 0).ptr, "0000-01-01T00:00:00+00:00");
    assert_string_equal(
        calendar_format(&arena, INT64_MAX, 540).ptr, "9999-12-31T23:59:59.999+09:00");
    arena_fini(&arena);
}

static void test_other_spellings_of_calendar_times(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t epoch_ms;
    } cases[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"1970-01-01T00:00:00-00:00", 0},
        {"1970-01-01T00:00:00.5Z", 500},
        {"1970-01-01T00:00:00.05Z", 50},
        {"1970-01-01T00:00:00.005Z", 5},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t epoch_ms;
        int offset_minutes;
        assert_true(calendar_parse(str_of(cases[i].text), &epoch_ms, &offset_minutes));
        assert_true(epoch_ms == cases[i].epoch_ms && offset_minutes == 0);
    }
}

static void test_calendar_times_that_are_none(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        "2026-11-20",
        "2026-11-20T22:10:00",
        "2026-11-20 22:10:00Z",
        "2026-11-20T22:10Z",
        "2026-11-20T22:10:00z",
        "2026-11-20T22:10:00+0900",
        "2026-11-20T22:10:00+09:60",
        "2026-11-20T22:10:00+24:00",
        "2026-11-20T22:10:00Z ",
        "2026-11-20T22:10:60Z",
        "2026-11-20T22:60:00Z",
        "2026-11-20T24:00:00Z",
        "2026-11-20T22:10:00.Z",
        "2026-11-20T22:10:00.1234Z",
        "2026-11-20T22:10:00.0001Z",
        "2026-11-31T00:00:00Z",
        "2026-00-10T00:00:00Z",
        "2026-13-10T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "26-11-20T22:10:00Z",
        "-026-11-20T22:10:00Z",
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t epoch_ms = 42;
        int offset_minutes = 42;
        assert_false(calendar_parse(str_of(cases[i]), &epoch_ms, &offset_minutes));
        assert_true(epoch_ms == 42 && offset_minutes == 42);
    }
}

static void test_every_month_ends_where_it_should(void **state)
{
    (void)state;
    static const int lengths[2][12] = {{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31},
        {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}};
    struct arena arena = {0};
    for (int year = 2023; year <= 2024; year++) {
        for (int month = 1; month <= 12; month++) {
            int64_t epoch_ms;
            int offset_minutes, last = lengths[year - 2023][month - 1];
            struct str text = arena_format(&arena, "%d-%02d-%02dT00:00:00Z", year, month, last);
            assert_true(calendar_parse(text, &epoch_ms, &offset_minutes));
            text = arena_format(&arena, "%d-%02d-%02dT00:00:00Z", year, month, last + 1);
            assert_false(calendar_parse(text, &epoch_ms, &offset_minutes));
        }
    }
    arena_fini(&arena);
}

/* Every day of eight hundred years is read back, and is one day after the last. */
static void test_every_day(void **state)
{
    (void)state;
    const int64_t day_ms = INT64_C(86400000);
    const int64_t first_ms = INT64_C(-11676096000000); /* 1600-01-01 */
    struct arena arena = {0};
    for (int64_t day = 0; day < 2 * 146097; day++) {
        int64_t epoch_ms, expected_ms = first_ms + day * day_ms;
        int offset_minutes;
        struct str text = calendar_format(&arena, expected_ms, 0);
        assert_true(calendar_parse(text, &epoch_ms, &offset_minutes));
        assert_true(epoch_ms == expected_ms);
        arena_reset(&arena);
    }
    arena_fini(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_durations_are_read),
        cmocka_unit_test(test_durations_are_written),
        cmocka_unit_test(test_calendar_both_ways),
        cmocka_unit_test(test_other_spellings_of_calendar_times),
        cmocka_unit_test(test_calendar_times_that_are_none),
        cmocka_unit_test(test_every_month_ends_where_it_should),
        cmocka_unit_test(test_every_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
