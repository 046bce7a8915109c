/* Every thing of a definition begins with its id, so a table of offsets finds them all. */
#include "script/names.h"

#include <stddef.h>

#include "core/known.h"

/* One array of the definition. */
struct list {
    enum field_of of;
    size_t items_offset, count_offset, item_bytes;
};

#define LIST(of, member, type)                                                                     \
    {                                                                                              \
        of, offsetof(struct def, member##s), offsetof(struct def, member##_count), sizeof(type)    \
    }

static const struct list lists[] = {
    LIST(OF_PARTY, role, struct def_role),
    LIST(OF_PARTY, stakeholder, struct def_stakeholder),
    LIST(OF_ROLE, role, struct def_role),
    LIST(OF_SEAT, seat, struct def_seat),
    LIST(OF_STAKEHOLDER, stakeholder, struct def_stakeholder),
    LIST(OF_FACT, fact, struct def_fact),
    LIST(OF_INJECT, inject, struct def_inject),
    LIST(OF_QUESTION, question, struct def_question),
    LIST(OF_ACTION, action, struct def_action),
    LIST(OF_PHASE, phase, struct def_phase),
    LIST(OF_SLOT, slot, struct def_slot),
    LIST(OF_HINT, hint, struct def_hint),
    {OF_WORLD, offsetof(struct def, world), offsetof(struct def, world_count),
        sizeof(struct def_world)},
};

static const char *const places[FIELD_OF_COUNT] = {
    [OF_FACT] = "facts.yaml",
    [OF_INJECT] = "injects.yaml",
    [OF_QUESTION] = "injects.yaml",
};

static struct str id_at(const struct def *def, const struct list *list, size_t position)
{
    const char *const *items = (const void *)((const char *)def + list->items_offset);
    const struct str *id = (const void *)(*items + position * list->item_bytes);
    return *id;
}

static size_t count_of(const struct def *def, const struct list *list)
{
    const size_t *count = (const void *)((const char *)def + list->count_offset);
    return *count;
}

static size_t total(const struct def *def, enum field_of of)
{
    size_t count = 0;
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
        if (lists[i].of == of)
            count += count_of(def, &lists[i]);
    return count;
}

static struct strs all(const struct def *def, enum field_of of, struct arena *arena)
{
    struct str *ids = ARENA_ARRAY(arena, total(def, of) + 1, struct str);
    size_t count = 0;
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
        for (size_t n = 0; lists[i].of == of && n < count_of(def, &lists[i]); n++)
            ids[count++] = id_at(def, &lists[i], n);
    if (of == OF_PARTY)
        ids[count++] = STR("room");
    return (struct strs){ids, count};
}

/* The words of decide's own list; what a scenario calls `matters:` is what they are of. */
static struct strs statuses(void)
{
    static struct str ids[KNOWN_STATUS_COUNT];
    for (size_t i = 0; i < KNOWN_STATUS_COUNT; i++)
        ids[i] = str_of(known_statuses[i]);
    return (struct strs){ids, KNOWN_STATUS_COUNT};
}

bool names_has(const struct def *def, enum field_of of, struct str id)
{
    bool is_listed = false;
    if (of == OF_STATUS)
        return strs_contain(statuses(), id);
    if (of == OF_PARTY && str_is(id, "room"))
        return true;
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        is_listed = is_listed || lists[i].of == of;
        for (size_t n = 0; lists[i].of == of && n < count_of(def, &lists[i]); n++)
            if (str_eq(id_at(def, &lists[i], n), id))
                return true;
    }
    return !is_listed;
}

struct str names_advice(const struct def *def, enum field_of of, struct str id, struct arena *arena)
{
    struct strs candidates = of == OF_STATUS ? statuses() : all(def, of, arena);
    struct str near = str_nearest(id, candidates);
    if (near.len > 0)
        return arena_format(arena, "; did you mean \"%.*s\"?", STR_ARG(near));
    return arena_format(arena, "; see %s", places[of] != NULL ? places[of] : "scenario.yaml");
}
