/* hold: what is so stays so. */
#include "score/verdict.h"

static void take_open(
    struct monitor *monitor, struct fold *fold, struct bucket *bucket, const struct event *event)
{
    const struct rule *rule = monitor->rule;
    struct instance *instance = bucket->open.first;
    bool has_begun = instance->activation != NULL;
    if (filter_is_set(&rule->until) && filter_matches(&rule->until, fold, event)) {
        instance->outcome = has_begun ? OUTCOME_KEPT : OUTCOME_VOID;
    } else if (has_begun && monitor->during.closed) {
        instance->outcome = OUTCOME_BROKEN;
    } else {
        if (!has_begun && monitor->during.opened) {
            instance->activation = event;
            instance->clock_ms = rule_time_ms(rule, event);
        }
        return;
    }
    instance->target = event;
    monitor_queue_pop(&bucket->open);
}

static bool is_opening(
    const struct monitor *monitor, const struct fold *fold, const struct event *event)
{
    if (!filter_is_set(&monitor->rule->when))
        return !fold->has_begun;
    return filter_matches(&monitor->rule->when, fold, event);
}

static void take_event(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    struct bucket *bucket = monitor_bucket(monitor, &fold->arena, STR(""));
    if (bucket->open.first != NULL)
        take_open(monitor, fold, bucket, event);
    if (bucket->open.first != NULL || !is_opening(monitor, fold, event))
        return;
    struct instance *instance = monitor_instance_add(monitor, fold, bucket, event);
    monitor_queue_push(&bucket->open, instance);
    if (!monitor->during.after)
        instance->activation = NULL;
}

static bool judge_hold(const struct judging *judging, const struct monitor *monitor,
    const struct instance *instance, struct finding *finding, struct evidence *evidence)
{
    if (instance->activation == NULL || instance->outcome == OUTCOME_VOID ||
        !verdict_start(judging, monitor, instance, finding, evidence))
        return false;
    finding->content_permille = 1000;
    if (instance->target != NULL)
        verdict_target(monitor, instance->target, finding, evidence);
    if (instance->outcome == OUTCOME_BROKEN) {
        finding->verdict = VERDICT_VIOLATED;
        return true;
    }
    bool is_open = instance->outcome == OUTCOME_WAITS && !verdict_is_ended(judging);
    finding->verdict = is_open ? VERDICT_PENDING : VERDICT_SATISFIED;
    finding->time_permille = is_open ? 0 : 1000;
    return true;
}

const struct monitor_kind monitor_hold = {NULL, take_event, judge_hold, NULL};
