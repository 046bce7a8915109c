/* The names that a sandboxed function sees, and what happens at those that it does not. */
#ifndef LUA_ENVIRONMENT_H
#define LUA_ENVIRONMENT_H

#include <lua.h>

#include "base/buf.h"
#include "base/str.h"

void environment_init(lua_State *L); /* makes it, with the functions of builtin.c in it */

/* Takes the value on top of the stack. */
void environment_set(lua_State *L, const char *name);

/* Pushes what functions see: it reads through to the environment and cannot be written. */
void environment_push_face(lua_State *L);

/* What to write instead of a name that Lua has elsewhere; NULL when it has none such. */
const char *environment_remedy(struct str name);

void environment_write_names(lua_State *L, struct buf *out);

#endif
