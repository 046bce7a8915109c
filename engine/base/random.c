/* Numbers as a function of (seed, stream, draw): nothing is remembered between two draws.
 *
 * The key is absorbed eight bytes at a time, each word passed through a finalizer that changes half
 * of the output bits for any changed input bit (splitmix64's, with David Stafford's "mix 13"
 * constants). The length closes the stream name, so that "a" and "a\0" differ. The result is part
 * of the record's meaning: changing it changes the engine's semantics version. */
#include "base/random.h"

#include <assert.h>

static const uint64_t golden = UINT64_C(0x9E3779B97F4A7C15); /* 2^64 divided by the golden ratio */

static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

static uint64_t absorb(uint64_t state, uint64_t word)
{
    return mix((state ^ word) + golden);
}

uint64_t random_bits(uint64_t seed, struct str stream, uint64_t draw)
{
    uint64_t state = absorb(0, seed);
    for (size_t at = 0; at < stream.len; at += 8) {
        uint64_t word = 0; /* little-endian on every machine */
        for (size_t i = 0; i < 8 && at + i < stream.len; i++)
            word |= (uint64_t)(unsigned char)stream.ptr[at + i] << (8 * i);
        state = absorb(state, word);
    }
    state = absorb(state, stream.len);
    return mix(absorb(state, draw));
}

uint64_t random_below(uint64_t seed, struct str stream, uint64_t draw, uint64_t below)
{
    assert(below > 0);
    /* The 2^64 values are not a multiple of below; the first few are drawn again from themselves,
     * so that every answer is equally likely and the next draw is not touched. */
    uint64_t surplus = (UINT64_MAX - below + 1) % below;
    uint64_t bits = random_bits(seed, stream, draw);
    while (bits < surplus)
        bits = mix(bits + golden);
    return bits % below;
}
