/* One function a namespace. A seat sees what was delivered to it; the staff, the story and the
 * record itself see all that exists. */
#include "core/known.h"

static bool is_inject(const struct state *state, struct str id, struct str seat)
{
    int inject = state_inject_find(state, id);
    return inject >= 0 && (seat.len == 0 || state_sees_inject(state, inject, seat));
}

static bool is_message(const struct state *state, struct str id, struct str seat)
{
    int message = state_message_find(state, id);
    return message >= 0 && (seat.len == 0 || state_sees_message(state, message, seat));
}

/* In a discussion everybody in the room has heard it, and any of them may decide. */
static bool is_question(const struct state *state, struct str id, struct str seat)
{
    const struct def_question *question = def_question(state->def, id);
    if (question == NULL || state->mode != MODE_DISCUSS)
        return question != NULL && is_inject(state, question->inject, seat);
    return state->injects[state_inject_find(state, question->inject)].delivered_ms >= 0;
}

/* A fact can be spoken of once anybody at the table knows it: what people hear across the room need
 * not have gone through the tool. */
static bool is_fact(const struct state *state, struct str id, struct str seat)
{
    int fact = index_find(&state->def->fact_index, id);
    if (fact == INDEX_NONE || seat.len == 0)
        return fact != INDEX_NONE;
    for (size_t i = 0; i < state->person_count; i++)
        if (state->persons[i].knows[fact])
            return true;
    return false;
}

static bool is_party(const struct state *state, struct str id, struct str seat)
{
    (void)seat;
    return def_is_party(state->def, id);
}

static bool is_role(const struct state *state, struct str id, struct str seat)
{
    (void)seat;
    return str_is(id, "room") || def_seat_of(state->def, id) != NULL;
}

static bool is_seat(const struct state *state, struct str id, struct str seat)
{
    (void)seat;
    return def_seat(state->def, id) != NULL;
}

static bool is_stakeholder(const struct state *state, struct str id, struct str seat)
{
    (void)seat;
    return def_stakeholder(state->def, id) != NULL;
}

static bool is_action(const struct state *state, struct str id, struct str seat)
{
    (void)seat;
    return def_action(state->def, id) != NULL;
}

const char *const known_statuses[KNOWN_STATUS_COUNT] = {
    "aware", "classified", "determined", "applies", "does-not-apply", "unknown", "filed", "closed"};

static bool is_status(const struct state *state, struct str id, struct str seat)
{
    (void)state, (void)seat;
    int value;
    return def_name_find(known_statuses, KNOWN_STATUS_COUNT, id, &value);
}

static bool is_world(const struct state *state, struct str id, struct str seat)
{
    (void)seat;
    return index_find(&state->def->world_index, id) != INDEX_NONE;
}

static bool is_phase(const struct state *state, struct str id, struct str seat)
{
    (void)seat;
    return def_phase(state->def, id) != NULL;
}

static bool is_slot(const struct state *state, struct str id, struct str seat)
{
    (void)seat;
    return index_find(&state->def->slot_index, id) != INDEX_NONE;
}

static bool is_hint(const struct state *state, struct str id, struct str seat)
{
    (void)seat;
    return def_hint(state->def, id) != NULL;
}

/* Persons are the facilitator's own; but they do not go by a party's name, whose knowledge they
 * would then share. A seat's own name means that nobody is assigned. */
static bool is_person(const struct state *state, struct str id, struct str seat)
{
    (void)seat;
    return str_is_id(id) && def_stakeholder(state->def, id) == NULL && !str_is(id, "room");
}

static bool (*const checks[FIELD_OF_COUNT])(
    const struct state *state, struct str id, struct str seat) = {
    [OF_PARTY] = is_party,
    [OF_ROLE] = is_role,
    [OF_SEAT] = is_seat,
    [OF_STAKEHOLDER] = is_stakeholder,
    [OF_FACT] = is_fact,
    [OF_INJECT] = is_inject,
    [OF_MESSAGE] = is_message,
    [OF_QUESTION] = is_question,
    [OF_ACTION] = is_action,
    [OF_STATUS] = is_status,
    [OF_WORLD] = is_world,
    [OF_PHASE] = is_phase,
    [OF_PERSON] = is_person,
    [OF_SLOT] = is_slot,
    [OF_HINT] = is_hint,
};

bool known_id(const struct state *state, enum field_of of, struct str id, struct str seat)
{
    return checks[of] == NULL || checks[of](state, id, seat);
}

bool known_option(const struct state *state, struct str question, struct str option)
{
    const struct def_question *asked = def_question(state->def, question);
    for (size_t i = 0; asked != NULL && i < asked->option_count; i++)
        if (str_eq(asked->options[i].id, option))
            return true;
    return false;
}

bool known_miss(const struct state *state, struct fields fields, const void *body, struct str seat,
    struct str *ret_missing)
{
    for (size_t i = 0; i < fields.count; i++) {
        const struct field *field = &fields.rows[i];
        if (checks[field->of] == NULL)
            continue;
        struct strs ids = field_strs(field, body);
        for (size_t n = 0; n < ids.count; n++) {
            bool is_given = ids.items[n].len != 0 || field->type == FIELD_IDS;
            if (is_given && !checks[field->of](state, ids.items[n], seat)) {
                *ret_missing = ids.items[n];
                return true;
            }
        }
    }
    return false;
}
