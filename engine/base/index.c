/* An open-addressing table from names to numbers, at most half full.
 *
 * It is not hardened against names chosen to collide. Most names come from the scenario's author;
 * ids of messages come from players, and LIMIT_MESSAGES bounds what that can cost. */
#include "base/index.h"

enum { INDEX_FIRST_SLOTS = 16 };

struct index_slot {
    struct str name;
    int value;
    bool taken;
};

/* FNV-1a. Short names are its best case, and they are all that comes here. */
static uint64_t name_hash(struct str name)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < name.len; i++)
        hash = (hash ^ (unsigned char)name.ptr[i]) * UINT64_C(0x100000001B3);
    return hash ^ (hash >> 32);
}

/* The slot that holds the name, or the free one where it belongs. There is always a free one. */
static struct index_slot *slot_for(const struct index *index, struct str name)
{
    size_t mask = index->slot_count - 1;
    size_t at = (size_t)name_hash(name) & mask;
    while (index->slots[at].taken && !str_eq(index->slots[at].name, name))
        at = (at + 1) & mask;
    return &index->slots[at];
}

static void enlarge(struct index *index, struct arena *arena)
{
    struct index larger = {.used_count = index->used_count};
    larger.slot_count = index->slot_count > 0 ? index->slot_count * 2 : INDEX_FIRST_SLOTS;
    larger.slots = ARENA_ARRAY(arena, larger.slot_count, struct index_slot);
    for (size_t i = 0; i < index->slot_count; i++) {
        if (index->slots[i].taken)
            *slot_for(&larger, index->slots[i].name) = index->slots[i];
    }
    *index = larger;
}

bool index_add(struct index *index, struct arena *arena, struct str name, int value)
{
    if (index->used_count * 2 >= index->slot_count)
        enlarge(index, arena);
    struct index_slot *slot = slot_for(index, name);
    if (slot->taken)
        return false;
    *slot = (struct index_slot){name, value, true};
    index->used_count++;
    return true;
}

int index_find(const struct index *index, struct str name)
{
    if (index->slot_count == 0)
        return INDEX_NONE;
    const struct index_slot *slot = slot_for(index, name);
    return slot->taken ? slot->value : INDEX_NONE;
}
