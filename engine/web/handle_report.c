/* Handlers of what children write: the after-action report, and skills over many exercises. */
#include <stdio.h>

#include "report/report.h"
#include "web/handle.h"
#include "web/handle_parts.h"
#include "web/reply_document.h"

static const struct {
    struct reply_document document;
    const char *suffix;
    bool is_shown; /* in the browser; else it is kept as a file */
} forms[REPORT_FORMAT_COUNT] = {
    [REPORT_TEXT] = {{.type = "text/plain; charset=utf-8"}, "txt", true},
    [REPORT_HTML] = {{.type = "text/html; charset=utf-8", .policy = report_policy}, "html", true},
    [REPORT_MD] = {{.type = "text/markdown; charset=utf-8"}, "md", false},
    [REPORT_JSON] = {{.type = "application/json"}, "json", false},
    [REPORT_CSV] = {{.type = "text/csv; charset=utf-8"}, "csv", false},
};

/* What is asked for. */
struct wish {
    int format, table, lang;
};

static bool read_wish(const struct request *request, struct wish *ret_wish)
{
    return handle_read_name(
               request, "format", report_format_names, REPORT_FORMAT_COUNT, &ret_wish->format) &&
           handle_read_name(
               request, "table", report_table_names, REPORT_TABLE_COUNT, &ret_wish->table) &&
           handle_read_name(request, "lang", lang_names, LANG_COUNT, &ret_wish->lang);
}

struct MHD_Response *handle_respond_report(struct request *request)
{
    struct wish wish = {0};
    char name[128];
    read_wish(request, &wish); /* it was sound when it was asked */
    bool is_csv = wish.format == REPORT_CSV;
    snprintf(name, sizeof(name), "%s; filename=\"exercise-report%s%s.%s\"",
        forms[wish.format].is_shown ? "inline" : "attachment", is_csv ? "-" : "",
        is_csv ? report_table_names[wish.table] : "", forms[wish.format].suffix);
    struct reply_document document = forms[wish.format].document;
    document.disposition = name;
    return reply_document(request->connection, &request->answer, &document);
}

struct MHD_Response *handle_respond_json(struct request *request)
{
    static const struct reply_document json = {.type = "application/json"};
    return reply_document(request->connection, &request->answer, &json);
}

bool handle_report_form(const struct request *request, struct web_report *ret_wish)
{
    struct wish wish;
    if (!read_wish(request, &wish))
        return false;
    *ret_wish = (struct web_report){.format = report_format_names[wish.format],
        .table = report_table_names[wish.table],
        .lang = lang_names[wish.lang],
        .pseudonyms = str_is(handle_argument(request, "pseudonyms"), "yes")};
    return true;
}

bool handle_take_place(struct request *request, request_respond *how)
{
    if (request->room->report_count >= SERVER_REPORTS)
        return false;
    request->room->report_count++;
    request->is_report = true;
    request->respond = how;
    return true;
}

static enum MHD_Result wait_for(
    struct request *request, const struct web_report *wish, request_respond *how)
{
    if (!handle_take_place(request, how))
        return reply_problem(request->connection, REPLY_WRITING);
    request->web->host.report(request->room->table, request_wait(request), wish);
    return MHD_YES;
}

enum MHD_Result handle_report(struct request *request)
{
    const struct state *state = server_state(request->room);
    struct web_report wish;
    if (!handle_report_form(request, &wish))
        return reply_problem(request->connection, REPLY_NOT_FOUND);
    if (!state)
        return reply_problem(request->connection, REPLY_NOT_READY);
    if (!state_is_over(state)) /* it would tell what is still to be found out at the table */
        return reply_problem(request->connection, REPLY_IN_PLAY);
    return wait_for(request, &wish, handle_respond_report);
}

enum MHD_Result handle_skills(struct request *request)
{
    if (request->session->viewer.kind == VIEWER_LEAD)
        return handle_lead_skills(request);
    return wait_for(request, &(struct web_report){.is_skills = true}, handle_respond_json);
}
