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

static struct record_exercise read_row(struct query *query, struct arena *arena)
{
    struct record_exercise exercise = {
        .id = arena_str(arena, query_str(query, 0)),
        .table = query_int(query, 1),
        .scenario = arena_str(arena, query_str(query, 2)),
        .created_wall_ms = query_int(query, 3),
        .manual_clock = query_int(query, 4) != 0,
    };
    hash_from_hex(query_str(query, 5), &exercise.content);
    return exercise;
}

/* Table and number that a further exercise of the scenario gets. */
static bool find_next(struct record *record, struct str scenario, struct record_exercise *next,
    struct arena *arena, struct err *reterr)
{
    struct query query =
        query_cached(&record->db, "SELECT coalesce(max(json_extract(body, '$.table')), 0) + 1,"
                                  " coalesce(sum(json_extract(body, '$.scenario') = ?), 0) + 1"
                                  " FROM programme WHERE kind = '" PROGRAMME_CREATED "'");
    query_bind_str(&query, scenario);
    int64_t number = 1;
    if (query_next(&query)) {
        next->table = query_int(&query, 0);
        number = query_int(&query, 1);
    }
    next->id = arena_format(arena, "%.*s-%lld", STR_ARG(scenario), (long long)number);
    return query_end(&query, reterr);
}

/* The transaction stays open for the first turn to join. */
bool record_exercise_new(struct record *record, const struct record_made_of *made_of,
    struct arena *arena, struct record_exercise *ret_exercise, struct err *reterr)
{
    assert(str_is_id(made_of->scenario));
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
    *ret_exercise = exercise;
    return true;
}

bool record_exercise_list(struct record *record, struct arena *arena,
    struct record_exercise **ret_items, size_t *ret_count, struct err *reterr)
{
    struct record_exercise *items = NULL;
    size_t count = 0, capacity = 0;
    struct query query = query_cached(&record->db, SELECT_EXERCISE " ORDER BY seq");
    while (query_next(&query)) {
        items = arena_grow(arena, items, count, &capacity, sizeof(*items));
        items[count++] = read_row(&query, arena);
    }
    if (!query_end(&query, reterr))
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
    bool is_found = query_next(&query);
    struct record_exercise exercise = {0};
    if (is_found)
        exercise = read_row(&query, arena);
    if (!query_end(&query, reterr))
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
    bool is_found = query_next(&query);
    struct record_exercise exercise = {0};
    if (is_found)
        exercise = read_row(&query, arena);
    if (!query_end(&query, reterr))
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
                   lock_take(&record->locks, record->db.path, exercise.id, reterr);
    arena_fini(&arena);
    return is_good;
}
