/* Errors that are not the program's own fault: an author's, a user's, the machine's.
 *
 * A function that can fail returns bool, leaves its ret_ outputs untouched on failure, and takes
 * `struct err *reterr` last. reterr may be NULL when the caller only wants to know whether. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdarg.h>
#include <stdbool.h>

#include "base/str.h"

enum err_kind {
    ERR_NONE,
    ERR_AUTHOR, /* a mistake in a file that a person wrote; has a place */
    ERR_USAGE,  /* a command or request that makes no sense */
    ERR_IO,     /* the machine: disk, socket, a damaged record */
    ERR_LIMIT,  /* well formed, but more than the engine accepts */
};

/* Where in a text a mistake stands. line and column count from 1; 0 means unknown. Borrows. */
struct place {
    struct str file;
    int line;
    int column;
};

/* Plain data, owned by the caller; the message is complete and ends without a full stop. */
struct err {
    enum err_kind kind;
    char message[768]; /* "file:line:column: what is wrong; what to do" */
};

/* Both return false, so that a caller can write `return err_set(...)`. */
bool err_set(struct err *err, enum err_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool err_set_at(struct err *err, struct place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
