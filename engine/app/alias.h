/* What persons are called where their names have no place: P-3f9a1c, the same in every answer about
 * one record, and another in the next; of a player who did not agree to be told by person, another
 * in each exercise. */
#ifndef APP_ALIAS_H
#define APP_ALIAS_H

#include "base/arena.h"
#include "base/hash.h"
#include "record/record.h"

/* How persons are shown. Borrows. */
struct alias {
    struct hash origin; /* of the record: record_plan has it */
    bool with_names;    /* names where they are known, else ids */
    const struct record_person *persons;
    size_t person_count;
    struct record_forgotten forgotten;
};

/* Who sat somewhere. Borrows. */
struct alias_seat {
    struct str person, exercise;
    bool by_person; /* what was done there may be told by person: alias_tells */
};

/* Of a zeroed alias, or one whose with_names is set. */
bool alias_read(
    struct record *record, struct arena *arena, struct alias *alias, struct err *reterr);

/* Whether what a person did in this exercise may be told by name. */
bool alias_tells(
    const struct alias *alias, const struct record_exercise *exercise, struct str person);

/* Empty for nobody. */
struct str alias_of(const struct alias *alias, struct str person, struct arena *arena);
/* The same where results may be told by person; else never a name, and an alias of this exercise
 * alone, which leads to no other. */
struct str alias_of_player(
    const struct alias *alias, const struct alias_seat *seat, struct arena *arena);

#endif
