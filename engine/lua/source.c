/* What is refused in the text itself, because nothing in the running program could refuse it:
 *
 * "#" is an operator of the virtual machine and stops at any border of a list with holes; "..."
 * copies a list of any length in one instruction; "_ENV" is a variable that all functions of a file
 * share; a NUL makes every comparison of two texts a loop over their parts. Escapes that build
 * bytes by number are refused beyond ASCII, so that every text in the sandbox is UTF-8.
 *
 * Numbers are whole. ".." turns a number into text inside the machine, where nobody can look at it,
 * and what a fraction, an infinity or the sign of what is no number looks like depends on the C
 * library; powers differ in their last bit. Fractions come into being by "/", "^" and how a number
 * is written, and by nothing else: the other operators keep whole numbers whole. */
#include "lua/source.h"

#include <stdlib.h>
#include <string.h>

#include "base/wide.h"
#include "lua/lexer.h"

static const struct {
    const char *text;
    enum lexer_kind kind;
    const char *remedy;
} refused[] = {
    {"#", LEXER_OPERATOR, "use len(list) or len(text)"},
    {"...", LEXER_OPERATOR, "name the parameters, or pass a list"},
    {"_ENV", LEXER_NAME, "use a table of your own"},
    {"/", LEXER_OPERATOR, "numbers are whole; use a // b, which rounds down"},
    {"^", LEXER_OPERATOR, "numbers are whole; multiply, as in n * n"},
};

struct str source_text(struct str source)
{
    struct str mark = STR("\xEF\xBB\xBF");
    return str_starts_with(source, mark) ? str_after(source, mark.len) : source;
}

static bool check_token(
    const struct lexer_token *token, struct place place, struct problems *problems)
{
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        if (token->kind != refused[i].kind || !str_is(token->text, refused[i].text))
            continue;
        problems_tell(problems, KIND_REFUSED_CONSTRUCT, place, "\"%s\" is not available here; %s",
            refused[i].text, refused[i].remedy);
        return false;
    }
    return true;
}

/* In decimal, what does not fit becomes a fraction; in hexadecimal it wraps around. */
static bool is_whole(struct str number)
{
    int64_t value;
    bool is_hex = number.len > 1 && number.ptr[0] == '0' && memchr("xX", number.ptr[1], 2) != NULL;
    if (!is_hex)
        return str_to_int64(number, &value);
    return memchr(number.ptr, '.', number.len) == NULL &&
           memchr(number.ptr, 'p', number.len) == NULL &&
           memchr(number.ptr, 'P', number.len) == NULL;
}

static bool check_number(
    const struct lexer_token *token, struct place place, struct problems *problems)
{
    if (token->kind != LEXER_NUMBER || is_whole(token->text))
        return true;
    problems_add(problems, PROBLEM_ERROR, place,
        "\"%.*s\" is not a whole number of at most 18 digits; write times as texts, as in \"90s\"",
        STR_ARG(token->text));
    return false;
}

/* The number that an escape stands for, given what follows the backslash; -1 for the others. */
static long escape_value(struct str rest)
{
    char digits[9] = "";
    bool is_hex = rest.len > 0 && rest.ptr[0] == 'x';
    bool is_unicode = rest.len > 1 && rest.ptr[0] == 'u' && rest.ptr[1] == '{';
    size_t start = is_hex ? 1 : is_unicode ? 2 : 0, most = is_hex ? 2 : is_unicode ? 8 : 3;
    const char *alphabet = is_hex || is_unicode ? "0123456789abcdefABCDEF" : "0123456789";
    size_t count = 0;
    while (count < most && start + count < rest.len &&
           memchr(alphabet, rest.ptr[start + count], strlen(alphabet)) != NULL) {
        digits[count] = rest.ptr[start + count];
        count++;
    }
    return count == 0 ? -1 : strtol(digits, NULL, is_hex || is_unicode ? 16 : 10);
}

static bool is_escape_allowed(struct str rest)
{
    long value = escape_value(rest);
    if (value < 0)
        return true;
    if (rest.ptr[0] != 'u')
        return value >= 1 && value <= 127;
    bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
    return value >= 1 && value <= 0x10FFFF && !is_surrogate;
}

static bool check_escapes(
    const struct lexer_token *token, struct place place, struct problems *problems)
{
    struct str text = token->text;
    for (size_t i = 1; token->kind == LEXER_STRING && text.ptr[0] != '[' && i + 1 < text.len; i++) {
        if (text.ptr[i] != '\\')
            continue;
        i++;
        if (is_escape_allowed(str_after(text, i)))
            continue;
        problems_tell(problems, KIND_REFUSED_CONSTRUCT, place,
            "this text builds a character by a number that is not allowed; write the character "
            "itself");
        return false;
    }
    return true;
}

static bool check_bytes(struct str source, struct place place, struct problems *problems)
{
    if (source.len > SOURCE_BYTES) {
        problems_tell(problems, KIND_REFUSED_CONSTRUCT, place,
            "the file is larger than %d KiB; shorten it, texts belong into YAML files",
            SOURCE_BYTES / 1024);
        return false;
    }
    if (source.len > 0 && source.ptr[0] == '\x1B') {
        problems_tell(problems, KIND_REFUSED_CONSTRUCT, place,
            "this is compiled Lua, which is never run; give the source text");
        return false;
    }
    struct str line, rest = source;
    for (place.line = 1; rest.len > 0; place.line++) {
        if (!str_cut(rest, '\n', &line, &rest)) {
            line = rest;
            rest.len = 0;
        }
        if (str_is_utf8(line))
            continue;
        problems_tell(problems, KIND_REFUSED_CONSTRUCT, place,
            "this line is not UTF-8 text; save the file in the encoding UTF-8");
        return false;
    }
    return true;
}

/* The first of some signs that Lua does not know outside of texts; the sources are UTF-8. */
static bool check_sign(struct str rest, struct place place, struct problems *problems)
{
    struct wide wide;
    if ((unsigned char)rest.ptr[0] < 0x80)
        return true;
    if (wide_at(rest, &wide)) {
        problems_tell(problems, KIND_STORY_SYNTAX, place, "%.*s",
            STR_ARG(wide_remedy(&wide, &problems->arena)));
        return false;
    }
    size_t len = 1;
    while (len < rest.len && ((unsigned char)rest.ptr[len] & 0xC0) == 0x80)
        len++;
    problems_tell(problems, KIND_STORY_SYNTAX, place,
        "\"%.*s\" cannot stand here; texts go in quotes, names are made of a-z, A-Z, 0-9 and _",
        (int)len, rest.ptr);
    return false;
}

bool source_check(struct str source, struct str file, struct problems *problems)
{
    struct str text = source_text(source);
    struct place place = {.file = file};
    if (!check_bytes(text, place, problems))
        return false;
    bool is_good = true, is_sign_before = false;
    struct lexer lexer;
    struct lexer_token token;
    lexer_init(&lexer, text);
    while (lexer_next(&lexer, &token)) {
        place.line = token.line;
        place.column = token.column;
        struct str rest = str_after(text, (size_t)(token.text.ptr - text.ptr));
        bool is_behind = is_sign_before;
        is_sign_before = (unsigned char)rest.ptr[0] >= 0x80;
        if (is_sign_before && !is_behind)
            is_good = check_sign(rest, place, problems) && is_good;
        is_good = check_token(&token, place, problems) && is_good;
        is_good = check_number(&token, place, problems) && is_good;
        is_good = check_escapes(&token, place, problems) && is_good;
    }
    return is_good;
}

bool source_mentions(struct str source, const char *name)
{
    struct lexer lexer;
    struct lexer_token token;
    lexer_init(&lexer, source_text(source));
    while (lexer_next(&lexer, &token))
        if (token.kind == LEXER_NAME && str_is(token.text, name))
            return true;
    return false;
}
