/* What a story can say and ask. Each function checks its arguments, because an author's mistake has
 * to be told at the line where it was made, and then either plans an input or reads state: nothing
 * here changes the exercise. */
#include "script/api.h"

#include <lauxlib.h>
#include <string.h>

#include "base/duration.h"
#include "lua/builtin.h"
#include "script/names.h"
#include "script/patterns.h"
#include "script/prelude.h"

enum { API_DURATION_BYTES = 32 }; /* more than any that can be meant */

/* The example of a row is a file of its own, so that tests can run it. */
#define EXAMPLE(...) "story(\"example\", function()\n" __VA_ARGS__ "end)\n"

static const struct api_row *row_of(lua_State *L)
{
    return lua_touserdata(L, lua_upvalueindex(1));
}

static struct str expect_text(lua_State *L, int index, const char *what)
{
    const struct api_row *row = row_of(L);
    struct str text;
    if (lua_type(L, index) != LUA_TSTRING)
        luaL_error(L, "%s: expected %s as a text, got %s; write %s", row->name, what,
            luaL_typename(L, index), row->usage);
    text.ptr = lua_tolstring(L, index, &text.len);
    return text;
}

/* The first argument, which names something of the definition. */
static struct str expect_name(lua_State *L)
{
    struct script *script = script_of(L);
    const struct api_row *row = row_of(L);
    const char *what = field_of_names[row->of];
    struct str id = arena_format(
        &script->scratch, "the id of a%s %s", strchr("aeiou", what[0]) != NULL ? "n" : "", what);
    struct str name = expect_text(L, 1, id.ptr);
    if (!names_has(script->def, row->of, name)) {
        struct str advice = names_advice(script->def, row->of, name, &script->scratch);
        luaL_error(L, "%s: no %s is called \"%s\"%s", row->name, what, name.ptr, advice.ptr);
    }
    return name;
}

static int64_t expect_duration(lua_State *L, int index)
{
    int64_t ms = 0;
    struct str text = expect_text(L, index, "a duration");
    sandbox_charge(L, 1 + (int64_t)text.len / 16);
    if (text.len > API_DURATION_BYTES)
        luaL_error(L, "%s: this text of %d bytes is too long for a duration; write \"1h30m\"",
            row_of(L)->name, (int)text.len);
    if (!duration_parse(text, &ms))
        luaL_error(L, "%s: \"%s\" is not a duration; write it as in \"90s\", \"5m\" or \"1h30m\"",
            row_of(L)->name, text.ptr);
    if (ms > LIMIT_EXERCISE_MS)
        luaL_error(L, "%s: \"%s\" is longer than any exercise", row_of(L)->name, text.ptr);
    return ms;
}

static struct input *plan_input(lua_State *L, enum input_kind kind)
{
    struct reaction *reaction = script_of(L)->reaction;
    if (reaction->plan->count - reaction->plan_start == STORY_PLAN_INPUTS)
        luaL_error(L, "%s: a story does at most %d things without waiting in between",
            row_of(L)->name, STORY_PLAN_INPUTS);
    return plan_add(reaction->plan, kind, ACTOR_STORY);
}

/* Every write comes with an input, so that there is room for as many. */
static void remember(struct reaction *reaction, enum field_of of, struct str name, struct str value)
{
    reaction->writes[reaction->write_count++] = (struct story_write){name, value, of};
}

static const struct story_write *written(
    const struct reaction *reaction, enum field_of of, struct str name)
{
    for (size_t i = reaction->write_count; i > 0; i--)
        if (reaction->writes[i - 1].of == of && str_eq(reaction->writes[i - 1].name, name))
            return &reaction->writes[i - 1];
    return NULL;
}

static int64_t read_after(lua_State *L, int index)
{
    const struct api_row *row = row_of(L);
    if (lua_isnoneornil(L, index))
        return 0;
    if (!lua_istable(L, index))
        luaL_error(L, "%s: what follows the id stands in a table; write %s", row->name, row->usage);
    lua_Integer count = builtin_push_sorted_keys(L, index);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, -1, i);
        if (lua_type(L, -1) != LUA_TSTRING || !str_is(str_of(lua_tostring(L, -1)), "after"))
            luaL_error(L, "%s: there is no option \"%s\"; did you mean \"after\"?", row->name,
                lua_tostring(L, -1));
        lua_pop(L, 1);
    }
    if (count == 0)
        return 0;
    lua_getfield(L, index, "after");
    return expect_duration(L, lua_gettop(L));
}

static struct input_fire *plan_fire(lua_State *L, struct str id, int64_t after_ms)
{
    struct script *script = script_of(L);
    const struct def_inject *inject = def_inject(script->def, id);
    struct input_fire *fire = &plan_input(L, INPUT_FIRE)->body.fire;
    fire->inject = inject->id;
    fire->after_ms = after_ms;
    if (after_ms == 0)
        remember(script->reaction, OF_INJECT, inject->id, STR(""));
    return fire;
}

static int api_inject(lua_State *L)
{
    struct str id = expect_name(L);
    plan_fire(L, id, read_after(L, 2));
    return 0;
}

static int api_contingency(lua_State *L)
{
    struct str id = expect_name(L);
    struct str reason = expect_text(L, 2, "the reason");
    if (str_trim(reason).len == 0 || reason.len > STORY_REASON_BYTES)
        return luaL_error(L,
            "contingency: the reason is shown to the facilitator and in the report; write one of "
            "at most %d bytes",
            STORY_REASON_BYTES);
    struct arena *arena = script_of(L)->reaction->plan->arena;
    plan_fire(L, id, 0)->reason = arena_str(arena, reason);
    return 0;
}

static int api_set(lua_State *L)
{
    struct script *script = script_of(L);
    struct str name = expect_name(L);
    struct str value = expect_text(L, 2, "the value");
    if (!str_is_id(value))
        return luaL_error(L,
            "set: \"%s\" cannot be a value; use small letters, digits, \"-\" and \"_\"", value.ptr);
    struct event_world_set *body = &plan_input(L, INPUT_SET)->body.set;
    body->name = script->def->world[index_find(&script->def->world_index, name)].id;
    body->value = arena_str(script->reaction->plan->arena, value);
    remember(script->reaction, OF_WORLD, body->name, body->value);
    return 0;
}

static int api_get(lua_State *L)
{
    struct script *script = script_of(L);
    struct str name = expect_name(L);
    const struct story_write *write = written(script->reaction, OF_WORLD, name);
    struct str value =
        write != NULL ? write->value
                      : script->reaction->state->world[index_find(&script->def->world_index, name)];
    lua_pushlstring(L, value.ptr, value.len);
    return 1;
}

static int api_seen(lua_State *L)
{
    struct reaction *reaction = script_of(L)->reaction;
    struct str id = expect_name(L);
    int position = state_inject_find(reaction->state, id);
    bool came = position >= 0 && reaction->state->injects[position].delivered_ms >= 0;
    lua_pushboolean(L, came || written(reaction, OF_INJECT, id) != NULL);
    return 1;
}

static int api_begin_phase(lua_State *L)
{
    struct str phase = expect_name(L);
    struct arena *arena = script_of(L)->reaction->plan->arena;
    plan_input(L, INPUT_PHASE)->body.phase.phase = arena_str(arena, phase);
    return 0;
}

static int api_finish(lua_State *L)
{
    plan_input(L, INPUT_END);
    return 0;
}

/* Leaves the story until the pattern comes or the time does. Without either it would never go on,
 * which no caller asks for. */
static int leave(lua_State *L, const struct pattern *pattern, int64_t due_ms)
{
    struct story *story = script_of(L)->reaction->story;
    story->pattern = pattern;
    story->due_ms = due_ms;
    return lua_yield(L, 0);
}

/* "within 15m" still holds at 15:00.000, so that the time is over a millisecond later. */
static int api_await(lua_State *L)
{
    const struct pattern *pattern = patterns_at(L, 1);
    int64_t now_ms = script_of(L)->reaction->at_ms;
    if (pattern == NULL)
        return luaL_error(L,
            "await: expected a pattern such as escalation {to = \"commander\"}, got %s",
            luaL_typename(L, 1));
    if (lua_isnoneornil(L, 2))
        return leave(L, pattern, -1);
    return leave(L, pattern, now_ms + expect_duration(L, 2) + 1);
}

static int api_wait(lua_State *L)
{
    int64_t ms = expect_duration(L, 1);
    return ms == 0 ? 0 : leave(L, NULL, script_of(L)->reaction->at_ms + ms);
}

static int api_wait_until(lua_State *L)
{
    int64_t at_ms = expect_duration(L, 1);
    return at_ms <= script_of(L)->reaction->at_ms ? 0 : leave(L, NULL, at_ms);
}

static bool is_name_taken(const struct script *script, struct str name)
{
    for (size_t i = 0; i < script->story_count; i++)
        if (str_eq(script->stories[i].name, name))
            return true;
    return false;
}

static int line_of(lua_State *L, int function)
{
    lua_Debug about;
    lua_pushvalue(L, function);
    lua_getinfo(L, ">S", &about);
    return about.linedefined;
}

/* The function is on top of the stack. The thread is made and kept before it is counted: each step
 * may run out of memory and jump. */
static void add_story(lua_State *L, struct str name, int line)
{
    struct script *script = script_of(L);
    if (script->story_count == LIMIT_STORIES)
        luaL_error(L, "%s: a file has at most %d stories", row_of(L)->name, LIMIT_STORIES);
    lua_State *thread = lua_newthread(L);
    lua_insert(L, -2);
    lua_xmove(L, thread, 1);
    int ref = luaL_ref(L, LUA_REGISTRYINDEX);
    script->stories[script->story_count++] = (struct story){
        .name = arena_str(&script->arena, name),
        .line = line,
        .thread = thread,
        .thread_ref = ref,
        .due_ms = -1,
    };
}

static void expect_function(lua_State *L, int index)
{
    const struct api_row *row = row_of(L);
    if (!lua_isfunction(L, index) || lua_iscfunction(L, index))
        luaL_error(L, "%s: expected a function of this file, got %s; write %s", row->name,
            lua_iscfunction(L, index) ? "a word of the language" : luaL_typename(L, index),
            row->usage);
}

static int api_story(lua_State *L)
{
    struct str name = expect_text(L, 1, "the name");
    expect_function(L, 2);
    if (str_trim(name).len == 0 || name.len > STORY_NAME_BYTES)
        return luaL_error(L,
            "story: a name has between 1 and %d bytes; it is shown when the story fails",
            STORY_NAME_BYTES);
    if (is_name_taken(script_of(L), name))
        return luaL_error(L, "story: \"%s\" exists already; choose another name", name.ptr);
    lua_settop(L, 2);
    add_story(L, name, line_of(L, 2));
    return 0;
}

/* Named after its pattern, and numbered when there are several of one. */
static struct str handler_name(struct script *script, const struct pattern *pattern)
{
    struct str base = pattern_format(pattern, &script->scratch);
    base = arena_format(&script->scratch, "on %.*s", STR_ARG(str_trim(base)));
    if (base.len > STORY_NAME_BYTES)
        base.len = STORY_NAME_BYTES;
    struct str name = base;
    for (int number = 2; is_name_taken(script, name); number++)
        name = arena_format(&script->scratch, "%.*s (%d)", STR_ARG(base), number);
    return name;
}

static int api_on(lua_State *L)
{
    struct script *script = script_of(L);
    const struct pattern *pattern = patterns_at(L, 1);
    if (pattern == NULL)
        return luaL_error(L, "on: expected a pattern such as message {to = \"press\"}, got %s",
            luaL_typename(L, 1));
    expect_function(L, 2);
    int line = line_of(L, 2);
    lua_settop(L, 2);
    lua_rawgeti(L, LUA_REGISTRYINDEX, script->handler_ref);
    lua_insert(L, 1);
    lua_call(L, 2, 1);
    add_story(L, handler_name(script, pattern), line);
    return 0;
}

const struct api_row api_rows[] = {
    {"story", api_story, API_FILE, OF_ANY, "story(\"name\", function() ... end)",
        "Begins at STARTEX and runs from top to bottom. Stories run side by side; when several "
        "answer the same event they go in the order of the file. A story that fails stops, the "
        "others go on.",
        "story(\"the night shift\", function()\n"
        "    inject \"helpdesk-call\"\n"
        "    wait \"5m\"\n"
        "    inject \"ward-complains\"\n"
        "end)\n"},
    {"on", api_on, API_FILE, OF_ANY, "on(pattern, function(event) ... end)",
        "Runs the function each time that the pattern comes, one after the other. What comes while "
        "the function itself waits passes by.",
        "on(message {to = \"press\"}, function(event)\n"
        "    if event.type == \"statement\" then inject \"reporter-calls\" end\n"
        "end)\n"},
    {"inject", api_inject, API_STORY, OF_INJECT, "inject(\"id\", {after = \"5m\"})",
        "Sends an inject, at once or after a while. One that has already come is skipped with a "
        "note, unless it says `repeats: true`.",
        EXAMPLE("    inject \"helpdesk-call\"\n"
                "    inject(\"ward-complains\", {after = \"5m\"})\n")},
    {"contingency", api_contingency, API_STORY, OF_INJECT, "contingency(\"id\", \"reason\")",
        "Sends an inject that helps a team which missed something. The reason is shown to the "
        "facilitator and in the report.",
        EXAMPLE("    if not await(escalation {to = \"commander\"}, \"15m\") then\n"
                "        contingency(\"helpdesk-calls-again\", \"no escalation in 15 minutes\")\n"
                "    end\n")},
    {"await", api_await, API_STORY, OF_ANY, "await(pattern, \"15m\")",
        "Waits until the pattern comes and gives back the event: a table with `kind`, `actor`, "
        "`at_ms` and the event's fields, free text left out. With a time it gives up afterwards "
        "and gives nil; an event at exactly that time is still in time.",
        EXAMPLE(
            "    local choice = await(decision \"stop-file-server\", \"20m\")\n"
            "    if choice and choice.option == \"stop\" then inject \"ward-complains\" end\n")},
    {"wait", api_wait, API_STORY, OF_ANY, "wait \"5m\"",
        "Waits so long. Time stands still during a pause, and in the mode `discuss`.",
        EXAMPLE("    wait \"1m30s\"\n"
                "    inject \"helpdesk-call\"\n")},
    {"wait_until", api_wait_until, API_STORY, OF_ANY, "wait_until \"35m\"",
        "Waits until so long after STARTEX; goes on at once when that is over.",
        EXAMPLE("    wait_until \"35m\"\n"
                "    inject \"reporter-calls\"\n")},
    {"set", api_set, API_STORY, OF_WORLD, "set(\"name\", \"value\")",
        "Gives a value of the world, as listed under `world:` in scenario.yaml.",
        EXAMPLE("    set(\"file-server\", \"stopped\")\n")},
    {"get", api_get, API_STORY, OF_WORLD, "get \"name\"",
        "The present value of the world, which set may just have given.",
        EXAMPLE("    if get \"file-server\" == \"running\" then inject \"ward-complains\" end\n")},
    {"seen", api_seen, API_STORY, OF_INJECT, "seen \"id\"",
        "Whether an inject has come, by whomever it was sent.",
        EXAMPLE("    wait \"10m\"\n"
                "    if not seen \"reporter-calls\" then inject \"reporter-calls\" end\n")},
    {"begin_phase", api_begin_phase, API_STORY, OF_PHASE, "begin_phase \"id\"",
        "Begins a phase of the scenario.",
        EXAMPLE("    wait \"1h\"\n"
                "    begin_phase \"recovery\"\n")},
    {"finish", api_finish, API_STORY, OF_ANY, "finish()", "Ends the exercise: ENDEX.",
        EXAMPLE("    wait \"2h\"\n"
                "    finish()\n")},
};
const size_t api_row_count = sizeof(api_rows) / sizeof(api_rows[0]);

/* The way into every function: is this the place for it? */
static int enter(lua_State *L)
{
    const struct api_row *row = row_of(L);
    struct script *script = script_of(L);
    if (row->where == API_FILE && script->reaction != NULL)
        return luaL_error(
            L, "%s: this belongs at the top level of the file, not into a story", row->name);
    if (row->where == API_STORY && script->reaction == NULL)
        return luaL_error(L,
            "%s: only a story can do this; put it into story(\"name\", function() ... end)",
            row->name);
    arena_reset(&script->scratch);
    return row->function(L);
}

bool api_init(struct script *script, struct sandbox_fault *ret_fault)
{
    lua_State *L = script->L;
    int result_count;
    for (size_t i = 0; i < api_row_count; i++) {
        lua_pushlightuserdata(L, (void *)(uintptr_t)&api_rows[i]);
        lua_pushcclosure(L, enter, 1);
        sandbox_set_value(script->sandbox, api_rows[i].name);
    }
    struct str prelude = {script_prelude, script_prelude_len};
    if (!sandbox_compile(script->sandbox, prelude, STR("[prelude]"), ret_fault))
        return false;
    lua_State *thread = lua_newthread(L);
    lua_insert(L, -2);
    lua_xmove(L, thread, 1);
    if (sandbox_resume(script->sandbox, thread, 0, &result_count, ret_fault) != SANDBOX_RETURNED)
        return false;
    lua_xmove(thread, L, 1);
    script->handler_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_pop(L, 1);
    return true;
}
