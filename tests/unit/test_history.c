/* What stories may ask for afterwards: copied, without words, bounded, and never silently less. */
#include "script_play.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "script/history.h"

static void test_copies(void **state)
{
    (void)state;
    struct history history = {0};
    char id[] = "m1", to[] = "legal", text[] = "secret", actor[] = "poc";
    struct str list[] = {str_of(to)};
    struct event event = {.kind = EVENT_MESSAGED, .at_ms = 7, .seq = 3, .actor = str_of(actor)};
    event.body.messaged = (struct event_messaged){
        .message = str_of(id), .to = {list, 1}, .text = str_of(text), .type = MESSAGE_ORDER};
    history_add(&history, &event);
    memset(id, 'x', 2), memset(to, 'x', 5), memset(actor, 'x', 3);
    list[0] = STR("xx");
    assert_int_equal(history.count, 1);
    const struct event *kept = &history.events[0];
    assert_true(str_is(kept->actor, "poc"));
    assert_true(str_is(kept->body.messaged.message, "m1"));
    assert_true(str_is(kept->body.messaged.to.items[0], "legal"));
    assert_int_equal(kept->body.messaged.type, MESSAGE_ORDER);
    assert_int_equal(kept->body.messaged.text.len, 0);
    assert_int_equal(kept->at_ms, 7);
    event.kind = EVENT_FAULT; /* no pattern sees one */
    history_add(&history, &event);
    assert_int_equal(history.count, 1);
    history_fini(&history);
    assert_int_equal(history.count, 0);
}

/* The newest stay, in order, and it is known that there were more. */
static void test_bound(void **state)
{
    (void)state;
    struct history history = {0};
    struct event event = {.kind = EVENT_NOTED, .actor = STR("poc")};
    size_t most = 0;
    for (int64_t i = 1; i <= 50000; i++) {
        event.seq = i;
        history_add(&history, &event);
        most = history.count > most ? history.count : most;
        assert_int_equal(history.events[history.count - 1].seq, i);
        assert_int_equal(history.events[0].seq, i - (int64_t)history.count + 1);
        assert_int_equal(history.is_cut, history.events[0].seq > 1);
    }
    assert_true(history.is_cut);
    assert_true(most <= HISTORY_ROOM && most > 10000 && history.count >= most / 2);
    history_fini(&history);
}

static void say(struct play *play, struct machine *machine, size_t number)
{
    struct buf body = {0};
    buf_format(&body, "{\"text\":\"h\",\"to\":[\"room\"");
    for (int i = 1; i < LIMIT_LIST_ITEMS; i++)
        buf_format(&body, ",\"room\"");
    buf_format(&body, "]}");
    buf_add_char(&body, '\0');
    char at[32];
    snprintf(at, sizeof(at), "%zums", number);
    struct play_input row = {at, "handler", "said", body.ptr};
    struct input input;
    play_read_input(&play->arena, &row, number, &input);
    machine_input(machine, &input, &play->events);
    buf_fini(&body);
}

/* A story that asks about a time that nobody remembers is told so; about a later one it is
 * answered. */
static void test_story(void **state)
{
    (void)state;
    static const struct play_input begin[] = {{"0s", "host", "create",
                                                  "{\"content\":\"c\",\"lua\":\"5.4\",\"mode\":"
                                                  "\"live\",\"pace\":1,\"semantics\":1}"},
        {"0s", "facilitator", "start", NULL}};
    struct play play = {0};
    script_def_fill(&play.def, &play.arena,
        "story('recent', function() wait '1m' if not happened(escalation(), '50s') then "
        "set('mail', 'x') end if happened(said()) then set('mail', 'y') end end)\n"
        "story('old', function() wait '1m'\nlocal e = happened(escalation()) end)");
    play.events.arena = &play.arena;
    struct script *script = play_script(&play, 1);
    struct reactor reactor = script_reactor(script);
    struct machine *machine = machine_new(&play.def, &reactor, 1);
    for (size_t i = 0; i < 2; i++) {
        struct input input;
        play_read_input(&play.arena, &begin[i], i + 1, &input);
        machine_input(machine, &input, &play.events);
    }
    for (size_t i = 3; i < 2000; i++)
        say(&play, machine, i);
    machine_advance(machine, 120000, &play.events);
    for (size_t i = 0; i < play.events.count; i++)
        script_tell(&play.told, &play.events.items[i]);
    buf_add_char(&play.told, '\0');
    assert_string_equal(play.told.ptr,
        "1m set mail x\n1m set mail y\n1m fault old: story.lua:3: happened: so much has happened "
        "that a story no longer knows it all; ask for what came later, as in happened(pattern, "
        "time_of_the_last_look)\n");
    machine_free(machine);
    script_free(script);
    play_fini(&play);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_copies),
        cmocka_unit_test(test_bound),
        cmocka_unit_test(test_story),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
