/* The reference of routes, written from the rows of route.c, route_docs.c and reply_problem.c. */
#include <string.h>

#include "web/route.h"
#include "web/route_docs.h"

/* Refused before any route is asked, and what a route answers by what it is. */
enum {
    ALWAYS = 1 << REPLY_BAD_HOST | 1 << REPLY_CLOSING | 1 << REPLY_FOREIGN | 1 << REPLY_METHOD,
    WITH_BODY = 1 << REPLY_NOT_JSON | 1 << REPLY_TOO_BIG,
    WITH_SESSION = 1 << REPLY_NO_SESSION | 1 << REPLY_FREED,
};

const struct route_doc *route_docs_find(const struct route *route)
{
    for (size_t i = 0; i < route_doc_count; i++)
        if (strcmp(route_docs[i].method, route->method) == 0 &&
            strcmp(route_docs[i].path, route->path) == 0)
            return &route_docs[i];
    return NULL;
}

const struct route *route_docs_route(const struct route_doc *doc)
{
    for (size_t i = 0; i < route_count; i++)
        if (route_docs_find(&routes[i]) == doc)
            return &routes[i];
    return NULL;
}

static bool wants_session(const struct route *route)
{
    return (route->who & (ROUTE_SESSION | ROUTE_LEAD)) != 0;
}

unsigned route_docs_problems(const struct route_doc *doc)
{
    const struct route *route = route_docs_route(doc);
    unsigned problems = ALWAYS | doc->problems;
    if (route->takes > 0)
        problems |= WITH_BODY;
    if (wants_session(route))
        problems |= WITH_SESSION;
    if (wants_session(route) && route->who != ROUTE_SESSION)
        problems |= 1U << REPLY_FORBIDDEN;
    if (strchr(route->path, '*') || route->who == ROUTE_MACHINE)
        problems |= 1U << REPLY_NOT_FOUND;
    return problems;
}

static void write_who(const struct route *route, struct buf *out)
{
    static const struct {
        unsigned bit;
        const char *name;
    } who[] = {{1U << VIEWER_FACILITATOR, "facilitator"}, {1U << VIEWER_SEAT, "seat"},
        {1U << VIEWER_EVALUATOR, "evaluator"}, {1U << VIEWER_BOARD, "board"},
        {1U << VIEWER_LEAD, "lead"}, {ROUTE_TEST, "anyone, in tests"},
        {ROUTE_MACHINE, "programs on the same machine, through no proxy"}};
    const char *between = "";
    if (route->who == ROUTE_ANYONE)
        buf_add(out, STR("anyone"));
    for (size_t i = 0; i < sizeof(who) / sizeof(who[0]); i++) {
        if ((route->who & who[i].bit) == 0)
            continue;
        buf_format(out, "%s%s", between, who[i].name);
        between = ", ";
    }
}

static void write_names(const char *names, struct buf *out)
{
    struct str rest = str_of(names), name;
    while (rest.len > 0) {
        if (!str_cut(rest, ' ', &name, &rest)) {
            name = rest;
            rest.len = 0;
        }
        buf_format(out, "`%.*s`%s", STR_ARG(name), rest.len > 0 ? " " : "");
    }
}

static void write_fields(const struct route_field *fields, struct buf *out)
{
    buf_add(out, STR("\n| member | is |\n| --- | --- |\n"));
    for (size_t i = 0; fields[i].names; i++) {
        buf_add(out, STR("| "));
        write_names(fields[i].names, out);
        buf_format(out, " | %s |\n", fields[i].is);
    }
}

static void write_set(unsigned problems, struct buf *out)
{
    const char *between = "";
    for (int i = 0; i < REPLY_PROBLEM_COUNT; i++) {
        if ((problems & 1U << i) == 0)
            continue;
        buf_format(out, "%s%u `%s`", between, reply_problems[i].status, reply_problems[i].reason);
        between = ", ";
    }
}

/* "A sentence": helps begin small, as in a list of commands. */
static void write_sentence(const char *help, struct buf *out)
{
    buf_add_char(out, (char)(help[0] >= 'a' && help[0] <= 'z' ? help[0] - 'a' + 'A' : help[0]));
    buf_format(out, "%s.", help + 1);
}

static void write_route(const struct route_doc *doc, struct buf *out)
{
    const struct route *route = route_docs_route(doc);
    unsigned own = route_docs_problems(doc) & ~(unsigned)ALWAYS;
    buf_format(out, "\n### `%s %s`\n\n", route->method, route->path);
    write_sentence(route->help, out);
    buf_add(out, STR("\n\n* For: "));
    write_who(route, out);
    if (doc->body)
        buf_format(out, "\n* Body, up to %d bytes: %s", route->takes, doc->body);
    buf_format(out, "\n* Answers with `%s`.%s%s", doc->type, doc->answer ? " " : "",
        doc->answer ? doc->answer : "");
    if (own != 0) {
        buf_add(out, STR("\n* May fail with "));
        write_set(own, out);
    }
    buf_add_char(out, '\n');
    if (doc->fields)
        write_fields(doc->fields, out);
    buf_format(out, "\n```sh\n%s\n```\n", doc->example);
}

void route_docs_write_list(struct buf *out)
{
    for (size_t i = 0; i < route_count; i++)
        buf_format(out, "%s %s\n", routes[i].method, routes[i].path);
}

void route_docs_write(struct buf *out)
{
    for (size_t i = 0; i < route_doc_count; i++)
        if (route_docs_route(&route_docs[i]))
            write_route(&route_docs[i], out);
}

void route_docs_write_problems(struct buf *out)
{
    buf_add(out, STR("\n| status | reason | sentence |\n| --- | --- | --- |\n"));
    for (int i = 0; i < REPLY_PROBLEM_COUNT; i++) {
        const struct reply_problem_row *row = &reply_problems[i];
        const char *more = (ALWAYS & 1U << i) != 0 ? " (any route)" : "";
        if (i == REPLY_REFUSED)
            more = ", which stands for any reason of [events.md](events.md)";
        buf_format(out, "| %u | `%s`%s | %.*s %.*s |\n", row->status, row->reason, more,
            STR_ARG(row->sentence.in[LANG_EN]), STR_ARG(row->sentence.in[LANG_JA]));
    }
}
