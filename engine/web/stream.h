/* Streams: open Server-Sent Events responses, each a place in a feed.
 *
 * A stream with nothing to send is suspended and costs no time; whoever adds to its feed or leaves
 * a notice wakes it. A client that reads slowly stays behind in its feed and delays nobody. */
#ifndef WEB_STREAM_H
#define WEB_STREAM_H

#include <microhttpd.h>

#include "web/feed.h"

/* Owned by its response: it dies with the connection. */
struct stream {
    struct stream *next, *previous;
    struct streams *all;
    struct MHD_Connection *connection;
    const struct feed *feed;
    const struct session *session;
    size_t frame, offset; /* the next byte to send, in frame `frame` of the feed */
    size_t frame_len;     /* of a frame that has been begun */
    struct buf notice;    /* what goes between two frames: the clock, heartbeats, the farewell */
    size_t notice_sent;
    bool suspended;
    bool last; /* nothing follows the notice */
};

/* A zeroed one is empty. */
struct streams {
    struct stream *first;
};

/* A response that sends the feed from frame `from` on, beginning with `notice`. NULL when the
 * library has no memory left. The feed outlives the stream. */
struct stream_wish {
    const struct feed *feed;
    const struct session *session; /* outlives the stream */
    size_t from;
    struct str notice;
};
struct MHD_Response *stream_open(
    struct streams *all, struct MHD_Connection *connection, const struct stream_wish *wish);

/* Leaves a notice with every stream, unless its client still has not read the last one. */
void stream_notify_all(struct streams *all, struct str notice);

/* Wakes the streams that have something to send. */
void stream_wake_all(struct streams *all);

/* Ends every stream after a farewell. */
void stream_end_all(struct streams *all, struct str farewell);

/* The feeds were made again: ends the streams that cannot go on where they stand. */
void stream_end_lost(struct streams *all);

/* Of the feed, or of all that there are when it is NULL. */
size_t stream_count(const struct streams *all, const struct feed *feed);

/* Whether somebody looks at a page of the feed. */
bool stream_is_seen(const struct streams *all, const struct feed *feed);

#endif
