/* What a story's text names: how those who look at a whole scenario learn of a story without
 * reading Lua. */
#ifndef CORE_MENTION_H
#define CORE_MENTION_H

#include "base/err.h"
#include "core/field.h"

enum mention_use {
    MENTION_TEXT,  /* stands there as a text; what for is not known */
    MENTION_CAUSE, /* the story makes it happen: sends, sets, begins, reveals */
    MENTION_LOOK,  /* the story asks about it */
    MENTION_AWAIT  /* the story waits for it */
};

/* Borrows from the story's source. */
struct mention {
    enum mention_use use;
    enum field_of of; /* OF_ANY for MENTION_TEXT */
    struct str id;
    struct str word; /* the function or pattern that it is given to; may be empty */
    struct place place;
};

struct mentions {
    struct mention *items;
    size_t count, capacity;
};

#endif
