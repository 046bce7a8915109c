/* A list of mistakes found in an author's files: by file as found, within a file by line.
 *
 * One run of `check` tells as many mistakes as it can find, so loaders add problems and go on. */
#ifndef BASE_PROBLEMS_H
#define BASE_PROBLEMS_H

#include "base/arena.h"
#include "base/err.h"

enum problem_level { PROBLEM_ERROR, PROBLEM_WARNING };

struct problem {
    enum problem_level level;
    struct place place;
    struct str message; /* what is wrong, what was expected, what to do */
};

/* Owns the problems' text (in its arena). A zeroed list is ready to use. */
struct problems {
    struct arena arena;
    struct problem *items;
    size_t count;
    size_t capacity;
    size_t error_count; /* those dropped included */
    bool overflowed;    /* more than LIMIT_PROBLEMS: the rest were dropped */
};

void problems_fini(struct problems *problems);
void problems_add(struct problems *problems, enum problem_level level, struct place place,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Sets err to the first error and returns true; false when there is none. */
bool problems_to_err(const struct problems *problems, struct err *reterr);

#endif
