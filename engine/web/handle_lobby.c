/* Handlers of the time before STARTEX: the lobby, and joining with the room's code. */
#include <string.h>

#include "web/handle.h"
#include "web/handle_parts.h"
#include "web/qr.h"

enum MHD_Result handle_lobby(struct request *request)
{
    struct buf out = {0};
    if (!server_state(request->room))
        return reply_problem(request->connection, REPLY_NOT_READY);
    request->web->host.lobby(request->room->table, &out);
    return handle_send_json(request, MHD_HTTP_OK, &out);
}

enum MHD_Result handle_sentences(struct request *request)
{
    struct buf out = {0};
    if (!server_state(request->room))
        return reply_problem(request->connection, REPLY_NOT_READY);
    request->web->host.sentences(request->room->table, &out);
    return handle_send_json(request, MHD_HTTP_OK, &out);
}

enum MHD_Result handle_remake(struct request *request)
{
    struct buf out = {0};
    if (!server_state(request->room))
        return reply_problem(request->connection, REPLY_NOT_READY);
    unsigned status =
        request->web->host.remake(request->room->table, buf_str(&request->body), &out);
    return handle_send_json(request, status, &out);
}

/* ---- the code ---- */

static void write_address(struct request *request, struct buf *out)
{
    handle_write_origin(request, out);
    buf_format(out, "/join#%s", session_code(&request->room->sessions));
}

enum MHD_Result handle_code(struct request *request)
{
    struct buf out = {0}, address = {0};
    struct json_write json;
    write_address(request, &address);
    json_write_init(&json, &out);
    json_write_object(&json);
    json_write_key_str(&json, "code", str_of(session_code(&request->room->sessions)));
    json_write_key_str(&json, "link", buf_str(&address));
    json_write_end(&json);
    buf_fini(&address);
    return handle_send_json(request, MHD_HTTP_OK, &out);
}

enum MHD_Result handle_code_picture(struct request *request)
{
    struct buf address = {0};
    write_address(request, &address);
    enum MHD_Result result = handle_send_qr(request, buf_str(&address));
    buf_fini(&address);
    return result;
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

enum MHD_Result handle_join_seats(struct request *request)
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
enum reply_problem handle_join_seat(struct request *request, struct str as,
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
    *ret_session = session_new(&room->sessions, viewer, ret_cookie);
    return *ret_session ? REPLY_PROBLEM_COUNT : REPLY_FULL;
}
