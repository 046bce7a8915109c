/* The sandbox: what hostile code can do to it (nothing, quickly), and what ordinary code may. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "lua/sandbox.h"

static const struct sandbox_limits limits = {
    .memory_bytes = LIMIT_STORY_MEMORY_BYTES,
    .string_bytes = LIMIT_STORY_STRING_BYTES,
    .instructions = LIMIT_STORY_INSTRUCTIONS,
};

static void write_line(struct sandbox_fault *fault, char *out, size_t room)
{
    snprintf(out, room, "%.*s:%d: %s", STR_ARG(fault->file), fault->line, fault->message);
}

/* Compiles and runs a chunk on a thread of its own. What it returned as text, or the fault. */
static void run(struct sandbox *sandbox, struct str source, char *out, size_t room)
{
    struct sandbox_fault fault;
    lua_State *L = sandbox_lua(sandbox);
    if (!sandbox_compile(sandbox, source, STR("story.lua"), &fault)) {
        write_line(&fault, out, room);
        return;
    }
    lua_State *thread = lua_newthread(L);
    lua_insert(L, -2);
    lua_xmove(L, thread, 1);
    int result_count = 0;
    enum sandbox_end end = sandbox_resume(sandbox, thread, 0, &result_count, &fault);
    if (end == SANDBOX_FAILED)
        write_line(&fault, out, room);
    else
        snprintf(out, room, "%s",
            result_count > 0 && lua_isstring(thread, -1) ? lua_tostring(thread, -1) : "");
    lua_pop(L, 1);
    assert_int_equal(lua_gettop(L), 0);
}

static void run_new(const char *source, char *out, size_t room)
{
    struct sandbox *sandbox = sandbox_new(&limits);
    run(sandbox, str_of(source), out, room);
    sandbox_free(sandbox);
}

struct sandbox_case {
    const char *source;
    const char *expected; /* the beginning of the result or of the fault */
};

static void check_cases(const struct sandbox_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char out[1024];
        clock_t start = clock();
        run_new(cases[i].source, out, sizeof(out));
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (strncmp(out, cases[i].expected, strlen(cases[i].expected)) != 0)
            fail_msg("%s\n  expected %s\n  got      %s", cases[i].source, cases[i].expected, out);
        /* Sanitizers make it many times slower than it is. */
        if (seconds > 20)
            fail_msg("%s\n  took %.1f s", cases[i].source, seconds);
    }
}

#define CHECK(cases) check_cases(cases, sizeof(cases) / sizeof((cases)[0]))
#define TOO_LONG(line) "story.lua:" #line ": this takes more than 200000 instructions at one go"
#define TOO_LARGE(line) "story.lua:" #line ": this makes a text of more than 16384 bytes"

static void test_endless(void **state)
{
    (void)state;
    static const struct sandbox_case cases[] = {
        {"while true do end", TOO_LONG(1)},
        {"repeat until false", TOO_LONG(1)},
        {"::a:: goto a", TOO_LONG(1)},
        {"for i = 1, 1 << 50 do end", TOO_LONG(1)},
        {"for i = 1, 2, 0 do end", "story.lua:1: 'for' step is zero"},
        {"local function f() return f() end\nreturn f()", TOO_LONG(1)},
        {"local function f() f() f() end\nf()", "story.lua:1: "},
        {"local f f = function(g) return g(g) end\nf(f)", TOO_LONG(1)},
        {"local t = {}\nwhile true do for k in pairs(t) do end end", TOO_LONG(2)},
        {"local f = ipairs {1}\nlocal t = {1}\nwhile true do f(t, 0) end", TOO_LONG(3)},
        {"for _ in function() return 1 end do end", TOO_LONG(1)},
        {"local t = {} for i = 1, 1000 do t[i] = i end\nwhile true do local n = len(t) end",
            TOO_LONG(2)},
        {"local t = {} for i = 1, 1000 do t[i] = i end\nwhile true do local n = concat(t) end",
            TOO_LONG(2)},
        {"local a = format('%99s', 'x')\nwhile true do a = format('%99d%99d', 1, 2) end",
            TOO_LONG(2)},
    };
    CHECK(cases);
}

/* Few instructions, much work: each needs its bytes charged or refused. */
static void test_heavy(void **state)
{
    (void)state;
    static const struct sandbox_case cases[] = {
        {"local s = 'x'\nwhile true do s = s .. s end", TOO_LARGE(2)},
        {"local s = 'x'\nfor i = 1, 13 do s = s .. s end\nlocal t = s .. s .. s", TOO_LARGE(3)},
        {"local s = 'x' for i = 1, 14 do s = s .. s end\nreturn len(s)", "16384"},
        {"local s = 'x' for i = 1, 13 do s = s .. s end\nwhile true do local t = s .. 'y' end",
            TOO_LONG(2)},
        {"local s = 'x' for i = 1, 13 do s = s .. s end\nlocal a, b = s .. 'a', s .. 'b'\n"
         "while true do if a < b then end end",
            TOO_LONG(3)},
        {"local s = 'x' for i = 1, 13 do s = s .. s end\nlocal a, b = s .. 'a', s .. 'a'\n"
         "while true do if a == b then end end",
            TOO_LONG(3)},
        {"local s = 'x' for i = 1, 13 do s = s .. s end\nlocal t = {}\n"
         "while true do t[s .. 'a'] = 1 end",
            TOO_LONG(3)},
        {"local s = 'x' for i = 1, 13 do s = s .. s end\nwhile true do len(s) end", TOO_LONG(2)},
        {"local s = 'x' for i = 1, 13 do s = s .. s end\n"
         "return len(format('%s%s%s', s, s, s))",
            TOO_LARGE(2)},
        {"local s, t = 'x', {} for i = 1, 13 do s = s .. s end\n"
         "for i = 1, 300 do t[i] = s end\nreturn concat(t)",
            "story.lua:3: "},
        {"local t = {}\nfor i = 1, 1 << 30 do t[i] = i end", TOO_LONG(2)},
        {"local t = {}\nfor i = 1, 1 << 30 do t[i .. ''] = i end", TOO_LONG(2)},
        {"local t = {}\nwhile true do t = {t} end", TOO_LONG(2)},
        {"local t = {}\nwhile true do t = {t, t, t, {t}, {t}, {t}} end", TOO_LONG(2)},
        {"local function f() return 1 + f() end\nf()", "story.lua:1: "},
        {"local t = {}\nwhile true do t.a = 1 t.b = 1 t.a = nil t.c = 1 t.b = nil end",
            TOO_LONG(2)},
        {"local f = function() end\nwhile true do f = function() return f end end", TOO_LONG(2)},
    };
    CHECK(cases);
}

static void test_escapes(void **state)
{
    (void)state;
    static const struct sandbox_case cases[] = {
        {"pcall(function() end)", "story.lua:1: \"pcall\" does not exist here; a mistake ends"},
        {"xpcall()", "story.lua:1: \"xpcall\" does not exist"},
        {"error({})", "story.lua:1: \"error\" does not exist"},
        {"error(setmetatable({}, {}))", "story.lua:1: \"error\" does not exist"},
        {"local m = setmetatable({}, {})", "story.lua:1: \"setmetatable\" does not exist here"},
        {"getmetatable('').__index = 1", "story.lua:1: \"getmetatable\" does not exist here"},
        {"coroutine.wrap(function() end)", "story.lua:1: \"coroutine\" does not exist"},
        {"load('x = 1')", "story.lua:1: \"load\" does not exist here"},
        {"loadstring('x = 1')", "story.lua:1: \"loadstring\" does not exist here"},
        {"dofile('/etc/passwd')", "story.lua:1: \"dofile\" does not exist here"},
        {"require 'os'", "story.lua:1: \"require\" does not exist"},
        {"os.execute('true')", "story.lua:1: \"os\" does not exist"},
        {"io.open('/etc/passwd')", "story.lua:1: \"io\" does not exist"},
        {"debug.sethook()", "story.lua:1: \"debug\" does not exist"},
        {"string.rep('x', 1 << 50)", "story.lua:1: \"string\" does not exist"},
        {"return ('x'):rep(1 << 50)", "story.lua:1: attempt to index a string value"},
        {"return ('x').rep", "story.lua:1: attempt to index a string value"},
        {"return '10' + 1", "story.lua:1: attempt to perform arithmetic on a string value"},
        {"table.move({}, 1, 1 << 50, 2)", "story.lua:1: \"table\" does not exist"},
        {"collectgarbage('stop')", "story.lua:1: \"collectgarbage\" does not exist here"},
        {"rawset({}, 1, 2)", "story.lua:1: \"rawset\" does not exist here"},
        {"next({})", "story.lua:1: \"next\" does not exist here; use pairs"},
        {"select('x')", "story.lua:1: \"select\" does not exist here"},
        {"return _G.pairs", "story.lua:1: \"_G\" does not exist here"},
        {"return _VERSION", "story.lua:1: nothing is called \"_VERSION\""},
        {"pairs = 1", "story.lua:1: \"pairs\" is a word of the language and cannot be changed"},
        {"count = 1", "story.lua:1: \"count\" is not a local variable; write \"local count\""},
        {"return _ENV", "story.lua:1: \"_ENV\" is not available here"},
        {"local _ENV = {}", "story.lua:1: \"_ENV\" is not available here"},
        {"local t = {1}\nreturn #t", "story.lua:2: \"#\" is not available here; use len(list)"},
        {"#!/usr/bin/lua", "story.lua:1: \"#\" is not available here"},
        {"local function f(...) end", "story.lua:1: \"...\" is not available here"},
        {"local x <close> = {}", "story.lua:1: variable 'x' got a non-closable value"},
        {"\x1bLua", "story.lua:0: this is compiled Lua, which is never run"},
        {"return '\\0'", "story.lua:1: this text builds a character by a number"},
        {"return '\\xff'", "story.lua:1: this text builds a character by a number"},
        {"return '\\200'", "story.lua:1: this text builds a character by a number"},
        {"return '\\u{D800}'", "story.lua:1: this text builds a character by a number"},
        {"return '\\u{7FFFFFFF}'", "story.lua:1: this text builds a character by a number"},
        {"return 1,\n'\xff'", "story.lua:2: this line is not UTF-8"},
        {"return tostring({})", "story.lua:1: tostring: expected a text, a number"},
        {"return tostring(pairs)", "story.lua:1: tostring: expected a text, a number"},
        {"return format('%s', {})", "story.lua:1: format: expected a text, a number"},
        {"return format('%p', {})", "story.lua:1: format: use %s, %d or"},
        {"return format('%q', 'x')", "story.lua:1: format: use %s, %d or"},
        {"return format('%100d', 1)", "story.lua:1: format: use %s, %d or"},
        {"return {} .. ''", "story.lua:1: attempt to concatenate a table value"},
        {"return {} < {}", "story.lua:1: attempt to compare two table values"},
        {"local t = {[pairs] = 1}\nfor k in pairs(t) do end",
            "story.lua:2: pairs: expected texts and whole numbers as keys, got function"},
        {"for k in pairs({[true] = 1}) do end", "story.lua:1: pairs: expected texts and whole"},
        {"x ==", "story.lua:1: "},
        {"local t = {}\nt.a.b = 1", "story.lua:2: attempt to index a nil value (field 'a')"},
        {"return ipars({})",
            "story.lua:1: nothing is called \"ipars\" here; did you mean \"ipairs\"?"},
    };
    CHECK(cases);
}

static int zero(lua_State *L)
{
    lua_pushlstring(L, "a\0b", 3);
    return 1;
}

/* No source can spell a zero byte, but a host's text may hold one: it ends nothing. */
static void test_zero_byte(void **state)
{
    (void)state;
    struct sandbox *sandbox = sandbox_new(&limits);
    char out[1024];
    sandbox_set_function(sandbox, "zero", zero);
    run(sandbox,
        STR("local s = zero() return len(s) .. ' ' .. len(format('%5s', s)) .. ' ' .. "
            "tostring(format('%-5s', s) == s .. '  ' and format('%5s', s) == '  ' .. s)"),
        out, sizeof(out));
    assert_string_equal(out, "3 5 true");
    sandbox_free(sandbox);
}

static void test_ordinary(void **state)
{
    (void)state;
    static const struct sandbox_case cases[] = {
        {"\xEF\xBB\xBFreturn 'after a byte order mark'", "after a byte order mark"},
        {"local s = '' for k, v in pairs {b = 2, a = 1, 'x', 'y', [-3] = 'z'} do "
         "s = s .. k .. v .. ' ' end return s",
            "-3z 1x 2y a1 b2 "},
        {"local s, t = '', {a = 1, b = 2, c = 3} for k in pairs(t) do t.b = nil t.d = 4 "
         "s = s .. k end return s",
            "ac"},
        {"local s = '' for i, v in ipairs {5, 6, nil, 7} do s = s .. i .. v end return s", "1526"},
        {"return len {1, 2, nil, 4}", "2"},
        {"local l = {'a', 2, true, nil, 'z'} return tostring(contains(l, 'a')) .. "
         "tostring(contains(l, '2')) .. tostring(contains(l, 2)) .. tostring(contains(l, true)) .. "
         "tostring(contains(l, 'z')) .. tostring(contains(l, nil))",
            "truefalsetruetruefalsefalse"},
        {"return contains('abc', 'b')", "story.lua:1: contains: expected a table, got string"},
        {"return len '\u968a\u8a13\u7df4'", "3"},
        {"return concat({1, 'b', 25}, ', ')", "1, b, 25"},
        {"return format('%s|%5d|%-5d|%05d|%%|%5s|%-3s|', 'a', 42, 42, -42, "
         "'\u8a13', '\u8a13')",
            "a|   42|42   |-0042|%|    \u8a13|\u8a13  |"},
        {"return format('%s %s %s', nil, true, 1)", "nil true 1"},
        {"return format('%d', '3')", "story.lua:1: format: expected a number, got string"},
        {"return format('%.2d', 3)", "story.lua:1: format: use %s, %d or"},
        {"return format('%f', 3)", "story.lua:1: format: use %s, %d or"},
        {"return format('%s')", "story.lua:1: format: there are more directives than values"},
        {"return tonumber('12') + tonumber('0x10') + (tonumber('x') or 1)", "29"},
        {"return tostring(nil) .. tostring(-15) .. tostring('x')", "nil-15x"},
        {"return type({}) .. type(nil) .. type(pairs)", "tablenilfunction"},
        {"return min(3, 1, 2) .. max(3, 1, 2) .. 27 // 10 .. -5 // 2", "132-3"},
        {"return 'a # b ... _ENV' -- # ... _ENV", "a # b ... _ENV"},
        {"return [==[\n# ]] ...]==]", "# ]] ..."},
        {"--[[ # \n ... ]] return 7 // 2", "3"},
        {"return '\\65\\x41\\u{8a13}\\z\n   B'", "AA\u8a13B"},
        {"local t = {n = {}} t.n.x = 1 return t.n.x", "1"},
    };
    CHECK(cases);
}

/* What a number looks like as a text, and what comes of arithmetic, must not depend on the
 * machine's C library: there are whole numbers only, in the source and in what arises from it. */
static void test_whole_numbers(void **state)
{
    (void)state;
#define WHOLE(text)                                                                                \
    "story.lua:1: \"" text "\" is not a whole number of at most 18 digits; write times as texts"
    static const struct sandbox_case cases[] = {
        {"return 1 / 0 .. ''",
            "story.lua:1: \"/\" is not available here; numbers are whole; use a // b"},
        {"return 2 ^ 1024 .. ''",
            "story.lua:1: \"^\" is not available here; numbers are whole; mult"},
        {"return 1.5 .. ''", WHOLE("1.5")},
        {"return .5 .. ''", WHOLE(".5")},
        {"return 5. .. ''", WHOLE("5.")},
        {"return 1e999 - 1e999 .. ''", WHOLE("1e999")},
        {"return 1E2", WHOLE("1E2")},
        {"return 0x1p4", WHOLE("0x1p4")},
        {"return 0x.8", WHOLE("0x.8")},
        {"return 9223372036854775808", WHOLE("9223372036854775808")},
        {"return 9223372036854775807 .. ''", "9223372036854775807"},
        {"return 9223372036854775807 + 1 .. ''", "-9223372036854775808"},
        {"return 0x7fffffffffffffff * 2 .. ''", "-2"},
        {"return 0xffffffffffffffffff .. ''", "-1"},
        {"return 1 // 0 .. ''", "story.lua:1: attempt to divide by zero"},
        {"return 1 % 0 .. ''", "story.lua:1: attempt to perform 'n%0'"},
        {"return tostring(-7 // 2) .. tostring(-7 % 3) .. tostring(1 << 62)",
            "-424611686018427387904"},
        {"return (-9223372036854775807 - 1) // -1 .. ''", "-9223372036854775808"},
        {"return tostring(tonumber '1.5') .. tostring(tonumber '1e2') .. tostring(tonumber 'inf') "
         ".. "
         "tostring(tonumber 'nan') .. tostring(tonumber '9223372036854775808') .. tonumber ' 12 '",
            "nilnilnilnilnil12"},
        {"local s = '' for i = 3, 1, -1 do s = s .. i end return s", "321"},
        {"return '2' * 3", "story.lua:1: attempt to perform arithmetic on a string value"},
        {"return max(1, 2) .. min(1, 2) .. len 'abc'", "213"},
    };
    CHECK(cases);
}

/* One string is refused at its length, all together at their sum; nothing ends the process. */
static void test_small_limits(void **state)
{
    (void)state;
    struct sandbox_limits small = {.memory_bytes = 1, .string_bytes = 100, .instructions = 1000};
    struct sandbox *sandbox = sandbox_new(&small);
    char out[1024];
    run(sandbox, STR("return 1"), out, sizeof(out));
    assert_string_equal(out, "story.lua:0: this needs more than 0 KiB of memory; keep less, or "
                             "forget it sooner");
    sandbox_free(sandbox);

    small.memory_bytes = 64 * 1024;
    small.instructions = 100000;
    sandbox = sandbox_new(&small);
    run(sandbox, STR("local t = {}\nfor i = 1, 300 do t = {t, 1, 2, 3, 4, 5, 6, 7, 8} end"), out,
        sizeof(out));
    assert_string_equal(
        out, "story.lua:2: this needs more than 64 KiB of memory; keep less, or forget it sooner");
    run(sandbox, STR("local s = '0123456789' s = s .. s .. s .. s .. s\ns = s .. s s = s .. 'x'"),
        out, sizeof(out));
    assert_string_equal(
        out, "story.lua:2: this makes a text of more than 100 bytes; keep texts short");
    run(sandbox, STR("return 'still here'"), out, sizeof(out));
    assert_string_equal(out, "still here");
    sandbox_free(sandbox);
}

static int tick_count;

static int tick(lua_State *L)
{
    (void)L;
    tick_count++;
    return 0;
}

/* What costs much takes much of the budget: the loop comes round only so often. Without charges for
 * bytes and for the work of C functions each of these would go on for ten thousand rounds. */
static void test_charges(void **state)
{
    (void)state;
#define GROWN "local s = 'x' for i = 1, 13 do s = s .. s end "
#define LIST "local t = {} for i = 1, 5000 do t[i] = i end "
    static const struct {
        const char *source;
        int most;
    } cases[] = {
        {GROWN "while true do tick() local t = s .. 'y' end", 400},
        {GROWN "while true do tick() local n = len(s) end", 400},
        {GROWN "while true do tick() local n = tonumber(s) end", 400},
        {GROWN "while true do tick() local t = format('%s', s) end", 400},
        {GROWN "local t = {s, 'x'} while true do tick() local u = concat(t) end", 400},
        {LIST "while true do tick() local n = len(t) end", 50},
        {"local t = {} for i = 1, 3000 do t[i] = i end while true do tick() local n = concat(t) "
         "end",
            100},
        {LIST "while true do tick() for k in pairs(t) do break end end", 3},
        {LIST "while true do tick() for k in pairs(t) do t[k] = k break end end", 3},
        /* A full hash part: each new name in place of an old one counts and copies the array. */
        {LIST
            "local n = 0 while true do tick() n = n + 1 t['k' .. n] = 1 t['k' .. n - 1] = nil end",
            6000},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct sandbox *sandbox = sandbox_new(&limits);
        char out[1024];
        sandbox_set_function(sandbox, "tick", tick);
        tick_count = 0;
        run(sandbox, str_of(cases[i].source), out, sizeof(out));
        if (strncmp(out, TOO_LONG(1), strlen(TOO_LONG(1))) != 0 || tick_count > cases[i].most ||
            tick_count == 0)
            fail_msg("%s: %d rounds; %s", cases[i].source, tick_count, out);
        sandbox_free(sandbox);
    }
}

/* Sources that make the compiler work: the same text many times over. */
static void test_large_sources(void **state)
{
    (void)state;
    static const struct {
        const char *head, *piece, *tail;
        size_t bytes;
        const char *expected;
    } cases[] = {
        {"return ", "(", "", 100000, "story.lua:0: this is nested too deeply"},
        {"local a = 1 return a", " or a", "", 100000, "1"},
        {"if a then\n", "elseif a then ", "end", 100000, "story.lua:1: nothing is called \"a\""},
        {"return len '", "x", "'", 70000, "story.lua:0: this makes a text of more than 16384"},
        {"-- ", "x", "\nreturn 'read'", 130000, "read"},
        {"-- ", "x", "", 140000, "story.lua:0: the file is larger than 128 KiB"},
        {"return {", "{},", "} and 'made'", 100000, "made"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct buf source = {0};
        buf_add(&source, str_of(cases[i].head));
        while (source.len < cases[i].bytes)
            buf_add(&source, str_of(cases[i].piece));
        buf_add(&source, str_of(cases[i].tail));
        buf_add_char(&source, '\0');
        char out[1024];
        clock_t start = clock();
        run_new(source.ptr, out, sizeof(out));
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (strncmp(out, cases[i].expected, strlen(cases[i].expected)) != 0 || seconds > 20)
            fail_msg("case %zu: %s, %.1f s", i, out, seconds);
        buf_fini(&source);
    }
}

/* Each resume has a budget of its own, on its own thread. */
static int pause_here(lua_State *L)
{
    return lua_yield(L, 0);
}

static void test_budget_per_resume(void **state)
{
    (void)state;
    struct sandbox *sandbox = sandbox_new(&limits);
    lua_State *L = sandbox_lua(sandbox);
    sandbox_set_function(sandbox, "pause", pause_here);
    struct sandbox_fault fault;
    struct err err;
    assert_true(sandbox_load(sandbox,
        STR("local function spin() for i = 1, 50000 do end end\n"
            "for i = 1, 20 do spin() pause() end\n"
            "for i = 1, 20 do\n  spin()\nend"),
        STR("a.lua"), &err));
    lua_State *thread = lua_newthread(L);
    lua_insert(L, -2);
    lua_xmove(L, thread, 1);
    int result_count;
    for (int i = 0; i < 20; i++)
        assert_int_equal(
            sandbox_resume(sandbox, thread, 0, &result_count, &fault), SANDBOX_YIELDED);
    assert_int_equal(sandbox_resume(sandbox, thread, 0, &result_count, &fault), SANDBOX_FAILED);
    assert_true(str_is(fault.file, "a.lua"));
    assert_int_equal(fault.line, 1);
    assert_string_equal(fault.traceback, "a.lua:1 in spin\na.lua:4 in the file itself\n");
    sandbox_free(sandbox);
}

/* A mistake below the engine's own Lua is blamed on the author's line that called it. */
static void test_blame(void **state)
{
    (void)state;
    struct sandbox *sandbox = sandbox_new(&limits);
    lua_State *L = sandbox_lua(sandbox);
    struct err err;
    struct sandbox_fault fault;
    int result_count;
    assert_true(sandbox_load(
        sandbox, STR("return function(x)\n local y = x.a.b return y\nend"), STR("[own]"), &err));
    lua_State *thread = lua_newthread(L);
    lua_insert(L, -2);
    lua_xmove(L, thread, 1);
    assert_int_equal(sandbox_resume(sandbox, thread, 0, &result_count, &fault), SANDBOX_RETURNED);
    lua_xmove(thread, L, 1);
    sandbox_set_value(sandbox, "helper");
    lua_pop(L, 1);
    char out[1024];
    run(sandbox, STR("local t = {}\n\nhelper(t)"), out, sizeof(out));
    assert_string_equal(out, "story.lua:3: attempt to index a nil value (field 'a')");
    assert_false(sandbox_load(sandbox, STR("local x = \n"), STR("b.lua"), &err));
    assert_string_equal(err.message, "b.lua:2: unexpected symbol near <eof>");
    sandbox_free(sandbox);
}

static void test_names(void **state)
{
    (void)state;
    struct sandbox *sandbox = sandbox_new(&limits);
    struct buf names = {0};
    sandbox_write_names(sandbox, &names);
    char golden[4096];
    FILE *file = fopen("tests/unit/golden/sandbox_names.txt", "rb");
    assert_non_null(file);
    size_t len = fread(golden, 1, sizeof(golden) - 1, file);
    fclose(file);
    golden[len] = '\0';
    buf_add_char(&names, '\0');
    assert_string_equal(names.ptr, golden);
    buf_fini(&names);
    sandbox_free(sandbox);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_endless),
        cmocka_unit_test(test_heavy),
        cmocka_unit_test(test_charges),
        cmocka_unit_test(test_escapes),
        cmocka_unit_test(test_zero_byte),
        cmocka_unit_test(test_ordinary),
        cmocka_unit_test(test_whole_numbers),
        cmocka_unit_test(test_small_limits),
        cmocka_unit_test(test_large_sources),
        cmocka_unit_test(test_budget_per_resume),
        cmocka_unit_test(test_blame),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
