/* Peers: open connections, and how long each may take to say what it wants.
 *
 * libmicrohttpd's own timeout starts anew with every byte; a client that sends one byte a second
 * could hold a connection for good. A peer whose request is not complete in time is hung up on. */
#ifndef WEB_PEER_H
#define WEB_PEER_H

#include <microhttpd.h>
#include <stdint.h>

enum { PEER_PATIENCE_MS = 30 * 1000 };

/* Belongs to its connection. */
struct peer {
    struct peer *next, *previous;
    struct MHD_Connection *connection;
    int64_t since_ms; /* steady time since when it is expected to say something */
    int answering;    /* a complete request is being answered */
};

/* A zeroed one is empty; the clock must be set. */
struct peers {
    struct peer *first;
    void *clock_self;
    int64_t (*steady_ms)(void *self);
};

/* To be given to libmicrohttpd as its notify callback, with the peers as `self`. */
void peer_notify(void *self, struct MHD_Connection *connection, void **socket_context,
    enum MHD_ConnectionNotificationCode what);

/* A request of the connection is complete; or has been answered, and the next one is awaited. */
void peer_answering(struct MHD_Connection *connection, int answering);

/* Hangs up on those who let us wait too long. */
void peer_sweep(struct peers *peers);

#endif
