/* What docs/api.md says of each route beside its row in web/route.c: one row here for each there,
 * in the order in which somebody who reads the page tries them. `tocsin docs api` prints both, and
 * tests/docs/api.sh runs the examples one after another. */
#ifndef WEB_ROUTE_DOCS_H
#define WEB_ROUTE_DOCS_H

#include "base/buf.h"

struct route;

/* Members of the answer as JSON, separated by spaces: "links[].as"; what is inside of one is named
 * with it. "?" stands behind what is there only when there is something to say. */
struct route_field {
    const char *names, *is;
};

struct route_doc {
    const char *method, *path; /* the route's */
    const char *body;          /* what it takes, as a sentence; NULL: nothing */
    const char *type, *answer; /* the content type, and a sentence where fields do not tell */
    const struct route_field *fields; /* the last has no names; NULL: no JSON */
    unsigned problems;                /* 1 << enum reply_problem; those of every route go unsaid */
    const char *example;              /* lines of sh; the last command is curl */
};

extern const struct route_doc route_docs[];
extern const size_t route_doc_count;

/* The route's row, and the other way round; NULL when there is none. */
const struct route_doc *route_docs_find(const struct route *route);
const struct route *route_docs_route(const struct route_doc *doc);

/* Every problem that the route may answer with, those of every route among them. */
unsigned route_docs_problems(const struct route_doc *doc);

/* "GET /healthz", a line each: what has to be in the reference. */
void route_docs_write_list(struct buf *out);

/* The generated parts of docs/api.md, in Markdown: the routes, and what may be wrong. */
void route_docs_write(struct buf *out);
void route_docs_write_problems(struct buf *out);

#endif
