/* Absences are few; they are looked through from end to end. */
#include "score/away.h"

static int64_t overlap(int64_t from_ms, int64_t until_ms, int64_t left_ms, int64_t back_ms)
{
    int64_t first_ms = left_ms > from_ms ? left_ms : from_ms;
    int64_t last_ms = back_ms < until_ms ? back_ms : until_ms;
    return last_ms > first_ms ? last_ms - first_ms : 0;
}

int64_t away_between(const struct away *away, struct str seat, int64_t from_ms, int64_t until_ms)
{
    int64_t sum_ms = 0, left_ms = -1;
    for (size_t i = 0; i < away->count; i++) {
        const struct event *event = away->items[i];
        if (!str_eq(event->actor, seat))
            continue;
        if (left_ms >= 0 && event->kind == EVENT_RETURNED)
            sum_ms += overlap(from_ms, until_ms, left_ms, event->observed_ms);
        if (event->kind == EVENT_RETURNED)
            left_ms = -1;
        else if (left_ms < 0)
            left_ms = event->observed_ms;
    }
    return left_ms < 0 ? sum_ms : sum_ms + overlap(from_ms, until_ms, left_ms, until_ms);
}
