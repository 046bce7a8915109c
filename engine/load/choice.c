/* What whoever makes an exercise chooses over the scenario and its overlay: the organisation,
 * names, people, and how soon its ladder wants somebody told.
 *
 * The choice is a file of the bundle, so that it is pinned with all else and a table that is taken
 * up or scored again sees the same house. It lies over the other files like an overlay, and last.
 * The program writes it, as JSON where a page chose: JSON is YAML, too. */
#include "load/overlay.h"

struct bundle_file load_choice(struct str organisation, struct arena *arena)
{
    return (struct bundle_file){
        STR(LOAD_CHOICE_PATH), arena_format(arena, "organisation: %.*s\n", STR_ARG(organisation))};
}

/* The mapping with another value at a key, which it need not have. */
static const struct tree_node *with(struct loader *loader, const struct tree_node *map,
    const char *key, const struct tree_node *value)
{
    struct tree_node *changed = ARENA_NEW(loader->arena, struct tree_node);
    *changed = *map;
    changed->pairs = ARENA_ARRAY(loader->arena, map->count + 1, struct tree_pair);
    changed->count = 0;
    for (size_t i = 0; i < map->count; i++)
        if (!str_is(map->pairs[i].key, key))
            changed->pairs[changed->count++] = map->pairs[i];
    changed->pairs[changed->count++] = (struct tree_pair){str_of(key), value->place, value};
    return changed;
}

const struct tree_node *load_choice_lay(struct loader *loader, const struct tree_node *root)
{
    loader->choice = loader_file(loader, STR(LOAD_CHOICE_PATH), false);
    const struct overlay over = {.scenario = tree_get(loader->choice, STR("scenario"))};
    const struct tree_node *organisation = tree_get(loader->choice, STR("organisation"));
    const struct tree_node *id = tree_get(over.scenario, STR("id"));
    if (id)
        loader_error(loader, id, "a choice cannot change the scenario's \"id:\"; remove it");
    const struct tree_node *laid = overlay_scenario(loader, &over, root);
    if (!laid || laid->kind != TREE_MAP || !organisation)
        return laid;
    return with(loader, laid, "organisation", organisation);
}

/* ---- the ladder ---- */

static bool leads_to(const struct tree_node *rung, struct str to)
{
    const struct tree_node *own = tree_get(rung, STR("to"));
    return own && own->kind == TREE_SCALAR && str_eq(own->text, to);
}

/* Puts the time that is wished for into its rung. */
static void fit_rung(struct loader *loader, const struct tree_node **rungs, size_t rung_count,
    const struct tree_pair *wish)
{
    for (size_t i = 0; i < rung_count; i++) {
        if (!leads_to(rungs[i], wish->key))
            continue;
        rungs[i] = with(loader, rungs[i], "within", wish->value);
        return;
    }
    problems_add(loader->problems, PROBLEM_ERROR, wish->place,
        "no rung of the ladder leads to \"%.*s\"; remove it", STR_ARG(wish->key));
}

const struct tree_node *load_choice_ladder(struct loader *loader, const struct tree_node *house)
{
    const struct tree_node *wishes = tree_get(loader->choice, STR("ladder"));
    const struct tree_node *rungs = tree_get(house, STR("ladder"));
    if (!wishes || !rungs || rungs->kind != TREE_LIST)
        return house;
    if (wishes->kind != TREE_MAP) {
        loader_error(loader, wishes, "\"ladder:\" expects times, like {management: 20m}");
        return house;
    }
    struct tree_node *ladder = ARENA_NEW(loader->arena, struct tree_node);
    const struct tree_node **items =
        ARENA_ARRAY(loader->arena, rungs->count, const struct tree_node *);
    for (size_t i = 0; i < rungs->count; i++)
        items[i] = rungs->items[i];
    for (size_t i = 0; i < wishes->count; i++)
        fit_rung(loader, items, rungs->count, &wishes->pairs[i]);
    *ladder = *rungs;
    ladder->items = items;
    return with(loader, house, "ladder", ladder);
}
