/* A backslash before what has a meaning anywhere in a line, and before what has one at its start.
 *
 * "<" and "&" become entities, because not every reader of Markdown turns raw HTML off. Addresses
 * that some readers make into links by themselves are broken with a backslash as well: a report
 * must not carry a link that somebody in the room made up. */
#include "report/mark.h"

#include <string.h>

#include "report/html.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Whether a sign begins a list, a heading or a quote when it stands first. */
static bool begins_block(struct str text)
{
    size_t at = 0;
    if (memchr("#+-=:", text.ptr[0], 5) != NULL)
        return true;
    while (at < text.len && is_digit(text.ptr[at]))
        at++;
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

void mark_escape(struct str text, struct buf *out)
{
    text = str_trim(text);
    struct buf clean = {0};
    for (size_t at = 0; at < text.len; at++) {
        if (at == 0 && begins_block(text)) {
            /* "1." is escaped before its dot, anything else before itself. */
            while (at < text.len && is_digit(text.ptr[at]))
                buf_add_char(&clean, text.ptr[at++]);
            buf_add_char(&clean, '\\');
            buf_add_char(&clean, text.ptr[at]);
            continue;
        }
        unsigned char byte = (unsigned char)text.ptr[at];
        if ((byte < 0x20 && memchr("\n\r\t", byte, 3) == NULL) || byte == 0x7f)
            buf_add(&clean, STR("\xEF\xBF\xBD"));
        else
            add_sign(&clean, text, at);
    }
    buf_add(out, buf_str(&clean));
    buf_fini(&clean);
}
