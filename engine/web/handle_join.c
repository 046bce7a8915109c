/* Joining: a link's secret, or the room's code and a free seat, for a cookie.
 *
 * The exchange happens only here; who may do what afterwards is route.c's. */
#include <arpa/inet.h>
#include <string.h>

#include "base/json_read.h"
#include "web/handle.h"
#include "web/handle_parts.h"

/* A laptop that two people share is usual, a browser that takes a whole table is a joke or worse.
 * Whoever wants more asks for links, which have no such bound. */
enum { SEATS_AT_ONCE = 2, AT_ONCE_MS = 10 * 60 * 1000 };

struct seats_taken {
    int64_t now_ms;
    int count;
};

static void count_taken(void *self, const struct web_room *room, const struct session *session)
{
    struct seats_taken *taken = self;
    (void)room;
    taken->count += session->by_code && taken->now_ms - session->made_ms < AT_ONCE_MS;
}

static bool has_taken_enough(struct request *request)
{
    const struct web_host *host = &request->web->host;
    struct seats_taken taken = {.now_ms = host->steady_ms(host->self)};
    handle_each_session(request, count_taken, &taken);
    return taken.count >= SEATS_AT_ONCE;
}

/* Everybody has the same code, so it opens no place at which somebody sits already. */
static bool is_taken(struct web_room *room, struct viewer viewer)
{
    return session_joined(&room->sessions, viewer) > 0;
}

static void write_seat(struct web_room *room, const struct def_seat *seat, struct json_write *json)
{
    const struct def *def = server_state(room)->def;
    json_write_object(json);
    json_write_key_str(json, "id", seat->id);
    json_write_key(json, STR("roles"));
    json_write_array(json);
    for (size_t i = 0; i < seat->roles.count; i++) {
        const struct def_role *role = def_role(def, seat->roles.items[i]);
        json_write_object(json);
        json_write_key_str(json, "id", seat->roles.items[i]);
        if (role)
            json_write_key_words(json, "name", &role->name);
        json_write_end(json);
    }
    json_write_end(json);
    json_write_key_bool(json, "taken", is_taken(room, (struct viewer){VIEWER_SEAT, seat->id}));
    json_write_end(json);
}

static enum MHD_Result send_seats(struct request *request)
{
    struct web_room *room = request->room;
    const struct state *state = server_state(room);
    struct buf out = {0};
    struct json_write json;
    if (!state)
        return reply_problem(request->connection, REPLY_NOT_READY);
    json_write_init(&json, &out);
    json_write_object(&json);
    json_write_key(&json, STR("seats"));
    json_write_array(&json);
    for (size_t i = 0; i < state->def->seat_count; i++)
        write_seat(room, &state->def->seats[i], &json);
    json_write_end(&json);
    json_write_key_words(&json, "title", &state->def->title);
    json_write_end(&json);
    return handle_send_json(request, MHD_HTTP_OK, &out);
}

/* REPLY_PROBLEM_COUNT: the seat is free, and is the request's now. */
static enum reply_problem take_seat(struct request *request, struct str as,
    char ret_cookie[SESSION_COOKIE_DIGITS + 1], const struct session **ret_session)
{
    struct web_room *room = request->room;
    const struct state *state = server_state(room);
    const struct def_seat *seat = state ? def_seat(state->def, as) : NULL;
    if (!state)
        return REPLY_NOT_READY;
    if (state->status != STATUS_READY && state->status != STATUS_RUNNING &&
        state->status != STATUS_PAUSED)
        return REPLY_LINK; /* whoever comes when it is over asks for a link */
    if (!seat || !str_eq(seat->id, as))
        return REPLY_NOT_FOUND;
    struct viewer viewer = {VIEWER_SEAT, seat->id};
    if (is_taken(room, viewer))
        return REPLY_TAKEN;
    if (has_taken_enough(request))
        return REPLY_TWO_SEATS;
    *ret_session = session_new(&room->sessions, viewer, ret_cookie);
    return *ret_session ? REPLY_PROBLEM_COUNT : REPLY_FULL;
}

/* ---- either ---- */

static bool is_mine(void *self, const struct session *session)
{
    struct request *request = self;
    char name[HANDLE_COOKIE_NAME_BYTES];
    struct str as = session_as(&session->viewer);
    handle_cookie_name(request->room, as, name);
    struct str cookie = reply_value(request->connection, MHD_COOKIE_KIND, name);
    return cookie.len > 0 && session_find(&request->room->sessions, as, cookie) == session;
}

/* Whether this browser came by https: its cookie then never travels in the clear. */
static bool is_secure(struct request *request)
{
    const struct web *web = request->web;
    struct str host = reply_value(request->connection, MHD_HEADER_KIND, "Host");
    return web->place.is_tls || (str_starts_with(web->public_url, STR("https://")) &&
                                    str_eq(host, web->place.public_host));
}

static enum MHD_Result send_joined(
    struct request *request, const struct session *session, const char *cookie)
{
    struct str as = session_as(&session->viewer);
    struct buf out = {0};
    struct json_write json;
    json_write_init(&json, &out);
    json_write_object(&json);
    json_write_key_str(&json, "as", as);
    json_write_key_str(&json, "at", request->room->name);
    handle_write_page(&json, request->room);
    json_write_end(&json);
    struct MHD_Response *response = reply_json(MHD_HTTP_OK, buf_str(&out));
    if (response && cookie[0] != '\0') {
        char name[HANDLE_COOKIE_NAME_BYTES];
        handle_cookie_name(request->room, as, name);
        buf_clear(&out);
        buf_format(&out, "%s=%s; Path=/; Max-Age=%lld; HttpOnly; SameSite=Strict%s", name, cookie,
            (long long)SESSION_LIFE_MS / 1000, is_secure(request) ? "; Secure" : "");
        buf_add_char(&out, '\0');
        MHD_add_response_header(response, MHD_HTTP_HEADER_SET_COOKIE, out.ptr);
    }
    buf_fini(&out);
    return reply_send(request->connection, MHD_HTTP_OK, response);
}

/* Neither a link's secret nor a code says of which room it is: every room is asked. */
static const struct session *join_by_link(
    struct request *request, struct str secret, char ret_cookie[SESSION_COOKIE_DIGITS + 1])
{
    struct web *web = request->web;
    struct session_join join = {secret, request, is_mine};
    const struct session *session = NULL;
    struct web_room *room;
    for (size_t i = 0; !session && (room = server_room_at(web, i)) != NULL; i++) {
        request->room = room;
        session = session_join(&room->sessions, &join, ret_cookie);
    }
    return session;
}

static bool find_code(struct request *request, struct str code)
{
    struct web *web = request->web;
    struct web_room *found = NULL;
    for (size_t i = 0; i < web->room_count; i++)
        if (session_code_is(&web->rooms[i]->sessions, code))
            found = web->rooms[i];
    request->room = found;
    return found != NULL;
}

static enum MHD_Result let_in(
    struct request *request, const struct session *session, const char *cookie)
{
    if (cookie[0] != '\0' && request->room->table) /* a lead joins anew: a link is soon printed */
        request->web->host.keep_pass(
            request->room->table, session_as(&session->viewer), &session->cookie);
    return send_joined(request, session, cookie);
}

/* As whom is asked first, when only the code came. */
static enum MHD_Result join_by_code(struct request *request, struct str as)
{
    char cookie[SESSION_COOKIE_DIGITS + 1];
    const struct session *session;
    if (as.len == 0)
        return send_seats(request);
    enum reply_problem problem = take_seat(request, as, cookie, &session);
    return problem == REPLY_PROBLEM_COUNT ? let_in(request, session, cookie)
                                          : reply_problem(request->connection, problem);
}

/* So many wrong ones are no slip of the finger. What was guessed is not repeated: it may be
 * somebody else's link, mistyped. */
static void warn_of_guesses(struct web *web, const char *what, const uint8_t address[16])
{
    static const uint8_t v4_in_v6[12] = {[10] = 0xff, [11] = 0xff};
    char text[INET6_ADDRSTRLEN];
    bool is_v4 = memcmp(address, v4_in_v6, sizeof(v4_in_v6)) == 0;
    if (!web->host.warn ||
        !inet_ntop(is_v4 ? AF_INET : AF_INET6, is_v4 ? address + 12 : address, text, sizeof(text)))
        return;
    struct buf out = {0};
    buf_format(&out,
        "wrong %s keep coming from %s and are slowed to one in %d seconds; if it is one of "
        "yours, give them a new link",
        what, text, GUARD_REST_MS / 1000);
    web->host.warn(web->host.self, buf_str(&out));
    buf_fini(&out);
}

static enum MHD_Result refuse_guess(
    struct request *request, struct guard_guesses *guesses, const char *what)
{
    struct web *web = request->web;
    uint8_t address[16];
    peer_address(request->connection, address);
    int64_t now_ms = web->host.steady_ms(web->host.self);
    if (!guard_may_guess(guesses, address, now_ms))
        return reply_problem(request->connection, REPLY_SLOW_DOWN);
    guard_guessed_wrong(guesses, address, now_ms);
    if (!guard_may_guess(guesses, address, now_ms))
        warn_of_guesses(web, what, address);
    return reply_problem(request->connection, REPLY_LINK);
}

/* Nobody finds a link by trying: a right one is let in whatever came from its address before. */
static enum MHD_Result join_with_link(struct request *request, struct str secret)
{
    char cookie[SESSION_COOKIE_DIGITS + 1];
    const struct session *session = join_by_link(request, secret, cookie);
    return session ? let_in(request, session, cookie)
                   : refuse_guess(request, &request->web->wrong_links, "links");
}

/* A code could be found, were right ones told from wrong ones without end. */
static enum MHD_Result join_with_code(struct request *request, struct str code, struct str as)
{
    struct web *web = request->web;
    uint8_t address[16];
    peer_address(request->connection, address);
    if (!guard_may_guess(&web->wrong_codes, address, web->host.steady_ms(web->host.self)))
        return reply_problem(request->connection, REPLY_SLOW_DOWN);
    if (!find_code(request, code))
        return refuse_guess(request, &web->wrong_codes, "codes");
    if (request->room->sessions.code_is_closed)
        return reply_problem(request->connection, REPLY_CODE_CLOSED);
    return join_by_code(request, as);
}

enum MHD_Result handle_join(struct request *request)
{
    struct arena arena = {0};
    struct str body = handle_close_up(&request->body), secret = {0}, as = {0};
    enum MHD_Result result;
    if (json_check(body, NULL) && json_to_str(json_get(body, STR("secret")), &arena, &secret)) {
        json_to_str(json_get(body, STR("as")), &arena, &as);
        result = session_is_link(secret) ? join_with_link(request, secret)
                                         : join_with_code(request, secret, as);
    } else {
        result = reply_problem(request->connection, REPLY_BAD_BODY);
    }
    arena_fini(&arena);
    return result;
}
