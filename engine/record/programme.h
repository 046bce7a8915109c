/* The programme's stream: which exercises there are, and to which heads their tables came. */
#ifndef RECORD_PROGRAMME_H
#define RECORD_PROGRAMME_H

#include "record/chain.h"

#define PROGRAMME_CREATED "exercise-created"
#define PROGRAMME_OPENED "table-opened"
#define PROGRAMME_DELETED "exercise-deleted"
#define PROGRAMME_BUNDLED "exercise-bundled"
#define PROGRAMME_ENDED "table-ended"
#define PROGRAMME_FORGOTTEN "person-forgotten"
#define PROGRAMME_PLANNED "plan-changed"
#define PROGRAMME_SEALED "table-sealed"
enum { PROGRAMME_NOTE_KINDS = 2 }; /* ended and sealed */

/* The kind of note that an event of this name is followed by in the programme; empty for most. */
struct str programme_note_kind(struct str event_name);

/* Each adds one entry, within a transaction that is open. */
bool programme_add(
    struct record *record, struct str kind, struct str body, int64_t wall_ms, struct err *reterr);
bool programme_add_created(
    struct record *record, const struct record_exercise *exercise, struct err *reterr);
bool programme_add_opened(struct record *record, struct str exercise,
    const struct record_table *table, struct err *reterr);
/* Its tables' heads go into the note. */
bool programme_add_deleted(struct record *record, const struct record_exercise *exercise,
    int64_t wall_ms, struct err *reterr);
/* Nothing in a programme without entries: nobody has played. */
bool record_forgotten_add(struct record *record, struct str person, struct err *reterr);
bool programme_add_head(struct record *record, struct str kind, const struct record_turn *turn,
    const struct chain *chain, struct err *reterr);

#endif
