/* Hashes, against the vectors of FIPS 180-2 and sha256sum(1). */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/hash.h"

static void assert_hex(struct hash hash, const char *expected)
{
    char hex[HASH_HEX_BYTES + 1];
    assert_int_equal(hash_hex(&hash, hex).len, HASH_HEX_BYTES);
    assert_string_equal(hex, expected);
}

static void test_plain(void **state)
{
    (void)state;
    assert_hex(hash_of_bytes((struct str){NULL, 0}),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_hex(hash_of_bytes(STR("abc")),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void test_parts_are_kept_apart(void **state)
{
    (void)state;
    const struct str one[] = {STR("ab"), STR("c")}, other[] = {STR("a"), STR("bc")};
    struct hash a = hash_of(one, 2), b = hash_of(other, 2), again = hash_of(one, 2);
    assert_false(hash_eq(&a, &b));
    assert_true(hash_eq(&a, &again));
    /* The lengths are eight big-endian bytes. */
    struct hash by_hand = hash_of_bytes(STR("\0\0\0\0\0\0\0\2ab\0\0\0\0\0\0\0\1c"));
    assert_true(hash_eq(&a, &by_hand));
    assert_hex(
        hash_of(NULL, 0), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void test_hex_is_read_back(void **state)
{
    (void)state;
    struct hash hash = hash_of_bytes(STR("abc")), back = {{0}};
    char hex[HASH_HEX_BYTES + 1];
    struct str digits = hash_hex(&hash, hex);
    assert_true(hash_from_hex(digits, &back));
    assert_true(hash_eq(&hash, &back));
    assert_false(hash_from_hex((struct str){hex, HASH_HEX_BYTES - 1}, &back));
    static const char bad[] = {'g', 'A', '/', ':', '`', ' ', '\0'};
    for (size_t i = 0; i < sizeof(bad); i++) {
        hash_hex(&hash, hex);
        hex[i] = bad[i];
        assert_false(hash_from_hex(digits, &back));
    }
    assert_true(hash_eq(&hash, &back));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_parts_are_kept_apart),
        cmocka_unit_test(test_hex_is_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
