/* What went wrong, and at which line of which author's file. */
#ifndef LUA_FAULT_H
#define LUA_FAULT_H

#include "lua/sandbox.h"

/* Chunks are named "#n" for files[n]. The error value is on top of the stack and stays there. */
void fault_read_message(lua_State *L, struct strs files, struct sandbox_fault *fault);

/* Copies a message, cut between two characters where it is too long. */
void fault_set_message(struct sandbox_fault *fault, struct str text);

/* Finds file, line and traceback on the stack of a thread that ended in an error. */
void fault_read_stack(lua_State *thread, struct strs files, struct sandbox_fault *fault);

#endif
