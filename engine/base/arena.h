/* Memory by lifespan: everything allocated from an arena is freed at once.
 *
 * Four lifespans exist: definitions (load to exit), table (start to end), step (one input) and
 * connection. Memory comes zeroed. Out of memory aborts: nothing in the engine could go on. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "base/str.h"

struct arena_block;

/* Owned by whoever declares it; a zeroed arena is ready to use. */
struct arena {
    struct arena_block *blocks;
    size_t used_bytes; /* handed out since the last reset */
};

void arena_init(struct arena *arena);
void arena_fini(struct arena *arena);
void arena_reset(struct arena *arena); /* forgets all, keeps one block for the next use */

void *arena_alloc(struct arena *arena, size_t count, size_t size); /* zeroed, max-aligned */
#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), 1, sizeof(type)))
#define ARENA_ARRAY(arena, count, type) ((type *)arena_alloc((arena), (count), sizeof(type)))

/* Copies. The copy is followed by a NUL that its length does not count. */
struct str arena_str(struct arena *arena, struct str s);
struct strs arena_strs(struct arena *arena, struct strs list); /* copies the spans' bytes too */
struct str arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct str arena_format_list(struct arena *arena, const char *format, va_list args);

/* Room for one more item in a growing array: returns items, moved if need be, and updates
 * *capacity. Old copies stay in the arena until it is freed, at most as much again. */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size);

#endif
