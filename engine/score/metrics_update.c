/* Updates: promised ones, and how far apart reports came. docs/metrics.md, C13.
 *
 * Promises are looked at from the end: what comes next is then known already, without a list of
 * those that are still waiting. */
#include "score/metrics_parts.h"

static bool is_promise(const struct gather *gather, const struct sent *sent)
{
    return sent->message != NULL && sent->message->next_update_ms > 0 &&
           gather_is_from_seat(gather, sent);
}

static bool is_update(const struct sent *sent)
{
    return !gather_has_type(sent, MESSAGE_REQUEST) && !gather_has_type(sent, MESSAGE_ORDER) &&
           !gather_has_type(sent, MESSAGE_APPROVAL_REQUEST) &&
           !gather_has_type(sent, MESSAGE_APPROVAL);
}

static void take_promise(
    struct gather *gather, const struct sent *sent, const struct event *const *next, size_t *at)
{
    struct metrics *metrics = gather->metrics;
    int64_t due_ms = sent->event->observed_ms + sent->message->next_update_ms;
    int to[PARTY_LIMIT], count = 0;
    for (int p = PARTY_NONE; (p = party_set_next(&sent->to, p)) != PARTY_NONE;)
        to[count++] = p;
    while (count-- > 0) {
        const struct event *met = next[to[count]];
        bool kept = met != NULL && met->observed_ms <= due_ms;
        if (met != NULL || due_ms <= gather->tally.horizon_ms)
            tally_rate(&gather->tally, ROW_PROMISED, sent->from, kept);
        if (--*at < METRICS_PROMISES)
            metrics->promises[*at] = (struct metric_promise){sent->message->message,
                gather_party_id(gather, sent->from), gather_party_id(gather, to[count]), due_ms,
                met == NULL ? -1 : met->observed_ms, kept};
    }
}

static void take_promises(struct gather *gather)
{
    struct metrics *metrics = gather->metrics;
    size_t total = 0, parties = (size_t)gather->party_count;
    for (size_t i = 0; i < gather->sent_count; i++)
        if (is_promise(gather, &gather->sent[i]))
            total += (size_t)party_set_count(&gather->sent[i].to);
    metrics->promise_count = total < METRICS_PROMISES ? total : METRICS_PROMISES;
    metrics->promises_left_out = total - metrics->promise_count;
    metrics->promises =
        ARENA_ARRAY(gather->arena, metrics->promise_count + 1, struct metric_promise);
    const struct event **next =
        ARENA_ARRAY(gather->arena, (size_t)gather->seat_count * parties + 1, const struct event *);
    for (size_t i = gather->sent_count; i > 0; i--) {
        const struct sent *sent = &gather->sent[i - 1];
        if (!gather_is_from_seat(gather, sent))
            continue;
        const struct event **row = &next[(size_t)sent->from * parties];
        if (is_promise(gather, sent))
            take_promise(gather, sent, row, &total);
        for (int p = PARTY_NONE;
             is_update(sent) && (p = party_set_next(&sent->to, p)) != PARTY_NONE;)
            row[p] = sent->event;
    }
}

static void take_gaps(struct gather *gather)
{
    const struct event **last =
        ARENA_ARRAY(gather->arena, (size_t)gather->party_count + 1, const struct event *);
    for (size_t i = 0; i < gather->sent_count; i++) {
        const struct sent *sent = &gather->sent[i];
        if (!gather_is_from_seat(gather, sent) ||
            (!gather_has_type(sent, MESSAGE_SITREP) && !gather_has_type(sent, MESSAGE_STATEMENT)))
            continue;
        for (int p = PARTY_NONE; (p = party_set_next(&sent->to, p)) != PARTY_NONE;) {
            if (last[p] != NULL)
                tally_until(&gather->tally, ROW_GAP, p, last[p]->observed_ms, sent->event);
            last[p] = sent->event;
        }
    }
    for (int p = 0; p < gather->party_count; p++)
        if (last[p] != NULL)
            tally_until(&gather->tally, ROW_GAP, p, last[p]->observed_ms, NULL);
}

void metrics_update(struct gather *gather)
{
    take_promises(gather);
    take_gaps(gather);
}
