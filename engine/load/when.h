/* Patterns and triggers as authors write them: `when: {decision: stop-it, option: stop}`.
 *
 * Two shapes are allowed. Either the pattern's name has a value, for the field that it is mostly
 * about, and further conditions stand beside it; or it has a mapping of conditions below it, which
 * leaves the names beside it to the trigger or rule. */
#ifndef LOAD_WHEN_H
#define LOAD_WHEN_H

#include "load/form.h"
#include "score/filter.h"

/* Compiles the pattern in a mapping. Keys in `reserved` (NULL-terminated) belong to the caller. */
bool when_pattern(struct loader *loader, const struct tree_node *node, const char *const *reserved,
    struct pattern *ret_pattern);

/* The same for a rule, whose patterns have more words (score/filter.h). */
bool when_filter(struct loader *loader, const struct tree_node *node, const char *const *reserved,
    struct filter *ret_filter);

/* Readers of an inject's triggers; row->offset is that of its struct def_trigger. */
form_read when_at, when_story_at, when_after, when_when, when_unless;

#endif
