/* What hostile stories achieve: a fault with a place, within a tenth of a second of work; the
 * exercise goes on, and a second run from the record gives the same bytes. */
#include "script_cases.h"

#include <stdlib.h>
#include <time.h>

/* What sanitizers cost. */
#if defined(__SANITIZE_ADDRESS__)
#define SLOWER 30
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SLOWER 30
#endif
#endif
#ifndef SLOWER
#define SLOWER 1
#endif

enum { WORK_MS = 100 * SLOWER };

static int64_t work_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Plays it twice; the witness must have come to its end. */
static void play_hostile(const char *story, const struct play_input *inputs, struct play *play)
{
    struct play again;
    int64_t start_ns = work_ns();
    play_run(play, story, inputs, NULL);
    int64_t work_ms = (work_ns() - start_ns) / 1000000;
    if (work_ms > WORK_MS || strstr(play->told.ptr, " set mail fine\n") == NULL)
        fail_msg("%s\ngot after %lld ms:\n%.2000s", story, (long long)work_ms, play->told.ptr);
    if (getenv("TOCSIN_HOSTILE_TIMES") != NULL)
        print_message("%lld ms: %s\n", (long long)work_ms, story);
    play_run(&again, story, inputs, &play->events);
    assert_true(str_eq(buf_str(&play->lines), buf_str(&again.lines)));
    play_fini(&again);
}

#define TOO_LONG "this takes more than 200000 instructions"
#define GROWN "local s = 'xxxxxxxxxxxxxxxx' for i = 1, 9 do s = s .. s end "

/* What a story does in its second step, and how the fault begins. */
static const struct {
    const char *body, *expected;
} hostile[] = {
    {"while true do end", TOO_LONG},
    {"repeat local x = 1 until false", TOO_LONG},
    {"::again:: goto again", TOO_LONG},
    {"for i = 1, 1 << 60 do end", TOO_LONG},
    {"while true do wait '0s' end", TOO_LONG},
    {"while true do wait_until '0s' end", TOO_LONG},
    {"while true do local p = escalation {to = 'commander'} end", TOO_LONG},
    {"while true do local v = get 'mail' end", TOO_LONG},
    {"local function f() return f() end f()", TOO_LONG},
    {"local function f() return 1 + f() end f()", ""},
    {"while true do inject 'ward-complains' end", "inject: a story does at most 64 things"},
    {"while true do set('mail', 'x') end", "set: a story does at most 64 things"},
    {"local s = 'x' while true do s = s .. s end", "this makes a text of more than 16384"},
    {GROWN "while true do local t = s .. '1' end", TOO_LONG},
    {GROWN "while true do if s < s .. 'a' then end end", TOO_LONG},
    {GROWN "local a, b = s .. 'x', s .. 'y' while true do if a < b then end end", TOO_LONG},
    {GROWN "contingency('ward-complains', s)",
        "contingency: the reason why \"ward-complains\" comes is shown"},
    {GROWN "set('mail', s)", "set: \"xxxx"},
    {GROWN "wait(s)", "wait: this text of 8192 bytes is too long for a duration"},
    {GROWN "inject(s)", "inject: no inject is called \"xxxx"},
    {GROWN "await(decision(s))", "a condition names ids; this text of 8192 bytes is none"},
    {"local t = {} for i = 1, 1 << 30 do t[i] = i end", TOO_LONG},
    {"local t = {} for i = 1, 1 << 30 do t = {t, t} end", TOO_LONG},
    {"local t = {} for i = 1, 1 << 30 do local p = message {by = {'x' .. i}} end",
        "message: no role, seat or stakeholder"},
    {"for i = 1, 1 << 30 do local p = opened {message = 'm' .. i} end",
        "a file has at most 1024 different patterns"},
    {"return ('x'):rep(1 << 40)", "attempt to index a string value"},
    {"string.rep('x', 1 << 40)", "\"string\" does not exist here"},
    {"setmetatable({}, {})", "\"setmetatable\" does not exist here"},
    {"getmetatable('').__index = nil", "\"getmetatable\" does not exist here"},
    {"coroutine.yield()", "\"coroutine\" does not exist"},
    {"pcall(function() while true do end end)", "\"pcall\" does not exist"},
    {"error({})", "\"error\" does not exist"},
    {"error(nil)", "\"error\" does not exist"},
    {"load('return 1')()", "\"load\" does not exist here"},
    {"require('os').exit()", "\"require\" does not exist"},
    {"return _G", "\"_G\" does not exist here"},
    {"inject = nil", "\"inject\" is a word of the language"},
    {"new_global = 1", "\"new_global\" is not a local variable"},
    {"story('inner', function() end)", "story: this belongs at the top level"},
    {"on(escalation(), function() end)", "on: this belongs at the top level"},
    {"await()", "await: expected a pattern such as"},
    {"await(escalation)", "await: expected a pattern such as"},
    {"await({})", "await: expected a pattern such as"},
    {"await(escalation(), 'soon')", "await: \"soon\" is not a duration"},
    {"await(escalation(), 5)", "await: expected a duration as a text, got number"},
    {"wait '-5m'", "wait: \"-5m\" is not a duration"},
    {"wait '99999d'", "wait: \"99999d\" is longer than any exercise"},
    {"inject()", "inject: expected the id of an inject as a text, got no value"},
    {"inject {'x'}", "inject: expected the id of an inject as a text, got table"},
    {"inject('ward-complains', '5m')", "inject: options stand in a table"},
    {"inject('ward-complains', {afterwards = '5m'})", "inject: there is no option \"after"},
    {"inject('ward-complains', {after = 5})", "inject: expected a duration as a text"},
    {"contingency('ward-complains')", "contingency: expected the reason as a text, got no"},
    {"contingency('ward-complains', ' ')",
        "contingency: the reason why \"ward-complains\" comes is shown"},
    {"set('mail', 'Not An Id')", "set: \"Not An Id\" cannot be a value"},
    {"local x <close> = {}", "variable 'x' got a non-closable value"},
    {"return tostring(inject)", "tostring: expected"},
    {"for k in pairs(escalation()) do end", "pairs: expected a table, got userdata"},
    {"escalation().x = 1", "attempt to index a pattern value"},
    {"return escalation() < escalation()", "attempt to compare two pattern values"},
    /* Numbers, patterns and options in every wrong way. */
    {"while true do random(6) end", TOO_LONG},
    {"while true do pick {'a'} end", TOO_LONG},
    {"while true do if happened(said()) then end end", TOO_LONG},
    {"while true do local t = story_time() end", TOO_LONG},
    {"while true do if knows('legal', 'backup-fine') then end end", TOO_LONG},
    {"while true do if any(said(), escalation()) then end end", TOO_LONG},
    {"local p = said() for i = 1, 99 do p = all(p, escalation()) end",
        "all: at most 32 patterns go together"},
    {"local t = {} for i = 1, 99 do t[i] = said() end await(any(t))",
        "any: at most 32 patterns go together"},
    {"local t = {} t[1] = t await(any(t))", "any: expected patterns such as"},
    {"await(any())", "any: expected patterns such as escalation {to = \"commander\"}, got nil"},
    {"await(any {})", "any: expected patterns such as"},
    {"await(all(said(), 'escalation'))", "all: expected patterns such as"},
    {"await(any(said))", "any: expected patterns such as"},
    {"on(any(said()), function() end)", "on: this belongs at the top level"},
    {"every('1m', function() end)", "every: this belongs at the top level"},
    {"happened()", "happened: expected a pattern"},
    {"happened(said(), -1)", "happened: no exercise comes to that time"},
    {"happened(said(), 1 << 62)", "happened: no exercise comes to that time"},
    {"happened(said(), 'soon')", "happened: \"soon\" is not a duration"},
    {"happened(said(), {})", "happened: expected a duration as a text, got table"},
    {"ask()", "ask: expected the id of a question as a text"},
    {"local q = 'stop-fileserver' ask(q)",
        "ask: no question is called \"stop-fileserver\"; did you mean"},
    {"ask('stop-file-server', 20)", "ask: expected a duration as a text, got number"},
    {"reply()", "reply: expected the event of a message, got no value"},
    {"reply(nil, 'ward-complains')",
        "reply: expected the event of a message, got nil; await gives"},
    {"reply({}, 'ward-complains')", "reply: this event is about no message"},
    {"reply({message = 'nothing'}, 'ward-complains')", "reply: this event is about no message"},
    {"reply({message = {}}, 'ward-complains')", "reply: this event is about no message"},
    {"approve({message = 5}, 'press')", "approve: this event is about no message"},
    {"local h = 'ask-other' hint(h)",
        "hint: no hint is called \"ask-other\"; did you mean \"ask-others\"?"},
    {"reveal('backup-fine')", "reveal: expected the id of a role as a text, got no value"},
    {"reveal('backup-fine', {})", "reveal: the list is empty"},
    {"reveal('backup-fine', {'handlr'})", "reveal: no role is called \"handlr\"; did you mean"},
    {"local t = {} for i = 1, 99 do t[i] = 'handler' end reveal('backup-fine', t)",
        "reveal: a list holds at most 64 ids"},
    {"jump()", "jump: expected a duration as a text, got no value"},
    {"jump '0s'", "jump: \"0s\" is no time to go on by"},
    {"jump '400d'", "jump: \"400d\" is longer than"},
    {"jump {phase = 'recovry'}", "jump: no phase is called \"recovry\"; did you mean"},
    {"jump {phase = 'first-night'}", "jump: scenario.yaml does not say when the phase"},
    {"jump {fase = 'recovery'}", "jump: there is no option \"fase\"; did you mean \"phase\"?"},
    {"jump('8h', {sheet = 'yes'})", "jump: sheet is true or false, got string"},
    {"jump('8h', {[1] = true})", "jump: there is no option \"1\"; did you mean \"sheet\"?"},
    {"jump('8h', {[{}] = true})", "pairs: expected texts and whole numbers as keys"},
    {"while true do jump '1h' end", "jump: a story does at most 64 things"},
    {"while true do hint 'ask-others' end", "hint: a story does at most 64 things"},
    {"knows('room', 'backup-fine')", "knows: the room is nobody"},
    {"knows('handlr', 'backup-fine')", "knows: no role, stakeholder or room is called"},
    {"knows('handler', 'backup')", "knows: no fact is called \"backup\""},
    {"knows(5)", "knows: a condition is a text"},
    {"local q = 'stop' decided(q)", "decided: no question is called"},
    {"seated()", "seated: expected the id of a role"},
    {"random()", "random: expected a number, got no value; write random(6)"},
    {"random(0)", "random: expected a number from 1 to 1000000000"},
    {"random(-5)", "random: expected a number from 1"},
    {"random(1 << 62)", "random: expected a number from 1"},
    {"random '6'", "random: expected a number, got string"},
    {"chance(101)", "chance: expected a number from 0 to 100"},
    {"pick {}", "pick: the list is empty"},
    {"pick 'a'", "pick: expected a list, got string"},
    {"contains()", "contains: expected a table"},
    {GROWN "local t = {} for i = 1, 99 do t[i] = s end while true do contains(t, s .. 'x') end",
        TOO_LONG},
    {GROWN "local a, b = s .. 'x', s .. 'x' while true do if a == b then end end", TOO_LONG},
    {"local e = {} e.kind.x = 1",
        "attempt to index a nil value (field 'kind'); await, ask and happened give nil"},
    {"local e = {} return e.text .. ''",
        "attempt to concatenate a nil value (field 'text'); an event has no free text"},
    {"local n return n + 1",
        "attempt to perform arithmetic on a nil value (local 'n'); it was never given a value"},
    {"local n return n < 1", "attempt to compare nil with number; one side is nothing"},
    {"local f f()", "attempt to call a nil value (local 'f'); write the function above"},
    {"local n = 0 return 5 // n", "attempt to divide by zero; ask first whether"},
    {"local n = 0 return 5 % n", "attempt to perform 'n%0'; ask first whether"},
};

/* Nothing that it asked for in the step that failed happens. */
static void test_mistakes(void **state)
{
    (void)state;
    static const struct play_input none[PLAY_INPUTS_MOST] = {{0}};
    for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
        char story[1024], expected[256];
        struct play play;
        snprintf(story, sizeof(story),
            MAIN "set('file-server', 'before') wait '1m' set('file-server', 'dropped')\n%s" END
                 "story('witness', function() wait '2m' set('mail', 'fine') end)\n",
            hostile[i].body);
        snprintf(expected, sizeof(expected),
            "0s set file-server before\n1m fault main: story.lua:3: %s", hostile[i].expected);
        play_hostile(story, none, &play);
        if (strncmp(play.told.ptr, expected, strlen(expected)) != 0 ||
            strstr(play.told.ptr, "dropped") != NULL)
            fail_msg("%s\nexpected:\n%s\ngot:\n%s", story, expected, play.told.ptr);
        play_fini(&play);
    }
}

#define TOO_OFTEN "this story does too much in too short a time; let it wait longer"
#define TOO_MUCH "the stories bring about more than 128 things at one moment"

/* Stories that let hardly any time pass, or set each other off: each is stopped where it stands. */
static const struct {
    const char *story;
    const char *fault;
    struct play_input inputs[8];
} floods[] = {
    {MAIN "while true do\nwait '1ms'\nend" END, "fault main: story.lua:3: " TOO_OFTEN, {{0}}},
    {MAIN "while true do wait '1ms'\ninject 'ward-complains' end" END,
        "fault main: story.lua:2: " TOO_OFTEN, {{0}}},
    {MAIN "while true do wait '1ms' for i = 1, 60 do inject 'ward-complains' end end" END,
        "fault main: story.lua:2: " TOO_OFTEN, {{0}}},
    {MAIN "while true do await(said(), '0s') end" END, "fault main: story.lua:2: " TOO_OFTEN,
        {{0}}},
    {MAIN "while true do wait '1ms' for i = 1, 50000 do end end" END,
        "fault main: story.lua:2: " TOO_OFTEN, {{0}}},
    {MAIN "while true do wait '100ms' for i = 1, 50000 do end end" END,
        "fault main: story.lua:2: " TOO_OFTEN, {{0}}},
    {MAIN "while true do wait '1s' inject 'ward-complains' end" END,
        "fault main: story.lua:2: " TOO_OFTEN, {{0}}},
    {MAIN "local s = 'x' for i = 1, 12 do s = s .. s end while true do wait '1ms' "
          "for i = 1, 40 do local t = s .. i end end" END,
        "fault main: story.lua:2: " TOO_OFTEN, {{0}}},
    {MAIN "while true do wait_until(time() + 1 .. 'ms') end" END,
        "fault main: story.lua:2: " TOO_OFTEN, {{0}}},
    {"every('1s', function() for i = 1, 60 do hint 'ask-others' end end)",
        "fault every 1s: story.lua:1: " TOO_OFTEN, {{0}}},
    {MAIN "while true do wait '1ms' jump '1h' end" END, "fault main: story.lua:2: " TOO_OFTEN,
        {{0}}},
    /* Handlers that set each other off, or themselves. */
    {"on(delivered 'ward-complains', function()\ninject 'ward-complains' end)\n"
     "story('main', function() inject 'ward-complains' end)",
        "fault on delivered inject ward-complains: story.lua:2: inject: " TOO_MUCH, {{0}}},
    {"on(delivered 'ward-complains', function() reveal('backup-fine', 'handler') set('mail', 'a')\n"
     "inject 'ward-complains' inject 'ward-complains' end)\n"
     "story('main', function() inject 'ward-complains' end)",
        "story.lua:2: inject: " TOO_MUCH, {{0}}},
    {"on(delivered 'ward-complains', function() begin_phase 'recovery' end)\n"
     "on(phase(), function()\ninject 'ward-complains' end)\n"
     "story('main', function() begin_phase 'first-night' end)",
        "story.lua:", {{0}}},
    {"story('main', function() while true do\ninject 'ward-complains' "
     "await(delivered 'ward-complains') end end)",
        "fault main: story.lua:2: inject: " TOO_MUCH, {{0}}},
    {"on(any(delivered(), phase()), function()\nfor i = 1, 60 do inject 'ward-complains' end end)\n"
     "story('main', function() inject 'ward-complains' end)",
        "story.lua:2: inject: " TOO_MUCH, {{0}}},
    {"for i = 1, 20 do on(delivered 'ward-complains', function()\ninject 'ward-complains' end) "
     "end\n"
     "story('main', function() inject 'ward-complains' end)",
        "story.lua:2: inject: " TOO_MUCH, {{0}}},
    /* What people do sets it off; what they write in their own words never comes near. */
    {"on(message(), function(m)\nwhile true do reply(m, 'ward-complains') end end)",
        "1m fault on message: story.lua:2: reply: a story does at most 64 things",
        {{"1m", "handler", "message",
            "{\"text\":\"' .. while true do\",\"to\":[\"commander\"],"
            "\"type\":\"report\"}"}}},
    {"on(message(), function(m) local t = m.text .. ''\nend)",
        "1m fault on message: story.lua:1: attempt to concatenate a nil value (field 'text')",
        {{"1m", "handler", "message", ESCALATE}}},
    {"on(message(), function(m) local id = m.message\nfor i = 1, 7 do id = id .. id end "
     "await(opened {message = id}) end)",
        "1m fault on message: story.lua:2: a condition names ids",
        {{"1m", "handler", "message", ESCALATE}}},
};

static void test_floods(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(floods) / sizeof(floods[0]); i++) {
        char story[2048];
        struct play play;
        snprintf(story, sizeof(story),
            "%s\nstory('witness', function() wait '3h' set('mail', 'fine') end)\n",
            floods[i].story);
        play_hostile(story, floods[i].inputs, &play);
        if (strstr(play.told.ptr, floods[i].fault) == NULL)
            fail_msg("%s\nexpected:\n%s\ngot:\n%.2000s", story, floods[i].fault, play.told.ptr);
        play_fini(&play);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_floods),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
