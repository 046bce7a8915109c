/* Lists of events that a rule remembers, with what was wrong with each: near misses, messages on
 * their way, help, what is counted. */
#ifndef SCORE_MISSES_H
#define SCORE_MISSES_H

#include "score/rule.h"

/* An event, and what was wrong with it, if anything. */
struct miss {
    const struct event *event;
    const char *why;
};

struct misses {
    struct miss *items; /* in the order of the trace */
    size_t count, capacity;
};

void misses_add(
    struct misses *misses, struct arena *arena, const struct event *event, const char *why);

/* The position of the first one after an event in the order; NULL: of the first one. */
size_t misses_after(const struct misses *misses, const struct event *event);

/* The first one after an event whose time on the rule's clock is not after until_ms; or NULL. */
const struct miss *misses_first(const struct rule *rule, const struct misses *misses,
    const struct event *event, int64_t until_ms);

#endif
