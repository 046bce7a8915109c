/* An anchor is what somebody did or declared, never a guess: without one there is no bound. All is
 * decided when asked; the trace only leaves behind the first event of each anchor, what was filed,
 * and what was declared of the law's scope. */
#include "score/deadline.h"

#include "score/due.h"
#include "score/verdict.h"

/* ---- bounds ---- */

static bool has_needs(const struct rule_bound *bound, const int64_t *anchors_ms)
{
    for (int anchor = 0; anchor < RULE_ANCHORS; anchor++)
        if ((bound->needs & 1u << anchor) != 0 && anchors_ms[anchor] == DEADLINE_NONE)
            return false;
    return anchors_ms[bound->anchor] != DEADLINE_NONE;
}

static bool is_overridden(const struct rule_deadline *deadline, const int64_t *anchors_ms)
{
    if (!deadline->has_override)
        return false;
    int64_t late_ms = anchors_ms[deadline->override_late];
    int64_t early_ms = anchors_ms[deadline->override_early];
    return late_ms != DEADLINE_NONE && early_ms != DEADLINE_NONE &&
           late_ms > early_ms + deadline->override_by_ms;
}

bool deadline_find(const struct rule_deadline *deadline, const struct def *def,
    const int64_t *anchors_ms, struct deadline_due *ret_due)
{
    struct due_days days = {deadline->has_zone ? deadline->zone_minutes : def->story_offset_minutes,
        deadline->holidays, deadline->holiday_count, deadline->rolls, deadline->roll_by_minute};
    bool is_other = is_overridden(deadline, anchors_ms);
    const struct rule_bound *bounds = is_other ? deadline->override_bounds : deadline->bounds;
    size_t bound_count = is_other ? deadline->override_bound_count : deadline->bound_count;
    const struct rule_bound *earliest = NULL;
    struct deadline_due due = {.anchor = -1};
    for (size_t i = 0; i < bound_count; i++) {
        if (!has_needs(&bounds[i], anchors_ms))
            continue;
        due.anchors |= 1u << bounds[i].anchor;
        int64_t bound_ms = due_ms(&days, &bounds[i], anchors_ms[bounds[i].anchor]);
        if (earliest != NULL && bound_ms >= due.bound_ms)
            continue;
        due.bound_ms = bound_ms;
        due.anchor = bounds[i].anchor;
        earliest = &bounds[i];
    }
    if (earliest == NULL)
        return false;
    due.bound_ms = due_rolled_ms(&days, earliest, due.bound_ms);
    *ret_due = due;
    return true;
}

/* ---- feeding ---- */

static void listen(const struct monitor *monitor, bool *kinds)
{
    const struct rule_deadline *deadline = monitor->rule->deadline;
    for (size_t i = 0; i < deadline->anchor_count; i++)
        for (size_t f = 0; f < deadline->anchors[i].filter_count; f++)
            monitor_hear(&deadline->anchors[i].filters[f], kinds);
    if (deadline->matter.len != 0)
        kinds[EVENT_DECLARED] = true;
}

static void take_anchors(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    const struct rule_deadline *deadline = monitor->rule->deadline;
    for (size_t i = 0; i < deadline->anchor_count; i++) {
        const struct rule_anchor *anchor = &deadline->anchors[i];
        bool is_open = anchor->is_last || monitor->steps[i] == NULL;
        for (size_t f = 0; f < anchor->filter_count && is_open; f++)
            if (filter_matches(&anchor->filters[f], fold, event))
                monitor->steps[i] = event;
    }
}

static bool is_scope(const struct rule_deadline *deadline, const struct event *event)
{
    const struct event_declared *body = &event->body.declared;
    return event->kind == EVENT_DECLARED && deadline->matter.len != 0 &&
           str_eq(body->of, deadline->matter) &&
           (str_is(body->status, "applies") || str_is(body->status, "does-not-apply") ||
               str_is(body->status, "unknown"));
}

static void take_event(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    const struct rule *rule = monitor->rule;
    struct bucket *bucket = monitor_bucket(monitor, &fold->arena, STR(""));
    const char *why = NULL;
    take_anchors(monitor, fold, event);
    if (is_scope(rule->deadline, event))
        monitor->declared = event;
    if (filter_matches(&rule->then, fold, event)) {
        if (monitor_counts(event))
            misses_add(&bucket->targets, &fold->arena, event, NULL);
        else
            why = "unread";
    } else {
        why = filter_only_failure(&rule->then, fold, event);
    }
    if (why != NULL)
        misses_add(&bucket->misses, &fold->arena, event, why);
}

/* ---- judging ---- */

/* What the deadline rule before this one was filed with. */
static const struct event *filed_by(const struct judging *judging, struct str rule)
{
    const struct judgement *before = judging->judgement;
    for (size_t i = 0; i < before->count; i++)
        if (str_eq(before->findings[i].rule->id, rule))
            return before->evidence[i].target;
    return NULL;
}

static const struct event *anchor_event(
    const struct judging *judging, const struct monitor *monitor, size_t position)
{
    const struct rule_anchor *anchor = &monitor->rule->deadline->anchors[position];
    return anchor->filed.len != 0 ? filed_by(judging, anchor->filed) : monitor->steps[position];
}

/* The first filing after the earliest anchor that counts. */
static const struct event *find_target(const struct judging *judging, const struct monitor *monitor,
    const struct deadline_due *due, const struct misses *targets)
{
    const struct event *earliest = NULL;
    for (size_t i = 0; i < RULE_ANCHORS; i++) {
        const struct event *anchor =
            (due->anchors & 1u << i) != 0 ? anchor_event(judging, monitor, i) : NULL;
        if (anchor != NULL && (earliest == NULL || trace_before(anchor, earliest)))
            earliest = anchor;
    }
    size_t first = misses_after(targets, earliest);
    return first < targets->count ? targets->items[first].event : NULL;
}

static const char *state_of(
    const struct judging *judging, const struct monitor *monitor, const struct finding *finding)
{
    (void)judging;
    if (finding->target_seq != 0)
        return "filed";
    if (monitor->rule->deadline->matter.len != 0 && monitor->declared == NULL)
        return "scope-not-declared";
    return finding->verdict == VERDICT_PENDING    ? "due"
           : finding->verdict == VERDICT_VIOLATED ? "overdue"
                                                  : "inconclusive";
}

static bool is_declared(const struct monitor *monitor, const char *status)
{
    return monitor->declared != NULL && str_is(monitor->declared->body.declared.status, status);
}

static void set_idle(
    const struct monitor *monitor, const struct misses *targets, struct finding *finding)
{
    finding->verdict = VERDICT_NOT_ACTIVATED;
    if (is_declared(monitor, "does-not-apply"))
        finding->state = STR("not-applicable");
    else if (is_declared(monitor, "applies") || targets->count != 0)
        finding->state = STR("anchor-missing");
    else
        finding->state = STR("not-started");
}

static bool judge_whole(const struct judging *judging, const struct monitor *monitor,
    struct finding *finding, struct evidence *evidence)
{
    static struct bucket nothing; /* before any event */
    const struct rule_deadline *deadline = monitor->rule->deadline;
    int64_t anchors_ms[RULE_ANCHORS];
    struct bucket *bucket = monitor_bucket_find(monitor, STR(""));
    struct deadline_due due;
    if (bucket == NULL)
        bucket = &nothing;
    for (size_t i = 0; i < deadline->anchor_count; i++) {
        const struct event *anchor = anchor_event(judging, monitor, i);
        anchors_ms[i] = anchor == NULL ? DEADLINE_NONE : anchor->story_ms;
    }
    if (is_declared(monitor, "does-not-apply") ||
        !deadline_find(deadline, judging->fold->def, anchors_ms, &due)) {
        set_idle(monitor, &bucket->targets, finding);
        return true;
    }
    const struct event *opening = anchor_event(judging, monitor, (size_t)due.anchor);
    struct instance *instance = ARENA_NEW(judging->arena, struct instance);
    *instance = (struct instance){.opening = opening,
        .activation = opening,
        .target = find_target(judging, monitor, &due, &bucket->targets),
        .bucket = bucket,
        .clock_ms = opening->story_ms,
        .window_ms = -1,
        .content_permille = 1000};
    evidence->instance = instance;
    if (instance->clock_ms > judging->moments->horizon_ms) {
        finding->state = STR("not-started");
        return true;
    }
    finding->start_ms = instance->clock_ms;
    finding->bound_ms = due.bound_ms;
    evidence->activation = opening;
    finding->activation_seq = opening->seq;
    verdict_by_bound(judging, monitor, instance, finding, evidence);
    verdict_nearest(monitor, instance, finding, evidence);
    finding->state = str_of(state_of(judging, monitor, finding));
    return true;
}

const struct monitor_kind monitor_deadline = {listen, take_event, NULL, judge_whole};
