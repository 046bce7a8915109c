/* What a scored finding shows of a skill. docs/skills.md, section 1. */
#ifndef SCORE_SKILL_OUTCOME_H
#define SCORE_SKILL_OUTCOME_H

#include "score/score.h"

enum skill_outcome {
    OUTCOME_FULL,
    OUTCOME_PARTIAL, /* met, and not all that it should have said */
    OUTCOME_HINTED,  /* met with help: hollow, neither for nor against */
    OUTCOME_MISSED,
    OUTCOME_COUNT
};
extern const char *const skill_outcome_names[OUTCOME_COUNT];

/* Of a finding that is satisfied or violated. */
enum skill_outcome skill_outcome_of(const struct finding *finding);

#endif
