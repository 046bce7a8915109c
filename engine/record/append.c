/* Adding a turn: the hot path of the record, and the only writer of inputs and events. */
#include "record/record.h"

#include <assert.h>

#include "base/json_read.h"
#include "base/limits.h"
#include "record/chain.h"
#include "record/programme.h"

struct hash record_input_digest(const struct input *input)
{
    /* A repeated input arrives later and gets no number of its own. */
    struct input timeless = *input;
    timeless.at_ms = 0;
    timeless.seq = 0;
    struct buf line = {0};
    input_write(&timeless, &line);
    struct hash digest = hash_of_bytes(buf_str(&line));
    buf_fini(&line);
    return digest;
}

static bool add_texts(struct record *record, const struct record_turn *turn,
    const struct record_input *item, struct err *reterr)
{
    assert(item->text_count == 0 || item->salt);
    for (size_t i = 0; i < item->text_count; i++) {
        const struct record_text *text = &item->texts[i];
        struct query insert = query_cached(&record->db,
            "INSERT INTO text (table_id, input_seq, field, ref, salt, body, person)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)");
        query_bind_int(&insert, turn->table);
        query_bind_int(&insert, item->input->seq);
        query_bind_str(&insert, text->field);
        query_bind_str(&insert, text->ref);
        query_bind_blob(&insert, (struct str){(const char *)item->salt, RECORD_SALT_BYTES});
        query_bind_str(&insert, text->body);
        if (text->person.len > 0)
            query_bind_str(&insert, text->person);
        else
            query_bind_null(&insert);
        if (!query_run(&insert, reterr))
            return false;
    }
    return true;
}

/* Leaves the input's line in record->input_line, for the chain. */
static bool add_input(struct record *record, const struct record_turn *turn,
    const struct record_input *item, struct err *reterr)
{
    const struct input *input = item->input;
    buf_clear(&record->input_line);
    input_write(input, &record->input_line);
    struct hash digest = record_input_digest(input);
    struct query insert = query_cached(&record->db,
        "INSERT INTO input (table_id, seq, at_ms, wall_ms, actor, client_id, kind, digest, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    query_bind_int(&insert, turn->table);
    query_bind_int(&insert, input->seq);
    query_bind_int(&insert, input->at_ms);
    query_bind_int(&insert, turn->wall_ms);
    query_bind_str(&insert, input->actor);
    query_bind_str(&insert, input->id);
    query_bind_str(&insert, str_of(input_kinds[input->kind].name));
    query_bind_hash(&insert, &digest);
    query_bind_str(&insert, buf_str(&record->input_line));
    return query_run(&insert, reterr) && add_texts(record, turn, item, reterr);
}

static bool insert_event(struct record *record, const struct record_turn *turn,
    const struct event *event, const struct hash *hash, struct err *reterr)
{
    struct query insert =
        query_cached(&record->db, "INSERT INTO event (table_id, " CHAIN_EVENT_COLUMNS ")"
                                  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    query_bind_int(&insert, turn->table);
    query_bind_int(&insert, event->seq);
    query_bind_int(&insert, event->at_ms);
    query_bind_int(&insert, event->observed_ms);
    query_bind_int(&insert, event->story_ms);
    query_bind_int(&insert, turn->wall_ms);
    query_bind_str(&insert, str_of(event_kinds[event->kind].name));
    query_bind_str(&insert, event->actor);
    query_bind_int(&insert, event->proxy);
    query_bind_int(&insert, event->cause);
    query_bind_int(&insert, event->input);
    query_bind_str(&insert, json_get(buf_str(&record->line), STR("body")));
    query_bind_hash(&insert, hash);
    return query_run(&insert, reterr);
}

static bool add_event(struct record *record, const struct record_turn *turn,
    const struct event *event, struct chain *chain, struct err *reterr)
{
    struct str input_line = STR("");
    if (event->input > chain->input) {
        chain->input = event->input;
        input_line = buf_str(&record->input_line);
    }
    buf_clear(&record->line);
    event_write(event, &record->line);
    chain_add(chain, input_line, buf_str(&record->line), turn->wall_ms);
    assert(chain->seq == event->seq);
    return insert_event(record, turn, event, &chain->head, reterr);
}

static bool keep_clock(struct record *record, const struct record_turn *turn, struct err *reterr)
{
    struct query upsert =
        query_cached(&record->db, "INSERT INTO clock (table_id, clock_ms, wall_ms) VALUES (?, ?, ?)"
                                  " ON CONFLICT (table_id) DO UPDATE"
                                  " SET clock_ms = excluded.clock_ms, wall_ms = excluded.wall_ms");
    query_bind_int(&upsert, turn->table);
    /* A table that was forgotten while it ran stays readable. */
    query_bind_int(
        &upsert, turn->clock_ms < LIMIT_EXERCISE_MS ? turn->clock_ms : LIMIT_EXERCISE_MS);
    query_bind_int(&upsert, turn->wall_ms);
    return query_run(&upsert, reterr);
}

/* A turn goes on where the table's chain ends. That it does not is no mistake of the program when
 * somebody else has added to the same table meanwhile. */
static bool check_place(struct record *record, const struct record_turn *turn,
    const struct chain *chain, struct err *reterr)
{
    bool events_fit = turn->event_count == 0 || turn->events[0].seq == chain->seq + 1;
    bool inputs_fit = turn->input_count == 0 || turn->inputs[0].input->seq == chain->input + 1;
    if (events_fit && inputs_fit)
        return true;
    return err_set(reterr, ERR_IO,
        "%s: another process plays this exercise: table %lld has come to event %lld and input "
        "%lld; nothing was kept of this attempt: end one of the two",
        record->db.path, (long long)turn->table, (long long)chain->seq, (long long)chain->input);
}

static bool note_ends(struct record *record, const struct record_turn *turn,
    const struct chain *chain, struct err *reterr)
{
    for (size_t i = 0; i < turn->event_count; i++) {
        struct str kind = programme_note_kind(str_of(event_kinds[turn->events[i].kind].name));
        if (kind.len > 0 && !programme_add_head(record, kind, turn, chain, reterr))
            return false;
    }
    return true;
}

static bool append_turn(struct record *record, const struct record_turn *turn, struct err *reterr)
{
    struct chain chain;
    if (!chain_load(record, turn->table, &chain, reterr) ||
        !check_place(record, turn, &chain, reterr))
        return false;
    size_t input_count = 0;
    for (size_t i = 0; i < turn->event_count; i++) {
        const struct event *event = &turn->events[i];
        if (event->input > chain.input) {
            /* Every input leads to an event, at least a refusal, and in its own turn. */
            assert(input_count < turn->input_count);
            const struct record_input *item = &turn->inputs[input_count++];
            assert(item->input->seq == event->input && event->input == chain.input + 1);
            if (!add_input(record, turn, item, reterr))
                return false;
        }
        if (!add_event(record, turn, event, &chain, reterr))
            return false;
    }
    assert(input_count == turn->input_count);
    return note_ends(record, turn, &chain, reterr) && keep_clock(record, turn, reterr);
}

bool record_append(
    struct record *record, const struct record_turn *turns, size_t turn_count, struct err *reterr)
{
    /* A new exercise has left its transaction open for this, its first turn. */
    bool is_open = db_is_open(&record->db);
    assert(is_open == (record->new_table != 0));
    assert(!is_open || (turn_count > 0 && turns[0].table == record->new_table));
    record->new_table = 0;
    if (!is_open && !db_begin_write(&record->db, reterr))
        return false;
    bool is_good = true;
    for (size_t i = 0; is_good && i < turn_count; i++)
        is_good = append_turn(record, &turns[i], reterr);
    return db_finish(&record->db, is_good, reterr);
}
