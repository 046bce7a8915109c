/* The ids that an author may write, by what they name. */
#ifndef SCRIPT_NAMES_H
#define SCRIPT_NAMES_H

#include "core/field.h"

/* True also for kinds of which the definition keeps no list. */
bool names_has(const struct def *def, enum field_of of, struct str id);

/* "; did you mean \"x\"?", or a hint at where to look; lives in arena. */
struct str names_advice(
    const struct def *def, enum field_of of, struct str id, struct arena *arena);

#endif
