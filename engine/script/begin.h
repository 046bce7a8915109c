/* Story functions at the top level of a file: what begins at STARTEX. See their rows in api.c. */
#ifndef SCRIPT_BEGIN_H
#define SCRIPT_BEGIN_H

#include "script/story.h"

int begin_story(lua_State *L);
int begin_on(lua_State *L);
int begin_every(lua_State *L);

/* Runs the prelude, which holds the loops behind on and every. */
bool begin_init(struct script *script, struct sandbox_fault *ret_fault);

#endif
