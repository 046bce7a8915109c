/* The live exercise over HTTP: routes, sessions, event streams, embedded pages.
 *
 * Everything runs in the caller's loop. A request that is an input is suspended, handed to the
 * host, and answered after the host has kept it; events reach streams only through web_tell, which
 * the host calls after commit. History comes from the host's functions; web never opens the record.
 */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "base/err.h"
#include "base/hash.h"
#include "core/view.h"

/* What the program does for the web. All functions are called from within web_run. `table` is what
 * a room was opened with. */
struct web_host {
    void *self;

    /* Takes an input (JSON) of an actor: "facilitator", "evaluator", or a seat. The answer comes
     * later through web_answer with the same ticket, never from within this call. */
    void (*submit)(void *table, uint64_t ticket, struct str actor, struct str json);

    /* The present state, for views; NULL while the table is being rebuilt. */
    const struct state *(*state)(void *table);

    /* Exercise time now, and whether the clock runs. */
    int64_t (*clock_ms)(void *table, bool *ret_running);

    /* Calls `each` for all events kept so far, in order: fills a new view's log. */
    bool (*history)(
        void *table, void (*each)(void *each_self, const struct event *event), void *each_self);

    /* A free text by its salted hash; empty when there is none. Valid until the next turn. */
    struct str (*text)(void *table, struct str ref);

    /* Appends what the viewer may see of the score, one canonical object; false while there is no
     * state. */
    bool (*findings)(void *table, struct viewer viewer, struct buf *out);

    /* Appends what can be printed of the exercise: parts of report/kit.h; false while there is no
     * state. */
    bool (*kit)(void *table, enum lang lang, unsigned parts, struct buf *out);

    /* The bytes of a file that the exercise was made of, in arena; false when there is none. */
    bool (*file)(void *table, struct str path, struct arena *arena, struct str *ret_bytes);

    /* Before STARTEX: what the exercise can be made of, making it anew (the answer's status), and
     * what everybody may read of the rules. */
    void (*lobby)(void *table, struct buf *out);
    unsigned (*remake)(void *table, struct str json, struct buf *out);
    void (*sentences)(void *table, struct buf *out);

    /* Keeps what proves that a browser has joined, so that it need not join again after a stop: the
     * hash of a cookie, and as whom. */
    void (*keep_pass)(void *table, struct str as, const struct hash *cookie);

    /* Test builds only (NULL otherwise): sets the manual clock; answered through web_answer. */
    void (*set_clock)(void *table, uint64_t ticket, int64_t at_ms);

    /* 32 random bytes for secrets (room code, links, cookies). */
    void (*entropy)(void *self, uint8_t *bytes, size_t count);

    /* A clock in ms that never goes back, for heartbeats and for how long somebody may take. */
    int64_t (*steady_ms)(void *self);
    void (*warn)(void *self, struct str sentence); /* tells the operator, no secrets; or NULL */
};

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

struct str web_room_name(const struct web_room *room); /* lives as long as the room */

/* A browser that had joined before the program was started again. */
void web_admit(struct web_room *room, struct viewer viewer, const struct hash *cookie);

/* The table is another one from now on; pages begin anew. */
void web_move(struct web_room *room, int64_t number);

/* "http://127.0.0.1:8765/join#…": the facilitator's link, and a seat's. Each works once. */
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
