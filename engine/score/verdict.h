/* From a bound and a target to a verdict, points and the nearest miss. docs/rules.md §2.7 to §2.9.
 * Inside engine/score only. */
#ifndef SCORE_VERDICT_H
#define SCORE_VERDICT_H

#include "score/judge.h"
#include "score/monitor_parts.h"

static inline bool verdict_is_ended(const struct judging *judging)
{
    return judging->moments->end_ms >= 0;
}

/* Without a target. */
enum verdict verdict_open(const struct judging *judging, const struct rule *rule, int64_t bound_ms);

/* Sets activation and start; false when the clock has not started yet. */
bool verdict_start(const struct judging *judging, const struct monitor *monitor,
    const struct instance *instance, struct finding *finding, struct evidence *evidence);

/* Judges by bound and target: the table of §2.7. */
void verdict_by_bound(const struct judging *judging, const struct monitor *monitor,
    const struct instance *instance, struct finding *finding, struct evidence *evidence);

/* Sets target and met. */
void verdict_target(const struct monitor *monitor, const struct event *target,
    struct finding *finding, struct evidence *evidence);

void verdict_miss(
    struct finding *finding, struct evidence *evidence, const struct event *event, const char *why);

/* The nearest miss of an instance without a target in time. */
void verdict_nearest(const struct monitor *monitor, const struct instance *instance,
    struct finding *finding, struct evidence *evidence);

/* When the clock of an instance started: at the latest with its target. */
int64_t verdict_start_ms(const struct rule *rule, const struct instance *instance);

/* The time factor of a late answer. */
int verdict_time_permille(const struct finding *finding);

#endif
