/* Claims: one process at a time plays a table.
 *
 * A claim is an exclusive lock on an empty file beside the record, `<file>-lock-<id>`, with a full
 * stop for the slash of "ID/2". The operating system drops it when its process ends, however it
 * ends. */
#ifndef RECORD_LOCK_H
#define RECORD_LOCK_H

#include "record/db.h"

struct lock; /* a list, newest first */

/* Adds a claim to the list; refused while anybody, this process included, holds it. The
 * id is one that has been checked, as it becomes part of a file's name. */
bool lock_take(struct lock **locks, const struct db *db, struct str exercise, struct err *reterr);
void lock_release(struct lock **locks, const struct db *db, struct str exercise);
size_t lock_count(const struct lock *locks);
void lock_release_all(struct lock **locks);

#endif
