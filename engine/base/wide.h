/* Signs of a Japanese keyboard that look like those of YAML and Lua and are others: ： for : and
 * 、 for a comma, and the space that nobody sees. */
#ifndef BASE_WIDE_H
#define BASE_WIDE_H

#include "base/arena.h"

/* One such sign; borrows from the text in which it was found. */
struct wide {
    struct str text;
    unsigned code; /* as in U+FF1A */
    char plain;    /* what it was meant to be */
};

/* Whether s begins with such a sign. */
bool wide_at(struct str s, struct wide *ret_wide);

/* The first in s. */
bool wide_find(struct str s, struct wide *ret_wide);

/* Whether s is plain ASCII but for such signs, of which it has at least one. A sentence that is
 * Japanese throughout is not: there they belong. */
bool wide_is_only_other(struct str s);

/* What it is and what to type: `"：" (U+FF1A) is no ":"; type the half-width sign`. */
struct str wide_remedy(const struct wide *wide, struct arena *arena);

#endif
