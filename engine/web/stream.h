/* Streams: open Server-Sent Events responses, each a place in a feed.
 *
 * A stream with nothing to send is suspended and costs no time; whoever adds to its feed or leaves
 * a notice wakes it. A client that reads slowly stays behind in its feed and delays nobody. */
#ifndef WEB_STREAM_H
#define WEB_STREAM_H

#include <microhttpd.h>

#include "web/feed.h"

/* Which of a browser's pages it is, as the page says; a number that it draws when it is loaded. */
struct stream_page {
    size_t len; /* 0: it has not said */
    char name[LIMIT_ID_BYTES];
};

/* Owned by its response: it dies with the connection. */
struct stream {
    struct stream *next, *previous;
    struct streams *all;
    struct MHD_Connection *connection;
    const struct feed *feed; /* NULL: it has gone, and so does the stream */
    const struct session *session;
    struct stream_page page;
    bool is_hidden; /* the page has said that nobody sees it: a locked phone, a tab behind others */
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
 * library has no memory left. A page has one stream: an older one of it ends. */
struct stream_wish {
    const struct feed *feed;       /* outlives the stream */
    const struct session *session; /* outlives the stream */
    struct str page;               /* an id, or empty */
    bool is_hidden;
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

/* Ends the streams of sessions whose seat was taken back. */
void stream_end_freed(struct streams *all);

/* The feed goes: ends its streams at once, wherever they stand. */
void stream_end_feed(struct streams *all, const struct feed *feed);

/* The feeds were made again: ends the streams that cannot go on where they stand. */
void stream_end_lost(struct streams *all);

/* Of the feed, or of all that there are when it is NULL. */
size_t stream_count(const struct streams *all, const struct feed *feed);

/* A page says whether somebody looks at it; an empty name: so are all of the session's. */
void stream_note_seen(
    struct streams *all, const struct session *session, struct str page, bool is_seen);

/* Whether somebody looks at a page of the feed: at any of them. */
bool stream_is_seen(const struct streams *all, const struct feed *feed);

#endif
