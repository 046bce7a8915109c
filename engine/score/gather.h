/* What the metrics look at, gathered from the effective trace once: who is meant, who knew, what
 * was sent and what came of it. */
#ifndef SCORE_GATHER_H
#define SCORE_GATHER_H

#include "score/knowledge.h"
#include "score/party_set.h"
#include "score/tally.h"

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

/* Lives in the metrics' arena; borrows events and definition. */
struct gather {
    struct arena *arena; /* of the metrics */
    const struct def *def;
    struct metrics *metrics;
    const struct event **events;
    size_t event_count;
    int party_count, seat_count;
    struct index party_names;
    struct party_set *party_sets;        /* by name */
    struct party_set seats, own, public; /* own, public: stakeholders of that audience */
    enum need *needs;                    /* by fact, by party */
    struct knowledge knowledge; /* as it is at the end; who knew when follows from the events */
    struct sent *sent;
    size_t sent_count, sent_capacity;
    struct index sent_index; /* messages */
    struct tally tally;
};

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

/* The first event by which it learned the fact or what puts it right. */
const struct event *gather_knew_or_newer(const struct gather *gather, int party, int fact);

bool gather_has_type(const struct sent *sent, enum message_type type); /* false of what was said */
bool gather_is_from_seat(const struct gather *gather, const struct sent *sent);

#endif
