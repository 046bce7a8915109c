/* The words for rules that appear in files and reports, and looking through one. */
#include "score/rule.h"

const char *const rule_kind_names[RULE_KIND_COUNT] = {"all_of", "any_of", "cadence", "choose",
    "content", "count", "deadline", "each", "flow", "forbid", "forbid_until", "hold", "precede",
    "respond", "sequence"};
const char *const severity_names[SEVERITY_COUNT] = {"info", "minor", "major", "critical"};
const char *const flow_check_names[FLOW_CHECK_COUNT] = {
    "tlp", "marking", "need", "over", "contradiction"};

static void add(const struct filter *filter, const struct filter **filters, size_t *count)
{
    if (filter_is_set(filter))
        filters[(*count)++] = filter;
}

size_t rule_filters(const struct rule *rule, const struct filter *ret_filters[RULE_FILTERS])
{
    size_t count = 0;
    add(&rule->when, ret_filters, &count);
    add(&rule->then, ret_filters, &count);
    add(&rule->until, ret_filters, &count);
    add(&rule->unless, ret_filters, &count);
    add(&rule->applies_if, ret_filters, &count);
    add(&rule->during.since, ret_filters, &count);
    add(&rule->during.until, ret_filters, &count);
    for (size_t i = 0; i < rule->step_count; i++)
        add(&rule->steps[i].filter, ret_filters, &count);
    for (size_t i = 0; rule->deadline != NULL && i < rule->deadline->anchor_count; i++)
        for (size_t f = 0; f < rule->deadline->anchors[i].filter_count; f++)
            add(&rule->deadline->anchors[i].filters[f], ret_filters, &count);
    return count;
}
