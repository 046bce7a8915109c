/* roles/skills.yaml: what the roles of the catalogue need, and how an exercise can see it.
 *
 * Practices and skills share one space of names, because a rule says under `skills:` what it
 * shows without saying of which sort that is (REF_SKILL). A definition without this file is whole:
 * exercises that were pinned before there was one go on as they were. */
#include "base/limits.h"
#include "load/reference.h"

#define AT(type, member) offsetof(struct type, member)
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct form_row practice_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(def_practice, id), .help = "how rules call it"},
    {"name", FORM_REQUIRED, form_words, AT(def_practice, name), .help = "what one does"},
};
static const struct form practice_form = {
    .what = "a practice",
    .rows = practice_rows,
    .row_count = COUNT(practice_rows),
    .size = sizeof(struct def_practice),
    .limit = LIMIT_SKILLS,
};

static const struct form_row of_rows[] = {
    {"role", FORM_REQUIRED, form_ref, AT(def_skill_of, role), .of = REF_CATALOGUE_ROLE,
        .help = "who needs it"},
    {"as", FORM_REQUIRED, form_name, AT(def_skill_of, as), .names = skill_as_names,
        .name_count = SKILL_AS_COUNT, .help = "when appointed, afterwards, or as a duty"},
    {"section", FORM_REQUIRED, form_word, AT(def_skill_of, section),
        .help = "where the source says so"},
};
static const struct form of_form = {
    .what = "an entry of \"of:\"",
    .rows = of_rows,
    .row_count = COUNT(of_rows),
    .size = sizeof(struct def_skill_of),
    .limit = LIMIT_LIST_ITEMS,
};

static const struct form_row skill_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(def_skill, id), .help = "how everything calls it"},
    {"name", FORM_REQUIRED, form_words, AT(def_skill, name), .help = "what one can, or knows"},
    {"of", FORM_REQUIRED, form_list, AT(def_skill, of), .form = &of_form,
        .count_offset = AT(def_skill, of_count), .help = "the roles that need it"},
    {"seen", FORM_REQUIRED, form_name, AT(def_skill, seen), .names = skill_seen_names,
        .name_count = SKILL_SEEN_COUNT, .help = "by rules, by an evaluator, or not in an exercise"},
    {"shown_by", FORM_OPTIONAL, form_refs, AT(def_skill, shown_by), .of = REF_PRACTICE,
        .help = "what rules observe of it; `observed` must have it"},
    {"how", FORM_REQUIRED, form_words, AT(def_skill, how), .help = "how one sees it, or why not"},
};

static void check_of(
    struct loader *loader, const struct tree_node *node, const struct def_skill *skill)
{
    if (skill->of_count == 0 && node->kind == TREE_LIST)
        loader_error(loader, node, "\"of:\" names no role; name one that needs this skill");
    for (size_t i = 0; i < skill->of_count; i++)
        for (size_t other = 0; other < i; other++)
            if (skill->of[i].role.len > 0 && str_eq(skill->of[i].role, skill->of[other].role))
                loader_tell(loader, KIND_DUPLICATE, node,
                    "\"%.*s\" stands twice in \"of:\"; keep one of them",
                    STR_ARG(skill->of[i].role));
}

/* Until it is said, so that a misspelt word is told once. */
static void init_skill(void *target)
{
    struct def_skill *skill = target;
    skill->seen = SKILL_SEEN_COUNT;
}

static void finish_skill(struct loader *loader, const struct tree_node *node, void *target)
{
    const struct def_skill *skill = target;
    const struct tree_node *of = tree_get(node, STR("of"));
    const struct tree_node *shown_by = tree_get(node, STR("shown_by"));
    if (of)
        check_of(loader, of, skill);
    if (skill->seen == SKILL_OBSERVED && !shown_by)
        loader_error(loader, tree_get(node, STR("seen")),
            "what rules observe needs \"shown_by:\", the practices by which they see it");
    else if (shown_by && (skill->seen == SKILL_RATED || skill->seen == SKILL_NOT_HERE))
        loader_error(loader, shown_by,
            "\"shown_by:\" is for what rules observe; remove it, or write \"seen: observed\"");
}

static const struct form skill_form = {
    .what = "a skill",
    .rows = skill_rows,
    .row_count = COUNT(skill_rows),
    .size = sizeof(struct def_skill),
    .limit = LIMIT_SKILLS,
    .init = init_skill,
    .finish = finish_skill,
};

static const struct form_row skills_rows[] = {
    {"practices", FORM_REQUIRED, form_list, AT(def, practices), .form = &practice_form,
        .count_offset = AT(def, practice_count), .help = "what rules observe"},
    {"skills", FORM_REQUIRED, form_list, AT(def, skills), .form = &skill_form,
        .count_offset = AT(def, skill_count), .help = "what roles need"},
};
const struct form skills_form = {
    .what = "the skills",
    .rows = skills_rows,
    .row_count = COUNT(skills_rows),
};

/* The node of the list under `key` whose id this is, or NULL. */
static const struct tree_node *find_node(
    const struct tree_node *root, struct str key, struct str id)
{
    const struct tree_node *list = tree_get(root, key);
    for (size_t i = 0; list && list->kind == TREE_LIST && i < list->count; i++) {
        const struct tree_node *node = tree_get(list->items[i], STR("id"));
        if (node && node->kind == TREE_SCALAR && str_eq(node->text, id))
            return node;
    }
    return NULL;
}

void load_skills(struct loader *loader, const struct tree_node *root)
{
    struct def *def = loader->def;
    if (!form_fill(loader, &skills_form, root, def))
        return;
    for (size_t i = 0; i < def->practice_count; i++) {
        const struct tree_node *skill = find_node(root, STR("skills"), def->practices[i].id);
        if (def->practices[i].id.len > 0 && skill)
            loader_tell(loader, KIND_DUPLICATE, skill,
                "a practice is called \"%.*s\" already, in line %d; choose another name",
                STR_ARG(skill->text), find_node(root, STR("practices"), skill->text)->place.line);
    }
}
