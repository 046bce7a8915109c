/* Slips of the hand in YAML: signs of a Japanese keyboard, colons in texts, what editors add. */
#include "mistakes.h"

#include <string.h>

#include "base/limits.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define ITEM "- id: leak\n"
#define TEXT "  text: " WORDS_OF("It leaks") "\n"
#define IN(what) ", while parsing a " what "; "
#define UNREAD "^ this is not well-formed YAML: "
#define NO_INDICATOR                                                                               \
    UNREAD "did not find expected '-' indicator" IN("block collection that begins in line 1")
#define NO_COLON UNREAD "could not find expected ':', while scanning a simple key; "
#define NO_COMMA UNREAD "did not find expected ',' or '}'" IN("flow mapping")
#define NO_VALUE UNREAD "mapping values are not allowed in this context; "
#define HALF "; type the half-width sign\n"
#define SPACE "there is a full-width space (U+3000) in it; type an ordinary one\n"
#define QUOTES                                                                                     \
    "a text with \": \" in it goes in quotes, like \"Rule: ask first\", and a comma stands "       \
    "before "                                                                                      \
    "the next key\n"

/* Where the file cannot be read, the place is the sign's own. */
static void test_unread(void **state)
{
    (void)state;
    static const struct mistake rows[] = {
        {"facts.yaml", ITEM "^　slot: x\n" TEXT, NO_INDICATOR SPACE},
        {"facts.yaml", ITEM " ^　slot: x\n" TEXT,
            UNREAD "did not find expected '-' indicator" IN(
                "block collection that begins in line 1") SPACE},
        {"facts.yaml", ITEM TEXT "  slot:^　x\n", NO_COLON SPACE},
        {"facts.yaml", ITEM "  slot^：x\n" TEXT, NO_COLON "\"：\" (U+FF1A) is no \":\"" HALF},
        {"facts.yaml", ITEM "  text^：\n    en: A\n    ja: B\n",
            NO_COLON "\"：\" (U+FF1A) is no \":\"" HALF},
        {"facts.yaml", ITEM "  text: {en: A^，ja: B}\n",
            NO_COMMA "\"，\" (U+FF0C) is no \",\"" HALF},
        {"facts.yaml", ITEM "  text: {en: A^、 ja: B}\n",
            NO_COMMA "\"、\" (U+3001) is no \",\"" HALF},
        {"facts.yaml", ITEM "  text: {en: A, ja: ^「規則: B」}\n",
            NO_COMMA "\"「\" (U+300C) is no '\"'" HALF},
        {"facts.yaml", ITEM "  text: {en: ^“A: b”, ja: B}\n",
            NO_COMMA "\"“\" (U+201C) is no '\"'" HALF},
        {"facts.yaml", ITEM "  text: ^｛en: A, ja: B｝\n",
            NO_VALUE "\"｛\" (U+FF5B) is no \"{\"" HALF},
        {"facts.yaml", ITEM TEXT "^－ id: more\n" TEXT,
            NO_INDICATOR "\"－\" (U+FF0D) is no \"-\"" HALF},
        {"facts.yaml", "^－ id: more\n" TEXT, NO_VALUE "\"－\" (U+FF0D) is no \"-\"" HALF},
        /* signs that belong where they are */
        {"facts.yaml", ITEM "  text:\n    en: A\n    ja: 「はい」、規則：B\n     x^: y\n",
            NO_VALUE "check indentation, quotes and brackets\n"},
        {"facts.yaml", ITEM "  text: {en: Rule^: A, ja: 「規則：はい」}\n", NO_COMMA QUOTES},
    };
    check_mistakes(rows, COUNT(rows));
}

/* Where the sign is a part of a word. */
static void test_words(void **state)
{
    (void)state;
    static const struct mistake rows[] = {
        {"scenario.yaml", SCENARIO PEOPLE "^　pace: 2\n",
            "^ a scenario has no key \"　pace\"; " SPACE},
        {"scenario.yaml", SCENARIO PEOPLE "mode: ^paced　\n",
            "^ \"mode:\" cannot be \"paced　\"; " SPACE},
        {"scenario.yaml", SCENARIO PEOPLE "pace: ^２\n",
            "^ \"pace:\" expects a whole number above zero, found \"２\"; \"２\" (U+FF12) is no "
            "\"2\"" HALF},
        {"scenario.yaml", SCENARIO PEOPLE "languages: ^[en、ja]\n",
            "^ \"languages:\" cannot be \"en、ja\"; \"、\" (U+3001) is no \",\"" HALF},
        {"facts.yaml", "- ^id：leak\n",
            "^ expected a fact as a mapping (key: value), found a text; \"：\" (U+FF1A) is no "
            "\":\"" HALF},
        {"facts.yaml", "^－ {id: leak}\n",
            "^ expected a list, each item (- ) being a fact, found a mapping (key: value); \"－\" "
            "(U+FF0D) is no \"-\"" HALF},
        {"facts.yaml", ITEM "  text: {^en：A, ja: B}\n",
            "^ \"text:\" has no language \"en：A\"; \"：\" (U+FF1A) is no \":\"" HALF},
        {"facts.yaml", ITEM TEXT "  replaces: ^「leak」\n",
            "^ no fact is called \"「leak」\"; \"「\" (U+300C) is no '\"'" HALF},
        {"facts.yaml", "- {id: leak, text: ^「漏えい」}\n",
            "^ \"text:\" expects a text in both languages, {en: …, ja: …}, found a text; \"「\" "
            "(U+300C) is no '\"'" HALF},
        {"facts.yaml", "- {id: leak, text: ^漏えい：した}\n",
            "^ \"text:\" expects a text in both languages, {en: …, ja: …}, found a text\n"},
    };
    check_mistakes(rows, COUNT(rows));
}

static void test_colon(void **state)
{
    (void)state;
    static const struct mistake rows[] = {
        {"facts.yaml", ITEM "  text: {en: Rule^: the commander hears., ja: B}\n", NO_COMMA QUOTES},
        {"facts.yaml", ITEM "  text:\n    en: Rule^: the commander hears.\n    ja: B\n",
            NO_VALUE QUOTES},
        {"facts.yaml", ITEM "  text:\n    en: A\n     ja^: B\n",
            NO_VALUE "check indentation, quotes and brackets\n"},
    };
    check_mistakes(rows, COUNT(rows));
}

/* The mark in front of a file is no sign of its first line. */
static void test_byte_order_mark(void **state)
{
    (void)state;
    static const struct mistake rows[] = {
        {"facts.yaml", "\xEF\xBB\xBF- {id: leak, text: " WORDS_OF("It leaks") "}\n", ""},
        {"scenario.yaml", "\xEF\xBB\xBF" SCENARIO PEOPLE, ""},
    };
    check_mistakes(rows, COUNT(rows));
    struct loaded loaded;
    struct buf said = {0};
    load_with(&loaded, "facts.yaml", "\xEF\xBB\xBF- {idd: leak}\n");
    assert_true(str_starts_with(told(&loaded, &said), STR("tiny/facts.yaml:1:3: a fact needs")));
    unload(&loaded);
    buf_fini(&said);
}

static void test_story(void **state)
{
    (void)state;
    static const struct mistake rows[] = {
        {"story.lua", "-- あ\nwait '1m' -- あ^\x83\x65\n",
            "^ this is not UTF-8 text; save the file as UTF-8\n"},
        {"facts.yaml", "- {id: leak,\n  text: {en: A, ja: い^\x83\x65}}\n",
            "^ this is not UTF-8 text; save the file as UTF-8\n"},
    };
    check_mistakes(rows, COUNT(rows));
    static char long_story[LIMIT_STORY_BYTES + 2];
    memset(long_story, ' ', LIMIT_STORY_BYTES + 1);
    struct loaded loaded;
    struct buf said = {0};
    load_with(&loaded, "story.lua", long_story);
    assert_string_equal(told(&loaded, &said).ptr,
        "tiny/story.lua:0:0: the file is larger than 128 KiB; shorten it, texts belong into YAML "
        "files\n");
    unload(&loaded);
    buf_fini(&said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unread),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_colon),
        cmocka_unit_test(test_byte_order_mark),
        cmocka_unit_test(test_story),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
