/* Making a table's state and asking it. Nothing here changes a state once it is made; see apply.c.
 */
#include "core/state.h"

#include <assert.h>
#include <stdlib.h>

static int add_person(struct state *state, struct str id)
{
    int position = (int)state->person_count;
    state->persons[position] = (struct state_person){
        .id = id,
        .knows = ARENA_ARRAY(&state->arena, state->def->fact_count, bool),
    };
    index_add(&state->person_index, &state->arena, id, position);
    state->person_count++;
    return position;
}

static void make_parties(struct state *state)
{
    const struct def *def = state->def;
    state->seats = ARENA_ARRAY(&state->arena, def->seat_count, struct state_seat);
    state->stakeholders =
        ARENA_ARRAY(&state->arena, def->stakeholder_count, struct state_stakeholder);
    state->person_capacity = def->seat_count + def->stakeholder_count;
    state->persons = ARENA_ARRAY(&state->arena, state->person_capacity, struct state_person);
    for (size_t i = 0; i < def->seat_count; i++) {
        state->seats[i].person = def->seats[i].id;
        state->seats[i].person_position = add_person(state, def->seats[i].id);
    }
    for (size_t i = 0; i < def->stakeholder_count; i++)
        state->stakeholders[i].person_position = add_person(state, def->stakeholders[i].id);
}

static void make_injects(struct state *state)
{
    const struct def *def = state->def;
    state->inject_count = state->inject_capacity = def->inject_count;
    state->injects = ARENA_ARRAY(&state->arena, def->inject_count, struct state_inject);
    for (size_t i = 0; i < def->inject_count; i++) {
        state->injects[i] = (struct state_inject){
            .id = def->injects[i].id,
            .def = &def->injects[i],
            .to = def->injects[i].to,
            .delivered_ms = -1,
            .opened_by = ARENA_ARRAY(&state->arena, def->seat_count, bool),
        };
        index_add(&state->inject_index, &state->arena, def->injects[i].id, (int)i);
    }
}

struct state *state_new(const struct def *def)
{
    struct state *state = calloc(1, sizeof(*state));
    if (state == NULL)
        abort();
    arena_init(&state->arena);
    state->def = def;
    state->mode = def->mode;
    state->pace = def->pace;
    story_clock_turn(&state->story, &state->arena,
        (struct story_page){.story_ms = def->story_start_ms, .pace = def->pace});
    make_parties(state);
    make_injects(state);
    state->questions = ARENA_ARRAY(&state->arena, def->question_count, struct state_question);
    state->world = ARENA_ARRAY(&state->arena, def->world_count, struct str);
    for (size_t i = 0; i < def->world_count; i++)
        state->world[i] = def->world[i].initial;
    return state;
}

void state_free(struct state *state)
{
    if (state == NULL)
        return;
    arena_fini(&state->arena);
    free(state);
}

int state_seat_of(const struct state *state, struct str role_or_seat)
{
    const struct def_seat *seat = def_seat_of(state->def, role_or_seat);
    return seat == NULL ? -1 : (int)(seat - state->def->seats);
}

int state_inject_find(const struct state *state, struct str id)
{
    return index_find(&state->inject_index, id);
}

int state_message_find(const struct state *state, struct str id)
{
    return index_find(&state->message_index, id);
}

int state_reflection_find(const struct state *state, struct str id)
{
    for (size_t i = 0; i < state->reflection_count; i++)
        if (str_eq(state->reflections[i].id, id))
            return (int)i;
    return -1;
}

int state_person_of(const struct state *state, struct str seat_or_stakeholder)
{
    int seat = index_find(&state->def->seat_index, seat_or_stakeholder);
    if (seat != INDEX_NONE)
        return state->seats[seat].person_position;
    int stakeholder = index_find(&state->def->stakeholder_index, seat_or_stakeholder);
    return stakeholder == INDEX_NONE ? -1 : state->stakeholders[stakeholder].person_position;
}

bool state_has_ended(const struct state *state)
{
    return state->status == STATUS_ENDED || state->status == STATUS_SEALED;
}

bool state_is_over(const struct state *state)
{
    return state_has_ended(state) || state->status == STATUS_STOPPED;
}

bool state_knows(const struct state *state, struct str seat_or_stakeholder, struct str fact)
{
    int person = state_person_of(state, seat_or_stakeholder);
    int position = index_find(&state->def->fact_index, fact);
    return person >= 0 && position != INDEX_NONE && state->persons[person].knows[position];
}

bool state_audience_holds(const struct state *state, struct strs roles, struct str seat)
{
    const struct def_seat *holder = def_seat(state->def, seat);
    for (size_t i = 0; holder != NULL && i < roles.count; i++)
        if (str_is(roles.items[i], "room") || str_eq(roles.items[i], seat) ||
            def_seat_holds(holder, roles.items[i]))
            return true;
    return false;
}

bool state_saw_inject(const struct state *state, int inject, struct str seat, int64_t at_seq)
{
    if (inject < 0)
        return false;
    const struct state_inject *came = &state->injects[inject];
    size_t count = came->audience_count;
    while (count > 0 && came->audiences[count - 1].since_seq > at_seq)
        count--;
    return count > 0 && state_audience_holds(state, came->audiences[count - 1].to, seat);
}

bool state_sees_inject(const struct state *state, int inject, struct str seat)
{
    return state_saw_inject(state, inject, seat, state->last_seq);
}

bool state_sees_message(const struct state *state, int message, struct str seat)
{
    if (message < 0)
        return false;
    const struct state_message *sent = &state->messages[message];
    return str_eq(sent->from, seat) || state_audience_holds(state, sent->body.to, seat);
}

bool state_next_timer(struct state *state, int64_t *ret_due_ms, struct timer *ret_timer)
{
    const struct timer *exercise = timer_first(&state->timers, TIMER_EXERCISE);
    const struct timer *story = timer_first(&state->timers, TIMER_STORY);
    if (exercise == NULL && story == NULL)
        return false;
    int64_t story_due_ms =
        story == NULL ? 0 : story_clock_exercise_at(&state->story, story->due_ms);
    bool story_first =
        exercise == NULL ||
        (story != NULL && (story_due_ms < exercise->due_ms ||
                              (story_due_ms == exercise->due_ms && story->id < exercise->id)));
    *ret_timer = story_first ? *story : *exercise;
    *ret_due_ms = story_first ? story_due_ms : exercise->due_ms;
    return true;
}
