/* Arenas: a chain of blocks, each filled from its start, all freed together.
 *
 * There is no way to give back one allocation; what needs that belongs on the heap. Blocks double
 * up to a bound, so that a small arena is small and a large one is a few blocks. In builds with
 * AddressSanitizer the unused part of each block is poisoned: reading behind an allocation, or
 * after a reset, is caught as if it came from malloc. */
#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) && !defined(__SANITIZE_ADDRESS__)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(ptr, size) ((void)(ptr), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(ptr, size) ((void)(ptr), (void)(size))
#endif

enum {
    BLOCK_FIRST_BYTES = 4 * 1024,
    BLOCK_LARGEST_BYTES = 1024 * 1024,
    FORMAT_BRIEF_BYTES = 512,
    GROW_FIRST_ITEMS = 8,
};

struct arena_block {
    struct arena_block *next; /* older */
    size_t capacity;
    size_t used;
    alignas(max_align_t) char bytes[];
};

void arena_init(struct arena *arena)
{
    *arena = (struct arena){0};
}

static void free_blocks(struct arena_block *block)
{
    while (block) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
}

void arena_fini(struct arena *arena)
{
    if (!arena)
        return;
    free_blocks(arena->blocks);
    *arena = (struct arena){0};
}

void arena_reset(struct arena *arena)
{
    struct arena_block *kept = arena->blocks;
    if (kept) {
        free_blocks(kept->next);
        kept->next = NULL;
        kept->used = 0;
        ASAN_POISON_MEMORY_REGION(kept->bytes, kept->capacity);
    }
    arena->used_bytes = 0;
}

static struct arena_block *add_block(struct arena *arena, size_t least_bytes)
{
    size_t capacity = BLOCK_FIRST_BYTES;
    if (arena->blocks) {
        capacity = arena->blocks->capacity;
        capacity = capacity < BLOCK_LARGEST_BYTES / 2 ? capacity * 2 : BLOCK_LARGEST_BYTES;
    }
    if (capacity < least_bytes)
        capacity = least_bytes;
    struct arena_block *block = malloc(sizeof(*block) + capacity);
    if (!block)
        abort();
    block->next = arena->blocks;
    block->capacity = capacity;
    block->used = 0;
    ASAN_POISON_MEMORY_REGION(block->bytes, capacity);
    arena->blocks = block;
    return block;
}

void *arena_alloc(struct arena *arena, size_t count, size_t size)
{
    const size_t align = alignof(max_align_t);
    /* Half of the address space is more than any machine has, and leaves room for the sums below.
     */
    if (size > 0 && count > SIZE_MAX / 2 / size)
        abort();
    size_t bytes = count * size;
    size_t taken = (bytes + align - 1) / align * align;
    if (taken == 0)
        taken = align; /* nothing still has an address of its own */
    struct arena_block *block = arena->blocks;
    if (!block || block->capacity - block->used < taken)
        block = add_block(arena, taken);
    void *memory = block->bytes + block->used;
    block->used += taken;
    arena->used_bytes += taken;
    ASAN_UNPOISON_MEMORY_REGION(memory, bytes);
    memset(memory, 0, bytes);
    return memory;
}

struct str arena_str(struct arena *arena, struct str s)
{
    char *copy = arena_alloc(arena, s.len + 1, 1);
    if (s.len > 0)
        memcpy(copy, s.ptr, s.len);
    return (struct str){copy, s.len};
}

struct strs arena_strs(struct arena *arena, struct strs list)
{
    struct str *items = ARENA_ARRAY(arena, list.count, struct str);
    for (size_t i = 0; i < list.count; i++)
        items[i] = arena_str(arena, list.items[i]);
    return (struct strs){items, list.count};
}

struct str arena_format(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct str text = arena_format_list(arena, format, args);
    va_end(args);
    return text;
}

struct str arena_format_list(struct arena *arena, const char *format, va_list args)
{
    char brief[FORMAT_BRIEF_BYTES]; /* nearly every text fits, and is formatted once only */
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(brief, sizeof(brief), format, again);
    va_end(again);
    assert(len >= 0);
    char *text = arena_alloc(arena, (size_t)len + 1, 1);
    if ((size_t)len < sizeof(brief))
        memcpy(text, brief, (size_t)len + 1);
    else
        vsnprintf(text, (size_t)len + 1, format, args);
    return (struct str){text, (size_t)len};
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size)
{
    assert(count <= *capacity);
    if (count < *capacity)
        return items;
    size_t larger = *capacity > 0 ? *capacity * 2 : GROW_FIRST_ITEMS;
    void *moved = arena_alloc(arena, larger, size);
    if (count > 0)
        memcpy(moved, items, count * size);
    *capacity = larger;
    return moved;
}
