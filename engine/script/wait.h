/* Story functions that let time pass. See their rows in api.c. */
#ifndef SCRIPT_WAIT_H
#define SCRIPT_WAIT_H

#include <lua.h>

int wait_await(lua_State *L);
int wait_ask(lua_State *L);
int wait_for(lua_State *L);
int wait_until(lua_State *L);

/* Until the gap sheet that was just asked for is closed. */
int wait_for_sheet(lua_State *L);

/* Of the prelude: to the next multiple of so many milliseconds after STARTEX. */
int wait_beat(lua_State *L);

#endif
