#include "page.h"

#include <stdlib.h>
#include <string.h>

#include "bench.h"

static void take_line(struct page *page)
{
    static const char note[] = "\"text\":\"note ";
    page->line[page->line_len] = '\0';
    if (strncmp(page->line, "id: ", 4) == 0) {
        bench_must(strtol(page->line + 4, NULL, 10) == ++page->last_id,
            "a page was told a line twice, or one was left out", NULL);
        return;
    }
    const char *text = strncmp(page->line, "data: ", 6) == 0 ? strstr(page->line, note) : NULL;
    if (text != NULL)
        bench_must(strtol(text + sizeof(note) - 1, NULL, 10) == page->notes++,
            "a page was told notes out of order", NULL);
}

static void take_text(struct page *page, char c)
{
    if (c == '\n') {
        take_line(page);
        page->line_len = 0;
    } else if (page->line_len < PAGE_LINE_BYTES) {
        page->line[page->line_len++] = c;
    }
}

/* The head ends with an empty line; how long it is does not matter. */
static void take_head(struct page *page, char c)
{
    if (c == '\n' && page->line_len == 0)
        page->place = PAGE_SIZE;
    if (c == '\n')
        page->line_len = 0;
    else if (c != '\r')
        page->line_len = 1;
}

/* Behind a chunk comes the end of its line, which has no digits. */
static void take_size(struct page *page, char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *digit = strchr(digits, c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c);
    if (digit != NULL && c != '\0') {
        page->left = page->left * 16 + (size_t)(digit - digits);
        page->has_size = true;
    } else if (c == '\n' && page->has_size) {
        bench_must(page->left > 0, "a page was ended", NULL);
        page->place = PAGE_DATA;
        page->has_size = false;
    }
}

void page_take(struct page *page, struct str bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        char c = bytes.ptr[i];
        if (page->place == PAGE_HEAD) {
            take_head(page, c);
        } else if (page->place == PAGE_SIZE) {
            take_size(page, c);
        } else {
            take_text(page, c);
            if (--page->left == 0)
                page->place = PAGE_SIZE;
        }
    }
}
