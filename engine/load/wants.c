/* Which files a scenario asks for from outside its folder. Knows only the keys that name such
 * files; the other mistakes of scenario.yaml are load_scenario's to tell. */
#include "base/limits.h"
#include "load/overlay.h"

struct str load_organisation_path(struct arena *arena, struct str name)
{
    return arena_format(arena, "roles/organisations/%.*s.yaml", STR_ARG(name));
}

struct str load_pack_path(struct arena *arena, struct str name)
{
    return arena_format(arena, "scoring/%.*s.yaml", STR_ARG(name));
}

/* One name or a list of them. A name that could lead out of its folder must not become a path. */
static bool wanted_names(
    struct loader *loader, const struct tree_node *value, const char *key, struct strs *ret_names)
{
    size_t count = value->kind == TREE_LIST ? value->count : 1;
    struct str *names = ARENA_ARRAY(loader->arena, count, struct str);
    for (size_t i = 0; i < count; i++) {
        const struct tree_node *item = value->kind == TREE_LIST ? value->items[i] : value;
        if (item->kind != TREE_SCALAR || !str_is_id(item->text)) {
            problems_tell(loader->problems, KIND_FORM, item->place,
                "\"%s:\" expects names of a-z, 0-9, - and _, which are names of files too", key);
            return false;
        }
        names[i] = item->text;
    }
    *ret_names = (struct strs){names, count};
    return true;
}

static bool read_wants(struct loader *loader, const struct tree_node *root, struct strs *ret_paths)
{
    struct arena *arena = loader->arena;
    const struct tree_node *organisation = tree_get(root, STR("organisation"));
    const struct tree_node *rules = tree_get(root, STR("rules"));
    struct strs organisations = {0}, packs = {0};
    if (organisation && !wanted_names(loader, organisation, "organisation", &organisations))
        return false;
    if (rules && !wanted_names(loader, rules, "rules", &packs))
        return false;
    struct str *paths = ARENA_ARRAY(arena, packs.count + 2, struct str);
    size_t count = 0;
    paths[count++] = STR("roles/catalogue.yaml");
    paths[count++] = load_organisation_path(
        arena, organisations.count > 0 ? organisations.items[0] : STR("default"));
    for (size_t i = 0; i < packs.count; i++)
        paths[count++] = load_pack_path(arena, packs.items[i]);
    *ret_paths = (struct strs){paths, count};
    return true;
}

/* Letters, digits and . _ - make a plain name; the first is no dot. */
bool load_is_beside_overlay(struct str logo)
{
    bool ok = logo.len > 0 && logo.len <= LIMIT_ID_BYTES && logo.ptr[0] != '.';
    for (size_t i = 0; ok && i < logo.len; i++) {
        char c = logo.ptr[i];
        ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             c == '.' || c == '_' || c == '-';
    }
    return ok;
}

/* The logo of an overlay lies beside it. */
static void add_logo(struct arena *arena, const struct overlay *overlay, struct strs *paths)
{
    const struct tree_node *logo = tree_get(overlay->scenario, STR("logo"));
    if (!logo || logo->kind != TREE_SCALAR || !load_is_beside_overlay(logo->text))
        return;
    struct str *items = ARENA_ARRAY(arena, paths->count + 1, struct str);
    for (size_t i = 0; i < paths->count; i++)
        items[i] = paths->items[i];
    items[paths->count] = arena_format(arena, "overlay/%.*s", STR_ARG(logo->text));
    *paths = (struct strs){items, paths->count + 1};
}

bool load_wants_or_tell(const struct bundle *bundle, struct arena *arena, struct problems *problems,
    struct strs *ret_paths)
{
    struct str path = STR("scenario.yaml");
    struct place place = {.file = loader_file_name(bundle, path, arena)};
    if (!bundle_find(bundle, path)) {
        problems_tell(problems, KIND_MISSING_FILE, place,
            "this file is missing; is this the folder of a scenario?");
        return false;
    }
    size_t errors_before = problems->error_count;
    struct loader loader = {.bundle = bundle, .arena = arena, .problems = problems, .rule_now = -1};
    struct overlay overlay;
    overlay_read(&loader, &overlay);
    const struct tree_node *root =
        overlay_scenario(&loader, &overlay, loader_file(&loader, path, true));
    root = load_choice_lay(&loader, root);
    if (problems->error_count > errors_before || !read_wants(&loader, root, ret_paths))
        return false;
    add_logo(arena, &overlay, ret_paths);
    return true;
}

bool load_wants(
    const struct bundle *bundle, struct arena *arena, struct strs *ret_paths, struct err *reterr)
{
    struct problems problems = {0};
    bool ok = load_wants_or_tell(bundle, arena, &problems, ret_paths);
    if (!ok)
        problems_to_err(&problems, reterr);
    problems_fini(&problems);
    return ok;
}
