/* Triggers: what YAML says about when an inject comes. Part of apply: it sets and cancels timers.
 */
#ifndef CORE_TRIGGER_H
#define CORE_TRIGGER_H

#include "core/state.h"

/* Called by apply once the event's own changes are made. */
void trigger_watch(struct state *state, const struct event *event);

/* Takes back everything that would still bring the inject by itself. */
void trigger_disarm(struct state *state, int inject);

#endif
