/* What the file still holds of rows that are gone.
 *
 * secure_delete writes zeros over a row that is deleted, but not over the copies that SQLite left
 * in the slack of other pages when it moved rows about; the write-ahead log holds pages as they
 * were before. So the file is written anew (VACUUM), and the log is cut to nothing. */
#include "record/remains.h"

#include "record/query.h"

/* Busy when somebody reads from the log. */
static bool cut_log(struct db *db)
{
    struct query query = query_new(db, "PRAGMA wal_checkpoint(TRUNCATE)");
    bool is_done = query_next(&query) && query_int(&query, 0) == 0;
    return query_end(&query, NULL) && is_done;
}

void remains_wipe(struct record *record)
{
    bool is_wiped = db_exec(&record->db, "VACUUM", NULL);
    record->has_remains = !cut_log(&record->db) || !is_wiped;
}

bool record_has_remains(const struct record *record)
{
    return record->has_remains;
}
