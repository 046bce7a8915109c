/* From the rows of the event's kind to a Lua table, one small function a type of field. */
#include "script/happening.h"

static void push_str(lua_State *L, struct str text)
{
    if (text.len == 0)
        lua_pushnil(L);
    else
        lua_pushlstring(L, text.ptr, text.len);
}

static const void *value_of(const struct field *field, const void *body)
{
    return (const char *)body + field->offset;
}

static void push_int_field(lua_State *L, const struct field *field, const void *body)
{
    lua_pushinteger(L, *(const int64_t *)value_of(field, body));
}

static void push_bool_field(lua_State *L, const struct field *field, const void *body)
{
    lua_pushboolean(L, *(const bool *)value_of(field, body));
}

static void push_str_field(lua_State *L, const struct field *field, const void *body)
{
    push_str(L, field_str(field, body));
}

static void push_ids_field(lua_State *L, const struct field *field, const void *body)
{
    struct strs ids = field_strs(field, body);
    lua_createtable(L, (int)ids.count, 0);
    for (size_t i = 0; i < ids.count; i++) {
        push_str(L, ids.items[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void (*const pushers[FIELD_TYPE_COUNT])(lua_State *, const struct field *, const void *) = {
    [FIELD_INT] = push_int_field,
    [FIELD_MS] = push_int_field,
    [FIELD_BOOL] = push_bool_field,
    [FIELD_NAME] = push_str_field,
    [FIELD_ID] = push_str_field,
    [FIELD_IDS] = push_ids_field,
    [FIELD_STR] = push_str_field,
    [FIELD_TEXT] = NULL,
};

void happening_push(lua_State *L, const struct event *event)
{
    const struct event_kind_row *row = &event_kinds[event->kind];
    lua_createtable(L, 0, (int)row->fields.count + 3);
    for (size_t i = 0; i < row->fields.count; i++) {
        const struct field *field = &row->fields.rows[i];
        if (pushers[field->type] == NULL)
            continue;
        pushers[field->type](L, field, &event->body);
        lua_setfield(L, -2, field->name);
    }
    lua_pushstring(L, row->name);
    lua_setfield(L, -2, "kind");
    push_str(L, event->actor);
    lua_setfield(L, -2, "actor");
    lua_pushinteger(L, event->at_ms);
    lua_setfield(L, -2, "at_ms");
}
