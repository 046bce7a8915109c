/* Guards.
 *
 * Cookies do not tell ports apart and DNS can be made to point anywhere, so neither proves that a
 * request comes from our own page; Host, Origin and Sec-Fetch-Site, which no page can forge, do. */
#include <string.h>

#include "web/guard.h"

static bool is_loopback(struct str name)
{
    return str_is(name, "127.0.0.1") || str_is(name, "localhost") || str_is(name, "[::1]");
}

static bool is_literal(struct str name)
{
    const char *allowed =
        name.len > 0 && name.ptr[0] == '[' ? "[]:.0123456789abcdefABCDEF" : ".0123456789";
    for (size_t i = 0; i < name.len; i++)
        if (!strchr(allowed, name.ptr[i]) || name.ptr[i] == '\0')
            return false;
    return name.len > 0;
}

/* "[::1]:80" → "[::1]" and 80; without a port it is the usual one, as in addresses that people
 * type. */
static bool split_host(struct str host, int64_t usual_port, struct str *ret_name, int64_t *ret_port)
{
    size_t colon = host.len;
    for (size_t i = host.len; i > 0 && host.ptr[i - 1] != ']'; i--)
        if (host.ptr[i - 1] == ':')
            colon = i - 1;
    *ret_name = (struct str){host.ptr, colon};
    *ret_port = usual_port;
    return colon == host.len || str_to_int64(str_after(host, colon + 1), ret_port);
}

bool guard_host(struct str host, const struct guard_place *place)
{
    struct str name, listen = place->listen_address;
    int64_t named_port;
    if (place->public_host.len > 0 && str_eq(host, place->public_host))
        return true;
    if (!split_host(host, place->is_tls ? 443 : 80, &name, &named_port) ||
        named_port != place->port)
        return false;
    if (is_loopback(name) || str_eq(name, listen))
        return true;
    bool beyond = !is_loopback(listen) && !str_is(listen, "::1");
    return beyond && is_literal(name);
}

static bool is_host_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':' ||
           c == '[' || c == ']';
}

bool guard_public(struct str url, struct str *ret_host)
{
    struct str http = STR("http://"), https = STR("https://"), name;
    int64_t port;
    if (!str_starts_with(url, http) && !str_starts_with(url, https))
        return false;
    struct str host = str_after(url, str_starts_with(url, https) ? https.len : http.len);
    for (size_t i = 0; i < host.len; i++)
        if (!is_host_letter(host.ptr[i]))
            return false;
    *ret_host = host;
    bool is_https = str_starts_with(url, https);
    if (!split_host(host, 0, &name, &port) || name.len == 0 || port < 0 || port > 65535)
        return false;
    /* The usual port is one that browsers leave out. */
    return host.len == name.len || (port != 0 && port != (is_https ? 443 : 80));
}

bool guard_origin(struct str origin, struct str host)
{
    if (origin.len == 0)
        return true;
    struct str http = STR("http://"), https = STR("https://");
    if (str_starts_with(origin, http))
        return str_eq(str_after(origin, http.len), host);
    return str_starts_with(origin, https) && str_eq(str_after(origin, https.len), host);
}

bool guard_fetch_site(struct str site)
{
    return site.len == 0 || str_is(site, "same-origin") || str_is(site, "none");
}

const char *const guard_proxy_headers[] = {"CF-Connecting-IP", "Forwarded", "True-Client-IP", "Via",
    "X-Client-IP", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Proto",
    "X-Forwarded-Server", "X-Original-Forwarded-For", "X-Real-IP", NULL};

bool guard_local(const uint8_t address[16])
{
    static const uint8_t v6[16] = {[15] = 1}, v4[13] = {[10] = 0xff, [11] = 0xff, [12] = 127};
    return memcmp(address, v6, sizeof(v6)) == 0 || memcmp(address, v4, sizeof(v4)) == 0;
}

/* An IPv4 address as it is, of an IPv6 one the network. */
static void network_of(const uint8_t address[16], uint8_t ret_network[16])
{
    static const uint8_t v4_in_v6[12] = {[10] = 0xff, [11] = 0xff};
    bool is_v4 = memcmp(address, v4_in_v6, sizeof(v4_in_v6)) == 0;
    memset(ret_network, 0, 16);
    memcpy(ret_network, address, is_v4 ? 16 : 8);
}

bool guard_may_guess(const struct guard_guesses *guesses, const uint8_t address[16], int64_t now_ms)
{
    uint8_t network[16];
    network_of(address, network);
    for (size_t i = 0; i < GUARD_ADDRESSES; i++)
        if (memcmp(guesses->items[i].address, network, 16) == 0)
            return guesses->items[i].next_ms - now_ms <=
                   (int64_t)(GUARD_GUESSES - 1) * GUARD_REST_MS;
    return true;
}

void guard_guessed_wrong(struct guard_guesses *guesses, const uint8_t address[16], int64_t now_ms)
{
    size_t place = 0;
    uint8_t network[16];
    network_of(address, network);
    for (size_t i = 0; i < GUARD_ADDRESSES; i++) {
        if (memcmp(guesses->items[i].address, network, 16) == 0) {
            place = i;
            break;
        }
        if (guesses->items[i].next_ms < guesses->items[place].next_ms)
            place = i; /* whoever is forgiven first is forgotten first */
    }
    if (memcmp(guesses->items[place].address, network, 16) != 0 ||
        guesses->items[place].next_ms < now_ms)
        guesses->items[place].next_ms = now_ms;
    memcpy(guesses->items[place].address, network, 16);
    guesses->items[place].next_ms += GUARD_REST_MS;
}
