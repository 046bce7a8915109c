/* Who decided, ordered, approved and spoke, and with what right; and what only looked like it.
 * docs/metrics.md, C09 asking, C10 to-order, C19, C20, C26, C28, and §2 "Playing the tool". */
#include "score/metrics_parts.h"

/* What is carried along the trace. */
struct desk {
    struct gather *gather;
    int64_t *decided_ms;  /* by seat: a decision that waits for its order; -1: none */
    int64_t *asking;      /* by seat: own requests without an answer */
    bool *is_told_inside; /* by fact */
    bool any_told_inside;
    unsigned *carriers; /* by fact: kinds of injects that have it, as bits */
};

/* ---- decisions and deeds ---- */

static void take_decision(struct desk *desk, int seat, const struct event *event)
{
    struct gather *gather = desk->gather;
    const struct event_decided *decided = &event->body.decided;
    tally_rate(&gather->tally, ROW_ASKING, seat, desk->asking[seat] > 0);
    tally_rate(&gather->tally, ROW_REASON, seat, decided->reason.len != 0);
    tally_rate(&gather->tally, ROW_OWNER, seat, !decided->contested);
    tally_rate(&gather->tally, ROW_CONTESTED_DECISIONS, seat, decided->contested);
    desk->decided_ms[seat] = event->observed_ms;
}

/* A commander leads or does. */
static void take_leading(struct gather *gather, int seat, const struct event *event)
{
    bool is_message = event->kind == EVENT_MESSAGED;
    int type = is_message ? event->body.messaged.type : -1;
    bool leads = event->kind == EVENT_DECIDED || event->kind == EVENT_DECLARED ||
                 type == MESSAGE_ORDER || type == MESSAGE_SITREP || type == MESSAGE_APPROVAL;
    const struct def_seat *place = &gather->def->seats[seat];
    bool is_commander = str_is(place->id, "commander") || def_seat_holds(place, STR("commander"));
    if (is_commander && (leads || event->kind == EVENT_ACTED))
        tally_rate(&gather->tally, ROW_LEADING, seat, leads);
}

static void take_deed(struct desk *desk, const struct event *event)
{
    struct gather *gather = desk->gather;
    int seat = gather_party(gather, event->actor);
    if (!party_set_has(&gather->seats, seat))
        return;
    take_leading(gather, seat, event);
    if (event->kind == EVENT_DECIDED)
        take_decision(desk, seat, event);
    else if (event->kind == EVENT_ACTED)
        tally_rate(&gather->tally, ROW_CONTESTED_DEEDS, seat, event->body.acted.contested);
    else if (event->kind == EVENT_ACKED)
        tally_rate(&gather->tally, ROW_UNREAD_ACKS, seat, event->body.acked.unread);
}

/* ---- what was sent ---- */

/* Whether it is about what is harmless: docs/rules.md §2.2, inject_kind. */
static bool is_about_benign(const struct desk *desk, const struct sent *sent)
{
    const struct def_inject *inject = def_inject(desk->gather->def, sent->message->re);
    if (inject != NULL && inject->kind == INJECT_BENIGN)
        return true;
    for (size_t i = 0; i < sent->fact_count; i++)
        if (desk->carriers[sent->facts[i]] != 1u << INJECT_BENIGN)
            return false;
    return sent->fact_count != 0;
}

static bool was_told_inside(const struct desk *desk, const struct sent *sent)
{
    for (size_t i = 0; i < sent->fact_count; i++)
        if (desk->is_told_inside[sent->facts[i]])
            return true;
    return sent->fact_count == 0 && desk->any_told_inside;
}

static void take_statement(struct desk *desk, const struct sent *sent)
{
    struct gather *gather = desk->gather;
    if (party_set_next(&sent->to, gather->seat_count - 1) != PARTY_NONE)
        tally_rate(&gather->tally, ROW_VOICE, sent->from, sent->message->approved);
    if (party_set_meets(&sent->to, &gather->public))
        tally_rate(&gather->tally, ROW_INSIDE_FIRST, sent->from, was_told_inside(desk, sent));
}

static void take_order(struct desk *desk, const struct sent *sent)
{
    struct gather *gather = desk->gather;
    int64_t *decided_ms = &desk->decided_ms[sent->from];
    if (*decided_ms >= 0)
        tally_until(&gather->tally, ROW_TO_ORDER, sent->from, *decided_ms, sent->event);
    *decided_ms = -1;
    if (sent->message->action.len != 0)
        tally_rate(&gather->tally, ROW_CONTESTED_ORDERS, sent->from, sent->message->contested);
}

static void take_message(struct desk *desk, const struct sent *sent)
{
    struct gather *gather = desk->gather;
    switch ((enum message_type)sent->message->type) {
    case MESSAGE_ORDER:
        take_order(desk, sent);
        break;
    case MESSAGE_APPROVAL:
        tally_rate(&gather->tally, ROW_STAMPS, sent->from, sent->message->unread);
        tally_rate(&gather->tally, ROW_CONTESTED_APPROVALS, sent->from, sent->message->contested);
        break;
    case MESSAGE_REQUEST:
        desk->asking[sent->from]++;
        break;
    case MESSAGE_STATEMENT:
        take_statement(desk, sent);
        tally_rate(&gather->tally, ROW_FALSE_ALARMS, sent->from, is_about_benign(desk, sent));
        break;
    case MESSAGE_ESCALATION:
    case MESSAGE_NOTIFICATION:
        tally_rate(&gather->tally, ROW_FALSE_ALARMS, sent->from, is_about_benign(desk, sent));
        break;
    default:
        break;
    }
}

static void take_sent(struct desk *desk, const struct sent *sent)
{
    if (!gather_is_from_seat(desk->gather, sent))
        return;
    if (sent->message != NULL)
        take_message(desk, sent);
    if (!party_set_meets(&sent->to, &desk->gather->own))
        return;
    desk->any_told_inside = true;
    for (size_t i = 0; i < sent->fact_count; i++)
        desk->is_told_inside[sent->facts[i]] = true;
}

/* The event may be the answer to somebody's request. */
static void take_answer(struct desk *desk, const struct event *event)
{
    struct str re = event->kind == EVENT_MESSAGED    ? event->body.messaged.re
                    : event->kind == EVENT_DELIVERED ? event->body.delivered.re
                                                     : (struct str){0};
    const struct sent *request = gather_sent(desk->gather, re);
    if (request != NULL && request->answer == event && gather_has_type(request, MESSAGE_REQUEST) &&
        gather_is_from_seat(desk->gather, request))
        desk->asking[request->from]--;
}

static void take_carriers(struct desk *desk)
{
    const struct def *def = desk->gather->def;
    for (size_t i = 0; i < def->inject_count; i++)
        for (size_t f = 0; f < def->injects[i].facts.count; f++) {
            int fact = index_find(&def->fact_index, def->injects[i].facts.items[f]);
            if (fact != INDEX_NONE)
                desk->carriers[fact] |= 1u << def->injects[i].kind;
        }
}

void metrics_authority(struct gather *gather)
{
    size_t seats = gather->def->seat_count, facts = gather->def->fact_count;
    struct desk desk = {.gather = gather,
        .decided_ms = ARENA_ARRAY(gather->arena, seats + 1, int64_t),
        .asking = ARENA_ARRAY(gather->arena, seats + 1, int64_t),
        .is_told_inside = ARENA_ARRAY(gather->arena, facts + 1, bool),
        .carriers = ARENA_ARRAY(gather->arena, facts + 1, unsigned)};
    for (size_t i = 0; i < seats; i++)
        desk.decided_ms[i] = -1;
    take_carriers(&desk);
    size_t next = 0;
    for (size_t i = 0; i < gather->event_count; i++) {
        const struct event *event = gather->events[i];
        take_answer(&desk, event);
        take_deed(&desk, event);
        if (next < gather->sent_count && gather->sent[next].event == event)
            take_sent(&desk, &gather->sent[next++]);
    }
}
