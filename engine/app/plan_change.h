/* What somebody wants of the plan: kept as an entry of the programme, from the command line and
 * from a lead's page alike. */
#ifndef APP_PLAN_CHANGE_H
#define APP_PLAN_CHANGE_H

#include "base/buf.h"
#include "record/record.h"

/* Keeps the change in one transaction, with its time and a salt of its own. ret_item may be NULL.
 */
bool plan_change_keep(struct record *record, struct record_plan_change *change, int64_t *ret_item,
    struct err *reterr);

/* A change as a page sends it, one canonical object: {"set":{…}} adds an item,
 * {"changes":M,"item":N,"set":{…}} changes it as it was after its M-th change, and no later one,
 * {"item":N,"undo":M} takes back what its M-th change has set, if that is the last one. "name" is
 * the owner's. Returns the answer's HTTP status, and appends the answer:
 * {"changes":M,"item":N}, or what is wrong and in which field. */
unsigned plan_change_json(struct record *record, struct str json, struct buf *out);

#endif
