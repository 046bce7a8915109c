/* A table of ranges: the controls of ASCII, those of the second half, and the marks of direction.
 * The text need not be UTF-8; bytes that are not are let pass. */
#include "base/control.h"

static const struct range {
    unsigned first, last;
} ranges[] = {
    {0x00, 0x08},
    {0x0B, 0x1F},
    {0x7F, 0x9F},
    {0x061C, 0x061C},
    {0x200E, 0x200F},
    {0x202A, 0x202E},
    {0x2066, 0x2069},
};

/* The sign at the beginning and its length; signs of more than three bytes are none of these. */
static size_t decode(struct str s, unsigned *ret_code)
{
    const unsigned char *bytes = (const unsigned char *)s.ptr;
    size_t len = bytes[0] < 0xC0 ? 1 : bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : 4;
    *ret_code = bytes[0] < 0x80 ? bytes[0] : 0xFFFD;
    if (len > s.len)
        return 1;
    if (len == 2)
        *ret_code = (bytes[0] & 0x1Fu) << 6 | (bytes[1] & 0x3Fu);
    if (len == 3)
        *ret_code = (bytes[0] & 0x0Fu) << 12 | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu);
    return len;
}

static bool is_control(unsigned code)
{
    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
        if (code >= ranges[i].first && code <= ranges[i].last)
            return true;
    return false;
}

bool control_find(struct str s, struct str *ret_sign, unsigned *ret_code)
{
    while (s.len > 0) {
        unsigned code;
        size_t len = decode(s, &code);
        if (is_control(code)) {
            *ret_sign = (struct str){s.ptr, len};
            *ret_code = code;
            return true;
        }
        s = str_after(s, len);
    }
    return false;
}

void control_escape(struct str s, struct buf *out)
{
    struct str sign;
    unsigned code;
    while (control_find(s, &sign, &code)) {
        size_t before = (size_t)(sign.ptr - s.ptr);
        buf_add(out, (struct str){s.ptr, before});
        buf_format(out, "\\u%04x", code);
        s = str_after(s, before + sign.len);
    }
    buf_add(out, s);
}
