/* Loops: what was asked for and whether it came back. docs/metrics.md, C01 to C05, C10, C24, C25.
 */
#include "score/metrics_parts.h"

/* ---- acknowledgements ---- */

/* What ENDEX cut short says nothing: neither kept nor broken. */
static void tally_bound(
    struct gather *gather, enum metric_row row, int who, int64_t bound_ms, const struct event *met)
{
    if (met != NULL || bound_ms <= gather->tally.horizon_ms)
        tally_rate(&gather->tally, row, who, met != NULL && met->observed_ms <= bound_ms);
}

static void take_awaited(struct gather *gather, const struct sent *sent)
{
    int64_t start_ms = sent->event->observed_ms;
    for (size_t i = 0; i < sent->awaited_count; i++) {
        const struct awaited *awaited = &sent->awaited[i];
        tally_until(&gather->tally, ROW_ACK_TIME, awaited->seat, start_ms, awaited->response);
        if (sent->message->ack_within_ms > 0)
            tally_bound(gather, ROW_ACK_RATE, awaited->seat,
                start_ms + sent->message->ack_within_ms, awaited->response);
    }
}

/* ---- orders ---- */

static const struct event *first_of(const struct event *a, const struct event *b)
{
    if (a == NULL || b == NULL)
        return a == NULL ? b : a;
    return trace_before(b, a) ? b : a;
}

static void take_order(struct gather *gather, const struct sent *sent)
{
    const struct event_messaged *order = sent->message;
    int64_t start_ms = sent->event->observed_ms;
    const struct event *any =
        first_of(first_of(sent->acked, sent->read_back), first_of(sent->replied, sent->done));
    if (party_set_meets(&sent->to, &gather->seats)) {
        bool is_closed = sent->read_back != NULL && sent->last_done != NULL &&
                         trace_before(sent->read_back, sent->last_done);
        tally_rate(&gather->tally, ROW_LOOP_ACKED, sent->from, any != NULL);
        tally_rate(&gather->tally, ROW_LOOP_READ_BACK, sent->from, sent->read_back != NULL);
        tally_rate(&gather->tally, ROW_LOOP_CLOSED, sent->from, is_closed);
    }
    tally_rate(&gather->tally, ROW_LOOP_DONE, sent->from, sent->done != NULL);
    tally_rate(&gather->tally, ROW_DIRECTED, sent->from, party_set_count(&sent->to) == 1);
    tally_rate(&gather->tally, ROW_BOXED, sent->from, order->ack_within_ms > 0);
    if (order->ack_within_ms > 0)
        tally_bound(gather, ROW_FOLLOWED, sent->from, start_ms + order->ack_within_ms, any);
    if (order->action.len != 0)
        tally_until(&gather->tally, ROW_TO_DONE, sent->from, start_ms, sent->done);
}

/* ---- requests ---- */

static void take_request(struct gather *gather, const struct sent *sent)
{
    bool is_inside = party_set_meets(&sent->to, &gather->seats);
    if (!is_inside && !gather_is_from_seat(gather, sent))
        return;
    tally_rate(
        &gather->tally, is_inside ? ROW_INSIDE : ROW_OUTSIDE, PARTY_NONE, sent->answer != NULL);
    tally_until(&gather->tally, is_inside ? ROW_INSIDE_TIME : ROW_OUTSIDE_TIME, PARTY_NONE,
        sent->event->observed_ms, sent->answer);
}

/* ---- handovers ---- */

static bool is_complete(struct gather *gather, const struct event *event, int giver, int taker)
{
    for (int f = 0; f < (int)gather->def->fact_count; f++) {
        if (gather_need(gather, f, taker) != NEED_MUST ||
            gather_learned(gather, giver, f, event) == NULL)
            continue;
        const struct event *learned = gather_learned(gather, taker, f, NULL);
        if (learned == NULL || learned->observed_ms > event->observed_ms)
            return false;
    }
    return true;
}

/* last_sent: by sender, by recipient, among the seats. */
static void take_handoff(
    struct gather *gather, const struct event *event, const struct event *const *last_sent)
{
    struct party_set takers = gather_named(gather, (struct strs){&event->body.handed_off.to, 1});
    int giver = gather_party(gather, event->actor);
    int taker = party_set_next(&takers, PARTY_NONE);
    if (giver == PARTY_NONE || giver >= gather->seat_count || taker == PARTY_NONE ||
        taker >= gather->seat_count)
        return;
    const struct event *back = last_sent[taker * gather->seat_count + giver];
    tally_rate(
        &gather->tally, ROW_HANDOFF_COMPLETE, giver, is_complete(gather, event, giver, taker));
    tally_rate(
        &gather->tally, ROW_HANDOFF_ACCEPTED, giver, back != NULL && trace_before(event, back));
    tally_rate(&gather->tally, ROW_HANDOFF_NOTED, giver, event->body.handed_off.text.len != 0);
}

static void take_handoffs(struct gather *gather)
{
    size_t seats = (size_t)gather->seat_count;
    const struct event **last_sent =
        ARENA_ARRAY(gather->arena, seats * seats + 1, const struct event *);
    for (size_t i = 0; i < gather->sent_count; i++) {
        const struct sent *sent = &gather->sent[i];
        for (int p = PARTY_NONE; gather_is_from_seat(gather, sent) &&
                                 (p = party_set_next(&sent->to, p)) != PARTY_NONE &&
                                 p < gather->seat_count;)
            last_sent[sent->from * gather->seat_count + p] = sent->event;
    }
    for (size_t i = 0; i < gather->event_count; i++)
        if (gather->events[i]->kind == EVENT_HANDED_OFF)
            take_handoff(gather, gather->events[i], last_sent);
}

void metrics_loop(struct gather *gather)
{
    for (size_t i = 0; i < gather->sent_count; i++) {
        const struct sent *sent = &gather->sent[i];
        take_awaited(gather, sent);
        if (gather_has_type(sent, MESSAGE_ORDER) && gather_is_from_seat(gather, sent))
            take_order(gather, sent);
        if (gather_has_type(sent, MESSAGE_REQUEST))
            take_request(gather, sent);
    }
    take_handoffs(gather);
}
