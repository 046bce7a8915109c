/* Inputs from outside: what is understood, and what is refused with which sentence. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/hash.h"
#include "base/limits.h"
#include "load/intake.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct place somewhere = {STR_INIT("play.jsonl"), 7, 0};

/* The same line as the engine writes it. */
static void check_reads_as(const char *line, enum intake_source source, const char *expected)
{
    struct arena arena = {0};
    struct intake intake;
    struct err err = {0};
    struct buf written = {0};
    if (!intake_parse(str_of(line), (struct intake_from){source, somewhere}, &arena, &intake, &err))
        fail_msg("%s: %s", line, err.message);
    input_write(&intake.input, &written);
    buf_add_char(&written, '\0');
    assert_string_equal(written.ptr, expected);
    buf_fini(&written);
    arena_fini(&arena);
}

static void test_lines_of_a_file(void **state)
{
    (void)state;
    static const struct {
        const char *line, *expected;
    } rows[] = {
        {"{\"at\":\"0s\",\"actor\":\"facilitator\",\"do\":\"start\"}",
            "{\"actor\":\"facilitator\",\"at_ms\":0,\"body\":{},\"do\":\"start\",\"seq\":0}"},
        {"{\"at\":\"2m\",\"actor\":\"poc\",\"do\":\"open\",\"inject\":\"helpdesk-call\"}",
            "{\"actor\":\"poc\",\"at_ms\":120000,\"body\":{\"inject\":\"helpdesk-call\"},"
            "\"do\":\"open\",\"seq\":0}"},
        {"{\"at\":\"4m\",\"actor\":\"poc\",\"do\":\"message\",\"id\":\"m1\",\"type\":"
         "\"escalation\","
         "\"to\":[\"commander\"],\"via\":\"phone\",\"facts\":[\"fs01-encrypted\"],"
         "\"tlp\":\"amber\",\"text\":\"…\",\"ack_within\":\"5m\"}",
            "{\"actor\":\"poc\",\"at_ms\":240000,\"body\":{\"ack_within_ms\":300000,"
            "\"facts\":[\"fs01-encrypted\"],\"text\":\"…\",\"tlp\":\"amber\","
            "\"to\":[\"commander\"],\"type\":\"escalation\",\"via\":\"phone\"},"
            "\"do\":\"message\",\"id\":\"m1\",\"seq\":0}"},
        {"{\"at\":\"6m\",\"actor\":\"handler\",\"do\":\"said\",\"facts\":[\"backup-fine\"],"
         "\"to\":\"room\"}",
            "{\"actor\":\"handler\",\"at_ms\":360000,\"body\":{\"facts\":[\"backup-fine\"],"
            "\"to\":[\"room\"]},\"do\":\"said\",\"seq\":0}"},
        {"{\"at\":\"9m\",\"actor\":\"commander\",\"do\":\"decide\","
         "\"question\":\"stop-file-server\",\"option\":\"advise-stop\",\"reason\":\"…\"}",
            "{\"actor\":\"commander\",\"at_ms\":540000,\"body\":{\"option\":\"advise-stop\","
            "\"question\":\"stop-file-server\",\"reason\":\"…\"},\"do\":\"decide\",\"seq\":0}"},
        /* Marks of direction are left out: that title would read "listexe.pdf". */
        {"{\"at\":\"9m\",\"actor\":\"facilitator\",\"do\":\"improvise\",\"id\":\"i1\",\"from\":"
         "\"\\u202eDr \\u200fA\\u2069\",\"to\":\"poc\",\"title\":\"list\\u202efdp.exe\","
         "\"body\":\"\\u2066090\\u202c-1\\n警察\"}",
            "{\"actor\":\"facilitator\",\"at_ms\":540000,\"body\":{\"body\":\"090-1\\n警察\","
            "\"from\":\"Dr A\",\"title\":\"listfdp.exe\",\"to\":[\"poc\"]},"
            "\"do\":\"improvise\",\"id\":\"i1\",\"seq\":0}"},
        {"{\"at\":\"12m\",\"actor\":\"legal\",\"do\":\"declare\",\"status\":\"aware\","
         "\"of\":\"personal-data-breach\"}",
            "{\"actor\":\"legal\",\"at_ms\":720000,\"body\":{\"of\":\"personal-data-breach\","
            "\"status\":\"aware\"},\"do\":\"declare\",\"seq\":0}"},
        {"{\"at\":\"20m\",\"actor\":\"facilitator\",\"do\":\"improvise\",\"id\":\"i1\","
         "\"from\":\"Night nurse\",\"to\":\"poc\",\"title\":\"…\",\"body\":\"…\",\"facts\":[]}",
            "{\"actor\":\"facilitator\",\"at_ms\":1200000,\"body\":{\"body\":\"…\","
            "\"from\":\"Night nurse\",\"title\":\"…\",\"to\":[\"poc\"]},\"do\":\"improvise\","
            "\"id\":\"i1\",\"seq\":0}"},
        {"{\"at\":1500,\"actor\":\"facilitator\",\"do\":\"jump\",\"by\":\"2h\",\"sheet\":true,"
         "\"observed_at\":\"1s\",\"for\":\"poc\",\"story_at\":\"1970-01-01T00:00:05Z\"}",
            "{\"actor\":\"facilitator\",\"at_ms\":1500,\"body\":{\"by_ms\":7200000,"
            "\"sheet\":true},\"do\":\"jump\",\"for\":\"poc\",\"observed_ms\":1000,\"seq\":0,"
            "\"story_at_ms\":5000}"},
        {" { \"do\" : \"pace\" , \"pace\" : 60 , \"at\" : \"1m\" , \"actor\" : \"facilitator\" } ",
            "{\"actor\":\"facilitator\",\"at_ms\":60000,\"body\":{\"pace\":60},\"do\":\"pace\","
            "\"seq\":0}"},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        check_reads_as(rows[i].line, INTAKE_FILE, rows[i].expected);
}

static void test_a_client_names_neither_time_nor_actor(void **state)
{
    (void)state;
    check_reads_as("{\"do\":\"note\",\"id\":\"n1\",\"text\":\"two\\nlines\\tand a tab\"}",
        INTAKE_CLIENT,
        "{\"actor\":\"\",\"at_ms\":0,\"body\":{\"text\":\"two\\nlines\\tand a tab\"},"
        "\"do\":\"note\",\"id\":\"n1\",\"seq\":0}");
    check_reads_as("{\"do\":\"message\",\"id\":\"m1\",\"type\":\"info\",\"to\":\"poc\","
                   "\"ack_within\":300000}",
        INTAKE_CLIENT,
        "{\"actor\":\"\",\"at_ms\":0,\"body\":{\"ack_within_ms\":300000,\"to\":[\"poc\"],"
        "\"type\":\"info\"},\"do\":\"message\",\"id\":\"m1\",\"seq\":0}");
}

/* Every input of the catalogue can be written as its own example says. */
static void test_the_examples_of_the_catalogue(void **state)
{
    (void)state;
    for (int kind = 0; kind < INPUT_KIND_COUNT; kind++) {
        struct arena arena = {0};
        struct intake intake;
        struct err err = {0};
        if (!intake_parse(str_of(input_kinds[kind].example),
                (struct intake_from){INTAKE_FILE, somewhere}, &arena, &intake, &err))
            fail_msg("%s: %s", input_kinds[kind].example, err.message);
        assert_int_equal(intake.input.kind, kind);
        arena_fini(&arena);
    }
}

static const struct refusal_row {
    const char *line;
    enum intake_source source;
    const char *expected;
} refusals[] = {
    {"", INTAKE_FILE,
        "play.jsonl:7:1: this is not one JSON object: '[' or '{' expected near end "
        "of file; check quotes and commas"},
    {"{\"do\":\"start\" \"at\"", INTAKE_FILE,
        "play.jsonl:7:18: this is not one JSON object: '}' expected near '\"at\"'; check quotes "
        "and commas"},
    {"[]", INTAKE_FILE, "play.jsonl:7:1: expected one input as {\"do\": …}, found a list"},
    {"{\"do\":\"end\",\"do\":\"end\"}", INTAKE_FILE,
        "play.jsonl:7:16: this is not one JSON object: duplicate object key near '\"do\"'; check "
        "quotes and commas"},
    {"{\"at\":\"1m\"}", INTAKE_FILE,
        "play.jsonl:7:1: an input needs \"do\", which says what is "
        "done"},
    {"{\"do\":\"mesage\"}", INTAKE_FILE,
        "play.jsonl:7:2: nothing is called \"mesage\" here; did you mean \"message\"?"},
    {"{\"do\":1}", INTAKE_FILE, "play.jsonl:7:2: \"do\" expects a text, found a number"},
    {"{\"do\":\"end\",\"at\":\"1m\"}", INTAKE_FILE, "play.jsonl:7:1: \"end\" needs \"actor\""},
    {"{\"do\":\"end\",\"actor\":\"facilitator\"}", INTAKE_FILE,
        "play.jsonl:7:1: \"end\" needs \"at\""},
    {"{\"do\":\"end\",\"at\":\"soon\"}", INTAKE_FILE,
        "play.jsonl:7:13: \"at\" expects a time like \"12m30s\", found \"soon\""},
    {"{\"do\":\"end\",\"at\":-1}", INTAKE_FILE,
        "play.jsonl:7:13: \"at\" must lie between 0 and thirty days"},
    {"{\"do\":\"end\",\"at\":1.5}", INTAKE_FILE,
        "play.jsonl:7:13: \"at\" expects a time like \"12m30s\" or whole milliseconds, found a "
        "number with a fraction"},
    {"{\"do\":\"end\",\"story_at\":\"2026-11-20\"}", INTAKE_FILE,
        "play.jsonl:7:13: \"story_at\" expects a date and time of the scenario with its offset, "
        "like \"2026-11-20T22:10:00+09:00\", found \"2026-11-20\""},
    {"{\"do\":\"note\",\"id\":\"n1\",\"at\":\"1m\"}", INTAKE_CLIENT,
        "play.jsonl:7:24: \"at\" is not for a client to say; the clock and the session decide it"},
    {"{\"do\":\"note\",\"actor\":\"legal\"}", INTAKE_CLIENT,
        "play.jsonl:7:14: \"actor\" is not for a client to say; the clock and the session decide "
        "it"},
    {"{\"do\":\"note\",\"text\":\"x\"}", INTAKE_CLIENT, "play.jsonl:7:1: \"note\" needs \"id\""},
    {"{\"do\":\"note\",\"id\":\"N 1\"}", INTAKE_CLIENT,
        "play.jsonl:7:14: \"id\" cannot be \"N 1\"; names are made of a-z, 0-9, - and _, and have "
        "at most 64 characters"},
    {"{\"do\":\"note\",\"id\":\"n\"}", INTAKE_CLIENT,
        "play.jsonl:7:1: \"note\" needs \"text\": the note"},
    {"{\"do\":\"note\",\"id\":\"n\",\"text\":\" \\n\"}", INTAKE_CLIENT,
        "play.jsonl:7:23: \"text\" is empty: the note"},
    {"{\"do\":\"note\",\"id\":\"n\",\"text\":\"\\u001b[2J\"}", INTAKE_CLIENT,
        "play.jsonl:7:23: \"text\" holds a control character other than a line break or a tab; "
        "remove it"},
    {"{\"do\":\"note\",\"id\":\"n\",\"text\":\"\\u0085\"}", INTAKE_CLIENT,
        "play.jsonl:7:23: \"text\" holds a control character other than a line break or a tab; "
        "remove it"},
    {"{\"do\":\"note\",\"txet\":\"x\"}", INTAKE_CLIENT,
        "play.jsonl:7:14: \"note\" has no field \"txet\"; did you mean \"text\"?"},
    {"{\"do\":\"message\",\"ack_within_ms\":5}", INTAKE_CLIENT,
        "play.jsonl:7:17: \"message\" has no field \"ack_within_ms\"; did you mean "
        "\"ack_within\"?"},
    {"{\"do\":\"message\",\"type\":\"reprot\"}", INTAKE_CLIENT,
        "play.jsonl:7:17: \"type\" cannot be \"reprot\"; did you mean \"report\"?"},
    {"{\"do\":\"message\",\"via\":\"carrier pigeon\"}", INTAKE_CLIENT,
        "play.jsonl:7:17: \"via\" cannot be \"carrier pigeon\"; there is: phone, mail, chat, "
        "meeting, ticket, news, alert"},
    {"{\"do\":\"message\",\"to\":[\"poc\",\"poc\"]}", INTAKE_CLIENT,
        "play.jsonl:7:17: \"to\" names \"poc\" twice"},
    {"{\"do\":\"message\",\"to\":[[\"poc\"]]}", INTAKE_CLIENT,
        "play.jsonl:7:17: \"to\" expects a text, found a list"},
    {"{\"do\":\"message\",\"id\":\"m\",\"type\":\"info\",\"to\":[]}", INTAKE_CLIENT,
        "play.jsonl:7:40: \"to\" is empty: to whom"},
    {"{\"do\":\"message\",\"readback\":\"yes\"}", INTAKE_CLIENT,
        "play.jsonl:7:17: \"readback\" expects true or false, found a text"},
    {"{\"do\":\"pace\",\"pace\":\"60\"}", INTAKE_CLIENT,
        "play.jsonl:7:14: \"pace\" expects a whole number, found a text"},
    {"{\"do\":\"ack\",\"inject\":null}", INTAKE_CLIENT,
        "play.jsonl:7:13: \"inject\" expects a text, found null"},
    {"{\"do\":\"improvise\",\"from\":\"a\\nb\"}", INTAKE_CLIENT,
        "play.jsonl:7:19: \"from\" holds a control character; remove it"},
    /* A name in a list is no key. */
    {"{\"do\":\"message\",\"to\":[\"poc\",\"at\"],\"at\":1}", INTAKE_CLIENT,
        "play.jsonl:7:35: \"at\" is not for a client to say; the clock and the session decide it"},
    /* A key inside a text is no key, characters count once, lines count. */
    {"{\"do\":\"note\",\"text\":\"{\\\"at\\\":半鐘\",\n \"at\":1}", INTAKE_CLIENT,
        "play.jsonl:8:2: \"at\" is not for a client to say; the clock and the session decide it"},
    {"{\"text\":\"半鐘\",\"do\":\"note\",\"at\":1}", INTAKE_CLIENT,
        "play.jsonl:7:26: \"at\" is not for a client to say; the clock and the session decide it"},
};

static void test_refusals(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refusals); i++) {
        struct arena arena = {0};
        struct intake intake = {.text_count = 99};
        struct err err = {0};
        if (intake_parse(str_of(refusals[i].line),
                (struct intake_from){refusals[i].source, somewhere}, &arena, &intake, &err))
            fail_msg("%s: was taken", refusals[i].line);
        assert_string_equal(err.message, refusals[i].expected);
        assert_int_equal(err.kind, ERR_AUTHOR);
        assert_int_equal(intake.text_count, 99); /* untouched */
        arena_fini(&arena);
    }
}

static void test_without_a_file_there_is_no_place(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct intake intake;
    struct err err = {0};
    struct place nowhere = {0};
    assert_false(intake_parse(STR("{\"do\":\"note\",\"id\":\"n\"}"),
        (struct intake_from){INTAKE_CLIENT, nowhere}, &arena, &intake, &err));
    assert_string_equal(err.message, "\"note\" needs \"text\": the note");
    assert_int_equal(err.kind, ERR_USAGE);
    arena_fini(&arena);
}

/* A note whose text has so many bytes. */
static bool takes_text(size_t text_bytes, struct err *reterr)
{
    struct arena arena = {0};
    struct intake intake;
    struct buf line = {0};
    buf_add(&line, STR("{\"do\":\"note\",\"id\":\"n\",\"text\":\""));
    for (size_t i = 0; i < text_bytes; i++)
        buf_add_char(&line, 'x');
    buf_add(&line, STR("\"}"));
    bool taken = intake_parse(
        buf_str(&line), (struct intake_from){INTAKE_CLIENT, somewhere}, &arena, &intake, reterr);
    buf_fini(&line);
    arena_fini(&arena);
    return taken;
}

static void test_limits(void **state)
{
    (void)state;
    struct err err = {0};
    assert_true(takes_text(LIMIT_TEXT_BYTES, &err));
    assert_false(takes_text(LIMIT_TEXT_BYTES + 1, &err));
    assert_string_equal(
        err.message, "play.jsonl:7:23: \"text\" is longer than 16384 bytes; shorten it");
    assert_false(takes_text(LIMIT_INPUT_BYTES, &err));
    assert_string_equal(err.message, "play.jsonl:7:1: an input has at most 65536 bytes");
}

static void test_texts_are_set_aside(void **state)
{
    (void)state;
    static const uint8_t salt[INTAKE_SALT_BYTES] = "0123456789abcde";
    struct arena arena = {0};
    struct intake intake;
    struct err err = {0};
    assert_true(intake_parse(STR("{\"do\":\"improvise\",\"id\":\"i\",\"from\":\"x\",\"to\":\"poc\","
                                 "\"title\":\"Bells\",\"body\":\"半鐘\"}"),
        (struct intake_from){INTAKE_CLIENT, somewhere}, &arena, &intake, &err));
    assert_int_equal(intake.text_count, 2);
    intake_salt(&intake, salt, &arena);
    for (size_t i = 0; i < 2; i++) {
        const struct intake_text *text = &intake.texts[i];
        bool is_title = str_is(text->field, "title");
        assert_true(str_is(text->body, is_title ? "Bells" : "半鐘"));
        struct str parts[] = {{(const char *)salt, sizeof(salt)}, text->field, text->body};
        struct hash hash = hash_of(parts, 3);
        char hex[HASH_HEX_BYTES + 1];
        hash_hex(&hash, hex);
        assert_int_equal(text->ref.len, 32);
        assert_memory_equal(text->ref.ptr, hex, 32);
        struct str kept =
            is_title ? intake.input.body.improvise.title : intake.input.body.improvise.body;
        assert_true(str_eq(kept, text->ref));
    }
    assert_true(str_is(intake.input.body.improvise.from, "x")); /* words are no free text */
    arena_fini(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_of_a_file),
        cmocka_unit_test(test_a_client_names_neither_time_nor_actor),
        cmocka_unit_test(test_the_examples_of_the_catalogue),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_without_a_file_there_is_no_place),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_texts_are_set_aside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
