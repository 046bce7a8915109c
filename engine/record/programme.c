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

static bool add(
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
    json_write_key_str(&json, "content", hash_hex(&exercise->content, hex));
    json_write_key_str(&json, "exercise", exercise->id);
    if (exercise->manual_clock)
        json_write_key_bool(&json, "manual_clock", true);
    json_write_key_str(&json, "scenario", exercise->scenario);
    json_write_key_int(&json, "table", exercise->table);
    json_write_end(&json);
    bool is_good =
        add(record, STR(PROGRAMME_CREATED), buf_str(&body), exercise->created_wall_ms, reterr);
    buf_fini(&body);
    return is_good;
}

bool programme_add_head(struct record *record, struct str kind, const struct record_turn *turn,
    const struct chain *chain, struct err *reterr)
{
    char hex[HASH_HEX_BYTES + 1];
    struct buf body = {0};
    struct json_write json;
    json_write_init(&json, &body);
    json_write_object(&json);
    json_write_key_str(&json, "head", hash_hex(&chain->head, hex));
    json_write_key_int(&json, "seq", chain->seq);
    json_write_key_int(&json, "table", turn->table);
    json_write_end(&json);
    bool is_good = add(record, kind, buf_str(&body), turn->wall_ms, reterr);
    buf_fini(&body);
    return is_good;
}
