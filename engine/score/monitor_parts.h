/* What the kinds of monitors are made from. Inside engine/score only. */
#ifndef SCORE_MONITOR_PARTS_H
#define SCORE_MONITOR_PARTS_H

#include "score/fold.h"
#include "score/trace.h"

static inline bool monitor_is_kind(const struct filter *filter, enum event_kind kind)
{
    return filter_event_kind(filter) == (int)kind;
}

static inline void monitor_hear(const struct filter *filter, bool *kinds)
{
    if (filter_is_set(filter))
        kinds[filter_event_kind(filter)] = true;
}

/* Whether the rule looks at what happens now. */
static inline bool monitor_is_during(const struct monitor *monitor)
{
    return !holds_is_set(&monitor->rule->during) || monitor->during.at;
}

/* Rules whose clock can be started by several events: the duty begins with knowing. */
bool monitor_has_clock(const struct rule *rule);

/* The key of an activation or a target; false: it has none, and is neither. */
bool monitor_key(
    const struct rule *rule, const struct event *event, bool is_target, struct str *ret_key);
struct bucket *monitor_bucket_find(const struct monitor *monitor, struct str key);
struct bucket *monitor_bucket(struct monitor *monitor, struct arena *arena, struct str key);

/* A new instance at the end of the findings' order, opened by the event. */
struct instance *monitor_instance_add(
    struct monitor *monitor, struct fold *fold, struct bucket *bucket, const struct event *opening);

void monitor_queue_push(struct queue *queue, struct instance *instance);
struct instance *monitor_queue_pop(struct queue *queue);
void monitor_queue_remove(struct queue *queue, struct instance *before, struct instance *instance);

/* Approved without having been read. */
bool monitor_is_stamp(const struct event *event);

/* The content factor of an answer. */
int monitor_content_permille(
    const struct rule *rule, const struct fold *fold, const struct event *event);

/* Whether an event that matches counts as a target: whoever acknowledges something unread does not
 * answer it. */
static inline bool monitor_counts(const struct event *event)
{
    return event->kind != EVENT_ACKED || !event->body.acked.unread;
}

/* content: what a receiver asks of any message. */
enum { ANSWER_ASK = 1, ANSWER_BY_WHEN = 2, ANSWER_UNKNOWN = 4 };

static inline int monitor_answer_count(unsigned answers)
{
    return ((answers & ANSWER_ASK) != 0) + ((answers & ANSWER_BY_WHEN) != 0) +
           ((answers & ANSWER_UNKNOWN) != 0);
}

#endif
