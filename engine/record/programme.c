/* The programme's stream.
 *
 * A table's own chain cannot show that its last events were cut off, for what is left is whole.
 * So each end is noted here, in another chain, within the same transaction. */
#include "record/programme.h"

#include "base/json_write.h"
#include "record/chain.h"

static const struct {
    enum event_kind kind;
    const char *note;
} notes[] = {
    {EVENT_ENDED, PROGRAMME_ENDED},
    {EVENT_SEALED, PROGRAMME_SEALED},
    {EVENT_STOPPED, PROGRAMME_ENDED},
};

struct str programme_note_kind(struct str event_name)
{
    for (size_t i = 0; i < sizeof(notes) / sizeof(notes[0]); i++) {
        if (str_is(event_name, event_kinds[notes[i].kind].name))
            return str_of(notes[i].note);
    }
    return STR("");
}

bool programme_add(
    struct record *record, struct str kind, struct str body, int64_t wall_ms, struct err *reterr)
{
    struct chain chain;
    if (!chain_load_programme(record, &chain, reterr))
        return false;
    chain_programme_line(chain.seq + 1, kind, body, &record->line);
    chain_add(&chain, STR(""), buf_str(&record->line), wall_ms);
    struct query insert = query_cached(&record->db,
        "INSERT INTO programme (seq, wall_ms, kind, body, hash) VALUES (?, ?, ?, ?, ?)");
    query_bind_int(&insert, chain.seq);
    query_bind_int(&insert, wall_ms);
    query_bind_str(&insert, kind);
    query_bind_str(&insert, body);
    query_bind_hash(&insert, &chain.head);
    return query_run(&insert, reterr);
}

bool programme_add_created(
    struct record *record, const struct record_exercise *exercise, struct err *reterr)
{
    char hex[HASH_HEX_BYTES + 1];
    struct buf body = {0};
    struct json_write json;
    json_write_init(&json, &body);
    json_write_object(&json);
    if (exercise->by_person)
        json_write_key_bool(&json, "by_person", true);
    json_write_key_str(&json, "content", hash_hex(&exercise->content, hex));
    json_write_key_str(&json, "exercise", exercise->id);
    if (exercise->manual_clock)
        json_write_key_bool(&json, "manual_clock", true);
    json_write_key_str(&json, "scenario", exercise->scenario);
    json_write_key_int(&json, "table", exercise->table);
    json_write_end(&json);
    bool is_good = programme_add(
        record, STR(PROGRAMME_CREATED), buf_str(&body), exercise->created_wall_ms, reterr);
    buf_fini(&body);
    return is_good;
}

bool programme_add_opened(struct record *record, struct str exercise,
    const struct record_table *table, struct err *reterr)
{
    struct buf body = {0};
    struct json_write json;
    json_write_init(&json, &body);
    json_write_object(&json);
    json_write_key_str(&json, "exercise", exercise);
    if (table->manual_clock)
        json_write_key_bool(&json, "manual_clock", true);
    json_write_key_int(&json, "table", table->table);
    json_write_end(&json);
    bool is_good =
        programme_add(record, STR(PROGRAMME_OPENED), buf_str(&body), table->opened_wall_ms, reterr);
    buf_fini(&body);
    return is_good;
}

static void write_head(struct json_write *json, int64_t table, const struct chain *chain)
{
    char hex[HASH_HEX_BYTES + 1];
    json_write_object(json);
    json_write_key_str(json, "head", hash_hex(&chain->head, hex));
    json_write_key_int(json, "seq", chain->seq);
    json_write_key_int(json, "table", table);
    json_write_end(json);
}

static bool write_deleted(struct record *record, const struct record_exercise *exercise,
    struct buf *body, struct err *reterr)
{
    struct json_write json;
    json_write_init(&json, body);
    json_write_object(&json);
    json_write_key_str(&json, "exercise", exercise->exercise);
    json_write_key(&json, STR("heads"));
    json_write_array(&json);
    for (size_t i = 0; i < exercise->table_count; i++) {
        struct chain chain;
        if (!chain_load(record, exercise->tables[i].table, &chain, reterr))
            return false;
        write_head(&json, exercise->tables[i].table, &chain);
    }
    json_write_end(&json);
    json_write_end(&json);
    return true;
}

bool programme_add_deleted(struct record *record, const struct record_exercise *exercise,
    int64_t wall_ms, struct err *reterr)
{
    struct buf body = {0};
    bool is_good = write_deleted(record, exercise, &body, reterr) &&
                   programme_add(record, STR(PROGRAMME_DELETED), buf_str(&body), wall_ms, reterr);
    buf_fini(&body);
    return is_good;
}

bool programme_add_head(struct record *record, struct str kind, const struct record_turn *turn,
    const struct chain *chain, struct err *reterr)
{
    struct buf body = {0};
    struct json_write json;
    json_write_init(&json, &body);
    write_head(&json, turn->table, chain);
    bool is_good = programme_add(record, kind, buf_str(&body), turn->wall_ms, reterr);
    buf_fini(&body);
    return is_good;
}
