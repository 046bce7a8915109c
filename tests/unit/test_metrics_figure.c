/* The arithmetic of metrics: intervals, medians with open items, limits, and the time it takes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <cmocka.h>

#include "base/random.h"
#include "score/interval.h"
#include "score/party_set.h"
#include "score/tally.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void test_intervals(void **state)
{
    (void)state;
    /* From printed tables of Wilson's interval, in thousandths, rounded down. */
    static const struct {
        int64_t k, n, low, high;
    } cases[] = {{0, 1, 0, 793}, {1, 1, 206, 1000}, {3, 3, 438, 1000}, {5, 8, 305, 863},
        {6, 8, 409, 928}, {8, 8, 675, 1000}, {15, 20, 531, 888}, {0, 1000000, 0, 0},
        {1600000, 3200000, 499, 500}, {3200000, 3200000, 999, 1000}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t low, high;
        interval_find(cases[i].k, cases[i].n, &low, &high);
        assert_int_equal(low, cases[i].low);
        assert_int_equal(high, cases[i].high);
    }
}

/* Lengths to the table's row of metrics without parties. */
static struct metric figure_of(const int64_t *values, size_t count)
{
    struct metrics metrics = {0};
    struct tally tally;
    tally_init(&tally, &metrics.arena, (struct strs){0}, 0);
    for (size_t i = 0; i < count; i++)
        if (values[i] < 0)
            tally_open(&tally, ROW_ACK_TIME, PARTY_NONE, -values[i]);
        else
            tally_length(&tally, ROW_ACK_TIME, PARTY_NONE, values[i]);
    tally_finish(&tally, &metrics);
    struct metric metric = metrics.items[ROW_ACK_TIME];
    metrics_fini(&metrics);
    return metric;
}

static void test_medians(void **state)
{
    (void)state;
    /* Negative: open after so long. The values were counted by hand. */
    static const struct {
        int64_t values[12];
        size_t count;
        int64_t median, p90, open;
    } cases[] = {
        {{7}, 1, 7, 7, 0},
        {{9, 1}, 2, 1, 9, 0},
        {{3, 1, 2}, 3, 2, 3, 0},
        {{-5}, 1, -1, -1, 1},
        /* 3/4; then 3/4 * 1/2 = 3/8 at 30; never a tenth */
        {{10, -20, 30, -40}, 4, 30, -1, 2},
        /* leaving out what is open would say 10 */
        {{10, -20, -20, -20}, 4, -1, -1, 3},
        /* at 10 one of two ends before the other is given up */
        {{10, -10}, 2, 10, -1, 1},
        {{1, 1, 1, 1, 1, 1, 1, 1, 1, 5}, 10, 1, 1, 0},
        {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 10, 5, 9, 0},
        /* 5/6, 5/6 * 3/4 = 5/8, 5/8 * 2/3 = 5/12 */
        {{1, -2, 3, 4, -5, -6}, 6, 4, -1, 3},
        {{0, 0, 0}, 3, 0, 0, 0},
        {{0, 0, 0, 0, 0, 0, 0, 0, 0, 5}, 10, 0, 0, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct metric metric = figure_of(cases[i].values, cases[i].count);
        assert_int_equal(metric.n, cases[i].count);
        assert_int_equal(metric.median, cases[i].median);
        assert_int_equal(metric.p90, cases[i].p90);
        assert_int_equal(metric.open, cases[i].open);
    }
}

/* ---- a large table ---- */

enum { SEATS = 20, OUTSIDE = 30, FACTS = 100, EVENTS = 10000 };

static struct str name(struct arena *arena, const char *prefix, uint64_t number)
{
    return arena_format(arena, "%s%d", prefix, (int)number);
}

static const struct def *large_def(struct arena *arena)
{
    struct def *def = ARENA_NEW(arena, struct def);
    struct def_seat *seats = ARENA_ARRAY(arena, SEATS, struct def_seat);
    struct def_stakeholder *outside = ARENA_ARRAY(arena, OUTSIDE, struct def_stakeholder);
    struct def_fact *facts = ARENA_ARRAY(arena, FACTS, struct def_fact);
    struct def_need *needs = ARENA_ARRAY(arena, SEATS, struct def_need);
    for (int i = 0; i < SEATS; i++) {
        seats[i].id = name(arena, "s", (uint64_t)i);
        needs[i] = (struct def_need){seats[i].id, NEED_MUST};
    }
    for (int i = 0; i < OUTSIDE; i++)
        outside[i].id = name(arena, "o", (uint64_t)i);
    for (int i = 0; i < FACTS; i++) {
        facts[i] = (struct def_fact){
            .id = name(arena, "f", (uint64_t)i), .needs = needs, .need_count = SEATS};
        if (i % 10 != 0)
            facts[i].replaces = facts[i - 1].id;
    }
    *def = (struct def){.seats = seats,
        .seat_count = SEATS,
        .stakeholders = outside,
        .stakeholder_count = OUTSIDE,
        .facts = facts,
        .fact_count = FACTS};
    def_index(def, arena);
    return def;
}

static uint64_t draw(uint64_t *draws, uint64_t below)
{
    return random_below(1, STR("metrics"), (*draws)++, below);
}

/* Every third a message with facts that promises an update and wants an ack; busy is to everybody.
 */
static void add_event(struct trace *trace, struct arena *arena, uint64_t *draws, int i, bool busy)
{
    struct event event = {
        .seq = i + 1, .at_ms = i, .observed_ms = i, .actor = name(arena, "s", draw(draws, SEATS))};
    if (i % 3 == 0) {
        size_t fact_count = busy ? 8 : 3, to_count = busy ? OUTSIDE + 1 : 3;
        struct str *facts = ARENA_ARRAY(arena, fact_count, struct str);
        struct str *to = ARENA_ARRAY(arena, to_count, struct str);
        for (size_t f = 0; f < fact_count; f++)
            facts[f] = name(arena, "f", draw(draws, FACTS));
        for (size_t p = 0; p < to_count; p++)
            to[p] = busy ? name(arena, "o", p) : name(arena, "s", draw(draws, SEATS));
        if (busy)
            to[OUTSIDE] = STR("room");
        event.kind = EVENT_MESSAGED;
        event.body.messaged = (struct event_messaged){.message = name(arena, "m", (uint64_t)i),
            .facts = {facts, fact_count},
            .to = {to, to_count},
            .type = (int)draw(draws, MESSAGE_TYPE_COUNT),
            .ack_within_ms = 50,
            .next_update_ms = 50};
    } else if (i % 3 == 1) {
        event.kind = EVENT_ACKED;
        event.body.acked.message = name(arena, "m", (uint64_t)(i - 1));
    } else {
        event.kind = EVENT_LEARNED;
        event.body.learned.fact = name(arena, "f", draw(draws, FACTS));
        event.body.learned.source = SOURCE_MESSAGE;
        event.body.learned.through = name(arena, "m", (uint64_t)(i - 2));
    }
    trace_add(trace, &event);
}

static int64_t now_us(void)
{
    return (int64_t)clock() * 1000000 / CLOCKS_PER_SEC;
}

/* The microseconds that it takes; the metrics for a look at them. */
static int64_t measure(struct metrics *metrics, struct arena *arena, struct trace *trace, bool busy)
{
    uint64_t draws = 0;
    const struct def *def = large_def(arena);
    metrics_trace(trace, def);
    for (int i = 0; i < EVENTS; i++)
        add_event(trace, arena, &draws, i, busy);
    int64_t begin_us = now_us();
    metrics_init(metrics, def, trace);
    int64_t took_us = now_us() - begin_us;
    print_message("%d events, %d parties, %d facts, %s: %lld us\n", EVENTS, SEATS + OUTSIDE, FACTS,
        busy ? "all to everybody" : "to three each", (long long)took_us);
    return took_us;
}

/* 50 ms in a release build; the bound leaves room for sanitizers and busy machines, and none for
 * squares. */
static void test_large(void **state)
{
    (void)state;
    for (int busy = 0; busy < 2; busy++) {
        struct arena arena = {0};
        struct trace trace;
        struct metrics metrics;
        int64_t took_us = measure(&metrics, &arena, &trace, busy);
        assert_true(took_us < (busy ? 2000000 : 500000));
        int64_t deliveries = 0;
        for (size_t i = 0; i < metrics.count; i++)
            if (str_is(str_of(metrics.items[i].kind->id), "noise") && metrics.items[i].who.len == 0)
                deliveries = metrics.items[i].n;
        if (busy)
            assert_int_equal(deliveries, (EVENTS + 2) / 3 * (SEATS + OUTSIDE - 1));
        assert_int_equal(metrics.promise_count, METRICS_PROMISES);
        assert_int_equal(metrics.promises_left_out, deliveries - METRICS_PROMISES);
        metrics_fini(&metrics);
        trace_fini(&trace);
        arena_fini(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_intervals),
        cmocka_unit_test(test_medians), cmocka_unit_test(test_large)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
