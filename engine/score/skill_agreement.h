/* How far two who rate the same thing agree: evaluators with each other, and with the engine's
 * proposals. docs/skills.md, section 7. */
#ifndef SCORE_SKILL_AGREEMENT_H
#define SCORE_SKILL_AGREEMENT_H

#include "base/arena.h"
#include "core/event.h"

enum { AGREEMENT_LEAST = 20 }; /* items rated twice, below which there is no kappa */

/* One rating of a capability at a table. Borrows. */
struct skill_rated {
    int exercise;
    struct str table, capability, by; /* by: empty for the one evaluator there is */
    int rating;                       /* as rating_names counts */
    int proposed;                     /* what the engine proposed; 0: nothing */
};

struct skill_agreement {
    struct str first, second; /* evaluators; second empty with is_engine: the engine's proposals */
    bool is_engine;
    int64_t counts[RATING_COUNT][RATING_COUNT]; /* by the first's rating, by the second's */
    int64_t n, same;
    bool has_kappa;       /* n is enough, and the ratings differ at all */
    int kappa, low, high; /* in thousandths: weighted by squared distance, 90 % interval */
};

/* Every pair of evaluators who rated a thing both, then each evaluator with the engine; in the
 * arena. */
size_t skill_agreement_find(const struct skill_rated *rated, size_t count, struct arena *arena,
    struct skill_agreement **ret_items);

#endif
