/* Children: work on a snapshot of the record that must not hold up the loop, done by this very
 * program in processes of their own, whose output comes back whole. */
#ifndef APP_CHILDREN_H
#define APP_CHILDREN_H

#include <poll.h>
#include <sys/types.h>

#include "base/buf.h"

enum {
    CHILDREN_AT_ONCE = 4,
    CHILDREN_OF_ONE = 2, /* of one owner */
    CHILDREN_ARGUMENTS = 16,
    CHILDREN_OUTPUT_BYTES = 16 * 1024 * 1024,
    CHILDREN_PATIENCE_MS = 120 * 1000
};

struct child {
    pid_t pid; /* 0: this place is free */
    int fd;    /* what it says */
    const void *owner;
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

/* What a child is to do, and for whom. Borrows. */
struct children_task {
    const void *owner; /* whose share of the places it takes; only compared */
    uint64_t ticket;
    const char *arguments[CHILDREN_ARGUMENTS]; /* NULL behind the last */
};

enum children_begun {
    CHILDREN_BEGUN,
    CHILDREN_FULL, /* others, or this owner's, take the places; one becomes free sooner or later */
    CHILDREN_FAILED
};

/* Starts this program with these arguments. The last free place is kept for an owner that has none,
 * so that nobody's children keep everybody else waiting. */
enum children_begun children_start(struct children *children, const struct children_task *task);

/* Adds what is to be polled for reading; returns how many. */
nfds_t children_poll(const struct children *children, struct pollfd ret_ready[CHILDREN_AT_ONCE]);

/* Takes what there is to read, without blocking, and tells of those that are done. */
void children_collect(struct children *children, children_done *done, void *self);

void children_end(struct children *children); /* kills what still runs */

#endif
