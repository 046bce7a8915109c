/* SQL statements with bound parameters: the only way in which values come into SQL.
 *
 * A query remembers its first failure, so that binding and reading need no checks of their own:
 *
 *     struct query query = query_cached(db, "SELECT seq FROM event WHERE table_id = ?");
 *     query_bind_int(&query, table);
 *     while (query_next(&query))
 *         use(query_int(&query, 0));
 *     return query_end(&query, reterr);
 */
#ifndef RECORD_QUERY_H
#define RECORD_QUERY_H

#include "base/hash.h"
#include "record/db.h"

/* Plain data; borrows the db. Every query that was started must be ended. */
struct query {
    struct db *db;
    sqlite3_stmt *stmt;
    int bound_count;
    int code; /* SQLITE_OK, or the first failure */
    bool is_cached;
};

struct query query_cached(struct db *db, const char *sql); /* sql is a literal; not re-entrant */
struct query query_new(struct db *db, const char *sql);    /* several may be open at a time */

/* Each binds the next parameter; what is borrowed must live until the query has ended. */
void query_bind_int(struct query *query, int64_t value);
void query_bind_str(struct query *query, struct str value);
void query_bind_blob(struct query *query, struct str value);
void query_bind_hash(struct query *query, const struct hash *hash);
void query_bind_null(struct query *query);
/* What another query's present row has in a column. */
void query_bind_column(struct query *query, const struct query *row, int column);

bool query_next(struct query *query); /* to the next row; false at the end or on a failure */

/* Columns count from 0; spans are valid until the next query_next or query_end. */
int64_t query_int(const struct query *query, int column);
struct str query_str(const struct query *query, int column); /* TEXT or BLOB; NULL is empty */
bool query_is_null(const struct query *query, int column);
bool query_hash(const struct query *query, int column, struct hash *ret_hash); /* 32 bytes or not */

bool query_end(struct query *query, struct err *reterr); /* false when anything failed */
bool query_run(struct query *query, struct err *reterr); /* to the end, for what gives no rows */
/* The same, and then ready to be bound anew; still to be ended. */
bool query_again(struct query *query, struct err *reterr);

/* The number that a statement without parameters gives; 0 when it gives no row. */
bool query_one_int(struct db *db, const char *sql, int64_t *ret_value, struct err *reterr);

/* Runs one of SQLite's own checks, whose answer is "ok" or what is wrong. */
bool query_check(struct db *db, const char *sql, struct err *reterr);

#endif
