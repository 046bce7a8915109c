/* The hash chain.
 *
 * Events are kept in columns, for people with SQL, and hashed as lines, for people with sha256sum.
 * The line is made again from the columns whenever it is needed, so that the two cannot disagree
 * without the chain breaking. */
#include "record/chain.h"

#include "base/json_read.h"
#include "base/json_write.h"

void chain_add(struct chain *chain, struct str input_line, struct str line, int64_t wall_ms)
{
    char wall[8];
    for (int i = 0; i < 8; i++)
        wall[i] = (char)((uint64_t)wall_ms >> (56 - 8 * i) & 0xFF);
    const struct str parts[] = {
        {(const char *)chain->head.bytes, HASH_BYTES}, input_line, line, {wall, sizeof(wall)}};
    chain->head = hash_of(parts, sizeof(parts) / sizeof(parts[0]));
    chain->seq++;
}

static bool load_end(
    struct record *record, struct query *query, struct chain *chain, struct err *reterr)
{
    bool is_whole = true;
    if (query_next(query)) {
        chain->seq = query_int(query, 0);
        is_whole = query_hash(query, 1, &chain->head);
    }
    if (!query_end(query, reterr))
        return false;
    return is_whole || db_damaged(&record->db, reterr,
                           "entry %lld has no hash of 32 bytes; it was changed by another "
                           "program: restore it from a backup",
                           (long long)chain->seq);
}

bool chain_load(struct record *record, int64_t table, struct chain *ret_chain, struct err *reterr)
{
    struct chain chain = {0};
    struct query last = query_cached(
        &record->db, "SELECT seq, hash FROM event WHERE table_id = ? ORDER BY seq DESC LIMIT 1");
    query_bind_int(&last, table);
    if (!load_end(record, &last, &chain, reterr))
        return false;
    struct query input = query_cached(&record->db, "SELECT max(seq) FROM input WHERE table_id = ?");
    query_bind_int(&input, table);
    if (query_next(&input))
        chain.input = query_int(&input, 0);
    if (!query_end(&input, reterr))
        return false;
    *ret_chain = chain;
    return true;
}

bool chain_load_programme(struct record *record, struct chain *ret_chain, struct err *reterr)
{
    struct chain chain = {0};
    struct query last =
        query_cached(&record->db, "SELECT seq, hash FROM programme ORDER BY seq DESC LIMIT 1");
    if (!load_end(record, &last, &chain, reterr))
        return false;
    *ret_chain = chain;
    return true;
}

/* In the order of the columns. */
struct row {
    int64_t seq, at_ms, observed_ms, story_ms;
    struct str kind, actor;
    bool proxy;
    int64_t cause, input;
    struct str body;
};

static void write_nonzero(struct json_write *json, const char *key, int64_t value)
{
    if (value != 0)
        json_write_key_int(json, key, value);
}

/* Gives what event_write gave when the event was added, or the chain does not verify. */
static void write_row(const struct row *row, struct buf *line)
{
    struct json_write json;
    json_write_init(&json, line);
    json_write_object(&json);
    json_write_key_str(&json, "actor", row->actor);
    json_write_key_int(&json, "at_ms", row->at_ms);
    json_write_key(&json, STR("body"));
    json_write_raw(&json, row->body);
    write_nonzero(&json, "cause", row->cause);
    write_nonzero(&json, "input", row->input);
    json_write_key_str(&json, "kind", row->kind);
    if (row->observed_ms != row->at_ms)
        json_write_key_int(&json, "observed_ms", row->observed_ms);
    if (row->proxy)
        json_write_key_bool(&json, "proxy", true);
    json_write_key_int(&json, "seq", row->seq);
    json_write_key_int(&json, "story_ms", row->story_ms);
    json_write_end(&json);
}

bool chain_event_line(const struct query *query, struct buf *line, struct err *reterr)
{
    struct row row = {
        .seq = query_int(query, 0),
        .at_ms = query_int(query, 1),
        .observed_ms = query_int(query, 2),
        .story_ms = query_int(query, 3),
        .kind = query_str(query, CHAIN_KIND),
        .actor = query_str(query, 6),
        .proxy = query_int(query, 7) != 0,
        .cause = query_int(query, 8),
        .input = query_int(query, CHAIN_INPUT),
        .body = query_str(query, 10),
    };
    /* Somebody else may have written this row: the writer and the readers trust what they get. */
    struct err inner;
    if (!json_check(row.body, &inner))
        return db_damaged(query->db, reterr, "event %lld has no well-formed body (%s)",
            (long long)row.seq, inner.message);
    if (!str_is_utf8(row.kind) || !str_is_utf8(row.actor))
        return db_damaged(
            query->db, reterr, "event %lld has a text that is not UTF-8", (long long)row.seq);
    buf_clear(line);
    write_row(&row, line);
    return true;
}

void chain_programme_line(int64_t seq, struct str kind, struct str body, struct buf *line)
{
    struct json_write json;
    buf_clear(line);
    json_write_init(&json, line);
    json_write_object(&json);
    json_write_key(&json, STR("body"));
    json_write_raw(&json, body);
    json_write_key_str(&json, "kind", kind);
    json_write_key_int(&json, "seq", seq);
    json_write_end(&json);
}
