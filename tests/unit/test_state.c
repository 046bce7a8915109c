/* The calendar's past, and timers that wait for one thing on two clocks. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "unit/table.h"

enum { MINUTE = 60000 };

static void a_late_entry_has_the_calendar_of_its_moment(void **unused)
{
    (void)unused;
    struct table_play play;
    table_init(&play, NULL, 0);
    table_lines(&play,
        TABLE_CREATE TABLE_START "3m facilitator pace pace=10\n"
                                 "10m facilitator jump by=8h\n"
                                 "12m facilitator note for=poc observed_at=7m text=x\n");
    const struct event *late = &play.events.items[play.events.count - 1];
    const struct state *now = table_now(&play);
    int64_t start_ms = now->def->story_start_ms;
    assert_int_equal(late->kind, EVENT_NOTED);
    assert_int_equal(late->story_ms, start_ms + 3 * MINUTE + 4 * 10 * MINUTE);
    assert_int_equal(story_clock_at(&now->story, 2 * MINUTE), start_ms + 2 * MINUTE);
    int64_t jumped_ms = start_ms + 3 * MINUTE + 7 * 10 * MINUTE + 480 * MINUTE;
    assert_int_equal(story_clock_at(&now->story, 12 * MINUTE), jumped_ms + 2 * 10 * MINUTE);
    assert_int_equal(
        story_clock_exercise_at(&now->story, jumped_ms + 20 * MINUTE + 1), 12 * MINUTE + 1);
    table_fini(&play);
}

/* The one by the calendar comes first once the calendar runs fast; the other is still due. */
static void the_timer_that_fired_is_struck_off(void **unused)
{
    (void)unused;
    struct table_play play;
    table_init(&play, NULL, 0);
    table_lines(&play, TABLE_CREATE TABLE_START "1m facilitator fire inject=night after=20m\n"
                                                "1m facilitator pace pace=60\n"
                                                "29m facilitator note text=x\n");
    const struct event *by_calendar = NULL, *by_hand = NULL;
    for (size_t i = 0; i < play.events.count; i++) {
        if (play.events.items[i].kind == EVENT_DELIVERED)
            by_calendar = &play.events.items[i];
        if (play.events.items[i].kind == EVENT_SKIPPED)
            by_hand = &play.events.items[i];
    }
    assert_non_null(by_calendar);
    assert_non_null(by_hand);
    assert_int_equal(by_calendar->body.delivered.why, WHY_CLOCK);
    assert_true(by_calendar->at_ms < 5 * MINUTE);
    assert_int_equal(by_hand->body.skipped.why, WHY_HAND);
    assert_int_equal(by_hand->at_ms, 21 * MINUTE);
    table_fini(&play);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_late_entry_has_the_calendar_of_its_moment),
        cmocka_unit_test(the_timer_that_fired_is_struck_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
