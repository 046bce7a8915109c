/* The words of the pattern language, and matching: a handful of comparisons of identifiers. */
#include "core/pattern.h"

#include <assert.h>
#include <string.h>

#include "core/event.h"

const struct pattern_name pattern_names[] = {
    {"ack", EVENT_ACKED, "message", NULL, NULL, "somebody acknowledges"},
    {"action", EVENT_ACTED, "action", NULL, NULL, "a deed is done"},
    {"challenged", EVENT_CHALLENGED, "action", NULL, NULL, "an order is questioned"},
    {"decision", EVENT_DECIDED, "question", NULL, NULL, "a question is decided"},
    {"declaration", EVENT_DECLARED, "status", NULL, NULL, "a status is declared"},
    {"delivered", EVENT_DELIVERED, "inject", NULL, NULL, "an inject comes"},
    {"ended", EVENT_ENDED, NULL, NULL, NULL, "ENDEX"},
    {"escalation", EVENT_MESSAGED, "to", "type", "escalation", "somebody escalates"},
    {"expired", EVENT_EXPIRED, "question", NULL, NULL, "nobody decided in time"},
    {"forwarded", EVENT_FORWARDED, "party", NULL, NULL, "a message goes on to a deputy"},
    {"handoff", EVENT_HANDED_OFF, "to", NULL, NULL, "somebody hands over"},
    {"heard", EVENT_HEARD, "facts", NULL, NULL, "somebody notes what was heard"},
    {"knows", EVENT_LEARNED, "fact", NULL, NULL, "somebody learns a fact"},
    {"message", EVENT_MESSAGED, "type", NULL, NULL, "a message is sent"},
    {"note", EVENT_NOTED, NULL, NULL, NULL, "somebody writes a note"},
    {"opened", EVENT_OPENED, "inject", NULL, NULL, "an inject or message is opened"},
    {"phase", EVENT_PHASE_CHANGED, "phase", NULL, NULL, "a phase begins"},
    {"reached", EVENT_REACHED, "by", NULL, NULL, "a message has reached somebody"},
    {"readback", EVENT_READ_BACK, "message", NULL, NULL, "an order is repeated"},
    {"said", EVENT_SAID, "facts", NULL, NULL, "somebody notes what was said"},
    {"started", EVENT_STARTED, NULL, NULL, NULL, "STARTEX"},
    {"unreached", EVENT_UNREACHED, "party", NULL, NULL, "a stakeholder is not reached"},
};
const size_t pattern_name_count = sizeof(pattern_names) / sizeof(pattern_names[0]);

const struct pattern_name *pattern_name_find(struct str name)
{
    for (size_t i = 0; i < pattern_name_count; i++)
        if (str_is(name, pattern_names[i].name))
            return &pattern_names[i];
    return NULL;
}

void pattern_begin(struct pattern *pattern, const struct pattern_name *name)
{
    memset(pattern, 0, sizeof(*pattern));
    pattern->name = name;
}

/* Durations, numbers and free text are no conditions: the first are a rule's bounds, the last must
 * not decide anything. */
static bool is_condition(const struct field *field)
{
    return field->type == FIELD_ID || field->type == FIELD_IDS || field->type == FIELD_NAME ||
           field->type == FIELD_BOOL;
}

struct strs pattern_fields(const struct pattern_name *name, struct arena *arena)
{
    struct fields fields = event_kinds[name->event_kind].fields;
    struct str *items = ARENA_ARRAY(arena, fields.count + 1, struct str);
    size_t count = 0;
    items[count++] = STR("by");
    for (size_t i = 0; i < fields.count; i++)
        if (is_condition(&fields.rows[i]))
            items[count++] = str_of(fields.rows[i].name);
    return (struct strs){items, count};
}

static bool check_names(const struct field *field, struct strs values, struct err *reterr)
{
    for (size_t i = 0; field->type == FIELD_NAME && i < values.count; i++) {
        int value;
        if (def_name_find(field->names, (size_t)field->name_count, values.items[i], &value))
            continue;
        struct str names[32];
        struct strs candidates = {names, 0};
        for (int n = 0; n < field->name_count && candidates.count < 32; n++)
            names[candidates.count++] = str_of(field->names[n]);
        struct str near = str_nearest(values.items[i], candidates);
        return err_set(reterr, ERR_AUTHOR, "\"%.*s\" is not a %s%s%.*s%s", STR_ARG(values.items[i]),
            field->name, near.len != 0 ? "; did you mean \"" : "", STR_ARG(near),
            near.len != 0 ? "\"?" : "");
    }
    return true;
}

bool pattern_add(struct pattern *pattern, struct arena *arena, struct str field, struct strs values,
    struct err *reterr)
{
    const struct field *row = NULL;
    if (!str_is(field, "by")) {
        row = field_find(event_kinds[pattern->name->event_kind].fields, field);
        if (row == NULL || !is_condition(row)) {
            struct str near = str_nearest(field, pattern_fields(pattern->name, arena));
            return err_set(reterr, ERR_AUTHOR, "\"%s\" has no condition \"%.*s\"%s%.*s%s",
                pattern->name->name, STR_ARG(field), near.len != 0 ? "; did you mean \"" : "",
                STR_ARG(near), near.len != 0 ? "\"?" : "");
        }
        if (!check_names(row, values, reterr))
            return false;
    }
    for (size_t i = 0; i < pattern->condition_count; i++)
        if (pattern->conditions[i].field == row)
            return err_set(reterr, ERR_AUTHOR,
                "the condition \"%.*s\" stands there twice; keep one of them", STR_ARG(field));
    if (pattern->condition_count == PATTERN_CONDITIONS)
        return err_set(
            reterr, ERR_AUTHOR, "a pattern has at most %d conditions", PATTERN_CONDITIONS);
    if (values.count == 0)
        return err_set(reterr, ERR_AUTHOR, "the condition \"%.*s\" names nothing", STR_ARG(field));
    pattern->conditions[pattern->condition_count++] =
        (struct pattern_condition){row, arena_strs(arena, values)};
    return true;
}

/* "by: commander" holds for the seat of that name and for any seat with that role. */
static bool is_by(const struct def *def, struct strs values, struct str actor)
{
    if (strs_contain(values, actor))
        return true;
    const struct def_seat *seat = def_seat(def, actor);
    for (size_t i = 0; seat != NULL && i < values.count; i++)
        if (def_seat_holds(seat, values.items[i]))
            return true;
    return false;
}

static bool holds(
    const struct pattern_condition *condition, const struct def *def, const struct event *event)
{
    const struct field *field = condition->field;
    if (field == NULL)
        return is_by(def, condition->values, event->actor);
    if (field->type != FIELD_IDS)
        return strs_contain(condition->values, field_str(field, &event->body));
    struct strs list = field_strs(field, &event->body);
    for (size_t i = 0; i < list.count; i++)
        if (strs_contain(condition->values, list.items[i]))
            return true;
    return false;
}

static bool name_fits(const struct pattern_name *name, const struct event *event)
{
    if (name == NULL || (enum event_kind)name->event_kind != event->kind)
        return false;
    if (name->fixed_field == NULL)
        return true;
    const struct field *field =
        field_find(event_kinds[event->kind].fields, str_of(name->fixed_field));
    return str_is(field_str(field, &event->body), name->fixed_value);
}

bool pattern_matches(
    const struct pattern *pattern, const struct def *def, const struct event *event)
{
    return name_fits(pattern->name, event) && pattern_miss(pattern, def, event) < 0;
}

int pattern_miss(const struct pattern *pattern, const struct def *def, const struct event *event)
{
    if (!name_fits(pattern->name, event))
        return -1;
    for (size_t i = 0; i < pattern->condition_count; i++)
        if (!holds(&pattern->conditions[i], def, event))
            return (int)i;
    return -1;
}

struct str pattern_format(const struct pattern *pattern, struct arena *arena)
{
    if (pattern->name == NULL)
        return STR("nothing");
    struct str text = str_of(pattern->name->name);
    for (size_t i = 0; i < pattern->condition_count; i++) {
        const struct pattern_condition *condition = &pattern->conditions[i];
        text = arena_format(arena, "%.*s %s ", STR_ARG(text),
            condition->field == NULL ? "by" : condition->field->name);
        for (size_t v = 0; v < condition->values.count; v++)
            text = arena_format(arena, "%.*s%s%.*s", STR_ARG(text), v == 0 ? "" : " or ",
                STR_ARG(condition->values.items[v]));
    }
    return text;
}
