/* What a page reads: the lines of its event stream, out of HTTP's chunks. */
#ifndef PAGE_H
#define PAGE_H

#include "base/str.h"

enum { PAGE_LINE_BYTES = 500 }; /* of a line, what is looked at */

/* A zeroed one is at the head of the answer. */
struct page {
    enum { PAGE_HEAD, PAGE_SIZE, PAGE_DATA } place;
    size_t left; /* of the chunk */
    bool has_size;
    char line[PAGE_LINE_BYTES + 1];
    size_t line_len;
    long last_id, notes; /* "note 0", "note 1", … that were told */
};

/* Ends the benchmark when a line is missing, doubled or out of order. */
void page_take(struct page *page, struct str bytes);

#endif
