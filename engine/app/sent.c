/* Open addressing, at most half full; 0 marks a free slot. */
#include "app/sent.h"

#include "base/random.h"

enum { SENT_FIRST_SLOTS = 64 };

static uint64_t print_of(const struct sent *sent, struct str actor, struct str id)
{
    uint64_t print = random_bits(random_bits(sent->key, actor, 0), id, 0);
    return print != 0 ? print : 1;
}

/* The slot that holds the fingerprint, or the free one where it belongs. */
static uint64_t *slot_for(const struct sent *sent, uint64_t print)
{
    size_t mask = sent->slot_count - 1;
    size_t at = (size_t)print & mask;
    while (sent->prints[at] != 0 && sent->prints[at] != print)
        at = (at + 1) & mask;
    return &sent->prints[at];
}

static void enlarge(struct sent *sent, struct arena *arena)
{
    struct sent larger = *sent;
    larger.slot_count = sent->slot_count > 0 ? sent->slot_count * 2 : SENT_FIRST_SLOTS;
    larger.prints = ARENA_ARRAY(arena, larger.slot_count, uint64_t);
    for (size_t i = 0; i < sent->slot_count; i++)
        if (sent->prints[i] != 0)
            *slot_for(&larger, sent->prints[i]) = sent->prints[i];
    *sent = larger;
}

void sent_add(struct sent *sent, struct arena *arena, struct str actor, struct str id)
{
    if (id.len == 0)
        return;
    if (sent->used_count * 2 >= sent->slot_count)
        enlarge(sent, arena);
    uint64_t print = print_of(sent, actor, id);
    uint64_t *slot = slot_for(sent, print);
    if (*slot == 0)
        sent->used_count++;
    *slot = print;
}

bool sent_perhaps(const struct sent *sent, struct str actor, struct str id)
{
    if (id.len == 0)
        return false;
    if (sent->is_partial)
        return true;
    return sent->slot_count > 0 && *slot_for(sent, print_of(sent, actor, id)) != 0;
}
