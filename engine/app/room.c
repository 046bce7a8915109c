/* A room's part of a turn: all that is queued is decided, kept together with the other rooms'
 * turns, and answered. When the commit fails, the table's memory is thrown away and built again
 * from the record, every waiting request gets 503, and nobody has seen what is not on disk. The
 * exercise clock stands from then on, and what was running is paused by an outage once turns are
 * kept. */
#include "app/room.h"

#include <stdio.h>
#include <string.h>

#include "app/lobby.h"
#include "app/serve.h"
#include "app/shell.h"
#include "app/wall.h"
#include "base/json_write.h"
#include "report/kit.h"
#include "web/reply_problem.h"

enum { REBUILD_AGAIN_MS = 500 };

/* ---- the clock ---- */

static bool is_running(const struct room *room)
{
    const struct state *state = table_state(room->table);
    return state != NULL && state->status == STATUS_RUNNING;
}

/* Nobody's time runs out while nothing that they do can be kept, nor while a room discusses. */
bool room_clock_runs(const struct room *room)
{
    return is_running(room) && !room->is_out && table_state(room->table)->mode != MODE_DISCUSS;
}

static int64_t clock_at(const struct room *room, int64_t steady_ms)
{
    if (room->test_clock || !room_clock_runs(room))
        return room->clock_ms;
    return room->clock_ms + steady_ms - room->steady_ms;
}

static int64_t clock_now(const struct room *room)
{
    return clock_at(room, wall_steady_ms());
}

static void clock_note(struct room *room, int64_t clock_ms, int64_t steady_ms)
{
    room->clock_ms = clock_ms;
    room->steady_ms = steady_ms;
}

/* A running exercise that the disk stopped. It goes on as after a crash: paused, with the gap in
 * the record, and entering that is how the loop finds out whether the disk is well. */
static bool is_in_outage(const struct room *room)
{
    return room->is_out && is_running(room) && !room->test_clock;
}

/* ---- what the web asks of us ---- */

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
    return clock_now(self);
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
        live_write(room->live, state, viewer, clock_now(room), out);
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

/* That somebody joined is kept so that they need not do it again after a stop; it is no loss that
 * would have to stop them now. */
static void host_keep_pass(void *self, struct str as, const struct hash *cookie)
{
    struct room *room = self;
    struct err err;
    if (!record_pass_add(room->record, room->name, &(struct record_pass){as, *cookie}, &err))
        fprintf(stderr,
            "tocsin serve: %.*s has joined, but will need a new link when the program is started "
            "again: %s\n",
            STR_ARG(as), err.message);
}

static void host_lobby(void *self, struct buf *out)
{
    const struct room *room = self;
    lobby_write(room->table, serve_home(room->serve), out);
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

static unsigned host_remake(void *self, struct str json, struct buf *out)
{
    static const struct words refused = WORDS("The exercise could not be made anew like this: ",
        "この内容では演習を作り直せませんでした：");
    struct room *room = self;
    struct table *table;
    struct err err;
    if (room->queue_count == 0 &&
        lobby_remake(room->table, json, serve_home(room->serve), &table, &err)) {
        change_table(room, table);
        buf_add(out, STR("{\"ok\":true}"));
        return 200;
    }
    if (room->queue_count > 0)
        err_set(&err, ERR_IO, "something else was just being done; try again");
    struct words sentence;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        sentence.in[lang] =
            arena_format(&room->arena, "%.*s%s", STR_ARG(refused.in[lang]), err.message);
    reply_problem_write(REPLY_NOT_REMADE,
        &(struct reply_problem_case){.detail = str_of(err.message), .sentence = &sentence}, out);
    return reply_problems[REPLY_NOT_REMADE].status;
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
    host->keep_pass = host_keep_pass;
    host->set_clock = test_clock ? host_set_clock : NULL;
}

/* ---- a turn ---- */

static struct str finish(struct room *room, struct buf *buf)
{
    struct str text = arena_str(&room->arena, buf_str(buf));
    buf_fini(buf);
    return text;
}

static void answer_problem(struct room *room, struct room_waiting *waiting,
    enum reply_problem problem, const struct reply_problem_case *which)
{
    struct buf json = {0};
    reply_problem_write(problem, which, &json);
    waiting->status = (int)reply_problems[problem].status;
    waiting->answer = finish(room, &json);
}

static void answer_refused(struct room *room, struct room_waiting *waiting, struct str id,
    const struct event_refused *refused)
{
    struct reply_problem_case which = {.reason = str_of(refusal_names[refused->reason]),
        .sentence = &refusal_sentences[refused->reason],
        .input = id,
        .what = refused->what};
    answer_problem(room, waiting, REPLY_REFUSED, &which);
}

static void answer_taken(struct room *room, struct room_waiting *waiting, struct str id)
{
    struct buf buf = {0};
    struct json_write json;
    json_write_init(&json, &buf);
    json_write_object(&json);
    json_write_key_str(&json, "id", id);
    json_write_key_bool(&json, "ok", true);
    json_write_end(&json);
    waiting->status = 200;
    waiting->answer = finish(room, &buf);
}

static void take_input(struct room *room, struct room_waiting *waiting, int64_t now_ms)
{
    struct intake intake;
    struct err err;
    if (!intake_parse(waiting->json, (struct intake_from){.source = INTAKE_CLIENT}, &room->arena,
            &intake, &err)) {
        struct reply_problem_case which = {.detail = str_of(err.message)};
        answer_problem(room, waiting, REPLY_BAD_BODY, &which);
        return;
    }
    intake.input.actor = waiting->actor;
    struct event_refused refused;
    enum taken taken = table_take(room->table, &intake, now_ms, &refused);
    if (taken == TAKEN_CONFLICT)
        answer_problem(room, waiting, REPLY_ID_USED, NULL);
    else if (taken == TAKEN_REFUSED)
        answer_refused(room, waiting, intake.input.id, &refused);
    else
        answer_taken(room, waiting, intake.input.id);
}

static void set_clock(struct room *room, struct room_waiting *waiting, int64_t *now_ms)
{
    if (is_running(room) && waiting->clock_ms > *now_ms) {
        *now_ms = waiting->clock_ms;
        table_advance(room->table, *now_ms);
    }
    waiting->status = 200;
    waiting->answer = STR("{\"ok\":true}");
}

static void answer_all(struct room *room, bool kept)
{
    for (size_t i = 0; i < room->queue_count; i++) {
        struct room_waiting *waiting = &room->queue[i];
        /* All but what was never understood may have been decided by what is now undone. */
        if (!kept && waiting->status != 400)
            answer_problem(room, waiting, REPLY_NOT_KEPT, NULL);
        web_answer(room->web, waiting->ticket, waiting->status, waiting->answer);
    }
}

void room_end_turn(struct room *room)
{
    if (room->arena.used_bytes == 0)
        return; /* one of many that had nothing to do */
    arena_reset(&room->arena);
    room->queue = NULL;
    room->queue_count = room->queue_capacity = 0;
}

/* Builds the table's memory again; until that works, every request is answered 503. */
static void rebuild(struct room *room)
{
    struct err err;
    live_free(room->live); /* its definition goes with the table's memory */
    room->live = NULL;
    if (table_rebuild(room->table, &err)) {
        presence_recall(room);
        web_reload(room->page);
        return;
    }
    fprintf(stderr, "tocsin serve: the record cannot be read back: %s\n", err.message);
    room->rebuild_at_ms = wall_steady_ms() + REBUILD_AGAIN_MS;
}

static void enter_outage(struct room *room, int64_t gap_ms)
{
    struct intake intake = {
        .input = {.kind = INPUT_OUTAGE, .actor = ACTOR_HOST, .observed_ms = -1, .story_at_ms = -1}};
    intake.input.body.outage.gap_ms = gap_ms > 0 ? gap_ms : 1;
    intake.input.id = arena_format(&room->arena, "outage-%lld", (long long)wall_now_ms());
    struct event_refused refused;
    table_take(room->table, &intake, room->clock_ms, &refused);
}

/* At ENDEX the facilitator writes the head down: it proves later that nothing was cut off. */
static void tell_end(struct room *room, const struct event *events, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct hash head;
        int64_t seq;
        char hex[HASH_HEX_BYTES + 1];
        if (events[i].kind != EVENT_ENDED ||
            !record_head(room->record, table_number(room->table), &seq, &head, NULL))
            continue;
        struct str exercise = table_exercise(room->table);
        const char *program = serve_program(room->serve), *db = serve_db(room->serve);
        printf("\nENDEX of %.*s. Head of the record, to be written down:\n\n  %.*s\n\n"
               "The report, in Japanese (--lang en: in English):\n\n"
               "  %.*s report %.*s --lang ja --db %.*s\n",
            STR_ARG(exercise), STR_ARG(hash_hex(&head, hex)),
            STR_ARG(shell_word(&room->arena, str_of(program))), STR_ARG(exercise),
            STR_ARG(shell_word(&room->arena, str_of(db))));
        fflush(stdout);
    }
}

void room_tell_turn(struct room *room)
{
    size_t count;
    const struct event *events = table_events(room->table, &count);
    int64_t table_ms = table_state(room->table)->now_ms; /* in a discussion `next` moves it */
    clock_note(room, table_ms > room->turn_ms ? table_ms : room->turn_ms, room->turn_steady_ms);
    if (room->is_out)
        fprintf(stderr, "tocsin serve: turns are kept again\n");
    room->is_out = false;
    answer_all(room, true);
    /* Every view asks for the texts that it shows. */
    bool is_one_look = record_snapshot_begin(room->record);
    web_tell(room->page, events, count);
    if (is_one_look)
        record_snapshot_end(room->record);
    tell_end(room, events, count);
    for (size_t i = 0; i < count && room->live != NULL; i++)
        live_feed(room->live, &events[i]);
}

void room_fail_turn(struct room *room)
{
    room->is_out = true;
    answer_all(room, false);
    rebuild(room);
    room->rebuild_at_ms = wall_steady_ms() + REBUILD_AGAIN_MS;
    if (table_state(room->table) != NULL)
        web_tell(room->page, NULL, 0); /* that the clock stands */
}

void room_take_turn(struct room *room)
{
    room->turn_steady_ms =
        wall_steady_ms(); /* once: the turn itself, with its commit, takes time */
    room->turn_ms = clock_at(room, room->turn_steady_ms);
    if (is_in_outage(room))
        enter_outage(room, room->turn_steady_ms - room->steady_ms);
    table_advance(room->table, room->turn_ms);
    presence_tell(room);
    for (size_t i = 0; i < room->queue_count; i++) {
        if (room->queue[i].sets_clock)
            set_clock(room, &room->queue[i], &room->turn_ms);
        else
            take_input(room, &room->queue[i], room->turn_ms);
    }
}

/* After a failure nothing is tried again at once, lest the loop does nothing else. */
static bool may_try(const struct room *room, int64_t steady_ms)
{
    return steady_ms >= room->rebuild_at_ms;
}

/* A timer that is due, a clock that should be kept again, or an outage that may be over. */
static bool clock_wants_turn(struct room *room, int64_t steady_ms)
{
    int64_t due_ms, now_ms = clock_at(room, steady_ms);
    return is_in_outage(room) || (table_due(room->table, &due_ms) && due_ms <= now_ms) ||
           now_ms - room->clock_ms >= ROOM_CLOCK_KEPT_EVERY_MS;
}

static void answer_not_now(struct room *room)
{
    for (size_t i = 0; i < room->queue_count; i++) {
        struct room_waiting *waiting = &room->queue[i];
        answer_problem(room, waiting, REPLY_NOT_READY, NULL);
        web_answer(room->web, waiting->ticket, waiting->status, waiting->answer);
    }
    room_end_turn(room);
}

bool room_wants_turn(struct room *room, int64_t steady_ms)
{
    if (table_state(room->table) == NULL) {
        answer_not_now(room);
        if (may_try(room, steady_ms))
            rebuild(room);
        return false;
    }
    bool may_step = may_try(room, steady_ms);
    bool has_news = may_step && presence_look_around(room, steady_ms, clock_at(room, steady_ms));
    return room->queue_count > 0 || has_news || (may_step && clock_wants_turn(room, steady_ms));
}

int64_t room_wait_ms(struct room *room, int64_t steady_ms, int64_t longest_ms)
{
    int64_t wait = longest_ms, due_ms, now_ms = clock_at(room, steady_ms);
    int64_t pause_ms = room->rebuild_at_ms - steady_ms;
    if (table_state(room->table) == NULL || is_in_outage(room))
        wait = 0;
    else if (!room->test_clock && room_clock_runs(room) && table_due(room->table, &due_ms) &&
             due_ms - now_ms < wait)
        wait = due_ms - now_ms;
    if (wait < pause_ms)
        wait = pause_ms; /* its own pause holds up nobody else */
    return wait < longest_ms ? wait : longest_ms;
}

bool room_note_outage(struct room *room, struct err *reterr)
{
    int64_t clock_ms, wall_ms;
    if (!room_clock_runs(room) || room->test_clock)
        return true;
    if (!record_clock(room->record, table_number(room->table), &clock_ms, &wall_ms, reterr))
        return false;
    enter_outage(room, wall_now_ms() - wall_ms);
    if (!table_keep(room->table, wall_now_ms(), reterr))
        return false;
    fprintf(stderr,
        "tocsin serve: %.*s goes on, paused after an outage: it was running when the program "
        "stopped, and stands until the facilitator resumes it\n",
        STR_ARG(table_exercise(room->table)));
    return true;
}

/* ---- opening ---- */

/* Short, for it stands in addresses; not to be guessed matters not, to be new does. */
static struct str new_name(struct arena *arena)
{
    static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
    uint8_t random[7];
    char name[sizeof(random)];
    wall_entropy(random, sizeof(random));
    name[0] = letters[random[0] % 24]; /* an id begins with a letter */
    for (size_t i = 1; i < sizeof(random); i++)
        name[i] = letters[random[i] % 32];
    return arena_str(arena, (struct str){name, sizeof(name)});
}

bool room_open(struct room *room, struct web *web, struct err *reterr)
{
    struct record_passes passes;
    int64_t number = table_number(room->table);
    struct str name;
    if (!record_room_find(room->record, number, &room->arena, &name, reterr))
        return false;
    if (name.len == 0) {
        name = new_name(&room->arena);
        if (!record_room_set(room->record, name, number, reterr))
            return false;
    }
    if (!record_pass_list(room->record, name, &room->arena, &passes, reterr))
        return false;
    room->web = web;
    room->page = web_open(web, name, room, number);
    room->name = web_room_name(room->page);
    for (size_t i = 0; i < passes.count; i++)
        web_admit(room->page, passes.items[i].as, &passes.items[i].cookie);
    clock_note(room, table_state(room->table)->now_ms, wall_steady_ms());
    presence_recall(room);
    room_end_turn(room);
    return true;
}

void room_close(struct room *room)
{
    live_free(room->live);
    arena_fini(&room->arena);
}
