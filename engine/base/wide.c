/* Full-width ASCII is a block that stands in the order of ASCII; the others are listed. */
#include "base/wide.h"

enum { BLOCK_FIRST = 0xFF01, BLOCK_LAST = 0xFF5E, BLOCK_OFFSET = 0xFEE0, WIDE_BYTES = 3 };
enum { NO_BREAK_SPACE = 0x00A0 }; /* of pages on the web */

static const struct {
    unsigned code;
    char plain;
} others[] = {
    {NO_BREAK_SPACE, ' '}, {0x2010, '-'}, {0x2013, '-'}, {0x2014, '-'}, {0x2015, '-'},
    {0x2018, '\''}, {0x2019, '\''}, {0x201C, '"'}, {0x201D, '"'}, {0x2212, '-'}, {0x3000, ' '},
    {0x3001, ','}, {0x300C, '"'}, {0x300D, '"'}, {0x300E, '"'}, {0x300F, '"'}, {0x3010, '['},
    {0x3011, ']'}, {0x30FC, '-'}, /* what the key of the hyphen gives in kana */
};

/* A character of two or three bytes; 0 for all others. */
static unsigned decode(struct str s, size_t *ret_bytes)
{
    const unsigned char *at = (const unsigned char *)s.ptr;
    if (s.len >= 2 && (at[0] & 0xE0) == 0xC0) {
        *ret_bytes = 2;
        return (at[0] & 0x1Fu) << 6 | (at[1] & 0x3Fu);
    }
    if (s.len < WIDE_BYTES || (at[0] & 0xF0) != 0xE0)
        return 0;
    *ret_bytes = WIDE_BYTES;
    return (at[0] & 0x0Fu) << 12 | (at[1] & 0x3Fu) << 6 | (at[2] & 0x3Fu);
}

bool wide_at(struct str s, struct wide *ret_wide)
{
    size_t bytes = 0;
    unsigned code = decode(s, &bytes);
    char plain = '\0';
    if (code >= BLOCK_FIRST && code <= BLOCK_LAST)
        plain = (char)(code - BLOCK_OFFSET);
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        if (others[i].code == code)
            plain = others[i].plain;
    if (plain == '\0')
        return false;
    *ret_wide = (struct wide){{s.ptr, bytes}, code, plain};
    return true;
}

bool wide_find(struct str s, struct wide *ret_wide)
{
    for (size_t i = 0; i < s.len; i++)
        if (wide_at(str_after(s, i), ret_wide))
            return true;
    return false;
}

bool wide_is_only_other(struct str s)
{
    size_t count = 0;
    struct wide wide;
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.ptr[i] < 0x80)
            continue;
        if (!wide_at(str_after(s, i), &wide))
            return false;
        i += wide.text.len - 1;
        count++;
    }
    return count > 0;
}

struct str wide_remedy(const struct wide *wide, struct arena *arena)
{
    const char *quote = wide->plain == '"' ? "'" : "\"";
    if (wide->plain == ' ')
        return arena_format(arena, "there is a %s space (U+%04X) in it; type an ordinary one",
            wide->code == NO_BREAK_SPACE ? "no-break" : "full-width", wide->code);
    return arena_format(arena, "\"%.*s\" (U+%04X) is no %s%c%s; type the half-width sign",
        STR_ARG(wide->text), wide->code, quote, wide->plain, quote);
}
