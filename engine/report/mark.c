/* A backslash before what has a meaning anywhere in a line, and before what has one at its start.
 *
 * "<" and "&" become entities, because not every reader of Markdown turns raw HTML off. Addresses
 * that some readers make into links by themselves are broken with a backslash as well: a report
 * must not carry a link that somebody in the room made up. */
#include "report/mark.h"

#include <string.h>

#include "base/control.h"
#include "report/html.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* How many digits stand in front of a dot that would make a list of it. */
static size_t number_len(struct str text)
{
    size_t len = 0;
    while (len < text.len && is_digit(text.ptr[len]))
        len++;
    return len;
}

/* Whether a sign begins a list, a heading or a quote when it stands first. */
static bool begins_block(struct str text)
{
    size_t at = number_len(text);
    if (memchr("#+-=:", text.ptr[0], 5) != NULL)
        return true;
    return at > 0 && at < text.len && (text.ptr[at] == '.' || text.ptr[at] == ')');
}

static bool is_address(struct str text, size_t at)
{
    struct str rest = str_after(text, at);
    return str_starts_with(rest, STR("://")) ||
           (text.ptr[at] == '.' && at >= 3 && strncmp(text.ptr + at - 3, "www", 3) == 0);
}

static void add_sign(struct buf *out, struct str text, size_t at)
{
    char sign = text.ptr[at];
    if (sign == '\n' || sign == '\r' || sign == '\t') {
        buf_add_char(out, ' ');
    } else if (sign == '<' || sign == '>' || sign == '&') {
        html_escape((struct str){text.ptr + at, 1}, out);
    } else if (sign == '@') {
        buf_add(out, STR("&#64;"));
    } else {
        if (memchr("\\`*_[]|~$", sign, 9) != NULL || is_address(text, at))
            buf_add_char(out, '\\');
        buf_add_char(out, sign);
    }
}

/* Text without any of the signs that control_find tells; `at` is where it is taken up. */
static void escape_clean(struct str text, size_t at, size_t end, struct buf *out)
{
    for (; at < end; at++)
        add_sign(out, text, at);
}

void mark_escape(struct str text, struct buf *out)
{
    struct str rest = text = str_trim(text), sign;
    unsigned code;
    size_t at = 0;
    if (text.len != 0 && begins_block(text)) {
        /* "1." is escaped before its dot, anything else before itself. */
        at = number_len(text);
        buf_add(out, (struct str){text.ptr, at});
        buf_add_char(out, '\\');
        buf_add_char(out, text.ptr[at++]);
        rest = str_after(text, at);
    }
    while (control_find(rest, &sign, &code)) {
        size_t found = (size_t)(sign.ptr - text.ptr);
        escape_clean(text, at, found, out);
        buf_add(out, sign.len == 1 && sign.ptr[0] == '\r' ? STR(" ") : STR("\xEF\xBF\xBD"));
        at = found + sign.len;
        rest = str_after(text, at);
    }
    escape_clean(text, at, text.len, out);
}
