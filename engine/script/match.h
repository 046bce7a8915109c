/* What a story waits for: one pattern, any of several, or all of several. */
#ifndef SCRIPT_MATCH_H
#define SCRIPT_MATCH_H

#include "core/event.h"
#include "core/pattern.h"

enum match_kind { MATCH_ONE, MATCH_ANY, MATCH_ALL };

enum { MATCH_PATTERNS = 32 }; /* in one of them, so that a bit each fits */

/* Plain data, never changed once it is made; lives in the script's arena. */
struct match {
    enum match_kind kind;
    const struct pattern *pattern;    /* ONE */
    const struct match *const *parts; /* ANY, ALL: at least two */
    size_t part_count, pattern_count; /* patterns: in all parts together */
    int number;                       /* among all of the script */
};

/* Notes in *met, a bit a pattern, which of them an event has matched; true when that makes the
 * whole. Begin with 0 bits. */
bool match_take(
    const struct match *match, const struct def *def, const struct event *event, uint32_t *met);

/* "any of: escalation to commander, said"; lives in arena. */
struct str match_format(const struct match *match, struct arena *arena);

#endif
