/* Messages: orders, drafts and approvals, and what stakeholders answer.
 *
 * Nothing is refused for want of authority. An order without it is taken down as contested, and
 * whoever reads it asks; an approval binds the very text of the draft, so that a text which was
 * changed afterwards is not an approved one. */
#include "base/limits.h"
#include "core/decide_parts.h"

bool decide_target(const struct decide *decide, struct str action, struct str target)
{
    const struct def_action *known = def_action(decide->state->def, action);
    bool fits = known == NULL || known->targets.count == 0 ? target.len == 0
                                                           : strs_contain(known->targets, target);
    if (!fits)
        decide_refuse(decide, REFUSAL_UNKNOWN, target);
    return fits;
}

bool decide_has_authority(
    const struct decide *decide, const struct def_action *action, struct str actor)
{
    return action == NULL || action->authority.count == 0 ||
           def_parties_hold(decide->state->def, action->authority, actor);
}

static bool sees_either(const struct decide *decide, struct str id)
{
    return state_sees_message(
               decide->state, state_message_find(decide->state, id), decide->actor) ||
           state_sees_inject(decide->state, state_inject_find(decide->state, id), decide->actor);
}

/* Only what the sender can see is in the way: a refusal must not tell what is still to come. */
static bool is_taken(const struct decide *decide, struct str id)
{
    const struct state *state = decide->state;
    return state_message_find(state, id) >= 0 ||
           state_sees_inject(state, state_inject_find(state, id), decide->actor);
}

static const struct state_message *draft_of(const struct decide *decide, struct str id)
{
    int at = state_message_find(decide->state, id);
    return at < 0 ? NULL : &decide->state->messages[at];
}

/* An approval holds the draft's text; what is made public from a draft without words of its own is
 * that text. */
static void bind_draft(const struct decide *decide, struct event_messaged *body)
{
    const struct state_message *draft = draft_of(decide, body->draft);
    if (draft == NULL)
        return;
    if (body->type == MESSAGE_APPROVAL) {
        int seat = index_find(&decide->state->def->seat_index, decide->actor);
        bool is_own = str_eq(draft->from, decide->actor);
        body->draft_text = draft->body.text;
        body->contested = is_own;
        body->unread = !is_own && seat != INDEX_NONE && !draft->opened_by[seat];
        return;
    }
    if (body->text.len == 0)
        body->text = draft->body.text;
    body->approved = draft->approved && body->text.len != 0 && str_eq(body->text, draft->body.text);
}

static void bind_order(const struct decide *decide, struct event_messaged *body)
{
    body->contested =
        body->type == MESSAGE_ORDER && body->action.len != 0 &&
        !decide_has_authority(decide, def_action(decide->state->def, body->action), decide->actor);
}

/* Room and names for one more message; else refuses. */
static bool can_send(const struct decide *decide, const struct event_messaged *body)
{
    const struct state *state = decide->state;
    const struct input *input = decide->input;
    bool lacks_draft = body->type == MESSAGE_APPROVAL && body->draft.len == 0;
    if (input->id.len == 0 || body->to.count == 0 || lacks_draft)
        decide_refuse(decide, REFUSAL_EMPTY,
            input->id.len == 0    ? STR("id")
            : body->to.count == 0 ? STR("to")
                                  : STR("draft"));
    else if (is_taken(decide, input->id))
        decide_refuse(decide, REFUSAL_ID_TAKEN, input->id);
    else if (state->message_count >= LIMIT_MESSAGES)
        decide_refuse(decide, REFUSAL_TOO_MANY, STR("messages"));
    else if (body->re.len != 0 && !sees_either(decide, body->re))
        decide_refuse(decide, REFUSAL_UNKNOWN, body->re);
    else
        return decide_target(decide, body->action, body->target);
    return false;
}

void decide_message(const struct decide *decide)
{
    const struct event_messaged *wish = &decide->input->body.message;
    if (!can_send(decide, wish))
        return;
    struct event_messaged body = *wish;
    body.message = decide->input->id;
    bind_order(decide, &body);
    bind_draft(decide, &body);
    decide_add(decide, EVENT_MESSAGED)->body.messaged = body;
    decide_own_up(decide, wish->facts);
}

/* Those who cannot do what is ordered leave it to others who have read it too. */
static void follow_order(
    const struct decide *decide, struct str party, const struct state_message *sent)
{
    const struct event_messaged *order = &sent->body;
    const struct def_action *action = def_action(decide->state->def, order->action);
    if (order->type != MESSAGE_ORDER || action == NULL)
        return;
    if (order->contested) {
        struct event *event = events_add(decide->out, EVENT_CHALLENGED, party);
        event->body.challenged.action = order->action;
        event->body.challenged.message = order->message;
    } else if (action->done_by.count == 0 || strs_contain(action->done_by, party)) {
        struct event *event = events_add(decide->out, EVENT_ACTED, party);
        event->body.acted.action = order->action;
        event->body.acted.target = order->target;
        event->body.acted.order = order->message;
    }
}

void decide_read(const struct decide *decide, struct str party, const struct state_message *sent)
{
    events_add(decide->out, EVENT_REACHED, party)->body.reached.message = sent->body.message;
    decide_teach(decide, party, sent->body.facts, SOURCE_MESSAGE, sent->body.message);
    follow_order(decide, party, sent);
}

/* Whoever answers has read what is answered, also as a deputy to whom it went on. */
static bool read_first(const struct decide *decide, const struct input_reply_as *body)
{
    const struct state_message *asked = draft_of(decide, body->re);
    if (asked == NULL)
        return true;
    int party = index_find(&decide->state->def->stakeholder_index, body->as);
    if (!strs_contain(asked->body.to, body->as) && !asked->tried[party]) {
        decide_refuse(decide, REFUSAL_IMPOSSIBLE, body->re);
        return false;
    }
    if (!asked->reached_by[party])
        decide_read(decide, body->as, asked);
    return true;
}

void decide_reply_as(const struct decide *decide)
{
    const struct state *state = decide->state;
    const struct input_reply_as *wish = &decide->input->body.reply_as;
    if (!decide_id_is_free(decide, state_message_find(state, decide->input->id)))
        return;
    if (wish->to.count == 0 || (wish->type == MESSAGE_APPROVAL && wish->re.len == 0)) {
        decide_refuse(decide, REFUSAL_EMPTY, wish->to.count == 0 ? STR("to") : STR("re"));
        return;
    }
    if (state->message_count >= LIMIT_MESSAGES) {
        decide_refuse(decide, REFUSAL_TOO_MANY, STR("messages"));
        return;
    }
    if (!decide_target(decide, wish->action, wish->target) || !read_first(decide, wish))
        return;
    struct decide as = *decide;
    as.actor = wish->as;
    struct event_messaged body = {.action = wish->action,
        .draft = wish->type == MESSAGE_APPROVAL ? wish->re : (struct str){0},
        .facts = wish->facts,
        .message = decide->input->id,
        .re = wish->re,
        .target = wish->target,
        .text = wish->text,
        .tlp = wish->tlp,
        .to = wish->to,
        .type = wish->type,
        .via = wish->via};
    bind_order(&as, &body);
    bind_draft(&as, &body);
    decide_add(&as, EVENT_MESSAGED)->body.messaged = body;
}
