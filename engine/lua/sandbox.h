/* One guarded Lua: the allowed functions copied into a new table, memory and work bounded.
 *
 * Deterministic by construction: no clock, no addresses, no hash order, no collector control.
 * Used by script/ (stories) and report/ (templates). The words that every user of the sandbox has
 * are the rows of builtin.c. */
#ifndef LUA_SANDBOX_H
#define LUA_SANDBOX_H

#include <lua.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/limits.h"

struct sandbox_limits {
    int64_t memory_bytes; /* all of the state together */
    int64_t string_bytes; /* one string */
    int64_t instructions; /* one call; bytes allocated are charged to it as well */
};

/* Owns a lua_State. The limits hold while code is compiled or run, and in sandbox_call. Whatever
 * the host makes in Lua elsewhere is counted but never refused: when the machine has no memory, the
 * program ends. */
struct sandbox;

struct sandbox *sandbox_new(const struct sandbox_limits *limits); /* NULL: no memory */
void sandbox_free(struct sandbox *sandbox);
lua_State *sandbox_lua(struct sandbox *sandbox);
struct sandbox *sandbox_of(lua_State *L); /* from any of its threads */

struct sandbox_fault {
    struct str file; /* borrows from the sandbox; empty when no author's function is to blame */
    int line;
    char message[512];
    char traceback[1024]; /* "file:line in name" a line, at most eight */
};

/* Compiles a text chunk (never bytecode) with the sandbox's environment and leaves the function on
 * the stack of L. Errors name file and line. A file whose name begins with "[" is the engine's own:
 * faults are blamed on whoever called it. */
bool sandbox_load(struct sandbox *sandbox, struct str source, struct str file, struct err *reterr);

/* The same, with the mistake in parts. */
bool sandbox_compile(
    struct sandbox *sandbox, struct str source, struct str file, struct sandbox_fault *ret_fault);

/* Runs a function of the host's in protection, with one light userdata as its argument, so that a
 * lack of memory is a fault without a place. The function may raise errors. */
bool sandbox_call(struct sandbox *sandbox, lua_CFunction function, void *argument,
    struct sandbox_fault *ret_fault);

/* Replaces the function on top of the stack of L by a new thread that will run it. NULL, with the
 * function gone, when there is no memory. */
lua_State *sandbox_thread(struct sandbox *sandbox, struct sandbox_fault *ret_fault);

/* Adds a C function or the value on top of the stack to the environment under a name. A table is
 * shared with the author's code as it is: only functions and plain values cannot be changed. */
void sandbox_set_function(struct sandbox *sandbox, const char *name, lua_CFunction function);
void sandbox_set_value(struct sandbox *sandbox, const char *name);

/* Pushes the environment as functions see it in _ENV: a read-only face of the real table. */
void sandbox_push_environment(struct sandbox *sandbox, lua_State *L);

/* How a guarded call ended. */
enum sandbox_end { SANDBOX_RETURNED, SANDBOX_YIELDED, SANDBOX_FAILED };

/* Resumes a coroutine (or calls a function on a fresh thread) with argument_count values on its
 * stack, with a new budget armed on this very thread. Once the budget is spent nothing in the
 * script can catch it. */
enum sandbox_end sandbox_resume(struct sandbox *sandbox, lua_State *thread, int argument_count,
    int *ret_result_count, struct sandbox_fault *ret_fault);

/* For C functions that the script may call and whose work is not bounded by a constant: takes
 * instructions from the budget; does not return when it is spent. */
void sandbox_charge(lua_State *L, int64_t instructions);

/* What the last resume took of its budget, to about 500 instructions. */
int64_t sandbox_spent(const struct sandbox *sandbox);

/* Where a thread waits: file, line and traceback. */
void sandbox_where(struct sandbox *sandbox, lua_State *thread, struct sandbox_fault *ret_fault);

/* For tests: where all sandboxes get their memory from instead of realloc; NULL: realloc again. It
 * is never asked for 0 bytes; what it gives is freed by free. */
void sandbox_set_memory(void *(*function)(void *block, size_t bytes));

/* The names in the environment, dotted and sorted, one a line: compared with a golden list. */
void sandbox_write_names(struct sandbox *sandbox, struct buf *out);

#endif
