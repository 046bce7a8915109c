/* Templates: pages as text with Lua in them, rendered from the report's JSON alone.
 *
 *     % for _, gap in ipairs(m.executive.gaps) do
 *     <li>{{ gap.text }}</li>
 *     % end
 *
 * A line that begins with "%" is Lua; {{ }} is a value, escaped for the format; all else stands as
 * it is. There is no way to write a value unescaped. A line that ends with "\" goes on without a
 * line end. A value that is nil is a fault with its place. */
#ifndef REPORT_TEMPLATE_H
#define REPORT_TEMPLATE_H

#include "report/report.h"

/* A file of engine/report/templates/, carried inside the program. */
struct report_template {
    const char *path; /* "html/10-cover.html" */
    const unsigned char *bytes;
    size_t len;
};
extern const struct report_template report_templates[]; /* sorted by path */
extern const size_t report_template_count;

/* What a template can ask for besides the model. */
struct template_host {
    enum lang lang;
    struct str folder; /* "html/": its files are one page, in order */
    struct str model;  /* canonical JSON */
    void (*escape)(struct str text, struct buf *out);
    /* Draws a picture, or nothing if there is nothing to draw. */
    bool (*picture)(void *self, struct str name, struct buf *out);
    void *self;
};

struct str template_text(struct str path); /* a file as it is; empty: there is none */

bool template_render(const struct template_host *host, struct buf *out, struct err *reterr);

/* One file as Lua, line for line; for tests. */
bool template_compile(struct str source, struct str path, struct buf *out, struct err *reterr);

#endif
