/* The catalogue of inputs: who may do what, when, with which fields.
 *
 * decide.c answers them; docs/events.md is made from these rows. Field names ending in _ms lose the
 * ending in the input language, where they are durations: "ack_within":"5m". */
#include "core/input.h"

#include <assert.h>

#include "base/json_read.h"
#include "base/limits.h"

const char *const status_names[STATUS_COUNT] = {
    "new", "ready", "running", "paused", "ended", "sealed", "stopped"};

#define ROW(type, member, kind, of, flags, help)                                                   \
    {                                                                                              \
#member, kind, offsetof(struct type, member), of, 0, flags, NULL, 0, help                  \
    }
#define NAME(type, member, table, flags, help)                                                     \
    {                                                                                              \
#member, FIELD_NAME, offsetof(struct type, member), OF_ANY, 0, flags, table,               \
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
#define MUST FIELD_REQUIRED

static const struct field ack[] = {
    ROW(event_acked, inject, FIELD_ID, OF_INJECT, 0, "the inject, or"),
    ROW(event_acked, message, FIELD_ID, OF_MESSAGE, 0, "the message acknowledged"),
};
static const struct field act[] = {
    ROW(event_acted, action, FIELD_ID, OF_ACTION, MUST, "what is done"),
    ROW(event_acted, reason, FIELD_TEXT, OF_ANY, 0, "why"),
    ROW(event_acted, target, FIELD_ID, OF_ANY, 0, "to what"),
};
static const struct field annul[] = {
    ROW(event_annulled, event, FIELD_INT, OF_ANY, MUST, "seq of the event that shall not count"),
    ROW(event_annulled, reason, FIELD_TEXT, OF_ANY, 0, "why"),
};
static const struct field answer[] = {
    ROW(event_answered, inject, FIELD_ID, OF_INJECT, MUST, "the inject answered"),
    ROW(event_answered, text, FIELD_TEXT, OF_ANY, MUST, "the answer"),
};
static const struct field assign[] = {
    ROW(event_assigned, person, FIELD_ID, OF_PERSON, MUST, "who takes the seat"),
    ROW(event_assigned, seat, FIELD_ID, OF_SEAT, MUST, "the seat"),
};
static const struct field cause[] = {
    NAME(event_caused, cause, cause_names, MUST, "skill, procedure, authority …"),
    ROW(event_caused, finding, FIELD_ID, OF_ANY, MUST, "the finding, by its name"),
    ROW(event_caused, text, FIELD_TEXT, OF_ANY, 0, "in one's own words"),
};
static const struct field claim[] = {
    ROW(event_claimed, name, FIELD_TEXT, OF_ANY, 0, "who plays: several may be facilitator"),
    ROW(event_claimed, released, FIELD_BOOL, OF_ANY, 0, "true: nobody plays them any more"),
    ROW(event_claimed, stakeholder, FIELD_ID, OF_STAKEHOLDER, MUST, "whom to play by hand"),
};
static const struct field create[] = {
    ROW(event_created, content, FIELD_STR, OF_ANY, MUST, "hash of the pinned files"),
    ROW(event_created, difficulty, FIELD_INT, OF_ANY, 0,
        "0 to 3: which injects come by themselves"),
    ROW(event_created, lua, FIELD_STR, OF_ANY, MUST, "release of the story language"),
    NAME(event_created, mode, mode_names, MUST, "discuss, paced or live"),
    ROW(event_created, pace, FIELD_INT, OF_ANY, MUST, "story time per exercise time"),
    ROW(event_created, seed, FIELD_INT, OF_ANY, 0, "what chance is drawn from"),
    ROW(event_created, semantics, FIELD_INT, OF_ANY, MUST, "version of decide and apply"),
};
static const struct field decide[] = {
    ROW(event_decided, option, FIELD_ID, OF_OPTION, MUST, "what is chosen"),
    ROW(event_decided, question, FIELD_ID, OF_QUESTION, MUST, "what was asked"),
    ROW(event_decided, reason, FIELD_TEXT, OF_ANY, 0, "why"),
};
static const struct field declare[] = {
    ROW(event_declared, of, FIELD_ID, OF_ANY, 0, "what the status is of"),
    ROW(event_declared, reason, FIELD_TEXT, OF_ANY, 0, "why"),
    ROW(event_declared, status, FIELD_ID, OF_STATUS, MUST, "aware, classified, filed …"),
};
static const struct field dispute[] = {
    ROW(event_disputed, finding, FIELD_ID, OF_ANY, MUST, "the finding, by its name"),
    ROW(event_disputed, text, FIELD_TEXT, OF_ANY, MUST, "why it is not right"),
};
static const struct field edit[] = {
    ROW(event_edited, body, FIELD_TEXT, OF_ANY, 0, "the new text"),
    ROW(event_edited, inject, FIELD_ID, OF_INJECT, MUST, "an inject that has not come yet"),
    ROW(event_edited, title, FIELD_TEXT, OF_ANY, 0, "the new title"),
    ROW(event_edited, to, FIELD_IDS, OF_ROLE, 0, "the new audience"),
};
static const struct field fault[] = {
    ROW(event_fault, file, FIELD_STR, OF_ANY, 0, "where the mistake stands"),
    ROW(event_fault, line, FIELD_INT, OF_ANY, 0, "its line"),
    ROW(event_fault, message, FIELD_STR, OF_ANY, MUST, "what is wrong"),
    ROW(event_fault, reaction, FIELD_INT, OF_ANY, 0, "which reaction failed"),
    ROW(event_fault, story, FIELD_STR, OF_ANY, 0, "the story that stopped"),
};
static const struct field fire[] = {
    ROW(input_fire, after_ms, FIELD_MS, OF_ANY, 0, "not now but after"),
    ROW(input_fire, inject, FIELD_ID, OF_INJECT, MUST, "the inject"),
    ROW(input_fire, re, FIELD_ID, OF_MESSAGE, 0, "as an answer to the sender of this message"),
    ROW(input_fire, reason, FIELD_STR, OF_ANY, 0, "a story's reason for a contingency"),
};
static const struct field handoff[] = {
    ROW(event_handed_off, facts, FIELD_IDS, OF_FACT, 0, "what is passed on; none: all one knows"),
    ROW(event_handed_off, text, FIELD_TEXT, OF_ANY, 0, "the handover note"),
    ROW(event_handed_off, to, FIELD_ID, OF_ROLE, MUST, "who takes over"),
};
static const struct field heard[] = {
    ROW(event_heard, facts, FIELD_IDS, OF_FACT, 0, "what was heard"),
    ROW(event_heard, from, FIELD_ID, OF_PARTY, 0, "from whom"),
    ROW(event_heard, text, FIELD_TEXT, OF_ANY, 0, "in their words"),
};
static const struct field hint[] = {
    ROW(event_hinted, hint, FIELD_ID, OF_HINT, 0, "one that is written in the scenario, or"),
    ROW(event_hinted, rule, FIELD_ID, OF_ANY, 0, "the rule it helps with"),
    ROW(event_hinted, text, FIELD_TEXT, OF_ANY, 0, "the hint"),
    ROW(event_hinted, to, FIELD_IDS, OF_ROLE, 0, "to whom"),
};
static const struct field hold[] = {
    ROW(event_held, inject, FIELD_ID, OF_INJECT, MUST, "kept back until fired"),
};
static const struct field hot_wash[] = {
    ROW(event_hot_wash, length_ms, FIELD_MS, OF_ANY, 0, "how long it may take; none: it is over"),
};
static const struct field improvise[] = {
    ROW(event_improvised, body, FIELD_TEXT, OF_ANY, 0, "the text"),
    ROW(event_improvised, facts, FIELD_IDS, OF_FACT, 0, "the facts it carries"),
    ROW(event_improvised, from, FIELD_STR, OF_ANY, MUST, "who seems to send it"),
    ROW(event_improvised, title, FIELD_TEXT, OF_ANY, MUST, "the title"),
    NAME(event_improvised, tlp, tlp_names, 0, "its marking"),
    ROW(event_improvised, to, FIELD_IDS, OF_ROLE, MUST, "to which roles"),
    NAME(event_improvised, via, channel_names, 0, "how"),
};
static const struct field jump[] = {
    ROW(input_jump, by_ms, FIELD_MS, OF_ANY, 0, "how far the calendar goes; none: close the sheet"),
    ROW(input_jump, phase, FIELD_ID, OF_PHASE, 0, "to where this phase begins"),
    ROW(input_jump, sheet, FIELD_BOOL, OF_ANY, 0, "open a gap sheet first"),
};
static const struct field message[] = {
    ROW(event_messaged, ack_within_ms, FIELD_MS, OF_ANY, 0, "asks for an ack within"),
    ROW(event_messaged, action, FIELD_ID, OF_ACTION, 0, "what is ordered"),
    ROW(event_messaged, draft, FIELD_ID, OF_MESSAGE, 0,
        "the draft that it approves or makes public"),
    ROW(event_messaged, facts, FIELD_IDS, OF_FACT, 0, "the facts it carries"),
    ROW(event_messaged, next_update_ms, FIELD_MS, OF_ANY, 0, "promises the next news within"),
    ROW(event_messaged, re, FIELD_ID, OF_ANY, 0, "the message or inject it answers"),
    ROW(event_messaged, readback, FIELD_BOOL, OF_ANY, 0, "asks to be read back"),
    ROW(event_messaged, target, FIELD_ID, OF_ANY, 0, "at what the order aims"),
    ROW(event_messaged, text, FIELD_TEXT, OF_ANY, 0, "the words"),
    NAME(event_messaged, tlp, tlp_names, 0, "its marking"),
    ROW(event_messaged, to, FIELD_IDS, OF_PARTY, MUST, "to whom"),
    NAME(event_messaged, type, message_type_names, MUST, "what kind of message"),
    ROW(event_messaged, unknown, FIELD_IDS, OF_SLOT, 0, "what it says is not known yet"),
    NAME(event_messaged, via, channel_names, 0, "how"),
};
static const struct field note[] = {
    ROW(event_noted, text, FIELD_TEXT, OF_ANY, MUST, "the note"),
};
static const struct field observe[] = {
    ROW(event_observed, name, FIELD_TEXT, OF_ANY, 0, "who saw it: there may be several"),
    ROW(event_observed, rule, FIELD_ID, OF_ANY, 0, "the rule it is about"),
    ROW(event_observed, text, FIELD_TEXT, OF_ANY, MUST, "what was seen"),
};
static const struct field open[] = {
    ROW(event_opened, inject, FIELD_ID, OF_INJECT, 0, "the inject, or"),
    ROW(event_opened, message, FIELD_ID, OF_MESSAGE, 0, "the message opened"),
};
static const struct field outage[] = {
    ROW(input_outage, gap_ms, FIELD_INT, OF_ANY, 0, "how long the program was away"),
};
static const struct field pace[] = {
    ROW(event_pace_changed, pace, FIELD_INT, OF_ANY, MUST, "story time per exercise time"),
};
static const struct field phase[] = {
    ROW(event_phase_changed, phase, FIELD_ID, OF_PHASE, MUST, "the phase that begins"),
};
static const struct field presence[] = {
    ROW(input_presence, away, FIELD_BOOL, OF_ANY, 0, "nobody looks at the seat's page"),
    ROW(input_presence, seat, FIELD_ID, OF_SEAT, MUST, "whose page it is"),
};
static const struct field rate[] = {
    ROW(event_rated, by, FIELD_ID, OF_ANY, 0, "which evaluator, where there are several"),
    ROW(event_rated, capability, FIELD_ID, OF_ANY, MUST, "what is rated"),
    NAME(event_rated, rating, rating_names, MUST, "P, S, M or U"),
    ROW(event_rated, text, FIELD_TEXT, OF_ANY, 0, "why"),
};
static const struct field readback[] = {
    ROW(event_read_back, message, FIELD_ID, OF_MESSAGE, MUST, "the order repeated"),
    ROW(event_read_back, text, FIELD_TEXT, OF_ANY, MUST, "in one's own words"),
};
static const struct field receiver_test[] = {
    ROW(event_receiver_tested, ask, FIELD_BOOL, OF_ANY, 0, "the reader knows what is asked"),
    ROW(event_receiver_tested, by_when, FIELD_BOOL, OF_ANY, 0, "and by when"),
    ROW(event_receiver_tested, message, FIELD_ID, OF_MESSAGE, MUST, "what was read or heard"),
    ROW(event_receiver_tested, unknown, FIELD_BOOL, OF_ANY, 0, "and what is not known"),
};
static const struct field reflect[] = {
    NAME(event_reflected, about, reflection_names, MUST, "strength, improvement or surprise"),
    ROW(event_reflected, role, FIELD_ID, OF_ROLE, 0, "the role it is about; none: all of us"),
    ROW(event_reflected, text, FIELD_TEXT, OF_ANY, MUST, "in one sentence"),
};
static const struct field reply_as[] = {
    ROW(input_reply_as, action, FIELD_ID, OF_ACTION, 0, "what is ordered"),
    ROW(input_reply_as, as, FIELD_ID, OF_STAKEHOLDER, MUST, "who answers"),
    ROW(input_reply_as, facts, FIELD_IDS, OF_FACT, 0, "the facts it carries"),
    ROW(input_reply_as, re, FIELD_ID, OF_MESSAGE, 0, "the message answered"),
    ROW(input_reply_as, target, FIELD_ID, OF_ANY, 0, "at what the order aims"),
    ROW(input_reply_as, text, FIELD_TEXT, OF_ANY, 0, "the words"),
    NAME(input_reply_as, tlp, tlp_names, 0, "its marking"),
    ROW(input_reply_as, to, FIELD_IDS, OF_ROLE, MUST, "to which roles"),
    NAME(input_reply_as, type, message_type_names, 0, "what kind of message"),
    NAME(input_reply_as, via, channel_names, 0, "how"),
};
static const struct field reveal[] = {
    ROW(input_reveal, fact, FIELD_ID, OF_FACT, MUST, "what becomes known"),
    ROW(input_reveal, to, FIELD_IDS, OF_ROLE, MUST, "to whom"),
};
static const struct field ruling[] = {
    ROW(event_ruled, finding, FIELD_ID, OF_ANY, MUST, "the finding ruled on"),
    ROW(event_ruled, text, FIELD_TEXT, OF_ANY, MUST, "the ruling"),
    NAME(event_ruled, verdict, ruling_names, 0, "what the finding shall be; none: it stands"),
};
static const struct field said[] = {
    ROW(event_said, facts, FIELD_IDS, OF_FACT, 0, "what was said"),
    ROW(event_said, text, FIELD_TEXT, OF_ANY, 0, "in these words"),
    ROW(event_said, to, FIELD_IDS, OF_PARTY, MUST, "to whom; \"room\" is everyone"),
};
static const struct field set[] = {
    ROW(event_world_set, name, FIELD_ID, OF_WORLD, MUST, "which value of the world"),
    ROW(event_world_set, value, FIELD_ID, OF_ANY, MUST, "what it is now"),
};
static const struct field skip[] = {
    ROW(event_skipped, inject, FIELD_ID, OF_INJECT, MUST, "the inject that shall not come"),
};
static const struct field start[] = {
    ROW(event_started, language, FIELD_STR, OF_ANY, 0, "the language of the room"),
};
static const struct field stop_real_incident[] = {
    ROW(event_stopped, text, FIELD_TEXT, OF_ANY, 0, "what people must know"),
};
static const struct field withdraw[] = {
    ROW(event_withdrawn, reflection, FIELD_ID, OF_ANY, MUST, "one's own, by its id"),
};

enum {
    AT_NEW = 1 << STATUS_NEW,
    AT_READY = 1 << STATUS_READY,
    AT_PLAY = 1 << STATUS_RUNNING | 1 << STATUS_PAUSED,
    AT_ENDED = 1 << STATUS_ENDED,
    AT_OPEN = AT_READY | AT_PLAY | AT_ENDED, /* not sealed, not stopped */
    STAFF = WHO_FACILITATOR | WHO_STORY,
};

const struct input_kind_row input_kinds[INPUT_KIND_COUNT] = {
    {"ack", FIELDS(ack), WHO_SEAT, AT_PLAY, 1 << REFUSAL_EMPTY | 1 << REFUSAL_IMPOSSIBLE,
        "confirm that a message or inject has come",
        "{\"at\":\"5m\",\"actor\":\"commander\",\"do\":\"ack\",\"message\":\"m1\"}"},
    {"act", FIELDS(act), WHO_SEAT, AT_PLAY, 1 << REFUSAL_IMPOSSIBLE, "do a deed to the world",
        "{\"at\":\"10m\",\"actor\":\"handler\",\"do\":\"act\",\"action\":\"isolate\","
        "\"target\":\"fs01\"}"},
    {"annul", FIELDS(annul), WHO_FACILITATOR, AT_OPEN, 0, "take an event out of the score",
        "{\"at\":\"30m\",\"actor\":\"facilitator\",\"do\":\"annul\",\"event\":41,"
        "\"reason\":\"entered for the wrong seat\"}"},
    {"answer", FIELDS(answer), WHO_SEAT, AT_PLAY, 0, "answer an inject in free words",
        "{\"at\":\"8m\",\"actor\":\"poc\",\"do\":\"answer\",\"inject\":\"helpdesk-call\","
        "\"text\":\"We call back in ten minutes\"}"},
    {"assign", FIELDS(assign), WHO_FACILITATOR, AT_READY | AT_PLAY, 0, "give a seat to a person",
        "{\"at\":\"0s\",\"actor\":\"facilitator\",\"do\":\"assign\",\"seat\":\"poc\","
        "\"person\":\"p1\"}"},
    {"cause", FIELDS(cause), WHO_FACILITATOR | WHO_EVALUATOR, AT_ENDED, 0,
        "say why something was missed",
        "{\"at\":\"90m\",\"actor\":\"evaluator\",\"do\":\"cause\","
        "\"finding\":\"escalate-to-management--41\",\"cause\":\"contact-data\"}"},
    {"check_in", NO_FIELDS, WHO_SEAT, AT_READY, 1 << REFUSAL_ALREADY,
        "show before STARTEX that one is there and everything works",
        "{\"at\":\"0s\",\"actor\":\"poc\",\"do\":\"check_in\"}"},
    {"claim", FIELDS(claim), WHO_FACILITATOR, AT_READY | AT_PLAY, 0, "play a stakeholder by hand",
        "{\"at\":\"3m\",\"actor\":\"facilitator\",\"do\":\"claim\",\"stakeholder\":\"vendor\"}"},
    {"create", FIELDS(create), WHO_HOST, AT_NEW, 0, "bring a table into being",
        "{\"at\":\"0s\",\"actor\":\"host\",\"do\":\"create\",\"content\":\"9f2c\","
        "\"lua\":\"5.4.4\",\"mode\":\"live\",\"pace\":1,\"semantics\":1}"},
    {"decide", FIELDS(decide), WHO_SEAT, AT_PLAY, 1 << REFUSAL_ALREADY, "choose, with a reason",
        "{\"at\":\"9m\",\"actor\":\"commander\",\"do\":\"decide\","
        "\"question\":\"stop-file-server\",\"option\":\"advise-stop\",\"reason\":\"It spreads\"}"},
    {"declare", FIELDS(declare), WHO_SEAT, AT_PLAY, 0, "state a status that starts a clock",
        "{\"at\":\"12m\",\"actor\":\"legal\",\"do\":\"declare\",\"status\":\"aware\","
        "\"of\":\"personal-data-breach\"}"},
    {"dispute", FIELDS(dispute), WHO_SEAT, AT_ENDED, 0, "say that a finding is not right",
        "{\"at\":\"90m\",\"actor\":\"poc\",\"do\":\"dispute\","
        "\"finding\":\"escalate-to-management--41\",\"text\":\"Our plan says one hour\"}"},
    {"edit", FIELDS(edit), WHO_FACILITATOR, AT_READY | AT_PLAY,
        1 << REFUSAL_ALREADY | 1 << REFUSAL_EMPTY, "change an inject before it comes",
        "{\"at\":\"15m\",\"actor\":\"facilitator\",\"do\":\"edit\",\"inject\":\"reporter-calls\","
        "\"title\":\"A reporter calls\"}"},
    {"end", NO_FIELDS, STAFF, AT_READY | AT_PLAY, 0, "end the exercise: ENDEX",
        "{\"at\":\"90m\",\"actor\":\"facilitator\",\"do\":\"end\"}"},
    {"fault", FIELDS(fault), WHO_STORY, AT_READY | AT_PLAY, 0, "report a story's mistake",
        "{\"at\":\"7m\",\"actor\":\"story\",\"do\":\"fault\",\"file\":\"story.lua\",\"line\":12,"
        "\"message\":\"no inject is called helpdesk-cal\"}"},
    {"fire", FIELDS(fire), STAFF, AT_PLAY, 1 << REFUSAL_ALREADY | 1 << REFUSAL_IMPOSSIBLE,
        "let an inject come now, whatever it waits for",
        "{\"at\":\"12m\",\"actor\":\"facilitator\",\"do\":\"fire\","
        "\"inject\":\"reporter-calls\"}"},
    {"handoff", FIELDS(handoff), WHO_SEAT, AT_PLAY, 1 << REFUSAL_IMPOSSIBLE,
        "pass what one knows to another seat",
        "{\"at\":\"60m\",\"actor\":\"handler\",\"do\":\"handoff\",\"to\":\"commander\"}"},
    {"heard", FIELDS(heard), WHO_SEAT, AT_PLAY, 1 << REFUSAL_EMPTY,
        "note what somebody said to this seat",
        "{\"at\":\"6m\",\"actor\":\"legal\",\"do\":\"heard\",\"facts\":[\"backup-fine\"],"
        "\"from\":\"handler\"}"},
    {"hint", FIELDS(hint), STAFF, AT_PLAY, 1 << REFUSAL_EMPTY,
        "help a role; the rule it helps counts less",
        "{\"at\":\"18m\",\"actor\":\"facilitator\",\"do\":\"hint\",\"to\":[\"poc\"],"
        "\"text\":\"Who must know of this?\",\"rule\":\"escalate-to-management\"}"},
    {"hold", FIELDS(hold), WHO_FACILITATOR, AT_READY | AT_PLAY, 1 << REFUSAL_ALREADY,
        "keep an inject until it is fired",
        "{\"at\":\"10m\",\"actor\":\"facilitator\",\"do\":\"hold\","
        "\"inject\":\"reporter-calls\"}"},
    {"hot_wash", FIELDS(hot_wash), WHO_FACILITATOR, AT_ENDED, 0,
        "begin the hot wash: pages count down; without a length it is over",
        "{\"at\":\"90m\",\"actor\":\"facilitator\",\"do\":\"hot_wash\",\"length\":\"10m\"}"},
    {"improvise", FIELDS(improvise), WHO_FACILITATOR, AT_PLAY,
        1 << REFUSAL_EMPTY | 1 << REFUSAL_ID_TAKEN, "send an inject that nobody wrote before",
        "{\"at\":\"20m\",\"actor\":\"facilitator\",\"do\":\"improvise\",\"id\":\"i1\","
        "\"from\":\"helpdesk\",\"to\":[\"poc\"],\"via\":\"phone\",\"title\":\"Another ward calls\","
        "\"body\":\"The printers stopped.\",\"facts\":[]}"},
    {"jump", FIELDS(jump), STAFF, AT_PLAY, 1 << REFUSAL_ALREADY,
        "move the calendar; first with a sheet for the gap",
        "{\"at\":\"40m\",\"actor\":\"facilitator\",\"do\":\"jump\",\"by\":\"8h\",\"sheet\":true}"},
    {"message", FIELDS(message), WHO_SEAT, AT_PLAY, 1 << REFUSAL_EMPTY | 1 << REFUSAL_ID_TAKEN,
        "tell, ask, order, escalate, notify",
        "{\"at\":\"4m\",\"actor\":\"poc\",\"do\":\"message\",\"id\":\"m1\","
        "\"type\":\"escalation\",\"to\":[\"commander\"],\"via\":\"phone\","
        "\"facts\":[\"fs01-encrypted\"],\"tlp\":\"amber\",\"text\":\"The file server is gone\","
        "\"ack_within\":\"5m\"}"},
    {"next", NO_FIELDS, WHO_FACILITATOR, 1 << STATUS_RUNNING, 1 << REFUSAL_IMPOSSIBLE,
        "go on to what comes next, in a discussion: the clock moves there and stands",
        "{\"at\":\"0s\",\"actor\":\"facilitator\",\"do\":\"next\"}"},
    {"note", FIELDS(note), WHO_SEAT | WHO_FACILITATOR | WHO_EVALUATOR, AT_OPEN, 0, "write it down",
        "{\"at\":\"6m\",\"actor\":\"poc\",\"do\":\"note\",\"text\":\"Called twice, no answer\"}"},
    {"observe", FIELDS(observe), WHO_EVALUATOR, AT_OPEN, 0, "write down what an evaluator sees",
        "{\"at\":\"9m\",\"actor\":\"evaluator\",\"do\":\"observe\","
        "\"text\":\"The order was read back\"}"},
    {"open", FIELDS(open), WHO_SEAT, AT_PLAY,
        1 << REFUSAL_EMPTY | 1 << REFUSAL_ALREADY | 1 << REFUSAL_IMPOSSIBLE,
        "open an inject or a message that has come",
        "{\"at\":\"2m\",\"actor\":\"poc\",\"do\":\"open\",\"inject\":\"helpdesk-call\"}"},
    {"outage", FIELDS(outage), WHO_HOST, 1 << STATUS_RUNNING, 0,
        "say that the program was away: the clock stands",
        "{\"at\":\"25m\",\"actor\":\"host\",\"do\":\"outage\",\"gap_ms\":40000}"},
    {"pace", FIELDS(pace), WHO_FACILITATOR, AT_READY | AT_PLAY, 1 << REFUSAL_IMPOSSIBLE,
        "set how fast the calendar runs",
        "{\"at\":\"30m\",\"actor\":\"facilitator\",\"do\":\"pace\",\"pace\":4}"},
    {"pause", NO_FIELDS, WHO_FACILITATOR, 1 << STATUS_RUNNING, 0, "stop the clock",
        "{\"at\":\"31m\",\"actor\":\"facilitator\",\"do\":\"pause\"}"},
    {"phase", FIELDS(phase), STAFF, AT_READY | AT_PLAY, 0, "begin a phase",
        "{\"at\":\"45m\",\"actor\":\"facilitator\",\"do\":\"phase\",\"phase\":\"morning\"}"},
    {"presence", FIELDS(presence), WHO_HOST, AT_PLAY, 0,
        "say that a seat's page is not before anybody's eyes, or is again",
        "{\"at\":\"12m\",\"actor\":\"host\",\"do\":\"presence\",\"seat\":\"legal\",\"away\":true}"},
    {"rate", FIELDS(rate), WHO_EVALUATOR, AT_OPEN, 0, "rate a capability",
        "{\"at\":\"90m\",\"actor\":\"evaluator\",\"do\":\"rate\",\"capability\":\"escalation\","
        "\"rating\":\"S\"}"},
    {"readback", FIELDS(readback), WHO_SEAT, AT_PLAY, 1 << REFUSAL_IMPOSSIBLE,
        "repeat an order in one's own words",
        "{\"at\":\"7m\",\"actor\":\"handler\",\"do\":\"readback\",\"message\":\"m2\","
        "\"text\":\"I take fs01 off the network now\"}"},
    {"receiver_test", FIELDS(receiver_test), WHO_SEAT | WHO_FACILITATOR | WHO_EVALUATOR,
        AT_PLAY | AT_ENDED, 1 << REFUSAL_IMPOSSIBLE,
        "say what a message left behind with its reader",
        "{\"at\":\"20m\",\"actor\":\"facilitator\",\"do\":\"receiver_test\",\"message\":\"m2\","
        "\"ask\":true,\"by_when\":true,\"unknown\":false}"},
    {"reflect", FIELDS(reflect), WHO_SEAT | WHO_FACILITATOR | WHO_EVALUATOR, AT_ENDED,
        1 << REFUSAL_EMPTY | 1 << REFUSAL_ID_TAKEN,
        "say in the hot wash what went well, what should go better, what was a surprise",
        "{\"at\":\"90m\",\"actor\":\"poc\",\"do\":\"reflect\",\"id\":\"w1\","
        "\"about\":\"improvement\",\"text\":\"The contact list was a year old\"}"},
    {"reply_as", FIELDS(reply_as), STAFF, AT_PLAY,
        1 << REFUSAL_EMPTY | 1 << REFUSAL_ID_TAKEN | 1 << REFUSAL_IMPOSSIBLE,
        "answer as a stakeholder",
        "{\"at\":\"14m\",\"actor\":\"facilitator\",\"do\":\"reply_as\",\"id\":\"r1\","
        "\"as\":\"vendor\",\"to\":[\"poc\"],\"text\":\"We send somebody\"}"},
    {"resume", NO_FIELDS, WHO_FACILITATOR, 1 << STATUS_PAUSED, 0, "let the clock run again",
        "{\"at\":\"31m\",\"actor\":\"facilitator\",\"do\":\"resume\"}"},
    {"reveal", FIELDS(reveal), STAFF, AT_PLAY, 1 << REFUSAL_ALREADY | 1 << REFUSAL_IMPOSSIBLE,
        "let a fact become known",
        "{\"at\":\"22m\",\"actor\":\"facilitator\",\"do\":\"reveal\",\"fact\":\"backup-fine\","
        "\"to\":[\"handler\"]}"},
    {"ruling", FIELDS(ruling), WHO_FACILITATOR, AT_ENDED, 0, "rule on a disputed finding",
        "{\"at\":\"90m\",\"actor\":\"facilitator\",\"do\":\"ruling\","
        "\"finding\":\"escalate-to-management--41\",\"verdict\":\"satisfied\","
        "\"text\":\"The plan says one hour\"}"},
    {"said", FIELDS(said), WHO_SEAT, AT_PLAY, 1 << REFUSAL_EMPTY, "note what this seat said aloud",
        "{\"at\":\"6m\",\"actor\":\"handler\",\"do\":\"said\",\"facts\":[\"backup-fine\"],"
        "\"to\":\"room\"}"},
    {"seal", NO_FIELDS, WHO_FACILITATOR, AT_ENDED, 0, "close ratings and corrections for good",
        "{\"at\":\"90m\",\"actor\":\"facilitator\",\"do\":\"seal\"}"},
    {"set", FIELDS(set), STAFF, AT_READY | AT_PLAY, 0, "change a value of the world",
        "{\"at\":\"10m\",\"actor\":\"facilitator\",\"do\":\"set\",\"name\":\"file-server\","
        "\"value\":\"stopped\"}"},
    {"share_findings", NO_FIELDS, WHO_FACILITATOR, AT_ENDED, 1 << REFUSAL_ALREADY,
        "let the whole table read the findings that matter most",
        "{\"at\":\"90m\",\"actor\":\"facilitator\",\"do\":\"share_findings\"}"},
    {"skip", FIELDS(skip), WHO_FACILITATOR, AT_READY | AT_PLAY, 1 << REFUSAL_ALREADY,
        "leave an inject out",
        "{\"at\":\"10m\",\"actor\":\"facilitator\",\"do\":\"skip\","
        "\"inject\":\"reporter-calls\"}"},
    {"start", FIELDS(start), WHO_FACILITATOR, AT_READY, 0, "begin the exercise: STARTEX",
        "{\"at\":\"0s\",\"actor\":\"facilitator\",\"do\":\"start\"}"},
    {"stop_real_incident", FIELDS(stop_real_incident), WHO_FACILITATOR | WHO_SEAT | WHO_EVALUATOR,
        AT_READY | AT_PLAY, 0, "tell of a REAL INCIDENT: stop everything and say so everywhere",
        "{\"at\":\"33m\",\"actor\":\"facilitator\",\"do\":\"stop_real_incident\","
        "\"text\":\"Real outage in ward 3\"}"},
    {"warm_up", NO_FIELDS, WHO_FACILITATOR, AT_READY, 0,
        "ask everybody to check in: a test of the tool that nobody scores",
        "{\"at\":\"0s\",\"actor\":\"facilitator\",\"do\":\"warm_up\"}"},
    {"withdraw", FIELDS(withdraw), WHO_SEAT | WHO_FACILITATOR | WHO_EVALUATOR, AT_ENDED, 0,
        "take back what one said in the hot wash",
        "{\"at\":\"90m\",\"actor\":\"poc\",\"do\":\"withdraw\",\"reflection\":\"w1\"}"},
};

bool input_kind_find(struct str name, enum input_kind *ret_kind)
{
    for (int kind = 0; kind < INPUT_KIND_COUNT; kind++) {
        if (str_is(name, input_kinds[kind].name)) {
            *ret_kind = (enum input_kind)kind;
            return true;
        }
    }
    return false;
}

void input_write(const struct input *input, struct buf *out)
{
    struct json_write json;
    json_write_init(&json, out);
    json_write_object(&json);
    json_write_key_str(&json, "actor", input->actor);
    json_write_key_int(&json, "at_ms", input->at_ms);
    json_write_key(&json, STR("body"));
    json_write_object(&json);
    field_write(input_kinds[input->kind].fields, &input->body, FIELD_WRITE_ALL, &json);
    json_write_end(&json);
    json_write_key_str(&json, "do", str_of(input_kinds[input->kind].name));
    if (input->proxy_for.len != 0)
        json_write_key_str(&json, "for", input->proxy_for);
    if (input->id.len != 0)
        json_write_key_str(&json, "id", input->id);
    if (input->observed_ms >= 0)
        json_write_key_int(&json, "observed_ms", input->observed_ms);
    json_write_key_int(&json, "seq", input->seq);
    if (input->story_at_ms >= 0)
        json_write_key_int(&json, "story_at_ms", input->story_at_ms);
    json_write_end(&json);
}

static bool read_optional_int(struct str line, const char *key, int64_t *ret_value)
{
    struct str raw = json_get(line, str_of(key));
    return raw.len == 0 || json_to_int(raw, ret_value);
}

static bool read_optional_str(
    struct str line, const char *key, struct arena *arena, struct str *ret_value)
{
    struct str raw = json_get(line, str_of(key));
    return raw.len == 0 || json_to_str(raw, arena, ret_value);
}

/* What intake has seen to once; a record may have been made by somebody else. */
static bool is_complete(const struct input *input, struct err *reterr)
{
    struct fields fields = input_kinds[input->kind].fields;
    const char *name = input_kinds[input->kind].name;
    if (input->at_ms < 0 || input->at_ms > LIMIT_EXERCISE_MS)
        return err_set(reterr, ERR_IO, "input %s lies outside any exercise's time", name);
    for (size_t i = 0; i < fields.count; i++) {
        const struct field *field = &fields.rows[i];
        bool is_name = field->type == FIELD_ID || field->type == FIELD_NAME;
        if ((field->flags & FIELD_REQUIRED) != 0 && is_name &&
            field_str(field, &input->body).len == 0)
            return err_set(reterr, ERR_IO, "input %s lacks its \"%s\"", name, field->name);
    }
    return true;
}

bool input_read(struct str line, struct arena *arena, struct input *ret_input, struct err *reterr)
{
    struct input input = {.observed_ms = -1, .story_at_ms = -1};
    struct str kind = {0};
    if (!json_to_str(json_get(line, STR("do")), arena, &kind) ||
        !input_kind_find(kind, &input.kind))
        return err_set(
            reterr, ERR_IO, "the record holds an input of unknown kind \"%.*s\"", STR_ARG(kind));
    bool ok = json_to_str(json_get(line, STR("actor")), arena, &input.actor) &&
              json_to_int(json_get(line, STR("at_ms")), &input.at_ms) &&
              read_optional_int(line, "seq", &input.seq) &&
              read_optional_int(line, "observed_ms", &input.observed_ms) &&
              read_optional_int(line, "story_at_ms", &input.story_at_ms) &&
              read_optional_str(line, "for", arena, &input.proxy_for) &&
              read_optional_str(line, "id", arena, &input.id);
    if (!ok)
        return err_set(reterr, ERR_IO, "input %.*s lacks a part of its envelope", STR_ARG(kind));
    if (!field_read(input_kinds[input.kind].fields, json_get(line, STR("body")), arena, &input.body,
            reterr))
        return false;
    if (!is_complete(&input, reterr))
        return false;
    *ret_input = input;
    return true;
}
