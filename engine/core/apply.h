/* apply: the only function that changes state. Copies from the event what it keeps. */
#ifndef CORE_APPLY_H
#define CORE_APPLY_H

#include "core/state.h"

void apply_event(struct state *state, const struct event *event);

#endif
