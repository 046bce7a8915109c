/* A program that a benchmark starts beside itself, and what it prints. */
#ifndef CHILD_H
#define CHILD_H

#include <stddef.h>
#include <sys/types.h>

struct child {
    pid_t pid;
    int out; /* what it prints */
};

/* argv[0] is a path; ends the benchmark when it cannot be started. */
void child_start(char *const argv[], struct child *ret_child);

/* Reads what it prints until `mark` was printed, or its end; returns whether the mark came. What
 * was read is NUL-terminated. */
int child_read(struct child *child, const char *mark, char *out, size_t room);

/* Memory of its own that is in use, in KiB. */
long child_memory_kib(const struct child *child);

/* Seconds of the processor that it has used. */
double child_cpu(const struct child *child);

void child_stop(struct child *child); /* asks it to end, and waits */

#endif
