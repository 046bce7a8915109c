/* What is told about a story's text: each mistake at its place, nothing where there is none. */
#include "mistakes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lua/builtin.h"
#include "script/api.h"
#include "script/check_parts.h"
#include "script_def.h"

/* Runs the check on a story from which the marks have been taken. */
static void check(
    struct arena *arena, struct str story, struct problems *problems, struct mentions *ret_mentions)
{
    struct def def;
    script_def_fill(&def, arena, "");
    def.story_source = story;
    def.story_file = STR("tiny/story.lua");
    bool is_good = check_story(&def, arena, problems, ret_mentions);
    assert_int_equal(is_good, problems->error_count == 0);
}

/* "^ kind: sentence" for each problem, the ^ standing for the next mark in the text. */
static void check_case(const char *story, const char *expected_lines)
{
    struct buf text = {0}, expected = {0}, said = {0};
    struct place marks[MARKS] = {0};
    struct arena arena = {0};
    struct problems problems = {0};
    struct mentions mentions;
    struct mistake mistake = {"story.lua", story, expected_lines};
    check(&arena, without_marks(story, &text, marks), &problems, &mentions);
    with_places(&mistake, &expected, marks);
    for (size_t i = 0; i < problems.count; i++) {
        const struct problem *problem = &problems.items[i];
        buf_format(&said, "%.*s:%d:%d: %s: %.*s\n", STR_ARG(problem->place.file),
            problem->place.line, problem->place.column, problem_kinds[problem->kind].id,
            STR_ARG(problem->message));
    }
    if (!str_eq(buf_str(&said), buf_str(&expected)))
        fail_msg("%s\nwas told:\n%.*s\ninstead of:\n%.*s", story, STR_ARG(buf_str(&said)),
            STR_ARG(buf_str(&expected)));
    problems_fini(&problems);
    arena_fini(&arena);
    buf_fini(&text);
    buf_fini(&expected);
    buf_fini(&said);
}

struct check_case {
    const char *story, *expected;
};

#define CHECK_CASES(cases)                                                                         \
    for (size_t i = 0; i < sizeof(cases) / sizeof((cases)[0]); i++)                                \
    check_case((cases)[i].story, (cases)[i].expected)

/* Each function and pattern that takes an id. */
static void test_names(void **state)
{
    (void)state;
    static const struct check_case cases[] = {
        {"contingency(^'helpdesk-cal', 'why')",
            "^ unknown-name: contingency: no inject is called \"helpdesk-cal\"; did you mean "
            "\"helpdesk-call\"?\n"},
        {"contingency(^'helpdesk-call　', 'why')",
            "^ unknown-name: contingency: no inject is called \"helpdesk-call　\"; there is a "
            "full-width space (U+3000) in it; type an ordinary one\n"},
        {"reply(await(note()), ^'jpcert-recieved')",
            "^ unknown-name: reply: no inject is called \"jpcert-recieved\"; did you mean "
            "\"jpcert-received\"?\n"},
        {"if seen ^'x' then hint ^'y' end", "^ unknown-name: seen: no inject is called \"x\"; see "
                                            "injects.yaml\n"
                                            "^ unknown-name: hint: no hint is called \"y\"; see "
                                            "scenario.yaml\n"},
        {"local c = ask(^'stop-fileserver') or decided ^'pai'",
            "^ unknown-name: ask: no question is called \"stop-fileserver\"; did you mean "
            "\"stop-file-server\"?\n"
            "^ unknown-name: decided: no question is called \"pai\"; did you mean \"pay\"?\n"},
        {"reveal(^'fs02-encrypted', {'handler', ^'handlr'})",
            "^ unknown-name: reveal: no fact is called \"fs02-encrypted\"; did you mean "
            "\"fs01-encrypted\"?\n"
            "^ unknown-name: reveal: no role is called \"handlr\"; did you mean \"handler\"?\n"},
        {"if knows(^'legl', ^'nothing') or seated ^'writer' then end",
            "^ unknown-name: knows: no role, stakeholder or room is called \"legl\"; did you mean "
            "\"legal\"?\n"
            "^ unknown-name: knows: no fact is called \"nothing\"; see facts.yaml\n"
            "^ unknown-name: seated: no role is called \"writer\"; see scenario.yaml\n"},
        {"await(knows ^'fs01')",
            "^ unknown-name: knows: no fact is called \"fs01\"; see facts.yaml\n"},
        {"set(^'maill', 'x') if get ^'mai' == 'x' then end",
            "^ unknown-name: set: no world value is called \"maill\"; did you mean \"mail\"?\n"
            "^ unknown-name: get: no world value is called \"mai\"; did you mean \"mail\"?\n"},
        {"begin_phase ^'recovry' jump {phase = ^'x'} jump {phase = 'recovery'}",
            "^ unknown-name: begin_phase: no phase is called \"recovry\"; did you mean "
            "\"recovery\"?\n"
            "^ unknown-name: jump: no phase is called \"x\"; see scenario.yaml\n"},
        {"await(any(opened ^'a', all(delivered {inject = {'ward-complains', ^'b'}})))",
            "^ unknown-name: opened: no inject is called \"a\"; see injects.yaml\n"
            "^ unknown-name: delivered: no inject is called \"b\"; see injects.yaml\n"},
        {"await(escalation {to = ^'comander', by = ^'handlr'})",
            "^ unknown-name: escalation: no role, stakeholder or room is called \"comander\"; did "
            "you mean \"commander\"?\n"
            "^ unknown-name: escalation: no role, seat or stakeholder is called \"handlr\"; did "
            "you mean \"handler\"?\n"},
        {"await(declaration {status = ^'fyled', of = ^'breach'})",
            "^ unknown-name: declaration: no status is called \"fyled\"; did you mean \"filed\"?\n"
            "^ unknown-name: declaration: nothing under \"matters:\" is called \"breach\"; see "
            "scenario.yaml\n"},
        {"await(message {too = ^'legal', type = ^'reprt'})",
            "^ unknown-field: \"message\" has no condition \"too\"; did you mean \"to\"?\n"
            "^ unknown-field: \"reprt\" is not a type; did you mean \"report\"?\n"},
    };
    CHECK_CASES(cases);
}

/* The same when the text stands elsewhere. */
static void test_values(void **state)
{
    (void)state;
    static const struct check_case cases[] = {
        {"local id <const> = ^'x'\ninject(id)",
            "^ unknown-name: inject: no inject is called \"x\"; see injects.yaml\n"},
        {"local id = 'x'\nid = 'ward-complains'\ninject(id)", ""},
        {"local list = {'ward-complains', ^'x', other = 'y'}\nfor _, id in ipairs(list) do "
         "inject(id) end",
            "^ unknown-name: inject: no inject is called \"x\"; see injects.yaml\n"},
        {"local calls = {day = ^'x', night = 'y'}\ninject(calls.day)",
            "^ unknown-name: inject: no inject is called \"x\"; see injects.yaml\n"},
        {"inject(pick {'ward-complains', ^'x'}) inject(chance(3) and ^'y' or ^'z')",
            "^ unknown-name: inject: no inject is called \"x\"; see injects.yaml\n"
            "^ unknown-name: inject: no inject is called \"y\"; see injects.yaml\n"
            "^ unknown-name: inject: no inject is called \"z\"; see injects.yaml\n"},
        {"local function deep(a) inject(a) end\n"
         "local nudge = function(within, id) wait(within) deep(id) end\n"
         "nudge(^'soon', ^'x')",
            "^ bad-duration: nudge: \"soon\" is not a duration; write it as in \"90s\", \"5m\" or "
            "\"1h30m\"\n"
            "^ unknown-name: nudge: no inject is called \"x\"; see injects.yaml\n"},
        {"local function inject(x) end\ninject 'whatever'", ""},
        {"local t = {inject = 1}\nlocal x = t.inject 'nobody'", ""},
        {"inject [[x]] inject 'a\\98'", ""},
    };
    CHECK_CASES(cases);
}

/* Times, and those that no exercise of four hours comes to. */
static void test_times(void **state)
{
    (void)state;
    static const struct check_case cases[] = {
        {"wait ^'5 minutes' await(note(), ^'5') inject('ward-complains', {after = ^'x'})",
            "^ bad-duration: wait: \"5 minutes\" is not a duration; write it as in \"90s\", \"5m\" "
            "or \"1h30m\"\n"
            "^ bad-duration: await: \"5\" is not a duration; write it as in \"90s\", \"5m\" or "
            "\"1h30m\"\n"
            "^ bad-duration: inject: \"x\" is not a duration; write it as in \"90s\", \"5m\" or "
            "\"1h30m\"\n"},
        {"wait_until ^'5h' wait '4h' jump '9h' every(^'31d', function() end)",
            "^ late: wait_until: \"5h\" is longer than the whole exercise, which lasts 4h; shorten "
            "it, or lengthen \"duration:\" in scenario.yaml\n"
            "^ bad-duration: every: \"31d\" is longer than any exercise; shorten it\n"},
        {"ask('pay', ^'5h') happened(note(), ^'1x')",
            "^ late: ask: \"5h\" is longer than the whole exercise, which lasts 4h; shorten it, or "
            "lengthen \"duration:\" in scenario.yaml\n"
            "^ bad-duration: happened: \"1x\" is not a duration; write it as in \"90s\", \"5m\" "
            "or \"1h30m\"\n"},
        {"wait(random(5) .. 'm')", ""},
    };
    CHECK_CASES(cases);
}

#define EVENT "local e = await(decision 'stop-file-server', '1h')\n"

/* Fields of events and what they are compared with. */
static void test_fields(void **state)
{
    (void)state;
    static const struct check_case cases[] = {
        {EVENT "if e and e.option == ^'stopp' or ^'x' ~= e.option then end",
            "^ impossible-value: no option of \"stop-file-server\" is called \"stopp\"; did you "
            "mean \"stop\"?\n"
            "^ impossible-value: no option of \"stop-file-server\" is called \"x\"; see "
            "injects.yaml\n"},
        {EVENT "if e.option == 'keep' and e.actor == 'handler' and e.kind and e.at_ms then end",
            ""},
        {EVENT "if e.^optoin == 'stop' then end",
            "^ unknown-field: the event \"decided\" shows no \"optoin\"; did you mean "
            "\"option\"?\n"},
        {EVENT "if e.^reason == 'x' then end",
            "^ unknown-field: the event \"decided\" shows no \"reason\"; a story never sees what "
            "people write in their own words\n"},
        {EVENT "e = {}\nif e.optoin then end", ""},
        {"on(message {to = 'press'}, function(m)\n"
         "  if m.type == ^'statment' or m.actor == ^'comander' or m.^txt then end\nend)",
            "^ impossible-value: \"statment\" is not a type; did you mean \"statement\"?\n"
            "^ unknown-name: message: no role, seat or stakeholder is called \"comander\"; did you "
            "mean \"commander\"?\n"
            "^ unknown-field: the event \"messaged\" shows no \"txt\"; see docs/events.md\n"},
        {"local function both(e) if e.option == ^'x' then end end\n"
         "on(note(), both) on(ended(), both)",
            "^ impossible-value: no option of any question is called \"x\"; see injects.yaml\n"},
        {"local t = {option = 'x'}\nif t.option == 'y' then end", ""},
        {"local c = ask('pay', '1h')\nif c == ^'y' or decided 'pay' == ^'n' then end",
            "^ impossible-value: no option of \"pay\" is called \"y\"; see injects.yaml\n"
            "^ impossible-value: no option of \"pay\" is called \"n\"; see injects.yaml\n"},
        {"on(decision {question = 'pay', option = ^'maybe'}, function() end)",
            "^ impossible-value: no option of \"pay\" is called \"maybe\"; see injects.yaml\n"},
        {"on(decision {'x', option = 'maybe'}, function() end)", ""},
        {"local e = happened(opened 'ward-complains')\nif e.inject == ^'ward' then end",
            "^ unknown-name: opened: no inject is called \"ward\"; see injects.yaml\n"},
    };
    CHECK_CASES(cases);
}

/* What a value of the world never is. */
static void test_world(void **state)
{
    (void)state;
    static const struct check_case cases[] = {
        {"set('mail', 'off') if get 'mail' == ^'of' then end",
            "^ unset-value: nothing ever gives \"mail\" the value \"of\"; it is ever only: "
            "running, off\n"},
        {"set('mail', 'stopped') if get 'mail' == ^'stoped' then end",
            "^ unset-value: nothing ever gives \"mail\" the value \"stoped\"; did you mean "
            "\"stopped\"?\n"},
        {"local now = get('mail')\nif ^'broken' ~= now then end",
            "^ unset-value: nothing ever gives \"mail\" the value \"broken\"; it is ever only: "
            "running\n"},
        {"if get 'mail' == 'running' or get 'mail' == nil then end", ""},
        {"local name = 'mail' set(name, 'off') if get(name) == 'off' then end", ""},
        {"set('mail', pick {'a', 'b'}) if get 'mail' == 'a' then end", ""},
        {"local function put(name) set(name, 'off') end put 'mail' "
         "if get 'mail' == 'off' then end",
            ""},
        {"local put = set put('mail', 'off') if get 'mail' == 'off' then end", ""},
    };
    CHECK_CASES(cases);
}

#define UNKNOWN(name) "^ unknown-word: nothing is called \"" name "\" here; "
#define ELSEWHERE(name)                                                                            \
    "^ unknown-word: \"" name "\" is a variable elsewhere and not known here; " BLOCK
#define BLOCK "a name is known from its \"local\" to the end of its block\n"

/* Scopes, in all the forms that make and end them. */
static void test_words(void **state)
{
    (void)state;
    static const struct check_case cases[] = {
        {"^injct 'ward-complains'", UNKNOWN("injct") "did you mean \"inject\"?\n"},
        {"await(^escalate {to = 'commander'})",
            UNKNOWN("escalate") "did you mean \"escalation\"?\n"},
        {"^escapade()", UNKNOWN("escapade") BLOCK},
        {"local patience = '5m'\nwait(^patence)",
            UNKNOWN("patence") "did you mean \"patience\"?\n"},
        {"local x = ^x", ELSEWHERE("x")},
        {"do local one = 1 end\nreturn ^one", ELSEWHERE("one")},
        {"if true then local a elseif ^a then else local b end\nreturn ^b",
            ELSEWHERE("a") ELSEWHERE("b")},
        {"repeat local done until done\nreturn ^done", ELSEWHERE("done")},
        {"for i = 1, ^i do local x = i end for k, v in pairs(^v) do local y = k .. v end\n"
         "return ^k",
            ELSEWHERE("i") ELSEWHERE("v") ELSEWHERE("k")},
        {"while ^w do local w end", ELSEWHERE("w")},
        {"local function f(a, b) return a, b, f end\nreturn ^a", ELSEWHERE("a")},
        {"local f = function() return ^f end", ELSEWHERE("f")},
        {"local t = {}\nfunction t.g(p) return p, t end\nfunction t:h() return self end\n"
         "return ^self",
            ELSEWHERE("self")},
        {"local t = {name = 1, ['x'] = 2, ^name}\nreturn t.name, t.other", UNKNOWN("name") BLOCK},
        {"goto out\n::out::\nlocal a <const>, b <close> = nil, nil\nreturn a, b", ""},
        {"local a = 1 ^b = 2", "^ unknown-word: \"b\" is not a local variable; write \"local b\" "
                               "where it begins\n"},
        {"function ^f() end", "^ unknown-word: \"f\" is not a local variable; write \"local f\" "
                              "where it begins\n"},
        {"^wait = 1", "^ unknown-word: \"wait\" is a word of the language and cannot be changed; "
                      "choose another name\n"},
        {"local a = 1; a = a + -a * 2 // 3 .. 'x' // 1 << 2 & ~a == not a; return a", ""},
        {"^print(^string.format('x'), ^math.max(1, 2), ^os.time())",
            "^ refused-construct: \"print\" does not exist here; nothing is printed during an "
            "exercise\n"
            "^ refused-construct: \"string\" does not exist here; use format, len and ..\n"
            "^ refused-construct: \"math\" does not exist here; use min, max and //\n"
            "^ refused-construct: \"os\" does not exist here; nothing outside the exercise can be "
            "reached\n"},
        {"local a = ('x'):^upper() local t = {f = 1} t:f() local n = await(note()) n:^len()",
            "^ refused-construct: \":upper\" does not exist here, texts have no methods; a text "
            "cannot be changed; ids are in small letters\n"
            "^ refused-construct: \":len\" does not exist here, texts have no methods; write "
            "len(text)\n"},
        {"-- inject 'x'\n--[[ y ]] local s = \"z\\\"w\" .. [==[ v ]==] return ^v",
            UNKNOWN("v") BLOCK},
        {"story('a', function() inject 'ward-complains' end", ""},
        {"end end x", ""},
    };
    CHECK_CASES(cases);
}

/* Neither depth nor length is a way to hang or to crash the check. */
static void test_depth(void **state)
{
    (void)state;
    static const char *const openings[] = {"(", "{", "not ", "f(", "function() ", "do ", "a..", "-",
        "x[", "if a then ", "a.b", "repeat ", "a(", "::"};
    enum { TIMES = 20000 };
    for (size_t i = 0; i < sizeof(openings) / sizeof(openings[0]); i++) {
        struct buf story = {0};
        struct arena arena = {0};
        struct problems problems = {0};
        struct mentions mentions;
        for (int n = 0; n < TIMES; n++)
            buf_format(&story, "%s", openings[i]);
        check(&arena, buf_str(&story), &problems, &mentions);
        problems_fini(&problems);
        arena_fini(&arena);
        buf_fini(&story);
    }
}

/* The words that the check knows are the words that there are. */
static void test_environment(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct strs names = check_environment(&arena);
    FILE *file = fopen("tests/unit/golden/script_names.txt", "rb");
    assert_non_null(file);
    char line[128];
    size_t count = 0;
    for (; fgets(line, sizeof(line), file) != NULL; count++)
        if (!strs_contain(names, str_trim(str_of(line))))
            fail_msg("the check does not know %s", line);
    fclose(file);
    assert_int_equal(count, names.count);
    arena_fini(&arena);
}

static void add_list(struct buf *story, const char *name, const char *item, int count)
{
    buf_format(story, "local %s <const> = {", name);
    for (int i = 0; i < count; i++)
        buf_format(story, "%s,", item);
    buf_format(story, "}\n");
}

/* Lists of lists are worth more texts than anybody can look at: the check gives up on them. */
static void test_lists_of_lists(void **state)
{
    (void)state;
    static const char *const names[] = {"a", "b", "c", "d"}, *const items[] = {"1", "a", "b", "c"};
    struct arena arena = {0};
    struct problems problems = {0};
    struct mentions mentions;
    struct buf story = {0};
    for (size_t i = 0; i < 4; i++)
        add_list(&story, names[i], items[i], 8000);
    buf_format(&story, "story('s', function() inject(pick(d)) end)\n");
    check(&arena, buf_str(&story), &problems, &mentions);
    assert_int_equal(problems.error_count, 0);
    buf_fini(&story);
    problems_fini(&problems);
    arena_fini(&arena);
}

/* Both tables of functions say the same of each argument. */
static void test_arguments(void **state)
{
    (void)state;
    for (size_t i = 0; i < api_row_count; i++) {
        const struct api_row *row = &api_rows[i];
        if (str_is(str_of(row->name), "knows"))
            continue; /* one argument: a pattern; two: a question */
        if (check_calls_of(str_of(row->name), 1) != row->of ||
            check_calls_of(str_of(row->name), 2) != row->second_of)
            fail_msg("check_calls.c and api.c differ about %s", row->name);
    }
}

/* What a story names, and what it does with it. */
static void test_mentions(void **state)
{
    (void)state;
    static const char uses[] = {
        [MENTION_TEXT] = 't', [MENTION_CAUSE] = 'c', [MENTION_LOOK] = 'l', [MENTION_AWAIT] = 'a'};
    struct arena arena = {0};
    struct problems problems = {0};
    struct mentions mentions;
    struct buf said = {0};
    check(&arena,
        STR("story('s', function() inject 'ward-complains' if seen 'second-host' then end\n"
            "await(delivered 'reporter-calls') ask 'pay' set('mail', 'off') end)"),
        &problems, &mentions);
    for (size_t i = 0; i < mentions.count; i++)
        buf_format(&said, "%c %.*s %.*s %d:%d\n", uses[mentions.items[i].use],
            STR_ARG(mentions.items[i].word), STR_ARG(mentions.items[i].id),
            mentions.items[i].place.line, mentions.items[i].place.column);
    buf_add_char(&said, '\0');
    assert_string_equal(said.ptr, "c inject ward-complains 1:30\n"
                                  "l seen second-host 1:55\n"
                                  "c ask pay 2:39\n"
                                  "c set mail 2:49\n"
                                  "a delivered reporter-calls 2:17\n"
                                  "t  s 1:7\n"
                                  "t  off 2:57\n");
    buf_fini(&said);
    problems_fini(&problems);
    arena_fini(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_times),
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_world),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_lists_of_lists),
        cmocka_unit_test(test_environment),
        cmocka_unit_test(test_arguments),
        cmocka_unit_test(test_mentions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
