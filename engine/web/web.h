/* The live exercise over HTTP: routes, sessions, event streams, embedded pages.
 *
 * Everything runs in the caller's loop. A request that is an input is suspended, handed to the
 * host, and answered after the host has kept it; events reach streams only through web_tell, which
 * the host calls after commit. History comes from the host's functions; web never opens the record.
 */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "base/err.h"
#include "web/host.h"

struct web_options {
    struct str listen_address; /* "127.0.0.1" */
    int port;                  /* 0: any free one */
    int connection_limit;      /* 0: as many as the usual limit of open files allows */
    struct str public_url;     /* "https://drill.example.jp": how people reach it; or empty */
    const char *tls_certificate, *tls_key; /* PEM; both or neither */
};

struct web;
struct web_room; /* a table, as browsers reach it */

bool web_new(const struct web_host *host, const struct web_options *options, struct web **ret_web,
    struct err *reterr);
void web_free(struct web *web); /* tells open pages that the program closes */

int web_port(const struct web *web);

/* Opens a room for a table. The name, an id, stands in addresses and stays when the program is
 * started again; the number tells pages one table from another. */
struct web_room *web_open(struct web *web, struct str name, void *table, int64_t number);

/* Opens the room of leads, who look at the record of all exercises; there is one at most, and its
 * name is none of the others'. */
struct web_room *web_open_lead(struct web *web, struct str name);

struct str web_room_name(const struct web_room *room); /* lives as long as the room */

/* A browser that had joined before the program was started again, and for how long that counts
 * still. */
void web_admit(struct web_room *room, struct str as, const struct hash *cookie, int64_t left_ms);
/* What the room's code is made of; without, it is drawn by lot when it is first asked for. */
void web_make_code(struct web_room *room, const struct hash *made_of);
void web_close_code(struct web_room *room, bool is_closed);

/* The table is another one from now on; pages begin anew. */
void web_move(struct web_room *room, int64_t number);

/* "http://127.0.0.1:8765/join#…": the facilitator's link, a seat's, a lead's. Each works once. */
struct str web_link(struct web_room *room, struct viewer viewer, struct arena *arena);

/* Whether somebody looks at a page of the viewer; false when none is open. */
bool web_is_seen(struct web_room *room, struct viewer viewer);

/* The descriptor to poll for reading, and the longest wait before web_run must be called. */
int web_fd(const struct web *web);
int web_timeout_ms(struct web *web);

/* Handles whatever is ready, without blocking. */
void web_run(struct web *web);

/* The answer to an input or clock request: HTTP status and a canonical JSON object. */
void web_answer(struct web *web, uint64_t ticket, int status, struct str json);

/* Tells all views of a table of kept events. */
void web_tell(struct web_room *room, const struct event *events, size_t event_count);

/* The table's memory was rebuilt from the record: logs of views are made again; nothing that was
 * told changes, since nothing unkept was ever told. */
void web_reload(struct web_room *room);

#endif
