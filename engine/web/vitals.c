/* Vitals. */
#include "web/vitals.h"

static const struct {
    int64_t us;
    const char *seconds;
} bounds[VITALS_BUCKETS] = {{500, "0.0005"}, {1000, "0.001"}, {2500, "0.0025"}, {5000, "0.005"},
    {10000, "0.01"}, {25000, "0.025"}, {50000, "0.05"}, {100000, "0.1"}, {500000, "0.5"},
    {2500000, "2.5"}};

void vitals_count_turn(struct vitals_turns *turns, int64_t commit_us, bool is_kept)
{
    int bucket = 0;
    if (!is_kept) {
        turns->failed++;
        return;
    }
    while (bucket < VITALS_BUCKETS && commit_us > bounds[bucket].us)
        bucket++;
    turns->kept++;
    turns->commits[bucket]++;
    turns->commit_us += commit_us;
}

void vitals_count_input(struct vitals *vitals, unsigned status)
{
    if (status >= 100 && status < 600)
        vitals->inputs[status / 100 - 1]++;
}

static void write_head(struct buf *out, const char *name, const char *type, const char *help)
{
    buf_format(out, "# HELP tocsin_%s %s\n# TYPE tocsin_%s %s\n", name, help, name, type);
}

/* Seconds without floating point: 2500 µs are 0.002500. */
static void write_seconds(struct buf *out, int64_t us)
{
    buf_format(out, "%lld.%06lld", (long long)(us / 1000000), (long long)(us % 1000000));
}

static void write_inputs(const struct vitals *vitals, struct buf *out)
{
    write_head(out, "inputs_total", "counter", "Inputs answered, by the class of the HTTP status.");
    for (int first = 2; first <= 5; first++)
        if (first != 3) /* nothing is ever redirected */
            buf_format(out, "tocsin_inputs_total{status=\"%dxx\"} %lld\n", first,
                (long long)vitals->inputs[first - 1]);
}

static void write_commits(const struct vitals_turns *turns, struct buf *out)
{
    int64_t count = 0;
    write_head(out, "commit_seconds", "histogram",
        "How long it took to keep a turn in the record, of turns that were kept.");
    for (int i = 0; i < VITALS_BUCKETS; i++) {
        count += turns->commits[i];
        buf_format(out, "tocsin_commit_seconds_bucket{le=\"%s\"} %lld\n", bounds[i].seconds,
            (long long)count);
    }
    count += turns->commits[VITALS_BUCKETS];
    buf_format(out, "tocsin_commit_seconds_bucket{le=\"+Inf\"} %lld\ntocsin_commit_seconds_sum ",
        (long long)count);
    write_seconds(out, turns->commit_us);
    buf_format(out, "\ntocsin_commit_seconds_count %lld\n", (long long)count);
}

struct row {
    const char *name, *type, *help;
    int64_t value;
};

/* What cannot be known is left out: a nought would raise an alarm. */
static void write_rows(const struct vitals *vitals, struct buf *out)
{
    const struct row rows[] = {
        {"connections", "gauge", "Open connections.", vitals->connections},
        {"memory_bytes", "gauge", "Memory that the program holds, as the system counts it.",
            vitals->memory_bytes},
        {"record_bytes", "gauge", "The record's file and its write-ahead log.",
            vitals->record_bytes},
        {"rooms", "gauge", "Tables that are served.", vitals->rooms},
        {"streams", "gauge", "Open event streams.", vitals->streams},
        {"turns_total", "counter", "Turns that were kept.", vitals->turns.kept},
        {"turns_failed_total", "counter", "Turns that could not be kept, and were undone.",
            vitals->turns.failed},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].value < 0)
            continue;
        write_head(out, rows[i].name, rows[i].type, rows[i].help);
        buf_format(out, "tocsin_%s %lld\n", rows[i].name, (long long)rows[i].value);
    }
}

void vitals_write(const struct vitals *vitals, struct buf *out)
{
    write_commits(&vitals->turns, out);
    write_inputs(vitals, out);
    write_rows(vitals, out);
    write_head(out, "uptime_seconds", "gauge", "Since the program was started.");
    buf_add(out, STR("tocsin_uptime_seconds "));
    write_seconds(out, vitals->uptime_ms * 1000);
    buf_add_char(out, '\n');
}
