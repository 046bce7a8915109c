/* Years of exercises of teams whose real rates are known, to see what the interval covers.
 *
 * A team's exercises have good and bad days: the logit of its rate is shifted by an exercise
 * effect, a normal one taken at 64 equally likely points, so that the rate in the long run, which
 * is what the interval is about, is their exact mean. */
#ifndef SKILL_YEARS_H
#define SKILL_YEARS_H

#include "base/random.h"
#include "score/skill_interval.h"

enum { YEARS_DAYS = 64, YEARS_EXERCISES = 12, YEARS_FEWEST = 4, YEARS_MOST = 12 };

struct team {
    double rate;             /* in the long run */
    double days[YEARS_DAYS]; /* its rate on each kind of day */
};

/* The normal distribution's upper half: the middle of each 64th. */
static const double years_normal[YEARS_DAYS / 2] = {.020, .059, .098, .138, .177, .217, .257, .298,
    .339, .381, .424, .467, .511, .556, .602, .650, .699, .750, .803, .858, .917, .978, 1.043,
    1.113, 1.189, 1.273, 1.366, 1.473, 1.601, 1.762, 1.987, 2.418};

static double years_power_of_e(double x)
{
    double power = 1 + x / 65536;
    for (int i = 0; i < 16; i++)
        power *= power;
    return power;
}

static double years_set_days(struct team *team, double logit, double spread)
{
    double sum = 0;
    for (int day = 0; day < YEARS_DAYS; day++) {
        double normal = years_normal[day / 2] * (day % 2 == 0 ? 1 : -1);
        team->days[day] = 1 / (1 + years_power_of_e(-(logit + spread * normal)));
        sum += team->days[day];
    }
    return sum / YEARS_DAYS;
}

/* A team of this rate in the long run, whatever its days are like. */
static struct team years_team(double rate, double spread)
{
    struct team team = {.rate = rate};
    double low = -8, high = 8;
    for (int i = 0; i < 40; i++) {
        double middle = (low + high) / 2;
        if (years_set_days(&team, middle, spread) < rate)
            low = middle;
        else
            high = middle;
    }
    years_set_days(&team, low, spread);
    return team;
}

/* Draws of one stream, one after the other. */
struct years_dice {
    uint64_t seed, draw;
};

static uint64_t years_below(struct years_dice *dice, uint64_t below)
{
    return random_below(dice->seed, STR("years"), dice->draw++, below);
}

static void years_play(const struct team *team, size_t exercises, struct years_dice *dice,
    struct skill_cluster *ret_clusters)
{
    for (size_t i = 0; i < exercises; i++) {
        double rate = team->days[years_below(dice, YEARS_DAYS)];
        uint64_t bound = (uint64_t)(rate * 1e9);
        struct skill_cluster cluster = {
            .count = YEARS_FEWEST + (int64_t)years_below(dice, YEARS_MOST - YEARS_FEWEST + 1)};
        for (int64_t n = 0; n < cluster.count; n++)
            cluster.met += years_below(dice, 1000000000) < bound;
        ret_clusters[i] = cluster;
    }
}

/* How many of so many years' intervals hold the team's rate. */
static int years_covered(struct skill_grid *grid, const struct team *team, size_t exercises,
    int years, struct years_dice *dice)
{
    int covered = 0;
    for (int year = 0; year < years; year++) {
        struct skill_cluster clusters[YEARS_EXERCISES];
        years_play(team, exercises, dice, clusters);
        struct skill_interval interval = skill_interval_find(grid, clusters, exercises, 800);
        covered += interval.low <= team->rate * 1000 && team->rate * 1000 <= interval.high;
    }
    return covered;
}

#endif
