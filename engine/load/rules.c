/* rules.yaml of a scenario and the packs of scoring/: rules as docs/rules.md describes them.
 *
 * What a kind of rule may have, and must have, is a table; what takes more than a row to read is in
 * rule_kinds.c. What a pack says of itself, and which of its rules apply here, is in packs.c. */
#include "load/rules.h"

#include <stddef.h>
#include <string.h>

#include "base/limits.h"
#include "core/event.h"
#include "load/filters.h"
#include "load/reference.h"
#include "load/when.h"

#define AT(member) offsetof(struct loaded_rule, member)
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void read_when(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    static const char *const reserved[] = {"attention", NULL};
    static const struct form_row attention_row = {
        "attention", FORM_OPTIONAL, form_ms, offsetof(struct rule, attention_ms), .of = 0};
    struct loaded_rule *loaded = target;
    (void)row;
    when_filter(loader, value, reserved, &loaded->rule.when);
    const struct tree_node *attention = tree_get(value, STR("attention"));
    if (attention)
        form_ms(loader, attention, &attention_row, &loaded->rule);
}

static void read_time(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    static const char *const names[] = {"exercise", "story"};
    struct form_row name_row = *row;
    int time = 0;
    name_row.offset = 0;
    name_row.names = names;
    name_row.name_count = 2;
    form_name(loader, value, &name_row, &time);
    ((struct loaded_rule *)target)->rule.is_story_time = time == 1;
}

static void refuse_no_time(struct loader *loader, const struct tree_node *value,
    const struct form_row *row, int64_t length_ms)
{
    if (length_ms == 0)
        loader_error(loader, value,
            "\"%s:\" leaves no time, and nobody can act in none; write a length, like 5m",
            row->key);
}

static void read_informed_within(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct form_row length_row = *row;
    int64_t length_ms = -1;
    length_row.offset = 0;
    form_ms(loader, value, &length_row, &length_ms);
    refuse_no_time(loader, value, row, length_ms);
    ((struct loaded_rule *)target)->choose.informed_within_ms = length_ms < 0 ? 0 : length_ms;
}

/* "30m", or what the organisation's ladder says. */
static void read_length(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct loaded_rule *loaded = target;
    int64_t *length_ms = (int64_t *)((char *)target + row->offset);
    if (value->kind != TREE_MAP)
        form_ms(loader, value, row, target);
    else if (!rule_kinds_ladder(loader, value, length_ms))
        loaded->lacks_target = true;
    refuse_no_time(loader, value, row, *length_ms);
}

static void read_content(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct form_row flag_row = *row;
    bool is_looked_at = true;
    flag_row.offset = 0;
    form_bool(loader, value, &flag_row, &is_looked_at);
    ((struct loaded_rule *)target)->rule.ignores_content = !is_looked_at;
}

static void init_rule(void *target)
{
    struct rule *rule = &((struct loaded_rule *)target)->rule;
    rule->kind = RULE_KIND_COUNT; /* none yet */
    rule->severity = SEVERITY_MINOR;
    rule->within_ms = -1;
    rule->at_least = rule->at_most = -1;
    rule->no_change = 2;
    rule->content_percent = 100;
    rule->weight = 1;
    ((struct loaded_rule *)target)->deadline.roll_by_minute = -1;
    rule->checks = (1u << FLOW_CHECK_COUNT) - 1;
    rule->modes = (1u << MODE_COUNT) - 1;
}

static const struct form_row rule_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(rule.id), .help = "how findings and other rules call it"},
    {"kind", FORM_REQUIRED, form_name, AT(rule.kind), .names = rule_kind_names,
        .name_count = RULE_KIND_COUNT, .help = "see docs/rules.md"},
    {"before", FORM_REQUIRED, form_words, AT(rule.before),
        .help = "what is expected, as players may read it before play"},
    {"title", FORM_REQUIRED, form_words, AT(rule.title), .help = "what was met or missed"},
    {"why", FORM_REQUIRED, form_words, AT(rule.why), .help = "why that matters"},
    {"when", FORM_OPTIONAL, read_when, 0, .is = "a pattern, `attention`",
        .help = "what makes it begin"},
    {"then", FORM_OPTIONAL, filters_read, AT(rule.then), .is = "a pattern",
        .help = "what fulfils it"},
    {"never", FORM_OPTIONAL, filters_read, AT(rule.then), .is = "a pattern",
        .help = "what must not happen"},
    {"until", FORM_OPTIONAL, filters_read, AT(rule.until), .is = "a pattern",
        .help = "what ends it"},
    {"while", FORM_OPTIONAL, filters_read_holds, AT(rule.during), .form = &filters_holds_form,
        .is = "a state:", .help = "it looks only at what happens while this holds"},
    {"keep", FORM_OPTIONAL, filters_read_holds, AT(rule.during), .is = "like `while`",
        .help = "what must last"},
    {"unless", FORM_OPTIONAL, filters_read, AT(rule.unless), .is = "a pattern",
        .help = "what serves as well, and excuses"},
    {"applies_if", FORM_OPTIONAL, filters_read, AT(rule.applies_if), .is = "a pattern",
        .help = "where nothing like it happens, the rule does not apply"},
    {"duty", FORM_OPTIONAL, form_refs, AT(rule.duty), .of = REF_RULE,
        .help = "rules before it: whoever does none of them earns nothing by keeping still"},
    {"match", FORM_OPTIONAL, form_word, AT(rule.match), .help = "the field that both share"},
    {"consume", FORM_OPTIONAL, form_bool, AT(rule.consume),
        .help = "a target serves one activation only"},
    {"within", FORM_OPTIONAL, read_length, AT(rule.within_ms),
        .is = "a length, or `{ladder: management, else: 30m}`", .help = "the bound"},
    {"every", FORM_OPTIONAL, read_length, AT(rule.within_ms), .is = "like `within`",
        .help = "the longest time between two"},
    {"no_change", FORM_OPTIONAL, form_range, AT(rule.no_change), .min = 0, .max = 100,
        .help = "how many in a row may say nothing new; 2"},
    {"content", FORM_OPTIONAL, read_content, 0, .is = "`no`",
        .help = "what the answer says is not looked at here"},
    {"grace", FORM_OPTIONAL, form_ms, AT(rule.grace_ms), .help = "how much later still earns some"},
    {"attention", FORM_OPTIONAL, form_ms, AT(rule.attention_ms),
        .help = "choose: how long a question may lie unread before its time runs"},
    {"time", FORM_OPTIONAL, read_time, 0, .is = "`exercise` or `story`",
        .help = "the clock of its bound"},
    {"parties", FORM_OPTIONAL, rule_kinds_parties, 0, .is = "parties, or `told`",
        .help = "who must be reached; `told`: whoever had the fact that is replaced"},
    {"count", FORM_OPTIONAL, rule_kinds_count, 0, .form = &rule_count_form, .is = "a mapping of",
        .help = "how many there must be"},
    {"steps", FORM_OPTIONAL, rule_kinds_steps, 0, .is = "a list of patterns, each with `within`",
        .help = "what must come in this order"},
    {"question", FORM_OPTIONAL, form_refs, AT(choose.questions), .of = OF_QUESTION,
        .help = "which questions; all"},
    {"reason", FORM_OPTIONAL, form_bool, AT(choose.reason), .help = "a reason is wanted"},
    {"knowing", FORM_OPTIONAL, form_refs, AT(choose.knowing), .of = OF_FACT,
        .help = "what whoever decides should know, if somebody does"},
    {"informing", FORM_OPTIONAL, form_refs, AT(choose.informing), .of = OF_PARTY,
        .help = "who hears of it afterwards"},
    {"informed_within", FORM_OPTIONAL, read_informed_within, 0, .is = "a length",
        .help = "how soon"},
    {"worth", FORM_OPTIONAL, rule_kinds_worth, 0, .is = "`{option: 0 to 1000}`",
        .help = "what the plan thinks of the options, in thousandths"},
    {"plan", FORM_OPTIONAL, form_any_words, AT(choose.plan), .help = "the plan that says so"},
    {"slots", FORM_OPTIONAL, form_refs, AT(rule.slots), .of = OF_SLOT,
        .help = "what it must answer"},
    {"at_least", FORM_OPTIONAL, form_range, AT(rule.content_percent), .min = 1, .max = 100,
        .help = "the per cent of its content that satisfy; 100"},
    {"receiver", FORM_OPTIONAL, form_bool, AT(rule.receiver),
        .help = "what is asked, by when and what is not known count, too"},
    {"check", FORM_OPTIONAL, form_name_set, AT(rule.checks), .names = flow_check_names,
        .name_count = FLOW_CHECK_COUNT, .help = "what is looked at; all"},
    {"matter", FORM_OPTIONAL, form_ref, AT(deadline.matter), .of = REF_SUBJECT,
        .help = "of what it is declared that it applies"},
    {"anchors", FORM_OPTIONAL, rule_clock_anchors, 0, .is = "`{aware: PATTERN}`",
        .help = "the moments that bounds run from"},
    {"bounds", FORM_OPTIONAL, form_node, AT(bounds), .form = &rule_bound_form, .is = "a list of",
        .help = "what is due when; the earliest counts"},
    {"override", FORM_OPTIONAL, form_node, AT(override), .form = &rule_override_form,
        .is = "a mapping of", .help = "other bounds, where one anchor comes late"},
    {"roll", FORM_OPTIONAL, rule_clock_roll, 0, .is = "`next`",
        .help = "what ends on no business day ends with the next one"},
    {"roll_by", FORM_OPTIONAL, rule_clock_roll_by, AT(deadline.roll_by_minute), .is = "`\"12:00\"`",
        .help = "until when, if it does"},
    {"zone", FORM_OPTIONAL, rule_clock_zone, 0, .is = "`\"+09:00\"`",
        .help = "where days are counted; the scenario's zone"},
    {"holidays", FORM_OPTIONAL, rule_clock_holidays, 0, .is = "dates",
        .help = "days that are no business days; weekends are none anyway"},
    {"modes", FORM_OPTIONAL, form_name_set, AT(rule.modes), .names = mode_names,
        .name_count = MODE_COUNT, .help = "where it applies; without it, in all"},
    {"role", FORM_OPTIONAL, form_ref, AT(rule.role), .of = OF_ROLE, .help = "whose rule it is"},
    {"skills", FORM_OPTIONAL, form_refs, AT(rule.skills), .of = REF_SKILL,
        .help = "what it shows: practices or skills of roles/skills.yaml"},
    {"severity", FORM_OPTIONAL, form_name, AT(rule.severity), .names = severity_names,
        .name_count = SEVERITY_COUNT, .help = "how much missing it weighs; `minor`"},
    {"weight", FORM_OPTIONAL, form_range, AT(rule.weight), .min = 1, .max = 10,
        .help = "how much it weighs in its capability; 1"},
    {"capability", FORM_OPTIONAL, form_id, AT(rule.capability),
        .help = "what it is evidence of; the pack's name"},
    {"objective", FORM_OPTIONAL, form_ref, AT(rule.objective), .of = REF_OBJECTIVE,
        .help = "the scenario's objective that it belongs to"},
    {"caused_by", FORM_OPTIONAL, form_refs, AT(rule.caused_by), .of = REF_RULE,
        .help = "rules before it: when one was missed, missing this too is no second fault"},
    {"authority", FORM_OPTIONAL, form_name_set, AT(authority), .names = authority_names,
        .name_count = AUTHORITY_COUNT, .help = "only in organisations of this authority"},
    {"instead_of", FORM_OPTIONAL, form_ref, AT(instead_of), .of = REF_RULE,
        .help = "the rule before it whose place it takes where that were a duty to tell oneself"},
    {"source", FORM_OPTIONAL, form_any_words, AT(rule.source), .help = "where it comes from"},
    {"law", FORM_OPTIONAL, rule_clock_law, 0, .form = &rule_law_form, .is = "a mapping of",
        .help = "where a law says it"},
};

/* ---- what a kind must and may have, beside what every rule may ---- */

struct kind_keys {
    const char *must[4], *may[12];
};

static const struct kind_keys keys_by_kind[RULE_KIND_COUNT] = {
    [RULE_ALL_OF] = {{"when", "then", "parties"},
        {"content", "while", "unless", "match", "within", "grace", "time"}},
    [RULE_ANY_OF] = {{"when", "then", "parties"},
        {"content", "while", "unless", "match", "within", "grace", "time"}},
    [RULE_CADENCE] = {{"while", "then", "every"}, {"content", "no_change", "grace", "time"}},
    [RULE_CHOOSE] = {{NULL},
        {"question", "reason", "knowing", "informing", "informed_within", "while", "unless",
            "worth", "within", "grace", "attention", "time"}},
    [RULE_CONTENT] = {{"when"}, {"while", "slots", "at_least", "receiver", "time"}},
    [RULE_COUNT] = {{"then", "count"}, {"when", "while", "match", "within", "duty", "time"}},
    [RULE_DEADLINE] = {{"anchors", "bounds", "then"},
        {"unless", "matter", "override", "roll", "roll_by", "zone", "holidays", "grace"}},
    [RULE_EACH] = {{"when", "then"},
        {"content", "while", "unless", "match", "within", "grace", "time"}},
    [RULE_FLOW] = {{"when"}, {"while", "check", "time"}},
    [RULE_FORBID] = {{"never"}, {"while", "duty", "time"}},
    [RULE_FORBID_UNTIL] = {{"when", "never", "until"}, {"while", "match", "duty", "time"}},
    [RULE_HOLD] = {{"keep"}, {"when", "until", "time"}},
    [RULE_PRECEDE] = {{"when", "then"}, {"while", "match", "grace", "time"}},
    [RULE_RESPOND] = {{"when", "then"},
        {"content", "while", "unless", "match", "consume", "within", "grace", "time"}},
    [RULE_SEQUENCE] = {{"steps"}, {"within", "grace", "time"}},
};

/* Keys that only some kinds have. */
static const char *const kind_words[] = {"when", "then", "never", "until", "while", "keep",
    "unless", "duty", "match", "consume", "content", "within", "every", "no_change", "grace",
    "attention", "time", "parties", "count", "steps", "question", "reason", "knowing", "informing",
    "informed_within", "worth", "plan", "slots", "at_least", "receiver", "check", "matter",
    "anchors", "bounds", "override", "roll", "roll_by", "zone", "holidays"};

static bool is_among(const char *const *list, size_t count, struct str key)
{
    for (size_t i = 0; i < count && list[i]; i++)
        if (str_is(key, list[i]))
            return true;
    return false;
}

static void check_keys(struct loader *loader, const struct tree_node *node, const struct rule *rule)
{
    const struct kind_keys *keys = &keys_by_kind[rule->kind];
    const char *kind = rule_kind_names[rule->kind];
    for (size_t i = 0; i < COUNT(keys->must) && keys->must[i]; i++)
        if (!tree_get(node, str_of(keys->must[i])))
            loader_error(loader, node, "a rule of kind %s needs \"%s:\"", kind, keys->must[i]);
    for (size_t i = 0; i < node->count; i++) {
        struct str key = node->pairs[i].key;
        bool is_plan = rule->kind == RULE_CHOOSE && str_is(key, "plan");
        if (!is_among(kind_words, COUNT(kind_words), key) || is_plan ||
            is_among(keys->must, COUNT(keys->must), key) ||
            is_among(keys->may, COUNT(keys->may), key))
            continue;
        loader_error(loader, node->pairs[i].value, "a rule of kind %s has no \"%.*s:\"; remove it",
            kind, STR_ARG(key));
    }
}

/* ---- what no single key can say ---- */

/* Whether events of the pattern have the field, holding one name. */
static bool has_field(const struct filter *filter, const char *name)
{
    if (!filter_is_set(filter))
        return true; /* already told, or none is needed */
    struct fields fields = event_kinds[filter_event_kind(filter)].fields;
    const struct field *field = field_find(fields, str_of(name));
    return field && (field->type == FIELD_ID || field->type == FIELD_NAME);
}

static void check_match(
    struct loader *loader, const struct tree_node *node, const struct rule *rule)
{
    if (rule->match.len == 0 || str_is(rule->match, "by"))
        return;
    const struct filter *activation = &rule->when, *target = &rule->then;
    const char *key = arena_str(loader->arena, rule->match).ptr;
    bool fits;
    if (str_is(rule->match, "re"))
        fits = has_field(target, "re") &&
               (has_field(activation, "message") || has_field(activation, "inject"));
    else if (str_is(rule->match, "draft"))
        fits = has_field(target, "draft") && has_field(activation, "message");
    else
        fits = has_field(activation, key) && has_field(target, key);
    if (!fits)
        loader_error(loader, tree_get(node, STR("match")),
            "\"%s\" is not a single name that both \"when:\" and \"then:\" have", key);
}

static bool is_of(const struct filter *filter, enum event_kind kind)
{
    return filter_event_kind(filter) == (int)kind;
}

static void check_attention(
    struct loader *loader, const struct tree_node *node, const struct rule *rule)
{
    bool can_wait =
        rule->kind == RULE_RESPOND || rule->kind == RULE_ALL_OF || rule->kind == RULE_ANY_OF;
    bool is_known = is_of(&rule->when, EVENT_LEARNED) || is_of(&rule->when, EVENT_OPENED);
    if (rule->attention_ms == 0 || !filter_is_set(&rule->when))
        return;
    if (!can_wait || !is_known)
        loader_error(loader, tree_get(node, STR("when")),
            "\"attention:\" is for rules of kind respond, all_of or any_of that wait for knows or "
            "opened");
    else if (rule->parties_told)
        loader_error(loader, tree_get(node, STR("when")),
            "\"parties: told\" looks at who learned what; remove \"attention:\"");
}

static void check_consume(
    struct loader *loader, const struct tree_node *node, const struct rule *rule)
{
    bool can = !is_of(&rule->when, EVENT_LEARNED) && !is_of(&rule->when, EVENT_OPENED) &&
               !is_of(&rule->then, EVENT_LEARNED);
    if (rule->consume && rule->kind == RULE_RESPOND && !can)
        loader_error(loader, tree_get(node, STR("consume")),
            "knowing and opening happen once; \"consume:\" is for what happens each time");
}

static void check_bounds(
    struct loader *loader, const struct tree_node *node, const struct rule *rule)
{
    const struct tree_node *within = tree_get(node, STR("within"));
    const struct tree_node *grace = tree_get(node, STR("grace"));
    /* Messages that ask for an answer bring a time of their own, and so do questions. */
    bool is_unasked = rule->kind == RULE_EACH && filter_is_set(&rule->when) &&
                      !is_of(&rule->when, EVENT_MESSAGED);
    bool needs_bound = rule->kind == RULE_RESPOND || rule->kind == RULE_ALL_OF ||
                       rule->kind == RULE_ANY_OF || rule->kind == RULE_SEQUENCE || is_unasked;
    if (grace && !within && needs_bound)
        loader_error(loader, grace, "\"grace:\" needs \"within:\", the bound that it softens");
    if (rule->kind == RULE_COUNT && filter_is_set(&rule->when) != (within != NULL))
        loader_error(loader, within ? within : node,
            "\"when:\" and \"within:\" of a count go together: how many within how long after it");
    if (rule->kind == RULE_COUNT && tree_get(node, STR("match")) && !within)
        loader_error(loader, node, "\"match:\" of a count needs \"when:\", whose field is shared");
}

static void check_stillness(
    struct loader *loader, const struct tree_node *node, const struct rule *rule)
{
    bool can_keep_still = rule->kind == RULE_FORBID ||
                          (rule->kind == RULE_COUNT && rule->at_least <= 0 && rule->at_most >= 0);
    if (can_keep_still && rule->duty.count == 0)
        loader_error(loader, node,
            "whoever keeps still would earn this; name what has to be done as well under "
            "\"duty:\"");
    if (rule->parties_told && (rule->kind != RULE_ALL_OF || !is_of(&rule->when, EVENT_LEARNED)))
        loader_error(loader, tree_get(node, STR("parties")),
            "\"parties: told\" is for rules of kind all_of that wait for knows");
}

/* The parts that some kinds have live outside the rule, for all that do not. */
static void attach_parts(struct loader *loader, struct loaded_rule *loaded)
{
    if (loaded->rule.kind == RULE_CHOOSE) {
        struct rule_choose *choose = ARENA_NEW(loader->arena, struct rule_choose);
        *choose = loaded->choose;
        loaded->rule.choose = choose;
    }
    if (loaded->rule.kind == RULE_DEADLINE) {
        struct rule_deadline *deadline = ARENA_NEW(loader->arena, struct rule_deadline);
        *deadline = loaded->deadline;
        loaded->rule.deadline = deadline;
        loaded->rule.is_story_time = true;
    }
    if (loaded->rule.kind == RULE_EACH)
        loaded->rule.consume = true;
}

static void finish_rule(struct loader *loader, const struct tree_node *node, void *target)
{
    struct loaded_rule *loaded = target;
    struct rule *rule = &loaded->rule;
    rule->place = node->place;
    if (rule->kind == RULE_KIND_COUNT) { /* told; what it needs and may have, nobody knows */
        rule->kind = RULE_RESPOND;
        return;
    }
    check_keys(loader, node, rule);
    check_match(loader, node, rule);
    check_bounds(loader, node, rule);
    check_attention(loader, node, rule);
    check_consume(loader, node, rule);
    check_stillness(loader, node, rule);
    rule_kinds_check_pairs(loader, node);
    rule_clock_finish(loader, node, loaded);
    attach_parts(loader, loaded);
}

const struct form rules_form = {.what = "a rule",
    .rows = rule_rows,
    .row_count = COUNT(rule_rows),
    .size = sizeof(struct loaded_rule),
    .limit = LIMIT_RULES,
    .init = init_rule,
    .finish = finish_rule};

/* ---- lists of rules ---- */

const struct loaded_rule *rules_find(const struct loader *loader, struct str id)
{
    for (size_t i = 0; i < loader->rule_count; i++)
        if (str_eq(loader->rules[i].rule.id, id))
            return &loader->rules[i];
    return NULL;
}

static void check_own_name(
    struct loader *loader, const struct tree_node *node, const struct loaded_rule *loaded)
{
    const struct rule *rule = &loaded->rule;
    if (rule->id.len == 0)
        return;
    if (strs_contain(rule->caused_by, rule->id))
        loader_error(loader, node, "a rule cannot be caused by itself");
    if (strs_contain(rule->duty, rule->id))
        loader_error(loader, tree_get(node, STR("duty")),
            "a rule cannot be its own duty; name what has to be done as well");
    if (str_eq(loaded->instead_of, rule->id))
        loader_error(loader, tree_get(node, STR("instead_of")),
            "a rule cannot take its own place; name the one whose place it takes");
    if (str_is(rule->id, "unless"))
        loader_error(loader, node, "findings say \"unless\" of an excuse; choose another name");
}

void rules_add(struct loader *loader, const struct tree_node *node, const struct loaded_pack *pack)
{
    struct loaded_rule loaded = {.pack = pack};
    loader->rule_now = (int)loader->rule_count;
    loader->rules = arena_grow(loader->arena, loader->rules, loader->rule_count,
        &loader->rule_capacity, sizeof(*loader->rules));
    form_fill(loader, &rules_form, node, &loaded);
    loader->rule_now = -1;
    loaded.from_pack = pack != NULL;
    loaded.rule.pack = pack ? pack->pack.id : STR("");
    if (loaded.rule.capability.len == 0)
        loaded.rule.capability = loaded.rule.pack;
    check_own_name(loader, node, &loaded);
    const struct loaded_rule *other =
        loaded.rule.id.len > 0 ? rules_find(loader, loaded.rule.id) : NULL;
    if (other)
        loader_tell(loader, KIND_DUPLICATE, node,
            "a rule is called \"%.*s\" already, in %.*s line %d; choose "
            "another name",
            STR_ARG(loaded.rule.id), STR_ARG(other->rule.place.file), other->rule.place.line);
    loader->rules[loader->rule_count++] = loaded;
}
