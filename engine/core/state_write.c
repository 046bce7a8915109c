/* State as canonical JSON, for tests: equal states give equal bytes.
 *
 * now_ms is left out: between events the clock goes on without leaving a trace. */
#include "core/state.h"

#include <stdlib.h>

#include "base/json_write.h"

static void write_list(struct json_write *json, const char *key)
{
    json_write_key(json, str_of(key));
    json_write_array(json);
}

static void write_flags(struct json_write *json, const char *key, const bool *flags, size_t count)
{
    write_list(json, key);
    for (size_t i = 0; i < count; i++)
        json_write_int(json, flags[i] ? 1 : 0);
    json_write_end(json);
}

static void write_injects(const struct state *state, struct json_write *json)
{
    write_list(json, "injects");
    for (size_t i = 0; i < state->inject_count; i++) {
        const struct state_inject *inject = &state->injects[i];
        json_write_object(json);
        json_write_key_bool(json, "armed", inject->armed);
        json_write_key_bool(json, "averted", inject->averted);
        json_write_key_str(json, "body", inject->body_ref);
        json_write_key_int(json, "cause", inject->cause);
        json_write_key_int(json, "delivered_count", inject->delivered_count);
        json_write_key_int(json, "delivered_ms", inject->delivered_ms);
        json_write_key_bool(json, "held", inject->held);
        json_write_key_str(json, "id", inject->id);
        write_flags(json, "opened_by", inject->opened_by, state->def->seat_count);
        json_write_key_bool(json, "skipped", inject->skipped);
        json_write_key_str(json, "title", inject->title_ref);
        json_write_key_strs(json, "to", inject->to);
        write_list(json, "went_to");
        for (size_t a = 0; a < inject->audience_count; a++) {
            json_write_object(json);
            json_write_key_int(json, "since_seq", inject->audiences[a].since_seq);
            json_write_key_strs(json, "to", inject->audiences[a].to);
            json_write_end(json);
        }
        json_write_end(json);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_messages(const struct state *state, struct json_write *json)
{
    write_list(json, "messages");
    for (size_t i = 0; i < state->message_count; i++) {
        const struct state_message *message = &state->messages[i];
        json_write_object(json);
        json_write_key_str(json, "action", message->body.action);
        json_write_key_bool(json, "approved", message->approved);
        json_write_key_bool(json, "contested", message->body.contested);
        json_write_key_strs(json, "facts", message->body.facts);
        json_write_key_str(json, "from", message->from);
        json_write_key_str(json, "id", message->body.message);
        write_flags(json, "opened_by", message->opened_by, state->def->seat_count);
        write_flags(json, "reached_by", message->reached_by, state->def->stakeholder_count);
        json_write_key_int(json, "sent_ms", message->sent_ms);
        json_write_key_int(json, "seq", message->seq);
        json_write_key_str(json, "target", message->body.target);
        json_write_key_str(json, "text", message->body.text);
        json_write_key_strs(json, "to", message->body.to);
        write_flags(json, "tried", message->tried, state->def->stakeholder_count);
        json_write_key_int(json, "type", message->body.type);
        json_write_key_strs(json, "unknown", message->body.unknown);
        json_write_key_int(json, "via", message->body.via);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_parties(const struct state *state, struct json_write *json)
{
    write_list(json, "persons");
    for (size_t i = 0; i < state->person_count; i++) {
        json_write_object(json);
        json_write_key_str(json, "id", state->persons[i].id);
        write_flags(json, "knows", state->persons[i].knows, state->def->fact_count);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_calendar(const struct state *state, struct json_write *json)
{
    write_list(json, "calendar");
    for (size_t i = 0; i < state->story.count; i++) {
        json_write_object(json);
        json_write_key_int(json, "at_ms", state->story.pages[i].at_ms);
        json_write_key_int(json, "pace", state->story.pages[i].pace);
        json_write_key_int(json, "story_ms", state->story.pages[i].story_ms);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_questions(const struct state *state, struct json_write *json)
{
    write_list(json, "questions");
    for (size_t i = 0; i < state->def->question_count; i++) {
        const struct state_question *question = &state->questions[i];
        json_write_object(json);
        json_write_key_bool(json, "decided", question->decided);
        json_write_key_bool(json, "expired", question->expired);
        json_write_key_bool(json, "open", question->open);
        json_write_key_int(json, "opened_ms", question->opened_ms);
        json_write_key_str(json, "option", question->option);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_seats(const struct state *state, struct json_write *json)
{
    write_list(json, "seats");
    for (size_t i = 0; i < state->def->seat_count; i++) {
        json_write_object(json);
        json_write_key_bool(json, "away", state->seats[i].is_away);
        json_write_key_bool(json, "checked_in", state->seats[i].checked_in);
        json_write_key_str(json, "person", state->seats[i].person);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_stakeholders(const struct state *state, struct json_write *json)
{
    write_list(json, "stakeholders");
    for (size_t i = 0; i < state->def->stakeholder_count; i++) {
        json_write_object(json);
        json_write_key_int(json, "busy_until_ms", state->stakeholders[i].busy_until_ms);
        json_write_key_str(json, "claimed_by", state->stakeholders[i].claimed_by);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_reflections(const struct state *state, struct json_write *json)
{
    write_list(json, "reflections");
    for (size_t i = 0; i < state->reflection_count; i++) {
        json_write_object(json);
        json_write_key_int(json, "about", state->reflections[i].about);
        json_write_key_str(json, "actor", state->reflections[i].actor);
        json_write_key_str(json, "id", state->reflections[i].id);
        json_write_end(json);
    }
    json_write_end(json);
}

static int by_due(const void *left, const void *right)
{
    const struct timer *a = *(const struct timer *const *)left;
    const struct timer *b = *(const struct timer *const *)right;
    if (a->due_ms != b->due_ms)
        return a->due_ms < b->due_ms ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

static void write_timer(const struct timer *timer, int clock, struct json_write *json)
{
    json_write_object(json);
    json_write_key_int(json, "cause", timer->cause);
    json_write_key_int(json, "clock", clock);
    json_write_key_int(json, "due_ms", timer->due_ms);
    json_write_key_int(json, "id", timer->id);
    json_write_key_int(json, "kind", (int64_t)timer->kind);
    json_write_key_str(json, "party", timer->party);
    json_write_key_str(json, "re", timer->re);
    json_write_key_int(json, "what", timer->what);
    json_write_key_int(json, "why", timer->why);
    json_write_end(json);
}

/* Live timers only, sorted: where a heap keeps them depends on who has looked at it. */
static void write_timers(const struct state *state, struct json_write *json)
{
    struct arena arena = {0};
    write_list(json, "timers");
    for (int clock = 0; clock < TIMER_CLOCK_COUNT; clock++) {
        size_t count = 0;
        const struct timer **live =
            ARENA_ARRAY(&arena, state->timers.count[clock], const struct timer *);
        for (size_t i = 0; i < state->timers.count[clock]; i++)
            if (state->timers.heap[clock][i].kind != TIMER_DONE)
                live[count++] = &state->timers.heap[clock][i];
        if (count > 1)
            qsort(live, count, sizeof(*live), by_due);
        for (size_t i = 0; i < count; i++)
            write_timer(live[i], clock, json);
    }
    json_write_end(json);
    arena_fini(&arena);
}

void state_write(const struct state *state, struct buf *out)
{
    struct json_write json;
    json_write_init(&json, out);
    json_write_object(&json);
    json_write_key_int(&json, "annulled", state->annulled_count);
    write_calendar(state, &json);
    json_write_key_int(&json, "difficulty", state->difficulty);
    json_write_key_bool(&json, "findings_shared", state->findings_shared);
    json_write_key_bool(&json, "gap_open", state->gap_open);
    json_write_key_str(&json, "gap_phase", state->gap_phase);
    json_write_key_int(&json, "gap_until_story_ms", state->gap_until_story_ms);
    write_injects(state, &json);
    json_write_key_int(&json, "last_seq", state->last_seq);
    write_messages(state, &json);
    json_write_key_int(&json, "mode", (int64_t)state->mode);
    json_write_key_int(&json, "pace", state->pace);
    write_parties(state, &json);
    json_write_key_str(&json, "phase", state->phase);
    write_questions(state, &json);
    write_reflections(state, &json);
    write_seats(state, &json);
    json_write_key_int(&json, "seed", state->seed);
    write_stakeholders(state, &json);
    json_write_key_str(&json, "status", str_of(status_names[state->status]));
    write_timers(state, &json);
    write_list(&json, "world");
    for (size_t i = 0; i < state->def->world_count; i++)
        json_write_str(&json, state->world[i]);
    json_write_end(&json);
    json_write_end(&json);
}
