/* Events that no engine made: each is refused before apply sees it, and what an engine makes
 * passes. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/limits.h"
#include "core/apply.h"
#include "core/event_check.h"
#include "unit/table.h"

/* A short play in which most kinds of names occur. */
static const char play_lines[] =
    TABLE_CREATE TABLE_START "1m facilitator fire inject=call\n"
                             "1m poc open inject=call\n"
                             "2m poc message id=m1 type=info to=lead\n"
                             "3m facilitator pace pace=2\n"
                             "4m facilitator improvise id=i1 from=x to=poc title=t\n";

static void what_the_engine_makes_passes(void **unused)
{
    (void)unused;
    struct table_play play;
    table_init(&play, NULL, 0);
    table_lines(&play, play_lines);
    struct state *state = state_new(table_now(&play)->def);
    for (size_t i = 0; i < play.events.count; i++) {
        struct err err = {0};
        if (!event_check(state, &play.events.items[i], &err))
            fail_msg("%s", err.message);
        apply_event(state, &play.events.items[i]);
    }
    state_free(state);
    table_fini(&play);
}

static void spoil_seq(struct event *event)
{
    event->seq++;
}

static void spoil_time(struct event *event)
{
    event->at_ms = event->observed_ms = 1;
}

static void spoil_end_of_time(struct event *event)
{
    event->at_ms = event->observed_ms = INT64_MAX;
}

static void spoil_opener(struct event *event)
{
    event->kind = EVENT_OPENED;
    event->body = (union event_body){.opened = {.inject = STR("call")}};
    event->actor = STR("desk");
}

static void spoil_learner(struct event *event)
{
    event->kind = EVENT_LEARNED;
    event->body = (union event_body){.learned = {.fact = STR("nothing-like-it")}};
    event->actor = STR("poc");
}

static void spoil_nobody_learns(struct event *event)
{
    spoil_learner(event);
    event->actor = STR("clock");
}

static void spoil_claim(struct event *event)
{
    event->kind = EVENT_CLAIMED;
    event->body = (union event_body){0};
}

static void spoil_pace(struct event *event)
{
    event->kind = EVENT_PACE_CHANGED;
    event->body = (union event_body){.pace_changed = {.pace = INT64_MAX}};
}

static void spoil_jump(struct event *event)
{
    event->kind = EVENT_JUMPED;
    event->body = (union event_body){.jumped = {.story_ms = INT64_MAX}};
}

static void spoil_message(struct event *event)
{
    event->kind = EVENT_MESSAGED;
    event->body = (union event_body){.messaged = {.message = STR("m1")}};
    event->actor = STR("poc");
}

static void spoil_choice(struct event *event)
{
    event->kind = EVENT_DECIDED;
    event->body =
        (union event_body){.decided = {.option = STR("neither"), .question = STR("stop")}};
    event->actor = STR("poc");
}

static void what_nobody_makes_is_refused(void **unused)
{
    static const struct {
        void (*spoil)(struct event *event);
        const char *says;
    } cases[] = {
        {spoil_seq, "does not go on"},
        {spoil_time, "does not go on"},
        {spoil_end_of_time, "does not go on"},
        {spoil_opener, "by somebody who cannot"},
        {spoil_nobody_learns, "by somebody who cannot"},
        {spoil_learner, "names something"},
        {spoil_claim, "names something"},
        {spoil_pace, "says something that cannot be"},
        {spoil_jump, "says something that cannot be"},
        {spoil_message, "says something that cannot be"},
        {spoil_choice, "says something that cannot be"},
    };
    (void)unused;
    struct table_play play;
    table_init(&play, NULL, 0);
    table_lines(&play, play_lines);
    struct state *state = state_new(table_now(&play)->def);
    for (size_t i = 0; i < play.events.count; i++)
        apply_event(state, &play.events.items[i]);
    for (size_t i = 0; i < TABLE_COUNT(cases); i++) {
        struct event event = play.events.items[play.events.count - 1];
        event.seq++;
        struct err err = {0};
        cases[i].spoil(&event);
        assert_false(event_check(state, &event, &err));
        if (strstr(err.message, cases[i].says) == NULL)
            fail_msg("\"%s\" does not say \"%s\"", err.message, cases[i].says);
    }
    state_free(state);
    table_fini(&play);
}

/* Bounds belong to what they bound. */
static void the_most_that_can_be(void **unused)
{
    static const struct {
        enum event_kind kind;
        int64_t value;
        bool passes;
    } cases[] = {
        {EVENT_PACE_CHANGED, 0, false},
        {EVENT_PACE_CHANGED, 1, true},
        {EVENT_PACE_CHANGED, LIMIT_PACE, true},
        {EVENT_PACE_CHANGED, LIMIT_PACE + 1, false},
        {EVENT_SCHEDULED, -1, false},
        {EVENT_SCHEDULED, 0, true},
        {EVENT_SCHEDULED, 2 * LIMIT_EXERCISE_MS, true},
        {EVENT_SCHEDULED, 2 * LIMIT_EXERCISE_MS + 1, false},
        {EVENT_JUMPED, -1, false},
        {EVENT_JUMPED, 0, true},
        {EVENT_JUMPED, LIMIT_JUMP_MS, true},
        {EVENT_JUMPED, LIMIT_JUMP_MS + 1, false},
        {EVENT_GAP_OPENED, LIMIT_JUMP_MS, true},
        {EVENT_GAP_OPENED, LIMIT_JUMP_MS + 1, false},
    };
    (void)unused;
    struct table_play play;
    table_init(&play, NULL, 0);
    table_lines(&play, TABLE_CREATE TABLE_START);
    const struct state *state = table_now(&play);
    int64_t now_ms = story_clock_at(&state->story, state->now_ms);
    for (size_t i = 0; i < TABLE_COUNT(cases); i++) {
        struct event event = play.events.items[play.events.count - 1];
        event.seq++;
        event.kind = cases[i].kind;
        event.body = (union event_body){0};
        if (event.kind == EVENT_PACE_CHANGED)
            event.body.pace_changed.pace = cases[i].value;
        else if (event.kind == EVENT_SCHEDULED)
            event.body.scheduled =
                (struct event_scheduled){.due_ms = cases[i].value, .inject = STR("call")};
        else if (event.kind == EVENT_JUMPED)
            event.body.jumped.story_ms = now_ms + cases[i].value;
        else
            event.body.gap_opened.until_story_ms = now_ms + cases[i].value;
        if (event_check(state, &event, NULL) != cases[i].passes)
            fail_msg("%s of %lld", event_kinds[event.kind].name, (long long)cases[i].value);
    }
    table_fini(&play);
}

static void the_dial_has_an_end(void **unused)
{
    (void)unused;
    struct table_play play;
    table_init(&play, NULL, 0);
    table_lines(&play, TABLE_CREATE);
    struct state *state = state_new(table_now(&play)->def);
    struct event created = play.events.items[0];
    for (int64_t dial = -1; dial <= DIFFICULTY_MAX + 1; dial++) {
        created.body.created.difficulty = dial;
        assert_int_equal(event_check(state, &created, NULL), dial >= 0 && dial <= DIFFICULTY_MAX);
    }
    state_free(state);
    table_fini(&play);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_engine_makes_passes),
        cmocka_unit_test(what_nobody_makes_is_refused),
        cmocka_unit_test(the_most_that_can_be),
        cmocka_unit_test(the_dial_has_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
