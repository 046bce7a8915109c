/* Guards: what is refused before a route sees it.
 *
 * Pure checks of header values, and a memory of who guessed at links or codes too often. */
#ifndef WEB_GUARD_H
#define WEB_GUARD_H

#include "base/str.h"

/* Where the server is, as it knows itself. */
struct guard_place {
    struct str listen_address;
    int port;
    bool is_tls;
    struct str public_host; /* "drill.example.jp", "drill.example.jp:8443"; empty: none was named */
};

/* Whether a Host header names this server: the public one, a loopback name or the listen address,
 * with our port. A server that listens beyond loopback takes any literal address (a name could have
 * been made to point here by somebody else's DNS, an address cannot). */
bool guard_host(struct str host, const struct guard_place *place);

/* "https://drill.example.jp:8443" → "drill.example.jp:8443"; false for anything else than http or
 * https, a host and perhaps a port that is not the usual one. */
bool guard_public(struct str url, struct str *ret_host);

/* Whether an Origin header (empty: not sent) is the page that the Host header serves. */
bool guard_origin(struct str origin, struct str host);

/* Whether a Sec-Fetch-Site header (empty: not sent) says that our own page, or the person in the
 * address bar, asks. */
bool guard_fetch_site(struct str site);

/* Whether a peer's address is this machine's own; IPv4 in its IPv6 form. */
bool guard_local(const uint8_t address[16]);

/* Headers that only a proxy sends; NULL behind the last. */
extern const char *const guard_proxy_headers[];

/* A hall behind one router mistypes as one address. */
enum { GUARD_ADDRESSES = 64, GUARD_GUESSES = 30, GUARD_REST_MS = 2000 };

/* Failed joins by address, those of IPv6 by network (/64): a machine has as many as it likes there.
 * Plain data; a zeroed one is ready. */
struct guard_guesses {
    struct {
        uint8_t address[16];
        int64_t next_ms; /* the steady time at which all is forgiven; each failure pushes it on */
    } items[GUARD_ADDRESSES];
};

/* Whether the address may try again: each failure costs GUARD_REST_MS, and GUARD_GUESSES may be
 * owed. */
bool guard_may_guess(
    const struct guard_guesses *guesses, const uint8_t address[16], int64_t now_ms);
void guard_guessed_wrong(struct guard_guesses *guesses, const uint8_t address[16], int64_t now_ms);

#endif
