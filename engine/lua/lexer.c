/* A reading of Lua 5.4's lexical rules (reference manual §3.1), by hand and without allocation. */
#include "lua/lexer.h"

#include <string.h>

static char peek(const struct lexer *lexer, size_t ahead)
{
    size_t at = lexer->at + ahead;
    return at < lexer->source.len ? lexer->source.ptr[at] : '\0';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Passes one byte. CR LF and LF CR are one line's end, as in Lua. */
static void pass(struct lexer *lexer)
{
    char c = lexer->source.ptr[lexer->at++];
    if (c != '\n' && c != '\r')
        return;
    char next = peek(lexer, 0);
    if ((next == '\n' || next == '\r') && next != c)
        lexer->at++;
    lexer->line++;
    lexer->column = 1;
    lexer->counted_at = lexer->at;
}

/* People count characters, not bytes. Counted onwards from the last token, so that a long line
 * costs no more than its length. */
static int column_at(struct lexer *lexer)
{
    for (; lexer->counted_at < lexer->at; lexer->counted_at++)
        if (((unsigned char)lexer->source.ptr[lexer->counted_at] & 0xC0) != 0x80)
            lexer->column++;
    return lexer->column;
}

/* The number of = between two brackets, or -1 when no long bracket opens here. */
static int long_level(const struct lexer *lexer)
{
    size_t level = 0;
    if (peek(lexer, 0) != '[')
        return -1;
    while (peek(lexer, 1 + level) == '=')
        level++;
    return peek(lexer, 1 + level) == '[' ? (int)level : -1;
}

static bool closes(const struct lexer *lexer, int level)
{
    if (peek(lexer, 0) != ']' || peek(lexer, (size_t)level + 1) != ']')
        return false;
    for (int i = 1; i <= level; i++)
        if (peek(lexer, (size_t)i) != '=')
            return false;
    return true;
}

static bool pass_long(struct lexer *lexer, int level)
{
    lexer->at += (size_t)level + 2;
    while (lexer->at < lexer->source.len) {
        if (closes(lexer, level)) {
            lexer->at += (size_t)level + 2;
            return true;
        }
        pass(lexer);
    }
    return false;
}

static bool pass_comment(struct lexer *lexer)
{
    lexer->at += 2;
    int level = long_level(lexer);
    if (level >= 0)
        return pass_long(lexer, level);
    while (lexer->at < lexer->source.len && peek(lexer, 0) != '\n' && peek(lexer, 0) != '\r')
        lexer->at++;
    return true;
}

/* To the next token; false at the end. */
static bool pass_blank(struct lexer *lexer)
{
    while (lexer->at < lexer->source.len) {
        if (is_space(peek(lexer, 0)))
            pass(lexer);
        else if (peek(lexer, 0) != '-' || peek(lexer, 1) != '-')
            return true;
        else if (!pass_comment(lexer))
            return false;
    }
    return false;
}

static bool pass_short_string(struct lexer *lexer)
{
    char quote = peek(lexer, 0);
    lexer->at++;
    while (lexer->at < lexer->source.len) {
        char c = peek(lexer, 0);
        if (c == '\n' || c == '\r')
            return false;
        lexer->at++;
        if (c == quote)
            return true;
        if (c != '\\' || lexer->at == lexer->source.len)
            continue;
        bool skips_space = peek(lexer, 0) == 'z';
        pass(lexer);
        while (skips_space && lexer->at < lexer->source.len && is_space(peek(lexer, 0)))
            pass(lexer);
    }
    return false;
}

static void pass_name(struct lexer *lexer)
{
    while (is_letter(peek(lexer, 0)) || is_digit(peek(lexer, 0)))
        lexer->at++;
}

/* Greedy as in Lua: "3..2" is one malformed number. */
static void pass_number(struct lexer *lexer)
{
    bool is_hex = peek(lexer, 0) == '0' && (peek(lexer, 1) == 'x' || peek(lexer, 1) == 'X');
    for (;;) {
        char c = peek(lexer, 0), next = peek(lexer, 1);
        bool is_exponent = is_hex ? c == 'p' || c == 'P' : c == 'e' || c == 'E';
        if (is_exponent && (next == '+' || next == '-'))
            lexer->at += 2;
        else if (is_letter(c) || is_digit(c) || c == '.')
            lexer->at++;
        else
            return;
    }
}

static void pass_operator(struct lexer *lexer)
{
    static const char *const longer[] = {
        "...", "..", "==", "~=", "<=", ">=", "//", "::", "<<", ">>"};
    struct str rest = str_after(lexer->source, lexer->at);
    for (size_t i = 0; i < sizeof(longer) / sizeof(longer[0]); i++) {
        if (str_starts_with(rest, str_of(longer[i]))) {
            lexer->at += strlen(longer[i]);
            return;
        }
    }
    lexer->at++;
}

void lexer_init(struct lexer *lexer, struct str source)
{
    *lexer = (struct lexer){.source = source, .line = 1, .column = 1};
}

bool lexer_next(struct lexer *lexer, struct lexer_token *ret_token)
{
    if (!pass_blank(lexer))
        return false;
    struct lexer_token token = {.line = lexer->line, .column = column_at(lexer)};
    size_t start = lexer->at;
    char c = peek(lexer, 0);
    int level = long_level(lexer);
    if (is_letter(c)) {
        token.kind = LEXER_NAME;
        pass_name(lexer);
    } else if (is_digit(c) || (c == '.' && is_digit(peek(lexer, 1)))) {
        token.kind = LEXER_NUMBER;
        pass_number(lexer);
    } else if (c == '"' || c == '\'' || level >= 0) {
        token.kind = LEXER_STRING;
        if (!(level >= 0 ? pass_long(lexer, level) : pass_short_string(lexer)))
            return false;
    } else {
        token.kind = LEXER_OPERATOR;
        pass_operator(lexer);
    }
    token.text = (struct str){lexer->source.ptr + start, lexer->at - start};
    *ret_token = token;
    return true;
}

bool lexer_plain_string(const struct lexer_token *token, struct str *ret_inside)
{
    if (token->kind != LEXER_STRING || token->text.ptr[0] == '[' ||
        memchr(token->text.ptr, '\\', token->text.len) != NULL)
        return false;
    *ret_inside = (struct str){token->text.ptr + 1, token->text.len - 2};
    return true;
}
