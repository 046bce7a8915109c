/* What is left over in a scenario that loads, and what the rehearsals find. */
#include "mistakes.h"

#include <string.h>

#include "app/inspect.h"

/* Everything in it serves something, so that each case shows just its own. */
#define ROUND_FACT "- {id: leak, text: " WORDS_OF("It leaks") ", needs: {commander: must}}\n"
#define ROUND_INJECT INJECT("call", ", at: 1m, facts: leak")
#define TITLED(id, rest) "- " TITLED_AS(id, rest)
#define TITLED_AS(id, rest)                                                                        \
    "{id: " id ", from: vendor, to: poc, via: phone, title: {en: " id "-en, ja: " id               \
    "-ja}, body: " WORDS_OF("B") rest "}\n"
#define MARKED(id, rest) "- ^" TITLED_AS(id, rest)
#define QUESTION(id, rest)                                                                         \
    "question: {id: " id ", prompt: " WORDS_OF("P") ", options: [{id: one, text: " WORDS_OF(       \
        "1") "}, {id: two, text: " WORDS_OF("2") "}]" rest "}"

enum { CHANGES = 3 };

struct change {
    const char *path, *text;
};

/* Files that take the place of the tiny scenario's, with marks in the first of them, and what is
 * told: "^ kind: sentence". */
struct inspect_case {
    struct change changes[CHANGES];
    const char *expected;
};

static void inspect(const struct inspect_case *row, struct str first, struct buf *said)
{
    struct bundle_file files[TINY_COUNT + CHANGES];
    size_t count = 0;
    struct arena arena = {0};
    struct problems problems = {0};
    struct load_result result;
    for (size_t i = 0; i < TINY_COUNT; i++)
        files[count++] = tiny_files[i];
    for (size_t i = 0; i < CHANGES && row->changes[i].path; i++) {
        size_t at = 0;
        while (at < count && !str_is(files[at].path, row->changes[i].path))
            at++;
        files[at] = (struct bundle_file){
            str_of(row->changes[i].path), i == 0 ? first : str_of(row->changes[i].text)};
        count += at == count;
    }
    struct bundle bundle = {.files = files, .file_count = count, .root = STR("tiny/")};
    bool is_good = inspect_scenario(&bundle, &arena, &problems, &result);
    assert_int_equal(is_good, problems.error_count == 0);
    for (size_t i = 0; i < problems.count; i++) {
        const struct problem *problem = &problems.items[i];
        buf_format(said, "%.*s:%d:%d: %s: %.*s\n", STR_ARG(problem->place.file),
            problem->place.line, problem->place.column, problem_kinds[problem->kind].id,
            STR_ARG(problem->message));
    }
    problems_fini(&problems);
    arena_fini(&arena);
}

static void check_case(const struct inspect_case *row)
{
    struct buf text = {0}, expected = {0}, said = {0};
    struct place marks[MARKS] = {0};
    struct mistake mistake = {row->changes[0].path, row->changes[0].text, row->expected};
    inspect(row, without_marks(row->changes[0].text, &text, marks), &said);
    with_places(&mistake, &expected, marks);
    if (!str_eq(buf_str(&said), buf_str(&expected)))
        fail_msg("%s\n%s\nwas told:\n%.*s\ninstead of:\n%.*s", row->changes[0].path,
            row->changes[0].text, STR_ARG(buf_str(&said)), STR_ARG(buf_str(&expected)));
    buf_fini(&text);
    buf_fini(&expected);
    buf_fini(&said);
}

#define CHECK_CASES(cases)                                                                         \
    for (size_t i = 0; i < sizeof(cases) / sizeof((cases)[0]); i++)                                \
    check_case(&(cases)[i])

#define STORY(body) "story('s', function()\n" body "\nend)\n"

/* What comes, and what cannot. */
static void test_injects(void **state)
{
    (void)state;
    static const struct inspect_case cases[] = {
        {{{"injects.yaml", ROUND_INJECT}}, ""},
        {{{"injects.yaml", ROUND_INJECT MARKED("late", "")}},
            "^ unfired-inject: nothing makes \"late\" come; give it a trigger, send it in the "
            "story, or say \"by_hand: yes\" when it is for the facilitator\n"},
        {{{"injects.yaml", ROUND_INJECT TITLED("late", ", by_hand: yes")}}, ""},
        {{{"injects.yaml", ROUND_INJECT TITLED("late", "")}, {"story.lua", STORY("inject 'late'")}},
            ""},
        {{{"injects.yaml", ROUND_INJECT TITLED("late", "")},
             {"story.lua", "local ids = {'late'}\n" STORY("local id = ids[1] id = id inject(id)")}},
            ""},
        {{{"injects.yaml", ROUND_INJECT MARKED("late", "")},
             {"story.lua", STORY("if seen 'late' then finish() end")}},
            "^ unfired-inject: nothing makes \"late\" come; give it a trigger, send it in the "
            "story, or say \"by_hand: yes\" when it is for the facilitator\n"},
        /* chains of what cannot be */
        {{{"injects.yaml", ROUND_INJECT MARKED("a", "") TITLED("b", ", after: ^{inject: a}")
                               TITLED("c", ", when: ^{delivered: b}")
                                   TITLED("d", ", when: {delivered: [b, call]}")}},
            "^ unfired-inject: nothing makes \"a\" come; give it a trigger, send it in the story, "
            "or say \"by_hand: yes\" when it is for the facilitator\n"
            "^ unfired-inject: \"b\" can never come: \"a\" never comes; correct \"after:\", or "
            "make that possible\n"
            "^ unfired-inject: \"c\" can never come: \"b\" never comes; correct \"when:\", or make "
            "that possible\n"},
        {{{"injects.yaml",
             ROUND_INJECT TITLED("a", ", when: {reached: vendor}")
                 TITLED("b", ", when: {knows: leak}") TITLED("c", ", when: {message: {to: poc}}")}},
            ""},
        {{{"injects.yaml", ROUND_INJECT TITLED("a", ", at: 2m") "- {id: b, from: vendor, to: poc, "
                                                                "via: phone, title: ^{en: a-en, "
                                                                "ja: other}, body: " WORDS_OF(
                                                                    "B") ", at: 3m}\n"}},
            "^ duplicate-title: \"b\" has the title of \"a\" in \"en\"; say in it what is "
            "different\n"},
    };
    CHECK_CASES(cases);
}

static void test_questions(void **state)
{
    (void)state;
    static const struct inspect_case cases[] = {
        {{{"injects.yaml",
             ROUND_INJECT TITLED("ask",
                 ", at: 2m, question: {id: q, prompt: " WORDS_OF(
                     "P") ", options: ^[{id: one, text: " WORDS_OF("1") "}, {id: two, "
                                                                        "text: " WORDS_OF(
                                                                            "2") "}]"
                                                                                 "}")}},
            "^ unread-question: nothing follows from \"q\": no trigger, rule or story looks at the "
            "decision\n"},
        {{{"injects.yaml", ROUND_INJECT TITLED("ask", ", at: 2m, " QUESTION("q", ""))
                               TITLED("then", ", when: {decision: q, option: one}")}},
            ""},
        /* an owner who never sees it */
        {{{"injects.yaml",
             ROUND_INJECT TITLED("ask", ", at: 2m, " QUESTION("q", ", owner: ^commander"))
                 TITLED("then", ", when: {decision: q, option: one}")}},
            "^ absent-owner: \"commander\" can never decide \"q\": \"ask\", which asks it, does "
            "not "
            "go there; add the role to its \"to:\"\n"},
        {{{"injects.yaml", ROUND_INJECT TITLED("ask", ", at: 2m, " QUESTION("q", ", owner: poc"))
                               TITLED("then", ", when: {decision: q, option: one}")}},
            ""},
        {{{"injects.yaml", ROUND_INJECT TITLED("ask", ", " QUESTION("q", ", owner: commander"))
                               TITLED("then", ", when: {decision: q, option: one}")},
             {"story.lua", STORY("reply(await(message()), 'ask')")}},
            ""},
        {{{"injects.yaml",
              ROUND_INJECT TITLED("ask",
                  ", at: 2m, question: {id: q, prompt: " WORDS_OF(
                      "P") ", options: ^[{id: one, text: " WORDS_OF("1") "}, {id: two, "
                                                                         "text: " WORDS_OF(
                                                                             "2") "}]"
                                                                                  "}")},
             {"story.lua", STORY("if ask('q', '5m') then finish() end")}},
            "^ unread-option: nothing distinguishes these options of \"q\": one, two; that is fine "
            "when they are for people to talk about\n"},
        {{{"injects.yaml", ROUND_INJECT TITLED("ask", ", " QUESTION("q", ""))},
             {"story.lua", STORY("if ask('q', '5m') == 'one' then finish() end")}},
            ""},
        {{{"injects.yaml",
             ROUND_INJECT MARKED("ask",
                 ", question: ^{id: q, prompt: " WORDS_OF(
                     "P") ", options: [{id: one, text: " WORDS_OF("1") "}, {id: two, "
                                                                       "text: " WORDS_OF("2") "}]}")
                 TITLED("then", ", when: ^{decision: q, option: one}")}},
            "^ unfired-inject: nothing makes \"ask\" come; give it a trigger, send it in the "
            "story, or say \"by_hand: yes\" when it is for the facilitator\n"
            "^ unasked-question: \"q\" is never asked, because \"ask\" never comes\n"
            "^ unfired-inject: \"then\" can never come: \"q\" is never asked; correct \"when:\", "
            "or make that possible\n"},
        {{{"injects.yaml", ROUND_INJECT TITLED("ask", ", at: 2m, " QUESTION("q", ""))
                               TITLED("then", ", when: {decision: q, option: one}")
                                   TITLED("over", ", when: ^{expired: q}")}},
            "^ unfired-inject: \"over\" can never come: \"q\" has no \"within:\" that could run "
            "out; correct \"when:\", or make that possible\n"},
    };
    CHECK_CASES(cases);
}

#define WITH(text) SCENARIO PEOPLE text

static void test_things(void **state)
{
    (void)state;
    static const struct inspect_case cases[] = {
        {{{"facts.yaml",
             ROUND_FACT "- ^{id: lost, text: " WORDS_OF("L") ", needs: {poc: useful}}\n"}},
            "^ unlearnable-fact: nobody can learn \"lost\": no inject that can come holds it; name "
            "it under \"facts:\" of one, or reveal it in the story\n"},
        {{{"facts.yaml",
              ROUND_FACT "- {id: lost, text: " WORDS_OF("L") ", needs: {poc: useful}}\n"},
             {"story.lua", STORY("reveal('lost', 'poc')")}},
            ""},
        {{{"facts.yaml", "- ^{id: leak, text: " WORDS_OF("It leaks") "}\n"}},
            "^ unneeded-fact: nobody needs \"leak\"; say under \"needs:\" who must, should or must "
            "never hear it\n"},
        {{{"facts.yaml",
             "- {id: leak, text: " WORDS_OF("It leaks") ", truth: [{from: 1m, text: " WORDS_OF(
                 "No") ", holds: no}]}\n"}},
            ""},
        {{{"facts.yaml", "- {id: leak, text: " WORDS_OF("It leaks") "}\n"},
             {"story.lua", STORY("await(knows 'leak')")}},
            ""},
        {{{"scenario.yaml", WITH("slots:\n- {id: a, name: " WORDS_OF(
                                "A") "}\n- ^{id: b, name: " WORDS_OF("B") "}\n")},
             {"facts.yaml", "- {id: leak, slot: a, text: " WORDS_OF(
                                "It leaks") ", needs: {commander: must}}\n"}},
            "^ unanswered-slot: no fact answers \"b\"; add \"slot: b\" to the one that does\n"},
        {{{"scenario.yaml",
             SCENARIO PEOPLE "- {id: press, name: " WORDS_OF(
                 "Press") ", reach: ^{phone: {answer: no}, mail: {answer: stale}}}\n"}},
            "^ unreachable: \"press\" answers on no channel and has no deputy; give a channel "
            "\"answer: yes\", or name a \"deputy:\"\n"},
        {{{"scenario.yaml", SCENARIO PEOPLE "- {id: press, deputy: vendor, name: " WORDS_OF(
                                "Press") ", reach: {phone: {answer: no}}}\n"}},
            ""},
        {{{"scenario.yaml", WITH("phases:\n- {id: night, name: " WORDS_OF(
                                "N") "}\n- ^{id: day, name: " WORDS_OF("D") "}\n")}},
            "^ unentered-phase: the story never begins \"day\"; that is left to the facilitator\n"},
        {{{"scenario.yaml", WITH("phases:\n- {id: night, name: " WORDS_OF(
                                "N") "}\n- {id: day, name: " WORDS_OF("D") "}\n")},
             {"story.lua", STORY("begin_phase 'day'")}},
            ""},
        {{{"scenario.yaml", WITH("actions:\n- ^{id: cut, name: " WORDS_OF("C") "}\n")}},
            "^ unread-action: nothing answers to \"cut\": no trigger, rule or story looks at "
            "it\n"},
        {{{"scenario.yaml", WITH("actions:\n- {id: cut, name: " WORDS_OF("C") "}\n")},
             {"story.lua", STORY("if await(action 'cut', '5m') then finish() end")}},
            ""},
        {{{"scenario.yaml", WITH("world: {gate: ^open}\n")}},
            "^ unused-world: the story neither sets nor gets \"gate\"; let it, or take the value "
            "away\n"},
        {{{"scenario.yaml", WITH("world: {gate: open}\n")},
             {"story.lua", STORY("set('gate', 'shut')")}},
            ""},
        {{{"scenario.yaml", WITH("hints:\n- {id: a, to: [poc], text: " WORDS_OF(
                                "A") "}\n- ^{id: b, to: [poc], text: " WORDS_OF("B") "}\n")},
             {"story.lua", STORY("hint 'a'")}},
            "^ unused-hint: the story never gives the hint \"b\"; that is left to the "
            "facilitator\n"},
        {{{"scenario.yaml", WITH("hints:\n- {id: a, to: [poc], text: " WORDS_OF("A") "}\n")}}, ""},
    };
    CHECK_CASES(cases);
}

#define RULED(id, when, then)                                                                      \
    "{id: " id ", kind: respond, before: " WORDS_OF("B") ", title: " WORDS_OF(                     \
        "T") ", why: " WORDS_OF("W") ", when: {" when "}, then: {" then "}, within: 5m}\n"

#define UNREAD(rule)                                                                               \
    "^ no-attention: \"" rule "\" begins only when somebody has read; a team that never opens it " \
    "misses nothing. Add \"attention: 3m\" to \"when:\"\n"

static void test_rules(void **state)
{
    (void)state;
    static const struct inspect_case cases[] = {
        {{{"rules.yaml",
              "- ^" RULED("r", "expired: q", "message: {to: poc}") "- ^" RULED(
                  "s", "decision: q", "expired: q") "- ^" RULED("t", "knows: leak", "decision: q")},
             {"injects.yaml", INJECT("call", ", at: 1m, facts: leak, " QUESTION("q", ""))}},
            "tiny/injects.yaml:1:166: unread-option: nothing distinguishes these options of \"q\": "
            "one, two; that is fine when they are for people to talk about\n"
            "^ dead-rule: \"r\" can never be activated: \"q\" has no \"within:\" that could run "
            "out; correct \"when:\", or make that possible\n"
            "^ dead-rule: nobody can do what \"s\" asks for: \"q\" has no \"within:\" that "
            "could run out; correct \"then:\", or make that possible\n" UNREAD("t")},
        /* who does not read begins no rule */
        {{{"rules.yaml",
             "- ^" RULED("r", "knows: leak, by: poc", "message: {to: poc}") "- " RULED(
                 "s", "knows: leak, attention: 3m", "message: {to: poc}") "- ^" RULED("t",
                 "opened: call", "message: {to: poc}") "- " RULED("u", "message: {to: poc}",
                 "message: {to: poc}")}},
            UNREAD("r") UNREAD("t")},
    };
    CHECK_CASES(cases);
}

static void test_times(void **state)
{
    (void)state;
    static const struct inspect_case cases[] = {
        {{{"injects.yaml",
             ROUND_INJECT TITLED("a", ", after: ^{inject: call, by: 9m30s}") TITLED("b",
                 ", unless: ^{escalation: {to: commander}, within: 11m}, reason: " WORDS_OF("R"))}},
            "^ late: \"a\" comes at 10m30s, after the exercise's planned end; correct \"by:\", or "
            "\"duration:\" in scenario.yaml\n"
            "^ late: this waits 11m, longer than the whole exercise, which lasts 10m; shorten it, "
            "or lengthen \"duration:\" in scenario.yaml\n"},
        {{{"injects.yaml",
             ROUND_INJECT TITLED("a",
                 ", at: 2m, question: {id: q, within: ^15m, prompt: " WORDS_OF(
                     "P") ", options: [{id: one, text: " WORDS_OF("1") "}, {id: two, "
                                                                       "text: " WORDS_OF("2") "}]}")
                 TITLED("b", ", when: {decision: q, option: one}")}},
            "^ late: this question is open for 15m, longer than the whole exercise, which lasts "
            "10m; shorten it, or lengthen \"duration:\" in scenario.yaml\n"},
        {{{"injects.yaml", ROUND_INJECT TITLED("a", ", at: 2m") TITLED("b", ", at: 3m")
                               TITLED("c", ", after: {inject: b, by: 1m}") TITLED("d", ", at: ^6m")
                                   TITLED("e", ", at: 7m")}},
            "^ overload: \"poc\" gets 5 injects between 1m and 6m: call, a, b, c, d; spread them, "
            "or send some to another role\n"},
        {{{"injects.yaml", ROUND_INJECT TITLED("a", ", at: 2m") TITLED("b", ", at: 3m")
                               TITLED("c", ", at: 4m, level: 3") TITLED("d", ", at: 6m")}},
            ""},
    };
    CHECK_CASES(cases);
}

#define TEXT(en, ja) "title: " WORDS_OF("T") ", body: {en: " en ", ja: " ja "}"
#define TOLD(text)                                                                                 \
    "- {id: call, from: vendor, to: poc, via: phone, at: 1m, facts: leak, " text "}\n"

static void test_texts(void **state)
{
    (void)state;
    static const struct inspect_case cases[] = {
        {{{"injects.yaml",
             TOLD(TEXT("Who is still awake tonight?", "^Who is still awake tonight?"))}},
            "^ same-text: this text is the same in both languages; translate it\n"},
        {{{"injects.yaml", TOLD(TEXT("Who is still awake?", "^Hito wa okite iru ka"))}},
            "^ other-language: this text is given as Japanese and holds no Japanese; translate "
            "it\n"},
        {{{"injects.yaml", TOLD(TEXT("^誰かいますか", "誰がいますか"))}},
            "^ other-language: this text is given as English and is Japanese; translate it\n"},
        {{{"injects.yaml", TOLD(TEXT("VPN 050-0000-1001 (24h)", "VPN 050-0000-1001 (24h)"))}}, ""},
        {{{"injects.yaml",
             TOLD(TEXT("The mark 【訓練】 is on all of it.", "全部に【訓練】と付く。"))}},
            ""},
    };
    CHECK_CASES(cases);
}

static void test_files(void **state)
{
    (void)state;
    static const struct inspect_case cases[] = {
        {{{"files/note.txt", "x"}}, "tiny/files/note.txt:0:0: unused-attachment: no inject shows "
                                    "this file; name it under \"attachments:\", or remove it\n"},
        {{{"files/x.png", "not a picture"},
             {"injects.yaml", INJECT("call", ", at: 1m, facts: leak, attachments: [files/x.png]")}},
            "tiny/files/x.png:0:0: attachment-content: the content of this file is not what its "
            "name says; save it again in that format, or rename it\n"},
        {{{"files/x.txt", "text"},
             {"injects.yaml", INJECT("call", ", at: 1m, facts: leak, attachments: [files/x.txt]")}},
            ""},
    };
    CHECK_CASES(cases);
    enum { LARGE = 1024 * 1024 + 1024 };
    struct inspect_case large = {
        {{"files/x.txt", "x"},
            {"injects.yaml", INJECT("call", ", at: 1m, facts: leak, attachments: [files/x.txt]")}},
        NULL};
    struct buf text = {0}, said = {0};
    while (text.len < LARGE)
        buf_add_char(&text, 'x');
    inspect(&large, buf_str(&text), &said);
    buf_add_char(&said, '\0');
    assert_string_equal(said.ptr,
        "tiny/files/x.txt:0:0: large-attachment: this file has 1025 KiB; players load it while the "
        "clock runs: shorten it, or make the picture smaller\n");
    buf_fini(&text);
    buf_fini(&said);
}

/* Faults that only play shows: at once, behind a choice, behind a message. */
static void test_dry_run(void **state)
{
    (void)state;
#define ASKS INJECT("call", ", at: 1m, facts: leak, " QUESTION("q", ""))
#define BUILT "format('%s', 'x')" /* an id that nobody can read in the text */
#define SAYS "story-fault: inject: no inject is called \"x\"; see injects.yaml; "
    static const struct inspect_case cases[] = {
        {{{"story.lua", STORY("wait '5m'\ninject(" BUILT ")")}},
            "tiny/story.lua:3:0: " SAYS "\"s\" would stop here, even when nobody does anything\n"},
        /* Somebody closes each sheet. */
        {{{"story.lua", STORY("jump('8h', {sheet = true}) jump('1h', {sheet = true}) wait '5m'\n"
                              "inject(" BUILT ")")}},
            "tiny/story.lua:3:0: " SAYS "\"s\" would stop here, even when nobody does anything\n"},
        {{{"story.lua", STORY("if ask('q', '5m') == 'two' then\ninject(" BUILT ") end")},
             {"injects.yaml", ASKS}},
            "tiny/story.lua:3:0: " SAYS "\"s\" would stop here\n"},
        {{{"story.lua", "on(message {type = 'escalation'}, function(m)\ninject(" BUILT ")\nend)"}},
            "tiny/story.lua:2:0: " SAYS "\"on message type escalation\" would stop here\n"},
        {{{"story.lua", STORY("while true do wait '1s' end")}}, ""},
        {{{"story.lua", STORY("await(delivered ^'none')")},
             {"injects.yaml", ROUND_INJECT TITLED("none", "")}},
            "tiny/injects.yaml:2:3: unfired-inject: nothing makes \"none\" come; give it a "
            "trigger, "
            "send it in the story, or say \"by_hand: yes\" when it is for the facilitator\n"
            "^ dead-end: the story waits here in vain: \"none\" never comes; make that possible, "
            "or wait for something else\n"},
        {{{"story.lua", STORY("inject ^'cal'")}, {"injects.yaml", ROUND_INJECT TITLED("x", "")}},
            "^ unknown-name: inject: no inject is called \"cal\"; did you mean \"call\"?\n"},
        {{{"story.lua", "story('s', function()"}},
            "tiny/story.lua:1:0: story-syntax: 'end' expected near <eof>; the \"function\" in line "
            "1 has no \"end\"\n"},
    };
    CHECK_CASES(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_injects),
        cmocka_unit_test(test_questions),
        cmocka_unit_test(test_things),
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_times),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_dry_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
