/* What the web asks of a room: to take inputs, and to tell what is known. Inputs are only queued
 * here; room.c takes them in their turn. */
#include <stdio.h>

#include "app/lobby.h"
#include "app/room.h"
#include "app/seats.h"
#include "app/serve.h"
#include "app/wall.h"
#include "report/kit.h"
#include "web/reply_problem.h"

static struct room_waiting *enqueue(struct room *room, uint64_t ticket)
{
    room->queue = arena_grow(&room->arena, room->queue, room->queue_count, &room->queue_capacity,
        sizeof(struct room_waiting));
    struct room_waiting *waiting = &room->queue[room->queue_count++];
    *waiting = (struct room_waiting){.ticket = ticket};
    return waiting;
}

static void host_submit(void *self, uint64_t ticket, struct str actor, struct str json)
{
    struct room *room = self;
    struct room_waiting *waiting = enqueue(room, ticket);
    waiting->actor = arena_str(&room->arena, actor);
    waiting->json = arena_str(&room->arena, json);
}

static void host_set_clock(void *self, uint64_t ticket, int64_t at_ms)
{
    struct room_waiting *waiting = enqueue(self, ticket);
    waiting->sets_clock = true;
    waiting->clock_ms = at_ms;
}

static const struct state *host_state(void *self)
{
    const struct room *room = self;
    return room->table == NULL ? NULL : table_state(room->table);
}

static int64_t host_clock(void *self, bool *ret_running)
{
    *ret_running = room_clock_runs(self);
    return room_clock_ms(self);
}

static bool host_keeps(void *self)
{
    return !((const struct room *)self)->is_out;
}

static bool host_history(
    void *self, void (*each)(void *each_self, const struct event *event), void *each_self)
{
    struct room *room = self;
    struct record_cursor *cursor;
    if (!record_events(room->record, table_number(room->table), 1, &cursor, NULL))
        return false;
    struct arena arena = {0};
    struct str line;
    int64_t wall_ms;
    bool ok = true;
    while (ok && record_cursor_next(cursor, &line, &wall_ms)) {
        struct event event;
        arena_reset(&arena);
        ok = event_read(arena_str(&arena, line), &arena, &event, NULL);
        if (ok)
            each(each_self, &event);
    }
    ok = ok && !record_cursor_failed(cursor, NULL);
    record_cursor_close(cursor);
    arena_fini(&arena);
    return ok;
}

static void feed_live(void *self, const struct event *event)
{
    live_feed(self, event);
}

/* The score of what was kept, made anew from the record. */
static void score_again(struct room *room)
{
    live_free(room->live);
    room->live = live_new(table_def(room->table), table_rules(room->table));
    if (!host_history(room, feed_live, room->live)) {
        live_free(room->live);
        room->live = NULL;
    }
}

static bool host_findings(void *self, struct viewer viewer, struct buf *out)
{
    struct room *room = self;
    const struct state *state = host_state(self);
    if (state == NULL)
        return false;
    if (room->live == NULL)
        score_again(room); /* the first time that somebody looks */
    if (room->live != NULL)
        live_write(room->live, state, viewer, room_clock_ms(room), out);
    return room->live != NULL;
}

static bool host_kit(void *self, enum lang lang, unsigned parts, struct buf *out)
{
    struct room *room = self;
    if (host_state(self) == NULL)
        return false;
    kit_write(&(struct kit_source){table_def(room->table), table_rules(room->table), lang, parts,
                  (int)host_state(self)->mode},
        out);
    return true;
}

static bool host_replay(void *self, struct viewer viewer, struct buf *out)
{
    struct room *room = self;
    const struct state *state = host_state(self);
    if (state != NULL && room->live == NULL)
        score_again(room);
    return state != NULL && room->live != NULL && live_write_replay(room->live, state, viewer, out);
}

static void host_report(void *self, uint64_t ticket, const struct web_report *wish)
{
    struct room *room = self;
    serve_report(room->serve, room, ticket, wish);
}

static struct str host_text(void *self, struct str ref)
{
    struct room *room = self;
    return record_text_find(room->record, table_number(room->table), ref, &room->arena);
}

static bool host_file(void *self, struct str path, struct arena *arena, struct str *ret_bytes)
{
    struct room *room = self;
    struct record_file file = {.path = path};
    struct str exercise = table_exercise(room->table);
    bool ok = record_exercise_file(room->record, exercise, &file, arena, NULL);
    if (ok)
        *ret_bytes = file.bytes;
    return ok;
}

static void host_lobby(void *self, struct buf *out)
{
    const struct room *room = self;
    lobby_write(room->table, serve_houses(room->serve), out);
}

static void host_sentences(void *self, struct buf *out)
{
    lobby_write_sentences(((const struct room *)self)->table, out);
}

/* The room's place in the web stays, with whoever has joined. */
static void change_table(struct room *room, struct table *table)
{
    struct err err;
    live_free(room->live);
    room->live = NULL;
    record_exercise_unlock(room->record, table_exercise(room->table));
    table_free(room->table);
    *room->slot = room->table = table;
    if (!record_room_set(room->record, room->name, table_number(table), &err))
        fprintf(stderr, "tocsin serve: pages will need new links after a stop: %s\n", err.message);
    web_move(room->page, table_number(table));
    fprintf(stderr, "tocsin serve: made anew, now %.*s\n", STR_ARG(table_exercise(table)));
}

static unsigned write_problem(
    enum reply_problem problem, const struct reply_problem_case *which, struct buf *out)
{
    reply_problem_write(problem, which, out);
    return reply_problems[problem].status;
}

static unsigned refuse_remake(struct room *room, const char *why, struct buf *out)
{
    static const struct words refused = WORDS("The exercise could not be made anew like this: ",
        "この内容では演習を作り直せませんでした：");
    struct words sentence;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        sentence.in[lang] = arena_format(&room->arena, "%.*s%s", STR_ARG(refused.in[lang]), why);
    return write_problem(REPLY_NOT_REMADE,
        &(struct reply_problem_case){.detail = str_of(why), .sentence = &sentence}, out);
}

static unsigned remake(struct room *room, struct str json, struct buf *out)
{
    struct table *table;
    struct err err;
    if (room->queue_count > 0)
        return refuse_remake(room, "something else was just being done; try again", out);
    if (!lobby_remake(room->table, json, serve_home(room->serve), &table, &err))
        return refuse_remake(room, err.message, out);
    change_table(room, table);
    buf_add(out, STR("{\"ok\":true}"));
    return 200;
}

static unsigned host_remake(void *self, struct str json, struct buf *out)
{
    struct room *room = self;
    int64_t began_ms = wall_steady_ms();
    if (began_ms < room->remake_at_ms || !serve_may_remake(room->serve))
        return write_problem(REPLY_TOO_SOON, NULL, out);
    unsigned status = remake(room, json, out);
    int64_t ended_ms = wall_steady_ms();
    int64_t took_ms = ended_ms - began_ms;
    room->remake_at_ms = ended_ms + (status == 200 ? LOBBY_PAUSE_MS : lobby_pause_room_ms(took_ms));
    serve_note_remake(room->serve, took_ms);
    return status;
}

void room_host(struct web_host *host, bool test_clock)
{
    host->submit = host_submit;
    host->state = host_state;
    host->clock_ms = host_clock;
    host->keeps = host_keeps;
    host->history = host_history;
    host->text = host_text;
    host->findings = host_findings;
    host->kit = host_kit;
    host->replay = host_replay;
    host->file = host_file;
    host->report = host_report;
    host->lobby = host_lobby;
    host->remake = host_remake;
    host->sentences = host_sentences;
    seats_host(host);
    host->set_clock = test_clock ? host_set_clock : NULL;
}
