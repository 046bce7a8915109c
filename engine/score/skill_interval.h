/* How little a few exercises say: the 90 % interval of a rate whose opportunities come in clusters,
 * because a good or bad day is good or bad for all of an exercise. docs/skills.md, section 3. */
#ifndef SCORE_SKILL_INTERVAL_H
#define SCORE_SKILL_INTERVAL_H

#include <stddef.h>
#include <stdint.h>

/* More in one exercise count as so many: by then the exercise says all that it can. */
enum { SKILL_INTERVAL_MOST = 256 };

/* What one exercise has to say. */
struct skill_cluster {
    int64_t met, count; /* 0 <= met <= count */
};

/* In thousandths; rates are those of the long run, over good and bad days. */
struct skill_interval {
    int low, middle, high; /* the middle is as likely too low as too high */
    int below;             /* the probability that the rate is below the target; no success
                            * raises it */
};

/* Logarithms that are looked up again and again; grows as it needs to. */
struct skill_grid;
struct skill_grid *skill_grid_new(void);
void skill_grid_free(struct skill_grid *grid);

/* Whole numbers throughout: every machine finds the same. Clusters without opportunities say
 * nothing; without any evidence the interval is what is believed before. target is in thousandths,
 * from 1 to 1000. */
struct skill_interval skill_interval_find(
    struct skill_grid *grid, const struct skill_cluster *clusters, size_t count, int target);

/* The probability, in thousandths, that the rate of the clusters from `later` on is higher than
 * that of those before. */
int skill_interval_rising(
    struct skill_grid *grid, const struct skill_cluster *clusters, size_t later, size_t count);

#endif
