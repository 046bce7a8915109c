/* What one exercise shows of a skill, by the same count as `tocsin skills` makes over several. */
#ifndef REPORT_PRACTICES_H
#define REPORT_PRACTICES_H

#include "report/dossier.h"
#include "report/labels.h"
#include "score/skills.h"

struct practice_row {
    const struct def_practice *practice;
    const struct finding **items; /* observed opportunities, in the findings' order; of misses those
                                     whose cause is skill, or not named yet */
    size_t count, capacity;
    size_t left_out;     /* missed for another cause than skill */
    struct skill_row is; /* n, met, hinted, unexplained, the interval and the word */
};

/* Practices for which there was any, in the catalogue's order; in the dossier's arena. */
size_t practices_find(struct dossier *dossier, struct practice_row **ret_rows);

#endif
