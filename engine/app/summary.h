/* How a table is played and how far it has come, in a few words, read without checking anything. */
#ifndef APP_SUMMARY_H
#define APP_SUMMARY_H

#include "core/state.h"
#include "record/record.h"

struct summary {
    enum mode mode;
    int64_t difficulty;
    enum status status;
};

bool summary_read(
    struct record *record, int64_t table, struct summary *ret_summary, struct err *reterr);

bool summary_has_overlay(struct record *record, struct str exercise);

/* The name of the organisation's profile that is pinned; empty when there is none. */
struct str summary_organisation(struct record *record, struct str exercise, struct arena *arena);

/* "being prepared" */
extern const struct words summary_status_words[STATUS_COUNT];

#endif
