/* Requests.
 *
 * Everything that can be refused from the headers alone is refused before the body is read. An
 * input sleeps (suspended) between being handed to the host and being kept; libmicrohttpd calls
 * request_access again when it is woken. */
#include <assert.h>
#include <stdlib.h>

#include "web/request.h"
#include "web/route.h"

/* ---- those that wait ---- */

enum { WAITING_FIRST = 64 };

/* A ticket's last bits are its place. A number whose place is taken by one that waits for long (a
 * report) is passed over, so that there are never more places than those who wait need. */
static struct request **place_of(const struct web *web, uint64_t ticket)
{
    return &web->waiting[ticket & (web->waiting_capacity - 1)];
}

static void enlarge_waiting(struct web *web)
{
    struct request **old = web->waiting;
    size_t count = web->waiting_capacity;
    web->waiting_capacity = count > 0 ? count * 2 : WAITING_FIRST;
    web->waiting = ARENA_ARRAY(&web->arena, web->waiting_capacity, struct request *);
    for (size_t i = 0; i < count; i++)
        if (old[i])
            *place_of(web, old[i]->ticket) = old[i];
}

static void give_ticket(struct web *web, struct request *request)
{
    if (2 * web->waiting_count >= web->waiting_capacity)
        enlarge_waiting(web);
    do
        request->ticket = ++web->last_ticket;
    while (*place_of(web, request->ticket));
    *place_of(web, request->ticket) = request;
    web->waiting_count++;
}

/* NULL when its client has left. */
static struct request *find_waiting(const struct web *web, uint64_t ticket)
{
    struct request *request = web->waiting_capacity > 0 ? *place_of(web, ticket) : NULL;
    return request && request->ticket == ticket ? request : NULL;
}

static void wait_no_more(struct request *request)
{
    if (!request->ticket || find_waiting(request->web, request->ticket) != request)
        return;
    *place_of(request->web, request->ticket) = NULL;
    request->web->waiting_count--;
}

/* ---- from headers to answer ---- */

static struct request *new_request(struct web *web, struct MHD_Connection *connection)
{
    struct request *request = calloc(1, sizeof(*request));
    if (!request)
        abort();
    *request = (struct request){.next = web->requests, .web = web, .connection = connection};
    if (web->requests)
        web->requests->previous = request;
    web->requests = request;
    return request;
}

static void free_request(struct request *request)
{
    wait_no_more(request);
    if (request->previous)
        request->previous->next = request->next;
    else
        request->web->requests = request->next;
    if (request->next)
        request->next->previous = request->previous;
    if (request->ticket && request->session)
        request->session->waiting_inputs--;
    if (request->is_report)
        request->room->report_count--;
    buf_fini(&request->body);
    buf_fini(&request->answer);
    free(request);
}

static struct str header(const struct request *request, const char *name)
{
    return reply_value(request->connection, MHD_HEADER_KIND, name);
}

/* REPLY_PROBLEM_COUNT: nothing is wrong. */
static enum reply_problem check_source(const struct request *request)
{
    const struct web *web = request->web;
    struct str host = header(request, MHD_HTTP_HEADER_HOST);
    if (!guard_host(host, &web->place))
        return REPLY_BAD_HOST;
    if (!guard_origin(header(request, MHD_HTTP_HEADER_ORIGIN), host))
        return REPLY_FOREIGN;
    bool page = request->route && request->route->who == ROUTE_ANYONE && !request->route->takes;
    if (!page && !guard_fetch_site(header(request, "Sec-Fetch-Site")))
        return REPLY_FOREIGN; /* a link from elsewhere may lead to a page, to nothing else */
    return web->closing ? REPLY_CLOSING : REPLY_PROBLEM_COUNT;
}

static enum reply_problem check_body(struct request *request)
{
    int64_t announced = 0;
    if (request->route->takes == 0)
        return REPLY_PROBLEM_COUNT;
    struct str type = header(request, MHD_HTTP_HEADER_CONTENT_TYPE), main_type, parameters;
    if (!str_cut(type, ';', &main_type, &parameters))
        main_type = type;
    if (!str_is(str_trim(main_type), "application/json"))
        return REPLY_NOT_JSON;
    struct str length = header(request, MHD_HTTP_HEADER_CONTENT_LENGTH);
    if (str_to_int64(length, &announced) && announced > request->route->takes)
        return REPLY_TOO_BIG;
    return REPLY_PROBLEM_COUNT;
}

/* Two lengths are how a request is hidden in another one's body from a proxy that believes the
 * other of them. */
static bool has_two_lengths(const struct request *request)
{
    return header(request, MHD_HTTP_HEADER_TRANSFER_ENCODING).len > 0 &&
           header(request, MHD_HTTP_HEADER_CONTENT_LENGTH).len > 0;
}

static enum reply_problem check(struct request *request, struct str method, struct str path)
{
    enum reply_problem problem = route_find(method, path, &request->route, &request->rest);
    enum reply_problem source = check_source(request);
    if (source != REPLY_PROBLEM_COUNT)
        return source;
    if (has_two_lengths(request))
        return REPLY_BAD_BODY;
    if (problem == REPLY_PROBLEM_COUNT)
        problem = route_admit(request);
    if (problem == REPLY_PROBLEM_COUNT)
        problem = check_body(request);
    return problem;
}

/* Whoever asked in the wrong way is told which ways there are. */
static enum MHD_Result refuse(struct request *request, enum reply_problem problem, struct str path)
{
    if (problem != REPLY_METHOD)
        return reply_problem(request->connection, problem);
    struct buf methods = {0};
    route_write_methods(path, &methods);
    buf_add_char(&methods, '\0');
    enum MHD_Result result = reply_method(request->connection, methods.ptr);
    buf_fini(&methods);
    return result;
}

static void add_body(struct request *request, const char *bytes, size_t *len)
{
    if (request->body.len + *len > (size_t)request->route->takes)
        request->too_big = true; /* the rest is read and dropped: only then can we answer */
    else
        buf_add(&request->body, (struct str){bytes, *len});
    *len = 0;
}

enum MHD_Result request_access(void *self, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *upload, size_t *upload_len,
    void **request_slot)
{
    struct web *web = self;
    struct request *request = *request_slot;
    (void)version;
    if (!request) {
        *request_slot = request = new_request(web, connection);
        enum reply_problem problem = check(request, str_of(method), str_of(url));
        return problem == REPLY_PROBLEM_COUNT ? MHD_YES : refuse(request, problem, str_of(url));
    }
    if (*upload_len > 0) {
        add_body(request, upload, upload_len);
        return MHD_YES;
    }
    if (request->status == MHD_HTTP_OK && request->respond)
        return reply_send(connection, request->status, request->respond(request));
    if (request->status != 0)
        return reply_send(
            connection, request->status, reply_json(request->status, buf_str(&request->answer)));
    if (request->ticket != 0)
        return MHD_YES; /* called without having been woken */
    peer_answering(connection, false);
    if (web->closing)
        return reply_problem(connection, REPLY_CLOSING); /* nothing may fall asleep any more */
    if (request->too_big)
        return reply_problem(connection, REPLY_TOO_BIG);
    return request->route->handle(request);
}

void request_completed(void *self, struct MHD_Connection *connection, void **request_slot,
    enum MHD_RequestTerminationCode code)
{
    (void)self;
    (void)code;
    if (!*request_slot)
        return;
    peer_answering(connection, false);
    free_request(*request_slot);
    *request_slot = NULL;
}

uint64_t request_wait(struct request *request)
{
    assert(request->ticket == 0);
    give_ticket(request->web, request);
    if (request->session)
        request->session->waiting_inputs++;
    request->suspended = true;
    peer_answering(request->connection, true);
    MHD_suspend_connection(request->connection);
    return request->ticket;
}

struct web_room *request_clock_room(const struct web *web, uint64_t ticket)
{
    const struct request *request = find_waiting(web, ticket);
    return request && request->route->who == ROUTE_TEST ? request->room : NULL;
}

static void answer(struct request *request, unsigned status, struct str json)
{
    if (request->is_input)
        vitals_count_input(&request->web->vitals, status);
    wait_no_more(request);
    request->status = status;
    buf_add(&request->answer, json);
    request->suspended = false;
    peer_answering(request->connection, false);
    MHD_resume_connection(request->connection);
}

void request_answer(struct web *web, uint64_t ticket, unsigned status, struct str json)
{
    struct request *request = find_waiting(web, ticket);
    if (request)
        answer(request, status, json);
}

void request_answer_all(struct web *web, enum reply_problem problem)
{
    struct buf json = {0};
    reply_problem_write(problem, NULL, &json);
    for (struct request *request = web->requests; request; request = request->next)
        if (request->suspended)
            answer(request, reply_problems[problem].status, buf_str(&json));
    buf_fini(&json);
}
