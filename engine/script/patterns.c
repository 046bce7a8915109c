/* Compiling a pattern costs more than matching it, and a story that waits in a loop makes the same
 * one again and again. So each set of conditions is compiled once and its value kept: the same
 * conditions give the very same value, and the memory they take is bounded by how many differ.
 *
 * A value cannot be changed, so stories may share it. */
#include "script/patterns.h"

#include <lauxlib.h>
#include <stdlib.h>

#include "core/event.h"
#include "core/field.h"
#include "core/pattern.h"
#include "lua/builtin.h"
#include "script/names.h"

#define PATTERN_TYPE "pattern"

/* What the author wrote, before it is compiled. Lives in scratch. */
struct condition {
    struct str field;
    struct strs values;
};

struct conditions {
    const struct pattern_name *name;
    struct condition items[PATTERN_CONDITIONS];
    size_t count;
};

const struct pattern *patterns_at(lua_State *L, int index)
{
    const struct pattern **value = luaL_testudata(L, index, PATTERN_TYPE);
    return value != NULL ? *value : NULL;
}

/* Nothing that a condition names is longer than an id. */
static struct str text_at(lua_State *L, int index)
{
    struct str text;
    text.ptr = lua_tolstring(L, index, &text.len);
    if (text.len > LIMIT_ID_BYTES)
        luaL_error(L, "a condition names ids; this text of %d bytes is none", (int)text.len);
    return text;
}

/* A condition's value: a text, true, false, or a list of texts. Borrows from Lua. */
static struct strs read_values(lua_State *L, const struct pattern_name *name, int index)
{
    struct arena *scratch = &script_of(L)->scratch;
    struct str *values = ARENA_ARRAY(scratch, LIMIT_LIST_ITEMS, struct str);
    size_t count = 0;
    index = lua_absindex(L, index);
    if (lua_type(L, index) == LUA_TSTRING)
        values[count++] = text_at(L, index);
    else if (lua_isboolean(L, index))
        values[count++] = lua_toboolean(L, index) ? STR("true") : STR("false");
    else if (!lua_istable(L, index))
        luaL_error(L, "%s: a condition is a text or a list of texts, got %s", name->name,
            luaL_typename(L, index));
    while (lua_istable(L, index) && lua_rawgeti(L, index, (lua_Integer)count + 1) != LUA_TNIL) {
        if (lua_type(L, -1) != LUA_TSTRING)
            luaL_error(L, "%s: a list of texts holds a %s", name->name, luaL_typename(L, -1));
        if (count == LIMIT_LIST_ITEMS)
            luaL_error(L, "%s: a condition lists at most %d texts", name->name, LIMIT_LIST_ITEMS);
        values[count++] = text_at(L, -1);
        lua_pop(L, 1); /* the list keeps it */
    }
    return (struct strs){values, count};
}

static void add_condition(
    lua_State *L, struct conditions *conditions, struct str field, struct strs values)
{
    if (conditions->count == PATTERN_CONDITIONS)
        luaL_error(L, "%s: a pattern has at most %d conditions", conditions->name->name,
            PATTERN_CONDITIONS);
    conditions->items[conditions->count++] = (struct condition){field, values};
}

/* escalation "commander", decision {"a", "b"}: the condition that the word is mostly used with. */
static void read_main(lua_State *L, struct conditions *conditions, int index)
{
    const struct pattern_name *name = conditions->name;
    if (name->main == NULL)
        luaL_error(L, "%s: name the condition, as in %s {by = ...}", name->name, name->name);
    add_condition(L, conditions, str_of(name->main), read_values(L, name, index));
}

/* In the order of their names, so that the same conditions always read the same. */
static void read_table(lua_State *L, struct conditions *conditions)
{
    lua_Integer count = builtin_push_sorted_keys(L, 1);
    int keys = lua_gettop(L);
    if (count > 0 && lua_rawgeti(L, keys, 1) == LUA_TNUMBER) {
        if (count > LIMIT_LIST_ITEMS || lua_rawgeti(L, keys, count) != LUA_TNUMBER)
            luaL_error(L, "%s: give a list or named conditions, not both", conditions->name->name);
        read_main(L, conditions, 1);
        return;
    }
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, keys, i);
        struct str field = text_at(L, -1);
        lua_rawget(L, 1);
        add_condition(L, conditions, field, read_values(L, conditions->name, -1));
        lua_pop(L, 1);
    }
}

static struct str key_of(const struct conditions *conditions, struct arena *scratch)
{
    struct str key = str_of(conditions->name->name);
    for (size_t i = 0; i < conditions->count; i++) {
        const struct condition *condition = &conditions->items[i];
        key = arena_format(scratch, "%.*s\n%.*s", STR_ARG(key), STR_ARG(condition->field));
        for (size_t v = 0; v < condition->values.count; v++)
            key = arena_format(
                scratch, "%.*s\t%.*s", STR_ARG(key), STR_ARG(condition->values.items[v]));
    }
    return key;
}

/* Whoever can act: seats and parties, and those that are neither. */
static bool is_actor(const struct def *def, struct str id)
{
    return names_has(def, OF_SEAT, id) || names_has(def, OF_PARTY, id) ||
           str_eq(id, ACTOR_FACILITATOR) || str_eq(id, ACTOR_EVALUATOR) || str_eq(id, ACTOR_STORY);
}

/* Messages have no list: their ids come into being during play. */
static void check_ids(
    lua_State *L, const struct pattern_name *name, const struct condition *condition)
{
    struct script *script = script_of(L);
    const struct field *field = field_find(event_kinds[name->event_kind].fields, condition->field);
    bool is_by = str_is(condition->field, "by");
    bool is_id = field != NULL && (field->type == FIELD_ID || field->type == FIELD_IDS);
    for (size_t i = 0; (is_by || is_id) && i < condition->values.count; i++) {
        struct str id = condition->values.items[i];
        enum field_of of = is_by ? OF_PARTY : field->of;
        if (is_by ? is_actor(script->def, id) : names_has(script->def, of, id))
            continue;
        struct str advice = names_advice(script->def, of, id, &script->scratch);
        luaL_error(L, "%s: no %s is called \"%s\"%s", name->name,
            is_by ? "role, seat or stakeholder" : field_of_names[of],
            arena_str(&script->scratch, id).ptr, advice.ptr);
    }
}

static const struct pattern *compile(lua_State *L, const struct conditions *conditions)
{
    struct script *script = script_of(L);
    struct pattern *pattern = ARENA_NEW(&script->arena, struct pattern);
    pattern_begin(pattern, conditions->name);
    for (size_t i = 0; i < conditions->count; i++) {
        const struct condition *condition = &conditions->items[i];
        struct err err;
        check_ids(L, conditions->name, condition);
        if (!pattern_add(pattern, &script->arena, condition->field, condition->values, &err))
            luaL_error(L, "%s", err.message);
    }
    return pattern;
}

static void keep(struct script *script, lua_State *L, struct str key, const struct pattern *pattern)
{
    size_t number = script->pattern_count;
    script->patterns = arena_grow(&script->arena, script->patterns, number,
        &script->pattern_capacity, sizeof(*script->patterns));
    const struct pattern **value = lua_newuserdatauv(L, sizeof(*value), 0);
    *value = pattern;
    luaL_setmetatable(L, PATTERN_TYPE);
    lua_rawgeti(L, LUA_REGISTRYINDEX, script->pattern_refs);
    lua_pushvalue(L, -2);
    lua_rawseti(L, -2, (lua_Integer)number + 1);
    lua_pop(L, 1);
    /* Last, because each call into Lua above may run out of memory and jump. */
    script->patterns[script->pattern_count++] = pattern;
    index_add(&script->pattern_index, &script->arena, arena_str(&script->arena, key), (int)number);
}

static int make_pattern(lua_State *L)
{
    struct script *script = script_of(L);
    struct conditions conditions = {.name = lua_touserdata(L, lua_upvalueindex(1))};
    arena_reset(&script->scratch);
    lua_settop(L, 1);
    if (lua_istable(L, 1))
        read_table(L, &conditions);
    else if (!lua_isnil(L, 1))
        read_main(L, &conditions, 1);
    struct str key = key_of(&conditions, &script->scratch);
    sandbox_charge(L, (int64_t)key.len);
    int number = index_find(&script->pattern_index, key);
    if (number != INDEX_NONE) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, script->pattern_refs);
        lua_rawgeti(L, -1, number + 1);
        return 1;
    }
    if (script->pattern_count == STORY_PATTERNS)
        return luaL_error(
            L, "a file has at most %d different patterns; wait for fewer things", STORY_PATTERNS);
    keep(script, L, key, compile(L, &conditions));
    return 1;
}

void patterns_init(struct script *script)
{
    lua_State *L = script->L;
    luaL_newmetatable(L, PATTERN_TYPE);
    lua_pop(L, 1);
    lua_newtable(L);
    script->pattern_refs = luaL_ref(L, LUA_REGISTRYINDEX);
    for (size_t i = 0; i < pattern_name_count; i++) {
        lua_pushlightuserdata(L, (void *)(uintptr_t)&pattern_names[i]);
        lua_pushcclosure(L, make_pattern, 1);
        sandbox_set_value(script->sandbox, pattern_names[i].name);
    }
}
