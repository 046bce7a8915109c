/* Checking the programme's stream against its own chain and against what the file holds. */
#ifndef RECORD_AUDIT_H
#define RECORD_AUDIT_H

#include "record/catalogue.h"

/* Sees each entry whose hash is right, before the next is looked at. */
typedef void audit_visit(void *self, struct str kind, struct str body);

/* The chain, then that every table and pinned file belongs to an exercise that was created and not
 * deleted, and that every such exercise is there. Within a transaction that is open. */
bool audit_programme(struct record *record, audit_visit *visit, void *self, struct err *reterr);

#endif
