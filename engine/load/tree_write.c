/* The writer behind tree_read: blocks for mappings and lists, brackets for lists of words, a "|"
 * for texts of several lines. Where any of that might be read otherwise, a text goes in double
 * quotes, escaped as in JSON, which YAML reads alike. Comments are not kept: a tree has none. */
#include "load/tree_write.h"

static void write_node(const struct tree_node *node, int indent, struct buf *out);

static void write_indent(int indent, struct buf *out)
{
    for (int i = 0; i < indent; i++)
        buf_add_char(out, ' ');
}

/* Words of these need no quotes anywhere, also inside brackets. */
static bool is_plain(struct str text)
{
    if (text.len == 0 || text.ptr[0] == '-' || text.ptr[0] == ':')
        return false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '/' || c == '+';
        bool is_inner_colon = c == ':' && i + 1 < text.len;
        if (!is_word && !is_inner_colon)
            return false;
    }
    return true;
}

static void write_quoted(struct str text, struct buf *out)
{
    buf_add_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '"' || c == '\\')
            buf_format(out, "\\%c", c);
        else if (c == '\n')
            buf_add(out, STR("\\n"));
        else if (c < 0x20 || c == 0x7f)
            buf_format(out, "\\x%02x", c);
        else
            buf_add_char(out, (char)c);
    }
    buf_add_char(out, '"');
}

/* A block begins with a line that has no space before it and ends with a line that ends; signs that
 * nobody sees are better escaped, and so is what YAML takes for an end of line. */
static bool is_block(struct str text)
{
    static const char *const line_ends[] = {"\xe2\x80\xa8", "\xe2\x80\xa9"};
    size_t len = text.len;
    if (len < 2 || text.ptr[0] == ' ' || text.ptr[0] == '\n' || text.ptr[len - 1] != '\n' ||
        text.ptr[len - 2] == '\n')
        return false;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if ((c < 0x20 && c != '\n') || c == 0x7f)
            return false;
        for (size_t e = 0; e < sizeof(line_ends) / sizeof(line_ends[0]); e++)
            if (str_starts_with(str_after(text, i), str_of(line_ends[e])))
                return false;
    }
    return true;
}

static void write_block(struct str text, int indent, struct buf *out)
{
    struct str line, rest = text;
    buf_add_char(out, '|');
    while (str_cut(rest, '\n', &line, &rest)) {
        buf_add_char(out, '\n');
        if (line.len > 0)
            write_indent(indent, out);
        buf_add(out, line);
    }
}

static void write_scalar(const struct tree_node *node, int indent, struct buf *out)
{
    if (!node->quoted && (is_plain(node->text) || node->text.len == 0))
        buf_add(out, node->text);
    else if (is_block(node->text))
        write_block(node->text, indent, out);
    else
        write_quoted(node->text, out);
}

/* Lists of words stand on one line. */
static bool is_short(const struct tree_node *node)
{
    for (size_t i = 0; i < node->count; i++)
        if (node->items[i]->kind != TREE_SCALAR || !is_plain(node->items[i]->text))
            return false;
    return true;
}

static void write_brackets(const struct tree_node *node, struct buf *out)
{
    buf_add_char(out, '[');
    for (size_t i = 0; i < node->count; i++) {
        if (i > 0)
            buf_add(out, STR(", "));
        if (node->items[i]->quoted)
            write_quoted(node->items[i]->text, out);
        else
            buf_add(out, node->items[i]->text);
    }
    buf_add_char(out, ']');
}

static bool is_inline(const struct tree_node *node)
{
    return node->kind == TREE_SCALAR || node->count == 0 ||
           (node->kind == TREE_LIST && is_short(node));
}

/* What stands behind "key:" or "-" on the same line. */
static void write_inline(const struct tree_node *node, int indent, struct buf *out)
{
    if (node->kind == TREE_SCALAR)
        write_scalar(node, indent, out);
    else if (node->kind == TREE_LIST)
        write_brackets(node, out);
    else
        buf_add(out, STR("{}"));
}

static void write_key(struct str key, struct buf *out)
{
    if (is_plain(key))
        buf_add(out, key);
    else
        write_quoted(key, out);
    buf_add_char(out, ':');
}

static void write_pair(const struct tree_pair *pair, int indent, struct buf *out)
{
    write_key(pair->key, out);
    if (is_inline(pair->value)) {
        buf_add_char(out, ' ');
        write_inline(pair->value, indent + 2, out);
        buf_add_char(out, '\n');
        return;
    }
    buf_add_char(out, '\n');
    write_indent(indent + 2, out);
    write_node(pair->value, indent + 2, out);
}

/* "- - a" is YAML, too: a list inside a list begins on the line of its dash. */
static void write_item(const struct tree_node *item, int indent, struct buf *out)
{
    buf_add(out, STR("- "));
    if (is_inline(item)) {
        write_inline(item, indent + 2, out);
        buf_add_char(out, '\n');
    } else {
        write_node(item, indent + 2, out);
    }
}

/* A mapping or list in block style; the first line's indent is written already. */
static void write_node(const struct tree_node *node, int indent, struct buf *out)
{
    for (size_t i = 0; i < node->count; i++) {
        if (i > 0)
            write_indent(indent, out);
        if (node->kind == TREE_LIST)
            write_item(node->items[i], indent, out);
        else
            write_pair(&node->pairs[i], indent, out);
    }
}

void tree_write(const struct tree_node *node, struct buf *out)
{
    if (is_inline(node)) {
        write_inline(node, 2, out);
        buf_add_char(out, '\n');
    } else {
        write_node(node, 0, out);
    }
}
