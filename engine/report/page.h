/* A page of plain text, 80 columns wide, on which Japanese stands as straight as English.
 *
 * East Asian wide characters count as two columns. */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "base/buf.h"
#include "base/str.h"

enum { PAGE_COLUMNS = 80 };

int page_width(struct str text); /* in columns */

/* The longest start of text that fits; what is cut off becomes "…". Borrows or points into
 * `room`, which has room_bytes. */
struct str page_fit(struct str text, int columns, char *room, size_t room_bytes);

/* Text in a column of its own: fitted, and padded with spaces to its width. */
void page_cell(struct buf *out, struct str text, int columns);

/* One paragraph, broken into lines: `first` begins the first line, as many spaces the others.
 * Space and line ends in the text become single spaces. */
void page_paragraph(struct buf *out, struct str first, struct str text);

void page_rule(struct buf *out, char with); /* a line across the page */

#endif
