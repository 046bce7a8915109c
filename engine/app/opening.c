/* Opening tables.
 *
 * An exercise that cannot be taken up is an error, never a reason to begin another one: a new one
 * beside it would split the room. */
#include "app/opening.h"

#include <string.h>

#include "app/disk.h"

static void add(struct opening_tables *tables, struct table *table)
{
    tables->items = arena_grow(
        &tables->arena, tables->items, tables->count, &tables->capacity, sizeof(*tables->items));
    tables->items[tables->count++] = table;
}

void opening_close(struct opening_tables *tables)
{
    for (size_t i = 0; i < tables->count; i++)
        table_free(tables->items[i]);
    arena_fini(&tables->arena);
    *tables = (struct opening_tables){0};
}

/* ---- new ones ---- */

static bool make_one(struct record *record, const struct table_options *options,
    struct opening_tables *tables, struct err *reterr)
{
    struct problems problems = {0};
    struct table *table;
    bool ok = table_create(record, options, &problems, &table, reterr);
    problems_fini(&problems);
    if (ok)
        add(tables, table);
    return ok;
}

/* "phone-tree-1/2" → "phone-tree-1", with a zero behind it. */
static const char *exercise_of(const struct table *table, struct arena *arena)
{
    struct str id = table_exercise(table), exercise, place;
    if (!str_cut(id, '/', &exercise, &place))
        exercise = id;
    return arena_format(arena, "%.*s", STR_ARG(exercise)).ptr;
}

bool opening_new(struct record *record, const struct opening *opening,
    struct opening_tables *tables, struct err *reterr)
{
    struct arena arena = {0};
    struct bundle bundle;
    struct table_options options = {.bundle = opening->scenario != NULL ? &bundle : NULL,
        .exercise = opening->exercise,
        .mode = opening->mode,
        .difficulty = opening->difficulty,
        .seed = opening->seed,
        .manual_clock = opening->manual_clock,
        .by_person = opening->by_person};
    struct disk_source source = {.scenario = opening->scenario,
        .overlay = opening->overlay,
        .home = opening->home,
        .organisation = opening->organisation};
    bool ok = (opening->scenario == NULL || disk_bundle_from(&source, &arena, &bundle, reterr)) &&
              make_one(record, &options, tables, reterr);
    if (ok) {
        options.beside = tables->items[tables->count - 1];
        options.exercise = exercise_of(options.beside, &arena);
        options.bundle = NULL;
    }
    for (int64_t i = 1; ok && i < opening->table_count; i++)
        ok = make_one(record, &options, tables, reterr);
    arena_fini(&arena);
    return ok;
}

/* ---- those that go on ---- */

/* The claim comes first: what another process is still writing is not read back. */
static bool take_up(
    struct record *record, struct str id, struct opening_tables *tables, struct err *reterr)
{
    struct table *table, *beside = tables->count > 0 ? tables->items[tables->count - 1] : NULL;
    if (!record_exercise_lock(record, id, reterr) ||
        !table_resume_beside(record, id, beside, &table, reterr))
        return false;
    add(tables, table);
    return true;
}

static bool may_go_on(const struct record_table *table, bool manual_clock)
{
    return !table->has_ended && (!table->manual_clock || manual_clock);
}

static bool any_goes_on(const struct record_exercise *exercise, bool manual_clock)
{
    for (size_t i = 0; i < exercise->table_count; i++)
        if (may_go_on(&exercise->tables[i], manual_clock))
            return true;
    return false;
}

/* People talk on at a table that has ended, and somebody rates: while the others go on, or when all
 * are asked for, it stays open. */
bool opening_take_up(struct record *record, struct str id, bool manual_clock,
    struct opening_tables *tables, struct err *reterr)
{
    struct arena arena = {0};
    struct record_exercise exercise;
    struct str whole, place;
    bool ok = record_exercise_find(record, id, &arena, &exercise, reterr);
    bool is_one = ok && str_cut(id, '/', &whole, &place);
    bool any = ok && any_goes_on(&exercise, manual_clock);
    if (is_one)
        ok = take_up(record, id, tables, reterr);
    for (size_t i = 0; ok && !is_one && i < exercise.table_count; i++)
        if (!any || !exercise.tables[i].manual_clock || manual_clock)
            ok = take_up(record, exercise.tables[i].id, tables, reterr);
    arena_fini(&arena);
    return ok;
}

/* "scenarios/phone-tree/" → "phone-tree" */
static struct str base_name(const char *path)
{
    struct str rest = str_of(path);
    while (rest.len > 0 && rest.ptr[rest.len - 1] == '/')
        rest.len--;
    for (size_t i = rest.len; i > 0; i--)
        if (rest.ptr[i - 1] == '/')
            return str_after(rest, i);
    return rest;
}

bool opening_find(struct record *record, const struct opening *opening, struct arena *arena,
    struct str *ret_id, struct err *reterr)
{
    struct record_exercise *items;
    size_t count;
    struct str scenario = base_name(opening->scenario);
    *ret_id = (struct str){0};
    if (!record_exercise_list(record, arena, &items, &count, reterr))
        return false;
    while (count > 0 && !str_eq(items[count - 1].scenario, scenario))
        count--;
    if (count > 0 && any_goes_on(&items[count - 1], opening->manual_clock))
        *ret_id = items[count - 1].exercise;
    return true;
}
