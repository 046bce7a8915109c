/* The JSON readers on any bytes: the walkers stay inside them, and what json_check accepts the
 * writer writes back byte for byte, but for escapes. */
#include <stdint.h>
#include <stdlib.h>

#include "base/json_read.h"
#include "base/json_write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void walk(struct str text, int depth, struct arena *arena)
{
    size_t position = 0;
    struct str key = STR(""), value, unescaped;
    (void)json_to_str(text, arena, &unescaped);
    while (depth > 0 && json_next(text, &position, &key, &value)) {
        if (value.ptr < text.ptr || value.ptr + value.len > text.ptr + text.len)
            abort();
        walk(value, depth - 1, arena);
    }
}

static void copy_value(struct json_write *json, struct str value, struct arena *arena);

static void copy_items(struct json_write *json, struct str value, struct arena *arena)
{
    size_t position = 0;
    struct str key, item;
    bool is_object = json_type(value) == JSON_OBJECT;
    if (is_object)
        json_write_object(json);
    else
        json_write_array(json);
    while (json_next(value, &position, &key, &item)) {
        if (is_object)
            json_write_key(json, key);
        copy_value(json, item, arena);
    }
    json_write_end(json);
}

static void copy_value(struct json_write *json, struct str value, struct arena *arena)
{
    int64_t number;
    bool flag;
    struct str text;
    if (json_type(value) == JSON_OBJECT || json_type(value) == JSON_ARRAY)
        copy_items(json, value, arena);
    else if (json_to_int(value, &number))
        json_write_int(json, number);
    else if (json_to_bool(value, &flag))
        json_write_bool(json, flag);
    else if (json_to_str(value, arena, &text))
        json_write_str(json, text);
    else
        json_write_null(json);
}

static bool has_escapes(struct str text)
{
    struct str before, after;
    return str_cut(text, '\\', &before, &after);
}

static void check_writes_back(struct str text, struct arena *arena)
{
    struct buf buf = {0};
    struct json_write json;
    json_write_init(&json, &buf);
    copy_value(&json, text, arena);
    if (!json_check(buf_str(&buf), NULL))
        abort();
    if (!has_escapes(text) && !str_eq(text, buf_str(&buf)))
        abort();
    buf_fini(&buf);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct str text = {(const char *)data, size};
    struct err err;
    walk(text, 8, &arena);
    if (json_check(text, &err))
        check_writes_back(text, &arena);
    arena_fini(&arena);
    return 0;
}
