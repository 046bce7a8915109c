/* When a seat's page was not before anybody's eyes: a locked phone, a closed laptop, no network. */
#ifndef SCORE_AWAY_H
#define SCORE_AWAY_H

#include "core/event.h"

/* `left` and `returned` in order; borrows the events. */
struct away {
    const struct event **items;
    size_t count, capacity;
};

/* How long the seat was away between two moments of exercise time. */
int64_t away_between(const struct away *away, struct str seat, int64_t from_ms, int64_t until_ms);

#endif
