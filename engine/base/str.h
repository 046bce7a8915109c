/* A borrowed span of bytes: the only string type inside the engine.
 *
 * A span owns nothing. It is valid as long as what it points into: a literal, an arena, a file's
 * bytes. Spans are not NUL-terminated; print them with "%.*s" and STR_ARG. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
    const char *ptr;
    size_t len;
};

/* A list of spans; borrows both the array and what the spans point into. */
struct strs {
    const struct str *items;
    size_t count;
};

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_INIT(literal)                                                                          \
    {                                                                                              \
        "" literal, sizeof(literal) - 1                                                            \
    }
#define STR_ARG(s) (int)(s).len, (s).ptr

struct str str_of(const char *cstr); /* borrows; NULL gives the empty span */
bool str_eq(struct str a, struct str b);
bool str_is(struct str a, const char *cstr);
int str_cmp(struct str a, struct str b); /* by bytes, as in memcmp; a prefix sorts first */
bool str_starts_with(struct str s, struct str prefix);
struct str str_after(struct str s, size_t skip); /* the rest behind skip bytes; skip <= len */
struct str str_trim(struct str s);               /* without ASCII space at both ends */
bool str_cut(struct str s, char at, struct str *ret_before, struct str *ret_after);
bool strs_contain(struct strs list, struct str s);

/* Whether s is an identifier: [a-z0-9] then [a-z0-9_-]*, at most LIMIT_ID_BYTES. */
bool str_is_id(struct str s);

/* Whether s is valid UTF-8 without NUL, surrogates or over-long forms. */
bool str_is_utf8(struct str s);

/* A whole decimal number that fits; "-" is allowed in front. */
bool str_to_int64(struct str s, int64_t *ret_value);

/* The candidate that s was most likely meant to be, for "did you mean"; empty when none is close.
 */
struct str str_nearest(struct str s, struct strs candidates);

#endif
