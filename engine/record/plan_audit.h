/* Whether the words of the plan are those that its entries speak of. */
#ifndef RECORD_PLAN_AUDIT_H
#define RECORD_PLAN_AUDIT_H

#include "record/handle.h"

/* What stands in an entry for words: 32 digits in `hex`. */
struct str plan_audit_ref(
    struct str salt, struct str field, struct str words, char hex[HASH_HEX_BYTES + 1]);

/* Words give their ref and their entry holds it; none is missing, though it may be forgotten.
 * Within a transaction that is open. */
bool plan_audit(struct record *record, struct err *reterr);

#endif
