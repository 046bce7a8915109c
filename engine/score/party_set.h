/* Sets of parties, which go by number: the seats of the definition, then its stakeholders. */
#ifndef SCORE_PARTY_SET_H
#define SCORE_PARTY_SET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/limits.h"

enum {
    PARTY_NONE = -1,
    PARTY_LIMIT = LIMIT_SEATS + LIMIT_STAKEHOLDERS,
    PARTY_WORDS = (PARTY_LIMIT + 63) / 64
};

/* Plain data; zeroed it is empty. */
struct party_set {
    uint64_t bits[PARTY_WORDS];
};

bool party_set_has(const struct party_set *set, int party); /* PARTY_NONE is in none */
void party_set_add(struct party_set *set, int party);
void party_set_add_all(struct party_set *set, const struct party_set *other);
void party_set_remove(struct party_set *set, int party);
bool party_set_meets(const struct party_set *a, const struct party_set *b);
bool party_set_is_empty(const struct party_set *set);
int party_set_count(const struct party_set *set);

/* The next one after this, in ascending order; begins and ends with PARTY_NONE. */
int party_set_next(const struct party_set *set, int after);

#endif
