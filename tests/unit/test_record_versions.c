/* Records of every version that was ever played: they open, verify and score for ever.
 *
 * tests/data/records/version-N.tocsin was played by the program of its time (good.jsonl of the
 * story tests, and its first twelve lines as a second exercise), version-N.findings is what that
 * program found. Neither is ever made anew. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/past.h"
#include "app/table.h"
#include "core/step.h"
#include "record/handle.h"
#include "record/query.h"
#include "record/schema.h"
#include "unit/record_play.h"

static const struct version {
    int version;
    int64_t semantics; /* that it was stepped with */
    const char *heads[2];
} versions[] = {
    {1, 1,
        {"aca62c24f325c29638c123d8973f4b5495f0018f0201445fa15b417c144c6273",
            "9aeae56fa699876a2fe1bbe82d1c2b1303f8e25be047d35e8f734b2bb88c30a1"}},
    {2, 2,
        {"ec39031c8b6d6c2a8d689452f13e5933a066f6c30c37f18919bb6d0cec45c909",
            "2e5137c7c9bcf77b20afb08e8c7e12bdf5c4ccf6f10826469cb3824ec5661bf8"}},
    {3, 2,
        {"ec39031c8b6d6c2a8d689452f13e5933a066f6c30c37f18919bb6d0cec45c909",
            "2e5137c7c9bcf77b20afb08e8c7e12bdf5c4ccf6f10826469cb3824ec5661bf8"}},
    {4, 3,
        {"23efe2619684e8e77ef30ad63e107db3462499e453bdfbdab26106292fd7fc0c",
            "965fbd92b82b378bd9f3fe4b3005affa65a2299cd2515ed2017c281b38be9401"}},
    {5, 3,
        {"c20ecb02d57fd25186ae789e0751ac047b4a8325dea3e2b2d669cd1bdd940807",
            "cf489af5239b77e2bb4e534dcac7ddd7f7e5585a718e9af2c62b029d9807069e"}},
};
enum { VERSIONS = sizeof(versions) / sizeof(versions[0]) };

static void assert_ok(bool is_good, const struct err *err)
{
    if (!is_good)
        fail_msg("%s", err->message);
}

static void read_data(int version, const char *end, struct buf *out)
{
    const char *source = getenv("TOCSIN_SOURCE");
    char path[4096], bytes[4096];
    snprintf(path, sizeof(path), "%s/tests/data/records/version-%d.%s", source ? source : ".",
        version, end);
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("%s: cannot be read", path);
    for (size_t len; (len = fread(bytes, 1, sizeof(bytes), file)) > 0;)
        buf_add(out, (struct str){bytes, len});
    fclose(file);
}

/* Each test works on a copy. */
static void copy_data(int version, struct play_folder *at, struct buf *bytes)
{
    play_folder_init(at);
    read_data(version, "tocsin", bytes);
    FILE *file = fopen(at->path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes->ptr, 1, bytes->len, file), bytes->len);
    fclose(file);
}

static void assert_unchanged(const struct play_folder *at, const struct buf *bytes)
{
    FILE *file = fopen(at->path, "rb");
    assert_non_null(file);
    for (size_t i = 0; i < bytes->len; i++)
        assert_int_equal(getc(file), (unsigned char)bytes->ptr[i]);
    assert_int_equal(getc(file), EOF);
    fclose(file);
}

static void verify_both(struct record *record, const struct version *version)
{
    struct err err;
    for (int i = 0; i < 2; i++)
        assert_ok(record_verify(record, i + 1, str_of(version->heads[i]), &err), &err);
}

static int64_t version_of(struct record *record)
{
    int64_t version = -1;
    assert_true(schema_version(&record->db, &version, NULL));
    return version;
}

static void test_every_version_has_its_record(void **state)
{
    (void)state;
    for (int version = 1; version < SCHEMA_VERSION; version++)
        assert_int_equal(versions[version - 1].version, version);
}

/* Whoever only reads changes nothing. */
static void test_it_is_read_as_it_is(void **state)
{
    (void)state;
    for (int i = 0; i < VERSIONS; i++) {
        struct play_folder at;
        struct buf bytes = {0};
        struct record *record;
        struct err err;
        copy_data(versions[i].version, &at, &bytes);
        assert_ok(record_open(at.path, RECORD_READ, &record, &err), &err);
        assert_int_equal(version_of(record), versions[i].version);
        verify_both(record, &versions[i]);
        record_close(record);
        assert_unchanged(&at, &bytes);
        buf_fini(&bytes);
        play_folder_fini(&at);
    }
}

static void test_it_is_brought_up_to_date(void **state)
{
    (void)state;
    for (int i = 0; i < VERSIONS; i++) {
        struct play_folder at;
        struct buf bytes = {0};
        struct record *record;
        struct err err;
        copy_data(versions[i].version, &at, &bytes);
        for (int time = 0; time < 2; time++) {
            assert_ok(record_open(at.path, RECORD_WRITE, &record, &err), &err);
            assert_int_equal(version_of(record), SCHEMA_VERSION);
            verify_both(record, &versions[i]);
            record_close(record);
        }
        buf_fini(&bytes);
        play_folder_fini(&at);
    }
}

static void test_it_scores_as_it_did(void **state)
{
    (void)state;
    for (int i = 0; i < VERSIONS; i++) {
        struct play_folder at;
        struct past past = {0};
        struct buf bytes = {0}, expected = {0}, found = {0};
        const struct finding *items;
        struct err err;
        size_t count;
        copy_data(versions[i].version, &at, &bytes);
        read_data(versions[i].version, "findings", &expected);
        assert_ok(past_open(&past, at.path, "phone-tree-1", &err), &err);
        struct scorer *scorer = past_score(&past, &past.rules, &items, &count);
        for (size_t j = 0; j < count; j++)
            buf_format(&found, "%.*s %s %lld %lld\n", STR_ARG(items[j].rule->id),
                verdict_names[items[j].verdict], (long long)items[j].activation_seq,
                (long long)items[j].target_seq);
        scorer_free(scorer);
        past_close(&past);
        buf_add_char(&expected, '\0');
        buf_add_char(&found, '\0');
        assert_string_equal(found.ptr, expected.ptr);
        buf_fini(&bytes);
        buf_fini(&expected);
        buf_fini(&found);
        play_folder_fini(&at);
    }
}

static void take(struct table *table, enum input_kind kind)
{
    struct event_refused refused;
    struct err err;
    struct intake intake = {.input = {.kind = kind,
                                .actor = STR("facilitator"),
                                .id = STR("by-hand"),
                                .observed_ms = -1,
                                .story_at_ms = -1}};
    assert_int_equal(table_take(table, &intake, 0, &refused), TAKEN_NEW);
    assert_ok(table_keep(table, 0, &err), &err);
}

/* The exercise that was under way goes on: by hand when this program steps by other rules. */
static void test_it_goes_on(void **state)
{
    (void)state;
    for (int i = 0; i < VERSIONS; i++) {
        struct play_folder at;
        struct buf bytes = {0};
        struct record *record;
        struct table *table;
        struct err err;
        copy_data(versions[i].version, &at, &bytes);
        assert_ok(record_open(at.path, RECORD_WRITE, &record, &err), &err);
        assert_ok(table_resume(record, STR("phone-tree-2"), &table, &err), &err);
        struct str quarrel = table_quarrel(table);
        if (versions[i].semantics == STEP_SEMANTICS)
            assert_int_equal(quarrel.len, 0);
        else
            assert_non_null(strstr(quarrel.ptr, "the record was made with semantics "));
        assert_int_equal(table_state(table)->status, STATUS_RUNNING);
        take(table, INPUT_END);
        assert_int_equal(table_state(table)->status, STATUS_ENDED);
        table_free(table);
        verify_both(record, &versions[i]); /* the old head is still one of its heads */
        record_close(record);
        buf_fini(&bytes);
        play_folder_fini(&at);
    }
}

/* ---- steps ---- */

/* Each version is reached from each one before it, with the same schema to the letter. */
static void dump_schema(struct db *db, struct buf *out)
{
    struct query query = query_new(db, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"
                                       " ORDER BY type, name");
    while (query_next(&query))
        buf_format(out, "%.*s;\n", STR_ARG(query_str(&query, 0)));
    assert_true(query_end(&query, NULL));
}

static void test_every_way_leads_to_the_same_schema(void **state)
{
    (void)state;
    struct buf at_once = {0};
    for (size_t from = 0; from < schema_step_count; from++) {
        struct db db;
        struct buf found = {0};
        assert_true(db_open(":memory:", SQLITE_OPEN_READWRITE, &db, NULL));
        if (from > 0)
            assert_true(schema_apply(&db, schema_steps, from, NULL));
        assert_true(schema_check(&db, NULL)); /* as its own version was */
        assert_true(schema_update(&db, NULL));
        dump_schema(&db, from == 0 ? &at_once : &found);
        if (from > 0) {
            assert_int_equal(found.len, at_once.len);
            assert_memory_equal(found.ptr, at_once.ptr, at_once.len);
        }
        buf_fini(&found);
        db_close(&db);
    }
    buf_fini(&at_once);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_version_has_its_record),
        cmocka_unit_test(test_it_is_read_as_it_is),
        cmocka_unit_test(test_it_is_brought_up_to_date),
        cmocka_unit_test(test_it_scores_as_it_did),
        cmocka_unit_test(test_it_goes_on),
        cmocka_unit_test(test_every_way_leads_to_the_same_schema),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
