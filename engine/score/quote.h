/* Quotes: somebody's words inside a sentence, in the marks of its language. */
#ifndef SCORE_QUOTE_H
#define SCORE_QUOTE_H

#include "base/arena.h"
#include "base/words.h"

struct str quote_whole(struct arena *arena, enum lang lang, struct str text);

/* A statement can be long; its beginning tells which one is meant. Without marks. */
struct str quote_beginning(struct arena *arena, enum lang lang, struct str text);

#endif
