/* Children: work on a snapshot of the record that must not hold up the loop, done by this very
 * program in processes of their own, whose output comes back whole. */
#ifndef APP_CHILDREN_H
#define APP_CHILDREN_H

#include <poll.h>
#include <sys/types.h>

#include "base/buf.h"

enum {
    CHILDREN_AT_ONCE = 4,
    CHILDREN_ARGUMENTS = 16,
    CHILDREN_OUTPUT_BYTES = 16 * 1024 * 1024,
    CHILDREN_PATIENCE_MS = 120 * 1000
};

struct child {
    pid_t pid; /* 0: this place is free */
    int fd;    /* what it says */
    uint64_t ticket;
    int64_t began_ms; /* steady */
    struct buf output;
    bool is_too_long;
};

/* A zeroed one is ready. */
struct children {
    struct child items[CHILDREN_AT_ONCE];
};

/* What came of it. The output is valid during the call; empty when it failed. */
typedef void children_done(void *self, uint64_t ticket, bool is_good, struct str output);

/* Starts this program with these arguments, NULL behind the last; false when enough are running, or
 * the machine refuses. */
bool children_start(
    struct children *children, uint64_t ticket, const char *const arguments[CHILDREN_ARGUMENTS]);

/* Adds what is to be polled for reading; returns how many. */
nfds_t children_poll(const struct children *children, struct pollfd ret_ready[CHILDREN_AT_ONCE]);

/* Takes what there is to read, without blocking, and tells of those that are done. */
void children_collect(struct children *children, children_done *done, void *self);

void children_end(struct children *children); /* kills what still runs */

#endif
