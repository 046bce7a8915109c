/* precede: β only after α. The duty is α, due when β comes. */
#include "score/verdict.h"

static void take_beta(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    const struct rule *rule = monitor->rule;
    struct str key;
    if (!filter_matches(&rule->then, fold, event) || !monitor_is_during(monitor) ||
        !monitor_key(rule, event, true, &key) || !monitor_counts(event))
        return;
    struct bucket *bucket = monitor_bucket(monitor, &fold->arena, key);
    struct instance *instance = monitor_instance_add(monitor, fold, bucket, event);
    instance->opening = NULL;
    instance->activation = bucket->first;
    instance->target = event;
    instance->clock_ms = -1;
    if (bucket->first == NULL)
        monitor_queue_push(&bucket->open, instance);
}

static void take_alpha(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    const struct rule *rule = monitor->rule;
    struct str key;
    if (!monitor_key(rule, event, false, &key))
        return;
    if (!filter_matches(&rule->when, fold, event)) {
        const char *why = filter_only_failure(&rule->when, fold, event);
        struct bucket *missed = why == NULL ? NULL : monitor_bucket(monitor, &fold->arena, key);
        if (missed != NULL && missed->misses.count == 0) /* only the first is ever told */
            misses_add(&missed->misses, &fold->arena, event, why);
        return;
    }
    struct bucket *bucket = monitor_bucket(monitor, &fold->arena, key);
    if (bucket->first != NULL)
        return;
    bucket->first = event;
    struct instance *instance;
    while ((instance = monitor_queue_pop(&bucket->open)) != NULL)
        instance->activation = event;
}

static void take_event(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    take_beta(monitor, fold, event);
    take_alpha(monitor, fold, event);
}

/* The bound is β's own time; at the same instant the order of the trace decides. */
static bool judge_precede(const struct judging *judging, const struct monitor *monitor,
    const struct instance *instance, struct finding *finding, struct evidence *evidence)
{
    const struct event *alpha = instance->activation, *beta = instance->target;
    const struct misses *misses = &instance->bucket->misses;
    (void)judging;
    finding->bound_ms = rule_time_ms(monitor->rule, beta);
    finding->target_seq = beta->seq;
    finding->verdict = VERDICT_VIOLATED; /* without any α */
    evidence->target = beta;
    if (alpha == NULL) {
        if (misses->count != 0 && trace_before(misses->items[0].event, beta))
            verdict_miss(finding, evidence, misses->items[0].event, misses->items[0].why);
        return true;
    }
    finding->met_ms = rule_time_ms(monitor->rule, alpha);
    finding->margin_ms = finding->bound_ms - finding->met_ms;
    finding->verdict = trace_before(alpha, beta) ? VERDICT_SATISFIED : VERDICT_VIOLATED;
    finding->time_permille = verdict_time_permille(finding);
    finding->content_permille = 1000;
    if (finding->verdict == VERDICT_SATISFIED) {
        evidence->activation = alpha;
        finding->activation_seq = alpha->seq;
    } else {
        verdict_miss(finding, evidence, alpha, "late");
    }
    return true;
}

const struct monitor_kind monitor_precede = {NULL, take_event, judge_precede, NULL};
