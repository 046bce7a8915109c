/* count: at least, at most, exactly so many. All that is counted stands in one list a key; windows
 * are cut out of it when asked, so that an event costs the same however many windows are open. */
#include "score/verdict.h"

#include <limits.h>

static void take_event(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    const struct rule *rule = monitor->rule;
    struct str key;
    bool is_during = monitor_is_during(monitor);
    if (is_during && filter_matches(&rule->then, fold, event) && monitor_counts(event) &&
        monitor_key(rule, event, true, &key))
        misses_add(&monitor_bucket(monitor, &fold->arena, key)->targets, &fold->arena, event, NULL);
    if (is_during && filter_is_set(&rule->when) && filter_matches(&rule->when, fold, event) &&
        monitor_key(rule, event, false, &key))
        monitor_instance_add(monitor, fold, monitor_bucket(monitor, &fold->arena, key), event);
}

/* What is counted in one window. */
struct tally {
    const struct rule *rule;
    const struct misses *all; /* may be NULL: nothing was ever counted */
    const struct event *opening;
    int64_t bound_ms; /* INT64_MAX: none */
};

/* Goes along them, up to `limit` of them; how many it saw, and the last that it saw. */
static int tally_walk(const struct tally *tally, int limit, const struct event **ret_last)
{
    if (tally->all == NULL)
        return 0;
    int count = 0;
    for (size_t i = misses_after(tally->all, tally->opening);
         i < tally->all->count && count < limit; i++) {
        const struct event *event = tally->all->items[i].event;
        bool is_inside = rule_time_ms(tally->rule, event) <= tally->bound_ms;
        if (!is_inside && !tally->rule->is_story_time)
            break;
        if (is_inside) {
            *ret_last = event;
            count++;
        }
    }
    return count;
}

/* The n-th of them, from 1; NULL when there are fewer. */
static const struct event *tally_get(const struct tally *tally, int n)
{
    const struct event *last = NULL;
    return tally_walk(tally, n, &last) == n ? last : NULL;
}

static void set(const struct monitor *monitor, const struct event *target, enum verdict verdict,
    struct finding *finding, struct evidence *evidence)
{
    finding->verdict = verdict;
    if (target != NULL)
        verdict_target(monitor, target, finding, evidence);
    if (target != NULL || verdict == VERDICT_SATISFIED)
        finding->content_permille = 1000;
    if (verdict == VERDICT_SATISFIED)
        finding->time_permille = 1000;
}

/* The table of docs/rules.md §2.5. */
static void judge_tally(const struct judging *judging, const struct monitor *monitor,
    const struct tally *tally, struct finding *finding, struct evidence *evidence)
{
    const struct rule *rule = monitor->rule;
    int low = rule->at_least > 0 ? rule->at_least : 0, high = rule->at_most;
    const struct event *over = high >= 0 ? tally_get(tally, high + 1) : NULL;
    const struct event *enough = low > 0 ? tally_get(tally, low) : NULL;
    const struct moments *moments = judging->moments;
    const struct event *last;
    evidence->count = tally_walk(tally, INT_MAX, &last);
    bool is_ended = verdict_is_ended(judging), has_bound = tally->opening != NULL;
    bool is_open = !is_ended && (!has_bound || moments->now_ms <= tally->bound_ms);
    if (over != NULL)
        set(monitor, over, VERDICT_VIOLATED, finding, evidence);
    else if (enough != NULL && high < 0)
        set(monitor, enough, VERDICT_SATISFIED, finding, evidence);
    else if (is_open)
        finding->verdict = VERDICT_PENDING;
    else if (is_ended && has_bound && tally->bound_ms > moments->end_ms)
        finding->verdict = VERDICT_INCONCLUSIVE;
    else if (low > 0)
        set(monitor, enough, enough == NULL ? VERDICT_VIOLATED : VERDICT_SATISFIED, finding,
            evidence);
    else if (tally_get(tally, 1) != NULL || judging->duty_done)
        set(monitor, tally_get(tally, 1), VERDICT_SATISFIED, finding, evidence);
    else
        finding->verdict = VERDICT_NOT_ACTIVATED;
}

static bool judge_window(const struct judging *judging, const struct monitor *monitor,
    const struct instance *instance, struct finding *finding, struct evidence *evidence)
{
    if (!verdict_start(judging, monitor, instance, finding, evidence))
        return false;
    finding->bound_ms = finding->start_ms + instance->window_ms;
    struct tally tally = {
        monitor->rule, &instance->bucket->targets, instance->opening, finding->bound_ms};
    judge_tally(judging, monitor, &tally, finding, evidence);
    return true;
}

static bool judge_whole(const struct judging *judging, const struct monitor *monitor,
    struct finding *finding, struct evidence *evidence)
{
    const struct bucket *bucket = monitor_bucket_find(monitor, STR(""));
    struct tally tally = {monitor->rule, bucket == NULL ? NULL : &bucket->targets, NULL, INT64_MAX};
    if (filter_is_set(&monitor->rule->when))
        return false;
    judge_tally(judging, monitor, &tally, finding, evidence);
    return true;
}

const struct monitor_kind monitor_count = {NULL, take_event, judge_window, judge_whole};
