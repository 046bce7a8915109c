/* Two tables: the real one, which only C reaches, and an empty face in front of it.
 *
 * Reading falls through from the face to the real table, and from there, for a name that does not
 * exist, to an error with a suggestion. Writing stops at the face. Neither table is ever handed to
 * an author's code: "_ENV" is refused in the source, and there is no "_G". */
#include "lua/environment.h"

#include <assert.h>
#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "lua/builtin.h"

enum { NAMES_MOST = 256 };

/* Their addresses are the keys under which the tables stand in the registry. */
static const char real_key, face_key;

/* Names of plain Lua that people will look for. */
static const struct {
    const char *name;
    const char *remedy;
} elsewhere[] = {
    {"_G", "use a table of your own"},
    {"assert", "a mistake ends the story and is shown to the facilitator"},
    {"collectgarbage", "memory is looked after"},
    {"coroutine", "every story may wait as it is"},
    {"debug", "faults name their file and line"},
    {"dofile", "everything stands in one file"},
    {"error", "a mistake ends the story and is shown to the facilitator"},
    {"getmetatable", "tables have no metatables"},
    {"io", "nothing outside the exercise can be reached"},
    {"load", "everything stands in one file"},
    {"loadstring", "everything stands in one file"},
    {"math", "use min, max and //"},
    {"next", "use pairs"},
    {"os", "nothing outside the exercise can be reached"},
    {"pcall", "a mistake ends the story and is shown to the facilitator"},
    {"print", "nothing is printed during an exercise"},
    {"rawequal", "use =="},
    {"rawget", "use table[key]"},
    {"rawlen", "use len"},
    {"rawset", "use table[key] = value"},
    {"require", "everything stands in one file"},
    {"select", "name the parameters, or pass a list"},
    {"setmetatable", "tables have no metatables"},
    {"string", "use format, len and .."},
    {"table", "use len, concat and list[len(list) + 1] = value"},
    {"unpack", "use list[1], list[2]"},
    {"utf8", "use len, which counts characters"},
    {"xpcall", "a mistake ends the story and is shown to the facilitator"},
};

static int compare_names(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* The names of the table at an index, sorted, because the table's own order is an accident. They
 * borrow from the table. */
static size_t sorted_names(lua_State *L, int index, struct str names[NAMES_MOST])
{
    size_t count = 0;
    index = lua_absindex(L, index);
    lua_pushnil(L);
    while (lua_next(L, index)) {
        if (lua_type(L, -2) == LUA_TSTRING && count < NAMES_MOST) {
            names[count].ptr = lua_tolstring(L, -2, &names[count].len);
            count++;
        }
        lua_pop(L, 1);
    }
    qsort(names, count, sizeof(names[0]), compare_names);
    return count;
}

const char *environment_remedy(struct str name)
{
    for (size_t i = 0; i < sizeof(elsewhere) / sizeof(elsewhere[0]); i++)
        if (str_is(name, elsewhere[i].name))
            return elsewhere[i].remedy;
    return NULL;
}

static int refuse_unknown(lua_State *L)
{
    struct str name = STR("?");
    if (lua_type(L, 2) == LUA_TSTRING)
        name.ptr = lua_tolstring(L, 2, &name.len);
    const char *remedy = environment_remedy(name);
    if (remedy != NULL)
        return luaL_error(L, "\"%s\" does not exist here; %s", name.ptr, remedy);
    struct str names[NAMES_MOST];
    struct strs all = {names, sorted_names(L, 1, names)};
    struct str near = str_nearest(name, all);
    if (near.len > 0)
        return luaL_error(
            L, "nothing is called \"%s\" here; did you mean \"%s\"?", name.ptr, near.ptr);
    return luaL_error(L,
        "nothing is called \"%s\" here; a name is known from its \"local\" to the end of its block",
        name.ptr);
}

static int refuse_write(lua_State *L)
{
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
    lua_rawgetp(L, LUA_REGISTRYINDEX, &real_key);
    lua_pushvalue(L, 2);
    bool is_ours = lua_rawget(L, -2) != LUA_TNIL;
    if (is_ours)
        return luaL_error(
            L, "\"%s\" is a word of the language and cannot be changed; choose another name", name);
    return luaL_error(
        L, "\"%s\" is not a local variable; write \"local %s\" where it begins", name, name);
}

static void push_guard(lua_State *L, const char *event, lua_CFunction function)
{
    lua_newtable(L);
    lua_pushcfunction(L, function);
    lua_setfield(L, -2, event);
}

void environment_init(lua_State *L)
{
    lua_newtable(L);
    push_guard(L, "__index", refuse_unknown);
    lua_setmetatable(L, -2);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &real_key);

    lua_newtable(L);
    push_guard(L, "__newindex", refuse_write);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &real_key);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &face_key);

    for (size_t i = 0; i < builtin_count; i++) {
        lua_pushcfunction(L, builtins[i].function);
        environment_set(L, builtins[i].name);
    }
}

void environment_set(lua_State *L, const char *name)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &real_key);
    lua_insert(L, -2);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
}

void environment_push_face(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &face_key);
}

/* One level of tables is as deep as the environment goes. */
static void write_members(lua_State *L, struct str prefix, struct buf *out)
{
    struct str names[NAMES_MOST];
    size_t count = sorted_names(L, -1, names);
    for (size_t i = 0; i < count; i++)
        buf_format(out, "%.*s.%.*s\n", STR_ARG(prefix), STR_ARG(names[i]));
}

void environment_write_names(lua_State *L, struct buf *out)
{
    struct str names[NAMES_MOST];
    lua_rawgetp(L, LUA_REGISTRYINDEX, &real_key);
    size_t count = sorted_names(L, -1, names);
    for (size_t i = 0; i < count; i++) {
        buf_format(out, "%.*s\n", STR_ARG(names[i]));
        if (lua_getfield(L, -1, names[i].ptr) == LUA_TTABLE)
            write_members(L, names[i], out);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}
