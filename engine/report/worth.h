/* What the answers to one rule were worth: a rule may be met each time by answers that say little.
 */
#ifndef REPORT_WORTH_H
#define REPORT_WORTH_H

#include "report/dossier.h"

enum { WORTH_OF_STRENGTH = 700 }; /* below, what was met is not called a strength */

/* Averages over the scored findings, in thousandths. */
struct worth {
    int points, time, content;
};

struct worth worth_of(const struct dossier_rule *group);

/* "content 83 %, time 90 %"; empty where the answers lacked nothing. */
struct str worth_lacking(struct dossier *dossier, const struct worth *worth);

#endif
