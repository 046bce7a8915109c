/* Each kind of trigger becomes a timer sooner or later: `at` and `story_at` at STARTEX, `after`
 * when the inject it names comes, `when` when its pattern is seen. `unless` sets its timer when the
 * time begins to count and loses it when its pattern is seen in time. */
#include "core/trigger.h"

static void set_timer(struct state *state, enum timer_clock clock, enum timer_kind kind,
    const struct event *event, struct timer timer)
{
    timer.kind = kind;
    timer.cause = event->seq;
    timer_set(&state->timers, &state->arena, clock, timer);
}

static void begin_unless(struct state *state, int inject, const struct event *event)
{
    const struct def_trigger *trigger = &state->injects[inject].def->trigger;
    state->injects[inject].armed = true;
    set_timer(state, TIMER_EXERCISE, TIMER_UNLESS, event,
        (struct timer){
            .due_ms = event->at_ms + trigger->by_ms + 1, .what = inject, .why = WHY_UNLESS});
}

static void at_startex(struct state *state, int inject, const struct event *event)
{
    const struct def_trigger *trigger = &state->injects[inject].def->trigger;
    struct timer timer = {.due_ms = trigger->at_ms, .what = inject, .why = WHY_CLOCK};
    switch (trigger->kind) {
    case TRIGGER_AT:
        set_timer(state, TIMER_EXERCISE, TIMER_INJECT, event, timer);
        break;
    case TRIGGER_STORY_AT:
        timer.due_ms += state->def->story_start_ms;
        set_timer(state, TIMER_STORY, TIMER_INJECT, event, timer);
        break;
    case TRIGGER_WHEN:
        state->injects[inject].armed = true;
        break;
    case TRIGGER_UNLESS:
        if (trigger->inject.len == 0)
            begin_unless(state, inject, event);
        break;
    case TRIGGER_AFTER:
    case TRIGGER_NONE:
        break;
    }
}

static void at_first_delivery(struct state *state, int inject, const struct event *event)
{
    const struct def_trigger *trigger = &state->injects[inject].def->trigger;
    if (!str_eq(trigger->inject, event->body.delivered.inject))
        return;
    if (trigger->kind == TRIGGER_AFTER)
        set_timer(state, TIMER_EXERCISE, TIMER_INJECT, event,
            (struct timer){
                .due_ms = event->at_ms + trigger->by_ms, .what = inject, .why = WHY_AFTER});
    else if (trigger->kind == TRIGGER_UNLESS)
        begin_unless(state, inject, event);
}

static void when_seen(struct state *state, int inject, const struct event *event)
{
    struct state_inject *waiting = &state->injects[inject];
    const struct def_trigger *trigger = &waiting->def->trigger;
    if (!waiting->armed || !pattern_matches(&trigger->pattern, state->def, event))
        return;
    waiting->armed = false;
    if (trigger->kind == TRIGGER_UNLESS) {
        waiting->averted = true;
        timer_cancel(&state->timers, TIMER_UNLESS, inject, (struct str){0});
        return;
    }
    set_timer(state, TIMER_EXERCISE, TIMER_INJECT, event,
        (struct timer){.due_ms = event->at_ms + trigger->by_ms, .what = inject, .why = WHY_WHEN});
}

void trigger_watch(struct state *state, const struct event *event)
{
    if (state->status != STATUS_RUNNING && state->status != STATUS_PAUSED)
        return;
    bool first_delivery =
        event->kind == EVENT_DELIVERED &&
        state->injects[state_inject_find(state, event->body.delivered.inject)].delivered_count == 1;
    for (int i = 0; i < (int)state->def->inject_count; i++) {
        if (state->injects[i].skipped || state->injects[i].held ||
            state->injects[i].def->level > state->difficulty)
            continue;
        when_seen(state, i, event);
        if (event->kind == EVENT_STARTED)
            at_startex(state, i, event);
        else if (first_delivery)
            at_first_delivery(state, i, event);
    }
}

void trigger_disarm(struct state *state, int inject)
{
    state->injects[inject].armed = false;
    timer_cancel(&state->timers, TIMER_INJECT, inject, (struct str){0});
    timer_cancel(&state->timers, TIMER_UNLESS, inject, (struct str){0});
}
