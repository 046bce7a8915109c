/* A story of any bytes, told at a table where time goes by and people do things.
 *
 * What does not load is refused in words. What does is played twice: it comes to an end within its
 * budgets (libFuzzer's -timeout is the judge), and both plays give the same events. What a story
 * brought about is held to the same promises as everything else (room.h). */
#include <stdint.h>

#include "app/disk.h"
#include "base/limits.h"
#include "fuzz/lines.h"
#include "fuzz/room.h"
#include "load/load.h"
#include "script/check.h"
#include "script/script.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct def *small(void)
{
    static struct def def;
    static struct arena arena;
    struct bundle bundle;
    struct problems problems = {0};
    struct rules rules;
    struct err err = {0};
    if (def.inject_count > 0)
        return &def;
    if (!disk_bundle("tests/fuzz/home/scenarios/small", "tests/fuzz/home", &arena, &bundle, &err) ||
        !load_scenario(&bundle, &arena, &problems, &def, &rules)) {
        problems_to_err(&problems, &err);
        fprintf(stderr, "%s\nrun it from the root of the tree\n", err.message);
        exit(EXIT_FAILURE);
    }
    return &def;
}

struct deed {
    int64_t at_ms;
    const char *actor, *what, *body;
};

/* Enough of everything that a pattern can wait for. */
static const struct deed deeds[] = {
    {40000, "poc", "open", "{\"inject\":\"call\"}"},
    {50000, "poc", "ack", "{\"inject\":\"call\"}"},
    {60000, "poc", "message",
        "{\"facts\":[\"note\"],\"text\":\"t\",\"to\":[\"commander\"],\"type\":\"escalation\","
        "\"via\":\"phone\"}"},
    {90000, "lead", "message",
        "{\"text\":\"t\",\"to\":[\"press\",\"vendor\"],\"type\":\"order\",\"via\":\"phone\"}"},
    {180000, "lead", "said", "{\"facts\":[\"note\"],\"text\":\"t\",\"to\":[\"room\"]}"},
    {240000, "legal", "note", "{\"text\":\"t\"}"},
    {300000, "facilitator", "fire", "{\"inject\":\"ask\"}"},
    {310000, "lead", "open", "{\"inject\":\"ask\"}"},
    {320000, "lead", "decide", "{\"option\":\"later\",\"question\":\"stop\",\"reason\":\"r\"}"},
    {400000, "lead", "act", "{\"action\":\"isolate\",\"reason\":\"r\",\"target\":\"fs01\"}"},
    {500000, "legal", "declare", "{\"of\":\"leak\",\"reason\":\"r\",\"status\":\"breach\"}"},
    {600000, "lead", "handoff", "{\"text\":\"t\",\"to\":\"legal\"}"},
    {650000, "poc", "message",
        "{\"action\":\"isolate\",\"target\":\"fs01\",\"text\":\"t\",\"to\":[\"vendor\"],"
        "\"type\":\"approval-request\",\"via\":\"mail\"}"},
    {700000, "facilitator", "phase", "{\"phase\":\"second\"}"},
    {800000, "facilitator", "fire", "{\"inject\":\"complaint\"}"},
    {1200000, "facilitator", "fire", "{\"inject\":\"complaint\"}"},
};

/* The lines of all events; the last is what the state has become. */
static void tell(struct script *script, const struct def *def, struct buf *out)
{
    struct room room;
    struct reactor reactor = script_reactor(script);
    room_init(&room, def, &reactor);
    room_start(&room, "live");
    for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++) {
        room_advance(&room, deeds[i].at_ms);
        room_say(&room, deeds[i].actor, deeds[i].what, str_of(deeds[i].body));
    }
    room_advance(&room, def->duration_ms + 60000);
    room_check(&room);
    for (size_t i = 0; i < room.events.count; i++) {
        event_write(&room.events.items[i], out);
        buf_add_char(out, '\n');
    }
    state_write(machine_state(room.machine), out);
    room_fini(&room);
}

/* False when it does not load. */
static bool play(const struct def *def, struct buf *out)
{
    struct problems problems = {0};
    struct script *script = NULL;
    bool ok = script_new(def, 7, &problems, &script);
    if (!ok && problems.error_count == 0)
        abort();
    if (ok)
        tell(script, def, out);
    script_free(script);
    problems_fini(&problems);
    return ok;
}

/* What is told of a story before anybody plays it, sound or not. */
static void check(const struct def *def)
{
    struct arena arena = {0};
    struct problems problems = {0};
    struct mentions mentions;
    if (!check_story(def, &arena, &problems, &mentions) && problems.error_count == 0)
        abort();
    problems_fini(&problems);
    arena_fini(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct def def = *small();
    struct buf once = {0}, twice = {0};
    def.story_source = (struct str){(const char *)data, size};
    def.story_file = STR("story.lua");
    check(&def);
    if (play(&def, &once) && (!play(&def, &twice) || !str_eq(buf_str(&once), buf_str(&twice)))) {
        fprintf(
            stderr, "first %.*s\nthen  %.*s\n", STR_ARG(buf_str(&once)), STR_ARG(buf_str(&twice)));
        abort();
    }
    buf_fini(&once);
    buf_fini(&twice);
    return 0;
}

#ifdef TOCSIN_FUZZ
static const char *const brought_in[] = {
    "story(\"two\", function()",
    "on(opened(), function(event)",
    "on(delivered {why = \"story\"}, function(event)",
    "on(message {to = \"press\"}, function(event)",
    "end)",
    "end",
    "inject \"by-hand\"",
    "inject \"complaint\"",
    "inject(\"complaint\", {after = \"1ms\"})",
    "contingency(\"again\", \"reason\")",
    "local event = await(escalation {to = \"commander\"}, \"15m\")",
    "local event = await(decision \"stop\")",
    "await(any(opened \"call\", expired()), \"5m\")",
    "await(all(opened \"call\", acked()), \"5m\")",
    "wait \"1m\"",
    "wait \"0s\"",
    "wait_until \"35m\"",
    "every(\"1m\", function(count) inject \"complaint\" end)",
    "every(\"1ms\", function(count) if count > 3 then return end end)",
    "set(\"server\", get \"mail\")",
    "set(\"server\", tostring(random(1, 6)))",
    "if chance(50) then inject \"ask\" end",
    "if not seen \"ask\" then finish() end",
    "if knows(\"commander\", \"note\") then wait \"1s\" end",
    "if happened(opened \"call\", \"5m\") or decided \"stop\" or seated \"legal\" then wait \"1s\" "
    "end",
    "set(\"mail\", format(\"%d %s\", time(), tostring(story_time())))",
    "inject(pick {\"ask\", \"complaint\"})",
    "hint \"who\"",
    "begin_phase \"second\"",
    "jump(\"8h\", {sheet = true})",
    "jump \"second\"",
    "reveal(\"cause\", \"legal\")",
    "ask(\"stop\", \"20m\")",
    "reply(event, \"ask\")",
    "approve(event, \"press\")",
    "while true do wait \"1s\" end",
    "while true do end",
    "for i = 1, 64 do inject \"complaint\" end",
    "for k, v in pairs(event or {}) do set(\"mail\", tostring(k)) end",
    "local t <const> = {} for i = 1, 9999 do t[i] = {i} end",
    "local s = \"x\" for i = 1, 30 do s = s .. s end",
    "local s = format(\"%5d %05.1f %s\", 3, 2.5, \"x\")",
    "local function f(n) return f(n + 1) end f(1)",
    "goto top ::top::",
    "local x <close> = nil",
    NULL,
};

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed)
{
    return lines_mutate(
        data, size, max_size, (struct lines_edit){.seed = seed, .extra = brought_in}, 0);
}
#endif
