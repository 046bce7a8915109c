/* The ideas of the metrics, a file each: every one looks at what was gathered and adds its figures.
 */
#ifndef SCORE_METRICS_PARTS_H
#define SCORE_METRICS_PARTS_H

#include "score/gather.h"

void metrics_loop(struct gather *gather);      /* orders, acknowledgements, requests, handovers */
void metrics_update(struct gather *gather);    /* promised updates, gaps */
void metrics_act(struct gather *gather);       /* recognise, escalate, notify, decide, state */
void metrics_load(struct gather *gather);      /* what waits for a seat */
void metrics_know(struct gather *gather);      /* who knew what when, from whom */
void metrics_content(struct gather *gather);   /* what was said, and whether it was of use */
void metrics_version(struct gather *gather);   /* contradictions and corrections */
void metrics_authority(struct gather *gather); /* decisions, approval, statements, alarms */

#endif
