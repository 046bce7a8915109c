/* Inputs: what people (and stories) do, typed. The catalogue is docs/events.md, from input_kinds.
 *
 * An input is a wish: decide answers it with events, at least one. What comes from people is kept
 * in the record and re-stepped on resume; a story's inputs are derived again. */
#ifndef CORE_INPUT_H
#define CORE_INPUT_H

#include "core/event.h"

/* In the order of input_kinds. */
enum input_kind {
    INPUT_ACK,
    INPUT_ACT,
    INPUT_ANNUL,
    INPUT_ANSWER,
    INPUT_ASSIGN,
    INPUT_CAUSE,
    INPUT_CHECK_IN,
    INPUT_CLAIM,
    INPUT_CREATE,
    INPUT_DECIDE,
    INPUT_DECLARE,
    INPUT_DISPUTE,
    INPUT_EDIT,
    INPUT_END,
    INPUT_FAULT,
    INPUT_FIRE,
    INPUT_HANDOFF,
    INPUT_HEARD,
    INPUT_HINT,
    INPUT_HOLD,
    INPUT_HOT_WASH,
    INPUT_IMPROVISE,
    INPUT_JUMP,
    INPUT_MESSAGE,
    INPUT_NEXT,
    INPUT_NOTE,
    INPUT_OBSERVE,
    INPUT_OPEN,
    INPUT_OUTAGE,
    INPUT_PACE,
    INPUT_PAUSE,
    INPUT_PHASE,
    INPUT_PRESENCE,
    INPUT_RATE,
    INPUT_READBACK,
    INPUT_RECEIVER_TEST,
    INPUT_REFLECT,
    INPUT_REPLY_AS,
    INPUT_RESUME,
    INPUT_REVEAL,
    INPUT_RULING,
    INPUT_SAID,
    INPUT_SEAL,
    INPUT_SET,
    INPUT_SHARE_FINDINGS,
    INPUT_SKIP,
    INPUT_START,
    INPUT_STOP_REAL_INCIDENT,
    INPUT_WARM_UP,
    INPUT_WITHDRAW,
    INPUT_KIND_COUNT
};

struct input_jump {
    int64_t by_ms;
    struct str phase;
    bool sheet;
};
struct input_fire {
    int64_t after_ms;
    struct str inject, re;
    struct str reason;
};
struct input_outage {
    int64_t gap_ms;
};
struct input_presence {
    struct str seat;
    bool away;
};
struct input_reply_as {
    struct str action, as;
    struct strs facts;
    struct str re, target, text;
    int tlp;
    struct strs to;
    int type, via;
};
struct input_reveal {
    struct str fact;
    struct strs to;
};
struct input_nothing {
    bool none;
};

/* Where an input carries just what its event will, it uses the event's body. */
union input_body {
    struct event_acked ack;
    struct event_acted act;
    struct event_annulled annul;
    struct event_answered answer;
    struct event_assigned assign;
    struct event_claimed claim;
    struct event_created create;
    struct event_decided decide;
    struct event_declared declare;
    struct event_edited edit;
    struct event_fault fault;
    struct input_fire fire;
    struct event_handed_off handoff;
    struct event_heard heard;
    struct event_hinted hint;
    struct event_held hold;
    struct event_hot_wash hot_wash;
    struct event_improvised improvise;
    struct input_jump jump;
    struct event_messaged message;
    struct event_noted note;
    struct event_observed observe;
    struct event_opened open;
    struct input_outage outage;
    struct event_pace_changed pace;
    struct event_phase_changed phase;
    struct input_presence presence;
    struct event_rated rate;
    struct event_read_back readback;
    struct input_reply_as reply_as;
    struct input_reveal reveal;
    struct event_ruled ruling;
    struct event_caused cause;
    struct event_disputed dispute;
    struct event_receiver_tested receiver_test;
    struct event_reflected reflect;
    struct event_said said;
    struct event_world_set set;
    struct event_skipped skip;
    struct event_started start;
    struct event_stopped stop;
    struct event_withdrawn withdraw;
    struct input_nothing nothing;
};

struct input {
    int64_t seq;         /* from 1 per table; 0: not recorded (a story's) */
    int64_t at_ms;       /* exercise time; the clock decides, but in files */
    int64_t observed_ms; /* a late entry: when it happened; -1: now */
    int64_t story_at_ms; /* on a gap sheet: when in the skipped hours; -1: not given */
    struct str actor;
    struct str proxy_for; /* the seat that the facilitator acts for, or empty */
    struct str id;        /* the client's, unique per actor; names what the input makes */
    enum input_kind kind;
    union input_body body;
};

/* Who may send an input, as a set. */
enum {
    WHO_SEAT = 1 << 0,
    WHO_FACILITATOR = 1 << 1,
    WHO_EVALUATOR = 1 << 2,
    WHO_STORY = 1 << 3,
    WHO_HOST = 1 << 4,
};

/* In which states of the exercise; the bit is 1 << enum status. */
enum status {
    STATUS_NEW,   /* before `create` */
    STATUS_READY, /* before STARTEX */
    STATUS_RUNNING,
    STATUS_PAUSED,
    STATUS_ENDED, /* after ENDEX: ratings, rulings, late entries */
    STATUS_SEALED,
    STATUS_STOPPED, /* a real incident */
    STATUS_COUNT
};
extern const char *const status_names[STATUS_COUNT];

struct input_kind_row {
    const char *name;
    struct fields fields;
    unsigned who;
    unsigned when;
    unsigned refusals; /* a set of 1 << enum refusal, beside those in INPUT_REFUSALS */
    const char *help;
    const char *example; /* one line of the input language */
};

/* What any input can be refused for: sender, moment, a name, a time, a full record. */
enum {
    INPUT_REFUSALS = 1 << REFUSAL_UNKNOWN | 1 << REFUSAL_NOT_ALLOWED | 1 << REFUSAL_NOT_NOW |
                     1 << REFUSAL_BAD_TIME | 1 << REFUSAL_TOO_MANY
};

extern const struct input_kind_row input_kinds[INPUT_KIND_COUNT];

bool input_kind_find(struct str name, enum input_kind *ret_kind);

/* The canonical form in the record: {"actor":…,"at_ms":…,"body":{…},"do":…,"id":…,…}. */
void input_write(const struct input *input, struct buf *out);
bool input_read(struct str line, struct arena *arena, struct input *ret_input, struct err *reterr);

#endif
