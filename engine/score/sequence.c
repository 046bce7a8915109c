/* sequence: these steps, in this order. The first event of each step counts, whatever comes before
 * it; so a step that was repeated later does not mend the order. */
#include "score/verdict.h"

static void listen(const struct monitor *monitor, bool *kinds)
{
    for (size_t i = 0; i < monitor->rule->step_count; i++)
        monitor_hear(&monitor->rule->steps[i].filter, kinds);
}

static bool is_complete(const struct monitor *monitor)
{
    for (size_t i = 0; i < monitor->rule->step_count; i++)
        if (monitor->steps[i] == NULL)
            return false;
    return true;
}

static void take_event(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    const struct rule *rule = monitor->rule;
    bool is_step = false;
    for (size_t i = 0; i < rule->step_count; i++) {
        if (monitor->steps[i] != NULL || !filter_matches(&rule->steps[i].filter, fold, event) ||
            !monitor_counts(event))
            continue;
        monitor->steps[i] = event;
        is_step = true;
    }
    if (!is_step)
        return;
    if (monitor->first == NULL)
        monitor_instance_add(monitor, fold, monitor_bucket(monitor, &fold->arena, STR("")), event);
    if (is_complete(monitor))
        monitor->first->target = event;
}

static int order_permille(const struct monitor *monitor)
{
    int right_count = 0, count = (int)monitor->rule->step_count;
    for (int i = 0; i < count; i++)
        for (int j = i + 1; j < count; j++)
            right_count += trace_before(monitor->steps[i], monitor->steps[j]);
    return 1000 * right_count / (count * (count - 1) / 2);
}

/* The first step that is out of order, else the first that came too late after the one before. */
static const struct event *find_fault(const struct monitor *monitor, const char **ret_why)
{
    const struct rule *rule = monitor->rule;
    for (size_t i = 1; i < rule->step_count; i++)
        if (!trace_before(monitor->steps[i - 1], monitor->steps[i]))
            return *ret_why = "order", monitor->steps[i];
    for (size_t i = 1; i < rule->step_count; i++) {
        int64_t gap_ms =
            rule_time_ms(rule, monitor->steps[i]) - rule_time_ms(rule, monitor->steps[i - 1]);
        if (rule->steps[i].gap_ms >= 0 && gap_ms > rule->steps[i].gap_ms)
            return *ret_why = "gap", monitor->steps[i];
    }
    return NULL;
}

static bool judge_sequence(const struct judging *judging, const struct monitor *monitor,
    const struct instance *instance, struct finding *finding, struct evidence *evidence)
{
    if (!verdict_start(judging, monitor, instance, finding, evidence))
        return false;
    verdict_by_bound(judging, monitor, instance, finding, evidence);
    if (instance->target == NULL)
        return true;
    const char *why = NULL;
    const struct event *fault = find_fault(monitor, &why);
    if (fault == NULL && finding->verdict == VERDICT_VIOLATED) {
        fault = instance->target;
        why = "late";
    }
    if (finding->bound_ms < 0 || finding->margin_ms >= 0)
        finding->time_permille = 1000;
    finding->content_permille = monitor_is_stamp(instance->target) ? 0 : order_permille(monitor);
    finding->verdict = fault == NULL ? VERDICT_SATISFIED : VERDICT_VIOLATED;
    if (fault != NULL)
        verdict_miss(finding, evidence, fault, why);
    return true;
}

const struct monitor_kind monitor_sequence = {listen, take_event, judge_sequence, NULL};
