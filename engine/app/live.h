/* The score of the table that is being played, for whoever looks: fed with what was kept, judged
 * when somebody asks. Reading never runs a scenario's code. */
#ifndef APP_LIVE_H
#define APP_LIVE_H

#include "core/view.h"
#include "score/score.h"

struct live;

/* def and rules outlive it. */
struct live *live_new(const struct def *def, const struct rules *rules);
void live_free(struct live *live);

/* Kept events, in order; what was fed before is passed over. */
void live_feed(struct live *live, const struct event *event);

/* What the viewer may see, as one canonical object: the staff all findings and ratings at any time;
 * a seat, once the exercise has ended, what is credited or charged to itself, and the table's
 * agenda when the facilitator has shared it; nobody else any. */
void live_write(struct live *live, const struct state *state, struct viewer viewer, int64_t now_ms,
    struct buf *out);

/* Who knew what when, for everybody but the board, once the exercise has ended; false before. */
bool live_write_replay(
    const struct live *live, const struct state *state, struct viewer viewer, struct buf *out);

#endif
