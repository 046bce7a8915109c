/* Reading and writing of table-described structs. See field.h. */
#include "core/field.h"

#include <assert.h>
#include <string.h>

#include "base/json_read.h"
#include "base/limits.h"

const char *const field_type_names[FIELD_TYPE_COUNT] = {
    "integer", "duration", "true/false", "name", "id", "ids", "words", "text"};
const char *const field_of_names[FIELD_OF_COUNT] = {"", "role, stakeholder or room", "role", "seat",
    "stakeholder", "fact", "inject", "message", "question", "option", "action", "status",
    "world value", "phase", "person", "slot", "hint"};

const struct field *field_find(struct fields fields, struct str name)
{
    for (size_t i = 0; i < fields.count; i++)
        if (str_is(name, fields.rows[i].name))
            return &fields.rows[i];
    return NULL;
}

static const void *at(const struct field *field, const void *body)
{
    return (const char *)body + field->offset;
}

static void write_int(const struct field *field, const void *value, struct json_write *json)
{
    int64_t number = *(const int64_t *)value;
    if (number != 0)
        json_write_key_int(json, field->name, number);
}

static void write_bool(const struct field *field, const void *value, struct json_write *json)
{
    if (*(const bool *)value)
        json_write_key_bool(json, field->name, true);
}

static void write_name(const struct field *field, const void *value, struct json_write *json)
{
    int number = *(const int *)value;
    assert(number >= 0 && number < field->name_count);
    if (field->names[number][0] != '\0')
        json_write_key_str(json, field->name, str_of(field->names[number]));
}

static void write_str(const struct field *field, const void *value, struct json_write *json)
{
    struct str text = *(const struct str *)value;
    if (text.len != 0)
        json_write_key_str(json, field->name, text);
}

static void write_strs(const struct field *field, const void *value, struct json_write *json)
{
    struct strs list = *(const struct strs *)value;
    if (list.count != 0)
        json_write_key_strs(json, field->name, list);
}

static bool read_int(const struct field *field, struct str raw, struct arena *arena, void *value)
{
    (void)field, (void)arena;
    return json_to_int(raw, value);
}

/* Sums of lengths are taken without a further look. */
static bool read_ms(const struct field *field, struct str raw, struct arena *arena, void *value)
{
    int64_t ms;
    (void)field, (void)arena;
    if (!json_to_int(raw, &ms) || ms < 0 || ms > LIMIT_JUMP_MS)
        return false;
    *(int64_t *)value = ms;
    return true;
}

static bool read_bool(const struct field *field, struct str raw, struct arena *arena, void *value)
{
    (void)field, (void)arena;
    return json_to_bool(raw, value);
}

static bool read_name(const struct field *field, struct str raw, struct arena *arena, void *value)
{
    struct str word;
    return json_to_str(raw, arena, &word) &&
           def_name_find(field->names, (size_t)field->name_count, word, value);
}

static bool read_str(const struct field *field, struct str raw, struct arena *arena, void *value)
{
    (void)field;
    return json_to_str(raw, arena, value);
}

static bool read_strs(const struct field *field, struct str raw, struct arena *arena, void *value)
{
    (void)field;
    size_t count = json_count(raw);
    if (json_type(raw) != JSON_ARRAY || count > LIMIT_LIST_ITEMS)
        return false;
    struct str *items = ARENA_ARRAY(arena, count, struct str);
    size_t position = 0;
    struct str item;
    for (size_t i = 0; i < count; i++)
        if (!json_next(raw, &position, NULL, &item) || !json_to_str(item, arena, &items[i]))
            return false;
    *(struct strs *)value = (struct strs){items, count};
    return true;
}

static const struct {
    void (*write)(const struct field *field, const void *value, struct json_write *json);
    bool (*read)(const struct field *field, struct str raw, struct arena *arena, void *value);
} types[FIELD_TYPE_COUNT] = {
    [FIELD_INT] = {write_int, read_int},
    [FIELD_MS] = {write_int, read_ms},
    [FIELD_BOOL] = {write_bool, read_bool},
    [FIELD_NAME] = {write_name, read_name},
    [FIELD_ID] = {write_str, read_str},
    [FIELD_IDS] = {write_strs, read_strs},
    [FIELD_STR] = {write_str, read_str},
    [FIELD_TEXT] = {write_str, read_str},
};

void field_write(struct fields fields, const void *body, unsigned see, struct json_write *json)
{
    for (size_t i = 0; i < fields.count; i++) {
        const struct field *field = &fields.rows[i];
        if (see == FIELD_WRITE_ALL || (field->see & see) != 0)
            types[field->type].write(field, at(field, body), json);
    }
}

bool field_read(
    struct fields fields, struct str object, struct arena *arena, void *body, struct err *reterr)
{
    if (json_type(object) != JSON_OBJECT)
        return err_set(reterr, ERR_IO, "expected a JSON object");
    size_t position = 0;
    struct str key, raw;
    while (json_next(object, &position, &key, &raw)) {
        const struct field *field = field_find(fields, key);
        if (field == NULL)
            return err_set(reterr, ERR_IO, "unknown field \"%.*s\"", STR_ARG(key));
        if (!types[field->type].read(field, raw, arena, (char *)body + field->offset))
            return err_set(reterr, ERR_IO, "field \"%.*s\" is not a valid %s", STR_ARG(key),
                field_type_names[field->type]);
    }
    return true;
}

struct str field_str(const struct field *field, const void *body)
{
    if (field->type == FIELD_NAME)
        return str_of(field->names[*(const int *)at(field, body)]);
    if (field->type == FIELD_BOOL)
        return *(const bool *)at(field, body) ? STR("true") : STR("false");
    assert(field->type == FIELD_ID || field->type == FIELD_STR || field->type == FIELD_TEXT);
    return *(const struct str *)at(field, body);
}

struct strs field_strs(const struct field *field, const void *body)
{
    if (field->type == FIELD_ID)
        return (struct strs){at(field, body), 1};
    assert(field->type == FIELD_IDS);
    return *(const struct strs *)at(field, body);
}
