/* Judging: from instances, a time and ENDEX to findings. docs/rules.md §2.6 to §2.8. */
#ifndef SCORE_JUDGE_H
#define SCORE_JUDGE_H

#include "score/fold.h"
#include "score/score.h"

/* The events behind a finding, for its sentence. All may be NULL. */
struct evidence {
    const struct instance *instance;
    const struct event *activation, *target, *miss;
};

/* Parallel arrays in an arena. */
struct judgement {
    struct arena *arena; /* not owned */
    struct finding *findings;
    struct evidence *evidence;
    size_t count, finding_capacity, evidence_capacity;
};

/* Everything but the sentences. */
void judge(const struct fold *fold, int64_t now_ms, struct judgement *judgement);

#endif
