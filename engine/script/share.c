/* A walk over functions, their upvalues and tables, with a table in Lua that says which story came
 * first to each upvalue and table.
 *
 * Numbers and texts at the top of the file are refused as well, although only a few are ever
 * assigned: "local x <const> = 5" shares them without a variable. Helper functions and patterns
 * have no such form and are what people do share, so those are allowed and watched: a story that
 * replaces one fails, and the value is put back. */
#include "script/share.h"

#include <assert.h>
#include <lauxlib.h>
#include <stdio.h>

#include "script/patterns.h"

static const char owners_key;

/* One walk. All tables live on the stack of L, at these indexes. */
struct walk {
    struct script *script;
    lua_State *L;
    lua_Integer story; /* from 1 */
    int owners;        /* upvalue id, or table → number of the first story */
    int seen;          /* functions and tables of this walk → true */
    int queue;         /* what is still to be looked into */
    lua_Integer queued, done;
    struct sandbox_fault *fault; /* filled when something is shared */
};

/* Takes the value on top. */
static void enqueue(struct walk *walk)
{
    lua_State *L = walk->L;
    if (lua_istable(L, -1) || lua_isfunction(L, -1)) {
        lua_pushvalue(L, -1);
        if (lua_rawget(L, walk->seen) == LUA_TNIL) {
            lua_pushvalue(L, -2);
            lua_pushboolean(L, 1);
            lua_rawset(L, walk->seen);
            lua_pushvalue(L, -2);
            lua_rawseti(L, walk->queue, ++walk->queued);
        }
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

/* Takes the key on top: an upvalue's id or a table. The first story to come owns it. */
static lua_Integer owner_of(struct walk *walk)
{
    lua_State *L = walk->L;
    lua_Integer owner = walk->story;
    lua_pushvalue(L, -1);
    if (lua_rawget(L, walk->owners) == LUA_TNIL) {
        lua_pushvalue(L, -2);
        lua_pushinteger(L, owner);
        lua_rawset(L, walk->owners);
    } else {
        owner = lua_tointeger(L, -1);
    }
    lua_pop(L, 2);
    return owner;
}

static void refuse(struct walk *walk, const char *what, const char *name, lua_Integer owner)
{
    const struct story *first = &walk->script->stories[owner - 1];
    const struct story *second = &walk->script->stories[walk->story - 1];
    if (walk->fault->message[0] != '\0')
        return; /* one is enough to be mended at a time */
    walk->fault->line = second->line;
    snprintf(walk->fault->message, sizeof(walk->fault->message),
        "%s%s%s%s is shared by the stories \"%.*s\" and \"%.*s\"; make it local to each, write "
        "\"local <const>\" for a fixed text or number, or use set and get",
        what, name[0] != '\0' ? " \"" : "", name, name[0] != '\0' ? "\"" : "", STR_ARG(first->name),
        STR_ARG(second->name));
}

/* The function is at index function, the upvalue's value on top; both stay. */
static void watch(struct walk *walk, int function, int upvalue, const char *name)
{
    struct script *script = walk->script;
    const void *id = lua_upvalueid(walk->L, function, upvalue);
    for (size_t i = 0; i < script->watch_count; i++)
        if (script->watches[i].id == id)
            return;
    script->watches = arena_grow(&script->arena, script->watches, script->watch_count,
        &script->watch_capacity, sizeof(*script->watches));
    struct watch *added = &script->watches[script->watch_count++];
    lua_pushvalue(walk->L, -1);
    added->value_ref = luaL_ref(walk->L, LUA_REGISTRYINDEX);
    lua_pushvalue(walk->L, function);
    added->function_ref = luaL_ref(walk->L, LUA_REGISTRYINDEX);
    added->upvalue = upvalue;
    added->id = id;
    added->name = arena_str(&script->arena, str_of(name));
}

static bool is_environment(struct walk *walk)
{
    sandbox_push_environment(walk->script->sandbox, walk->L);
    bool is_same = lua_rawequal(walk->L, -1, -2);
    lua_pop(walk->L, 1);
    return is_same;
}

static void look_into_function(struct walk *walk, int function)
{
    lua_State *L = walk->L;
    bool is_c = lua_iscfunction(L, function);
    const char *name;
    for (int i = 1; (name = lua_getupvalue(L, function, i)) != NULL; i++) {
        if (is_environment(walk)) {
            lua_pop(L, 1);
            continue;
        }
        lua_pushlightuserdata(L, lua_upvalueid(L, function, i));
        lua_Integer owner = is_c ? walk->story : owner_of(walk);
        if (is_c)
            lua_pop(L, 1);
        bool is_fixed = lua_isfunction(L, -1) || patterns_at(L, -1) != NULL;
        if (owner != walk->story && is_fixed)
            watch(walk, function, i, name);
        else if (owner != walk->story)
            refuse(walk, "the local variable", name, owner);
        enqueue(walk);
    }
}

static void look_into_table(struct walk *walk, int table)
{
    lua_State *L = walk->L;
    lua_pushvalue(L, table);
    lua_Integer owner = owner_of(walk);
    if (owner != walk->story) {
        refuse(walk, "a table", "", owner);
        return;
    }
    lua_pushnil(L);
    while (lua_next(L, table)) {
        enqueue(walk); /* the value */
        lua_pushvalue(L, -1);
        enqueue(walk); /* a copy of the key, which lua_next needs */
    }
}

/* Pushes the table of owners, which lives until all stories are checked. */
static void push_owners(lua_State *L)
{
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &owners_key) != LUA_TNIL)
        return;
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &owners_key);
}

/* Walks all that the function on top of L's stack reaches through its variables. */
static void walk_story(struct walk *walk)
{
    lua_State *L = walk->L;
    int function = lua_gettop(L);
    push_owners(L);
    walk->owners = lua_gettop(L);
    lua_newtable(L);
    walk->seen = lua_gettop(L);
    lua_newtable(L);
    walk->queue = lua_gettop(L);
    lua_pushvalue(L, function);
    enqueue(walk);
    while (walk->done < walk->queued) {
        lua_rawgeti(L, walk->queue, ++walk->done);
        int item = lua_gettop(L);
        if (lua_isfunction(L, item))
            look_into_function(walk, item);
        else
            look_into_table(walk, item);
        lua_settop(L, walk->queue);
    }
    lua_settop(L, function);
}

static int walk_all(lua_State *L)
{
    struct script *script = script_of(L);
    struct sandbox_fault *fault = lua_touserdata(L, 1);
    for (size_t i = 0; i < script->story_count; i++) {
        lua_State *thread = script->stories[i].thread;
        struct walk walk = {.script = script, .L = L, .story = (lua_Integer)i + 1, .fault = fault};
        lua_pushvalue(thread, 1);
        lua_xmove(thread, L, 1);
        walk_story(&walk);
        lua_pop(L, 1);
    }
    lua_pushnil(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &owners_key);
    lua_gc(L, LUA_GCCOLLECT);
    return 0;
}

bool share_check(struct script *script, struct sandbox_fault *ret_fault)
{
    struct sandbox_fault fault = {.file = script->def->story_file};
    bool is_walked = sandbox_call(script->sandbox, walk_all, &fault, ret_fault);
    if (is_walked && fault.message[0] == '\0')
        return true;
    if (is_walked)
        *ret_fault = fault;
    return false;
}

bool share_restore(struct script *script, struct str *ret_name)
{
    lua_State *L = script->L;
    bool is_unchanged = true;
    for (size_t i = 0; i < script->watch_count; i++) {
        const struct watch *watch = &script->watches[i];
        lua_rawgeti(L, LUA_REGISTRYINDEX, watch->function_ref);
        lua_rawgeti(L, LUA_REGISTRYINDEX, watch->value_ref);
        lua_getupvalue(L, -2, watch->upvalue);
        if (!lua_rawequal(L, -1, -2)) {
            *ret_name = watch->name;
            is_unchanged = false;
            lua_pushvalue(L, -2);
            lua_setupvalue(L, -4, watch->upvalue);
        }
        lua_pop(L, 3);
    }
    return is_unchanged;
}
