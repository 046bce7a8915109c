/* A row of seats and stakeholders for each fact. */
#include "score/knowledge.h"

#include "score/party.h"

static size_t row_length(const struct def *def)
{
    return def->seat_count + def->stakeholder_count;
}

/* Whether `newer` puts `older` right, directly or through others; cards are few, chains short. */
static bool replaces(const struct def *def, const struct def_fact *newer, struct str older)
{
    for (size_t steps = 0; newer != NULL && steps <= def->fact_count; steps++) {
        if (newer->replaces.len == 0)
            return false;
        if (str_eq(newer->replaces, older))
            return true;
        newer = def_fact(def, newer->replaces);
    }
    return false;
}

static struct strs find_replacers(
    const struct def *def, const struct def_fact *older, struct arena *arena)
{
    struct strs list = {0};
    struct str *items = NULL;
    size_t capacity = 0;
    for (size_t i = 0; i < def->fact_count; i++) {
        if (&def->facts[i] == older || !replaces(def, &def->facts[i], older->id))
            continue;
        items = arena_grow(arena, items, list.count, &capacity, sizeof(*items));
        items[list.count++] = def->facts[i].id;
    }
    list.items = items;
    return list;
}

void knowledge_init(struct knowledge *knowledge, const struct def *def, struct arena *arena)
{
    struct strs *replaced_by = ARENA_ARRAY(arena, def->fact_count + 1, struct strs);
    for (size_t i = 0; i < def->fact_count; i++)
        replaced_by[i] = find_replacers(def, &def->facts[i], arena);
    *knowledge = (struct knowledge){def,
        ARENA_ARRAY(arena, def->fact_count * row_length(def) + 1, const struct event *),
        ARENA_ARRAY(arena, def->fact_count * row_length(def) + 1, bool), replaced_by};
}

void knowledge_learn(struct knowledge *knowledge, const struct event *learned)
{
    const struct def *def = knowledge->def;
    int fact = index_find(&def->fact_index, learned->body.learned.fact);
    int seat = index_find(&def->seat_index, learned->actor);
    int stakeholder = index_find(&def->stakeholder_index, learned->actor);
    if (fact < 0)
        return;
    const struct event **row = &knowledge->learned[(size_t)fact * row_length(def)];
    if (seat >= 0 && row[seat] == NULL)
        row[seat] = learned;
    size_t column = def->seat_count + (size_t)(stakeholder >= 0 ? stakeholder : 0);
    if (stakeholder >= 0 && row[column] == NULL)
        row[column] = learned;
}

const struct event *knowledge_of(
    const struct knowledge *knowledge, struct str party, struct str fact)
{
    const struct def *def = knowledge->def;
    int position = index_find(&def->fact_index, fact);
    if (position < 0)
        return NULL;
    const struct event *const *row = &knowledge->learned[(size_t)position * row_length(def)];
    const struct event *first = NULL;
    for (size_t i = 0; i < def->seat_count; i++)
        if (row[i] != NULL && party_names_seat(party, &def->seats[i]) &&
            (first == NULL || row[i]->seq < first->seq))
            first = row[i];
    int stakeholder = index_find(&def->stakeholder_index, party);
    return first == NULL && stakeholder >= 0 ? row[def->seat_count + (size_t)stakeholder] : first;
}

bool knowledge_has(const struct knowledge *knowledge, struct str party, struct str fact)
{
    return knowledge_of(knowledge, party, fact) != NULL;
}

/* Whether a column of a fact's row is of the party: a stakeholder, or a seat that it names. */
static bool is_column_of(const struct def *def, size_t column, struct str party)
{
    return column < def->seat_count ? party_names_seat(party, &def->seats[column])
                                    : str_eq(def->stakeholders[column - def->seat_count].id, party);
}

void knowledge_came_from(struct knowledge *knowledge, struct str party, struct strs facts)
{
    const struct def *def = knowledge->def;
    for (size_t i = 0; i < facts.count; i++) {
        int fact = index_find(&def->fact_index, facts.items[i]);
        bool *row = fact < 0 ? NULL : &knowledge->told_us[(size_t)fact * row_length(def)];
        for (size_t column = 0; row != NULL && column < row_length(def); column++)
            row[column] = row[column] || is_column_of(def, column, party);
    }
}

bool knowledge_lacks(const struct knowledge *knowledge, struct str party, struct str fact)
{
    const struct def *def = knowledge->def;
    int position = index_find(&def->fact_index, fact);
    if (knowledge_has(knowledge, party, fact))
        return false;
    for (size_t column = 0; position >= 0 && column < row_length(def); column++)
        if (knowledge->told_us[(size_t)position * row_length(def) + column] &&
            is_column_of(def, column, party))
            return false;
    return true;
}

bool knowledge_at_table(const struct knowledge *knowledge, struct str fact, bool every)
{
    const struct def *def = knowledge->def;
    int position = index_find(&def->fact_index, fact);
    if (position < 0)
        return false;
    const struct event *const *row = &knowledge->learned[(size_t)position * row_length(def)];
    for (size_t i = 0; i < def->seat_count; i++)
        if ((row[i] != NULL) != every)
            return !every;
    return every;
}

struct strs knowledge_replaced_by(const struct knowledge *knowledge, struct str fact)
{
    int position = index_find(&knowledge->def->fact_index, fact);
    return position < 0 ? (struct strs){0} : knowledge->replaced_by[position];
}

bool knowledge_is_stale(const struct knowledge *knowledge, struct str party, struct str fact)
{
    struct strs newer = knowledge_replaced_by(knowledge, fact);
    for (size_t i = 0; i < newer.count; i++)
        if (knowledge_has(knowledge, party, newer.items[i]))
            return true;
    return false;
}
