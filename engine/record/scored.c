/* The cache of findings: rows by table, replaced whole.
 *
 * It stands in the record's file rather than beside it, so that it is copied, backed up and deleted
 * with what it was made from. A bundle leaves it out, and no chain knows of it. */
#include "record/scored.h"

#include "record/handle.h"
#include "record/query.h"
#include "record/schema.h"

bool record_scored_can(struct record *record)
{
    int64_t version;
    return schema_version(&record->db, &version, NULL) && version >= SCHEMA_SCORED_FROM;
}

bool record_scored_list(struct record *record, struct arena *arena,
    struct record_scored **ret_items, size_t *ret_count, struct err *reterr)
{
    struct record_scored *items = NULL;
    size_t count = 0, capacity = 0;
    if (record_scored_can(record)) {
        struct query query =
            query_cached(&record->db, "SELECT table_id, stamp, body FROM scored ORDER BY table_id");
        while (query_next(&query)) {
            struct record_scored item = {.table = query_int(&query, 0)};
            if (!query_hash(&query, 1, &item.stamp))
                continue; /* not ours: as if it were not there */
            item.body = arena_str(arena, query_str(&query, 2));
            items = arena_grow(arena, items, count, &capacity, sizeof(*items));
            items[count++] = item;
        }
        if (!query_end(&query, reterr))
            return false;
    }
    *ret_items = items;
    *ret_count = count;
    return true;
}

static bool keep_one(struct db *db, const struct record_scored *item, struct err *reterr)
{
    struct query upsert = query_cached(db,
        "INSERT INTO scored (table_id, stamp, body) VALUES (?, ?, ?)"
        " ON CONFLICT (table_id) DO UPDATE SET stamp = excluded.stamp, body = excluded.body");
    query_bind_int(&upsert, item->table);
    query_bind_hash(&upsert, &item->stamp);
    query_bind_str(&upsert, item->body);
    return query_run(&upsert, reterr);
}

bool record_scored_keep(
    struct record *record, const struct record_scored *items, size_t count, struct err *reterr)
{
    if (!db_begin_write(&record->db, reterr))
        return false;
    bool is_good = true;
    for (size_t i = 0; is_good && i < count; i++)
        is_good = keep_one(&record->db, &items[i], reterr);
    return db_finish(&record->db, is_good, reterr);
}
