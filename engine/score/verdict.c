/* Verdicts are arithmetic on instances: a bound against the time asked for. That is why an expiry
 * needs no timer here, and why asking twice, live or years later, gives the same answer. */
#include "score/verdict.h"

enum verdict verdict_open(const struct judging *judging, const struct rule *rule, int64_t bound_ms)
{
    const struct moments *moments = judging->moments;
    if (!verdict_is_ended(judging))
        return bound_ms < 0 || moments->now_ms <= bound_ms ? VERDICT_PENDING : VERDICT_VIOLATED;
    /* What a law wants soon, without saying how soon, is not missed by the end of a drill. */
    bool is_soft = rule->law.soft.in[LANG_EN].len != 0 && bound_ms < 0;
    return is_soft || bound_ms > moments->end_ms ? VERDICT_INCONCLUSIVE : VERDICT_VIOLATED;
}

int64_t verdict_start_ms(const struct rule *rule, const struct instance *instance)
{
    const struct event *target = instance->target;
    /* Whoever acts before the clock would have started has acted in time. */
    if (monitor_has_clock(rule) && target != NULL && instance->opening != NULL &&
        trace_before(instance->opening, target) && rule_time_ms(rule, target) < instance->clock_ms)
        return rule_time_ms(rule, target);
    return instance->clock_ms;
}

int verdict_time_permille(const struct finding *finding)
{
    int64_t late_ms = finding->bound_ms < 0 || finding->margin_ms > 0 ? 0 : -finding->margin_ms;
    int64_t grace_ms = finding->rule->grace_ms;
    if (finding->verdict == VERDICT_SATISFIED)
        return 1000;
    return late_ms < grace_ms ? (int)(1000 * (grace_ms - late_ms) / grace_ms) : 0;
}

bool verdict_start(const struct judging *judging, const struct monitor *monitor,
    const struct instance *instance, struct finding *finding, struct evidence *evidence)
{
    finding->start_ms = verdict_start_ms(monitor->rule, instance);
    if (finding->start_ms > judging->moments->horizon_ms)
        return false;
    evidence->activation = instance->activation;
    finding->activation_seq = instance->activation->seq;
    return true;
}

void verdict_target(const struct monitor *monitor, const struct event *target,
    struct finding *finding, struct evidence *evidence)
{
    int64_t at_ms = rule_time_ms(monitor->rule, target);
    finding->met_ms = at_ms > finding->start_ms ? at_ms : finding->start_ms;
    evidence->target = target;
    finding->target_seq = target->seq;
    if (finding->bound_ms >= 0)
        finding->margin_ms = finding->bound_ms - finding->met_ms;
}

void verdict_miss(
    struct finding *finding, struct evidence *evidence, const struct event *event, const char *why)
{
    evidence->miss = event;
    finding->miss_seq = event->seq;
    finding->miss_why = str_of(why);
}

void verdict_nearest(const struct monitor *monitor, const struct instance *instance,
    struct finding *finding, struct evidence *evidence)
{
    int64_t until_ms = finding->bound_ms < 0 ? INT64_MAX : finding->bound_ms;
    if (finding->verdict == VERDICT_SATISFIED)
        return;
    if (instance->target != NULL) {
        verdict_miss(finding, evidence, instance->target, "late");
        return;
    }
    const struct miss *miss =
        misses_first(monitor->rule, &monitor->sent, instance->opening, until_ms);
    if (miss == NULL)
        miss = misses_first(monitor->rule, &instance->bucket->misses, instance->opening, until_ms);
    if (miss != NULL)
        verdict_miss(finding, evidence, miss->event, miss->why);
}

void verdict_by_bound(const struct judging *judging, const struct monitor *monitor,
    const struct instance *instance, struct finding *finding, struct evidence *evidence)
{
    if (instance->window_ms >= 0)
        finding->bound_ms = finding->start_ms + instance->window_ms;
    if (instance->target == NULL) {
        finding->verdict = verdict_open(judging, monitor->rule, finding->bound_ms);
        return;
    }
    verdict_target(monitor, instance->target, finding, evidence);
    finding->verdict = finding->margin_ms >= 0 ? VERDICT_SATISFIED : VERDICT_VIOLATED;
    finding->time_permille = verdict_time_permille(finding);
    finding->content_permille = instance->content_permille;
}
