/* Names from all of a definition in one list: whoever mistypes one knows of which kind it is. */
#include "app/ids.h"

#include "base/buf.h"
#include "core/event.h"

struct ids {
    struct arena *arena;
    struct str *items;
    size_t count, capacity;
};

static void add(struct ids *ids, struct str id)
{
    ids->items = arena_grow(ids->arena, ids->items, ids->count, &ids->capacity, sizeof(struct str));
    ids->items[ids->count++] = id;
}

static void add_people(struct ids *ids, const struct def *def)
{
    add(ids, ACTOR_FACILITATOR);
    add(ids, ACTOR_EVALUATOR);
    add(ids, STR("room"));
    for (size_t i = 0; i < def->seat_count; i++)
        add(ids, def->seats[i].id);
    for (size_t i = 0; i < def->role_count; i++)
        add(ids, def->roles[i].id);
    for (size_t i = 0; i < def->stakeholder_count; i++)
        add(ids, def->stakeholders[i].id);
}

static void add_question(struct ids *ids, const struct def_question *question)
{
    add(ids, question->id);
    for (size_t i = 0; i < question->option_count; i++)
        add(ids, question->options[i].id);
}

static void add_things(struct ids *ids, const struct def *def)
{
    for (size_t i = 0; i < def->fact_count; i++)
        add(ids, def->facts[i].id);
    for (size_t i = 0; i < def->slot_count; i++)
        add(ids, def->slots[i].id);
    for (size_t i = 0; i < def->inject_count; i++)
        add(ids, def->injects[i].id);
    for (size_t i = 0; i < def->question_count; i++)
        add_question(ids, &def->questions[i]);
    for (size_t i = 0; i < def->action_count; i++)
        add(ids, def->actions[i].id);
    for (size_t i = 0; i < def->phase_count; i++)
        add(ids, def->phases[i].id);
    for (size_t i = 0; i < def->world_count; i++)
        add(ids, def->world[i].id);
}

struct str ids_nearest(const struct def *def, struct str name, struct arena *arena)
{
    struct ids ids = {.arena = arena};
    add_people(&ids, def);
    add_things(&ids, def);
    struct strs known = {ids.items, ids.count};
    return strs_contain(known, name) ? (struct str){0} : str_nearest(name, known);
}

struct str ids_list(struct strs ids, struct arena *arena)
{
    enum { MOST_BYTES = 400 }; /* so that the message of an error holds it */
    struct str list = {0};
    for (size_t i = 0; i < ids.count; i++) {
        bool is_full = list.len + ids.items[i].len > MOST_BYTES;
        list = arena_format(arena, "%.*s%s%.*s", STR_ARG(list), i > 0 ? ", " : "",
            STR_ARG(is_full ? STR("…") : ids.items[i]));
        if (is_full)
            break;
    }
    return list;
}

static bool is_shortened(struct str list)
{
    const struct str end = STR("…");
    return list.len >= end.len && str_eq(str_after(list, list.len - end.len), end);
}

/* Beside what was probably meant, half a list would be in the way. */
bool ids_refuse(struct err *reterr, const char *what, struct str name, struct strs there)
{
    struct arena arena = {0};
    struct str near = str_nearest(name, there), list = ids_list(there, &arena);
    bool is_cut = is_shortened(list);
    struct buf said = {0};
    buf_format(&said, "%s \"%.*s\"", what, STR_ARG(name));
    if (near.len != 0)
        buf_format(&said, "; did you mean \"%.*s\"?", STR_ARG(near));
    if (there.count == 0)
        buf_format(&said, "; there is none at all");
    else if (near.len == 0 || !is_cut)
        buf_format(&said, "; there are %.*s", STR_ARG(list));
    err_set(reterr, ERR_USAGE, "%.*s", STR_ARG(buf_str(&said)));
    buf_fini(&said);
    arena_fini(&arena);
    return false;
}
