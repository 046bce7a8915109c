/* The functions that every user of the sandbox has. */
#ifndef LUA_BUILTIN_H
#define LUA_BUILTIN_H

#include <lua.h>
#include <stddef.h>

struct builtin {
    const char *name;
    lua_CFunction function;
    const char *usage; /* how it is written, and what it is for: for the reference */
    const char *help;
};

extern const struct builtin builtins[]; /* in the order of their names */
extern const size_t builtin_count;

#endif
