/* Versions of one card: who was told an older one while others were told a newer. docs/metrics.md,
 * C17 and C18.
 *
 * Told is sent or said: a contradiction is made by whoever speaks, whether or not it is read. Sets
 * of parties are kept instead of lists, so that a message to everybody costs as much as one. */
#include "score/metrics_parts.h"

struct card {
    bool is_told; /* by a seat, to anybody */
    bool is_newer_told;
    struct party_set tellers;     /* seats that told it */
    struct party_set uncorrected; /* told it, and since then nothing newer */
    int64_t known_ms;             /* when a teller knew something newer; -1: none */
    int64_t from_ms, until_ms;    /* the contradiction; -1: none, not ended */
};

struct versions {
    struct gather *gather;
    struct card *cards; /* by fact; only those that others replace */
    int *older;         /* by fact: the one that it replaces; INDEX_NONE */
    int64_t *told_ms;   /* by fact, by party: since when it is uncorrected */
};

static bool is_card(const struct versions *versions, int fact)
{
    return versions->gather->knowledge.replaced_by[fact].count != 0;
}

static int older_than(const struct versions *versions, int fact)
{
    return versions->older[fact];
}

static int64_t *told_at(const struct versions *versions, int fact, int party)
{
    return &versions->told_ms[(size_t)fact * (size_t)versions->gather->party_count + (size_t)party];
}

static void look_for_contradiction(struct card *card, int64_t at_ms)
{
    bool is_contradicted = card->is_newer_told && !party_set_is_empty(&card->uncorrected);
    if (is_contradicted && card->from_ms < 0)
        card->from_ms = at_ms;
    if (is_contradicted)
        card->until_ms = -1;
    else if (card->from_ms >= 0 && card->until_ms < 0)
        card->until_ms = at_ms;
}

static void tell_card(struct versions *versions, const struct sent *sent, int fact)
{
    struct card *card = &versions->cards[fact];
    card->is_told = true;
    party_set_add(&card->tellers, sent->from);
    if (card->known_ms < 0 && gather_knew_newer(versions->gather, sent->from, fact, sent->event))
        card->known_ms = sent->event->observed_ms;
    for (int p = PARTY_NONE; (p = party_set_next(&sent->to, p)) != PARTY_NONE;) {
        if (!party_set_has(&card->uncorrected, p))
            *told_at(versions, fact, p) = sent->event->observed_ms;
        party_set_add(&card->uncorrected, p);
    }
}

/* Later of when it was told and when a teller knew better. */
static int64_t since(const struct versions *versions, int fact, int party)
{
    int64_t told_ms = *told_at(versions, fact, party), known_ms = versions->cards[fact].known_ms;
    return told_ms > known_ms ? told_ms : known_ms;
}

static void correct_card(struct versions *versions, const struct sent *sent, int fact)
{
    struct card *card = &versions->cards[fact];
    card->is_newer_told = true;
    for (int p = PARTY_NONE; party_set_meets(&card->uncorrected, &sent->to) &&
                             (p = party_set_next(&sent->to, p)) != PARTY_NONE;) {
        if (!party_set_has(&card->uncorrected, p))
            continue;
        if (card->known_ms >= 0)
            tally_until(
                &versions->gather->tally, ROW_CORRECTION, p, since(versions, fact, p), sent->event);
        party_set_remove(&card->uncorrected, p);
    }
}

/* Chains are short, and cannot be longer than there are facts, whatever an author wrote. */
static void take_sent(struct versions *versions, const struct sent *sent)
{
    size_t limit = versions->gather->def->fact_count;
    for (size_t i = 0; i < sent->fact_count; i++)
        if (is_card(versions, sent->facts[i]))
            tell_card(versions, sent, sent->facts[i]);
    for (size_t i = 0; i < sent->fact_count; i++) {
        int older = older_than(versions, sent->facts[i]);
        for (size_t steps = 0; older != INDEX_NONE && steps < limit; steps++) {
            correct_card(versions, sent, older);
            older = older_than(versions, older);
        }
    }
    for (size_t i = 0; i < sent->fact_count; i++) {
        int fact = sent->facts[i];
        for (size_t steps = 0; fact != INDEX_NONE && steps < limit; steps++) {
            look_for_contradiction(&versions->cards[fact], sent->event->observed_ms);
            fact = older_than(versions, fact);
        }
    }
}

static void take_learned(struct versions *versions, const struct event *event)
{
    const struct gather *gather = versions->gather;
    int fact = index_find(&gather->def->fact_index, event->body.learned.fact);
    int seat = gather_party(gather, event->actor);
    for (size_t steps = 0; fact != INDEX_NONE && steps < gather->def->fact_count; steps++) {
        fact = older_than(versions, fact);
        if (fact == INDEX_NONE)
            return;
        struct card *card = &versions->cards[fact];
        if (card->known_ms < 0 && party_set_has(&card->tellers, seat))
            card->known_ms = event->observed_ms;
    }
}

static struct strs list_parties(struct gather *gather, const struct party_set *set)
{
    struct str *items = ARENA_ARRAY(gather->arena, (size_t)party_set_count(set) + 1, struct str);
    size_t count = 0;
    for (int p = PARTY_NONE; (p = party_set_next(set, p)) != PARTY_NONE;)
        items[count++] = gather_party_id(gather, p);
    return (struct strs){items, count};
}

static void finish_card(struct versions *versions, int fact)
{
    struct gather *gather = versions->gather;
    struct metrics *metrics = gather->metrics;
    struct card *card = &versions->cards[fact];
    for (int p = PARTY_NONE;
         card->known_ms >= 0 && (p = party_set_next(&card->uncorrected, p)) != PARTY_NONE;)
        tally_until(&gather->tally, ROW_CORRECTION, p, since(versions, fact, p), NULL);
    if (!card->is_told || !card->is_newer_told)
        return;
    bool is_standing = card->from_ms >= 0 && card->until_ms < 0;
    tally_rate(&gather->tally, ROW_CONTRADICTED, PARTY_NONE, card->from_ms >= 0);
    tally_rate(&gather->tally, ROW_STANDING, PARTY_NONE, is_standing);
    if (card->from_ms >= 0)
        metrics->contradictions[metrics->contradiction_count++] =
            (struct metric_contradiction){gather->def->facts[fact].id, card->from_ms,
                card->until_ms, list_parties(gather, &card->uncorrected)};
}

void metrics_version(struct gather *gather)
{
    size_t facts = gather->def->fact_count, parties = (size_t)gather->party_count;
    struct versions versions = {gather, ARENA_ARRAY(gather->arena, facts + 1, struct card),
        ARENA_ARRAY(gather->arena, facts + 1, int),
        ARENA_ARRAY(gather->arena, facts * parties + 1, int64_t)};
    gather->metrics->contradictions =
        ARENA_ARRAY(gather->arena, facts + 1, struct metric_contradiction);
    for (size_t f = 0; f < facts; f++) {
        versions.older[f] = index_find(&gather->def->fact_index, gather->def->facts[f].replaces);
        versions.cards[f].known_ms = versions.cards[f].from_ms = versions.cards[f].until_ms = -1;
    }
    size_t next = 0; /* the next of what was sent, which is in the order of the events */
    for (size_t i = 0; i < gather->event_count; i++) {
        const struct event *event = gather->events[i];
        if (event->kind == EVENT_LEARNED)
            take_learned(&versions, event);
        if (next == gather->sent_count || gather->sent[next].event != event)
            continue;
        if (gather_is_from_seat(gather, &gather->sent[next]))
            take_sent(&versions, &gather->sent[next]);
        next++;
    }
    for (size_t f = 0; f < facts; f++)
        finish_card(&versions, (int)f);
}
