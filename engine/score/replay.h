/* The replay of an exercise that is over: who knew what when, from where, and who lacked it.
 *
 * Pure: a fold over events, like scoring. What nobody at the table could have known, since it
 * stands in no inject that came and nobody told it, is left out: another play may bring it. */
#ifndef SCORE_REPLAY_H
#define SCORE_REPLAY_H

#include "base/buf.h"
#include "core/event.h"

struct replay;

struct replay *replay_new(const struct def *def); /* def outlives it */
void replay_free(struct replay *replay);

/* Kept events, in order of seq; copies what it looks at. */
void replay_feed(struct replay *replay, const struct event *event);

/* One canonical object {"end_ms":…,"facts":[…],"gaps":[…],"moments":[…],"parties":[…],"story":[…]},
 * of what counts up to ENDEX: late entries at their own time, annulled ones not at all. A gap is
 * that a party had to know a fact and did not while somebody did, or while it lay unread; those
 * that never closed come first, then the longest. */
void replay_write(const struct replay *replay, struct buf *out);

#endif
