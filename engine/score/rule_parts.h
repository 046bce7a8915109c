/* What only some kinds of rules have. Plain data in the definitions' arena. */
#ifndef SCORE_RULE_PARTS_H
#define SCORE_RULE_PARTS_H

#include "score/filter.h"

enum { RULE_ANCHORS = 4, RULE_ANCHOR_FILTERS = 4, RULE_BOUNDS = 4 };

struct rule_step {
    struct filter filter;
    int64_t gap_ms; /* after the step before it; -1: any */
};

struct rule_worth {
    struct str option;
    int permille;
};

struct rule_choose {
    struct strs questions; /* empty: all */
    bool reason;
    struct strs knowing, informing;
    int64_t informed_within_ms;
    const struct rule_worth *worths;
    size_t worth_count;
    struct words plan;
};

/* A moment that a clock may run from. */
struct rule_anchor {
    struct str id;
    struct filter filters[RULE_ANCHOR_FILTERS]; /* the first event that matches any */
    size_t filter_count;
    bool is_last;     /* the last such event, not the first */
    struct str filed; /* or the target of this deadline rule */
};

enum bound_unit { BOUND_HOURS, BOUND_DAYS, BOUND_BUSINESS_DAYS, BOUND_MONTHS, BOUND_UNIT_COUNT };

struct rule_bound {
    int anchor; /* position among the anchors */
    enum bound_unit unit;
    int count;
    bool first_day_counts, after_year; /* days: from the anchor's day on; from its year's last */
    int by_minute;                     /* of the day; -1: its last millisecond */
    unsigned needs;                    /* 1 << anchor that must have happened, too */
};

struct rule_deadline {
    struct str matter;
    struct rule_anchor anchors[RULE_ANCHORS];
    size_t anchor_count;
    struct rule_bound bounds[RULE_BOUNDS];
    size_t bound_count;
    bool has_override; /* applies when t(late) > t(early) + by_ms */
    int override_late, override_early;
    int64_t override_by_ms;
    struct rule_bound override_bounds[RULE_BOUNDS];
    size_t override_bound_count;
    bool rolls;         /* what ends on no business day ends with the next */
    int roll_by_minute; /* of that day; -1: as the bound says */
    bool has_zone;      /* else the scenario's */
    int zone_minutes;
    const int64_t *holidays; /* days since 1970, ascending */
    size_t holiday_count;
};

/* Where a law says what the rule says. */
struct rule_law {
    struct words article;
    struct words soft; /* the words of a duty without a number */
    struct str confidence;
};

#endif
