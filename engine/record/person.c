/* Who is who, and forgetting somebody.
 *
 * Names stand in one table and words in another; events and inputs hold ids and salted hashes. So
 * forgetting is an update and a deletion, and no chain is touched. */
#include <string.h>

#include "record/catalogue.h"
#include "record/handle.h"
#include "record/programme.h"
#include "record/query.h"
#include "record/remains.h"

enum { NAME_BYTES = 200 };

bool record_person_set(struct record *record, struct str id, struct str name, struct err *reterr)
{
    if (!str_is_id(id))
        return err_set(reterr, ERR_USAGE,
            "\"%.*s\" is no id of a person; use small letters, digits, - and _", STR_ARG(id));
    if (name.len == 0 || name.len > NAME_BYTES || !db_is_plain(name))
        return err_set(reterr, ERR_USAGE,
            "the name of %.*s must have 1 to %d bytes of UTF-8 on one line", STR_ARG(id),
            NAME_BYTES);
    struct query upsert =
        query_cached(&record->db, "INSERT INTO person (id, name) VALUES (?, ?)"
                                  " ON CONFLICT (id) DO UPDATE SET name = excluded.name");
    query_bind_str(&upsert, id);
    query_bind_str(&upsert, name);
    return query_run(&upsert, reterr);
}

bool record_person_list(struct record *record, struct arena *arena,
    struct record_person **ret_items, size_t *ret_count, struct err *reterr)
{
    struct record_person *items = NULL;
    size_t count = 0, capacity = 0;
    struct query query = query_cached(&record->db, "SELECT id, name FROM person ORDER BY id");
    while (query_next(&query)) {
        items = arena_grow(arena, items, count, &capacity, sizeof(*items));
        items[count++] = (struct record_person){
            arena_str(arena, query_str(&query, 0)), arena_str(arena, query_str(&query, 1))};
    }
    if (!query_end(&query, reterr))
        return false;
    *ret_items = items;
    *ret_count = count;
    return true;
}

/* ---- forgetting ---- */

/* A request to be forgotten that went to a misspelt id must not look as if it had been met. */
static bool nothing_known(struct record *record, struct str person, struct err *reterr)
{
    struct arena arena = {0};
    struct str *ids = NULL;
    size_t count = 0, capacity = 0;
    struct query query = query_cached(&record->db,
        "SELECT id FROM person UNION SELECT person FROM text WHERE person IS NOT NULL"
        " UNION SELECT person FROM plan_text WHERE person IS NOT NULL ORDER BY 1");
    while (query_next(&query)) {
        ids = arena_grow(&arena, ids, count, &capacity, sizeof(*ids));
        ids[count++] = arena_str(&arena, query_str(&query, 0));
    }
    if (query_end(&query, reterr)) {
        struct str near = str_nearest(person, (struct strs){ids, count});
        if (near.len > 0)
            err_set(reterr, ERR_USAGE,
                "%s holds neither name nor words of \"%.*s\"; did you mean \"%.*s\"?",
                record->db.path, STR_ARG(person), STR_ARG(near));
        else
            err_set(reterr, ERR_USAGE,
                "%s holds neither name nor words of \"%.*s\": somebody else's id, or forgotten "
                "already",
                record->db.path, STR_ARG(person));
    }
    arena_fini(&arena);
    return false;
}

/* Tables at which they were given a seat, in exercises that are made since they were forgotten
 * last: whoever comes back may be forgotten again. */
static bool count_seats(struct record *record, struct str person, struct arena *arena,
    int64_t *ret_count, struct err *reterr)
{
    struct record_forgotten forgotten;
    struct catalogue catalogue;
    int64_t count = 0;
    if (!record_forgotten_read(record, arena, &forgotten, reterr) ||
        !catalogue_load(record, arena, &catalogue, reterr))
        return false;
    struct query query =
        query_cached(&record->db, "SELECT DISTINCT table_id FROM event WHERE kind = 'assigned'"
                                  " AND json_extract(body, '$.person') = ?");
    query_bind_str(&query, person);
    while (query_next(&query)) {
        const struct catalogue_item *item = catalogue_of_table(&catalogue, query_int(&query, 0));
        int64_t entry = item != NULL ? item->exercise.entry : 0;
        count += !record_forgotten_has(&forgotten, person, entry);
    }
    *ret_count = count;
    return query_end(&query, reterr);
}

bool record_person_traces(struct record *record, struct str person, struct arena *arena,
    struct record_traces *ret_traces, struct err *reterr)
{
    struct record_traces traces = {0};
    if (!count_seats(record, person, arena, &traces.seat_count, reterr))
        return false;
    struct query query = query_cached(&record->db,
        "SELECT (SELECT name FROM person WHERE id = ?1), count(*), count(DISTINCT table_id),"
        " (SELECT count(*) FROM plan_text WHERE person = ?1) FROM text WHERE person = ?1");
    query_bind_str(&query, person);
    if (query_next(&query)) {
        traces.name = arena_str(arena, query_str(&query, 0));
        traces.text_count = query_int(&query, 1);
        traces.table_count = query_int(&query, 2);
        traces.plan_count = query_int(&query, 3);
    }
    if (!query_end(&query, reterr))
        return false;
    if (traces.name.len == 0 && traces.text_count + traces.plan_count + traces.seat_count == 0)
        return nothing_known(record, person, reterr);
    *ret_traces = traces;
    return true;
}

static bool run_for(struct query query, struct str person, int64_t *ret_changes, struct err *reterr)
{
    query_bind_str(&query, person);
    struct db *db = query.db;
    if (!query_run(&query, reterr))
        return false;
    *ret_changes = sqlite3_changes64(db->handle);
    return true;
}

bool record_forget(struct record *record, struct str person, size_t *ret_count, struct err *reterr)
{
    struct db *db = &record->db;
    int64_t texts = 0, names = 0, planned = 0;
    struct arena arena = {0};
    struct record_traces traces;
    if (!db_begin_write(db, reterr))
        return false;
    bool is_good =
        record_person_traces(record, person, &arena, &traces, reterr) &&
        run_for(query_cached(db, "UPDATE text SET body = NULL, salt = NULL, person = NULL"
                                 " WHERE person = ?"),
            person, &texts, reterr) &&
        run_for(query_cached(db, "UPDATE plan_text SET body = NULL, salt = NULL, person = NULL"
                                 " WHERE person = ?"),
            person, &planned, reterr) &&
        run_for(query_cached(db, "DELETE FROM person WHERE id = ?"), person, &names, reterr) &&
        record_forgotten_add(record, person, reterr);
    arena_fini(&arena);
    if (!db_finish(db, is_good, reterr))
        return false;
    remains_wipe(record);
    *ret_count = (size_t)texts;
    return true;
}
