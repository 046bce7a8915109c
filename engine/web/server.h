/* The server's inside: what the files of this folder share, and nobody else includes. */
#ifndef WEB_SERVER_H
#define WEB_SERVER_H

#include "base/index.h"
#include "web/files.h"
#include "web/guard.h"
#include "web/peer.h"
#include "web/stream.h"
#include "web/web.h"

enum {
    SERVER_FEEDS = LIMIT_SEATS + 3,       /* every seat, facilitator, evaluator, board */
    SERVER_CONNECTIONS = 1000,            /* below the usual limit of open files */
    SERVER_CONNECTIONS_PER_ADDRESS = 256, /* a room behind one router: 32 browsers, 6 each */
    SERVER_CONNECTION_BYTES = 8 * 1024,
    SERVER_IDLE_SECONDS = 60,
    SERVER_HEARTBEAT_MS = 15 * 1000,
    SERVER_WAITING_INPUTS = 16, /* of one browser */
    SERVER_REPORTS = 4,         /* of one room, being written or fetched: 16 MiB each at most */
};

struct request;

/* Owned by the web. The lead's room has no table: whoever is there looks at the record. */
struct web_room {
    struct web *web;
    void *table;    /* the host's; NULL: the lead's room */
    int64_t number; /* of what stands behind it: pages made for another one begin anew */
    struct str name;
    struct arena arena; /* lifespan: the room */
    struct sessions sessions;
    struct feed *feeds[SERVER_FEEDS];
    size_t feed_count;
    struct streams streams;
    struct files files;
    int report_count; /* requests for reports that wait, or that are being answered */

    /* What pages were last told about the clock, to tell them when that changes. */
    int64_t told_steady_ms;
    enum status told_status;
    bool told_running, told_keeps;
};

struct web {
    struct web_host host;
    struct arena arena; /* lifespan: the server */
    struct guard_place place;
    struct str public_url; /* empty: none was named */
    int connection_limit;
    struct MHD_Daemon *daemon;
    struct peers peers;
    struct guard_guesses wrong_links, wrong_codes; /* neither is to pay for the other */
    struct web_room **rooms;
    size_t room_count, room_capacity;
    struct index rooms_by_name;
    struct web_room *lead;    /* the lead's room, which is none of the others; NULL: none */
    struct request *requests; /* all that are alive */
    struct request **waiting; /* those that wait for web_answer, by their tickets' last bits */
    size_t waiting_count, waiting_capacity; /* a power of two, and at least twice the count */
    uint64_t last_ticket;
    bool closing;
    bool woken; /* connections may have been resumed since the last web_run */
    int64_t swept_steady_ms, started_steady_ms;
    struct vitals vitals;
    struct buf vitals_text; /* as it was told last, and when */
    int64_t vitals_steady_ms;
};

/* The room of this name; the first one when the name is empty; NULL when there is none. */
struct web_room *server_room(const struct web *web, struct str name);

/* All rooms that can be joined, the lead's behind the others; NULL at the end. */
struct web_room *server_room_at(const struct web *web, size_t i);

const struct state *server_state(const struct web_room *room); /* NULL: being rebuilt, or none */

/* The viewer's feed, filled from history when it is new; NULL while there is no state. */
struct feed *server_feed(struct web_room *room, struct viewer viewer);

struct feed *server_feed_find(struct web_room *room, struct viewer viewer); /* NULL: no page yet */

/* Makes a feed's content from history; false when that cannot be read now. */
bool server_fill(struct web_room *room, struct feed *feed);

/* Appends what a page needs to show the time, as a frame of the event stream. */
void server_write_clock(struct web_room *room, struct buf *out);
void server_tell_clock(struct web_room *room);

#endif
