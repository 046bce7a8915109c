/* Opening a record.
 *
 * A file is judged by its first bytes before SQLite touches it, so that a wrong path changes
 * nothing; then SQLite is asked the same again, because what a dead process left beside the file
 * may hold newer bytes; then pages and schema are checked. A new file gets its schema in one
 * transaction of the rollback journal and is switched to WAL after that: so its first page names
 * its owner from the first moment on which it has one. */
#include "record/handle.h"

#include <stdlib.h>

#include "record/lock.h"
#include "record/query.h"
#include "record/schema.h"

static bool check_identity(
    const char *path, enum record_open how, const struct db_identity *identity, struct err *reterr)
{
    /* SQLite's file layer calls a file of no bytes absent, and so do we. */
    if (!identity->exists || identity->bytes == 0)
        return how == RECORD_CREATE ||
               err_set(reterr, ERR_USAGE,
                   "%s: there is no such file, or it is empty; check the path, or create an "
                   "exercise first",
                   path);
    if (!identity->is_sqlite)
        return err_set(reterr, ERR_USAGE,
            "%s: this is no Tocsin record; nothing was changed; name another file", path);
    if (identity->application_id != SCHEMA_APPLICATION_ID)
        return err_set(reterr, ERR_USAGE,
            "%s: this is the SQLite file of another program; nothing was changed; name another "
            "file",
            path);
    if (identity->version > SCHEMA_VERSION)
        return err_set(reterr, ERR_USAGE,
            "%s: made by a newer Tocsin (record version %u, this program knows %d); nothing was "
            "changed; use the newer program",
            path, (unsigned)identity->version, SCHEMA_VERSION);
    return true;
}

/* What the file says once SQLite has put it into order; a first look also shows most damage. */
static bool ask_identity(struct db *db, struct db_identity *identity, struct err *reterr)
{
    int64_t pages, application_id, version;
    /* Statements, not the functions of the same names: a table of the file's would be read before
     * such a function. */
    if (!query_one_int(db, "PRAGMA page_count", &pages, reterr) ||
        !query_one_int(db, "PRAGMA application_id", &application_id, reterr) ||
        !query_one_int(db, "PRAGMA user_version", &version, reterr))
        return false;
    identity->bytes = pages; /* only whether there are any matters */
    identity->application_id = (uint32_t)application_id;
    identity->version = (uint32_t)version;
    identity->is_sqlite = true;
    return true;
}

static bool is_read_only(const char *path, struct err *reterr)
{
    return err_set(reterr, ERR_IO,
        "%s: the file is read-only; nothing was changed; make it writable, or open a copy", path);
}

static bool start_writing(struct db *db, struct err *reterr)
{
    struct query query = query_new(db, "PRAGMA journal_mode=WAL");
    bool is_wal = query_next(&query) && str_is(query_str(&query, 0), "wal");
    if (!query_end(&query, reterr))
        return false;
    return is_wal || err_set(reterr, ERR_IO,
                         "%s: its folder cannot hold a write-ahead log; use a folder of a local "
                         "disk",
                         db->path);
}

static bool check_and_prepare(
    struct db *db, enum record_open how, struct db_identity *identity, struct err *reterr)
{
    if (how != RECORD_READ && sqlite3_db_readonly(db->handle, "main") == 1)
        return is_read_only(db->path, reterr);
    if (!ask_identity(db, identity, reterr) || !check_identity(db->path, how, identity, reterr))
        return false;
    if (!query_check(db, "PRAGMA quick_check(1)", reterr))
        return false;
    if (how == RECORD_READ && identity->version < SCHEMA_READS_FROM)
        return err_set(reterr, ERR_USAGE,
            "%s: made by an older Tocsin; a command that writes to it (serve, play) brings it up "
            "to date, so make a copy first",
            db->path);
    bool is_older = how != RECORD_READ && identity->version < SCHEMA_VERSION;
    if (!(is_older ? schema_update(db, reterr) : schema_check(db, reterr)))
        return false;
    return how == RECORD_READ ? db_exec(db, "PRAGMA query_only=ON", reterr)
                              : start_writing(db, reterr);
}

/* Reading, too, opens for writing where it may: only so does SQLite clear away after a process that
 * died. A protected file is opened for reading by SQLite itself. */
static bool open_file(const char *path, enum record_open how, const struct db_identity *identity,
    struct db *db, struct err *reterr)
{
    /* In a closed folder SQLite could make no index of the log; beside a file that it may not write
     * it would leave a log of ours in the owner's way. Where there is no log, nobody has the file
     * open, and all that the record holds is in it. */
    bool is_closed = identity->is_folder_closed || identity->is_protected;
    if (how == RECORD_READ && is_closed && !identity->has_journal && !identity->has_log)
        return db_open_still(path, db, reterr);
    int flags = SQLITE_OPEN_READWRITE | (how == RECORD_CREATE ? SQLITE_OPEN_CREATE : 0);
    return db_open(path, flags, db, reterr);
}

/* SQLite's own reason would be that it cannot open a file, without saying which. */
static void explain_closed(
    const struct db *db, const char *path, const struct db_identity *identity, struct err *reterr)
{
    int code = db->handle ? sqlite3_errcode(db->handle) & 0xFF : SQLITE_CANTOPEN;
    bool is_shut = code == SQLITE_CANTOPEN || code == SQLITE_READONLY;
    if (!identity->is_folder_closed || !is_shut || !(identity->has_log || identity->has_journal))
        return;
    err_set(reterr, ERR_IO,
        "%s: its folder is read-only, and beside it stands %s, which holds turns that are not in "
        "the file yet; nothing was changed; copy both to a folder where you may write and open the "
        "copy",
        path, identity->has_journal ? "a journal (-journal)" : "a write-ahead log (-wal)");
}

bool record_open(
    const char *path, enum record_open how, struct record **ret_record, struct err *reterr)
{
    struct db_identity identity;
    if (!db_peek(path, &identity, reterr))
        return false;
    if (identity.is_folder)
        return err_set(reterr, ERR_USAGE, "%s: is a folder; name the file of a record in it", path);
    /* With a journal beside it, the file may be the half of a creation that died. */
    if (!identity.has_journal && !check_identity(path, how, &identity, reterr))
        return false;
    if (how != RECORD_READ && identity.exists && identity.is_protected)
        return is_read_only(path, reterr);
    struct record *record = calloc(1, sizeof(*record));
    if (!record)
        abort();
    struct db_identity found = identity;
    found.exists = true;
    if (!open_file(path, how, &identity, &record->db, reterr) || !db_defend(&record->db, reterr) ||
        !check_and_prepare(&record->db, how, &found, reterr)) {
        if (how == RECORD_READ)
            explain_closed(&record->db, path, &identity, reterr);
        record_close(record);
        return false;
    }
    *ret_record = record;
    return true;
}

void record_close(struct record *record)
{
    if (!record)
        return;
    lock_release_all(&record->locks);
    db_close(&record->db);
    buf_fini(&record->line);
    buf_fini(&record->input_line);
    free(record);
}
