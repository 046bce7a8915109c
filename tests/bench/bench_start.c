/* From starting the program to the first page, what it keeps in memory with one table, and how big
 * it is without what debuggers want. */
#include <string.h>
#include <sys/stat.h>

#include "bench.h"
#include "served.h"

enum { ROUNDS = 7 };

static const char path[] = "bench-start.db";

static double stripped_mib(void)
{
    static const char small[] = "bench-stripped";
    struct child child;
    struct stat size;
    char out[8];
    char *const argv[] = {"/usr/bin/strip", "-o", (char *)(uintptr_t)small, "build/tocsin", NULL};
    child_start(argv, &child);
    child_read(&child, NULL, out, sizeof(out)); /* until its end */
    child_stop(&child);
    bench_must(stat(small, &size) == 0, "strip", NULL);
    (void)unlink(small);
    return (double)size.st_size / (1024 * 1024);
}

int main(void)
{
    struct buf answer = {0};
    double best = 1e9;
    long kib = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct served served;
        double begin = bench_now();
        served_start(path, &served);
        http_ask(served.port, "/", served.facilitator.cookie, NULL, &answer);
        double seconds = bench_now() - begin;
        bench_must(strstr(answer.ptr, "<!doctype html>") != NULL, "the page", NULL);
        best = seconds < best ? seconds : best;
        served_input(&served, &served.facilitator, "{\"do\":\"start\",\"id\":\"s\"}");
        kib = child_memory_kib(&served.child);
        served_stop(&served);
        bench_forget(path);
    }
    bench_row("start to first page", best * 1000, " ms", BENCH_AT_MOST, 50,
        "a new record made, the facilitator joined");
    bench_row("memory, one table", (double)kib / 1024, " MiB", BENCH_AT_MOST, 20, "resident");
    bench_row("size of the program", stripped_mib(), " MiB", BENCH_AT_MOST, 4, "stripped");
    buf_fini(&answer);
    return 0;
}
