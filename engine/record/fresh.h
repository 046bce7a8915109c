/* A new file that appears under its name whole, or not at all. */
#ifndef RECORD_FRESH_H
#define RECORD_FRESH_H

#include "base/err.h"

/* Owns its paths, and the file under its temporary name. */
struct fresh {
    char *path; /* the name that it shall have */
    char *part; /* the name that it has meanwhile, in the same folder */
};

/* Makes an empty file, readable to whom the file `like` is. A path under which there is something
 * is refused. */
bool fresh_begin(const char *path, const char *like, struct fresh *ret_fresh, struct err *reterr);

/* Gives the file its name when `is_good` and removes it otherwise; after a failure it is removed as
 * well. Nobody may have it open. Passes `is_good` on, unless the naming fails. */
bool fresh_finish(struct fresh *fresh, bool is_good, struct err *reterr);

#endif
