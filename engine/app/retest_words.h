/* What a retest says to people. */
#ifndef APP_RETEST_WORDS_H
#define APP_RETEST_WORDS_H

#include "app/retest.h"
#include "base/buf.h"

#define RETEST_OPENING "retest-opening"

extern const struct words retest_facilitator, retest_opening_title, retest_opening_body,
    retest_summary;

/* Put behind the sentences of a rule whose window was cut. */
extern const struct words retest_window_note;

/* "Retest: …", once. */
struct words retest_title(struct arena *arena, const struct words *title);

/* README.md: for whoever runs it, never for players. */
void retest_write_readme(const struct retest *retest, struct buf *out);

#endif
