/* The story function that moves the calendar on. See its row in api.c. */
#ifndef SCRIPT_JUMP_H
#define SCRIPT_JUMP_H

#include <lua.h>

int jump_calendar(lua_State *L);

#endif
