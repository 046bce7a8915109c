/* Which block of a source has no end. */
#ifndef LUA_BLOCKS_H
#define LUA_BLOCKS_H

#include "base/str.h"

/* A block that nothing closes. Borrows from the source. */
struct blocks_open {
    struct str word; /* "if", "function" … */
    int line;
    bool has_else_if; /* an "else if" stands in it, which begins a block of its own */
};

/* The block whose end is missing; false when each has one, or when something else is wrong. Where
 * the indentation tells which one the author forgot, it is that one. */
bool blocks_find_open(struct str source, struct blocks_open *ret_open);

#endif
