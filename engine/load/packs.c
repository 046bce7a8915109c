/* Packs of rules in scoring/, and which rules apply here.
 *
 * A pack is general: it may name roles, contacts and things that this scenario lacks. They are
 * taken out of the rule's conditions, and a rule of which nothing remains is left out. So is one
 * whose law is not in force on the story's first day, or that is for other organisations. */
#include "base/duration.h"
#include "base/limits.h"
#include "core/event.h"
#include "load/filters.h"
#include "load/reference.h"
#include "load/rules.h"

#include <stddef.h>

#define AT(member) offsetof(struct loaded_pack, member)
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- what a pack says of itself ---- */

static void read_sources(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct strs *sources = (void *)((char *)target + row->offset);
    form_scalars(loader, value, "a source", sources);
}

static const struct form_row pack_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(pack.id), .help = "its name, which is the file's"},
    {"title", FORM_REQUIRED, form_words, AT(pack.title), .help = "what it is about"},
    {"version", FORM_REQUIRED, form_word, AT(pack.version),
        .help = "\"1.0\"; results are compared only under the same first number"},
    {"jurisdiction", FORM_OPTIONAL, form_id, AT(pack.jurisdiction),
        .help = "where its law holds: `jp`, `eu`, `us` …"},
    {"instrument", FORM_OPTIONAL, form_words, AT(pack.instrument), .help = "the law's name"},
    {"in_force", FORM_OPTIONAL, rule_clock_force, AT(force), .form = &rule_force_form,
        .is = "a mapping of", .help = "from when to when it holds"},
    {"read_on", FORM_OPTIONAL, rule_clock_day, AT(pack.read_on_day), .is = "a date",
        .help = "when somebody last compared it with the law"},
    {"sources", FORM_OPTIONAL, read_sources, AT(pack.sources), .is = "addresses",
        .help = "where to read it"},
    {"confidence", FORM_OPTIONAL, rule_clock_confidence, AT(pack.confidence),
        .is = "`high` `medium` `low`",
        .help = "high: read in the law itself; low: check before you rely on it"},
    {"disabled", FORM_OPTIONAL, form_words, AT(pack.disabled),
        .help = "why none of its rules is used"},
    {"note", FORM_OPTIONAL, form_words, AT(pack.note), .help = "what to know before using it"},
};
const struct form pack_form = {
    .what = "\"pack:\"", .rows = pack_rows, .row_count = COUNT(pack_rows)};

static int64_t story_day(const struct loader *loader)
{
    return calendar_day(loader->def->story_start_ms, loader->def->story_offset_minutes);
}

static bool is_in_force(const struct loader *loader, const struct rule_force *force)
{
    int64_t day = story_day(loader);
    if (loader->def->story_start_ms == 0) /* packs that are read without a scenario */
        return true;
    return (force->from_day == 0 || day >= force->from_day) &&
           (force->to_day == 0 || day <= force->to_day);
}

static const struct loaded_pack *read_pack(
    struct loader *loader, const struct tree_node *node, struct str name)
{
    struct loaded_pack *pack = ARENA_NEW(loader->arena, struct loaded_pack);
    *pack = (struct loaded_pack){.pack = {.id = name}};
    if (node && form_fill(loader, &pack_form, node, pack) && !str_eq(pack->pack.id, name))
        loader_error(loader, tree_get(node, STR("id")), "the pack of this file is called \"%.*s\"",
            STR_ARG(name));
    loader->loaded_packs[loader->loaded_pack_count++] = pack;
    return pack;
}

/* A pack is a mapping of what it says of itself and its rules, or just the rules. */
const struct tree_node *load_pack_rules(
    struct loader *loader, const struct tree_node *root, const struct tree_node **ret_about)
{
    *ret_about = NULL;
    if (!root || root->kind != TREE_MAP)
        return root;
    const struct tree_node *rules = tree_get(root, STR("rules"));
    *ret_about = tree_get(root, STR("pack"));
    if (!rules || !*ret_about)
        loader_error(loader, root, "a pack has \"pack:\", what it is, and \"rules:\", a list");
    for (size_t i = 0; i < root->count; i++)
        if (!str_is(root->pairs[i].key, "rules") && !str_is(root->pairs[i].key, "pack"))
            problems_add(loader->problems, PROBLEM_ERROR, root->pairs[i].place,
                "a pack has no \"%.*s\"; there is: pack, rules", STR_ARG(root->pairs[i].key));
    return rules;
}

void load_rules(struct loader *loader, const struct tree_node *rules, const struct tree_node *about,
    struct str name)
{
    if (rules->kind != TREE_LIST) {
        loader_error(loader, rules, "expected a list of rules, found %s", tree_found(rules));
        return;
    }
    if (loader->rule_count + rules->count > LIMIT_RULES) {
        loader_error(loader, rules, "there are more than %d rules", LIMIT_RULES);
        return;
    }
    const struct loaded_pack *pack = name.len > 0 ? read_pack(loader, about, name) : NULL;
    for (size_t i = 0; i < rules->count; i++)
        rules_add(loader, rules->items[i], pack);
}

/* ---- which rules apply here ---- */

static bool keep_steps(struct loader *loader, struct strs absent, struct rule *rule)
{
    struct rule_step *steps = ARENA_ARRAY(loader->arena, rule->step_count + 1, struct rule_step);
    bool ok = true;
    for (size_t i = 0; i < rule->step_count; i++) {
        steps[i] = rule->steps[i];
        ok = filters_keep(loader, absent, &steps[i].filter) && ok;
    }
    rule->steps = steps;
    return ok;
}

static bool keep_anchors(struct loader *loader, struct strs absent, struct rule *rule)
{
    if (!rule->deadline)
        return true;
    struct rule_deadline *deadline = ARENA_NEW(loader->arena, struct rule_deadline);
    bool ok = !strs_contain(absent, rule->deadline->matter);
    *deadline = *rule->deadline;
    for (size_t i = 0; i < deadline->anchor_count; i++) {
        struct rule_anchor *anchor = &deadline->anchors[i];
        size_t count = 0;
        for (size_t f = 0; f < anchor->filter_count; f++)
            if (filters_keep(loader, absent, &anchor->filters[f]))
                anchor->filters[count++] = anchor->filters[f];
        ok = ok && (count > 0 || anchor->filter_count == 0);
        anchor->filter_count = count;
    }
    rule->deadline = deadline;
    return ok;
}

static void keep_choose(struct loader *loader, struct strs absent, struct rule *rule)
{
    if (!rule->choose)
        return;
    struct rule_choose *choose = ARENA_NEW(loader->arena, struct rule_choose);
    *choose = *rule->choose;
    choose->informing = filters_present(loader, absent, choose->informing);
    rule->choose = choose;
}

/* Takes the absent names out; false when the rule can then never apply. */
static bool keep_present(struct loader *loader, struct strs absent, struct rule *rule)
{
    bool had_parties = rule->parties.count != 0, had_slots = rule->slots.count != 0;
    if (!filters_keep(loader, absent, &rule->unless))
        rule->unless = (struct filter){0};
    if (rule->kind == RULE_HOLD && !filters_keep(loader, absent, &rule->until))
        rule->until = (struct filter){0};
    rule->parties = filters_present(loader, absent, rule->parties);
    rule->slots = filters_present(loader, absent, rule->slots);
    keep_choose(loader, absent, rule);
    bool ok = !strs_contain(absent, rule->role);
    ok = filters_keep(loader, absent, &rule->when) && ok;
    ok = filters_keep(loader, absent, &rule->then) && ok;
    ok = filters_keep(loader, absent, &rule->until) && ok;
    ok = filters_keep(loader, absent, &rule->applies_if) && ok;
    ok = filters_keep_holds(loader, absent, &rule->during) && ok;
    ok = keep_steps(loader, absent, rule) && ok;
    ok = keep_anchors(loader, absent, rule) && ok;
    return ok && (!had_parties || rule->parties.count != 0) &&
           (!had_slots || rule->slots.count != 0);
}

static bool is_disabled(const struct rule_pack *pack)
{
    return pack->disabled.in[LANG_EN].len != 0;
}

/* What a rule says of its own days goes before what its pack says. */
static bool may_apply_now(const struct loader *loader, const struct loaded_rule *loaded)
{
    const struct loaded_pack *pack = loaded->pack;
    bool is_own = !pack || loaded->force.is_said;
    return !(pack && is_disabled(&pack->pack)) &&
           is_in_force(loader, is_own ? &loaded->force : &pack->force);
}

static bool is_for_here(const struct loader *loader, const struct loaded_rule *loaded)
{
    const struct organisation *house = loader->def->organisation_profile;
    bool fits =
        loaded->authority == 0 || (house && (loaded->authority & 1u << house->authority) != 0);
    return fits && !loaded->lacks_target && may_apply_now(loader, loaded);
}

/* ---- duties to tell oneself ---- */

/* Whom a rule wants to be told. */
static struct strs told_by(const struct rule *rule)
{
    if (rule->parties.count != 0)
        return rule->parties;
    const struct pattern *then = &rule->then.pattern;
    for (size_t i = 0; i < then->condition_count; i++) {
        const struct field *field = then->conditions[i].field;
        bool is_actor = !field && (then->name->event_kind == EVENT_LEARNED ||
                                      then->name->event_kind == EVENT_REACHED);
        if (is_actor || (field && str_is(str_of(field->name), "to")))
            return then->conditions[i].values;
    }
    return (struct strs){0};
}

static struct strs tellers_of(const struct rule *rule)
{
    if (rule->role.len > 0)
        return (struct strs){&rule->role, 1};
    for (size_t i = 0; i < rule->when.pattern.condition_count; i++)
        if (!rule->when.pattern.conditions[i].field)
            return rule->when.pattern.conditions[i].values;
    return (struct strs){0};
}

static bool is_to_oneself(const struct def *def, const struct rule *rule)
{
    struct strs told = told_by(rule), tellers = tellers_of(rule);
    for (size_t t = 0; t < told.count; t++)
        for (size_t i = 0; i < tellers.count; i++)
            if (!organisation_same_person(def, told.items[t], tellers.items[i]))
                return false;
    return told.count != 0 && tellers.count != 0;
}

/* Where the duty would be to tell oneself, its substitutes take its place. */
static void place_substitutes(struct loader *loader, size_t position)
{
    struct loaded_rule *duty = &loader->rules[position];
    bool is_needed = !duty->left_out && is_to_oneself(loader->def, &duty->rule);
    bool has_substitute = false;
    for (size_t i = 0; i < loader->rule_count; i++) {
        struct loaded_rule *other = &loader->rules[i];
        if (!str_eq(other->instead_of, duty->rule.id) || duty->rule.id.len == 0)
            continue;
        has_substitute = true;
        other->left_out = other->left_out || !is_needed;
    }
    if (is_needed && has_substitute)
        duty->left_out = true;
}

/* ---- all of them ---- */

/* Rules that do not apply here can neither have been missed nor done. */
static struct strs kept_rules(struct loader *loader, struct strs ids)
{
    struct str *items = ARENA_ARRAY(loader->arena, ids.count + 1, struct str);
    size_t count = 0;
    for (size_t i = 0; i < ids.count; i++) {
        const struct loaded_rule *rule = rules_find(loader, ids.items[i]);
        if (rule && !rule->left_out)
            items[count++] = ids.items[i];
    }
    return (struct strs){items, count};
}

static void check_before(
    struct loader *loader, const struct loaded_rule *loaded, struct strs ids, const char *relation)
{
    for (size_t i = 0; i < ids.count; i++) {
        const struct loaded_rule *other = rules_find(loader, ids.items[i]);
        if (other && other > loaded)
            problems_add(loader->problems, PROBLEM_ERROR, loaded->rule.place,
                "\"%.*s\" %s \"%.*s\", which must stand before it", STR_ARG(loaded->rule.id),
                relation, STR_ARG(other->rule.id));
    }
}

static void check_order(struct loader *loader, const struct loaded_rule *loaded)
{
    check_before(loader, loaded, loaded->rule.caused_by, "is caused by");
    check_before(loader, loaded, loaded->rule.duty, "is paired with");
    if (loaded->instead_of.len > 0)
        check_before(loader, loaded, (struct strs){&loaded->instead_of, 1}, "takes the place of");
    for (size_t i = 0; loaded->rule.deadline && i < loaded->rule.deadline->anchor_count; i++)
        if (loaded->rule.deadline->anchors[i].filed.len > 0)
            check_before(loader, loaded, (struct strs){&loaded->rule.deadline->anchors[i].filed, 1},
                "runs from");
}

static void drop_absent(struct loader *loader, struct loaded_rule *loaded)
{
    struct strs absent = {loaded->absent, loaded->absent_count};
    if (loaded->absent_count != 0 && !keep_present(loader, absent, &loaded->rule))
        loaded->left_out = true;
    if (!is_for_here(loader, loaded))
        loaded->left_out = true;
}

/* Whether no rule of the pack can apply when the story begins. */
static bool is_idle(const struct loader *loader, const struct loaded_pack *pack)
{
    bool has_rules = false;
    for (size_t i = 0; i < loader->rule_count; i++) {
        if (loader->rules[i].pack != pack)
            continue;
        if (may_apply_now(loader, &loader->rules[i]))
            return false;
        has_rules = true;
    }
    return has_rules || is_disabled(&pack->pack) || !is_in_force(loader, &pack->force);
}

static void list_packs(struct loader *loader, struct rules *ret_rules)
{
    struct rule_pack *packs =
        ARENA_ARRAY(loader->arena, loader->loaded_pack_count + 1, struct rule_pack);
    for (size_t i = 0; i < loader->loaded_pack_count; i++) {
        packs[i] = loader->loaded_packs[i]->pack;
        packs[i].is_idle = is_idle(loader, loader->loaded_packs[i]);
    }
    ret_rules->packs = packs;
    ret_rules->pack_count = loader->loaded_pack_count;
}

void load_rules_list(struct loader *loader, struct rules *ret_rules)
{
    struct rule *items = ARENA_ARRAY(loader->arena, loader->rule_count + 1, struct rule);
    for (size_t i = 0; i < loader->rule_count; i++)
        items[i] = loader->rules[i].rule;
    *ret_rules = (struct rules){.items = items, .count = loader->rule_count};
    list_packs(loader, ret_rules);
}

void load_rules_finish(struct loader *loader, struct rules *ret_rules)
{
    struct rule *items = ARENA_ARRAY(loader->arena, loader->rule_count + 1, struct rule);
    size_t count = 0;
    for (size_t i = 0; i < loader->rule_count; i++)
        drop_absent(loader, &loader->rules[i]);
    for (size_t i = 0; i < loader->rule_count; i++)
        place_substitutes(loader, i);
    for (size_t i = 0; i < loader->rule_count; i++) {
        check_order(loader, &loader->rules[i]);
        if (loader->rules[i].left_out)
            continue;
        items[count] = loader->rules[i].rule;
        items[count].caused_by = kept_rules(loader, items[count].caused_by);
        items[count].duty = kept_rules(loader, items[count].duty);
        count++;
    }
    *ret_rules = (struct rules){.items = items, .count = count};
    list_packs(loader, ret_rules);
}
