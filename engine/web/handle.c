/* Handlers.
 *
 * What a player's page is sent comes from core/view.h and from the clock, nowhere else. */
#include <stdio.h>
#include <string.h>

#include "base/json_read.h"
#include "web/handle.h"
#include "web/handle_parts.h"

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

enum MHD_Result handle_lead_page(struct request *request)
{
    return send_asset(request, STR("lead.html"));
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

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_mark(char c)
{
    return c == '{' || c == '}' || c == '[' || c == ']' || c == ':' || c == ',';
}

struct str handle_close_up(struct buf *json)
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
    struct str page = reply_value(request->connection, MHD_GET_ARGUMENT_KIND, "page");
    struct str seen = reply_value(request->connection, MHD_GET_ARGUMENT_KIND, "seen");
    struct stream_wish wish = {.feed = feed,
        .session = request->session,
        .page = str_is_id(page) ? page : STR(""),
        .is_hidden = str_is(seen, "no"), /* a page that opens is looked at unless it says so */
        .from = resume_place(request),
        .notice = buf_str(&notice)};
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

enum MHD_Result handle_test_clock(struct request *request)
{
    struct web *web = request->web;
    struct str body = handle_close_up(&request->body);
    int64_t at_ms = -1;
    if (!json_check(body, NULL) || !json_to_int(json_get(body, STR("at_ms")), &at_ms) || at_ms < 0)
        return reply_problem(request->connection, REPLY_BAD_BODY);
    web->host.set_clock(request->room->table, request_wait(request), at_ms);
    return MHD_YES;
}
