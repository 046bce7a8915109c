/* Chance for the simulator: all of it comes from the seed, in the order in which it is asked for.
 *
 * Secrets are words that occur nowhere else, "zz17zz". Every text and name that somebody must not
 * see yet holds one, so that a leak is found by looking for bytes, without knowing the projection.
 */
#ifndef SIMULATE_DICE_H
#define SIMULATE_DICE_H

#include <string.h>

#include "base/arena.h"
#include "base/random.h"

struct dice {
    uint64_t seed, draw;
    int64_t secret_count;
};

static inline int64_t dice_below(struct dice *dice, int64_t below)
{
    return (int64_t)random_below(dice->seed, STR("simulate"), dice->draw++, (uint64_t)below);
}

static inline bool dice_chance(struct dice *dice, int64_t percent)
{
    return dice_below(dice, 100) < percent;
}

static inline struct str dice_pick(struct dice *dice, struct strs from)
{
    return from.count == 0 ? STR("") : from.items[dice_below(dice, (int64_t)from.count)];
}

static inline struct str dice_secret(struct dice *dice, struct arena *arena)
{
    return arena_format(arena, "zz%lldzz", (long long)++dice->secret_count);
}

/* The next secret at or behind *position, as a number; 0 when there is none. */
static inline int64_t dice_find_secret(struct str text, size_t *position)
{
    for (size_t at = *position; at + 4 < text.len; at++) {
        if (text.ptr[at] != 'z' || text.ptr[at + 1] != 'z')
            continue;
        size_t end = at + 2;
        while (end < text.len && text.ptr[end] >= '0' && text.ptr[end] <= '9')
            end++;
        int64_t number;
        if (end + 1 < text.len && text.ptr[end] == 'z' && text.ptr[end + 1] == 'z' &&
            str_to_int64((struct str){text.ptr + at + 2, end - at - 2}, &number)) {
            *position = end + 2;
            return number;
        }
    }
    *position = text.len;
    return 0;
}

#endif
