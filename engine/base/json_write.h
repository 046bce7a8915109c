/* Canonical JSON, written once: sorted keys, integers only, no space, UTF-8 as it is.
 *
 * Equal values give equal bytes, which is what the hash chain and "same record, same score" need.
 * The writer asserts that keys come in ascending byte order and that text is UTF-8. */
#ifndef BASE_JSON_WRITE_H
#define BASE_JSON_WRITE_H

#include "base/buf.h"
#include "base/str.h"
#include "base/words.h"

enum { JSON_WRITE_DEPTH = 16 };

/* Borrows the buffer it appends to. Plain data; initialise with json_write_init. */
struct json_write {
    struct buf *out;
    int depth;
    bool is_object[JSON_WRITE_DEPTH];
    bool has_item[JSON_WRITE_DEPTH];
    struct str last_key[JSON_WRITE_DEPTH]; /* borrowed: keys must live until their object closes */
    bool after_key;
};

void json_write_init(struct json_write *json, struct buf *out);
void json_write_object(struct json_write *json);
void json_write_array(struct json_write *json);
void json_write_end(struct json_write *json); /* closes the innermost object or array */
void json_write_key(struct json_write *json, struct str key);
void json_write_str(struct json_write *json, struct str value);
void json_write_int(struct json_write *json, int64_t value);
void json_write_bool(struct json_write *json, bool value);
void json_write_null(struct json_write *json);
void json_write_raw(struct json_write *json, struct str canonical); /* already canonical */

/* Key and value in one. */
void json_write_key_str(struct json_write *json, const char *key, struct str value);
void json_write_key_int(struct json_write *json, const char *key, int64_t value);
void json_write_key_bool(struct json_write *json, const char *key, bool value);
void json_write_key_words(struct json_write *json, const char *key, const struct words *words);
void json_write_key_strs(struct json_write *json, const char *key, struct strs values);

#endif
