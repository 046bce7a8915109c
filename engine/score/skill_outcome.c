/* A finding as evidence: met alone, in part, with help, or missed. Where else one scores points, a
 * skill is only shown or not: half an answer is an answer, and help proves nothing either way. */
#include "score/skill_outcome.h"

const char *const skill_outcome_names[OUTCOME_COUNT] = {"full", "partial", "hinted", "missed"};

enum skill_outcome skill_outcome_of(const struct finding *finding)
{
    if (finding->verdict == VERDICT_VIOLATED)
        return OUTCOME_MISSED;
    if (finding->assistance_permille < 1000)
        return OUTCOME_HINTED;
    return finding->content_permille < 1000 ? OUTCOME_PARTIAL : OUTCOME_FULL;
}
