/* Adding up: rates with Wilson's interval, lengths with the median of Kaplan and Meier. Whole
 * numbers throughout, so that every machine and every reader counts the same; docs/metrics.md §1
 * has the arithmetic. */
#include <assert.h>

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
    metric->longest = count == 0 ? -1 : lengths[count - 1].key / 2;
    for (size_t i = 0; i < count;) {
        int64_t at_risk = (int64_t)(count - i), value = lengths[i].key / 2, ended = 0;
        for (; i < count && lengths[i].key / 2 == value; i++) {
            ended += lengths[i].key % 2 == 0;
            metric->open += lengths[i].key % 2;
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

static void add_length(struct gather *gather, enum metric_row row, struct length length)
{
    struct lengths *list = &gather->lengths[row];
    assert(length.key >= 0);
    list->items =
        arena_grow(gather->arena, list->items, list->count, &list->capacity, sizeof(struct length));
    list->items[list->count++] = length;
}

void tally_length(struct gather *gather, enum metric_row row, int who, int64_t value)
{
    add_length(gather, row, (struct length){2 * value, who});
}

void tally_open(struct gather *gather, enum metric_row row, int who, int64_t value)
{
    add_length(gather, row, (struct length){2 * value + 1, who});
}

void tally_until(
    struct gather *gather, enum metric_row row, int who, int64_t start_ms, const struct event *end)
{
    if (end != NULL)
        tally_length(gather, row, who, end->observed_ms - start_ms);
    else
        tally_open(gather, row, who, gather->horizon_ms - start_ms);
}

/* ---- sorting ---- */

/* Digit by digit, from the last: there may be a length for each recipient of each message, and
 * this is linear in them. */
enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS };

static void sort_by_digit(const struct length *from, struct length *to, size_t count, int shift)
{
    size_t starts[DIGITS + 1] = {0};
    for (size_t i = 0; i < count; i++)
        starts[(from[i].key >> shift & (DIGITS - 1)) + 1]++;
    for (size_t digit = 1; digit < DIGITS; digit++)
        starts[digit] += starts[digit - 1];
    for (size_t i = 0; i < count; i++)
        to[starts[from[i].key >> shift & (DIGITS - 1)]++] = from[i];
}

/* Both have room for all; the result is in one of them. */
static struct length *sort_lengths(struct length *items, struct length *other, size_t count)
{
    int64_t largest = 0;
    for (size_t i = 0; i < count; i++)
        largest = items[i].key > largest ? items[i].key : largest;
    for (int shift = 0; shift < 63 && largest >> shift != 0; shift += DIGIT_BITS) {
        sort_by_digit(items, other, count, shift);
        struct length *sorted = other;
        other = items;
        items = sorted;
    }
    return items;
}

/* Keeps the order among those of one party. Fills where each party's begin; the table's own, which
 * belong to nobody, come first. */
static void sort_by_party(const struct gather *gather, const struct length *from, struct length *to,
    size_t count, size_t *starts)
{
    size_t parties = (size_t)gather->party_count;
    size_t next[PARTY_WORDS * 64 + 2] = {0};
    for (size_t i = 0; i < count; i++)
        next[from[i].who + 2]++;
    for (size_t p = 1; p < parties + 2; p++)
        next[p] += next[p - 1];
    for (size_t p = 0; p < parties + 2; p++)
        starts[p] = next[p];
    for (size_t i = 0; i < count; i++)
        to[next[from[i].who + 1]++] = from[i];
}

/* ---- the items ---- */

static bool is_lengths(enum metric_row row)
{
    return metric_kinds[row].shape == METRIC_TIME || metric_kinds[row].shape == METRIC_COUNT;
}

/* A party of which there is nothing is left out; of the table it is said. */
static void add_item(struct gather *gather, struct metric metric, int who)
{
    struct metrics *metrics = gather->metrics;
    if (who != PARTY_NONE)
        metric.who = gather_party_id(gather, who);
    if (metric.n != 0 || who == PARTY_NONE)
        metrics->items[metrics->count++] = metric;
}

static void add_counts(struct gather *gather, enum metric_row row)
{
    for (int who = PARTY_NONE; who < gather->party_count; who++) {
        struct metric metric = {.kind = &metric_kinds[row],
            .k = gather->k[cell(gather, row, who)],
            .n = gather->n[cell(gather, row, who)]};
        if (metric.kind->shape == METRIC_RATE && metric.n != 0)
            figure_interval(metric.k, metric.n, &metric.low, &metric.high);
        add_item(gather, metric, who);
    }
}

static void add_lengths(struct gather *gather, enum metric_row row)
{
    struct lengths *list = &gather->lengths[row];
    struct length *spare = ARENA_ARRAY(gather->arena, list->count + 1, struct length);
    struct length *sorted = sort_lengths(list->items, spare, list->count);
    struct length *other = sorted == spare ? list->items : spare;
    struct metric table = {.kind = &metric_kinds[row]};
    take_quantiles(&table, sorted, list->count);
    add_item(gather, table, PARTY_NONE);
    if (list->count == 0)
        return;
    size_t starts[PARTY_WORDS * 64 + 2];
    sort_by_party(gather, sorted, other, list->count, starts);
    for (int who = 0; who < gather->party_count; who++) {
        struct metric metric = {.kind = &metric_kinds[row]};
        size_t begin = starts[who + 1], end = starts[who + 2];
        take_quantiles(&metric, other + begin, end - begin);
        add_item(gather, metric, who);
    }
}

void tally_finish(struct gather *gather)
{
    gather->metrics->items = ARENA_ARRAY(
        gather->arena, (size_t)ROW_COUNT * (size_t)(1 + gather->party_count), struct metric);
    for (int row = 0; row < ROW_COUNT; row++) {
        if (is_lengths(row))
            add_lengths(gather, row);
        else
            add_counts(gather, row);
    }
}
