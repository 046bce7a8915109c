/* Timers: what is due when. Two heaps, one a clock, in (due, id) order.
 *
 * A timer set on story time becomes due earlier or later when the pace changes or the story jumps;
 * one on exercise time never moves. Cancelled timers stay in the heap until they surface. */
#ifndef CORE_TIMER_H
#define CORE_TIMER_H

#include "base/arena.h"

enum timer_clock { TIMER_EXERCISE, TIMER_STORY, TIMER_CLOCK_COUNT };

enum timer_kind {
    TIMER_INJECT,   /* deliver an inject */
    TIMER_UNLESS,   /* deliver a contingency, unless cancelled before */
    TIMER_QUESTION, /* nobody decided */
    TIMER_CONTACT,  /* a stakeholder picks up, or does not */
    TIMER_READ,     /* a stakeholder has read a message to its end */
    TIMER_DONE      /* cancelled or fired */
};

/* Plain data. what, party and re borrow from state or definition. */
struct timer {
    int64_t due_ms; /* on its own clock; a bound's expiry is due at bound + 1 */
    int64_t id;     /* ascending in the order of setting */
    int64_t cause;  /* the event that set it */
    enum timer_kind kind;
    int what; /* position of the inject, question or message */
    struct str party;
    struct str re; /* TIMER_INJECT: the message that it answers, or empty */
    int why;       /* TIMER_INJECT: an enum why; TIMER_CONTACT: how they will answer, enum answer */
};

/* Owned by state, in its arena. A zeroed set is empty. */
struct timers {
    struct timer *heap[TIMER_CLOCK_COUNT];
    size_t count[TIMER_CLOCK_COUNT], capacity[TIMER_CLOCK_COUNT];
    int64_t last_id;
};

int64_t timer_set(
    struct timers *timers, struct arena *arena, enum timer_clock clock, struct timer timer);

/* Marks all timers of a kind for a thing (and party, unless empty) as done. */
void timer_cancel(struct timers *timers, enum timer_kind kind, int what, struct str party);

/* The first due of these on a clock, or NULL. */
struct timer *timer_find(
    struct timers *timers, enum timer_clock clock, enum timer_kind kind, int what);

/* The first live timer of a clock, or NULL. Drops done ones that surfaced. */
const struct timer *timer_first(struct timers *timers, enum timer_clock clock);

#endif
