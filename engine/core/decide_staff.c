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

/* With a sheet the jump takes two inputs: one opens the gap, one without length closes it. */
void decide_jump(const struct decide *decide)
{
    const struct state *state = decide->state;
    const struct input_jump *body = &decide->input->body.jump;
    int64_t now_ms = story_clock_at(&state->story, state->now_ms);
    if (state->gap_open && body->by_ms == 0)
        decide_add(decide, EVENT_JUMPED)->body.jumped.story_ms = state->gap_until_story_ms;
    else if (state->gap_open)
        decide_refuse(decide, REFUSAL_ALREADY, STR("gap"));
    else if (body->by_ms <= 0 || body->by_ms > LIMIT_JUMP_MS)
        decide_refuse(decide, REFUSAL_BAD_TIME, STR("by"));
    else if (body->sheet)
        decide_add(decide, EVENT_GAP_OPENED)->body.gap_opened.until_story_ms = now_ms + body->by_ms;
    else
        decide_add(decide, EVENT_JUMPED)->body.jumped.story_ms = now_ms + body->by_ms;
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

static bool comes_again(const struct state_inject *inject)
{
    return inject->def != NULL && inject->def->repeats;
}

/* A story finds its way through what the facilitator has done meanwhile; a facilitator is told. */
void decide_fire(const struct decide *decide)
{
    const struct input_fire *body = &decide->input->body.fire;
    const struct state_inject *inject = inject_of(decide, body->inject);
    bool by_story = str_eq(decide->actor, ACTOR_STORY);
    bool came = inject->delivered_ms >= 0 && !comes_again(inject);
    if (by_story && (came || inject->held || inject->skipped)) {
        struct event *event = decide_add(decide, EVENT_SKIPPED);
        event->body.skipped.inject = inject->id;
        event->body.skipped.why = WHY_STORY;
    } else if (came) {
        decide_refuse(decide, REFUSAL_ALREADY, inject->id);
    } else if (body->after_ms < 0 || body->after_ms > LIMIT_EXERCISE_MS ||
               (body->after_ms > 0 && decide->state->mode == MODE_DISCUSS)) {
        decide_refuse(decide, REFUSAL_BAD_TIME, STR("after"));
    } else if (body->after_ms > 0) {
        struct event *event = decide_add(decide, EVENT_SCHEDULED);
        event->body.scheduled.inject = inject->id;
        event->body.scheduled.due_ms = decide->state->now_ms + body->after_ms;
    } else {
        struct event *event = decide_add(decide, EVENT_DELIVERED);
        event->body.delivered = (struct event_delivered){.inject = inject->id,
            .to = inject->to,
            .via = decide_inject_via(inject),
            .why = by_story ? WHY_STORY : WHY_HAND};
    }
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
static bool id_is_free(const struct decide *decide, int taken)
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
    if (!id_is_free(decide, state_inject_find(decide->state, decide->input->id)))
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
}

/* Whoever answers has read what is answered. */
static void read_first(
    const struct decide *decide, struct str party, const struct state_message *sent)
{
    events_add(decide->out, EVENT_REACHED, party)->body.reached.message = sent->body.message;
    decide_teach(decide, party, sent->body.facts, SOURCE_MESSAGE, sent->body.message);
}

void decide_reply_as(const struct decide *decide)
{
    const struct state *state = decide->state;
    const struct input_reply_as *body = &decide->input->body.reply_as;
    if (!id_is_free(decide, state_message_find(state, decide->input->id)))
        return;
    if (body->to.count == 0) {
        decide_refuse(decide, REFUSAL_EMPTY, STR("to"));
        return;
    }
    if (state->message_count >= LIMIT_MESSAGES) {
        decide_refuse(decide, REFUSAL_TOO_MANY, STR("messages"));
        return;
    }
    if (body->re.len != 0) {
        const struct state_message *asked = &state->messages[state_message_find(state, body->re)];
        if (!strs_contain(asked->body.to, body->as)) {
            decide_refuse(decide, REFUSAL_IMPOSSIBLE, body->re);
            return;
        }
        int party = index_find(&state->def->stakeholder_index, body->as);
        if (!asked->reached_by[party])
            read_first(decide, body->as, asked);
    }
    struct event *event = events_add(decide->out, EVENT_MESSAGED, body->as);
    event->body.messaged = (struct event_messaged){.facts = body->facts,
        .message = decide->input->id,
        .re = body->re,
        .text = body->text,
        .tlp = body->tlp,
        .to = body->to,
        .type = body->type,
        .via = body->via};
}

void decide_hint(const struct decide *decide)
{
    decide_add(decide, EVENT_HINTED)->body.hinted = decide->input->body.hint;
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
