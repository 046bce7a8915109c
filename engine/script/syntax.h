/* A story's text as expressions: which names are whose, what is called with what.
 *
 * Statements leave no trace but the variables that they make: what is checked before play are
 * calls, comparisons and names, wherever they stand. Lua's own compiler is the judge of what is
 * well formed; what it would refuse is read up to there and no further. */
#ifndef SCRIPT_SYNTAX_H
#define SCRIPT_SYNTAX_H

#include "base/arena.h"
#include "lua/lexer.h"

enum syntax_kind {
    SYNTAX_NAME,
    SYNTAX_STRING,
    SYNTAX_OTHER, /* a number, nil, true, false, ... */
    SYNTAX_TABLE,
    SYNTAX_FUNCTION,
    SYNTAX_CALL,   /* base(first, …) */
    SYNTAX_METHOD, /* base:token(first, …) */
    SYNTAX_FIELD,  /* base.token */
    SYNTAX_INDEX,  /* base[first] */
    SYNTAX_BINARY, /* base token first */
    SYNTAX_UNARY   /* token base */
};

enum syntax_origin {
    SYNTAX_LOCAL,     /* local name = value */
    SYNTAX_PARAMETER, /* of `function` */
    SYNTAX_EACH,      /* the last variable of `for … in value` */
    SYNTAX_UNKNOWN    /* another variable of a loop, or of several at once */
};

/* A variable. Those of one list are chained: parameters of a function, names behind one `local`. */
struct syntax_local {
    struct str name;
    enum syntax_origin origin;
    const struct syntax *value;    /* what it begins as; NULL: nothing that is known here */
    const struct syntax *function; /* whose parameter it is */
    bool is_assigned;              /* it is given another value somewhere */
    int number;                    /* the checker's: see check.c; 0 at first */
    struct syntax_local *next;
};

/* An expression. Lives in the arena of the reading, borrows from the source. */
struct syntax {
    enum syntax_kind kind;
    struct lexer_token token;
    bool is_target;                  /* it is assigned to: name = …, function name() */
    struct syntax_local *local;      /* NAME: the variable; NULL: a word of the environment */
    struct syntax_local *parameters; /* FUNCTION */
    struct syntax *base, *first;
    struct syntax *next; /* the next argument, or the next value of a table */
    struct str key;      /* of a table's value: its name; empty: none that is known here */
    bool has_key;
};

/* All expressions of a file, parts before the whole, and all its variables. */
struct syntax_list {
    struct syntax **items;
    size_t count, capacity;
    struct syntax_local **locals;
    size_t local_count, local_capacity;
};

void syntax_read(struct str source, struct arena *arena, struct syntax_list *ret_list);

#endif
