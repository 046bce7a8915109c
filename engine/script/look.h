/* Story functions that look at the exercise. See their rows in api.c. */
#ifndef SCRIPT_LOOK_H
#define SCRIPT_LOOK_H

#include <lua.h>

int look_happened(lua_State *L);
int look_get(lua_State *L);
int look_knows(lua_State *L);
int look_seen(lua_State *L);
int look_decided(lua_State *L);
int look_seated(lua_State *L);
int look_time(lua_State *L);
int look_story_time(lua_State *L);
int look_random(lua_State *L);
int look_chance(lua_State *L);
int look_pick(lua_State *L);

#endif
