/* A story as a reactor: story.lua runs in the sandbox, its coroutines wait for patterns and time,
 * and what it says becomes a plan of inputs.
 *
 * A story keeps no state of its own outside its coroutines; after a crash it is run again from the
 * record and stands where it stood. */
#ifndef SCRIPT_SCRIPT_H
#define SCRIPT_SCRIPT_H

#include "base/buf.h"
#include "base/problems.h"
#include "core/reactor.h"

struct script;

/* Runs the file's top level under budget, so that its stories are known. Mistakes become problems
 * with file and line; false on any. A definition without story gives a script that does nothing.
 * def outlives the script. */
bool script_new(
    const struct def *def, int64_t seed, struct problems *problems, struct script **ret_script);
void script_free(struct script *script);

struct reactor script_reactor(struct script *script);

/* For docs/story.md: the functions as Markdown. */
void script_write_reference(struct buf *out);

/* The names that a story can use, one a line: compared with a golden list. */
void script_write_names(struct script *script, struct buf *out);

/* "5.4.4": pinned in the record's first event. */
struct str script_lua_release(void);

#endif
