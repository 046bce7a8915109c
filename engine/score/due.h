/* When a bound is over, counted as laws count: hours, calendar days, business days, months, in one
 * zone. docs/rules.md §2.5, deadline. */
#ifndef SCORE_DUE_H
#define SCORE_DUE_H

#include "score/rule.h"

/* Where days begin, and which are no business days beside weekends. */
struct due_days {
    int zone_minutes;
    const int64_t *holidays; /* days since 1970, ascending; borrows */
    size_t holiday_count;
    bool rolls;
    int roll_by_minute; /* -1: as the bound says */
};

/* The end of the next business day, if the moment lies on none and days roll. */
int64_t due_rolled_ms(
    const struct due_days *days, const struct rule_bound *bound, int64_t bound_ms);

/* For a bound that runs from a moment; both in milliseconds since 1970. */
int64_t due_ms(const struct due_days *days, const struct rule_bound *bound, int64_t anchor_ms);

#endif
