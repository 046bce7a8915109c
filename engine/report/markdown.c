/* Markdown: a small honest part of it, the same as the pages draw (web/assets/markdown.js), with
 * headings, quotes and tables besides.
 *
 * It reads line by line and never fails: what is no mark is text. There are no links and no
 * pictures, since what is printed leads nowhere; a list has one level. */
#include "report/markdown.h"

#include <string.h>

enum { QUOTE_DEPTH = 3 };

/* The lines that are still to be read. */
struct lines {
    struct str rest;
};

static struct str peek_line(const struct lines *lines)
{
    struct str line, after;
    return str_cut(lines->rest, '\n', &line, &after) ? line : lines->rest;
}

static struct str next_line(struct lines *lines)
{
    struct str line = peek_line(lines);
    lines->rest = str_after(lines->rest, line.len + (line.len < lines->rest.len));
    return line;
}

static bool is_blank(struct str line)
{
    return str_trim(line).len == 0;
}

/* ---- inside a line ---- */

/* What stands between the mark that the text begins with and the same mark; empty: nothing. */
static struct str marked(struct str text, struct str mark)
{
    struct str inside = str_after(text, mark.len);
    for (size_t i = 0; i + mark.len <= inside.len; i++)
        if (memcmp(inside.ptr + i, mark.ptr, mark.len) == 0)
            return i > 0 && inside.ptr[0] != ' ' ? (struct str){inside.ptr, i} : STR("");
        else if (inside.ptr[i] == mark.ptr[0])
            break;
    return STR("");
}

static const struct {
    struct str mark;
    const char *element;
} marks[] = {{STR_INIT("**"), "strong"}, {STR_INIT("*"), "em"}, {STR_INIT("`"), "code"}};

/* Draws the span that the text begins with; the bytes that it took, or 0. */
static size_t write_marked(struct html *html, struct str text)
{
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        if (!str_starts_with(text, marks[i].mark))
            continue;
        struct str inside = marked(text, marks[i].mark);
        if (inside.len > 0)
            html_element(html, marks[i].element, NULL, inside);
        return inside.len > 0 ? inside.len + 2 * marks[i].mark.len : 0;
    }
    return 0;
}

/* Marks that open nothing are text, all of a run. */
static void write_inline(struct html *html, struct str text)
{
    while (text.len > 0) {
        size_t plain = 0;
        while (plain < text.len && text.ptr[plain] != '*' && text.ptr[plain] != '`')
            plain++;
        html_text(html, (struct str){text.ptr, plain});
        text = str_after(text, plain);
        size_t took = write_marked(html, text), run = 0;
        while (took == 0 && run < text.len && text.ptr[run] == text.ptr[0])
            run++;
        html_text(html, (struct str){text.ptr, run});
        text = str_after(text, took + run);
    }
}

/* Whether three bytes are a letter or sign of Japanese, beside which no space is written. */
static bool is_wide(const char *bytes)
{
    const unsigned char *at = (const unsigned char *)bytes;
    return (at[0] >= 0xE3 && at[0] <= 0xE9) || (at[0] == 0xEF && at[1] >= 0xBC);
}

/* One more line of a paragraph; Japanese lines are joined without a space. */
static void join_line(struct buf *buf, struct str line)
{
    line = str_trim(line);
    bool is_tight =
        buf->len >= 3 && line.len >= 3 && is_wide(buf->ptr + buf->len - 3) && is_wide(line.ptr);
    if (buf->len > 0 && !is_tight)
        buf_add_char(buf, ' ');
    buf_add(buf, line);
}

/* ---- blocks ---- */

static size_t heading_level(struct str line)
{
    size_t level = 0;
    while (level < line.len && level < 6 && line.ptr[level] == '#')
        level++;
    return level < line.len && line.ptr[level] == ' ' ? level : 0;
}

/* "* ", "- " or "12. ": the length of the mark, spaces before it included; 0: no item. */
static size_t item_mark(struct str line, bool *ret_numbered)
{
    size_t at = 0, digits = 0;
    while (at < line.len && line.ptr[at] == ' ')
        at++;
    while (at + digits < line.len && line.ptr[at + digits] >= '0' && line.ptr[at + digits] <= '9')
        digits++;
    *ret_numbered = digits > 0;
    at += digits;
    if (at + 1 >= line.len || line.ptr[at + 1] != ' ')
        return 0;
    bool is_mark = digits > 0 ? line.ptr[at] == '.' : line.ptr[at] == '*' || line.ptr[at] == '-';
    return is_mark ? at + 2 : 0;
}

static bool begins_block(struct str line)
{
    bool numbered;
    return is_blank(line) || line.ptr[0] == '>' || line.ptr[0] == '|' || heading_level(line) > 0 ||
           item_mark(line, &numbered) > 0;
}

static void write_joined(struct html *html, const char *element, struct buf *text)
{
    html_open(html, element);
    write_inline(html, buf_str(text));
    html_close(html);
    buf_fini(text);
}

/* At least one line, whatever it begins with: what is no other block ends up here. */
static void write_paragraph(struct html *html, struct lines *lines)
{
    struct buf text = {0};
    do
        join_line(&text, next_line(lines));
    while (lines->rest.len > 0 && !begins_block(peek_line(lines)));
    write_joined(html, "p", &text);
}

/* Items of one kind; an indented line goes on with its item, a blank line may stand between two. */
static void write_list(struct html *html, struct lines *lines)
{
    bool numbered, is_numbered;
    item_mark(peek_line(lines), &numbered);
    html_open(html, numbered ? "ol" : "ul");
    while (lines->rest.len > 0) {
        struct lines ahead = *lines;
        while (ahead.rest.len > 0 && is_blank(peek_line(&ahead)))
            next_line(&ahead);
        size_t mark = item_mark(peek_line(&ahead), &is_numbered);
        if (mark == 0 || is_numbered != numbered)
            break;
        struct buf text = {0};
        join_line(&text, str_after(next_line(&ahead), mark));
        while (ahead.rest.len > 0 && peek_line(&ahead).len > 0 && peek_line(&ahead).ptr[0] == ' ' &&
               !begins_block(peek_line(&ahead)))
            join_line(&text, next_line(&ahead));
        write_joined(html, "li", &text);
        *lines = ahead;
    }
    html_close(html);
}

static void write_blocks(struct html *html, struct str text, int depth);

static void write_quote(struct html *html, struct lines *lines, int depth)
{
    struct buf inside = {0};
    while (lines->rest.len > 0 && str_starts_with(peek_line(lines), STR(">"))) {
        struct str line = str_after(next_line(lines), 1);
        buf_add(&inside, str_starts_with(line, STR(" ")) ? str_after(line, 1) : line);
        buf_add_char(&inside, '\n');
    }
    html_open(html, "blockquote");
    write_blocks(html, buf_str(&inside), depth + 1);
    html_close(html);
    buf_fini(&inside);
}

/* "| --- | :-: |": the line under the heads of a table. */
static bool is_table_rule(struct str line)
{
    bool has_dash = false;
    for (size_t i = 0; i < line.len; i++) {
        has_dash = has_dash || line.ptr[i] == '-';
        if (memchr("|-: ", line.ptr[i], 4) == NULL)
            return false;
    }
    return has_dash;
}

static bool is_table(struct lines lines)
{
    return str_starts_with(next_line(&lines), STR("|")) && is_table_rule(peek_line(&lines));
}

static void write_row(struct html *html, struct str line, const char *element)
{
    struct str cell, rest = str_after(str_trim(line), 1);
    html_open(html, "tr");
    while (rest.len > 0) {
        if (!str_cut(rest, '|', &cell, &rest)) {
            cell = rest;
            rest = STR("");
        }
        html_open(html, element);
        write_inline(html, str_trim(cell));
        html_close(html);
    }
    html_close(html);
}

static void write_table(struct html *html, struct lines *lines)
{
    html_open(html, "table");
    write_row(html, next_line(lines), "th");
    next_line(lines);
    while (str_starts_with(peek_line(lines), STR("|")))
        write_row(html, next_line(lines), "td");
    html_close(html);
}

static void write_blocks(struct html *html, struct str text, int depth)
{
    struct lines lines = {text};
    bool numbered;
    while (lines.rest.len > 0) {
        struct str line = peek_line(&lines);
        size_t level = heading_level(line);
        if (is_blank(line))
            next_line(&lines);
        else if (level > 0)
            html_element(html, level == 1 ? "h3" : "h4", NULL,
                str_trim(str_after(next_line(&lines), level)));
        else if (line.ptr[0] == '>' && depth < QUOTE_DEPTH)
            write_quote(html, &lines, depth);
        else if (is_table(lines))
            write_table(html, &lines);
        else if (item_mark(line, &numbered) > 0)
            write_list(html, &lines);
        else
            write_paragraph(html, &lines);
    }
}

void markdown_write(struct html *html, struct str text)
{
    write_blocks(html, text, 0);
}
