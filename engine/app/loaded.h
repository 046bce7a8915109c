/* What an exercise is made of, loaded: its definition and its rules. All tables of an exercise that
 * are open in one program share one, since it never changes and is larger than a table. */
#ifndef APP_LOADED_H
#define APP_LOADED_H

#include "load/load.h"
#include "record/record.h"

/* Lives until its last user lets go of it. */
struct loaded {
    struct arena arena;
    struct def def;
    struct rules rules;
    size_t user_count;
};

/* With one user. Mistakes in the bundle are in problems, and the first in reterr. NULL on failure.
 */
struct loaded *loaded_from_bundle(
    const struct bundle *bundle, struct problems *problems, struct err *reterr);

/* The same of what an exercise in the record has pinned. */
struct loaded *loaded_from_record(struct record *record, struct str exercise, struct err *reterr);

struct loaded *loaded_share(struct loaded *loaded); /* one user more */
void loaded_release(struct loaded *loaded);

#endif
