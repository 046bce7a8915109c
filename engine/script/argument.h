/* What a story's author wrote between the parentheses, checked: each of these raises an error that
 * names the function, what was expected, what was found and how it is written. */
#ifndef SCRIPT_ARGUMENT_H
#define SCRIPT_ARGUMENT_H

#include "script/api.h"

/* The row of the function that runs. */
const struct api_row *argument_row(lua_State *L);

/* Borrows from Lua, as do all texts below. `what`: "the reason". */
struct str argument_text(lua_State *L, int index, const char *what);

/* An id of the definition. */
struct str argument_name(lua_State *L, int index, enum field_of of);

/* One id, or a list of ids; lives in scratch. */
struct strs argument_names(lua_State *L, int index, enum field_of of);

/* "5m", up to a limit. */
int64_t argument_duration(lua_State *L, int index, int64_t most_ms);

/* An exercise time: "5m" after STARTEX, or the number that time() gave. */
int64_t argument_moment(lua_State *L, int index);

const struct match *argument_match(lua_State *L, int index);

/* A function that the author wrote. */
void argument_function(lua_State *L, int index);

/* The id of the message that an event is about. */
struct str argument_message(lua_State *L, int index);

/* A table of options, or nothing: false. Each of its keys is one of names. */
bool argument_options(lua_State *L, int index, struct strs names);

#endif
