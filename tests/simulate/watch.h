/* An independent judge of what seats are shown. It knows docs/events.md and no code of view.c.
 *
 * For every seat it keeps which secrets the seat may know by now: an inject's name and title once
 * it came to the seat, its text and questions once the seat has opened it, a fact's words once its
 * person has learned it from somebody or the seat has opened what carries it, a message's words
 * once it was opened. Any other secret in the bytes of a seat's view is a leak, and so is anything
 * that counts what others do. */
#ifndef SIMULATE_WATCH_H
#define SIMULATE_WATCH_H

#include <stdio.h>

#include "base/buf.h"
#include "base/json_read.h"
#include "core/view.h"
#include "simulate/dice.h"

enum { WATCH_SEATS = 4, WATCH_BOARD = WATCH_SEATS, WATCH_VIEWERS, WATCH_SECRETS = 8192 };

struct watch_inject {
    struct str id;
    struct str from, title, body; /* typed by the staff; empty: as written */
    struct strs facts;
    bool improvised;
    bool came_to[WATCH_SEATS];
};

struct watch_message {
    struct str id, from, text;
    struct strs to, facts;
};

/* Copies into its own arena. Zeroed, with def set, before the first event. */
struct watch {
    struct arena arena;
    const struct def *def;
    const struct view_texts *texts;
    bool may[WATCH_VIEWERS][WATCH_SECRETS];
    struct watch_inject *injects;
    size_t inject_count, inject_capacity;
    struct watch_message *messages;
    size_t message_count, message_capacity;
    struct buf seen[WATCH_VIEWERS]; /* all lines so far */
    int64_t line_count[WATCH_VIEWERS];
    char complaint[1024]; /* empty: all is well */
};

static inline void watch_fini(struct watch *watch)
{
    for (int i = 0; i < WATCH_VIEWERS; i++)
        buf_fini(&watch->seen[i]);
    arena_fini(&watch->arena);
}

static inline struct viewer watch_viewer(const struct watch *watch, int which)
{
    if (which == WATCH_BOARD)
        return (struct viewer){.kind = VIEWER_BOARD};
    return (struct viewer){VIEWER_SEAT, watch->def->seats[which].id};
}

/* ---- what may be known ---- */

static inline void watch_allow(struct watch *watch, int seat, struct str text)
{
    size_t position = 0;
    for (int64_t secret; (secret = dice_find_secret(text, &position)) != 0;)
        if (secret < WATCH_SECRETS)
            watch->may[seat][secret] = true;
}

static inline void watch_allow_words(struct watch *watch, int seat, const struct words *words)
{
    for (int lang = 0; lang < LANG_COUNT; lang++)
        watch_allow(watch, seat, words->in[lang]);
}

static inline void watch_allow_list(struct watch *watch, int seat, struct strs list)
{
    for (size_t i = 0; i < list.count; i++)
        watch_allow(watch, seat, list.items[i]);
}

/* A free text, by its hash. */
static inline void watch_allow_text(struct watch *watch, int seat, struct str ref)
{
    if (ref.len != 0)
        watch_allow(watch, seat, watch->texts->find(watch->texts->self, ref));
}

static inline void watch_allow_fact(struct watch *watch, int seat, struct str id)
{
    watch_allow(watch, seat, id);
    for (size_t i = 0; i < watch->def->fact_count; i++)
        if (str_eq(watch->def->facts[i].id, id))
            watch_allow_words(watch, seat, &watch->def->facts[i].text);
}

static inline bool watch_addressed(const struct watch *watch, int seat, struct strs to)
{
    const struct def_seat *at = &watch->def->seats[seat];
    bool addressed = strs_contain(to, STR("room")) || strs_contain(to, at->id);
    for (size_t i = 0; i < at->roles.count; i++)
        addressed = addressed || strs_contain(to, at->roles.items[i]);
    return addressed;
}

/* The seat of that name; -1 for all other actors. */
static inline int watch_seat(const struct watch *watch, struct str actor)
{
    for (size_t i = 0; i < watch->def->seat_count; i++)
        if (str_eq(watch->def->seats[i].id, actor))
            return (int)i;
    return -1;
}

static inline struct watch_inject *watch_inject(struct watch *watch, struct str id)
{
    for (size_t i = 0; i < watch->inject_count; i++)
        if (str_eq(watch->injects[i].id, id))
            return &watch->injects[i];
    watch->injects = arena_grow(&watch->arena, watch->injects, watch->inject_count,
        &watch->inject_capacity, sizeof(struct watch_inject));
    struct watch_inject *inject = &watch->injects[watch->inject_count++];
    *inject = (struct watch_inject){.id = arena_str(&watch->arena, id)};
    return inject;
}

static inline const struct watch_message *watch_message(const struct watch *watch, struct str id)
{
    for (size_t i = 0; i < watch->message_count; i++)
        if (str_eq(watch->messages[i].id, id))
            return &watch->messages[i];
    return NULL;
}

static inline const struct def_inject *watch_written(const struct watch *watch, struct str id)
{
    for (size_t i = 0; i < watch->def->inject_count; i++)
        if (str_eq(watch->def->injects[i].id, id))
            return &watch->def->injects[i];
    return NULL;
}

/* ---- what each event makes known ---- */

static inline void watch_delivered(struct watch *watch, int seat, const struct event *event)
{
    struct str id = event->body.delivered.inject;
    if (!watch_addressed(watch, seat, event->body.delivered.to))
        return;
    struct watch_inject *inject = watch_inject(watch, id);
    const struct def_inject *written = watch_written(watch, id);
    inject->came_to[seat] = true;
    watch_allow(watch, seat, id);
    watch_allow(watch, seat, inject->from);
    watch_allow_text(watch, seat, inject->title);
    if (written != NULL && inject->title.len == 0)
        watch_allow_words(watch, seat, &written->title);
    for (size_t i = 0; i < watch->def->question_count; i++) {
        const struct def_question *question = &watch->def->questions[i];
        if (!str_eq(question->inject, id))
            continue;
        watch_allow(watch, seat, question->id);
        for (size_t o = 0; o < question->option_count; o++)
            watch_allow(watch, seat, question->options[o].id);
    }
}

static inline void watch_allow_questions(struct watch *watch, int viewer, struct str inject)
{
    for (size_t i = 0; i < watch->def->question_count; i++) {
        const struct def_question *question = &watch->def->questions[i];
        if (!str_eq(question->inject, inject))
            continue;
        watch_allow(watch, viewer, question->id);
        watch_allow_words(watch, viewer, &question->prompt);
        for (size_t o = 0; o < question->option_count; o++) {
            watch_allow(watch, viewer, question->options[o].id);
            watch_allow_words(watch, viewer, &question->options[o].text);
        }
    }
}

static inline void watch_opened_inject(struct watch *watch, int seat, struct str id)
{
    const struct watch_inject *inject = watch_inject(watch, id);
    const struct def_inject *written = watch_written(watch, id);
    struct strs facts = written != NULL ? written->facts : inject->facts;
    watch_allow_text(watch, seat, inject->body);
    if (written != NULL && inject->body.len == 0)
        watch_allow_words(watch, seat, &written->body);
    for (size_t i = 0; written != NULL && i < written->attachment_count; i++)
        watch_allow_words(watch, seat, &written->attachments[i].name);
    for (size_t i = 0; i < facts.count; i++)
        watch_allow_fact(watch, seat, facts.items[i]);
    watch_allow_questions(watch, seat, id);
}

/* A room that discusses has what is read out before its eyes. */
static inline void watch_read_out(struct watch *watch, const struct event *event)
{
    struct str id = event->body.delivered.inject;
    struct watch_inject *inject = watch_inject(watch, id);
    const struct def_inject *written = watch_written(watch, id);
    watch_allow(watch, WATCH_BOARD, id);
    watch_allow(watch, WATCH_BOARD, inject->from);
    watch_allow_text(watch, WATCH_BOARD, inject->title);
    if (written != NULL && inject->title.len == 0)
        watch_allow_words(watch, WATCH_BOARD, &written->title);
    watch_allow_text(watch, WATCH_BOARD, inject->body);
    if (written != NULL && inject->body.len == 0)
        watch_allow_words(watch, WATCH_BOARD, &written->body);
    for (size_t i = 0; written != NULL && i < written->attachment_count; i++)
        watch_allow_words(watch, WATCH_BOARD, &written->attachments[i].name);
    for (int which = 0; which < WATCH_VIEWERS; which++) /* who hears a question may decide it */
        watch_allow_questions(watch, which, id);
}

static inline void watch_opened(struct watch *watch, int seat, const struct event *event)
{
    if (watch_seat(watch, event->actor) != seat)
        return;
    const struct watch_message *message = watch_message(watch, event->body.opened.message);
    if (message == NULL) {
        watch_opened_inject(watch, seat, event->body.opened.inject);
        return;
    }
    watch_allow_text(watch, seat, message->text);
    for (size_t i = 0; i < message->facts.count; i++)
        watch_allow_fact(watch, seat, message->facts.items[i]);
}

static inline void watch_messaged(struct watch *watch, int seat, const struct event *event)
{
    const struct event_messaged *body = &event->body.messaged;
    bool sent = watch_seat(watch, event->actor) == seat;
    if (!sent && !watch_addressed(watch, seat, body->to))
        return;
    watch_allow(watch, seat, body->message);
    watch_allow(watch, seat, body->re);
    watch_allow(watch, seat, body->draft);
    watch_allow_list(watch, seat, body->unknown);
    if (sent) {
        watch_allow_text(watch, seat, body->text);
        watch_allow_list(watch, seat, body->facts);
    }
}

static inline void watch_learned(struct watch *watch, int seat, const struct event *event)
{
    const struct event_learned *body = &event->body.learned;
    if (watch_seat(watch, event->actor) != seat)
        return;
    watch_allow(watch, seat, body->fact);
    watch_allow(watch, seat, body->through);
    if (body->source != SOURCE_UNRECORDED)
        watch_allow_fact(watch, seat, body->fact);
}

/* By mouth: who speaks, and who is spoken to. */
static inline void watch_spoken(
    struct watch *watch, int seat, const struct event *event, struct strs to, struct strs facts)
{
    if (watch_seat(watch, event->actor) == seat || watch_addressed(watch, seat, to))
        watch_allow_list(watch, seat, facts);
}

/* Free texts besides those of injects and messages: whoever wrote them, and the audience. */
static inline void watch_texts(struct watch *watch, int seat, const struct event *event)
{
    const union event_body *body = &event->body;
    struct fields fields = event_kinds[event->kind].fields;
    bool shown = watch_seat(watch, event->actor) == seat;
    switch (event->kind) {
    case EVENT_MESSAGED:
    case EVENT_EDITED:
    case EVENT_IMPROVISED:
        return;
    case EVENT_REFLECTED:
        watch_allow(watch, seat, body->reflected.reflection);
        shown = true;
        break;
    case EVENT_SAID:
        shown = shown || watch_addressed(watch, seat, body->said.to);
        break;
    case EVENT_HANDED_OFF:
        shown = shown || watch_addressed(watch, seat, (struct strs){&body->handed_off.to, 1});
        break;
    case EVENT_HINTED:
        shown = watch_addressed(watch, seat, body->hinted.to);
        for (size_t i = 0; shown && i < watch->def->hint_count; i++)
            if (str_eq(watch->def->hints[i].id, body->hinted.hint))
                watch_allow_words(watch, seat, &watch->def->hints[i].text);
        break;
    case EVENT_ACTED: /* whoever ordered it hears of it */
        shown =
            shown || (body->acted.order.len != 0 &&
                         watch_seat(watch, watch_message(watch, body->acted.order)->from) == seat);
        break;
    case EVENT_READ_BACK:
        shown =
            shown || watch_seat(watch, watch_message(watch, body->read_back.message)->from) == seat;
        break;
    case EVENT_DECIDED:
        for (size_t i = 0; i < watch->def->question_count; i++)
            if (str_eq(watch->def->questions[i].id, body->decided.question))
                shown =
                    shown || watch_inject(watch, watch->def->questions[i].inject)->came_to[seat];
        break;
    case EVENT_DISPUTED:
        if (shown)
            watch_allow(watch, seat, body->disputed.finding);
        break;
    case EVENT_RULED:
        watch_allow(watch, seat, body->ruled.finding);
        shown = true;
        break;
    default:
        break;
    }
    for (size_t i = 0; shown && i < fields.count; i++)
        if (fields.rows[i].type == FIELD_TEXT)
            watch_allow_text(watch, seat, field_str(&fields.rows[i], body));
}

static inline void watch_note(struct watch *watch, const struct event *event)
{
    const union event_body *body = &event->body;
    struct arena *arena = &watch->arena;
    if (event->kind == EVENT_IMPROVISED) {
        struct watch_inject *inject = watch_inject(watch, body->improvised.inject);
        inject->improvised = true;
        inject->from = arena_str(arena, body->improvised.from);
        inject->title = arena_str(arena, body->improvised.title);
        inject->body = arena_str(arena, body->improvised.body);
        inject->facts = arena_strs(arena, body->improvised.facts);
    } else if (event->kind == EVENT_EDITED) {
        struct watch_inject *inject = watch_inject(watch, body->edited.inject);
        if (body->edited.title.len != 0)
            inject->title = arena_str(arena, body->edited.title);
        if (body->edited.body.len != 0)
            inject->body = arena_str(arena, body->edited.body);
    } else if (event->kind == EVENT_MESSAGED) {
        watch->messages = arena_grow(arena, watch->messages, watch->message_count,
            &watch->message_capacity, sizeof(struct watch_message));
        watch->messages[watch->message_count++] =
            (struct watch_message){arena_str(arena, body->messaged.message),
                arena_str(arena, event->actor), arena_str(arena, body->messaged.text),
                arena_strs(arena, body->messaged.to), arena_strs(arena, body->messaged.facts)};
    }
}

static inline void watch_learn(struct watch *watch, int seat, const struct event *event)
{
    const union event_body *body = &event->body;
    watch_texts(watch, seat, event);
    if (event->kind == EVENT_DELIVERED)
        watch_delivered(watch, seat, event);
    else if (event->kind == EVENT_OPENED)
        watch_opened(watch, seat, event);
    else if (event->kind == EVENT_MESSAGED)
        watch_messaged(watch, seat, event);
    else if (event->kind == EVENT_LEARNED)
        watch_learned(watch, seat, event);
    else if (event->kind == EVENT_SAID)
        watch_spoken(watch, seat, event, body->said.to, body->said.facts);
    else if (event->kind == EVENT_HEARD)
        watch_spoken(watch, seat, event, (struct strs){0}, body->heard.facts);
    else if (event->kind == EVENT_HANDED_OFF)
        watch_spoken(
            watch, seat, event, (struct strs){&body->handed_off.to, 1}, body->handed_off.facts);
}

/* ---- what is shown ---- */

static inline void watch_complain(struct watch *watch, int which, const char *what, struct str line)
{
    struct viewer viewer = watch_viewer(watch, which);
    if (watch->complaint[0] == '\0')
        snprintf(watch->complaint, sizeof(watch->complaint), "%.*s is shown %s: %.*s",
            which == WATCH_BOARD ? 5 : (int)viewer.seat.len,
            which == WATCH_BOARD ? "board" : viewer.seat.ptr, what, STR_ARG(line));
}

/* What a seat typed itself and was refused is no news to it. */
static inline bool watch_own_echo(const struct watch *watch, int which, const struct event *event)
{
    return event->kind == EVENT_REFUSED && !event->proxy && which != WATCH_BOARD &&
           watch_seat(watch, event->actor) == which;
}

static inline void watch_secrets(struct watch *watch, int which, struct str line)
{
    size_t position = 0;
    for (int64_t secret; (secret = dice_find_secret(line, &position)) != 0;)
        if (secret >= WATCH_SECRETS || !watch->may[which][secret])
            watch_complain(watch, which, "a secret", line);
}

static inline void watch_line(
    struct watch *watch, int which, const struct event *event, struct str line)
{
    static const char *const hidden[] = {"seq", "cause", "input", "proxy"};
    static const enum event_kind never[] = {EVENT_EDITED, EVENT_HELD, EVENT_SKIPPED,
        EVENT_SCHEDULED, EVENT_IMPROVISED, EVENT_FAULT, EVENT_ANNULLED, EVENT_OBSERVED, EVENT_RATED,
        EVENT_CAUSED, EVENT_CLAIMED, EVENT_MOVED_ON, EVENT_RECEIVER_TESTED, EVENT_WORLD_SET};
    struct arena arena = {0};
    struct str actor = {0};
    if (!watch_own_echo(watch, which, event))
        watch_secrets(watch, which, line);
    for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++)
        if (json_get(line, str_of(hidden[i])).len != 0)
            watch_complain(watch, which, hidden[i], line);
    for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
        if (event->kind == never[i])
            watch_complain(watch, which, "what only the staff may see", line);
    bool is_signed = event->kind == EVENT_REFLECTED || event->kind == EVENT_WITHDRAWN;
    if (!json_to_str(json_get(line, STR("actor")), &arena, &actor) ||
        (!is_signed && !str_is(actor, "exercise") && watch_seat(watch, actor) < 0 &&
            def_stakeholder(watch->def, actor) == NULL))
        watch_complain(watch, which, "who is behind it", line);
    arena_fini(&arena);
}

/* One recorded event: what it lets everybody know, and what they are shown of it. */
/* Whoever sits in two seats has the cards of both: what is put right may lie in the other. */
static inline void watch_put_right(
    struct watch *watch, const struct state *state, int seat, const struct event *event)
{
    struct str old = event->body.learned.replaces;
    size_t position = 0;
    int64_t secret = dice_find_secret(old, &position);
    int person = state_person_of(state, event->actor);
    if (watch_seat(watch, event->actor) != seat || secret <= 0 || secret >= WATCH_SECRETS)
        return;
    for (size_t i = 0; i < watch->def->seat_count; i++)
        if (watch->may[i][secret] && state_person_of(state, watch->def->seats[i].id) == person)
            watch_allow(watch, seat, old);
}

static inline void watch_event(
    struct watch *watch, const struct state *state, const struct event *event)
{
    struct buf line = {0};
    watch_note(watch, event);
    if (event->kind == EVENT_DELIVERED && state->mode == MODE_DISCUSS)
        watch_read_out(watch, event);
    for (int which = 0; which < WATCH_VIEWERS; which++) {
        if (which != WATCH_BOARD && which >= (int)watch->def->seat_count)
            continue;
        if (event->kind == EVENT_STARTED)
            watch_allow(watch, which, event->body.started.language);
        else if (event->kind == EVENT_STOPPED)
            watch_allow_text(watch, which, event->body.stopped.text);
        else if (which != WATCH_BOARD)
            watch_learn(watch, which, event);
        if (event->kind == EVENT_LEARNED)
            watch_put_right(watch, state, which, event);
        buf_clear(&line);
        if (!view_write(&(struct view){state, watch_viewer(watch, which), watch->texts}, event,
                watch->line_count[which] + 1, &line))
            continue;
        watch->line_count[which]++;
        watch_line(watch, which, event, buf_str(&line));
        buf_add(&watch->seen[which], buf_str(&line));
        buf_add_char(&watch->seen[which], '\n');
    }
    buf_fini(&line);
}

/* The sheet that lies on the table holds no secret at all. */
static inline void watch_setting(struct watch *watch, const struct state *state)
{
    struct buf out = {0};
    for (int which = 0; which < WATCH_VIEWERS; which++) {
        if (which != WATCH_BOARD && which >= (int)watch->def->seat_count)
            continue;
        buf_clear(&out);
        view_write_setting(state, watch_viewer(watch, which), &out);
        size_t position = 0;
        if (dice_find_secret(buf_str(&out), &position) != 0)
            watch_complain(watch, which, "a secret in the setting", buf_str(&out));
    }
    buf_fini(&out);
}

#endif
