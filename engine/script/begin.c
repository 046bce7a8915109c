/* A story, a handler and a beat are all stories: the last two are loops of the prelude around the
 * author's function. */
#include "script/begin.h"

#include <lauxlib.h>

#include "base/duration.h"
#include "script/argument.h"
#include "script/prelude.h"
#include "script/wait.h"

enum { BEGIN_BEAT_MS = 1000 }; /* the shortest */

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
        luaL_error(L, "%s: a file has at most %d stories", argument_row(L)->name, LIMIT_STORIES);
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

int begin_story(lua_State *L)
{
    struct str name = argument_text(L, 1, "the name");
    argument_function(L, 2);
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

/* What has no name of its own is named after what it answers, numbered when there are several. */
static struct str free_name(lua_State *L, struct str wanted)
{
    struct script *script = script_of(L);
    struct str base =
        arena_format(&script->scratch, "%s %.*s", argument_row(L)->name, STR_ARG(str_trim(wanted)));
    if (base.len > STORY_NAME_BYTES - 8) /* room for the number */
        base.len = STORY_NAME_BYTES - 8;
    while (!str_is_utf8(base))
        base.len--;
    struct str name = base;
    for (int number = 2; is_name_taken(script, name); number++)
        name = arena_format(&script->scratch, "%.*s (%d)", STR_ARG(base), number);
    return name;
}

int begin_on(lua_State *L)
{
    struct script *script = script_of(L);
    const struct match *match = argument_match(L, 1);
    argument_function(L, 2);
    int line = line_of(L, 2);
    lua_settop(L, 2);
    lua_rawgeti(L, LUA_REGISTRYINDEX, script->on_ref);
    lua_insert(L, 1);
    lua_call(L, 2, 1);
    add_story(L, free_name(L, match_format(match, &script->scratch)), line);
    return 0;
}

int begin_every(lua_State *L)
{
    struct script *script = script_of(L);
    int64_t period_ms = argument_duration(L, 1, LIMIT_EXERCISE_MS);
    argument_function(L, 2);
    if (period_ms < BEGIN_BEAT_MS)
        return luaL_error(
            L, "every: \"%s\" is too often; write \"1s\" or more", lua_tostring(L, 1));
    int line = line_of(L, 2);
    lua_settop(L, 2);
    lua_rawgeti(L, LUA_REGISTRYINDEX, script->every_ref);
    lua_pushinteger(L, period_ms);
    lua_pushvalue(L, 2);
    lua_pushcfunction(L, wait_beat);
    lua_call(L, 3, 1);
    add_story(L, free_name(L, duration_format(&script->scratch, period_ms)), line);
    return 0;
}

/* The results of the prelude are on the stack of its thread. */
static int keep_loops(lua_State *L)
{
    struct script *script = script_of(L);
    lua_State *prelude = lua_touserdata(L, 1);
    lua_xmove(prelude, L, 2);
    script->every_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    script->on_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

bool begin_init(struct script *script, struct sandbox_fault *ret_fault)
{
    struct sandbox *sandbox = script->sandbox;
    struct str prelude = {script_prelude, script_prelude_len};
    int result_count;
    if (!sandbox_compile(sandbox, prelude, STR("[prelude]"), ret_fault))
        return false;
    lua_State *thread = sandbox_thread(sandbox, ret_fault);
    if (thread == NULL)
        return false;
    bool is_good =
        sandbox_resume(sandbox, thread, 0, &result_count, ret_fault) == SANDBOX_RETURNED &&
        sandbox_call(sandbox, keep_loops, thread, ret_fault);
    lua_pop(script->L, 1);
    return is_good;
}
