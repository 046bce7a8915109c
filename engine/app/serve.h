/* The loop of a live exercise: wait, step, keep, tell. */
#ifndef APP_SERVE_H
#define APP_SERVE_H

#include "app/table.h"
#include "web/web.h"

struct serve_options {
    struct web_options web;
    struct str exercise;
    bool test_clock; /* the test sets the time; test builds only */
};

/* From here on a signal to stop is remembered, and a full quota is an error of the write. Comes
 * before the record is opened: opening may already write. */
void serve_catch_signals(void);

/* Takes requests until SIGTERM or SIGINT. Returns when everything kept has been told. */
bool serve_run(struct record *record, struct table *table, const struct serve_options *options,
    struct err *reterr);

#endif
