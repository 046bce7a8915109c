/* What stands behind a `struct record`, for the files of this folder. */
#ifndef RECORD_HANDLE_H
#define RECORD_HANDLE_H

#include "base/buf.h"
#include "record/db.h"
#include "record/record.h"

struct lock;

/* Owns everything in it. */
struct record {
    struct db db;
    struct lock *locks;    /* exercises claimed for this process */
    int64_t new_table;     /* of the exercise whose transaction waits for its first turn; else 0 */
    bool has_remains;      /* of what was erased last: see record_has_remains */
    struct buf line;       /* scratch: an event's or a programme entry's line */
    struct buf input_line; /* scratch: an input's line */
};

#endif
