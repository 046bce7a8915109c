/* Patterns as values of the story language: escalation {to = "commander"}. */
#ifndef SCRIPT_PATTERNS_H
#define SCRIPT_PATTERNS_H

#include "script/story.h"

/* Puts a function for each word of the pattern language into the sandbox. */
void patterns_init(struct script *script);

/* The pattern at an index, or NULL when that is something else. */
const struct pattern *patterns_at(lua_State *L, int index);

#endif
