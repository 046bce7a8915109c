/* SHA-256, from libsodium: chains, content addresses, salted text. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/str.h"

enum { HASH_BYTES = 32, HASH_HEX_BYTES = 64 };

struct hash {
    uint8_t bytes[HASH_BYTES];
};

/* The hash of several spans as if they stood one behind the other, each preceded by its length as
 * eight big-endian bytes, so that no two different lists give the same input. */
struct hash hash_of(const struct str *parts, size_t part_count);
struct hash hash_of_bytes(struct str bytes); /* plain SHA-256, as sha256sum(1) prints it */

bool hash_eq(const struct hash *a, const struct hash *b); /* in constant time */

/* Writes 64 lower-case digits and a NUL; returns the span of the digits in out. */
struct str hash_hex(const struct hash *hash, char out[HASH_HEX_BYTES + 1]);
bool hash_from_hex(struct str hex, struct hash *ret_hash);

#endif
