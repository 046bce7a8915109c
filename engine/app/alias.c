/* An alias follows from the record and the id, so that nothing has to be kept, and a person who
 * was forgotten and comes back is not somebody else. It hides names from readers of a page; whoever
 * has the record and a list of colleagues can find out. */
#include "app/alias.h"

static struct str name_of(const struct alias *alias, struct str person)
{
    for (size_t i = 0; i < alias->person_count; i++)
        if (str_eq(alias->persons[i].id, person))
            return alias->persons[i].name;
    return person;
}

bool alias_tells(
    const struct alias *alias, const struct record_exercise *exercise, struct str person)
{
    return exercise->by_person && !record_forgotten_has(&alias->forgotten, person, exercise->entry);
}

struct str alias_of(const struct alias *alias, struct str person, struct arena *arena)
{
    return alias_of_player(alias, person, true, arena);
}

struct str alias_of_player(
    const struct alias *alias, struct str person, bool by_person, struct arena *arena)
{
    char hex[HASH_HEX_BYTES + 1];
    if (person.len == 0)
        return STR("");
    if (alias->with_names && by_person)
        return name_of(alias, person);
    struct hash hash = record_alias(&alias->origin, person);
    return arena_format(arena, "P-%.6s", hash_hex(&hash, hex).ptr);
}
