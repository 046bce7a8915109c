/* What is done only for a person in front of a terminal: colour, questions, progress. */
#ifndef APP_TERMINAL_H
#define APP_TERMINAL_H

#include <stdio.h>

#include "base/str.h"

bool terminal_is(FILE *file);

/* What a line is about, not how it looks. */
enum terminal_tint {
    TERMINAL_BAD,
    TERMINAL_WARNING,
    TERMINAL_GOOD,
    TERMINAL_QUIET,
    TERMINAL_TINT_COUNT
};

/* Begins and ends a tint. Both are empty where the file is no terminal, TERM is dumb or absent, or
 * NO_COLOR is set (https://no-color.org). */
const char *terminal_tint(FILE *file, enum terminal_tint tint);
const char *terminal_plain(FILE *file);

/* Asks for a whole "yes". False without asking when nobody can be asked. */
bool terminal_can_ask(void);
bool terminal_confirm(const char *question);

/* A line on standard error that says how far something is, on a terminal only. `self` is what is
 * being done, as a C string; always true, as record_progress wants it. done = all ends the line. */
bool terminal_progress(void *self, int64_t done, int64_t all);

#endif
