/* Whether an identifier names something: at all, or as far as a seat can see. */
#ifndef CORE_KNOWN_H
#define CORE_KNOWN_H

#include "core/state.h"

/* What may be declared. */
enum { KNOWN_STATUS_COUNT = 8 };
extern const char *const known_statuses[KNOWN_STATUS_COUNT];

/* With a seat, only what it may see counts; with the empty one, all that exists. OF_ANY and
 * OF_OPTION are always known: an option means nothing without its question. */
bool known_id(const struct state *state, enum field_of of, struct str id, struct str seat);
bool known_option(const struct state *state, struct str question, struct str option);

/* The first id in a body that names nothing, in the order of its rows; false when all are known.
 * A FIELD_ID that is empty was not given. */
bool known_miss(const struct state *state, struct fields fields, const void *body, struct str seat,
    struct str *ret_missing);

#endif
