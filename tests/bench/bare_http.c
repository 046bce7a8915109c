/* What the live exercise is measured beside: libmicrohttpd and SQLite with nothing between them.
 *
 * `bare_http ROWS.db OUT.db` prints its port. A POST to /inputs waits until the next rows of those
 * in ROWS.db are committed to OUT.db, all that wait in one transaction. GET /stream stays open; a
 * POST to /tell sends its body to every stream. */
#include <poll.h>
#include <signal.h>
#include <string.h>

#include <microhttpd.h>

#include "base/buf.h"
#include "bench.h"
#include "rows.h"

enum { MOST_CONNECTIONS = 6000, STREAM_BLOCK_BYTES = 256 };

struct request {
    struct MHD_Connection *connection;
    struct buf body;
    bool is_waiting, is_kept;
};

struct stream {
    struct MHD_Connection *connection;
    struct stream *next;
    size_t sent;
    bool is_suspended;
};

static struct rows rows;
static struct rows_writer writer;
static size_t next_row;
static struct request *queue[MOST_CONNECTIONS];
static size_t queue_count;
static struct buf told;
static struct stream *streams;
static bool has_news;
static volatile sig_atomic_t is_over;

static void stop(int number)
{
    (void)number;
    is_over = 1;
}

static enum MHD_Result reply(struct MHD_Connection *connection)
{
    static char text[] = "{\"ok\":true}";
    struct MHD_Response *response =
        MHD_create_response_from_buffer(sizeof(text) - 1, text, MHD_RESPMEM_PERSISTENT);
    enum MHD_Result result = MHD_queue_response(connection, 200, response);
    MHD_destroy_response(response);
    return result;
}

static ssize_t read_stream(void *self, uint64_t position, char *out, size_t room)
{
    struct stream *stream = self;
    size_t len = told.len - stream->sent < room ? told.len - stream->sent : room;
    (void)position;
    if (len == 0) {
        stream->is_suspended = true;
        MHD_suspend_connection(stream->connection);
        return 0;
    }
    memcpy(out, told.ptr + stream->sent, len);
    stream->sent += len;
    return (ssize_t)len;
}

static enum MHD_Result open_stream(struct MHD_Connection *connection)
{
    struct stream *stream = calloc(1, sizeof(*stream));
    bench_must(stream != NULL, "out of memory", NULL);
    *stream = (struct stream){.connection = connection, .next = streams, .sent = told.len};
    streams = stream;
    struct MHD_Response *response = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, STREAM_BLOCK_BYTES, read_stream, stream, NULL);
    MHD_add_response_header(response, "Content-Type", "text/event-stream");
    enum MHD_Result result = MHD_queue_response(connection, 200, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result handle(struct request *request, const char *url)
{
    if (strcmp(url, "/stream") == 0)
        return open_stream(request->connection);
    if (strcmp(url, "/tell") == 0) {
        buf_add(&told, buf_str(&request->body));
        has_news = true;
        return reply(request->connection);
    }
    request->is_waiting = true;
    queue[queue_count++] = request;
    MHD_suspend_connection(request->connection);
    return MHD_YES;
}

static enum MHD_Result access_handler(void *self, struct MHD_Connection *connection,
    const char *url, const char *method, const char *version, const char *upload,
    size_t *upload_len, void **slot)
{
    (void)self, (void)method, (void)version;
    struct request *request = *slot;
    if (request == NULL) {
        *slot = request = calloc(1, sizeof(*request));
        bench_must(request != NULL, "out of memory", NULL);
        request->connection = connection;
        return MHD_YES;
    }
    if (*upload_len > 0) {
        buf_add(&request->body, (struct str){upload, *upload_len});
        *upload_len = 0;
        return MHD_YES;
    }
    if (request->is_kept)
        return reply(connection);
    return request->is_waiting ? MHD_YES : handle(request, url);
}

static void completed(void *self, struct MHD_Connection *connection, void **slot,
    enum MHD_RequestTerminationCode code)
{
    (void)self, (void)connection, (void)code;
    struct request *request = *slot;
    if (request == NULL)
        return;
    buf_fini(&request->body);
    free(request);
    *slot = NULL;
}

static void keep(void)
{
    rows_begin(&writer);
    for (size_t i = 0; i < queue_count; i++) {
        bench_must(next_row < rows.step_count, "more inputs than rows", NULL);
        rows_write(&writer, &rows, next_row++);
    }
    rows_commit(&writer);
    for (size_t i = 0; i < queue_count; i++) {
        queue[i]->is_kept = true;
        MHD_resume_connection(queue[i]->connection);
    }
    queue_count = 0;
}

static void wake_streams(void)
{
    for (struct stream *stream = streams; stream != NULL; stream = stream->next) {
        if (!stream->is_suspended)
            continue;
        stream->is_suspended = false;
        MHD_resume_connection(stream->connection);
    }
    has_news = false;
}

static void run(struct MHD_Daemon *daemon)
{
    struct pollfd ready = {
        .events = POLLIN, .fd = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd};
    bool is_busy = false;
    while (!is_over) {
        MHD_UNSIGNED_LONG_LONG wanted_ms = 0;
        int wait_ms = is_busy ? 0 : 1000;
        if (MHD_get_timeout(daemon, &wanted_ms) == MHD_YES && wanted_ms < (unsigned)wait_ms)
            wait_ms = (int)wanted_ms;
        poll(&ready, 1, wait_ms);
        MHD_run(daemon);
        is_busy = queue_count > 0 || has_news;
        if (queue_count > 0)
            keep();
        if (has_news)
            wake_streams();
    }
}

int main(int argc, char **argv)
{
    bench_must(argc == 3, "usage: bare_http ROWS.db OUT.db", NULL);
    signal(SIGTERM, stop);
    signal(SIGPIPE, SIG_IGN);
    if (argv[1][0] != '\0') {
        rows_load(argv[1], &rows);
        rows_open(&rows, argv[2], &writer);
    }
    struct MHD_Daemon *daemon = MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL,
        NULL, access_handler, NULL, MHD_OPTION_NOTIFY_COMPLETED, completed, NULL,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)MOST_CONNECTIONS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)8192, MHD_OPTION_END);
    bench_must(daemon != NULL, "listen", NULL);
    printf("port %d\n", MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    fflush(stdout);
    run(daemon);
    if (argv[1][0] != '\0')
        rows_close(&writer);
    _exit(0); /* streams stay suspended: there is nobody to end them for */
}
