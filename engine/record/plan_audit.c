/* The plan's words against its entries: from the words to the entry, then back. The entries
 * themselves are in the programme's chain. */
#include "record/plan_audit.h"

#include "base/json_read.h"
#include "record/plan.h"
#include "record/programme.h"
#include "record/query.h"
#include "record/schema.h"

enum { REF_BYTES = 32 };

struct str plan_audit_ref(
    struct str salt, struct str field, struct str words, char hex[HASH_HEX_BYTES + 1])
{
    struct str parts[] = {salt, field, words};
    struct hash hash = hash_of(parts, 3);
    return (struct str){hash_hex(&hash, hex).ptr, REF_BYTES};
}

static bool check_row(struct record *record, const struct query *row, struct err *reterr)
{
    char hex[HASH_HEX_BYTES + 1];
    struct str field = query_str(row, 1), ref = query_str(row, 2), held = STR("");
    struct arena arena = {0};
    bool is_held =
        json_to_str(json_get(json_get(query_str(row, 5), STR("set")), field), &arena, &held) &&
        str_eq(held, ref);
    bool is_same = query_is_null(row, 4) ||
                   str_eq(ref, plan_audit_ref(query_str(row, 3), field, query_str(row, 4), hex));
    arena_fini(&arena);
    return (is_held && is_same) ||
           db_damaged(&record->db, reterr,
               "the plan's words for entry %lld of the programme (%.*s) were changed: %s",
               (long long)query_int(row, 0), STR_ARG(field),
               is_held ? "they do not give their hash" : "the entry does not speak of them");
}

static bool check_rows(struct record *record, struct err *reterr)
{
    struct query query = query_new(&record->db,
        "SELECT t.entry, t.field, t.ref, t.salt, t.body, p.body FROM plan_text t"
        " LEFT JOIN programme p ON p.seq = t.entry AND p.kind = '" PROGRAMME_PLANNED "'");
    bool is_good = true;
    while (is_good && query_next(&query))
        is_good = check_row(record, &query, reterr);
    return query_end(&query, is_good ? reterr : NULL) && is_good;
}

/* Of the fields that an entry sets, those that are words and not empty. */
static int64_t count_words(struct str body)
{
    int64_t count = 0;
    struct str set = json_get(body, STR("set"));
    for (int i = 0; i < PLAN_FIELD_COUNT; i++)
        count += record_plan_fields[i].is_words &&
                 json_get(set, str_of(record_plan_fields[i].name)).len > 2; /* more than "" */
    return count;
}

static bool check_none_is_missing(struct record *record, struct err *reterr)
{
    struct query query = query_new(&record->db,
        "SELECT seq, body, (SELECT count(*) FROM plan_text WHERE entry = seq) FROM programme"
        " WHERE kind = '" PROGRAMME_PLANNED "'");
    bool is_good = true;
    while (is_good && query_next(&query))
        is_good = count_words(query_str(&query, 1)) == query_int(&query, 2) ||
                  db_damaged(&record->db, reterr,
                      "words of the plan are missing that entry %lld of the programme speaks of",
                      (long long)query_int(&query, 0));
    return query_end(&query, is_good ? reterr : NULL) && is_good;
}

bool plan_audit(struct record *record, struct err *reterr)
{
    int64_t version;
    if (!schema_version(&record->db, &version, reterr))
        return false;
    return version < SCHEMA_PLAN_FROM ||
           (check_rows(record, reterr) && check_none_is_missing(record, reterr));
}
