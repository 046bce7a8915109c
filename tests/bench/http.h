/* A small HTTP/1.1 client for a server on this machine, and the ways of Tocsin's. */
#ifndef HTTP_H
#define HTTP_H

#include "base/buf.h"

/* A socket that does not block, from one of the addresses 127.0.x.y that `from` picks: servers
 * count the connections of an address. */
int http_connect(int port, unsigned from);

/* One request on a connection of its own; the whole answer, headers and all. `body` may be NULL. */
void http_ask(int port, const char *target, const char *cookie, const char *body, struct buf *ret);

/* Appends a request to a buffer, for a connection that is kept. */
struct http_request {
    const char *target, *cookie, *body; /* the last two may be NULL */
};
void http_write(struct buf *out, int port, const struct http_request *request);

/* The length of the first whole answer in bytes; 0: not all of it is there. */
size_t http_answer(const char *bytes, size_t len);

struct http_session {
    char at[65], as[65]; /* in which room, and as whom */
    char cookie[200];
};

/* Exchanges a link's secret. */
void http_join(int port, const char *secret, struct http_session *ret_session);

/* "/api/1/inputs" for the session; the path is what follows "/api/1/". Valid until the next. */
const char *http_target(const struct http_session *session, const char *path);

/* Joins as a further browser of a seat, through the facilitator's list of links. */
void http_join_seat(int port, const struct http_session *facilitator, const char *seat,
    struct http_session *ret_session);

#endif
