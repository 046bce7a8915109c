/* A file layer for SQLite that fails on demand: the Nth open, write, sync, truncation or deletion.
 *
 * It stands before the real one and becomes the default, so that the code under test needs no way
 * in for it. A write that fails has written its first half, as a full disk or a lost cable would
 * leave it. Syncs are counted but not passed on: what is tested is what SQLite does when they fail,
 * and a disk's patience would make these tests slow. Locks and shared memory always work. */
#ifndef FAULT_FAULT_VFS_H
#define FAULT_FAULT_VFS_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* The one switchboard; set by the test between runs. */
struct fault_vfs {
    sqlite3_vfs vfs;
    sqlite3_vfs *real;
    int64_t count;   /* operations since the last fault_arm */
    int64_t fail_at; /* 1: the next one; 0: never */
    bool stays;      /* all later ones fail as well */
    int code;        /* what a failing write or sync returns */
};

static struct fault_vfs fault_vfs;

struct fault_file {
    sqlite3_file base;
    sqlite3_file *real; /* in the same allocation, behind this struct */
};

static inline void fault_arm(int64_t fail_at, bool stays, int code)
{
    fault_vfs.count = 0;
    fault_vfs.fail_at = fail_at;
    fault_vfs.stays = stays;
    fault_vfs.code = code;
}

static inline bool fault_happens(void)
{
    fault_vfs.count++;
    if (fault_vfs.fail_at == 0)
        return false;
    return fault_vfs.stays ? fault_vfs.count >= fault_vfs.fail_at
                           : fault_vfs.count == fault_vfs.fail_at;
}

static inline sqlite3_file *fault_real(sqlite3_file *file)
{
    return ((struct fault_file *)(void *)file)->real;
}

/* ---- what can fail ---- */

static inline int fault_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 at)
{
    sqlite3_file *real = fault_real(file);
    if (!fault_happens())
        return real->pMethods->xWrite(real, bytes, count, at);
    real->pMethods->xWrite(real, bytes, count / 2, at);
    return fault_vfs.code;
}

static inline int fault_sync(sqlite3_file *file, int flags)
{
    (void)file;
    (void)flags;
    if (!fault_happens())
        return SQLITE_OK;
    return fault_vfs.code == SQLITE_FULL ? SQLITE_FULL : SQLITE_IOERR_FSYNC;
}

static inline int fault_truncate(sqlite3_file *file, sqlite3_int64 bytes)
{
    sqlite3_file *real = fault_real(file);
    return fault_happens() ? SQLITE_IOERR_TRUNCATE : real->pMethods->xTruncate(real, bytes);
}

static inline int fault_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
    (void)vfs;
    (void)sync_folder;
    return fault_happens() ? SQLITE_IOERR_DELETE : fault_vfs.real->xDelete(fault_vfs.real, name, 0);
}

/* ---- what only passes through ---- */

static inline int fault_close(sqlite3_file *file)
{
    sqlite3_file *real = fault_real(file);
    return real->pMethods->xClose(real);
}

static inline int fault_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 at)
{
    sqlite3_file *real = fault_real(file);
    return real->pMethods->xRead(real, bytes, count, at);
}

static inline int fault_file_size(sqlite3_file *file, sqlite3_int64 *ret_bytes)
{
    sqlite3_file *real = fault_real(file);
    return real->pMethods->xFileSize(real, ret_bytes);
}

static inline int fault_lock(sqlite3_file *file, int level)
{
    sqlite3_file *real = fault_real(file);
    return real->pMethods->xLock(real, level);
}

static inline int fault_unlock(sqlite3_file *file, int level)
{
    sqlite3_file *real = fault_real(file);
    return real->pMethods->xUnlock(real, level);
}

static inline int fault_check_reserved_lock(sqlite3_file *file, int *ret_is_locked)
{
    sqlite3_file *real = fault_real(file);
    return real->pMethods->xCheckReservedLock(real, ret_is_locked);
}

static inline int fault_file_control(sqlite3_file *file, int op, void *argument)
{
    sqlite3_file *real = fault_real(file);
    return real->pMethods->xFileControl(real, op, argument);
}

static inline int fault_sector_size(sqlite3_file *file)
{
    sqlite3_file *real = fault_real(file);
    return real->pMethods->xSectorSize(real);
}

static inline int fault_device_characteristics(sqlite3_file *file)
{
    sqlite3_file *real = fault_real(file);
    return real->pMethods->xDeviceCharacteristics(real);
}

static inline int fault_shm_map(
    sqlite3_file *file, int region, int bytes, int extend, void volatile **ret_memory)
{
    sqlite3_file *real = fault_real(file);
    return real->pMethods->xShmMap(real, region, bytes, extend, ret_memory);
}

static inline int fault_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
    sqlite3_file *real = fault_real(file);
    return real->pMethods->xShmLock(real, offset, count, flags);
}

static inline void fault_shm_barrier(sqlite3_file *file)
{
    sqlite3_file *real = fault_real(file);
    real->pMethods->xShmBarrier(real);
}

static inline int fault_shm_unmap(sqlite3_file *file, int delete_too)
{
    sqlite3_file *real = fault_real(file);
    return real->pMethods->xShmUnmap(real, delete_too);
}

static inline int fault_open(
    sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *ret_flags)
{
    /* Version 2: shared memory for WAL, no memory-mapped reading. */
    static const sqlite3_io_methods methods = {
        .iVersion = 2,
        .xClose = fault_close,
        .xRead = fault_read,
        .xWrite = fault_write,
        .xTruncate = fault_truncate,
        .xSync = fault_sync,
        .xFileSize = fault_file_size,
        .xLock = fault_lock,
        .xUnlock = fault_unlock,
        .xCheckReservedLock = fault_check_reserved_lock,
        .xFileControl = fault_file_control,
        .xSectorSize = fault_sector_size,
        .xDeviceCharacteristics = fault_device_characteristics,
        .xShmMap = fault_shm_map,
        .xShmLock = fault_shm_lock,
        .xShmBarrier = fault_shm_barrier,
        .xShmUnmap = fault_shm_unmap,
    };
    (void)vfs;
    struct fault_file *fault_file = (struct fault_file *)(void *)file;
    fault_file->base.pMethods = NULL; /* so that SQLite does not close what is not open */
    if (fault_happens())
        return SQLITE_CANTOPEN;
    fault_file->real = (sqlite3_file *)(void *)(fault_file + 1);
    int code = fault_vfs.real->xOpen(fault_vfs.real, name, fault_file->real, flags, ret_flags);
    if (code == SQLITE_OK)
        fault_file->base.pMethods = &methods;
    return code;
}

/* Becomes the default file layer of this process. */
static inline void fault_vfs_register(void)
{
    fault_vfs.real = sqlite3_vfs_find(NULL);
    if (!fault_vfs.real)
        abort();
    fault_vfs.vfs = *fault_vfs.real;
    fault_vfs.vfs.pNext = NULL;
    fault_vfs.vfs.zName = "fault";
    fault_vfs.vfs.szOsFile = (int)sizeof(struct fault_file) + fault_vfs.real->szOsFile;
    fault_vfs.vfs.xOpen = fault_open;
    fault_vfs.vfs.xDelete = fault_delete;
    if (sqlite3_vfs_register(&fault_vfs.vfs, 1) != SQLITE_OK)
        abort();
}

#endif
