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

/* How well a message fits what its recipients need, in thousandths. `named` are the recipients that
 * the rule asks for; empty: all. Other events: 1000. */
int parcel_content(const struct knowledge *knowledge, const struct event *event, struct strs named);

/* How many of these slots it answers, in thousandths. */
int parcel_slots(const struct knowledge *knowledge, const struct event *event, struct strs slots);

#endif
