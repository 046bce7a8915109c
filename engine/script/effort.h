/* What a story may bring about by itself in a time: enough for any that waits like a person, and an
 * end for one that does not.
 *
 * Counted is what a story does because time went by or because a story did something. What people
 * do is never counted, so that nobody can spend a story's effort by writing much. */
#ifndef SCRIPT_EFFORT_H
#define SCRIPT_EFFORT_H

#include <stdbool.h>
#include <stdint.h>

/* In instructions. */
enum {
    EFFORT_MOST = 4000000,  /* at one go; some twenty milliseconds of work */
    EFFORT_A_SECOND = 4000, /* comes back with exercise time */
    EFFORT_STEP = 500,      /* for going on at all */
    EFFORT_INPUT = 10000    /* for each thing asked for */
};

/* Plain data; zeroed it is fresh. */
struct effort {
    int64_t taken, at_ms;
};

/* Whether there is any left at that exercise time. */
bool effort_is_left(struct effort *effort, int64_t at_ms);
void effort_take(struct effort *effort, int64_t instructions);

#endif
