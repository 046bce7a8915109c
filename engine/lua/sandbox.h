/* One guarded Lua: the allowed functions copied into a new table, memory and work bounded.
 *
 * Deterministic by construction: no clock, no addresses, no hash order, no collector control.
 * Used by script/ (stories) and report/ (templates). */
#ifndef LUA_SANDBOX_H
#define LUA_SANDBOX_H

#include <lua.h>

#include "base/err.h"
#include "base/buf.h"
#include "base/limits.h"

struct sandbox_limits {
    int64_t memory_bytes; /* all of the state together */
    int64_t string_bytes; /* one string */
    int64_t instructions; /* one call; bytes allocated are charged to it as well */
};

/* Owns a lua_State. */
struct sandbox;

struct sandbox *sandbox_new(const struct sandbox_limits *limits);
void sandbox_free(struct sandbox *sandbox);
lua_State *sandbox_lua(struct sandbox *sandbox);

/* Compiles a text chunk (never bytecode) with the sandbox's environment and leaves the function on
 * the stack of L. Errors name file and line. */
bool sandbox_load(struct sandbox *sandbox, struct str source, struct str file, struct err *reterr);

/* Adds a C function or the value on top of the stack to the environment under a name. */
void sandbox_set_function(struct sandbox *sandbox, const char *name, lua_CFunction function);
void sandbox_set_value(struct sandbox *sandbox, const char *name);

/* How a guarded call ended. */
enum sandbox_end { SANDBOX_RETURNED, SANDBOX_YIELDED, SANDBOX_FAILED };

struct sandbox_fault {
    struct str file; /* borrows from the sandbox until the next call */
    int line;
    char message[512];
    char traceback[1024]; /* "file:line in name" a line, at most eight */
};

/* Resumes a coroutine (or calls a function on a fresh thread) with argument_count values on its
 * stack, with a new budget armed on this very thread. Once the budget is spent nothing in the
 * script can catch it. */
enum sandbox_end sandbox_resume(struct sandbox *sandbox, lua_State *thread, int argument_count,
    int *ret_result_count, struct sandbox_fault *ret_fault);

/* The names in the environment, dotted and sorted, one a line: compared with a golden list. */
void sandbox_write_names(struct sandbox *sandbox, struct buf *out);

#endif
