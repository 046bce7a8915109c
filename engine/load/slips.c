/* A Japanese author types ： for : and a space that nobody sees; nearly everybody forgets that a
 * text with ": " in it needs quotes.
 *
 * Whether such a sign was meant is a guess from what stands around it on the line, which is made
 * only when the file could not be read: in a text of a sound file no sign is ever doubted. */
#include "load/slips.h"

#include <string.h>

#include "base/wide.h"

enum {
    LINES_BACK = 40,  /* what is farther up was hardly the cause */
    LINE_BYTES = 4096 /* of a line: whether a sign is meant takes a look at all of it */
};

struct str slips_line(struct str bytes, int line)
{
    struct str text = STR(""), rest = bytes;
    for (int i = 0; i < line; i++)
        if (!str_cut(rest, '\n', &text, &rest)) {
            text = rest;
            rest = STR("");
        }
    return text;
}

static int column_of(struct str before)
{
    int column = 1;
    for (size_t i = 0; i < before.len; i++)
        column += ((unsigned char)before.ptr[i] & 0xC0) != 0x80;
    return column;
}

/* The bytes up to the end of the column's character. */
static size_t bytes_to(struct str line, int column)
{
    size_t at = 0;
    for (int passed = 0; at < line.len; at++) {
        passed += ((unsigned char)line.ptr[at] & 0xC0) != 0x80;
        if (passed > column)
            break;
    }
    return at;
}

/* ---- what stands around a sign ---- */

static bool is_key_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

static bool ends_with_one(struct str s, const char *signs)
{
    return s.len > 0 && strchr(signs, s.ptr[s.len - 1]) != NULL;
}

static struct str without_end(struct str s, size_t count)
{
    return (struct str){s.ptr, s.len - count};
}

/* Without spaces of any width, and without the marks of lists. */
static struct str skip_indent(struct str s)
{
    struct wide wide;
    while (s.len > 0) {
        if (s.ptr[0] == ' ' || s.ptr[0] == '-' || s.ptr[0] == '\t')
            s = str_after(s, 1);
        else if (wide_at(s, &wide) && (wide.plain == ' ' || wide.plain == '-'))
            s = str_after(s, wide.text.len);
        else
            break;
    }
    return s;
}

static bool is_indent(struct str before)
{
    return skip_indent(before).len == 0;
}

/* `key:`, in either width, at the beginning. */
static bool starts_with_key(struct str after)
{
    struct str rest = skip_indent(after);
    size_t len = 0;
    struct wide wide;
    while (len < rest.len && is_key_char(rest.ptr[len]))
        len++;
    struct str colon = str_after(rest, len);
    return len > 0 &&
           (str_starts_with(colon, STR(":")) || (wide_at(colon, &wide) && wide.plain == ':'));
}

/* A key at the end, where one may stand: at the beginning of the line, or behind { or a comma. */
static bool ends_with_key(struct str before)
{
    size_t len = before.len;
    while (len > 0 && is_key_char(before.ptr[len - 1]))
        len--;
    struct str outside = str_trim(without_end(before, before.len - len));
    return len < before.len && (is_indent(outside) || ends_with_one(outside, "{,"));
}

static bool begins_value(struct str before)
{
    return is_indent(before) || ends_with_one(str_trim(before), ":,[{");
}

static bool holds_colon(struct str text)
{
    for (size_t i = 0; i + 1 < text.len; i++)
        if (text.ptr[i] == ':' && text.ptr[i + 1] == ' ')
            return true;
    return false;
}

static bool is_slip(const struct wide *wide, struct str before, struct str after)
{
    struct str rest = str_trim(after);
    switch (wide->plain) {
    case ' ':
        return (is_indent(before) && starts_with_key(after)) ||
               (ends_with_one(before, ":") && ends_with_key(without_end(before, 1)));
    case ':':
        return ends_with_key(before);
    case ',':
        return starts_with_key(after);
    case '-':
        return is_indent(before) && skip_indent(after).len < after.len;
    case '"':
        return begins_value(before) && holds_colon(after);
    case '{':
    case '[':
        return begins_value(before);
    case '}':
    case ']':
        return rest.len == 0 || strchr("},]", rest.ptr[0]) != NULL;
    default:
        return wide->plain == '#' && is_indent(before);
    }
}

/* Among the first `most` bytes. */
static bool find_in_line(struct str line, size_t most, size_t *ret_at, struct wide *ret_wide)
{
    for (size_t i = 0; i < most; i++) {
        struct str before = {line.ptr, i};
        if (!wide_at(str_after(line, i), ret_wide) ||
            !is_slip(ret_wide, before, str_after(line, i + ret_wide->text.len)))
            continue;
        *ret_at = i;
        return true;
    }
    return false;
}

bool slips_wide(const struct slips_stumble *stumble, struct arena *arena, struct place *ret_place,
    struct str *ret_remedy)
{
    int first = stumble->line - LINES_BACK;
    first = first < stumble->began_line ? stumble->began_line : first;
    for (int number = stumble->line; number >= first && number > 0; number--) {
        struct str line = slips_line(stumble->bytes, number);
        line.len = line.len < LINE_BYTES ? line.len : LINE_BYTES;
        size_t at;
        struct wide wide;
        size_t most = number == stumble->line ? bytes_to(line, stumble->column) : line.len;
        if (!find_in_line(line, most, &at, &wide))
            continue;
        ret_place->line = number;
        ret_place->column = column_of((struct str){line.ptr, at});
        *ret_remedy = wide_remedy(&wide, arena);
        return true;
    }
    return false;
}

bool slips_is_key(struct str text)
{
    return starts_with_key(text);
}

/* A colon behind the first on a line: what stands between them was meant as a text. */
bool slips_is_colon(const struct slips_stumble *stumble)
{
    struct str line = slips_line(stumble->bytes, stumble->line);
    size_t at = bytes_to(line, stumble->column);
    return at > 0 && line.ptr[at - 1] == ':' && holds_colon((struct str){line.ptr, at - 1});
}

/* The length of the character in front; 0 when there is none. */
static size_t first_bytes(struct str s)
{
    for (size_t len = 1; len <= 4 && len <= s.len; len++)
        if (str_is_utf8((struct str){s.ptr, len}))
            return len;
    return 0;
}

bool slips_not_utf8(struct str bytes, int *ret_line, int *ret_column)
{
    if (str_is_utf8(bytes))
        return false;
    struct str line, rest = bytes;
    int number = 1;
    while (str_cut(rest, '\n', &line, &rest) && str_is_utf8(line))
        number++;
    line = slips_line(bytes, number);
    size_t sound = 0, len;
    while ((len = first_bytes(str_after(line, sound))) > 0)
        sound += len;
    *ret_line = number;
    *ret_column = column_of((struct str){line.ptr, sound});
    return true;
}
