/* Signs that no text of ours needs and that do harm where it is shown: a terminal obeys control
 * characters, and marks of direction let a line read otherwise than it is. */
#ifndef BASE_CONTROL_H
#define BASE_CONTROL_H

#include "base/buf.h"

/* The first such sign in s, as a span of it, and its number (U+001B); false when there is none.
 * Line breaks and tabs are none. */
bool control_find(struct str s, struct str *ret_sign, unsigned *ret_code);

/* Adds s with each of them written out: "\u001b". */
void control_escape(struct str s, struct buf *out);

#endif
