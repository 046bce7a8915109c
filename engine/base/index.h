/* From a name to a number: the position of a thing in the array that owns it. */
#ifndef BASE_INDEX_H
#define BASE_INDEX_H

#include "base/arena.h"
#include "base/str.h"

struct index_slot;

/* Lives in its arena; borrows the keys. A zeroed index is empty. Names are never removed. */
struct index {
    struct index_slot *slots;
    size_t slot_count; /* a power of two */
    size_t used_count;
};

enum { INDEX_NONE = -1 };

bool index_add(
    struct index *index, struct arena *arena, struct str name, int value); /* false: was
                                                                          there already */
int index_find(const struct index *index, struct str name); /* INDEX_NONE when absent */

#endif
