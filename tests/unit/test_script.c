/* Stories: what they wait for, what they say, and that a second run from the same inputs gives the
 * same bytes. */
#include "script_cases.h"

static void test_time(void **state)
{
    (void)state;
    static const struct story_case cases[] = {
        {MAIN "inject 'helpdesk-call' wait '5m' inject 'reporter-calls'" END, {{0}},
            "0s helpdesk-call\n5m reporter-calls\n"},
        {MAIN
            "wait '0s' wait_until '0s' wait_until '7m' wait_until '3m' inject 'reporter-calls'" END,
            {{0}}, "7m reporter-calls\n"},
        {MAIN "inject('reporter-calls', {after = '5m'}) wait '5m' inject 'ward-complains'" END,
            {{0}}, "0s schedule reporter-calls\n5m reporter-calls\n5m ward-complains\n"},
        /* Time stands during a pause. */
        {MAIN "wait '5m' inject 'reporter-calls'" END,
            {{"2m", "facilitator", "pause", NULL}, {"2m", "facilitator", "resume", NULL}},
            "5m reporter-calls\n"},
        {MAIN "wait '2h' finish() wait '1m' inject 'ward-complains'" END, {{0}}, "2h ended\n"},
        {MAIN "begin_phase 'recovery' set('mail', 'stopped')" END, {{0}},
            "0s phase recovery\n0s set mail stopped\n"},
        {MAIN "local t = 0 while t < 3 do wait '1m' inject 'ward-complains' t = t + 1 end" END,
            {{0}}, "1m ward-complains\n2m ward-complains\n3m ward-complains\n"},
        /* At one instant the file's order holds. */
        {"story('b', function() wait '1m' set('mail', 'b') end)\n"
         "story('a', function() wait '1m' set('mail', 'a') end)\n",
            {{0}}, "1m set mail b\n1m set mail a\n"},
        {"story('late', function() wait '2m' set('mail', 'late') end)\n"
         "story('early', function() wait '1m' set('mail', 'early') end)\n",
            {{0}}, "1m set mail early\n2m set mail late\n"},
    };
    CHECK(cases);
}

/* The bound itself is in time; the story goes on a millisecond after it. */
static void test_bounds(void **state)
{
    (void)state;
    static const char story[] =
        MAIN "local e = await(escalation {to = 'commander'}, '15m')\n"
             "if e then inject 'reporter-calls' else\n"
             "contingency('helpdesk-calls-again', 'no escalation in 15 minutes') end" END;
    static const struct story_case cases[] = {
        {story, {{"14m59s999ms", "handler", "message", ESCALATE}}, "14m59s999ms reporter-calls\n"},
        {story, {{"15m", "handler", "message", ESCALATE}}, "15m reporter-calls\n"},
        {story, {{"15m1ms", "handler", "message", ESCALATE}}, "15m1ms helpdesk-calls-again\n"},
        {story, {{0}}, "15m1ms helpdesk-calls-again\n"},
        {MAIN "await(escalation {to = 'commander'}, '0s') inject 'reporter-calls'" END, {{0}},
            "1ms reporter-calls\n"},
    };
    CHECK(cases);
}

static void test_patterns(void **state)
{
    (void)state;
    static const struct story_case cases[] = {
        {MAIN "inject 'helpdesk-call' local d = await(decision 'stop-file-server', '20m')\n"
              "if d.option == 'stop' and d.kind == 'decided' and d.actor == 'commander' and "
              "d.at_ms == 540000 and d.reason == nil then set('file-server', 'stopped') end" END,
            {{"9m", "commander", "decide", DECIDE}},
            "0s helpdesk-call\n9m set file-server stopped\n"},
        {MAIN "local e = await(message {to = {'press', 'commander'}, type = 'escalation'})\n"
              "if len(e.to) == 1 and e.to[1] == 'commander' and e.via == 'phone' then "
              "inject 'ward-complains' end" END,
            {{"3m", "handler", "message", ESCALATE}}, "3m ward-complains\n"},
        {MAIN "await(escalation {by = 'handler', to = 'press'}) inject 'ward-complains'" END,
            {{"3m", "handler", "message", ESCALATE}}, ""},
        /* Every story begins at STARTEX, so that it has passed. */
        {MAIN "await(started()) inject 'ward-complains'" END
              "on(started(), function() inject 'reporter-calls' end)",
            {{0}}, ""},
        {MAIN "await(opened 'helpdesk-call') inject 'ward-complains'" END,
            {{"1m", "facilitator", "fire", "{\"inject\":\"helpdesk-call\"}"},
                {"4m", "handler", "open", "{\"inject\":\"helpdesk-call\"}"}},
            "1m helpdesk-call\n4m ward-complains\n"},
        /* What the facilitator fires by hand during a pause reaches stories; time does not. */
        {"story('a', function() await(delivered 'reporter-calls') inject 'ward-complains' end)\n"
         "story('b', function() wait '3m' set('mail', 'b') end)",
            {{"2m", "facilitator", "pause", NULL},
                {"2m", "facilitator", "fire", "{\"inject\":\"reporter-calls\"}"},
                {"2m", "facilitator", "resume", NULL}},
            "2m reporter-calls\n2m ward-complains\n3m set mail b\n"},
        /* A story's own doing can be waited for, also by itself. */
        {"story('a', function() inject 'helpdesk-call' await(delivered 'helpdesk-call') "
         "set('mail', 'a') end)\n"
         "story('b', function() await(delivered()) set('mail', 'b') end)",
            {{0}}, "0s helpdesk-call\n0s set mail a\n0s set mail b\n"},
        {"on(decision 'stop-file-server', function(d) set('file-server', d.option) end)\n"
         "on(escalation 'commander', function() inject 'ward-complains' wait '10m' end)\n"
         "story('start', function() inject 'helpdesk-call' end)",
            {{"1m", "handler", "message", ESCALATE}, {"2m", "handler", "message", ESCALATE},
                {"3m", "commander", "decide", DECIDE}, {"12m", "handler", "message", ESCALATE}},
            "0s helpdesk-call\n1m ward-complains\n3m set file-server stop\n12m ward-complains\n"},
        /* What has come is skipped with a note. */
        {MAIN "wait '5m' if not seen 'reporter-calls' then set('mail', 'no') end "
              "inject 'reporter-calls'" END,
            {{"1m", "facilitator", "fire", "{\"inject\":\"reporter-calls\"}"}},
            "1m reporter-calls\n5m skip reporter-calls\n"},
    };
    CHECK(cases);
}

static void test_own_writes(void **state)
{
    (void)state;
    static const struct story_case cases[] = {
        {MAIN "if get 'mail' == 'running' then set('mail', 'one') end\n"
              "if get 'mail' == 'one' then set('mail', 'two') end\n"
              "if get 'mail' == 'two' and not seen 'ward-complains' then inject 'ward-complains' "
              "end\nif seen 'ward-complains' then set('file-server', 'seen') end" END,
            {{0}},
            "0s set mail one\n0s set mail two\n0s ward-complains\n0s set file-server seen\n"},
        /* Nobody else sees them before they are done. */
        {"story('a', function() set('mail', 'x') end)\n"
         "story('b', function() set('file-server', get 'mail') wait '1m' "
         "set('file-server', get 'mail') end)",
            {{0}}, "0s set mail x\n0s set file-server running\n1m set file-server x\n"},
    };
    CHECK(cases);
}

/* A reaction that fails leaves nothing behind; what came before and the others stand. */
static void test_faults(void **state)
{
    (void)state;
    static const struct story_case cases[] = {
        {MAIN "inject 'helpdesk-call' wait '1m' inject 'reporter-calls'\nlocal x = nil\nx.y = 1" END
              "story('other', function() wait '2m' set('mail', 'on') end)",
            {{0}},
            "0s helpdesk-call\n1m fault main: story.lua:4: attempt to index a nil value (local "
            "'x'); await, ask and happened give nil when nothing came, so ask \"if x then\" "
            "first\n2m set mail on\n"},
        {"local function help(n)\n  return n.x.y\nend\n" MAIN "local z = help {}\nreturn z" END,
            {{0}},
            "0s fault main: story.lua:2: attempt to index a nil value (field 'x'); await, ask and "
            "happened give nil when nothing came, so ask \"if x then\" first\n"
            "story.lua:2 in help\nstory.lua:5 in the function at line 4\n"},
        {MAIN "for i = 1, 65 do inject 'ward-complains' end" END, {{0}},
            "0s fault main: story.lua:2: inject: a story does at most 64 things without waiting in "
            "between\n"},
        {"local help = function() return 1 end\n"
         "story('a', function() wait '1m'\nhelp = nil inject 'ward-complains' end)\n"
         "story('b', function() wait '2m' if help() == 1 then set('mail', 'fine') end end)",
            {{0}},
            "1m fault a: story.lua:2: \"help\" is shared with other stories and was given a new "
            "value; use a local of the story's own\n2m set mail fine\n"},
        {"on(escalation(), function(e)\n  while true do end\nend)",
            {{"1m", "handler", "message", ESCALATE}, {"2m", "handler", "message", ESCALATE}},
            "1m fault on escalation: story.lua:2: this takes more than 200000 instructions at one "
            "go; is there a loop that never ends or never waits?\n"},
    };
    CHECK(cases);
}

/* A recorded fault comes again by its number, whatever the story would do now. */
static void test_imposed(void **state)
{
    (void)state;
    static const struct play_input inputs[PLAY_INPUTS_MOST] = {{0}};
    static const char story[] = MAIN "inject 'helpdesk-call' wait '1m' inject 'ward-complains'\n"
                                     "wait '1m' inject 'reporter-calls'" END;
    struct event recorded[2] = {{.kind = EVENT_FAULT, .actor = ACTOR_STORY},
        {.kind = EVENT_FAULT, .actor = ACTOR_STORY}}; /* the second has no number */
    recorded[0].body.fault = (struct event_fault){.file = STR("story.lua"),
        .line = 7,
        .message = STR("long ago"),
        .reaction = 2,
        .story = STR("main")};
    struct events imposed = {.items = recorded, .count = 2};
    struct play play;
    play_run(&play, story, inputs, &imposed);
    assert_string_equal(play.told.ptr, "0s helpdesk-call\n1m fault main: story.lua:7: long ago\n");
    play_fini(&play);
}

/* No story, no work; and an empty file is only worth a warning. */
static void test_empty(void **state)
{
    (void)state;
    static const struct story_case cases[] = {{"", {{0}}, ""}, {"-- nothing yet\n", {{0}}, ""},
        {"story('a', function() end)", {{0}}, ""}};
    CHECK(cases);
    struct str release = script_lua_release();
    assert_true(str_starts_with(release, STR("5.4.")));
    assert_null(memchr(release.ptr, ' ', release.len));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_time),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_patterns),
        cmocka_unit_test(test_own_writes),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_imposed),
        cmocka_unit_test(test_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
