/* What can be told from a story's text without running it. */
#ifndef SCRIPT_CHECK_H
#define SCRIPT_CHECK_H

#include "base/problems.h"
#include "core/def.h"

/* Adds a problem for each id, written out in a call, that the scenario does not have. */
void check_source(const struct def *def, struct problems *problems);

#endif
