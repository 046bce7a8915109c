/* Rows of the improvement plan, for a page and for a spreadsheet. */
#ifndef REPORT_PLANS_H
#define REPORT_PLANS_H

#include "report/dossier.h"

struct plans_row {
    const struct report_planned *planned; /* NULL: a proposal, nobody has planned it */
    const struct dossier_rule *group; /* what its rule found; NULL: no rule, or not found here */
    int64_t n;                        /* scored opportunities of the rule */
    /* As it is shown; empty: nobody has said. */
    struct str id, action, capability, cause, document, due, element, evidence, issue, note,
        organisation, owner, priority, reference, severity, start, status;
};

/* What is planned, by number; then what is not, the gravest first. In the dossier's arena. */
size_t plans_find(struct dossier *dossier, struct plans_row **ret_rows);

#endif
