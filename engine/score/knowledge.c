/* What a message should have carried depends on who knew what when it was sent: nobody is asked to
 * pass on what they do not know, or to repeat what the other side has heard already. */
#include "score/knowledge.h"

#include "base/limits.h"
#include "score/party.h"

static size_t fact_row(const struct def *def)
{
    return def->seat_count + def->stakeholder_count;
}

void knowledge_init(struct knowledge *knowledge, const struct def *def, struct arena *arena)
{
    knowledge->def = def;
    knowledge->knows = ARENA_ARRAY(arena, def->fact_count * fact_row(def) + 1, bool);
}

void knowledge_learn(struct knowledge *knowledge, const struct event *learned)
{
    const struct def *def = knowledge->def;
    int fact = index_find(&def->fact_index, learned->body.learned.fact);
    int seat = index_find(&def->seat_index, learned->actor);
    int stakeholder = index_find(&def->stakeholder_index, learned->actor);
    if (fact < 0)
        return;
    bool *row = &knowledge->knows[(size_t)fact * fact_row(def)];
    if (seat >= 0)
        row[seat] = true;
    if (stakeholder >= 0)
        row[def->seat_count + (size_t)stakeholder] = true;
}

bool knowledge_has(const struct knowledge *knowledge, struct str party, struct str fact)
{
    const struct def *def = knowledge->def;
    int position = index_find(&def->fact_index, fact);
    if (position < 0)
        return false;
    const bool *row = &knowledge->knows[(size_t)position * fact_row(def)];
    for (size_t i = 0; i < def->seat_count; i++)
        if (row[i] && party_names_seat(party, &def->seats[i]))
            return true;
    int stakeholder = index_find(&def->stakeholder_index, party);
    return stakeholder >= 0 && row[def->seat_count + (size_t)stakeholder];
}

struct parcel {
    const struct knowledge *knowledge;
    struct str sender;
    struct strs to, facts, unknown;
};

static bool is_missing(const struct parcel *parcel, const struct def_fact *fact)
{
    for (size_t i = 0; i < parcel->to.count; i++)
        if (def_fact_need(fact, parcel->to.items[i]) == NEED_MUST &&
            !knowledge_has(parcel->knowledge, parcel->to.items[i], fact->id))
            return true;
    return false;
}

static int recall_permille(const struct parcel *parcel)
{
    const struct def *def = parcel->knowledge->def;
    int asked_count = 0, covered_count = 0;
    for (size_t i = 0; i < def->fact_count; i++) {
        const struct def_fact *fact = &def->facts[i];
        bool carried = strs_contain(parcel->facts, fact->id);
        bool unknown = fact->slot.len != 0 && strs_contain(parcel->unknown, fact->slot);
        bool known = knowledge_has(parcel->knowledge, parcel->sender, fact->id);
        if (!(carried || unknown || known) || !is_missing(parcel, fact))
            continue;
        asked_count++;
        covered_count += carried || (unknown && !known);
    }
    return asked_count == 0 ? 1000 : 1000 * covered_count / asked_count;
}

static int precision_permille(const struct parcel *parcel)
{
    size_t bad_count = 0;
    for (size_t i = 0; i < parcel->facts.count; i++) {
        const struct def_fact *fact = def_fact(parcel->knowledge->def, parcel->facts.items[i]);
        bool bad = false;
        for (size_t p = 0; fact != NULL && p < parcel->to.count; p++)
            bad = bad || def_fact_need(fact, parcel->to.items[p]) == NEED_NEVER;
        bad_count += bad;
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

int knowledge_content(
    const struct knowledge *knowledge, const struct event *target, struct strs named)
{
    struct parcel parcel = {.knowledge = knowledge, .sender = target->actor};
    struct strs to = {0};
    if (target->kind == EVENT_MESSAGED) {
        to = target->body.messaged.to;
        parcel.facts = target->body.messaged.facts;
        parcel.unknown = target->body.messaged.unknown;
    } else if (target->kind == EVENT_SAID) {
        to = target->body.said.to;
        parcel.facts = target->body.said.facts;
    }
    if (parcel.facts.count + parcel.unknown.count == 0)
        return 1000;
    struct str kept[LIMIT_LIST_ITEMS];
    parcel.to = recipients(to, named, kept, LIMIT_LIST_ITEMS);
    return recall_permille(&parcel) * precision_permille(&parcel) / 1000;
}
