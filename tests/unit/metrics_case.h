/* Traces and the figures that they give, one a line, for the tests of metrics. */
#ifndef UNIT_METRICS_CASE_H
#define UNIT_METRICS_CASE_H

#include "score/metrics.h"
#include "unit/trace.h"

/* What a trace gives: "C02 c1 1/2 95-905", "C01 - n=2 open=1 median=5 p90=- longest=9",
 * "C23 - 2:1", "C08 - n.a."; the part behind a slash: "C03/acked - 1/1 206-1000". */
struct metrics_case {
    const char *name, *trace;
    const char *wanted; /* each line must be among what comes */
};

static const struct str case_commander[] = {STR_INIT("commander")},
                        case_handler[] = {STR_INIT("handler")},
                        case_poc[] = {STR_INIT("poc"), STR_INIT("triage")},
                        case_go[] = {STR_INIT("go")}, case_cut[] = {STR_INIT("cut")},
                        case_harmless[] = {STR_INIT("harmless")}, case_ten[] = {STR_INIT("ten")},
                        case_rumour[] = {STR_INIT("rumour")};
static const struct def_seat case_seats[] = {
    {.id = STR_INIT("c1"), .roles = {case_commander, 1}},
    {.id = STR_INIT("h1"), .roles = {case_handler, 1}},
    {.id = STR_INIT("p1"), .roles = {case_poc, 2}},
};
static const struct def_stakeholder case_stakeholders[] = {
    {.id = STR_INIT("ciso"), .audience = AUDIENCE_OWN},
    {.id = STR_INIT("press"), .audience = AUDIENCE_PUBLIC},
    {.id = STR_INIT("vendor"), .audience = AUDIENCE_PARTNER},
};
static const struct def_need case_ten_needs[] = {{STR_INIT("commander"), NEED_MUST},
    {STR_INIT("ciso"), NEED_USEFUL}, {STR_INIT("vendor"), NEED_NEVER}},
                             case_forty_needs[] = {{STR_INIT("commander"), NEED_MUST}};
static const struct def_truth case_ten_truths[] = {
    {0, WORDS("", ""), true}, {5000, WORDS("", ""), false}};
static const struct def_slot case_slots[] = {{.id = STR_INIT("extent")}, {.id = STR_INIT("cause")}};

/* "forty" puts "ten" right, which stopped being true after five seconds. */
static const struct def_fact case_facts[] = {
    {.id = STR_INIT("ten"),
        .slot = STR_INIT("extent"),
        .truths = case_ten_truths,
        .truth_count = 2,
        .needs = case_ten_needs,
        .need_count = 3},
    {.id = STR_INIT("forty"),
        .slot = STR_INIT("extent"),
        .replaces = STR_INIT("ten"),
        .needs = case_forty_needs,
        .need_count = 1},
    {.id = STR_INIT("harmless")},
    {.id = STR_INIT("rumour")},
};
static const struct def_inject case_injects[] = {
    {.id = STR_INIT("call"), .kind = INJECT_EVENT, .to = {case_poc, 1}, .facts = {case_ten, 1}},
    {.id = STR_INIT("audit"),
        .kind = INJECT_BENIGN,
        .to = {case_poc, 1},
        .facts = {case_harmless, 1}},
    {.id = STR_INIT("gossip"),
        .kind = INJECT_INFORMATION,
        .from = STR_INIT("press"),
        .to = {case_poc, 1},
        .facts = {case_rumour, 1}},
    {.id = STR_INIT("ask"),
        .kind = INJECT_EVENT,
        .to = {case_commander, 1},
        .questions = {case_cut, 1}},
    {.id = STR_INIT("ask-go"),
        .kind = INJECT_EVENT,
        .to = {case_commander, 1},
        .questions = {case_go, 1}},
};
static const struct def_question case_questions[] = {
    {.id = STR_INIT("cut"),
        .inject = STR_INIT("ask"),
        .owners = {case_commander, 1},
        .within_ms = 10000},
    {.id = STR_INIT("go"), .inject = STR_INIT("ask-go")},
};

static inline const struct def *case_def(struct arena *arena)
{
    struct def *def = ARENA_NEW(arena, struct def);
    *def = (struct def){.id = STR("case"),
        .seats = case_seats,
        .seat_count = COUNT(case_seats),
        .stakeholders = case_stakeholders,
        .stakeholder_count = COUNT(case_stakeholders),
        .facts = case_facts,
        .fact_count = COUNT(case_facts),
        .injects = case_injects,
        .inject_count = COUNT(case_injects),
        .questions = case_questions,
        .question_count = COUNT(case_questions),
        .slots = case_slots,
        .slot_count = COUNT(case_slots)};
    def_index(def, arena);
    return def;
}

static inline void case_number(struct buf *out, const char *name, int64_t value)
{
    buf_format(out, " %s=", name);
    if (value < 0)
        buf_add_char(out, '-');
    else
        buf_add_int(out, value);
}

static inline void case_line(struct buf *out, const struct metric *metric)
{
    bool is_part = metric->kind->part[0] != '\0';
    buf_format(out, "%s%s%s %.*s ", metric->kind->id, is_part ? "/" : "", metric->kind->part,
        metric->who.len != 0 ? (int)metric->who.len : 1,
        metric->who.len != 0 ? metric->who.ptr : "-");
    if (metric->n == 0) {
        buf_add(out, STR("n.a.\n"));
        return;
    }
    if (metric->kind->shape == METRIC_RATE) {
        buf_format(out, "%lld/%lld %lld-%lld", (long long)metric->k, (long long)metric->n,
            (long long)metric->low, (long long)metric->high);
    } else if (metric->kind->shape == METRIC_RATIO) {
        buf_format(out, "%lld:%lld", (long long)metric->k, (long long)(metric->n - metric->k));
    } else {
        buf_format(out, "n=%lld open=%lld", (long long)metric->n, (long long)metric->open);
        case_number(out, "median", metric->median);
        case_number(out, "p90", metric->p90);
        case_number(out, "longest", metric->longest);
    }
    buf_add_char(out, '\n');
}

/* The metrics of a trace; the arena must outlive them. */
static inline void case_metrics(
    struct metrics *metrics, struct trace *trace, struct arena *arena, const char *text)
{
    size_t count;
    const struct def *def = case_def(arena);
    struct event *events = trace_events(arena, text, &count);
    metrics_trace(trace, def);
    for (size_t i = 0; i < count; i++)
        trace_add(trace, &events[i]);
    metrics_init(metrics, def, trace);
}

static inline bool has_line(struct str text, struct str wanted)
{
    struct str line, rest = text;
    while (str_cut(rest, '\n', &line, &rest))
        if (str_eq(line, wanted))
            return true;
    return false;
}

static inline int case_check(const struct metrics_case *row)
{
    struct arena arena = {0};
    struct metrics metrics;
    struct trace trace;
    struct buf out = {0};
    case_metrics(&metrics, &trace, &arena, row->trace);
    for (size_t i = 0; i < metrics.count; i++)
        case_line(&out, &metrics.items[i]);
    struct str line, rest = str_of(row->wanted);
    int failures = 0;
    while (str_cut(rest, '\n', &line, &rest)) {
        if (has_line(buf_str(&out), line))
            continue;
        printf("%s: no line \"%.*s\"\n", row->name, STR_ARG(line));
        failures++;
    }
    if (failures != 0)
        printf("%.*s", STR_ARG(buf_str(&out)));
    buf_fini(&out);
    metrics_fini(&metrics);
    trace_fini(&trace);
    arena_fini(&arena);
    return failures;
}

static inline void run_cases(const struct metrics_case *rows, size_t count)
{
    int failures = 0;
    for (size_t i = 0; i < count; i++)
        failures += case_check(&rows[i]);
    assert_int_equal(failures, 0);
}

#endif
