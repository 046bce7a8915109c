/* The words of the story language, each played: what it brings about, what it sees, and that a
 * second run from the same inputs gives the same bytes. */
#include "script_cases.h"

static void test_any(void **state)
{
    (void)state;
    static const struct story_case cases[] = {
        {MAIN "local e = await(any(said(), escalation 'commander'), '10m')\n"
              "if e.kind == 'messaged' then inject 'ward-complains' end" END,
            {{"3m", "handler", "message", ESCALATE}}, "3m ward-complains\n"},
        {MAIN "local e = await(any {said(), escalation 'commander'}, '10m')\n"
              "if e and e.kind == 'said' then inject 'ward-complains' end" END,
            {{"10m", "handler", "said", SAY}}, "10m ward-complains\n"},
        {MAIN "if not await(any(said(), escalation 'press'), '10m') then set('mail', 'x') end" END,
            {{"3m", "handler", "message", ESCALATE}}, "10m1ms set mail x\n"},
        {"on(any(said(), escalation()), function(e) inject 'ward-complains' end)",
            {{"1m", "handler", "message", ESCALATE}, {"2m", "handler", "said", SAY}},
            "1m ward-complains\n2m ward-complains\n"},
        /* One alone is that one; a second time it is the same value. */
        {MAIN "local p = escalation()\nif any(p) == p and any(p, said()) == any(p, said()) and "
              "any(p, said()) ~= all(p, said()) and type(any(p)) == 'pattern' then "
              "set('mail', 'same') end" END,
            {{0}}, "0s set mail same\n"},
    };
    CHECK(cases);
}

static void test_all(void **state)
{
    (void)state;
    static const struct story_case cases[] = {
        {MAIN "local e = await(all(said(), escalation 'commander'), '10m')\n"
              "if e.kind == 'said' then inject 'ward-complains' end" END,
            {{"3m", "handler", "message", ESCALATE}, {"4m", "handler", "message", ESCALATE},
                {"5m", "handler", "said", SAY}},
            "5m ward-complains\n"},
        {MAIN "if not await(all(said(), escalation 'commander'), '4m') then set('mail', 'x') "
              "end" END,
            {{"3m", "handler", "message", ESCALATE}, {"5m", "handler", "said", SAY}},
            "4m1ms set mail x\n"},
        /* One event can be several of them. */
        {MAIN "await(all(message(), escalation(), message {by = 'handler'}))\n"
              "inject 'ward-complains'" END,
            {{"3m", "handler", "message", ESCALATE}}, "3m ward-complains\n"},
        /* What was met stays met, also inside others; a new wait begins anew. */
        {MAIN "local p = any(all(said(), escalation()), opened())\nawait(p) set('mail', 'once') "
              "await(p) set('mail', 'twice')" END,
            {{"1m", "handler", "said", SAY}, {"2m", "handler", "message", ESCALATE},
                {"3m", "handler", "message", ESCALATE}, {"4m", "handler", "said", SAY}},
            "2m set mail once\n4m set mail twice\n"},
        {"on(all(said(), escalation()), function(e) inject 'ward-complains' end)",
            {{"1m", "handler", "message", ESCALATE}, {"2m", "handler", "said", SAY},
                {"3m", "handler", "said", SAY}, {"4m", "handler", "message", ESCALATE}},
            "2m ward-complains\n4m ward-complains\n"},
    };
    CHECK(cases);
}

static void test_every(void **state)
{
    (void)state;
    static const struct story_case cases[] = {
        {"every('1h', function(n) set('mail', 'beat' .. n) end)", {{0}},
            "1h set mail beat1\n2h set mail beat2\n3h set mail beat3\n4h set mail beat4\n"},
        {"every('10m', function(n) set('mail', 'beat' .. n) return n < 2 end)", {{0}},
            "10m set mail beat1\n20m set mail beat2\n"},
        /* A beat that the function itself waits through is left out. */
        {"every('1h', function(n) set('mail', 'beat' .. n) wait '90m' end)", {{0}},
            "1h set mail beat1\n3h set mail beat2\n"},
        {"every('2h', function() set('mail', 'a') end)\nevery('2h', function() set('mail', 'b') "
         "return false end)",
            {{0}}, "2h set mail a\n2h set mail b\n4h set mail a\n"},
    };
    CHECK(cases);
}

static void test_ask(void **state)
{
    (void)state;
#define ASK                                                                                        \
    MAIN "local choice = ask('stop-file-server', '20m') set('mail', choice or 'nobody')\n"         \
         "if decided 'stop-file-server' == choice then set('mail', 'same') end" END
    static const struct story_case cases[] = {
        {ASK, {{"9m", "commander", "decide", DECIDE}},
            "0s helpdesk-call\n9m set mail stop\n9m set mail same\n"},
        {ASK, {{"20m", "commander", "decide", DECIDE}},
            "0s helpdesk-call\n20m set mail stop\n20m set mail same\n"},
        {ASK, {{"20m1ms", "commander", "decide", DECIDE}},
            "0s helpdesk-call\n20m1ms set mail nobody\n20m1ms set mail same\n"},
        /* A contested decision decides nothing. */
        {ASK, {{"9m", "handler", "decide", DECIDE}, {"10m", "commander", "decide", KEEP}},
            "0s helpdesk-call\n10m set mail keep\n10m set mail same\n"},
        /* The inject came by hand, and the question is decided when the story comes to it. */
        {MAIN "wait '10m'\nset('mail', ask('stop-file-server', '20m'))" END,
            {{"1m", "facilitator", "fire", "{\"inject\":\"helpdesk-call\"}"},
                {"9m", "commander", "decide", DECIDE}},
            "1m helpdesk-call\n10m set mail stop\n"},
        {MAIN "inject 'helpdesk-call'\nlocal c = ask 'stop-file-server' set('mail', c)" END,
            {{"3h", "commander", "decide", DECIDE}}, "0s helpdesk-call\n3h set mail stop\n"},
        /* Without a time the question's own countdown ends it; with one a late decision counts. */
        {MAIN "if not ask 'tell-minister' then set('mail', 'x') end\n"
              "if not ask 'tell-minister' then set('mail', 'y') end" END,
            {{0}}, "0s minister-calls\n10m1ms set mail x\n10m1ms set mail y\n"},
        {MAIN "set('mail', ask('tell-minister', '30m'))" END,
            {{"20m", "handler", "decide", "{\"option\":\"keep\",\"question\":\"tell-minister\"}"}},
            "0s minister-calls\n20m set mail keep\n"},
        /* Above the dial, or left out by hand: nobody will be asked. */
        {MAIN "if not ask('pay', '20m') then set('mail', 'x') end" END, {{0}},
            "0s skip ransom-note\n0s set mail x\n"},
        {MAIN "wait '5m'\nif not ask 'stop-file-server' then set('mail', 'x') end" END,
            {{"1m", "facilitator", "skip", "{\"inject\":\"helpdesk-call\"}"}},
            "1m skip helpdesk-call\n5m skip helpdesk-call\n5m set mail x\n"},
    };
    CHECK(cases);
}

static void test_reply(void **state)
{
    (void)state;
    static const struct story_case cases[] = {
        {"on(message 'notification', function(m) reply(m, 'jpcert-received', {after = '2m'}) end)",
            {{"3m", "commander", "message", NOTIFY}, {"10m", "handler", "message", NOTIFY}},
            "3m schedule jpcert-received re i3\n5m jpcert-received re i3\n"
            "10m schedule jpcert-received re i4\n12m jpcert-received re i4\n"},
        {"on(message 'notification', function(m) wait '1m' reply(m, 'reporter-calls') end)",
            {{"3m", "handler", "message", NOTIFY}}, "4m reporter-calls re i3\n"},
        /* Other events about a message will do as well. */
        {MAIN "local e = await(ack())\nreply({message = e.message}, 'jpcert-received')" END,
            {{"3m", "handler", "message", ESCALATE},
                {"4m", "commander", "ack", "{\"message\":\"i3\"}"}},
            "4m jpcert-received re i3\n"},
    };
    CHECK(cases);
    struct play play;
    play_run(&play, cases[1].story, cases[1].inputs, NULL);
    /* Its own audience is the commander; it goes to whoever wrote. */
    buf_add_char(&play.lines, '\0');
    assert_non_null(strstr(play.lines.ptr, "\"inject\":\"reporter-calls\",\"re\":\"i3\",\"to\":["
                                           "\"handler\"]"));
    play_fini(&play);
}

static void test_approve(void **state)
{
    (void)state;
#define REQUEST "{\"text\":\"h\",\"to\":[\"management\"],\"type\":\"approval-request\"}"
    static const struct story_case cases[] = {
        {"on(message 'approval-request', function(m) wait '1m' approve(m, 'management') end)",
            {{"3m", "handler", "message", REQUEST}}, "4m management approval i3\n"},
        /* Whom it did not go to cannot approve it: that is told, and the story goes on. */
        {"on(message 'approval-request', function(m) approve(m, 'press') set('mail', 'x') end)",
            {{"3m", "handler", "message", REQUEST}}, "3m refused reply_as i3\n3m set mail x\n"},
    };
    CHECK(cases);
}

static void test_hint_and_reveal(void **state)
{
    (void)state;
    static const struct story_case cases[] = {
        {MAIN "hint 'ask-others'" END, {{0}}, "0s hint ask-others\n"},
        {MAIN "wait '1m' reveal('backup-fine', 'handler')\n"
              "if knows('handler', 'backup-fine') and not knows('commander', 'backup-fine') then "
              "set('mail', 'x') end wait '1m'\n"
              "if knows('handler', 'backup-fine') then set('mail', 'y') end" END,
            {{0}}, "1m handler learns backup-fine\n1m set mail x\n2m set mail y\n"},
        {MAIN "reveal('backup-fine', {'handler', 'commander'})" END, {{0}},
            "0s commander learns backup-fine\n0s handler learns backup-fine\n"},
        {MAIN "if not knows('management', 'backup-fine') and not knows('legal', 'backup-fine') "
              "then set('mail', 'x') end" END,
            {{0}}, "0s set mail x\n"},
        /* With one argument it is the pattern. */
        {"on(knows 'backup-fine', function(e) set('mail', e.actor) end)\n"
         "on(knows {fact = 'backup-fine', by = 'commander'}, function() set('mail', 'x') end)\n"
         "story('a', function() wait '1m' reveal('backup-fine', 'handler') end)",
            {{0}}, "1m handler learns backup-fine\n1m set mail handler\n"},
    };
    CHECK(cases);
}

static void test_jump(void **state)
{
    (void)state;
#define TELL_TIME                                                                                  \
    "local t = story_time() set('mail', t.year .. '-' .. t.month .. '-' .. t.day .. '-' .. t.hour" \
    " .. '-' .. t.minute .. '-' .. t.weekday)"
    static const struct story_case cases[] = {
        {MAIN TELL_TIME END, {{0}}, "0s set mail 1970-1-1-22-0-4\n"},
        {MAIN "wait '1h59m' " TELL_TIME " wait '1m' " TELL_TIME END, {{0}},
            "1h59m set mail 1970-1-1-23-59-4\n2h set mail 1970-1-2-0-0-5\n"},
        {MAIN "jump '3d' wait '1ms' " TELL_TIME END, {{0}},
            "0s jumped\n1ms set mail 1970-1-4-22-0-7\n"},
        {MAIN "wait '5m' jump {phase = 'recovery'} wait '1s' " TELL_TIME END, {{0}},
            "5m jumped\n5m phase recovery\n5m1s set mail 1970-1-2-17-0-5\n"},
        {MAIN "jump('8h', {sheet = true}) wait '1m' " TELL_TIME END,
            {{"0s", "facilitator", "jump", NULL}, {"0s", "facilitator", "resume", NULL}},
            "0s gap\n0s jumped\n1m set mail 1970-1-2-6-1-5\n"},
        {MAIN "jump {phase = 'recovery', sheet = true} wait '1m' " TELL_TIME END,
            {{"0s", "facilitator", "jump", NULL}, {"0s", "facilitator", "resume", NULL}},
            "0s gap before recovery\n0s jumped\n0s phase recovery\n1m set mail 1970-1-2-17-1-5\n"},
    };
    CHECK(cases);
}

#define CLOSED_AT(at)                                                                              \
    {at, "facilitator", "jump", NULL},                                                             \
    {                                                                                              \
        at, "facilitator", "resume", NULL                                                          \
    }

/* With a sheet the story waits until the calendar has moved; without one it does not wait. */
static void test_jump_with_sheet(void **state)
{
    (void)state;
    static const struct story_case cases[] = {
        {MAIN "jump('8h', {sheet = true}) inject 'ward-complains' " TELL_TIME END,
            {{"0s", "handler", "said", SAY}, CLOSED_AT("0s")},
            "0s gap\n0s jumped\n0s ward-complains\n0s set mail 1970-1-2-6-0-5\n"},
        {MAIN "jump '8h' inject 'ward-complains' " TELL_TIME END, {{0}},
            "0s jumped\n0s ward-complains\n0s set mail 1970-1-1-22-0-4\n"},
        {MAIN "jump('8h', {sheet = false}) inject 'ward-complains'" END, {{0}},
            "0s jumped\n0s ward-complains\n"},
        /* The phase begins after the calendar has moved, whoever waits for it first. */
        {MAIN "jump {phase = 'recovery', sheet = true} await(phase 'recovery') " TELL_TIME END,
            {CLOSED_AT("0s")},
            "0s gap before recovery\n0s jumped\n0s phase recovery\n0s set mail 1970-1-2-17-0-5\n"},
        {"on(phase 'recovery', function() inject 'ward-complains' end)\n" MAIN
         "jump {phase = 'recovery', sheet = true} set('mail', 'x')" END,
            {CLOSED_AT("0s")},
            "0s gap before recovery\n0s jumped\n0s phase recovery\n0s set mail x\n"
            "0s ward-complains\n"},
        /* A jump without a sheet just before closes none. */
        {MAIN "jump '1h' jump('8h', {sheet = true}) " TELL_TIME END, {CLOSED_AT("0s")},
            "0s jumped\n0s gap\n0s jumped\n0s set mail 1970-1-2-7-0-5\n"},
        {MAIN "jump('1h', {sheet = true}) jump('2h', {sheet = true}) " TELL_TIME END,
            {{"0s", "facilitator", "jump", NULL}, CLOSED_AT("0s")},
            "0s gap\n0s jumped\n0s gap\n0s jumped\n0s set mail 1970-1-2-1-0-5\n"},
        /* Ended over an open sheet, nothing goes on. */
        {MAIN "jump('1h', {sheet = true}) set('mail', 'x')" END,
            {{"0s", "facilitator", "end", NULL}}, "0s gap\n0s ended\n"},
    };
    CHECK(cases);
}

/* A sheet that cannot be opened must not be waited for. */
static void test_jump_that_cannot_be(void **state)
{
    (void)state;
#define SHEET "jump('8h', {sheet = true})"
#define ANOTHER                                                                                    \
    "jump: another gap sheet is open, and there is one at a time; wait until it is closed\n"
#define TOO_LATE                                                                                   \
    "jump: the calendar has already come to where the phase \"recovery\" begins, so that there "   \
    "are no hours for a sheet\n"
    static const struct story_case cases[] = {
        {MAIN "await(said())\n" SHEET " set('mail', 'x')" END,
            {{"1m", "facilitator", "jump", "{\"by_ms\":3600000,\"sheet\":true}"},
                {"1m", "handler", "said", SAY}, CLOSED_AT("1m")},
            "1m gap\n1m fault main: story.lua:3: " ANOTHER "1m jumped\n"},
        {MAIN SHEET END "\nstory('b', function()\n" SHEET " end)", {CLOSED_AT("0s")},
            "0s gap\n0s fault b: story.lua:6: " ANOTHER "0s jumped\n"},
        {MAIN "wait '2m'\njump {phase = 'recovery', sheet = true}" END,
            {{"1m", "facilitator", "jump", "{\"by_ms\":68400000}"}},
            "1m jumped\n2m fault main: story.lua:3: " TOO_LATE},
        {MAIN "jump '19h'\njump {phase = 'recovery', sheet = true}" END, {{0}},
            "0s fault main: story.lua:3: " TOO_LATE},
    };
    CHECK(cases);
}

static void test_happened(void **state)
{
    (void)state;
#define LOOK(arguments, then) MAIN "wait_until '30m' local e = happened(" arguments ")\n" then END
    static const struct story_case cases[] = {
        {LOOK("escalation()", "set('mail', e.actor .. e.at_ms)"),
            {{"5m", "handler", "message", ESCALATE}, {"10m", "commander", "message", ESCALATE},
                {"11m", "handler", "said", SAY}},
            "30m set mail commander600000\n"},
        {LOOK("escalation()", "if not e then set('mail', 'x') end"), {{0}}, "30m set mail x\n"},
        {LOOK("escalation(), '10m'", "if e then set('mail', 'x') end"),
            {{"10m", "handler", "message", ESCALATE}}, "30m set mail x\n"},
        {LOOK("escalation(), '10m1ms'", "if not e then set('mail', 'x') end"),
            {{"10m", "handler", "message", ESCALATE}}, "30m set mail x\n"},
        {MAIN "await(said()) local t = time() await(said())\n"
              "if happened(escalation(), t) and not happened(escalation(), t + 60001) then "
              "set('mail', 'x') end" END,
            {{"1m", "handler", "said", SAY}, {"2m", "handler", "message", ESCALATE},
                {"3m", "handler", "said", SAY}},
            "3m set mail x\n"},
        {LOOK("any(said(), escalation())", "set('mail', e.kind)"),
            {{"5m", "handler", "said", SAY}, {"6m", "handler", "message", ESCALATE}},
            "30m set mail messaged\n"},
        {LOOK("all(said(), escalation())", "set('mail', e.kind .. e.at_ms)"),
            {{"5m", "handler", "said", SAY}, {"6m", "handler", "message", ESCALATE},
                {"7m", "handler", "message", ESCALATE}},
            "30m set mail messaged360000\n"},
        {LOOK("all(said(), escalation()), '6m'", "if not e then set('mail', 'x') end"),
            {{"5m", "handler", "said", SAY}, {"6m", "handler", "message", ESCALATE}},
            "30m set mail x\n"},
        /* What it answers is part of what happened; what it has just asked for is not yet. */
        {"on(said(), function() if happened(said()) then inject 'ward-complains' end\n"
         "if not happened(delivered()) then set('mail', 'x') end end)",
            {{"1m", "handler", "said", SAY}}, "1m ward-complains\n1m set mail x\n"},
        /* During a pause, too, and what people wrote is not in it. */
        {LOOK("said()", "if e.text == nil and e.to[1] == 'room' then set('mail', 'x') end"),
            {{"5m", "facilitator", "pause", NULL}, {"5m", "handler", "said", SAY},
                {"5m", "facilitator", "resume", NULL}},
            "30m set mail x\n"},
    };
    CHECK(cases);
}

static void test_look(void **state)
{
    (void)state;
    static const struct story_case cases[] = {
        {MAIN "wait '90s' set('mail', 'at' .. time())" END, {{0}}, "1m30s set mail at90000\n"},
        {MAIN "if seated 'commander' and not seated 'poc' then set('mail', 'x') end" END, {{0}},
            "0s set mail x\n"},
        {MAIN "inject 'helpdesk-call' await(decision()) set('mail', decided 'stop-file-server' or "
              "'open') await(decision()) set('mail', decided 'stop-file-server')" END,
            {{"1m", "handler", "decide", DECIDE}, {"2m", "commander", "decide", KEEP}},
            "0s helpdesk-call\n1m set mail open\n2m set mail keep\n"},
        /* Above the dial nothing comes, and a story can see that at once. */
        {MAIN "inject 'second-host'\nif not seen 'second-host' then set('mail', 'x') end" END,
            {{0}}, "0s skip second-host\n0s set mail x\n"},
        {MAIN "wait '2m'\nif seen 'second-host' then set('mail', 'x') end" END,
            {{"1m", "facilitator", "fire", "{\"inject\":\"second-host\"}"}},
            "1m second-host\n2m set mail x\n"},
        {MAIN "local e = await(message())\nif contains(e.to, 'commander') and not contains(e.to, "
              "'legal') then set('mail', 'x') end" END,
            {{"1m", "handler", "message", ESCALATE}}, "1m set mail x\n"},
    };
    CHECK(cases);
}

/* The draws of one story, as letters. */
static void draw(const char *name, int64_t seed, const char *how, struct buf *out)
{
    static const struct play_input none[PLAY_INPUTS_MOST] = {{0}};
    char story[512];
    struct play play;
    snprintf(story, sizeof(story),
        "story('%s', function()\nlocal s = 'x' for i = 1, 60 do s = s .. %s if i == 30 then wait "
        "'1m' end end set('mail', s) end)",
        name, how);
    play_run_seeded(&play, story, none, NULL, seed);
    for (size_t i = 0; i < play.events.count; i++)
        if (play.events.items[i].kind == EVENT_WORLD_SET)
            buf_add(out, play.events.items[i].body.world_set.value);
    buf_add_char(out, '\0');
    play_fini(&play);
}

static void test_random(void **state)
{
    (void)state;
    static const struct {
        const char *how, *allowed;
    } ways[] = {{"random(6)", "123456"}, {"(chance(30) and 'y' or 'n')", "yn"},
        {"pick {'a', 'b', 'c'}", "abc"}, {"random(1)", "1"}, {"(chance(0) and 'y' or 'n')", "n"},
        {"(chance(100) and 'y' or 'n')", "y"}};
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        struct buf first = {0}, again = {0}, other_seed = {0}, other_name = {0};
        draw("main", 1, ways[i].how, &first);
        draw("main", 1, ways[i].how, &again);
        draw("main", 2, ways[i].how, &other_seed);
        draw("mail", 1, ways[i].how, &other_name);
        assert_string_equal(first.ptr, again.ptr);
        assert_int_equal(first.len, 62);
        assert_int_equal(strspn(first.ptr + 1, ways[i].allowed), 60);
        for (size_t letter = 0; ways[i].allowed[letter] != '\0'; letter++)
            assert_non_null(strchr(first.ptr + 1, ways[i].allowed[letter]));
        if (strlen(ways[i].allowed) > 1) {
            assert_string_not_equal(first.ptr, other_seed.ptr);
            assert_string_not_equal(first.ptr, other_name.ptr);
        }
        buf_fini(&first);
        buf_fini(&again);
        buf_fini(&other_seed);
        buf_fini(&other_name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any),
        cmocka_unit_test(test_all),
        cmocka_unit_test(test_every),
        cmocka_unit_test(test_ask),
        cmocka_unit_test(test_reply),
        cmocka_unit_test(test_approve),
        cmocka_unit_test(test_hint_and_reveal),
        cmocka_unit_test(test_jump),
        cmocka_unit_test(test_jump_with_sheet),
        cmocka_unit_test(test_jump_that_cannot_be),
        cmocka_unit_test(test_happened),
        cmocka_unit_test(test_look),
        cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
