/* One thread, one loop. Requests only queue inputs; a turn takes all that are queued in all rooms,
 * commits once, and answers. */
#include "app/serve.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/lead.h"
#include "app/measure.h"
#include "app/lobby.h"
#include "app/room.h"
#include "app/wall.h"

enum { LONGEST_WAIT_MS = 1000 };

struct serve {
    struct record *record;
    struct web *web;
    struct web_room *lead;
    const char *program, *db;
    struct lobby_houses houses;
    int64_t remake_at_ms; /* steady time; not before */
    bool test_clock;
    struct pass_key pass_key;
    struct vitals_turns turns_counted;
    struct children children;
    struct arena arena;
    struct room **rooms;
    size_t room_count, room_capacity;
    struct room **turn;    /* those that take part in this turn */
    struct table **tables; /* theirs */
};

static volatile sig_atomic_t stop_asked;

static void ask_stop(int signal_number)
{
    (void)signal_number;
    stop_asked = 1;
}

void serve_catch_signals(void)
{
    struct sigaction stop = {.sa_handler = ask_stop};
    struct sigaction ignore = {.sa_handler = SIG_IGN}, usual = {.sa_handler = SIG_DFL};
    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGINT, &stop, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
    sigaction(SIGCHLD, &usual, NULL); /* whatever started us: children are waited for */
}

const char *serve_program(const struct serve *serve)
{
    return serve->program;
}

const char *serve_db(const struct serve *serve)
{
    return serve->db;
}

const char *serve_home(const struct serve *serve)
{
    return serve->houses.home;
}

struct lobby_houses *serve_houses(struct serve *serve)
{
    return &serve->houses;
}

bool serve_may_remake(const struct serve *serve)
{
    return wall_steady_ms() >= serve->remake_at_ms;
}

void serve_note_remake(struct serve *serve, int64_t took_ms)
{
    serve->remake_at_ms = wall_steady_ms() + lobby_pause_all_ms(took_ms);
}

const struct pass_key *serve_pass_key(const struct serve *serve)
{
    return &serve->pass_key;
}

struct record *serve_record(const struct serve *serve)
{
    return serve->record;
}

bool serve_has_tables(const struct serve *serve)
{
    return serve->room_count > 0;
}

static void host_entropy(void *self, uint8_t *bytes, size_t count)
{
    (void)self;
    wall_entropy(bytes, (int64_t)count);
}

static int64_t host_steady(void *self)
{
    (void)self;
    return wall_steady_ms();
}

static void host_measure(void *self, struct vitals *vitals)
{
    const struct serve *serve = self;
    vitals->turns = serve->turns_counted;
    vitals->memory_bytes = measure_memory_bytes();
    vitals->record_bytes = measure_record_bytes(serve->db);
}

static void host_warn(void *self, struct str sentence)
{
    (void)self;
    fprintf(stderr, "tocsin serve: %.*s\n", STR_ARG(sentence));
}

/* ---- children ---- */

void serve_answer_problem(struct serve *serve, uint64_t ticket, enum reply_problem problem)
{
    struct buf out = {0};
    reply_problem_write(problem, NULL, &out);
    web_answer(serve->web, ticket, (int)reply_problems[problem].status, buf_str(&out));
    buf_fini(&out);
}

static void add(struct children_task *task, const char *argument)
{
    int count = 0;
    while (task->arguments[count] != NULL)
        count++;
    assert(count + 1 < CHILDREN_ARGUMENTS);
    task->arguments[count] = argument;
}

static void add_option(struct children_task *task, const char *option, const char *value)
{
    if (value == NULL)
        return;
    add(task, option);
    add(task, value);
}

/* Of the house that plays here: a record may hold others' exercises. It keeps nothing, for writing
 * would make turns wait for it. */
static void ask_skills(struct children_task *task, const struct serve *serve, const char *team)
{
    add(task, "skills");
    add(task, "--json");
    add(task, "--no-keep");
    add_option(task, "--team", team);
    add_option(task, "--db", serve->db);
    add_option(task, "--home", serve->houses.home);
}

static void ask_report(struct children_task *task, const struct serve *serve, const char *exercise,
    const struct web_report *wish)
{
    add(task, "report");
    add(task, exercise);
    add_option(task, "--db", serve->db);
    add_option(task, "--format", wish->format);
    add_option(task, "--lang", wish->lang);
    add_option(task, "--table", strcmp(wish->format, "csv") == 0 ? wish->table : NULL);
    if (wish->pseudonyms)
        add(task, "--pseudonyms");
}

static const char *text_of(struct arena *arena, struct str str)
{
    return arena_format(arena, "%.*s", STR_ARG(str)).ptr;
}

void serve_report(
    struct serve *serve, const struct room *room, uint64_t ticket, const struct web_report *wish)
{
    struct arena arena = {0};
    struct children_task task = {.owner = room, .ticket = ticket};
    if (wish->is_skills)
        ask_skills(&task, serve, text_of(&arena, table_def(room->table)->organisation));
    else
        ask_report(&task, serve, text_of(&arena, table_exercise(room->table)), wish);
    serve_start_child(serve, &task);
    arena_fini(&arena);
}

void serve_start_child(struct serve *serve, const struct children_task *task)
{
    enum children_begun begun = children_start(&serve->children, task);
    if (begun != CHILDREN_BEGUN)
        serve_answer_problem(
            serve, task->ticket, begun == CHILDREN_FULL ? REPLY_WRITING : REPLY_FAILED);
}

static void tell_report(void *self, uint64_t ticket, bool is_good, struct str output)
{
    struct serve *serve = self;
    if (is_good)
        web_answer(serve->web, ticket, 200, output);
    else
        serve_answer_problem(serve, ticket, REPLY_FAILED);
}

static void take_turn(struct serve *serve, size_t count)
{
    struct err err;
    for (size_t i = 0; i < count; i++) {
        room_take_turn(serve->turn[i]);
        serve->tables[i] = serve->turn[i]->table;
    }
    int64_t from_us = wall_steady_us();
    bool is_kept = table_keep_all(serve->tables, count, wall_now_ms(), &err);
    vitals_count_turn(&serve->turns_counted, wall_steady_us() - from_us, is_kept);
    if (!is_kept)
        fprintf(stderr, "tocsin serve: a turn was not kept: %s\n", err.message);
    for (size_t i = 0; i < count; i++) {
        if (is_kept)
            room_tell_turn(serve->turn[i]);
        else
            room_fail_turn(serve->turn[i]);
    }
}

static void step(struct serve *serve)
{
    size_t count = 0;
    int64_t steady_ms = wall_steady_ms(); /* once: there may be hundreds of rooms */
    for (size_t i = 0; i < serve->room_count; i++)
        if (room_wants_turn(serve->rooms[i], steady_ms))
            serve->turn[count++] = serve->rooms[i];
    if (count > 0)
        take_turn(serve, count);
    /* Views copy texts there as well, and a standing clock takes no turn. */
    for (size_t i = 0; i < serve->room_count; i++)
        room_end_turn(serve->rooms[i]);
}

static int wait_ms(struct serve *serve)
{
    int64_t wait = LONGEST_WAIT_MS, steady_ms = wall_steady_ms();
    int web_wait = web_timeout_ms(serve->web);
    for (size_t i = 0; i < serve->room_count; i++)
        wait = room_wait_ms(serve->rooms[i], steady_ms, wait);
    if (web_wait >= 0 && web_wait < wait)
        wait = web_wait;
    return wait < 0 ? 0 : (int)wait;
}

static void run_until_stopped(struct serve *serve)
{
    while (!stop_asked) {
        struct pollfd ready[1 + CHILDREN_AT_ONCE] = {{.fd = web_fd(serve->web), .events = POLLIN}};
        nfds_t count = 1 + children_poll(&serve->children, &ready[1]);
        if (poll(ready, count, wait_ms(serve)) < 0 && errno != EINTR)
            break;
        children_collect(&serve->children, tell_report, serve);
        web_run(serve->web);
        step(serve);
    }
}

bool serve_open(const struct serve_options *options, struct serve **ret_serve, struct err *reterr)
{
    struct serve *serve = calloc(1, sizeof(*serve));
    if (serve == NULL)
        abort();
    serve->test_clock = options->test_clock;
    serve->program = options->program;
    serve->db = options->db;
    serve->houses.home = options->home;
    struct web_host host = {.self = serve,
        .entropy = host_entropy,
        .steady_ms = host_steady,
        .measure = host_measure,
        .warn = host_warn};
    room_host(&host, options->test_clock);
    lead_host(&host);
    if (!web_new(&host, &options->web, &serve->web, reterr)) {
        free(serve);
        return false;
    }
    *ret_serve = serve;
    return true;
}

void serve_close(struct serve *serve)
{
    if (serve == NULL)
        return;
    children_end(&serve->children);
    web_free(serve->web);
    for (size_t i = 0; i < serve->room_count; i++)
        room_close(serve->rooms[i]);
    lobby_houses_fini(&serve->houses);
    arena_fini(&serve->arena);
    free(serve);
}

static struct room *add_room(struct serve *serve, struct table **slot)
{
    struct room *room = ARENA_NEW(&serve->arena, struct room);
    *room = (struct room){.serve = serve,
        .record = serve->record,
        .slot = slot,
        .table = *slot,
        .test_clock = serve->test_clock};
    serve->rooms = arena_grow(&serve->arena, serve->rooms, serve->room_count, &serve->room_capacity,
        sizeof(struct room *));
    serve->rooms[serve->room_count++] = room;
    return room;
}

static void print_links(struct serve *serve)
{
    for (size_t i = 0; i < serve->room_count; i++) {
        struct room *room = serve->rooms[i];
        struct str link =
            web_link(room->page, (struct viewer){.kind = VIEWER_FACILITATOR}, &room->arena);
        printf("EXERCISE %.*s is ready. The facilitator's link, good for one browser:\n\n"
               "  %.*s\n\n",
            STR_ARG(table_exercise(room->table)), STR_ARG(link));
    }
    struct str lead = web_link(serve->lead, (struct viewer){.kind = VIEWER_LEAD}, &serve->arena);
    printf("A lead's link, to look at all exercises that have ended, good for one browser:\n\n"
           "  %.*s\n\n",
        STR_ARG(lead));
    printf("Stop with Ctrl-C; the record is safe at any moment.\n");
    fflush(stdout);
}

/* An exercise is not held up by it. */
static void open_pass_key(struct serve *serve)
{
    struct err err;
    if (!pass_key_open(serve->db, &serve->pass_key, &err))
        fprintf(stderr, "tocsin serve: pages will need new links after a stop: %s\n", err.message);
}

bool serve_run(struct serve *serve, struct record *record, const struct opening_tables *tables,
    struct err *reterr)
{
    serve->record = record;
    open_pass_key(serve);
    serve->turn = ARENA_ARRAY(&serve->arena, tables->count, struct room *);
    serve->tables = ARENA_ARRAY(&serve->arena, tables->count, struct table *);
    for (size_t i = 0; i < tables->count; i++) {
        struct room *room = add_room(serve, &tables->items[i]);
        if (!room_open(room, serve->web, reterr) || !room_note_outage(room, reterr))
            return false;
    }
    serve->lead = web_open_lead(serve->web, room_new_name(&serve->arena));
    print_links(serve);
    run_until_stopped(serve);
    return true;
}
