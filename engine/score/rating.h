/* Ratings: what the findings say of each capability, and what an evaluator says. docs/rules.md §3.
 */
#ifndef SCORE_RATING_H
#define SCORE_RATING_H

#include "score/score.h"

enum { RATING_LEAST_COUNT = 4 }; /* opportunities below which nothing is proposed */

/* The proposals, by how many points they take; printed with every use. */
struct rating_step {
    const char *rating; /* "P" */
    int from_permille;
};
extern const struct rating_step rating_steps[RATING_COUNT - 1];

struct capability {
    struct str id;
    size_t rule_count; /* rules that were scored */
    size_t scored_count, satisfied_count;
    int low_permille, high_permille; /* of the share, 95 % */
    int points_permille;             /* -1: nothing was scored */
    const char *proposed;            /* "P" … "U"; NULL: insufficient evidence */
    const struct rule *capped_by;    /* the critical rule that was violated; NULL: none */
    const struct event *rated;       /* the evaluator's last word; NULL: none */
};

/* The capabilities of the rules, in their order; lives in the arena. `rated` are the rated events.
 */
size_t rating_find(const struct rules *rules, const struct finding *findings, size_t count,
    struct arena *arena, struct capability **ret_items);

void rating_write(const struct capability *items, size_t count, struct json_write *json);

/* The 95 % interval of k of n after Wilson, in thousandths; n is not 0. */
void rating_interval(size_t k, size_t n, int *ret_low, int *ret_high);

#endif
