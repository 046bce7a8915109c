/* Metrics: how the table communicated, in counts and times. docs/metrics.md is what each means.
 *
 * Pure: a definition and a trace in, figures out. Nothing is judged here, and no rule reads it. */
#ifndef SCORE_METRICS_H
#define SCORE_METRICS_H

#include "base/json_write.h"
#include "score/trace.h"

enum metric_shape { METRIC_RATE, METRIC_TIME, METRIC_COUNT, METRIC_RATIO };

struct metric_kind {
    const char *id, *part; /* part: empty where there is only one */
    enum metric_shape shape;
    bool is_descriptive; /* of style: not a quality */
    struct words name;
};

/* One figure. n = 0: it is n.a., and nothing else of it is set. */
struct metric {
    const struct metric_kind *kind;
    struct str who; /* a seat or stakeholder; empty: the whole table */
    int64_t n;
    int64_t k, low, high;               /* rate; ratio: k were given, n - k asked */
    int64_t open, median, p90, longest; /* time, count; -1: too much is open to tell */
};

/* That a party knows a fact. */
struct metric_known {
    struct str fact, party, through;
    int64_t learned_ms, lag_ms; /* lag: behind the first who knew */
    int source;                 /* enum source */
    int hops;
};

/* Who told whom. */
struct metric_told {
    struct str from, to;
    int64_t messages, said, taught, pushed, asked;
};

/* A card that seats told somebody while they told somebody a newer one. */
struct metric_contradiction {
    struct str fact;
    int64_t from_ms, corrected_ms; /* corrected_ms -1: it still stands */
    struct strs uncorrected;
};

struct metric_promise {
    struct str message, from, to;
    int64_t due_ms, next_ms; /* next_ms -1: it never came */
    bool kept;
};

struct metric_load {
    struct str seat;
    int64_t received, busiest, backlog, unopened;
};

struct metric_slot {
    struct str slot;
    int64_t answered, unknown, empty;
};

enum { METRICS_PROMISES = 4096 };

/* Lives in its arena; borrows from the definition and the trace. */
struct metrics {
    struct arena arena;
    int64_t as_of_ms; /* ENDEX, or the latest entry */
    bool is_ended;
    struct metric *items; /* in the order of docs/metrics.md; the table, then those of whom */
    size_t count;
    struct metric_known *known;
    size_t known_count;
    struct metric_told *told;
    size_t told_count;
    struct metric_contradiction *contradictions;
    size_t contradiction_count;
    struct metric_promise *promises;
    size_t promise_count, promises_left_out;
    struct metric_load *loads;
    size_t load_count;
    struct metric_slot *slots;
    size_t slot_count;
};

/* A trace for metrics, which look at every kind of event; feed it with trace_add. */
void metrics_trace(struct trace *trace, const struct def *def);

void metrics_init(struct metrics *metrics, const struct def *def, const struct trace *trace);
void metrics_fini(struct metrics *metrics);

/* What cannot be told from a record, and why. */
struct metric_gap {
    const char *id;
    struct words what;
    const char *why; /* "words": scoring never sees them; "not-recorded" */
};
extern const struct metric_gap metric_gaps[];
extern const size_t metric_gap_count;

/* One canonical JSON object. */
void metrics_write(const struct metrics *metrics, struct json_write *json);

#endif
