/* One inject to 5,000 open pages: until the last byte of the last page has come, beside a bare
 * libmicrohttpd server that sends the same bytes; and what a page costs in memory. */
#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>

#include "bench.h"
#include "served.h"

enum { PAGES = 5000, ROUNDS = 7, PER_ADDRESS = 200, QUIET_MS = 300 };

struct pages {
    int epoll;
    int fds[PAGES];
    size_t received[PAGES];
};

static void open_pages(struct pages *pages, int port, const struct http_request *request)
{
    struct buf text = {0};
    http_write(&text, port, request);
    pages->epoll = epoll_create1(0);
    for (int i = 0; i < PAGES; i++) {
        pages->fds[i] = http_connect(port, (unsigned)(128 + i / PER_ADDRESS));
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = (uint32_t)i};
        epoll_ctl(pages->epoll, EPOLL_CTL_ADD, pages->fds[i], &event);
        bench_must(write(pages->fds[i], text.ptr, text.len) == (ssize_t)text.len, "write", NULL);
    }
    buf_fini(&text);
}

static void close_pages(struct pages *pages)
{
    for (int i = 0; i < PAGES; i++)
        close(pages->fds[i]);
    close(pages->epoll);
}

static void read_page(struct pages *pages, uint32_t page)
{
    char chunk[16384];
    ssize_t got;
    while ((got = read(pages->fds[page], chunk, sizeof(chunk))) > 0)
        pages->received[page] += (size_t)got;
    bench_must(got < 0 && errno == EAGAIN, "a page was closed", NULL);
}

/* Reads what comes, until nothing has for a while. Returns when the last byte came. */
static double read_until_quiet(struct pages *pages)
{
    struct epoll_event events[256];
    double last = bench_now();
    int count;
    while ((count = epoll_wait(pages->epoll, events, 256, QUIET_MS)) > 0) {
        for (int i = 0; i < count; i++)
            read_page(pages, events[i].data.u32);
        last = bench_now();
    }
    return last;
}

/* Bytes that every page must have had since `received` was zeroed; all have the same. */
static size_t same_bytes(const struct pages *pages)
{
    for (int i = 1; i < PAGES; i++)
        bench_must(pages->received[i] == pages->received[0], "a page had less", NULL);
    bench_must(pages->received[0] > 0, "nothing came", NULL);
    return pages->received[0];
}

static double tell(struct pages *pages, const struct served *served, int round)
{
    char json[300];
    memset(pages->received, 0, sizeof(pages->received));
    snprintf(json, sizeof(json),
        "{\"do\":\"improvise\",\"id\":\"i%d\",\"from\":\"it-duty\",\"to\":[\"poc\"],"
        "\"via\":\"mail\",\"title\":\"News\","
        "\"body\":\"The account was locked. There were more recipients than we thought.\"}",
        round);
    double begin = bench_now();
    served_input(served, &served->facilitator, json);
    return read_until_quiet(pages) - begin;
}

struct result {
    double seconds, kib;
    size_t bytes; /* of the last telling, a page */
};

static struct result run_engine(struct pages *pages)
{
    static const char path[] = "bench-streams.db";
    struct served served;
    struct http_session poc;
    char target[100];
    struct result result = {.seconds = 1e9};
    served_start(path, &served);
    http_join_seat(served.port, &served.facilitator, "poc", &poc);
    served_input(&served, &served.facilitator, "{\"do\":\"start\",\"id\":\"s\"}");
    served_input(&served, &served.facilitator, "{\"do\":\"pause\",\"id\":\"p\"}");
    snprintf(target, sizeof(target), "/api/1/stream?as=%s", poc.as);
    long before = child_memory_kib(&served.child);
    open_pages(pages, served.port, &(struct http_request){target, poc.cookie, NULL});
    read_until_quiet(pages);
    result.kib = (double)(child_memory_kib(&served.child) - before) / PAGES;
    for (int round = 0; round < ROUNDS; round++) {
        double seconds = tell(pages, &served, round);
        result.seconds = seconds < result.seconds ? seconds : result.seconds;
        result.bytes = same_bytes(pages);
    }
    close_pages(pages);
    served_stop(&served);
    bench_forget(path);
    return result;
}

/* libmicrohttpd frames what it sends in chunks, as it does for the engine. */
static struct result run_bare(struct pages *pages, size_t bytes)
{
    struct child child;
    char out[100], *const argv[] = {"build/tests/bare_http", "", "", NULL};
    struct result result = {.seconds = 1e9};
    struct buf answer = {0}, body = {0};
    child_start(argv, &child);
    bench_must(child_read(&child, "port ", out, sizeof(out)), "bare_http", NULL);
    int port = (int)strtol(strstr(out, "port ") + 5, NULL, 10);
    long before = child_memory_kib(&child);
    open_pages(pages, port, &(struct http_request){"/stream", NULL, NULL});
    read_until_quiet(pages);
    result.kib = (double)(child_memory_kib(&child) - before) / PAGES;
    for (size_t i = 0; i < bytes; i++)
        buf_add_char(&body, 'x');
    buf_add_char(&body, '\0');
    for (int round = 0; round < ROUNDS; round++) {
        memset(pages->received, 0, sizeof(pages->received));
        double begin = bench_now();
        http_ask(port, "/tell", NULL, body.ptr, &answer);
        double seconds = read_until_quiet(pages) - begin;
        result.seconds = seconds < result.seconds ? seconds : result.seconds;
        result.bytes = same_bytes(pages);
    }
    close_pages(pages);
    child_stop(&child);
    buf_fini(&answer);
    buf_fini(&body);
    return result;
}

int main(void)
{
    static struct pages pages;
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_max < PAGES + 100) {
        printf("streams: not measured: %d open files are needed, and ulimit -Hn says %ld\n",
            PAGES + 100, (long)files.rlim_max);
        return 0;
    }
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    struct result engine = run_engine(&pages);
    struct result bare = run_bare(&pages, engine.bytes);
    bench_row("one inject to 5,000 pages", engine.seconds / bare.seconds, " x bare", BENCH_AT_MOST,
        2, "%.0f ms beside %.0f; %zu bytes a page beside %zu", engine.seconds * 1000,
        bare.seconds * 1000, engine.bytes, bare.bytes);
    bench_row("memory of a page", engine.kib, " KiB", BENCH_AT_MOST, 12, "bare %.1f KiB", bare.kib);
    return 0;
}
