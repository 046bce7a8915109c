/* Exercises: found in the programme's stream, which is the only list of them. */
#include "record/exercise.h"

#include <assert.h>

#include "record/content.h"
#include "record/lock.h"
#include "record/programme.h"
#include "record/query.h"

/* The engine asks the stream itself rather than the view: it trusts no schema to call functions. */
#define SELECT_EXERCISE                                                                            \
    "SELECT json_extract(body, '$.exercise'), json_extract(body, '$.table'),"                      \
    " json_extract(body, '$.scenario'), wall_ms, json_extract(body, '$.manual_clock'),"            \
    " json_extract(body, '$.content') FROM programme WHERE kind = '" PROGRAMME_CREATED "'"

/* Table numbers stay small enough for everybody's integers, JavaScript's included. */
static const int64_t last_table = INT64_C(1) << 31;

/* The scenario's id, a hyphen and a number: it becomes the name of a file beside the record. */
static bool is_exercise_id(struct str id, struct str scenario)
{
    int64_t number;
    if (!str_is_id(scenario) || !str_starts_with(id, scenario))
        return false;
    struct str rest = str_after(id, scenario.len);
    return str_starts_with(rest, STR("-")) && str_to_int64(str_after(rest, 1), &number) &&
           number > 0;
}

/* A record may come from anybody: what is no id, no number of a table, goes no further than here.
 */
static bool read_row(struct query *query, struct arena *arena, struct record_exercise *ret_exercise,
    struct err *reterr)
{
    struct record_exercise exercise = {
        .id = arena_str(arena, query_str(query, 0)),
        .table = query_int(query, 1),
        .scenario = arena_str(arena, query_str(query, 2)),
        .created_wall_ms = query_int(query, 3),
        .manual_clock = query_int(query, 4) != 0,
    };
    hash_from_hex(query_str(query, 5), &exercise.content);
    if (!is_exercise_id(exercise.id, exercise.scenario))
        return db_damaged(query->db, reterr,
            "\"%.*s\" cannot be an exercise of \"%.*s\"; the programme was changed: restore it "
            "from a backup",
            STR_ARG(exercise.id), STR_ARG(exercise.scenario));
    if (exercise.table < 1 || exercise.table > last_table)
        return db_damaged(query->db, reterr,
            "exercise %.*s has the table %lld, which cannot be; the programme was changed: restore "
            "it from a backup",
            STR_ARG(exercise.id), (long long)exercise.table);
    *ret_exercise = exercise;
    return true;
}

/* Ends the query; false when anything was wrong. */
static bool read_one(struct query *query, struct arena *arena, struct record_exercise *ret_exercise,
    bool *ret_found, struct err *reterr)
{
    *ret_found = query_next(query);
    bool is_good = !*ret_found || read_row(query, arena, ret_exercise, reterr);
    return query_end(query, is_good ? reterr : NULL) && is_good;
}

/* Table and number that a further exercise of the scenario gets. */
static bool find_next(struct record *record, struct str scenario, struct record_exercise *next,
    struct arena *arena, struct err *reterr)
{
    struct query query =
        query_cached(&record->db, "SELECT coalesce(max(json_extract(body, '$.table')), 0),"
                                  " coalesce(sum(json_extract(body, '$.scenario') = ?), 0) + 1"
                                  " FROM programme WHERE kind = '" PROGRAMME_CREATED "'");
    query_bind_str(&query, scenario);
    int64_t highest = 0, number = 1;
    if (query_next(&query)) {
        highest = query_int(&query, 0);
        number = query_int(&query, 1);
    }
    if (!query_end(&query, reterr))
        return false;
    if (highest < 0 || highest >= last_table)
        return db_damaged(&record->db, reterr,
            "its highest table is %lld, which leaves no number for another; use a new file",
            (long long)highest);
    next->table = highest + 1;
    next->id = arena_format(arena, "%.*s-%lld", STR_ARG(scenario), (long long)number);
    return true;
}

/* The transaction stays open for the first turn to join. */
bool record_exercise_new(struct record *record, const struct record_made_of *made_of,
    struct arena *arena, struct record_exercise *ret_exercise, struct err *reterr)
{
    assert(str_is_id(made_of->scenario) && record->new_table == 0);
    struct record_exercise exercise = {
        .scenario = arena_str(arena, made_of->scenario),
        .created_wall_ms = made_of->wall_ms,
        .manual_clock = made_of->manual_clock,
    };
    if (!db_begin_write(&record->db, reterr))
        return false;
    bool is_good = find_next(record, made_of->scenario, &exercise, arena, reterr) &&
                   content_pin(record, exercise.id, made_of->files, made_of->file_count, reterr) &&
                   content_hash(record, exercise.id, arena, &exercise.content, reterr) &&
                   programme_add_created(record, &exercise, reterr);
    if (!is_good)
        return db_finish(&record->db, false, reterr);
    record->new_table = exercise.table;
    *ret_exercise = exercise;
    return true;
}

void record_exercise_drop(struct record *record)
{
    if (record->new_table != 0)
        db_finish(&record->db, false, NULL);
    record->new_table = 0;
}

bool record_exercise_list(struct record *record, struct arena *arena,
    struct record_exercise **ret_items, size_t *ret_count, struct err *reterr)
{
    struct record_exercise *items = NULL;
    size_t count = 0, capacity = 0;
    struct query query = query_cached(&record->db, SELECT_EXERCISE " ORDER BY seq");
    bool is_good = true;
    while (is_good && query_next(&query)) {
        items = arena_grow(arena, items, count, &capacity, sizeof(*items));
        is_good = read_row(&query, arena, &items[count++], reterr);
    }
    if (!query_end(&query, is_good ? reterr : NULL) || !is_good)
        return false;
    *ret_items = items;
    *ret_count = count;
    return true;
}

/* "did you mean" where a name is close, else what there is. */
static bool no_such_exercise(
    struct record *record, struct str id, struct arena *arena, struct err *reterr)
{
    struct record_exercise *items;
    size_t count;
    if (!record_exercise_list(record, arena, &items, &count, reterr))
        return false;
    if (count == 0)
        return err_set(
            reterr, ERR_USAGE, "%s holds no exercise yet; create one first", record->db.path);
    struct str *names = ARENA_ARRAY(arena, count, struct str);
    for (size_t i = 0; i < count; i++)
        names[i] = items[i].id;
    struct str near = str_nearest(id, (struct strs){names, count});
    if (near.len > 0)
        return err_set(reterr, ERR_USAGE, "%s holds no exercise \"%.*s\"; did you mean \"%.*s\"?",
            record->db.path, STR_ARG(id), STR_ARG(near));
    return err_set(reterr, ERR_USAGE,
        "%s holds no exercise \"%.*s\"; the last of its %zu is \"%.*s\"", record->db.path,
        STR_ARG(id), count, STR_ARG(names[count - 1]));
}

bool record_exercise_find(struct record *record, struct str id, struct arena *arena,
    struct record_exercise *ret_exercise, struct err *reterr)
{
    struct query query =
        query_cached(&record->db, SELECT_EXERCISE " AND json_extract(body, '$.exercise') = ?");
    query_bind_str(&query, id);
    struct record_exercise exercise;
    bool is_found;
    if (!read_one(&query, arena, &exercise, &is_found, reterr))
        return false;
    if (!is_found)
        return no_such_exercise(record, id, arena, reterr);
    *ret_exercise = exercise;
    return true;
}

bool record_exercise_last(struct record *record, struct arena *arena,
    struct record_exercise *ret_exercise, struct err *reterr)
{
    struct query query = query_cached(&record->db, SELECT_EXERCISE " ORDER BY seq DESC LIMIT 1");
    struct record_exercise exercise;
    bool is_found;
    if (!read_one(&query, arena, &exercise, &is_found, reterr))
        return false;
    if (!is_found)
        return err_set(
            reterr, ERR_USAGE, "%s holds no exercise yet; create one first", record->db.path);
    *ret_exercise = exercise;
    return true;
}

bool record_exercise_lock(struct record *record, struct str id, struct err *reterr)
{
    struct arena arena = {0};
    struct record_exercise exercise;
    bool is_good = record_exercise_find(record, id, &arena, &exercise, reterr) &&
                   lock_take(&record->locks, &record->db, exercise.id, reterr);
    arena_fini(&arena);
    return is_good;
}
