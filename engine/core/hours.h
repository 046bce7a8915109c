/* Working hours: when somebody is there, and what becomes of a message until then. */
#ifndef CORE_HOURS_H
#define CORE_HOURS_H

#include "core/state.h"

/* Whether they are there at a moment of the calendar. */
bool hours_hold(const struct def *def, const struct def_stakeholder *who, int64_t story_ms);

/* When they are there again after a moment at which they are not; a week later at the latest. */
int64_t hours_next(const struct def *def, const struct def_stakeholder *who, int64_t story_ms);

/* When a stakeholder will answer, or will be found not to. */
struct hours_contact {
    enum timer_clock clock;
    int64_t due_ms;
    enum answer answer;
};

/* `at` is what makes them be looked for: its moment of the calendar may be another than now's. */
struct hours_contact hours_plan(const struct state *state, const struct def_stakeholder *who,
    enum channel via, const struct event *at);

#endif
