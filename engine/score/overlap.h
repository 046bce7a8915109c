/* Overlap: whether one event could match two patterns, as far as the patterns themselves tell. */
#ifndef SCORE_OVERLAP_H
#define SCORE_OVERLAP_H

#include "core/def.h"

bool overlap_patterns(const struct def *def, const struct pattern *a, const struct pattern *b);

/* Whether the conditions on a field (NULL name: on the actor) let a value through. */
bool overlap_allows(const struct pattern *pattern, const char *field, struct str value);

/* The values of the first condition on a field (NULL name: on the actor); empty without one. */
struct strs overlap_values(const struct pattern *pattern, const char *field);

#endif
