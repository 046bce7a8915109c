/* What stands in a record's file: tables, triggers and views, and how older files are brought up to
 * date. docs/record.md shows every statement and says why; a test keeps the two equal. */
#ifndef RECORD_SCHEMA_H
#define RECORD_SCHEMA_H

#include "record/db.h"

enum { SCHEMA_APPLICATION_ID = 0x546F6373 /* "Tocs" */, SCHEMA_VERSION = 6 };
/* The oldest version whose tables are read as they are; older ones are brought up to date first. */
enum { SCHEMA_READS_FROM = 1 };
/* The first version that has the cache `scored`. */
enum { SCHEMA_SCORED_FROM = 4 };
/* The first version that can hold a plan. */
enum { SCHEMA_PLAN_FROM = 5 };

/* What brings a file from the version before to this one; the last statement sets user_version. */
struct schema_step {
    int version;
    const char *const *statements; /* ends with NULL */
};

extern const struct schema_step schema_steps[];
extern const size_t schema_step_count;

/* Applies the steps above the file's version, all in one transaction. */
bool schema_apply(
    struct db *db, const struct schema_step *steps, size_t step_count, struct err *reterr);

bool schema_version(struct db *db, int64_t *ret_version, struct err *reterr);

/* Whether the file still has every table, trigger, index and view as this program would make them
 * in the file's version, and no trigger besides. Own views and tables of the file's reader are
 * allowed. */
bool schema_check(struct db *db, struct err *reterr);

/* Brings the file up to date, and changes nothing when it then fails schema_check. */
bool schema_update(struct db *db, struct err *reterr);

/* The statement that makes this trigger. */
const char *schema_trigger(const char *name);

#endif
