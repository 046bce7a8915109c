/* Quotes: somebody's words inside a sentence, in the marks of its language. */
#ifndef SCORE_QUOTE_H
#define SCORE_QUOTE_H

#include "base/arena.h"
#include "base/words.h"

struct str quote_whole(struct arena *arena, enum lang lang, struct str text);

/* A statement can be long. Then it is cut, where a clause ends if one does, and its id behind it
 * says which one is meant: “Since about 01:52 …” [printers-notes]. */
struct str quote_short(struct arena *arena, enum lang lang, struct str text, struct str id);

#endif
