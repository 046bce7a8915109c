/* State: a table's present, the fold of its events. Only apply changes it.
 *
 * Plain data in one arena (lifespan: table). Arrays for things of the definition run parallel to
 * the definition's arrays; improvised injects and messages are numbered as they come. */
#ifndef CORE_STATE_H
#define CORE_STATE_H

#include "core/state_things.h"
#include "core/story_clock.h"
#include "core/timer.h"

struct state {
    const struct def *def;
    struct arena arena;

    enum status status;
    enum mode mode;
    int64_t difficulty, seed, semantics;
    int64_t last_seq;
    int64_t now_ms; /* at_ms of the last event, or later */
    int64_t pace;
    struct story_clock story;
    bool gap_open;
    int64_t gap_until_story_ms;
    struct str gap_phase; /* which begins then, or empty */
    struct str phase;

    struct state_seat *seats;
    struct state_stakeholder *stakeholders;
    struct state_question *questions;
    struct str *world; /* by position */

    struct state_inject *injects; /* the definition's first, then improvised */
    size_t inject_count, inject_capacity;
    struct index inject_index;

    struct state_message *messages;
    size_t message_count, message_capacity;
    struct index message_index;

    struct state_person *persons;
    size_t person_count, person_capacity;
    struct index person_index;
    int64_t annulled_count;

    bool findings_shared;
    struct state_reflection *reflections; /* those that stand, in order */
    size_t reflection_count, reflection_capacity;

    struct timers timers;
};

struct state *state_new(const struct def *def); /* STATUS_NEW; def outlives it */
void state_free(struct state *state);

/* Whether ENDEX has come, after which findings may be read; and whether nobody plays any more, as
 * also after a stop for a real incident. */
bool state_has_ended(const struct state *state);
bool state_is_over(const struct state *state);

/* Positions; -1 when there is no such thing. */
int state_seat_of(const struct state *state, struct str role_or_seat);
int state_inject_find(const struct state *state, struct str id);
int state_message_find(const struct state *state, struct str id);
int state_reflection_find(const struct state *state, struct str id);
int state_person_of(const struct state *state, struct str seat_or_stakeholder);
bool state_knows(const struct state *state, struct str seat_or_stakeholder, struct str fact);

/* Whether a seat is in the audience of an inject or message. */
bool state_audience_holds(const struct state *state, struct strs roles, struct str seat);

/* Whether the seat may see the thing: delivered to it, or sent by it; now, or as of an event. */
bool state_sees_inject(const struct state *state, int inject, struct str seat);
bool state_saw_inject(const struct state *state, int inject, struct str seat, int64_t at_seq);
bool state_sees_message(const struct state *state, int message, struct str seat);

/* The next due timer of either clock: when, on exercise time, and which; false when none. */
bool state_next_timer(struct state *state, int64_t *ret_due_ms, struct timer *ret_timer);

/* Canonical JSON of it all, for tests: equal states give equal bytes. */
void state_write(const struct state *state, struct buf *out);

#endif
