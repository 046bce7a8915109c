/* A reactor: something that answers events with inputs of its own: the story, the cast.
 *
 * It may look at state, never change it. The inputs it plans are decided like anybody's, but are
 * not recorded: on resume the reactor is asked again and must say the same. */
#ifndef CORE_REACTOR_H
#define CORE_REACTOR_H

#include "core/state.h"

/* What a reactor wants done, in order. Spans live in arena (lifespan: step). */
struct plan {
    struct arena *arena;
    struct input *items;
    size_t count, capacity;
};

/* Appends an input with all else zero (observed_ms and story_at_ms -1). */
struct input *plan_add(struct plan *plan, enum input_kind kind, struct str actor);

/* Owned by whoever made it; `self` is passed back to every function. */
struct reactor {
    void *self;
    void (*react)(
        void *self, const struct state *state, const struct event *event, struct plan *plan);
    /* The next exercise time at which it wants to be woken; false: never. */
    bool (*due)(void *self, const struct state *state, int64_t *ret_due_ms);
    void (*wake)(void *self, const struct state *state, int64_t at_ms, struct plan *plan);
    /* Replay only, before the first step: a fault that the record holds. The reaction with this
     * number must fail in just this way, whatever it would do now. May be NULL. */
    void (*impose)(void *self, const struct event *fault);
};

#endif
