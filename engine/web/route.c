/* Routes: the table, and who is let in. What each does is in handle.c.
 *
 * One browser may hold several sessions at once, a facilitator's tab beside a player's; cookies are
 * shared by all tabs, so each session has a cookie of its own name, and the page says in which room
 * it is and as whom (?at= and ?as=). The names alone prove nothing. */
#include <stdio.h>

#include "web/handle.h"
#include "web/route.h"

enum { SMALL_BODY_BYTES = 1024 };

const struct route routes[] = {
    {"GET", "/", ROUTE_ANYONE, 0, handle_page, "the page of a seat or of the facilitator"},
    {"GET", "/api/1/code", ROUTE_SHOW, 0, handle_code,
        "the code with which anybody in the room can take a free seat"},
    {"GET", "/api/1/code.svg", ROUTE_SHOW, 0, handle_code_picture,
        "the same as a picture for phones"},
    {"GET", "/api/1/evidence", ROUTE_LEAD, 0, handle_evidence,
        "the evidence pack of a year, to be kept as a file"},
    {"GET", "/api/1/exercises", ROUTE_LEAD, 0, handle_exercises,
        "the exercises of the record, and which of them has ended"},
    {"GET", "/api/1/exercises/report", ROUTE_LEAD, 0, handle_exercise_report,
        "the after-action report of any exercise that has ended"},
    {"GET", "/api/1/files/*", ROUTE_SESSION, 0, handle_file, "an attachment of what was opened"},
    {"GET", "/api/1/findings", ROUTE_PERSON, 0, handle_findings,
        "what the rules found: the staff all of it, a seat its own once the exercise has ended"},
    {"GET", "/api/1/kit", ROUTE_FACILITATOR, 0, handle_kit,
        "what can be printed: ?lang=, and ?part= for one part of it"},
    {"GET", "/api/1/links", ROUTE_FACILITATOR, 0, handle_links,
        "a link for each seat and for the staff that works once, how many joined, how many pages "
        "are open"},
    {"GET", "/api/1/lobby", ROUTE_FACILITATOR, 0, handle_lobby,
        "what the exercise is made of, and what could be chosen before it begins"},
    {"GET", "/api/1/plan", ROUTE_LEAD, 0, handle_plan,
        "the improvement plan, and whether later exercises show that it helped"},
    {"GET", "/api/1/plan/history", ROUTE_LEAD, 0, handle_plan_history,
        "every change of an item of the plan"},
    {"GET", "/api/1/plan/proposals", ROUTE_LEAD, 0, handle_plan_proposals,
        "what the missed rules of an ended exercise suggest for the plan"},
    {"GET", "/api/1/programme", ROUTE_LEAD, 0, handle_programme,
        "which record is looked at, and what day it is where the program runs"},
    {"GET", "/api/1/qr/*", ROUTE_FACILITATOR, 0, handle_qr,
        "the link of a seat, or of the staff, as a picture for phones"},
    {"GET", "/api/1/readiness", ROUTE_LEAD, 0, handle_readiness,
        "who has practised which role, and whom they reached"},
    {"GET", "/api/1/replay", ROUTE_PERSON, 0, handle_replay,
        "who knew what when, once the exercise has ended"},
    {"GET", "/api/1/report", ROUTE_STAFF, 0, handle_report,
        "the after-action report, once the exercise has ended"},
    {"GET", "/api/1/sentences", ROUTE_SESSION, 0, handle_sentences,
        "what good looks like: the sentences of the rules, as anybody may read them before"},
    {"GET", "/api/1/sessions", ROUTE_ANYONE, 0, handle_sessions, "as whom this browser has joined"},
    {"GET", "/api/1/setting", ROUTE_SESSION, 0, handle_setting,
        "what may be known before anything has happened"},
    {"GET", "/api/1/skills", ROUTE_FACILITATOR | ROUTE_LEAD, 0, handle_skills,
        "what ended exercises say about roles and skills"},
    {"GET", "/api/1/stream", ROUTE_SESSION, 0, handle_stream,
        "what happens, as Server-Sent Events"},
    {"GET", "/assets/*", ROUTE_ANYONE, 0, handle_asset, "the pages' parts"},
    {"GET", "/healthz", ROUTE_ANYONE, 0, handle_health, "whether the program is there"},
    {"GET", "/join", ROUTE_ANYONE, 0, handle_join_page, "what a link opens"},
    {"GET", "/lead", ROUTE_ANYONE, 0, handle_lead_page, "the pages of a lead"},
    {"GET", "/metrics", ROUTE_MACHINE, 0, handle_vitals,
        "how the program is, for a monitoring system on the same machine"},
    {"POST", "/api/1/code", ROUTE_FACILITATOR, SMALL_BODY_BYTES, handle_code_switch,
        "closes the room's code, or opens it again"},
    {"POST", "/api/1/free", ROUTE_FACILITATOR, SMALL_BODY_BYTES, handle_free,
        "takes a seat back: whoever has joined there is out at once, and its links are void"},
    {"POST", "/api/1/inputs", ROUTE_PERSON, LIMIT_INPUT_BYTES, handle_input,
        "one input; answered when it has been kept"},
    {"POST", "/api/1/join", ROUTE_ANYONE, SMALL_BODY_BYTES, handle_join,
        "exchanges a link's secret, or the room's code and a free seat, for a cookie"},
    {"POST", "/api/1/lobby", ROUTE_FACILITATOR, LIMIT_INPUT_BYTES, handle_remake,
        "makes the exercise anew, before it has begun"},
    {"POST", "/api/1/plan", ROUTE_LEAD, LIMIT_INPUT_BYTES, handle_plan_change,
        "adds an item to the plan, changes one, or takes its last change back"},
    {"POST", "/api/1/plan/proposals", ROUTE_LEAD, SMALL_BODY_BYTES, handle_plan_take,
        "takes a proposal into the plan"},
    {"POST", "/api/1/presence", ROUTE_SEAT, SMALL_BODY_BYTES, handle_presence,
        "a page says whether it is seen: a locked phone is recorded as absent"},
    {"POST", "/api/1/test/clock", ROUTE_TEST, SMALL_BODY_BYTES, handle_test_clock,
        "sets a manual clock"},
};
const size_t route_count = sizeof(routes) / sizeof(*routes);

static bool matches(const struct route *route, struct str path, struct str *ret_rest)
{
    struct str pattern = str_of(route->path);
    if (pattern.ptr[pattern.len - 1] != '*')
        return str_eq(path, pattern);
    pattern.len--;
    if (!str_starts_with(path, pattern) || path.len == pattern.len)
        return false;
    *ret_rest = str_after(path, pattern.len);
    return true;
}

enum reply_problem route_find(
    struct str method, struct str path, const struct route **ret_route, struct str *ret_rest)
{
    enum reply_problem problem = REPLY_NOT_FOUND;
    if (str_is(method, "HEAD"))
        method = STR("GET"); /* the library leaves the body out by itself */
    for (size_t i = 0; i < route_count; i++) {
        if (!matches(&routes[i], path, ret_rest))
            continue;
        if (str_is(method, routes[i].method)) {
            *ret_route = &routes[i];
            return REPLY_PROBLEM_COUNT;
        }
        problem = REPLY_METHOD;
    }
    return problem;
}

void route_write_methods(struct str path, struct buf *out)
{
    struct str rest;
    for (size_t i = 0; i < route_count; i++)
        if (matches(&routes[i], path, &rest))
            buf_format(out, "%s%s%s", out->len > 0 ? ", " : "", routes[i].method,
                routes[i].method[0] == 'G' ? ", HEAD" : "");
}

/* Behind a proxy everybody has an address of this machine. A proxy that says neither the public
 * name nor for whom it asks has told us a Host of its own: browsers cannot join through one. */
static bool is_on_this_machine(const struct request *request)
{
    uint8_t address[16];
    struct str host = reply_value(request->connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_HOST);
    struct str public_host = request->web->place.public_host;
    for (size_t i = 0; guard_proxy_headers[i]; i++)
        if (MHD_lookup_connection_value(
                request->connection, MHD_HEADER_KIND, guard_proxy_headers[i]))
            return false;
    peer_address(request->connection, address);
    return guard_local(address) && (public_host.len == 0 || !str_eq(host, public_host));
}

/* REPLY_PROBLEM_COUNT: it has one. */
static enum reply_problem find_session(struct request *request)
{
    struct str as = reply_value(request->connection, MHD_GET_ARGUMENT_KIND, "as");
    char name[HANDLE_COOKIE_NAME_BYTES];
    if (!str_is_id(as) || !request->room)
        return REPLY_NO_SESSION;
    struct sessions *sessions = &request->room->sessions;
    handle_cookie_name(request->room, as, name);
    struct str cookie = reply_value(request->connection, MHD_COOKIE_KIND, name);
    request->session = cookie.len > 0 ? session_find(sessions, as, cookie) : NULL;
    if (request->session)
        return REPLY_PROBLEM_COUNT;
    return session_was_freed(sessions, as, cookie) ? REPLY_FREED : REPLY_NO_SESSION;
}

enum reply_problem route_admit(struct request *request)
{
    unsigned who = request->route->who;
    struct str at = reply_value(request->connection, MHD_GET_ARGUMENT_KIND, "at");
    request->room = server_room(request->web, at);
    if (who == ROUTE_TEST && !request->web->host.set_clock)
        return REPLY_NOT_FOUND;
    if (who == ROUTE_MACHINE)
        return is_on_this_machine(request) ? REPLY_PROBLEM_COUNT : REPLY_NOT_FOUND;
    if (who == ROUTE_TEST && (!request->room || !request->room->table))
        return REPLY_NOT_READY;
    if (who == ROUTE_TEST || who == ROUTE_ANYONE)
        return REPLY_PROBLEM_COUNT;
    enum reply_problem problem = find_session(request);
    if (problem != REPLY_PROBLEM_COUNT)
        return problem;
    unsigned viewer = 1U << request->session->viewer.kind;
    return who & viewer ? REPLY_PROBLEM_COUNT : REPLY_FORBIDDEN;
}
