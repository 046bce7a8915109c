/* SHA-256 through libsodium, whose hash needs no sodium_init(). */
#include "base/hash.h"

#include <sodium.h>

struct hash hash_of(const struct str *parts, size_t part_count)
{
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    for (size_t i = 0; i < part_count; i++) {
        uint64_t len = parts[i].len;
        unsigned char prefix[8];
        for (int byte = 0; byte < 8; byte++)
            prefix[byte] = (unsigned char)(len >> (56 - 8 * byte));
        crypto_hash_sha256_update(&state, prefix, sizeof(prefix));
        if (len > 0)
            crypto_hash_sha256_update(&state, (const unsigned char *)parts[i].ptr, len);
    }
    struct hash hash;
    crypto_hash_sha256_final(&state, hash.bytes);
    return hash;
}

struct hash hash_of_bytes(struct str bytes)
{
    struct hash hash;
    const char *ptr = bytes.len > 0 ? bytes.ptr : "";
    crypto_hash_sha256(hash.bytes, (const unsigned char *)ptr, bytes.len);
    return hash;
}

bool hash_eq(const struct hash *a, const struct hash *b)
{
    return sodium_memcmp(a->bytes, b->bytes, HASH_BYTES) == 0;
}

struct str hash_hex(const struct hash *hash, char out[HASH_HEX_BYTES + 1])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < HASH_BYTES; i++) {
        out[2 * i] = digits[hash->bytes[i] >> 4];
        out[2 * i + 1] = digits[hash->bytes[i] & 0x0F];
    }
    out[HASH_HEX_BYTES] = '\0';
    return (struct str){out, HASH_HEX_BYTES};
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

bool hash_from_hex(struct str hex, struct hash *ret_hash)
{
    if (hex.len != HASH_HEX_BYTES)
        return false;
    struct hash hash;
    for (size_t i = 0; i < HASH_BYTES; i++) {
        int high = hex_digit(hex.ptr[2 * i]);
        int low = hex_digit(hex.ptr[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        hash.bytes[i] = (uint8_t)(high * 16 + low);
    }
    *ret_hash = hash;
    return true;
}
