/* Knowledge: who is recorded to know which fact, and from where, as the fold goes along. */
#ifndef SCORE_KNOWLEDGE_H
#define SCORE_KNOWLEDGE_H

#include "core/event.h"

/* Seats and stakeholders of the definition by its facts. Lives in an arena; borrows events. */
struct knowledge {
    const struct def *def;
    const struct event **learned;   /* the first `learned`; NULL: does not know */
    bool *told_us;                  /* the party is who we have it from */
    const struct strs *replaced_by; /* by fact: those that put it right, also through others */
};

void knowledge_init(struct knowledge *knowledge, const struct def *def, struct arena *arena);
void knowledge_learn(struct knowledge *knowledge, const struct event *learned);

/* The first event by which the party, or a seat that it names, learned the fact; or NULL. */
const struct event *knowledge_of(
    const struct knowledge *knowledge, struct str party, struct str fact);
bool knowledge_has(const struct knowledge *knowledge, struct str party, struct str fact);

/* Whoever an inject comes from need not be told what it says. */
void knowledge_came_from(struct knowledge *knowledge, struct str party, struct strs facts);

/* Whether the party neither knows the fact nor has told us of it. */
bool knowledge_lacks(const struct knowledge *knowledge, struct str party, struct str fact);

/* Whether some seat, or every seat, knows it. */
bool knowledge_at_table(const struct knowledge *knowledge, struct str fact, bool every);

/* Whether the party knows something that puts the fact right. */
bool knowledge_is_stale(const struct knowledge *knowledge, struct str party, struct str fact);

struct strs knowledge_replaced_by(const struct knowledge *knowledge, struct str fact);

#endif
