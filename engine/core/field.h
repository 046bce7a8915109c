/* Fields: what inputs and events are made of, as tables.
 *
 * One row says where a value stands in a struct, what it is called outside, what it may be and who
 * may see it. Reading, writing, checking, projecting and documenting all use the same rows. */
#ifndef CORE_FIELD_H
#define CORE_FIELD_H

#include "base/arena.h"
#include "base/err.h"
#include "base/json_write.h"
#include "core/def.h"

enum field_type {
    FIELD_INT,  /* int64_t */
    FIELD_MS,   /* int64_t, a time or a length; "12m30s" in files */
    FIELD_BOOL, /* bool */
    FIELD_NAME, /* int, one of row.names */
    FIELD_ID,   /* struct str, an identifier in row.of */
    FIELD_IDS,  /* struct strs */
    FIELD_STR,  /* struct str, words of the scenario or the engine, nobody's personal text */
    FIELD_TEXT, /* struct str: inside the engine only ever the salted hash of a free text */
    FIELD_TYPE_COUNT
};

/* What an identifier names; OF_ANY is checked by nobody. */
enum field_of {
    OF_ANY,
    OF_PARTY,
    OF_ROLE,
    OF_SEAT,
    OF_STAKEHOLDER,
    OF_FACT,
    OF_INJECT,
    OF_MESSAGE,
    OF_QUESTION,
    OF_OPTION,
    OF_ACTION,
    OF_STATUS,
    OF_WORLD,
    OF_PHASE,
    OF_PERSON,
    OF_SLOT,
    OF_HINT,
    FIELD_OF_COUNT
};
extern const char *const field_type_names[FIELD_TYPE_COUNT];
extern const char *const field_of_names[FIELD_OF_COUNT];

/* In what relation a viewer stands to an event; a field's `see` is a set of these. */
enum {
    SEE_FACILITATOR = 1 << 0, /* facilitator and simulation cell */
    SEE_EVALUATOR = 1 << 1,
    SEE_ACTOR = 1 << 2,    /* the seat that did it */
    SEE_AUDIENCE = 1 << 3, /* a seat it was addressed to */
    SEE_TABLE = 1 << 4,    /* any other seat at the table */
    SEE_BOARD = 1 << 5,    /* the room's screen, public */

    SEE_STAFF = SEE_FACILITATOR | SEE_EVALUATOR,
    SEE_PARTIES = SEE_STAFF | SEE_ACTOR | SEE_AUDIENCE,
    SEE_SEATS = SEE_PARTIES | SEE_TABLE,
    SEE_ALL = SEE_SEATS | SEE_BOARD
};

enum {
    FIELD_REQUIRED = 1 << 0, /* inputs: it must be given */
    FIELD_OPTIONAL = 1 << 1  /* events: an id that may be empty; the others may not */
};

/* For field_write: every row, whoever may see it. */
enum { FIELD_WRITE_ALL = 0 };

struct field {
    const char *name; /* rows of one table stand in ascending order of name */
    enum field_type type;
    size_t offset; /* in the body struct */
    enum field_of of;
    unsigned see; /* events: who sees it; inputs: unused */
    unsigned flags;
    const char *const *names;
    int name_count;
    const char *help; /* one phrase for the reference */
};

struct fields {
    const struct field *rows;
    size_t count;
};

const struct field *field_find(struct fields fields, struct str name);

/* Appends the fields of body that `see` permits and that are not empty (0, false, "", []), each as
 * key and value, to an open object. A FIELD_NAME of value 0 counts as empty when its name is "". */
void field_write(struct fields fields, const void *body, unsigned see, struct json_write *json);

/* Fills body (zeroed by the caller) from a canonical JSON object; copies into arena only what is
 * escaped, else borrows. Unknown keys are refused. */
bool field_read(
    struct fields fields, struct str object, struct arena *arena, void *body, struct err *reterr);

/* Values by row, for patterns and checks. */
struct str field_str(const struct field *field, const void *body); /* ID, TEXT, and NAME's word */
struct strs field_strs(
    const struct field *field, const void *body); /* IDS; a one-item list for ID */

#endif
