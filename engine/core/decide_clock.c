/* What the clock does when a timer is due. */
#include <assert.h>

#include "core/decide_parts.h"

struct event *decide_deliver(
    const struct decide *decide, const struct state_inject *inject, struct str re, enum why why)
{
    const struct state *state = decide->state;
    int asked = state_message_find(state, re);
    struct event *event = decide_add(decide, EVENT_DELIVERED);
    event->body.delivered = (struct event_delivered){.inject = inject->id,
        .re = re,
        .to = asked < 0 ? inject->to : (struct strs){&state->messages[asked].from, 1},
        .via = decide_inject_via(inject),
        .why = (int)why};
    return event;
}

/* An improvised inject is not in the state yet when it is read out. */
static struct strs facts_of(const struct decide *decide, struct str inject)
{
    int at = state_inject_find(decide->state, inject);
    return at >= 0 ? decide_inject_facts(&decide->state->injects[at])
                   : decide->input->body.improvise.facts;
}

static bool has_opened(const struct state *state, struct str inject, size_t seat)
{
    int at = state_inject_find(state, inject);
    return at >= 0 && state->injects[at].opened_by[seat];
}

void decide_read_out(const struct decide *decide, const struct event *delivered)
{
    const struct state *state = decide->state;
    struct str inject = delivered->body.delivered.inject;
    struct strs to = delivered->body.delivered.to, facts = facts_of(decide, inject);
    for (size_t i = 0; state->mode == MODE_DISCUSS && i < state->def->seat_count; i++) {
        struct str seat = state->def->seats[i].id;
        if (!state_audience_holds(state, to, seat) || has_opened(state, inject, i))
            continue;
        events_add(decide->out, EVENT_OPENED, seat)->body.opened.inject = inject;
        decide_teach(decide, seat, facts, SOURCE_INJECT, inject);
    }
}

static void inject_due(
    const struct state *state, const struct timer *timer, const struct decide *decide)
{
    const struct state_inject *inject = &state->injects[timer->what];
    bool comes_again = (inject->def != NULL && inject->def->repeats) || timer->re.len != 0;
    if (inject->delivered_ms >= 0 && !comes_again) {
        struct event *event = decide_add(decide, EVENT_SKIPPED);
        event->body.skipped.inject = inject->id;
        event->body.skipped.why = timer->why;
        return;
    }
    decide_read_out(decide, decide_deliver(decide, inject, timer->re, (enum why)timer->why));
}

static void question_due(
    const struct state *state, const struct timer *timer, const struct decide *decide)
{
    decide_add(decide, EVENT_EXPIRED)->body.expired.question =
        state->def->questions[timer->what].id;
}

/* A deputy is tried once for a message, however the stakeholders' deputies point at each other. */
static bool goes_on(
    const struct state *state, const struct def_stakeholder *absent, const struct timer *timer)
{
    int deputy = index_find(&state->def->stakeholder_index, absent->deputy);
    return absent->forwards && deputy != INDEX_NONE && !state->messages[timer->what].tried[deputy];
}

static void contact_due(
    const struct state *state, const struct timer *timer, const struct decide *decide)
{
    static const int reasons[ANSWER_COUNT] = {
        [ANSWER_NO_CHANNEL] = UNREACHED_NO_CHANNEL,
        [ANSWER_NO] = UNREACHED_NO_ANSWER,
        [ANSWER_STALE] = UNREACHED_STALE,
    };
    struct str message = state->messages[timer->what].body.message;
    const struct def_stakeholder *party = def_stakeholder(state->def, timer->party);
    if (timer->why == ANSWER_YES) {
        events_add(decide->out, EVENT_ARRIVED, timer->party)->body.arrived.message = message;
    } else if (goes_on(state, party, timer)) {
        struct event *event = events_add(decide->out, EVENT_FORWARDED, timer->party);
        event->body.forwarded = (struct event_forwarded){message, party->deputy};
    } else {
        struct event *event = decide_add(decide, EVENT_UNREACHED);
        event->body.unreached = (struct event_unreached){
            .message = message, .party = timer->party, .reason = reasons[timer->why]};
    }
}

static void read_due(
    const struct state *state, const struct timer *timer, const struct decide *decide)
{
    decide_read(decide, timer->party, &state->messages[timer->what]);
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
