/* Two who rate: what pairs up, kappa against figures counted by hand, and when there is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "score/skill_agreement.h"

enum { MOST = 200 };

struct ratings {
    struct skill_rated items[MOST];
    char tables[MOST][16];
    size_t count;
};

static void rate(struct ratings *ratings, int table, const char *by, int rating, int proposed)
{
    size_t at = ratings->count++;
    snprintf(ratings->tables[at], sizeof(ratings->tables[at]), "t-%d", table);
    ratings->items[at] = (struct skill_rated){.table = str_of(ratings->tables[at]),
        .capability = STR("escalation"),
        .by = str_of(by),
        .rating = rating,
        .proposed = proposed};
}

/* So many times the first says `one` and the second `other`, each of a table of its own. */
static void rate_twice(struct ratings *ratings, int times, int one, int other)
{
    for (int i = 0; i < times; i++) {
        int table = (int)ratings->count;
        rate(ratings, table, "b", other, 0);
        rate(ratings, table, "a", one, 0);
    }
}

static void test_kappa(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct ratings ratings = {0};
    struct skill_agreement *items;
    /* Squared distances seen: 5, times 20; of all with all: 280. */
    rate_twice(&ratings, 8, 1, 1);
    rate_twice(&ratings, 2, 1, 2);
    rate_twice(&ratings, 1, 2, 1);
    rate_twice(&ratings, 7, 2, 2);
    rate_twice(&ratings, 2, 2, 3);
    assert_int_equal(skill_agreement_find(ratings.items, ratings.count, &arena, &items), 1);
    assert_true(str_is(items[0].first, "a") && str_is(items[0].second, "b"));
    assert_int_equal(items[0].n, 20);
    assert_int_equal(items[0].same, 15);
    assert_int_equal(items[0].counts[1][2], 2);
    assert_int_equal(items[0].counts[2][1], 1);
    assert_true(items[0].has_kappa);
    assert_int_equal(items[0].kappa, 643);
    assert_true(items[0].low < items[0].kappa && items[0].kappa < items[0].high);
    assert_true(items[0].high - items[0].low > 200); /* twenty say little */
    arena_fini(&arena);
}

static void test_when_there_is_none(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct ratings few = {0}, alike = {0}, apart = {0};
    struct skill_agreement *items;
    rate_twice(&few, 10, 1, 1);
    rate_twice(&few, 9, 2, 3);
    assert_int_equal(skill_agreement_find(few.items, few.count, &arena, &items), 1);
    assert_int_equal(items[0].n, 19);
    assert_false(items[0].has_kappa);
    /* Who always says the same has nothing that chance could not do. */
    rate_twice(&alike, 30, 2, 2);
    skill_agreement_find(alike.items, alike.count, &arena, &items);
    assert_int_equal(items[0].same, 30);
    assert_false(items[0].has_kappa);
    /* Who never rated the same thing is no pair. */
    rate(&apart, 1, "a", 1, 0);
    rate(&apart, 2, "b", 1, 0);
    assert_int_equal(skill_agreement_find(apart.items, apart.count, &arena, &items), 0);
    assert_int_equal(skill_agreement_find(NULL, 0, &arena, &items), 0);
    arena_fini(&arena);
}

/* The engine is a rater as well, where it proposed anything; the one evaluator has no name. */
static void test_the_engine(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct ratings ratings = {0};
    struct skill_agreement *items;
    rate(&ratings, 1, "", 1, 2);
    rate(&ratings, 2, "", 3, 3);
    rate(&ratings, 3, "", 3, 0);
    assert_int_equal(skill_agreement_find(ratings.items, ratings.count, &arena, &items), 1);
    assert_true(items[0].is_engine);
    assert_int_equal(items[0].n, 2);
    assert_int_equal(items[0].counts[1][2], 1);
    assert_int_equal(items[0].counts[3][3], 1);
    arena_fini(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kappa),
        cmocka_unit_test(test_when_there_is_none),
        cmocka_unit_test(test_the_engine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
