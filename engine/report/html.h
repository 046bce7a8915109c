/* HTML: the only way in which text enters a page that C writes.
 *
 * Elements and attributes are the programmer's, and asserted; text and values are anybody's, and
 * escaped. What could run or fetch something cannot be written at all. */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "base/buf.h"
#include "base/str.h"

enum { HTML_DEPTH = 32 };

/* A document in the making. Plain; borrows the buffer. */
struct html {
    struct buf *out;
    const char *open[HTML_DEPTH]; /* the elements that are not closed yet; literals */
    int depth;
    bool in_tag; /* attributes may still follow */
};

/* Adds text so that it stands for itself between tags and in a quoted value alike. Controls that
 * HTML does not allow, and marks of direction, become U+FFFD. */
void html_escape(struct str text, struct buf *out);

void html_init(struct html *html, struct buf *out);
void html_fini(struct html *html); /* everything must be closed */

void html_doctype(struct html *html);

/* Begins an element; attributes follow at once, then content. Names must outlive it. `html_void`
 * begins one without content, which nobody closes: meta, br, hr, col. */
void html_open(struct html *html, const char *element);
void html_void(struct html *html, const char *element);
void html_attr(struct html *html, const char *name, struct str value);
void html_close(struct html *html); /* the innermost */

void html_text(struct html *html, struct str text);

/* A sheet of style of ours, as it is: nothing of an author's may be in it. */
void html_style(struct html *html, struct str style);

/* An element with a class (NULL: none), open; and one that holds nothing but text. */
void html_open_class(struct html *html, const char *element, const char *class_name);
void html_element(struct html *html, const char *element, const char *class_name, struct str text);

/* Appends the Content-Security-Policy of a document that brings this sheet of style: it is known by
 * its hash, and nothing else may be loaded or run. */
void html_policy(struct str style, struct buf *out);

#endif
