#include "http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

#include "base/json_read.h"
#include "bench.h"

static int open_socket(int port, unsigned from)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    bench_must(fd >= 0, "socket", NULL);
    struct sockaddr_in here = {.sin_family = AF_INET};
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    here.sin_addr.s_addr = htonl(0x7F000001U + (from / 128 << 8) + from % 128);
    there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    bench_must(bind(fd, (struct sockaddr *)&here, sizeof(here)) == 0, "bind", NULL);
    if (connect(fd, (struct sockaddr *)&there, sizeof(there)) != 0) {
        fprintf(stderr, "bench: %s\n", strerror(errno));
        bench_must(false, "connect", NULL);
    }
    return fd;
}

int http_connect(int port, unsigned from)
{
    int fd = open_socket(port, from);
    fcntl(fd, F_SETFL, O_NONBLOCK);
    return fd;
}

void http_write(struct buf *out, int port, const struct http_request *request)
{
    const char *body = request->body;
    buf_format(out, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n", body != NULL ? "POST" : "GET",
        request->target, port);
    if (request->cookie != NULL)
        buf_format(out, "Cookie: %s\r\n", request->cookie);
    if (body != NULL)
        buf_format(out, "Content-Type: application/json\r\nContent-Length: %zu\r\n", strlen(body));
    buf_format(out, "\r\n%s", body != NULL ? body : "");
}

/* The place behind a mark; 0 when it is not there. */
static size_t behind(struct str text, struct str mark)
{
    for (size_t at = 0; at + mark.len <= text.len; at++)
        if (str_starts_with(str_after(text, at), mark))
            return at + mark.len;
    return 0;
}

size_t http_answer(const char *bytes, size_t len)
{
    size_t head = behind((struct str){bytes, len}, STR("\r\n\r\n"));
    if (head == 0)
        return 0;
    size_t at = behind((struct str){bytes, head}, STR("Content-Length: "));
    size_t whole = head + (at > 0 ? strtoul(bytes + at, NULL, 10) : 0);
    return len >= whole ? whole : 0;
}

void http_ask(int port, const char *target, const char *cookie, const char *body, struct buf *ret)
{
    struct buf request = {0};
    char chunk[4096];
    int fd = open_socket(port, 0);
    http_write(&request, port, &(struct http_request){target, cookie, body});
    bench_must(write(fd, request.ptr, request.len) == (ssize_t)request.len, "write", NULL);
    buf_clear(ret);
    while (http_answer(buf_str(ret).ptr, ret->len) == 0) {
        ssize_t got = read(fd, chunk, sizeof(chunk));
        bench_must(got > 0, "read", NULL);
        buf_add(ret, (struct str){chunk, (size_t)got});
    }
    buf_fini(&request);
    close(fd);
}

void http_join(int port, const char *secret, struct http_session *ret_session)
{
    struct buf answer = {0};
    char body[100];
    *ret_session = (struct http_session){0};
    snprintf(body, sizeof(body), "{\"secret\":\"%.32s\"}", secret);
    http_ask(port, "/api/1/join", NULL, body, &answer);
    buf_add_char(&answer, '\0');
    const char *cookie = strstr(answer.ptr, "Set-Cookie: ");
    const char *as = strstr(answer.ptr, "\"as\":\""), *at = strstr(answer.ptr, "\"at\":\"");
    bench_must(cookie != NULL && as != NULL && at != NULL, "join", NULL);
    sscanf(cookie + 12, "%199[^;]", ret_session->cookie);
    sscanf(as + 6, "%64[^\"]", ret_session->as);
    sscanf(at + 6, "%64[^\"]", ret_session->at);
    buf_fini(&answer);
}

const char *http_target(const struct http_session *session, const char *path)
{
    static char target[200];
    snprintf(target, sizeof(target), "/api/1/%s?at=%s&as=%s", path, session->at, session->as);
    return target;
}

void http_join_seat(int port, const struct http_session *facilitator, const char *seat,
    struct http_session *ret_session)
{
    struct buf answer = {0};
    struct str link, links, value;
    size_t position = 0;
    char secret[33] = "";
    http_ask(port, http_target(facilitator, "links"), facilitator->cookie, NULL, &answer);
    size_t head = (size_t)(strstr(answer.ptr, "\r\n\r\n") - answer.ptr) + 4;
    links = json_get((struct str){answer.ptr + head, answer.len - head}, STR("links"));
    while (json_next(links, &position, NULL, &link)) {
        struct arena arena = {0};
        if (json_to_str(json_get(link, STR("as")), &arena, &value) && str_is(value, seat) &&
            json_to_str(json_get(link, STR("link")), &arena, &value) && value.len > 32)
            snprintf(secret, sizeof(secret), "%.32s", value.ptr + value.len - 32);
        arena_fini(&arena);
    }
    bench_must(secret[0] != '\0', "the seat's link", NULL);
    http_join(port, secret, ret_session);
    buf_fini(&answer);
}
