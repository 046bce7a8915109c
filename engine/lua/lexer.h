/* Lua source as tokens, as far as rules about a source need them: no meaning, no syntax.
 *
 * What is malformed ends the tokens without a word; Lua's own compiler says it better. */
#ifndef LUA_LEXER_H
#define LUA_LEXER_H

#include "base/str.h"

enum lexer_kind {
    LEXER_NAME, /* keywords too */
    LEXER_NUMBER,
    LEXER_STRING, /* short or long */
    LEXER_OPERATOR
};

/* Borrows from the source. */
struct lexer_token {
    enum lexer_kind kind;
    struct str text; /* as it was written, quotes included */
    int line, column;
};

/* Plain data; borrows the source. */
struct lexer {
    struct str source;
    size_t at;
    int line;
    size_t counted_at; /* up to where the characters of the line are counted */
    int column;
};

void lexer_init(struct lexer *lexer, struct str source);
bool lexer_next(struct lexer *lexer, struct lexer_token *ret_token); /* false: no more */

/* What stands inside a short string that holds no escapes; false for any other token. */
bool lexer_plain_string(const struct lexer_token *token, struct str *ret_inside);

#endif
