/* Looking things up in a definition. */
#include "core/def.h"

#include <assert.h>

const char *const mode_names[MODE_COUNT] = {"discuss", "paced", "live"};
const char *const need_names[NEED_COUNT] = {"", "useful", "must", "never"};
const char *const tlp_names[TLP_COUNT] = {"", "red", "amber-strict", "amber", "green", "clear"};
const char *const channel_names[CHANNEL_COUNT] = {
    "", "phone", "mail", "chat", "meeting", "ticket", "news", "alert"};
const char *const audience_names[AUDIENCE_COUNT] = {
    "", "own", "client", "partner", "authority", "community", "public"};
const char *const inject_kind_names[INJECT_KIND_COUNT] = {
    "contextual", "event", "contingency", "complexity", "information", "benign", "improvised"};
const char *const role_group_names[ROLE_GROUP_COUNT] = {"", "information-sharing",
    "collection-and-analysis", "incident-response", "education", "executive", "administration",
    "operation"};
const char *const skill_as_names[SKILL_AS_COUNT] = {"prerequisite", "additional", "duty"};
const char *const skill_seen_names[SKILL_SEEN_COUNT] = {"observed", "rated", "not-here"};
const char *const answer_names[ANSWER_COUNT] = {"", "yes", "no", "stale"};

/* Every thing of a definition begins with its id, so one loop serves all arrays. */
static void index_things(
    struct index *index, struct arena *arena, const void *things, size_t count, size_t size)
{
    for (size_t i = 0; i < count; i++) {
        const struct str *id = (const void *)((const char *)things + i * size);
        index_add(index, arena, *id, (int)i);
    }
}

void def_index(struct def *def, struct arena *arena)
{
    index_things(&def->role_index, arena, def->roles, def->role_count, sizeof(*def->roles));
    index_things(&def->seat_index, arena, def->seats, def->seat_count, sizeof(*def->seats));
    index_things(&def->stakeholder_index, arena, def->stakeholders, def->stakeholder_count,
        sizeof(*def->stakeholders));
    index_things(&def->fact_index, arena, def->facts, def->fact_count, sizeof(*def->facts));
    index_things(&def->inject_index, arena, def->injects, def->inject_count, sizeof(*def->injects));
    index_things(
        &def->question_index, arena, def->questions, def->question_count, sizeof(*def->questions));
    index_things(&def->action_index, arena, def->actions, def->action_count, sizeof(*def->actions));
    index_things(&def->world_index, arena, def->world, def->world_count, sizeof(*def->world));
    index_things(&def->slot_index, arena, def->slots, def->slot_count, sizeof(*def->slots));
    index_things(&def->hint_index, arena, def->hints, def->hint_count, sizeof(*def->hints));
}

#define DEF_FIND(def, thing, id)                                                                   \
    int position = index_find(&(def)->thing##_index, id);                                          \
    return position == INDEX_NONE ? NULL : &(def)->thing##s[position]

const struct def_role *def_role(const struct def *def, struct str id)
{
    DEF_FIND(def, role, id);
}

const struct def_seat *def_seat(const struct def *def, struct str id)
{
    DEF_FIND(def, seat, id);
}

const struct def_stakeholder *def_stakeholder(const struct def *def, struct str id)
{
    DEF_FIND(def, stakeholder, id);
}

const struct def_fact *def_fact(const struct def *def, struct str id)
{
    DEF_FIND(def, fact, id);
}

const struct def_inject *def_inject(const struct def *def, struct str id)
{
    DEF_FIND(def, inject, id);
}

const struct def_question *def_question(const struct def *def, struct str id)
{
    DEF_FIND(def, question, id);
}

const struct def_action *def_action(const struct def *def, struct str id)
{
    DEF_FIND(def, action, id);
}

const struct def_hint *def_hint(const struct def *def, struct str id)
{
    DEF_FIND(def, hint, id);
}

const struct def_phase *def_phase(const struct def *def, struct str id)
{
    for (size_t i = 0; i < def->phase_count; i++)
        if (str_eq(def->phases[i].id, id))
            return &def->phases[i];
    return NULL;
}

bool def_seat_holds(const struct def_seat *seat, struct str role)
{
    return strs_contain(seat->roles, role);
}

const struct def_seat *def_seat_of(const struct def *def, struct str role_or_seat)
{
    for (size_t i = 0; i < def->seat_count; i++)
        if (def_seat_holds(&def->seats[i], role_or_seat))
            return &def->seats[i];
    return def_seat(def, role_or_seat);
}

bool def_parties_hold(const struct def *def, struct strs parties, struct str actor)
{
    const struct def_seat *seat = def_seat(def, actor);
    for (size_t i = 0; i < parties.count; i++)
        if (str_eq(parties.items[i], actor) ||
            (seat != NULL && def_seat_holds(seat, parties.items[i])))
            return true;
    return false;
}

bool def_is_party(const struct def *def, struct str id)
{
    return str_is(id, "room") || def_stakeholder(def, id) != NULL || def_seat_of(def, id) != NULL;
}

enum need def_fact_need(const struct def_fact *fact, struct str party)
{
    for (size_t i = 0; i < fact->need_count; i++)
        if (str_eq(fact->needs[i].party, party))
            return fact->needs[i].need;
    return NEED_NONE;
}

bool def_name_find(const char *const *names, size_t count, struct str text, int *ret_value)
{
    for (size_t i = 0; i < count; i++) {
        if (str_is(text, names[i])) {
            *ret_value = (int)i;
            return true;
        }
    }
    return false;
}
