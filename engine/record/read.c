/* Reading a table back: its inputs and events in order, its clock, texts and known inputs. */
#include "record/record.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"
#include "base/limits.h"
#include "record/chain.h"

/* Makes the line of the query's present row. */
typedef bool make_line(struct record_cursor *cursor, struct str *ret_line);

/* Owns its own statement, so that several cursors can be open at a time. */
struct record_cursor {
    struct query query;
    make_line *make;
    int wall_column;
    struct buf buf;
    bool has_failed;
    struct err err;
};

static bool make_event(struct record_cursor *cursor, struct str *ret_line)
{
    if (!chain_event_line(&cursor->query, &cursor->buf, &cursor->err))
        return false;
    *ret_line = buf_str(&cursor->buf);
    return true;
}

static bool make_input(struct record_cursor *cursor, struct str *ret_line)
{
    struct err inner;
    struct str line = query_str(&cursor->query, 2);
    if (!json_check(line, &inner))
        return db_damaged(cursor->query.db, &cursor->err, "input %lld is not well formed (%s)",
            (long long)query_int(&cursor->query, 0), inner.message);
    *ret_line = line;
    return true;
}

static bool open_cursor(struct query query, make_line *make, int wall_column,
    struct record_cursor **ret_cursor, struct err *reterr)
{
    if (query.code != SQLITE_OK)
        return query_end(&query, reterr);
    struct record_cursor *cursor = calloc(1, sizeof(*cursor));
    if (!cursor)
        abort();
    cursor->query = query;
    cursor->make = make;
    cursor->wall_column = wall_column;
    *ret_cursor = cursor;
    return true;
}

bool record_events(struct record *record, int64_t table, int64_t from_seq,
    struct record_cursor **ret_cursor, struct err *reterr)
{
    struct query query = query_new(&record->db, "SELECT " CHAIN_EVENT_COLUMNS " FROM event"
                                                " WHERE table_id = ? AND seq >= ? ORDER BY seq");
    query_bind_int(&query, table);
    query_bind_int(&query, from_seq);
    return open_cursor(query, make_event, CHAIN_WALL_MS, ret_cursor, reterr);
}

bool record_inputs(struct record *record, int64_t table, int64_t from_seq,
    struct record_cursor **ret_cursor, struct err *reterr)
{
    struct query query = query_new(&record->db,
        "SELECT seq, wall_ms, body FROM input WHERE table_id = ? AND seq >= ? ORDER BY seq");
    query_bind_int(&query, table);
    query_bind_int(&query, from_seq);
    return open_cursor(query, make_input, 1, ret_cursor, reterr);
}

bool record_cursor_next(struct record_cursor *cursor, struct str *ret_line, int64_t *ret_wall_ms)
{
    if (cursor->has_failed)
        return false;
    struct str line;
    if (!query_next(&cursor->query)) {
        cursor->has_failed = cursor->query.code != SQLITE_OK;
        if (cursor->has_failed)
            db_fail(cursor->query.db, cursor->query.code, &cursor->err);
        return false;
    }
    cursor->has_failed = !cursor->make(cursor, &line);
    if (cursor->has_failed)
        return false;
    *ret_line = line;
    if (ret_wall_ms)
        *ret_wall_ms = query_int(&cursor->query, cursor->wall_column);
    return true;
}

bool record_cursor_failed(const struct record_cursor *cursor, struct err *reterr)
{
    if (cursor->has_failed && reterr)
        *reterr = cursor->err;
    return cursor->has_failed;
}

void record_cursor_close(struct record_cursor *cursor)
{
    if (!cursor)
        return;
    query_end(&cursor->query, NULL);
    buf_fini(&cursor->buf);
    free(cursor);
}

/* The clock is in no chain. Resuming steps to where it stands, so one that somebody moved to the
 * year 9999 would keep the program busy until then. */
static bool check_clock(struct record *record, int64_t table, struct query *row, struct err *reterr)
{
    static const int64_t last_wall_ms = INT64_C(253402300799999); /* the end of the year 9999 */
    int64_t clock_ms = query_int(row, 0), wall_ms = query_int(row, 1);
    int64_t event_ms = query_int(row, 2);
    if (clock_ms < 0 || clock_ms > LIMIT_EXERCISE_MS || clock_ms < event_ms)
        return db_damaged(&record->db, reterr,
            "table %lld: its clock stands at %lld ms, but must be between its last event at %lld "
            "ms and 30 days; it was changed: restore it from a backup",
            (long long)table, (long long)clock_ms, (long long)event_ms);
    if (wall_ms < 0 || wall_ms > last_wall_ms)
        return db_damaged(&record->db, reterr,
            "table %lld: its clock was noted at the wall time %lld ms, which cannot be; it was "
            "changed: restore it from a backup",
            (long long)table, (long long)wall_ms);
    return true;
}

bool record_snapshot_begin(struct record *record)
{
    return db_begin_read(&record->db, NULL);
}

void record_snapshot_end(struct record *record)
{
    db_finish(&record->db, true, NULL);
}

bool record_clock(struct record *record, int64_t table, int64_t *ret_clock_ms, int64_t *ret_wall_ms,
    struct err *reterr)
{
    struct query query = query_cached(&record->db,
        "SELECT clock_ms, wall_ms, (SELECT at_ms FROM event WHERE table_id = c.table_id"
        " ORDER BY seq DESC LIMIT 1) FROM clock c WHERE table_id = ?");
    query_bind_int(&query, table);
    int64_t clock_ms = 0, wall_ms = 0;
    bool is_good = true;
    if (query_next(&query)) {
        is_good = check_clock(record, table, &query, reterr);
        clock_ms = query_int(&query, 0);
        wall_ms = query_int(&query, 1);
    }
    if (!query_end(&query, is_good ? reterr : NULL) || !is_good)
        return false;
    *ret_clock_ms = clock_ms;
    *ret_wall_ms = wall_ms;
    return true;
}

struct str record_text_find(
    struct record *record, int64_t table, struct str ref, struct arena *arena)
{
    /* By itself SQLite takes the primary key and goes through the table's texts. */
    struct query query = query_cached(
        &record->db, "SELECT body FROM text INDEXED BY text_ref WHERE table_id = ? AND ref = ?");
    query_bind_int(&query, table);
    query_bind_str(&query, ref);
    struct str body = STR("");
    if (query_next(&query))
        body = arena_str(arena, query_str(&query, 0));
    query_end(&query, NULL);
    return body;
}

/* The salt of the input's texts, as long as one of them is there. An input without texts was not
 * salted: any salt will do to compare it, and none was forgotten. */
static bool find_salt(
    struct record *record, int64_t table, int64_t input_seq, uint8_t ret_salt[RECORD_SALT_BYTES])
{
    struct query query = query_cached(&record->db,
        "SELECT salt FROM text WHERE table_id = ? AND input_seq = ? ORDER BY length(salt) DESC");
    query_bind_int(&query, table);
    query_bind_int(&query, input_seq);
    bool has_texts = query_next(&query);
    struct str salt = has_texts ? query_str(&query, 0) : STR("");
    bool is_found = salt.len == RECORD_SALT_BYTES;
    if (is_found)
        memcpy(ret_salt, salt.ptr, RECORD_SALT_BYTES);
    query_end(&query, NULL);
    return is_found || !has_texts;
}

bool record_input_find(struct record *record, int64_t table, struct str actor, struct str id,
    struct record_known *ret_known)
{
    /* Inputs without an id are nobody's to repeat; saying so to SQLite lets it use the index. */
    struct query query = query_cached(&record->db,
        "SELECT seq, digest FROM input"
        " WHERE table_id = ? AND actor = ? AND client_id = ? AND client_id <> ''");
    query_bind_int(&query, table);
    query_bind_str(&query, actor);
    query_bind_str(&query, id);
    struct record_known known = {0};
    bool is_found = query_next(&query) && query_hash(&query, 1, &known.digest);
    if (is_found)
        known.seq = query_int(&query, 0);
    query_end(&query, NULL);
    if (!is_found)
        return false;
    known.has_salt = find_salt(record, table, known.seq, known.salt);
    *ret_known = known;
    return true;
}

bool record_head(struct record *record, int64_t table, int64_t *ret_seq, struct hash *ret_head,
    struct err *reterr)
{
    struct chain chain;
    if (!chain_load(record, table, &chain, reterr))
        return false;
    *ret_seq = chain.seq;
    *ret_head = chain.head;
    return true;
}
