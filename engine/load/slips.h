/* Slips of the hand that YAML's own sentence does not explain. */
#ifndef LOAD_SLIPS_H
#define LOAD_SLIPS_H

#include "base/arena.h"
#include "base/err.h"

/* Where a reading began and where it stumbled; lines from 1, columns from 1 in characters. */
struct slips_stumble {
    struct str bytes; /* the file */
    int began_line;
    int line, column;
};

/* The place and remedy of a sign that looks like one of YAML's, the last before the stumble.
 * Only where it cannot be meant: in texts such signs belong. */
bool slips_wide(const struct slips_stumble *stumble, struct arena *arena, struct place *ret_place,
    struct str *ret_remedy);

/* Whether a ": " inside of a text made it stumble. */
bool slips_is_colon(const struct slips_stumble *stumble);

/* Whether a text begins like `key：`. */
bool slips_is_key(struct str text);

/* One line of a text, from 1, without its end. */
struct str slips_line(struct str bytes, int line);

/* The first byte that is not UTF-8, or false. */
bool slips_not_utf8(struct str bytes, int *ret_line, int *ret_column);

#endif
