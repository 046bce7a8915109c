/* What is left over in a scenario that loads: injects that nothing fires, facts that nobody can
 * learn, rules that can never be activated, texts that were not translated.
 *
 * All of it is warnings and notes. Nothing here is sure to be a mistake, but each is what an author
 * would like to know; what is sure is told by the loader. */
#ifndef LOAD_REVIEW_H
#define LOAD_REVIEW_H

#include "core/mention.h"
#include "load/load.h"

struct review {
    const struct bundle *bundle;
    const struct load_result *loaded;
    struct mentions mentions; /* what the story names */
    const bool *came;         /* by inject: it came in a rehearsal */
    struct arena *arena;      /* for the sentences */
    struct problems *problems;
};

void review_scenario(const struct review *review);

#endif
