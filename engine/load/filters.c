/* One reader a word. General rules may name what this scenario lacks; that is taken out later, when
 * everything has been read. */
#include "load/filters.h"

#include <stddef.h>

#include "base/limits.h"
#include "core/event.h"
#include "load/when.h"

#define AT(member) offsetof(struct holds, member)
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { FILTER_CONDITIONS = 8 };

int filters_word(struct str key)
{
    for (int kind = 0; kind < FILTER_KIND_COUNT; kind++)
        if (str_is(key, filter_words[kind].name))
            return kind;
    return -1;
}

/* ---- the words ---- */

static bool read_flag(
    struct loader *loader, const struct tree_node *value, struct filter_condition *condition)
{
    static const struct form_row row = {
        "yes or no", FORM_REQUIRED, form_bool, offsetof(struct filter_condition, wanted), .of = 0};
    size_t before = loader->problems->error_count;
    form_bool(loader, value, &row, condition);
    return loader->problems->error_count == before;
}

static bool read_set(struct loader *loader, const struct tree_node *value,
    struct filter_condition *condition, const char *const *names, int count)
{
    struct form_row row = {.key = filter_words[condition->kind].name,
        .offset = offsetof(struct filter_condition, set),
        .names = names,
        .name_count = count};
    size_t before = loader->problems->error_count;
    form_name_set(loader, value, &row, condition);
    return loader->problems->error_count == before;
}

/* "" means no need at all; there it is called none. */
static bool read_need(
    struct loader *loader, const struct tree_node *value, struct filter_condition *condition)
{
    static const char *const names[NEED_COUNT] = {"none", "useful", "must", "never"};
    return read_set(loader, value, condition, names, NEED_COUNT);
}

static bool read_names(struct loader *loader, const struct tree_node *value,
    struct filter_condition *condition, int of)
{
    struct form_row row = {.key = filter_words[condition->kind].name,
        .offset = offsetof(struct filter_condition, values),
        .of = of};
    size_t before = loader->problems->error_count;
    form_refs(loader, value, &row, condition);
    return loader->problems->error_count == before;
}

static bool read_about(
    struct loader *loader, const struct tree_node *value, struct filter_condition *condition)
{
    static const char *const reserved[] = {NULL};
    struct pattern *about = ARENA_NEW(loader->arena, struct pattern);
    condition->about = about;
    if (!when_pattern(loader, value, reserved, about))
        return false;
    if (about->name->event_kind == EVENT_MESSAGED)
        return true;
    loader_error(
        loader, value, "\"about:\" is a message or an escalation, not \"%s\"", about->name->name);
    return false;
}

/* Names and lists of names can be lacking. */
static bool read_fields(struct loader *loader, const struct tree_node *value,
    const struct filter *filter, struct filter_condition *condition)
{
    struct fields fields = event_kinds[filter->pattern.name->event_kind].fields;
    if (!form_scalars(loader, value, "a field", &condition->values))
        return false;
    for (size_t i = 0; i < condition->values.count; i++) {
        const struct field *field = field_find(fields, condition->values.items[i]);
        if (field && (field->type == FIELD_ID || field->type == FIELD_IDS))
            continue;
        loader_error(loader, value,
            "\"%s:\" has no names in a field \"%.*s\" that could be lacking",
            filter->pattern.name->name, STR_ARG(condition->values.items[i]));
        return false;
    }
    return true;
}

static bool can_name_message(const struct filter *filter)
{
    int kind = filter->pattern.name->event_kind;
    const struct field *field = field_find(event_kinds[kind].fields, STR("message"));
    return kind != EVENT_MESSAGED && field && field->type == FIELD_ID;
}

static bool read_world(
    struct loader *loader, const struct tree_pair *pair, struct filter_condition *condition)
{
    condition->kind = FILTER_WORLD;
    condition->name = pair->key;
    refs_note(loader, OF_WORLD, pair->key, STR(""), pair->place);
    return form_scalars(loader, pair->value, "a value", &condition->values);
}

static bool check_world(struct loader *loader, const struct tree_node *value, size_t room)
{
    if (value->kind == TREE_MAP && value->count > 0 && value->count <= room)
        return true;
    loader_error(loader, value,
        "\"world:\" expects at most %d names and values, like {records: [stopped]}", (int)room);
    return false;
}

static bool add_worlds(struct loader *loader, const struct tree_node *value, struct filter *filter)
{
    if (!check_world(loader, value, FILTER_CONDITIONS - filter->condition_count))
        return false;
    bool ok = true;
    for (size_t i = 0; i < value->count; i++)
        ok = read_world(loader, &value->pairs[i], &filter->conditions[filter->condition_count++]) &&
             ok;
    return ok;
}

static bool read_word(struct loader *loader, const struct tree_node *value,
    const struct filter *filter, struct filter_condition *condition)
{
    switch (condition->kind) {
    case FILTER_ABOUT:
        if (can_name_message(filter))
            return read_about(loader, value, condition);
        loader_error(loader, value, "\"%s:\" names no message that \"about:\" could look at",
            filter->pattern.name->name);
        return false;
    case FILTER_CORRECTS:
    case FILTER_EMPTY:
        return read_flag(loader, value, condition);
    case FILTER_INJECT_KIND:
        return read_set(loader, value, condition, inject_kind_names, INJECT_KIND_COUNT);
    case FILTER_NEED:
        return read_need(loader, value, condition);
    case FILTER_LACKS:
        return read_fields(loader, value, filter, condition);
    case FILTER_NEEDED_BY:
        return read_names(loader, value, condition, OF_PARTY);
    case FILTER_SLOT:
        return read_names(loader, value, condition, OF_SLOT);
    default:
        return read_names(loader, value, condition, OF_FACT);
    }
}

bool filters_add(struct loader *loader, struct filter *filter, enum filter_kind kind,
    const struct tree_node *value)
{
    if (!filter->conditions)
        filter->conditions = ARENA_ARRAY(loader->arena, FILTER_CONDITIONS, struct filter_condition);
    if (kind == FILTER_WORLD)
        return add_worlds(loader, value, filter);
    if (filter->condition_count == FILTER_CONDITIONS) {
        loader_error(
            loader, value, "a rule's pattern has at most %d such conditions", FILTER_CONDITIONS);
        return false;
    }
    struct filter_condition *condition = &filter->conditions[filter->condition_count];
    condition->kind = kind;
    if (!read_word(loader, value, filter, condition))
        return false;
    filter->condition_count++;
    return true;
}

void filters_read(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    static const char *const reserved[] = {NULL};
    when_filter(loader, value, reserved, (void *)((char *)target + row->offset));
}

/* ---- states ---- */

static void read_state_world(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct holds *holds = target;
    (void)row;
    if (!check_world(loader, value, HOLDS_WORLD))
        return;
    for (size_t i = 0; i < value->count; i++)
        read_world(loader, &value->pairs[i], &holds->world[holds->world_count++]);
}

static void finish_holds(struct loader *loader, const struct tree_node *node, void *target)
{
    const struct holds *holds = target;
    if (filter_is_set(&holds->until) && !filter_is_set(&holds->since))
        loader_error(loader, node, "\"until:\" needs \"since:\", what it ends");
}

static const struct form_row holds_rows[] = {
    {"world", FORM_OPTIONAL, read_state_world, 0, .is = "`{name: value}`",
        .help = "the world is so"},
    {"phase", FORM_OPTIONAL, form_refs, AT(phases), .of = OF_PHASE,
        .help = "one of these phases has begun last"},
    {"since", FORM_OPTIONAL, filters_read, AT(since), .is = "a pattern",
        .help = "this has happened"},
    {"until", FORM_OPTIONAL, filters_read, AT(until), .is = "a pattern",
        .help = "and this not after it"},
};
const struct form filters_holds_form = {
    .what = "a state", .rows = holds_rows, .row_count = COUNT(holds_rows), .finish = finish_holds};

void filters_read_holds(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct holds *holds = (void *)((char *)target + row->offset);
    size_t before = loader->problems->error_count;
    form_fill(loader, &filters_holds_form, value, holds);
    if (!holds_is_set(holds) && loader->problems->error_count == before)
        loader_error(loader, value, "\"%s:\" needs one of world, phase and since", row->key);
}

/* ---- what this scenario lacks ---- */

struct strs filters_present(struct loader *loader, struct strs absent, struct strs names)
{
    struct str *kept = ARENA_ARRAY(loader->arena, names.count + 1, struct str);
    size_t count = 0;
    for (size_t i = 0; i < names.count; i++)
        if (!strs_contain(absent, names.items[i]))
            kept[count++] = names.items[i];
    return (struct strs){kept, count};
}

static bool keep_pattern(struct loader *loader, struct strs absent, struct pattern *pattern)
{
    for (size_t i = 0; i < pattern->condition_count; i++) {
        struct strs *values = &pattern->conditions[i].values;
        *values = filters_present(loader, absent, *values);
        if (values->count == 0)
            return false;
    }
    return true;
}

static bool keep_condition(
    struct loader *loader, struct strs absent, struct filter_condition *condition)
{
    if (condition->kind == FILTER_WORLD)
        return !strs_contain(absent, condition->name);
    if (condition->kind == FILTER_ABOUT) {
        struct pattern *about = ARENA_NEW(loader->arena, struct pattern);
        *about = *condition->about;
        condition->about = about;
        return keep_pattern(loader, absent, about);
    }
    if (condition->values.count == 0 || condition->kind == FILTER_LACKS)
        return true;
    condition->values = filters_present(loader, absent, condition->values);
    return condition->values.count != 0;
}

bool filters_keep(struct loader *loader, struct strs absent, struct filter *filter)
{
    bool ok = keep_pattern(loader, absent, &filter->pattern);
    for (size_t i = 0; i < filter->condition_count; i++)
        ok = keep_condition(loader, absent, &filter->conditions[i]) && ok;
    return ok;
}

bool filters_keep_holds(struct loader *loader, struct strs absent, struct holds *holds)
{
    bool ok = true;
    for (size_t i = 0; i < holds->world_count; i++)
        ok = keep_condition(loader, absent, &holds->world[i]) && ok;
    if (holds->phases.count != 0) {
        holds->phases = filters_present(loader, absent, holds->phases);
        ok = ok && holds->phases.count != 0;
    }
    ok = filters_keep(loader, absent, &holds->since) && ok;
    return filters_keep(loader, absent, &holds->until) && ok;
}
