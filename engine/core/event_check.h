/* Whether apply may take an event that it did not make: one read from a record. */
#ifndef CORE_EVENT_CHECK_H
#define CORE_EVENT_CHECK_H

#include "core/state.h"

/* True when the event goes on where state stands and all that it names exists. apply trusts events;
 * whoever folds a record that could be somebody else's asks this first. */
bool event_check(const struct state *state, const struct event *event, struct err *reterr);

#endif
