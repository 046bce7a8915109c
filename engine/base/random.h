/* Seeded numbers without hidden state: the nth draw of a named stream is a function of its key.
 *
 * A story that draws more or less often cannot shift the numbers of another story. */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include "base/str.h"

/* 64 well-mixed bits for (seed, stream, draw). Not for secrets. */
uint64_t random_bits(uint64_t seed, struct str stream, uint64_t draw);

/* Uniform in [0, below); below > 0. */
uint64_t random_below(uint64_t seed, struct str stream, uint64_t draw, uint64_t below);

#endif
