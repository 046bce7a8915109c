/* One load from end to end: which files, in which order, and what is checked when all are read. */
#include "load/load.h"

#include "base/limits.h"
#include "load/names.h"
#include "load/overlay.h"
#include "load/rules.h"
#include "load/slips.h"

const struct bundle_file *bundle_find(const struct bundle *bundle, struct str path)
{
    for (size_t i = 0; i < bundle->file_count; i++)
        if (str_eq(bundle->files[i].path, path))
            return &bundle->files[i];
    return NULL;
}

static void read_story(struct loader *loader)
{
    const struct bundle_file *file = bundle_find(loader->bundle, STR("story.lua"));
    if (!file)
        return;
    struct str name = loader_file_name(loader->bundle, file->path, loader->arena);
    loader->def->story_file = name;
    loader->def->story_source = arena_str(loader->arena, file->bytes);
    struct place place = {.file = name};
    if (file->bytes.len > LIMIT_STORY_BYTES)
        problems_tell(loader->problems, KIND_REFUSED_CONSTRUCT, place,
            "the file is larger than %d KiB; shorten it, texts belong into YAML files",
            LIMIT_STORY_BYTES / 1024);
    else if (slips_not_utf8(file->bytes, &place.line, &place.column))
        problems_tell(loader->problems, KIND_STORY_SYNTAX, place,
            "this is not UTF-8 text; save the file as UTF-8");
}

/* A misspelt file would otherwise be missed in silence. */
static void warn_of_strays(struct loader *loader)
{
    static const char *const known[] = {
        "facts.yaml", "injects.yaml", "overlay.yaml", "rules.yaml", "scenario.yaml", "story.lua"};
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

typedef void load_part(struct loader *loader, const struct tree_node *root);

/* Hands a tree to its part, unless the file is absent or broken. */
static void read_part(struct loader *loader, const struct tree_node *root, load_part *part)
{
    if (root)
        part(loader, root);
}

static void read_rules(struct loader *loader, const struct overlay *overlay)
{
    struct strs packs = loader->packs;
    const struct tree_node **lists =
        ARENA_ARRAY(loader->arena, packs.count + 1, const struct tree_node *);
    loader->loaded_packs = ARENA_ARRAY(loader->arena, packs.count + 1, const struct loaded_pack *);
    const struct tree_node **abouts =
        ARENA_ARRAY(loader->arena, packs.count + 1, const struct tree_node *);
    for (size_t i = 0; i < packs.count; i++)
        lists[i] = load_pack_rules(loader,
            loader_file(loader, load_pack_path(loader->arena, packs.items[i]), true), &abouts[i]);
    lists[packs.count] = loader_file(loader, STR("rules.yaml"), false);
    overlay_rules(loader, overlay, lists, packs.count + 1);
    loader->places.rules = lists[packs.count];
    loader->places.rule_lists = lists;
    loader->places.rule_list_count = packs.count + 1;
    for (size_t i = 0; i <= packs.count; i++)
        if (lists[i])
            load_rules(loader, lists[i], abouts[i], i < packs.count ? packs.items[i] : STR(""));
}

static void read_all(struct loader *loader)
{
    struct overlay overlay;
    warn_of_strays(loader);
    overlay_read(loader, &overlay);
    loader->def->overlay = overlay.title;
    const struct tree_node *scenario =
        overlay_scenario(loader, &overlay, loader_file(loader, STR("scenario.yaml"), true));
    scenario = load_choice_lay(loader, scenario);
    loader->places.scenario = scenario;
    names_read(loader, scenario);
    read_part(loader, loader_file(loader, STR("roles/catalogue.yaml"), true), load_catalogue);
    read_part(loader, loader_file(loader, STR("roles/skills.yaml"), false), load_skills);
    read_part(loader, scenario, load_scenario_file);
    struct str organisation = load_organisation_path(loader->arena, loader->def->organisation);
    const struct tree_node *house =
        load_choice_ladder(loader, loader_file(loader, organisation, true));
    read_part(loader, house, load_organisation);
    load_house(loader, house);
    const struct tree_node *facts = loader_file(loader, STR("facts.yaml"), false);
    loader->places.facts = overlay_list(loader, facts, overlay.facts);
    read_part(loader, loader->places.facts, load_facts);
    const struct tree_node *injects = loader_file(loader, STR("injects.yaml"), true);
    loader->places.injects = overlay_list(loader, injects, overlay.injects);
    read_part(loader, loader->places.injects, load_injects);
    load_house_authority(loader);
    read_rules(loader, &overlay);
    read_story(loader);
    if (!loader->broken_file)
        names_warn_unused(loader);
}

bool load_with_places(const struct bundle *bundle, struct arena *arena, struct problems *problems,
    struct load_result *ret_result)
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
    *ret_result = (struct load_result){def, rules, loader.places};
    return true;
}

bool load_scenario(const struct bundle *bundle, struct arena *arena, struct problems *problems,
    struct def *ret_def, struct rules *ret_rules)
{
    struct load_result result;
    if (!load_with_places(bundle, arena, problems, &result))
        return false;
    *ret_def = result.def;
    *ret_rules = result.rules;
    return true;
}

bool load_organisation_alone(const struct bundle *bundle, struct str name, struct arena *arena,
    struct problems *problems, struct def *ret_def)
{
    struct def def = {.organisation = name};
    struct loader loader = {
        .bundle = bundle, .arena = arena, .problems = problems, .def = &def, .rule_now = -1};
    size_t errors_before = problems->error_count;
    read_part(&loader, loader_file(&loader, STR("roles/catalogue.yaml"), true), load_catalogue);
    read_part(&loader, loader_file(&loader, load_organisation_path(arena, name), true),
        load_organisation);
    def_index(&def, arena);
    *ret_def = def;
    return problems->error_count == errors_before && def.organisation_profile != NULL;
}

bool load_roles(const struct bundle *bundle, struct arena *arena, struct problems *problems,
    struct def *ret_def)
{
    struct def def = {0};
    struct loader loader = {
        .bundle = bundle, .arena = arena, .problems = problems, .def = &def, .rule_now = -1};
    size_t errors_before = problems->error_count;
    read_part(&loader, loader_file(&loader, STR("roles/catalogue.yaml"), true), load_catalogue);
    read_part(&loader, loader_file(&loader, STR("roles/skills.yaml"), false), load_skills);
    def_index(&def, arena);
    if (!loader.broken_file)
        refs_check(&loader);
    if (problems->error_count > errors_before)
        return false;
    *ret_def = def;
    return true;
}

/* What packs name is looked up by scenarios; here they are only read. */
bool load_packs(const struct bundle *bundle, struct arena *arena, struct problems *problems,
    struct rules *ret_rules)
{
    static const struct str folder = STR_INIT("scoring/"), ending = STR_INIT(".yaml");
    struct def def = {0};
    struct loader loader = {
        .bundle = bundle, .arena = arena, .problems = problems, .def = &def, .rule_now = -1};
    size_t errors_before = problems->error_count;
    read_part(&loader, loader_file(&loader, STR("roles/catalogue.yaml"), true), load_catalogue);
    loader.loaded_packs = ARENA_ARRAY(arena, bundle->file_count + 1, const struct loaded_pack *);
    for (size_t i = 0; i < bundle->file_count; i++) {
        struct str path = bundle->files[i].path;
        const struct tree_node *about;
        if (!str_starts_with(path, folder) || path.len < folder.len + ending.len ||
            !str_eq(str_after(path, path.len - ending.len), ending))
            continue;
        const struct tree_node *rules =
            load_pack_rules(&loader, loader_file(&loader, path, true), &about);
        struct str name = {path.ptr + folder.len, path.len - folder.len - ending.len};
        if (rules)
            load_rules(&loader, rules, about, name);
    }
    load_rules_list(&loader, ret_rules);
    return problems->error_count == errors_before;
}
