/* That somebody was forgotten. Events keep ids for ever, or their chains would break, so it takes a
 * note that results are not to be told of this id any more. The note holds an alias and no date:
 * whoever has a list of ids can find out whose it is, and could from the events as well. */
#include "record/programme.h"

#include "base/json_read.h"
#include "base/json_write.h"
#include "record/handle.h"
#include "record/query.h"
#include "record/remains.h"

struct hash record_alias(const struct hash *origin, struct str person)
{
    const struct str parts[] = {STR("alias"), {(const char *)origin->bytes, HASH_BYTES}, person};
    return hash_of(parts, 3);
}

static bool take_row(struct query *query, struct arena *arena, struct record_forgotten *forgotten)
{
    int64_t entry = query_int(query, 0);
    struct str hex;
    struct record_forgotten_person person = {.entry = entry};
    if (entry == 1)
        query_hash(query, 3, &forgotten->origin);
    if (!str_is(query_str(query, 1), PROGRAMME_FORGOTTEN))
        return true;
    if (!json_to_str(json_get(query_str(query, 2), STR("alias")), arena, &hex) ||
        !hash_from_hex(hex, &person.alias))
        return false;
    forgotten->items = arena_grow(
        arena, forgotten->items, forgotten->count, &forgotten->capacity, sizeof(*forgotten->items));
    forgotten->items[forgotten->count++] = person;
    return true;
}

bool record_forgotten_read(struct record *record, struct arena *arena,
    struct record_forgotten *ret_forgotten, struct err *reterr)
{
    struct record_forgotten forgotten = {0};
    bool is_good = true;
    struct query query = query_cached(&record->db,
        "SELECT seq, kind, body, hash FROM programme WHERE seq = 1 OR kind = ? ORDER BY seq");
    query_bind_str(&query, STR(PROGRAMME_FORGOTTEN));
    while (query_next(&query))
        is_good = take_row(&query, arena, &forgotten) && is_good;
    if (!query_end(&query, reterr))
        return false;
    if (!is_good)
        return db_damaged(&record->db, reterr,
            "its programme says that somebody was forgotten, and not who; it was changed: restore "
            "it from a backup");
    *ret_forgotten = forgotten;
    return true;
}

bool record_forgotten_has(
    const struct record_forgotten *forgotten, struct str person, int64_t exercise_entry)
{
    struct hash alias = record_alias(&forgotten->origin, person);
    for (size_t i = 0; i < forgotten->count; i++)
        if (forgotten->items[i].entry > exercise_entry &&
            hash_eq(&forgotten->items[i].alias, &alias))
            return true;
    return false;
}

bool record_forgotten_add(struct record *record, struct str person, struct err *reterr)
{
    char hex[HASH_HEX_BYTES + 1];
    struct arena arena = {0};
    struct record_forgotten forgotten;
    struct buf body = {0};
    static const struct hash none = {0};
    struct json_write json;
    bool is_good = record_forgotten_read(record, &arena, &forgotten, reterr);
    if (is_good && !hash_eq(&forgotten.origin, &none)) {
        struct hash alias = record_alias(&forgotten.origin, person);
        json_write_init(&json, &body);
        json_write_object(&json);
        json_write_key_str(&json, "alias", hash_hex(&alias, hex));
        json_write_end(&json);
        is_good = programme_add(record, STR(PROGRAMME_FORGOTTEN), buf_str(&body), 0, reterr);
    }
    buf_fini(&body);
    arena_fini(&arena);
    return is_good;
}
