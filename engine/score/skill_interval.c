/* A beta-binomial posterior on a grid, in whole numbers.
 *
 * Each exercise has a rate of its own, spread around the team's rate R by a Beta distribution; the
 * spread phi is not known either, so both are weighed together: for every R and phi of a grid the
 * likelihood of what was seen times what is believed of them before. A likelihood is a product of
 * fractions, its logarithm a sum of logarithms of whole numbers, and which of them occur is only a
 * matter of how many exercises had more than i successes, failures and opportunities. So a year
 * costs as much as an exercise.
 *
 * Wilson's interval over all opportunities covers two thirds where it promises nine tenths when
 * exercises differ, and a t interval over the exercises' shares is as wide as the axis with two of
 * them. The weights below are chosen by what they cover; docs/skills.md shows it, and `./do bench
 * skills` measures it. */
#include "score/skill_interval.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    RATES = 200,       /* rate r is (2r + 1) / WHOLE */
    WHOLE = 2 * RATES, /* one, in the grid's unit */
    SPREADS = 8,
    LOG_BITS = 24,   /* of the fraction of a logarithm */
    WEIGHT_BITS = 40 /* of the likeliest point's weight */
};

/* In the grid's unit: 0.03 is 12 of 400. */
static const int32_t spreads[SPREADS] = {0, 12, 64, 128, 240, 480, 2400, 6400};

/* What is believed of the spread before, and how much of the posterior is left out at either side.
 * Two or three exercises cannot show whether they differ by luck or by themselves, so there more is
 * believed possible. */
static const struct prior {
    size_t until; /* with so many exercises at the most */
    int tail;     /* in thousandths */
    int weights[SPREADS];
} priors[] = {
    {2, 66, {65, 45, 2, 10, 26, 18, 77, 757}},
    {3, 63, {100, 30, 10, 45, 70, 65, 70, 610}},
    {SIZE_MAX, 50, {220, 30, 20, 100, 160, 200, 0, 0}},
};

/* What is believed of it for the probability and the middle: the same with any number of exercises,
 * so that one more without a miss cannot raise the probability of being below the target. */
static const struct prior steady = {SIZE_MAX, 500, {150, 60, 100, 150, 150, 120, 0, 0}};

struct skill_grid {
    int32_t *logs;                /* of rate + i * spread: by spread, i and rate */
    int32_t *whole_log;           /* of 1 + i * spread: by spread and i */
    size_t depth;                 /* i is below this */
    int32_t rate_logs[RATES];     /* of what is believed of each rate before: Jeffreys' prior */
    uint32_t roots[LOG_BITS + 1]; /* 2 to the power of -1/2, -1/4 …, in 32 bits; from 1 */
};

/* ---- logarithms and powers of two ---- */

/* By squaring: each time that the number comes to two or more is a bit. */
static int32_t log_of(uint32_t number)
{
    uint64_t mantissa = number;
    int32_t bits = 31;
    for (; mantissa < (UINT64_C(1) << 31); bits--)
        mantissa <<= 1;
    int32_t log = bits;
    for (int i = 0; i < LOG_BITS; i++) {
        mantissa = mantissa * mantissa >> 31;
        bool is_over = mantissa >> 32 != 0;
        mantissa >>= is_over;
        log = log * 2 + is_over;
    }
    return log;
}

static uint32_t root_of(uint64_t square)
{
    uint64_t root = 0;
    for (uint64_t bit = UINT64_C(1) << 31; bit != 0; bit >>= 1)
        if ((root + bit) * (root + bit) <= square)
            root += bit;
    return (uint32_t)root;
}

/* 2 to the power of minus `log`, in WEIGHT_BITS. */
static uint64_t power_of(const struct skill_grid *grid, int64_t log)
{
    int64_t whole = log >> LOG_BITS;
    if (whole >= WEIGHT_BITS)
        return 0;
    uint64_t power = UINT64_C(1) << 32;
    for (int i = 1; i <= LOG_BITS; i++)
        if ((log >> (LOG_BITS - i) & 1) != 0)
            power = power * grid->roots[i] >> 32;
    return power << (WEIGHT_BITS - 32) >> whole;
}

/* ---- the grid ---- */

static void *must_have(void *memory)
{
    if (memory == NULL)
        abort();
    return memory;
}

struct skill_grid *skill_grid_new(void)
{
    struct skill_grid *grid = must_have(calloc(1, sizeof(*grid)));
    grid->roots[1] = root_of(UINT64_C(1) << 63);
    for (int i = 2; i <= LOG_BITS; i++)
        grid->roots[i] = root_of((uint64_t)grid->roots[i - 1] << 32);
    for (int r = 0; r < RATES; r++) {
        int rate = 2 * r + 1;
        grid->rate_logs[r] = -(log_of((uint32_t)rate) + log_of((uint32_t)(WHOLE - rate))) / 2;
    }
    return grid;
}

void skill_grid_free(struct skill_grid *grid)
{
    if (grid == NULL)
        return;
    free(grid->logs);
    free(grid->whole_log);
    free(grid);
}

static size_t place_of(const struct skill_grid *grid, int spread, size_t i)
{
    return (size_t)spread * grid->depth + i;
}

static void fill_row(struct skill_grid *grid, int spread, size_t i)
{
    uint32_t more = (uint32_t)i * (uint32_t)spreads[spread];
    int32_t *row = grid->logs + place_of(grid, spread, i) * RATES;
    for (uint32_t r = 0; r < RATES; r++)
        row[r] = log_of(2 * r + 1 + more);
    grid->whole_log[place_of(grid, spread, i)] = log_of(WHOLE + more);
}

static void grow(struct skill_grid *grid, size_t depth)
{
    if (depth <= grid->depth)
        return;
    free(grid->logs);
    free(grid->whole_log);
    grid->depth = depth;
    grid->logs = must_have(malloc(SPREADS * depth * RATES * sizeof(*grid->logs)));
    grid->whole_log = must_have(malloc(SPREADS * depth * sizeof(*grid->whole_log)));
    for (int spread = 0; spread < SPREADS; spread++)
        for (size_t i = 0; i < depth; i++)
            fill_row(grid, spread, i);
}

/* ---- what was seen ---- */

/* How many exercises had more than i of each. */
struct seen {
    int64_t met[SKILL_INTERVAL_MOST], missed[SKILL_INTERVAL_MOST], all[SKILL_INTERVAL_MOST];
    size_t depth;
    size_t exercises;
};

static void add_cluster(struct seen *seen, struct skill_cluster cluster)
{
    assert(cluster.met >= 0 && cluster.met <= cluster.count);
    if (cluster.count > SKILL_INTERVAL_MOST) {
        int64_t half = cluster.count / 2;
        cluster.met = (cluster.met * SKILL_INTERVAL_MOST + half) / cluster.count;
        cluster.count = SKILL_INTERVAL_MOST;
    }
    for (int64_t i = 0; i < cluster.count; i++) {
        seen->met[i] += i < cluster.met;
        seen->missed[i] += i < cluster.count - cluster.met;
        seen->all[i]++;
    }
    seen->exercises += cluster.count > 0;
    if ((size_t)cluster.count > seen->depth)
        seen->depth = (size_t)cluster.count;
}

static const struct prior *prior_of(const struct seen *seen)
{
    const struct prior *prior = priors;
    while (seen->exercises > prior->until)
        prior++;
    return prior;
}

/* The logarithm of the likelihood for every rate. Missing is meeting with the rate mirrored. */
static void weigh_rates(
    const struct skill_grid *grid, const struct seen *seen, int spread, int64_t ret_logs[RATES])
{
    int64_t whole = 0;
    for (size_t i = 0; i < seen->depth; i++)
        whole += seen->all[i] * grid->whole_log[place_of(grid, spread, i)];
    for (int r = 0; r < RATES; r++)
        ret_logs[r] = grid->rate_logs[r] - whole;
    for (size_t i = 0; i < seen->depth; i++) {
        const int32_t *row = grid->logs + place_of(grid, spread, i) * RATES;
        int64_t met = seen->met[i], missed = seen->missed[i];
        for (int r = 0; met != 0 && r < RATES; r++)
            ret_logs[r] += met * row[r];
        for (int r = 0; missed != 0 && r < RATES; r++)
            ret_logs[r] += missed * row[RATES - 1 - r];
    }
}

/* ---- the posterior ---- */

struct posterior {
    uint64_t weights[RATES], whole;
};

static void weigh(const struct skill_grid *grid, const struct seen *seen, const struct prior *prior,
    struct posterior *ret_posterior)
{
    static const int64_t never = INT64_MIN / 2;
    int64_t logs[SPREADS][RATES], most = never;
    for (int spread = 0; spread < SPREADS; spread++) {
        if (prior->weights[spread] == 0)
            continue;
        int32_t believed = log_of((uint32_t)prior->weights[spread]);
        weigh_rates(grid, seen, spread, logs[spread]);
        for (int r = 0; r < RATES; r++) {
            logs[spread][r] += believed;
            most = logs[spread][r] > most ? logs[spread][r] : most;
        }
    }
    *ret_posterior = (struct posterior){0};
    for (int spread = 0; spread < SPREADS; spread++)
        for (int r = 0; prior->weights[spread] != 0 && r < RATES; r++)
            ret_posterior->weights[r] += power_of(grid, most - logs[spread][r]);
    for (int r = 0; r < RATES; r++)
        ret_posterior->whole += ret_posterior->weights[r];
}

/* Within a step of the grid the weight is spread evenly. */
static int quantile(const struct posterior *posterior, int permille)
{
    uint64_t goal = posterior->whole / 1000 * (uint64_t)permille, sum = 0;
    for (uint64_t r = 0; r < RATES; r++) {
        uint64_t weight = posterior->weights[r];
        if (weight > 0 && sum + weight >= goal)
            return (
                int)((1000 * r + (1000 * (goal - sum) + weight / 2) / weight + RATES / 2) / RATES);
        sum += weight;
    }
    return 1000;
}

static int probability_below(const struct posterior *posterior, int target)
{
    uint64_t sum = 0;
    uint64_t steps = (uint64_t)target * RATES; /* in thousandths of a step */
    for (uint64_t r = 0; r < RATES && 1000 * r < steps; r++) {
        uint64_t part = steps - 1000 * r < 1000 ? steps - 1000 * r : 1000;
        sum += posterior->weights[r] / 1000 * part;
    }
    uint64_t unit = posterior->whole / 1000;
    uint64_t below = (sum + unit / 2) / unit;
    return below < 1000 ? (int)below : 1000;
}

static struct seen see(struct skill_grid *grid, const struct skill_cluster *clusters, size_t count)
{
    struct seen seen = {0};
    for (size_t i = 0; i < count; i++)
        add_cluster(&seen, clusters[i]);
    grow(grid, seen.depth);
    return seen;
}

struct skill_interval skill_interval_find(
    struct skill_grid *grid, const struct skill_cluster *clusters, size_t count, int target)
{
    assert(target > 0 && target <= 1000);
    struct seen seen = see(grid, clusters, count);
    const struct prior *prior = prior_of(&seen);
    struct posterior posterior;
    weigh(grid, &seen, prior, &posterior);
    int low = quantile(&posterior, prior->tail), high = quantile(&posterior, 1000 - prior->tail);
    weigh(grid, &seen, &steady, &posterior);
    int middle = quantile(&posterior, steady.tail);
    return (struct skill_interval){.low = low,
        .middle = middle < low    ? low
                  : middle > high ? high
                                  : middle,
        .high = high,
        .below = probability_below(&posterior, target)};
}

/* Within a step of the grid it is as likely higher as lower. */
int skill_interval_rising(
    struct skill_grid *grid, const struct skill_cluster *clusters, size_t later, size_t count)
{
    struct posterior before, after;
    struct seen seen = see(grid, clusters, later);
    weigh(grid, &seen, prior_of(&seen), &before);
    seen = see(grid, clusters + later, count - later);
    weigh(grid, &seen, prior_of(&seen), &after);
    /* In parts of a million, so that products of two fit. */
    uint64_t passed = 0, higher = 0;
    for (int r = 0; r < RATES; r++) {
        uint64_t here = before.weights[r] / (before.whole / 1000000);
        higher += after.weights[r] / (after.whole / 1000000) * (2 * passed + here);
        passed += here;
    }
    return (int)((higher / 2 + 500000000) / 1000000000);
}
