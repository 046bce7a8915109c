/* Claims, made of SQLite's own file locks.
 *
 * Tried and left: a row in the record ("lease") survives its process and then needs a clock and a
 * guess; locking the record itself keeps readers out. flock(2) would do, but then this folder would
 * open files in two ways; an empty SQLite file that is exclusively locked gives the same on every
 * system that SQLite runs on. */
#include "record/lock.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

struct lock {
    struct lock *next;
    struct db db;
    char *path;
};

enum { TRIES = 3 };

/* A claim never writes into its file, so a file with bytes in it is somebody else's. */
static bool is_empty(struct lock *lock)
{
    sqlite3_file *file = NULL;
    sqlite3_int64 bytes = -1;
    sqlite3_file_control(lock->db.handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    return file && file->pMethods && file->pMethods->xFileSize(file, &bytes) == SQLITE_OK &&
           bytes == 0;
}

static void release(struct lock *lock, bool is_ours)
{
    /* The file goes while the lock still holds, so that nobody's claim is taken away with it. */
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    if (is_ours && vfs && is_empty(lock))
        vfs->xDelete(vfs, sqlite3_db_filename(lock->db.handle, "main"), 0);
    db_close(&lock->db);
    free(lock->path);
    free(lock);
}

/* Another process may have removed the file between our opening and our locking of it; a lock on
 * a removed file keeps nobody out. */
static bool is_still_there(struct lock *lock)
{
    int has_moved = 0;
    sqlite3_file_control(lock->db.handle, "main", SQLITE_FCNTL_HAS_MOVED, &has_moved);
    return !has_moved;
}

static bool take_once(const char *path, struct lock *lock, bool *ret_busy, struct err *reterr)
{
    *ret_busy = false;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOFOLLOW;
    if (!db_open(path, flags, &lock->db, reterr))
        return false;
    /* Nothing is ever written, and nothing shall be left: no journal, no waiting. */
    sqlite3_busy_timeout(lock->db.handle, 0);
    bool is_locked = db_exec(&lock->db, "PRAGMA journal_mode=MEMORY", reterr) &&
                     db_exec(&lock->db, "BEGIN EXCLUSIVE", reterr);
    *ret_busy = !is_locked && (sqlite3_errcode(lock->db.handle) & 0xFF) == SQLITE_BUSY;
    return is_locked;
}

/* By the path without links, so that whoever reaches the record by another one meets the same
 * claim, and so that a link in place of the claim's own file can be refused. */
static void write_path(const struct db *db, struct str exercise, struct buf *path)
{
    const char *record_path = sqlite3_db_filename(db->handle, "main");
    buf_format(path, "%s-lock-%.*s", record_path, STR_ARG(exercise));
    for (size_t i = path->len - exercise.len; i < path->len; i++) {
        if (path->ptr[i] == '/') /* of "ID/2"; no id has a full stop in it */
            path->ptr[i] = '.';
    }
    buf_add_char(path, '\0');
}

bool lock_take(struct lock **locks, const struct db *db, struct str exercise, struct err *reterr)
{
    assert(exercise.len > 0);
    struct buf path = {0};
    write_path(db, exercise, &path);
    bool is_taken = false, is_busy = false, is_lost = true;
    for (int i = 0; i < TRIES && is_lost && !is_busy; i++) {
        struct lock *lock = calloc(1, sizeof(*lock));
        if (!lock)
            abort();
        lock->path = strdup(path.ptr);
        if (!lock->path)
            abort();
        bool is_locked = take_once(path.ptr, lock, &is_busy, reterr);
        is_taken = is_locked && is_still_there(lock);
        is_lost = is_locked && !is_taken;
        if (!is_taken) {
            release(lock, false);
            continue;
        }
        lock->next = *locks;
        *locks = lock;
    }
    if (is_busy || is_lost)
        err_set(reterr, ERR_USAGE,
            "%s: exercise %.*s is being played by another process; end that one first, or open "
            "the record for reading",
            db->path, STR_ARG(exercise));
    buf_fini(&path);
    return is_taken;
}

void lock_release(struct lock **locks, const struct db *db, struct str exercise)
{
    struct buf path = {0};
    write_path(db, exercise, &path);
    for (struct lock **at = locks; *at; at = &(*at)->next) {
        struct lock *lock = *at;
        if (strcmp(lock->path, path.ptr) != 0)
            continue;
        *at = lock->next;
        release(lock, true);
        break;
    }
    buf_fini(&path);
}

void lock_release_all(struct lock **locks)
{
    while (*locks) {
        struct lock *lock = *locks;
        *locks = lock->next;
        release(lock, true);
    }
}
