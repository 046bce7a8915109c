/* Parcels: what an event carries to whom, and what its receivers gain by it. docs/rules.md §2.2
 * and §2.8. */
#ifndef SCORE_PARCEL_H
#define SCORE_PARCEL_H

#include "core/event.h"
#include "score/knowledge.h"

struct strs parcel_facts(const struct event *event);   /* the carried facts */
struct strs parcel_to(const struct event *event);      /* to whom it goes */
struct strs parcel_unknown(const struct event *event); /* what it says is not known */

bool parcel_tells_nothing_new(const struct knowledge *knowledge, const struct event *event);

/* What a message lacked, or should not have carried. */
enum parcel_fault {
    PARCEL_MISSING, /* somebody must have it, and did not */
    PARCEL_STALE,   /* its sender knew better */
    PARCEL_UNTRUE,  /* and nobody had told it to its sender */
    PARCEL_NEVER,   /* a recipient must not have it */
    PARCEL_SLOT,    /* neither answered nor said to be unknown */
    PARCEL_DENIED,  /* said to be unknown by somebody who knew it */
    PARCEL_FAULT_COUNT
};
struct parcel_gap {
    enum parcel_fault fault;
    struct str id;               /* a fact, or a slot */
    struct str party;            /* MISSING, NEVER: whose; the first */
    const struct event *learned; /* DENIED: by which its sender knew the fact */
};

/* The first few, and how many there are. Plain data. */
enum { PARCEL_GAPS_NAMED = 3 };
struct parcel_gaps {
    struct parcel_gap items[PARCEL_GAPS_NAMED];
    size_t count;
};

/* How well a message fits what its recipients need, in thousandths. `named` are the recipients that
 * the rule asks for; empty: all. Other events: 1000. What was wrong is added to gaps, which may be
 * NULL. */
int parcel_content(const struct knowledge *knowledge, const struct event *event, struct strs named,
    struct parcel_gaps *gaps);

/* How many of these slots it answers, in thousandths. */
int parcel_slots(const struct knowledge *knowledge, const struct event *event, struct strs slots,
    struct parcel_gaps *gaps);

#endif
