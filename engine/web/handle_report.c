/* Handlers of what children write: the after-action report, and skills over all exercises. */
#include <stdio.h>

#include "report/report.h"
#include "web/handle.h"
#include "web/handle_parts.h"

static const struct {
    const char *type, *suffix;
    bool is_shown; /* in the browser; else it is kept as a file */
} forms[REPORT_FORMAT_COUNT] = {
    [REPORT_TEXT] = {"text/plain; charset=utf-8", "txt", true},
    [REPORT_HTML] = {"text/html; charset=utf-8", "html", true},
    [REPORT_MD] = {"text/markdown; charset=utf-8", "md", false},
    [REPORT_JSON] = {"application/json", "json", false},
    [REPORT_CSV] = {"text/csv; charset=utf-8", "csv", false},
};

static struct str argument(const struct request *request, const char *name)
{
    return reply_value(request->connection, MHD_GET_ARGUMENT_KIND, name);
}

/* One of the names; what is not said is the first. */
static bool read_name(
    const struct request *request, const char *name, const char *const *names, int count)
{
    struct str text = argument(request, name);
    int value = 0;
    while (value < count && text.len > 0 && !str_is(text, names[value]))
        value++;
    return value < count;
}

static int value_of(
    const struct request *request, const char *name, const char *const *names, int count)
{
    struct str text = argument(request, name);
    for (int value = 0; value < count; value++)
        if (str_is(text, names[value]))
            return value;
    return 0;
}

static bool is_asked_soundly(const struct request *request)
{
    return read_name(request, "format", report_format_names, REPORT_FORMAT_COUNT) &&
           read_name(request, "table", report_table_names, REPORT_TABLE_COUNT) &&
           read_name(request, "lang", lang_names, LANG_COUNT);
}

static struct web_report wish_of(const struct request *request)
{
    return (struct web_report){.format = report_format_names[value_of(
                                   request, "format", report_format_names, REPORT_FORMAT_COUNT)],
        .table =
            report_table_names[value_of(request, "table", report_table_names, REPORT_TABLE_COUNT)],
        .lang = lang_names[value_of(request, "lang", lang_names, LANG_COUNT)],
        .pseudonyms = str_is(argument(request, "pseudonyms"), "yes")};
}

/* The report in HTML brings its style along and has a policy that lets in nothing else. */
static void add_policy(struct MHD_Response *response)
{
    struct buf policy = {0};
    report_policy(&policy);
    buf_add(&policy, STR("; frame-ancestors 'none'"));
    buf_add_char(&policy, '\0');
    MHD_add_response_header(response, "Content-Security-Policy", policy.ptr);
    buf_fini(&policy);
}

static struct MHD_Response *respond(struct request *request)
{
    int format = value_of(request, "format", report_format_names, REPORT_FORMAT_COUNT);
    char name[128];
    struct MHD_Response *response = MHD_create_response_from_buffer(
        request->answer.len, request->answer.ptr, MHD_RESPMEM_MUST_COPY);
    if (!response)
        return NULL;
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, forms[format].type);
    if (format == REPORT_HTML)
        add_policy(response);
    snprintf(name, sizeof(name), "%s; filename=\"exercise-report%s%s.%s\"",
        forms[format].is_shown ? "inline" : "attachment", format == REPORT_CSV ? "-" : "",
        format == REPORT_CSV ? wish_of(request).table : "", forms[format].suffix);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_DISPOSITION, name);
    return response;
}

/* Before ENDEX it would tell its reader what is still to be found out at the table. */
static bool is_over(const struct state *state)
{
    return state->status == STATUS_ENDED || state->status == STATUS_SEALED ||
           state->status == STATUS_STOPPED;
}

static enum MHD_Result wait_for(
    struct request *request, const struct web_report *wish, request_respond *how)
{
    struct web *web = request->web;
    if (request->session->waiting_inputs >= SERVER_WAITING_INPUTS)
        return reply_problem(request->connection, REPLY_BUSY);
    request->respond = how;
    web->host.report(request->room->table, request_wait(request), wish);
    return MHD_YES;
}

enum MHD_Result handle_report(struct request *request)
{
    const struct state *state = server_state(request->room);
    struct web_report wish = wish_of(request);
    if (!is_asked_soundly(request))
        return reply_problem(request->connection, REPLY_NOT_FOUND);
    if (!state)
        return reply_problem(request->connection, REPLY_NOT_READY);
    if (!is_over(state))
        return reply_problem(request->connection, REPLY_IN_PLAY);
    return wait_for(request, &wish, respond);
}

enum MHD_Result handle_skills(struct request *request)
{
    struct web_report wish = {.is_skills = true};
    return wait_for(request, &wish, NULL);
}
