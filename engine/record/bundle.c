/* One exercise in a record of its own, to attach to a report of a bug or to give to a trainer.
 *
 * The tables are copied as they are: a chain holds its inputs and events and nothing else, so it
 * verifies in another file. The programme is begun anew, because the old one speaks of exercises
 * that are nobody else's business; its first entry says which entry of the old one it goes back to.
 * Texts keep their places and their refs, as if everybody had been forgotten. What stands in the
 * chain itself (ids of roles and persons, times) cannot be left out. */
#include "base/json_read.h"
#include "base/json_write.h"
#include "record/catalogue.h"
#include "record/fresh.h"
#include "record/programme.h"
#include "record/query.h"

struct bundle_copy {
    struct record *from, *to;
    const struct record_exercise *exercise;
};

/* Copies rows, column by column: both statements must have the same number of them. */
static bool copy_rows(struct query *from, struct db *to, const char *insert_sql, struct err *reterr)
{
    struct query insert = query_new(to, insert_sql);
    bool is_good = true;
    while (is_good && query_next(from)) {
        for (int i = 0; i < sqlite3_column_count(from->stmt); i++)
            query_bind_column(&insert, from, i);
        is_good = query_again(&insert, reterr);
    }
    is_good = query_end(&insert, is_good ? reterr : NULL) && is_good;
    return query_end(from, is_good ? reterr : NULL) && is_good;
}

static const struct {
    const char *select, *insert;
} of_table[] = {
    {"SELECT table_id, seq, at_ms, observed_ms, story_ms, wall_ms, kind, actor, proxy, cause,"
     " input, body, hash FROM event WHERE table_id = ? ORDER BY seq",
        "INSERT INTO event (table_id, seq, at_ms, observed_ms, story_ms, wall_ms, kind, actor,"
        " proxy, cause, input, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
    {"SELECT table_id, seq, at_ms, wall_ms, actor, client_id, kind, digest, body FROM input"
     " WHERE table_id = ? ORDER BY seq",
        "INSERT INTO input (table_id, seq, at_ms, wall_ms, actor, client_id, kind, digest, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"},
    {"SELECT table_id, input_seq, field, ref FROM text WHERE table_id = ?"
     " ORDER BY input_seq, field",
        "INSERT INTO text (table_id, input_seq, field, ref) VALUES (?, ?, ?, ?)"},
    {"SELECT table_id, clock_ms, wall_ms FROM clock WHERE table_id = ?",
        "INSERT INTO clock (table_id, clock_ms, wall_ms) VALUES (?, ?, ?)"},
};

static const struct {
    const char *select, *insert;
} of_exercise[] = {
    {"SELECT DISTINCT c.hash, c.bytes FROM exercise_file f JOIN content c ON c.hash = f.hash"
     " WHERE f.exercise = ? ORDER BY c.hash",
        "INSERT INTO content (hash, bytes) VALUES (?, ?)"},
    {"SELECT exercise, path, hash FROM exercise_file WHERE exercise = ? ORDER BY path",
        "INSERT INTO exercise_file (exercise, path, hash) VALUES (?, ?, ?)"},
};

static bool copy_table(const struct bundle_copy *copy, int64_t table, struct err *reterr)
{
    for (size_t i = 0; i < sizeof(of_table) / sizeof(of_table[0]); i++) {
        struct query from = query_new(&copy->from->db, of_table[i].select);
        query_bind_int(&from, table);
        if (!copy_rows(&from, &copy->to->db, of_table[i].insert, reterr))
            return false;
    }
    return true;
}

static bool copy_files(const struct bundle_copy *copy, struct err *reterr)
{
    for (size_t i = 0; i < sizeof(of_exercise) / sizeof(of_exercise[0]); i++) {
        struct query from = query_new(&copy->from->db, of_exercise[i].select);
        query_bind_str(&from, copy->exercise->exercise);
        if (!copy_rows(&from, &copy->to->db, of_exercise[i].insert, reterr))
            return false;
    }
    return true;
}

/* ---- the programme ---- */

/* Undated, so that bundles of one record are the same. */
static bool note_origin(const struct bundle_copy *copy, struct err *reterr)
{
    struct chain chain;
    if (!chain_load_programme(copy->from, &chain, reterr))
        return false;
    char hex[HASH_HEX_BYTES + 1];
    struct buf body = {0};
    struct json_write json;
    json_write_init(&json, &body);
    json_write_object(&json);
    json_write_key_str(&json, "exercise", copy->exercise->exercise);
    json_write_key_str(&json, "programme_head", hash_hex(&chain.head, hex));
    json_write_key_int(&json, "programme_seq", chain.seq);
    json_write_end(&json);
    bool is_good = programme_add(copy->to, STR(PROGRAMME_BUNDLED), buf_str(&body), 0, reterr);
    buf_fini(&body);
    return is_good;
}

static bool is_about(const struct record_exercise *exercise, struct str body)
{
    int64_t table = 0;
    if (!json_to_int(json_get(body, STR("table")), &table))
        return false;
    for (size_t i = 0; i < exercise->table_count; i++) {
        if (exercise->tables[i].table == table)
            return true;
    }
    return false;
}

/* Every entry that names one of its tables: made, opened, ended, sealed. */
static bool copy_programme(const struct bundle_copy *copy, struct err *reterr)
{
    struct query query =
        query_new(&copy->from->db, "SELECT kind, body, wall_ms FROM programme ORDER BY seq");
    bool is_good = true;
    while (is_good && query_next(&query)) {
        if (is_about(copy->exercise, query_str(&query, 1)))
            is_good = programme_add(
                copy->to, query_str(&query, 0), query_str(&query, 1), query_int(&query, 2), reterr);
    }
    return query_end(&query, is_good ? reterr : NULL) && is_good;
}

/* ---- all of it ---- */

static bool copy_exercise(const struct bundle_copy *copy, struct err *reterr)
{
    if (!note_origin(copy, reterr) || !copy_programme(copy, reterr) || !copy_files(copy, reterr))
        return false;
    for (size_t i = 0; i < copy->exercise->table_count; i++) {
        if (!copy_table(copy, copy->exercise->tables[i].table, reterr))
            return false;
    }
    return true;
}

/* What it was made from is verified before, because the programme is written anew. */
static bool verify_all(const struct bundle_copy *copy, struct err *reterr)
{
    for (size_t i = 0; i < copy->exercise->table_count; i++) {
        if (!record_verify(copy->to, copy->exercise->tables[i].table, STR(""), reterr))
            return false;
    }
    return true;
}

/* What is still in the log is no part of the file; closing would not say that it cannot be. */
static bool settle(struct db *db, struct err *reterr)
{
    int64_t is_busy;
    return query_one_int(db, "PRAGMA wal_checkpoint(TRUNCATE)", &is_busy, reterr) &&
           (!is_busy || db_fail(db, SQLITE_BUSY, reterr));
}

static bool write_bundle(struct record *record, struct str id, const char *path, struct err *reterr)
{
    struct arena arena = {0};
    struct record_exercise exercise;
    struct bundle_copy copy = {.from = record, .exercise = &exercise};
    if (!record_open(path, RECORD_CREATE, &copy.to, reterr))
        return false;
    bool is_good = db_begin_write(&copy.to->db, reterr);
    if (is_good) {
        is_good = record_exercise_find(record, id, &arena, &exercise, reterr) &&
                  copy_exercise(&copy, reterr);
        is_good = db_finish(&copy.to->db, is_good, reterr);
    }
    is_good = is_good && verify_all(&copy, reterr) && settle(&copy.to->db, reterr);
    record_close(copy.to);
    arena_fini(&arena);
    return is_good;
}

bool record_bundle(struct record *record, struct str exercise, const char *path, struct err *reterr)
{
    struct fresh fresh;
    struct db *db = &record->db;
    if (!fresh_begin(path, sqlite3_db_filename(db->handle, "main"), &fresh, reterr))
        return false;
    bool is_good = db_begin_read(db, reterr);
    if (is_good) {
        /* Nobody gets a bundle of a record that was tampered with. */
        is_good = record_verify_programme(record, reterr) &&
                  write_bundle(record, exercise, fresh.part, reterr);
        is_good = db_finish(db, is_good, reterr);
    }
    return fresh_finish(&fresh, is_good, reterr);
}
