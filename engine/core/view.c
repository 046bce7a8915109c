/* Who may see what: relations, and the content that an event shows. */
#include "core/view.h"

#include <assert.h>

static bool is_sender(const struct state *state, struct str message, struct str seat)
{
    int at = state_message_find(state, message);
    return at >= 0 && str_eq(state->messages[at].from, seat);
}

static bool hears(const struct state *state, struct strs to, struct str seat)
{
    return state_audience_holds(state, to, seat);
}

/* By then: what comes to a seat later does not change what it was told before. */
static bool got_question(
    const struct state *state, struct str id, struct str seat, const struct event *event)
{
    const struct def_question *question = def_question(state->def, id);
    return question != NULL &&
           state_saw_inject(state, state_inject_find(state, question->inject), seat, event->seq);
}

/* A caller notices that somebody took the call; nobody notices that a mail is read. */
static bool notices_reach(
    const struct state *state, struct str party, struct str message, struct str seat)
{
    int at = state_message_find(state, message);
    if (at < 0 || def_stakeholder(state->def, party) == NULL)
        return false;
    int via = state->messages[at].body.via;
    bool by_voice = via == CHANNEL_NONE || via == CHANNEL_PHONE || via == CHANNEL_MEETING;
    return by_voice && str_eq(state->messages[at].from, seat);
}

static bool is_audience(const struct state *state, const struct event *event, struct str seat)
{
    const union event_body *body = &event->body;
    switch (event->kind) {
    case EVENT_DELIVERED:
        return hears(state, body->delivered.to, seat);
    case EVENT_MESSAGED:
        return hears(state, body->messaged.to, seat);
    case EVENT_SAID:
        return hears(state, body->said.to, seat);
    case EVENT_HINTED:
        return hears(state, body->hinted.to, seat);
    case EVENT_HANDED_OFF:
        return hears(state, (struct strs){&body->handed_off.to, 1}, seat);
    case EVENT_ACKED:
        return is_sender(state, body->acked.message, seat);
    case EVENT_READ_BACK:
        return is_sender(state, body->read_back.message, seat);
    case EVENT_ACTED:
        return is_sender(state, body->acted.order, seat);
    case EVENT_CHALLENGED:
        return is_sender(state, body->challenged.message, seat);
    case EVENT_ARRIVED:
        return notices_reach(state, event->actor, body->arrived.message, seat);
    case EVENT_REACHED:
        return notices_reach(state, event->actor, body->reached.message, seat);
    case EVENT_FORWARDED:
        return notices_reach(state, event->actor, body->forwarded.message, seat);
    case EVENT_UNREACHED:
        return is_sender(state, body->unreached.message, seat);
    case EVENT_EXPIRED:
        return got_question(state, body->expired.question, seat, event);
    case EVENT_DECIDED:
        return got_question(state, body->decided.question, seat, event);
    default:
        return false;
    }
}

unsigned view_relation(const struct state *state, struct viewer viewer, const struct event *event)
{
    unsigned relation = 0;
    switch (viewer.kind) {
    case VIEWER_FACILITATOR:
        relation = SEE_FACILITATOR;
        break;
    case VIEWER_EVALUATOR:
        relation = SEE_EVALUATOR;
        break;
    case VIEWER_BOARD:
        /* What comes is read to the room only where the room talks. */
        if (event->kind != EVENT_DELIVERED || state->mode == MODE_DISCUSS)
            relation = SEE_BOARD;
        break;
    case VIEWER_SEAT:
        /* What the staff tried for a seat may name things that the seat does not know of. */
        if (event->kind == EVENT_REFUSED && event->proxy)
            break;
        relation = str_eq(event->actor, viewer.seat)        ? SEE_ACTOR
                   : is_audience(state, event, viewer.seat) ? SEE_AUDIENCE
                                                            : SEE_TABLE;
        break;
    case VIEWER_LEAD:
        break;
    }
    return relation & event_kinds[event->kind].see;
}

/* ---- what an event shows beside its fields ---- */

struct showing {
    const struct state *state;
    const struct view_texts *texts;
    unsigned see;
    struct json_write *json;
};

static struct str find_text(const struct showing *showing, struct str ref)
{
    return showing->texts == NULL || ref.len == 0 ? (struct str){0}
                                                  : showing->texts->find(showing->texts->self, ref);
}

/* A free text exists in one language only: the one it was typed in. */
static void write_free(const struct showing *showing, const char *key, struct str ref)
{
    struct str text = find_text(showing, ref);
    struct words words = {{text, text}};
    json_write_key_words(showing->json, key, &words);
}

static void write_facts(const struct showing *showing, struct strs facts)
{
    json_write_key(showing->json, STR("facts"));
    json_write_array(showing->json);
    for (size_t i = 0; i < facts.count; i++) {
        const struct def_fact *fact = def_fact(showing->state->def, facts.items[i]);
        if (fact == NULL)
            continue;
        json_write_object(showing->json);
        json_write_key_str(showing->json, "id", fact->id);
        json_write_key_words(showing->json, "text", &fact->text);
        json_write_end(showing->json);
    }
    json_write_end(showing->json);
}

/* Whoever goes by a name goes by it in either language; others as they were typed in. */
static void write_from(const struct showing *showing, const struct state_inject *inject)
{
    const struct def *def = showing->state->def;
    struct str from = inject->def != NULL ? inject->def->from : inject->improvised.from;
    struct words typed = {{from, from}};
    const struct words *own = inject->def != NULL ? &inject->def->from_name : &typed;
    const struct def_stakeholder *stakeholder = def_stakeholder(def, from);
    const struct def_role *role = def_role(def, from);
    bool is_named = inject->def != NULL && own->in[LANG_EN].len != 0;
    json_write_key_words(showing->json, "from",
        is_named              ? own
        : stakeholder != NULL ? &stakeholder->name
        : role != NULL        ? &role->name
                              : own);
}

static void write_title(const struct showing *showing, const struct state_inject *inject)
{
    if (inject->def == NULL || inject->title_ref.len != 0)
        write_free(showing, "title", inject->title_ref);
    else
        json_write_key_words(showing->json, "title", &inject->def->title);
}

static const struct state_inject *shown_inject(const struct showing *showing, struct str id)
{
    int at = state_inject_find(showing->state, id);
    return at < 0 ? NULL : &showing->state->injects[at];
}

static void write_attachments(const struct showing *showing, const struct def_inject *inject)
{
    struct json_write *json = showing->json;
    if (inject == NULL || inject->attachment_count == 0)
        return;
    json_write_key(json, STR("attachments"));
    json_write_array(json);
    for (size_t i = 0; i < inject->attachment_count; i++) {
        const struct def_attachment *attachment = &inject->attachments[i];
        json_write_object(json);
        json_write_key(json, STR("file"));
        json_write_object(json);
        for (int lang = 0; lang < LANG_COUNT; lang++)
            json_write_key_str(json, lang_names[lang], attachment->path[lang]);
        json_write_end(json);
        json_write_key_words(json, "name", &attachment->name);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_text(const struct showing *showing, const struct state_inject *inject)
{
    if (inject->def == NULL || inject->body_ref.len != 0)
        write_free(showing, "body", inject->body_ref);
    else
        json_write_key_words(showing->json, "body", &inject->def->body);
}

static void write_questions(const struct showing *showing, const struct state_inject *inject)
{
    json_write_key(showing->json, STR("questions"));
    json_write_array(showing->json);
    for (size_t i = 0; inject->def != NULL && i < inject->def->questions.count; i++)
        view_write_question(def_question(showing->state->def, inject->def->questions.items[i]),
            false, showing->json);
    json_write_end(showing->json);
}

/* What is read out stands on the room's screen as it is read: before it, with its questions. */
static void show_delivered(const struct showing *showing, const struct event *event)
{
    const struct state_inject *inject = shown_inject(showing, event->body.delivered.inject);
    if (inject == NULL)
        return;
    bool is_board = (showing->see & SEE_BOARD) != 0;
    if (is_board) {
        write_attachments(showing, inject->def);
        write_text(showing, inject);
    }
    write_from(showing, inject);
    if (is_board)
        write_questions(showing, inject);
    write_title(showing, inject);
    enum tlp tlp = inject->def != NULL ? inject->def->tlp : (enum tlp)inject->improvised.tlp;
    json_write_key_str(showing->json, "tlp", str_of(tlp_names[tlp]));
}

/* A hint of the scenario is written in both languages; the facilitator's own words, which stand
 * among the texts, take its place. */
static void show_hinted(const struct showing *showing, const struct event *event)
{
    const struct def_hint *hint = def_hint(showing->state->def, event->body.hinted.hint);
    if (hint != NULL && event->body.hinted.text.len == 0)
        json_write_key_words(showing->json, "text", &hint->text);
}

static void show_challenged(const struct showing *showing, const struct event *event)
{
    static const struct words question =
        WORDS("On whose authority?", "どなたの権限による指示でしょうか。");
    (void)event;
    json_write_key_words(showing->json, "text", &question);
}

static void show_opened(const struct showing *showing, const struct event *event)
{
    if (event->body.opened.message.len != 0) {
        int at = state_message_find(showing->state, event->body.opened.message);
        if (at >= 0)
            write_facts(showing, showing->state->messages[at].body.facts);
        return;
    }
    const struct state_inject *inject = shown_inject(showing, event->body.opened.inject);
    if (inject == NULL)
        return;
    write_attachments(showing, inject->def);
    write_text(showing, inject);
    write_facts(showing, inject->def != NULL ? inject->def->facts : inject->improvised.facts);
    write_questions(showing, inject);
}

static bool is_attached(const struct def_inject *inject, struct str path)
{
    for (size_t i = 0; inject != NULL && i < inject->attachment_count; i++)
        for (int lang = 0; lang < LANG_COUNT; lang++)
            if (str_eq(inject->attachments[i].path[lang], path))
                return true;
    return false;
}

bool view_may_read(const struct state *state, struct viewer viewer, struct str path)
{
    bool is_staff = viewer.kind == VIEWER_FACILITATOR || viewer.kind == VIEWER_EVALUATOR;
    bool is_room = viewer.kind == VIEWER_BOARD && state->mode == MODE_DISCUSS;
    int seat = viewer.kind == VIEWER_SEAT ? index_find(&state->def->seat_index, viewer.seat) : -1;
    for (size_t i = 0; i < state->inject_count; i++) {
        const struct state_inject *inject = &state->injects[i];
        bool is_open = is_staff || (seat >= 0 && inject->opened_by[seat]) ||
                       (is_room && inject->delivered_ms >= 0);
        if (is_open && is_attached(inject->def, path))
            return true;
    }
    return false;
}

/* Who knows a fact reads its words; a name without a recorded source teaches nobody anything. */
static void show_learned(const struct showing *showing, const struct event *event)
{
    const struct def_fact *fact = def_fact(showing->state->def, event->body.learned.fact);
    bool taught = event->body.learned.source != SOURCE_UNRECORDED;
    if (fact == NULL || (!taught && (showing->see & SEE_STAFF) == 0))
        return;
    json_write_key_words(showing->json, "text", &fact->text);
}

/* A name may say too much: whoever plays reads it where the scenario says so, else its number. */
static void show_phase(const struct showing *showing, const struct event *event)
{
    const struct def *def = showing->state->def;
    const struct def_phase *phase = def_phase(def, event->body.phase_changed.phase);
    if (phase == NULL)
        return;
    if (phase->is_public || (showing->see & SEE_STAFF) != 0)
        json_write_key_words(showing->json, "name", &phase->name);
    json_write_key_int(showing->json, "number", phase - def->phases + 1);
}

static void show_refused(const struct showing *showing, const struct event *event)
{
    json_write_key_words(showing->json, "sentence",
        event_refusal_sentence(event->body.refused.reason, event->body.refused.what));
}

/* The receiver of a message reads its words when it is opened; the facts' cards as well. */
static bool holds_back(const struct event *event, const struct field *field, unsigned see)
{
    return event->kind == EVENT_MESSAGED && see == SEE_AUDIENCE &&
           (str_is(str_of(field->name), "text") || str_is(str_of(field->name), "facts"));
}

static void show_texts(const struct showing *showing, const struct event *event)
{
    struct fields fields = event_kinds[event->kind].fields;
    for (size_t i = 0; i < fields.count; i++) {
        const struct field *field = &fields.rows[i];
        if (field->type != FIELD_TEXT || (field->see & showing->see) == 0 ||
            holds_back(event, field, showing->see))
            continue;
        struct str text = find_text(showing, field_str(field, &event->body));
        if (text.len != 0)
            json_write_key_str(showing->json, field->name, text);
    }
}

static void (*const shows[EVENT_KIND_COUNT])(
    const struct showing *showing, const struct event *event) = {
    [EVENT_CHALLENGED] = show_challenged,
    [EVENT_DELIVERED] = show_delivered,
    [EVENT_HINTED] = show_hinted,
    [EVENT_LEARNED] = show_learned,
    [EVENT_OPENED] = show_opened,
    [EVENT_PHASE_CHANGED] = show_phase,
    [EVENT_REFUSED] = show_refused,
};

/* Hashes of texts are for the record; the words themselves stand under "shown". */
static void write_body(const struct event *event, unsigned see, struct json_write *json)
{
    struct event shown = *event;
    struct fields fields = event_kinds[event->kind].fields;
    for (size_t i = 0; i < fields.count; i++)
        if (fields.rows[i].type == FIELD_TEXT)
            *(struct str *)((char *)&shown.body + fields.rows[i].offset) = (struct str){0};
    if (event->kind == EVENT_MESSAGED && see == SEE_AUDIENCE)
        shown.body.messaged.facts = shown.body.messaged.unknown = (struct strs){0};
    event_write_body(&shown, see, json);
}

/* Whether the clock, the story or the facilitator brought something is the staff's business; in the
 * hot wash everybody stands by what they say. */
static struct str shown_actor(const struct state *state, unsigned see, const struct event *event)
{
    bool is_somebody = event->kind == EVENT_REFLECTED || event->kind == EVENT_WITHDRAWN ||
                       def_seat(state->def, event->actor) != NULL ||
                       def_stakeholder(state->def, event->actor) != NULL;
    return is_somebody || (see & SEE_STAFF) != 0 ? event->actor : STR("exercise");
}

static void write_opened_text(const struct showing *showing, const struct event *event)
{
    if (event->kind != EVENT_OPENED)
        return;
    int at = state_message_find(showing->state, event->body.opened.message);
    if (at < 0)
        return;
    const struct event_messaged *sent = &showing->state->messages[at].body;
    json_write_key_str(showing->json, "text", find_text(showing, sent->text));
    json_write_key_strs(showing->json, "unknown", sent->unknown);
}

bool view_write(const struct view *view, const struct event *event, int64_t n, struct buf *out)
{
    unsigned see = view_relation(view->state, view->viewer, event);
    if (see == 0)
        return false;
    struct json_write json;
    json_write_init(&json, out);
    json_write_object(&json);
    json_write_key_str(&json, "actor", shown_actor(view->state, see, event));
    json_write_key_int(&json, "at_ms", event->at_ms);
    json_write_key(&json, STR("body"));
    write_body(event, see, &json);
    json_write_key_str(&json, "kind", str_of(event_kinds[event->kind].name));
    json_write_key_int(&json, "n", n);
    if (event->observed_ms != event->at_ms && (see & SEE_STAFF) != 0)
        json_write_key_int(&json, "observed_ms", event->observed_ms);
    if (event->proxy && (see & SEE_STAFF) != 0)
        json_write_key_bool(&json, "proxy", true);
    if ((see & SEE_STAFF) != 0)
        json_write_key_int(&json, "seq", event->seq);
    json_write_key(&json, STR("shown"));
    json_write_object(&json);
    struct showing showing = {view->state, view->texts, see, &json};
    if (shows[event->kind] != NULL)
        shows[event->kind](&showing, event);
    write_opened_text(&showing, event);
    if (event->kind != EVENT_IMPROVISED && event->kind != EVENT_EDITED)
        show_texts(&showing, event);
    json_write_end(&json);
    json_write_key_int(&json, "story_ms", event->story_ms);
    json_write_end(&json);
    return true;
}
