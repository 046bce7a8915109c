/* The interval of a clustered rate: what it covers, what its gaps are worth, and its edges.
 *
 * A shorter `./do bench skills`: fewer years and cells, so with more room for chance. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "unit/skill_years.h"

enum { YEARS = 200 };

static const double spreads[] = {0, 0.8, 1.2};
static const double rates[] = {0.60, 0.75, 0.90};
static const size_t exercise_counts[] = {2, 3, 6, 12};

/* Of 200 years 88 % are 176; chance takes ten of them or adds as many once in a hundred times. */
static void test_intervals_cover(void **state)
{
    (void)state;
    struct skill_grid *grid = skill_grid_new();
    struct years_dice dice = {.seed = 1};
    int all = 0;
    for (int cell = 0; cell < 36; cell++) {
        struct team team = years_team(rates[cell % 3], spreads[cell / 3 % 3]);
        size_t exercises = exercise_counts[cell / 9];
        int covered = years_covered(grid, &team, exercises, YEARS, &dice);
        if (covered < 166 || covered > 198)
            fail_msg("a rate of %.2f, sd %.1f, %zu exercises: %d of %d", team.rate,
                spreads[cell / 3 % 3], exercises, covered, YEARS);
        all += covered;
    }
    assert_in_range(all, 36 * YEARS * 90 / 100, 36 * YEARS * 95 / 100);
    skill_grid_free(grid);
}

/* Half of the teams are below the target, by five percent and more. */
static void test_gaps_are_gaps(void **state)
{
    (void)state;
    struct skill_grid *grid = skill_grid_new();
    struct years_dice dice = {.seed = 2};
    int flagged = 0, right = 0;
    for (int rate = 65; rate <= 95; rate += 10) {
        struct team team = years_team(rate / 100.0, 0.8);
        for (int year = 0; year < YEARS; year++) {
            struct skill_cluster clusters[YEARS_EXERCISES];
            size_t exercises = 2 + (size_t)year % 5;
            years_play(&team, exercises, &dice, clusters);
            int below = skill_interval_find(grid, clusters, exercises, 800).below;
            flagged += below >= 800;
            right += below >= 800 && rate < 80;
        }
    }
    assert_true(flagged > 100);
    assert_true(right * 10 >= flagged * 8);
    skill_grid_free(grid);
}

struct expected {
    const char *name;
    struct skill_cluster clusters[4];
    int target, low, high, below;
};

static const struct expected expected[] = {
    {"nothing is believed of it", {{0}}, 800, 15, 985, 711},
    {"one exercise", {{4, 4}}, 800, 297, 995, 271},
    {"two like exercises are narrow", {{5, 10}, {5, 10}}, 800, 318, 682, 981},
    {"two unlike ones are not", {{10, 10}, {0, 10}}, 800, 118, 882, 871},
    {"a cluster of nothing says nothing", {{5, 10}, {0, 0}, {5, 10}}, 800, 318, 682, 981},
    {"all of four", {{8, 8}, {8, 8}, {8, 8}, {8, 8}}, 800, 858, 999, 16},
    {"none of four", {{0, 8}, {0, 8}, {0, 8}, {0, 8}}, 800, 1, 142, 1000},
    {"every rate is below one", {{8, 8}, {8, 8}}, 1000, 513, 997, 1000},
    {"very many in one exercise", {{700, 1000}, {1400, 2000}}, 800, 648, 738, 975},
};

static void test_examples(void **state)
{
    (void)state;
    struct skill_grid *grid = skill_grid_new();
    for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
        const struct expected *one = &expected[i];
        struct skill_interval found = skill_interval_find(grid, one->clusters, 4, one->target);
        if (found.low != one->low || found.high != one->high || found.below != one->below)
            fail_msg("%s: %d, %d, %d", one->name, found.low, found.high, found.below);
    }
    skill_grid_free(grid);
}

static void test_rising(void **state)
{
    (void)state;
    struct skill_grid *grid = skill_grid_new();
    struct skill_cluster better[] = {{2, 8}, {3, 8}, {7, 8}, {8, 8}};
    struct skill_cluster worse[] = {{7, 8}, {8, 8}, {2, 8}, {3, 8}};
    struct skill_cluster same[] = {{5, 8}, {6, 8}, {5, 8}, {6, 8}};
    int rising = skill_interval_rising(grid, better, 2, 4);
    assert_true(rising > 900);
    assert_in_range(rising + skill_interval_rising(grid, worse, 2, 4), 999, 1001);
    assert_in_range(skill_interval_rising(grid, same, 2, 4), 499, 501);
    skill_grid_free(grid);
}

/* Of a year of small and of large exercises, good and bad ones. */
static size_t draw_year(struct years_dice *dice, struct skill_cluster *ret_clusters)
{
    size_t count = 1 + (size_t)years_below(dice, 6);
    for (size_t i = 0; i < count; i++) {
        int64_t n = 1 + (int64_t)years_below(dice, years_below(dice, 3) > 0 ? 6 : 28);
        uint64_t kind = years_below(dice, 3);
        int64_t met = kind == 0 ? n : kind == 1 ? 0 : (int64_t)years_below(dice, (uint64_t)n + 1);
        ret_clusters[i] = (struct skill_cluster){met, n};
    }
    return count;
}

/* One more success, in an exercise that was or in a new one, never makes it worse. A thousandth is
 * what rounding takes. */
static void test_success_never_raises(void **state)
{
    (void)state;
    struct skill_grid *grid = skill_grid_new();
    struct years_dice dice = {.seed = 3};
    struct skill_cluster year[8] = {{1, 1}, {1, 1}, {0, 21}};
    size_t count = 3;
    for (int i = 0; i < 1500; i++) {
        int before = skill_interval_find(grid, year, count, 800).below;
        size_t at = (size_t)years_below(&dice, count + 1);
        at = i == 0 ? count : at;
        year[count] = at == count ? (struct skill_cluster){0, 0} : year[count];
        year[at].met++;
        year[at].count++;
        int after = skill_interval_find(grid, year, count + (at == count), 800).below;
        if (after > before + 1)
            fail_msg("year %d, a success in exercise %zu: %d, then %d", i, at, before, after);
        count = draw_year(&dice, year);
    }
    skill_grid_free(grid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_intervals_cover),
        cmocka_unit_test(test_gaps_are_gaps),
        cmocka_unit_test(test_examples),
        cmocka_unit_test(test_rising),
        cmocka_unit_test(test_success_never_raises),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
