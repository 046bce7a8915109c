/* Monitors: one for each rule, fed with the effective trace in order.
 *
 * A monitor finds instances of its rule and gives them their targets; it draws no conclusions.
 * The cost of an event does not depend on how long anything waits: whatever waits for an event
 * stands in a queue by correlation key, and leaves it once. docs/rules.md §2.3 to §2.5. */
#ifndef SCORE_MONITOR_H
#define SCORE_MONITOR_H

#include "core/event.h"
#include "score/rule.h"

struct fold;

/* One place where a rule applies. Lives in the fold's arena. */
struct instance {
    const struct event *opening;    /* precede: NULL */
    const struct event *activation; /* what starts the clock; precede: the first α, or NULL */
    const struct event *target;     /* NULL: not yet; precede: β */
    struct bucket *bucket;
    struct str fact;   /* when a delivery starts the clock: the fact that it carried */
    int64_t clock_ms;  /* when the activation starts the clock; precede: -1 */
    int64_t window_ms; /* -1: none */
    int content_permille;
    bool helped;
    struct instance *next;    /* in the order of findings */
    struct instance *waiting; /* the next in the queue */
};

struct queue {
    struct instance *first, *last;
};

/* An event that failed one condition only. */
struct miss {
    const struct event *event;
    const char *why;
};

struct misses {
    struct miss *items; /* in order */
    size_t count, capacity;
};

/* All that shares one correlation key. */
struct bucket {
    struct queue open, late;   /* late: `each` only, bound already over */
    struct instance *clock;    /* the one instance of a knows or opened rule */
    const struct event *first; /* knowledge target, or precede's first α */
    bool first_helped;         /* precede: help came before it */
    struct misses misses;
};

struct monitor {
    const struct rule *rule;
    struct index bucket_index;
    struct bucket **buckets;
    size_t bucket_count, bucket_capacity;
    struct instance *first, *last;
    const struct event *helped; /* the latest help */
    struct misses sent;         /* messages on their way to whom the rule wants to know */
};

/* Which kinds of events the monitor wants to see. */
void monitor_listen(const struct monitor *monitor, bool kinds[EVENT_KIND_COUNT]);

/* Takes one event; new instances live in the fold's arena. */
void monitor_event(struct monitor *monitor, struct fold *fold, const struct event *event);

/* When the clock of an instance started: at the latest with its target. */
int64_t monitor_start_ms(const struct instance *instance);

/* The first miss after an event and not after until_ms; NULL when there is none. */
const struct miss *monitor_miss_after(
    const struct misses *misses, const struct event *event, int64_t until_ms);

#endif
