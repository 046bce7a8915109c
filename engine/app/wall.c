/* Clocks and chance come from here and from nowhere else. */
#include "app/wall.h"

#include <assert.h>
#include <sodium.h>
#include <time.h>

static int64_t read_us(clockid_t clock)
{
    struct timespec now;
    int failed = clock_gettime(clock, &now);
    assert(!failed);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t wall_now_ms(void)
{
    return read_us(CLOCK_REALTIME) / 1000;
}

int64_t wall_steady_ms(void)
{
    return wall_steady_us() / 1000;
}

int64_t wall_steady_us(void)
{
    return read_us(CLOCK_MONOTONIC);
}

void wall_entropy(uint8_t *bytes, int64_t count)
{
    int failed = sodium_init();
    assert(failed >= 0);
    randombytes_buf(bytes, (size_t)count);
}
