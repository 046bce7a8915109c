/* Breaking lines in two scripts.
 *
 * A line may be broken at a space, and on either side of a wide character, but for punctuation: no
 * line begins with a closing mark or ends with an opening one. The ranges of wide characters are
 * those that Japanese text uses; characters of ambiguous width count as narrow, as terminals with
 * a Western locale show them. */
#include "report/page.h"

#include <assert.h>
#include <string.h>

struct letter {
    uint32_t code;
    size_t len; /* bytes */
};

/* The text is UTF-8, or at least does no harm: a stray byte is a letter of its own. */
static struct letter letter_at(struct str text, size_t at)
{
    unsigned char first = (unsigned char)text.ptr[at];
    size_t len = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (len > text.len - at)
        return (struct letter){first, 1};
    uint32_t code = len == 1 ? first : first & (0x7fu >> len);
    for (size_t i = 1; i < len; i++)
        code = code << 6 | ((unsigned char)text.ptr[at + i] & 0x3fu);
    return (struct letter){code, len};
}

static bool is_wide(uint32_t code)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {{0x1100, 0x115f}, {0x2e80, 0x303e}, {0x3041, 0x4dbf}, {0x4e00, 0xa4cf},
        {0xac00, 0xd7a3}, {0xf900, 0xfaff}, {0xfe30, 0xfe4f}, {0xff00, 0xff60}, {0xffe0, 0xffe6},
        {0x1f300, 0x1faff}, {0x20000, 0x3fffd}};
    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
        if (code >= ranges[i].first && code <= ranges[i].last)
            return true;
    return false;
}

static int letter_width(uint32_t code)
{
    if (code < 0x20 || (code >= 0x300 && code <= 0x36f) || (code >= 0x200b && code <= 0x200f))
        return 0;
    return is_wide(code) ? 2 : 1;
}

int page_width(struct str text)
{
    int width = 0;
    for (size_t at = 0; at < text.len;) {
        struct letter letter = letter_at(text, at);
        width += letter_width(letter.code);
        at += letter.len;
    }
    return width;
}

struct str page_fit(struct str text, int columns, char *room, size_t room_bytes)
{
    static const char dots[] = "…";
    if (page_width(text) <= columns)
        return text;
    size_t at = 0;
    int width = 0;
    while (at < text.len) {
        struct letter letter = letter_at(text, at);
        if (width + letter_width(letter.code) > columns - 1 ||
            at + letter.len + sizeof(dots) > room_bytes)
            break;
        width += letter_width(letter.code);
        at += letter.len;
    }
    memcpy(room, text.ptr, at);
    memcpy(room + at, dots, sizeof(dots) - 1);
    return (struct str){room, at + sizeof(dots) - 1};
}

void page_cell(struct buf *out, struct str text, int columns)
{
    char room[4 * PAGE_COLUMNS];
    struct str fitted = page_fit(text, columns, room, sizeof(room));
    buf_add(out, fitted);
    for (int width = page_width(fitted); width < columns; width++)
        buf_add_char(out, ' ');
}

/* ---- paragraphs ---- */

static bool is_space(uint32_t code)
{
    return code <= ' ' || code == 0x3000;
}

static bool is_one_of(uint32_t code, const char *letters)
{
    struct str list = {letters, strlen(letters)};
    for (size_t at = 0; at < list.len;) {
        struct letter letter = letter_at(list, at);
        if (letter.code == code)
            return true;
        at += letter.len;
    }
    return false;
}

static bool is_closing(uint32_t code)
{
    return is_one_of(
        code, "、。，．）］」』】〕・：；？！ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ)],.!?;:%”’");
}

static bool is_opening(uint32_t code)
{
    return is_one_of(code, "（［「『【〔([“‘");
}

/* The next piece that no line break may divide; at stands on its first letter. */
static struct str next_piece(struct str text, size_t at)
{
    size_t end = at;
    bool has_wide = false, is_open = true;
    while (end < text.len) {
        struct letter letter = letter_at(text, end);
        if (is_space(letter.code))
            break;
        bool wide = is_wide(letter.code), closing = is_closing(letter.code);
        /* A wide letter can begin a line unless it closes; after one, anything can. */
        if (end > at && !is_open && !closing && (wide || has_wide))
            break;
        end += letter.len;
        has_wide = wide;
        is_open = is_opening(letter.code);
    }
    return (struct str){text.ptr + at, end - at};
}

void page_paragraph(struct buf *out, struct str first, struct str text)
{
    int indent = page_width(first), column = indent;
    bool is_fresh = true, space = false;
    buf_add(out, first);
    for (size_t at = 0; at < text.len;) {
        struct letter letter = letter_at(text, at);
        if (is_space(letter.code)) {
            space = true;
            at += letter.len;
            continue;
        }
        struct str piece = next_piece(text, at);
        int width = page_width(piece);
        bool apart = space && !is_fresh;
        if (!is_fresh && column + width + apart > PAGE_COLUMNS) {
            buf_format(out, "\n%*s", indent, "");
            column = indent;
            apart = false;
        }
        buf_format(out, "%s%.*s", apart ? " " : "", STR_ARG(piece));
        column += width + apart;
        is_fresh = space = false;
        at += piece.len;
    }
    buf_add_char(out, '\n');
}

void page_rule(struct buf *out, char with)
{
    for (int i = 0; i < PAGE_COLUMNS; i++)
        buf_add_char(out, with);
    buf_add_char(out, '\n');
}
