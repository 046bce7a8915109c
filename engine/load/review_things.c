/* Facts, slots, people, phases, actions, values and hints: what is there and serves nobody. */
#include "load/review_parts.h"

/* ---- facts and slots ---- */

static bool is_needed(const struct def_fact *fact)
{
    for (size_t i = 0; i < fact->need_count; i++)
        if (fact->needs[i].need != NEED_NONE)
            return true;
    return false;
}

/* A false lead, or one card of a chain: whether it is needed is for the others to say. */
static bool is_part_of_more(const struct def *def, const struct def_fact *fact)
{
    for (size_t i = 0; i < fact->truth_count; i++)
        if (!fact->truths[i].is_true)
            return true;
    for (size_t i = 0; i < def->fact_count; i++)
        if (str_eq(def->facts[i].replaces, fact->id))
            return true;
    return fact->replaces.len > 0;
}

static void review_facts(const struct review *review, const struct reach *reach)
{
    const struct def *def = &review->loaded->def;
    for (size_t i = 0; i < def->fact_count; i++) {
        const struct def_fact *fact = &def->facts[i];
        struct place place = review_place(review, OF_FACT, fact->id, NULL);
        if (!reach->facts[i])
            TELL(review, KIND_UNLEARNABLE_FACT, place,
                "nobody can learn \"%.*s\": no inject that can come holds it; name it under "
                "\"facts:\" of one, or reveal it in the story",
                STR_ARG(fact->id));
        if (!is_needed(fact) && !is_part_of_more(def, fact) &&
            !review_is_read(review, OF_FACT, fact->id))
            TELL(review, KIND_UNNEEDED_FACT, place,
                "nobody needs \"%.*s\"; say under \"needs:\" who must, should or must never hear "
                "it",
                STR_ARG(fact->id));
    }
}

static bool is_answered(const struct def *def, struct str slot)
{
    for (size_t i = 0; i < def->fact_count; i++)
        if (str_eq(def->facts[i].slot, slot))
            return true;
    return false;
}

static void review_slots(const struct review *review)
{
    const struct def *def = &review->loaded->def;
    for (size_t i = 0; i < def->slot_count; i++)
        if (!is_answered(def, def->slots[i].id))
            TELL(review, KIND_UNANSWERED_SLOT,
                review_place(review, OF_SLOT, def->slots[i].id, NULL),
                "no fact answers \"%.*s\"; add \"slot: %.*s\" to the one that does",
                STR_ARG(def->slots[i].id), STR_ARG(def->slots[i].id));
}

/* ---- people ---- */

static void review_stakeholders(const struct review *review)
{
    const struct def *def = &review->loaded->def;
    for (size_t i = 0; i < def->stakeholder_count; i++) {
        const struct def_stakeholder *stakeholder = &def->stakeholders[i];
        if (!review_answers(stakeholder) && stakeholder->deputy.len == 0 &&
            !review_is_read(review, OF_STAKEHOLDER, stakeholder->id))
            TELL(review, KIND_UNREACHABLE,
                review_place(review, OF_STAKEHOLDER, stakeholder->id, "reach"),
                "\"%.*s\" answers on no channel and has no deputy; give a channel \"answer: yes\", "
                "or name a \"deputy:\"",
                STR_ARG(stakeholder->id));
    }
}

/* ---- what the story moves ---- */

/* The first phase is where an exercise begins. */
static void review_phases(const struct review *review)
{
    const struct def *def = &review->loaded->def;
    for (size_t i = 1; i < def->phase_count; i++) {
        struct str phase = def->phases[i].id;
        if (!review_is_brought(review, OF_PHASE, phase))
            TELL(review, KIND_UNENTERED_PHASE, review_place(review, OF_PHASE, phase, NULL),
                "the story never begins \"%.*s\"; that is left to the facilitator", STR_ARG(phase));
    }
}

static void review_actions(const struct review *review)
{
    const struct def *def = &review->loaded->def;
    for (size_t i = 0; i < def->action_count; i++)
        if (!review_is_read(review, OF_ACTION, def->actions[i].id))
            TELL(review, KIND_UNREAD_ACTION,
                review_place(review, OF_ACTION, def->actions[i].id, NULL),
                "nothing answers to \"%.*s\": no trigger, rule or story looks at it",
                STR_ARG(def->actions[i].id));
}

static void review_world(const struct review *review)
{
    const struct def *def = &review->loaded->def;
    for (size_t i = 0; i < def->world_count; i++) {
        struct str value = def->world[i].id;
        if (!review_is_brought(review, OF_WORLD, value) && !review_is_read(review, OF_WORLD, value))
            TELL(review, KIND_UNUSED_WORLD, review_place(review, OF_WORLD, value, NULL),
                "the story neither sets nor gets \"%.*s\"; let it, or take the value away",
                STR_ARG(value));
    }
}

/* Where the story gives none, hints are the facilitator's. */
static void review_hints(const struct review *review)
{
    const struct def *def = &review->loaded->def;
    size_t given = 0;
    for (size_t i = 0; i < def->hint_count; i++)
        given += review_is_brought(review, OF_HINT, def->hints[i].id);
    for (size_t i = 0; given > 0 && i < def->hint_count; i++) {
        struct str hint = def->hints[i].id;
        if (!review_is_brought(review, OF_HINT, hint))
            TELL(review, KIND_UNUSED_HINT, review_place(review, OF_HINT, hint, NULL),
                "the story never gives the hint \"%.*s\"; that is left to the facilitator",
                STR_ARG(hint));
    }
}

void review_things(const struct review *review, const struct reach *reach)
{
    review_facts(review, reach);
    review_slots(review);
    review_stakeholders(review);
    review_phases(review);
    review_actions(review);
    review_world(review);
    review_hints(review);
}
