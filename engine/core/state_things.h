/* What becomes of the things of an exercise: injects, messages, questions, persons, parties.
 *
 * Parts of struct state, in its arena; only apply changes them. */
#ifndef CORE_STATE_THINGS_H
#define CORE_STATE_THINGS_H

#include "core/input.h"

/* Whom an inject has come to, from an event on. */
struct state_audience {
    int64_t since_seq;
    struct strs to;
};

/* An inject and what became of it. */
struct state_inject {
    struct str id;
    const struct def_inject *def; /* NULL: improvised */
    struct event_improvised improvised;
    struct strs to;                   /* whom it is meant for */
    struct state_audience *audiences; /* each holds all of the one before it */
    size_t audience_count, audience_capacity;
    struct str title_ref, body_ref; /* edited or improvised text, salted hashes */
    int64_t delivered_ms;           /* -1: not yet */
    int64_t delivered_count;
    bool held, skipped, averted; /* averted: its unless-pattern came in time */
    bool armed;                  /* its when or unless is being watched */
    bool *opened_by;             /* by seat position */
    int64_t cause;               /* its first delivery's event */
};

struct state_message {
    struct event_messaged body;
    struct str from;
    int64_t sent_ms, seq;
    bool *opened_by;  /* by seat position */
    bool *reached_by; /* by stakeholder position */
    bool *tried;      /* by stakeholder position: they were looked for */
    bool approved;    /* its text, by somebody else */
};

struct state_question {
    bool open, decided, expired;
    int64_t opened_ms;
    struct str option;
};

/* What a person knows. Seats' holders and stakeholders share one table of persons. */
struct state_person {
    struct str id; /* "p3", or the seat's or stakeholder's id when nobody is assigned */
    bool *knows;   /* by fact position */
};

/* What somebody said in the hot wash and has not taken back. */
struct state_reflection {
    struct str id, actor;
    int about;
};

struct state_seat {
    struct str person;
    int person_position;
    bool checked_in; /* since the last warm-up */
    bool is_away;    /* nobody looks at its page */
};

struct state_stakeholder {
    int64_t busy_until_ms;
    int person_position;
    struct str claimed_by;
};

#endif
