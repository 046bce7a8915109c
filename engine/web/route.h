/* Routes: one row for each address, with who may use it. */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include "web/request.h"

/* A set of viewers; the bit of each is 1 << enum viewer_kind. */
enum {
    ROUTE_ANYONE = 0,
    ROUTE_FACILITATOR = 1 << VIEWER_FACILITATOR,
    ROUTE_SEAT = 1 << VIEWER_SEAT,
    ROUTE_SHOW = ROUTE_FACILITATOR | 1 << VIEWER_BOARD, /* what hangs on the wall */
    ROUTE_STAFF = ROUTE_FACILITATOR | 1 << VIEWER_EVALUATOR,
    ROUTE_PERSON = ROUTE_FACILITATOR | 1 << VIEWER_SEAT | 1 << VIEWER_EVALUATOR,
    ROUTE_SESSION = ROUTE_PERSON | 1 << VIEWER_BOARD,
    ROUTE_LEAD = 1 << VIEWER_LEAD, /* in no exercise: nothing of one is behind such a route */
    ROUTE_TEST = 1 << 8,           /* anyone, where the host lets tests set the clock */
    ROUTE_MACHINE = 1 << 9,        /* a program on the same machine, through no proxy */
};

struct route {
    const char *method;
    const char *path; /* a final "*" stands for the rest, which is not empty */
    unsigned who;
    int takes; /* the largest body of application/json; 0: none */
    enum MHD_Result (*handle)(struct request *request);
    const char *help;
};

extern const struct route routes[];
extern const size_t route_count;

/* The row for a request, and what stands for "*"; REPLY_PROBLEM_COUNT when found. */
enum reply_problem route_find(
    struct str method, struct str path, const struct route **ret_route, struct str *ret_rest);

/* Appends the methods that a path takes: "GET, HEAD". */
void route_write_methods(struct str path, struct buf *out);

/* Whether the request may use its route, by the session that its cookie proves; sets
 * request->session. REPLY_PROBLEM_COUNT when it may. */
enum reply_problem route_admit(struct request *request);

#endif
