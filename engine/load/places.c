/* A search from end to end each time: places are asked for when something is wrong. */
#include "load/places.h"

#include "load/tree.h"

/* The thing of a list that has this id. */
static const struct tree_node *find_in(const struct tree_node *list, struct str id)
{
    for (size_t i = 0; list && list->kind == TREE_LIST && i < list->count; i++) {
        const struct tree_node *found = tree_get(list->items[i], STR("id"));
        if (found && found->kind == TREE_SCALAR && str_eq(found->text, id))
            return list->items[i];
    }
    return NULL;
}

static const struct tree_node *find_question(const struct tree_node *injects, struct str id)
{
    for (size_t i = 0; injects && injects->kind == TREE_LIST && i < injects->count; i++) {
        const struct tree_node *one = tree_get(injects->items[i], STR("question"));
        const struct tree_node *its_id = tree_get(one, STR("id"));
        if (its_id && str_eq(its_id->text, id))
            return one;
        const struct tree_node *found = find_in(tree_get(injects->items[i], STR("questions")), id);
        if (found)
            return found;
    }
    return NULL;
}

/* Which list of scenario.yaml holds them. */
static const char *const lists[FIELD_OF_COUNT] = {
    [OF_SEAT] = "seats",
    [OF_STAKEHOLDER] = "stakeholders",
    [OF_ACTION] = "actions",
    [OF_PHASE] = "phases",
    [OF_SLOT] = "slots",
    [OF_HINT] = "hints",
};

const struct tree_node *places_find(const struct places *places, enum field_of of, struct str id)
{
    if (of == OF_FACT)
        return find_in(places->facts, id);
    if (of == OF_INJECT)
        return find_in(places->injects, id);
    if (of == OF_QUESTION)
        return find_question(places->injects, id);
    if (of == OF_WORLD)
        return tree_get(tree_get(places->scenario, STR("world")), id);
    return lists[of] ? find_in(tree_get(places->scenario, str_of(lists[of])), id) : NULL;
}

struct place places_at(
    const struct places *places, enum field_of of, struct str id, const char *key)
{
    const struct tree_node *thing = places_find(places, of, id);
    if (!thing)
        return places->scenario ? places->scenario->place : (struct place){0};
    const struct tree_node *value = key ? tree_get(thing, str_of(key)) : NULL;
    return value ? value->place : thing->place;
}
