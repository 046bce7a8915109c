/* A copy of the whole record, while others go on with it.
 *
 * One reading transaction holds the record as it is at the beginning, so that the copy is of one
 * moment and need not begin anew whenever somebody writes; writers are not kept waiting. The copy
 * is opened and checked like any record before it gets its name. */
#include "record/fresh.h"
#include "record/handle.h"
#include "record/query.h"

enum { STEP_PAGES = 256 };

struct backup {
    struct record *from;
    struct db to;
    record_progress *progress;
    void *self;
};

static bool given_up(const struct backup *backup, struct err *reterr)
{
    return err_set(reterr, ERR_USAGE, "%s: the backup was given up; nothing is left of it",
        backup->from->db.path);
}

static bool copy_pages(struct backup *backup, sqlite3_backup *steps, struct err *reterr)
{
    int code = SQLITE_OK;
    while (code == SQLITE_OK) {
        code = sqlite3_backup_step(steps, STEP_PAGES);
        int64_t all = sqlite3_backup_pagecount(steps);
        int64_t done = all - sqlite3_backup_remaining(steps);
        bool goes_on = code == SQLITE_OK || code == SQLITE_DONE;
        if (goes_on && backup->progress && !backup->progress(backup->self, done, all))
            return given_up(backup, reterr);
    }
    return code == SQLITE_DONE || db_fail(&backup->to, code, reterr);
}

static bool copy_all(struct backup *backup, struct err *reterr)
{
    struct db *to = &backup->to;
    sqlite3_backup *steps =
        sqlite3_backup_init(to->handle, "main", backup->from->db.handle, "main");
    if (!steps)
        return db_fail(to, sqlite3_extended_errcode(to->handle), reterr);
    bool is_good = copy_pages(backup, steps, reterr);
    int code = sqlite3_backup_finish(steps);
    return is_good && (code == SQLITE_OK || db_fail(to, code, reterr));
}

/* A transaction that only began reads nothing yet: the first look fixes the moment. */
static bool hold_moment(struct db *db, struct err *reterr)
{
    int64_t count;
    if (!db_begin_read(db, reterr))
        return false;
    return query_one_int(db, "SELECT count(*) FROM programme", &count, reterr) ||
           db_finish(db, false, reterr);
}

static bool check_copy(const char *path, struct err *reterr)
{
    struct record *copy;
    if (!record_open(path, RECORD_READ, &copy, reterr))
        return false;
    record_close(copy);
    return true;
}

static bool copy_to(struct backup *backup, const char *path, struct err *reterr)
{
    if (!db_open(path, SQLITE_OPEN_READWRITE, &backup->to, reterr))
        return false;
    bool is_good = hold_moment(&backup->from->db, reterr);
    if (is_good)
        is_good = db_finish(&backup->from->db, copy_all(backup, reterr), reterr);
    db_close(&backup->to);
    return is_good && check_copy(path, reterr);
}

bool record_backup(struct record *record, const char *path, record_progress *progress, void *self,
    struct err *reterr)
{
    struct backup backup = {.from = record, .progress = progress, .self = self};
    struct fresh fresh;
    if (!fresh_begin(path, sqlite3_db_filename(record->db.handle, "main"), &fresh, reterr))
        return false;
    bool is_good = copy_to(&backup, fresh.part, reterr);
    return fresh_finish(&fresh, is_good, reterr);
}
