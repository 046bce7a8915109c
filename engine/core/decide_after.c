/* What people do with an exercise that is over: the hot wash, and opening the findings to all. */
#include "base/limits.h"
#include "core/decide_parts.h"

void decide_share_findings(const struct decide *decide)
{
    if (decide->state->findings_shared)
        decide_refuse(decide, REFUSAL_ALREADY, STR("findings"));
    else
        decide_add(decide, EVENT_FINDINGS_SHARED);
}

/* After ENDEX no clock of the exercise runs: the pages count from when they are told. */
void decide_hot_wash(const struct decide *decide)
{
    int64_t length_ms = decide->input->body.hot_wash.length_ms;
    if (length_ms < 0 || length_ms > LIMIT_HOT_WASH_MS)
        decide_refuse(decide, REFUSAL_BAD_TIME, STR("length"));
    else
        decide_add(decide, EVENT_HOT_WASH)->body.hot_wash.length_ms = length_ms;
}

static int count_of(const struct decide *decide, int about)
{
    const struct state *state = decide->state;
    int count = 0;
    for (size_t i = 0; i < state->reflection_count; i++)
        count += state->reflections[i].about == about &&
                 str_eq(state->reflections[i].actor, decide->actor);
    return count;
}

/* An honest hot wash needs three of a kind. The limit is there for the one that is not. */
void decide_reflect(const struct decide *decide)
{
    const struct event_reflected *body = &decide->input->body.reflect;
    if (!decide_id_is_free(decide, state_reflection_find(decide->state, decide->input->id)))
        return;
    if (body->text.len == 0) {
        decide_refuse(decide, REFUSAL_EMPTY, STR("text"));
    } else if (count_of(decide, body->about) >= LIMIT_REFLECTIONS) {
        decide_refuse(decide, REFUSAL_TOO_MANY, str_of(reflection_names[body->about]));
    } else {
        struct event *event = decide_add(decide, EVENT_REFLECTED);
        event->body.reflected = *body;
        event->body.reflected.reflection = decide->input->id;
    }
}

/* Everybody their own; for somebody else's the facilitator acts in that seat's place, and the
 * record says so. */
void decide_withdraw(const struct decide *decide)
{
    const struct state *state = decide->state;
    struct str id = decide->input->body.withdraw.reflection;
    int at = state_reflection_find(state, id);
    if (at < 0 || !str_eq(state->reflections[at].actor, decide->actor))
        decide_refuse(decide, REFUSAL_UNKNOWN, id);
    else
        decide_add(decide, EVENT_WITHDRAWN)->body.withdrawn.reflection = id;
}
