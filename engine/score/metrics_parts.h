/* Inside the metrics: what is gathered from the trace once, and how figures are added up. */
#ifndef SCORE_METRICS_PARTS_H
#define SCORE_METRICS_PARTS_H

#include "base/limits.h"
#include "score/knowledge.h"
#include "score/metrics.h"

/* In the order of metric_kinds. */
enum metric_row {
    ROW_ACK_TIME,
    ROW_ACK_RATE,
    ROW_LOOP_ACKED,
    ROW_LOOP_READ_BACK,
    ROW_LOOP_DONE,
    ROW_LOOP_CLOSED,
    ROW_DIRECTED,
    ROW_BOXED,
    ROW_FOLLOWED,
    ROW_RECOGNISED,
    ROW_ESCALATED,
    ROW_NOTIFIED,
    ROW_DECISION,
    ROW_ASKING,
    ROW_TO_ORDER,
    ROW_TO_DONE,
    ROW_HOPS,
    ROW_MUST_KNOW,
    ROW_PROMISED,
    ROW_GAP,
    ROW_SLOTS,
    ROW_UNKNOWNS,
    ROW_TRUE,
    ROW_SUPERSEDED,
    ROW_UNRECORDED,
    ROW_CONTRADICTED,
    ROW_STANDING,
    ROW_CORRECTION,
    ROW_VOICE,
    ROW_INSIDE_FIRST,
    ROW_STATEMENT,
    ROW_STATEMENT_APPROVED,
    ROW_NEVER,
    ROW_ANTICIPATION,
    ROW_INSIDE,
    ROW_OUTSIDE,
    ROW_INSIDE_TIME,
    ROW_OUTSIDE_TIME,
    ROW_HANDOFF_COMPLETE,
    ROW_HANDOFF_ACCEPTED,
    ROW_HANDOFF_NOTED,
    ROW_LEADING,
    ROW_WAITING,
    ROW_REASON,
    ROW_OWNER,
    ROW_IN_TIME,
    ROW_NOISE,
    ROW_FALSE_ALARMS,
    ROW_UNREAD_ACKS,
    ROW_STAMPS,
    ROW_CONTESTED_ORDERS,
    ROW_CONTESTED_DEEDS,
    ROW_CONTESTED_DECISIONS,
    ROW_CONTESTED_APPROVALS,
    ROW_COUNT
};
extern const struct metric_kind metric_kinds[ROW_COUNT];

/* Parties go by number: the seats of the definition, then its stakeholders. */
enum { PARTY_NONE = -1, PARTY_WORDS = (LIMIT_SEATS + LIMIT_STAKEHOLDERS + 63) / 64 };
struct party_set {
    uint64_t bits[PARTY_WORDS];
};

bool party_set_has(const struct party_set *set, int party);
void party_set_add(struct party_set *set, int party);
void party_set_remove(struct party_set *set, int party);
bool party_set_meets(const struct party_set *a, const struct party_set *b);
bool party_set_is_empty(const struct party_set *set);
int party_set_count(const struct party_set *set);
int party_set_next(const struct party_set *set, int after); /* PARTY_NONE: no more; begin with it */

/* A seat of whom an acknowledgement is awaited. */
struct awaited {
    int seat;
    const struct event *response;
};

/* A `messaged` or `said` event, and what came of it; the first of each, NULL: none. */
struct sent {
    const struct event *event;
    const struct event_messaged *message; /* NULL: said */
    int from;
    struct party_set to; /* without the sender */
    int *facts;          /* positions in the definition */
    size_t fact_count;
    const struct event *acked, *read_back, *replied, *done, *last_done;
    const struct event *answer; /* replied, or an inject came in answer */
    struct awaited *awaited;
    size_t awaited_count;
};

/* A length of time, or another number: twice the value, and one more if it is open, which is the
 * order in which they are looked at. */
struct length {
    int64_t key;
    int who;
};
struct lengths {
    struct length *items;
    size_t count, capacity;
};

struct gather {
    struct arena *arena; /* of the metrics */
    const struct def *def;
    struct metrics *metrics;
    const struct event **events;
    size_t event_count;
    int64_t horizon_ms;
    int party_count, seat_count;
    struct index party_names;
    struct party_set *party_sets;        /* by name */
    struct party_set seats, own, public; /* own, public: stakeholders of that audience */
    enum need *needs;                    /* by fact, by party */
    struct knowledge knowledge; /* as it is at the end; who knew when follows from the events */
    struct sent *sent;
    size_t sent_count, sent_capacity;
    struct index sent_index; /* messages */
    int64_t *k, *n;          /* by row, by 1 + party; 0 is the table */
    struct lengths lengths[ROW_COUNT];
};

/* ---- metrics_gather.c ---- */

void gather_init(struct gather *gather, struct metrics *metrics, const struct def *def);
void gather_events(struct gather *gather, const struct event **events, size_t count);
int gather_party(const struct gather *gather, struct str id); /* a seat's or stakeholder's own id */
struct str gather_party_id(const struct gather *gather, int party);
struct party_set gather_named(const struct gather *gather, struct strs names);
struct sent *gather_sent(const struct gather *gather, struct str message);
enum need gather_need(const struct gather *gather, int fact, int party);

/* The first event by which the party learned the fact; before `event` if that is not NULL. */
const struct event *gather_learned(
    const struct gather *gather, int party, int fact, const struct event *event);

/* Whether it knew, at the event, something that puts the fact right. */
bool gather_knew_newer(const struct gather *gather, int party, int fact, const struct event *event);

bool sent_is(const struct sent *sent, enum message_type type); /* false of what was said */
bool sent_is_seats(const struct gather *gather, const struct sent *sent);

/* ---- metrics_tally.c ---- */

void tally_rate(struct gather *gather, enum metric_row row, int who, bool hit);
void tally_counts(struct gather *gather, enum metric_row row, int who, int64_t k, int64_t n);
void tally_length(struct gather *gather, enum metric_row row, int who, int64_t value);
void tally_open(struct gather *gather, enum metric_row row, int who, int64_t value);
/* From start until the event; open until the horizon if it is NULL. */
void tally_until(
    struct gather *gather, enum metric_row row, int who, int64_t start_ms, const struct event *end);
void tally_finish(struct gather *gather); /* makes the metrics' items */

void figure_interval(int64_t k, int64_t n, int64_t *ret_low, int64_t *ret_high);

/* ---- one idea each ---- */

void metrics_loop(struct gather *gather);      /* orders, acknowledgements, requests, handovers */
void metrics_update(struct gather *gather);    /* promised updates, gaps */
void metrics_act(struct gather *gather);       /* recognise, escalate, notify, decide, state */
void metrics_load(struct gather *gather);      /* what waits for a seat */
void metrics_know(struct gather *gather);      /* who knew what when, from whom */
void metrics_content(struct gather *gather);   /* what was said, and whether it was of use */
void metrics_version(struct gather *gather);   /* contradictions and corrections */
void metrics_authority(struct gather *gather); /* decisions, approval, statements, alarms */

#endif
