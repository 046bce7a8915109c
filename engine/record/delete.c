/* Deleting an exercise, when the time is over for which it was to be kept.
 *
 * The triggers that keep the record append-only have to give way for it. They are dropped and made
 * again within the transaction that deletes, so that no other connection ever sees the file without
 * them, and a failure brings them back. What stays is the programme: that there was such an
 * exercise, and the heads that its tables had, so that somebody with a head on paper can be told.
 */
#include <string.h>

#include "record/catalogue.h"
#include "record/lock.h"
#include "record/programme.h"
#include "record/query.h"
#include "record/remains.h"
#include "record/schema.h"

static const struct {
    const char *name, *drop;
} triggers[] = {
    {"event_no_delete", "DROP TRIGGER event_no_delete"},
    {"input_no_delete", "DROP TRIGGER input_no_delete"},
};
enum { TRIGGER_COUNT = sizeof(triggers) / sizeof(triggers[0]) };

static bool drop_triggers(struct db *db, struct err *reterr)
{
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        if (!db_exec(db, triggers[i].drop, reterr))
            return false;
    }
    return true;
}

static bool make_triggers(struct db *db, struct err *reterr)
{
    for (int i = 0; i < TRIGGER_COUNT; i++) {
        if (!db_exec(db, schema_trigger(triggers[i].name), reterr))
            return false;
    }
    return true;
}

static bool delete_table(struct db *db, int64_t table, struct err *reterr)
{
    static const char *const statements[] = {
        "DELETE FROM event WHERE table_id = ?",
        "DELETE FROM input WHERE table_id = ?",
        "DELETE FROM text WHERE table_id = ?",
        "DELETE FROM clock WHERE table_id = ?",
        "DELETE FROM closed_code WHERE room IN (SELECT name FROM room WHERE table_id = ?)",
        "DELETE FROM pass WHERE room IN (SELECT name FROM room WHERE table_id = ?)",
        "DELETE FROM room WHERE table_id = ?",
        "DELETE FROM scored WHERE table_id = ?",
    };
    for (size_t i = 0; i < sizeof(statements) / sizeof(statements[0]); i++) {
        struct query query = query_new(db, statements[i]);
        query_bind_int(&query, table);
        if (!query_run(&query, reterr))
            return false;
    }
    return true;
}

/* Content that another exercise was made from as well stays. */
static bool delete_files(struct db *db, struct str exercise, struct err *reterr)
{
    struct query files = query_new(db, "DELETE FROM exercise_file WHERE exercise = ?");
    query_bind_str(&files, exercise);
    return query_run(&files, reterr) &&
           db_exec(db, "DELETE FROM content WHERE hash NOT IN (SELECT hash FROM exercise_file)",
               reterr);
}

static bool delete_rows(
    struct record *record, const struct record_exercise *exercise, struct err *reterr)
{
    for (size_t i = 0; i < exercise->table_count; i++) {
        if (!delete_table(&record->db, exercise->tables[i].table, reterr))
            return false;
    }
    return delete_files(&record->db, exercise->exercise, reterr);
}

/* Nobody may be playing: whoever is would go on with an exercise that is gone. */
static bool claim_tables(struct record *record, const struct record_exercise *exercise,
    struct lock **locks, struct err *reterr)
{
    for (size_t i = 0; i < exercise->table_count; i++) {
        if (!lock_take(locks, &record->db, exercise->tables[i].id, reterr))
            return false;
    }
    return true;
}

/* Tables are not deleted one by one: those that stay would get other places. */
static bool find_whole(struct record *record, struct str id, struct arena *arena,
    struct record_exercise *ret_exercise, struct err *reterr)
{
    struct record_exercise exercise;
    if (!record_exercise_find(record, id, arena, &exercise, reterr))
        return false;
    if (id.len > 0 && memchr(id.ptr, '/', id.len))
        return err_set(reterr, ERR_USAGE,
            "%s: %.*s is one table; only a whole exercise can be deleted: name %.*s",
            record->db.path, STR_ARG(id), STR_ARG(exercise.exercise));
    *ret_exercise = exercise;
    return true;
}

bool record_delete(struct record *record, struct str exercise, int64_t wall_ms, struct err *reterr)
{
    struct arena arena = {0};
    struct lock *locks = NULL;
    struct record_exercise found;
    struct db *db = &record->db;
    if (!db_begin_write(db, reterr))
        return false;
    bool is_good = find_whole(record, exercise, &arena, &found, reterr) &&
                   claim_tables(record, &found, &locks, reterr) &&
                   programme_add_deleted(record, &found, wall_ms, reterr) &&
                   drop_triggers(db, reterr) && delete_rows(record, &found, reterr) &&
                   make_triggers(db, reterr);
    is_good = db_finish(db, is_good, reterr);
    lock_release_all(&locks);
    arena_fini(&arena);
    if (is_good)
        remains_wipe(record);
    return is_good;
}
