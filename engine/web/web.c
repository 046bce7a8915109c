/* The server as the program's loop sees it.
 *
 * libmicrohttpd runs without threads of its own: its epoll descriptor is polled by the loop, and
 * everything happens inside web_run. */
#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "web/request.h"

enum { SWEEP_MS = 1000, FAREWELL_RUNS = 16 };

static bool parse_address(const struct web_options *options, struct sockaddr_storage *ret_address)
{
    char text[INET6_ADDRSTRLEN];
    struct str name = options->listen_address;
    if (str_is(name, "localhost"))
        name = STR("127.0.0.1");
    if (name.len >= sizeof(text) || options->port < 0 || options->port > 65535)
        return false;
    memcpy(text, name.ptr, name.len);
    text[name.len] = '\0';
    *ret_address = (struct sockaddr_storage){0};
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons((uint16_t)options->port)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)options->port)};
    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
        memcpy(ret_address, &v4, sizeof(v4));
    else if (inet_pton(AF_INET6, text, &v6.sin6_addr) == 1)
        memcpy(ret_address, &v6, sizeof(v6));
    else
        return false;
    return true;
}

static struct MHD_Daemon *start_daemon(
    struct web *web, const struct web_options *options, const struct sockaddr_storage *address)
{
    unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME;
    struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)options->tls_key},
        {MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)options->tls_certificate},
        {MHD_OPTION_END, 0, NULL}};
    if (address->ss_family == AF_INET6)
        flags |= MHD_USE_IPv6;
    if (web->place.is_tls)
        flags |= MHD_USE_TLS;
    return MHD_start_daemon(flags, 0, NULL, NULL, request_access, web, MHD_OPTION_SOCK_ADDR,
        (const struct sockaddr *)address, MHD_OPTION_NOTIFY_COMPLETED, request_completed, web,
        MHD_OPTION_NOTIFY_CONNECTION, peer_notify, &web->peers, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)web->connection_limit, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
        (unsigned)SERVER_CONNECTIONS_PER_ADDRESS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)SERVER_CONNECTION_BYTES, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)SERVER_IDLE_SECONDS, MHD_OPTION_ARRAY, web->place.is_tls ? tls : &tls[2],
        MHD_OPTION_END);
}

static bool start_error(const struct web_options *options, int cause, struct err *reterr)
{
    if (cause == EADDRINUSE)
        return err_set(reterr, ERR_IO,
            "port %d of %.*s is taken by another program; choose another with --listen",
            options->port, STR_ARG(options->listen_address));
    if (cause == 0 && options->tls_key != NULL)
        return err_set(reterr, ERR_USAGE,
            "the certificate and the key cannot be used together; both must be PEM, the key "
            "without a password and made for this certificate");
    return err_set(reterr, ERR_IO, "cannot listen at %.*s, port %d: %s",
        STR_ARG(options->listen_address), options->port,
        cause ? strerror(cause) : "the machine refuses");
}

bool web_new(const struct web_host *host, const struct web_options *options, struct web **ret_web,
    struct err *reterr)
{
    struct sockaddr_storage address;
    if (!parse_address(options, &address))
        return err_set(reterr, ERR_USAGE,
            "cannot listen at \"%.*s\", port %d: give an address of this machine in numbers "
            "(127.0.0.1, ::1, 0.0.0.0) and a port below 65536",
            STR_ARG(options->listen_address), options->port);
    struct web *web = calloc(1, sizeof(*web));
    if (!web)
        abort();
    web->host = *host;
    web->started_steady_ms = host->steady_ms(host->self);
    web->place =
        (struct guard_place){.listen_address = arena_str(&web->arena, options->listen_address),
            .port = options->port,
            .is_tls = options->tls_key != NULL};
    web->public_url = arena_str(&web->arena, options->public_url);
    bool is_mixed = web->place.is_tls && str_starts_with(web->public_url, STR("http://"));
    if (web->public_url.len > 0 &&
        (is_mixed || !guard_public(web->public_url, &web->place.public_host))) {
        web_free(web);
        return err_set(reterr, ERR_USAGE,
            "\"%.*s\" is no address of a server; write it as https://drill.example.jp, in small "
            "letters, with a port if it is not the usual one and nothing behind%s",
            STR_ARG(options->public_url), is_mixed ? "; with a certificate it is https" : "");
    }
    web->connection_limit =
        options->connection_limit > 0 ? options->connection_limit : SERVER_CONNECTIONS;
    web->peers.clock_self = host->self;
    web->peers.steady_ms = host->steady_ms;
    if (web->place.is_tls && MHD_is_feature_supported(MHD_FEATURE_TLS) != MHD_YES) {
        web_free(web);
        return err_set(reterr, ERR_USAGE,
            "the libmicrohttpd of this machine speaks no https; leave out --tls-cert and --tls-key "
            "and put a proxy in front (--public-url)");
    }
    errno = 0;
    web->daemon = start_daemon(web, options, &address);
    int cause = errno;
    if (!web->daemon) {
        web_free(web);
        return start_error(options, cause, reterr);
    }
    web->place.port = MHD_get_daemon_info(web->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    *ret_web = web;
    return true;
}

static struct web_room *new_room(struct web *web, struct str name)
{
    struct web_room *room = calloc(1, sizeof(*room));
    assert(str_is_id(name) && !server_room(web, name));
    if (!room)
        abort();
    room->web = web;
    room->name = arena_str(&room->arena, name);
    room->sessions.self = web->host.self;
    room->sessions.entropy = web->host.entropy;
    room->sessions.steady_ms = web->host.steady_ms;
    return room;
}

struct web_room *web_open(struct web *web, struct str name, void *table, int64_t number)
{
    struct web_room *room = new_room(web, name);
    assert(table);
    room->table = table;
    room->number = number;
    room->told_steady_ms = web->host.steady_ms(web->host.self);
    web->rooms = arena_grow(
        &web->arena, web->rooms, web->room_count, &web->room_capacity, sizeof(*web->rooms));
    web->rooms[web->room_count] = room;
    bool is_new = index_add(&web->rooms_by_name, &web->arena, room->name, (int)web->room_count++);
    assert(is_new);
    return room;
}

struct web_room *web_open_lead(struct web *web, struct str name)
{
    assert(!web->lead);
    web->lead = new_room(web, name);
    return web->lead;
}

struct str web_room_name(const struct web_room *room)
{
    return room->name;
}

void web_admit(struct web_room *room, struct str as, const struct hash *cookie, int64_t left_ms)
{
    const struct state *state = server_state(room);
    struct viewer viewer;
    assert(state);
    if (session_viewer_find(state->def, as, &viewer)) /* the seat may be gone */
        session_admit(&room->sessions, viewer, cookie, left_ms);
}

void web_make_code(struct web_room *room, const struct hash *made_of)
{
    session_make_code(&room->sessions, made_of);
}

void web_close_code(struct web_room *room, bool is_closed)
{
    room->sessions.code_is_closed = is_closed;
}

static void free_feed(struct feed *feed)
{
    feed_fini(feed);
    free(feed);
}

/* What was told of a table. */
static void clear_room(struct web_room *room)
{
    for (size_t i = 0; i < room->feed_count; i++)
        free_feed(room->feeds[i]);
    room->feed_count = 0;
    files_fini(&room->files);
}

static void say_farewell(struct web *web)
{
    web->closing = true;
    request_answer_all(web, REPLY_CLOSING);
    for (size_t i = 0; i < web->room_count; i++)
        stream_end_all(&web->rooms[i]->streams, STR("event: bye\ndata: {}\n\n"));
    /* Whoever reads at all has read a few bytes by then; nobody else is waited for. */
    for (int i = 0; i < FAREWELL_RUNS; i++)
        MHD_run(web->daemon);
}

static void close_room(struct web_room *room)
{
    clear_room(room);
    session_fini(&room->sessions);
    arena_fini(&room->arena);
    free(room);
}

void web_free(struct web *web)
{
    if (!web)
        return;
    if (web->daemon) {
        say_farewell(web);
        MHD_stop_daemon(web->daemon);
    }
    for (size_t i = 0; i < web->room_count; i++)
        close_room(web->rooms[i]);
    if (web->lead)
        close_room(web->lead);
    buf_fini(&web->vitals_text);
    arena_fini(&web->arena);
    free(web);
}

int web_port(const struct web *web)
{
    return web->place.port;
}

/* The address to type on this machine, where listening at all of its addresses is asked for. */
static struct str address_to_show(const struct web *web, struct arena *arena)
{
    if (str_is(web->place.listen_address, "0.0.0.0"))
        return STR("127.0.0.1");
    if (str_is(web->place.listen_address, "::"))
        return STR("[::1]");
    for (size_t i = 0; i < web->place.listen_address.len; i++)
        if (web->place.listen_address.ptr[i] == ':')
            return arena_format(arena, "[%.*s]", STR_ARG(web->place.listen_address));
    return web->place.listen_address;
}

struct str web_link(struct web_room *room, struct viewer viewer, struct arena *arena)
{
    const struct web *web = room->web;
    const struct session_link *link = session_link_new(&room->sessions, viewer);
    if (!link)
        return STR("");
    if (web->public_url.len > 0)
        return arena_format(arena, "%.*s/join#%s", STR_ARG(web->public_url), link->secret);
    return arena_format(arena, "%s://%.*s:%d/join#%s", web->place.is_tls ? "https" : "http",
        STR_ARG(address_to_show(web, arena)), web->place.port, link->secret);
}

bool web_is_seen(struct web_room *room, struct viewer viewer)
{
    const struct feed *feed = server_feed_find(room, viewer);
    return feed && stream_is_seen(&room->streams, feed);
}

int web_fd(const struct web *web)
{
    return MHD_get_daemon_info(web->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
}

/* libmicrohttpd looks at resumed connections in its next run, but its timeout does not say so. */
int web_timeout_ms(struct web *web)
{
    if (web->woken)
        return 0;
    MHD_UNSIGNED_LONG_LONG wanted_ms = 0;
    int longest_ms = web->peers.first ? SWEEP_MS : SERVER_HEARTBEAT_MS;
    if (MHD_get_timeout(web->daemon, &wanted_ms) == MHD_YES && wanted_ms < (unsigned)longest_ms)
        return (int)wanted_ms;
    return longest_ms;
}

void web_run(struct web *web)
{
    int64_t now_ms = web->host.steady_ms(web->host.self);
    if (now_ms - web->swept_steady_ms >= SWEEP_MS) {
        web->swept_steady_ms = now_ms;
        peer_sweep(&web->peers);
    }
    for (size_t i = 0; i < web->room_count; i++)
        if (now_ms - web->rooms[i]->told_steady_ms >= SERVER_HEARTBEAT_MS)
            server_tell_clock(web->rooms[i]);
    web->woken = false;
    MHD_run(web->daemon);
}

void web_answer(struct web *web, uint64_t ticket, int status, struct str json)
{
    assert(status >= 200 && status < 600);
    web->woken = true;
    struct web_room *room = request_clock_room(web, ticket);
    if (room)
        server_tell_clock(room);
    request_answer(web, ticket, (unsigned)status, json);
}

void web_tell(struct web_room *room, const struct event *events, size_t event_count)
{
    const struct web_host *host = &room->web->host;
    const struct state *state = server_state(room);
    struct view_texts texts = {room->table, host->text};
    bool running = false;
    assert(state);
    room->web->woken = true;
    for (size_t i = 0; i < room->feed_count; i++)
        for (size_t j = 0; j < event_count && !room->feeds[i]->stale; j++)
            feed_tell(room->feeds[i], state, &texts, &events[j]);
    stream_wake_all(&room->streams);
    host->clock_ms(room->table, &running);
    if (state->status != room->told_status || running != room->told_running ||
        host->keeps(room->table) != room->told_keeps)
        server_tell_clock(room);
}

void web_reload(struct web_room *room)
{
    room->web->woken = true;
    for (size_t i = 0; i < room->feed_count; i++)
        server_fill(room, room->feeds[i]);
    stream_end_lost(&room->streams);
}

/* There are as many places for feeds as a table has viewers. */
static void drop_feeds_of_nobody(struct web_room *room, const struct def *def)
{
    size_t kept = 0;
    for (size_t i = 0; i < room->feed_count; i++) {
        struct feed *feed = room->feeds[i];
        if (session_has_seat(def, &feed->viewer)) {
            room->feeds[kept++] = feed;
            continue;
        }
        stream_end_feed(&room->streams, feed);
        free_feed(feed);
    }
    room->feed_count = kept;
}

void web_move(struct web_room *room, int64_t number)
{
    const struct state *state = server_state(room);
    assert(state);
    room->number = number;
    session_keep_seats(&room->sessions, state->def);
    drop_feeds_of_nobody(room, state->def);
    files_fini(&room->files);
    /* What was told is of another table: pages begin anew, and whoever has no seat any more is out.
     */
    for (size_t i = 0; i < room->feed_count; i++)
        server_fill(room, room->feeds[i]);
    stream_end_lost(&room->streams);
    stream_end_all(&room->streams, STR(""));
    room->web->woken = true;
}
