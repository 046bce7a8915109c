/* What whoever makes an exercise chooses over the scenario and its overlay: the organisation.
 *
 * The choice is a file of the bundle, so that it is pinned with all else and a table that is taken
 * up or scored again sees the same house. It lies over scenario.yaml like an overlay, and last. */
#include "load/overlay.h"

struct bundle_file load_choice(struct str organisation, struct arena *arena)
{
    return (struct bundle_file){
        STR(LOAD_CHOICE_PATH), arena_format(arena, "organisation: %.*s\n", STR_ARG(organisation))};
}

const struct tree_node *load_choice_lay(struct loader *loader, const struct tree_node *root)
{
    const struct tree_node *file = loader_file(loader, STR(LOAD_CHOICE_PATH), false);
    const struct tree_node *organisation = tree_get(file, STR("organisation"));
    if (!root || root->kind != TREE_MAP || !organisation)
        return root;
    struct tree_node *chosen = ARENA_NEW(loader->arena, struct tree_node);
    *chosen = *root;
    chosen->pairs = ARENA_ARRAY(loader->arena, root->count + 1, struct tree_pair);
    chosen->count = 0;
    for (size_t i = 0; i < root->count; i++)
        if (!str_is(root->pairs[i].key, "organisation"))
            chosen->pairs[chosen->count++] = root->pairs[i];
    chosen->pairs[chosen->count++] =
        (struct tree_pair){STR("organisation"), organisation->place, organisation};
    return chosen;
}
