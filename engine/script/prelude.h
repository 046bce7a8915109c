/* The part of the story API that is written in Lua, carried inside the program.
 * cmake/embed.cmake generates the source from prelude.lua. */
#ifndef SCRIPT_PRELUDE_H
#define SCRIPT_PRELUDE_H

#include <stddef.h>

extern const char script_prelude[]; /* followed by a 0 that the length does not count */
extern const size_t script_prelude_len;

#endif
