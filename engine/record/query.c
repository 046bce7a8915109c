/* SQL statements with bound parameters.
 *
 * Statements that run every turn are kept prepared, found again by the address of their literal;
 * so SQL stands where it is used and no list of statements has to be kept in step. */
#include "record/query.h"

#include <assert.h>
#include <string.h>

static struct query prepare(struct db *db, const char *sql, unsigned flags)
{
    struct query query = {.db = db};
    query.code = sqlite3_prepare_v3(db->handle, sql, -1, flags, &query.stmt, NULL);
    return query;
}

struct query query_new(struct db *db, const char *sql)
{
    return prepare(db, sql, 0);
}

struct query query_cached(struct db *db, const char *sql)
{
    for (size_t i = 0; i < db->cached_count; i++) {
        if (db->cached[i].sql != sql)
            continue;
        assert(!sqlite3_stmt_busy(db->cached[i].stmt));
        return (struct query){.db = db, .stmt = db->cached[i].stmt, .is_cached = true};
    }
    struct query query = prepare(db, sql, SQLITE_PREPARE_PERSISTENT);
    if (query.code != SQLITE_OK)
        return query;
    assert(db->cached_count < DB_CACHED_QUERIES);
    db->cached[db->cached_count++] = (struct db_cached){sql, query.stmt};
    query.is_cached = true;
    return query;
}

static void keep_code(struct query *query, int code)
{
    if (query->code == SQLITE_OK)
        query->code = code;
}

void query_bind_int(struct query *query, int64_t value)
{
    if (query->code == SQLITE_OK)
        keep_code(query, sqlite3_bind_int64(query->stmt, ++query->bound_count, value));
}

/* SQLite takes a NULL pointer for SQL's NULL, which an empty span is not. */
static const char *pointer_of(struct str value)
{
    return value.len > 0 ? value.ptr : "";
}

void query_bind_str(struct query *query, struct str value)
{
    if (query->code == SQLITE_OK)
        keep_code(query, sqlite3_bind_text64(query->stmt, ++query->bound_count, pointer_of(value),
                             value.len, SQLITE_STATIC, SQLITE_UTF8));
}

void query_bind_blob(struct query *query, struct str value)
{
    if (query->code == SQLITE_OK)
        keep_code(query, sqlite3_bind_blob64(query->stmt, ++query->bound_count, pointer_of(value),
                             value.len, SQLITE_STATIC));
}

void query_bind_hash(struct query *query, const struct hash *hash)
{
    query_bind_blob(query, (struct str){(const char *)hash->bytes, HASH_BYTES});
}

void query_bind_null(struct query *query)
{
    if (query->code == SQLITE_OK)
        keep_code(query, sqlite3_bind_null(query->stmt, ++query->bound_count));
}

void query_bind_column(struct query *query, const struct query *row, int column)
{
    if (query->code == SQLITE_OK)
        keep_code(query, sqlite3_bind_value(query->stmt, ++query->bound_count,
                             sqlite3_column_value(row->stmt, column)));
}

bool query_next(struct query *query)
{
    if (query->code != SQLITE_OK)
        return false;
    assert(query->bound_count == sqlite3_bind_parameter_count(query->stmt));
    int code = sqlite3_step(query->stmt);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        keep_code(query, code);
    return false;
}

int64_t query_int(const struct query *query, int column)
{
    return sqlite3_column_int64(query->stmt, column);
}

struct str query_str(const struct query *query, int column)
{
    const char *ptr = sqlite3_column_blob(query->stmt, column);
    int len = sqlite3_column_bytes(query->stmt, column);
    return (struct str){ptr ? ptr : "", ptr ? (size_t)len : 0};
}

bool query_is_null(const struct query *query, int column)
{
    return sqlite3_column_type(query->stmt, column) == SQLITE_NULL;
}

bool query_hash(const struct query *query, int column, struct hash *ret_hash)
{
    struct str bytes = query_str(query, column);
    if (bytes.len != HASH_BYTES)
        return false;
    memcpy(ret_hash->bytes, bytes.ptr, HASH_BYTES);
    return true;
}

bool query_end(struct query *query, struct err *reterr)
{
    bool is_good = query->code == SQLITE_OK ? true : db_fail(query->db, query->code, reterr);
    if (query->is_cached) {
        sqlite3_reset(query->stmt);
        sqlite3_clear_bindings(query->stmt);
    } else {
        sqlite3_finalize(query->stmt);
    }
    query->stmt = NULL;
    return is_good;
}

bool query_run(struct query *query, struct err *reterr)
{
    while (query_next(query))
        continue;
    return query_end(query, reterr);
}

bool query_again(struct query *query, struct err *reterr)
{
    while (query_next(query))
        continue;
    if (query->code != SQLITE_OK)
        return db_fail(query->db, query->code, reterr);
    sqlite3_reset(query->stmt);
    query->bound_count = 0;
    return true;
}

bool query_one_int(struct db *db, const char *sql, int64_t *ret_value, struct err *reterr)
{
    struct query query = query_new(db, sql);
    int64_t value = query_next(&query) ? query_int(&query, 0) : 0;
    if (!query_end(&query, reterr))
        return false;
    *ret_value = value;
    return true;
}

bool query_check(struct db *db, const char *sql, struct err *reterr)
{
    struct query query = query_new(db, sql);
    bool is_good = true;
    while (query_next(&query)) {
        struct str answer = query_str(&query, 0);
        if (is_good && !str_is(answer, "ok"))
            is_good = db_damaged(db, reterr,
                "it is damaged (%.*s); nothing was changed; restore it from a backup",
                STR_ARG(answer));
    }
    return query_end(&query, is_good ? reterr : NULL) && is_good;
}
