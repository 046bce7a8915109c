/* The connection to one SQLite file.
 *
 * A record may come from anybody's mail, so nothing in it is trusted: its schema may call no
 * function that could do harm, nobody may write its internal tables, and page sizes are checked as
 * they are read. Writing syncs on every commit (synchronous=FULL), because what was answered must
 * be on disk. */
#include "record/db.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

#include "record/query.h"

enum { BUSY_TIMEOUT_MS = 5000, HEADER_BYTES = 100, VERSION_AT = 60, APPLICATION_ID_AT = 68 };

static uint32_t read_big_endian(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Goes through SQLite's own file layer: a descriptor of ours, when closed, would drop the locks
 * that another connection of this process holds on the same file. */
static int read_header(
    sqlite3_vfs *vfs, const char *name, sqlite3_file *file, struct db_identity *identity)
{
    int code = vfs->xOpen(vfs, name, file, SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB, NULL);
    if (code != SQLITE_OK)
        return code;
    sqlite3_int64 bytes = 0;
    unsigned char header[HEADER_BYTES] = {0};
    code = file->pMethods->xFileSize(file, &bytes);
    if (code == SQLITE_OK && bytes >= HEADER_BYTES)
        code = file->pMethods->xRead(file, header, HEADER_BYTES, 0);
    file->pMethods->xClose(file);
    identity->bytes = bytes;
    identity->is_sqlite = memcmp(header, "SQLite format 3", 16) == 0;
    identity->version = read_big_endian(header + VERSION_AT);
    identity->application_id = read_big_endian(header + APPLICATION_ID_AT);
    return code;
}

static int has_file(sqlite3_vfs *vfs, const char *path, const char *end, bool *ret_exists)
{
    struct buf name = {0};
    int exists = 0;
    buf_format(&name, "%s%s", path, end);
    buf_add_char(&name, '\0');
    int code = vfs->xAccess(vfs, name.ptr, SQLITE_ACCESS_EXISTS, &exists);
    buf_fini(&name);
    *ret_exists = exists;
    return code;
}

/* What stands beside the file, and whether anything could be made there. */
static int look_beside(sqlite3_vfs *vfs, const char *full_path, struct db_identity *identity)
{
    bool has_index = false;
    int code = has_file(vfs, full_path, "-journal", &identity->has_journal);
    if (code == SQLITE_OK)
        code = has_file(vfs, full_path, "-wal", &identity->has_log);
    if (code == SQLITE_OK)
        code = has_file(vfs, full_path, "-shm", &has_index);
    identity->has_log = identity->has_log || has_index;
    const char *slash = strrchr(full_path, '/');
    struct buf folder = {0};
    buf_format(&folder, "%.*s", slash ? (int)(slash - full_path) + 1 : 1, slash ? full_path : ".");
    buf_add_char(&folder, '\0');
    int is_open = 1, is_writable = 1;
    if (code == SQLITE_OK)
        code = vfs->xAccess(vfs, folder.ptr, SQLITE_ACCESS_READWRITE, &is_open);
    if (code == SQLITE_OK)
        code = vfs->xAccess(vfs, full_path, SQLITE_ACCESS_READWRITE, &is_writable);
    buf_fini(&folder);
    identity->is_folder_closed = !is_open;
    identity->is_protected = !is_writable;
    return code;
}

/* The file layer wants names made by SQLite, which carry the names of the files beside it. */
static int peek(sqlite3_vfs *vfs, const char *full_path, struct db_identity *identity)
{
    size_t room = strlen(full_path) + sizeof("-journal");
    char *journal = malloc(room);
    char *wal = malloc(room);
    sqlite3_file *file = calloc(1, (size_t)vfs->szOsFile);
    if (!journal || !wal || !file)
        abort();
    snprintf(journal, room, "%s-journal", full_path);
    snprintf(wal, room, "%s-wal", full_path);
    sqlite3_filename name = sqlite3_create_filename(full_path, journal, wal, 0, NULL);
    if (!name)
        abort();
    int code = has_file(vfs, full_path, "", &identity->exists);
    if (code == SQLITE_OK)
        code = has_file(vfs, full_path, "/.", &identity->is_folder);
    if (code == SQLITE_OK)
        code = look_beside(vfs, full_path, identity);
    if (code == SQLITE_OK && identity->exists && !identity->is_folder)
        code = read_header(vfs, name, file, identity);
    sqlite3_free_filename(name);
    free(file);
    free(wal);
    free(journal);
    return code;
}

bool db_peek(const char *path, struct db_identity *ret_identity, struct err *reterr)
{
    struct db unopened = {.path = (char *)(uintptr_t)path}; /* only for the message */
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    if (!vfs)
        return db_fail(&unopened, SQLITE_CANTOPEN, reterr);
    char *full_path = malloc((size_t)vfs->mxPathname + 1);
    if (!full_path)
        abort();
    struct db_identity identity = {0};
    int code = vfs->xFullPathname(vfs, path, vfs->mxPathname + 1, full_path);
    /* OK_SYMLINK: the path goes through a link, which is nobody's harm here. */
    if ((code & 0xFF) == SQLITE_OK)
        code = peek(vfs, full_path, &identity);
    free(full_path);
    if (code != SQLITE_OK)
        return db_fail(&unopened, code, reterr);
    *ret_identity = identity;
    return true;
}

bool db_defend(struct db *db, struct err *reterr)
{
    static const struct {
        int option, value;
    } options[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},
    };
    for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
        int code = sqlite3_db_config(db->handle, options[i].option, options[i].value, (int *)NULL);
        if (code != SQLITE_OK)
            return db_fail(db, code, reterr);
    }
    /* secure_delete, because a text that was forgotten must be gone from the file's free pages;
     * temp_store, because nobody would look for copies of it in the system's folder. */
    return db_exec(db,
        "PRAGMA cell_size_check=ON; PRAGMA recursive_triggers=ON; PRAGMA secure_delete=ON;"
        "PRAGMA temp_store=MEMORY; PRAGMA synchronous=FULL",
        reterr);
}

/* `name` is the path, or a URI of it. */
static bool open_name(
    const char *name, const char *path, int flags, struct db *ret_db, struct err *reterr)
{
    struct db db = {.path = strdup(path)};
    if (!db.path)
        abort();
    int code = sqlite3_open_v2(name, &db.handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK) {
        db_fail(&db, code, reterr);
        db_close(&db);
        return false;
    }
    sqlite3_extended_result_codes(db.handle, 1);
    sqlite3_busy_timeout(db.handle, BUSY_TIMEOUT_MS);
    *ret_db = db;
    return true;
}

bool db_open(const char *path, int flags, struct db *ret_db, struct err *reterr)
{
    return open_name(path, path, flags, ret_db, reterr);
}

static void add_uri(struct buf *uri, const char *path)
{
    buf_format(uri, path[0] == '/' ? "file://" : "file:");
    for (const char *at = path; *at; at++) {
        bool is_plain = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
                        (*at >= '-' && *at <= '9') || *at == '_'; /* - . / and digits */
        buf_format(uri, is_plain ? "%c" : "%%%02X", (unsigned char)*at);
    }
    buf_format(uri, "?immutable=1");
    buf_add_char(uri, '\0');
}

bool db_open_still(const char *path, struct db *ret_db, struct err *reterr)
{
    struct buf uri = {0};
    add_uri(&uri, path);
    bool is_good = open_name(uri.ptr, path, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, ret_db, reterr);
    buf_fini(&uri);
    return is_good;
}

void db_close(struct db *db)
{
    for (size_t i = 0; i < db->cached_count; i++)
        sqlite3_finalize(db->cached[i].stmt);
    int code = sqlite3_close(db->handle);
    assert(code == SQLITE_OK); /* every cursor was closed before */
    (void)code;
    free(db->path);
    *db = (struct db){0};
}

bool db_exec(struct db *db, const char *sql, struct err *reterr)
{
    int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? true : db_fail(db, code, reterr);
}

/* A turn is one transaction, so these are prepared once as well. */
static bool run(struct db *db, const char *sql, struct err *reterr)
{
    struct query query = query_cached(db, sql);
    return query_run(&query, reterr);
}

bool db_begin_write(struct db *db, struct err *reterr)
{
    return run(db, "BEGIN IMMEDIATE", reterr);
}

bool db_is_open(const struct db *db)
{
    return !sqlite3_get_autocommit(db->handle);
}

bool db_begin_read(struct db *db, struct err *reterr)
{
    if (db_is_open(db)) {
        db->joined_count++;
        return true;
    }
    return run(db, "BEGIN", reterr);
}

bool db_finish(struct db *db, bool is_good, struct err *reterr)
{
    if (db->joined_count > 0) {
        db->joined_count--; /* a reading within somebody's writing ends nothing */
        return is_good;
    }
    if (is_good)
        is_good = run(db, "COMMIT", reterr);
    /* SQLite has already rolled back by itself after some failures of the disk. */
    if (!is_good && !sqlite3_get_autocommit(db->handle))
        db_exec(db, "ROLLBACK", NULL);
    return is_good;
}

/* Of two that fit, the first: the more exact code stands before its family. */
static const struct {
    int code;
    const char *sentence;
} reasons[] = {
    {SQLITE_IOERR_SHMSIZE, "the disk is full: even to read it, a small file is needed beside it; "
                           "free some space, or copy it to another disk and read it there"},
    {SQLITE_BUSY, "another program has been writing to it for 5 seconds; close that program or try "
                  "again"},
    {SQLITE_CANTOPEN, "it cannot be opened; check that its folder exists and that you may write "
                      "there"},
    {SQLITE_CORRUPT, "it is damaged; restore it from a backup"},
    {SQLITE_FULL, "the disk is full; free some space and try again"},
    {SQLITE_IOERR,
        "the disk reports an error; nothing was kept of this attempt; check the disk and "
        "its free space"},
    {SQLITE_NOTADB, "it is no Tocsin record, or it is damaged"},
    {SQLITE_PERM, "you may not open it; change its permissions"},
    {SQLITE_READONLY, "it is read-only; make the file and its folder writable, or copy it"},
};

/* The bytes of the character that a text begins with; 0 when it is none. */
static size_t character_len(const char *text)
{
    size_t room = strlen(text);
    for (size_t len = 1; len <= 4 && len <= room; len++) {
        if (str_is_utf8((struct str){text, len}))
            return len;
    }
    return 0;
}

/* C0, DEL and C1: what makes a terminal do things. */
static bool is_control(const char *text, size_t len)
{
    const unsigned char *bytes = (const unsigned char *)text;
    return bytes[0] < 0x20 || bytes[0] == 0x7F || (len == 2 && bytes[0] == 0xC2 && bytes[1] < 0xA0);
}

bool db_is_plain(struct str text)
{
    bool is_plain = str_is_utf8(text);
    for (size_t i = 0; is_plain && i < text.len; i++)
        is_plain = !is_control(text.ptr + i, text.len - i > 1 ? 2 : 1);
    return is_plain;
}

/* Messages quote what stands in a file that may come from anybody. */
static void clean(char *message)
{
    for (char *at = message; *at;) {
        size_t len = character_len(at);
        if (len == 0 || is_control(at, len))
            memset(at, '?', len = len > 0 ? len : 1);
        at += len;
    }
}

bool db_fail(const struct db *db, int code, struct err *reterr)
{
    if ((code & 0xFF) == SQLITE_NOMEM)
        abort();
    /* Only the connection's own last failure has a message that says more than the code. */
    bool is_last = db->handle && sqlite3_extended_errcode(db->handle) == code;
    char detail[512];
    snprintf(
        detail, sizeof(detail), "%s", is_last ? sqlite3_errmsg(db->handle) : sqlite3_errstr(code));
    clean(detail);
    for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
        if (reasons[i].code == code || reasons[i].code == (code & 0xFF))
            return err_set(reterr, ERR_IO, "%s: %s (SQLite: %s, %d)", db->path, reasons[i].sentence,
                detail, code);
    }
    return err_set(reterr, ERR_IO, "%s: %s (SQLite: %d)", db->path, detail, code);
}

bool db_damaged(const struct db *db, struct err *reterr, const char *format, ...)
{
    struct err inner;
    va_list args;
    va_start(args, format);
    vsnprintf(inner.message, sizeof(inner.message), format, args);
    va_end(args);
    clean(inner.message);
    return err_set(reterr, ERR_IO, "%s: %s", db->path, inner.message);
}
