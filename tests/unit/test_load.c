/* Whole scenarios: what becomes of a sound one, and which files it wants. */
#include "bundle.h"

#include <stdio.h>

#include "core/event.h"

static void test_a_sound_scenario_says_nothing(void **state)
{
    (void)state;
    struct buf buf = {0};
    struct loaded loaded;
    load_with(&loaded, NULL, NULL);
    struct str said = told(&loaded, &buf);
    assert_int_equal(said.len, 0);
    assert_true(loaded.ok);
    buf_fini(&buf);
    unload(&loaded);
}

static void test_defaults(void **state)
{
    (void)state;
    struct loaded loaded;
    load_with(&loaded, NULL, NULL);
    const struct def *def = &loaded.def;
    assert_true(str_is(def->id, "tiny"));
    assert_int_equal(def->duration_ms, 600000);
    assert_int_equal(def->pace, 1);
    assert_int_equal(def->mode, MODE_PACED);
    assert_int_equal(def->read_base_ms, 60000);
    assert_int_equal(def->read_fact_ms, 15000);
    assert_int_equal(def->story_offset_minutes, 540);
    assert_true(str_is(def->organisation, "default"));
    assert_int_equal(def->story_source.len, 0);
    /* Only roles that the catalogue gives a seat get one. */
    assert_int_equal(def->seat_count, 2);
    assert_non_null(def_seat_of(def, STR("poc")));
    assert_null(def_seat_of(def, STR("legal")));
    const struct def_inject *call = def_inject(def, STR("call"));
    assert_int_equal(call->kind, INJECT_EVENT);
    assert_true(str_is(call->from_name.in[LANG_JA], "Vendor"));
    assert_int_equal(call->trigger.kind, TRIGGER_AT);
    assert_int_equal(call->trigger.at_ms, 60000);
    assert_true(str_is(call->facts.items[0], "leak"));
    assert_int_equal(def_fact_need(&def->facts[0], STR("commander")), NEED_MUST);
    unload(&loaded);
}

static void test_scenario_frame(void **state)
{
    (void)state;
    struct loaded loaded;
    load_with(&loaded, "scenario.yaml",
        SCENARIO PEOPLE
        "mode: live\npace: 60\nlanguages: [ja, en]\n"
        "seats: [{id: desk, roles: [poc, commander]}]\n"
        "reading: {base: 30s}\nworld: {file-server: running}\n"
        "matters: [breach]\nphases: [{id: one, name: " WORDS_OF(
            "One") "}]\n"
                   "objectives: [{id: o, text: " WORDS_OF(
                       "O") "}]\n"
                            "actions: [{id: stop, name: " WORDS_OF("Stop") ", targets: [fs01]}]\n");
    const struct def *def = &loaded.def;
    assert_true(loaded.ok);
    assert_int_equal(def->mode, MODE_LIVE);
    assert_int_equal(def->pace, 60);
    assert_int_equal(def->seat_count, 1);
    assert_true(str_is(def_seat_of(def, STR("commander"))->id, "desk"));
    assert_int_equal(def->read_base_ms, 30000);
    assert_int_equal(def->read_fact_ms, 15000);
    assert_true(str_is(def->world[0].id, "file-server"));
    assert_true(str_is(def->world[0].initial, "running"));
    assert_true(strs_contain(def->matters, STR("breach")));
    assert_int_equal(def->phase_count, 1);
    assert_int_equal(def->objective_count, 1);
    assert_true(str_is(def_action(def, STR("stop"))->targets.items[0], "fs01"));
    const struct def_stakeholder *vendor = def_stakeholder(def, STR("vendor"));
    assert_int_equal(vendor->reach[CHANNEL_PHONE].answer, ANSWER_YES);
    assert_int_equal(vendor->reach[CHANNEL_PHONE].delay_ms, 20000);
    assert_int_equal(vendor->reach[CHANNEL_MAIL].answer, ANSWER_NO_CHANNEL);
    unload(&loaded);
}

/* Loads one inject with a trigger beside a second one, and returns the trigger. */
static const struct def_trigger *trigger_of(struct loaded *loaded, const char *trigger)
{
    struct arena text = {0};
    struct str injects = arena_format(&text,
        "%s- {id: second, from: vendor, to: room, via: mail, "
        "title: %s, body: %s, %s}\n",
        INJECT("call",
            ", question: {id: q, prompt: " WORDS_OF("P") ", options: [{id: a, text: " WORDS_OF(
                "A") "}, {id: b, text: " WORDS_OF("B") "}]}"),
        WORDS_OF("T"), WORDS_OF("B"), trigger);
    struct bundle_file change = {STR("injects.yaml"), injects};
    load_tiny(loaded, &change, 1);
    arena_fini(&text);
    if (!loaded->ok) {
        struct buf buf = {0};
        struct str said = told(loaded, &buf);
        fail_msg("%s: %.*s", trigger, STR_ARG(said));
    }
    return &def_inject(&loaded->def, STR("second"))->trigger;
}

/* Where YAML joins two lines, Japanese gets no space; whoever writes one on a line keeps it. */
static void test_folded_japanese_has_no_spaces(void **state)
{
    (void)state;
    static const struct {
        const char *yaml, *text;
    } cases[] = {
        {">-\n        おかしいと\n        言って\n", "おかしいと言って"},
        {"電話。\n        伝える\n", "電話。伝える"},
        {"\"でも、\n        必要\"\n", "でも、必要"},
        {">-\n        PoC\n        から\n", "PoC から"},
        {"|-\n        一\n        二\n", "一\n二"},
        {"山田 太郎\n", "山田 太郎"},
        {">-\n        昨日\n        {{place}}\n        から\n", "昨日みなせから"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct loaded loaded;
        char yaml[2048];
        snprintf(yaml, sizeof(yaml),
            SCENARIO PEOPLE "names: {place: {en: Minase, ja: みなせ}}\n"
                            "objectives:\n"
                            "  - id: o\n    text:\n"
                            "      en: \"{{place}}\"\n      ja: %s",
            cases[i].yaml);
        load_with(&loaded, "scenario.yaml", yaml);
        assert_int_equal(loaded.def.objective_count, 1);
        assert_string_equal(
            arena_format(&loaded.arena, "%.*s", STR_ARG(loaded.def.objectives[0].text.in[LANG_JA]))
                .ptr,
            cases[i].text);
        unload(&loaded);
    }
}

static void test_triggers(void **state)
{
    (void)state;
    static const struct {
        const char *yaml;
        enum trigger_kind kind;
        int64_t at_ms, by_ms;
        const char *inject, *pattern;
    } rows[] = {
        {"at: 90s", TRIGGER_AT, 90000, 0, "", "nothing"},
        {"story_at: 2026-11-20T22:11:00+09:00", TRIGGER_STORY_AT, 60000, 0, "", "nothing"},
        {"story_at: 2026-11-20T13:11:00Z", TRIGGER_STORY_AT, 60000, 0, "", "nothing"},
        {"after: {inject: call, by: 5m}", TRIGGER_AFTER, 0, 300000, "call", "nothing"},
        {"after: {inject: call}", TRIGGER_AFTER, 0, 0, "call", "nothing"},
        {"when: {decision: q, option: [a, b]}", TRIGGER_WHEN, 0, 0, "",
            "decision question q option a or b"},
        {"when: {decision: {option: a}, by: 2m}", TRIGGER_WHEN, 0, 120000, "", "decision option a"},
        {"when: {decision: q, by: commander}", TRIGGER_WHEN, 0, 0, "",
            "decision question q by commander"},
        {"when: {reached: vendor, by: 2m}", TRIGGER_WHEN, 0, 120000, "", "reached by vendor"},
        {"when: {started: {}}", TRIGGER_WHEN, 0, 0, "", "started"},
        {"when: {started: }", TRIGGER_WHEN, 0, 0, "", "started"},
        {"when: {ack: {unread: no}}", TRIGGER_WHEN, 0, 0, "", "ack unread false"},
        {"unless: {escalation: {to: commander}, within: 3m, of: call}, reason: " WORDS_OF("R"),
            TRIGGER_UNLESS, 0, 180000, "call", "escalation to commander"},
        {"unless: {escalation: commander, within: 3m}, reason: " WORDS_OF("R"), TRIGGER_UNLESS, 0,
            180000, "", "escalation to commander"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct loaded loaded;
        const struct def_trigger *trigger = trigger_of(&loaded, rows[i].yaml);
        assert_int_equal(trigger->kind, rows[i].kind);
        assert_int_equal(trigger->at_ms, rows[i].at_ms);
        assert_int_equal(trigger->by_ms, rows[i].by_ms);
        assert_true(str_is(trigger->inject, rows[i].inject));
        struct str pattern = pattern_format(&trigger->pattern, &loaded.arena);
        assert_true(str_eq(pattern, str_of(rows[i].pattern)));
        unload(&loaded);
    }
}

static void test_injects_carry_questions_and_audiences(void **state)
{
    (void)state;
    struct loaded loaded;
    trigger_of(&loaded, "unless: {started: {}, within: 1m}, reason: " WORDS_OF("R"));
    const struct def_question *question = def_question(&loaded.def, STR("q"));
    assert_true(str_is(question->inject, "call"));
    assert_int_equal(question->option_count, 2);
    assert_true(str_is(def_inject(&loaded.def, STR("call"))->questions.items[0], "q"));
    const struct def_inject *second = def_inject(&loaded.def, STR("second"));
    assert_int_equal(second->kind, INJECT_CONTINGENCY); /* what `unless:` means */
    assert_int_equal(second->to.count, 2);              /* "room" is every role with a seat */
    assert_int_equal(second->questions.count, 0);
    unload(&loaded);
}

static void test_expected_stands_in_both_languages(void **state)
{
    (void)state;
    struct loaded loaded;
    load_with(&loaded, "injects.yaml", INJECT("call", ", expected: [{en: Asks, ja: 尋ねる}]"));
    const struct strs expected = loaded.def.injects[0].expected;
    assert_int_equal(expected.count, LANG_COUNT);
    assert_true(str_is(expected.items[LANG_EN], "Asks"));
    assert_true(str_is(expected.items[LANG_JA], "尋ねる"));
    unload(&loaded);
}

static void test_rules(void **state)
{
    (void)state;
    struct loaded loaded;
    load_with(&loaded, "rules.yaml",
        RULE("first", ", kind: respond, when: {knows: leak, by: poc, attention: 3m}, then: {knows: "
                      "leak, by: commander}, within: 5m, grace: 1m, modes: [live], time: exercise, "
                      "role: poc, skills: [escalate], severity: major, source: NCA 4.1")
            RULE("second", ", kind: each, when: {message: {}}, then: {ack: {}}, match: message, "
                           "caused_by: first"));
    assert_true(loaded.ok);
    assert_int_equal(loaded.rules.count, 2);
    const struct rule *first = &loaded.rules.items[0], *second = &loaded.rules.items[1];
    assert_int_equal(first->kind, RULE_RESPOND);
    assert_int_equal(first->within_ms, 300000);
    assert_int_equal(first->grace_ms, 60000);
    assert_int_equal(first->attention_ms, 180000);
    assert_int_equal(first->modes, 1u << MODE_LIVE);
    assert_int_equal(first->severity, SEVERITY_MAJOR);
    assert_true(str_is(first->source.in[LANG_JA], "NCA 4.1"));
    assert_true(str_is(first->place.file, "tiny/rules.yaml"));
    assert_int_equal(first->place.line, 1);
    assert_int_equal(first->pack.len, 0);
    assert_int_equal(second->kind, RULE_EACH);
    assert_int_equal(second->within_ms, -1);
    assert_int_equal(second->modes, (1u << MODE_COUNT) - 1);
    assert_true(str_is(second->caused_by.items[0], "first"));
    unload(&loaded);
}

#define GENERAL(id, to)                                                                            \
    RULE(id, ", kind: precede, when: {knows: {by: commander}}, then: {message: {to: " to "}}")

/* A pack speaks of what every scenario may have; what this one lacks drops out. */
static void test_packs_fit_the_scenario(void **state)
{
    (void)state;
    static const struct bundle_file changes[] = {
        {STR_INIT("scenario.yaml"), STR_INIT(SCENARIO PEOPLE "rules: [general]\n")},
        {STR_INIT("scoring/general.yaml"),
            STR_INIT(GENERAL("some", "[vendor, press, legal]") GENERAL("none", "[press]") RULE(
                "after", ", kind: each, when: {message: {}}, then: {ack: {}}, match: message, "
                         "caused_by: [some, none]"))},
    };
    struct loaded loaded;
    load_tiny(&loaded, changes, 2);
    assert_true(loaded.ok);
    assert_int_equal(loaded.rules.count, 2);
    const struct rule *some = &loaded.rules.items[0], *after = &loaded.rules.items[1];
    assert_true(str_is(some->id, "some"));
    assert_true(str_is(some->pack, "general"));
    assert_int_equal(some->then.pattern.conditions[0].values.count, 1);
    assert_true(str_is(some->then.pattern.conditions[0].values.items[0], "vendor"));
    assert_int_equal(after->caused_by.count, 1);
    unload(&loaded);
}

static void test_a_story_is_taken_along(void **state)
{
    (void)state;
    struct loaded loaded;
    load_with(&loaded, "story.lua", "wait '1m'");
    assert_true(loaded.ok);
    assert_true(str_is(loaded.def.story_source, "wait '1m'"));
    assert_true(str_is(loaded.def.story_file, "tiny/story.lua"));
    unload(&loaded);
}

static void test_wants(void **state)
{
    (void)state;
    static const struct {
        const char *scenario, *expected;
    } rows[] = {
        {"id: x", "roles/catalogue.yaml roles/organisations/default.yaml "},
        {"organisation: ours\nrules: [a, b]",
            "roles/catalogue.yaml roles/organisations/ours.yaml scoring/a.yaml scoring/b.yaml "},
        {"rules: only", "roles/catalogue.yaml roles/organisations/default.yaml scoring/only.yaml "},
        {"rules: [../../etc/passwd]", "tiny/scenario.yaml:1:9: \"rules:\" expects names of a-z, "
                                      "0-9, - and _, which are names of files too"},
        {"organisation: {a: b}", "tiny/scenario.yaml:1:15: \"organisation:\" expects names of a-z, "
                                 "0-9, - and _, which are names of files too"},
        {"rules: [", "tiny/scenario.yaml:2:1: this is not well-formed YAML: did not find expected "
                     "node content, while parsing a flow node; check indentation, "
                     "quotes and brackets"},
        {NULL, "tiny/scenario.yaml: this file is missing; is this the folder of a scenario?"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct bundle_file file = {STR("scenario.yaml"), str_of(rows[i].scenario)};
        struct bundle bundle = {
            .files = &file, .file_count = rows[i].scenario ? 1 : 0, .root = STR("tiny/")};
        struct arena arena = {0};
        struct strs paths = {0};
        struct err err = {0};
        struct buf said = {0};
        if (load_wants(&bundle, &arena, &paths, &err))
            for (size_t p = 0; p < paths.count; p++)
                buf_format(&said, "%.*s ", STR_ARG(paths.items[p]));
        else
            buf_add(&said, str_of(err.message));
        buf_add_char(&said, '\0');
        assert_string_equal(said.ptr, rows[i].expected);
        buf_fini(&said);
        arena_fini(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_sound_scenario_says_nothing),
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_scenario_frame),
        cmocka_unit_test(test_folded_japanese_has_no_spaces),
        cmocka_unit_test(test_triggers),
        cmocka_unit_test(test_injects_carry_questions_and_audiences),
        cmocka_unit_test(test_expected_stands_in_both_languages),
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_packs_fit_the_scenario),
        cmocka_unit_test(test_a_story_is_taken_along),
        cmocka_unit_test(test_wants),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
