/* The kit of the exercise that runs, to be printed from the facilitator's browser. */
#include "report/kit.h"
#include "web/handle.h"
#include "web/handle_parts.h"
#include "web/reply_document.h"

enum MHD_Result handle_kit(struct request *request)
{
    static const struct reply_document page = {
        .type = "text/html; charset=utf-8", .policy = kit_policy};
    struct str part = handle_argument(request, "part");
    struct buf out = {0};
    unsigned parts = KIT_ALL; /* unless the address says which */
    int lang;
    if (!handle_read_name(request, "lang", lang_names, LANG_COUNT, &lang) ||
        (part.len > 0 && !kit_part_find(part, &parts)))
        return reply_problem(request->connection, REPLY_NOT_FOUND);
    if (!request->web->host.kit(request->room->table, (enum lang)lang, parts, &out))
        return reply_problem(request->connection, REPLY_NOT_READY);
    return reply_send(
        request->connection, MHD_HTTP_OK, reply_document(request->connection, &out, &page));
}
