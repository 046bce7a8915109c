/* Exercises and their tables: found, listed, made. The programme's stream is the only list of them.
 */
#include "record/exercise.h"

#include <assert.h>

#include "record/catalogue.h"
#include "record/content.h"
#include "record/lock.h"
#include "record/programme.h"

/* ---- making ---- */

/* Table and id that a further exercise of the scenario gets. Numbers are not used again, not even
 * those of deleted exercises: what was printed with an id stays about that one. */
static bool find_next(
    struct record *record, struct record_exercise *next, struct arena *arena, struct err *reterr)
{
    struct catalogue catalogue;
    if (!catalogue_load(record, arena, &catalogue, reterr))
        return false;
    int64_t number = 0;
    for (size_t i = 0; i < catalogue.count; i++) {
        const struct catalogue_item *item = &catalogue.items[i];
        if (str_eq(item->exercise.scenario, next->scenario) && item->number > number)
            number = item->number;
    }
    if (catalogue.highest_table >= CATALOGUE_LAST_TABLE || number == INT64_MAX)
        return db_damaged(&record->db, reterr,
            "its highest table is %lld, which leaves no number for another; use a new file",
            (long long)catalogue.highest_table);
    next->table = catalogue.highest_table + 1;
    next->id = next->exercise =
        arena_format(arena, "%.*s-%lld", STR_ARG(next->scenario), (long long)number + 1);
    return true;
}

/* Sees the exercise from one of its tables. */
static void look_from(struct record_exercise *exercise, size_t place)
{
    const struct record_table *table = &exercise->tables[place];
    exercise->id = table->id;
    exercise->table = table->table;
    exercise->manual_clock = table->manual_clock;
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
        .by_person = made_of->by_person,
    };
    if (!db_begin_write(&record->db, reterr))
        return false;
    bool is_good =
        find_next(record, &exercise, arena, reterr) &&
        content_pin(record, exercise.exercise, made_of->files, made_of->file_count, reterr) &&
        content_hash(record, exercise.exercise, arena, &exercise.content, reterr) &&
        programme_add_created(record, &exercise, reterr) &&
        record_exercise_find(record, exercise.exercise, arena, &exercise, reterr);
    if (!is_good)
        return db_finish(&record->db, false, reterr);
    record->new_table = exercise.table;
    *ret_exercise = exercise;
    return true;
}

/* Tables of one exercise are compared with each other, so they play the same. */
static bool check_same(struct record *record, const struct record_exercise *exercise,
    const struct record_made_of *made_of, struct err *reterr)
{
    if (made_of->scenario.len > 0 && !str_eq(made_of->scenario, exercise->scenario))
        return err_set(reterr, ERR_USAGE,
            "exercise %.*s plays %.*s and not %.*s; create an exercise of its own for that",
            STR_ARG(exercise->exercise), STR_ARG(exercise->scenario), STR_ARG(made_of->scenario));
    return made_of->file_count == 0 ||
           content_compare(record, exercise->exercise, made_of->files, made_of->file_count, reterr);
}

static bool open_table(struct record *record, const struct record_made_of *made_of,
    struct arena *arena, struct record_exercise *ret_exercise, struct err *reterr)
{
    struct catalogue catalogue;
    struct record_exercise exercise;
    struct str id;
    int64_t place;
    if (!catalogue_split(made_of->exercise, &id, &place))
        id = made_of->exercise; /* which is then not found, by its whole name */
    if (!record_exercise_find(record, id, arena, &exercise, reterr) ||
        !check_same(record, &exercise, made_of, reterr) ||
        !catalogue_load(record, arena, &catalogue, reterr))
        return false;
    if (catalogue.highest_table >= CATALOGUE_LAST_TABLE)
        return db_damaged(&record->db, reterr,
            "its highest table is %lld, which leaves no number for another; use a new file",
            (long long)catalogue.highest_table);
    struct record_table table = {.table = catalogue.highest_table + 1,
        .manual_clock = made_of->manual_clock,
        .opened_wall_ms = made_of->wall_ms};
    if (!programme_add_opened(record, exercise.exercise, &table, reterr) ||
        !record_exercise_find(record, exercise.exercise, arena, &exercise, reterr))
        return false;
    look_from(&exercise, exercise.table_count - 1);
    *ret_exercise = exercise;
    return true;
}

bool record_table_new(struct record *record, const struct record_made_of *made_of,
    struct arena *arena, struct record_exercise *ret_exercise, struct err *reterr)
{
    assert(record->new_table == 0);
    struct record_exercise exercise;
    if (!db_begin_write(&record->db, reterr))
        return false;
    if (!open_table(record, made_of, arena, &exercise, reterr))
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

/* ---- finding ---- */

bool record_exercise_list(struct record *record, struct arena *arena,
    struct record_exercise **ret_items, size_t *ret_count, struct err *reterr)
{
    struct catalogue catalogue;
    if (!catalogue_load(record, arena, &catalogue, reterr))
        return false;
    struct record_exercise *items = ARENA_ARRAY(arena, catalogue.count, struct record_exercise);
    size_t count = 0;
    for (size_t i = 0; i < catalogue.count; i++) {
        if (catalogue.items[i].deleted_seq == 0)
            items[count++] = catalogue.items[i].exercise;
    }
    *ret_items = items;
    *ret_count = count;
    return true;
}

static bool holds_none(const struct record *record, struct err *reterr)
{
    return err_set(
        reterr, ERR_USAGE, "%s holds no exercise yet; create one first", record->db.path);
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
        return holds_none(record, reterr);
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
    struct catalogue catalogue;
    struct str name;
    int64_t place;
    if (!catalogue_load(record, arena, &catalogue, reterr))
        return false;
    const struct catalogue_item *item =
        catalogue_split(id, &name, &place) ? catalogue_find(&catalogue, name) : NULL;
    if (item == NULL)
        return no_such_exercise(record, id, arena, reterr);
    if (item->deleted_seq != 0)
        return err_set(reterr, ERR_USAGE,
            "%s: exercise %.*s was deleted (entry %lld of the programme); only a backup from "
            "before still holds it",
            record->db.path, STR_ARG(name), (long long)item->deleted_seq);
    if ((size_t)place > item->exercise.table_count)
        return err_set(reterr, ERR_USAGE, "%s: exercise %.*s has no table %lld; its last is %.*s",
            record->db.path, STR_ARG(name), (long long)place,
            STR_ARG(item->exercise.tables[item->exercise.table_count - 1].id));
    struct record_exercise exercise = item->exercise;
    look_from(&exercise, (size_t)place - 1);
    *ret_exercise = exercise;
    return true;
}

bool record_exercise_last(struct record *record, struct arena *arena,
    struct record_exercise *ret_exercise, struct err *reterr)
{
    struct record_exercise *items;
    size_t count;
    if (!record_exercise_list(record, arena, &items, &count, reterr))
        return false;
    if (count == 0)
        return holds_none(record, reterr);
    *ret_exercise = items[count - 1];
    return true;
}

/* SQLite keeps 2 MB of pages in memory, which is enough for the ends of a few tables' trees and
 * indexes; at hundreds every input would read them anew. What is not needed is not taken. */
static bool make_room(struct record *record, struct err *reterr)
{
    enum { PAGES_KIB = 2000, PAGES_PER_TABLE_KIB = 64 };
    struct buf sql = {0};
    buf_format(&sql, "PRAGMA cache_size=-%zu",
        PAGES_KIB + PAGES_PER_TABLE_KIB * lock_count(record->locks));
    buf_add_char(&sql, '\0');
    bool is_good = db_exec(&record->db, sql.ptr, reterr);
    buf_fini(&sql);
    return is_good;
}

bool record_exercise_lock(struct record *record, struct str id, struct err *reterr)
{
    struct arena arena = {0};
    struct record_exercise exercise;
    bool is_good = record_exercise_find(record, id, &arena, &exercise, reterr) &&
                   lock_take(&record->locks, &record->db, exercise.id, reterr) &&
                   make_room(record, reterr);
    arena_fini(&arena);
    return is_good;
}

void record_exercise_unlock(struct record *record, struct str id)
{
    lock_release(&record->locks, &record->db, id);
}
