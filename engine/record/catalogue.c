/* The programme's stream folded to a list.
 *
 * In C rather than SQL, although SQL could: five kinds of entries would mean five statements that
 * must agree, and the engine trusts no view of the file's to say it for them. */
#include "record/catalogue.h"

#include "base/json_read.h"
#include "record/programme.h"
#include "record/query.h"

/* One entry of the stream, being folded. */
struct entry {
    struct db *db;
    struct arena *arena;
    int64_t seq, wall_ms;
    struct str body;
};

typedef bool fold(struct catalogue *catalogue, const struct entry *entry, struct err *reterr);

bool catalogue_split(struct str id, struct str *ret_exercise, int64_t *ret_place)
{
    struct str exercise, rest;
    int64_t place = 1;
    if (!str_cut(id, '/', &exercise, &rest))
        exercise = id;
    else if (!str_to_int64(rest, &place) || place < 1)
        return false;
    *ret_exercise = exercise;
    *ret_place = place;
    return true;
}

static struct catalogue_item *find(const struct catalogue *catalogue, struct str id)
{
    for (size_t i = catalogue->count; i-- > 0;) {
        if (str_eq(catalogue->items[i].exercise.exercise, id))
            return &catalogue->items[i];
    }
    return NULL;
}

const struct catalogue_item *catalogue_find(const struct catalogue *catalogue, struct str id)
{
    return find(catalogue, id);
}

/* Its place within the exercise in ret_place. */
static struct catalogue_item *find_table(
    const struct catalogue *catalogue, int64_t table, size_t *ret_place)
{
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct record_exercise *exercise = &catalogue->items[i].exercise;
        for (size_t j = 0; j < exercise->table_count; j++) {
            if (exercise->tables[j].table != table)
                continue;
            *ret_place = j;
            return &catalogue->items[i];
        }
    }
    return NULL;
}

const struct catalogue_item *catalogue_of_table(const struct catalogue *catalogue, int64_t table)
{
    size_t place;
    return find_table(catalogue, table, &place);
}

/* ---- folding ---- */

static struct str get_str(const struct entry *entry, const char *key)
{
    struct str value = STR("");
    json_to_str(json_get(entry->body, str_of(key)), entry->arena, &value);
    return arena_str(entry->arena, value);
}

/* The scenario's id, a hyphen and a number: it becomes the name of a file beside the record. */
static bool number_of(struct str id, struct str scenario, int64_t *ret_number)
{
    if (!str_is_id(scenario) || !str_starts_with(id, scenario))
        return false;
    struct str rest = str_after(id, scenario.len);
    return str_starts_with(rest, STR("-")) && str_to_int64(str_after(rest, 1), ret_number) &&
           *ret_number > 0;
}

static bool add_table(struct catalogue *catalogue, struct catalogue_item *item,
    const struct entry *entry, struct err *reterr)
{
    struct record_exercise *exercise = &item->exercise;
    struct record_table table = {.opened_wall_ms = entry->wall_ms};
    json_to_int(json_get(entry->body, STR("table")), &table.table);
    json_to_bool(json_get(entry->body, STR("manual_clock")), &table.manual_clock);
    if (table.table < 1 || table.table > CATALOGUE_LAST_TABLE)
        return db_damaged(entry->db, reterr,
            "exercise %.*s has the table %lld, which cannot be; the programme was changed: restore "
            "it from a backup",
            STR_ARG(exercise->exercise), (long long)table.table);
    if (catalogue_of_table(catalogue, table.table) != NULL)
        return db_damaged(entry->db, reterr,
            "the programme has created table %lld more than once; it was changed: restore it from "
            "a backup",
            (long long)table.table);
    table.id = exercise->table_count == 0
                   ? exercise->exercise
                   : arena_format(entry->arena, "%.*s/%zu", STR_ARG(exercise->exercise),
                         exercise->table_count + 1);
    struct record_table *tables = (struct record_table *)(uintptr_t)exercise->tables;
    tables = arena_grow(
        entry->arena, tables, exercise->table_count, &item->table_capacity, sizeof(*tables));
    tables[exercise->table_count++] = table;
    exercise->tables = tables;
    if (table.table > catalogue->highest_table)
        catalogue->highest_table = table.table;
    return true;
}

static bool fold_created(struct catalogue *catalogue, const struct entry *entry, struct err *reterr)
{
    struct catalogue_item item = {.exercise = {
                                      .exercise = get_str(entry, "exercise"),
                                      .scenario = get_str(entry, "scenario"),
                                      .created_wall_ms = entry->wall_ms,
                                      .entry = entry->seq,
                                  }};
    struct record_exercise *exercise = &item.exercise;
    hash_from_hex(get_str(entry, "content"), &exercise->content);
    json_to_bool(json_get(entry->body, STR("by_person")), &exercise->by_person);
    if (!number_of(exercise->exercise, exercise->scenario, &item.number))
        return db_damaged(entry->db, reterr,
            "\"%.*s\" cannot be an exercise of \"%.*s\"; the programme was changed: restore it "
            "from a backup",
            STR_ARG(exercise->exercise), STR_ARG(exercise->scenario));
    if (!add_table(catalogue, &item, entry, reterr))
        return false;
    exercise->id = exercise->exercise;
    exercise->table = exercise->tables[0].table;
    exercise->manual_clock = exercise->tables[0].manual_clock;
    catalogue->items = arena_grow(entry->arena, catalogue->items, catalogue->count,
        &catalogue->capacity, sizeof(*catalogue->items));
    catalogue->items[catalogue->count++] = item;
    return true;
}

/* The exercise that an entry is about must be there. */
static bool find_named(const struct catalogue *catalogue, const struct entry *entry,
    struct catalogue_item **ret_item, struct err *reterr)
{
    struct str id = get_str(entry, "exercise");
    struct catalogue_item *item = find(catalogue, id);
    if (item == NULL || item->deleted_seq != 0)
        return db_damaged(entry->db, reterr,
            "entry %lld of the programme is about exercise \"%.*s\", which is not there; the "
            "programme was changed: restore it from a backup",
            (long long)entry->seq, STR_ARG(id));
    *ret_item = item;
    return true;
}

static bool fold_opened(struct catalogue *catalogue, const struct entry *entry, struct err *reterr)
{
    struct catalogue_item *item;
    return find_named(catalogue, entry, &item, reterr) && add_table(catalogue, item, entry, reterr);
}

static bool fold_deleted(struct catalogue *catalogue, const struct entry *entry, struct err *reterr)
{
    struct catalogue_item *item;
    if (!find_named(catalogue, entry, &item, reterr))
        return false;
    item->deleted_seq = entry->seq;
    return true;
}

static bool fold_ended(struct catalogue *catalogue, const struct entry *entry, struct err *reterr)
{
    (void)reterr;
    int64_t table = 0;
    size_t place;
    json_to_int(json_get(entry->body, STR("table")), &table);
    struct catalogue_item *item = find_table(catalogue, table, &place);
    if (item != NULL)
        ((struct record_table *)(uintptr_t)item->exercise.tables)[place].has_ended = true;
    return true; /* a note about no table is record_verify's to find */
}

/* Other kinds tell nothing about which exercises there are. */
static const struct {
    const char *kind;
    fold *fold;
} folds[] = {
    {PROGRAMME_CREATED, fold_created},
    {PROGRAMME_OPENED, fold_opened},
    {PROGRAMME_ENDED, fold_ended},
    {PROGRAMME_DELETED, fold_deleted},
};

static bool fold_row(
    struct catalogue *catalogue, struct query *row, struct arena *arena, struct err *reterr)
{
    struct entry entry = {
        .db = row->db,
        .arena = arena,
        .seq = query_int(row, 0),
        .wall_ms = query_int(row, 1),
        .body = query_str(row, 3),
    };
    struct err inner;
    if (!json_check(entry.body, &inner))
        return db_damaged(row->db, reterr,
            "entry %lld of the programme is not well formed (%s); restore it from a backup",
            (long long)entry.seq, inner.message);
    for (size_t i = 0; i < sizeof(folds) / sizeof(folds[0]); i++) {
        if (str_is(query_str(row, 2), folds[i].kind))
            return folds[i].fold(catalogue, &entry, reterr);
    }
    return true;
}

bool catalogue_load(
    struct record *record, struct arena *arena, struct catalogue *ret_catalogue, struct err *reterr)
{
    struct catalogue catalogue = {0};
    struct query query =
        query_cached(&record->db, "SELECT seq, wall_ms, kind, body FROM programme ORDER BY seq");
    bool is_good = true;
    while (is_good && query_next(&query))
        is_good = fold_row(&catalogue, &query, arena, reterr);
    if (!query_end(&query, is_good ? reterr : NULL) || !is_good)
        return false;
    *ret_catalogue = catalogue;
    return true;
}
