/* Overlays and the names that texts leave open. */
#include <string.h>

#include "mistakes.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define FOR "for: tiny\n"

static const char scenario[] =
    SCENARIO "names: {firm: {en: Firm, ja: 会社}}\n"
             "difficulty: 2\nrules: [general]\n"
             "stakeholders:\n- {id: vendor, name: {en: 'Of the {{firm}}', ja: '{{ firm }}の業者'}, "
             "contact: " WORDS_OF("C") ", reach: {phone: {answer: yes, delay: 20s}}}\n"
                                       "- {id: bank, name: " WORDS_OF(
                                           "Bank") ", reach: {mail: {answer: no}}}\n";
static const char injects[] = INJECT("call", ", at: 1m, facts: leak") INJECT("late",
    ", when: {knows: leak, by: poc}, question: {id: q, prompt: " WORDS_OF(
        "P") ", options: [{id: a, text: " WORDS_OF("A") "}, {id: b, text: " WORDS_OF("B") "}]}");
static const char pack[] =
    RULE("told", ", kind: respond, when: {knows: leak, by: poc}, then: {message: {to: vendor}}, "
                 "within: 5m")
        RULE("gone", ", kind: each, when: {message: {}}, then: {ack: {}}, match: message");

/* The same scenario under an overlay. */
static void load_under(struct loaded *loaded, const char *overlay)
{
    struct bundle_file changes[] = {
        {STR("scenario.yaml"), str_of(scenario)},
        {STR("injects.yaml"), str_of(injects)},
        {STR("scoring/general.yaml"), str_of(pack)},
        {STR("overlay.yaml"), str_of(overlay)},
    };
    load_tiny(loaded, changes, COUNT(changes));
    if (!loaded->ok) {
        struct buf buf = {0};
        struct str said = told(loaded, &buf);
        fail_msg("%s\n%.*s", overlay, STR_ARG(said));
    }
}

static void test_names_stand_in_texts(void **state)
{
    (void)state;
    struct loaded loaded;
    load_under(&loaded, FOR);
    const struct words *name = &def_stakeholder(&loaded.def, STR("vendor"))->name;
    assert_true(str_is(name->in[LANG_EN], "Of the Firm"));
    assert_true(str_is(name->in[LANG_JA], "会社の業者"));
    assert_int_equal(loaded.problems.count, 0);
    unload(&loaded);
}

static void test_mappings_are_merged_by_key(void **state)
{
    (void)state;
    struct loaded loaded;
    load_under(&loaded, FOR
        "title: " WORDS_OF("Ours") "\nscenario:\n"
                                   "  difficulty: \n  names: {firm: {ja: 弊社}}\n  duration: 20m\n"
                                   "  mode: live\n");
    const struct def *def = &loaded.def;
    assert_int_equal(def->difficulty, 1); /* taken away: what it is when nobody says */
    assert_int_equal(def->duration_ms, 20 * 60000);
    assert_int_equal(def->mode, MODE_LIVE);
    assert_true(str_is(def_stakeholder(def, STR("vendor"))->name.in[LANG_EN], "Of the Firm"));
    assert_true(str_is(def_stakeholder(def, STR("vendor"))->name.in[LANG_JA], "弊社の業者"));
    unload(&loaded);
}

static void test_people_and_facts_are_merged_by_id(void **state)
{
    (void)state;
    struct loaded loaded;
    load_under(&loaded,
        FOR "scenario:\n  stakeholders:\n  - {id: bank, off: yes}\n"
            "  - {id: vendor, reach: {phone: {answer: no}, mail: {answer: yes}}, contact: }\n"
            "  - {id: mayor, name: " WORDS_OF(
                "Mayor") ", reach: {phone: {answer: no}}}\n"
                         "facts:\n- {id: leak, needs: {commander: , poc: useful}}\n"
                         "- {id: more, text: " WORDS_OF("More") "}\n");
    const struct def *def = &loaded.def;
    assert_int_equal(def->stakeholder_count, 2);
    const struct def_stakeholder *vendor = &def->stakeholders[0];
    assert_int_equal(vendor->reach[CHANNEL_PHONE].answer, ANSWER_NO);
    assert_int_equal(vendor->reach[CHANNEL_PHONE].delay_ms, 20000); /* kept */
    assert_int_equal(vendor->reach[CHANNEL_MAIL].answer, ANSWER_YES);
    assert_int_equal(vendor->contact.in[LANG_EN].len, 0);
    assert_true(str_is(def->stakeholders[1].id, "mayor"));
    assert_int_equal(def->fact_count, 2);
    assert_int_equal(def_fact_need(&def->facts[0], STR("commander")), NEED_NONE);
    assert_int_equal(def_fact_need(&def->facts[0], STR("poc")), NEED_USEFUL);
    unload(&loaded);
}

static void test_injects_are_merged_by_id(void **state)
{
    (void)state;
    struct loaded loaded;
    load_under(&loaded,
        FOR "injects:\n- {id: call, at: , when: {started: {}}}\n"
            "- {id: late, when: {decision: q}, question: {options: [{id: b, off: yes}, "
            "{id: c, text: " WORDS_OF("C") "}]}}\n");
    const struct def *def = &loaded.def;
    assert_int_equal(def->injects[0].trigger.kind, TRIGGER_WHEN);
    struct str pattern = pattern_format(&def->injects[1].trigger.pattern, &loaded.arena);
    assert_true(str_is(pattern, "decision question q")); /* not merged with the old condition */
    const struct def_question *question = def_question(def, STR("q"));
    assert_int_equal(question->option_count, 2);
    assert_true(str_is(question->options[1].id, "c"));
    unload(&loaded);
}

static void test_rules_are_merged_wherever_they_are(void **state)
{
    (void)state;
    struct loaded loaded;
    load_under(&loaded, FOR "rules:\n- {id: told, within: 1m}\n- {id: gone, off: yes}\n"
                            "- {id: ours, kind: each, before: " WORDS_OF("B") ", title: " WORDS_OF(
                                "T") ", why: " WORDS_OF("W") ", when: {message: {}}, then: "
                                                             "{readback: {}}, match: message}\n");
    assert_int_equal(loaded.rules.count, 2);
    assert_int_equal(loaded.rules.items[0].within_ms, 60000);
    assert_true(str_is(loaded.rules.items[0].pack, "general"));
    assert_true(str_is(loaded.rules.items[1].id, "ours"));
    assert_int_equal(loaded.rules.items[1].pack.len, 0);
    unload(&loaded);
}

static void test_a_logo_lies_beside_the_overlay(void **state)
{
    (void)state;
    struct bundle_file changes[] = {
        {STR("overlay.yaml"), STR(FOR "scenario: {logo: our.svg}\n")},
        {STR("overlay/our.svg"), STR("<svg/>")},
    };
    struct loaded loaded;
    load_tiny(&loaded, changes, 2);
    assert_true(loaded.ok);
    assert_true(str_is(loaded.def.logo, "overlay/our.svg"));
    unload(&loaded);
}

static void test_an_overlay_wants_files_of_its_own(void **state)
{
    (void)state;
    static const struct bundle_file files[] = {
        {STR_INIT("overlay.yaml"),
            STR_INIT(FOR "scenario: {logo: our.svg, organisation: ours, rules: [a]}\n")},
        {STR_INIT("scenario.yaml"), STR_INIT("id: tiny\norganisation: theirs\nrules: [b, c]\n")},
    };
    struct bundle bundle = {.files = files, .file_count = 2, .overlay = STR("our/plan.yaml")};
    struct arena arena = {0};
    struct strs paths;
    struct err err;
    struct buf said = {0};
    assert_true(load_wants(&bundle, &arena, &paths, &err));
    for (size_t i = 0; i < paths.count; i++)
        buf_format(&said, "%.*s ", STR_ARG(paths.items[i]));
    buf_add_char(&said, '\0');
    assert_string_equal(said.ptr, "roles/catalogue.yaml roles/organisations/ours.yaml "
                                  "scoring/a.yaml overlay/our.svg ");
    bundle.file_count = 1;
    assert_false(load_wants(&bundle, &arena, &paths, &err));
    buf_fini(&said);
    arena_fini(&arena);
}

static void test_mistakes_in_overlays(void **state)
{
    (void)state;
    static const struct mistake rows[] = {
        {"overlay.yaml", "^- a\n",
            "^ expected an overlay as a mapping (key: value), found a list\n"},
        {"overlay.yaml", "^title: " WORDS_OF("T") "\n^fcats: []\n",
            "^ an overlay needs \"for:\", which is missing\n"
            "^ an overlay has no key \"fcats\"; did you mean \"facts\"?\n"},
        {"overlay.yaml", "for: ^small\n",
            "^ this overlay is for \"small\", but the scenario is \"tiny\"\n"},
        {"overlay.yaml", FOR "scenario: ^[]\n",
            "^ \"scenario:\" expects keys of scenario.yaml, found a list\n"},
        {"overlay.yaml", FOR "scenario: {id: ^tiny}\n",
            "^ an overlay cannot change the scenario's \"id:\"; remove it\n"},
        {"overlay.yaml", FOR "scenario: {^pace: , ^titel: x}\n",
            "^ an empty value takes a key away, but there is no \"pace\" to take away; there is: "
            "id, title, summary, duration, story_start, stakeholders\n"
            "^ a scenario has no key \"titel\"; did you mean \"title\"?\n"},
        {"overlay.yaml", FOR "scenario: {stakeholders: [{id: vendor, deputy: ^vendr}]}\n",
            "^ no stakeholder is called \"vendr\"; did you mean \"vendor\"?\n"},
        {"overlay.yaml", FOR "facts: ^{id: leak}\n",
            "^ expected a list, each item (- ) naming by \"id:\" what it changes or adds, found a "
            "mapping (key: value)\n"},
        {"overlay.yaml", FOR "facts: [^{text: " WORDS_OF("A") "}]\n",
            "^ an entry of an overlay needs \"id:\", the thing that it changes or adds\n"},
        {"overlay.yaml", FOR "facts: [{id: leak}, ^{id: leak}]\n",
            "^ \"leak\" stands here twice, first in line 2; keep one\n"},
        {"overlay.yaml", FOR "facts: [^{id: leek, off: yes}]\n",
            "^ there is no \"leek\" to take away; did you mean \"leak\"?\n"},
        {"overlay.yaml", FOR "facts: [{id: leak, off: ^no}]\n",
            "^ \"off:\" can only be yes; remove it to keep \"leak\"\n"},
        {"overlay.yaml", FOR "facts: [^{id: leak, off: yes, text: " WORDS_OF("A") "}]\n",
            "^ \"off: yes\" takes \"leak\" away; nothing but its \"id:\" can stand beside it\n"},
        {"overlay.yaml", FOR "facts: [^{id: leek, needs: {poc: must}}]\n",
            "^ a fact needs \"text:\", which is missing; \"leek\" is new, did you mean to change "
            "\"leak\"?\n"},
        {"overlay.yaml", FOR "injects: [{id: call, via: ^fax}]\n",
            "^ \"via:\" cannot be \"fax\"; there is: phone, mail, chat, meeting, ticket, news, "
            "alert\n"},
        {"overlay.yaml", FOR "rules: ^{}\n",
            "^ expected a list, each item (- ) naming by \"id:\" what it changes or adds, found a "
            "mapping (key: value)\n"},
        {"overlay.yaml", FOR "scenario: {logo: ^our.gif}\n",
            "^ \"logo:\" expects a picture (.png, .jpg, .svg) in files/ or beside the overlay, "
            "found \"our.gif\"\n"},
        {"overlay.yaml", FOR "scenario: {logo: ^our.svg}\n", "^ there is no file \"our.svg\"\n"},
    };
    check_mistakes(rows, COUNT(rows));
}

#define NAMED(names) SCENARIO PEOPLE "names: " names "\n"
#define LONG_10 "1234567890"
#define LONG_100 LONG_10 LONG_10 LONG_10 LONG_10 LONG_10 LONG_10 LONG_10 LONG_10 LONG_10 LONG_10

static void test_mistakes_in_names(void **state)
{
    (void)state;
    static const struct mistake rows[] = {
        {"facts.yaml", "- {id: leak, text: {en: ^'It {{leaks}}', ja: a}}\n",
            "^ no name under \"names:\" is called \"leaks\"\n"},
        {"facts.yaml", "- {id: leak, text: {en: ^'It {{leaks', ja: a}}\n",
            "^ \"{{\" begins a name, but no \"}}\" ends it\n"},
        {"facts.yaml", "- {id: leak, text: {en: {^{leaks}}, ja: a}}\n",
            "^ a key must be a word, found a mapping (key: value); a text with {{ in it goes in "
            "quotes\n"},
        {"facts.yaml", "- {id: leak, text: {en: It ^{{leaks}}, ja: a}}\n",
            "^ this is not well-formed YAML: did not find expected ',' or '}', while parsing a "
            "flow "
            "mapping; check indentation, quotes and brackets; a text with {{ in it goes in "
            "quotes\n"},
        {"scenario.yaml", NAMED("^[a]"),
            "^ \"names:\" expects at most 64 names and their texts, like {hospital: {en: …, ja: "
            "…}}\n"},
        {"scenario.yaml", NAMED("{^The Firm: a}"),
            "^ \"The Firm\" cannot stand between {{ and }}; names are made of a-z, 0-9, - and _\n"},
        {"scenario.yaml", NAMED("{^firm: {en: A, ja: B}, ^firn: C}"),
            "^ warning: no text uses {{firm}}; did you mean \"firn\"?\n"
            "^ warning: no text uses {{firn}}; did you mean \"firm\"?\n"},
        {"scenario.yaml", NAMED("{firm: ^{en: A}}"),
            "^ \"firm:\" has no text in \"ja\"; every text is written in both languages\n"},
        {"scenario.yaml", NAMED("{firm: ^{en: '{{a}}', ja: B}}"),
            "^ a name cannot hold another name; write it out\n"},
        {"scenario.yaml", NAMED("{firm: ^" LONG_100 LONG_100 LONG_100 "}"),
            "^ a name has at most 256 bytes\n"},
        {"overlay.yaml", FOR "scenario: {names: {^frim: A}}\n",
            "^ warning: no text uses {{frim}}\n"},
    };
    check_mistakes(rows, COUNT(rows));
}

/* A few lines cannot mean megabytes. */
static void test_names_are_bounded(void **state)
{
    (void)state;
    struct buf text = {0}, said = {0};
    struct loaded loaded;
    buf_format(&text, SCENARIO "names: {x: " LONG_100 LONG_100 "}\nstakeholders: []\nobjectives:\n"
                               "- {id: o, text: {ja: a, en: '");
    for (int i = 0; i < 100; i++)
        buf_format(&text, "{{x}}");
    buf_format(&text, "'}}\n");
    buf_add_char(&text, '\0');
    load_with(&loaded, "scenario.yaml", text.ptr);
    assert_non_null(strstr(arena_str(&loaded.arena, told(&loaded, &said)).ptr,
        "with its names put in, this text is longer than 16384 bytes"));
    buf_fini(&text);
    buf_fini(&said);
    unload(&loaded);
}

/* Each key of a mapping is looked for in the other: two files of a mebibyte took minutes. */
static void test_mappings_are_bounded(void **state)
{
    (void)state;
    struct buf own = {0}, overlay = {0}, said = {0};
    struct loaded loaded;
    buf_format(&own, SCENARIO "world: {a: a}\n");
    buf_format(&overlay, FOR "scenario:\n  world:\n");
    for (int i = 0; i < 513; i++)
        buf_format(&overlay, "    b%d: x\n", i);
    const struct bundle_file files[] = {
        {STR("scenario.yaml"), buf_str(&own)}, {STR("overlay.yaml"), buf_str(&overlay)}};
    load_tiny(&loaded, files, COUNT(files));
    assert_non_null(strstr(arena_str(&loaded.arena, told(&loaded, &said)).ptr,
        "this mapping holds 513 keys, at most 512 are possible"));
    buf_fini(&own);
    buf_fini(&overlay);
    buf_fini(&said);
    unload(&loaded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_stand_in_texts),
        cmocka_unit_test(test_mappings_are_merged_by_key),
        cmocka_unit_test(test_people_and_facts_are_merged_by_id),
        cmocka_unit_test(test_injects_are_merged_by_id),
        cmocka_unit_test(test_rules_are_merged_wherever_they_are),
        cmocka_unit_test(test_a_logo_lies_beside_the_overlay),
        cmocka_unit_test(test_an_overlay_wants_files_of_its_own),
        cmocka_unit_test(test_mistakes_in_overlays),
        cmocka_unit_test(test_mistakes_in_names),
        cmocka_unit_test(test_names_are_bounded),
        cmocka_unit_test(test_mappings_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
