/* What one exercise shows of a skill: the opportunities there were for it. */
#ifndef REPORT_PRACTICES_H
#define REPORT_PRACTICES_H

#include "report/dossier.h"
#include "report/labels.h"

struct practice_row {
    const struct def_practice *practice;
    const struct finding **items; /* scored opportunities, in the findings' order */
    size_t count, capacity;
    size_t met, hinted, left_out; /* left out: missed for another cause than skill */
    int64_t low, high;            /* of the share, 95 %, in thousandths */
};

/* Practices for which there was any, in the catalogue's order; in the dossier's arena. */
size_t practices_find(struct dossier *dossier, struct practice_row **ret_rows);

#endif
