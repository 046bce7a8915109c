/* Who a browser is: links that work once, exchanged for sessions that a cookie proves.
 *
 * In memory; the host keeps what session_admit takes up after a stop. Secrets are looked for by the
 * hash of what was sent, compared in constant time, and never kept. Knows nothing of HTTP. */
#ifndef WEB_SESSION_H
#define WEB_SESSION_H

#include "base/hash.h"
#include "base/limits.h"
#include "core/view.h"

enum {
    SESSION_LIMIT = 1024,       /* browsers that joined, and links made, in one run */
    SESSION_SECRET_DIGITS = 32, /* of a link: 128 bits, short enough for a printed card */
    SESSION_COOKIE_DIGITS = 64,
    SESSION_CODE_LETTERS = 8, /* 40 bits: to be typed, and guessing is slowed */
};

/* A session ends so long after it was made; its cookie ends with it. */
#define SESSION_LIFE_MS ((int64_t)30 * 24 * 3600 * 1000)

/* A viewer by value, for what lives longer than the span that it came in. */
struct session_viewer {
    enum viewer_kind kind;
    size_t seat_len;
    char seat[LIMIT_ID_BYTES];
};

struct session {
    struct session_viewer viewer;
    struct hash cookie;       /* of the cookie's text */
    unsigned waiting_inputs;  /* sent and not yet answered */
    int64_t made_ms, ends_ms; /* steady time */
    bool by_code;             /* rather than with a link */
    bool is_freed;            /* the facilitator has taken the seat back: it proves nothing more */
};

struct session_link {
    struct session_viewer viewer;
    char secret[SESSION_SECRET_DIGITS + 1]; /* shown again to the facilitator until it is used */
    struct hash hash;                       /* of the secret's text */
    const struct session *session;          /* that it was exchanged for; NULL: not used yet */
};

/* Owned by the web. A zeroed one, with its entropy and its clock set, is ready. */
struct sessions {
    struct arena arena;
    void *self; /* of the two that follow */
    void (*entropy)(void *self, uint8_t *bytes, size_t count);
    int64_t (*steady_ms)(void *self);
    struct session *items[SESSION_LIMIT];
    size_t count;
    struct session_link *links[SESSION_LIMIT];
    size_t link_count;
    char code[SESSION_CODE_LETTERS + 2]; /* "abcd-efgh"; empty: nobody has asked for it yet */
    bool code_is_closed;
};

void session_fini(struct sessions *sessions);

/* The viewer's link that nobody has used yet, made when there is none; NULL at the limit. */
const struct session_link *session_link(struct sessions *sessions, struct viewer viewer);

/* A fresh link, whatever others the viewer has; NULL at the limit. */
const struct session_link *session_link_new(struct sessions *sessions, struct viewer viewer);

/* Takes up a session that was made before the program was started again, with what is left of its
 * life; at the limit it is forgotten. */
void session_admit(
    struct sessions *sessions, struct viewer viewer, const struct hash *cookie, int64_t left_ms);

/* Forgets the sessions and links of seats that are not there any more. */
void session_keep_seats(struct sessions *sessions, const struct def *def);
bool session_has_seat(const struct def *def, const struct session_viewer *viewer);

/* Takes the seat back from whoever has joined there, and forgets its links. */
void session_free(struct sessions *sessions, struct viewer viewer);

/* Exchanges a link's secret for a session and writes its cookie. `mine` tells whether a session is
 * already the asking browser's: such a browser may use its own link again, and ret_cookie is then
 * the empty string. NULL when the secret is unknown or used by somebody else: the same answer. */
struct session_join {
    struct str secret;
    void *self;
    bool (*mine)(void *self, const struct session *session);
};
const struct session *session_join(struct sessions *sessions, const struct session_join *join,
    char ret_cookie[SESSION_COOKIE_DIGITS + 1]);

/* Whether it has the form of a link's secret; whatever else people send is meant as a code. */
bool session_is_link(struct str text);

/* The code that everybody in the room joins with, drawn by lot when none was made. */
const char *session_code(struct sessions *sessions);
void session_make_code(struct sessions *sessions, const struct hash *made_of);

/* Whether somebody typed the code: in any case, with or without its dash, spaces around. */
bool session_code_is(const struct sessions *sessions, struct str text);

/* A session with the code; NULL at the limit. */
const struct session *session_new(
    struct sessions *sessions, struct viewer viewer, char ret_cookie[SESSION_COOKIE_DIGITS + 1]);

/* The session that a cookie proves, for the viewer named in the cookie's name; NULL if none. */
struct session *session_find(struct sessions *sessions, struct str as, struct str cookie);
bool session_was_freed(struct sessions *sessions, struct str as, struct str cookie);

struct session_viewer session_viewer_copy(struct viewer viewer);
struct viewer session_viewer(const struct session_viewer *viewer); /* borrows */

/* What a viewer is called in addresses, cookies and as an actor: "facilitator", or the seat. A
 * seat may be called "lead", but not in the lead's room. */
struct str session_as(const struct session_viewer *viewer);

/* Who is called so at a table; false: nobody. */
bool session_viewer_find(const struct def *def, struct str as, struct viewer *ret_viewer);
/* How many browsers joined as this viewer. */
size_t session_joined(const struct sessions *sessions, struct viewer viewer);

#endif
