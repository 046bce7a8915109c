/* A YAML file as a small tree that remembers where everything stands.
 *
 * Only what authors need: mappings, lists and scalars. Anchors, aliases, tags and several documents
 * in one file are refused with a sentence, and so are duplicate keys. */
#ifndef LOAD_TREE_H
#define LOAD_TREE_H

#include "base/arena.h"
#include "base/problems.h"

enum tree_kind { TREE_SCALAR, TREE_LIST, TREE_MAP };

struct tree_pair;

/* One value of the file. Lives in the arena that it was read into. */
struct tree_node {
    enum tree_kind kind;
    struct place place;
    struct str text; /* TREE_SCALAR */
    bool quoted;     /* TREE_SCALAR: "yes" in quotes is text, and so is an empty one */
    const struct tree_node *const *items; /* TREE_LIST */
    struct tree_pair *pairs;              /* TREE_MAP, in the order of the file */
    size_t count;                         /* of items or pairs */
    const char *hint; /* an overlay's new entry: what it may have meant; or NULL */
};

struct tree_pair {
    struct str key;
    struct place place; /* of the key */
    const struct tree_node *value;
};

/* Reads one file into arena. NULL, with at least one problem added, when it is not well formed or
 * holds nothing. `file` is its name for messages and is borrowed. */
struct tree_node *tree_read(
    struct str bytes, struct str file, struct arena *arena, struct problems *problems);

/* The value of a key, or NULL when it is absent or the node is not a mapping. */
const struct tree_node *tree_get(const struct tree_node *node, struct str key);

/* Whether nothing was written: `key:` and then the end of the line. */
bool tree_is_empty(const struct tree_node *node);

/* What stands there, for "expected …, found …": "a list", "nothing", "a text". */
const char *tree_found(const struct tree_node *node);

#endif
