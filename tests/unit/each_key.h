/* Whether a mistake is tried in each key of a form. */
#ifndef UNIT_EACH_KEY_H
#define UNIT_EACH_KEY_H

#include <stdio.h>
#include <string.h>

#include "load/reference.h"
#include "mistakes.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Whether a row gives the key something with a mark in it. */
static inline bool is_tried(const char *key, const struct mistake *rows, size_t count)
{
    static const char *const openings[] = {"^", "[^", "{^", "{a: ^", "{poc: ^"};
    char wanted[96];
    for (size_t o = 0; o < COUNT(openings); o++) {
        snprintf(wanted, sizeof(wanted), "%s: %s", key, openings[o]);
        for (size_t i = 0; i < count; i++)
            if (strstr(rows[i].text, wanted))
                return true;
    }
    return false;
}

static inline void check_form(const struct form *form, const struct mistake *rows, size_t count)
{
    for (size_t i = 0; i < form->row_count; i++) {
        const struct form_row *row = &form->rows[i];
        if (!row->form && !is_tried(row->key, rows, count))
            fail_msg("no mistake is tried in \"%s:\" of %s", row->key, form->what);
        if (row->form)
            check_form(row->form, rows, count);
        if (!row->help)
            fail_msg("the reference says nothing of \"%s:\" of %s", row->key, form->what);
    }
}

#endif
