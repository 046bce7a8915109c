/* The reaction that runs: what it has asked for so far, and what it may read of that. */
#ifndef SCRIPT_REACTION_H
#define SCRIPT_REACTION_H

#include "script/story.h"

/* Adds an input to the plan; an error when the story asks for too much. `events`: how many may come
 * of it. */
struct input *reaction_plan(lua_State *L, enum input_kind kind, size_t events);

/* Asks for an inject. Kept are the id and, unless it comes later, that it was sent. */
struct input_fire *reaction_fire(lua_State *L, struct str inject, int64_t after_ms);

/* Every write comes with an input, so that there is room for as many. */
void reaction_remember(lua_State *L, enum field_of of, struct str name, struct str value);

/* The last write, or NULL. */
const struct story_write *reaction_written(lua_State *L, enum field_of of, struct str name);

/* Whether an inject that a story asks for now would come. */
bool reaction_can_come(lua_State *L, struct str inject);
bool reaction_has_come(lua_State *L, struct str inject);

/* In the plan's arena. */
struct str reaction_keep(lua_State *L, struct str text);
struct strs reaction_keep_list(lua_State *L, struct strs list);

#endif
