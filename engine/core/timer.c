/* A binary heap a clock. Cancelling scans: a table has tens of timers, and cancelling is rare. */
#include "core/timer.h"

#include <assert.h>

static bool comes_before(const struct timer *a, const struct timer *b)
{
    return a->due_ms != b->due_ms ? a->due_ms < b->due_ms : a->id < b->id;
}

static void swap(struct timer *a, struct timer *b)
{
    struct timer kept = *a;
    *a = *b;
    *b = kept;
}

static void sift_up(struct timer *heap, size_t at)
{
    while (at > 0 && comes_before(&heap[at], &heap[(at - 1) / 2])) {
        swap(&heap[at], &heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
}

static void sift_down(struct timer *heap, size_t count)
{
    size_t at = 0;
    for (;;) {
        size_t first = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < count; child++)
            if (comes_before(&heap[child], &heap[first]))
                first = child;
        if (first == at)
            return;
        swap(&heap[at], &heap[first]);
        at = first;
    }
}

int64_t timer_set(
    struct timers *timers, struct arena *arena, enum timer_clock clock, struct timer timer)
{
    size_t count = timers->count[clock];
    timers->heap[clock] = arena_grow(
        arena, timers->heap[clock], count, &timers->capacity[clock], sizeof(struct timer));
    timer.id = ++timers->last_id;
    timers->heap[clock][count] = timer;
    timers->count[clock] = count + 1;
    sift_up(timers->heap[clock], count);
    return timer.id;
}

void timer_cancel(struct timers *timers, enum timer_kind kind, int what, struct str party)
{
    for (int clock = 0; clock < TIMER_CLOCK_COUNT; clock++) {
        for (size_t i = 0; i < timers->count[clock]; i++) {
            struct timer *timer = &timers->heap[clock][i];
            if (timer->kind == kind && timer->what == what &&
                (party.len == 0 || str_eq(timer->party, party)))
                timer->kind = TIMER_DONE;
        }
    }
}

struct timer *timer_find(
    struct timers *timers, enum timer_clock clock, enum timer_kind kind, int what)
{
    struct timer *first = NULL;
    for (size_t i = 0; i < timers->count[clock]; i++) {
        struct timer *timer = &timers->heap[clock][i];
        if (timer->kind == kind && timer->what == what &&
            (first == NULL || comes_before(timer, first)))
            first = timer;
    }
    return first;
}

const struct timer *timer_first(struct timers *timers, enum timer_clock clock)
{
    struct timer *heap = timers->heap[clock];
    while (timers->count[clock] > 0 && heap[0].kind == TIMER_DONE) {
        heap[0] = heap[--timers->count[clock]];
        sift_down(heap, timers->count[clock]);
    }
    return timers->count[clock] > 0 ? &heap[0] : NULL;
}
