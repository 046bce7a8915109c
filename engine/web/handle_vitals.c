/* GET /metrics: how the program is, for a monitoring system on the same machine.
 *
 * Whoever may see it cannot see turns happen: what is answered is made at most once in VITALS_MS,
 * so that numbers which move do not tell at which moment something came to somebody's seat. */
#include "web/handle.h"
#include "web/handle_parts.h"
#include "web/vitals.h"

enum { VITALS_MS = 15 * 1000 };

static void look(struct web *web, int64_t now_ms)
{
    struct vitals *vitals = &web->vitals;
    vitals->connections = (int64_t)web->peers.count;
    vitals->rooms = (int64_t)web->room_count;
    vitals->streams = 0;
    for (size_t i = 0; i < web->room_count; i++)
        vitals->streams += (int64_t)stream_count(&web->rooms[i]->streams, NULL);
    vitals->uptime_ms = now_ms - web->started_steady_ms;
    vitals->memory_bytes = vitals->record_bytes = -1;
    web->host.measure(web->host.self, vitals);
    buf_clear(&web->vitals_text);
    vitals_write(vitals, &web->vitals_text);
    web->vitals_steady_ms = now_ms;
}

enum MHD_Result handle_vitals(struct request *request)
{
    struct web *web = request->web;
    int64_t now_ms = web->host.steady_ms(web->host.self);
    if (web->vitals_text.len == 0 || now_ms - web->vitals_steady_ms >= VITALS_MS)
        look(web, now_ms);
    struct MHD_Response *response = MHD_create_response_from_buffer(
        web->vitals_text.len, web->vitals_text.ptr, MHD_RESPMEM_MUST_COPY);
    if (response)
        MHD_add_response_header(
            response, MHD_HTTP_HEADER_CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    return reply_send(request->connection, MHD_HTTP_OK, response);
}
