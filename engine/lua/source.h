/* The rules that a source must keep before it is compiled. */
#ifndef LUA_SOURCE_H
#define LUA_SOURCE_H

#include "base/limits.h"
#include "base/problems.h"

/* The compiler's work grows with the square of some chains of operators; this keeps it in
 * about a second for the worst source that anybody could write. */
enum { SOURCE_BYTES = LIMIT_STORY_BYTES };

/* Drops the byte order mark that some editors put in front. */
struct str source_text(struct str source);

/* Adds a problem for each thing that the sandbox does not offer; true when there is none. */
bool source_check(struct str source, struct str file, struct problems *problems);

/* Whether a name stands anywhere in the source. */
bool source_mentions(struct str source, const char *name);

#endif
