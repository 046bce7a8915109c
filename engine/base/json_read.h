/* Canonical JSON, read in place: no tree, no allocation but for unescaped strings.
 *
 * Made for the record's own lines. Call json_check once on bytes that somebody else could have
 * touched; the readers assert nothing about content and answer "not there" for a wrong type. */
#ifndef BASE_JSON_READ_H
#define BASE_JSON_READ_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/* Whether text is one well-formed JSON value: UTF-8, integers that fit int64, depth ≤ 16, no
 * duplicate or unsorted keys, no space. */
bool json_check(struct str text, struct err *reterr);

enum json_type { JSON_NONE, JSON_NULL, JSON_BOOL, JSON_INT, JSON_STR, JSON_ARRAY, JSON_OBJECT };

enum json_type json_type(struct str value);

/* The value of a key in an object, as raw JSON; empty when absent or not an object. Borrows. */
struct str json_get(struct str object, struct str key);
/* Several members in one walk. Keys in ascending order; what is not there comes back empty. */
void json_get_all(struct str object, const char *const *keys, size_t count, struct str *ret_values);

bool json_to_int(struct str value, int64_t *ret_number);
bool json_to_bool(struct str value, bool *ret_flag);
bool json_to_str(struct str value, struct arena *arena, struct str *ret_text); /* borrows the input
                                                                       when nothing is escaped */

/* Walks an array or object: start with *position = 0; false at the end. For objects ret_key gets
 * the raw key without quotes (canonical keys need no escapes); NULL is allowed for arrays. */
bool json_next(struct str container, size_t *position, struct str *ret_key, struct str *ret_value);
size_t json_count(struct str container);

#endif
