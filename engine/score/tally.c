/* Adding up: rates with Wilson's interval, lengths with the median of Kaplan and Meier. Whole
 * numbers throughout, so that every machine and every reader counts the same; docs/metrics.md §1
 * has the arithmetic. */
#include "score/tally.h"

#include <assert.h>

#include "score/interval.h"
#include "score/party_set.h"

/* ---- figures ---- */

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

void tally_init(struct tally *tally, struct arena *arena, struct strs parties, int64_t horizon_ms)
{
    size_t cells = (size_t)ROW_COUNT * (1 + parties.count);
    *tally = (struct tally){.arena = arena,
        .parties = parties,
        .horizon_ms = horizon_ms,
        .k = ARENA_ARRAY(arena, cells, int64_t),
        .n = ARENA_ARRAY(arena, cells, int64_t)};
}

static size_t cell(const struct tally *tally, enum metric_row row, int who)
{
    return (size_t)row * (1 + tally->parties.count) + (size_t)(1 + who);
}

void tally_counts(struct tally *tally, enum metric_row row, int who, int64_t k, int64_t n)
{
    tally->k[cell(tally, row, PARTY_NONE)] += k;
    tally->n[cell(tally, row, PARTY_NONE)] += n;
    if (who == PARTY_NONE)
        return;
    tally->k[cell(tally, row, who)] += k;
    tally->n[cell(tally, row, who)] += n;
}

void tally_rate(struct tally *tally, enum metric_row row, int who, bool hit)
{
    tally_counts(tally, row, who, hit, 1);
}

static void add_length(struct tally *tally, enum metric_row row, struct length length)
{
    struct lengths *list = &tally->lengths[row];
    assert(length.key >= 0);
    list->items =
        arena_grow(tally->arena, list->items, list->count, &list->capacity, sizeof(struct length));
    list->items[list->count++] = length;
}

void tally_length(struct tally *tally, enum metric_row row, int who, int64_t value)
{
    add_length(tally, row, (struct length){2 * value, who});
}

void tally_open(struct tally *tally, enum metric_row row, int who, int64_t value)
{
    add_length(tally, row, (struct length){2 * value + 1, who});
}

void tally_until(
    struct tally *tally, enum metric_row row, int who, int64_t start_ms, const struct event *end)
{
    if (end != NULL)
        tally_length(tally, row, who, end->observed_ms - start_ms);
    else
        tally_open(tally, row, who, tally->horizon_ms - start_ms);
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
static void sort_by_party(const struct tally *tally, const struct length *from, struct length *to,
    size_t count, size_t *starts)
{
    size_t parties = tally->parties.count;
    size_t next[PARTY_LIMIT + 2] = {0};
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
static void add_item(
    const struct tally *tally, struct metrics *metrics, struct metric metric, int who)
{
    if (who != PARTY_NONE)
        metric.who = tally->parties.items[who];
    if (metric.n != 0 || who == PARTY_NONE)
        metrics->items[metrics->count++] = metric;
}

static void add_counts(const struct tally *tally, struct metrics *metrics, enum metric_row row)
{
    for (int who = PARTY_NONE; who < (int)tally->parties.count; who++) {
        struct metric metric = {.kind = &metric_kinds[row],
            .k = tally->k[cell(tally, row, who)],
            .n = tally->n[cell(tally, row, who)]};
        if (metric.kind->shape == METRIC_RATE && metric.n != 0)
            interval_find(metric.k, metric.n, &metric.low, &metric.high);
        add_item(tally, metrics, metric, who);
    }
}

/* spare has room for the longest list. */
static void add_lengths(
    struct tally *tally, struct metrics *metrics, enum metric_row row, struct length *spare)
{
    struct lengths *list = &tally->lengths[row];
    struct length *sorted = sort_lengths(list->items, spare, list->count);
    struct length *other = sorted == spare ? list->items : spare;
    struct metric table = {.kind = &metric_kinds[row]};
    take_quantiles(&table, sorted, list->count);
    add_item(tally, metrics, table, PARTY_NONE);
    if (list->count == 0)
        return;
    size_t starts[PARTY_LIMIT + 2];
    sort_by_party(tally, sorted, other, list->count, starts);
    for (int who = 0; who < (int)tally->parties.count; who++) {
        struct metric metric = {.kind = &metric_kinds[row]};
        size_t begin = starts[who + 1], end = starts[who + 2];
        take_quantiles(&metric, other + begin, end - begin);
        add_item(tally, metrics, metric, who);
    }
}

void tally_finish(struct tally *tally, struct metrics *metrics)
{
    metrics->items =
        ARENA_ARRAY(tally->arena, (size_t)ROW_COUNT * (1 + tally->parties.count), struct metric);
    size_t longest = 0;
    for (enum metric_row row = 0; row < ROW_COUNT; row++)
        longest = tally->lengths[row].count > longest ? tally->lengths[row].count : longest;
    struct length *spare = ARENA_ARRAY(tally->arena, longest + 1, struct length);
    for (enum metric_row row = 0; row < ROW_COUNT; row++) {
        if (is_lengths(row))
            add_lengths(tally, metrics, row, spare);
        else
            add_counts(tally, metrics, row);
    }
}
