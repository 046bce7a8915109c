/* Keys that fill the setting of an exercise: what becomes of them, and what is told of mistakes. */
#include "mistakes.h"

#include <string.h>

#include "base/limits.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define PERSON(id, rest)                                                                           \
    "- {id: " id ", name: " WORDS_OF(id) ", reach: {phone: {answer: yes}}" rest "}\n"
#define CALL(rest) INJECT("call", rest)

/* A scenario that has one of each. */
static void load_setting(struct loaded *loaded)
{
    static const struct bundle_file changes[] = {
        {STR_INIT("rules.yaml"), STR_INIT(RULE("a", ", kind: respond, when: {knows: leak}, then: "
                                                    "{knows: leak, by: commander}"))},
        {STR_INIT("facts.yaml"),
            STR_INIT("- {id: leak, text: " WORDS_OF("L") ", slot: what}\n"
                                                         "- {id: better, text: " WORDS_OF(
                                                             "B") ", replaces: leak}\n")},
        {STR_INIT("scenario.yaml"),
            STR_INIT(SCENARIO PEOPLE PERSON("deputy", "") PERSON("boss",
                ", deputy: deputy, forwards: yes, hours: {days: mon-fri, "
                "from: \"8:30\", to: "
                "17:15}, after_hours: {phone: {answer: no, delay: 30s}}") PERSON("night",
                ", hours: [{days: [sat, sun], from: 00:00, to: "
                "\"24:00\"}, {days: "
                "\"fri-mon, wed\", from: 22:00, to: 06:00}]") PERSON("shop",
                ", hours: {days: daily, from: 09:00, to: "
                "18:00}") "difficulty: 3\n"
                          "slots: [{id: what, name: " WORDS_OF(
                              "What?") "}]\n"
                                       "hints: [{id: ask, to: "
                                       "[poc], rule: a, "
                                       "text: " WORDS_OF(
                                           "Ask") "}]\n"
                                                  "phases:\n- "
                                                  "{id: night, "
                                                  "name:"
                                                  " " WORDS_OF(
                                                      "N") "}\n"
                                                           "- "
                                                           "{id"
                                                           ": "
                                                           "day"
                                                           ", "
                                                           "nam"
                                                           "e:"
                                                           " " WORDS_OF(
                                                               "D") ", begins: "
                                                                    "2026-11-21T07:00:00+09:00}\n"
                                                                    "actions: [{id: stop, "
                                                                    "name: " WORDS_OF(
                                                                        "Stop") ", targets: fs, "
                                                                                "authority: [boss, "
                                                                                "commander], "
                                                                                "done_by: "
                                                                                "vendor}]\n")},
    };
    struct buf buf = {0};
    load_tiny(loaded, changes, COUNT(changes));
    struct str said = told(loaded, &buf);
    if (said.len > 0)
        fail_msg("%.*s", STR_ARG(said));
    buf_fini(&buf);
}

static void test_people_have_hours(void **state)
{
    (void)state;
    struct loaded loaded;
    load_setting(&loaded);
    const struct def_stakeholder *boss = def_stakeholder(&loaded.def, STR("boss"));
    const struct def_stakeholder *night = def_stakeholder(&loaded.def, STR("night"));
    const struct def_stakeholder *shop = def_stakeholder(&loaded.def, STR("shop"));
    assert_true(boss->forwards);
    assert_int_equal(boss->hour_count, 1);
    assert_int_equal(boss->hours[0].days, 0x1F); /* Monday to Friday */
    assert_int_equal(boss->hours[0].from_minute, 8 * 60 + 30);
    assert_int_equal(boss->hours[0].to_minute, 17 * 60 + 15);
    assert_true(boss->has_after_hours);
    assert_int_equal(boss->after_hours[CHANNEL_PHONE].answer, ANSWER_NO);
    assert_int_equal(boss->after_hours[CHANNEL_PHONE].delay_ms, 30000);
    assert_int_equal(boss->reach[CHANNEL_PHONE].answer, ANSWER_YES);
    assert_false(night->has_after_hours);
    assert_int_equal(night->hour_count, 2);
    assert_int_equal(night->hours[0].days, 0x60);
    assert_int_equal(night->hours[0].to_minute, 24 * 60);
    assert_int_equal(night->hours[1].days, 0x75); /* Friday to Monday, and Wednesday */
    assert_int_equal(shop->hours[0].days, 0x7F);
    unload(&loaded);
}

static void test_the_frame(void **state)
{
    (void)state;
    struct loaded loaded;
    load_setting(&loaded);
    const struct def *def = &loaded.def;
    assert_int_equal(def->difficulty, 3);
    assert_int_equal(def->slot_count, 1);
    assert_true(str_is(def->slots[0].name.in[LANG_JA], "What?"));
    const struct def_hint *hint = def_hint(def, STR("ask"));
    assert_true(str_is(hint->to.items[0], "poc"));
    assert_true(str_is(hint->rule, "a"));
    assert_true(str_is(hint->text.in[LANG_EN], "Ask"));
    assert_int_equal(def_phase(def, STR("night"))->begins_ms, 0);
    assert_int_equal(def_phase(def, STR("day"))->begins_ms - def->story_start_ms,
        (8 * 60 + 50) * INT64_C(60000));
    const struct def_action *stop = def_action(def, STR("stop"));
    assert_true(strs_contain(stop->authority, STR("boss")));
    assert_true(strs_contain(stop->done_by, STR("vendor")));
    assert_true(str_is(def_fact(def, STR("leak"))->slot, "what"));
    assert_true(str_is(def_fact(def, STR("better"))->replaces, "leak"));
    assert_int_equal(def->injects[0].level, 0);
    unload(&loaded);
}

static void test_attachments(void **state)
{
    (void)state;
    static const struct bundle_file changes[] = {
        {STR_INIT("injects.yaml"),
            STR_INIT(
                CALL(", level: 2, attachments: [files/a.log, {file: files/b.svg, name: " WORDS_OF(
                    "B") "}, {file: {en: files/in/c.en.eml, ja: files/in/c.ja.eml}}]"))},
        {STR_INIT("files/a.log"), STR_INIT("a")},
        {STR_INIT("files/b.svg"), STR_INIT("b")},
        {STR_INIT("files/in/c.en.eml"), STR_INIT("c")},
        {STR_INIT("files/in/c.ja.eml"), STR_INIT("c")},
        {STR_INIT("files/d.png"), STR_INIT("d")},
    };
    struct loaded loaded;
    load_tiny(&loaded, changes, COUNT(changes));
    assert_true(loaded.ok);
    const struct def_inject *call = &loaded.def.injects[0];
    assert_int_equal(call->level, 2);
    assert_int_equal(call->attachment_count, 3);
    const struct def_attachment *all = call->attachments;
    assert_true(str_is(all[0].path[LANG_EN], "files/a.log"));
    assert_true(str_is(all[0].path[LANG_JA], "files/a.log"));
    assert_true(str_is(all[0].name.in[LANG_JA], "a.log"));
    assert_true(str_is(all[1].name.in[LANG_JA], "B"));
    assert_true(str_is(all[2].path[LANG_JA], "files/in/c.ja.eml"));
    assert_true(str_is(all[2].name.in[LANG_JA], "c.ja.eml"));
    assert_int_equal(loaded.problems.count, 1);
    assert_true(str_is(loaded.problems.items[0].place.file, "tiny/files/d.png"));
    assert_true(str_is(loaded.problems.items[0].message,
        "no inject shows this file; name it under \"attachments:\", or remove it"));
    unload(&loaded);
}

static void test_mistakes_in_attachments(void **state)
{
    (void)state;
    static const struct mistake rows[] = {
        {"injects.yaml", CALL(", attachments: ^files/a.log"),
            "^ \"attachments:\" expects a list of at most 64 files, found a text\n"},
        {"injects.yaml", CALL(", attachments: [^../a.log, ^[a]]"),
            "^ an attachment is a path like files/mail.eml, found \"../a.log\"\n"
            "^ an attachment is a path like files/mail.eml, found a list\n"},
        {"injects.yaml", CALL(", attachments: [^files/a.exe]"),
            "^ no page can show a file like \"files/a.exe\"; there is: .txt, .log, .eml, .csv, "
            ".md, .png, .jpg, .svg, .pdf\n"},
        {"injects.yaml", CALL(", attachments: [^files/a.log]"),
            "^ there is no file \"files/a.log\"\n"},
        {"injects.yaml", CALL(", attachments: [{file: ^{^jp: files/a.log, en: ^files/a.log}}]"),
            "^ \"file:\" has no file in \"ja\"; name one file, or one in each language\n"
            "^ \"file:\" has no language \"jp\"; there is: en, ja\n"
            "^ there is no file \"files/a.log\"\n"},
        {"injects.yaml", CALL(", attachments: [^{^fiel: files/a.log}]"),
            "^ an attachment needs \"file:\", which is missing\n"
            "^ an attachment has no key \"fiel\"; did you mean \"file\"?\n"},
        {"injects.yaml", CALL(", level: ^4"),
            "^ \"level:\" expects a whole number from 1 to 3, found \"4\"\n"},
        {"injects.yaml", CALL(", ^optional: yes"),
            "^ an inject has no key \"optional\"; did you mean \"level\"?\n"},
    };
    check_mistakes(rows, COUNT(rows));
}

/* A file that was meant is not told as one that nobody meant. */
static void test_misspelt_attachment(void **state)
{
    (void)state;
    struct bundle_file changes[] = {
        {STR("injects.yaml"), STR(CALL(", attachments: [files/al.log]"))},
        {STR("files/a1.log"), STR("x\n")},
    };
    struct loaded loaded;
    struct buf said = {0};
    load_tiny(&loaded, changes, 2);
    assert_non_null(strstr(told(&loaded, &said).ptr, "there is no file \"files/al.log\"; did you "
                                                     "mean \"files/a1.log\"?\n"));
    assert_int_equal(loaded.problems.count, 1);
    unload(&loaded);
    buf_fini(&said);
}

/* What a list defines that is too long is not missing elsewhere. */
static void test_too_many_facts(void **state)
{
    (void)state;
    struct buf text = {0}, said = {0};
    struct loaded loaded;
    for (int i = 0; i <= LIMIT_FACTS; i++)
        buf_format(&text, "- {id: f%d, text: {en: A%d, ja: い%d}}\n", i, i, i);
    struct bundle_file change = {STR("facts.yaml"), buf_str(&text)};
    load_tiny(&loaded, &change, 1);
    assert_string_equal(told(&loaded, &said).ptr,
        "tiny/facts.yaml:1:1: this list holds 513 items, at most 512 are possible\n");
    unload(&loaded);
    buf_fini(&text);
    buf_fini(&said);
}

static void test_mistakes_in_hours(void **state)
{
    (void)state;
    static const struct mistake rows[] = {
        {"scenario.yaml", SCENARIO PEOPLE PERSON("b", ", hours: ^daily"),
            "^ expected a list, each item (- ) being an entry of \"hours:\", found a text\n"},
        {"scenario.yaml", SCENARIO PEOPLE PERSON("b", ", hours: ^{days: ^mo-fri, from: 9:00}"),
            "^ an entry of \"hours:\" needs \"to:\", which is missing\n"
            "^ no day is called \"mo\"; expected days like mon-fri, \"sat,sun\" or daily\n"},
        {"scenario.yaml",
            SCENARIO PEOPLE PERSON("b", ", hours: {days: daily, from: ^9, to: ^24:01}"),
            "^ \"from:\" expects a time of the day like 08:30, found \"9\"\n"
            "^ \"to:\" expects a time of the day like 08:30, found \"24:01\"\n"},
        {"scenario.yaml", SCENARIO PEOPLE PERSON("b", ", forwards: ^yes"),
            "^ \"forwards:\" needs \"deputy:\", whoever gets what is not answered\n"},
        {"scenario.yaml", SCENARIO PEOPLE PERSON("b", ", after_hours: ^{phone: {answer: no}}"),
            "^ \"after_hours:\" needs \"hours:\", or it never comes\n"},
        {"scenario.yaml",
            SCENARIO "stakeholders:\n^" PERSON("vendor", ", deputy: b, forwards: yes")
                PERSON("b", ", deputy: vendor, forwards: yes"),
            "^ what \"vendor\" forwards to its deputy would come back to it; let one of them not "
            "forward\n"},
    };
    check_mistakes(rows, COUNT(rows));
}

static void test_mistakes_in_the_frame(void **state)
{
    (void)state;
    static const struct mistake rows[] = {
        {"scenario.yaml", SCENARIO PEOPLE "difficulty: ^4\n",
            "^ \"difficulty:\" expects a whole number from 0 to 3, found \"4\"\n"},
        {"scenario.yaml", SCENARIO PEOPLE "slots: [^{id: what}]\n",
            "^ a slot needs \"name:\", which is missing\n"},
        {"scenario.yaml",
            SCENARIO PEOPLE "hints: [{id: h, to: [^pok], rule: ^r, text: " WORDS_OF("T") "}]\n",
            "^ no role is called \"pok\"; did you mean \"poc\"?\n"
            "^ no rule is called \"r\"\n"},
        {"scenario.yaml",
            SCENARIO PEOPLE
            "phases: [{id: a, name: " WORDS_OF("A") ", begins: ^2026-11-20T22:09:00+09:00}]\n",
            "^ \"a\" begins before the story's start or the phase before it\n"},
        {"scenario.yaml",
            SCENARIO PEOPLE "phases: [{id: a, name: " WORDS_OF("A") ", begins: ^tomorrow}]\n",
            "^ \"begins:\" expects a date and time with its offset, like "
            "2026-11-20T22:10:00+09:00, found \"tomorrow\"\n"},
        {"scenario.yaml",
            SCENARIO PEOPLE
            "actions: [{id: a, name: " WORDS_OF("A") ", authority: ^bos, done_by: [^legal]}]\n",
            "^ no role or stakeholder is called \"bos\"; there is: room, commander, poc, "
            "vendor\n"
            "^ the role \"legal\" has no seat in this scenario; give it one under \"seats:\" in "
            "scenario.yaml, or name somebody else\n"},
        {"scenario.yaml", SCENARIO PEOPLE "logo: ^our.svg\n",
            "^ \"logo:\" expects a picture (.png, .jpg, .svg) in files/ or beside the overlay, "
            "found \"our.svg\"\n"},
        {"scenario.yaml",
            "id: tiny\ntitle: " WORDS_OF("T") "\nsummary: " WORDS_OF(
                "S") "\nduration: 9m\nstory_start: ^1969-12-31T23:59:00Z\n" PEOPLE,
            "^ \"story_start:\" lies before 1970\n"},
        {"facts.yaml", "- {id: leak, text: " WORDS_OF("L") ", slot: ^what}\n",
            "^ no slot is called \"what\"\n"},
        {"facts.yaml",
            "- {id: leak, text: " WORDS_OF("L") ", replaces: ^b}\n"
                                                "- {id: b, text: " WORDS_OF(
                                                    "B") ", replaces: ^leak}\n",
            "^ \"leak\" would replace itself in the end; let the oldest fact replace nothing\n"
            "^ \"b\" would replace itself in the end; let the oldest fact replace nothing\n"},
        {"facts.yaml", "- {id: leak, text: " WORDS_OF("L") ", replaces: ^leek}\n",
            "^ no fact is called \"leek\"; did you mean \"leak\"?\n"},
    };
    check_mistakes(rows, COUNT(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_people_have_hours),
        cmocka_unit_test(test_the_frame),
        cmocka_unit_test(test_attachments),
        cmocka_unit_test(test_mistakes_in_attachments),
        cmocka_unit_test(test_misspelt_attachment),
        cmocka_unit_test(test_too_many_facts),
        cmocka_unit_test(test_mistakes_in_hours),
        cmocka_unit_test(test_mistakes_in_the_frame),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
