/* A room's part of a turn: all that is queued is decided, kept together with the other rooms'
 * turns, and answered. When the commit fails, the table's memory is thrown away and built again
 * from the record, every waiting request gets 503, and nobody has seen what is not on disk. The
 * exercise clock stands from then on, and what was running is paused by an outage once turns are
 * kept. */
#include "app/room.h"

#include <stdio.h>
#include <string.h>

#include "app/seats.h"
#include "app/serve.h"
#include "app/shell.h"
#include "app/wall.h"
#include "base/json_write.h"
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

int64_t room_clock_ms(const struct room *room)
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
        .sentence = event_refusal_sentence(refused->reason, refused->what),
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
struct str room_new_name(struct arena *arena)
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

/* The room of the exercise that this one replaces: a program that died when it had made this one
 * did not come to say so any more, and pages stand there. Empty when there is none. */
static bool find_left_room(struct room *room, struct str *ret_name, struct err *reterr)
{
    struct record_exercise exercise, replaced;
    *ret_name = STR("");
    if (!record_exercise_find(
            room->record, table_exercise(room->table), &room->arena, &exercise, reterr))
        return false;
    if (exercise.replaces.len == 0 ||
        !record_exercise_find(room->record, exercise.replaces, &room->arena, &replaced, NULL))
        return true; /* it may have been deleted */
    return record_room_find(room->record, replaced.table, &room->arena, ret_name, reterr);
}

bool room_open(struct room *room, struct web *web, struct err *reterr)
{
    int64_t number = table_number(room->table);
    struct str name;
    if (!record_room_find(room->record, number, &room->arena, &name, reterr))
        return false;
    if (name.len == 0) {
        if (!find_left_room(room, &name, reterr))
            return false;
        if (name.len == 0)
            name = room_new_name(&room->arena);
        if (!record_room_set(room->record, name, number, reterr))
            return false;
    }
    room->web = web;
    room->page = web_open(web, name, room, number);
    room->name = web_room_name(room->page);
    if (!seats_take_up(room, reterr))
        return false;
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
