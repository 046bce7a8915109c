/* Bits: there are few parties, and most of what is asked of a set is whether two of them meet. */
#include "score/party_set.h"

bool party_set_has(const struct party_set *set, int party)
{
    return party >= 0 && (set->bits[party / 64] >> (party % 64) & 1) != 0;
}

void party_set_add(struct party_set *set, int party)
{
    set->bits[party / 64] |= UINT64_C(1) << (party % 64);
}

void party_set_add_all(struct party_set *set, const struct party_set *other)
{
    for (int i = 0; i < PARTY_WORDS; i++)
        set->bits[i] |= other->bits[i];
}

void party_set_remove(struct party_set *set, int party)
{
    if (party >= 0)
        set->bits[party / 64] &= ~(UINT64_C(1) << (party % 64));
}

bool party_set_meets(const struct party_set *a, const struct party_set *b)
{
    for (int i = 0; i < PARTY_WORDS; i++)
        if ((a->bits[i] & b->bits[i]) != 0)
            return true;
    return false;
}

bool party_set_is_empty(const struct party_set *set)
{
    return !party_set_meets(set, set);
}

int party_set_count(const struct party_set *set)
{
    int count = 0;
    for (int i = 0; i < PARTY_WORDS; i++)
        for (uint64_t rest = set->bits[i]; rest != 0; rest &= rest - 1)
            count++;
    return count;
}

int party_set_next(const struct party_set *set, int after)
{
    int from = after + 1;
    for (int i = from / 64; i < PARTY_WORDS; i++) {
        uint64_t rest = set->bits[i];
        if (i == from / 64)
            rest &= ~UINT64_C(0) << (from % 64);
        if (rest != 0)
            return i * 64 + __builtin_ctzll(rest);
    }
    return PARTY_NONE;
}
