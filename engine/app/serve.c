/* One thread, one loop. Requests only queue inputs; a turn takes all that are queued, commits once,
 * and answers. When the commit fails, the table's memory is thrown away and built again from the
 * record, every waiting request gets 503, and nobody has seen what is not on disk. The exercise
 * clock stands from then on, and what was running is paused by an outage once turns are kept. */
#include "app/serve.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/live.h"
#include "app/shell.h"
#include "app/wall.h"
#include "base/json_write.h"

enum { REBUILD_AGAIN_MS = 500, LONGEST_WAIT_MS = 1000, CLOCK_KEPT_EVERY_MS = 5000 };

/* A request that waits for its turn. */
struct waiting {
    uint64_t ticket;
    struct str actor, json; /* in the queue's arena */
    bool sets_clock;
    int64_t clock_ms;
    int status; /* the answer, once decided */
    struct str answer;
};

struct serve {
    struct record *record;
    struct table *table;
    struct live *live;
    struct web *web;
    const char *program, *db;
    bool test_clock;

    struct arena arena; /* one turn */
    struct waiting *queue;
    size_t queue_count, queue_capacity;

    int64_t clock_ms;  /* exercise time at the last turn that was kept */
    int64_t steady_ms; /* steady time then */
    bool is_out;       /* nothing can be kept: the clock stands until a turn is */
    int64_t rebuild_at_ms;
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
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGINT, &stop, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
}

/* ---- the clock ---- */

static bool is_running(const struct serve *serve)
{
    const struct state *state = table_state(serve->table);
    return state != NULL && state->status == STATUS_RUNNING;
}

/* Nobody's time runs out while nothing that they do can be kept. */
static bool clock_runs(const struct serve *serve)
{
    return is_running(serve) && !serve->is_out;
}

static int64_t clock_at(const struct serve *serve, int64_t steady_ms)
{
    if (serve->test_clock || !clock_runs(serve))
        return serve->clock_ms;
    return serve->clock_ms + steady_ms - serve->steady_ms;
}

static int64_t clock_now(const struct serve *serve)
{
    return clock_at(serve, wall_steady_ms());
}

static void clock_note(struct serve *serve, int64_t clock_ms, int64_t steady_ms)
{
    serve->clock_ms = clock_ms;
    serve->steady_ms = steady_ms;
}

/* A running exercise that the disk stopped. It goes on as after a crash: paused, with the gap in
 * the record, and entering that is how the loop finds out whether the disk is well. */
static bool is_in_outage(const struct serve *serve)
{
    return serve->is_out && is_running(serve) && !serve->test_clock;
}

/* ---- what the web asks of us ---- */

static struct waiting *enqueue(struct serve *serve, uint64_t ticket)
{
    serve->queue = arena_grow(&serve->arena, serve->queue, serve->queue_count,
        &serve->queue_capacity, sizeof(struct waiting));
    struct waiting *waiting = &serve->queue[serve->queue_count++];
    *waiting = (struct waiting){.ticket = ticket};
    return waiting;
}

static void host_submit(void *self, uint64_t ticket, struct str actor, struct str json)
{
    struct serve *serve = self;
    struct waiting *waiting = enqueue(serve, ticket);
    waiting->actor = arena_str(&serve->arena, actor);
    waiting->json = arena_str(&serve->arena, json);
}

static void host_set_clock(void *self, uint64_t ticket, int64_t at_ms)
{
    struct waiting *waiting = enqueue(self, ticket);
    waiting->sets_clock = true;
    waiting->clock_ms = at_ms;
}

static const struct state *host_state(void *self)
{
    const struct serve *serve = self;
    return serve->table == NULL ? NULL : table_state(serve->table);
}

static int64_t host_clock(void *self, bool *ret_running)
{
    *ret_running = clock_runs(self);
    return clock_now(self);
}

static bool host_history(
    void *self, void (*each)(void *each_self, const struct event *event), void *each_self)
{
    struct serve *serve = self;
    struct record_cursor *cursor;
    if (!record_events(serve->record, table_number(serve->table), 1, &cursor, NULL))
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
static void score_again(struct serve *serve)
{
    live_free(serve->live);
    serve->live = live_new(table_def(serve->table), table_rules(serve->table));
    if (!host_history(serve, feed_live, serve->live)) {
        live_free(serve->live);
        serve->live = NULL;
    }
}

static bool host_findings(void *self, struct viewer viewer, struct buf *out)
{
    struct serve *serve = self;
    const struct state *state = host_state(self);
    if (state == NULL)
        return false;
    if (serve->live == NULL)
        score_again(serve); /* the first time that somebody looks */
    if (serve->live != NULL)
        live_write(serve->live, state, viewer, clock_now(serve), out);
    return serve->live != NULL;
}

static struct str host_text(void *self, struct str ref)
{
    struct serve *serve = self;
    return record_text_find(serve->record, table_number(serve->table), ref, &serve->arena);
}

static bool host_file(void *self, struct str path, struct arena *arena, struct str *ret_bytes)
{
    struct serve *serve = self;
    struct record_file file = {.path = path};
    struct str exercise = table_exercise(serve->table);
    bool ok = record_exercise_file(serve->record, exercise, &file, arena, NULL);
    if (ok)
        *ret_bytes = file.bytes;
    return ok;
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

/* ---- a turn ---- */

static struct str finish(struct serve *serve, struct buf *buf)
{
    struct str text = arena_str(&serve->arena, buf_str(buf));
    buf_fini(buf);
    return text;
}

static struct str taken_json(
    struct serve *serve, enum taken taken, struct str id, const struct event_refused *refused)
{
    struct buf buf = {0};
    struct json_write json;
    json_write_init(&json, &buf);
    json_write_object(&json);
    json_write_key_str(&json, "id", id);
    json_write_key_bool(&json, "ok", taken != TAKEN_REFUSED);
    if (taken == TAKEN_REFUSED) {
        json_write_key_str(&json, "reason", str_of(refusal_names[refused->reason]));
        json_write_key_words(&json, "sentence", &refusal_sentences[refused->reason]);
        json_write_key_str(&json, "what", refused->what);
    }
    json_write_end(&json);
    return finish(serve, &buf);
}

static struct str problem_json(
    struct serve *serve, int status, const char *detail, const struct words *sentence)
{
    struct buf buf = {0};
    struct json_write json;
    json_write_init(&json, &buf);
    json_write_object(&json);
    json_write_key_str(&json, "detail", str_of(detail));
    json_write_key_words(&json, "sentence", sentence);
    json_write_key_int(&json, "status", status);
    json_write_end(&json);
    return finish(serve, &buf);
}

static void take_input(struct serve *serve, struct waiting *waiting, int64_t now_ms)
{
    static const struct words not_understood =
        WORDS("The request was not understood; reload the page.",
            "要求を理解できませんでした。ページを再読み込みしてください。");
    static const struct words conflict = WORDS(
        "This id was used before for something else.", "このIDは別の内容ですでに使われています。");
    struct intake intake;
    struct err err;
    if (!intake_parse(waiting->json, (struct intake_from){.source = INTAKE_CLIENT}, &serve->arena,
            &intake, &err)) {
        waiting->status = 400;
        waiting->answer = problem_json(serve, 400, err.message, &not_understood);
        return;
    }
    intake.input.actor = waiting->actor;
    struct event_refused refused;
    enum taken taken = table_take(serve->table, &intake, now_ms, &refused);
    if (taken == TAKEN_CONFLICT) {
        waiting->status = 409;
        waiting->answer = problem_json(serve, 409, "id used before", &conflict);
        return;
    }
    waiting->status = taken == TAKEN_REFUSED ? 422 : 200;
    waiting->answer = taken_json(serve, taken, intake.input.id, &refused);
}

static void set_clock(struct serve *serve, struct waiting *waiting, int64_t *now_ms)
{
    if (is_running(serve) && waiting->clock_ms > *now_ms) {
        *now_ms = waiting->clock_ms;
        table_advance(serve->table, *now_ms);
    }
    waiting->status = 200;
    waiting->answer = STR("{\"ok\":true}");
}

static void answer_all(struct serve *serve, bool kept)
{
    static const struct words not_kept =
        WORDS("It could not be kept on disk, so it did not happen. Please try again.",
            "ディスクに保存できなかったため、実行されていません。もう一度お試しください。");
    for (size_t i = 0; i < serve->queue_count; i++) {
        struct waiting *waiting = &serve->queue[i];
        /* All but what was never understood may have been decided by what is now undone. */
        if (!kept && waiting->status != 400)
            waiting->answer = problem_json(serve, waiting->status = 503, "not kept", &not_kept);
        web_answer(serve->web, waiting->ticket, waiting->status, waiting->answer);
    }
}

static void end_turn(struct serve *serve)
{
    arena_reset(&serve->arena);
    serve->queue = NULL;
    serve->queue_count = serve->queue_capacity = 0;
}

/* Builds the table's memory again; until that works, every request is answered 503. */
static void rebuild(struct serve *serve)
{
    struct err err;
    live_free(serve->live); /* its definition goes with the table's memory */
    serve->live = NULL;
    if (table_rebuild(serve->table, &err)) {
        web_reload(serve->web);
        return;
    }
    fprintf(stderr, "tocsin serve: the record cannot be read back: %s\n", err.message);
    serve->rebuild_at_ms = wall_steady_ms() + REBUILD_AGAIN_MS;
}

static void enter_outage(struct serve *serve, int64_t gap_ms)
{
    struct intake intake = {
        .input = {.kind = INPUT_OUTAGE, .actor = ACTOR_HOST, .observed_ms = -1, .story_at_ms = -1}};
    intake.input.body.outage.gap_ms = gap_ms > 0 ? gap_ms : 1;
    intake.input.id = arena_format(&serve->arena, "outage-%lld", (long long)wall_now_ms());
    struct event_refused refused;
    table_take(serve->table, &intake, serve->clock_ms, &refused);
}

/* At ENDEX the facilitator writes the head down: it proves later that nothing was cut off. */
static void tell_end(struct serve *serve, const struct event *events, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct hash head;
        int64_t seq;
        char hex[HASH_HEX_BYTES + 1];
        if (events[i].kind != EVENT_ENDED ||
            !record_head(serve->record, table_number(serve->table), &seq, &head, NULL))
            continue;
        struct str exercise = table_exercise(serve->table);
        printf("\nENDEX of %.*s. Head of the record, to be written down:\n\n  %.*s\n\n"
               "The report, in Japanese (--lang en: in English):\n\n"
               "  %.*s report %.*s --lang ja --db %.*s\n",
            STR_ARG(exercise), STR_ARG(hash_hex(&head, hex)),
            STR_ARG(shell_word(&serve->arena, str_of(serve->program))), STR_ARG(exercise),
            STR_ARG(shell_word(&serve->arena, str_of(serve->db))));
        fflush(stdout);
    }
}

static void tell_turn(struct serve *serve)
{
    size_t count;
    const struct event *events = table_events(serve->table, &count);
    if (serve->is_out)
        fprintf(stderr, "tocsin serve: turns are kept again\n");
    serve->is_out = false;
    answer_all(serve, true);
    /* Every view asks for the texts that it shows. */
    bool is_one_look = record_snapshot_begin(serve->record);
    web_tell(serve->web, events, count);
    if (is_one_look)
        record_snapshot_end(serve->record);
    tell_end(serve, events, count);
    for (size_t i = 0; i < count && serve->live != NULL; i++)
        live_feed(serve->live, &events[i]);
}

static void fail_turn(struct serve *serve, const struct err *err)
{
    fprintf(stderr, "tocsin serve: a turn was not kept: %s\n", err->message);
    serve->is_out = true;
    answer_all(serve, false);
    rebuild(serve);
    serve->rebuild_at_ms = wall_steady_ms() + REBUILD_AGAIN_MS;
    if (table_state(serve->table) != NULL)
        web_tell(serve->web, NULL, 0); /* that the clock stands */
}

static void take_turn(struct serve *serve)
{
    struct err err;
    int64_t steady_ms = wall_steady_ms(); /* once: the turn itself, with its commit, takes time */
    int64_t now_ms = clock_at(serve, steady_ms);
    if (is_in_outage(serve))
        enter_outage(serve, steady_ms - serve->steady_ms);
    table_advance(serve->table, now_ms);
    for (size_t i = 0; i < serve->queue_count; i++) {
        if (serve->queue[i].sets_clock)
            set_clock(serve, &serve->queue[i], &now_ms);
        else
            take_input(serve, &serve->queue[i], now_ms);
    }
    if (table_keep(serve->table, wall_now_ms(), &err)) {
        clock_note(serve, now_ms, steady_ms);
        tell_turn(serve);
    } else {
        fail_turn(serve, &err);
    }
    end_turn(serve);
}

/* After a failure nothing is tried again at once, lest the loop does nothing else. */
static bool may_try(const struct serve *serve)
{
    return wall_steady_ms() >= serve->rebuild_at_ms;
}

/* A timer that is due, a clock that should be kept again, or an outage that may be over. */
static bool clock_wants_turn(struct serve *serve)
{
    int64_t due_ms, now_ms = clock_now(serve);
    return is_in_outage(serve) || (table_due(serve->table, &due_ms) && due_ms <= now_ms) ||
           now_ms - serve->clock_ms >= CLOCK_KEPT_EVERY_MS;
}

static void step(struct serve *serve)
{
    static const struct words rebuilding =
        WORDS("The exercise is being read back from disk.", "演習をディスクから読み直しています。");
    if (table_state(serve->table) == NULL) {
        for (size_t i = 0; i < serve->queue_count; i++)
            web_answer(serve->web, serve->queue[i].ticket, 503,
                problem_json(serve, 503, "rebuilding", &rebuilding));
        end_turn(serve);
        if (may_try(serve))
            rebuild(serve);
        return;
    }
    if (serve->queue_count > 0 || (may_try(serve) && clock_wants_turn(serve)))
        take_turn(serve);
    else
        end_turn(serve); /* views copy texts here as well, and a standing clock takes no turn */
}

static int wait_ms(struct serve *serve)
{
    int64_t wait = LONGEST_WAIT_MS, due_ms;
    int web_wait = web_timeout_ms(serve->web);
    if (table_state(serve->table) == NULL || is_in_outage(serve))
        wait = 0;
    else if (!serve->test_clock && clock_runs(serve) && table_due(serve->table, &due_ms) &&
             due_ms - clock_now(serve) < wait)
        wait = due_ms - clock_now(serve);
    int64_t pause_ms = serve->rebuild_at_ms - wall_steady_ms();
    if (wait < pause_ms)
        wait = pause_ms;
    if (web_wait >= 0 && web_wait < wait)
        wait = web_wait;
    return wait < 0 ? 0 : (int)wait;
}

/* An exercise that ran when the program died stands still since; people are told and go on. While
 * that cannot be kept, nothing can: nobody is let in to an exercise that would run on unseen. */
static bool note_outage(struct serve *serve, struct err *reterr)
{
    int64_t clock_ms, wall_ms;
    if (!clock_runs(serve) || serve->test_clock)
        return true;
    if (!record_clock(serve->record, table_number(serve->table), &clock_ms, &wall_ms, reterr))
        return false;
    enter_outage(serve, wall_now_ms() - wall_ms);
    if (!table_keep(serve->table, wall_now_ms(), reterr))
        return false;
    fprintf(stderr,
        "tocsin serve: %.*s goes on, paused after an outage: it was running when the program "
        "stopped, and stands until the facilitator resumes it\n",
        STR_ARG(table_exercise(serve->table)));
    return true;
}

static void run_until_stopped(struct serve *serve)
{
    while (!stop_asked) {
        struct pollfd ready = {.fd = web_fd(serve->web), .events = POLLIN};
        if (poll(&ready, 1, wait_ms(serve)) < 0 && errno != EINTR)
            break;
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
    struct web_host host = {.self = serve,
        .submit = host_submit,
        .state = host_state,
        .clock_ms = host_clock,
        .history = host_history,
        .texts = {serve, host_text},
        .findings = host_findings,
        .file = host_file,
        .entropy = host_entropy,
        .steady_ms = host_steady,
        .set_clock = options->test_clock ? host_set_clock : NULL};
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
    web_free(serve->web);
    live_free(serve->live);
    arena_fini(&serve->arena);
    free(serve);
}

bool serve_run(struct serve *serve, struct record *record, struct table *table, struct err *reterr)
{
    serve->record = record;
    serve->table = table;
    clock_note(serve, table_state(table)->now_ms, wall_steady_ms());
    if (!note_outage(serve, reterr))
        return false;
    struct str link =
        web_link(serve->web, (struct viewer){.kind = VIEWER_FACILITATOR}, &serve->arena);
    printf("EXERCISE %.*s is ready. The facilitator's link, good for one browser:\n\n  %.*s\n\n"
           "Stop with Ctrl-C; the record is safe at any moment.\n",
        STR_ARG(table_exercise(table)), STR_ARG(link));
    fflush(stdout);
    run_until_stopped(serve);
    return true;
}
