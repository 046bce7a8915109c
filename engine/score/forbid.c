/* forbid and forbid_until: what must not happen. Keeping still is no merit: without a breach, there
 * is something to credit only where the duty that the rule is paired with was done. */
#include "score/filter.h"
#include "score/verdict.h"

/* ---- forbid ---- */

static void take_breach(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    if (!filter_matches_never(&monitor->rule->then, fold, event) || !monitor_is_during(monitor))
        return;
    struct bucket *bucket = monitor_bucket(monitor, &fold->arena, STR(""));
    struct instance *instance = monitor_instance_add(monitor, fold, bucket, event);
    instance->opening = instance->activation = NULL;
    instance->target = event;
    instance->clock_ms = -1;
}

static void set_breach(const struct monitor *monitor, const struct event *event,
    struct finding *finding, struct evidence *evidence)
{
    finding->verdict = VERDICT_VIOLATED;
    verdict_target(monitor, event, finding, evidence);
    finding->content_permille = 1000;
}

static bool judge_breach(const struct judging *judging, const struct monitor *monitor,
    const struct instance *instance, struct finding *finding, struct evidence *evidence)
{
    (void)judging;
    set_breach(monitor, instance->target, finding, evidence);
    return true;
}

/* Nothing happened that must not. */
static void set_stillness(const struct judging *judging, struct finding *finding)
{
    finding->verdict = !verdict_is_ended(judging) ? VERDICT_PENDING
                       : judging->duty_done       ? VERDICT_SATISFIED
                                                  : VERDICT_NOT_ACTIVATED;
}

static bool judge_whole(const struct judging *judging, const struct monitor *monitor,
    struct finding *finding, struct evidence *evidence)
{
    (void)evidence;
    if (monitor->first != NULL)
        return false;
    if (!holds_is_set(&monitor->rule->during) || monitor->during.ever)
        set_stillness(judging, finding);
    return true;
}

/* ---- forbid_until ---- */

static void take_step(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    const struct rule *rule = monitor->rule;
    struct str key;
    struct bucket *bucket;
    if (monitor_key(rule, event, true, &key) &&
        (bucket = monitor_bucket_find(monitor, key)) != NULL && bucket->open.first != NULL) {
        struct instance *instance = bucket->open.first;
        if (filter_matches_never(&rule->then, fold, event) && monitor_is_during(monitor) &&
            instance->outcome == OUTCOME_WAITS) {
            instance->outcome = OUTCOME_BROKEN;
            instance->target = event;
        }
        if (filter_matches(&rule->until, fold, event)) {
            if (instance->outcome == OUTCOME_WAITS) {
                instance->outcome = OUTCOME_KEPT;
                instance->target = event;
            }
            monitor_queue_pop(&bucket->open);
        }
    }
    if (!filter_matches(&rule->when, fold, event) || !monitor_is_during(monitor) ||
        !monitor_key(rule, event, false, &key))
        return;
    bucket = monitor_bucket(monitor, &fold->arena, key);
    if (bucket->open.first == NULL)
        monitor_queue_push(&bucket->open, monitor_instance_add(monitor, fold, bucket, event));
}

static bool judge_step(const struct judging *judging, const struct monitor *monitor,
    const struct instance *instance, struct finding *finding, struct evidence *evidence)
{
    if (!verdict_start(judging, monitor, instance, finding, evidence))
        return false;
    finding->content_permille = 1000;
    if (instance->outcome == OUTCOME_WAITS) {
        set_stillness(judging, finding);
        return true;
    }
    verdict_target(monitor, instance->target, finding, evidence);
    if (instance->outcome == OUTCOME_BROKEN) {
        finding->verdict = VERDICT_VIOLATED;
        return true;
    }
    finding->verdict = VERDICT_SATISFIED;
    finding->time_permille = 1000;
    return true;
}

const struct monitor_kind monitor_forbid = {NULL, take_breach, judge_breach, judge_whole};
const struct monitor_kind monitor_forbid_until = {NULL, take_step, judge_step, NULL};
