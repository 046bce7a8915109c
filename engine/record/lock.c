/* Claims, made of SQLite's own file locks.
 *
 * Tried and left: a row in the record ("lease") survives its process and then needs a clock and a
 * guess; locking the record itself keeps readers out. flock(2) would do, but then this folder would
 * open files in two ways; an empty file that is exclusively locked gives the same on every system
 * that SQLite runs on. A connection to it costs 100 KiB, and there may be hundreds of claims: they
 * are made with SQLite's file layer alone. */
#include "record/lock.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

struct lock {
    struct lock *next;
    sqlite3_filename name;
    sqlite3_file *file; /* open once it has methods */
};

enum { TRIES = 3 };

/* A claim never writes into its file, so a file with bytes in it is somebody else's. */
static bool is_empty(struct lock *lock)
{
    sqlite3_int64 bytes = -1;
    return lock->file->pMethods->xFileSize(lock->file, &bytes) == SQLITE_OK && bytes == 0;
}

static void release(struct lock *lock, bool is_ours)
{
    /* The file goes while the lock still holds, so that nobody's claim is taken away with it. */
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    if (is_ours && vfs && is_empty(lock))
        vfs->xDelete(vfs, lock->name, 0);
    if (lock->file->pMethods)
        lock->file->pMethods->xClose(lock->file);
    sqlite3_free_filename(lock->name);
    free(lock->file);
    free(lock);
}

/* Another process may have removed the file between our opening and our locking of it; a lock on
 * a removed file keeps nobody out. */
static bool is_still_there(struct lock *lock)
{
    int has_moved = 0;
    lock->file->pMethods->xFileControl(lock->file, SQLITE_FCNTL_HAS_MOVED, &has_moved);
    return !has_moved;
}

static struct lock *new_lock(sqlite3_vfs *vfs, const char *path)
{
    struct lock *lock = calloc(1, sizeof(*lock));
    if (!lock)
        abort();
    lock->file = calloc(1, (size_t)vfs->szOsFile);
    lock->name = sqlite3_create_filename(path, "", "", 0, NULL);
    if (!lock->file || !lock->name)
        abort();
    return lock;
}

/* The file layer follows no link. */
static int take_once(sqlite3_vfs *vfs, struct lock *lock)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MAIN_DB;
    int code = vfs->xOpen(vfs, lock->name, lock->file, flags, &flags);
    if (code == SQLITE_OK && !(flags & SQLITE_OPEN_READWRITE))
        code = SQLITE_READONLY;
    if (code == SQLITE_OK)
        code = lock->file->pMethods->xLock(lock->file, SQLITE_LOCK_SHARED);
    return code == SQLITE_OK ? lock->file->pMethods->xLock(lock->file, SQLITE_LOCK_EXCLUSIVE)
                             : code;
}

/* SQLITE_OK with a NULL claim: the file was lost before it was locked, and another try may do. */
static int try_to_take(const char *path, struct lock **ret_lock)
{
    *ret_lock = NULL;
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    if (!vfs)
        return SQLITE_CANTOPEN;
    struct lock *lock = new_lock(vfs, path);
    int code = take_once(vfs, lock);
    if (code == SQLITE_OK && is_still_there(lock))
        *ret_lock = lock;
    else
        release(lock, false);
    return code;
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
    struct lock *lock = NULL;
    int code = SQLITE_OK;
    write_path(db, exercise, &path);
    for (int i = 0; i < TRIES && code == SQLITE_OK && !lock; i++)
        code = try_to_take(path.ptr, &lock);
    if (lock) {
        lock->next = *locks;
        *locks = lock;
    } else if (code == SQLITE_OK || (code & 0xFF) == SQLITE_BUSY) {
        err_set(reterr, ERR_USAGE,
            "%s: exercise %.*s is being played by another process; end that one first, or open "
            "the record for reading",
            db->path, STR_ARG(exercise));
    } else {
        struct db claim = {.path = path.ptr}; /* only for the message */
        db_fail(&claim, code, reterr);
    }
    buf_fini(&path);
    return lock != NULL;
}

void lock_release(struct lock **locks, const struct db *db, struct str exercise)
{
    struct buf path = {0};
    write_path(db, exercise, &path);
    for (struct lock **at = locks; *at; at = &(*at)->next) {
        struct lock *lock = *at;
        if (strcmp(lock->name, path.ptr) != 0)
            continue;
        *at = lock->next;
        release(lock, true);
        break;
    }
    buf_fini(&path);
}

size_t lock_count(const struct lock *locks)
{
    size_t count = 0;
    for (; locks; locks = locks->next)
        count++;
    return count;
}

void lock_release_all(struct lock **locks)
{
    while (*locks) {
        struct lock *lock = *locks;
        *locks = lock->next;
        release(lock, true);
    }
}
