/* The connection to one SQLite file: opening it defensively, transactions, and what SQLite's codes
 * mean for people. Statements are in query.h. */
#ifndef RECORD_DB_H
#define RECORD_DB_H

#include <sqlite3.h>

#include "base/err.h"
#include "base/str.h"

enum { DB_CACHED_QUERIES = 64 };

struct db_cached {
    const char *sql; /* a literal: found again by its address */
    sqlite3_stmt *stmt;
};

/* Owns the connection, its path and its cached statements. */
struct db {
    sqlite3 *handle;
    char *path;
    struct db_cached cached[DB_CACHED_QUERIES];
    size_t cached_count;
    int joined_count; /* readings within an open transaction */
};

/* What a file says it is. Read from its first bytes, without SQLite and without touching it. */
struct db_identity {
    bool exists;
    bool is_folder;
    bool has_journal;      /* somebody died while writing: only SQLite can tell what it will be */
    bool has_log;          /* a write-ahead log with bytes in it, or the index of one */
    bool is_protected;     /* the file may not be written to */
    bool is_folder_closed; /* nothing can be made beside it */
    bool is_sqlite;
    int64_t bytes;
    uint32_t application_id;
    uint32_t version;
};

bool db_peek(const char *path, struct db_identity *ret_identity, struct err *reterr);

/* `flags` as for sqlite3_open_v2. Reads nothing yet. */
bool db_open(const char *path, int flags, struct db *ret_db, struct err *reterr);

/* For a file that nobody writes to: without locks, a log or anything else beside it. */
bool db_open_still(const char *path, struct db *ret_db, struct err *reterr);

/* The settings that make a foreign schema harmless and our own writing safe. Comes before anything
 * else that reads. */
bool db_defend(struct db *db, struct err *reterr);
void db_close(struct db *db);

/* Runs a fixed statement that has no parameters and whose rows do not matter. */
bool db_exec(struct db *db, const char *sql, struct err *reterr);

/* A transaction; db_finish commits when all went well so far and rolls back otherwise, and passes
 * `is_good` on, unless the commit fails. To begin reading within an open one joins it. */
bool db_begin_write(struct db *db, struct err *reterr);
bool db_begin_read(struct db *db, struct err *reterr); /* one snapshot for several queries */
bool db_is_open(const struct db *db);
bool db_finish(struct db *db, bool is_good, struct err *reterr);

/* Sets the error for a result code of SQLite, in words; returns false. Control characters of the
 * file do not get into it. */
bool db_fail(const struct db *db, int code, struct err *reterr);

/* Whether a text of the file can be shown as it is: UTF-8 without control characters. */
bool db_is_plain(struct str text);

/* Sets an error about the file's content, without its control characters; returns false. */
bool db_damaged(const struct db *db, struct err *reterr, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
