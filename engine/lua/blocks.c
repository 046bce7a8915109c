/* Lua notices a missing "end" only where the outermost bracket closes, a hundred lines below. What
 * the author meant shows in the indentation: an "end" that stands further left than what it closes
 * was written for an outer block. */
#include "lua/blocks.h"

#include "lua/lexer.h"

enum { BLOCKS_DEPTH = 200 };

struct opened {
    struct str word;
    int line, indent;
    bool is_block, awaits_do;
};

struct nesting {
    struct opened stack[BLOCKS_DEPTH];
    size_t depth;
    struct opened suspect; /* closed by an "end" further left; line 0: none */
    int line, indent;      /* of the line that is read */
    struct str last;       /* the token before, on this line */
    int else_if_line;      /* the last; 0: none */
};

static bool is_one_of(struct str text, const char *const *words)
{
    for (; *words; words++)
        if (str_is(text, *words))
            return true;
    return false;
}

static struct opened *top(struct nesting *nesting)
{
    return nesting->depth > 0 ? &nesting->stack[nesting->depth - 1] : NULL;
}

static bool push(struct nesting *nesting, struct str word, bool is_block)
{
    static const char *const loops[] = {"for", "while", NULL};
    if (nesting->depth == BLOCKS_DEPTH)
        return false;
    nesting->stack[nesting->depth++] = (struct opened){
        .word = word,
        .line = nesting->line,
        .indent = nesting->indent,
        .is_block = is_block,
        .awaits_do = is_one_of(word, loops),
    };
    return true;
}

/* The `do` of a loop is not another block. */
static bool open_block(struct nesting *nesting, struct str word)
{
    struct opened *inner = top(nesting);
    if (str_is(word, "if") && str_is(nesting->last, "else"))
        nesting->else_if_line = nesting->line;
    if (!str_is(word, "do") || inner == NULL || !inner->awaits_do)
        return push(nesting, word, true);
    inner->awaits_do = false;
    return true;
}

/* False where there is nothing to close. */
static bool close_block(struct nesting *nesting)
{
    const struct opened *inner = top(nesting);
    if (inner == NULL || !inner->is_block)
        return false;
    bool is_first = nesting->last.len == 0;
    if (is_first && nesting->indent < inner->indent && nesting->suspect.line == 0)
        nesting->suspect = *inner;
    nesting->depth--;
    return true;
}

static bool close_bracket(struct nesting *nesting)
{
    const struct opened *inner = top(nesting);
    if (inner == NULL || inner->is_block)
        return false;
    nesting->depth--;
    return true;
}

/* False where the nesting breaks. */
static bool take(struct nesting *nesting, const struct lexer_token *token)
{
    static const char *const openings[] = {"do", "for", "function", "if", "repeat", "while", NULL};
    static const char *const ends[] = {"end", "until", NULL};
    static const char *const brackets[] = {"(", "{", "[", NULL};
    static const char *const closings[] = {")", "}", "]", NULL};
    if (token->line != nesting->line) {
        nesting->line = token->line;
        nesting->indent = token->column;
        nesting->last = STR("");
    }
    bool ok = true;
    if (token->kind == LEXER_NAME && is_one_of(token->text, openings))
        ok = open_block(nesting, token->text);
    else if (token->kind == LEXER_NAME && is_one_of(token->text, ends))
        ok = close_block(nesting);
    else if (token->kind == LEXER_OPERATOR && is_one_of(token->text, brackets))
        ok = push(nesting, token->text, false);
    else if (token->kind == LEXER_OPERATOR && is_one_of(token->text, closings))
        ok = close_bracket(nesting);
    nesting->last = token->text;
    return ok;
}

bool blocks_find_open(struct str source, struct blocks_open *ret_open)
{
    struct nesting nesting = {.depth = 0};
    struct lexer lexer;
    struct lexer_token token;
    lexer_init(&lexer, source);
    while (lexer_next(&lexer, &token) && take(&nesting, &token))
        continue;
    const struct opened *open = top(&nesting);
    if (open == NULL || !open->is_block)
        return false;
    if (nesting.suspect.line > 0)
        open = &nesting.suspect;
    *ret_open = (struct blocks_open){open->word, open->line, nesting.else_if_line > open->line};
    return true;
}
