/* What each kind of event does to a table. One small function a kind, found in a table; a kind
 * without one changes nothing but the count of events.
 *
 * Events are facts: apply never refuses, never looks at a clock, and draws nothing. */
#include "core/apply.h"

#include <assert.h>
#include <string.h>

#include "core/hours.h"
#include "core/trigger.h"

static struct str keep(struct state *state, struct str s)
{
    return s.len == 0 ? s : arena_str(&state->arena, s);
}

static struct strs keep_list(struct state *state, struct strs list)
{
    return arena_strs(&state->arena, list);
}

static void turn_page(struct state *state, int64_t at_ms, int64_t story_ms)
{
    struct story_page page = {
        at_ms, story_ms, story_clock_pace(state->mode, state->semantics, state->pace)};
    story_clock_turn(&state->story, &state->arena, page);
}

static void created(struct state *state, const struct event *event)
{
    state->status = STATUS_READY;
    state->mode = (enum mode)event->body.created.mode;
    state->semantics = event->body.created.semantics;
    state->pace = event->body.created.pace;
    turn_page(state, event->at_ms, story_clock_at(&state->story, event->at_ms));
    state->seed = event->body.created.seed;
    state->difficulty = event->body.created.difficulty;
}

static void started(struct state *state, const struct event *event)
{
    (void)event;
    state->status = STATUS_RUNNING;
}

static void paused(struct state *state, const struct event *event)
{
    (void)event;
    state->status = STATUS_PAUSED;
}

static void resumed(struct state *state, const struct event *event)
{
    (void)event;
    state->status = STATUS_RUNNING;
}

static void pace_changed(struct state *state, const struct event *event)
{
    state->pace = event->body.pace_changed.pace;
    turn_page(state, event->at_ms, story_clock_at(&state->story, event->at_ms));
}

static void gap_opened(struct state *state, const struct event *event)
{
    state->status = STATUS_PAUSED;
    state->gap_open = true;
    state->gap_until_story_ms = event->body.gap_opened.until_story_ms;
    state->gap_phase = keep(state, event->body.gap_opened.phase);
}

static void jumped(struct state *state, const struct event *event)
{
    turn_page(state, event->at_ms, event->body.jumped.story_ms);
    state->gap_open = false;
}

static void phase_changed(struct state *state, const struct event *event)
{
    state->phase = keep(state, event->body.phase_changed.phase);
}

static void drop_timers(struct state *state)
{
    for (int clock = 0; clock < TIMER_CLOCK_COUNT; clock++)
        state->timers.count[clock] = 0;
}

static void ended(struct state *state, const struct event *event)
{
    (void)event;
    state->status = STATUS_ENDED;
    state->gap_open = false;
    drop_timers(state);
}

static void sealed(struct state *state, const struct event *event)
{
    (void)event;
    state->status = STATUS_SEALED;
}

static void stopped(struct state *state, const struct event *event)
{
    (void)event;
    state->status = STATUS_STOPPED;
    drop_timers(state);
}

static void assigned(struct state *state, const struct event *event)
{
    int seat = index_find(&state->def->seat_index, event->body.assigned.seat);
    struct str person = keep(state, event->body.assigned.person);
    int position = index_find(&state->person_index, person);
    if (position == INDEX_NONE) {
        state->persons = arena_grow(&state->arena, state->persons, state->person_count,
            &state->person_capacity, sizeof(struct state_person));
        position = (int)state->person_count++;
        state->persons[position] = (struct state_person){
            .id = person,
            .knows = ARENA_ARRAY(&state->arena, state->def->fact_count, bool),
        };
        index_add(&state->person_index, &state->arena, person, position);
    }
    state->seats[seat].person = person;
    state->seats[seat].person_position = position;
    /* Whoever takes over has read nothing yet. */
    for (size_t i = 0; i < state->inject_count; i++)
        state->injects[i].opened_by[seat] = false;
    for (size_t i = 0; i < state->message_count; i++)
        state->messages[i].opened_by[seat] = false;
}

/* Who plays whom is for the simulation cell to know; what was sent goes its way. */
static void claimed(struct state *state, const struct event *event)
{
    struct str party = event->body.claimed.stakeholder;
    int at = index_find(&state->def->stakeholder_index, party);
    struct str by = event->body.claimed.released ? STR("") : keep(state, event->actor);
    state->stakeholders[at].claimed_by = by;
}

static void warm_up(struct state *state, const struct event *event)
{
    (void)event;
    for (size_t i = 0; i < state->def->seat_count; i++)
        state->seats[i].checked_in = false;
}

static void checked_in(struct state *state, const struct event *event)
{
    state->seats[index_find(&state->def->seat_index, event->actor)].checked_in = true;
}

static void left(struct state *state, const struct event *event)
{
    state->seats[index_find(&state->def->seat_index, event->actor)].is_away = true;
}

static void returned(struct state *state, const struct event *event)
{
    state->seats[index_find(&state->def->seat_index, event->actor)].is_away = false;
}

/* The timer that has just fired is the first of its kind and thing in the order of firing. */
static void finish_timer(struct state *state, enum timer_kind kind, int what)
{
    struct timer *exercise = timer_find(&state->timers, TIMER_EXERCISE, kind, what);
    struct timer *story = timer_find(&state->timers, TIMER_STORY, kind, what);
    bool story_first = exercise == NULL;
    if (exercise != NULL && story != NULL) {
        int64_t due_ms = story_clock_exercise_at(&state->story, story->due_ms);
        story_first =
            due_ms < exercise->due_ms || (due_ms == exercise->due_ms && story->id < exercise->id);
    }
    struct timer *fired = story_first ? story : exercise;
    if (fired != NULL)
        fired->kind = TIMER_DONE;
}

static int inject_at(const struct state *state, struct str id)
{
    int inject = state_inject_find(state, id);
    assert(inject >= 0);
    return inject;
}

static void open_questions(struct state *state, int inject, const struct event *event)
{
    const struct def_inject *def = state->injects[inject].def;
    for (size_t i = 0; def != NULL && i < def->questions.count; i++) {
        int question = index_find(&state->def->question_index, def->questions.items[i]);
        int64_t within_ms = state->def->questions[question].within_ms;
        if (state->questions[question].open)
            continue;
        state->questions[question] =
            (struct state_question){.open = true, .opened_ms = event->at_ms};
        if (within_ms > 0)
            timer_set(&state->timers, &state->arena, TIMER_EXERCISE,
                (struct timer){.due_ms = event->at_ms + within_ms + 1,
                    .cause = event->seq,
                    .kind = TIMER_QUESTION,
                    .what = question});
    }
}

/* Who an inject once came to keeps it when it comes to somebody else. */
static void add_audience(struct state *state, struct state_inject *came, const struct event *event)
{
    struct strs more = event->body.delivered.to, before = {0};
    if (came->audience_count > 0)
        before = came->audiences[came->audience_count - 1].to;
    struct str *items = ARENA_ARRAY(&state->arena, before.count + more.count, struct str);
    struct strs all = {items, before.count};
    for (size_t i = 0; i < before.count; i++)
        items[i] = before.items[i];
    for (size_t i = 0; i < more.count; i++)
        if (!strs_contain(before, more.items[i]))
            items[all.count++] = keep(state, more.items[i]);
    if (all.count == before.count)
        return;
    came->audiences = arena_grow(&state->arena, came->audiences, came->audience_count,
        &came->audience_capacity, sizeof(struct state_audience));
    came->audiences[came->audience_count++] = (struct state_audience){event->seq, all};
}

static void delivered(struct state *state, const struct event *event)
{
    int inject = inject_at(state, event->body.delivered.inject);
    struct state_inject *came = &state->injects[inject];
    if (str_eq(event->actor, ACTOR_CLOCK))
        finish_timer(
            state, event->body.delivered.why == WHY_UNLESS ? TIMER_UNLESS : TIMER_INJECT, inject);
    add_audience(state, came, event);
    came->held = false;
    if (event->body.delivered.why == WHY_UNLESS)
        came->armed = false;
    if (came->delivered_count++ == 0) {
        came->delivered_ms = event->at_ms;
        came->cause = event->seq;
    }
    open_questions(state, inject, event);
}

static void scheduled(struct state *state, const struct event *event)
{
    timer_set(&state->timers, &state->arena, TIMER_EXERCISE,
        (struct timer){.due_ms = event->body.scheduled.due_ms,
            .cause = event->seq,
            .kind = TIMER_INJECT,
            .what = inject_at(state, event->body.scheduled.inject),
            .re = keep(state, event->body.scheduled.re),
            .why = str_eq(event->actor, ACTOR_STORY) ? WHY_STORY : WHY_HAND});
}

static void held(struct state *state, const struct event *event)
{
    int inject = inject_at(state, event->body.held.inject);
    trigger_disarm(state, inject);
    state->injects[inject].held = true;
}

static void skipped(struct state *state, const struct event *event)
{
    int inject = inject_at(state, event->body.skipped.inject);
    if (str_eq(event->actor, ACTOR_CLOCK)) {
        finish_timer(
            state, event->body.skipped.why == WHY_UNLESS ? TIMER_UNLESS : TIMER_INJECT, inject);
        return;
    }
    if (event->body.skipped.why != WHY_HAND)
        return;
    trigger_disarm(state, inject);
    state->injects[inject].skipped = true;
}

static void edited(struct state *state, const struct event *event)
{
    struct state_inject *changed = &state->injects[inject_at(state, event->body.edited.inject)];
    if (event->body.edited.title.len != 0)
        changed->title_ref = keep(state, event->body.edited.title);
    if (event->body.edited.body.len != 0)
        changed->body_ref = keep(state, event->body.edited.body);
    if (event->body.edited.to.count != 0)
        changed->to = keep_list(state, event->body.edited.to);
}

static void improvised(struct state *state, const struct event *event)
{
    const struct event_improvised *body = &event->body.improvised;
    state->injects = arena_grow(&state->arena, state->injects, state->inject_count,
        &state->inject_capacity, sizeof(struct state_inject));
    struct state_inject *made = &state->injects[state->inject_count];
    *made = (struct state_inject){
        .id = keep(state, body->inject),
        .improvised = *body,
        .to = keep_list(state, body->to),
        .title_ref = keep(state, body->title),
        .body_ref = keep(state, body->body),
        .delivered_ms = -1,
        .opened_by = ARENA_ARRAY(&state->arena, state->def->seat_count, bool),
    };
    made->improvised.inject = made->id;
    made->improvised.from = keep(state, body->from);
    made->improvised.facts = keep_list(state, body->facts);
    made->improvised.to = made->to;
    made->improvised.title = made->title_ref;
    made->improvised.body = made->body_ref;
    index_add(&state->inject_index, &state->arena, made->id, (int)state->inject_count);
    state->inject_count++;
}

static void opened(struct state *state, const struct event *event)
{
    int seat = index_find(&state->def->seat_index, event->actor);
    if (event->body.opened.inject.len != 0)
        state->injects[inject_at(state, event->body.opened.inject)].opened_by[seat] = true;
    else
        state->messages[state_message_find(state, event->body.opened.message)].opened_by[seat] =
            true;
}

static void learned(struct state *state, const struct event *event)
{
    int person = state_person_of(state, event->actor);
    int fact = index_find(&state->def->fact_index, event->body.learned.fact);
    state->persons[person].knows[fact] = true;
}

/* A stakeholder begins to be looked for, one played by hand as well: how long whoever plays it
 * takes is nothing that the players did. */
static void contact(struct state *state, int message, struct str party, const struct event *event)
{
    int at = index_find(&state->def->stakeholder_index, party);
    if (at == INDEX_NONE)
        return;
    struct state_message *sent = &state->messages[message];
    sent->tried[at] = true;
    const struct def_stakeholder *stakeholder = &state->def->stakeholders[at];
    int via = sent->body.via == CHANNEL_NONE ? CHANNEL_PHONE : sent->body.via;
    struct hours_contact plan = hours_plan(state, stakeholder, (enum channel)via, event);
    timer_set(&state->timers, &state->arena, plan.clock,
        (struct timer){.due_ms = plan.due_ms,
            .cause = event->seq,
            .kind = TIMER_CONTACT,
            .what = message,
            .party = stakeholder->id,
            .why = (int)plan.answer});
}

static void forwarded(struct state *state, const struct event *event)
{
    int message = state_message_find(state, event->body.forwarded.message);
    timer_cancel(&state->timers, TIMER_CONTACT, message, event->actor);
    contact(state, message, event->body.forwarded.party, event);
}

/* A text counts as approved once somebody other than its author has said so. */
static void approved(struct state *state, const struct event_messaged *body)
{
    int draft = state_message_find(state, body->draft);
    if (body->type == MESSAGE_APPROVAL && !body->contested && draft >= 0)
        state->messages[draft].approved = true;
}

static void messaged(struct state *state, const struct event *event)
{
    const struct event_messaged *body = &event->body.messaged;
    state->messages = arena_grow(&state->arena, state->messages, state->message_count,
        &state->message_capacity, sizeof(struct state_message));
    int message = (int)state->message_count++;
    struct state_message *sent = &state->messages[message];
    *sent = (struct state_message){
        .body = *body,
        .from = keep(state, event->actor),
        .sent_ms = event->at_ms,
        .seq = event->seq,
        .opened_by = ARENA_ARRAY(&state->arena, state->def->seat_count, bool),
        .reached_by = ARENA_ARRAY(&state->arena, state->def->stakeholder_count, bool),
        .tried = ARENA_ARRAY(&state->arena, state->def->stakeholder_count, bool),
    };
    sent->body.action = keep(state, body->action);
    sent->body.draft = keep(state, body->draft);
    sent->body.draft_text = keep(state, body->draft_text);
    sent->body.facts = keep_list(state, body->facts);
    sent->body.message = keep(state, body->message);
    sent->body.re = keep(state, body->re);
    sent->body.target = keep(state, body->target);
    sent->body.text = keep(state, body->text);
    sent->body.to = keep_list(state, body->to);
    sent->body.unknown = keep_list(state, body->unknown);
    index_add(&state->message_index, &state->arena, sent->body.message, message);
    approved(state, body);
    for (size_t i = 0; i < body->to.count; i++)
        contact(state, message, body->to.items[i], event);
}

static void arrived(struct state *state, const struct event *event)
{
    int at = index_find(&state->def->stakeholder_index, event->actor);
    int message = state_message_find(state, event->body.arrived.message);
    struct state_stakeholder *reader = &state->stakeholders[at];
    int64_t begin_ms = reader->busy_until_ms > event->at_ms ? reader->busy_until_ms : event->at_ms;
    int64_t facts = (int64_t)state->messages[message].body.facts.count;
    reader->busy_until_ms = begin_ms + state->def->read_base_ms + facts * state->def->read_fact_ms;
    timer_cancel(&state->timers, TIMER_CONTACT, message, event->actor);
    timer_set(&state->timers, &state->arena, TIMER_EXERCISE,
        (struct timer){.due_ms = reader->busy_until_ms,
            .cause = event->seq,
            .kind = TIMER_READ,
            .what = message,
            .party = state->def->stakeholders[at].id});
}

static void unreached(struct state *state, const struct event *event)
{
    timer_cancel(&state->timers, TIMER_CONTACT,
        state_message_find(state, event->body.unreached.message), event->body.unreached.party);
}

/* An answer by hand may come before anybody picked up, or while the message is being read. */
static void reached(struct state *state, const struct event *event)
{
    int message = state_message_find(state, event->body.reached.message);
    int stakeholder = index_find(&state->def->stakeholder_index, event->actor);
    if (stakeholder != INDEX_NONE)
        state->messages[message].reached_by[stakeholder] = true;
    timer_cancel(&state->timers, TIMER_CONTACT, message, event->actor);
    timer_cancel(&state->timers, TIMER_READ, message, event->actor);
}

static void decided(struct state *state, const struct event *event)
{
    if (event->body.decided.contested)
        return;
    int question = index_find(&state->def->question_index, event->body.decided.question);
    state->questions[question].open = false;
    state->questions[question].decided = true;
    state->questions[question].option = keep(state, event->body.decided.option);
    timer_cancel(&state->timers, TIMER_QUESTION, question, (struct str){0});
}

static void expired(struct state *state, const struct event *event)
{
    int question = index_find(&state->def->question_index, event->body.expired.question);
    state->questions[question].open = false;
    state->questions[question].expired = true;
    timer_cancel(&state->timers, TIMER_QUESTION, question, (struct str){0});
}

static void world_set(struct state *state, const struct event *event)
{
    int at = index_find(&state->def->world_index, event->body.world_set.name);
    state->world[at] = keep(state, event->body.world_set.value);
}

static void annulled(struct state *state, const struct event *event)
{
    (void)event;
    state->annulled_count++;
}

static void findings_shared(struct state *state, const struct event *event)
{
    (void)event;
    state->findings_shared = true;
}

static void reflected(struct state *state, const struct event *event)
{
    state->reflections = arena_grow(&state->arena, state->reflections, state->reflection_count,
        &state->reflection_capacity, sizeof(struct state_reflection));
    state->reflections[state->reflection_count++] =
        (struct state_reflection){keep(state, event->body.reflected.reflection),
            keep(state, event->actor), event->body.reflected.about};
}

static void withdrawn(struct state *state, const struct event *event)
{
    int at = state_reflection_find(state, event->body.withdrawn.reflection);
    struct state_reflection *gone = &state->reflections[at];
    state->reflection_count--;
    memmove(gone, gone + 1, (state->reflection_count - (size_t)at) * sizeof(*gone));
}

static void (*const appliers[EVENT_KIND_COUNT])(struct state *state, const struct event *event) = {
    [EVENT_ANNULLED] = annulled,
    [EVENT_ARRIVED] = arrived,
    [EVENT_ASSIGNED] = assigned,
    [EVENT_CHECKED_IN] = checked_in,
    [EVENT_CLAIMED] = claimed,
    [EVENT_CREATED] = created,
    [EVENT_DECIDED] = decided,
    [EVENT_DELIVERED] = delivered,
    [EVENT_EDITED] = edited,
    [EVENT_ENDED] = ended,
    [EVENT_EXPIRED] = expired,
    [EVENT_FINDINGS_SHARED] = findings_shared,
    [EVENT_FORWARDED] = forwarded,
    [EVENT_GAP_OPENED] = gap_opened,
    [EVENT_HELD] = held,
    [EVENT_IMPROVISED] = improvised,
    [EVENT_JUMPED] = jumped,
    [EVENT_LEARNED] = learned,
    [EVENT_LEFT] = left,
    [EVENT_MESSAGED] = messaged,
    [EVENT_OPENED] = opened,
    [EVENT_PACE_CHANGED] = pace_changed,
    [EVENT_PAUSED] = paused,
    [EVENT_PHASE_CHANGED] = phase_changed,
    [EVENT_REACHED] = reached,
    [EVENT_REFLECTED] = reflected,
    [EVENT_RESUMED] = resumed,
    [EVENT_RETURNED] = returned,
    [EVENT_SCHEDULED] = scheduled,
    [EVENT_SEALED] = sealed,
    [EVENT_SKIPPED] = skipped,
    [EVENT_STARTED] = started,
    [EVENT_STOPPED] = stopped,
    [EVENT_UNREACHED] = unreached,
    [EVENT_WARM_UP] = warm_up,
    [EVENT_WITHDRAWN] = withdrawn,
    [EVENT_WORLD_SET] = world_set,
};

void apply_event(struct state *state, const struct event *event)
{
    assert(event->seq == state->last_seq + 1);
    assert(event->at_ms >= 0);
    state->last_seq = event->seq;
    state->now_ms = event->at_ms;
    if (appliers[event->kind] != NULL)
        appliers[event->kind](state, event);
    trigger_watch(state, event);
}
