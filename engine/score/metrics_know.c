/* Who knew what when, from whom, and by how many hands. docs/metrics.md, C11, C12, C23. */
#include "score/metrics_parts.h"

/* Hands, by fact, by party; valid where the fact is known. */
struct spread {
    struct gather *gather;
    int *hops;
    struct metric_told *told; /* by sender, by recipient */
};

static size_t at_cell(const struct gather *gather, int row, int column)
{
    return (size_t)row * (size_t)gather->party_count + (size_t)column;
}

/* Who passed it on; PARTY_NONE: nobody, or it is not recorded. */
static int giver_of(const struct gather *gather, const struct event *learned, int fact)
{
    const struct event_learned *body = &learned->body.learned;
    if (body->source == SOURCE_MESSAGE) {
        const struct sent *sent = gather_sent(gather, body->through);
        return sent == NULL ? PARTY_NONE : sent->from;
    }
    if (body->source != SOURCE_SAID && body->source != SOURCE_HEARD &&
        body->source != SOURCE_HANDOFF)
        return PARTY_NONE;
    /* What was heard names a role or the room: whoever of them knew. */
    struct party_set named = gather_named(gather, (struct strs){&body->through, 1});
    int receiver = gather_party(gather, learned->actor);
    party_set_remove(&named, receiver);
    for (int p = PARTY_NONE; (p = party_set_next(&named, p)) != PARTY_NONE;)
        if (gather_learned(gather, p, fact, learned) != NULL)
            return p;
    return party_set_count(&named) == 1 ? party_set_next(&named, PARTY_NONE) : PARTY_NONE;
}

static bool is_passed_on(const struct event *learned)
{
    int source = learned->body.learned.source;
    return source == SOURCE_MESSAGE || source == SOURCE_SAID || source == SOURCE_HEARD ||
           source == SOURCE_HANDOFF;
}

static void take_learned(struct spread *spread, const struct event *event)
{
    struct gather *gather = spread->gather;
    int fact = index_find(&gather->def->fact_index, event->body.learned.fact);
    int party = gather_party(gather, event->actor);
    if (fact == INDEX_NONE || party == PARTY_NONE ||
        gather_learned(gather, party, fact, NULL) != event)
        return;
    int giver = giver_of(gather, event, fact);
    /* Whoever has not learned it yet is at no distance. */
    if (is_passed_on(event))
        spread->hops[at_cell(gather, fact, party)] =
            1 + (giver != PARTY_NONE ? spread->hops[at_cell(gather, fact, giver)] : 0);
    if (giver != PARTY_NONE)
        spread->told[at_cell(gather, giver, party)].taught++;
}

/* ---- who knew what when ---- */

static void take_fact(const struct spread *spread, int fact)
{
    struct gather *gather = spread->gather;
    struct metrics *metrics = gather->metrics;
    const struct event *holder = NULL;
    int first_party = PARTY_NONE;
    for (int p = 0; p < gather->party_count; p++) {
        const struct event *learned = gather_learned(gather, p, fact, NULL);
        if (learned != NULL && (holder == NULL || trace_before(learned, holder))) {
            holder = learned;
            first_party = p;
        }
    }
    for (int p = 0; holder != NULL && p < gather->party_count; p++) {
        const struct event *learned = gather_learned(gather, p, fact, NULL);
        if (learned != NULL)
            metrics->known[metrics->known_count++] =
                (struct metric_known){gather->def->facts[fact].id, gather_party_id(gather, p),
                    learned->body.learned.through, learned->observed_ms,
                    learned->observed_ms - holder->observed_ms, learned->body.learned.source,
                    spread->hops[at_cell(gather, fact, p)]};
        if (p == first_party || gather_need(gather, fact, p) != NEED_MUST)
            continue;
        const struct event *knew = gather_knew_or_newer(gather, p, fact);
        if (knew != NULL && trace_before(knew, holder))
            tally_length(&gather->tally, ROW_MUST_KNOW, p, 0);
        else
            tally_until(&gather->tally, ROW_MUST_KNOW, p, holder->observed_ms, knew);
    }
}

static void take_deciders(const struct spread *spread)
{
    struct gather *gather = spread->gather;
    struct party_set deciders = {{0}};
    for (size_t i = 0; i < gather->event_count; i++)
        if (gather->events[i]->kind == EVENT_DECIDED) {
            int seat = gather_party(gather, gather->events[i]->actor);
            if (seat != PARTY_NONE)
                party_set_add(&deciders, seat);
        }
    for (int p = PARTY_NONE; (p = party_set_next(&deciders, p)) != PARTY_NONE;)
        for (int f = 0; f < (int)gather->def->fact_count; f++)
            if (gather_learned(gather, p, f, NULL) != NULL)
                tally_length(&gather->tally, ROW_HOPS, p, spread->hops[at_cell(gather, f, p)]);
}

/* ---- who told whom ---- */

static bool is_unasked(const struct gather *gather, const struct sent *sent)
{
    if (!gather_has_type(sent, MESSAGE_REPORT) && !gather_has_type(sent, MESSAGE_INFO))
        return false;
    const struct sent *re = gather_sent(gather, sent->message->re);
    return re == NULL || !gather_has_type(re, MESSAGE_REQUEST);
}

static void take_sent(struct spread *spread, const struct sent *sent)
{
    struct gather *gather = spread->gather;
    bool is_unasked_for = is_unasked(gather, sent);
    if (sent->from == PARTY_NONE)
        return;
    for (int p = PARTY_NONE; (p = party_set_next(&sent->to, p)) != PARTY_NONE;) {
        struct metric_told *told = &spread->told[at_cell(gather, sent->from, p)];
        told->messages += sent->message != NULL;
        told->said += sent->message == NULL;
        told->pushed += is_unasked_for;
        if (!gather_has_type(sent, MESSAGE_REQUEST))
            continue;
        spread->told[at_cell(gather, p, sent->from)].asked++;
        if (p < gather->seat_count)
            tally_counts(&gather->tally, ROW_ANTICIPATION, p, 0, 1);
    }
    if (is_unasked_for && gather_is_from_seat(gather, sent))
        tally_counts(&gather->tally, ROW_ANTICIPATION, sent->from, 1, 1);
}

static void take_handed_off(struct spread *spread, const struct event *event)
{
    struct gather *gather = spread->gather;
    struct party_set to = gather_named(gather, (struct strs){&event->body.handed_off.to, 1});
    int from = gather_party(gather, event->actor), taker = party_set_next(&to, PARTY_NONE);
    if (from != PARTY_NONE && taker != PARTY_NONE)
        spread->told[at_cell(gather, from, taker)].said++;
}

static void list_told(const struct spread *spread)
{
    struct gather *gather = spread->gather;
    struct metrics *metrics = gather->metrics;
    for (int from = 0; from < gather->party_count; from++)
        for (int to = 0; to < gather->party_count; to++) {
            struct metric_told told = spread->told[at_cell(gather, from, to)];
            if (told.messages + told.said + told.taught + told.asked == 0)
                continue;
            told.from = gather_party_id(gather, from);
            told.to = gather_party_id(gather, to);
            metrics->told[metrics->told_count++] = told;
        }
}

void metrics_know(struct gather *gather)
{
    struct metrics *metrics = gather->metrics;
    size_t parties = (size_t)gather->party_count, facts = gather->def->fact_count;
    struct spread spread = {gather, ARENA_ARRAY(gather->arena, facts * parties + 1, int),
        ARENA_ARRAY(gather->arena, parties * parties + 1, struct metric_told)};
    metrics->known = ARENA_ARRAY(gather->arena, facts * parties + 1, struct metric_known);
    metrics->told = ARENA_ARRAY(gather->arena, parties * parties + 1, struct metric_told);
    for (size_t i = 0; i < gather->event_count; i++) {
        if (gather->events[i]->kind == EVENT_LEARNED)
            take_learned(&spread, gather->events[i]);
        else if (gather->events[i]->kind == EVENT_HANDED_OFF)
            take_handed_off(&spread, gather->events[i]);
    }
    for (size_t i = 0; i < gather->sent_count; i++)
        take_sent(&spread, &gather->sent[i]);
    for (size_t f = 0; f < facts; f++)
        take_fact(&spread, (int)f);
    take_deciders(&spread);
    list_told(&spread);
}
