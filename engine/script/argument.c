/* An author's mistake has to be told at the line where it was made, so everything is checked before
 * anything is planned. What a player could have brought about is no mistake and is left to decide.
 */
#include "script/argument.h"

#include <lauxlib.h>
#include <string.h>

#include "base/duration.h"
#include "lua/builtin.h"
#include "script/names.h"
#include "script/patterns.h"

enum { ARGUMENT_DURATION_BYTES = 32 }; /* more than any that can be meant */

const struct api_row *argument_row(lua_State *L)
{
    return lua_touserdata(L, lua_upvalueindex(1));
}

struct str argument_text(lua_State *L, int index, const char *what)
{
    const struct api_row *row = argument_row(L);
    struct str text;
    if (lua_type(L, index) != LUA_TSTRING)
        luaL_error(L, "%s: expected %s as a text, got %s; write %s", row->name, what,
            luaL_typename(L, index), row->usage);
    text.ptr = lua_tolstring(L, index, &text.len);
    return text;
}

struct str argument_name(lua_State *L, int index, enum field_of of)
{
    struct script *script = script_of(L);
    const char *name = argument_row(L)->name, *what = field_of_names[of];
    const char *expected = what;
    if (lua_type(L, index) != LUA_TSTRING)
        expected = arena_format(
            &script->scratch, "the id of a%s %s", strchr("aeiou", what[0]) != NULL ? "n" : "", what)
                       .ptr;
    struct str id = argument_text(L, index, expected);
    if (!names_has(script->def, of, id)) {
        struct str advice = names_advice(script->def, of, id, &script->scratch);
        luaL_error(L, "%s: no %s is called \"%s\"%s", name, what, id.ptr, advice.ptr);
    }
    return id;
}

struct strs argument_names(lua_State *L, int index, enum field_of of)
{
    struct str *ids = ARENA_ARRAY(&script_of(L)->scratch, LIMIT_LIST_ITEMS, struct str);
    size_t count = 0;
    index = lua_absindex(L, index);
    if (!lua_istable(L, index)) {
        ids[0] = argument_name(L, index, of);
        return (struct strs){ids, 1};
    }
    while (lua_rawgeti(L, index, (lua_Integer)count + 1) != LUA_TNIL) {
        if (count == LIMIT_LIST_ITEMS)
            luaL_error(
                L, "%s: a list holds at most %d ids", argument_row(L)->name, LIMIT_LIST_ITEMS);
        ids[count++] = argument_name(L, lua_gettop(L), of);
        lua_pop(L, 1); /* the list keeps it */
    }
    lua_pop(L, 1);
    if (count == 0)
        luaL_error(
            L, "%s: the list is empty; write %s", argument_row(L)->name, argument_row(L)->usage);
    return (struct strs){ids, count};
}

int64_t argument_duration(lua_State *L, int index, int64_t most_ms)
{
    const char *name = argument_row(L)->name;
    int64_t ms = 0;
    struct str text = argument_text(L, index, "a duration");
    sandbox_charge(L, 1 + (int64_t)text.len / 16);
    if (text.len > ARGUMENT_DURATION_BYTES)
        luaL_error(L, "%s: this text of %d bytes is too long for a duration; write \"1h30m\"", name,
            (int)text.len);
    if (!duration_parse(text, &ms))
        luaL_error(L, "%s: \"%s\" is not a duration; write it as in \"90s\", \"5m\" or \"1h30m\"",
            name, text.ptr);
    if (ms > most_ms)
        luaL_error(L, "%s: \"%s\" is longer than any exercise", name, text.ptr);
    return ms;
}

int64_t argument_moment(lua_State *L, int index)
{
    const struct api_row *row = argument_row(L);
    if (!lua_isinteger(L, index))
        return argument_duration(L, index, LIMIT_EXERCISE_MS);
    lua_Integer at_ms = lua_tointeger(L, index);
    if (at_ms < 0 || at_ms > LIMIT_EXERCISE_MS)
        luaL_error(
            L, "%s: no exercise comes to that time; give \"10m\" or what time() gave", row->name);
    return at_ms;
}

const struct match *argument_match(lua_State *L, int index)
{
    const struct match *match = patterns_at(L, index);
    if (match == NULL)
        luaL_error(L, "%s: expected a pattern such as escalation {to = \"commander\"}, got %s",
            argument_row(L)->name, luaL_typename(L, index));
    return match;
}

void argument_function(lua_State *L, int index)
{
    const struct api_row *row = argument_row(L);
    if (!lua_isfunction(L, index) || lua_iscfunction(L, index))
        luaL_error(L, "%s: expected a function of this file, got %s; write %s", row->name,
            lua_iscfunction(L, index) ? "a word of the language" : luaL_typename(L, index),
            row->usage);
}

/* The table may be the author's own, so the id is looked up like any other. */
struct str argument_message(lua_State *L, int index)
{
    const struct api_row *row = argument_row(L);
    const struct script *script = script_of(L);
    struct str id = {0};
    if (lua_isnil(L, index))
        luaL_error(L,
            "%s: expected the event of a message, got nil; await gives nil when the time is over, "
            "so ask \"if m then\" first",
            row->name);
    if (!lua_istable(L, index))
        luaL_error(L, "%s: expected the event of a message, got %s; write %s", row->name,
            luaL_typename(L, index), row->usage);
    lua_pushliteral(L, "message");
    if (lua_rawget(L, index) == LUA_TSTRING)
        id.ptr = lua_tolstring(L, -1, &id.len);
    lua_pop(L, 1); /* the table keeps it */
    int message = id.len > 0 ? state_message_find(script->reaction->state, id) : -1;
    if (message < 0)
        luaL_error(L,
            "%s: this event is about no message; give the event that message, escalation, reached "
            "or opened has brought",
            row->name);
    return script->reaction->state->messages[message].body.message;
}

bool argument_options(lua_State *L, int index, struct strs names)
{
    const struct api_row *row = argument_row(L);
    if (lua_isnoneornil(L, index))
        return false;
    if (!lua_istable(L, index))
        luaL_error(L, "%s: options stand in a table; write %s", row->name, row->usage);
    lua_Integer count = builtin_push_sorted_keys(L, index);
    for (lua_Integer i = 1; i <= count; i++) {
        struct str key = {0};
        if (lua_rawgeti(L, -1, i) == LUA_TSTRING)
            key.ptr = lua_tolstring(L, -1, &key.len);
        if (!strs_contain(names, key)) {
            struct str near = key.len > 0 ? str_nearest(key, names) : key;
            near = near.len > 0 ? near : names.items[0];
            luaL_error(L, "%s: there is no option \"%s\"; did you mean \"%s\"?", row->name,
                luaL_tolstring(L, -1, NULL), near.ptr);
        }
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return true;
}
