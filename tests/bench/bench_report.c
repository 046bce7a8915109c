/* The whole report of an exercise of ten thousand events, with the fifty rules of the other rows:
 * from the events to a page in HTML, and to JSON, which is the model alone. */
#include "bench.h"
#include "exercise.h"
#include "report/report.h"

enum { EVENTS = 10000, WINDOW_MINUTES = 10, ROUNDS = 3 };

/* Seconds of the processor, scoring included. */
static double report(struct report_source source, enum report_format format, size_t *ret_bytes)
{
    struct report_options options = {.format = format, .lang = LANG_EN};
    struct buf out = {0};
    struct err err;
    double begin = bench_cpu();
    struct scorer *scorer = scorer_new(source.def, source.rules);
    for (size_t i = 0; i < source.event_count; i++)
        scorer_feed(scorer, &source.events[i]);
    scorer_findings(scorer, source.events[source.event_count - 1].at_ms, &source.findings,
        &source.finding_count);
    source.rated_count = scorer_rated(scorer, &source.rated);
    bench_must(report_write(&source, &options, &out, &err), "report", &err);
    double seconds = bench_cpu() - begin;
    *ret_bytes = out.len;
    buf_fini(&out);
    scorer_free(scorer);
    return seconds;
}

static double best_of(const struct report_source *source, enum report_format format, size_t *bytes)
{
    double best = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        double seconds = report(*source, format, bytes);
        best = seconds < best ? seconds : best;
    }
    return best;
}

int main(void)
{
    struct arena arena = {0};
    struct bundle bundle;
    struct def def;
    struct rules rules;
    struct buf text = {0};
    size_t bytes;
    exercise_write_rules(WINDOW_MINUTES, &text);
    exercise_bundle("rules.yaml", buf_str(&text), &arena, &bundle);
    exercise_load(&bundle, &arena, &def, &rules);
    struct event *events = ARENA_ARRAY(&arena, EVENTS, struct event);
    for (int64_t seq = 1; seq <= EVENTS; seq++)
        exercise_event(seq, &arena, &events[seq - 1]);
    struct report_source source = {.def = &def,
        .rules = &rules,
        .exercise = STR("bench"),
        .head = STR("none"),
        .events = events,
        .event_count = EVENTS};
    double page = best_of(&source, REPORT_HTML, &bytes);
    double model = best_of(&source, REPORT_JSON, &bytes);
    (void)best_of(&source, REPORT_HTML, &bytes);
    bench_row("report of 10,000 events", page * 1000, " ms", BENCH_AT_MOST, 500,
        "%zu KiB of HTML; %.0f ms for the model", bytes / 1024, model * 1000);
    buf_fini(&text);
    arena_fini(&arena);
    return 0;
}
