/* Whether the identifiers in an input name something that the actor may see.
 *
 * An unknown id and one that was not delivered yet get the same refusal, so that guessing ids tells
 * nothing. The staff sees everything. */
#include "core/decide_parts.h"
#include "core/known.h"

/* Options of a question that the actor does not see are left to the check of the question, so that
 * the refusal names the same thing whether it is hidden or unknown. */
static bool misses_option(const struct decide *decide, struct str seat)
{
    const struct event_decided *body = &decide->input->body.decide;
    return decide->input->kind == INPUT_DECIDE &&
           (body->question.len == 0 ||
               (known_id(decide->state, OF_QUESTION, body->question, seat) &&
                   !known_option(decide->state, body->question, body->option)));
}

bool decide_check_ids(const struct decide *decide)
{
    struct fields fields = input_kinds[decide->input->kind].fields;
    bool is_seat = def_seat(decide->state->def, decide->actor) != NULL;
    struct str seat = is_seat ? decide->actor : (struct str){0}, missing;
    if (misses_option(decide, seat))
        return decide_refuse(decide, REFUSAL_UNKNOWN, decide->input->body.decide.option), false;
    if (known_miss(decide->state, fields, &decide->input->body, seat, &missing))
        return decide_refuse(decide, REFUSAL_UNKNOWN, missing), false;
    return true;
}
