/* Handlers of a lead's pages: the record of all exercises, and its plan.
 *
 * A lead is in no exercise. What is read here is told by children that look at ended exercises
 * only; what is changed here is the plan, and the answer comes when it is on disk. */
#include <stdio.h>

#include "base/json_read.h"
#include "report/report.h"
#include "web/handle.h"
#include "web/handle_parts.h"
#include "web/reply_document.h"

enum { SHORT_BYTES = LIMIT_ID_BYTES + 8 };

static const char *const plan_forms[] = {"json", "csv", "ics"};
static const char *const evidence_forms[] = {"md", "json"};
enum { PLAN_FORMS = 3, EVIDENCE_FORMS = 2 };

/* Names come to the line of a child's command: an id, or a number, and nothing that could be taken
 * for an option. */
static bool is_short(const struct request *request, const char *name)
{
    struct str text = handle_argument(request, name);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool is_inside = i > 0 && (c == '-' || c == '/' || c == '_' || c == '.');
        if (!is_inside && !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z'))
            return false;
    }
    return text.len <= SHORT_BYTES;
}

static bool is_sound(const struct request *request)
{
    int lang;
    return is_short(request, "exercise") && is_short(request, "team") &&
           is_short(request, "year") && is_short(request, "item") &&
           handle_read_name(request, "lang", lang_names, LANG_COUNT, &lang);
}

static struct web_lead wish_of(const struct request *request, enum web_lead_what what)
{
    int lang = 0;
    handle_read_name(request, "lang", lang_names, LANG_COUNT, &lang); /* else it is no sound one */
    return (struct web_lead){.what = what,
        .with_names = str_is(handle_argument(request, "names"), "yes"),
        .format = "json",
        .lang = lang_names[lang],
        .exercise = handle_argument(request, "exercise"),
        .team = handle_argument(request, "team"),
        .year = handle_argument(request, "year"),
        .item = handle_argument(request, "item")};
}

static enum MHD_Result wait_for(
    struct request *request, const struct web_lead *wish, request_respond *how)
{
    struct web *web = request->web;
    if (!is_sound(request))
        return reply_problem(request->connection, REPLY_NOT_FOUND);
    if (!handle_take_place(request, how))
        return reply_problem(request->connection, REPLY_WRITING);
    web->host.lead(web->host.self, request_wait(request), wish);
    return MHD_YES;
}

static enum MHD_Result wait_for_json(struct request *request, enum web_lead_what what)
{
    struct web_lead wish = wish_of(request, what);
    return wait_for(request, &wish, handle_respond_json);
}

enum MHD_Result handle_lead_skills(struct request *request)
{
    return wait_for_json(request, WEB_LEAD_SKILLS);
}

enum MHD_Result handle_exercises(struct request *request)
{
    return wait_for_json(request, WEB_LEAD_EXERCISES);
}

enum MHD_Result handle_readiness(struct request *request)
{
    return wait_for_json(request, WEB_LEAD_READINESS);
}

enum MHD_Result handle_plan_history(struct request *request)
{
    return wait_for_json(request, WEB_LEAD_HISTORY);
}

enum MHD_Result handle_plan_proposals(struct request *request)
{
    return wait_for_json(request, WEB_LEAD_PROPOSALS);
}

enum MHD_Result handle_exercise_report(struct request *request)
{
    struct web_lead wish = wish_of(request, WEB_LEAD_REPORT);
    struct web_report form;
    if (!handle_report_form(request, &form) || wish.exercise.len == 0)
        return reply_problem(request->connection, REPLY_NOT_FOUND);
    if (str_is(str_of(form.format), "csv")) /* one table of an exercise is its facilitator's */
        return reply_problem(request->connection, REPLY_NOT_FOUND);
    wish.format = form.format;
    return wait_for(request, &wish, handle_respond_report);
}

/* ---- files ---- */

static struct MHD_Response *respond_file(
    struct request *request, const char *type, const char *name)
{
    char disposition[128];
    snprintf(disposition, sizeof(disposition), "attachment; filename=\"%s\"", name);
    const struct reply_document document = {.type = type, .disposition = disposition};
    return reply_document(request->connection, &request->answer, &document);
}

static struct MHD_Response *respond_csv(struct request *request)
{
    return respond_file(request, "text/csv; charset=utf-8", "improvement-plan.csv");
}

static struct MHD_Response *respond_ics(struct request *request)
{
    return respond_file(request, "text/calendar; charset=utf-8", "improvement-plan.ics");
}

static struct MHD_Response *respond_evidence(struct request *request)
{
    char name[64];
    struct str year = handle_argument(request, "year");
    snprintf(name, sizeof(name), "evidence%s%.*s.md", year.len > 0 ? "-" : "",
        (int)(year.len < 8 ? year.len : 0), year.ptr);
    return respond_file(request, "text/markdown; charset=utf-8", name);
}

enum MHD_Result handle_plan(struct request *request)
{
    static request_respond *const responds[PLAN_FORMS] = {
        handle_respond_json, respond_csv, respond_ics};
    struct web_lead wish = wish_of(request, WEB_LEAD_PLAN);
    int form;
    if (!handle_read_name(request, "format", plan_forms, PLAN_FORMS, &form))
        return reply_problem(request->connection, REPLY_NOT_FOUND);
    wish.format = plan_forms[form];
    return wait_for(request, &wish, responds[form]);
}

enum MHD_Result handle_evidence(struct request *request)
{
    struct web_lead wish = wish_of(request, WEB_LEAD_EVIDENCE);
    int form;
    if (!handle_read_name(request, "format", evidence_forms, EVIDENCE_FORMS, &form))
        return reply_problem(request->connection, REPLY_NOT_FOUND);
    wish.format = evidence_forms[form];
    return wait_for(request, &wish, form == 0 ? respond_evidence : handle_respond_json);
}

/* ---- the plan ---- */

enum MHD_Result handle_programme(struct request *request)
{
    struct buf out = {0};
    request->web->host.programme(request->web->host.self, &out);
    return handle_send_json(request, MHD_HTTP_OK, &out);
}

enum MHD_Result handle_plan_change(struct request *request)
{
    struct buf out = {0};
    const struct web_host *host = &request->web->host;
    unsigned status = host->plan(host->self, handle_close_up(&request->body), &out);
    return handle_send_json(request, status, &out);
}

enum MHD_Result handle_plan_take(struct request *request)
{
    struct str body = handle_close_up(&request->body);
    struct arena arena = {0};
    struct web_lead wish = wish_of(request, WEB_LEAD_TAKE);
    enum MHD_Result result;
    if (json_check(body, NULL) &&
        json_to_str(json_get(body, STR("exercise")), &arena, &wish.exercise) &&
        json_to_str(json_get(body, STR("rule")), &arena, &wish.rule) && str_is_id(wish.rule))
        result = wait_for(request, &wish, handle_respond_json);
    else
        result = reply_problem(request->connection, REPLY_BAD_BODY);
    arena_fini(&arena);
    return result;
}
