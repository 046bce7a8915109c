/* Stories on a machine without memory: every allocation of Lua from the Nth on fails, for every N.
 *
 * One that fails alone would show nothing: Lua collects its garbage and asks again. Whatever fails:
 * the story does not load and says so, or it is stopped at a line of its file; the exercise goes on
 * to its end; and a machine that has memory makes the same exercise of the same inputs and faults.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/disk.h"
#include "base/limits.h"
#include "core/step.h"
#include "load/load.h"
#include "lua/sandbox.h"
#include "script/script.h"
#include "unit/script_def.h"

static int64_t asked, fails_from; /* 0: never */

static void *reallocate(void *block, size_t bytes)
{
    asked++;
    return fails_from > 0 && asked >= fails_from ? NULL : realloc(block, bytes);
}

static const char small_story[] =
    "local told = any(escalation {to = 'commander'}, said())\n"
    "local function count(list) local n = 0 for i, v in ipairs(list) do n = n + i end return n "
    "end\n"
    "story('night', function()\n"
    "  inject 'helpdesk-call'\n"
    "  local event = await(told, '15m')\n"
    "  if not event then contingency('helpdesk-calls-again', format('nobody in %s', '15m')) end\n"
    "  local choice = ask('stop-file-server', '20m')\n"
    "  set('file-server', choice or 'nobody')\n"
    "  wait(random(5) .. 'm')\n"
    "  if happened(message(), '1m') then inject(pick {'ward-complains', 'reporter-calls'}) end\n"
    "end)\n"
    "on(message {to = 'jpcert'}, function(m)\n"
    "  local t = {} for i = 1, 40 do t[i] = m.message .. i end\n"
    "  set('mail', 'n' .. count(t) .. '-' .. len(concat(t, ' ')))\n"
    "  reply(m, 'jpcert-received', {after = '2m'})\n"
    "end)\n"
    "every('20m', function(n) for k, v in pairs {a = 1, b = 2} do set('mail', k .. n) end end)\n"
    "on(all(opened 'helpdesk-call', message()), function(e) hint 'ask-others' end)\n";

static const struct {
    int64_t at_ms;
    const char *actor, *what, *body;
} deeds[] = {
    {0, "host", "create",
        "{\"content\":\"c\",\"difficulty\":1,\"lua\":\"5.4\",\"mode\":\"live\",\"pace\":1,"
        "\"semantics\":2}"},
    {0, "facilitator", "start", "{}"},
    {60000, "handler", "open", "{\"inject\":\"helpdesk-call\"}"},
    {120000, "handler", "message",
        "{\"text\":\"h\",\"to\":[\"jpcert\"],\"type\":\"report\",\"via\":\"mail\"}"},
    {300000, "handler", "message",
        "{\"text\":\"h\",\"to\":[\"commander\"],\"type\":\"escalation\",\"via\":\"phone\"}"},
    {600000, "commander", "decide", "{\"option\":\"stop\",\"question\":\"stop-file-server\"}"},
    {900000, "commander", "said", "{\"text\":\"h\",\"to\":[\"room\"]}"},
};
enum { DEED_COUNT = sizeof(deeds) / sizeof(deeds[0]) };

/* One exercise. Its lines are all its events, as a record would keep them. */
struct run {
    const struct def *def;
    struct arena arena;
    struct events events;
    struct buf lines;
    bool is_loaded;
    size_t fault_count;
};

static void say(struct run *run, struct machine *machine, size_t number)
{
    struct input input;
    struct err err = {0};
    struct str line = arena_format(&run->arena,
        "{\"actor\":\"%s\",\"at_ms\":%lld,\"body\":%s,\"do\":\"%s\",\"id\":\"i%zu\",\"seq\":%zu}",
        deeds[number].actor, (long long)deeds[number].at_ms, deeds[number].body, deeds[number].what,
        number, number + 1);
    if (!input_read(line, &run->arena, &input, &err))
        fail_msg("%s", err.message);
    machine_input(machine, &input, &run->events);
}

/* Where it happened, and what to do; whatever was short. */
static void check_fault(const struct run *run, const struct event_fault *fault)
{
    if (!str_is(fault->file, "story.lua") || fault->line < 1 || fault->story.len == 0 ||
        !str_starts_with(fault->message, STR("the machine has no memory left for this")))
        fail_msg("failing from allocation %lld: %.*s:%lld: %.*s: %.*s", (long long)fails_from,
            STR_ARG(fault->file), (long long)fault->line, STR_ARG(fault->story),
            STR_ARG(fault->message));
    (void)run;
}

static void play(struct run *run, struct script *script, const struct events *imposed)
{
    struct reactor reactor = script_reactor(script);
    struct machine *machine = machine_new(run->def, &reactor, 1);
    for (size_t i = 0; imposed != NULL && i < imposed->count; i++)
        if (imposed->items[i].kind == EVENT_FAULT)
            machine_impose(machine, &imposed->items[i]);
    for (size_t i = 0; i < DEED_COUNT; i++)
        say(run, machine, i);
    machine_advance(machine, run->def->duration_ms, &run->events);
    struct input end = {.kind = INPUT_END,
        .actor = ACTOR_FACILITATOR,
        .observed_ms = -1,
        .story_at_ms = -1,
        .at_ms = machine_state(machine)->now_ms,
        .seq = DEED_COUNT + 1};
    machine_input(machine, &end, &run->events);
    assert_int_equal(machine_state(machine)->status, STATUS_ENDED);
    for (size_t i = 0; i < run->events.count; i++) {
        const struct event *event = &run->events.items[i];
        event_write(event, &run->lines);
        buf_add_char(&run->lines, '\n');
        if (event->kind == EVENT_FAULT && imposed == NULL)
            check_fault(run, &event->body.fault);
        run->fault_count += event->kind == EVENT_FAULT;
    }
    machine_free(machine);
}

static void run_init(
    struct run *run, const struct def *def, int64_t from, const struct events *imposed)
{
    struct problems problems = {0};
    struct script *script = NULL;
    *run = (struct run){.def = def};
    run->events.arena = &run->arena;
    asked = 0;
    fails_from = from;
    run->is_loaded = script_new(def, 1, &problems, &script);
    if (run->is_loaded)
        play(run, script, imposed);
    else if (problems.error_count != 1 ||
             strstr(problems.items[0].message.ptr, "no memory left") == NULL)
        fail_msg("failing from allocation %lld: %zu problems; %.*s", (long long)from,
            problems.error_count,
            STR_ARG(problems.count > 0 ? problems.items[0].message : STR("none")));
    script_free(script);
    problems_fini(&problems);
}

static void run_fini(struct run *run)
{
    buf_fini(&run->lines);
    arena_fini(&run->arena);
}

/* Fails from each step-th allocation on, up to as many as a good run makes. */
static void fail_from_each(
    const struct def *def, int64_t step, size_t *ret_refused, size_t *ret_faults)
{
    struct run good;
    run_init(&good, def, 0, NULL);
    int64_t all = asked;
    assert_true(good.is_loaded);
    *ret_refused = *ret_faults = 0;
    for (int64_t from = 1; from <= all + 1; from += step) {
        struct run bad, again;
        run_init(&bad, def, from, NULL);
        *ret_refused += !bad.is_loaded;
        *ret_faults += bad.fault_count;
        if (from == all + 1)
            assert_true(str_eq(buf_str(&bad.lines), buf_str(&good.lines)));
        if (bad.is_loaded) {
            run_init(&again, def, 0, &bad.events);
            if (!str_eq(buf_str(&again.lines), buf_str(&bad.lines)))
                fail_msg("failing from allocation %lld: taken up again, it is another exercise",
                    (long long)from);
            run_fini(&again);
        }
        run_fini(&bad);
    }
    run_fini(&good);
}

static void test_small(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct def def;
    size_t refused, faults;
    script_def_fill(&def, &arena, small_story);
    struct run good;
    run_init(&good, &def, 0, NULL);
    buf_add_char(&good.lines, '\0');
    assert_int_equal(good.fault_count, 0);
    assert_non_null(strstr(good.lines.ptr, "\"value\":\"stop\"")); /* it does what it should */
    assert_non_null(strstr(good.lines.ptr, "\"inject\":\"jpcert-received\",\"re\":\"i3\""));
    assert_non_null(strstr(good.lines.ptr, "\"hint\":\"ask-others\""));
    run_fini(&good);
    fail_from_each(&def, 1, &refused, &faults);

    assert_true(refused > 500);
    assert_true(faults > 100);
    arena_fini(&arena);
}

/* The exercises that people play, sampled. */
static void sample(const char *name)
{
    struct arena arena = {0};
    struct problems problems = {0};
    struct bundle bundle;
    struct def def = {0};
    struct rules rules = {0};
    struct err err = {0};
    char folder[256];
    size_t refused, faults;
    snprintf(folder, sizeof(folder), "scenarios/%s", name);
    if (!disk_bundle(folder, ".", &arena, &bundle, &err))
        fail_msg("%s", err.message);
    if (!load_scenario(&bundle, &arena, &problems, &def, &rules))
        fail_msg("%s does not load", folder);
    if (def.story_source.len > 0) {
        struct run good;
        run_init(&good, &def, 0, NULL);
        run_fini(&good);
        fail_from_each(&def, asked / 60 + 1, &refused, &faults);
        assert_true(refused > 0 && faults > 0);
    }
    problems_fini(&problems);
    arena_fini(&arena);
}

static void test_scenarios(void **state)
{
    (void)state;
    DIR *folder = opendir("scenarios");
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (entry->d_name[0] != '.')
            sample(entry->d_name);
    closedir(folder);
}

static int use_memory(void **state)
{
    (void)state;
    sandbox_set_memory(reallocate);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small),
        cmocka_unit_test(test_scenarios),
    };
    return cmocka_run_group_tests(tests, use_memory, NULL);
}
