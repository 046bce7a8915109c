/* What the clock does when a timer is due. */
#include <assert.h>

#include "core/decide_parts.h"

static void inject_due(
    const struct state *state, const struct timer *timer, const struct decide *decide)
{
    const struct state_inject *inject = &state->injects[timer->what];
    if (inject->delivered_ms >= 0 && !(inject->def != NULL && inject->def->repeats)) {
        struct event *event = decide_add(decide, EVENT_SKIPPED);
        event->body.skipped.inject = inject->id;
        event->body.skipped.why = timer->why;
        return;
    }
    struct event *event = decide_add(decide, EVENT_DELIVERED);
    event->body.delivered = (struct event_delivered){.inject = inject->id,
        .to = inject->to,
        .via = decide_inject_via(inject),
        .why = timer->why};
}

static void question_due(
    const struct state *state, const struct timer *timer, const struct decide *decide)
{
    decide_add(decide, EVENT_EXPIRED)->body.expired.question =
        state->def->questions[timer->what].id;
}

static void contact_due(
    const struct state *state, const struct timer *timer, const struct decide *decide)
{
    static const int reasons[ANSWER_COUNT] = {
        [ANSWER_NO_CHANNEL] = UNREACHED_NO_CHANNEL,
        [ANSWER_NO] = UNREACHED_NO_ANSWER,
        [ANSWER_STALE] = UNREACHED_STALE,
    };
    const struct state_message *message = &state->messages[timer->what];
    int via = message->body.via == CHANNEL_NONE ? CHANNEL_PHONE : message->body.via;
    enum answer answer = def_stakeholder(state->def, timer->party)->reach[via].answer;
    if (answer == ANSWER_YES) {
        events_add(decide->out, EVENT_ARRIVED, timer->party)->body.arrived.message =
            message->body.message;
        return;
    }
    struct event *event = decide_add(decide, EVENT_UNREACHED);
    event->body.unreached = (struct event_unreached){
        .message = message->body.message, .party = timer->party, .reason = reasons[answer]};
}

static void read_due(
    const struct state *state, const struct timer *timer, const struct decide *decide)
{
    const struct state_message *message = &state->messages[timer->what];
    events_add(decide->out, EVENT_REACHED, timer->party)->body.reached.message =
        message->body.message;
    decide_teach(decide, timer->party, message->body.facts, SOURCE_MESSAGE, message->body.message);
}

void decide_timer(const struct state *state, const struct timer *timer, struct events *out)
{
    static void (*const firing[])(
        const struct state *state, const struct timer *timer, const struct decide *decide) = {
        [TIMER_INJECT] = inject_due,
        [TIMER_UNLESS] = inject_due,
        [TIMER_QUESTION] = question_due,
        [TIMER_CONTACT] = contact_due,
        [TIMER_READ] = read_due,
    };
    assert(timer->kind < TIMER_DONE);
    struct decide decide = {state, NULL, ACTOR_CLOCK, out};
    firing[timer->kind](state, timer, &decide);
}
