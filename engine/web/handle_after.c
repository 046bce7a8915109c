/* Handlers of what is read when the exercise is over. */
#include "web/handle.h"
#include "web/handle_parts.h"

/* That there will be a replay is no secret; what is in it is, until ENDEX. */
enum MHD_Result handle_replay(struct request *request)
{
    struct buf out = {0};
    if (!server_state(request->room))
        return reply_problem(request->connection, REPLY_NOT_READY);
    if (!request->web->host.replay(
            request->room->table, session_viewer(&request->session->viewer), &out)) {
        buf_fini(&out);
        return reply_problem(request->connection, REPLY_IN_PLAY);
    }
    return handle_send_json(request, MHD_HTTP_OK, &out);
}
