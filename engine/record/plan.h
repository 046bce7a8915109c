/* The improvement plan: what shall become better, by whom and by when. Part of record/record.h.
 *
 * An item is never changed in place. Each change is an entry of the programme's stream, chained
 * like all of it, and an item is what its entries say, the later one before the earlier. */
#ifndef RECORD_PLAN_H
#define RECORD_PLAN_H

#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"

struct record;

/* In the order in which their names sort. */
enum record_plan_field {
    PLAN_ACTION,
    PLAN_CAPABILITY,
    PLAN_CAUSE,
    PLAN_DOCUMENT, /* and the section in it that has to be changed */
    PLAN_DUE,
    PLAN_ELEMENT,
    PLAN_EVIDENCE, /* that it was done */
    PLAN_EXERCISE,
    PLAN_FINDING, /* names, separated by a space */
    PLAN_ISSUE,
    PLAN_MAJOR, /* of the version of the rule's pack */
    PLAN_NOTE,
    PLAN_ORGANISATION, /* that is responsible */
    PLAN_OWNER,        /* a person's id */
    PLAN_PACK,
    PLAN_RULE, /* whose finding in a later exercise shows whether it is better */
    PLAN_START,
    PLAN_STATUS,
    PLAN_TEAM, /* the organisation whose exercise it was */
    PLAN_FIELD_COUNT
};

struct record_plan_field_kind {
    const char *name;
    bool is_words; /* stands in the chain as a salted hash, so that it can be forgotten */
};
extern const struct record_plan_field_kind record_plan_fields[PLAN_FIELD_COUNT];

/* "verified" is nowhere kept: it follows from later exercises. */
enum record_plan_status { PLAN_OPEN, PLAN_IN_PROGRESS, PLAN_DONE, PLAN_DROPPED, PLAN_STATUS_COUNT };
extern const char *const record_plan_status_names[PLAN_STATUS_COUNT];

struct record_plan_change {
    int64_t item; /* 0: a new one */
    int64_t wall_ms;
    struct str values[PLAN_FIELD_COUNT];
    bool is_set[PLAN_FIELD_COUNT];       /* to an empty value as well */
    struct str owner_name;               /* when written: of PLAN_OWNER; empty: stays as it is */
    const uint8_t *salt;                 /* RECORD_SALT_BYTES; kept nowhere */
    bool is_forgotten[PLAN_FIELD_COUNT]; /* when read: there were words, and they are gone */
    int64_t entry;                       /* when read: its seq in the programme */
};

/* Adds the item, or what has changed of it, with the owner's name: all of it or nothing. ret_item
 * may be NULL. */
bool record_plan_change(struct record *record, const struct record_plan_change *change,
    int64_t *ret_item, struct err *reterr);

struct record_plan_item {
    int64_t id;
    struct str values[PLAN_FIELD_COUNT];
    bool is_forgotten[PLAN_FIELD_COUNT];
    enum record_plan_status status;
    int64_t added_ms, changed_ms;
    int64_t change_count;
    int64_t done_entry; /* by which it was done; 0: it is not */
};

/* An exercise's place in the programme: the only order that nobody can set a clock back in. */
struct record_plan_exercise {
    struct str id;
    int64_t entry;
};

struct record_plan {
    struct record_plan_change *changes; /* in order */
    size_t change_count, change_capacity;
    struct record_plan_item *items; /* by id, from 1 without gaps */
    size_t item_count, item_capacity;
    struct record_plan_exercise *exercises; /* deleted ones included */
    size_t exercise_count, exercise_capacity;
    struct hash origin; /* the programme's first entry: no other file has it */
};

/* All of it, in the arena; none in a file of an older version. */
bool record_plan_read(
    struct record *record, struct arena *arena, struct record_plan *ret_plan, struct err *reterr);

#endif
