/* Patterns as values of the story language: escalation {to = "commander"}. */
#ifndef SCRIPT_PATTERNS_H
#define SCRIPT_PATTERNS_H

#include "script/story.h"

/* Puts a function for each word of the pattern language into the sandbox. May raise an error. */
void patterns_init(struct script *script);

/* What the value at an index waits for, or NULL when that is no pattern. */
const struct match *patterns_at(lua_State *L, int index);

/* Story functions. A word with conditions, one of which may be the bare value; any and all of. */
int patterns_word(lua_State *L, const char *name);
int patterns_any(lua_State *L);
int patterns_all(lua_State *L);

/* A decision of the question that counts, and with `or_expired` also that nobody decided it. */
const struct match *patterns_answer(lua_State *L, struct str question, bool or_expired);

#endif
