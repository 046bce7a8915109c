/* Who told whom: a table that a page prints and a picture draws. */
#ifndef REPORT_TELLING_H
#define REPORT_TELLING_H

#include "report/dossier.h"

/* One pair of who told whom. */
struct telling {
    struct str from, to;
    int64_t messages, said, taught;
    int64_t opened;    /* of the messages: opened or reached */
    int64_t median_ms; /* until then; -1: fewer than half were */
    struct dossier_seqs seqs;
};
size_t telling_find(struct dossier *dossier, struct telling **ret_items);

#endif
