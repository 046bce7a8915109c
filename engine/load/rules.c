/* rules.yaml of a scenario and the packs of scoring/: rules as docs/rules.md describes them.
 *
 * A pack is general: it may name roles and contacts that this scenario lacks. They are taken out of
 * the rule's conditions, and a rule of which nothing remains is left out. */
#include <stddef.h>

#include "base/limits.h"
#include "core/event.h"
#include "load/reference.h"
#include "load/when.h"

#define AT(member) offsetof(struct rule, member)
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Kinds that the language will have; naming one is no spelling mistake. */
static const char *const later_kinds[] = {"forbid", "forbid_until", "count", "cadence", "all_of",
    "any_of", "sequence", "choose", "hold", "content", "flow", "deadline"};

static void read_kind(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    for (size_t i = 0; i < COUNT(later_kinds); i++)
        if (value->kind == TREE_SCALAR && str_is(value->text, later_kinds[i])) {
            loader_error(loader, value,
                "rules of kind \"%s\" are not supported yet; there is: respond, each, precede",
                later_kinds[i]);
            return;
        }
    form_name(loader, value, row, target);
}

static void read_when(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    static const char *const reserved[] = {"attention", NULL};
    static const struct form_row attention_row = {
        "attention", FORM_OPTIONAL, form_ms, AT(attention_ms), .of = 0};
    struct rule *rule = target;
    (void)row;
    when_pattern(loader, value, reserved, &rule->when);
    const struct tree_node *attention = tree_get(value, STR("attention"));
    if (attention)
        form_ms(loader, attention, &attention_row, rule);
}

static void read_then(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    static const char *const reserved[] = {NULL};
    struct rule *rule = target;
    (void)row;
    when_pattern(loader, value, reserved, &rule->then);
}

/* Only one clock exists for rules so far; saying so is allowed, so that files need no change when
 * the other comes. */
static void read_time(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    (void)row, (void)target;
    if (value->kind != TREE_SCALAR || !str_is(value->text, "exercise"))
        loader_error(loader, value, "\"time:\" can only be \"exercise\" so far");
}

static void init_rule(void *target)
{
    struct rule *rule = target;
    rule->kind = RULE_RESPOND;
    rule->severity = SEVERITY_MINOR;
    rule->within_ms = -1;
    rule->modes = (1u << MODE_COUNT) - 1;
}

static const struct form_row rule_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(id), .help = "how findings and other rules call it"},
    {"kind", FORM_REQUIRED, read_kind, AT(kind), .names = rule_kind_names,
        .name_count = RULE_KIND_COUNT, .help = "see docs/rules.md"},
    {"before", FORM_REQUIRED, form_words, AT(before),
        .help = "what is expected, as players may read it before play"},
    {"title", FORM_REQUIRED, form_words, AT(title), .help = "what was met or missed"},
    {"why", FORM_REQUIRED, form_words, AT(why), .help = "why that matters"},
    {"when", FORM_REQUIRED, read_when, 0, .is = "a pattern, `attention`",
        .help = "what makes it begin"},
    {"then", FORM_REQUIRED, read_then, 0, .is = "a pattern", .help = "what fulfils it"},
    {"match", FORM_OPTIONAL, form_word, AT(match), .help = "the field that both share"},
    {"within", FORM_OPTIONAL, form_ms, AT(within_ms), .help = "the bound"},
    {"grace", FORM_OPTIONAL, form_ms, AT(grace_ms), .help = "how much later counts for half"},
    {"modes", FORM_OPTIONAL, form_name_set, AT(modes), .names = mode_names,
        .name_count = MODE_COUNT, .help = "where it applies; without it, in all"},
    {"time", FORM_OPTIONAL, read_time, 0, .is = "`exercise`", .help = "the clock of its bound"},
    {"role", FORM_OPTIONAL, form_ref, AT(role), .of = OF_ROLE, .help = "whose rule it is"},
    {"skills", FORM_OPTIONAL, form_ids, AT(skills), .help = "what it shows"},
    {"severity", FORM_OPTIONAL, form_name, AT(severity), .names = severity_names,
        .name_count = SEVERITY_COUNT, .help = "how much missing it weighs; `minor`"},
    {"caused_by", FORM_OPTIONAL, form_refs, AT(caused_by), .of = REF_RULE,
        .help = "rules before it: when one was missed, missing this too is no second fault"},
    {"source", FORM_OPTIONAL, form_any_words, AT(source), .help = "where it comes from"},
};

/* Whether events of the pattern have the field, holding one name. */
static bool has_field(const struct pattern *pattern, const char *name)
{
    if (!pattern->name)
        return true; /* already told */
    struct fields fields = event_kinds[pattern->name->event_kind].fields;
    const struct field *field = field_find(fields, str_of(name));
    return field && (field->type == FIELD_ID || field->type == FIELD_NAME);
}

static void check_match(
    struct loader *loader, const struct tree_node *node, const struct rule *rule)
{
    if (rule->match.len == 0 || str_is(rule->match, "by"))
        return;
    const struct pattern *activation = &rule->when, *target = &rule->then;
    const char *key = arena_str(loader->arena, rule->match).ptr;
    bool fits;
    if (str_is(rule->match, "re"))
        fits = has_field(target, "re") &&
               (has_field(activation, "message") || has_field(activation, "inject"));
    else
        fits = has_field(activation, key) && has_field(target, key);
    if (!fits)
        loader_error(loader, tree_get(node, STR("match")),
            "\"%s\" is not a single name that both \"when:\" and \"then:\" have", key);
}

static void check_bounds(
    struct loader *loader, const struct tree_node *node, const struct rule *rule)
{
    const struct tree_node *within = tree_get(node, STR("within"));
    const struct tree_node *grace = tree_get(node, STR("grace"));
    if (within && rule->kind == RULE_PRECEDE)
        loader_error(loader, within, "a rule of kind precede has no \"within:\"; remove it");
    if (grace && !within && rule->kind == RULE_RESPOND)
        loader_error(loader, grace, "\"grace:\" needs \"within:\", the bound that it softens");
    if (rule->attention_ms == 0 || !rule->when.name)
        return;
    int activation = rule->when.name->event_kind;
    if (rule->kind != RULE_RESPOND || (activation != EVENT_LEARNED && activation != EVENT_OPENED))
        loader_error(loader, tree_get(node, STR("when")),
            "\"attention:\" is for rules of kind respond that wait for knows or opened");
}

static void finish_rule(struct loader *loader, const struct tree_node *node, void *target)
{
    struct rule *rule = target;
    rule->place = node->place;
    check_match(loader, node, rule);
    check_bounds(loader, node, rule);
}

const struct form rules_form = {.what = "a rule",
    .rows = rule_rows,
    .row_count = COUNT(rule_rows),
    .size = sizeof(struct rule),
    .limit = LIMIT_RULES,
    .init = init_rule,
    .finish = finish_rule};

static const struct loaded_rule *find_rule(const struct loader *loader, struct str id)
{
    for (size_t i = 0; i < loader->rule_count; i++)
        if (str_eq(loader->rules[i].rule.id, id))
            return &loader->rules[i];
    return NULL;
}

/* Consequences follow causes: a rule can only be caused by one that stands before it. */
static void check_causes(
    struct loader *loader, const struct tree_node *node, const struct rule *rule)
{
    for (size_t i = 0; i < rule->caused_by.count; i++)
        if (str_eq(rule->caused_by.items[i], rule->id))
            loader_error(loader, node, "a rule cannot be caused by itself");
}

static void add_rule(struct loader *loader, const struct tree_node *node, struct str pack)
{
    struct loaded_rule loaded = {.from_pack = pack.len > 0};
    loader->rule_now = (int)loader->rule_count;
    loader->rules = arena_grow(loader->arena, loader->rules, loader->rule_count,
        &loader->rule_capacity, sizeof(*loader->rules));
    form_fill(loader, &rules_form, node, &loaded.rule);
    loader->rule_now = -1;
    loaded.rule.pack = pack;
    check_causes(loader, node, &loaded.rule);
    const struct loaded_rule *other =
        loaded.rule.id.len > 0 ? find_rule(loader, loaded.rule.id) : NULL;
    if (other)
        loader_tell(loader, KIND_DUPLICATE, node,
            "a rule is called \"%.*s\" already, in %.*s line %d; choose "
            "another name",
            STR_ARG(loaded.rule.id), STR_ARG(other->rule.place.file), other->rule.place.line);
    loader->rules[loader->rule_count++] = loaded;
}

void load_rules(struct loader *loader, const struct tree_node *root, struct str pack)
{
    if (root->kind != TREE_LIST) {
        loader_error(loader, root, "expected a list of rules, found %s", tree_found(root));
        return;
    }
    if (loader->rule_count + root->count > LIMIT_RULES) {
        loader_error(loader, root, "there are more than %d rules", LIMIT_RULES);
        return;
    }
    for (size_t i = 0; i < root->count; i++)
        add_rule(loader, root->items[i], pack);
}

/* Takes the absent names out of a pattern; false when a condition can then never hold. */
static bool keep_present(
    struct loader *loader, const struct loaded_rule *loaded, struct pattern *pattern)
{
    struct strs absent = {loaded->absent, loaded->absent_count};
    for (size_t i = 0; i < pattern->condition_count; i++) {
        struct strs *values = &pattern->conditions[i].values;
        struct str *kept = ARENA_ARRAY(loader->arena, values->count, struct str);
        size_t count = 0;
        for (size_t v = 0; v < values->count; v++)
            if (!strs_contain(absent, values->items[v]))
                kept[count++] = values->items[v];
        *values = (struct strs){kept, count};
        if (count == 0)
            return false;
    }
    return true;
}

static void drop_absent(struct loader *loader, struct loaded_rule *loaded)
{
    struct rule *rule = &loaded->rule;
    if (loaded->absent_count == 0)
        return;
    bool has_role = !strs_contain((struct strs){loaded->absent, loaded->absent_count}, rule->role);
    bool keeps_when = keep_present(loader, loaded, &rule->when);
    bool keeps_then = keep_present(loader, loaded, &rule->then);
    loaded->left_out = !(has_role && keeps_when && keeps_then);
}

/* Causes that do not apply here cannot have been missed. */
static struct strs kept_causes(struct loader *loader, struct strs causes)
{
    struct str *items = ARENA_ARRAY(loader->arena, causes.count, struct str);
    size_t count = 0;
    for (size_t i = 0; i < causes.count; i++) {
        const struct loaded_rule *cause = find_rule(loader, causes.items[i]);
        if (cause && !cause->left_out)
            items[count++] = causes.items[i];
    }
    return (struct strs){items, count};
}

static void check_cause_order(struct loader *loader, size_t position)
{
    const struct rule *rule = &loader->rules[position].rule;
    for (size_t i = 0; i < rule->caused_by.count; i++) {
        const struct loaded_rule *cause = find_rule(loader, rule->caused_by.items[i]);
        if (cause && cause > &loader->rules[position])
            problems_add(loader->problems, PROBLEM_ERROR, rule->place,
                "\"%.*s\" is caused by \"%.*s\", which must stand before it", STR_ARG(rule->id),
                STR_ARG(cause->rule.id));
    }
}

void load_rules_finish(struct loader *loader, struct rules *ret_rules)
{
    struct rule *items = ARENA_ARRAY(loader->arena, loader->rule_count, struct rule);
    size_t count = 0;
    for (size_t i = 0; i < loader->rule_count; i++)
        drop_absent(loader, &loader->rules[i]);
    for (size_t i = 0; i < loader->rule_count; i++) {
        check_cause_order(loader, i);
        if (loader->rules[i].left_out)
            continue;
        items[count] = loader->rules[i].rule;
        items[count].caused_by = kept_causes(loader, items[count].caused_by);
        count++;
    }
    *ret_rules = (struct rules){items, count};
}
