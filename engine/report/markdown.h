/* The Markdown that scenarios and role cards use, as HTML: headings, paragraphs, lists, quotes,
 * tables, **strong**, *emphasis*, `code`. Everything else in a text, HTML included, stands for
 * itself. */
#ifndef REPORT_MARKDOWN_H
#define REPORT_MARKDOWN_H

#include "report/html.h"

/* Draws the text. "#" becomes h3, "##" and deeper h4: a text is never a page of its own. */
void markdown_write(struct html *html, struct str text);

#endif
