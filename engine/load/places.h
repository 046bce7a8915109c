/* Where the things of a scenario are written: the trees of its files, kept beside the definition.
 *
 * With an overlay laid over them, so that each place is in the file that holds the words. */
#ifndef LOAD_PLACES_H
#define LOAD_PLACES_H

#include "base/err.h"
#include "core/field.h"

struct tree_node;

/* Lives in the arena of the definition. A file that is absent is NULL. */
struct places {
    const struct tree_node *scenario, *facts, *injects, *rules;
    const struct tree_node *const *rule_lists; /* of the packs, then `rules`; some may be NULL */
    size_t rule_list_count;
};

/* What was written about a thing, or NULL. For kinds that a scenario defines. */
const struct tree_node *places_find(const struct places *places, enum field_of of, struct str id);

/* Where a thing is written, or one key of it; as near as possible when there is no such key. */
struct place places_at(
    const struct places *places, enum field_of of, struct str id, const char *key);

#endif
