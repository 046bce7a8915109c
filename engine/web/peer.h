/* Peers: open connections, and how long each may take to say what it wants.
 *
 * libmicrohttpd's own timeout starts anew with every byte; a client that sends one byte a second
 * could hold a connection for good, and so could one that reads so. A peer that has not sent its
 * request in time, or not read the answer, is hung up on. */
#ifndef WEB_PEER_H
#define WEB_PEER_H

#include <microhttpd.h>
#include <stdbool.h>
#include <stdint.h>

enum { PEER_PATIENCE_MS = 30 * 1000 };

/* Belongs to its connection. */
struct peer {
    struct peer *next, *previous;
    struct MHD_Connection *connection;
    int64_t since_ms; /* steady time since when it is expected to send, or to read */
    bool answering;   /* nothing is expected of it */
};

/* A zeroed one is empty; the clock must be set. */
struct peers {
    struct peer *first;
    size_t count;
    void *clock_self;
    int64_t (*steady_ms)(void *self);
};

/* To be given to libmicrohttpd as its notify callback, with the peers as `self`. */
void peer_notify(void *self, struct MHD_Connection *connection, void **socket_context,
    enum MHD_ConnectionNotificationCode what);

/* True: the client waits for us, with a stream open or an input asleep. False: it is the client who
 * is to act, and its time begins now: it sends a request, or reads an answer. */
void peer_answering(struct MHD_Connection *connection, bool answering);

/* Sixteen bytes for any address, IPv4 ones in their IPv6 form. */
void peer_address(struct MHD_Connection *connection, uint8_t ret_address[16]);

/* Hangs up on those who let us wait too long. */
void peer_sweep(struct peers *peers);

#endif
