/* Who knew what when: a table that a page prints and a picture draws. */
#ifndef REPORT_KNOWING_H
#define REPORT_KNOWING_H

#include "report/dossier.h"

/* What a party has to do with a fact. */
struct knowing_cell {
    enum need need;
    const struct metric_known *known; /* NULL: never learned it */
    int64_t seq;                      /* by which event; 0: none */
};

/* Facts that somebody learned, by when the first did; parties that learned or must know any. In the
 * dossier's arena. */
struct knowing {
    const struct def_fact **facts;
    size_t fact_count;
    struct str *parties; /* seats, then stakeholders */
    size_t party_count;
    struct knowing_cell *cells; /* fact by fact */
};
void knowing_find(struct dossier *dossier, struct knowing *ret_knowing);
const struct knowing_cell *knowing_cell(const struct knowing *knowing, size_t fact, size_t party);

/* Seats, then stakeholders, by number. */
struct str knowing_party(const struct def *def, size_t i);

#endif
