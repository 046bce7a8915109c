/* The small helpers that every part of a load needs. */
#include "load/loader.h"

#include <assert.h>

#include "base/wide.h"
#include "load/form.h"
#include "load/slips.h"

/* So many candidates are named when none is close; more would hide the sentence. */
enum { GUESS_CHOICES = 16 };

void loader_error(struct loader *loader, const struct tree_node *node, const char *format, ...)
{
    assert(node);
    va_list args;
    va_start(args, format);
    struct str message = arena_format_list(loader->arena, format, args);
    va_end(args);
    problems_add(loader->problems, PROBLEM_ERROR, node->place, "%.*s", STR_ARG(message));
}

void loader_tell(struct loader *loader, enum problem_kind kind, const struct tree_node *node,
    const char *format, ...)
{
    assert(node);
    va_list args;
    va_start(args, format);
    struct str message = arena_format_list(loader->arena, format, args);
    va_end(args);
    problems_tell(loader->problems, kind, node->place, "%.*s", STR_ARG(message));
}

const char *loader_slip(struct loader *loader, struct str word)
{
    struct wide wide;
    if (!wide_find(word, &wide))
        return "";
    return arena_format(loader->arena, "; %.*s", STR_ARG(wide_remedy(&wide, loader->arena))).ptr;
}

const char *loader_slip_of(struct loader *loader, const struct tree_node *node)
{
    struct wide wide;
    if (node->kind == TREE_MAP && node->count > 0)
        return loader_slip(loader, node->pairs[0].key);
    bool is_likely =
        node->kind == TREE_SCALAR && !node->quoted &&
        (wide_is_only_other(node->text) || wide_at(node->text, &wide) || slips_is_key(node->text));
    return is_likely ? loader_slip(loader, node->text) : "";
}

const char *loader_guess(struct loader *loader, struct str word, struct strs candidates)
{
    const char *slip = loader_slip(loader, word);
    if (slip[0] != '\0')
        return slip;
    struct str near = str_nearest(word, candidates);
    if (near.len > 0)
        return arena_format(loader->arena, "; did you mean \"%.*s\"?", STR_ARG(near)).ptr;
    if (candidates.count == 0 || candidates.count > GUESS_CHOICES)
        return "";
    struct str choices = form_join(loader, candidates);
    return arena_format(loader->arena, "; there is: %.*s", STR_ARG(choices)).ptr;
}

const char *loader_found(struct loader *loader, const struct tree_node *node)
{
    if (node->kind != TREE_SCALAR || tree_is_empty(node))
        return tree_found(node);
    return arena_format(loader->arena, "\"%.*s\"", STR_ARG(node->text)).ptr;
}

bool loader_is_reserved(struct str id)
{
    static const char *const reserved[] = {
        "clock", "evaluator", "exercise", "facilitator", "host", "room", "story"};
    int ignored;
    return def_name_find(reserved, sizeof(reserved) / sizeof(reserved[0]), id, &ignored);
}

/* Content shared by all scenarios lies beside them, not below the scenario's own root. */
static bool is_shared(struct str path)
{
    return str_starts_with(path, STR("roles/")) || str_starts_with(path, STR("scoring/"));
}

struct str loader_file_name(const struct bundle *bundle, struct str path, struct arena *arena)
{
    for (size_t i = 0; i < bundle->name_count; i++)
        if (str_eq(bundle->names[i].path, path))
            return arena_str(arena, bundle->names[i].shown);
    if (str_is(path, "overlay.yaml") && bundle->overlay.len > 0)
        return arena_str(arena, bundle->overlay);
    if (is_shared(path))
        return arena_str(arena, path);
    return arena_format(arena, "%.*s%.*s", STR_ARG(bundle->root), STR_ARG(path));
}

struct tree_node *loader_file(struct loader *loader, struct str path, bool required)
{
    const struct bundle_file *file = bundle_find(loader->bundle, path);
    struct str name = loader_file_name(loader->bundle, path, loader->arena);
    if (!file) {
        if (required) {
            problems_tell(loader->problems, KIND_MISSING_FILE, (struct place){.file = name},
                "this file is missing");
            loader->broken_file = true;
        }
        return NULL;
    }
    struct tree_node *root = tree_read(file->bytes, name, loader->arena, loader->problems);
    if (!root)
        loader->broken_file = true;
    return root;
}
