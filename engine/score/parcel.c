/* What a message should have carried depends on who knew what when it was sent: nobody is asked to
 * pass on what they do not know, or to repeat what the other side has heard already. */
#include "score/parcel.h"

#include "base/limits.h"
#include "score/party.h"

/* ---- what goes where ---- */

struct strs parcel_facts(const struct event *event)
{
    switch (event->kind) {
    case EVENT_MESSAGED:
        return event->body.messaged.facts;
    case EVENT_SAID:
        return event->body.said.facts;
    case EVENT_HEARD:
        return event->body.heard.facts;
    case EVENT_HANDED_OFF:
        return event->body.handed_off.facts;
    case EVENT_LEARNED:
        return (struct strs){&event->body.learned.fact, 1};
    default:
        return (struct strs){0};
    }
}

struct strs parcel_to(const struct event *event)
{
    switch (event->kind) {
    case EVENT_MESSAGED:
        return event->body.messaged.to;
    case EVENT_SAID:
        return event->body.said.to;
    case EVENT_HANDED_OFF:
        return (struct strs){&event->body.handed_off.to, 1};
    case EVENT_HEARD:
    case EVENT_LEARNED:
        return (struct strs){&event->actor, 1};
    default:
        return (struct strs){0};
    }
}

struct strs parcel_unknown(const struct event *event)
{
    return event->kind == EVENT_MESSAGED ? event->body.messaged.unknown : (struct strs){0};
}

static bool lacks(const struct knowledge *knowledge, struct str party, struct str fact)
{
    if (str_is(party, "room"))
        return !knowledge_at_table(knowledge, fact, true);
    return knowledge_lacks(knowledge, party, fact);
}

bool parcel_tells_nothing_new(const struct knowledge *knowledge, const struct event *event)
{
    struct strs facts = parcel_facts(event), to = parcel_to(event);
    if (parcel_unknown(event).count != 0)
        return false;
    for (size_t i = 0; i < facts.count; i++)
        for (size_t p = 0; p < to.count; p++)
            if (lacks(knowledge, to.items[p], facts.items[i]))
                return false;
    return true;
}

/* ---- content ---- */

struct parcel {
    const struct knowledge *knowledge;
    struct str sender;
    int64_t at_ms;
    struct strs to, facts, unknown;
    struct parcel_gaps *gaps; /* may be NULL */
};

static void add_gap(
    struct parcel_gaps *gaps, enum parcel_fault fault, struct str id, struct str party)
{
    if (gaps == NULL)
        return;
    if (gaps->count < PARCEL_GAPS_NAMED)
        gaps->items[gaps->count] = (struct parcel_gap){fault, id, party, NULL};
    gaps->count++;
}

/* Its sender said that this was not known, and knew it. That a reader needed it and that it answers
 * a question of the form is one gap. */
static void add_denied(struct parcel_gaps *gaps, const struct event *learned)
{
    for (size_t i = 0; gaps != NULL && i < gaps->count && i < PARCEL_GAPS_NAMED; i++)
        if (gaps->items[i].learned == learned)
            return;
    add_gap(gaps, PARCEL_DENIED, learned->body.learned.fact, STR(""));
    if (gaps != NULL && gaps->count <= PARCEL_GAPS_NAMED)
        gaps->items[gaps->count - 1].learned = learned;
}

/* Who must have it, and does not; the first of them, or nobody. */
static struct str who_lacks(const struct parcel *parcel, const struct def_fact *fact)
{
    for (size_t i = 0; i < parcel->to.count; i++)
        if (def_fact_need(fact, parcel->to.items[i]) == NEED_MUST &&
            knowledge_lacks(parcel->knowledge, parcel->to.items[i], fact->id))
            return parcel->to.items[i];
    return STR("");
}

static int recall_permille(const struct parcel *parcel)
{
    const struct def *def = parcel->knowledge->def;
    int asked_count = 0, covered_count = 0;
    for (size_t i = 0; i < def->fact_count; i++) {
        const struct def_fact *fact = &def->facts[i];
        bool carried = strs_contain(parcel->facts, fact->id);
        bool unknown = fact->slot.len != 0 && strs_contain(parcel->unknown, fact->slot);
        const struct event *known = knowledge_of(parcel->knowledge, parcel->sender, fact->id);
        if (!carried && !unknown && known == NULL)
            continue;
        struct str who = who_lacks(parcel, fact);
        if (who.len == 0 || knowledge_is_stale(parcel->knowledge, parcel->sender, fact->id))
            continue;
        bool covered = carried || (unknown && known == NULL);
        asked_count++;
        covered_count += covered;
        if (!covered && unknown)
            add_denied(parcel->gaps, known);
        else if (!covered)
            add_gap(parcel->gaps, PARCEL_MISSING, fact->id, who);
    }
    return asked_count == 0 ? 1000 : 1000 * covered_count / asked_count;
}

static bool is_true(const struct def_fact *fact, int64_t at_ms)
{
    bool truth = true;
    for (size_t i = 0; i < fact->truth_count && fact->truths[i].from_ms <= at_ms; i++)
        truth = fact->truths[i].is_true;
    return truth;
}

/* Whether it should not have been carried; then that is added to the gaps. */
static bool is_bad(const struct parcel *parcel, const struct def_fact *fact)
{
    for (size_t p = 0; p < parcel->to.count; p++)
        if (def_fact_need(fact, parcel->to.items[p]) == NEED_NEVER)
            return add_gap(parcel->gaps, PARCEL_NEVER, fact->id, parcel->to.items[p]), true;
    if (knowledge_is_stale(parcel->knowledge, parcel->sender, fact->id))
        return add_gap(parcel->gaps, PARCEL_STALE, fact->id, STR("")), true;
    if (is_true(fact, parcel->at_ms) || knowledge_has(parcel->knowledge, parcel->sender, fact->id))
        return false;
    return add_gap(parcel->gaps, PARCEL_UNTRUE, fact->id, STR("")), true;
}

static int precision_permille(const struct parcel *parcel)
{
    size_t bad_count = 0;
    for (size_t i = 0; i < parcel->facts.count; i++) {
        const struct def_fact *fact = def_fact(parcel->knowledge->def, parcel->facts.items[i]);
        bad_count += fact != NULL && is_bad(parcel, fact);
    }
    size_t count = parcel->facts.count;
    return count == 0 ? 1000 : (int)(1000 * (count - bad_count) / count);
}

/* The recipients among those named, or all when none is; `kept` has room for as many as in `to`. */
static struct strs recipients(struct strs to, struct strs named, struct str *kept, size_t room)
{
    struct strs chosen = {kept, 0};
    for (size_t i = 0; i < to.count && chosen.count < room; i++)
        if (strs_contain(named, to.items[i]))
            kept[chosen.count++] = to.items[i];
    return chosen.count == 0 ? to : chosen;
}

int parcel_content(const struct knowledge *knowledge, const struct event *event, struct strs named,
    struct parcel_gaps *gaps)
{
    if (event->kind != EVENT_MESSAGED && event->kind != EVENT_SAID)
        return 1000;
    struct parcel parcel = {knowledge, event->actor, event->observed_ms, {0}, parcel_facts(event),
        parcel_unknown(event), gaps};
    if (parcel.facts.count + parcel.unknown.count == 0)
        return 1000;
    struct str kept[LIMIT_LIST_ITEMS];
    parcel.to = recipients(parcel_to(event), named, kept, LIMIT_LIST_ITEMS);
    return recall_permille(&parcel) * precision_permille(&parcel) / 1000;
}

/* By what the sender knew a fact that answers the slot, the first such fact; or NULL. */
static const struct event *slot_learned(
    const struct knowledge *knowledge, struct str sender, struct str slot)
{
    const struct def *def = knowledge->def;
    const struct event *learned = NULL;
    for (size_t i = 0; i < def->fact_count && learned == NULL; i++)
        if (str_eq(def->facts[i].slot, slot))
            learned = knowledge_of(knowledge, sender, def->facts[i].id);
    return learned;
}

int parcel_slots(const struct knowledge *knowledge, const struct event *event, struct strs slots,
    struct parcel_gaps *gaps)
{
    struct strs facts = parcel_facts(event), unknown = parcel_unknown(event);
    size_t answered_count = 0;
    for (size_t i = 0; i < slots.count; i++) {
        struct str slot = slots.items[i];
        bool is_unknown = strs_contain(unknown, slot);
        const struct event *learned = slot_learned(knowledge, event->actor, slot);
        bool answered = is_unknown && learned == NULL;
        for (size_t f = 0; f < facts.count && !answered; f++) {
            const struct def_fact *fact = def_fact(knowledge->def, facts.items[f]);
            answered = fact != NULL && str_eq(fact->slot, slot);
        }
        answered_count += answered;
        if (!answered && is_unknown)
            add_denied(gaps, learned);
        else if (!answered)
            add_gap(gaps, PARCEL_SLOT, slot, STR(""));
    }
    return slots.count == 0 ? 1000 : (int)(1000 * answered_count / slots.count);
}
