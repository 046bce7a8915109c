/* What the benchmarks share: a clock, ends of programs, and the line that each row prints. */
#ifndef BENCH_H
#define BENCH_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"

/* Seconds on a clock that never goes back. */
static inline double bench_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Seconds of the processor that this program has used: for work that waits for nothing, and that
 * shares the machine with others. */
static inline double bench_cpu(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Ends the program unless `ok`; err may be NULL. */
static inline void bench_must(bool ok, const char *what, const struct err *err)
{
    if (ok)
        return;
    fprintf(
        stderr, "bench: %s%s%s\n", what, err != NULL ? ": " : "", err != NULL ? err->message : "");
    exit(1);
}

enum bench_side { BENCH_AT_LEAST, BENCH_AT_MOST };

/* "what | details | value unit | reach | ok" */
__attribute__((format(printf, 6, 7))) static inline void bench_row(const char *what, double value,
    const char *unit, enum bench_side side, double reach, const char *details, ...)
{
    bool is_ok = side == BENCH_AT_LEAST ? value >= reach : value <= reach;
    char text[200];
    va_list args;
    va_start(args, details);
    vsnprintf(text, sizeof(text), details, args);
    va_end(args);
    printf("%-34s %8.2f%-9s %s %-8g %-5s  %s\n", what, value, unit,
        side == BENCH_AT_LEAST ? ">=" : "<=", reach, is_ok ? "ok" : "SHORT", text);
    fflush(stdout);
}

/* Removes a SQLite file and what stands beside it. */
static inline void bench_forget(const char *path)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-lock"};
    char name[200];
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        snprintf(name, sizeof(name), "%s%s", path, ends[i]);
        (void)unlink(name);
    }
}

#endif
