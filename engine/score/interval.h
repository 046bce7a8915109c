/* How little a few cases say: the 95 % interval of a share, after Wilson. docs/rules.md §3. */
#ifndef SCORE_INTERVAL_H
#define SCORE_INTERVAL_H

#include <stdint.h>

/* Of k out of n, in thousandths; n is not 0. */
void interval_find(int64_t k, int64_t n, int64_t *ret_low, int64_t *ret_high);

#endif
