/* An event as a story sees it: what await gives back. */
#ifndef SCRIPT_HAPPENING_H
#define SCRIPT_HAPPENING_H

#include <lua.h>

#include "core/event.h"

/* Pushes a table with kind, actor, at_ms and the body's fields: ids, names, numbers, true. What is
 * empty is nil. Free text is left out: what people write must not decide anything. */
void happening_push(lua_State *L, const struct event *event);

#endif
