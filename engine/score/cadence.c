/* cadence: while a state lasts, never too long between two updates. Each update that counts is the
 * answer to the one before it, and asks for the next. */
#include "score/parcel.h"
#include "score/verdict.h"

/* What a message promises binds when it is sooner than the rule asks. */
static void add_anchor(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    struct bucket *bucket = monitor_bucket(monitor, &fold->arena, STR(""));
    struct instance *instance = monitor_instance_add(monitor, fold, bucket, event);
    int64_t promised_ms = event->kind == EVENT_MESSAGED ? event->body.messaged.next_update_ms : 0;
    if (promised_ms > 0 && promised_ms < instance->window_ms)
        instance->window_ms = promised_ms;
    monitor_queue_push(&bucket->open, instance);
}

static void take_update(
    struct monitor *monitor, struct fold *fold, struct bucket *bucket, const struct event *event)
{
    bool is_empty = (event->kind == EVENT_MESSAGED || event->kind == EVENT_SAID) &&
                    parcel_tells_nothing_new(&fold->knowledge, event);
    if (is_empty && monitor->empty_count >= monitor->rule->no_change) {
        misses_add(&bucket->misses, &fold->arena, event, "empty");
        return;
    }
    monitor->empty_count = is_empty ? monitor->empty_count + 1 : 0;
    struct instance *instance = monitor_queue_pop(&bucket->open);
    instance->target = event;
    instance->content_permille = monitor_content_permille(monitor->rule, fold, event);
    add_anchor(monitor, fold, event);
}

static void take_event(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    const struct rule *rule = monitor->rule;
    struct bucket *bucket = monitor_bucket(monitor, &fold->arena, STR(""));
    struct instance *open = bucket->open.first;
    if (open != NULL && monitor->during.closed) {
        open->closing = event;
        monitor_queue_pop(&bucket->open);
    } else if (open != NULL) {
        const char *why = NULL;
        if (filter_matches(&rule->then, fold, event) && monitor_counts(event))
            take_update(monitor, fold, bucket, event);
        else if (filter_matches(&rule->then, fold, event))
            why = "unread";
        else
            why = filter_only_failure(&rule->then, fold, event);
        if (why != NULL)
            misses_add(&bucket->misses, &fold->arena, event, why);
    }
    if (monitor->during.opened && bucket->open.first == NULL) {
        monitor->empty_count = 0;
        add_anchor(monitor, fold, event);
        if (monitor->during.closed)
            monitor_queue_pop(&bucket->open)->closing = event;
    }
}

static bool judge_gap(const struct judging *judging, const struct monitor *monitor,
    const struct instance *instance, struct finding *finding, struct evidence *evidence)
{
    if (!verdict_start(judging, monitor, instance, finding, evidence))
        return false;
    verdict_by_bound(judging, monitor, instance, finding, evidence);
    if (instance->target == NULL && instance->closing != NULL) {
        if (finding->bound_ms >= rule_time_ms(monitor->rule, instance->closing))
            return false;
        finding->verdict = VERDICT_VIOLATED;
    }
    verdict_nearest(monitor, instance, finding, evidence);
    if (evidence->miss != NULL && instance->target == NULL && instance->closing != NULL &&
        !trace_before(evidence->miss, instance->closing)) {
        evidence->miss = NULL;
        finding->miss_seq = 0;
        finding->miss_why = STR("");
    }
    return true;
}

const struct monitor_kind monitor_cadence = {NULL, take_event, judge_gap, NULL};
