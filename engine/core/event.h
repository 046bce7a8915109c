/* Events: what happened at a table, typed. The catalogue is docs/events.md, made from event_kinds.
 *
 * decide makes events, apply folds them into state, the record keeps their canonical JSON. Bodies
 * borrow their spans: from the step's arena when new, from the record's bytes when read back. */
#ifndef CORE_EVENT_H
#define CORE_EVENT_H

#include "core/field.h"

/* In the order of event_kinds. */
enum event_kind {
    EVENT_ACKED,
    EVENT_ACTED,
    EVENT_ANNULLED,
    EVENT_ANSWERED,
    EVENT_ARRIVED,
    EVENT_ASSIGNED,
    EVENT_CAUSED,
    EVENT_CHALLENGED,
    EVENT_CHECKED_IN,
    EVENT_CLAIMED,
    EVENT_CREATED,
    EVENT_DECIDED,
    EVENT_DECLARED,
    EVENT_DELIVERED,
    EVENT_DISPUTED,
    EVENT_EDITED,
    EVENT_ENDED,
    EVENT_EXPIRED,
    EVENT_FAULT,
    EVENT_FINDINGS_SHARED,
    EVENT_FORWARDED,
    EVENT_GAP_OPENED,
    EVENT_HANDED_OFF,
    EVENT_HEARD,
    EVENT_HELD,
    EVENT_HINTED,
    EVENT_HOT_WASH,
    EVENT_IMPROVISED,
    EVENT_JUMPED,
    EVENT_LEARNED,
    EVENT_LEFT,
    EVENT_MESSAGED,
    EVENT_MOVED_ON,
    EVENT_NOTED,
    EVENT_OBSERVED,
    EVENT_OPENED,
    EVENT_PACE_CHANGED,
    EVENT_PAUSED,
    EVENT_PHASE_CHANGED,
    EVENT_RATED,
    EVENT_REACHED,
    EVENT_READ_BACK,
    EVENT_RECEIVER_TESTED,
    EVENT_REFLECTED,
    EVENT_REFUSED,
    EVENT_RESUMED,
    EVENT_RETURNED,
    EVENT_RULED,
    EVENT_SAID,
    EVENT_SCHEDULED,
    EVENT_SEALED,
    EVENT_SKIPPED,
    EVENT_STARTED,
    EVENT_STOPPED,
    EVENT_UNREACHED,
    EVENT_WARM_UP,
    EVENT_WITHDRAWN,
    EVENT_WORLD_SET,
    EVENT_KIND_COUNT
};

enum message_type {
    MESSAGE_REPORT,
    MESSAGE_REQUEST,
    MESSAGE_ORDER,
    MESSAGE_ANSWER,
    MESSAGE_INFO,
    MESSAGE_ESCALATION,
    MESSAGE_NOTIFICATION,
    MESSAGE_STATEMENT,
    MESSAGE_SITREP,
    MESSAGE_APPROVAL_REQUEST,
    MESSAGE_APPROVAL,
    MESSAGE_HANDOFF,
    MESSAGE_TYPE_COUNT
};
enum why { WHY_CLOCK, WHY_AFTER, WHY_WHEN, WHY_UNLESS, WHY_STORY, WHY_HAND, WHY_DIAL, WHY_COUNT };
enum source {
    SOURCE_INJECT,
    SOURCE_MESSAGE,
    SOURCE_SAID,
    SOURCE_HEARD,
    SOURCE_UNRECORDED,
    SOURCE_HANDOFF,
    SOURCE_REVEALED,
    SOURCE_COUNT
};
enum pause_reason { PAUSE_FACILITATOR, PAUSE_OUTAGE, PAUSE_GAP, PAUSE_COUNT };
enum unreached_reason {
    UNREACHED_NO_ANSWER,
    UNREACHED_STALE,
    UNREACHED_NO_CHANNEL,
    UNREACHED_COUNT
};
enum refusal {
    REFUSAL_UNKNOWN,     /* no such thing, or not yours to see */
    REFUSAL_NOT_ALLOWED, /* this actor never may */
    REFUSAL_NOT_NOW,     /* not in this state of the exercise */
    REFUSAL_ALREADY,     /* it was done before */
    REFUSAL_ID_TAKEN,    /* the id names something else */
    REFUSAL_EMPTY,       /* nobody to tell, nothing to say */
    REFUSAL_BAD_TIME,    /* a time outside the exercise */
    REFUSAL_IMPOSSIBLE,  /* the world does not allow it */
    REFUSAL_TOO_MANY,    /* a limit */
    REFUSAL_COUNT
};

/* Why something was missed; only a lack of skill is the team's to train. */
enum cause {
    CAUSE_SKILL,
    CAUSE_PROCEDURE,
    CAUSE_AUTHORITY,
    CAUSE_CONTACT_DATA,
    CAUSE_OVERLOAD,
    CAUSE_TOOL,
    CAUSE_SCENARIO,
    CAUSE_COUNT
};
/* What a ruling makes of a finding. */
enum ruling { RULING_NONE, RULING_SATISFIED, RULING_VIOLATED, RULING_EXCUSED, RULING_COUNT };

/* What one says in the hot wash. */
enum reflection {
    REFLECTION_STRENGTH,
    REFLECTION_IMPROVEMENT,
    REFLECTION_SURPRISE,
    REFLECTION_COUNT
};
extern const char *const reflection_names[REFLECTION_COUNT];

enum { RATING_COUNT = 5 };
extern const char *const rating_names[RATING_COUNT]; /* "", P, S, M, U: performed … unable */
extern const char *const cause_names[CAUSE_COUNT];
extern const char *const ruling_names[RULING_COUNT]; /* "" satisfied … */
extern const char *const message_type_names[MESSAGE_TYPE_COUNT];
extern const char *const why_names[WHY_COUNT];
extern const char *const source_names[SOURCE_COUNT];
extern const char *const pause_reason_names[PAUSE_COUNT];
extern const char *const unreached_reason_names[UNREACHED_COUNT];
extern const char *const refusal_names[REFUSAL_COUNT];
extern const struct words refusal_sentences[REFUSAL_COUNT]; /* for people */
/* The same, told more exactly where it is known what stands in the way. */
const struct words *event_refusal_sentence(int reason, struct str what);

/* The bodies. Field meanings stand in event.c's rows, from where the reference is made. */
struct event_acked {
    struct str inject, message;
    bool unread;
};
struct event_acted {
    struct str action;
    bool contested;
    struct str order, reason, target;
};
struct event_annulled {
    int64_t event;
    struct str reason;
};
struct event_answered {
    struct str inject, text;
};
struct event_arrived {
    struct str message;
};
struct event_assigned {
    struct str person, seat;
};
struct event_caused {
    int cause;
    struct str finding, text;
};
struct event_challenged {
    struct str action, message;
};
struct event_claimed {
    struct str name, stakeholder;
    bool released;
};
struct event_created {
    struct str content, lua;
    int64_t difficulty;
    int mode;
    int64_t pace, seed, semantics;
};
struct event_decided {
    bool contested;
    struct str option, question, reason;
};
struct event_declared {
    struct str of, reason, status;
};
struct event_delivered {
    struct str inject, re, reason;
    struct strs to;
    int via, why;
};
struct event_disputed {
    struct str finding, text;
};
struct event_edited {
    struct str body, inject, title;
    struct strs to;
};
struct event_ended {
    bool by_story;
};
struct event_expired {
    struct str question;
};
struct event_fault {
    struct str file;
    int64_t line;
    struct str message;
    int64_t reaction;
    struct str story;
};
struct event_forwarded {
    struct str message, party;
};
struct event_gap_opened {
    struct str phase;
    int64_t until_story_ms;
};
struct event_handed_off {
    struct strs facts;
    struct str text, to;
};
struct event_heard {
    struct strs facts;
    struct str from, text;
};
struct event_held {
    struct str inject;
};
struct event_hot_wash {
    int64_t length_ms;
};
struct event_hinted {
    struct str hint, rule, text;
    struct strs to;
};
struct event_improvised {
    struct str body;
    struct strs facts;
    struct str from, inject, title;
    int tlp;
    struct strs to;
    int via;
};
struct event_jumped {
    int64_t story_ms;
};
struct event_learned {
    struct str fact, replaces;
    int source;
    struct str through;
};
struct event_messaged {
    int64_t ack_within_ms;
    struct str action;
    bool approved, contested;
    struct str draft, draft_text;
    struct strs facts;
    struct str message;
    int64_t next_update_ms;
    bool readback;
    struct str re;
    struct str target, text;
    int tlp;
    struct strs to;
    int type;
    struct strs unknown;
    bool unread;
    int via;
};
struct event_noted {
    struct str text;
};
struct event_observed {
    struct str name, rule, text;
};
struct event_opened {
    struct str inject, message;
};
struct event_pace_changed {
    int64_t pace;
};
struct event_paused {
    int64_t gap_ms;
    int reason;
};
struct event_phase_changed {
    struct str phase;
};
struct event_rated {
    struct str by;
    struct str capability;
    int rating;
    struct str text;
};
struct event_reached {
    struct str message;
};
struct event_read_back {
    struct str message, text;
};
struct event_receiver_tested {
    bool ask, by_when;
    struct str message;
    bool unknown;
};
struct event_reflected {
    int about;
    struct str reflection, role, text;
};
struct event_refused {
    struct str input_name;
    int reason;
    struct str what;
};
struct event_ruled {
    struct str finding, text;
    int verdict;
};
struct event_said {
    struct strs facts;
    struct str text;
    struct strs to;
};
struct event_scheduled {
    int64_t due_ms;
    struct str inject, re, reason;
};
struct event_skipped {
    struct str inject;
    int why;
};
struct event_started {
    struct str language;
};
struct event_stopped {
    struct str text;
};
struct event_unreached {
    struct str message;
    struct str party;
    int reason;
};
struct event_withdrawn {
    struct str reflection;
};
struct event_world_set {
    struct str name, value;
};

union event_body {
    struct event_acked acked;
    struct event_acted acted;
    struct event_annulled annulled;
    struct event_answered answered;
    struct event_arrived arrived;
    struct event_assigned assigned;
    struct event_caused caused;
    struct event_challenged challenged;
    struct event_claimed claimed;
    struct event_created created;
    struct event_decided decided;
    struct event_declared declared;
    struct event_delivered delivered;
    struct event_disputed disputed;
    struct event_edited edited;
    struct event_ended ended;
    struct event_expired expired;
    struct event_fault fault;
    struct event_forwarded forwarded;
    struct event_gap_opened gap_opened;
    struct event_handed_off handed_off;
    struct event_heard heard;
    struct event_held held;
    struct event_hinted hinted;
    struct event_hot_wash hot_wash;
    struct event_improvised improvised;
    struct event_jumped jumped;
    struct event_learned learned;
    struct event_messaged messaged;
    struct event_noted noted;
    struct event_observed observed;
    struct event_opened opened;
    struct event_pace_changed pace_changed;
    struct event_paused paused;
    struct event_phase_changed phase_changed;
    struct event_rated rated;
    struct event_reached reached;
    struct event_read_back read_back;
    struct event_receiver_tested receiver_tested;
    struct event_reflected reflected;
    struct event_refused refused;
    struct event_ruled ruled;
    struct event_said said;
    struct event_scheduled scheduled;
    struct event_skipped skipped;
    struct event_started started;
    struct event_stopped stopped;
    struct event_unreached unreached;
    struct event_withdrawn withdrawn;
    struct event_world_set world_set;
};

/* The envelope: who, when, why. */
struct event {
    int64_t seq;         /* from 1, without gaps, per table */
    int64_t at_ms;       /* exercise time: when it entered the record */
    int64_t observed_ms; /* exercise time: when it happened; equal to at_ms unless entered late */
    int64_t story_ms;    /* the scenario's calendar, since 1970 */
    int64_t input;       /* the input it came from; 0: from the clock */
    int64_t cause;       /* the event that led to it; 0: none */
    struct str actor;    /* a seat, a stakeholder, or one of the actors below */
    bool proxy;          /* the facilitator entered it for the actor */
    enum event_kind kind;
    union event_body body;
};

/* Who besides seats and stakeholders can be an actor. */
#define ACTOR_FACILITATOR STR("facilitator")
#define ACTOR_EVALUATOR STR("evaluator")
#define ACTOR_STORY STR("story")
#define ACTOR_CLOCK STR("clock")
#define ACTOR_HOST STR("host")

struct event_kind_row {
    const char *name;
    struct fields fields;
    unsigned see;        /* who learns that it happened at all */
    const char *emitter; /* input, story, clock, cast: for the reference */
    const char *apply;   /* what apply does with it: for the reference */
};

extern const struct event_kind_row event_kinds[EVENT_KIND_COUNT];

bool event_kind_find(struct str name, enum event_kind *ret_kind);

/* The canonical line: {"actor":…,"at_ms":…,"body":{…},"cause":…,"input":…,"kind":…,…,"story_ms":…}.
 * Wall time is not part of it. */
void event_write(const struct event *event, struct buf *out);
void event_write_body(const struct event *event, unsigned see, struct json_write *json);

/* Reads a line back; the event borrows from line and arena. */
bool event_read(struct str line, struct arena *arena, struct event *ret_event, struct err *reterr);

/* A growing list of events in an arena. */
struct events {
    struct arena *arena; /* owns bodies' spans and the array; not owned by the list */
    struct event *items;
    size_t count, capacity;
};

/* Appends an event of a kind with all else zero; the pointer is valid until the next append. */
struct event *events_add(struct events *events, enum event_kind kind, struct str actor);

#endif
