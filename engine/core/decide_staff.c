/* What the facilitator, the evaluators, the story and the program itself do. */
#include <assert.h>

#include "base/limits.h"
#include "core/decide_parts.h"

void decide_create(const struct decide *decide)
{
    decide_add(decide, EVENT_CREATED)->body.created = decide->input->body.create;
}

void decide_start(const struct decide *decide)
{
    decide_add(decide, EVENT_STARTED)->body.started = decide->input->body.start;
}

void decide_pause(const struct decide *decide)
{
    decide_add(decide, EVENT_PAUSED)->body.paused.reason = PAUSE_FACILITATOR;
}

void decide_outage(const struct decide *decide)
{
    struct event *event = decide_add(decide, EVENT_PAUSED);
    event->body.paused.reason = PAUSE_OUTAGE;
    event->body.paused.gap_ms = decide->input->body.outage.gap_ms;
}

/* It is the seat that left, whoever noticed. */
void decide_presence(const struct decide *decide)
{
    const struct input_presence *body = &decide->input->body.presence;
    events_add(decide->out, body->away ? EVENT_LEFT : EVENT_RETURNED, body->seat);
}

void decide_resume(const struct decide *decide)
{
    if (decide->state->gap_open)
        decide_refuse(decide, REFUSAL_NOT_NOW, STR("gap"));
    else
        decide_add(decide, EVENT_RESUMED);
}

void decide_pace(const struct decide *decide)
{
    int64_t pace = decide->input->body.pace.pace;
    if (pace < 1 || pace > LIMIT_PACE)
        decide_refuse(decide, REFUSAL_IMPOSSIBLE, STR("pace"));
    else
        decide_add(decide, EVENT_PACE_CHANGED)->body.pace_changed.pace = pace;
}

static void land(const struct decide *decide, int64_t story_ms, struct str phase)
{
    decide_add(decide, EVENT_JUMPED)->body.jumped.story_ms = story_ms;
    if (phase.len != 0)
        decide_add(decide, EVENT_PHASE_CHANGED)->body.phase_changed.phase = phase;
}

/* With a sheet the jump takes two inputs: one opens the gap, one without length closes it. */
void decide_jump(const struct decide *decide)
{
    const struct state *state = decide->state;
    const struct input_jump *body = &decide->input->body.jump;
    bool is_closing = body->by_ms == 0 && body->phase.len == 0;
    if (state->gap_open && is_closing) {
        land(decide, state->gap_until_story_ms, state->gap_phase);
        return;
    }
    if (state->gap_open) {
        decide_refuse(decide, REFUSAL_ALREADY, STR("gap"));
        return;
    }
    if (body->by_ms != 0 && body->phase.len != 0) {
        decide_refuse(decide, REFUSAL_BAD_TIME, STR("by or phase"));
        return;
    }
    int64_t now_ms = story_clock_at(&state->story, state->now_ms), until_ms = now_ms + body->by_ms;
    if (body->phase.len != 0)
        until_ms = def_phase(state->def, body->phase)->begins_ms;
    if (!story_clock_can_jump(now_ms, until_ms)) {
        decide_refuse(decide, REFUSAL_BAD_TIME, body->phase.len != 0 ? body->phase : STR("by"));
    } else if (body->sheet) {
        struct event *event = decide_add(decide, EVENT_GAP_OPENED);
        event->body.gap_opened.until_story_ms = until_ms;
        event->body.gap_opened.phase = body->phase;
    } else {
        land(decide, until_ms, body->phase);
    }
}

/* Where the clock runs, things come by themselves. What is due, the machine knows: it goes on to it
 * when it sees the event. */
void decide_next(const struct decide *decide)
{
    if (decide->state->mode != MODE_DISCUSS)
        decide_refuse(decide, REFUSAL_IMPOSSIBLE, str_of(mode_names[decide->state->mode]));
    else
        decide_add(decide, EVENT_MOVED_ON);
}

void decide_phase(const struct decide *decide)
{
    decide_add(decide, EVENT_PHASE_CHANGED)->body.phase_changed = decide->input->body.phase;
}

void decide_end(const struct decide *decide)
{
    decide_add(decide, EVENT_ENDED)->body.ended.by_story = str_eq(decide->actor, ACTOR_STORY);
}

void decide_seal(const struct decide *decide)
{
    decide_add(decide, EVENT_SEALED);
}

void decide_stop(const struct decide *decide)
{
    decide_add(decide, EVENT_STOPPED)->body.stopped = decide->input->body.stop;
}

void decide_assign(const struct decide *decide)
{
    decide_add(decide, EVENT_ASSIGNED)->body.assigned = decide->input->body.assign;
}

void decide_claim(const struct decide *decide)
{
    decide_add(decide, EVENT_CLAIMED)->body.claimed = decide->input->body.claim;
}

static const struct state_inject *inject_of(const struct decide *decide, struct str id)
{
    int inject = state_inject_find(decide->state, id);
    assert(inject >= 0);
    return &decide->state->injects[inject];
}

/* Whether it comes only once and has come; an answer comes as often as it is asked for. */
static bool came(const struct state_inject *inject, const struct input_fire *body)
{
    bool comes_again = (inject->def != NULL && inject->def->repeats) || body->re.len != 0;
    return inject->delivered_ms >= 0 && !comes_again;
}

/* What keeps a story's inject from coming; WHY_COUNT: nothing does. */
static enum why kept_back(
    const struct decide *decide, const struct state_inject *inject, const struct input_fire *body)
{
    if (came(inject, body) || inject->held || inject->skipped)
        return WHY_STORY;
    return inject->def != NULL && inject->def->level > decide->state->difficulty ? WHY_DIAL
                                                                                 : WHY_COUNT;
}

static bool can_fire(
    const struct decide *decide, const struct state_inject *inject, const struct input_fire *body)
{
    const struct state *state = decide->state;
    if (came(inject, body))
        decide_refuse(decide, REFUSAL_ALREADY, inject->id);
    else if (body->re.len != 0 &&
             def_seat(state->def, state->messages[state_message_find(state, body->re)].from) ==
                 NULL)
        decide_refuse(decide, REFUSAL_IMPOSSIBLE, body->re);
    else if (body->after_ms < 0 || body->after_ms > LIMIT_EXERCISE_MS)
        decide_refuse(decide, REFUSAL_BAD_TIME, STR("after"));
    else
        return true;
    return false;
}

/* A story finds its way through what the facilitator has done meanwhile; a facilitator is told. */
void decide_fire(const struct decide *decide)
{
    const struct input_fire *body = &decide->input->body.fire;
    const struct state_inject *inject = inject_of(decide, body->inject);
    bool by_story = str_eq(decide->actor, ACTOR_STORY);
    enum why kept = by_story ? kept_back(decide, inject, body) : WHY_COUNT;
    if (kept != WHY_COUNT) {
        struct event *event = decide_add(decide, EVENT_SKIPPED);
        event->body.skipped.inject = inject->id;
        event->body.skipped.why = (int)kept;
        return;
    }
    if (!can_fire(decide, inject, body))
        return;
    if (body->after_ms > 0) {
        struct event *event = decide_add(decide, EVENT_SCHEDULED);
        event->body.scheduled = (struct event_scheduled){.reason = body->reason,
            .inject = inject->id,
            .re = body->re,
            .due_ms = decide->state->now_ms + body->after_ms};
        return;
    }
    struct event *event = decide_deliver(decide, inject, body->re, by_story ? WHY_STORY : WHY_HAND);
    event->body.delivered.reason = body->reason;
    decide_read_out(decide, event);
}

void decide_hold(const struct decide *decide)
{
    const struct state_inject *inject = inject_of(decide, decide->input->body.hold.inject);
    if (inject->delivered_ms >= 0 || inject->held)
        decide_refuse(decide, REFUSAL_ALREADY, inject->id);
    else
        decide_add(decide, EVENT_HELD)->body.held.inject = inject->id;
}

void decide_skip(const struct decide *decide)
{
    const struct state_inject *inject = inject_of(decide, decide->input->body.skip.inject);
    if (inject->delivered_ms >= 0 || inject->skipped) {
        decide_refuse(decide, REFUSAL_ALREADY, inject->id);
        return;
    }
    struct event *event = decide_add(decide, EVENT_SKIPPED);
    event->body.skipped.inject = inject->id;
    event->body.skipped.why = WHY_HAND;
}

void decide_edit(const struct decide *decide)
{
    const struct event_edited *body = &decide->input->body.edit;
    const struct state_inject *inject = inject_of(decide, body->inject);
    if (inject->delivered_ms >= 0)
        decide_refuse(decide, REFUSAL_ALREADY, inject->id);
    else if (body->title.len == 0 && body->body.len == 0 && body->to.count == 0)
        decide_refuse(decide, REFUSAL_EMPTY, STR("title, body or to"));
    else
        decide_add(decide, EVENT_EDITED)->body.edited = *body;
}

/* `taken` is the position of what goes by this id already, or negative. */
bool decide_id_is_free(const struct decide *decide, int taken)
{
    struct str id = decide->input->id;
    if (id.len == 0)
        decide_refuse(decide, REFUSAL_EMPTY, STR("id"));
    else if (taken >= 0)
        decide_refuse(decide, REFUSAL_ID_TAKEN, id);
    else
        return true;
    return false;
}

void decide_improvise(const struct decide *decide)
{
    const struct event_improvised *body = &decide->input->body.improvise;
    if (!decide_id_is_free(decide, state_inject_find(decide->state, decide->input->id)))
        return;
    if (body->to.count == 0) {
        decide_refuse(decide, REFUSAL_EMPTY, STR("to"));
        return;
    }
    struct event *event = decide_add(decide, EVENT_IMPROVISED);
    event->body.improvised = *body;
    event->body.improvised.inject = decide->input->id;
    event = decide_add(decide, EVENT_DELIVERED);
    event->body.delivered = (struct event_delivered){
        .inject = decide->input->id, .to = body->to, .via = body->via, .why = WHY_HAND};
    decide_read_out(decide, event);
}

/* A written hint, or the facilitator's own words. */
void decide_hint(const struct decide *decide)
{
    const struct event_hinted *body = &decide->input->body.hint;
    const struct def_hint *hint = def_hint(decide->state->def, body->hint);
    if (hint == NULL && (body->text.len == 0 || body->to.count == 0)) {
        decide_refuse(decide, REFUSAL_EMPTY, STR("hint, or text and to"));
        return;
    }
    struct event *event = decide_add(decide, EVENT_HINTED);
    event->body.hinted = *body;
    if (hint == NULL)
        return;
    event->body.hinted.rule = hint->rule;
    if (body->to.count == 0)
        event->body.hinted.to = hint->to;
}

void decide_reveal(const struct decide *decide)
{
    const struct input_reveal *body = &decide->input->body.reveal;
    struct strs fact = {&body->fact, 1};
    size_t before = decide->out->count;
    decide_teach_all(decide, body->to, fact, SOURCE_REVEALED, (struct str){0});
    if (decide->out->count == before)
        decide_refuse(
            decide, body->to.count == 0 ? REFUSAL_IMPOSSIBLE : REFUSAL_ALREADY, body->fact);
}

void decide_warm_up(const struct decide *decide)
{
    decide_add(decide, EVENT_WARM_UP);
}

void decide_check_in(const struct decide *decide)
{
    const struct state *state = decide->state;
    if (state->seats[state_seat_of(state, decide->actor)].checked_in)
        decide_refuse(decide, REFUSAL_ALREADY, decide->actor);
    else
        decide_add(decide, EVENT_CHECKED_IN);
}

void decide_set(const struct decide *decide)
{
    decide_add(decide, EVENT_WORLD_SET)->body.world_set = decide->input->body.set;
}

void decide_annul(const struct decide *decide)
{
    int64_t event_seq = decide->input->body.annul.event;
    if (event_seq < 1 || event_seq > decide->state->last_seq)
        decide_refuse(decide, REFUSAL_UNKNOWN, STR("event"));
    else
        decide_add(decide, EVENT_ANNULLED)->body.annulled = decide->input->body.annul;
}

void decide_ruling(const struct decide *decide)
{
    decide_add(decide, EVENT_RULED)->body.ruled = decide->input->body.ruling;
}

void decide_cause(const struct decide *decide)
{
    decide_add(decide, EVENT_CAUSED)->body.caused = decide->input->body.cause;
}

void decide_observe(const struct decide *decide)
{
    decide_add(decide, EVENT_OBSERVED)->body.observed = decide->input->body.observe;
}

void decide_rate(const struct decide *decide)
{
    decide_add(decide, EVENT_RATED)->body.rated = decide->input->body.rate;
}

void decide_fault(const struct decide *decide)
{
    decide_add(decide, EVENT_FAULT)->body.fault = decide->input->body.fault;
}
