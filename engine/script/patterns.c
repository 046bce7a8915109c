/* Compiling a pattern costs more than matching it, and a story that waits in a loop makes the same
 * one again and again. So each set of conditions is compiled once and its value kept: the same
 * conditions give the very same value, and the memory they take is bounded by how many differ.
 *
 * A value cannot be changed, so stories may share it. any and all make one of several, by number.
 */
#include "script/patterns.h"

#include <lauxlib.h>
#include <string.h>

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

const struct match *patterns_at(lua_State *L, int index)
{
    const struct match **value = luaL_testudata(L, index, PATTERN_TYPE);
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

/* The key lives in scratch, the rest in the script's arena. */
static void keep(lua_State *L, struct str key, struct match made)
{
    struct script *script = script_of(L);
    int number = made.number = (int)script->match_count;
    struct match *match = ARENA_NEW(&script->arena, struct match);
    *match = made;
    script->matches = arena_grow(&script->arena, script->matches, script->match_count,
        &script->match_capacity, sizeof(*script->matches));
    const struct match **value = lua_newuserdatauv(L, sizeof(*value), 0);
    *value = match;
    luaL_setmetatable(L, PATTERN_TYPE);
    lua_rawgeti(L, LUA_REGISTRYINDEX, script->match_refs);
    lua_pushvalue(L, -2);
    lua_rawseti(L, -2, (lua_Integer)number + 1);
    lua_pop(L, 1);
    /* Last, because each call into Lua above may run out of memory and jump. */
    script->matches[script->match_count++] = match;
    index_add(&script->match_index, &script->arena, arena_str(&script->arena, key), number);
}

/* Pushes the value that was made with this key before. */
static bool push_kept(lua_State *L, struct str key)
{
    struct script *script = script_of(L);
    sandbox_charge(L, (int64_t)key.len);
    int number = index_find(&script->match_index, key);
    if (number == INDEX_NONE && script->match_count == STORY_PATTERNS)
        luaL_error(
            L, "a file has at most %d different patterns; wait for fewer things", STORY_PATTERNS);
    if (number == INDEX_NONE)
        return false;
    lua_rawgeti(L, LUA_REGISTRYINDEX, script->match_refs);
    lua_rawgeti(L, -1, number + 1);
    lua_remove(L, -2);
    return true;
}

static void push_word(lua_State *L, const struct conditions *conditions)
{
    struct str key = key_of(conditions, &script_of(L)->scratch);
    if (push_kept(L, key))
        return;
    keep(L, key,
        (struct match){.kind = MATCH_ONE, .pattern = compile(L, conditions), .pattern_count = 1});
}

static int make_word(lua_State *L, const struct pattern_name *name)
{
    struct conditions conditions = {.name = name};
    arena_reset(&script_of(L)->scratch);
    lua_settop(L, 1);
    if (lua_istable(L, 1))
        read_table(L, &conditions);
    else if (!lua_isnil(L, 1))
        read_main(L, &conditions, 1);
    push_word(L, &conditions);
    return 1;
}

static int word(lua_State *L)
{
    return make_word(L, lua_touserdata(L, lua_upvalueindex(1)));
}

int patterns_word(lua_State *L, const char *name)
{
    return make_word(L, pattern_name_find(str_of(name)));
}

/* The parts stand at the indexes from 1 to count; pushes the whole. */
static void push_several(lua_State *L, enum match_kind kind, int count)
{
    struct script *script = script_of(L);
    const char *name = kind == MATCH_ALL ? "all" : "any";
    const struct match **parts =
        ARENA_ARRAY(&script->scratch, MATCH_PATTERNS, const struct match *);
    struct str key = str_of(name);
    struct match made = {.kind = kind};
    for (int i = 1; i <= count; i++) {
        const struct match *part = patterns_at(L, i);
        if (part == NULL)
            luaL_error(L, "%s: expected patterns such as escalation {to = \"commander\"}, got %s",
                name, luaL_typename(L, i));
        if (made.pattern_count + part->pattern_count > MATCH_PATTERNS)
            luaL_error(L, "%s: at most %d patterns go together", name, MATCH_PATTERNS);
        parts[made.part_count++] = part;
        made.pattern_count += part->pattern_count;
        key = arena_format(&script->scratch, "%.*s\n%d", STR_ARG(key), part->number);
    }
    if (push_kept(L, key))
        return;
    const struct match **kept = ARENA_ARRAY(&script->arena, made.part_count, const struct match *);
    memcpy(kept, parts, made.part_count * sizeof(*kept));
    made.parts = kept;
    keep(L, key, made);
}

/* any(p, q) and any {p, q} are the same; of one alone the whole is that one. */
static int make_several(lua_State *L, enum match_kind kind)
{
    if (lua_istable(L, 1)) {
        lua_settop(L, 1);
        luaL_checkstack(L, MATCH_PATTERNS + LUA_MINSTACK, "");
        for (int i = 1; i <= MATCH_PATTERNS + 1 && lua_rawgeti(L, 1, i) != LUA_TNIL; i++)
            continue;
        if (lua_isnil(L, -1))
            lua_pop(L, 1);
        lua_remove(L, 1);
    }
    int count = lua_gettop(L);
    if (count == 0)
        lua_pushnil(L);
    if (count == 1 && patterns_at(L, 1) != NULL)
        return 1;
    push_several(L, kind, count == 0 ? 1 : count);
    return 1;
}

int patterns_any(lua_State *L)
{
    return make_several(L, MATCH_ANY);
}

int patterns_all(lua_State *L)
{
    return make_several(L, MATCH_ALL);
}

const struct match *patterns_answer(lua_State *L, struct str question, bool or_expired)
{
    static const struct str no[] = {STR_INIT("false")};
    int top = lua_gettop(L);
    struct strs questions = {&question, 1};
    struct conditions decided = {.name = pattern_name_find(STR("decision")),
        .items = {{STR("contested"), {no, 1}}, {STR("question"), questions}},
        .count = 2};
    struct conditions expired = {.name = pattern_name_find(STR("expired")),
        .items = {{STR("question"), questions}},
        .count = 1};
    push_word(L, &decided);
    if (or_expired) {
        lua_pushcfunction(L, patterns_any);
        lua_insert(L, -2);
        push_word(L, &expired);
        lua_call(L, 2, 1);
    }
    const struct match *match = patterns_at(L, -1);
    lua_settop(L, top); /* the list of all keeps it */
    return match;
}

void patterns_init(struct script *script)
{
    lua_State *L = script->L;
    luaL_newmetatable(L, PATTERN_TYPE);
    lua_pop(L, 1);
    lua_newtable(L);
    script->match_refs = luaL_ref(L, LUA_REGISTRYINDEX);
    for (size_t i = 0; i < pattern_name_count; i++) {
        lua_pushlightuserdata(L, (void *)(uintptr_t)&pattern_names[i]);
        lua_pushcclosure(L, word, 1);
        sandbox_set_value(script->sandbox, pattern_names[i].name);
    }
}
