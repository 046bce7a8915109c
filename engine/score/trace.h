/* The trace: the events that rules look at, kept, and put into the order in which they happened.
 *
 * docs/rules.md §2.1 is what this module does. */
#ifndef SCORE_TRACE_H
#define SCORE_TRACE_H

#include "core/event.h"
#include "core/story_clock.h"
#include "score/rule.h"

/* Owns copies of events, without free text. */
struct trace {
    struct arena arena;
    struct event **items; /* as fed, by seq */
    size_t count, capacity;
    bool keeps[EVENT_KIND_COUNT];
    int64_t last_at_ms;
    struct story_clock story; /* the calendar, which annulments leave alone */
    int64_t story_start_ms, pace, semantics;
    enum mode mode;
    const struct event *last; /* the latest in the order of happening */
    int64_t last_annulled;    /* the highest seq that an annulment named; 0: there was none */
    bool has_late;            /* an entry came late since somebody set it to false */
};

void trace_init(struct trace *trace, const struct def *def, const struct rules *rules);
void trace_fini(struct trace *trace);

/* Copies the event if rules can look at it; else NULL. */
const struct event *trace_add(struct trace *trace, const struct event *event);

/* By seq: which events do not count. */
struct trace_gone {
    const bool *by_seq;
    int64_t count;
};

/* The events that count, in order, and which do not, made in arena. What lies after ENDEX is still
 * among them. */
const struct event **trace_effective(
    const struct trace *trace, struct arena *arena, size_t *ret_count, struct trace_gone *ret_gone);

/* Whether an event that was just added changes which events count, or may not count itself; `gone`
 * as of the last effective trace. */
bool trace_may_not_count(
    const struct trace *trace, const struct trace_gone *gone, const struct event *event);

/* A kept event; NULL when it was not kept. */
const struct event *trace_by_seq(const struct trace *trace, int64_t seq);

/* The calendar at a moment of the exercise. */
int64_t trace_story_ms(const struct trace *trace, int64_t at_ms);

bool trace_before(const struct event *a, const struct event *b); /* observed_ms, then seq */

#endif
