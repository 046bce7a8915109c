/* Verifying: everything that the record says about a table is computed again and compared.
 *
 * One snapshot, three passes: the programme's stream (which also says where the table must have
 * come to), the table's events beside its inputs, and what stands apart: texts and pinned files.
 * Before them SQLite compares its indexes with its tables, because lookups believe the indexes.
 * Nothing is repaired; the first difference is named, because all later ones follow from it. */
#include "record/record.h"

#include <assert.h>

#include "base/json_read.h"
#include "record/audit.h"
#include "record/chain.h"
#include "record/content.h"
#include "record/programme.h"

/* A head that the programme says the table once had. */
struct noted {
    struct str kind;
    int64_t seq;
    struct hash head;
    bool is_met;
};

/* The last event that must be covered by a note of this kind. */
struct note_need {
    struct str kind;
    int64_t seq; /* 0: none */
};

struct verify {
    struct record *record;
    int64_t table;
    struct query events, inputs;
    struct arena arena; /* what the programme said */
    struct arena row;   /* one input */
    struct str exercise;
    struct str id; /* what people call the table */
    struct hash content;
    struct noted *noted;
    size_t noted_count, noted_capacity;
    bool has_expected, is_expected_met;
    struct hash expected;
    struct note_need needs[PROGRAMME_NOTE_KINDS];
};

static int64_t get_int(struct str body, const char *key)
{
    int64_t value = 0;
    json_to_int(json_get(body, str_of(key)), &value);
    return value;
}

static struct str get_str(struct verify *verify, struct str body, const char *key)
{
    struct str value = STR("");
    json_to_str(json_get(body, str_of(key)), &verify->arena, &value);
    return arena_str(&verify->arena, value);
}

/* ---- the programme ---- */

/* What says a head says so of this table. */
static void take_note(void *self, struct str kind, struct str body)
{
    struct verify *verify = self;
    struct hash hash;
    if (get_int(body, "table") != verify->table ||
        !hash_from_hex(get_str(verify, body, "head"), &hash))
        return;
    verify->noted = arena_grow(&verify->arena, verify->noted, verify->noted_count,
        &verify->noted_capacity, sizeof(*verify->noted));
    verify->noted[verify->noted_count++] = (struct noted){
        .kind = arena_str(&verify->arena, kind), .seq = get_int(body, "seq"), .head = hash};
}

static bool find_exercise(struct verify *verify, struct err *reterr)
{
    struct db *db = &verify->record->db;
    struct catalogue catalogue;
    if (!catalogue_load(verify->record, &verify->arena, &catalogue, reterr))
        return false;
    const struct catalogue_item *item = catalogue_of_table(&catalogue, verify->table);
    if (item == NULL)
        return db_damaged(db, reterr, "the programme knows no exercise with table %lld",
            (long long)verify->table);
    if (item->deleted_seq != 0)
        return db_damaged(db, reterr,
            "exercise %.*s was deleted (entry %lld of the programme): there is no table %lld to "
            "verify",
            STR_ARG(item->exercise.exercise), (long long)item->deleted_seq,
            (long long)verify->table);
    for (size_t i = 0; i < item->exercise.table_count; i++)
        if (item->exercise.tables[i].table == verify->table)
            verify->id = item->exercise.tables[i].id;
    verify->exercise = item->exercise.exercise;
    verify->content = item->exercise.content;
    return true;
}

static bool check_programme(struct verify *verify, struct err *reterr)
{
    return audit_programme(verify->record, take_note, verify, reterr) &&
           find_exercise(verify, reterr);
}

/* ---- the table ---- */

enum { IN_SEQ, IN_AT_MS, IN_WALL_MS, IN_ACTOR, IN_CLIENT_ID, IN_KIND, IN_DIGEST, IN_BODY };

/* The columns beside the line are for finding; the line is what the chain holds. */
static bool input_columns_agree(const struct query *row, const struct input *input)
{
    struct hash kept, found = record_input_digest(input);
    return query_int(row, IN_SEQ) == input->seq && query_int(row, IN_AT_MS) == input->at_ms &&
           str_eq(query_str(row, IN_ACTOR), input->actor) &&
           str_eq(query_str(row, IN_CLIENT_ID), input->id) &&
           str_is(query_str(row, IN_KIND), input_kinds[input->kind].name) &&
           query_hash(row, IN_DIGEST, &kept) && hash_eq(&kept, &found);
}

/* Steps to the input that an event is the first of, and gives its line. */
static bool check_input(
    struct verify *verify, int64_t seq, int64_t wall_ms, struct str *ret_line, struct err *reterr)
{
    struct db *db = &verify->record->db;
    struct query *inputs = &verify->inputs;
    if (!query_next(inputs) || query_int(inputs, IN_SEQ) != seq)
        return db_damaged(
            db, reterr, "%.*s: input %lld is missing", STR_ARG(verify->id), (long long)seq);
    struct str line = query_str(inputs, IN_BODY);
    struct input input;
    struct err inner;
    arena_reset(&verify->row);
    bool is_whole = json_check(line, &inner) && input_read(line, &verify->row, &input, &inner);
    if (!is_whole)
        return db_damaged(db, reterr, "%.*s: input %lld was changed: %s", STR_ARG(verify->id),
            (long long)seq, inner.message);
    if (!input_columns_agree(inputs, &input) || query_int(inputs, IN_WALL_MS) != wall_ms)
        return db_damaged(db, reterr,
            "%.*s: input %lld was changed: its columns do not agree with its line",
            STR_ARG(verify->id), (long long)seq);
    *ret_line = line;
    return true;
}

/* Heads that must appear here: those of the programme, and the one that was asked for. */
static bool check_heads(struct verify *verify, const struct chain *chain, struct err *reterr)
{
    if (verify->has_expected && hash_eq(&verify->expected, &chain->head))
        verify->is_expected_met = true;
    for (size_t i = 0; i < verify->noted_count; i++) {
        struct noted *noted = &verify->noted[i];
        if (noted->seq != chain->seq)
            continue;
        noted->is_met = hash_eq(&noted->head, &chain->head);
        if (!noted->is_met)
            return db_damaged(&verify->record->db, reterr,
                "%.*s: event %lld does not have the hash that the programme noted "
                "(%.*s): events up to it were rewritten",
                STR_ARG(verify->id), (long long)chain->seq, STR_ARG(noted->kind));
    }
    return true;
}

static void need_note(struct verify *verify, struct str kind, int64_t seq)
{
    if (kind.len == 0)
        return;
    struct note_need *need = verify->needs;
    while (need->seq > 0 && !str_eq(need->kind, kind))
        need++;
    assert(need < verify->needs + PROGRAMME_NOTE_KINDS);
    *need = (struct note_need){kind, seq};
}

static bool check_event(struct verify *verify, struct chain *chain, struct err *reterr)
{
    struct record *record = verify->record;
    const struct query *events = &verify->events;
    int64_t seq = query_int(events, CHAIN_SEQ), wall_ms = query_int(events, CHAIN_WALL_MS);
    int64_t input = query_int(events, CHAIN_INPUT);
    struct str input_line = STR("");
    if (seq != chain->seq + 1)
        return db_damaged(&record->db, reterr, "%.*s: event %lld is missing", STR_ARG(verify->id),
            (long long)(chain->seq + 1));
    if (input > chain->input) {
        if (!check_input(verify, chain->input + 1, wall_ms, &input_line, reterr))
            return false;
        chain->input++;
    }
    if (!chain_event_line(events, &record->line, reterr))
        return false;
    chain_add(chain, input_line, buf_str(&record->line), wall_ms);
    struct hash kept;
    if (!query_hash(events, CHAIN_HASH, &kept) || !hash_eq(&kept, &chain->head))
        return db_damaged(&record->db, reterr,
            "%.*s: event %lld (%.*s)%s was changed: its hash does not follow from it",
            STR_ARG(verify->id), (long long)seq, STR_ARG(query_str(events, CHAIN_KIND)),
            input_line.len > 0 ? " or the input that it came from" : "");
    need_note(verify, programme_note_kind(query_str(events, CHAIN_KIND)), seq);
    return check_heads(verify, chain, reterr);
}

static bool walk(struct verify *verify, struct chain *chain, struct err *reterr)
{
    query_bind_int(&verify->events, verify->table);
    query_bind_int(&verify->inputs, verify->table);
    while (query_next(&verify->events)) {
        if (!check_event(verify, chain, reterr))
            return false;
    }
    if (verify->events.code == SQLITE_OK && query_next(&verify->inputs))
        return db_damaged(&verify->record->db, reterr,
            "%.*s: input %lld led to no event; events were cut off", STR_ARG(verify->id),
            (long long)query_int(&verify->inputs, IN_SEQ));
    return true;
}

static bool is_covered(const struct verify *verify, const struct note_need *need)
{
    bool is_covered = need->seq == 0;
    for (size_t i = 0; i < verify->noted_count; i++) {
        const struct noted *noted = &verify->noted[i];
        is_covered = is_covered || (str_eq(noted->kind, need->kind) && noted->seq >= need->seq);
    }
    return is_covered;
}

/* What is left over when the walk is done. */
static bool check_end(struct verify *verify, const struct chain *chain, struct err *reterr)
{
    struct db *db = &verify->record->db;
    for (size_t i = 0; i < verify->noted_count; i++) {
        struct noted *noted = &verify->noted[i];
        if (!noted->is_met)
            return db_damaged(db, reterr,
                "%.*s ends at event %lld, but the programme noted event %lld (%.*s): "
                "events were cut off",
                STR_ARG(verify->id), (long long)chain->seq, (long long)noted->seq,
                STR_ARG(noted->kind));
    }
    for (size_t i = 0; i < PROGRAMME_NOTE_KINDS; i++) {
        const struct note_need *need = &verify->needs[i];
        if (!is_covered(verify, need))
            return db_damaged(db, reterr,
                "%.*s has come to its end at event %lld, but the programme has no note of it "
                "(%.*s): entries of the programme were cut off",
                STR_ARG(verify->id), (long long)need->seq, STR_ARG(need->kind));
    }
    if (verify->has_expected && !verify->is_expected_met)
        return db_damaged(db, reterr,
            "%.*s never had the expected head: it was rewritten or cut off since that was "
            "printed, or the head belongs to another exercise",
            STR_ARG(verify->id));
    return true;
}

static bool check_table(struct verify *verify, struct err *reterr)
{
    struct db *db = &verify->record->db;
    verify->events = query_cached(
        db, "SELECT " CHAIN_EVENT_COLUMNS " FROM event WHERE table_id = ? ORDER BY seq");
    verify->inputs = query_cached(db,
        "SELECT seq, at_ms, wall_ms, actor, client_id, kind, digest, body FROM input"
        " WHERE table_id = ? ORDER BY seq");
    struct chain chain = {0};
    bool is_good = walk(verify, &chain, reterr);
    is_good = query_end(&verify->events, is_good ? reterr : NULL) && is_good;
    is_good = query_end(&verify->inputs, is_good ? reterr : NULL) && is_good;
    return is_good && check_end(verify, &chain, reterr);
}

/* ---- what stands apart ---- */

enum { REF_BYTES = 16 };

/* The ref must be the one in the input's line, which the chain holds, and a text that is still
 * there must give it. Whose words they are is not proved by anything. */
static bool text_agrees(const struct query *row)
{
    struct str ref = query_str(row, 2);
    struct str field = json_get(json_get(query_str(row, 5), STR("body")), query_str(row, 1));
    struct str bare = field.len > 2 ? (struct str){field.ptr + 1, field.len - 2} : STR("");
    if (json_type(field) != JSON_STR || !str_eq(bare, ref))
        return false;
    if (query_is_null(row, 4))
        return true; /* forgotten */
    const struct str parts[] = {query_str(row, 3), query_str(row, 1), query_str(row, 4)};
    struct hash hash = hash_of(parts, sizeof(parts) / sizeof(parts[0]));
    char hex[HASH_HEX_BYTES + 1];
    hash_hex(&hash, hex);
    return str_eq(ref, (struct str){hex, 2 * (size_t)REF_BYTES});
}

static bool check_texts(struct verify *verify, struct err *reterr)
{
    struct db *db = &verify->record->db;
    struct query query =
        query_cached(db, "SELECT t.input_seq, t.field, t.ref, t.salt, t.body, i.body FROM text t"
                         " LEFT JOIN input i ON i.table_id = t.table_id AND i.seq = t.input_seq"
                         " WHERE t.table_id = ? ORDER BY t.input_seq, t.field");
    query_bind_int(&query, verify->table);
    bool is_good = true;
    while (is_good && query_next(&query)) {
        is_good = text_agrees(&query);
        if (!is_good)
            db_damaged(db, reterr, "%.*s: the text \"%.*s\" of input %lld was changed",
                STR_ARG(verify->id), STR_ARG(query_str(&query, 1)),
                (long long)query_int(&query, 0));
    }
    return query_end(&query, is_good ? reterr : NULL) && is_good;
}

static bool check_content(struct verify *verify, struct err *reterr)
{
    struct hash found;
    if (!content_hash(verify->record, verify->exercise, &verify->arena, &found, reterr))
        return false;
    if (!hash_eq(&found, &verify->content))
        return db_damaged(&verify->record->db, reterr,
            "exercise %.*s: its list of pinned files was changed", STR_ARG(verify->exercise));
    return content_check(verify->record, verify->exercise, reterr);
}

bool record_verify(struct record *record, int64_t table, struct str expected, struct err *reterr)
{
    struct verify verify = {.record = record, .table = table, .has_expected = expected.len > 0};
    if (verify.has_expected && !hash_from_hex(expected, &verify.expected))
        return err_set(reterr, ERR_USAGE,
            "\"%.*s\" is no head: expected 64 digits of 0-9 and a-f, as they were printed",
            STR_ARG(expected));
    if (!db_begin_read(&record->db, reterr))
        return false;
    bool is_good = query_check(&record->db, "PRAGMA integrity_check(1)", reterr) &&
                   check_programme(&verify, reterr) && check_table(&verify, reterr) &&
                   check_texts(&verify, reterr) && check_content(&verify, reterr);
    is_good = db_finish(&record->db, is_good, reterr);
    arena_fini(&verify.row);
    arena_fini(&verify.arena);
    return is_good;
}
