/* A C function is admitted here only if its work is bounded by the bytes of its arguments, or if it
 * charges for what it does. None looks at a metatable, shows an address, or depends on the order in
 * which a table happens to keep its keys. Lua's own libraries are never opened. */
#include "lua/builtin.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "lua/sandbox.h"

static int wrong_type(lua_State *L, const char *function, const char *expected, int index)
{
    return luaL_error(L, "%s: expected %s, got %s", function, expected, luaL_typename(L, index));
}

static const char *expect_string(lua_State *L, const char *function, int index, size_t *ret_len)
{
    if (lua_type(L, index) != LUA_TSTRING)
        wrong_type(L, function, "a text", index);
    return lua_tolstring(L, index, ret_len);
}

static void expect_table(lua_State *L, const char *function, int index)
{
    if (lua_type(L, index) != LUA_TTABLE)
        wrong_type(L, function, "a table", index);
}

static void expect_number(lua_State *L, const char *function, int index)
{
    if (lua_type(L, index) != LUA_TNUMBER)
        wrong_type(L, function, "a number", index);
}

/* Pushes the text of the value at an index; refuses what would show an address. */
static const char *push_text(lua_State *L, const char *function, int index, size_t *ret_len)
{
    int type = lua_type(L, index);
    if (type == LUA_TNUMBER || type == LUA_TSTRING)
        lua_pushvalue(L, index);
    else if (type == LUA_TBOOLEAN)
        lua_pushstring(L, lua_toboolean(L, index) ? "true" : "false");
    else if (type == LUA_TNIL)
        lua_pushliteral(L, "nil");
    else
        wrong_type(L, function, "a text, a number, true, false or nil", index);
    return lua_tolstring(L, -1, ret_len); /* turns the copy of a number into text */
}

static int builtin_tostring(lua_State *L)
{
    size_t len;
    luaL_checkany(L, 1);
    push_text(L, "tostring", 1, &len);
    return 1;
}

static int builtin_tonumber(lua_State *L)
{
    size_t len;
    if (lua_type(L, 1) == LUA_TNUMBER) {
        lua_settop(L, 1);
        return 1;
    }
    const char *text = expect_string(L, "tonumber", 1, &len);
    sandbox_charge(L, 1 + (int64_t)len / 16);
    if (lua_stringtonumber(L, text) != len + 1 || !lua_isinteger(L, -1))
        lua_pushnil(L);
    return 1;
}

static int builtin_type(lua_State *L)
{
    luaL_checkany(L, 1);
    if (lua_type(L, 1) != LUA_TUSERDATA || luaL_getmetafield(L, 1, "__name") != LUA_TSTRING)
        lua_pushstring(L, luaL_typename(L, 1));
    return 1;
}

/* The first n for which list[n + 1] is nil: unlike "#", the same everywhere. */
static lua_Integer list_length(lua_State *L, int index)
{
    lua_Integer count = 0;
    while (lua_rawgeti(L, index, count + 1) != LUA_TNIL) {
        sandbox_charge(L, 1);
        lua_pop(L, 1);
        count++;
    }
    lua_pop(L, 1);
    return count;
}

static int builtin_len(lua_State *L)
{
    size_t bytes;
    lua_Integer count = 0;
    if (lua_type(L, 1) == LUA_TTABLE) {
        lua_pushinteger(L, list_length(L, 1));
        return 1;
    }
    const char *text = expect_string(L, "len", 1, &bytes);
    sandbox_charge(L, (int64_t)bytes / 16);
    for (size_t i = 0; i < bytes; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    lua_pushinteger(L, count);
    return 1;
}

static int builtin_contains(lua_State *L)
{
    bool is_found = false;
    expect_table(L, "contains", 1);
    luaL_checkany(L, 2);
    for (lua_Integer i = 1; !is_found && lua_rawgeti(L, 1, i) != LUA_TNIL; i++) {
        sandbox_charge(L, 1 + (int64_t)lua_rawlen(L, -1) / 16); /* long texts are compared */
        is_found = lua_rawequal(L, 2, -1);
        lua_pop(L, 1);
    }
    lua_pushboolean(L, is_found);
    return 1;
}

static int builtin_concat(lua_State *L)
{
    size_t separator_bytes = 0, bytes;
    const char *separator = "";
    expect_table(L, "concat", 1);
    if (!lua_isnoneornil(L, 2))
        separator = expect_string(L, "concat", 2, &separator_bytes);
    lua_settop(L, 2);
    lua_Integer count = list_length(L, 1);
    luaL_Buffer joined;
    luaL_buffinit(L, &joined);
    for (lua_Integer i = 1; i <= count; i++) {
        if (i > 1)
            luaL_addlstring(&joined, separator, separator_bytes);
        lua_rawgeti(L, 1, i);
        push_text(L, "concat", lua_gettop(L), &bytes);
        lua_remove(L, -2);
        sandbox_charge(L, 1 + (int64_t)(bytes + separator_bytes) / 16);
        luaL_addvalue(&joined);
    }
    luaL_pushresult(&joined);
    return 1;
}

static int ipairs_step(lua_State *L)
{
    lua_Integer position = lua_tointeger(L, 2) + 1;
    expect_table(L, "ipairs", 1);
    lua_pushinteger(L, position);
    return lua_rawgeti(L, 1, position) == LUA_TNIL ? 1 : 2;
}

static int builtin_ipairs(lua_State *L)
{
    expect_table(L, "ipairs", 1);
    lua_pushcfunction(L, ipairs_step);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

/* A key to be sorted; borrows from the table that it came from. */
struct key {
    lua_Integer found_at; /* in the unsorted list */
    bool is_integer;
    lua_Integer integer;
    struct str text;
};

static int compare_keys(const void *left, const void *right)
{
    const struct key *a = left, *b = right;
    if (a->is_integer != b->is_integer)
        return a->is_integer ? -1 : 1;
    if (a->is_integer)
        return (a->integer > b->integer) - (a->integer < b->integer);
    return str_cmp(a->text, b->text);
}

static struct key read_key(lua_State *L, int index, lua_Integer found_at)
{
    struct key key = {.found_at = found_at};
    if (lua_isinteger(L, index)) {
        key.is_integer = true;
        key.integer = lua_tointeger(L, index);
    } else if (lua_type(L, index) == LUA_TSTRING) {
        key.text.ptr = lua_tolstring(L, index, &key.text.len);
    } else {
        wrong_type(L, "pairs", "texts and whole numbers as keys", index);
    }
    return key;
}

/* Pushes the keys in the table's own order. */
static lua_Integer push_keys(lua_State *L, int index)
{
    lua_Integer count = 0;
    lua_newtable(L);
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, ++count);
        sandbox_charge(L, 8); /* sorting included */
    }
    return count;
}

lua_Integer builtin_push_sorted_keys(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    lua_Integer count = push_keys(L, index);
    int unsorted = lua_gettop(L);
    struct key *keys = lua_newuserdatauv(L, (size_t)count * sizeof(*keys) + 1, 0);
    for (lua_Integer i = 0; i < count; i++) {
        lua_rawgeti(L, unsorted, i + 1);
        keys[i] = read_key(L, -1, i + 1);
        lua_pop(L, 1);
    }
    qsort(keys, (size_t)count, sizeof(*keys), compare_keys);
    lua_createtable(L, (int)count, 0);
    for (lua_Integer i = 0; i < count; i++) {
        lua_rawgeti(L, unsorted, keys[i].found_at);
        lua_rawseti(L, -2, i + 1);
    }
    lua_replace(L, unsorted);
    lua_settop(L, unsorted);
    return count;
}

/* Upvalues: the table, its keys when the loop began, how many are done. Keys that were removed
 * meanwhile are passed over, keys that were added are not met. */
static int pairs_step(lua_State *L)
{
    lua_Integer position = lua_tointeger(L, lua_upvalueindex(3));
    for (;;) {
        sandbox_charge(L, 1);
        lua_settop(L, 0);
        if (lua_rawgeti(L, lua_upvalueindex(2), ++position) == LUA_TNIL)
            return 1;
        lua_pushvalue(L, 1);
        if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
            break;
    }
    lua_pushinteger(L, position);
    lua_replace(L, lua_upvalueindex(3));
    return 2;
}

static int builtin_pairs(lua_State *L)
{
    expect_table(L, "pairs", 1);
    lua_settop(L, 1);
    builtin_push_sorted_keys(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, pairs_step, 3);
    return 1;
}

static int extreme(lua_State *L, const char *function, int sign)
{
    int count = lua_gettop(L), best = 1;
    for (int i = 1; i <= count || i == 1; i++) {
        expect_number(L, function, i);
        bool is_less = lua_compare(L, i, best, LUA_OPLT),
             is_more = lua_compare(L, best, i, LUA_OPLT);
        if (sign < 0 ? is_less : is_more)
            best = i;
    }
    lua_pushvalue(L, best);
    return 1;
}

static int builtin_min(lua_State *L)
{
    return extreme(L, "min", -1);
}

static int builtin_max(lua_State *L)
{
    return extreme(L, "max", 1);
}

/* What stands behind a "%". */
struct directive {
    bool is_left, is_zeros;
    int width; /* at most two digits */
    char kind;
};

static size_t read_number(const char *text, int *ret_number)
{
    size_t digits = strspn(text, "0123456789");
    *ret_number = digits <= 2 ? (int)strtol(text, NULL, 10) : 100;
    return digits;
}

/* Returns the bytes taken; 0 when it is none of ours. */
static size_t read_directive(const char *text, struct directive *ret_directive)
{
    struct directive directive = {0};
    size_t at = strspn(text, "-0");
    directive.is_left = memchr(text, '-', at) != NULL;
    directive.is_zeros = memchr(text, '0', at) != NULL;
    at += read_number(text + at, &directive.width);
    directive.kind = text[at];
    bool is_text = directive.kind == 's';
    if ((!is_text && directive.kind != 'd') || directive.width > 99 ||
        (directive.is_zeros && is_text))
        return 0;
    *ret_directive = directive;
    return at + 1;
}

/* Adds the text on top of the stack, filled up to its width in characters, and pops it. The buffer
 * may keep a value of its own below, so that the text must be on top when it is added. */
static void add_padded(lua_State *L, luaL_Buffer *out, const struct directive *directive)
{
    size_t bytes, width = 0;
    const char *text = lua_tolstring(L, -1, &bytes);
    char padded[100];
    for (size_t i = 0; i < bytes && width < sizeof(padded); i++)
        width += ((unsigned char)text[i] & 0xC0) != 0x80;
    size_t missing = width < (size_t)directive->width ? (size_t)directive->width - width : 0;
    if (missing == 0) {
        luaL_addvalue(out);
        return;
    }
    bool is_filled = directive->is_zeros && !directive->is_left;
    size_t sign = is_filled && text[0] == '-' ? 1 : 0;
    memset(padded, is_filled ? '0' : ' ', missing);
    if (directive->is_left) {
        lua_pushlstring(L, padded, missing);
        lua_concat(L, 2);
    } else {
        lua_pushlstring(L, text, sign);
        lua_pushlstring(L, padded, missing);
        lua_pushlstring(L, text + sign, bytes - sign);
        lua_concat(L, 3);
        lua_replace(L, -2);
    }
    luaL_addvalue(out);
}

static int builtin_format(lua_State *L)
{
    size_t bytes;
    int argument = 1, argument_count = lua_gettop(L);
    const char *text = expect_string(L, "format", 1, &bytes), *end = text + bytes;
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    while (text < end) {
        struct directive directive;
        const char *mark = memchr(text, '%', (size_t)(end - text));
        luaL_addlstring(&out, text, (size_t)((mark != NULL ? mark : end) - text));
        if (mark == NULL)
            break;
        text = mark + 1;
        if (*text == '%') {
            luaL_addchar(&out, '%');
            text++;
            continue;
        }
        size_t taken = read_directive(text, &directive);
        if (taken == 0)
            return luaL_error(L, "format: use %%s, %%d or %%%%, with a width below 100");
        text += taken;
        if (++argument > argument_count)
            return luaL_error(L, "format: there are more directives than values");
        if (directive.kind == 'd')
            expect_number(L, "format", argument);
        push_text(L, "format", argument, &bytes);
        add_padded(L, &out, &directive);
    }
    luaL_pushresult(&out);
    return 1;
}

const struct builtin builtins[] = {
    {"concat", builtin_concat, "concat(list, separator)", "the list's texts and numbers, joined"},
    {"contains", builtin_contains, "contains(list, value)", "whether the value is in the list"},
    {"format", builtin_format, "format(text, ...)",
        "the text with each %s and %d replaced by the next value; %5d and %05d fill up"},
    {"ipairs", builtin_ipairs, "for i, value in ipairs(list) do", "each item of a list"},
    {"len", builtin_len, "len(list_or_text)", "how many items or characters"},
    {"max", builtin_max, "max(a, b)", "the largest of its numbers"},
    {"min", builtin_min, "min(a, b)", "the smallest of its numbers"},
    {"pairs", builtin_pairs, "for key, value in pairs(table) do",
        "each entry of a table: whole numbers in order, then texts in order"},
    {"tonumber", builtin_tonumber, "tonumber(text)", "the whole number that a text spells, or nil"},
    {"tostring", builtin_tostring, "tostring(value)", "a number, true, false or nil as text"},
    {"type", builtin_type, "type(value)",
        "\"nil\", \"boolean\", \"number\", \"string\", \"table\", \"function\" or \"pattern\""},
};
const size_t builtin_count = sizeof(builtins) / sizeof(builtins[0]);
