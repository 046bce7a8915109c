/* Story functions that ask for something to happen. See their rows in api.c. */
#ifndef SCRIPT_SAY_H
#define SCRIPT_SAY_H

#include <lua.h>

int say_inject(lua_State *L);
int say_contingency(lua_State *L);
int say_reply(lua_State *L);
int say_approve(lua_State *L);
int say_hint(lua_State *L);
int say_reveal(lua_State *L);
int say_set(lua_State *L);
int say_begin_phase(lua_State *L);
int say_finish(lua_State *L);

#endif
