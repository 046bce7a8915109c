/* A new file that appears under its name whole, or not at all.
 *
 * Written beside its place, synced, and then linked to its name: a link, unlike a renaming, never
 * replaces what somebody else has put there meanwhile. On file systems without links (a memory
 * stick) it is renamed after a last look. */
#include "record/fresh.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail(const char *path, const char *what, struct err *reterr)
{
    const char *remedy = errno == ENOSPC || errno == EDQUOT || errno == EFBIG
                             ? "free some space, or choose another disk"
                         : errno == EEXIST ? "nothing was changed; choose another name"
                                           : "choose a folder that exists and where you may write";
    return err_set(reterr, ERR_IO, "%s: %s (%s); %s", path, what, strerror(errno), remedy);
}

static bool refuse_existing(const char *path, struct err *reterr)
{
    struct stat found;
    if (lstat(path, &found) != 0)
        return true; /* what else may be wrong with the path shows when the file is made */
    return err_set(reterr, ERR_USAGE,
        "%s: there is already something of this name; nothing was changed; choose another name",
        path);
}

static void fini(struct fresh *fresh)
{
    free(fresh->path);
    free(fresh->part);
    *fresh = (struct fresh){0};
}

/* mkstemp's file is its owner's alone, which the copy of a file that others read need not be. */
static void set_mode(int file, const char *like)
{
    struct stat model;
    if (stat(like, &model) != 0 || fchmod(file, model.st_mode & 0666) != 0)
        return; /* then it stays its owner's */
}

bool fresh_begin(const char *path, const char *like, struct fresh *ret_fresh, struct err *reterr)
{
    if (!refuse_existing(path, reterr))
        return false;
    size_t room = strlen(path) + sizeof(".part-XXXXXX");
    struct fresh fresh = {.path = strdup(path), .part = malloc(room)};
    if (!fresh.path || !fresh.part)
        abort();
    snprintf(fresh.part, room, "%s.part-XXXXXX", path);
    int file = mkstemp(fresh.part);
    if (file < 0) {
        fail(path, "cannot be made", reterr);
        fini(&fresh);
        return false;
    }
    set_mode(file, like);
    close(file);
    *ret_fresh = fresh;
    return true;
}

static bool sync_path(const char *path, int flags)
{
    int file = open(path, flags);
    if (file < 0)
        return false;
    bool is_synced = fsync(file) == 0;
    int why = errno;
    close(file);
    errno = why;
    return is_synced;
}

/* The name is in the folder, so that is synced as well. */
static bool sync_folder(const char *path)
{
    char *folder = strdup(path);
    if (!folder)
        abort();
    char *slash = strrchr(folder, '/');
    if (slash)
        slash[slash == folder ? 1 : 0] = '\0';
    bool is_synced = sync_path(slash ? folder : ".", O_RDONLY | O_DIRECTORY);
    /* Some file systems cannot, and then need not. */
    is_synced = is_synced || errno == EINVAL || errno == ENOTSUP;
    free(folder);
    return is_synced;
}

static bool has_no_links(int why)
{
    return why == EPERM || why == ENOTSUP || why == ENOSYS || why == EMLINK;
}

static bool give_name(const struct fresh *fresh, struct err *reterr)
{
    if (link(fresh->part, fresh->path) == 0) {
        unlink(fresh->part);
        return true;
    }
    if (!has_no_links(errno))
        return fail(fresh->path, "cannot get its name", reterr);
    if (!refuse_existing(fresh->path, reterr))
        return false;
    return rename(fresh->part, fresh->path) == 0 ||
           fail(fresh->path, "cannot get its name", reterr);
}

/* What SQLite may have left beside it. A log with bytes in it holds a part of the file. */
static bool clear_beside(const struct fresh *fresh)
{
    static const char *const ends[] = {"-journal", "-wal", "-shm"};
    bool is_whole = true;
    size_t room = strlen(fresh->part) + sizeof("-journal");
    char *path = malloc(room);
    if (!path)
        abort();
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        struct stat found;
        snprintf(path, room, "%s%s", fresh->part, ends[i]);
        if (stat(path, &found) != 0)
            continue;
        is_whole = is_whole && (found.st_size == 0 || strcmp(ends[i], "-shm") == 0);
        unlink(path);
    }
    free(path);
    return is_whole;
}

bool fresh_finish(struct fresh *fresh, bool is_good, struct err *reterr)
{
    bool is_whole = clear_beside(fresh);
    if (is_good && !is_whole)
        is_good = err_set(reterr, ERR_IO,
            "%s: cannot be written out to its end; free some space, or choose another disk",
            fresh->path);
    is_good = is_good && (sync_path(fresh->part, O_RDWR) ||
                             fail(fresh->path, "cannot be written out", reterr));
    bool is_named = is_good && give_name(fresh, reterr);
    if (is_named && !sync_folder(fresh->path)) {
        fail(fresh->path, "its folder cannot be written out", reterr);
        unlink(fresh->path);
        is_named = false;
    }
    if (!is_named)
        unlink(fresh->part);
    fini(fresh);
    return is_named;
}
