/* Knowledge: who is recorded to know which fact, as the fold goes along. */
#ifndef SCORE_KNOWLEDGE_H
#define SCORE_KNOWLEDGE_H

#include "core/event.h"

/* Seats and stakeholders of the definition by its facts. Lives in an arena. */
struct knowledge {
    const struct def *def;
    bool *knows;
};

void knowledge_init(struct knowledge *knowledge, const struct def *def, struct arena *arena);
void knowledge_learn(struct knowledge *knowledge, const struct event *learned);
bool knowledge_has(const struct knowledge *knowledge, struct str party, struct str fact);

/* docs/rules.md §2.7: how well a message fits what its recipients need, in thousandths. `named`
 * are the recipients that the rule asks for; empty: all. */
int knowledge_content(
    const struct knowledge *knowledge, const struct event *target, struct strs named);

#endif
