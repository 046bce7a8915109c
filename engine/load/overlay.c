/* Laying one tree over another.
 *
 * Trees were chosen over structs: a form would have to know of each key whether it was written. The
 * scenario's own nodes are never changed, what is merged is a new node; it stands where the overlay
 * stands, for if a scenario is sound without its overlay, what is wrong comes from the overlay. */
#include "load/overlay.h"

#include <stddef.h>

#include "base/limits.h"
#include "load/reference.h"

/* No list or mapping of a scenario is longer, and searching each of a longer one for each of
 * another takes long. */
enum { LIST_MAX = LIMIT_INJECTS };

static const struct tree_node *merge(
    struct loader *loader, const struct tree_node *base, const struct tree_node *over);

/* ---- mappings ---- */

/* A pattern merged with another would wait for both. */
static bool is_replaced(struct str key)
{
    static const char *const keys[] = {"after", "then", "unless", "when"};
    int ignored;
    return def_name_find(keys, sizeof(keys) / sizeof(keys[0]), key, &ignored);
}

static void report_nothing_to_remove(
    struct loader *loader, const struct tree_node *base, const struct tree_pair *pair)
{
    struct str *keys = ARENA_ARRAY(loader->arena, base->count, struct str);
    for (size_t i = 0; i < base->count; i++)
        keys[i] = base->pairs[i].key;
    problems_add(loader->problems, PROBLEM_ERROR, pair->place,
        "an empty value takes a key away, but there is no \"%.*s\" to take away%s",
        STR_ARG(pair->key), loader_guess(loader, pair->key, (struct strs){keys, base->count}));
}

/* The form tells of a mapping of the scenario's own that is too long. */
static bool check_length(struct loader *loader, const struct tree_node *over)
{
    if (over->count > LIST_MAX)
        loader_error(loader, over, "this mapping holds %zu keys, at most %d are possible",
            over->count, LIST_MAX);
    return over->count <= LIST_MAX;
}

static const struct tree_node *merge_maps(
    struct loader *loader, const struct tree_node *base, const struct tree_node *over)
{
    if (base->count > LIST_MAX || !check_length(loader, over))
        return base;
    struct tree_node *merged = ARENA_NEW(loader->arena, struct tree_node);
    *merged = *over;
    merged->pairs = ARENA_ARRAY(loader->arena, base->count + over->count, struct tree_pair);
    merged->count = 0;
    for (size_t i = 0; i < base->count; i++) {
        struct tree_pair pair = base->pairs[i];
        const struct tree_node *value = tree_get(over, pair.key);
        if (value && tree_is_empty(value))
            continue;
        if (value)
            pair.value = is_replaced(pair.key) ? value : merge(loader, pair.value, value);
        merged->pairs[merged->count++] = pair;
    }
    for (size_t i = 0; i < over->count; i++) {
        const struct tree_pair *pair = &over->pairs[i];
        if (tree_get(base, pair->key))
            continue;
        if (tree_is_empty(pair->value))
            report_nothing_to_remove(loader, base, pair);
        else
            merged->pairs[merged->count++] = *pair;
    }
    return merged;
}

/* ---- lists of things with an id ---- */

/* The thing's id, or empty. */
static struct str id_of(const struct tree_node *item)
{
    const struct tree_node *id = tree_get(item, STR("id"));
    return id && id->kind == TREE_SCALAR ? id->text : STR("");
}

static const struct tree_node *find_item(const struct tree_node *list, struct str id)
{
    for (size_t i = 0; list && list->kind == TREE_LIST && i < list->count; i++)
        if (id.len > 0 && str_eq(id_of(list->items[i]), id))
            return list->items[i];
    return NULL;
}

static bool is_list_of_things(const struct tree_node *node)
{
    bool all = node->kind == TREE_LIST && node->count > 0;
    for (size_t i = 0; all && i < node->count; i++)
        all = id_of(node->items[i]).len > 0;
    return all;
}

static struct strs ids_of(struct loader *loader, const struct tree_node *list)
{
    struct str *ids = ARENA_ARRAY(loader->arena, list ? list->count : 0, struct str);
    for (size_t i = 0; list && i < list->count; i++)
        ids[i] = id_of(list->items[i]);
    return (struct strs){ids, list ? list->count : 0};
}

/* Every entry of `over` says once which thing it changes. */
static bool check_entries(struct loader *loader, const struct tree_node *over)
{
    bool ok = over->count <= LIST_MAX;
    if (!ok)
        loader_error(loader, over, "this list holds %zu items, at most %d are possible",
            over->count, LIST_MAX);
    for (size_t i = 0; i < over->count && i < LIST_MAX; i++) {
        const struct tree_node *item = over->items[i];
        const struct tree_node *first = find_item(over, id_of(item));
        if (id_of(item).len == 0)
            loader_error(loader, item,
                "an entry of an overlay needs \"id:\", the thing that it changes or adds");
        else if (first != item)
            loader_tell(loader, KIND_DUPLICATE, item,
                "\"%.*s\" stands here twice, first in line %d; keep one", STR_ARG(id_of(item)),
                first->place.line);
        else
            continue;
        ok = false;
    }
    return ok;
}

static bool has_off(const struct tree_node *item)
{
    return tree_get(item, STR("off")) != NULL;
}

/* Whether `{id: x, off: yes}` says so soundly. */
static bool check_off(
    struct loader *loader, const struct tree_node *item, const struct tree_node *base)
{
    const struct tree_node *off = tree_get(item, STR("off"));
    struct str id = id_of(item);
    if (off->kind != TREE_SCALAR || !(str_is(off->text, "yes") || str_is(off->text, "true")))
        loader_error(
            loader, off, "\"off:\" can only be yes; remove it to keep \"%.*s\"", STR_ARG(id));
    else if (item->count > 2)
        loader_error(loader, item,
            "\"off: yes\" takes \"%.*s\" away; nothing but its \"id:\" can stand beside it",
            STR_ARG(id));
    else if (!find_item(base, id))
        loader_tell(loader, KIND_UNKNOWN_NAME, item, "there is no \"%.*s\" to take away%s",
            STR_ARG(id), loader_guess(loader, id, ids_of(loader, base)));
    else
        return true;
    return false;
}

/* The thing as the overlay changes it, or NULL when it is taken away. */
static const struct tree_node *changed(struct loader *loader, const struct tree_node *item,
    const struct tree_node *change, const struct tree_node *base)
{
    if (!change)
        return item;
    if (has_off(change))
        return check_off(loader, change, base) ? NULL : item;
    return merge(loader, item, change);
}

/* A new thing; should it prove incomplete, its name may just be misspelt. */
static struct tree_node *added(
    struct loader *loader, const struct tree_node *item, const struct tree_node *base)
{
    struct tree_node *copy = ARENA_NEW(loader->arena, struct tree_node);
    struct str near = str_nearest(id_of(item), ids_of(loader, base));
    *copy = *item;
    copy->hint = near.len == 0 ? NULL
                               : arena_format(loader->arena,
                                     "; \"%.*s\" is new, did you mean to change \"%.*s\"?",
                                     STR_ARG(id_of(item)), STR_ARG(near))
                                     .ptr;
    return copy;
}

static const struct tree_node *merge_things(
    struct loader *loader, const struct tree_node *base, const struct tree_node *over)
{
    if ((base && base->count > LIST_MAX) || !check_entries(loader, over))
        return base;
    size_t base_count = base ? base->count : 0, count = 0;
    const struct tree_node **items =
        ARENA_ARRAY(loader->arena, base_count + over->count, const struct tree_node *);
    for (size_t i = 0; i < base_count; i++) {
        const struct tree_node *item = base->items[i];
        items[count] = changed(loader, item, find_item(over, id_of(item)), base);
        count += items[count] != NULL;
    }
    for (size_t i = 0; i < over->count; i++) {
        const struct tree_node *item = over->items[i];
        if (find_item(base, id_of(item)))
            continue;
        if (has_off(item))
            check_off(loader, item, base);
        else
            items[count++] = added(loader, item, base);
    }
    struct tree_node *merged = ARENA_NEW(loader->arena, struct tree_node);
    *merged = *over;
    merged->items = items;
    merged->count = count;
    return merged;
}

static const struct tree_node *merge(
    struct loader *loader, const struct tree_node *base, const struct tree_node *over)
{
    if (base->kind == TREE_MAP && over->kind == TREE_MAP)
        return merge_maps(loader, base, over);
    if (is_list_of_things(base) && over->kind == TREE_LIST)
        return merge_things(loader, base, over);
    return over;
}

/* ---- the file ---- */

static const struct form_row overlay_rows[] = {
    {"for", FORM_REQUIRED, form_node, offsetof(struct overlay, of), .is = "a name",
        .help = "the id of the scenario that it changes"},
    {"title", FORM_OPTIONAL, form_words, offsetof(struct overlay, title),
        .help = "whose it is, for whoever opens the file"},
    {"scenario", FORM_OPTIONAL, form_node, offsetof(struct overlay, scenario),
        .is = "keys of scenario.yaml", .help = "what to change there; not its `id`"},
    {"facts", FORM_OPTIONAL, form_node, offsetof(struct overlay, facts), .is = "a list of facts",
        .help = "each with its `id` and the keys to change"},
    {"injects", FORM_OPTIONAL, form_node, offsetof(struct overlay, injects),
        .is = "a list of injects", .help = "the same"},
    {"rules", FORM_OPTIONAL, form_node, offsetof(struct overlay, rules), .is = "a list of rules",
        .help = "the same; rules of packs are found by `id`, too"},
};
const struct form overlay_form = {.what = "an overlay",
    .rows = overlay_rows,
    .row_count = sizeof(overlay_rows) / sizeof(overlay_rows[0])};

void overlay_read(struct loader *loader, struct overlay *ret_overlay)
{
    *ret_overlay = (struct overlay){0};
    if (!bundle_find(loader->bundle, STR("overlay.yaml")))
        return;
    const struct tree_node *root = loader_file(loader, STR("overlay.yaml"), true);
    if (root)
        form_fill(loader, &overlay_form, root, ret_overlay);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        if (ret_overlay->title.in[lang].len == 0)
            ret_overlay->title.in[lang] = STR("overlay.yaml");
}

/* An overlay made for another scenario would change what merely bears the same name. */
static void check_for(
    struct loader *loader, const struct overlay *overlay, const struct tree_node *root)
{
    struct str id = id_of(root);
    const struct tree_node *of = overlay->of, *own = tree_get(overlay->scenario, STR("id"));
    if (of && (of->kind != TREE_SCALAR || !str_eq(of->text, id)))
        loader_error(loader, of, "this overlay is for \"%.*s\", but the scenario is \"%.*s\"",
            STR_ARG(of->kind == TREE_SCALAR ? of->text : STR("")), STR_ARG(id));
    if (own)
        loader_error(loader, own, "an overlay cannot change the scenario's \"id:\"; remove it");
}

const struct tree_node *overlay_scenario(
    struct loader *loader, const struct overlay *overlay, const struct tree_node *root)
{
    const struct tree_node *over = overlay->scenario;
    if (!root)
        return NULL;
    if (overlay->of)
        check_for(loader, overlay, root);
    if (!over || root->kind != TREE_MAP)
        return root;
    if (over->kind == TREE_MAP)
        return merge_maps(loader, root, over);
    loader_error(
        loader, over, "\"scenario:\" expects keys of scenario.yaml, found %s", tree_found(over));
    return root;
}

const struct tree_node *overlay_list(
    struct loader *loader, const struct tree_node *base, const struct tree_node *changes)
{
    if (!changes || (base && base->kind != TREE_LIST))
        return base;
    if (changes->kind == TREE_LIST)
        return merge_things(loader, base, changes);
    loader_error(loader, changes,
        "expected a list, each item (- ) naming by \"id:\" what it changes or adds, found %s",
        tree_found(changes));
    return base;
}

/* Which list a rule of the overlay belongs to: the one that has it, else the last. */
static size_t home_of(
    const struct tree_node *const *lists, size_t list_count, const struct tree_node *item)
{
    size_t home = 0;
    while (home + 1 < list_count && !find_item(lists[home], id_of(item)))
        home++;
    return home;
}

void overlay_rules(struct loader *loader, const struct overlay *overlay,
    const struct tree_node **lists, size_t list_count)
{
    const struct tree_node *all = overlay->rules;
    if (!all || all->kind != TREE_LIST || !check_entries(loader, all)) {
        if (all && all->kind != TREE_LIST)
            overlay_list(loader, NULL, all); /* tells */
        return;
    }
    const struct tree_node **before =
        ARENA_ARRAY(loader->arena, list_count, const struct tree_node *);
    for (size_t i = 0; i < list_count; i++)
        before[i] = lists[i];
    for (size_t i = 0; i < list_count; i++) {
        struct tree_node *part = ARENA_NEW(loader->arena, struct tree_node);
        const struct tree_node **items =
            ARENA_ARRAY(loader->arena, all->count, const struct tree_node *);
        *part = *all;
        part->count = 0;
        for (size_t item = 0; item < all->count; item++)
            if (home_of(before, list_count, all->items[item]) == i)
                items[part->count++] = all->items[item];
        part->items = items;
        if (part->count > 0)
            lists[i] = overlay_list(loader, before[i], part);
    }
}
