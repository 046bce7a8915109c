/* Handlers of the time before STARTEX: the lobby. */
#include "web/handle.h"
#include "web/handle_parts.h"

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
