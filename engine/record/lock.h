/* Claims: one process at a time plays an exercise.
 *
 * A claim is an exclusive lock on a small file beside the record, `<file>-lock-<exercise>`. The
 * operating system drops it when its process ends, however it ends. */
#ifndef RECORD_LOCK_H
#define RECORD_LOCK_H

#include "base/err.h"
#include "base/str.h"

struct lock; /* a list, newest first */

/* Adds a claim to the list; refused while anybody, this process included, holds it. */
bool lock_take(
    struct lock **locks, const char *record_path, struct str exercise, struct err *reterr);
void lock_release_all(struct lock **locks);

#endif
