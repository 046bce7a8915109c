/* Adding up: rates with Wilson's interval, lengths with the median of Kaplan and Meier. Whole
 * numbers throughout, so that every machine and every reader counts the same; docs/metrics.md §1
 * has the arithmetic. */
#include <stdlib.h>

#include "score/metrics_parts.h"

/* ---- figures ---- */

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

void figure_interval(int64_t k, int64_t n, int64_t *ret_low, int64_t *ret_high)
{
    const int64_t z2 = 3841600; /* 1.96 squared, in millionths */
    /* 4e8 * k * (n - k) / n in two steps, which no count of ours can make overflow. */
    int64_t product = k * (n - k);
    int64_t spread = 400000000 * (product / n) + 400000000 * (product % n) / n;
    int64_t half = 196 * root(100 * z2 + spread);
    int64_t middle = 2000000 * k + z2, whole = 2 * (1000000 * n + z2);
    *ret_low = 1000 * (middle - half) / whole;
    *ret_high = 1000 * (middle + half) / whole;
}

/* Of sorted lengths; the share that is still running falls where one ends. */
static void take_quantiles(struct metric *metric, const struct length *lengths, size_t count)
{
    int64_t running = INT64_C(1000000000000);
    metric->n = (int64_t)count;
    metric->median = metric->p90 = -1;
    metric->longest = count == 0 ? -1 : lengths[count - 1].value;
    for (size_t i = 0; i < count;) {
        int64_t at_risk = (int64_t)(count - i), value = lengths[i].value, ended = 0;
        for (; i < count && lengths[i].value == value; i++) {
            ended += !lengths[i].is_open;
            metric->open += lengths[i].is_open;
        }
        running =
            running / at_risk * (at_risk - ended) + running % at_risk * (at_risk - ended) / at_risk;
        if (metric->median < 0 && running <= INT64_C(500000000000))
            metric->median = value;
        if (metric->p90 < 0 && running <= INT64_C(100000000000))
            metric->p90 = value;
    }
}

/* ---- tallies ---- */

static size_t cell(const struct gather *gather, enum metric_row row, int who)
{
    return (size_t)row * (size_t)(1 + gather->party_count) + (size_t)(1 + who);
}

void tally_counts(struct gather *gather, enum metric_row row, int who, int64_t k, int64_t n)
{
    gather->k[cell(gather, row, PARTY_NONE)] += k;
    gather->n[cell(gather, row, PARTY_NONE)] += n;
    if (who == PARTY_NONE)
        return;
    gather->k[cell(gather, row, who)] += k;
    gather->n[cell(gather, row, who)] += n;
}

void tally_rate(struct gather *gather, enum metric_row row, int who, bool hit)
{
    tally_counts(gather, row, who, hit, 1);
}

static void add_length(struct gather *gather, struct length length)
{
    gather->lengths = arena_grow(gather->arena, gather->lengths, gather->length_count,
        &gather->length_capacity, sizeof(struct length));
    gather->lengths[gather->length_count++] = length;
}

void tally_length(struct gather *gather, enum metric_row row, int who, int64_t value)
{
    add_length(gather, (struct length){(int)row, who, value, false});
}

void tally_open(struct gather *gather, enum metric_row row, int who, int64_t value)
{
    add_length(gather, (struct length){(int)row, who, value, true});
}

void tally_until(
    struct gather *gather, enum metric_row row, int who, int64_t start_ms, const struct event *end)
{
    if (end != NULL)
        tally_length(gather, row, who, end->observed_ms - start_ms);
    else
        tally_open(gather, row, who, gather->horizon_ms - start_ms);
}

/* ---- the items ---- */

static int compare_lengths(const struct length *a, const struct length *b)
{
    if (a->value != b->value)
        return a->value < b->value ? -1 : 1;
    return (int)a->is_open - (int)b->is_open;
}

static int compare_rows(const void *first, const void *second)
{
    const struct length *a = first, *b = second;
    return a->row != b->row ? a->row - b->row : compare_lengths(a, b);
}

static int compare_parties(const void *first, const void *second)
{
    const struct length *a = first, *b = second;
    if (a->row != b->row)
        return a->row - b->row;
    return a->who != b->who ? a->who - b->who : compare_lengths(a, b);
}

/* Skips what belongs to no party, which is counted for the table only. */
static void add_item(struct gather *gather, enum metric_row row, int who,
    const struct length *lengths, size_t length_count)
{
    struct metrics *metrics = gather->metrics;
    const struct metric_kind *kind = &metric_kinds[row];
    struct metric metric = {.kind = kind};
    if (who != PARTY_NONE)
        metric.who = gather_party_id(gather, who);
    if (kind->shape == METRIC_TIME || kind->shape == METRIC_COUNT) {
        take_quantiles(&metric, lengths, length_count);
    } else {
        metric.k = gather->k[cell(gather, row, who)];
        metric.n = gather->n[cell(gather, row, who)];
        if (kind->shape == METRIC_RATE && metric.n != 0)
            figure_interval(metric.k, metric.n, &metric.low, &metric.high);
    }
    if (metric.n != 0 || who == PARTY_NONE)
        metrics->items[metrics->count++] = metric;
}

/* How many lengths from `at` on belong to the row, and to the party unless that is -2. */
enum { ANY_PARTY = -2 };
static size_t run_length(const struct gather *gather, size_t at, int row, int who)
{
    size_t end = at;
    while (end < gather->length_count && gather->lengths[end].row == row &&
           (who == ANY_PARTY || gather->lengths[end].who == who))
        end++;
    return end - at;
}

static void sort_lengths(
    struct gather *gather, int (*compare)(const void *first, const void *second))
{
    if (gather->length_count != 0)
        qsort(gather->lengths, gather->length_count, sizeof(struct length), compare);
}

void tally_finish(struct gather *gather)
{
    struct metric *tables = ARENA_ARRAY(gather->arena, ROW_COUNT, struct metric);
    struct metrics *metrics = gather->metrics;
    metrics->items = tables;
    sort_lengths(gather, compare_rows);
    size_t at = 0;
    for (int row = 0; row < ROW_COUNT; row++) {
        size_t length_count = run_length(gather, at, row, ANY_PARTY);
        add_item(gather, row, PARTY_NONE, gather->lengths + at, length_count);
        at += length_count;
    }
    metrics->count = at = 0;
    metrics->items = ARENA_ARRAY(
        gather->arena, (size_t)ROW_COUNT * (size_t)(1 + gather->party_count), struct metric);
    sort_lengths(gather, compare_parties);
    for (int row = 0; row < ROW_COUNT; row++) {
        metrics->items[metrics->count++] = tables[row];
        at += run_length(gather, at, row, PARTY_NONE);
        for (int who = 0; who < gather->party_count; who++) {
            size_t length_count = run_length(gather, at, row, who);
            add_item(gather, row, who, gather->lengths + at, length_count);
            at += length_count;
        }
    }
}
