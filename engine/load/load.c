/* One load from end to end: which files, in which order, and what is checked when all are read. */
#include "load/load.h"

#include "base/limits.h"
#include "load/loader.h"

const struct bundle_file *bundle_find(const struct bundle *bundle, struct str path)
{
    for (size_t i = 0; i < bundle->file_count; i++)
        if (str_eq(bundle->files[i].path, path))
            return &bundle->files[i];
    return NULL;
}

static struct str organisation_path(struct arena *arena, struct str name)
{
    return arena_format(arena, "roles/organisations/%.*s.yaml", STR_ARG(name));
}

static struct str pack_path(struct arena *arena, struct str name)
{
    return arena_format(arena, "scoring/%.*s.yaml", STR_ARG(name));
}

/* One name or a list of them. The other mistakes of scenario.yaml are load_scenario's to tell; but
 * a name that could lead out of its folder must not become a path. */
static bool wanted_names(struct arena *arena, const struct tree_node *value, const char *key,
    struct strs *ret_names, struct err *reterr)
{
    size_t count = value->kind == TREE_LIST ? value->count : 1;
    struct str *names = ARENA_ARRAY(arena, count, struct str);
    for (size_t i = 0; i < count; i++) {
        const struct tree_node *item = value->kind == TREE_LIST ? value->items[i] : value;
        if (item->kind != TREE_SCALAR || !str_is_id(item->text))
            return err_set_at(reterr, item->place,
                "\"%s:\" expects names of a-z, 0-9, - and _, which are names of files too", key);
        names[i] = item->text;
    }
    *ret_names = (struct strs){names, count};
    return true;
}

static bool read_wants(
    struct arena *arena, const struct tree_node *root, struct strs *ret_paths, struct err *reterr)
{
    const struct tree_node *organisation = tree_get(root, STR("organisation"));
    const struct tree_node *rules = tree_get(root, STR("rules"));
    struct strs organisations = {0}, packs = {0};
    if (organisation && !wanted_names(arena, organisation, "organisation", &organisations, reterr))
        return false;
    if (rules && !wanted_names(arena, rules, "rules", &packs, reterr))
        return false;
    struct str *paths = ARENA_ARRAY(arena, packs.count + 2, struct str);
    size_t count = 0;
    paths[count++] = STR("roles/catalogue.yaml");
    paths[count++] =
        organisation_path(arena, organisations.count > 0 ? organisations.items[0] : STR("default"));
    for (size_t i = 0; i < packs.count; i++)
        paths[count++] = pack_path(arena, packs.items[i]);
    *ret_paths = (struct strs){paths, count};
    return true;
}

bool load_wants(
    const struct bundle *bundle, struct arena *arena, struct strs *ret_paths, struct err *reterr)
{
    struct str path = STR("scenario.yaml");
    struct place place = {.file = loader_file_name(bundle, path, arena)};
    const struct bundle_file *file = bundle_find(bundle, path);
    if (!file)
        return err_set_at(reterr, place, "this file is missing; is this the folder of a scenario?");
    struct problems problems = {0};
    const struct tree_node *root = tree_read(file->bytes, place.file, arena, &problems);
    bool ok;
    if (!root) {
        problems_to_err(&problems, reterr);
        ok = false;
    } else {
        ok = read_wants(arena, root, ret_paths, reterr);
    }
    problems_fini(&problems);
    return ok;
}

/* Reads a file and hands its tree to its part. */
static void read_part(struct loader *loader, struct str path, bool required,
    void (*part)(struct loader *loader, const struct tree_node *root))
{
    const struct tree_node *root = loader_file(loader, path, required);
    if (root)
        part(loader, root);
}

static void read_packs(struct loader *loader)
{
    for (size_t i = 0; i < loader->packs.count; i++) {
        struct str pack = loader->packs.items[i];
        const struct tree_node *root = loader_file(loader, pack_path(loader->arena, pack), true);
        if (root)
            load_rules(loader, root, pack);
    }
    const struct tree_node *root = loader_file(loader, STR("rules.yaml"), false);
    if (root)
        load_rules(loader, root, STR(""));
}

static void read_story(struct loader *loader)
{
    const struct bundle_file *file = bundle_find(loader->bundle, STR("story.lua"));
    if (!file)
        return;
    struct str name = loader_file_name(loader->bundle, file->path, loader->arena);
    loader->def->story_file = name;
    loader->def->story_source = arena_str(loader->arena, file->bytes);
    if (file->bytes.len > LIMIT_FILE_BYTES || !str_is_utf8(file->bytes))
        problems_add(loader->problems, PROBLEM_ERROR, (struct place){.file = name},
            "a story is UTF-8 text of at most %d bytes", LIMIT_FILE_BYTES);
}

/* A misspelt file would otherwise be missed in silence. */
static void warn_of_strays(struct loader *loader)
{
    static const char *const known[] = {
        "facts.yaml", "injects.yaml", "rules.yaml", "scenario.yaml", "story.lua"};
    enum { KNOWN_COUNT = sizeof(known) / sizeof(known[0]) };
    struct str names[KNOWN_COUNT];
    for (int i = 0; i < KNOWN_COUNT; i++)
        names[i] = str_of(known[i]);
    struct strs candidates = {names, KNOWN_COUNT};
    for (size_t i = 0; i < loader->bundle->file_count; i++) {
        struct str path = loader->bundle->files[i].path, folder, rest;
        bool is_below = str_cut(path, '/', &folder, &rest);
        struct str near = str_nearest(path, candidates);
        if (is_below || near.len == 0 || strs_contain(candidates, path))
            continue;
        struct place place = {.file = loader_file_name(loader->bundle, path, loader->arena)};
        problems_tell(loader->problems, KIND_STRAY_FILE, place,
            "nothing reads this file; did you mean \"%.*s\"?", STR_ARG(near));
    }
}

static void read_all(struct loader *loader)
{
    warn_of_strays(loader);
    read_part(loader, STR("roles/catalogue.yaml"), true, load_catalogue);
    read_part(loader, STR("scenario.yaml"), true, load_scenario_file);
    read_part(loader, organisation_path(loader->arena, loader->def->organisation), true,
        load_organisation);
    read_part(loader, STR("facts.yaml"), false, load_facts);
    read_part(loader, STR("injects.yaml"), true, load_injects);
    read_packs(loader);
    read_story(loader);
}

bool load_scenario(const struct bundle *bundle, struct arena *arena, struct problems *problems,
    struct def *ret_def, struct rules *ret_rules)
{
    struct def def = {0};
    struct rules rules = {0};
    struct loader loader = {
        .bundle = bundle, .arena = arena, .problems = problems, .def = &def, .rule_now = -1};
    size_t errors_before = problems->error_count;
    def.organisation = STR("default");
    if (bundle->file_count > LIMIT_BUNDLE_FILES)
        problems_add(problems, PROBLEM_ERROR, (struct place){.file = bundle->root},
            "a scenario has at most %d files", LIMIT_BUNDLE_FILES);
    else
        read_all(&loader);
    def_index(&def, arena);
    if (!loader.broken_file)
        refs_check(&loader);
    load_rules_finish(&loader, &rules);
    if (problems->error_count > errors_before)
        return false;
    *ret_def = def;
    *ret_rules = rules;
    return true;
}
