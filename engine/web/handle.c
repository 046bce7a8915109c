/* Handlers.
 *
 * What a player's page is sent comes from core/view.h and from the clock, nowhere else. */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "base/json_read.h"
#include "web/handle.h"
#include "web/handle_parts.h"
#include "web/qr.h"

static enum MHD_Result send_asset(struct request *request, struct str path)
{
    const struct web_asset *asset = reply_asset_find(path);
    if (!asset)
        return reply_problem(request->connection, REPLY_NOT_FOUND);
    return reply_asset(request->connection, asset);
}

enum MHD_Result handle_page(struct request *request)
{
    return send_asset(request, STR("index.html"));
}

enum MHD_Result handle_join_page(struct request *request)
{
    return send_asset(request, STR("join.html"));
}

enum MHD_Result handle_asset(struct request *request)
{
    return send_asset(request, request->rest);
}

enum MHD_Result handle_send_json(struct request *request, unsigned status, struct buf *json)
{
    enum MHD_Result result =
        reply_send(request->connection, status, reply_json(status, buf_str(json)));
    buf_fini(json);
    return result;
}

struct str handle_argument(const struct request *request, const char *name)
{
    return reply_value(request->connection, MHD_GET_ARGUMENT_KIND, name);
}

bool handle_read_name(const struct request *request, const char *name, const char *const *names,
    int count, int *ret_place)
{
    struct str text = handle_argument(request, name);
    int place = 0;
    while (place < count && text.len > 0 && !str_is(text, names[place]))
        place++;
    if (place == count)
        return false;
    *ret_place = place;
    return true;
}

enum MHD_Result handle_health(struct request *request)
{
    struct buf out = {0};
    buf_add(&out, STR("{\"ok\":true}"));
    return handle_send_json(request, MHD_HTTP_OK, &out);
}

/* ---- sessions ---- */

void handle_cookie_name(
    const struct web_room *room, struct str as, char ret_name[HANDLE_COOKIE_NAME_BYTES])
{
    snprintf(
        ret_name, HANDLE_COOKIE_NAME_BYTES, "tocsin-%.*s-%.*s", STR_ARG(room->name), STR_ARG(as));
}

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
    json_write_end(&json);
    struct MHD_Response *response = reply_json(MHD_HTTP_OK, buf_str(&out));
    if (response && cookie[0] != '\0') {
        char name[HANDLE_COOKIE_NAME_BYTES];
        handle_cookie_name(request->room, as, name);
        buf_clear(&out);
        buf_format(&out, "%s=%s; Path=/; Max-Age=604800; HttpOnly; SameSite=Strict%s", name, cookie,
            is_secure(request) ? "; Secure" : "");
        buf_add_char(&out, '\0');
        MHD_add_response_header(response, MHD_HTTP_HEADER_SET_COOKIE, out.ptr);
    }
    buf_fini(&out);
    return reply_send(request->connection, MHD_HTTP_OK, response);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_mark(char c)
{
    return c == '{' || c == '}' || c == '[' || c == ']' || c == ':' || c == ',';
}

/* Takes the space around JSON's marks away, which people and programs write and json_check, made
 * for our own lines, refuses. Space elsewhere stays. */
static struct str close_up(struct buf *json)
{
    struct str from = buf_str(json);
    size_t len = 0;
    bool is_text = false;
    for (size_t i = 0; i < from.len; i++) {
        size_t next = i;
        while (!is_text && next < from.len && is_space(from.ptr[next]))
            next++;
        if (next > i && (len == 0 || next == from.len || is_mark(json->ptr[len - 1]) ||
                            is_mark(from.ptr[next])))
            i = next;
        if (i == from.len)
            break;
        if (from.ptr[i] == '"')
            is_text = !is_text;
        else if (is_text && from.ptr[i] == '\\' && i + 1 < from.len)
            json->ptr[len++] = from.ptr[i++];
        json->ptr[len++] = from.ptr[i];
    }
    json->len = len;
    return buf_str(json);
}

/* Neither a link's secret nor a code says of which room it is: every room is asked. */
static const struct session *join_by_link(
    struct request *request, struct str secret, char ret_cookie[SESSION_COOKIE_DIGITS + 1])
{
    struct web *web = request->web;
    struct session_join join = {secret, request, is_mine};
    const struct session *session = NULL;
    for (size_t i = 0; i < web->room_count && !session; i++) {
        request->room = web->rooms[i];
        session = session_join(&request->room->sessions, &join, ret_cookie);
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
    if (cookie[0] != '\0')
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
        return handle_join_seats(request);
    enum reply_problem problem = handle_join_seat(request, as, cookie, &session);
    return problem == REPLY_PROBLEM_COUNT ? let_in(request, session, cookie)
                                          : reply_problem(request->connection, problem);
}

/* Ten wrong links are no slip of the finger. What was guessed is not repeated: it may be somebody
 * else's link, mistyped. */
static void warn_of_guesses(struct web *web, const uint8_t address[16])
{
    static const uint8_t v4_in_v6[12] = {[10] = 0xff, [11] = 0xff};
    char text[INET6_ADDRSTRLEN];
    bool is_v4 = memcmp(address, v4_in_v6, sizeof(v4_in_v6)) == 0;
    if (!web->host.warn ||
        !inet_ntop(is_v4 ? AF_INET : AF_INET6, is_v4 ? address + 12 : address, text, sizeof(text)))
        return;
    struct buf out = {0};
    buf_format(&out,
        "wrong links keep coming from %s and are slowed to one in %d seconds; if it is one of "
        "yours, give them a new link",
        text, GUARD_REST_MS / 1000);
    web->host.warn(web->host.self, buf_str(&out));
    buf_fini(&out);
}

static enum MHD_Result join(struct request *request, struct str secret, struct str as)
{
    struct web *web = request->web;
    char cookie[SESSION_COOKIE_DIGITS + 1];
    uint8_t address[16];
    peer_address(request->connection, address);
    int64_t now_ms = web->host.steady_ms(web->host.self);
    if (!guard_may_guess(&web->guesses, address, now_ms))
        return reply_problem(request->connection, REPLY_SLOW_DOWN);
    const struct session *session = join_by_link(request, secret, cookie);
    if (session)
        return let_in(request, session, cookie);
    if (find_code(request, secret))
        return join_by_code(request, as);
    guard_guessed_wrong(&web->guesses, address, now_ms);
    if (!guard_may_guess(&web->guesses, address, now_ms))
        warn_of_guesses(web, address);
    return reply_problem(request->connection, REPLY_LINK);
}

enum MHD_Result handle_join(struct request *request)
{
    struct arena arena = {0};
    struct str body = close_up(&request->body), secret = {0}, as = {0};
    enum MHD_Result result;
    if (json_check(body, NULL) && json_to_str(json_get(body, STR("secret")), &arena, &secret)) {
        json_to_str(json_get(body, STR("as")), &arena, &as);
        result = join(request, secret, as);
    } else {
        result = reply_problem(request->connection, REPLY_BAD_BODY);
    }
    arena_fini(&arena);
    return result;
}

/* A cookie of ours whose session is alive becomes one item. */
struct session_list {
    struct request *request;
    struct json_write json;
};

static void write_session(
    struct session_list *list, const struct web_room *room, const struct session *session)
{
    struct json_write *json = &list->json;
    const struct state *state = server_state(room);
    json_write_object(json);
    json_write_key_str(json, "as", session_as(&session->viewer));
    json_write_key_str(json, "at", room->name);
    if (state)
        json_write_key_words(json, "title", &state->def->title);
    json_write_end(json);
}

static enum MHD_Result list_session(
    void *self, enum MHD_ValueKind kind, const char *name, const char *value)
{
    struct session_list *list = self;
    const struct web *web = list->request->web;
    (void)kind;
    for (size_t i = 0; i < web->room_count && value; i++) {
        struct web_room *room = web->rooms[i];
        char prefix[HANDLE_COOKIE_NAME_BYTES];
        handle_cookie_name(room, STR(""), prefix);
        struct str as = str_of(name);
        if (!str_starts_with(as, str_of(prefix)))
            continue;
        as = str_after(as, strlen(prefix));
        const struct session *session = session_find(&room->sessions, as, str_of(value));
        if (session)
            write_session(list, room, session);
    }
    return MHD_YES;
}

enum MHD_Result handle_sessions(struct request *request)
{
    struct buf out = {0};
    struct session_list list = {.request = request};
    json_write_init(&list.json, &out);
    json_write_object(&list.json);
    json_write_key(&list.json, STR("sessions"));
    json_write_array(&list.json);
    MHD_get_connection_values(request->connection, MHD_COOKIE_KIND, list_session, &list);
    json_write_end(&list.json);
    json_write_end(&list.json);
    return handle_send_json(request, MHD_HTTP_OK, &out);
}

static size_t open_pages(struct web_room *room, struct viewer viewer)
{
    struct feed *feed = server_feed(room, viewer);
    return feed ? stream_count(&room->streams, feed) : 0;
}

void handle_write_origin(struct request *request, struct buf *out)
{
    const struct web *web = request->web;
    struct str host = reply_value(request->connection, MHD_HEADER_KIND, "Host");
    if (web->public_url.len > 0)
        buf_add(out, web->public_url);
    else
        buf_format(out, "%s://%.*s", web->place.is_tls ? "https" : "http", STR_ARG(host));
}

static void write_address(struct request *request, const struct session_link *link, struct buf *out)
{
    handle_write_origin(request, out);
    buf_format(out, "/join#%s", link->secret);
}

static void write_link(struct request *request, struct viewer viewer, struct json_write *json)
{
    struct web_room *room = request->room;
    struct buf address = {0};
    const struct session_link *link = session_link(&room->sessions, viewer);
    struct session_viewer copy = link ? link->viewer : (struct session_viewer){0};
    if (!link)
        return; /* a thousand browsers have joined: there is no room for more */
    write_address(request, link, &address);
    json_write_object(json);
    json_write_key_str(json, "as", session_as(&copy));
    json_write_key_int(json, "joined", (int64_t)session_joined(&room->sessions, viewer));
    json_write_key_str(json, "link", buf_str(&address));
    json_write_key_int(json, "open", (int64_t)open_pages(room, viewer));
    json_write_end(json);
    buf_fini(&address);
}

enum MHD_Result handle_links(struct request *request)
{
    const struct state *state = server_state(request->room);
    if (!state)
        return reply_problem(request->connection, REPLY_NOT_READY);
    struct buf out = {0};
    struct json_write json;
    json_write_init(&json, &out);
    json_write_object(&json);
    json_write_key(&json, STR("links"));
    json_write_array(&json);
    for (size_t i = 0; i < state->def->seat_count; i++)
        write_link(request, (struct viewer){VIEWER_SEAT, state->def->seats[i].id}, &json);
    write_link(request, (struct viewer){VIEWER_EVALUATOR, {0}}, &json);
    write_link(request, (struct viewer){VIEWER_BOARD, {0}}, &json);
    write_link(request, (struct viewer){VIEWER_FACILITATOR, {0}}, &json);
    json_write_end(&json);
    json_write_end(&json);
    return handle_send_json(request, MHD_HTTP_OK, &out);
}

enum MHD_Result handle_send_qr(struct request *request, struct str address)
{
    struct buf picture = {0};
    struct MHD_Response *response = NULL;
    if (qr_write(address, &picture))
        response = MHD_create_response_from_buffer(picture.len, picture.ptr, MHD_RESPMEM_MUST_COPY);
    buf_fini(&picture);
    if (!response)
        return reply_problem(request->connection, REPLY_NOT_FOUND);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "image/svg+xml");
    return reply_send(request->connection, MHD_HTTP_OK, response);
}

enum MHD_Result handle_qr(struct request *request)
{
    const struct state *state = server_state(request->room);
    struct viewer viewer;
    if (!state)
        return reply_problem(request->connection, REPLY_NOT_READY);
    const struct session_link *link = session_viewer_find(state->def, request->rest, &viewer)
                                          ? session_link(&request->room->sessions, viewer)
                                          : NULL;
    struct buf address = {0};
    if (link)
        write_address(request, link, &address);
    enum MHD_Result result = handle_send_qr(request, buf_str(&address));
    buf_fini(&address);
    return result;
}

/* ---- the exercise ---- */

enum MHD_Result handle_setting(struct request *request)
{
    const struct state *state = server_state(request->room);
    if (!state)
        return reply_problem(request->connection, REPLY_NOT_READY);
    struct buf setting = {0}, out = {0};
    struct json_write json;
    view_write_setting(state, session_viewer(&request->session->viewer), &setting);
    json_write_init(&json, &out);
    json_write_object(&json);
    json_write_key_str(&json, "as", session_as(&request->session->viewer));
    json_write_key(&json, STR("setting"));
    json_write_raw(&json, buf_str(&setting));
    json_write_key_int(&json, "table", request->room->number);
    json_write_end(&json);
    buf_fini(&setting);
    return handle_send_json(request, MHD_HTTP_OK, &out);
}

enum MHD_Result handle_findings(struct request *request)
{
    struct buf out = {0};
    if (!request->web->host.findings(
            request->room->table, session_viewer(&request->session->viewer), &out)) {
        buf_fini(&out);
        return reply_problem(request->connection, REPLY_NOT_READY);
    }
    return handle_send_json(request, MHD_HTTP_OK, &out);
}

static struct MHD_Response *read_file(struct web_room *room, struct str path)
{
    struct arena arena = {0};
    struct str bytes = {0};
    struct MHD_Response *response = files_find(&room->files, path);
    if (!response && room->web->host.file(room->table, path, &arena, &bytes)) {
        response = reply_file(path, bytes);
        if (response)
            files_add(&room->files, &room->arena, path, response);
    }
    arena_fini(&arena);
    return response;
}

/* A file that may not be read and one that is not there get the same answer. */
enum MHD_Result handle_file(struct request *request)
{
    const struct state *state = server_state(request->room);
    if (!state)
        return reply_problem(request->connection, REPLY_NOT_READY);
    bool may = view_may_read(state, session_viewer(&request->session->viewer), request->rest);
    struct MHD_Response *response = may ? read_file(request->room, request->rest) : NULL;
    if (!response)
        return reply_problem(request->connection, REPLY_NOT_FOUND);
    return MHD_queue_response(request->connection, MHD_HTTP_OK, response);
}

/* Where a page left off: the header after a break, the argument when it begins anew. */
static size_t resume_place(struct request *request)
{
    int64_t n = 0;
    struct str id = reply_value(request->connection, MHD_HEADER_KIND, "Last-Event-ID");
    if (id.len == 0)
        id = handle_argument(request, "after");
    return str_to_int64(id, &n) && n > 0 ? (size_t)n : 0;
}

enum MHD_Result handle_stream(struct request *request)
{
    struct web_room *room = request->room;
    struct feed *feed = server_feed(room, session_viewer(&request->session->viewer));
    if (!feed)
        return reply_problem(request->connection, REPLY_NOT_READY);
    struct buf notice = {0};
    buf_add(&notice, STR("retry: 1000\n"));
    server_write_clock(room, &notice);
    request->session->is_hidden =
        false; /* a page that opens is looked at until it says otherwise */
    struct stream_wish wish = {feed, request->session, resume_place(request), buf_str(&notice)};
    struct MHD_Response *response = stream_open(&room->streams, request->connection, &wish);
    buf_fini(&notice);
    peer_answering(request->connection, true);
    if (response)
        MHD_add_response_header(
            response, MHD_HTTP_HEADER_CONTENT_TYPE, "text/event-stream; charset=utf-8");
    return reply_send(request->connection, MHD_HTTP_OK, response);
}

enum MHD_Result handle_input(struct request *request)
{
    struct web *web = request->web;
    if (request->session->waiting_inputs >= SERVER_WAITING_INPUTS) {
        vitals_count_input(&web->vitals, reply_problems[REPLY_BUSY].status);
        return reply_problem(request->connection, REPLY_BUSY);
    }
    uint64_t ticket = request_wait(request);
    request->is_input = true;
    web->host.submit(request->room->table, ticket, session_as(&request->session->viewer),
        buf_str(&request->body));
    return MHD_YES;
}

/* Not an input: what is recorded of it is that a seat is away for longer than a glance. */
enum MHD_Result handle_presence(struct request *request)
{
    struct str body = close_up(&request->body);
    bool is_seen = false;
    if (!json_check(body, NULL) || !json_to_bool(json_get(body, STR("seen")), &is_seen))
        return reply_problem(request->connection, REPLY_BAD_BODY);
    request->session->is_hidden = !is_seen;
    struct buf out = {0};
    buf_add(&out, STR("{\"ok\":true}"));
    return handle_send_json(request, MHD_HTTP_OK, &out);
}

enum MHD_Result handle_test_clock(struct request *request)
{
    struct web *web = request->web;
    struct str body = close_up(&request->body);
    int64_t at_ms = -1;
    if (!json_check(body, NULL) || !json_to_int(json_get(body, STR("at_ms")), &at_ms) || at_ms < 0)
        return reply_problem(request->connection, REPLY_BAD_BODY);
    web->host.set_clock(request->room->table, request_wait(request), at_ms);
    return MHD_YES;
}
