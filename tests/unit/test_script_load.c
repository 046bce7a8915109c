/* What is told about a story before anybody plays, and that the pages about stories are true. */
#include "script/api.h"
#include "script/check.h"
#include "script_cases.h"

#include <stdlib.h>

/* All problems, one a line. */
static void load(const char *story, struct buf *out)
{
    struct arena arena = {0};
    struct def def;
    struct problems problems = {0};
    struct script *script = NULL;
    script_def_fill(&def, &arena, story);
    struct mentions mentions;
    bool is_checked = check_story(&def, &arena, &problems, &mentions);
    bool is_good = script_new(&def, 1, &problems, &script) && is_checked;
    assert_int_equal(is_good, problems.error_count == 0);
    for (size_t i = 0; i < problems.count; i++) {
        const struct problem *problem = &problems.items[i];
        buf_format(out, "%.*s:%d: %.*s\n", STR_ARG(problem->place.file), problem->place.line,
            STR_ARG(problem->message));
    }
    buf_add_char(out, '\0');
    script_free(script);
    problems_fini(&problems);
    arena_fini(&arena);
}

struct load_case {
    const char *story, *problems;
};

static void check_load(const struct load_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct buf out = {0};
        load(cases[i].story, &out);
        if (strcmp(out.ptr, cases[i].problems) != 0)
            fail_msg("%s\nexpected:\n%s\ngot:\n%s", cases[i].story, cases[i].problems, out.ptr);
        buf_fini(&out);
    }
}

#define CHECK_LOAD(cases) check_load(cases, sizeof(cases) / sizeof((cases)[0]))

static void test_problems(void **state)
{
    (void)state;
    static const struct load_case cases[] = {
        {MAIN "inject 'helpdesk-cal'\ninject('reporter')" END,
            "story.lua:2: inject: no inject is called \"helpdesk-cal\"; did you mean "
            "\"helpdesk-call\"?\n"
            "story.lua:3: inject: no inject is called \"reporter\"; see injects.yaml\n"},
        {MAIN "await(decision 'stop-fileserver')\nset('filserver', 'x') begin_phase 'recovry'" END,
            "story.lua:2: decision: no question is called \"stop-fileserver\"; did you mean "
            "\"stop-file-server\"?\n"
            "story.lua:3: set: no world value is called \"filserver\"; did you mean "
            "\"file-server\"?\n"
            "story.lua:3: begin_phase: no phase is called \"recovry\"; did you mean "
            "\"recovery\"?\n"},
        {MAIN "local t = {inject = 1}\nlocal x = t.inject 'nobody'" END, ""},
        {MAIN "inject 'helpdesk-call'\n",
            "story.lua:3: 'end' expected (to close 'function' at line "
            "1) near <eof>; the \"function\" in line 1 has no \"end\"\n"},
        {MAIN "local n = #{}\nreturn ..." END,
            "story.lua:2: \"#\" is not available here; use len(list) or len(text)\n"
            "story.lua:3: \"...\" is not available here; name the parameters, or pass a list\n"},
        {"inject 'helpdesk-call'", "story.lua:1: inject: only a story can do this; put it into "
                                   "story(\"name\", function() ... end)\n"},
        {"story('a', function() end)\nstory('a', function() end)",
            "story.lua:2: story: \"a\" exists already; choose another name\n"},
        {"story('a')", "story.lua:1: story: expected a function of this file, got no value; write "
                       "story(\"name\", function() ... end)\n"},
        {"story('a', inject)",
            "story.lua:1: story: expected a function of this file, got a word of the language; "
            "write story(\"name\", function() ... end)\n"},
        {"story('', function() end)", "story.lua:1: story: a name has between 1 and 80 bytes; it "
                                      "is shown when the story fails\n"},
        {"for i = 1, 65 do story('s' .. i, function() end) end",
            "story.lua:1: story: a file has at most 64 stories\n"},
        {"on('x', function() end)",
            "story.lua:1: on: expected a pattern such as escalation {to = \"commander\"}, got "
            "string\n"},
        {"local p = escalation {to = 'comander'}",
            "story.lua:1: escalation: no role, stakeholder or room is called \"comander\"; did you "
            "mean \"commander\"?\n"},
        {"local p = escalation {too = 'commander'}",
            "story.lua:1: \"escalation\" has no condition \"too\"; did you mean \"to\"?\n"},
        {"local p = message {type = 'escalaton'}",
            "story.lua:1: \"escalaton\" is not a type; did you mean \"escalation\"?\n"},
        {"local p = message {by = 'handlr'}",
            "story.lua:1: message: no role, seat or stakeholder is called \"handlr\"; did you mean "
            "\"handler\"?\n"},
        {"local p = decision(5)",
            "story.lua:1: decision: a condition is a text or a list of texts, got number\n"},
        {"local p = decision {'stop-file-server', option = 'stop'}",
            "story.lua:1: decision: give a list or named conditions, not both\n"},
        {"local p = started 'x'",
            "story.lua:1: started: name the condition, as in started {by = ...}\n"},
        {"local x = 1", "story.lua:0: the file begins no story; write story(\"name\", function() "
                        "... end)\n"},
        {"x = 1",
            "story.lua:1: \"x\" is not a local variable; write \"local x\" where it begins\n"},
        {"story = 1", "story.lua:1: \"story\" is a word of the language and cannot be changed; "
                      "choose another name\n"},
        {"while true do end",
            "story.lua:1: this takes more than 200000 instructions at one go; is there a loop that "
            "never ends or never waits?\n"},
    };
    CHECK_LOAD(cases);
}

/* What the compiler says, and what to do about it. */
static void test_slips(void **state)
{
    (void)state;
    static const struct load_case cases[] = {
        /* the block without an end, far above */
        {MAIN "  if chance(2) then\n    wait '1m'\n\n  if chance(3) then\n    wait '2m'\n  end" END,
            "story.lua:8: unexpected symbol near ')'; the \"if\" in line 2 has no \"end\"\n"},
        {MAIN "  while true do\n    wait '1m'" END,
            "story.lua:4: unexpected symbol near ')'; the \"while\" in line 2 has no \"end\"\n"},
        {MAIN "  if chance(2) then\n    wait '1m'\n  else if chance(3) then\n    wait '2m'\n  "
              "end" END,
            "story.lua:7: unexpected symbol near ')'; the \"if\" in line 2 has no \"end\"; \"else "
            "if\" needs one of its own, \"elseif\" does not\n"},
        {"local function f()\n  for i = 1, 2 do repeat wait '1m' until i == 2 end\n\n" MAIN
         "f()" END,
            "story.lua:7: 'end' expected (to close 'function' at line 1) near <eof>; the "
            "\"function\" in line 1 has no \"end\"\n"},
        {MAIN "wait '1m'\n  end" END,
            "story.lua:4: ')' expected (to close '(' at line 1) near 'end'; close the bracket, or "
            "take away an \"end\" that closes too much\n"},
        {"local x = 1 end", "story.lua:1: <eof> expected near 'end'; there is an \"end\" too "
                            "many, here or above; "
                            "each closes one function, if, for or while\n"},
        /* habits */
        {MAIN "local x if x = 'yes' then end" END,
            "story.lua:2: 'then' expected near '='; = gives a value; compare with ==\n"},
        {MAIN "local x if x != 'yes' then end" END,
            "story.lua:2: 'then' expected near '!'; \"is not\" is written ~=\n"},
        {MAIN "local x, y if x && y then end" END,
            "story.lua:2: unexpected symbol near '&'; write \"and\" between conditions\n"},
        {MAIN "inject 'ward-complains', {after = '5m'}" END,
            "story.lua:2: syntax error near ','; a call with more than one argument needs "
            "parentheses: inject(\"id\", {after = \"5m\"})\n"},
        {MAIN "wait '5m" END,
            "story.lua:2: unfinished string near ''5m'; the quote at its end is missing, or a "
            "quote inside it needs a \\\n"},
        {"local x = nil\nx()", "story.lua:2: attempt to call a nil value (local 'x'); write the "
                               "function above the line that calls it\n"},
        {MAIN "if tpyo = 'yes' then end" END,
            "story.lua:2: 'then' expected near '='; = gives a value; compare with ==\n"
            "story.lua:2: nothing is called \"tpyo\" here; a name is known from its \"local\" to "
            "the "
            "end of its block\n"},
        /* signs of another keyboard */
        {MAIN "wait（'1m'）　-- （コメント）" END,
            "story.lua:2: \"（\" (U+FF08) is no \"(\"; type the half-width sign\n"
            "story.lua:2: \"）\" (U+FF09) is no \")\"; type the half-width sign\n"},
        {MAIN "　wait '1m、'" END,
            "story.lua:2: there is a full-width space (U+3000) in it; type an ordinary one\n"},
        {"local 数値 = 1", "story.lua:1: \"数\" cannot stand here; texts go in quotes, names are "
                           "made of a-z, A-Z, 0-9 and _\n"},
    };
    CHECK_LOAD(cases);
}

static void test_sharing(void **state)
{
    (void)state;
#define SHARED(what)                                                                               \
    what " is shared by the stories \"a\" and \"b\"; make it local to each, write \"local "        \
         "<const>\" for a fixed text or number, or use set and get\n"
    static const struct load_case cases[] = {
        {"local n = 0\nstory('a', function() n = n + 1 end)\nstory('b', function() return n end)",
            "story.lua:3: " SHARED("the local variable \"n\"")},
        {"local n <const> = 0\nstory('a', function() return n end)\n"
         "story('b', function() return n end)",
            ""},
        {"local n = 0\nstory('a', function() n = n + 1 return n end)\nstory('b', function() end)",
            ""},
        {"local t = {}\nstory('a', function() t.x = 1 end)\nstory('b', function() return t end)",
            "story.lua:3: " SHARED("the local variable \"t\"")},
        {"local t = {}\nlocal a, b = t, t\nstory('a', function() a.x = 1 end)\n"
         "story('b', function() return b end)",
            "story.lua:4: " SHARED("a table")},
        {"local t = {}\nlocal a, b = {t}, {x = {[1] = t}}\nstory('a', function() a.x = 1 end)\n"
         "story('b', function() return b end)",
            "story.lua:4: " SHARED("a table")},
        {"local n = 0\nlocal function help() n = n + 1 end\nstory('a', function() help() end)\n"
         "story('b', function() help() end)",
            "story.lua:4: " SHARED("the local variable \"n\"")},
        {"local n = 0\nlocal t = {f = function() n = n + 1 end}\nstory('a', function() t.f() end)\n"
         "story('b', function() return n end)",
            "story.lua:4: " SHARED("the local variable \"n\"")},
        {"local t = {1}\nlocal step = pairs(t)\nstory('a', function() step() end)\n"
         "story('b', function() step() end)",
            "story.lua:4: " SHARED("a table")},
        {"local state\nstory('a', function() state = 1 end)\n"
         "on(escalation(), function() state = 2 end)",
            "story.lua:3: the local variable \"state\" is shared by the stories \"a\" and \"on "
            "escalation\"; make it local to each, write \"local <const>\" for a fixed text or "
            "number, or use set and get\n"},
        {"local p = escalation()\nlocal function help() return await(p) end\n"
         "story('a', function() help() end)\nstory('b', function() help() await(p) end)",
            ""},
        {"for i, id in ipairs {'mail', 'file-server'} do\n"
         "story('set ' .. id, function() set(id, 'v' .. i) end) end",
            ""},
    };
    CHECK_LOAD(cases);
}

static char *read_page(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail_msg("%s cannot be read", path);
    char *text = calloc(1, 256 * 1024);
    assert_non_null(text);
    size_t len = fread(text, 1, 256 * 1024 - 1, file);
    fclose(file);
    assert_true(len > 0);
    return text;
}

static void test_names(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct def def;
    struct problems problems = {0};
    struct script *script;
    struct buf names = {0};
    script_def_fill(&def, &arena, "story('a', function() end)");
    assert_true(script_new(&def, 1, &problems, &script));
    script_write_names(script, &names);
    buf_add_char(&names, '\0');
    char *golden = read_page("tests/unit/golden/script_names.txt");
    assert_string_equal(names.ptr, golden);
    free(golden);
    buf_fini(&names);
    script_free(script);
    problems_fini(&problems);
    arena_fini(&arena);
}

/* Plays a story to the end, with people who do a little of everything or with nobody. */
static void play_block(const char *story, bool has_people)
{
    static const struct play_input nobody[PLAY_INPUTS_MOST] = {{0}};
    static const struct play_input people[PLAY_INPUTS_MOST] = {
        {"2m", "handler", "message", ESCALATE},
        {"3m", "handler", "message", NOTIFY},
        {"4m", "handler", "message", "{\"text\":\"h\",\"to\":[\"press\"],\"type\":\"statement\"}"},
        {"5m", "commander", "message",
            "{\"text\":\"h\",\"to\":[\"management\"],\"type\":\"approval-request\"}"},
        {"9m", "commander", "decide", DECIDE},
        {"10m", "handler", "handoff", "{\"text\":\"h\",\"to\":\"commander\"}"},
        {"11m", "handler", "message",
            "{\"text\":\"h\",\"to\":[\"commander\"],\"type\":\"sitrep\"}"},
    };
    struct play play;
    play_run(&play, story, has_people ? people : nobody, NULL);
    for (size_t i = 0; i < play.events.count; i++) {
        const struct event *event = &play.events.items[i];
        if (event->kind == EVENT_FAULT || (event->kind == EVENT_REFUSED && event->input == 0))
            fail_msg("%s\n%s", story, play.told.ptr);
    }
    play_fini(&play);
}

/* The reference in the page is the table's, and every Lua block of the page is a good story. */
static void test_page(void **state)
{
    (void)state;
    char *page = read_page("docs/story.md");
    struct buf reference = {0};
    script_write_reference(&reference);
    buf_add_char(&reference, '\0');
    if (strstr(page, reference.ptr) == NULL)
        fail_msg("docs/story.md lacks the reference that the table gives:\n%s", reference.ptr);
    int blocks = 0;
    for (char *block = page; (block = strstr(block, "```lua\n")) != NULL; blocks++) {
        block += strlen("```lua\n");
        char *end = strstr(block, "```");
        assert_non_null(end);
        *end = '\0';
        struct buf out = {0};
        load(block, &out);
        if (out.len != 1)
            fail_msg("%s\n%s", block, out.ptr);
        buf_fini(&out);
        play_block(block, false);
        play_block(block, true);
        block = end + 1;
    }
    assert_true(blocks >= (int)api_row_count + 6);
    buf_fini(&reference);
    free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_problems),
        cmocka_unit_test(test_slips),
        cmocka_unit_test(test_sharing),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
