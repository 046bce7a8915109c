/* What players do. Knowledge moves here: by opening, by message, by mouth, by handoff. */
#include "base/limits.h"
#include "core/decide_parts.h"

struct strs decide_inject_facts(const struct state_inject *inject)
{
    return inject->def != NULL ? inject->def->facts : inject->improvised.facts;
}

int decide_inject_via(const struct state_inject *inject)
{
    return inject->def != NULL ? (int)inject->def->via : inject->improvised.via;
}

static bool will_know(const struct decide *decide, struct str party, struct str fact)
{
    if (state_knows(decide->state, party, fact))
        return true;
    int person = state_person_of(decide->state, party);
    for (size_t i = decide->out->count; i > 0 && decide->out->items[i - 1].seq == 0; i--) {
        const struct event *event = &decide->out->items[i - 1];
        if (event->kind == EVENT_LEARNED && str_eq(event->body.learned.fact, fact) &&
            state_person_of(decide->state, event->actor) == person)
            return true;
    }
    return false;
}

/* The newest of the cards that a fact puts right and that the party has; empty: none. */
static struct str outdated(const struct decide *decide, struct str party, struct str fact)
{
    const struct def_fact *card = def_fact(decide->state->def, fact);
    for (size_t i = 0; i < decide->state->def->fact_count && card->replaces.len != 0; i++) {
        if (will_know(decide, party, card->replaces))
            return card->replaces;
        card = def_fact(decide->state->def, card->replaces);
    }
    return (struct str){0};
}

void decide_teach(const struct decide *decide, struct str party, struct strs facts,
    enum source source, struct str through)
{
    if (state_person_of(decide->state, party) < 0)
        return;
    for (size_t i = 0; i < facts.count; i++) {
        if (will_know(decide, party, facts.items[i]))
            continue;
        struct str replaces = outdated(decide, party, facts.items[i]);
        struct event *event = events_add(decide->out, EVENT_LEARNED, party);
        event->body.learned.fact = facts.items[i];
        event->body.learned.replaces = replaces;
        event->body.learned.source = (int)source;
        event->body.learned.through = through;
    }
}

void decide_teach_all(const struct decide *decide, struct strs parties, struct strs facts,
    enum source source, struct str through)
{
    const struct def *def = decide->state->def;
    for (size_t i = 0; i < def->seat_count; i++)
        if (!str_eq(def->seats[i].id, decide->actor) &&
            state_audience_holds(decide->state, parties, def->seats[i].id))
            decide_teach(decide, def->seats[i].id, facts, source, through);
    for (size_t i = 0; i < parties.count; i++)
        if (def_stakeholder(def, parties.items[i]) != NULL)
            decide_teach(decide, parties.items[i], facts, source, through);
}

/* Whoever passes on a fact knows it. Where the record does not say from where, it says so. */
void decide_own_up(const struct decide *decide, struct strs facts)
{
    decide_teach(decide, decide->actor, facts, SOURCE_UNRECORDED, (struct str){0});
}

bool decide_opened(const struct decide *decide, const bool *opened_by)
{
    return opened_by[index_find(&decide->state->def->seat_index, decide->actor)];
}

/* A sender sees the own message, but is not its receiver. */
bool decide_was_sent_to(const struct decide *decide, struct str message)
{
    const struct state *state = decide->state;
    return state_audience_holds(
        state, state->messages[state_message_find(state, message)].body.to, decide->actor);
}

/* Injects are opened by those they came to, messages by those they were sent to. */
void decide_open(const struct decide *decide)
{
    const struct state *state = decide->state;
    const struct event_opened *body = &decide->input->body.open;
    if ((body->inject.len == 0) == (body->message.len == 0)) {
        decide_refuse(decide, REFUSAL_EMPTY, STR("inject or message"));
        return;
    }
    if (body->inject.len != 0) {
        const struct state_inject *inject = &state->injects[state_inject_find(state, body->inject)];
        if (decide_opened(decide, inject->opened_by)) {
            decide_refuse(decide, REFUSAL_ALREADY, body->inject);
            return;
        }
        decide_add(decide, EVENT_OPENED)->body.opened = *body;
        decide_teach(
            decide, decide->actor, decide_inject_facts(inject), SOURCE_INJECT, body->inject);
        return;
    }
    const struct state_message *message =
        &state->messages[state_message_find(state, body->message)];
    if (!decide_was_sent_to(decide, body->message)) {
        decide_refuse(decide, REFUSAL_IMPOSSIBLE, body->message);
        return;
    }
    if (decide_opened(decide, message->opened_by)) {
        decide_refuse(decide, REFUSAL_ALREADY, body->message);
        return;
    }
    decide_add(decide, EVENT_OPENED)->body.opened = *body;
    decide_add(decide, EVENT_REACHED)->body.reached.message = body->message;
    decide_teach(decide, decide->actor, message->body.facts, SOURCE_MESSAGE, body->message);
}

void decide_ack(const struct decide *decide)
{
    const struct state *state = decide->state;
    const struct event_acked *body = &decide->input->body.ack;
    if ((body->inject.len == 0) == (body->message.len == 0)) {
        decide_refuse(decide, REFUSAL_EMPTY, STR("inject or message"));
        return;
    }
    if (body->message.len != 0 && !decide_was_sent_to(decide, body->message)) {
        decide_refuse(decide, REFUSAL_IMPOSSIBLE, body->message);
        return;
    }
    const bool *opened_by =
        body->inject.len != 0 ? state->injects[state_inject_find(state, body->inject)].opened_by
                              : state->messages[state_message_find(state, body->message)].opened_by;
    struct event *event = decide_add(decide, EVENT_ACKED);
    event->body.acked = *body;
    event->body.acked.unread = !decide_opened(decide, opened_by);
}

void decide_said(const struct decide *decide)
{
    const struct event_said *body = &decide->input->body.said;
    if (body->to.count == 0 || (body->facts.count == 0 && body->text.len == 0)) {
        decide_refuse(decide, REFUSAL_EMPTY, body->to.count == 0 ? STR("to") : STR("facts"));
        return;
    }
    decide_add(decide, EVENT_SAID)->body.said = *body;
    decide_own_up(decide, body->facts);
    decide_teach_all(decide, body->to, body->facts, SOURCE_SAID, decide->actor);
}

/* What somebody said who is not known to know it has no recorded source, and shows nobody its
 * words: else naming a fact would be enough to read it. */
void decide_heard(const struct decide *decide)
{
    const struct event_heard *body = &decide->input->body.heard;
    const struct def_seat *seat = def_seat_of(decide->state->def, body->from);
    struct str teller = seat != NULL ? seat->id : body->from;
    if (body->facts.count == 0 && body->text.len == 0) {
        decide_refuse(decide, REFUSAL_EMPTY, STR("facts"));
        return;
    }
    decide_add(decide, EVENT_HEARD)->body.heard = *body;
    for (size_t i = 0; i < body->facts.count; i++) {
        bool told = will_know(decide, teller, body->facts.items[i]);
        struct strs fact = {&body->facts.items[i], 1};
        decide_teach(decide, decide->actor, fact, told ? SOURCE_HEARD : SOURCE_UNRECORDED,
            told ? body->from : (struct str){0});
    }
}

/* Without authority the choice is heard and recorded as contested; the question stays open. */
void decide_choose(const struct decide *decide)
{
    const struct event_decided *body = &decide->input->body.decide;
    const struct def_question *question = def_question(decide->state->def, body->question);
    int at = (int)(question - decide->state->def->questions);
    const struct def_seat *seat = def_seat(decide->state->def, decide->actor);
    if (decide->state->questions[at].decided) {
        decide_refuse(decide, REFUSAL_ALREADY, body->question);
        return;
    }
    bool owns = question->owners.count == 0;
    for (size_t i = 0; i < question->owners.count; i++)
        owns = owns || def_seat_holds(seat, question->owners.items[i]);
    struct event *event = decide_add(decide, EVENT_DECIDED);
    event->body.decided = *body;
    event->body.decided.contested = !owns;
}

/* The last order of this deed that the seat was given with authority. */
static struct str order_of(const struct decide *decide, const struct event_acted *body)
{
    const struct state *state = decide->state;
    for (size_t i = state->message_count; i > 0; i--) {
        const struct event_messaged *order = &state->messages[i - 1].body;
        bool is_it = order->type == MESSAGE_ORDER && !order->contested &&
                     str_eq(order->action, body->action) &&
                     (order->target.len == 0 || str_eq(order->target, body->target));
        if (is_it && state_audience_holds(state, order->to, decide->actor))
            return order->message;
    }
    return (struct str){0};
}

void decide_act(const struct decide *decide)
{
    const struct def *def = decide->state->def;
    const struct event_acted *body = &decide->input->body.act;
    const struct def_action *action = def_action(def, body->action);
    if (!decide_target(decide, body->action, body->target))
        return;
    if (action->done_by.count != 0 && !def_parties_hold(def, action->done_by, decide->actor)) {
        decide_refuse(decide, REFUSAL_IMPOSSIBLE, body->action);
        return;
    }
    struct event *event = decide_add(decide, EVENT_ACTED);
    event->body.acted = *body;
    event->body.acted.order = order_of(decide, body);
    event->body.acted.contested =
        event->body.acted.order.len == 0 && !decide_has_authority(decide, action, decide->actor);
}

void decide_declare(const struct decide *decide)
{
    const struct event_declared *body = &decide->input->body.declare;
    if (body->of.len != 0 && !strs_contain(decide->state->def->matters, body->of))
        decide_refuse(decide, REFUSAL_UNKNOWN, body->of);
    else
        decide_add(decide, EVENT_DECLARED)->body.declared = *body;
}

void decide_note(const struct decide *decide)
{
    decide_add(decide, EVENT_NOTED)->body.noted = decide->input->body.note;
}

void decide_answer(const struct decide *decide)
{
    decide_add(decide, EVENT_ANSWERED)->body.answered = decide->input->body.answer;
}

void decide_readback(const struct decide *decide)
{
    const struct event_read_back *body = &decide->input->body.readback;
    if (!decide_was_sent_to(decide, body->message))
        decide_refuse(decide, REFUSAL_IMPOSSIBLE, body->message);
    else
        decide_add(decide, EVENT_READ_BACK)->body.read_back = *body;
}

/* Seats answer for what they were sent; the staff asks anybody. */
void decide_receiver_test(const struct decide *decide)
{
    const struct event_receiver_tested *body = &decide->input->body.receiver_test;
    bool is_seat = def_seat(decide->state->def, decide->actor) != NULL;
    if (is_seat && !decide_was_sent_to(decide, body->message))
        decide_refuse(decide, REFUSAL_IMPOSSIBLE, body->message);
    else
        decide_add(decide, EVENT_RECEIVER_TESTED)->body.receiver_tested = *body;
}

void decide_dispute(const struct decide *decide)
{
    decide_add(decide, EVENT_DISPUTED)->body.disputed = decide->input->body.dispute;
}

/* No facts named: everything that the giver knows. */
void decide_handoff(const struct decide *decide)
{
    const struct state *state = decide->state;
    const struct event_handed_off *body = &decide->input->body.handoff;
    const struct def_seat *taker = def_seat_of(state->def, body->to);
    if (taker == NULL || str_eq(taker->id, decide->actor)) {
        decide_refuse(decide, REFUSAL_IMPOSSIBLE, body->to);
        return;
    }
    decide_add(decide, EVENT_HANDED_OFF)->body.handed_off = *body;
    struct strs facts = body->facts;
    if (facts.count == 0) {
        struct str *known = ARENA_ARRAY(decide->out->arena, state->def->fact_count, struct str);
        for (size_t i = 0; i < state->def->fact_count; i++)
            if (state_knows(state, decide->actor, state->def->facts[i].id))
                known[facts.count++] = state->def->facts[i].id;
        facts.items = known;
    }
    decide_own_up(decide, facts);
    decide_teach(decide, taker->id, facts, SOURCE_HANDOFF, decide->actor);
}
