/* Whole numbers throughout, so that every machine counts the same. */
#include "score/interval.h"

#include <assert.h>

static int64_t root(int64_t square)
{
    int64_t low = 0, high = INT64_C(1) << 31;
    while (low + 1 < high) {
        int64_t middle = low + (high - low) / 2;
        if (middle * middle <= square)
            low = middle;
        else
            high = middle;
    }
    return low;
}

void interval_find(int64_t k, int64_t n, int64_t *ret_low, int64_t *ret_high)
{
    assert(n > 0 && k >= 0 && k <= n);
    const int64_t z2 = 3841600; /* 1.96 squared, in millionths */
    /* 4e8 * k * (n - k) / n in two steps, which no count of ours can make overflow. */
    int64_t product = k * (n - k);
    int64_t spread = 400000000 * (product / n) + 400000000 * (product % n) / n;
    int64_t half = 196 * root(100 * z2 + spread);
    int64_t middle = 2000000 * k + z2, whole = 2 * (1000000 * n + z2);
    *ret_low = 1000 * (middle - half) / whole;
    *ret_high = 1000 * (middle + half) / whole;
}
