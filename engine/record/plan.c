/* The plan as entries of the programme, and its words beside it.
 *
 * There is no table of items: it could say something else than the entries, and it would lose who
 * moved a date and when. A plan has tens of items, so that folding it each time costs nothing. */
#include "record/plan.h"

#include <string.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "record/plan_audit.h"
#include "record/programme.h"
#include "record/query.h"
#include "record/schema.h"

const struct record_plan_field_kind record_plan_fields[PLAN_FIELD_COUNT] = {
    [PLAN_ACTION] = {"action", true},
    [PLAN_CAPABILITY] = {"capability", false},
    [PLAN_CAUSE] = {"cause", false},
    [PLAN_DOCUMENT] = {"document", true},
    [PLAN_DUE] = {"due", false},
    [PLAN_ELEMENT] = {"element", false},
    [PLAN_EVIDENCE] = {"evidence", true},
    [PLAN_EXERCISE] = {"exercise", false},
    [PLAN_FINDING] = {"finding", false},
    [PLAN_ISSUE] = {"issue", true},
    [PLAN_MAJOR] = {"major", false},
    [PLAN_NOTE] = {"note", true},
    [PLAN_ORGANISATION] = {"organisation", true},
    [PLAN_OWNER] = {"owner", true},
    [PLAN_PACK] = {"pack", false},
    [PLAN_RULE] = {"rule", false},
    [PLAN_START] = {"start", false},
    [PLAN_STATUS] = {"status", false},
    [PLAN_TEAM] = {"team", false},
};

const char *const record_plan_status_names[PLAN_STATUS_COUNT] = {
    [PLAN_OPEN] = "open",
    [PLAN_IN_PROGRESS] = "in-progress",
    [PLAN_DONE] = "done",
    [PLAN_DROPPED] = "dropped",
};

enum { VALUE_BYTES = 2000, ITEM_LIMIT = 100000 };

/* ---- writing ---- */

static bool check_value(const struct record_plan_change *change, int field, struct err *reterr)
{
    struct str value = change->values[field];
    const char *name = record_plan_fields[field].name;
    if (value.len > VALUE_BYTES || !db_is_plain(value))
        return err_set(reterr, ERR_USAGE,
            "the %s must have at most %d bytes of UTF-8 on one line, without control signs", name,
            VALUE_BYTES);
    if (field == PLAN_OWNER && value.len > 0 && !str_is_id(value))
        return err_set(reterr, ERR_USAGE,
            "\"%.*s\" is no id of a person; use small letters, digits, - and _, and give the name "
            "beside it, so that it can be forgotten",
            STR_ARG(value));
    for (int i = 0; field == PLAN_STATUS && i < PLAN_STATUS_COUNT; i++)
        if (str_is(value, record_plan_status_names[i]))
            return true;
    return field != PLAN_STATUS ||
           err_set(reterr, ERR_USAGE, "\"%.*s\" is no status that can be set", STR_ARG(value));
}

/* The last item's number, which is their count. */
static bool count_items(struct record *record, int64_t *ret_count, struct err *reterr)
{
    struct query query = query_cached(
        &record->db, "SELECT body FROM programme WHERE kind = '" PROGRAMME_PLANNED "'");
    int64_t count = 0, item;
    while (query_next(&query))
        if (json_to_int(json_get(query_str(&query, 0), STR("item")), &item) && item > count)
            count = item;
    if (!query_end(&query, reterr))
        return false;
    *ret_count = count;
    return true;
}

struct word {
    uint8_t salt[RECORD_SALT_BYTES];
    char hex[HASH_HEX_BYTES + 1];
};

/* Each has a salt of its own: the salts of words that stay must not give away those that went. */
static struct str make_ref(
    const struct record_plan_change *change, int field, struct word *ret_word)
{
    struct str name = str_of(record_plan_fields[field].name);
    struct str of_salt[] = {{(const char *)change->salt, RECORD_SALT_BYTES}, name};
    struct hash salt = hash_of(of_salt, 2);
    memcpy(ret_word->salt, salt.bytes, RECORD_SALT_BYTES);
    struct str salted = {(const char *)ret_word->salt, RECORD_SALT_BYTES};
    return plan_audit_ref(salted, name, change->values[field], ret_word->hex);
}

static void write_body(const struct record_plan_change *change, int64_t item, struct buf *out)
{
    struct json_write json;
    struct word word;
    json_write_init(&json, out);
    json_write_object(&json);
    json_write_key_int(&json, "item", item);
    json_write_key(&json, STR("set"));
    json_write_object(&json);
    for (int i = 0; i < PLAN_FIELD_COUNT; i++) {
        bool is_ref = record_plan_fields[i].is_words && change->values[i].len > 0;
        if (change->is_set[i])
            json_write_key_str(&json, record_plan_fields[i].name,
                is_ref ? make_ref(change, i, &word) : change->values[i]);
    }
    json_write_end(&json);
    json_write_end(&json);
}

static bool keep_words(struct record *record, const struct record_plan_change *change, int field,
    int64_t entry, struct err *reterr)
{
    struct word word;
    struct str ref = make_ref(change, field, &word);
    struct query insert = query_cached(&record->db,
        "INSERT INTO plan_text (entry, field, ref, salt, body, person) VALUES (?, ?, ?, ?, ?, ?)");
    query_bind_int(&insert, entry);
    query_bind_str(&insert, str_of(record_plan_fields[field].name));
    query_bind_str(&insert, ref);
    query_bind_blob(&insert, (struct str){(const char *)word.salt, RECORD_SALT_BYTES});
    query_bind_str(&insert, change->values[field]);
    if (field == PLAN_OWNER)
        query_bind_str(&insert, change->values[field]);
    else
        query_bind_null(&insert);
    return query_run(&insert, reterr);
}

static bool add_entry(struct record *record, const struct record_plan_change *change, int64_t item,
    struct err *reterr)
{
    struct buf body = {0};
    int64_t entry = 0;
    write_body(change, item, &body);
    bool is_good =
        programme_add(record, STR(PROGRAMME_PLANNED), buf_str(&body), change->wall_ms, reterr) &&
        query_one_int(&record->db, "SELECT max(seq) FROM programme", &entry, reterr);
    buf_fini(&body);
    for (int i = 0; is_good && i < PLAN_FIELD_COUNT; i++)
        if (change->is_set[i] && record_plan_fields[i].is_words && change->values[i].len > 0)
            is_good = keep_words(record, change, i, entry, reterr);
    return is_good;
}

bool record_plan_change(struct record *record, const struct record_plan_change *change,
    int64_t *ret_item, struct err *reterr)
{
    int64_t count = 0;
    for (int i = 0; i < PLAN_FIELD_COUNT; i++)
        if (change->is_set[i] && !check_value(change, i, reterr))
            return false;
    if (!db_begin_write(&record->db, reterr))
        return false;
    bool is_good = count_items(record, &count, reterr);
    int64_t item = change->item == 0 ? count + 1 : change->item;
    if (is_good && (change->item < 0 || change->item > count || item > ITEM_LIMIT))
        is_good = err_set(reterr, ERR_USAGE,
            "the plan in %s has no item %lld; it has %lld, numbered from 1", record->db.path,
            (long long)item, (long long)count);
    is_good = is_good && add_entry(record, change, item, reterr) &&
              (change->owner_name.len == 0 || record_person_set(record, change->values[PLAN_OWNER],
                                                  change->owner_name, reterr));
    if (!db_finish(&record->db, is_good, reterr))
        return false;
    if (ret_item != NULL)
        *ret_item = item;
    return true;
}

/* ---- reading ---- */

struct reading {
    struct record *record;
    struct arena *arena;
    struct record_plan *plan;
};

static bool read_words(
    struct reading *reading, struct record_plan_change *change, int field, struct err *reterr)
{
    struct query query = query_cached(
        &reading->record->db, "SELECT body FROM plan_text WHERE entry = ? AND field = ?");
    query_bind_int(&query, change->entry);
    query_bind_str(&query, str_of(record_plan_fields[field].name));
    bool is_there = query_next(&query) && !query_is_null(&query, 0);
    change->values[field] = is_there ? arena_str(reading->arena, query_str(&query, 0)) : STR("");
    change->is_forgotten[field] = !is_there;
    return query_end(&query, reterr);
}

/* The file may come from anybody: what is no text counts as not set. */
static bool read_set(
    struct reading *reading, struct str set, struct record_plan_change *change, struct err *reterr)
{
    for (int i = 0; i < PLAN_FIELD_COUNT; i++) {
        struct str value = STR("");
        change->is_set[i] =
            json_to_str(json_get(set, str_of(record_plan_fields[i].name)), reading->arena, &value);
        if (!change->is_set[i])
            continue;
        if (record_plan_fields[i].is_words && value.len > 0) {
            if (!read_words(reading, change, i, reterr))
                return false;
        } else {
            change->values[i] = arena_str(reading->arena, value);
        }
    }
    return true;
}

static enum record_plan_status status_of(struct str name)
{
    int status = PLAN_STATUS_COUNT - 1;
    while (status > 0 && !str_is(name, record_plan_status_names[status]))
        status--;
    return (enum record_plan_status)status;
}

static void fold(
    struct record_plan *plan, struct arena *arena, const struct record_plan_change *change)
{
    if ((size_t)change->item == plan->item_count + 1) {
        plan->items = arena_grow(
            arena, plan->items, plan->item_count, &plan->item_capacity, sizeof(*plan->items));
        plan->items[plan->item_count++] =
            (struct record_plan_item){.id = change->item, .added_ms = change->wall_ms};
    }
    struct record_plan_item *item = &plan->items[change->item - 1];
    for (int i = 0; i < PLAN_FIELD_COUNT; i++) {
        if (!change->is_set[i])
            continue;
        item->values[i] = change->values[i];
        item->is_forgotten[i] = change->is_forgotten[i];
    }
    bool was_done = item->status == PLAN_DONE;
    item->status = status_of(item->values[PLAN_STATUS]);
    if (item->status != PLAN_DONE)
        item->done_entry = 0;
    else if (!was_done)
        item->done_entry = change->entry;
    item->changed_ms = change->wall_ms;
    item->change_count++;
}

static bool read_change(struct reading *reading, const struct query *row, struct err *reterr)
{
    struct record_plan *plan = reading->plan;
    struct str body = arena_str(reading->arena, query_str(row, 3));
    struct record_plan_change change = {.entry = query_int(row, 0), .wall_ms = query_int(row, 1)};
    if (!json_check(body, NULL) || !json_to_int(json_get(body, STR("item")), &change.item) ||
        change.item < 1 || (size_t)change.item > plan->item_count + 1 || change.item > ITEM_LIMIT)
        return db_damaged(&reading->record->db, reterr,
            "programme entry %lld is no change of the plan; restore it from a backup",
            (long long)change.entry);
    if (!read_set(reading, json_get(body, STR("set")), &change, reterr))
        return false;
    fold(plan, reading->arena, &change);
    plan->changes = arena_grow(reading->arena, plan->changes, plan->change_count,
        &plan->change_capacity, sizeof(*plan->changes));
    plan->changes[plan->change_count++] = change;
    return true;
}

static void read_exercise(struct reading *reading, const struct query *row)
{
    struct record_plan *plan = reading->plan;
    struct str body = arena_str(reading->arena, query_str(row, 3));
    struct record_plan_exercise exercise = {.entry = query_int(row, 0)};
    if (!json_check(body, NULL) ||
        !json_to_str(json_get(body, STR("exercise")), reading->arena, &exercise.id))
        return;
    plan->exercises = arena_grow(reading->arena, plan->exercises, plan->exercise_count,
        &plan->exercise_capacity, sizeof(*plan->exercises));
    plan->exercises[plan->exercise_count++] = exercise;
}

static bool read_all(struct reading *reading, struct err *reterr)
{
    struct query query = query_new(
        &reading->record->db, "SELECT seq, wall_ms, kind, body, hash FROM programme ORDER BY seq");
    bool is_good = true;
    while (is_good && query_next(&query)) {
        if (query_int(&query, 0) == 1)
            query_hash(&query, 4, &reading->plan->origin);
        if (str_is(query_str(&query, 2), PROGRAMME_PLANNED))
            is_good = read_change(reading, &query, reterr);
        else if (str_is(query_str(&query, 2), PROGRAMME_CREATED))
            read_exercise(reading, &query);
    }
    return query_end(&query, is_good ? reterr : NULL) && is_good;
}

bool record_plan_read(
    struct record *record, struct arena *arena, struct record_plan *ret_plan, struct err *reterr)
{
    struct record_plan plan = {0};
    struct reading reading = {record, arena, &plan};
    if (!db_begin_read(&record->db, reterr))
        return false;
    if (!db_finish(&record->db, read_all(&reading, reterr), reterr))
        return false;
    *ret_plan = plan;
    return true;
}
