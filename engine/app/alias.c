/* An alias follows from the record and the id, so that nothing has to be kept, and a person who
 * was forgotten and comes back is not somebody else. It hides names from readers of a page; whoever
 * has the record and a list of colleagues can find out.
 *
 * Where people have not agreed to be told by person, the alias follows from the exercise as well:
 * otherwise a name in one exercise would be a name in all of them. */
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

static struct str hide(const struct alias *alias, struct str whom, struct arena *arena)
{
    char hex[HASH_HEX_BYTES + 1];
    struct hash hash = record_alias(&alias->origin, whom);
    return whom.len > 0 ? arena_format(arena, "P-%.6s", hash_hex(&hash, hex).ptr) : STR("");
}

struct str alias_of(const struct alias *alias, struct str person, struct arena *arena)
{
    if (alias->with_names && person.len > 0)
        return name_of(alias, person);
    return hide(alias, person, arena);
}

struct str alias_of_player(
    const struct alias *alias, const struct alias_seat *seat, struct arena *arena)
{
    if (seat->by_person || seat->person.len == 0)
        return alias_of(alias, seat->person, arena);
    /* No id has a space, so that this is nobody's. */
    return hide(alias,
        arena_format(arena, "%.*s %.*s", STR_ARG(seat->exercise), STR_ARG(seat->person)), arena);
}

bool alias_read(struct record *record, struct arena *arena, struct alias *alias, struct err *reterr)
{
    struct record_plan plan;
    struct record_person *persons;
    size_t count;
    if (!record_plan_read(record, arena, &plan, reterr) ||
        !record_person_list(record, arena, &persons, &count, reterr))
        return false;
    alias->origin = plan.origin;
    alias->persons = persons;
    alias->person_count = count;
    return record_forgotten_read(record, arena, &alias->forgotten, reterr);
}
