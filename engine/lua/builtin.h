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

/* Orders the string and integer keys of the table at an index, integers first, and pushes them as a
 * list; raises an error on any other key. Returns how many. */
lua_Integer builtin_push_sorted_keys(lua_State *L, int index);

#endif
