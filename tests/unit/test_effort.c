/* What a story may bring about in a time. */
#include "script_play.h"

#include <stdio.h>
#include <string.h>

#include "script/effort.h"

static void test_fills_with_time(void **state)
{
    (void)state;
    struct effort effort = {0};
    assert_true(effort_is_left(&effort, 5000));
    effort_take(&effort, EFFORT_MOST);
    assert_false(effort_is_left(&effort, 5000));
    assert_true(effort_is_left(&effort, 5001));
    effort_take(&effort, EFFORT_MOST);
    assert_false(effort_is_left(&effort, 5000 + EFFORT_MOST / 1000 / EFFORT_A_SECOND));
    assert_true(effort_is_left(&effort, 5000 + (2 * EFFORT_MOST / EFFORT_A_SECOND + 1) * 1000));
    assert_int_equal(effort.taken, 0); /* no more than nothing */
}

/* A handler that answers people is never worn out by how much they write: two messages a second
 * for ten minutes, each answered with two inputs. */
static void test_people_are_free(void **state)
{
    (void)state;
    static const struct play_input begin[] = {{"0s", "host", "create",
                                                  "{\"content\":\"c\",\"lua\":\"5.4\",\"mode\":"
                                                  "\"live\",\"pace\":1,\"semantics\":1}"},
        {"0s", "facilitator", "start", NULL}};
    struct play play = {0};
    script_def_fill(&play.def, &play.arena,
        "on(message(), function(m) set('mail', m.message) set('file-server', 'x') end)");
    play.events.arena = &play.arena;
    struct script *script = play_script(&play, 1);
    struct reactor reactor = script_reactor(script);
    struct machine *machine = machine_new(&play.def, &reactor, 1);
    size_t written = 0;
    for (size_t i = 0; i < 1200; i++) {
        char at[32];
        struct input input;
        snprintf(at, sizeof(at), "%zums", i * 500);
        struct play_input row = {at, "handler", "message",
            "{\"to\":[\"commander\"],\"type\":\"report\",\"text\":\"h\"}"};
        play_read_input(&play.arena, i < 2 ? &begin[i] : &row, i + 1, &input);
        machine_input(machine, &input, &play.events);
    }
    for (size_t i = 0; i < play.events.count; i++) {
        assert_int_not_equal(play.events.items[i].kind, EVENT_FAULT);
        written += play.events.items[i].kind == EVENT_WORLD_SET;
    }
    assert_int_equal(written, 2 * 1198);
    machine_free(machine);
    script_free(script);
    play_fini(&play);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fills_with_time),
        cmocka_unit_test(test_people_are_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
