/* Requests: one at a time on each connection, from its headers to its answer. */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include "web/reply.h"
#include "web/server.h"

struct route;

struct request;

/* Makes a good answer's response, and may take the answer over; NULL: no memory is left. */
typedef struct MHD_Response *request_respond(struct request *request);

/* Belongs to its connection. */
struct request {
    struct request *next, *previous;
    struct web *web;
    struct web_room *room; /* where it is admitted; NULL: the route needs none */
    struct MHD_Connection *connection;
    const struct route *route;
    struct str rest;         /* of the path, behind the route's "*" */
    struct session *session; /* NULL: the route needs none */
    struct buf body;
    bool too_big;
    bool is_input;
    bool is_report; /* counted in its room */

    uint64_t ticket; /* waiting for web_answer; 0: not handed to the host */
    bool suspended;
    unsigned status; /* of the answer; 0: none yet */
    struct buf answer;
    request_respond *respond; /* NULL: an answer is JSON */
};

/* libmicrohttpd's two callbacks; `self` is the web. */
enum MHD_Result request_access(void *self, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *upload, size_t *upload_len,
    void **request);
void request_completed(void *self, struct MHD_Connection *connection, void **request,
    enum MHD_RequestTerminationCode code);

/* Gives the request a ticket and puts it to sleep until request_answer; the caller hands the ticket
 * to the host. */
uint64_t request_wait(struct request *request);

/* The room whose clock the ticket's request sets; NULL when it is another request's. */
struct web_room *request_clock_room(const struct web *web, uint64_t ticket);

/* The answer to a ticket; nothing happens when its client has left. */
void request_answer(struct web *web, uint64_t ticket, unsigned status, struct str json);
void request_answer_all(struct web *web, enum reply_problem problem);

#endif
