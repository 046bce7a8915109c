/* Reading patterns and triggers. What they mean is core's business (core/pattern.h, def.h). */
#include "load/when.h"

#include "load/filters.h"

#include "base/duration.h"
#include "core/event.h"

static bool is_listed(const char *const *list, struct str key)
{
    for (; *list; list++)
        if (str_is(key, *list))
            return true;
    return false;
}

/* The pair whose key is a pattern's name. The reserved keys of a trigger are none. */
static const struct tree_pair *find_name(const struct tree_node *node, const char *const *reserved)
{
    for (size_t i = 0; i < node->count; i++)
        if (!is_listed(reserved, node->pairs[i].key) && pattern_name_find(node->pairs[i].key))
            return &node->pairs[i];
    return NULL;
}

static bool report_no_name(
    struct loader *loader, const struct tree_node *node, const char *const *reserved)
{
    struct str *items = ARENA_ARRAY(loader->arena, pattern_name_count, struct str);
    for (size_t i = 0; i < pattern_name_count; i++)
        items[i] = str_of(pattern_names[i].name);
    struct strs names = {items, pattern_name_count};
    for (size_t i = 0; i < node->count; i++)
        if (!is_listed(reserved, node->pairs[i].key)) {
            problems_add(loader->problems, PROBLEM_ERROR, node->pairs[i].place,
                "nothing that can happen is called \"%.*s\"%s", STR_ARG(node->pairs[i].key),
                loader_guess(loader, node->pairs[i].key, names));
            return false;
        }
    struct str all = form_join(loader, names);
    loader_error(
        loader, node, "this says nothing that can happen; expected one of %.*s", STR_ARG(all));
    return false;
}

/* What the value of a condition names, for refs. */
static int condition_of(const struct pattern *pattern, const struct field *field)
{
    if (!field)
        return REF_ACTOR;
    if (pattern->name->event_kind == EVENT_DECLARED && str_is(str_of(field->name), "of"))
        return REF_SUBJECT;
    return field->of == OF_ROLE ? OF_PARTY : (int)field->of;
}

/* A yes of an author is the true of a field. */
static struct strs as_flags(struct loader *loader, struct strs values)
{
    struct str *items = ARENA_ARRAY(loader->arena, values.count, struct str);
    for (size_t i = 0; i < values.count; i++) {
        bool is_yes = str_is(values.items[i], "yes"), is_no = str_is(values.items[i], "no");
        items[i] = is_yes ? STR("true") : is_no ? STR("false") : values.items[i];
    }
    return (struct strs){items, values.count};
}

/* The question that a condition on options is about, when it is just one. */
static struct str question_of(const struct pattern *pattern)
{
    for (size_t i = 0; i < pattern->condition_count; i++) {
        const struct pattern_condition *condition = &pattern->conditions[i];
        if (condition->field && condition->field->of == OF_QUESTION && condition->values.count == 1)
            return condition->values.items[0];
    }
    return STR("");
}

static void note_condition(
    struct loader *loader, const struct pattern *pattern, const struct tree_node *value)
{
    const struct pattern_condition *condition = &pattern->conditions[pattern->condition_count - 1];
    int of = condition_of(pattern, condition->field);
    struct str within = of == OF_OPTION ? question_of(pattern) : STR("");
    for (size_t i = 0; i < condition->values.count; i++) {
        struct place place = value->kind == TREE_LIST ? value->items[i]->place : value->place;
        refs_note(loader, of, condition->values.items[i], within, place);
    }
}

/* Where conditions go: a pattern, and for rules a filter around it. */
struct when_target {
    struct pattern *pattern;
    struct filter *filter; /* NULL: a trigger */
};

/* Adds one condition; `place` is where its name stands. */
static bool add_condition(struct loader *loader, const struct when_target *target, struct str field,
    struct place place, const struct tree_node *value)
{
    struct pattern *pattern = target->pattern;
    struct strs values;
    int word = target->filter ? filters_word(field) : -1;
    if (word >= 0)
        return filters_add(loader, target->filter, (enum filter_kind)word, value);
    if (!form_scalars(loader, value, "a name", &values))
        return false;
    const struct field *row = field_find(event_kinds[pattern->name->event_kind].fields, field);
    if (row && row->type == FIELD_BOOL)
        values = as_flags(loader, values);
    struct err err;
    if (!pattern_add(pattern, loader->arena, field, values, &err)) {
        problems_add(loader->problems, PROBLEM_ERROR, place, "%s", err.message);
        return false;
    }
    note_condition(loader, pattern, value);
    return true;
}

static bool add_conditions(struct loader *loader, const struct when_target *target,
    const struct tree_node *node, const char *const *reserved)
{
    bool ok = true;
    for (size_t i = 0; i < node->count; i++) {
        const struct tree_pair *pair = &node->pairs[i];
        if (!is_listed(reserved, pair->key))
            ok = add_condition(loader, target, pair->key, pair->place, pair->value) && ok;
    }
    return ok;
}

/* The value of the pattern's name: nothing, a mapping of conditions, or the main field's value. */
static bool add_main(
    struct loader *loader, const struct when_target *target, const struct tree_pair *pair)
{
    static const char *const none[] = {NULL};
    const struct pattern *pattern = target->pattern;
    const struct tree_node *value = pair->value;
    if (value->kind == TREE_MAP)
        return add_conditions(loader, target, value, none);
    if (tree_is_empty(value))
        return true;
    if (!pattern->name->main) {
        loader_error(loader, value, "\"%s:\" stands alone, without a value", pattern->name->name);
        return false;
    }
    return add_condition(loader, target, str_of(pattern->name->main), pair->place, value);
}

enum { RESERVED = 8 };

static bool read_pattern(struct loader *loader, const struct tree_node *node,
    const char *const *reserved, const struct when_target *target)
{
    if (node->kind != TREE_MAP) {
        loader_error(loader, node,
            "expected what must happen, like {decision: stop-it, option: stop}, found %s",
            tree_found(node));
        return false;
    }
    const struct tree_pair *name = find_name(node, reserved);
    if (!name)
        return report_no_name(loader, node, reserved);
    pattern_begin(target->pattern, pattern_name_find(name->key));
    const char *others[RESERVED] = {target->pattern->name->name};
    for (size_t i = 0; i + 2 < RESERVED && reserved[i]; i++)
        others[i + 1] = reserved[i];
    bool ok = add_main(loader, target, name);
    return add_conditions(loader, target, node, others) && ok;
}

bool when_pattern(struct loader *loader, const struct tree_node *node, const char *const *reserved,
    struct pattern *ret_pattern)
{
    struct pattern pattern;
    bool ok = read_pattern(loader, node, reserved, &(struct when_target){&pattern, NULL});
    if (ok)
        *ret_pattern = pattern;
    return ok;
}

bool when_filter(struct loader *loader, const struct tree_node *node, const char *const *reserved,
    struct filter *ret_filter)
{
    struct filter filter = {0};
    struct when_target target = {&filter.pattern, &filter};
    bool ok = read_pattern(loader, node, reserved, &target);
    if (ok)
        *ret_filter = filter;
    return ok;
}

/* Gives the inject its trigger, unless it has one. */
static void set_trigger(struct loader *loader, const struct tree_node *value,
    const struct form_row *row, void *target, const struct def_trigger *trigger)
{
    struct def_trigger *slot = (void *)((char *)target + row->offset);
    if (slot->kind != TRIGGER_NONE)
        loader_error(loader, value,
            "an inject comes by one of at, story_at, after, when and "
            "unless; remove \"%s:\" or the other",
            row->key);
    else
        *slot = *trigger;
}

void when_at(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct def_trigger trigger = {.kind = TRIGGER_AT, .at_ms = -1};
    struct form_row at_row = *row;
    at_row.offset = offsetof(struct def_trigger, at_ms);
    form_ms(loader, value, &at_row, &trigger);
    if (trigger.at_ms >= 0)
        set_trigger(loader, value, row, target, &trigger);
}

void when_story_at(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct form_moment moment = {.epoch_ms = INT64_MIN};
    struct form_row moment_row = *row;
    moment_row.offset = 0;
    form_calendar(loader, value, &moment_row, &moment);
    if (moment.epoch_ms == INT64_MIN)
        return;
    struct def_trigger trigger = {
        .kind = TRIGGER_STORY_AT, .at_ms = moment.epoch_ms - loader->def->story_start_ms};
    if (trigger.at_ms < 0)
        loader_error(loader, value, "\"story_at:\" lies before the scenario's \"story_start:\"");
    else
        set_trigger(loader, value, row, target, &trigger);
}

void when_after(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    static const struct form_row rows[] = {
        {"inject", FORM_REQUIRED, form_ref, offsetof(struct def_trigger, inject), .of = OF_INJECT},
        {"by", FORM_OPTIONAL, form_ms, offsetof(struct def_trigger, by_ms), .of = 0},
    };
    static const struct form form = {.what = "\"after:\"", .rows = rows, .row_count = 2};
    struct def_trigger trigger = {.kind = TRIGGER_AFTER};
    if (form_fill(loader, &form, value, &trigger))
        set_trigger(loader, value, row, target, &trigger);
}

/* `by:` beside a pattern is the delay when it is a length ("2m"), and else who does it. */
static bool take_delay(const struct tree_node *value, int64_t *delay_ms)
{
    const struct tree_node *by = tree_get(value, STR("by"));
    return by && by->kind == TREE_SCALAR && duration_parse(by->text, delay_ms);
}

void when_when(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    static const char *const none[] = {NULL}, *const delay[] = {"by", NULL};
    struct def_trigger trigger = {.kind = TRIGGER_WHEN};
    bool has_delay = take_delay(value, &trigger.by_ms);
    if (when_pattern(loader, value, has_delay ? delay : none, &trigger.pattern))
        set_trigger(loader, value, row, target, &trigger);
}

void when_unless(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    static const char *const reserved[] = {"within", "of", NULL};
    static const struct form_row within_row = {
        "within", FORM_REQUIRED, form_ms, offsetof(struct def_trigger, by_ms), .of = 0};
    static const struct form_row of_row = {
        "of", FORM_OPTIONAL, form_ref, offsetof(struct def_trigger, inject), .of = OF_INJECT};
    struct def_trigger trigger = {.kind = TRIGGER_UNLESS};
    bool ok = when_pattern(loader, value, reserved, &trigger.pattern);
    const struct tree_node *within = tree_get(value, STR("within"));
    const struct tree_node *of = tree_get(value, STR("of"));
    if (within)
        form_ms(loader, within, &within_row, &trigger);
    else if (ok)
        loader_error(loader, value, "\"unless:\" needs \"within:\", how long to wait");
    if (of)
        form_ref(loader, of, &of_row, &trigger);
    if (ok)
        set_trigger(loader, value, row, target, &trigger);
}
