/* Seeded numbers: fixed for ever, evenly spread, and independent between streams. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/random.h"
#include "unit/aborts.h"

/* Recorded exercises replay with these numbers. If this test fails, the engine's semantics changed;
 * mend random.c, not the numbers. */
static void test_numbers_never_change(void **state)
{
    (void)state;
    static const struct {
        uint64_t seed;
        struct str stream;
        uint64_t draw, bits;
    } cases[] = {
        {UINT64_C(0), STR_INIT(""), 0, UINT64_C(0x832934CE4AD06BAF)},
        {UINT64_C(1), STR_INIT("story"), 0, UINT64_C(0xFEBA86D792B1456A)},
        {UINT64_C(1), STR_INIT("story"), 1, UINT64_C(0xA0BAA23E011E178E)},
        {UINT64_C(18446744073709551615), STR_INIT("cast/jpcert-cc"), 123456789,
            UINT64_C(0xDF8FB27476BFDF37)},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        uint64_t bits = random_bits(cases[i].seed, cases[i].stream, cases[i].draw);
        assert_true(bits == cases[i].bits);
    }
}

static void test_each_part_of_the_key_counts(void **state)
{
    (void)state;
    const uint64_t bits = random_bits(1, STR("story"), 1);
    assert_true(bits == random_bits(1, STR("story"), 1));
    assert_true(bits != random_bits(2, STR("story"), 1));
    assert_true(bits != random_bits(1, STR("storz"), 1));
    assert_true(bits != random_bits(1, STR("story\0"), 1));
    assert_true(bits != random_bits(1, STR("story"), 2));
    assert_true(random_bits(1, STR("12345678"), 0) != random_bits(1, STR("123456780"), 0));
    assert_true(random_bits(0, STR(""), 0) != random_bits(0, STR(""), 1));
}

/* Neighbouring draws differ in about half of their bits: over 64,000 bits, 32,000 ± 5 sigma. */
static void test_neighbours_differ_in_half_of_their_bits(void **state)
{
    (void)state;
    int differing = 0;
    for (uint64_t draw = 0; draw < 1000; draw++) {
        uint64_t bits = random_bits(7, STR("s"), draw) ^ random_bits(7, STR("s"), draw + 1);
        for (; bits != 0; bits &= bits - 1)
            differing++;
    }
    assert_in_range(differing, 32000 - 632, 32000 + 632);
}

static void test_below_is_even(void **state)
{
    (void)state;
    int seen[10] = {0};
    for (uint64_t draw = 0; draw < 100000; draw++) {
        uint64_t number = random_below(7, STR("dice"), draw, 10);
        assert_in_range(number, 0, 9);
        seen[number]++;
    }
    for (size_t i = 0; i < 10; i++)
        assert_in_range(seen[i], 9500, 10500); /* 10,000 ± 5 sigma */
    assert_int_equal(random_below(1, STR("x"), 2, 1), 0);
    /* Nearly half of all values are drawn again here. */
    const uint64_t many = (UINT64_C(1) << 63) + 1;
    uint64_t upper = 0;
    for (uint64_t draw = 0; draw < 10000; draw++) {
        uint64_t number = random_below(1, STR("many"), draw, many);
        assert_true(number < many);
        upper += number > many / 2;
    }
    assert_in_range(upper, 4750, 5250);
}

static void draw_below_nothing(void)
{
    (void)random_below(1, STR("x"), 0, 0);
}

static void test_below_nothing_aborts(void **state)
{
    (void)state;
    assert_true(call_aborts(draw_below_nothing));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_never_change),
        cmocka_unit_test(test_each_part_of_the_key_counts),
        cmocka_unit_test(test_neighbours_differ_in_half_of_their_bits),
        cmocka_unit_test(test_below_is_even),
        cmocka_unit_test(test_below_nothing_aborts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
