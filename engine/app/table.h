/* A live table: the machine, its story, and the record behind it.
 *
 * Work is done in turns: advance and take decide things in memory, keep commits them all at once,
 * and only then may anybody be told. When keep fails the memory is worthless: table_rebuild makes
 * it again from the record, as does a new start after a crash. */
#ifndef APP_TABLE_H
#define APP_TABLE_H

#include "core/step.h"
#include "load/intake.h"
#include "load/load.h"
#include "record/record.h"
#include "score/rule.h"

struct table;

struct table_options {
    const struct bundle *bundle; /* the scenario; may be NULL with an exercise */
    const char *exercise;        /* joins this one with a further table; NULL: a new exercise */
    const struct table *beside;  /* a table of that exercise, whose definition is shared; or NULL */
    int64_t seed;
    bool by_person;            /* a new exercise: record_exercise has it */
    bool manual_clock;         /* time comes from a file or a test: no wall time, no outages */
    const char *mode;          /* NULL: as the scenario says */
    const int64_t *difficulty; /* NULL: as the scenario says */
    struct str replaces; /* an exercise that has not begun, given up for the new one; or empty */
};

/* Checks the bundle, makes a new exercise of it (or a new table of one) in the record and steps its
 * first input. Mistakes in the scenario are in problems; other errors in reterr. record outlives
 * the table. */
bool table_create(struct record *record, const struct table_options *options,
    struct problems *problems, struct table **ret_table, struct err *reterr);

/* Takes up a table of an exercise ("ID", "ID/2") from its record: re-steps the inputs and compares
 * every event. When they differ, or cannot be compared, the story is switched off for this table
 * and `table_quarrel` says why. */
bool table_resume(
    struct record *record, struct str exercise, struct table **ret_table, struct err *reterr);
/* The same beside an open table, whose definition is shared if it is of the same exercise. */
bool table_resume_beside(struct record *record, struct str exercise, const struct table *beside,
    struct table **ret_table, struct err *reterr);
bool table_rebuild(struct table *table, struct err *reterr);
void table_free(struct table *table);

const struct state *table_state(const struct table *table);
const struct def *table_def(const struct table *table);
const struct rules *table_rules(const struct table *table);
struct str table_exercise(const struct table *table); /* "phone-tree-1", "phone-tree-1/2" */
int64_t table_number(const struct table *table);

/* Why the story is switched off: the first difference between record and re-stepping, or that the
 * record was made with other semantics; empty when it is not. */
struct str table_quarrel(const struct table *table);

/* ---- a turn ---- */

/* Fires what is due up to at_ms. */
void table_advance(struct table *table, int64_t at_ms);

enum taken {
    TAKEN_NEW,      /* decided, to be kept */
    TAKEN_AGAIN,    /* the same input was taken before: the answer is the same */
    TAKEN_CONFLICT, /* the id was used for something else */
    TAKEN_REFUSED   /* decided: refused, which is kept as well */
};

/* Takes an input at at_ms; its spans must live until table_keep. The answer says which of the
 * above, and the refusal's body. */
enum taken table_take(
    struct table *table, struct intake *intake, int64_t at_ms, struct event_refused *ret_refused);

/* Commits the turn. Afterwards table_events gives what may be told, until the next turn begins. */
bool table_keep(struct table *table, int64_t wall_ms, struct err *reterr);
/* The same for several tables of one record: all are kept, or none. */
bool table_keep_all(struct table *const *tables, size_t count, int64_t wall_ms, struct err *reterr);
const struct event *table_events(const struct table *table, size_t *ret_count);

/* When the machine wants to go on by itself; false when it need not. */
bool table_due(struct table *table, int64_t *ret_due_ms);

#endif
