/* Whether the identifiers in an input name something, and something that the actor may see.
 *
 * An unknown id and one that was not delivered yet get the same refusal, so that guessing ids tells
 * nothing. The staff sees everything. */
#include <assert.h>

#include "core/decide_parts.h"

static bool is_seat(const struct decide *decide)
{
    return def_seat(decide->state->def, decide->actor) != NULL;
}

static bool sees_inject(const struct decide *decide, struct str id)
{
    int inject = state_inject_find(decide->state, id);
    return inject >= 0 &&
           (!is_seat(decide) || state_sees_inject(decide->state, inject, decide->actor));
}

static bool sees_message(const struct decide *decide, struct str id)
{
    int message = state_message_find(decide->state, id);
    return message >= 0 &&
           (!is_seat(decide) || state_sees_message(decide->state, message, decide->actor));
}

static bool sees_question(const struct decide *decide, struct str id)
{
    const struct def_question *question = def_question(decide->state->def, id);
    return question != NULL && sees_inject(decide, question->inject);
}

/* A fact can be spoken of once anybody at the table knows it: what people hear across the room need
 * not have gone through the tool. */
static bool sees_fact(const struct decide *decide, struct str id)
{
    int fact = index_find(&decide->state->def->fact_index, id);
    if (fact == INDEX_NONE || !is_seat(decide))
        return fact != INDEX_NONE;
    for (size_t i = 0; i < decide->state->person_count; i++)
        if (decide->state->persons[i].knows[fact])
            return true;
    return false;
}

/* Options of a question that the actor does not see are left to the check of the question, so that
 * the refusal names the same thing whether it is hidden or unknown. */
static bool is_option(const struct decide *decide, struct str id)
{
    struct str asked = decide->input->body.decide.question;
    if (!sees_question(decide, asked))
        return asked.len != 0;
    const struct def_question *question = def_question(decide->state->def, asked);
    for (size_t i = 0; i < question->option_count; i++)
        if (str_eq(question->options[i].id, id))
            return true;
    return false;
}

static bool is_party(const struct decide *decide, struct str id)
{
    return def_is_party(decide->state->def, id);
}

static bool is_role(const struct decide *decide, struct str id)
{
    return str_is(id, "room") || def_seat_of(decide->state->def, id) != NULL;
}

static bool is_seat_id(const struct decide *decide, struct str id)
{
    return def_seat(decide->state->def, id) != NULL;
}

static bool is_stakeholder(const struct decide *decide, struct str id)
{
    return def_stakeholder(decide->state->def, id) != NULL;
}

static bool is_action(const struct decide *decide, struct str id)
{
    return def_action(decide->state->def, id) != NULL;
}

static bool is_status(const struct decide *decide, struct str id)
{
    static const char *const statuses[] = {"aware", "classified", "determined", "applies",
        "does-not-apply", "unknown", "filed", "closed"};
    (void)decide;
    int value;
    return def_name_find(statuses, sizeof(statuses) / sizeof(statuses[0]), id, &value);
}

static bool is_world(const struct decide *decide, struct str id)
{
    return index_find(&decide->state->def->world_index, id) != INDEX_NONE;
}

static bool is_phase(const struct decide *decide, struct str id)
{
    const struct def *def = decide->state->def;
    for (size_t i = 0; i < def->phase_count; i++)
        if (str_eq(def->phases[i].id, id))
            return true;
    return false;
}

static bool is_person(const struct decide *decide, struct str id)
{
    (void)decide;
    return str_is_id(id);
}

static bool (*const checks[FIELD_OF_COUNT])(const struct decide *decide, struct str id) = {
    [OF_PARTY] = is_party,
    [OF_ROLE] = is_role,
    [OF_SEAT] = is_seat_id,
    [OF_STAKEHOLDER] = is_stakeholder,
    [OF_FACT] = sees_fact,
    [OF_INJECT] = sees_inject,
    [OF_MESSAGE] = sees_message,
    [OF_QUESTION] = sees_question,
    [OF_OPTION] = is_option,
    [OF_ACTION] = is_action,
    [OF_STATUS] = is_status,
    [OF_WORLD] = is_world,
    [OF_PHASE] = is_phase,
    [OF_PERSON] = is_person,
};

bool decide_check_ids(const struct decide *decide)
{
    struct fields fields = input_kinds[decide->input->kind].fields;
    for (size_t i = 0; i < fields.count; i++) {
        const struct field *field = &fields.rows[i];
        if (checks[field->of] == NULL)
            continue;
        struct strs ids = field_strs(field, &decide->input->body);
        for (size_t n = 0; n < ids.count; n++) {
            if (ids.items[n].len == 0 && field->type == FIELD_ID)
                continue; /* an optional id that was not given */
            if (!checks[field->of](decide, ids.items[n]))
                return decide_refuse(decide, REFUSAL_UNKNOWN, ids.items[n]), false;
        }
    }
    return true;
}
