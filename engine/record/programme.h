/* The programme's stream: which exercises there are, and to which heads their tables came. */
#ifndef RECORD_PROGRAMME_H
#define RECORD_PROGRAMME_H

#include "record/chain.h"

#define PROGRAMME_CREATED "exercise-created"
#define PROGRAMME_ENDED "table-ended"
#define PROGRAMME_SEALED "table-sealed"
enum { PROGRAMME_NOTE_KINDS = 2 }; /* ended and sealed */

/* The kind of note that an event of this name is followed by in the programme; empty for most. */
struct str programme_note_kind(struct str event_name);

/* Both add one entry, within a transaction that is open. */
bool programme_add_created(
    struct record *record, const struct record_exercise *exercise, struct err *reterr);
bool programme_add_head(struct record *record, struct str kind, const struct record_turn *turn,
    const struct chain *chain, struct err *reterr);

#endif
