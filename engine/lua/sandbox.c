/* The guard: what a Lua state may take of memory and time.
 *
 * Three things count against the budget of a call: instructions (a hook), bytes (the allocator) and
 * the work of C functions (sandbox_charge). The hook alone would not do: one instruction can join
 * two long texts or rebuild a large table. Each allocation is charged in full, also one that keeps
 * its size, because that is how a rebuilt table shows.
 *
 * The limits are armed only while a chunk is compiled or resumed, or while the host makes things of
 * its own in sandbox_call. All three run in Lua's own protection, where a refusal is an error with
 * a place, whether a limit or the machine has no more to give. Outside of them the host only moves
 * values that are there: nothing is allocated, the panic function is unreachable. */
#include "lua/sandbox.h"

#include <assert.h>
#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "lua/environment.h"
#include "lua/fault.h"
#include "lua/source.h"

enum {
    HOOK_INSTRUCTIONS = 500,
    BYTES_AN_INSTRUCTION = 16, /* about what one instruction's time copies */
    STRING_HEADER_BYTES = 24,  /* what Lua adds to a string, and the NUL */
    STRING_NUL_BYTES = 1
};

enum refusal { REFUSED_NOTHING, REFUSED_STRING, REFUSED_MEMORY, REFUSED_MACHINE };

/* What the host itself does is bounded by the host. */
static const int64_t host_instructions = INT64_MAX / 2;

struct sandbox {
    lua_State *L;
    struct sandbox_limits limits;
    int64_t used_bytes;
    lua_State *running;
    int64_t allowance, budget; /* of the running or last call: at its beginning, and what is left */
    bool armed, spent;
    enum refusal refused; /* what the allocator said no to last */
    struct arena arena;   /* names of files */
    struct str *files;    /* the chunk named "#n" is files[n] */
    size_t file_count, file_capacity;
};

static const char thread_key; /* its address is where the newest thread is kept */

static void *(*reallocate)(void *block, size_t bytes) = realloc;

void sandbox_set_memory(void *(*function)(void *block, size_t bytes))
{
    reallocate = function != NULL ? function : realloc;
}

static int raise_spent(struct sandbox *sandbox, lua_State *L)
{
    sandbox->spent = true;
    return luaL_error(L, "this takes too long");
}

/* Once the budget is spent the hook comes at every instruction, so that an error handler or a
 * <close> variable, should there ever be one, gets no further than its first. */
static void count_instructions(lua_State *L, lua_Debug *where)
{
    (void)where;
    struct sandbox *sandbox = sandbox_of(L);
    sandbox->budget -= lua_gethookcount(L);
    if (sandbox->budget > 0)
        return;
    lua_sethook(L, count_instructions, LUA_MASKCOUNT, 1);
    raise_spent(sandbox, L);
}

/* The allocator must not raise an error, but may bring the hook forward to the next instruction. */
static void charge_bytes(struct sandbox *sandbox, int64_t bytes)
{
    bool was_left = sandbox->budget > 0;
    sandbox->budget -= bytes / BYTES_AN_INSTRUCTION;
    if (was_left && sandbox->budget <= 0)
        lua_sethook(sandbox->running, count_instructions, LUA_MASKCOUNT, 1);
}

static bool is_refused(struct sandbox *sandbox, size_t old_bytes, size_t tag, size_t new_bytes)
{
    const struct sandbox_limits *limits = &sandbox->limits;
    size_t string_most = (size_t)limits->string_bytes + STRING_HEADER_BYTES + STRING_NUL_BYTES;
    if (tag == LUA_TSTRING && new_bytes > string_most) {
        sandbox->refused = REFUSED_STRING;
        return true;
    }
    int64_t growth = (int64_t)new_bytes - (int64_t)old_bytes;
    if (growth > 0 && sandbox->used_bytes + growth > limits->memory_bytes) {
        sandbox->refused = REFUSED_MEMORY;
        return true;
    }
    charge_bytes(sandbox, (int64_t)new_bytes);
    return false;
}

/* For a new object Lua passes its type in place of the old size. */
static void *allocate(void *self, void *block, size_t old_or_tag, size_t new_bytes)
{
    struct sandbox *sandbox = self;
    size_t old_bytes = block == NULL ? 0 : old_or_tag;
    if (new_bytes == 0) {
        sandbox->used_bytes -= (int64_t)old_bytes;
        free(block);
        return NULL;
    }
    size_t tag = block == NULL ? old_or_tag : 0;
    if (sandbox->armed && is_refused(sandbox, old_bytes, tag, new_bytes))
        return NULL;
    void *moved = reallocate(block, new_bytes);
    if (moved == NULL && sandbox->armed) {
        sandbox->refused = REFUSED_MACHINE;
        return NULL;
    }
    if (moved == NULL) {
        fputs("out of memory\n", stderr);
        abort();
    }
    sandbox->used_bytes += (int64_t)new_bytes - (int64_t)old_bytes;
    return moved;
}

static void arm(struct sandbox *sandbox, lua_State *thread, int64_t instructions)
{
    assert(!sandbox->armed);
    sandbox->armed = true;
    sandbox->running = thread;
    sandbox->spent = false;
    sandbox->refused = REFUSED_NOTHING;
    sandbox->allowance = sandbox->budget = instructions;
    lua_sethook(thread, count_instructions, LUA_MASKCOUNT, HOOK_INSTRUCTIONS);
}

static int panic(lua_State *L)
{
    const char *message = lua_tostring(L, -1);
    fprintf(stderr, "an unprotected Lua error: %s\n", message != NULL ? message : "?");
    return 0; /* Lua aborts */
}

static int make_environment(lua_State *L)
{
    environment_init(L);
    return 0;
}

struct sandbox *sandbox_new(const struct sandbox_limits *limits)
{
    struct sandbox *sandbox = calloc(1, sizeof(*sandbox));
    if (sandbox == NULL)
        abort();
    sandbox->limits = *limits;
    sandbox->armed = true; /* a refusal here is an answer */
    sandbox->limits.memory_bytes = INT64_MAX;
    sandbox->L = lua_newstate(allocate, sandbox);
    sandbox->armed = false;
    struct sandbox_fault fault;
    bool is_ready = sandbox->L != NULL;
    if (is_ready) {
        lua_atpanic(sandbox->L, panic);
        is_ready = sandbox_call(sandbox, make_environment, NULL, &fault);
    }
    sandbox->limits = *limits;
    if (is_ready)
        return sandbox;
    sandbox_free(sandbox);
    return NULL;
}

void sandbox_free(struct sandbox *sandbox)
{
    if (sandbox == NULL)
        return;
    if (sandbox->L != NULL)
        lua_close(sandbox->L);
    arena_fini(&sandbox->arena);
    free(sandbox);
}

lua_State *sandbox_lua(struct sandbox *sandbox)
{
    return sandbox->L;
}

struct sandbox *sandbox_of(lua_State *L)
{
    void *self;
    lua_getallocf(L, &self);
    return self;
}

void sandbox_charge(lua_State *L, int64_t instructions)
{
    struct sandbox *sandbox = sandbox_of(L);
    if (!sandbox->armed)
        return;
    sandbox->budget -= instructions;
    if (sandbox->budget <= 0)
        raise_spent(sandbox, L);
}

/* What a limit says to an author; Lua's own words for it would be "not enough memory". */
static void limit_message(const struct sandbox *sandbox, int status, struct sandbox_fault *fault)
{
    const struct sandbox_limits *limits = &sandbox->limits;
    bool is_memory = status == LUA_ERRMEM || str_is(str_of(fault->message), "not enough memory");
    char *out = fault->message;
    size_t room = sizeof(fault->message);
    if (sandbox->spent)
        snprintf(out, room,
            "this takes more than %lld instructions at one go; is there a loop that never ends or "
            "never waits?",
            (long long)limits->instructions);
    else if (is_memory && sandbox->refused == REFUSED_STRING)
        snprintf(out, room, "this makes a text of more than %lld bytes; keep texts short",
            (long long)limits->string_bytes);
    else if (is_memory && sandbox->refused == REFUSED_MACHINE)
        snprintf(out, room, "the machine has no memory left for this");
    else if (is_memory)
        snprintf(out, room,
            "this needs more than %lld KiB of memory; keep less, or forget it sooner",
            (long long)limits->memory_bytes / 1024);
    else if (str_is(str_of(out), "C stack overflow"))
        snprintf(out, room, "this is nested too deeply; write it in steps");
}

static struct strs file_list(const struct sandbox *sandbox)
{
    return (struct strs){sandbox->files, sandbox->file_count};
}

static void fill_fault(
    struct sandbox *sandbox, lua_State *thread, int status, struct sandbox_fault *ret_fault)
{
    struct sandbox_fault fault = {0};
    struct strs files = file_list(sandbox);
    fault_read_message(thread, files, &fault);
    limit_message(sandbox, status, &fault);
    fault_read_stack(thread, files, &fault);
    *ret_fault = fault;
}

struct chunk {
    struct str text;
    bool is_read;
};

static const char *read_chunk(lua_State *L, void *data, size_t *ret_len)
{
    (void)L;
    struct chunk *chunk = data;
    *ret_len = chunk->is_read ? 0 : chunk->text.len;
    chunk->is_read = true;
    return chunk->text.ptr;
}

/* Chunks are named by number: Lua cuts the names of files to 60 bytes in its messages. */
static size_t add_file(struct sandbox *sandbox, struct str file)
{
    size_t capacity = sandbox->file_capacity;
    sandbox->files = arena_grow(
        &sandbox->arena, sandbox->files, sandbox->file_count, &capacity, sizeof(*sandbox->files));
    sandbox->file_capacity = capacity;
    sandbox->files[sandbox->file_count] = arena_str(&sandbox->arena, file);
    return sandbox->file_count++;
}

static void problem_to_fault(const struct problems *problems, struct sandbox_fault *ret_fault)
{
    const struct problem *problem = &problems->items[0];
    ret_fault->line = problem->place.line;
    snprintf(ret_fault->message, sizeof(ret_fault->message), "%.*s", STR_ARG(problem->message));
}

bool sandbox_compile(
    struct sandbox *sandbox, struct str source, struct str file, struct sandbox_fault *ret_fault)
{
    size_t number = add_file(sandbox, file);
    struct sandbox_fault fault = {.file = sandbox->files[number]};
    struct problems problems = {0};
    bool is_good = source_check(source, file, &problems);
    if (!is_good)
        problem_to_fault(&problems, &fault);
    problems_fini(&problems);
    if (!is_good) {
        *ret_fault = fault;
        return false;
    }
    char name[32];
    snprintf(name, sizeof(name), "=#%zu", number);
    struct chunk chunk = {.text = source_text(source)};
    arm(sandbox, sandbox->L, INT64_MAX);
    int status = lua_load(sandbox->L, read_chunk, &chunk, name, "t");
    sandbox->armed = false;
    if (status != LUA_OK) {
        fault_read_message(sandbox->L, file_list(sandbox), &fault);
        limit_message(sandbox, status, &fault);
        lua_pop(sandbox->L, 1);
        *ret_fault = fault;
        return false;
    }
    environment_push_face(sandbox->L);
    lua_setupvalue(sandbox->L, -2, 1);
    return true;
}

bool sandbox_load(struct sandbox *sandbox, struct str source, struct str file, struct err *reterr)
{
    struct sandbox_fault fault;
    if (sandbox_compile(sandbox, source, file, &fault))
        return true;
    return err_set_at(
        reterr, (struct place){.file = file, .line = fault.line}, "%s", fault.message);
}

void sandbox_set_function(struct sandbox *sandbox, const char *name, lua_CFunction function)
{
    lua_pushcfunction(sandbox->L, function);
    environment_set(sandbox->L, name);
}

void sandbox_set_value(struct sandbox *sandbox, const char *name)
{
    environment_set(sandbox->L, name);
}

void sandbox_push_environment(struct sandbox *sandbox, lua_State *L)
{
    assert(sandbox_of(L) == sandbox);
    environment_push_face(L);
}

bool sandbox_call(struct sandbox *sandbox, lua_CFunction function, void *argument,
    struct sandbox_fault *ret_fault)
{
    lua_State *L = sandbox->L;
    lua_pushcfunction(L, function);
    lua_pushlightuserdata(L, argument);
    arm(sandbox, L, host_instructions);
    int status = lua_pcall(L, 1, 0, 0);
    sandbox->armed = false;
    if (status == LUA_OK)
        return true;
    struct sandbox_fault fault = {0};
    fault_read_message(L, file_list(sandbox), &fault);
    limit_message(sandbox, status, &fault);
    lua_pop(L, 1);
    *ret_fault = fault;
    return false;
}

/* In place of the function on top of the stack comes the thread. */
static int make_thread(lua_State *L)
{
    lua_State **ret_thread = lua_touserdata(L, 1);
    *ret_thread = lua_newthread(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &thread_key);
    return 0;
}

lua_State *sandbox_thread(struct sandbox *sandbox, struct sandbox_fault *ret_fault)
{
    lua_State *L = sandbox->L, *thread = NULL;
    if (!sandbox_call(sandbox, make_thread, &thread, ret_fault)) {
        lua_pop(L, 1);
        return NULL;
    }
    lua_xmove(L, thread, 1);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &thread_key); /* the next one takes its place there */
    return thread;
}

int64_t sandbox_spent(const struct sandbox *sandbox)
{
    int64_t left = sandbox->budget > 0 ? sandbox->budget : 0;
    return sandbox->allowance - left;
}

void sandbox_where(struct sandbox *sandbox, lua_State *thread, struct sandbox_fault *ret_fault)
{
    *ret_fault = (struct sandbox_fault){0};
    fault_read_stack(thread, file_list(sandbox), ret_fault);
}

enum sandbox_end sandbox_resume(struct sandbox *sandbox, lua_State *thread, int argument_count,
    int *ret_result_count, struct sandbox_fault *ret_fault)
{
    int result_count = 0;
    arm(sandbox, thread, sandbox->limits.instructions);
    int status = lua_resume(thread, sandbox->L, argument_count, &result_count);
    sandbox->armed = false;
    if (status != LUA_OK && status != LUA_YIELD) {
        fill_fault(sandbox, thread, status, ret_fault);
        return SANDBOX_FAILED;
    }
    *ret_result_count = result_count;
    return status == LUA_OK ? SANDBOX_RETURNED : SANDBOX_YIELDED;
}

void sandbox_write_names(struct sandbox *sandbox, struct buf *out)
{
    environment_write_names(sandbox->L, out);
}
