/* Ratings: what the findings say of each capability, and what an evaluator says. docs/rules.md §3.
 */
#ifndef SCORE_RATING_H
#define SCORE_RATING_H

#include "core/organisation.h"
#include "score/score.h"

enum { RATING_LEAST_COUNT = 4 }; /* opportunities below which nothing is proposed */

struct capability {
    struct str id;
    size_t rule_count; /* rules that were scored */
    size_t scored_count, satisfied_count;
    int64_t low_permille, high_permille; /* of the share, 95 % */
    int points_permille;                 /* -1: nothing was scored */
    int proposed;                        /* as `rating_names` counts; 0: insufficient evidence */
    const struct rule *capped_by;        /* the critical rule whose miss lowered it; NULL: none */
    const struct event **rated;          /* the last word of each evaluator */
    size_t rated_count;
};

/* What ratings come from. */
struct rating_source {
    const struct organisation *house; /* whose scale it is; NULL: the usual one */
    const struct rules *rules;
    const struct finding *findings;
    size_t finding_count;
    const struct event *const *rated;
    size_t rated_count;
};

/* The capabilities of the rules, in their order, then those that evaluators alone have rated; lives
 * in the arena. */
size_t rating_find(
    const struct rating_source *source, struct arena *arena, struct capability **ret_items);

void rating_write(const struct capability *items, size_t count, struct json_write *json);

#endif
