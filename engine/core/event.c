/* The catalogue of events: one table a kind, one row a field.
 *
 * Everything that concerns a kind of event is read from here: writing and reading the record,
 * projecting views, compiling patterns, the reference in docs/events.md. What an event does to
 * state is apply.c's. */
#include "core/event.h"

#include <assert.h>
#include <string.h>

#include "base/json_read.h"

const char *const cause_names[CAUSE_COUNT] = {
    "skill", "procedure", "authority", "contact-data", "overload", "tool", "scenario"};
const char *const ruling_names[RULING_COUNT] = {"", "satisfied", "violated", "excused"};
const char *const message_type_names[MESSAGE_TYPE_COUNT] = {"report", "request", "order", "answer",
    "info", "escalation", "notification", "statement", "sitrep", "approval-request", "approval",
    "handoff"};
const char *const why_names[WHY_COUNT] = {
    "clock", "after", "when", "unless", "story", "hand", "dial"};
const char *const source_names[SOURCE_COUNT] = {
    "inject", "message", "said", "heard", "unrecorded", "handoff", "revealed"};
const char *const pause_reason_names[PAUSE_COUNT] = {"facilitator", "outage", "gap"};
const char *const unreached_reason_names[UNREACHED_COUNT] = {"no-answer", "stale", "no-channel"};
const char *const refusal_names[REFUSAL_COUNT] = {"unknown", "not-allowed", "not-now", "already",
    "id-taken", "empty", "bad-time", "impossible", "too-many"};
const struct words refusal_sentences[REFUSAL_COUNT] = {
    WORDS("There is no such thing here.", "該当するものがありません。"),
    WORDS("This role cannot do that.", "この役割では行えません。"),
    WORDS("That is not possible at this point of the exercise.", "演習の今の段階では行えません。"),
    WORDS("That has already been done.", "すでに行われています。"),
    WORDS("This id already names something else.", "このIDはすでに使われています。"),
    WORDS("Something is missing: say to whom, and what.", "宛先または内容が足りません。"),
    WORDS("The time lies outside the exercise.", "時刻が演習の範囲外です。"),
    WORDS("The situation does not allow it.", "今の状況では行えません。"),
    WORDS("There are too many of these already.", "数の上限に達しています。"),
};

const struct words *event_refusal_sentence(int reason, struct str what)
{
    static const struct words gap = WORDS("The gap sheet is open: close it first, then resume.",
        "空白時間シートの記入中です。先にシートを閉じてから再開してください。");
    bool is_gap = reason == REFUSAL_NOT_NOW && str_is(what, "gap");
    return is_gap ? &gap : &refusal_sentences[reason];
}

const char *const reflection_names[REFLECTION_COUNT] = {"strength", "improvement", "surprise"};
const char *const rating_names[RATING_COUNT] = {"", "P", "S", "M", "U"};

#define ROW(kind, member, type, of, see, help)                                                     \
    {                                                                                              \
#member, type, offsetof(struct event_##kind, member), of, see, 0, NULL, 0, help            \
    }
#define OPTIONAL(kind, member, of, see, help)                                                      \
    {                                                                                              \
#member, FIELD_ID, offsetof(struct event_##kind, member), of, see, FIELD_OPTIONAL, NULL,   \
            0, help                                                                                \
    }
#define NAME(kind, member, table, see, help)                                                       \
    {                                                                                              \
#member, FIELD_NAME, offsetof(struct event_##kind, member), OF_ANY, see, 0, table,         \
            (int)(sizeof(table) / sizeof((table)[0])), help                                        \
    }
#define FIELDS(rows)                                                                               \
    {                                                                                              \
        rows, sizeof(rows) / sizeof((rows)[0])                                                     \
    }
#define NO_FIELDS                                                                                  \
    {                                                                                              \
        NULL, 0                                                                                    \
    }

static const struct field acked[] = {
    OPTIONAL(acked, inject, OF_INJECT, SEE_PARTIES, "the inject acknowledged"),
    OPTIONAL(acked, message, OF_MESSAGE, SEE_PARTIES, "the message acknowledged"),
    ROW(acked, unread, FIELD_BOOL, OF_ANY, SEE_STAFF, "acknowledged without having opened it"),
};
static const struct field acted[] = {
    ROW(acted, action, FIELD_ID, OF_ACTION, SEE_PARTIES, "what was done"),
    ROW(acted, contested, FIELD_BOOL, OF_ANY, SEE_STAFF, "without authority, and not on orders"),
    OPTIONAL(acted, order, OF_MESSAGE, SEE_PARTIES, "the order that it follows"),
    ROW(acted, reason, FIELD_TEXT, OF_ANY, SEE_PARTIES, "why"),
    ROW(acted, target, FIELD_ID, OF_ANY, SEE_PARTIES, "to what"),
};
static const struct field annulled[] = {
    ROW(annulled, event, FIELD_INT, OF_ANY, SEE_STAFF, "the event that no longer counts"),
    ROW(annulled, reason, FIELD_TEXT, OF_ANY, SEE_STAFF, "why"),
};
static const struct field answered[] = {
    ROW(answered, inject, FIELD_ID, OF_INJECT, SEE_PARTIES, "the inject answered"),
    ROW(answered, text, FIELD_TEXT, OF_ANY, SEE_PARTIES, "the answer"),
};
static const struct field arrived[] = {
    ROW(arrived, message, FIELD_ID, OF_MESSAGE, SEE_PARTIES, "what the stakeholder picked up"),
};
static const struct field assigned[] = {
    ROW(assigned, person, FIELD_ID, OF_PERSON, SEE_STAFF, "who takes the seat"),
    ROW(assigned, seat, FIELD_ID, OF_SEAT, SEE_SEATS, "the seat"),
};
static const struct field caused[] = {
    NAME(caused, cause, cause_names, SEE_STAFF, "why it was missed"),
    ROW(caused, finding, FIELD_ID, OF_ANY, SEE_STAFF, "the finding"),
    ROW(caused, text, FIELD_TEXT, OF_ANY, SEE_STAFF, "in somebody's words"),
};
static const struct field challenged[] = {
    ROW(challenged, action, FIELD_ID, OF_ACTION, SEE_PARTIES, "what was ordered"),
    ROW(challenged, message, FIELD_ID, OF_MESSAGE, SEE_PARTIES, "the order that is questioned"),
};
static const struct field claimed[] = {
    ROW(claimed, name, FIELD_TEXT, OF_ANY, SEE_STAFF, "who plays, as they call themselves"),
    ROW(claimed, released, FIELD_BOOL, OF_ANY, SEE_STAFF, "nobody plays them any more"),
    ROW(claimed, stakeholder, FIELD_ID, OF_STAKEHOLDER, SEE_STAFF, "who is played by hand"),
};
static const struct field created[] = {
    ROW(created, content, FIELD_STR, OF_ANY, SEE_STAFF, "hash of the pinned files"),
    ROW(created, difficulty, FIELD_INT, OF_ANY, SEE_STAFF, "which injects come by themselves"),
    ROW(created, lua, FIELD_STR, OF_ANY, SEE_STAFF, "release of the story language"),
    NAME(created, mode, mode_names, SEE_ALL, "how the exercise is played"),
    ROW(created, pace, FIELD_INT, OF_ANY, SEE_ALL, "story time per exercise time"),
    ROW(created, seed, FIELD_INT, OF_ANY, SEE_STAFF, "what chance is drawn from"),
    ROW(created, semantics, FIELD_INT, OF_ANY, SEE_STAFF, "version of decide and apply"),
};
static const struct field decided[] = {
    ROW(decided, contested, FIELD_BOOL, OF_ANY, SEE_STAFF, "by a seat that does not own it"),
    ROW(decided, option, FIELD_ID, OF_OPTION, SEE_PARTIES, "what was chosen"),
    ROW(decided, question, FIELD_ID, OF_QUESTION, SEE_PARTIES, "what was asked"),
    ROW(decided, reason, FIELD_TEXT, OF_ANY, SEE_PARTIES, "why"),
};
static const struct field declared[] = {
    ROW(declared, of, FIELD_ID, OF_ANY, SEE_PARTIES, "what the status is of"),
    ROW(declared, reason, FIELD_TEXT, OF_ANY, SEE_PARTIES, "why"),
    ROW(declared, status, FIELD_ID, OF_STATUS, SEE_PARTIES, "aware, classified, filed …"),
};
static const struct field delivered[] = {
    ROW(delivered, inject, FIELD_ID, OF_INJECT, SEE_PARTIES | SEE_BOARD, "what came"),
    OPTIONAL(delivered, re, OF_MESSAGE, SEE_PARTIES, "the message that it answers"),
    ROW(delivered, reason, FIELD_STR, OF_ANY, SEE_STAFF, "a story's reason for a contingency"),
    ROW(delivered, to, FIELD_IDS, OF_ROLE, SEE_PARTIES | SEE_BOARD, "to which roles"),
    NAME(delivered, via, channel_names, SEE_PARTIES | SEE_BOARD, "how"),
    NAME(delivered, why, why_names, SEE_STAFF, "what made it come"),
};
static const struct field disputed[] = {
    ROW(disputed, finding, FIELD_ID, OF_ANY, SEE_PARTIES, "the finding that the actor disputes"),
    ROW(disputed, text, FIELD_TEXT, OF_ANY, SEE_PARTIES, "why"),
};
static const struct field edited[] = {
    ROW(edited, body, FIELD_TEXT, OF_ANY, SEE_STAFF, "the new text"),
    ROW(edited, inject, FIELD_ID, OF_INJECT, SEE_STAFF, "the inject changed"),
    ROW(edited, title, FIELD_TEXT, OF_ANY, SEE_STAFF, "the new title"),
    ROW(edited, to, FIELD_IDS, OF_ROLE, SEE_STAFF, "the new audience"),
};
static const struct field ended[] = {
    ROW(ended, by_story, FIELD_BOOL, OF_ANY, SEE_STAFF, "the story came to its end"),
};
static const struct field expired[] = {
    ROW(expired, question, FIELD_ID, OF_QUESTION, SEE_PARTIES, "nobody decided in time"),
};
static const struct field fault[] = {
    ROW(fault, file, FIELD_STR, OF_ANY, SEE_FACILITATOR, "where the mistake stands"),
    ROW(fault, line, FIELD_INT, OF_ANY, SEE_FACILITATOR, "its line"),
    ROW(fault, message, FIELD_STR, OF_ANY, SEE_FACILITATOR, "what is wrong"),
    ROW(fault, reaction, FIELD_INT, OF_ANY, SEE_FACILITATOR, "which reaction failed"),
    ROW(fault, story, FIELD_STR, OF_ANY, SEE_FACILITATOR, "the story that stopped"),
};
static const struct field forwarded[] = {
    ROW(forwarded, message, FIELD_ID, OF_MESSAGE, SEE_PARTIES, "what the actor did not answer"),
    ROW(forwarded, party, FIELD_ID, OF_STAKEHOLDER, SEE_PARTIES, "to whom it went on"),
};
static const struct field gap_opened[] = {
    OPTIONAL(gap_opened, phase, OF_PHASE, SEE_STAFF, "the phase that begins then"),
    ROW(gap_opened, until_story_ms, FIELD_INT, OF_ANY, SEE_ALL, "where the story will go on"),
};
static const struct field handed_off[] = {
    ROW(handed_off, facts, FIELD_IDS, OF_FACT, SEE_PARTIES, "what was passed on; none: everything"),
    ROW(handed_off, text, FIELD_TEXT, OF_ANY, SEE_PARTIES, "the handover note"),
    ROW(handed_off, to, FIELD_ID, OF_ROLE, SEE_PARTIES, "who takes over"),
};
static const struct field heard[] = {
    ROW(heard, facts, FIELD_IDS, OF_FACT, SEE_PARTIES, "what was heard"),
    OPTIONAL(heard, from, OF_PARTY, SEE_PARTIES, "from whom"),
    ROW(heard, text, FIELD_TEXT, OF_ANY, SEE_PARTIES, "in their words"),
};
static const struct field held[] = {
    ROW(held, inject, FIELD_ID, OF_INJECT, SEE_STAFF, "kept back until fired by hand"),
};
static const struct field hinted[] = {
    OPTIONAL(hinted, hint, OF_HINT, SEE_PARTIES, "the written hint, or"),
    ROW(hinted, rule, FIELD_ID, OF_ANY, SEE_STAFF, "the rule it helps with"),
    ROW(hinted, text, FIELD_TEXT, OF_ANY, SEE_PARTIES, "the hint"),
    ROW(hinted, to, FIELD_IDS, OF_ROLE, SEE_PARTIES, "to whom"),
};
static const struct field hot_wash[] = {
    ROW(hot_wash, length_ms, FIELD_MS, OF_ANY, SEE_ALL, "how long it may take; none: it is over"),
};
static const struct field improvised[] = {
    ROW(improvised, body, FIELD_TEXT, OF_ANY, SEE_STAFF, "the text"),
    ROW(improvised, facts, FIELD_IDS, OF_FACT, SEE_STAFF, "the facts it carries"),
    ROW(improvised, from, FIELD_STR, OF_ANY, SEE_STAFF, "who seems to send it"),
    ROW(improvised, inject, FIELD_ID, OF_ANY, SEE_STAFF, "the id it goes by"),
    ROW(improvised, title, FIELD_TEXT, OF_ANY, SEE_STAFF, "the title"),
    NAME(improvised, tlp, tlp_names, SEE_STAFF, "its marking"),
    ROW(improvised, to, FIELD_IDS, OF_ROLE, SEE_STAFF, "to which roles"),
    NAME(improvised, via, channel_names, SEE_STAFF, "how"),
};
static const struct field jumped[] = {
    ROW(jumped, story_ms, FIELD_INT, OF_ANY, SEE_ALL, "the calendar after the jump"),
};
static const struct field learned[] = {
    ROW(learned, fact, FIELD_ID, OF_FACT, SEE_PARTIES, "what the actor knows from now on"),
    OPTIONAL(
        learned, replaces, OF_FACT, SEE_PARTIES, "the older card that the actor had, put right"),
    NAME(learned, source, source_names, SEE_PARTIES, "how"),
    ROW(learned, through, FIELD_ID, OF_ANY, SEE_PARTIES, "the inject, message or person"),
};
static const struct field messaged[] = {
    ROW(messaged, ack_within_ms, FIELD_MS, OF_ANY, SEE_PARTIES, "asks for an ack within"),
    OPTIONAL(messaged, action, OF_ACTION, SEE_PARTIES, "what is ordered"),
    ROW(messaged, approved, FIELD_BOOL, OF_ANY, SEE_PARTIES, "somebody else approved this text"),
    ROW(messaged, contested, FIELD_BOOL, OF_ANY, SEE_STAFF,
        "ordered without authority, or one's own draft approved"),
    OPTIONAL(messaged, draft, OF_MESSAGE, SEE_PARTIES, "the draft approved, or made public"),
    ROW(messaged, draft_text, FIELD_TEXT, OF_ANY, SEE_STAFF, "the very text that is approved"),
    ROW(messaged, facts, FIELD_IDS, OF_FACT, SEE_PARTIES, "the facts it carries"),
    ROW(messaged, message, FIELD_ID, OF_ANY, SEE_PARTIES, "the id it goes by"),
    ROW(messaged, next_update_ms, FIELD_MS, OF_ANY, SEE_PARTIES, "promises the next news within"),
    ROW(messaged, re, FIELD_ID, OF_ANY, SEE_PARTIES, "the message or inject it answers"),
    ROW(messaged, readback, FIELD_BOOL, OF_ANY, SEE_PARTIES, "asks to be read back"),
    ROW(messaged, target, FIELD_ID, OF_ANY, SEE_PARTIES, "at what the order aims"),
    ROW(messaged, text, FIELD_TEXT, OF_ANY, SEE_PARTIES, "the words"),
    NAME(messaged, tlp, tlp_names, SEE_PARTIES, "its marking"),
    ROW(messaged, to, FIELD_IDS, OF_PARTY, SEE_PARTIES, "to whom"),
    NAME(messaged, type, message_type_names, SEE_PARTIES, "what kind of message"),
    ROW(messaged, unknown, FIELD_IDS, OF_SLOT, SEE_PARTIES, "what it says is not known yet"),
    ROW(messaged, unread, FIELD_BOOL, OF_ANY, SEE_STAFF, "approved without having opened it"),
    NAME(messaged, via, channel_names, SEE_PARTIES, "how"),
};
static const struct field noted[] = {
    ROW(noted, text, FIELD_TEXT, OF_ANY, SEE_PARTIES, "the note"),
};
static const struct field observed[] = {
    ROW(observed, name, FIELD_TEXT, OF_ANY, SEE_STAFF, "who saw it, as they call themselves"),
    ROW(observed, rule, FIELD_ID, OF_ANY, SEE_STAFF, "the rule it is about"),
    ROW(observed, text, FIELD_TEXT, OF_ANY, SEE_STAFF, "what the evaluator saw"),
};
static const struct field opened[] = {
    OPTIONAL(opened, inject, OF_INJECT, SEE_PARTIES, "the inject opened"),
    OPTIONAL(opened, message, OF_MESSAGE, SEE_PARTIES, "the message opened"),
};
static const struct field pace_changed[] = {
    ROW(pace_changed, pace, FIELD_INT, OF_ANY, SEE_ALL, "story time per exercise time"),
};
static const struct field paused[] = {
    ROW(paused, gap_ms, FIELD_INT, OF_ANY, SEE_ALL, "an outage's length on the wall"),
    NAME(paused, reason, pause_reason_names, SEE_ALL, "why the clock stands"),
};
static const struct field phase_changed[] = {
    ROW(phase_changed, phase, FIELD_ID, OF_PHASE, SEE_STAFF, "the phase that begins"),
};
static const struct field rated[] = {
    ROW(rated, by, FIELD_ID, OF_ANY, SEE_STAFF, "which evaluator, where there are several"),
    ROW(rated, capability, FIELD_ID, OF_ANY, SEE_STAFF, "what is rated"),
    NAME(rated, rating, rating_names, SEE_STAFF, "P, S, M or U"),
    ROW(rated, text, FIELD_TEXT, OF_ANY, SEE_STAFF, "why"),
};
static const struct field reached[] = {
    ROW(reached, message, FIELD_ID, OF_MESSAGE, SEE_PARTIES, "what has reached the actor"),
};
static const struct field read_back[] = {
    ROW(read_back, message, FIELD_ID, OF_MESSAGE, SEE_PARTIES, "the order repeated"),
    ROW(read_back, text, FIELD_TEXT, OF_ANY, SEE_PARTIES, "in the receiver's words"),
};
static const struct field receiver_tested[] = {
    ROW(receiver_tested, ask, FIELD_BOOL, OF_ANY, SEE_STAFF, "they knew what is asked of them"),
    ROW(receiver_tested, by_when, FIELD_BOOL, OF_ANY, SEE_STAFF, "and by when"),
    ROW(receiver_tested, message, FIELD_ID, OF_MESSAGE, SEE_STAFF, "what they had read or heard"),
    ROW(receiver_tested, unknown, FIELD_BOOL, OF_ANY, SEE_STAFF, "and what is not known"),
};
static const struct field reflected[] = {
    NAME(reflected, about, reflection_names, SEE_SEATS, "strength, improvement or surprise"),
    ROW(reflected, reflection, FIELD_ID, OF_ANY, SEE_SEATS, "the id it goes by"),
    OPTIONAL(reflected, role, OF_ROLE, SEE_SEATS, "the role it is about"),
    ROW(reflected, text, FIELD_TEXT, OF_ANY, SEE_SEATS, "in one sentence"),
};
static const struct field refused[] = {
    ROW(refused, input_name, FIELD_STR, OF_ANY, SEE_PARTIES, "what was tried"),
    NAME(refused, reason, refusal_names, SEE_PARTIES, "why it is not possible"),
    ROW(refused, what, FIELD_STR, OF_ANY, SEE_PARTIES, "with what"),
};
static const struct field ruled[] = {
    ROW(ruled, finding, FIELD_ID, OF_ANY, SEE_SEATS, "the finding ruled on"),
    ROW(ruled, text, FIELD_TEXT, OF_ANY, SEE_SEATS, "the ruling"),
    NAME(ruled, verdict, ruling_names, SEE_SEATS, "what it makes of the finding"),
};
static const struct field said[] = {
    ROW(said, facts, FIELD_IDS, OF_FACT, SEE_SEATS, "what was said"),
    ROW(said, text, FIELD_TEXT, OF_ANY, SEE_SEATS, "in these words"),
    ROW(said, to, FIELD_IDS, OF_PARTY, SEE_SEATS, "to whom"),
};
static const struct field scheduled[] = {
    ROW(scheduled, due_ms, FIELD_INT, OF_ANY, SEE_STAFF, "when it will come"),
    ROW(scheduled, inject, FIELD_ID, OF_INJECT, SEE_STAFF, "the inject"),
    OPTIONAL(scheduled, re, OF_MESSAGE, SEE_STAFF, "the message that it will answer"),
    ROW(scheduled, reason, FIELD_STR, OF_ANY, SEE_STAFF, "a story's reason for a contingency"),
};
static const struct field skipped[] = {
    ROW(skipped, inject, FIELD_ID, OF_INJECT, SEE_STAFF, "the inject that will not come"),
    NAME(skipped, why, why_names, SEE_STAFF, "by hand, or because it had come already"),
};
static const struct field started[] = {
    ROW(started, language, FIELD_STR, OF_ANY, SEE_ALL, "the language of the room"),
};
static const struct field stopped[] = {
    ROW(stopped, text, FIELD_TEXT, OF_ANY, SEE_ALL, "what people must know"),
};
static const struct field unreached[] = {
    ROW(unreached, message, FIELD_ID, OF_MESSAGE, SEE_PARTIES, "what did not get through"),
    ROW(unreached, party, FIELD_ID, OF_STAKEHOLDER, SEE_PARTIES, "whom it did not reach"),
    NAME(unreached, reason, unreached_reason_names, SEE_PARTIES, "why"),
};
static const struct field withdrawn[] = {
    ROW(withdrawn, reflection, FIELD_ID, OF_ANY, SEE_SEATS, "what no longer stands"),
};
static const struct field world_set[] = {
    ROW(world_set, name, FIELD_ID, OF_WORLD, SEE_STAFF, "which value of the world"),
    ROW(world_set, value, FIELD_ID, OF_ANY, SEE_STAFF, "what it is now"),
};

const struct event_kind_row event_kinds[EVENT_KIND_COUNT] = {
    {"acked", FIELDS(acked), SEE_PARTIES, "input ack", "nothing; rules look for it"},
    {"acted", FIELDS(acted), SEE_PARTIES, "input act, input reply_as, clock",
        "nothing; stories answer it"},
    {"annulled", FIELDS(annulled), SEE_STAFF, "input annul",
        "counts it; the world is not turned back, scores leave the event out"},
    {"answered", FIELDS(answered), SEE_PARTIES, "input answer", "nothing"},
    {"arrived", FIELDS(arrived), SEE_PARTIES, "clock",
        "the stakeholder begins to read when free; sets the reading timer"},
    {"assigned", FIELDS(assigned), SEE_SEATS, "input assign", "the seat's person changes"},
    {"caused", FIELDS(caused), SEE_STAFF, "input cause", "nothing"},
    {"challenged", FIELDS(challenged), SEE_STAFF | SEE_AUDIENCE, "clock, input reply_as",
        "nothing: the stakeholder asks on whose authority"},
    {"checked-in", NO_FIELDS, SEE_SEATS, "input check_in", "the seat is there"},
    {"claimed", FIELDS(claimed), SEE_STAFF, "input claim", "who plays the stakeholder is noted"},
    {"created", FIELDS(created), SEE_ALL, "input create",
        "mode, pace, seed and difficulty; status ready"},
    {"decided", FIELDS(decided), SEE_PARTIES, "input decide",
        "the question is closed, its timer cancelled"},
    {"declared", FIELDS(declared), SEE_PARTIES, "input declare", "nothing; clocks of rules start"},
    {"delivered", FIELDS(delivered), SEE_STAFF | SEE_AUDIENCE | SEE_BOARD,
        "clock, story, input fire, input improvise",
        "the inject has come; its questions open; what waits for it is set"},
    {"disputed", FIELDS(disputed), SEE_STAFF | SEE_ACTOR, "input dispute", "nothing"},
    {"edited", FIELDS(edited), SEE_STAFF, "input edit", "the inject's text or audience changes"},
    {"ended", FIELDS(ended), SEE_ALL, "input end, story", "ENDEX: all timers are cancelled"},
    {"expired", FIELDS(expired), SEE_STAFF | SEE_AUDIENCE, "clock", "the question is closed"},
    {"fault", FIELDS(fault), SEE_FACILITATOR, "story", "nothing; that story stays silent"},
    {"findings-shared", NO_FIELDS, SEE_SEATS, "input share_findings",
        "seats may read the findings that matter most"},
    {"forwarded", FIELDS(forwarded), SEE_STAFF | SEE_AUDIENCE, "clock",
        "the deputy is looked for in the stakeholder's place"},
    {"gap-opened", FIELDS(gap_opened), SEE_ALL, "input jump",
        "the clock stands; the sheet is open"},
    {"handed-off", FIELDS(handed_off), SEE_PARTIES, "input handoff", "nothing; learned follows"},
    {"heard", FIELDS(heard), SEE_PARTIES, "input heard", "nothing; learned follows"},
    {"held", FIELDS(held), SEE_STAFF, "input hold", "the inject comes only by hand"},
    {"hinted", FIELDS(hinted), SEE_STAFF | SEE_AUDIENCE, "input hint", "nothing; rules count it"},
    {"hot-wash", FIELDS(hot_wash), SEE_ALL, "input hot_wash", "nothing; pages count down"},
    {"improvised", FIELDS(improvised), SEE_STAFF, "input improvise", "the inject exists"},
    {"jumped", FIELDS(jumped), SEE_ALL, "input jump", "story time moves; the gap sheet closes"},
    {"learned", FIELDS(learned), SEE_STAFF | SEE_ACTOR, "any event that carries facts",
        "the actor's person knows the fact"},
    {"left", NO_FIELDS, SEE_STAFF, "input presence",
        "the seat is away; findings tell for how long"},
    {"messaged", FIELDS(messaged), SEE_PARTIES, "input message, input reply_as, story",
        "the message exists; stakeholders' contact timers are set"},
    {"moved-on", NO_FIELDS, SEE_STAFF, "input next",
        "nothing; the clock moves to what is due, and on until the room has something new"},
    {"noted", FIELDS(noted), SEE_STAFF | SEE_ACTOR, "input note", "nothing"},
    {"observed", FIELDS(observed), SEE_STAFF, "input observe", "nothing"},
    {"opened", FIELDS(opened), SEE_STAFF | SEE_ACTOR,
        "input open; in mode discuss whatever delivers", "the seat has opened it"},
    {"pace-changed", FIELDS(pace_changed), SEE_ALL, "input pace", "story time runs at this pace"},
    {"paused", FIELDS(paused), SEE_ALL, "input pause, input outage", "the clock stands"},
    {"phase-changed", FIELDS(phase_changed), SEE_ALL, "input phase, input jump, story",
        "the phase"},
    {"rated", FIELDS(rated), SEE_STAFF, "input rate", "nothing"},
    {"reached", FIELDS(reached), SEE_STAFF | SEE_AUDIENCE, "clock, input open, input reply_as",
        "nothing; learned follows"},
    {"read-back", FIELDS(read_back), SEE_PARTIES, "input readback", "nothing; rules look for it"},
    {"receiver-tested", FIELDS(receiver_tested), SEE_STAFF, "input receiver_test",
        "nothing; rules look for it"},
    {"reflected", FIELDS(reflected), SEE_SEATS, "input reflect",
        "it stands until its author withdraws it"},
    {"refused", FIELDS(refused), SEE_FACILITATOR | SEE_ACTOR, "any input", "nothing"},
    {"resumed", NO_FIELDS, SEE_ALL, "input resume", "the clock runs"},
    {"returned", NO_FIELDS, SEE_STAFF, "input presence", "the seat is there again"},
    {"ruled", FIELDS(ruled), SEE_SEATS, "input ruling", "nothing; the finding's verdict"},
    {"said", FIELDS(said), SEE_PARTIES, "input said", "nothing; learned follows"},
    {"scheduled", FIELDS(scheduled), SEE_STAFF, "story, input fire", "sets the inject's timer"},
    {"sealed", NO_FIELDS, SEE_ALL, "input seal", "nothing can be added any more"},
    {"skipped", FIELDS(skipped), SEE_STAFF, "input skip, story",
        "the inject's timers are cancelled"},
    {"started", FIELDS(started), SEE_ALL, "input start", "STARTEX: the clock runs from 0"},
    {"stopped", FIELDS(stopped), SEE_ALL, "input stop_real_incident", "everything stands for good"},
    {"unreached", FIELDS(unreached), SEE_STAFF | SEE_AUDIENCE, "clock", "nothing"},
    {"warm-up", NO_FIELDS, SEE_ALL, "input warm_up", "nobody has checked in yet"},
    {"withdrawn", FIELDS(withdrawn), SEE_SEATS, "input withdraw", "it stands no longer"},
    {"world-set", FIELDS(world_set), SEE_STAFF, "story, input set", "the value changes"},
};

bool event_kind_find(struct str name, enum event_kind *ret_kind)
{
    for (int kind = 0; kind < EVENT_KIND_COUNT; kind++) {
        if (str_is(name, event_kinds[kind].name)) {
            *ret_kind = (enum event_kind)kind;
            return true;
        }
    }
    return false;
}

void event_write_body(const struct event *event, unsigned see, struct json_write *json)
{
    json_write_object(json);
    field_write(event_kinds[event->kind].fields, &event->body, see, json);
    json_write_end(json);
}

static void write_nonzero(struct json_write *json, const char *key, int64_t value)
{
    if (value != 0)
        json_write_key_int(json, key, value);
}

void event_write(const struct event *event, struct buf *out)
{
    struct json_write json;
    json_write_init(&json, out);
    json_write_object(&json);
    json_write_key_str(&json, "actor", event->actor);
    json_write_key_int(&json, "at_ms", event->at_ms);
    json_write_key(&json, STR("body"));
    event_write_body(event, SEE_ALL, &json);
    write_nonzero(&json, "cause", event->cause);
    write_nonzero(&json, "input", event->input);
    json_write_key_str(&json, "kind", str_of(event_kinds[event->kind].name));
    if (event->observed_ms != event->at_ms)
        json_write_key_int(&json, "observed_ms", event->observed_ms);
    if (event->proxy)
        json_write_key_bool(&json, "proxy", true);
    json_write_key_int(&json, "seq", event->seq);
    json_write_key_int(&json, "story_ms", event->story_ms);
    json_write_end(&json);
}

/* The envelope's members, in the order of a canonical line. */
enum {
    LINE_ACTOR,
    LINE_AT_MS,
    LINE_BODY,
    LINE_CAUSE,
    LINE_INPUT,
    LINE_KIND,
    LINE_OBSERVED_MS,
    LINE_PROXY,
    LINE_SEQ,
    LINE_STORY_MS,
    LINE_COUNT
};
static const char *const line_keys[LINE_COUNT] = {
    "actor", "at_ms", "body", "cause", "input", "kind", "observed_ms", "proxy", "seq", "story_ms"};

static bool read_optional(struct str raw, int64_t *ret_value)
{
    return raw.len == 0 || json_to_int(raw, ret_value);
}

bool event_read(struct str line, struct arena *arena, struct event *ret_event, struct err *reterr)
{
    struct event event = {0};
    struct str kind = {0}, parts[LINE_COUNT];
    json_get_all(line, line_keys, LINE_COUNT, parts);
    if (!json_to_str(parts[LINE_KIND], arena, &kind) || !event_kind_find(kind, &event.kind))
        return err_set(
            reterr, ERR_IO, "the record holds an event of unknown kind \"%.*s\"", STR_ARG(kind));
    bool ok = json_to_str(parts[LINE_ACTOR], arena, &event.actor) &&
              json_to_int(parts[LINE_AT_MS], &event.at_ms) &&
              json_to_int(parts[LINE_SEQ], &event.seq) &&
              json_to_int(parts[LINE_STORY_MS], &event.story_ms) &&
              read_optional(parts[LINE_CAUSE], &event.cause) &&
              read_optional(parts[LINE_INPUT], &event.input);
    event.observed_ms = event.at_ms;
    ok = ok && read_optional(parts[LINE_OBSERVED_MS], &event.observed_ms);
    if (!ok)
        return err_set(
            reterr, ERR_IO, "event of kind %.*s lacks a part of its envelope", STR_ARG(kind));
    if (parts[LINE_PROXY].len != 0)
        json_to_bool(parts[LINE_PROXY], &event.proxy);
    if (!field_read(event_kinds[event.kind].fields, parts[LINE_BODY], arena, &event.body, reterr))
        return false;
    *ret_event = event;
    return true;
}

struct event *events_add(struct events *events, enum event_kind kind, struct str actor)
{
    events->items = arena_grow(
        events->arena, events->items, events->count, &events->capacity, sizeof(struct event));
    struct event *event = &events->items[events->count++];
    memset(event, 0, sizeof(*event));
    event->kind = kind;
    event->actor = actor;
    event->observed_ms = -1; /* not a late entry; the machine dates it */
    return event;
}
