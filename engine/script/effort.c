/* A bucket that fills with time: a loop that waits a millisecond runs dry within seconds of the
 * exercise, one that waits a second never does. */
#include "script/effort.h"

bool effort_is_left(struct effort *effort, int64_t at_ms)
{
    int64_t back = (at_ms - effort->at_ms) * EFFORT_A_SECOND / 1000;
    effort->taken = effort->taken > back ? effort->taken - back : 0;
    effort->at_ms = at_ms;
    return effort->taken < EFFORT_MOST;
}

void effort_take(struct effort *effort, int64_t instructions)
{
    effort->taken += instructions;
}
