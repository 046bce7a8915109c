/* Who sits where: the sessions of a browser, the links and the code that seats are taken with, and
 * whether somebody looks at a page. */
#include <stdio.h>
#include <string.h>

#include "base/json_read.h"
#include "web/handle.h"
#include "web/handle_parts.h"
#include "web/qr.h"

void handle_cookie_name(
    const struct web_room *room, struct str as, char ret_name[HANDLE_COOKIE_NAME_BYTES])
{
    snprintf(
        ret_name, HANDLE_COOKIE_NAME_BYTES, "tocsin-%.*s-%.*s", STR_ARG(room->name), STR_ARG(as));
}

/* A cookie of ours whose session is alive is one. */
struct session_walk {
    const struct web *web;
    handle_session_each *each;
    void *self;
};

static enum MHD_Result look_at_cookie(
    void *self, enum MHD_ValueKind kind, const char *name, const char *value)
{
    struct session_walk *walk = self;
    (void)kind;
    struct web_room *room;
    for (size_t i = 0; value && (room = server_room_at(walk->web, i)) != NULL; i++) {
        char prefix[HANDLE_COOKIE_NAME_BYTES];
        handle_cookie_name(room, STR(""), prefix);
        struct str as = str_of(name);
        if (!str_starts_with(as, str_of(prefix)))
            continue;
        as = str_after(as, strlen(prefix));
        const struct session *session = session_find(&room->sessions, as, str_of(value));
        if (session)
            walk->each(walk->self, room, session);
    }
    return MHD_YES;
}

void handle_each_session(struct request *request, handle_session_each *each, void *self)
{
    struct session_walk walk = {request->web, each, self};
    MHD_get_connection_values(request->connection, MHD_COOKIE_KIND, look_at_cookie, &walk);
}

void handle_write_page(struct json_write *json, const struct web_room *room)
{
    if (!room->table)
        json_write_key_str(json, "page", STR("/lead"));
}

static void write_session(void *self, const struct web_room *room, const struct session *session)
{
    struct json_write *json = self;
    const struct state *state = server_state(room);
    json_write_object(json);
    json_write_key_str(json, "as", session_as(&session->viewer));
    json_write_key_str(json, "at", room->name);
    handle_write_page(json, room);
    if (state)
        json_write_key_words(json, "title", &state->def->title);
    json_write_end(json);
}

enum MHD_Result handle_sessions(struct request *request)
{
    struct buf out = {0};
    struct json_write json;
    json_write_init(&json, &out);
    json_write_object(&json);
    json_write_key(&json, STR("sessions"));
    json_write_array(&json);
    handle_each_session(request, write_session, &json);
    json_write_end(&json);
    json_write_end(&json);
    return handle_send_json(request, MHD_HTTP_OK, &out);
}

static size_t open_pages(struct web_room *room, struct viewer viewer)
{
    struct feed *feed = server_feed(room, viewer);
    return feed ? stream_count(&room->streams, feed) : 0;
}

static void write_origin(struct request *request, struct buf *out)
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
    write_origin(request, out);
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

static enum MHD_Result send_qr(struct request *request, struct str address)
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
    enum MHD_Result result = send_qr(request, buf_str(&address));
    buf_fini(&address);
    return result;
}

/* ---- the code ---- */

static void write_code_address(struct request *request, struct buf *out)
{
    write_origin(request, out);
    buf_format(out, "/join#%s", session_code(&request->room->sessions));
}

enum MHD_Result handle_code(struct request *request)
{
    struct buf out = {0}, address = {0};
    struct json_write json;
    write_code_address(request, &address);
    json_write_init(&json, &out);
    json_write_object(&json);
    json_write_key_str(&json, "code", str_of(session_code(&request->room->sessions)));
    json_write_key_str(&json, "link", buf_str(&address));
    json_write_key_bool(&json, "open", !request->room->sessions.code_is_closed);
    json_write_end(&json);
    buf_fini(&address);
    return handle_send_json(request, MHD_HTTP_OK, &out);
}

enum MHD_Result handle_code_picture(struct request *request)
{
    struct buf address = {0};
    write_code_address(request, &address);
    enum MHD_Result result = send_qr(request, buf_str(&address));
    buf_fini(&address);
    return result;
}

static enum MHD_Result send_ok(struct request *request)
{
    struct buf out = {0};
    buf_add(&out, STR("{\"ok\":true}"));
    return handle_send_json(request, MHD_HTTP_OK, &out);
}

enum MHD_Result handle_code_switch(struct request *request)
{
    struct web_room *room = request->room;
    struct str body = handle_close_up(&request->body);
    bool is_open = false;
    if (!json_check(body, NULL) || !json_to_bool(json_get(body, STR("open")), &is_open))
        return reply_problem(request->connection, REPLY_BAD_BODY);
    if (!request->web->host.close_code(room->table, !is_open))
        return reply_problem(request->connection, REPLY_NOT_KEPT);
    web_close_code(room, !is_open);
    return send_ok(request);
}

/* ---- taking a seat back ---- */

/* What is void in the record comes first: nobody is sent away who would be back after a stop. */
static enum reply_problem free_seat(struct request *request, struct str as)
{
    struct web_room *room = request->room;
    const struct state *state = server_state(room);
    struct viewer viewer;
    if (!state)
        return REPLY_NOT_READY;
    if (!session_viewer_find(state->def, as, &viewer) || viewer.kind == VIEWER_FACILITATOR)
        return REPLY_NOT_FOUND; /* facilitators do not lock each other out */
    if (!request->web->host.void_passes(room->table, as))
        return REPLY_NOT_KEPT;
    session_free(&room->sessions, viewer);
    stream_end_freed(&room->streams);
    request->web->woken = true;
    return REPLY_PROBLEM_COUNT;
}

enum MHD_Result handle_free(struct request *request)
{
    struct arena arena = {0};
    struct str body = handle_close_up(&request->body), as = {0};
    enum reply_problem problem = REPLY_BAD_BODY;
    if (json_check(body, NULL) && json_to_str(json_get(body, STR("as")), &arena, &as))
        problem = free_seat(request, as);
    arena_fini(&arena);
    return problem == REPLY_PROBLEM_COUNT ? send_ok(request)
                                          : reply_problem(request->connection, problem);
}

/* ---- whether somebody looks ---- */

/* {"page":"p1","seen":false}; false when it is anything else. */
static bool read_presence(
    struct str body, struct arena *arena, struct str *ret_page, bool *ret_seen)
{
    if (!json_check(body, NULL) || !json_to_bool(json_get(body, STR("seen")), ret_seen))
        return false;
    struct str page = json_get(body, STR("page"));
    return page.len == 0 || (json_to_str(page, arena, ret_page) && str_is_id(*ret_page));
}

/* Not an input: what is recorded of it is that a seat is away for longer than a glance. */
enum MHD_Result handle_presence(struct request *request)
{
    struct arena arena = {0};
    struct str page = {0};
    bool is_seen = false;
    bool is_good = read_presence(handle_close_up(&request->body), &arena, &page, &is_seen);
    if (is_good)
        stream_note_seen(&request->room->streams, request->session, page, is_seen);
    arena_fini(&arena);
    if (!is_good)
        return reply_problem(request->connection, REPLY_BAD_BODY);
    return send_ok(request);
}
