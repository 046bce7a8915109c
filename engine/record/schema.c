/* Bringing the schema of a file up to date, and checking that it is as this program would make it.
 *
 * Both work from the list in schema_steps.c; there is no second description of the schema. */
#include "record/schema.h"

#include <assert.h>

#include "base/buf.h"
#include "record/query.h"

bool schema_version(struct db *db, int64_t *ret_version, struct err *reterr)
{
    return query_one_int(db, "PRAGMA user_version", ret_version, reterr);
}

/* The version is read within the transaction: another process may have brought the file up to date
 * while this one waited for the lock. */
static bool apply_missing(
    struct db *db, const struct schema_step *steps, size_t step_count, struct err *reterr)
{
    int64_t version;
    if (!schema_version(db, &version, reterr))
        return false;
    for (size_t i = 0; i < step_count; i++) {
        if (steps[i].version <= version)
            continue;
        for (const char *const *sql = steps[i].statements; *sql; sql++) {
            if (!db_exec(db, *sql, reterr))
                return false;
        }
    }
    return true;
}

bool schema_apply(
    struct db *db, const struct schema_step *steps, size_t step_count, struct err *reterr)
{
    if (!db_begin_write(db, reterr))
        return false;
    return db_finish(db, apply_missing(db, steps, step_count, reterr), reterr);
}

/* Compares one thing of the model with the file's; the model's row is current. */
static bool check_one(struct db *db, struct query *model, struct err *reterr)
{
    struct str type = query_str(model, 0), name = query_str(model, 1);
    struct query found =
        query_cached(db, "SELECT sql IS ? FROM sqlite_schema WHERE type = ? AND name = ?");
    query_bind_str(&found, query_str(model, 2));
    query_bind_str(&found, type);
    query_bind_str(&found, name);
    bool is_there = query_next(&found);
    bool is_same = is_there && query_int(&found, 0);
    if (!query_end(&found, reterr))
        return false;
    if (is_same)
        return true;
    return db_damaged(db, reterr,
        "its %.*s \"%.*s\" %s; somebody changed the file's structure: restore it from a backup",
        STR_ARG(type), STR_ARG(name), is_there ? "is not as Tocsin made it" : "is missing");
}

static bool check_all(struct db *db, struct db *model, struct err *reterr)
{
    struct query all = query_new(
        model, "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid");
    int64_t trigger_count = 0;
    bool is_good = true;
    while (is_good && query_next(&all)) {
        trigger_count += str_is(query_str(&all, 0), "trigger");
        is_good = check_one(db, &all, reterr);
    }
    is_good = query_end(&all, is_good ? reterr : NULL) && is_good;
    if (!is_good)
        return false;

    int64_t found_count;
    if (!query_one_int(
            db, "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'", &found_count, reterr))
        return false;
    return found_count == trigger_count ||
           db_damaged(db, reterr,
               "it has triggers that Tocsin did not make; drop them, or restore it from a backup");
}

/* The steps that lead to the file's version. */
static size_t count_steps(int64_t version)
{
    size_t count = 0;
    while (count < schema_step_count && schema_steps[count].version <= version)
        count++;
    return count;
}

bool schema_check(struct db *db, struct err *reterr)
{
    struct db model;
    int64_t version;
    if (!schema_version(db, &version, reterr) ||
        !db_open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, &model, reterr))
        return false;
    bool is_good = schema_apply(&model, schema_steps, count_steps(version), reterr) &&
                   check_all(db, &model, reterr);
    db_close(&model);
    return is_good;
}

bool schema_update(struct db *db, struct err *reterr)
{
    /* One transaction, so that a file which turns out not to be ours stays what it was; and checked
     * before as well, because a step trusts what the steps before it have made. */
    if (!db_begin_write(db, reterr))
        return false;
    bool is_good = schema_check(db, reterr) &&
                   apply_missing(db, schema_steps, schema_step_count, reterr) &&
                   schema_check(db, reterr);
    return db_finish(db, is_good, reterr);
}

const char *schema_trigger(const char *name)
{
    /* The last one that was made counts. */
    struct buf start = {0};
    buf_format(&start, "CREATE TRIGGER %s ", name);
    const char *found = NULL;
    for (size_t i = 0; i < schema_step_count; i++) {
        for (const char *const *sql = schema_steps[i].statements; *sql; sql++)
            found = str_starts_with(str_of(*sql), buf_str(&start)) ? *sql : found;
    }
    buf_fini(&start);
    assert(found);
    return found;
}
