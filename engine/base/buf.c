/* A growing byte buffer. Room doubles, so that n appended bytes cost O(n); it never shrinks. */
#include "base/buf.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BUF_FIRST_BYTES = 256 };

void buf_fini(struct buf *buf)
{
    if (!buf)
        return;
    free(buf->ptr);
    *buf = (struct buf){0};
}

void buf_clear(struct buf *buf)
{
    buf->len = 0;
}

static void make_room(struct buf *buf, size_t more_bytes)
{
    if (buf->capacity - buf->len >= more_bytes)
        return;
    if (more_bytes > SIZE_MAX / 4 || buf->len > SIZE_MAX / 4)
        abort();
    size_t capacity = buf->capacity > 0 ? buf->capacity : BUF_FIRST_BYTES;
    while (capacity - buf->len < more_bytes)
        capacity *= 2;
    char *moved = realloc(buf->ptr, capacity);
    if (!moved)
        abort();
    buf->ptr = moved;
    buf->capacity = capacity;
}

void buf_add(struct buf *buf, struct str s)
{
    if (s.len == 0)
        return;
    make_room(buf, s.len);
    memcpy(buf->ptr + buf->len, s.ptr, s.len);
    buf->len += s.len;
}

void buf_add_char(struct buf *buf, char c)
{
    make_room(buf, 1);
    buf->ptr[buf->len++] = c;
}

/* Every event holds several numbers: printf was a tenth of what keeping one cost. */
void buf_add_int(struct buf *buf, int64_t value)
{
    char digits[20];
    size_t at = sizeof(digits);
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (value < 0)
        digits[--at] = '-';
    buf_add(buf, (struct str){digits + at, sizeof(digits) - at});
}

void buf_format(struct buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_format_list(buf, format, args);
    va_end(args);
}

void buf_format_list(struct buf *buf, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    make_room(buf, 1);
    size_t room = buf->capacity - buf->len;
    int len = vsnprintf(buf->ptr + buf->len, room, format, again);
    va_end(again);
    assert(len >= 0);
    if ((size_t)len >= room) {           /* rare: then it is formatted again */
        make_room(buf, (size_t)len + 1); /* vsnprintf ends with a NUL; it is not counted */
        vsnprintf(buf->ptr + buf->len, (size_t)len + 1, format, args);
    }
    buf->len += (size_t)len;
}

struct str buf_str(const struct buf *buf)
{
    return buf->len > 0 ? (struct str){buf->ptr, buf->len} : STR("");
}
