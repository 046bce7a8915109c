/* Looking into patterns. A contingency helps with a rule when what it waited for in vain is what
 * the rule asks for; this is decided on the patterns alone, never on what happened. */
#include "score/overlap.h"

#include <string.h>

#include "core/field.h"
#include "score/party.h"

static bool is_on(const struct pattern_condition *condition, const char *field)
{
    if (condition->field == NULL || field == NULL)
        return condition->field == NULL && field == NULL;
    return strcmp(condition->field->name, field) == 0;
}

bool overlap_allows(const struct pattern *pattern, const char *field, struct str value)
{
    for (size_t i = 0; i < pattern->condition_count; i++)
        if (is_on(&pattern->conditions[i], field) &&
            !strs_contain(pattern->conditions[i].values, value))
            return false;
    return true;
}

struct strs overlap_values(const struct pattern *pattern, const char *field)
{
    for (size_t i = 0; i < pattern->condition_count; i++)
        if (is_on(&pattern->conditions[i], field))
            return pattern->conditions[i].values;
    return (struct strs){0};
}

static bool share(
    const struct def *def, const struct pattern_condition *a, const struct pattern_condition *b)
{
    if (a->field != b->field)
        return true;
    if (a->field == NULL)
        return party_any(def, a->values, b->values);
    for (size_t i = 0; i < a->values.count; i++)
        if (strs_contain(b->values, a->values.items[i]))
            return true;
    return false;
}

/* What the name itself fixes ("escalation": the type) restricts like a condition. */
static bool allows_fixed(const struct pattern *pattern, const struct pattern_name *other)
{
    if (other->fixed_field == NULL)
        return true;
    const struct pattern_name *own = pattern->name;
    if (own->fixed_field != NULL && strcmp(own->fixed_field, other->fixed_field) == 0 &&
        strcmp(own->fixed_value, other->fixed_value) != 0)
        return false;
    return overlap_allows(pattern, other->fixed_field, str_of(other->fixed_value));
}

bool overlap_patterns(const struct def *def, const struct pattern *a, const struct pattern *b)
{
    if (a->name == NULL || b->name == NULL || a->name->event_kind != b->name->event_kind)
        return false;
    if (!allows_fixed(a, b->name) || !allows_fixed(b, a->name))
        return false;
    for (size_t i = 0; i < a->condition_count; i++)
        for (size_t j = 0; j < b->condition_count; j++)
            if (!share(def, &a->conditions[i], &b->conditions[j]))
                return false;
    return true;
}
