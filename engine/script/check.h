/* What can be told from a story's text without running it.
 *
 * For `check` and before a new exercise, not when one is taken up again: what was good enough to
 * begin must not keep anybody from going on. */
#ifndef SCRIPT_CHECK_H
#define SCRIPT_CHECK_H

#include "base/problems.h"
#include "core/mention.h"

/* False when it finds an error. Adds a problem for each name, time, field, word and construct of
 * the story that is bound to fail, and gathers what the story names in arena. */
bool check_story(const struct def *def, struct arena *arena, struct problems *problems,
    struct mentions *ret_mentions);

#endif
