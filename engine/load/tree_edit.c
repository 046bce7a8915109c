/* Editing by copying: nodes are shared wherever nothing differs. */
#include "load/tree_edit.h"

static const struct tree_node *scalar(struct arena *arena, struct str text, bool quoted)
{
    struct tree_node *node = ARENA_NEW(arena, struct tree_node);
    *node = (struct tree_node){.kind = TREE_SCALAR, .text = text, .quoted = quoted};
    return node;
}

const struct tree_node *tree_text(struct arena *arena, struct str text)
{
    return scalar(arena, text, true);
}

const struct tree_node *tree_word(struct arena *arena, struct str word)
{
    return scalar(arena, word, false);
}

const struct tree_node *tree_words(struct arena *arena, struct words words)
{
    const struct tree_node *node = NULL;
    node = tree_with(arena, node, "en", tree_text(arena, words.in[LANG_EN]));
    return tree_with(arena, node, "ja", tree_text(arena, words.in[LANG_JA]));
}

const struct tree_node *tree_list(
    struct arena *arena, const struct tree_node *const *items, size_t count)
{
    struct tree_node *node = ARENA_NEW(arena, struct tree_node);
    *node = (struct tree_node){.kind = TREE_LIST, .items = items, .count = count};
    return node;
}

const struct tree_node *tree_with(struct arena *arena, const struct tree_node *node,
    const char *key, const struct tree_node *value)
{
    struct tree_node *copy = ARENA_NEW(arena, struct tree_node);
    *copy = node ? *node : (struct tree_node){.kind = TREE_MAP};
    copy->pairs = ARENA_ARRAY(arena, copy->count + 1, struct tree_pair);
    copy->count = 0;
    bool is_there = false;
    for (size_t i = 0; node && i < node->count; i++) {
        struct tree_pair pair = node->pairs[i];
        if (str_is(pair.key, key)) {
            is_there = true;
            pair.value = value;
        }
        if (pair.value)
            copy->pairs[copy->count++] = pair;
    }
    if (!is_there && value)
        copy->pairs[copy->count++] = (struct tree_pair){.key = str_of(key), .value = value};
    return copy;
}

bool tree_holds(const struct tree_node *node, struct str text)
{
    if (!node || node->kind == TREE_SCALAR)
        return node && str_eq(node->text, text);
    for (size_t i = 0; i < node->count; i++) {
        if (node->kind == TREE_MAP && str_eq(node->pairs[i].key, text))
            return true;
        if (tree_holds(node->kind == TREE_LIST ? node->items[i] : node->pairs[i].value, text))
            return true;
    }
    return false;
}

static bool is_gone(const struct tree_gone *gone, const struct place *place)
{
    for (size_t i = 0; i < gone->problems->count; i++) {
        const struct problem *problem = &gone->problems->items[i];
        if (problem->kind == KIND_UNKNOWN_NAME && place->line == problem->place.line &&
            place->column == problem->place.column && str_eq(gone->file, problem->place.file))
            return true;
    }
    return false;
}

static bool is_dispensable(const struct tree_gone *gone, struct str key)
{
    for (const char *const *name = gone->dispensable; *name; name++)
        if (str_is(key, *name))
            return true;
    return false;
}

static const struct tree_node *list_without(
    struct arena *arena, const struct tree_node *node, const struct tree_gone *gone)
{
    const struct tree_node **items = ARENA_ARRAY(arena, node->count + 1, const struct tree_node *);
    size_t count = 0;
    for (size_t i = 0; i < node->count; i++) {
        const struct tree_node *item = tree_without(arena, node->items[i], gone);
        if (item)
            items[count++] = item;
    }
    return count == 0 && node->count > 0 ? NULL : tree_list(arena, items, count);
}

static const struct tree_node *map_without(
    struct arena *arena, const struct tree_node *node, const struct tree_gone *gone)
{
    struct tree_node *copy = ARENA_NEW(arena, struct tree_node);
    *copy = *node;
    copy->pairs = ARENA_ARRAY(arena, node->count + 1, struct tree_pair);
    copy->count = 0;
    for (size_t i = 0; i < node->count; i++) {
        struct tree_pair pair = node->pairs[i];
        if (is_gone(gone, &pair.place))
            continue;
        pair.value = tree_without(arena, pair.value, gone);
        if (pair.value)
            copy->pairs[copy->count++] = pair;
        else if (!is_dispensable(gone, pair.key))
            return NULL;
    }
    return copy;
}

const struct tree_node *tree_without(
    struct arena *arena, const struct tree_node *node, const struct tree_gone *gone)
{
    if (node->kind == TREE_LIST)
        return list_without(arena, node, gone);
    if (node->kind == TREE_MAP)
        return map_without(arena, node, gone);
    return is_gone(gone, &node->place) ? NULL : node;
}
