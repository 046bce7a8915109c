/* What holds: a state that rules look at (`while`, `keep`), and following it through a trace.
 * docs/rules.md §2.4. */
#ifndef SCORE_HOLDS_H
#define SCORE_HOLDS_H

#include "score/filter.h"

enum { HOLDS_WORLD = 4 };

/* Parts that must all hold; without any there is no state. Plain data. */
struct holds {
    struct filter_condition world[HOLDS_WORLD];
    size_t world_count;
    struct strs phases;
    struct filter since, until;
};

static inline bool holds_is_set(const struct holds *holds)
{
    return holds->world_count != 0 || holds->phases.count != 0 || filter_is_set(&holds->since);
}

/* Where a state stands; zeroed before the first event. */
struct holds_now {
    bool has_begun; /* an event was seen */
    bool world[HOLDS_WORLD], phase, since;
    bool at, after;      /* around the latest event */
    bool opened, closed; /* by the latest event */
    bool ever;           /* at or after some event */
};

/* Which kinds of events can change it. */
void holds_listen(const struct holds *holds, bool *kinds);

/* Takes one event; the fold stands just before it. */
void holds_event(const struct holds *holds, struct holds_now *now, const struct fold *fold,
    const struct event *event);

#endif
