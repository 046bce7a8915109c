/* What persons are called where their names have no place: P-3f9a1c, the same in every answer about
 * one record, and another in the next. */
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

/* Whether what a person did in this exercise may be told by name. */
bool alias_tells(
    const struct alias *alias, const struct record_exercise *exercise, struct str person);

/* Empty for nobody. */
struct str alias_of(const struct alias *alias, struct str person, struct arena *arena);
/* The same, and a name only where by_person says that results may be told by person. */
struct str alias_of_player(
    const struct alias *alias, struct str person, bool by_person, struct arena *arena);

#endif
