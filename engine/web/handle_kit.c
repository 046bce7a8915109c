/* The kit of the exercise that runs, to be printed from the facilitator's browser.
 *
 * It brings its style along, which the pages' own policy forbids; so this response has one of its
 * own, which knows that style by its hash and lets in nothing else. */
#include "report/kit.h"
#include "web/handle.h"

static struct str argument(const struct request *request, const char *name)
{
    return reply_value(request->connection, MHD_GET_ARGUMENT_KIND, name);
}

/* What is asked for; English and all of it unless the address says so. */
static bool read_wish(const struct request *request, enum lang *ret_lang, unsigned *ret_parts)
{
    struct str lang = argument(request, "lang"), part = argument(request, "part");
    *ret_lang = LANG_EN;
    *ret_parts = KIT_ALL;
    return (lang.len == 0 || lang_from_str(lang, ret_lang)) &&
           (part.len == 0 || kit_part_find(part, ret_parts));
}

static struct MHD_Response *html_response(struct str html)
{
    struct buf policy = {0};
    /* It copies, and takes a pointer to what is not const all the same. */
    struct MHD_Response *response = MHD_create_response_from_buffer(
        html.len, (void *)(uintptr_t)html.ptr, MHD_RESPMEM_MUST_COPY);
    if (!response)
        return NULL;
    kit_policy(&policy);
    buf_add(&policy, STR("; frame-ancestors 'none'"));
    buf_add_char(&policy, '\0');
    MHD_add_response_header(response, "Content-Security-Policy", policy.ptr);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "text/html; charset=utf-8");
    buf_fini(&policy);
    return response;
}

enum MHD_Result handle_kit(struct request *request)
{
    const struct web_host *host = &request->web->host;
    struct buf out = {0};
    enum lang lang;
    unsigned parts;
    if (!read_wish(request, &lang, &parts))
        return reply_problem(request->connection, REPLY_NOT_FOUND);
    if (!host->kit(request->room->table, lang, parts, &out))
        return reply_problem(request->connection, REPLY_NOT_READY);
    struct MHD_Response *response = html_response(buf_str(&out));
    buf_fini(&out);
    return reply_send(request->connection, MHD_HTTP_OK, response);
}
