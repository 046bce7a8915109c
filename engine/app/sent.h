/* Which inputs a table has had, as a set of fingerprints.
 *
 * It answers "never" for certain and "perhaps" otherwise; who hears "perhaps" asks the record.
 * Nearly every input is new, so nearly every question to the record is saved. */
#ifndef APP_SENT_H
#define APP_SENT_H

#include "base/arena.h"
#include "base/str.h"

/* Lives in its arena. A zeroed one with its key set is empty. */
struct sent {
    uint64_t key; /* nobody outside knows it: ids are chosen by clients, collisions cannot be */
    uint64_t *prints;
    size_t slot_count; /* a power of two */
    size_t used_count;
    bool is_partial; /* inputs were missed: everything is "perhaps" */
};

void sent_add(struct sent *sent, struct arena *arena, struct str actor, struct str id);
bool sent_perhaps(const struct sent *sent, struct str actor, struct str id);

#endif
