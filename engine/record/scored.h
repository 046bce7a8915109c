/* What scoring found at a table, kept beside the record so that a year of exercises can be looked
 * at at once. Part of record/record.h.
 *
 * A cache and no part of the record: nothing proves it, whoever reads it compares the stamp, and
 * deleting all of it costs nothing but time. */
#ifndef RECORD_SCORED_H
#define RECORD_SCORED_H

#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"

struct record;

struct record_scored {
    int64_t table;
    struct hash stamp; /* over all that the findings depend on */
    struct str body;   /* what the reader makes of it; text */
};

/* Whether the file has room for it: one of an older version has not, and is not brought up to date
 * for a cache alone. */
bool record_scored_can(struct record *record);

/* All of it, in the order of tables; none in a file of an older version. Lives in the arena. */
bool record_scored_list(struct record *record, struct arena *arena,
    struct record_scored **ret_items, size_t *ret_count, struct err *reterr);

/* Keeps these in place of what was kept of the same tables, in one transaction. */
bool record_scored_keep(
    struct record *record, const struct record_scored *items, size_t count, struct err *reterr);

#endif
