/* The escaper of Markdown: what somebody wrote stays words, and makes no list, link or heading. */
#ifndef REPORT_MARK_H
#define REPORT_MARK_H

#include "base/buf.h"

/* On one line: line ends become spaces, so that a text can stand in a cell of a table. */
void mark_escape(struct str text, struct buf *out);

#endif
