/* The conditions under which apply's assertions hold, for events from outside.
 *
 * A chain proves that nobody changed a record, not that an engine made it. */
#include "core/event_check.h"

#include "base/limits.h"
#include "core/known.h"

/* Who can have done it. */
static bool is_actor(const struct state *state, const struct event *event)
{
    bool is_seat = def_seat(state->def, event->actor) != NULL;
    bool is_stakeholder = def_stakeholder(state->def, event->actor) != NULL;
    switch (event->kind) {
    case EVENT_CHECKED_IN:
    case EVENT_LEFT:
    case EVENT_OPENED:
    case EVENT_RETURNED:
        return is_seat;
    case EVENT_ARRIVED:
    case EVENT_CHALLENGED:
    case EVENT_FORWARDED:
        return is_stakeholder;
    case EVENT_LEARNED:
    case EVENT_REACHED:
        return is_seat || is_stakeholder;
    default:
        return event->actor.len != 0;
    }
}

/* Entries on a gap sheet lie ahead of the calendar, late ones behind it. */
static bool is_moment(const struct state *state, const struct event *event)
{
    int64_t now_ms = story_clock_at(&state->story, event->at_ms);
    return event->story_ms >= 0 && event->story_ms - now_ms <= LIMIT_JUMP_MS;
}

static bool is_place(const struct state *state, const struct event *event)
{
    return event->seq == state->last_seq + 1 && event->at_ms >= state->now_ms &&
           event->at_ms <= LIMIT_EXERCISE_MS && event->observed_ms >= 0 &&
           event->observed_ms <= event->at_ms && is_moment(state, event);
}

/* Ids that must be there, are; ids that are there, name something. */
static bool is_known(const struct state *state, const struct event *event)
{
    struct fields fields = event_kinds[event->kind].fields;
    struct str missing;
    for (size_t i = 0; i < fields.count; i++) {
        const struct field *field = &fields.rows[i];
        if (field->type == FIELD_ID && field->of != OF_ANY &&
            (field->flags & FIELD_OPTIONAL) == 0 && field_str(field, &event->body).len == 0)
            return false;
    }
    return !known_miss(state, fields, &event->body, (struct str){0}, &missing);
}

static bool is_pace(int64_t pace)
{
    return pace >= 1 && pace <= LIMIT_PACE;
}

static bool is_story_time(const struct state *state, int64_t story_ms)
{
    int64_t now_ms = story_clock_at(&state->story, state->now_ms);
    return story_ms >= now_ms && story_ms - now_ms <= LIMIT_JUMP_MS;
}

static bool is_new_message(const struct state *state, const struct event_messaged *body)
{
    return body->message.len != 0 && state_message_find(state, body->message) < 0 &&
           state->message_count < LIMIT_MESSAGES;
}

/* What only some kinds must satisfy. */
static bool is_sound(const struct state *state, const struct event *event)
{
    const union event_body *body = &event->body;
    switch (event->kind) {
    case EVENT_CREATED:
        return state->status == STATUS_NEW && is_pace(body->created.pace) &&
               body->created.difficulty >= 0 && body->created.difficulty <= DIFFICULTY_MAX;
    case EVENT_PACE_CHANGED:
        return is_pace(body->pace_changed.pace);
    case EVENT_GAP_OPENED:
        return is_story_time(state, body->gap_opened.until_story_ms);
    case EVENT_JUMPED:
        return is_story_time(state, body->jumped.story_ms);
    case EVENT_OPENED:
        return (body->opened.inject.len == 0) != (body->opened.message.len == 0);
    case EVENT_MESSAGED:
        return is_new_message(state, &body->messaged);
    case EVENT_IMPROVISED:
        return body->improvised.inject.len != 0 &&
               state_inject_find(state, body->improvised.inject) < 0;
    case EVENT_DECIDED:
        return known_option(state, body->decided.question, body->decided.option);
    case EVENT_REFLECTED:
        return body->reflected.reflection.len != 0 &&
               state_reflection_find(state, body->reflected.reflection) < 0;
    case EVENT_WITHDRAWN:
        return state_reflection_find(state, body->withdrawn.reflection) >= 0;
    case EVENT_SCHEDULED:
        return body->scheduled.due_ms >= 0 && body->scheduled.due_ms <= 2 * LIMIT_EXERCISE_MS;
    default:
        return true;
    }
}

bool event_check(const struct state *state, const struct event *event, struct err *reterr)
{
    const char *wrong = !is_place(state, event)   ? "does not go on where the one before it ends"
                        : !is_actor(state, event) ? "was done by somebody who cannot do that"
                        : !is_known(state, event) ? "names something that the scenario has not"
                        : !is_sound(state, event) ? "says something that cannot be"
                                                  : NULL;
    if (wrong == NULL)
        return true;
    return err_set(reterr, ERR_IO, "event %lld (%s) %s: no engine made this record",
        (long long)event->seq, event_kinds[event->kind].name, wrong);
}
