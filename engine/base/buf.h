/* A growing byte buffer on the heap, for output whose size is not known beforehand. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* Owns its bytes; a zeroed buffer is empty and ready. */
struct buf {
    char *ptr;
    size_t len;
    size_t capacity;
};

void buf_fini(struct buf *buf);
void buf_clear(struct buf *buf); /* keeps the memory */
void buf_add(struct buf *buf, struct str s);
void buf_add_char(struct buf *buf, char c);
void buf_add_int(struct buf *buf, int64_t value); /* in decimal */
void buf_format(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_format_list(struct buf *buf, const char *format, va_list args);
struct str buf_str(const struct buf *buf); /* borrows until the next change */

#endif
