/* The report's tables as CSV, as a Japanese Excel opens them: UTF-8 with a mark, CRLF, and no cell
 * that a spreadsheet would take for a formula. */
#ifndef REPORT_TABLES_H
#define REPORT_TABLES_H

#include "report/dossier.h"

void tables_write(struct dossier *dossier, enum report_table table, struct buf *out);

/* One cell: quoted where it must be; what begins like a formula gets an apostrophe. */
void tables_cell(struct buf *out, struct str text);

#endif
