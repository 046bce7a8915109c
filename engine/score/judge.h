/* Judging: from instances, a time and ENDEX to findings. docs/rules.md §2.7 to §2.9. */
#ifndef SCORE_JUDGE_H
#define SCORE_JUDGE_H

#include "score/fold.h"
#include "score/score.h"

/* The events behind a finding, for its sentence. All may be NULL. */
struct evidence {
    const struct monitor *monitor;
    const struct instance *instance;
    const struct event *activation, *target, *miss;
    const struct event *excuse; /* what `unless` had asked for; NULL: it did not happen */
    int count;                  /* count: how many there were, so far or in the window */
};

/* Moments on one of the two clocks. */
struct moments {
    int64_t now_ms, end_ms, horizon_ms; /* end_ms: -1 before ENDEX */
};

/* Parallel arrays in an arena. */
struct judgement {
    struct arena *arena; /* not owned */
    struct finding *findings;
    struct evidence *evidence;
    size_t count, finding_capacity, evidence_capacity;
};

/* What the kinds of rules need to judge. */
struct judging {
    const struct fold *fold;
    const struct moments *moments; /* on the rule's clock */
    struct arena *arena;
    const struct judgement *judgement; /* of the rules before this one */
    bool duty_done;                    /* a rule in `duty` has a satisfied finding */
};

/* Everything but the sentences. `by_clock` are the moments of exercise and story. */
void judge(const struct fold *fold, const struct moments by_clock[2], struct judgement *judgement);

#endif
