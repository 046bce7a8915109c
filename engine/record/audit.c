/* The programme's stream against the file.
 *
 * The stream says what there must be: a chain can show that an entry was changed, but only a look
 * at the tables shows that an exercise is gone of which no entry says that it was deleted, or that
 * something is left of one that was. */
#include "record/audit.h"

#include "base/json_read.h"
#include "record/chain.h"
#include "record/plan_audit.h"

static bool check_entry(
    struct record *record, const struct query *row, struct chain *chain, struct err *reterr)
{
    struct db *db = &record->db;
    int64_t seq = query_int(row, 0);
    struct str kind = query_str(row, 2), body = query_str(row, 3);
    struct err inner;
    if (seq != chain->seq + 1)
        return db_damaged(
            db, reterr, "programme entry %lld is missing", (long long)(chain->seq + 1));
    if (!json_check(body, &inner) || !str_is_utf8(kind))
        return db_damaged(db, reterr,
            "programme entry %lld was changed: its text is not well "
            "formed",
            (long long)seq);
    chain_programme_line(seq, kind, body, &record->line);
    chain_add(chain, STR(""), buf_str(&record->line), query_int(row, 1));
    struct hash kept;
    if (!query_hash(row, 4, &kept) || !hash_eq(&kept, &chain->head))
        return db_damaged(db, reterr,
            "programme entry %lld (%.*s) was changed: its hash does not follow from it",
            (long long)seq, STR_ARG(kind));
    return true;
}

static bool check_chain(struct record *record, audit_visit *visit, void *self, struct err *reterr)
{
    struct chain chain = {0};
    struct query query = query_cached(
        &record->db, "SELECT seq, wall_ms, kind, body, hash FROM programme ORDER BY seq");
    bool is_good = true;
    while (is_good && query_next(&query)) {
        is_good = check_entry(record, &query, &chain, reterr);
        if (is_good && visit)
            visit(self, query_str(&query, 2), query_str(&query, 3));
    }
    return query_end(&query, is_good ? reterr : NULL) && is_good;
}

/* Cutting off the programme's end leaves the tables that were created there; nothing else shows
 * that there were such exercises. */
static bool check_table_known(
    struct record *record, const struct catalogue *catalogue, int64_t table, struct err *reterr)
{
    const struct catalogue_item *item = catalogue_of_table(catalogue, table);
    if (item == NULL)
        return db_damaged(&record->db, reterr,
            "the programme knows no exercise with table %lld, but the record holds it: entries of "
            "the programme were cut off",
            (long long)table);
    if (item->deleted_seq != 0)
        return db_damaged(&record->db, reterr,
            "exercise %.*s was deleted (entry %lld of the programme), but the record still holds "
            "something of its table %lld: it was put back",
            STR_ARG(item->exercise.exercise), (long long)item->deleted_seq, (long long)table);
    return true;
}

static bool check_tables_known(
    struct record *record, const struct catalogue *catalogue, struct err *reterr)
{
    struct query query = query_cached(&record->db,
        "SELECT table_id FROM event UNION SELECT table_id FROM input UNION"
        " SELECT table_id FROM text UNION SELECT table_id FROM clock");
    bool is_good = true;
    while (is_good && query_next(&query))
        is_good = check_table_known(record, catalogue, query_int(&query, 0), reterr);
    return query_end(&query, is_good ? reterr : NULL) && is_good;
}

static bool check_files_known(
    struct record *record, const struct catalogue *catalogue, struct err *reterr)
{
    struct query query = query_cached(&record->db, "SELECT DISTINCT exercise FROM exercise_file");
    bool is_good = true;
    while (is_good && query_next(&query)) {
        const struct catalogue_item *item = catalogue_find(catalogue, query_str(&query, 0));
        is_good =
            (item != NULL && item->deleted_seq == 0) ||
            db_damaged(&record->db, reterr,
                "files are pinned for exercise %.*s, which the programme %s",
                STR_ARG(query_str(&query, 0)),
                item == NULL ? "does not know: entries of it were cut off" : "says is deleted");
    }
    return query_end(&query, is_good ? reterr : NULL) && is_good;
}

/* A table has a clock from its first turn on, and the clock stands at 0 until there are events. One
 * that is just being made has not had its first turn. */
static bool check_there(struct record *record, const struct record_exercise *exercise,
    const struct record_table *table, struct err *reterr)
{
    if (table->table == record->new_table)
        return true;
    struct query query = query_cached(&record->db,
        "SELECT EXISTS (SELECT 1 FROM event WHERE table_id = ?)"
        " OR EXISTS (SELECT 1 FROM clock WHERE table_id = ? AND clock_ms = 0)");
    query_bind_int(&query, table->table);
    query_bind_int(&query, table->table);
    bool is_there = query_next(&query) && query_int(&query, 0) != 0;
    if (!query_end(&query, reterr))
        return false;
    return is_there ||
           db_damaged(&record->db, reterr,
               "table %lld (%.*s) is gone: the programme created exercise %.*s and has no note "
               "that "
               "it was deleted; restore it from a backup",
               (long long)table->table, STR_ARG(table->id), STR_ARG(exercise->exercise));
}

static bool check_all_there(
    struct record *record, const struct catalogue *catalogue, struct err *reterr)
{
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct catalogue_item *item = &catalogue->items[i];
        for (size_t j = 0; item->deleted_seq == 0 && j < item->exercise.table_count; j++) {
            if (!check_there(record, &item->exercise, &item->exercise.tables[j], reterr))
                return false;
        }
    }
    return true;
}

bool audit_programme(struct record *record, audit_visit *visit, void *self, struct err *reterr)
{
    struct arena arena = {0};
    struct catalogue catalogue;
    bool is_good = check_chain(record, visit, self, reterr) &&
                   catalogue_load(record, &arena, &catalogue, reterr) &&
                   check_tables_known(record, &catalogue, reterr) &&
                   check_files_known(record, &catalogue, reterr) && plan_audit(record, reterr) &&
                   check_all_there(record, &catalogue, reterr);
    arena_fini(&arena);
    return is_good;
}

bool record_verify_programme(struct record *record, struct err *reterr)
{
    if (!db_begin_read(&record->db, reterr))
        return false;
    bool is_good = query_check(&record->db, "PRAGMA integrity_check(1)", reterr) &&
                   audit_programme(record, NULL, NULL, reterr);
    return db_finish(&record->db, is_good, reterr);
}
