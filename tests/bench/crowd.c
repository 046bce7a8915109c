#include "crowd.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <sqlite3.h>

#include "bench.h"
#include "page.h"

enum {
    SEATS = 4,
    PER_ADDRESS = 16,
    ANSWER_BYTES = 2048,
    HANGS_UP_EVERY = 100, /* inputs of one browser */
    DEAF_EVERY = 50,      /* browsers; as many never end a request */
    DEAF_BYTES = 2048,    /* what their system takes for them */
    EVENTS = 512,
    PATIENCE_S = 30,
};

static const char *const seats[SEATS] = {"poc", "commander", "handler", "legal"};

struct browser {
    struct http_session who;
    unsigned from; /* its address */
    int fd;
    bool is_busy;
    long due, answered; /* inputs; the next one that is sent has the number `answered` */
    char answer[ANSWER_BYTES];
    size_t answer_len;
    int page_fd;
    struct page page;
};

struct crowd {
    int port, epoll, count, idle_count;
    struct browser *browsers; /* of the first table first */
    int *idle;                /* deaf pages and requests that never end */
    struct buf request;
    double begin;
    int rate;
    long due, answered;
    double *waits;
};

static void watch(struct crowd *crowd, int fd, int number, bool is_page)
{
    struct epoll_event event = {
        .events = EPOLLIN, .data.u32 = (uint32_t)number * 2 + (is_page ? 1 : 0)};
    bench_must(epoll_ctl(crowd->epoll, EPOLL_CTL_ADD, fd, &event) == 0, "epoll", NULL);
}

static void send_all(int fd, struct str text)
{
    bench_must(write(fd, text.ptr, text.len) == (ssize_t)text.len, "write", NULL);
}

static int open_page(struct crowd *crowd, const struct browser *browser)
{
    int fd = http_connect(crowd->port, browser->from);
    buf_clear(&crowd->request);
    http_write(&crowd->request, crowd->port,
        &(struct http_request){http_target(&browser->who, "stream"), browser->who.cookie, NULL});
    send_all(fd, buf_str(&crowd->request));
    return fd;
}

static void open_idle(struct crowd *crowd, const struct browser *browser)
{
    int bytes = DEAF_BYTES, deaf = open_page(crowd, browser);
    setsockopt(deaf, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof(bytes));
    crowd->idle[crowd->idle_count++] = deaf;
    int slow = http_connect(crowd->port, browser->from);
    send_all(slow, STR("POST /api/1/inputs HTTP/1.1\r\nHost: "));
    crowd->idle[crowd->idle_count++] = slow;
}

static void open_lines(struct crowd *crowd, int number)
{
    struct browser *browser = &crowd->browsers[number];
    browser->fd = http_connect(crowd->port, browser->from);
    watch(crowd, browser->fd, number, false);
    browser->page_fd = open_page(crowd, browser);
    watch(crowd, browser->page_fd, number, true);
    if (number % DEAF_EVERY == 0)
        open_idle(crowd, browser);
}

struct crowd *crowd_open(int port, const struct http_session *facilitators, int tables)
{
    struct crowd *crowd = calloc(1, sizeof(*crowd));
    bench_must(crowd != NULL, "out of memory", NULL);
    *crowd = (struct crowd){.port = port, .epoll = epoll_create1(0), .count = tables * SEATS};
    crowd->browsers = calloc((size_t)crowd->count, sizeof(*crowd->browsers));
    crowd->idle = calloc((size_t)crowd->count, 2 * sizeof(*crowd->idle));
    bench_must(crowd->browsers != NULL && crowd->idle != NULL, "out of memory", NULL);
    for (int i = 0; i < crowd->count; i++) {
        http_join_seat(port, &facilitators[i / SEATS], seats[i % SEATS], &crowd->browsers[i].who);
        crowd->browsers[i].from = (unsigned)(128 + i / PER_ADDRESS);
    }
    /* Joining takes longer than a line may stay silent. */
    for (int i = 0; i < crowd->count; i++)
        open_lines(crowd, i);
    return crowd;
}

void crowd_close(struct crowd *crowd)
{
    for (int i = 0; i < crowd->count; i++) {
        close(crowd->browsers[i].fd);
        close(crowd->browsers[i].page_fd);
    }
    for (int i = 0; i < crowd->idle_count; i++)
        close(crowd->idle[i]);
    close(crowd->epoll);
    buf_fini(&crowd->request);
    free(crowd->browsers);
    free(crowd->idle);
    free(crowd->waits);
    free(crowd);
}

int crowd_size(const struct crowd *crowd)
{
    return crowd->count;
}

/* ---- sending ---- */

static void send_next(struct crowd *crowd, int number)
{
    struct browser *browser = &crowd->browsers[number];
    char body[120];
    snprintf(body, sizeof(body), "{\"do\":\"note\",\"id\":\"n%ld\",\"text\":\"note %ld\"}",
        browser->answered, browser->answered);
    buf_clear(&crowd->request);
    http_write(&crowd->request, crowd->port,
        &(struct http_request){http_target(&browser->who, "inputs"), browser->who.cookie, body});
    if (browser->answered % HANGS_UP_EVERY == number % HANGS_UP_EVERY) {
        send_all(browser->fd, buf_str(&crowd->request));
        close(browser->fd);
        browser->fd = http_connect(crowd->port, browser->from);
        watch(crowd, browser->fd, number, false);
    }
    send_all(browser->fd, buf_str(&crowd->request));
    browser->is_busy = true;
    browser->answer_len = 0;
}

static double due_at(const struct crowd *crowd, int number, long input)
{
    return crowd->begin + (double)(input * crowd->count + number) / crowd->rate;
}

static void send_due(struct crowd *crowd, long inputs)
{
    double now = bench_now();
    for (; crowd->due < inputs; crowd->due++) {
        int number = (int)(crowd->due % crowd->count);
        struct browser *browser = &crowd->browsers[number];
        if (due_at(crowd, number, browser->due) > now)
            break;
        browser->due++;
        if (!browser->is_busy)
            send_next(crowd, number);
    }
}

/* ---- what comes ---- */

static void take_answer(struct crowd *crowd, int number)
{
    struct browser *browser = &crowd->browsers[number];
    ssize_t got = read(
        browser->fd, browser->answer + browser->answer_len, ANSWER_BYTES - browser->answer_len);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    bench_must(got > 0, "a connection was closed", NULL);
    browser->answer_len += (size_t)got;
    if (http_answer(browser->answer, browser->answer_len) == 0)
        return;
    if (memcmp(browser->answer, "HTTP/1.1 200", 12) != 0)
        fprintf(stderr, "%.*s\n", (int)browser->answer_len, browser->answer);
    bench_must(memcmp(browser->answer, "HTTP/1.1 200", 12) == 0, "an input was refused", NULL);
    crowd->waits[crowd->answered++] = bench_now() - due_at(crowd, number, browser->answered);
    browser->answered++;
    browser->is_busy = false;
    if (browser->answered < browser->due)
        send_next(crowd, number);
}

static void take_news(struct browser *browser)
{
    char chunk[16384];
    ssize_t got;
    while ((got = read(browser->page_fd, chunk, sizeof(chunk))) > 0)
        page_take(&browser->page, (struct str){chunk, (size_t)got});
    bench_must(got < 0 && errno == EAGAIN, "a page was closed", NULL);
}

static int take_what_comes(struct crowd *crowd, int wait_ms)
{
    struct epoll_event events[EVENTS];
    int count = epoll_wait(crowd->epoll, events, EVENTS, wait_ms);
    for (int i = 0; i < count; i++) {
        int number = (int)(events[i].data.u32 / 2);
        if (events[i].data.u32 % 2 == 1)
            take_news(&crowd->browsers[number]);
        else
            take_answer(crowd, number);
    }
    return count;
}

/* Answers come before the pages hear of the same. */
static bool is_all_told(const struct crowd *crowd)
{
    for (int i = 0; i < crowd->count; i++)
        if (crowd->browsers[i].page.notes < crowd->browsers[i].answered)
            return false;
    return true;
}

static int compare_waits(const void *a, const void *b)
{
    double first = *(const double *)a, second = *(const double *)b;
    return (first > second) - (first < second);
}

struct crowd_result crowd_hold(struct crowd *crowd, int rate, long inputs)
{
    crowd->waits = calloc((size_t)inputs, sizeof(*crowd->waits));
    bench_must(crowd->waits != NULL, "out of memory", NULL);
    crowd->rate = rate;
    crowd->begin = bench_now();
    while (crowd->answered < inputs) {
        send_due(crowd, inputs);
        take_what_comes(crowd, crowd->due < inputs ? 1 : 1000);
    }
    double end = bench_now();
    while (!is_all_told(crowd)) {
        take_what_comes(crowd, 100);
        bench_must(bench_now() - end < PATIENCE_S, "a page was not told everything", NULL);
    }
    qsort(crowd->waits, (size_t)inputs, sizeof(*crowd->waits), compare_waits);
    return (struct crowd_result){.rate = (double)inputs / (end - crowd->begin),
        .p50 = crowd->waits[inputs / 2],
        .p99 = crowd->waits[inputs * 99 / 100],
        .max = crowd->waits[inputs - 1]};
}

/* ---- the record ---- */

static int seat_number(const char *seat)
{
    for (int i = 0; i < SEATS; i++)
        if (strcmp(seats[i], seat) == 0)
            return i;
    bench_must(false, "an input of nobody", NULL);
    return -1;
}

void crowd_check_record(const struct crowd *crowd, const char *db)
{
    sqlite3 *record;
    sqlite3_stmt *stmt;
    long *kept = calloc((size_t)crowd->count, sizeof(*kept));
    bench_must(kept != NULL && sqlite3_open(db, &record) == SQLITE_OK &&
                   sqlite3_prepare_v2(record,
                       "SELECT table_id, actor, substr(client_id, 2) FROM input WHERE client_id "
                       "GLOB 'n[0-9]*' ORDER BY table_id, seq",
                       -1, &stmt, NULL) == SQLITE_OK,
        "the record", NULL);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        int number = (sqlite3_column_int(stmt, 0) - 1) * SEATS +
                     seat_number((const char *)sqlite3_column_text(stmt, 1));
        bench_must(number < crowd->count && sqlite3_column_int64(stmt, 2) == kept[number],
            "an input was lost, kept twice, or out of order", NULL);
        kept[number]++;
    }
    for (int i = 0; i < crowd->count; i++)
        bench_must(kept[i] == crowd->browsers[i].answered, "an answered input is not kept", NULL);
    sqlite3_finalize(stmt);
    sqlite3_close(record);
    free(kept);
}
