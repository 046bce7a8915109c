/* Many tables in one program: what opening and holding them costs, and a steady rate of inputs over
 * all of them, of which none may be lost, doubled or out of order.
 *
 * BENCH_TABLES, BENCH_SECONDS and BENCH_RATE make it smaller or longer; the test next to it plays a
 * few seconds at a few tables for the sake of what is checked. */
#include "bench.h"
#include "crowd.h"
#include "served.h"

enum { TABLES = 500, SECONDS = 10, RATE = 5000 };

static const char path[] = "bench-tables.db";

static long wanted(const char *name, long usual)
{
    const char *text = getenv(name);
    return text != NULL ? strtol(text, NULL, 10) : usual;
}

/* Starts the program and the exercise at each of its tables. Returns its memory, in KiB. */
static long open_tables(int tables, struct served *served, struct http_session *facilitators)
{
    double begin = bench_now();
    served_start_tables(path, tables, served, facilitators);
    double seconds = bench_now() - begin;
    for (int i = 0; i < tables; i++)
        served_input(served, &facilitators[i], "{\"do\":\"start\",\"id\":\"s\"}");
    if (tables > 1)
        bench_row("a table is opened and joined", seconds * 1000 / tables, " ms", BENCH_AT_MOST, 20,
            "%d tables in %.1f s", tables, seconds);
    return child_memory_kib(&served->child);
}

static long memory_of_one(void)
{
    struct served served;
    struct http_session facilitator;
    long kib = open_tables(1, &served, &facilitator);
    served_stop(&served);
    return kib;
}

static void hold(const struct served *served, struct crowd *crowd, int tables)
{
    int rate = (int)wanted("BENCH_RATE", RATE);
    long seconds = wanted("BENCH_SECONDS", SECONDS);
    char name[60];
    double before = child_cpu(&served->child);
    struct crowd_result result = crowd_hold(crowd, rate, seconds * rate);
    double cpu = (child_cpu(&served->child) - before) / (double)(seconds * rate);
    snprintf(name, sizeof(name), "%d tables, %d inputs/s, p99", tables, rate);
    bench_row(name, result.p99 * 1000, " ms", BENCH_AT_MOST, 50,
        "p50 %.1f, longest %.0f ms; %.0f/s for %ld s by %d browsers; %.0f us of processor an input",
        result.p50 * 1000, result.max * 1000, result.rate, seconds, crowd_size(crowd), cpu * 1e6);
}

int main(void)
{
    struct served served;
    int tables = (int)wanted("BENCH_TABLES", TABLES);
    bench_must(tables > 1, "BENCH_TABLES is 2 or more", NULL);
    struct http_session *facilitators = calloc((size_t)tables, sizeof(*facilitators));
    bench_must(facilitators != NULL, "out of memory", NULL);
    long one = memory_of_one(), all = open_tables(tables, &served, facilitators);
    bench_row("memory of a further table", (double)(all - one) / (tables - 1), " KiB",
        BENCH_AT_MOST, 256, "%.1f MiB with %d", (double)all / 1024, tables);
    struct crowd *crowd = crowd_open(served.port, facilitators, tables);
    hold(&served, crowd, tables);
    served_stop(&served);
    crowd_check_record(crowd, path);
    crowd_close(crowd);
    bench_forget(path);
    free(facilitators);
    return 0;
}
