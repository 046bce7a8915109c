/* Trees made of other trees: for whoever writes a scenario out of parts of one.
 *
 * A tree that was read is never changed; what is edited is copied as far as it differs. Nodes that
 * are made here stand nowhere, so their places are empty. */
#ifndef LOAD_TREE_EDIT_H
#define LOAD_TREE_EDIT_H

#include "base/words.h"
#include "load/tree.h"

/* A text, a bare word ("5m", "poc"), and `{en: …, ja: …}`. They borrow. */
const struct tree_node *tree_text(struct arena *arena, struct str text);
const struct tree_node *tree_word(struct arena *arena, struct str word);
const struct tree_node *tree_words(struct arena *arena, struct words words);

/* A list of the first `count` of these; borrows `items`. */
const struct tree_node *tree_list(
    struct arena *arena, const struct tree_node *const *items, size_t count);

/* The mapping with this value under the key, where the key stood or at the end; NULL takes the key
 * away. A NULL node is an empty mapping. */
const struct tree_node *tree_with(struct arena *arena, const struct tree_node *node,
    const char *key, const struct tree_node *value);

/* Whether any scalar or key in it is this. A NULL node holds nothing. */
bool tree_holds(const struct tree_node *node, struct str text);

/* What hangs on names that are gone, in one file. */
struct tree_gone {
    const struct problems *problems; /* KIND_UNKNOWN_NAME at the place of each */
    struct str file;
    const char *const *dispensable; /* keys without which their mapping still means what it did */
};

/* The tree without them, or NULL: an item leaves its list, a dispensable key its mapping; else the
 * mapping goes, too, for with one condition less it would mean something else. */
const struct tree_node *tree_without(
    struct arena *arena, const struct tree_node *node, const struct tree_gone *gone);

#endif
