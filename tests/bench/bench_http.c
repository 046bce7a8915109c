/* Inputs over HTTP: as many as 64 browsers' connections can send, beside a bare libmicrohttpd and
 * SQLite server that keeps the same rows; and a steady 5,000 a second, and how long each waits. */
#include <errno.h>
#include <poll.h>
#include <string.h>

#include "bench.h"
#include "rows.h"
#include "served.h"

enum {
    CONNECTIONS = 64,
    SESSIONS = 16,
    INPUTS = 10000,
    RATE = 5000,
    ROUNDS = 3,
    ANSWER_BYTES = 4096,
    SECONDS = 10, /* or as BENCH_SECONDS says */
};

static const char engine_path[] = "bench-engine.db", bare_path[] = "bench-bare.db";

/* A connection with at most one request on its way. */
struct line {
    int fd;
    bool is_busy;
    double since; /* when its request should have been sent */
    char answer[ANSWER_BYTES];
    size_t answer_len;
};

struct load {
    int port;
    struct http_session sessions[SESSIONS]; /* none: a bare server */
    bool is_bare;
    struct line lines[CONNECTIONS];
    long sent, answered;
    double *waits; /* of each answer, in seconds */
    struct buf request;
};

static void send_input(struct load *load, int number, double since)
{
    struct line *line = &load->lines[number];
    const struct http_session *who = &load->sessions[number % SESSIONS];
    char body[120], target[120] = "/inputs";
    snprintf(body, sizeof(body), "{\"do\":\"note\",\"id\":\"n%ld\",\"text\":\"note %ld\"}",
        load->sent, load->sent);
    if (!load->is_bare)
        snprintf(target, sizeof(target), "/api/1/inputs?as=%s", who->as);
    buf_clear(&load->request);
    http_write(&load->request, load->port,
        &(struct http_request){target, load->is_bare ? NULL : who->cookie, body});
    ssize_t written = write(line->fd, load->request.ptr, load->request.len);
    bench_must(written == (ssize_t)load->request.len, "write", NULL);
    line->is_busy = true;
    line->since = since;
    line->answer_len = 0;
    load->sent++;
}

/* Whether the whole answer came. */
static bool take_answer(struct load *load, struct line *line)
{
    ssize_t got = read(line->fd, line->answer + line->answer_len, ANSWER_BYTES - line->answer_len);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return false;
    bench_must(got > 0, "a connection was closed", NULL);
    line->answer_len += (size_t)got;
    if (http_answer(line->answer, line->answer_len) == 0)
        return false;
    if (memcmp(line->answer, "HTTP/1.1 200", 12) != 0)
        fprintf(stderr, "%.*s\n", (int)line->answer_len, line->answer);
    bench_must(memcmp(line->answer, "HTTP/1.1 200", 12) == 0, "an input was refused", NULL);
    load->waits[load->answered++] = bench_now() - line->since;
    line->is_busy = false;
    return true;
}

static void take_answers(struct load *load, int wait_ms)
{
    struct pollfd fds[CONNECTIONS];
    for (int i = 0; i < CONNECTIONS; i++)
        fds[i] = (struct pollfd){
            .fd = load->lines[i].is_busy ? load->lines[i].fd : -1, .events = POLLIN};
    if (poll(fds, CONNECTIONS, wait_ms) <= 0)
        return;
    for (int i = 0; i < CONNECTIONS; i++)
        if (fds[i].revents != 0)
            take_answer(load, &load->lines[i]);
}

/* Every connection sends again as soon as it was answered. Inputs a second. */
static double flood(struct load *load, long inputs)
{
    double begin = bench_now();
    while (load->answered < inputs) {
        for (int i = 0; i < CONNECTIONS && load->sent < inputs; i++)
            if (!load->lines[i].is_busy)
                send_input(load, i, bench_now());
        take_answers(load, 1000);
    }
    return (double)inputs / (bench_now() - begin);
}

static int compare_waits(const void *a, const void *b)
{
    double first = *(const double *)a, second = *(const double *)b;
    return (first > second) - (first < second);
}

/* Inputs come at their times, whether or not a connection is free; who waits for one waits as long
 * as anybody. Returns the wait that 99 of 100 stay below. */
static double hold(struct load *load, long inputs, double *ret_rate)
{
    double begin = bench_now();
    while (load->answered < inputs) {
        double now = bench_now();
        for (int i = 0; i < CONNECTIONS && load->sent < inputs; i++) {
            double due = begin + (double)load->sent / RATE;
            if (due > now)
                break;
            if (!load->lines[i].is_busy)
                send_input(load, i, due);
        }
        take_answers(load, load->sent < inputs ? 1 : 1000);
    }
    *ret_rate = (double)inputs / (bench_now() - begin);
    qsort(load->waits, (size_t)inputs, sizeof(*load->waits), compare_waits);
    return load->waits[inputs * 99 / 100];
}

static void open_lines(struct load *load, long inputs)
{
    for (int i = 0; i < CONNECTIONS; i++)
        load->lines[i] = (struct line){.fd = http_connect(load->port, (unsigned)i)};
    load->waits = calloc((size_t)inputs, sizeof(*load->waits));
    bench_must(load->waits != NULL, "out of memory", NULL);
    load->sent = load->answered = 0;
}

static void close_lines(struct load *load)
{
    for (int i = 0; i < CONNECTIONS; i++)
        close(load->lines[i].fd);
    free(load->waits);
    buf_fini(&load->request);
    *load = (struct load){0};
}

static void begin_engine(struct load *load, struct served *served, long inputs)
{
    static const char *const seats[] = {"poc", "commander", "handler", "legal"};
    served_start(engine_path, served);
    load->port = served->port;
    for (int i = 0; i < SESSIONS; i++)
        http_join_seat(served->port, &served->facilitator, seats[i % 4], &load->sessions[i]);
    served_input(served, &served->facilitator, "{\"do\":\"start\",\"id\":\"s\"}");
    open_lines(load, inputs);
}

static void end_engine(struct load *load, struct served *served)
{
    close_lines(load);
    served_stop(served);
}

/* The bare server writes the rows that the engine has just left. */
static void begin_bare(struct load *load, struct child *child, long inputs)
{
    char out[100];
    char *const argv[] = {"build/tests/bare_http", (char *)(uintptr_t)engine_path,
        (char *)(uintptr_t)bare_path, NULL};
    bench_forget(bare_path);
    child_start(argv, child);
    bench_must(child_read(child, "port ", out, sizeof(out)), "bare_http", NULL);
    load->port = (int)strtol(strstr(out, "port ") + 5, NULL, 10);
    load->is_bare = true;
    open_lines(load, inputs);
}

static void end_bare(struct load *load, struct child *child)
{
    close_lines(load);
    child_stop(child);
    bench_forget(bare_path);
}

/* As much as goes, the best of some rounds. */
static void compare(struct load *load)
{
    double engine = 0, bare = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct served served;
        struct child child;
        begin_engine(load, &served, INPUTS);
        double rate = flood(load, INPUTS);
        engine = rate > engine ? rate : engine;
        end_engine(load, &served);
        begin_bare(load, &child, INPUTS);
        rate = flood(load, INPUTS);
        bare = rate > bare ? rate : bare;
        end_bare(load, &child);
    }
    bench_row("HTTP, 64 connections", engine / bare, " x bare", BENCH_AT_LEAST, 0.5,
        "%.0f inputs/s beside %.0f by bare libmicrohttpd and SQLite", engine, bare);
}

/* A steady rate, and beside it the bare server's, which tells how busy the machine was. */
static void hold_both(struct load *load)
{
    struct served served;
    struct child child;
    const char *wanted = getenv("BENCH_SECONDS");
    long seconds = wanted != NULL ? strtol(wanted, NULL, 10) : SECONDS, inputs = seconds * RATE;
    double rate, bare_rate;
    begin_engine(load, &served, inputs);
    double before = child_cpu(&served.child);
    double wait = hold(load, inputs, &rate);
    double cpu = (child_cpu(&served.child) - before) / (double)inputs;
    end_engine(load, &served);
    begin_bare(load, &child, inputs);
    double bare_wait = hold(load, inputs, &bare_rate);
    end_bare(load, &child);
    bench_row("HTTP, 5,000 inputs/s, p99", wait * 1000, " ms", BENCH_AT_MOST, 50,
        "%.0f/s for %ld s, %.0f us of processor an input; bare %.0f/s, p99 %.0f ms", rate, seconds,
        cpu * 1e6, bare_rate, bare_wait * 1000);
}

int main(void)
{
    static struct load load;
    compare(&load);
    hold_both(&load);
    bench_forget(engine_path);
    return 0;
}
