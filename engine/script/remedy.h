/* What to do about a mistake that Lua itself has found. */
#ifndef SCRIPT_REMEDY_H
#define SCRIPT_REMEDY_H

#include "base/arena.h"

/* A sentence for a message of Lua's, or the empty one. */
struct str remedy_for(struct str message);

/* The same for what the compiler says of a text: where the block begins that has no end. */
struct str remedy_for_text(struct str message, struct str source, struct arena *arena);

#endif
