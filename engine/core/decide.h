/* decide: an input or a due timer, and the present state, give events. Changes nothing. */
#ifndef CORE_DECIDE_H
#define CORE_DECIDE_H

#include "core/state.h"

/* Appends at least one event (a refusal if need be) with kind, actor and body set; the caller
 * numbers and dates them. */
void decide_input(const struct state *state, const struct input *input, struct events *out);

/* What the clock does when a timer is due; at least one event. */
void decide_timer(const struct state *state, const struct timer *timer, struct events *out);

#endif
