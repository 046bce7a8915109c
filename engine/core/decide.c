/* decide: who may, may they now, and then the decider of that kind of input. */
#include "core/decide.h"

#include <assert.h>

#include "base/limits.h"
#include "core/decide_parts.h"

static decider *const deciders[INPUT_KIND_COUNT] = {
    [INPUT_ACK] = decide_ack,
    [INPUT_ACT] = decide_act,
    [INPUT_ANNUL] = decide_annul,
    [INPUT_ANSWER] = decide_answer,
    [INPUT_ASSIGN] = decide_assign,
    [INPUT_CAUSE] = decide_cause,
    [INPUT_CHECK_IN] = decide_check_in,
    [INPUT_CLAIM] = decide_claim,
    [INPUT_CREATE] = decide_create,
    [INPUT_DECIDE] = decide_choose,
    [INPUT_DECLARE] = decide_declare,
    [INPUT_DISPUTE] = decide_dispute,
    [INPUT_EDIT] = decide_edit,
    [INPUT_END] = decide_end,
    [INPUT_FAULT] = decide_fault,
    [INPUT_FIRE] = decide_fire,
    [INPUT_HANDOFF] = decide_handoff,
    [INPUT_HEARD] = decide_heard,
    [INPUT_HINT] = decide_hint,
    [INPUT_HOLD] = decide_hold,
    [INPUT_HOT_WASH] = decide_hot_wash,
    [INPUT_IMPROVISE] = decide_improvise,
    [INPUT_JUMP] = decide_jump,
    [INPUT_MESSAGE] = decide_message,
    [INPUT_NEXT] = decide_next,
    [INPUT_NOTE] = decide_note,
    [INPUT_OBSERVE] = decide_observe,
    [INPUT_OPEN] = decide_open,
    [INPUT_OUTAGE] = decide_outage,
    [INPUT_PACE] = decide_pace,
    [INPUT_PAUSE] = decide_pause,
    [INPUT_PHASE] = decide_phase,
    [INPUT_PRESENCE] = decide_presence,
    [INPUT_RATE] = decide_rate,
    [INPUT_READBACK] = decide_readback,
    [INPUT_RECEIVER_TEST] = decide_receiver_test,
    [INPUT_REFLECT] = decide_reflect,
    [INPUT_REPLY_AS] = decide_reply_as,
    [INPUT_RESUME] = decide_resume,
    [INPUT_REVEAL] = decide_reveal,
    [INPUT_RULING] = decide_ruling,
    [INPUT_SAID] = decide_said,
    [INPUT_SEAL] = decide_seal,
    [INPUT_SET] = decide_set,
    [INPUT_SHARE_FINDINGS] = decide_share_findings,
    [INPUT_SKIP] = decide_skip,
    [INPUT_START] = decide_start,
    [INPUT_STOP_REAL_INCIDENT] = decide_stop,
    [INPUT_WARM_UP] = decide_warm_up,
    [INPUT_WITHDRAW] = decide_withdraw,
};

void decide_refuse(const struct decide *decide, enum refusal reason, struct str what)
{
    const struct input_kind_row *row = &input_kinds[decide->input->kind];
    assert(((INPUT_REFUSALS | row->refusals) & 1u << reason) != 0);
    struct event *event = decide_add(decide, EVENT_REFUSED);
    event->body.refused.input_name = str_of(row->name);
    event->body.refused.reason = (int)reason;
    event->body.refused.what = what;
}

struct event *decide_add(const struct decide *decide, enum event_kind kind)
{
    return events_add(decide->out, kind, decide->actor);
}

static unsigned who_is(const struct state *state, struct str actor)
{
    static const struct {
        struct str name;
        unsigned who;
    } others[] = {
        {STR_INIT("facilitator"), WHO_FACILITATOR},
        {STR_INIT("evaluator"), WHO_EVALUATOR},
        {STR_INIT("story"), WHO_STORY},
        {STR_INIT("host"), WHO_HOST},
    };
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        if (str_eq(actor, others[i].name))
            return others[i].who;
    return def_seat(state->def, actor) != NULL ? WHO_SEAT : 0;
}

static bool is_staff(unsigned who)
{
    return (who & (WHO_FACILITATOR | WHO_EVALUATOR)) != 0;
}

/* A late entry by the staff may still tell what a seat did in play; but whatever is over cannot be
 * stopped any more, and the ratings that come after it must not be. */
static bool is_now(const struct decide *decide, const struct input_kind_row *row)
{
    unsigned now = 1u << decide->state->status;
    bool is_of_play = (row->who & WHO_SEAT) != 0 && (row->when & 1u << STATUS_RUNNING) != 0 &&
                      decide->input->kind != INPUT_STOP_REAL_INCIDENT;
    bool late_for_seat =
        is_of_play && decide->state->status == STATUS_ENDED && decide->input->observed_ms >= 0;
    return (row->when & now) != 0 || late_for_seat;
}

static bool check_times(const struct decide *decide, unsigned sender)
{
    const struct state *state = decide->state;
    const struct input *input = decide->input;
    bool may_be_late = is_staff(sender) || sender == WHO_HOST;
    if (input->observed_ms >= 0 && !may_be_late)
        return decide_refuse(decide, REFUSAL_NOT_ALLOWED, STR("observed_at")), false;
    if (input->observed_ms > state->now_ms)
        return decide_refuse(decide, REFUSAL_BAD_TIME, STR("observed_at")), false;
    if (input->story_at_ms >= 0 &&
        (!state->gap_open || input->story_at_ms < story_clock_at(&state->story, state->now_ms) ||
            input->story_at_ms > state->gap_until_story_ms))
        return decide_refuse(decide, REFUSAL_BAD_TIME, STR("story_at")), false;
    return true;
}

/* The last inputs that a table takes are those that bring it to its end. */
static bool is_full(const struct state *state, const struct input *input)
{
    bool ends = input->kind == INPUT_END || input->kind == INPUT_SEAL ||
                input->kind == INPUT_STOP_REAL_INCIDENT;
    return state->last_seq >= LIMIT_TABLE_EVENTS && !ends;
}

void decide_input(const struct state *state, const struct input *input, struct events *out)
{
    const struct input_kind_row *row = &input_kinds[input->kind];
    struct decide decide = {state, input, input->actor, out};
    size_t before = out->count;
    unsigned sender = who_is(state, input->actor), actor = sender;
    if (input->proxy_for.len != 0) {
        decide.actor = input->proxy_for;
        actor = who_is(state, input->proxy_for) & WHO_SEAT;
    }
    if (input->proxy_for.len != 0 && (!is_staff(sender) || actor == 0)) {
        decide.actor = input->actor;
        decide_refuse(&decide, REFUSAL_NOT_ALLOWED, STR("for"));
    } else if ((row->who & actor) == 0) {
        decide_refuse(&decide, REFUSAL_NOT_ALLOWED, str_of(row->name));
    } else if (!is_now(&decide, row)) {
        decide_refuse(&decide, REFUSAL_NOT_NOW, str_of(status_names[state->status]));
    } else if (is_full(state, input)) {
        decide_refuse(&decide, REFUSAL_TOO_MANY, STR("events"));
    } else if (check_times(&decide, sender) && decide_check_ids(&decide)) {
        deciders[input->kind](&decide);
    }
    assert(out->count > before);
}
