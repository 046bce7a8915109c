/* What was said: whether it was of use, whether it was true, what was left empty. docs/metrics.md,
 * noise, C14 to C16, C22. */
#include "score/metrics_parts.h"

/* ---- noise ---- */

static bool is_ask(const struct sent *sent)
{
    return gather_has_type(sent, MESSAGE_REQUEST) || gather_has_type(sent, MESSAGE_ORDER) ||
           gather_has_type(sent, MESSAGE_APPROVAL_REQUEST);
}

static bool is_of_use(const struct gather *gather, const struct sent *sent, int party)
{
    for (size_t i = 0; i < sent->fact_count; i++) {
        enum need need = gather_need(gather, sent->facts[i], party);
        if ((need == NEED_MUST || need == NEED_USEFUL) &&
            gather_learned(gather, party, sent->facts[i], sent->event) == NULL)
            return true;
    }
    if (sent->message == NULL)
        return false;
    const struct sent *re = gather_sent(gather, sent->message->re);
    return sent->message->unknown.count != 0 || is_ask(sent) ||
           gather_has_type(sent, MESSAGE_APPROVAL) ||
           (re != NULL && re->from == party && is_ask(re));
}

/* ---- truth ---- */

static bool is_true(const struct def_fact *fact, int64_t at_ms)
{
    bool truth = true;
    for (size_t i = 0; i < fact->truth_count && fact->truths[i].from_ms <= at_ms; i++)
        truth = fact->truths[i].is_true;
    return truth;
}

static bool tells_the_wrong(const struct gather *gather, const struct sent *sent)
{
    for (size_t i = 0; i < sent->fact_count; i++)
        for (int p = PARTY_NONE; (p = party_set_next(&sent->to, p)) != PARTY_NONE;)
            if (gather_need(gather, sent->facts[i], p) == NEED_NEVER)
                return true;
    return false;
}

static void take_facts(struct gather *gather, const struct sent *sent)
{
    for (size_t i = 0; i < sent->fact_count; i++) {
        int fact = sent->facts[i];
        const struct event *learned = gather_learned(gather, sent->from, fact, sent->event);
        bool is_recorded = learned != NULL && learned->body.learned.source != SOURCE_UNRECORDED;
        tally_rate(&gather->tally, ROW_TRUE, sent->from,
            is_true(&gather->def->facts[fact], sent->event->observed_ms));
        tally_rate(&gather->tally, ROW_SUPERSEDED, sent->from,
            gather_knew_newer(gather, sent->from, fact, sent->event));
        tally_rate(&gather->tally, ROW_UNRECORDED, sent->from, !is_recorded);
    }
    if (sent->fact_count != 0)
        tally_rate(&gather->tally, ROW_NEVER, sent->from, tells_the_wrong(gather, sent));
}

/* ---- slots ---- */

static bool has_slots(const struct sent *sent)
{
    return gather_has_type(sent, MESSAGE_REPORT) || gather_has_type(sent, MESSAGE_ESCALATION) ||
           gather_has_type(sent, MESSAGE_NOTIFICATION) || gather_has_type(sent, MESSAGE_SITREP);
}

static bool answers(const struct gather *gather, const struct sent *sent, struct str slot)
{
    for (size_t i = 0; i < sent->fact_count; i++)
        if (str_eq(gather->def->facts[sent->facts[i]].slot, slot))
            return true;
    return false;
}

static bool could_answer(const struct gather *gather, const struct sent *sent, struct str slot)
{
    for (size_t f = 0; f < gather->def->fact_count; f++)
        if (str_eq(gather->def->facts[f].slot, slot) &&
            gather_learned(gather, sent->from, (int)f, sent->event) != NULL)
            return true;
    return false;
}

static void take_slots(struct gather *gather, const struct sent *sent)
{
    for (size_t s = 0; s < gather->def->slot_count; s++) {
        struct metric_slot *slot = &gather->metrics->slots[s];
        bool is_answered = answers(gather, sent, slot->slot);
        bool is_unknown = !is_answered && strs_contain(sent->message->unknown, slot->slot);
        slot->answered += is_answered;
        slot->unknown += is_unknown;
        slot->empty += !is_answered && !is_unknown;
        tally_rate(&gather->tally, ROW_SLOTS, sent->from, is_answered || is_unknown);
        if (!is_answered)
            tally_rate(&gather->tally, ROW_UNKNOWNS, sent->from,
                is_unknown && !could_answer(gather, sent, slot->slot));
    }
}

void metrics_content(struct gather *gather)
{
    struct metrics *metrics = gather->metrics;
    metrics->slot_count = gather->def->slot_count;
    metrics->slots = ARENA_ARRAY(gather->arena, metrics->slot_count + 1, struct metric_slot);
    for (size_t s = 0; s < metrics->slot_count; s++)
        metrics->slots[s].slot = gather->def->slots[s].id;
    for (size_t i = 0; i < gather->sent_count; i++) {
        const struct sent *sent = &gather->sent[i];
        if (!gather_is_from_seat(gather, sent))
            continue;
        for (int p = PARTY_NONE; (p = party_set_next(&sent->to, p)) != PARTY_NONE;)
            tally_rate(&gather->tally, ROW_NOISE, sent->from, !is_of_use(gather, sent, p));
        take_facts(gather, sent);
        if (has_slots(sent))
            take_slots(gather, sent);
    }
}
