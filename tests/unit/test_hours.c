/* Working hours, by the calendar of the story's own time zone. */
#include "core/hours.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/duration.h"

enum { MON = 1, TUE = 2, FRI = 16, SAT = 32, SUN = 64, WEEKDAYS = 31 };

static const struct def_hours office[] = {{WEEKDAYS, 8 * 60 + 30, 17 * 60 + 15}};
static const struct def_hours night[] = {{FRI, 22 * 60, 6 * 60}};
static const struct def_hours split[] = {{MON, 9 * 60, 12 * 60}, {MON | TUE, 13 * 60, 17 * 60}};
static const struct def_hours whole_day[] = {{SUN, 0, 24 * 60}};

static int64_t moment(const char *text)
{
    int64_t epoch_ms;
    int offset_minutes;
    if (!calendar_parse(str_of(text), &epoch_ms, &offset_minutes))
        fail_msg("%s is no moment", text);
    return epoch_ms;
}

static void somebody_is_there_in_their_hours(void **state)
{
    (void)state;
    static const struct {
        const struct def_hours *hours;
        size_t count;
        const char *at;
        bool is_there;
        const char *next; /* when they are there again; NULL: they are there */
    } cases[] = {
        {NULL, 0, "2026-11-22T03:00:00+09:00", true, NULL},
        {office, 1, "2026-11-20T08:29:59+09:00", false, "2026-11-20T08:30:00+09:00"},
        {office, 1, "2026-11-20T08:30:00+09:00", true, NULL},
        {office, 1, "2026-11-20T17:14:59+09:00", true, NULL},
        {office, 1, "2026-11-20T17:15:00+09:00", false, "2026-11-23T08:30:00+09:00"},
        {office, 1, "2026-11-21T12:00:00+09:00", false, "2026-11-23T08:30:00+09:00"},
        {office, 1, "2026-11-22T23:59:59+09:00", false, "2026-11-23T08:30:00+09:00"},
        {night, 1, "2026-11-20T21:59:00+09:00", false, "2026-11-20T22:00:00+09:00"},
        {night, 1, "2026-11-20T22:00:00+09:00", true, NULL},
        {night, 1, "2026-11-21T05:59:00+09:00", true, NULL},
        {night, 1, "2026-11-21T06:00:00+09:00", false, "2026-11-27T22:00:00+09:00"},
        {split, 2, "2026-11-23T12:30:00+09:00", false, "2026-11-23T13:00:00+09:00"},
        {split, 2, "2026-11-24T10:00:00+09:00", false, "2026-11-24T13:00:00+09:00"},
        {split, 2, "2026-11-24T17:00:00+09:00", false, "2026-11-30T09:00:00+09:00"},
        {whole_day, 1, "2026-11-22T00:00:00+09:00", true, NULL},
        {whole_day, 1, "2026-11-22T23:59:00+09:00", true, NULL},
        {whole_day, 1, "2026-11-23T00:00:00+09:00", false, "2026-11-29T00:00:00+09:00"},
        /* Friday 23:30 UTC is Saturday morning where the story plays. */
        {office, 1, "2026-11-20T23:30:00+00:00", false, "2026-11-23T08:30:00+09:00"},
    };
    struct def def = {.story_offset_minutes = 9 * 60};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct def_stakeholder who = {.hours = cases[i].hours, .hour_count = cases[i].count};
        int64_t at_ms = moment(cases[i].at);
        if (hours_hold(&def, &who, at_ms) != cases[i].is_there)
            fail_msg("case %zu, %s", i, cases[i].at);
        if (cases[i].next != NULL)
            assert_int_equal(hours_next(&def, &who, at_ms), moment(cases[i].next));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(somebody_is_there_in_their_hours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
