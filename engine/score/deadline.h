/* Deadlines: clocks of law and house on the story's calendar. docs/rules.md §2.5. */
#ifndef SCORE_DEADLINE_H
#define SCORE_DEADLINE_H

#include "core/def.h"
#include "score/rule.h"

/* Anchors that have not happened. */
#define DEADLINE_NONE INT64_MIN

/* Which bounds count for these anchors (moments, by position) and the earliest of them. `anchor` is
 * where that one runs from. False: none has begun. */
struct deadline_due {
    int64_t bound_ms;
    int anchor;
    unsigned anchors; /* 1 << anchor, of all bounds that count */
};
bool deadline_find(const struct rule_deadline *deadline, const struct def *def,
    const int64_t *anchors_ms, struct deadline_due *ret_due);

#endif
