/* Feeds: what one viewer has been told so far, as bytes ready to send.
 *
 * All browsers of a viewer share one feed and keep only a place in it. Frames are in the format of
 * Server-Sent Events; their id is the view's own counter. */
#ifndef WEB_FEED_H
#define WEB_FEED_H

#include "base/buf.h"
#include "web/session.h"

/* Owns its bytes. A zeroed feed with its viewer set is empty and ready. */
struct feed {
    struct session_viewer viewer;
    struct buf bytes;
    struct arena arena; /* ends */
    size_t *ends;       /* where each frame ends in bytes */
    size_t count, capacity;
    int64_t last_seq; /* of the events taken so far, shown or not */
    bool stale;       /* history could not be read: to be filled before it is used */
};

void feed_fini(struct feed *feed);
void feed_clear(struct feed *feed); /* forgets all but the viewer */

/* Takes an event that has been kept; does nothing when the viewer must not know of it, or when the
 * feed has it already. */
void feed_tell(struct feed *feed, const struct state *state, const struct view_texts *texts,
    const struct event *event);

/* Frame `index` holds the view's line index + 1. Valid until the next feed_tell. */
struct str feed_frame(const struct feed *feed, size_t index);

#endif
