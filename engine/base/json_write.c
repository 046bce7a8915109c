/* Writing canonical JSON. What a caller could get wrong is asserted here, so that a record's line
 * that exists is canonical; floats have no function because they have no canonical text. */
#include "base/json_write.h"

#include <assert.h>

void json_write_init(struct json_write *json, struct buf *out)
{
    *json = (struct json_write){.out = out};
}

/* The comma and the checks that every value needs in front of it. */
static void begin_value(struct json_write *json)
{
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (json->depth == 0)
        return;
    int level = json->depth - 1;
    assert(!json->is_object[level]); /* in an object a value follows a key */
    if (json->has_item[level])
        buf_add_char(json->out, ',');
    json->has_item[level] = true;
}

static void open(struct json_write *json, bool is_object)
{
    assert(json->depth < JSON_WRITE_DEPTH);
    begin_value(json);
    buf_add_char(json->out, is_object ? '{' : '[');
    json->is_object[json->depth] = is_object;
    json->has_item[json->depth] = false;
    json->depth++;
}

void json_write_object(struct json_write *json)
{
    open(json, true);
}

void json_write_array(struct json_write *json)
{
    open(json, false);
}

void json_write_end(struct json_write *json)
{
    assert(json->depth > 0 && !json->after_key);
    json->depth--;
    buf_add_char(json->out, json->is_object[json->depth] ? '}' : ']');
}

static bool needs_escape(char c)
{
    return (unsigned char)c < 0x20 || c == '"' || c == '\\';
}

static void add_escaped(struct buf *out, char c)
{
    static const char short_names[0x20] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
    unsigned char byte = (unsigned char)c;
    if (byte >= 0x20)
        buf_format(out, "\\%c", c);
    else if (short_names[byte])
        buf_format(out, "\\%c", short_names[byte]);
    else
        buf_format(out, "\\u%04x", byte);
}

/* Runs that need no escape are copied whole; they are nearly everything. */
static void add_quoted(struct buf *out, struct str text)
{
    buf_add_char(out, '"');
    size_t start = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!needs_escape(text.ptr[i]))
            continue;
        buf_add(out, (struct str){text.ptr + start, i - start});
        add_escaped(out, text.ptr[i]);
        start = i + 1;
    }
    buf_add(out, str_after(text, start));
    buf_add_char(out, '"');
}

/* Keys are nearly all ours and ASCII; only a longer look tells whether another is UTF-8. */
static bool is_plain(struct str key)
{
    unsigned char seen = 0;
    for (size_t i = 0; i < key.len; i++) {
        if (needs_escape(key.ptr[i]))
            return false;
        seen |= (unsigned char)key.ptr[i];
    }
    return seen < 0x80 || str_is_utf8(key);
}

void json_write_key(struct json_write *json, struct str key)
{
    assert(json->depth > 0 && !json->after_key);
    int level = json->depth - 1;
    assert(json->is_object[level]);
    assert(is_plain(key)); /* readers compare keys as they stand */
    assert(!json->has_item[level] || str_cmp(json->last_key[level], key) < 0);
    if (json->has_item[level])
        buf_add_char(json->out, ',');
    add_quoted(json->out, key);
    buf_add_char(json->out, ':');
    json->has_item[level] = true;
    json->last_key[level] = key;
    json->after_key = true;
}

void json_write_str(struct json_write *json, struct str value)
{
    assert(str_is_utf8(value));
    begin_value(json);
    add_quoted(json->out, value);
}

void json_write_int(struct json_write *json, int64_t value)
{
    begin_value(json);
    buf_add_int(json->out, value);
}

void json_write_bool(struct json_write *json, bool value)
{
    begin_value(json);
    buf_add(json->out, value ? STR("true") : STR("false"));
}

void json_write_null(struct json_write *json)
{
    begin_value(json);
    buf_add(json->out, STR("null"));
}

void json_write_raw(struct json_write *json, struct str canonical)
{
    assert(canonical.len > 0);
    begin_value(json);
    buf_add(json->out, canonical);
}

void json_write_key_str(struct json_write *json, const char *key, struct str value)
{
    json_write_key(json, str_of(key));
    json_write_str(json, value);
}

void json_write_key_int(struct json_write *json, const char *key, int64_t value)
{
    json_write_key(json, str_of(key));
    json_write_int(json, value);
}

void json_write_key_bool(struct json_write *json, const char *key, bool value)
{
    json_write_key(json, str_of(key));
    json_write_bool(json, value);
}

void json_write_key_words(struct json_write *json, const char *key, const struct words *words)
{
    json_write_key(json, str_of(key));
    json_write_object(json);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        json_write_key_str(json, lang_names[lang], words->in[lang]);
    json_write_end(json);
}

void json_write_key_strs(struct json_write *json, const char *key, struct strs values)
{
    json_write_key(json, str_of(key));
    json_write_array(json);
    for (size_t i = 0; i < values.count; i++)
        json_write_str(json, values.items[i]);
    json_write_end(json);
}
