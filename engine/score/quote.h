/* Quotes: somebody's words inside a sentence, in the marks of its language. */
#ifndef SCORE_QUOTE_H
#define SCORE_QUOTE_H

#include "base/arena.h"
#include "base/words.h"

struct str quote_whole(struct arena *arena, enum lang lang, struct str text);

/* A statement can be long. Then it is cut, where a clause ends if one does: “Since about 01:52 …”.
 * Ids are not for people; which one is meant stands in the finding's evidence. */
struct str quote_short(struct arena *arena, enum lang lang, struct str text);

#endif
