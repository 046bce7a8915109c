/* A list of mistakes found in an author's files: by file as found, within a file by line.
 *
 * One run of `check` tells as many mistakes as it can find, so loaders add problems and go on. */
#ifndef BASE_PROBLEMS_H
#define BASE_PROBLEMS_H

#include "base/arena.h"
#include "base/err.h"
#include "base/problem_kinds.h"

extern const char *const problem_level_names[PROBLEM_LEVEL_COUNT];

struct problem {
    enum problem_level level;
    enum problem_kind kind;
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
    size_t warning_count;
    bool overflowed; /* more than LIMIT_PROBLEMS: the rest were dropped */
};

void problems_fini(struct problems *problems);

/* Adds one of a kind, at the level that its row says. */
void problems_tell(struct problems *problems, enum problem_kind kind, struct place place,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* The same for what has no kind of its own: KIND_FORM, at a level of the caller's. */
void problems_add(struct problems *problems, enum problem_level level, struct place place,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Whether an error stands in this line already: a second way of finding it says nothing new. */
bool problems_has_error(const struct problems *problems, struct place place);

/* Sets err to the first error and returns true; false when there is none. */
bool problems_to_err(const struct problems *problems, struct err *reterr);

#endif
