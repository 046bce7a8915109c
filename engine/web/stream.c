/* Streams.
 *
 * libmicrohttpd asks for bytes when the client's socket can take some; the answer "none now" means
 * suspending the connection, since otherwise it would ask again at once, forever. A suspended
 * connection never learns that its client has left; the heartbeat's write finds out. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "web/stream.h"

/* libmicrohttpd takes this much memory a stream and fills it only for clients of HTTP/1.0: chunks
 * are made in the memory of the connection. Streams are opened by the thousand. */
enum { STREAM_BLOCK_BYTES = 256 };

static size_t copy(struct str from, size_t *offset, char *to, size_t room)
{
    size_t len = from.len - *offset < room ? from.len - *offset : room;
    memcpy(to, from.ptr + *offset, len);
    *offset += len;
    return len;
}

static size_t copy_notice(struct stream *stream, char *to, size_t room)
{
    size_t len = copy(buf_str(&stream->notice), &stream->notice_sent, to, room);
    if (stream->notice_sent == stream->notice.len) {
        buf_clear(&stream->notice);
        stream->notice_sent = 0;
    }
    return len;
}

static size_t copy_frame(struct stream *stream, char *to, size_t room)
{
    struct str frame = feed_frame(stream->feed, stream->frame);
    size_t len = copy(frame, &stream->offset, to, room);
    stream->frame_len = frame.len;
    if (stream->offset == frame.len) {
        stream->frame++;
        stream->offset = 0;
    }
    return len;
}

static bool has_frame(const struct stream *stream)
{
    return stream->feed && stream->frame < stream->feed->count;
}

static ssize_t read_stream(void *self, uint64_t position, char *out, size_t room)
{
    struct stream *stream = self;
    size_t len = 0;
    (void)position;
    while (len < room) {
        if (stream->offset == 0 && stream->notice.len > 0)
            len += copy_notice(stream, out + len, room - len);
        else if (has_frame(stream) && (!stream->last || stream->offset > 0))
            len += copy_frame(stream, out + len, room - len);
        else
            break;
    }
    if (len > 0)
        return (ssize_t)len;
    if (stream->last)
        return MHD_CONTENT_READER_END_OF_STREAM;
    stream->suspended = true;
    MHD_suspend_connection(stream->connection);
    return 0;
}

static void free_stream(void *self)
{
    struct stream *stream = self;
    if (stream->previous)
        stream->previous->next = stream->next;
    else
        stream->all->first = stream->next;
    if (stream->next)
        stream->next->previous = stream->previous;
    buf_fini(&stream->notice);
    free(stream);
}

static void wake(struct stream *stream)
{
    if (!stream->suspended)
        return;
    stream->suspended = false;
    MHD_resume_connection(stream->connection);
}

static struct str page_of(const struct stream *stream)
{
    return (struct str){stream->page.name, stream->page.len};
}

static bool is_of(const struct stream *stream, const struct session *session, struct str page)
{
    return stream->session == session && (page.len == 0 || str_eq(page_of(stream), page));
}

/* Nobody is there any more for whom it would count as a page that is looked at. */
static void end(struct stream *stream)
{
    stream->is_hidden = true;
    stream->last = true;
    wake(stream);
}

/* The page has lost its connection, and the server has not noticed yet: a stream that nobody reads
 * would count as seen until then. */
static void end_older(struct streams *all, const struct stream_wish *wish)
{
    for (struct stream *stream = all->first; stream && wish->page.len > 0; stream = stream->next)
        if (is_of(stream, wish->session, wish->page))
            end(stream);
}

static void set_page(struct stream *stream, struct str page)
{
    assert(page.len <= sizeof(stream->page.name));
    if (page.len > 0)
        memcpy(stream->page.name, page.ptr, page.len);
    stream->page.len = page.len;
}

struct MHD_Response *stream_open(
    struct streams *all, struct MHD_Connection *connection, const struct stream_wish *wish)
{
    const struct feed *feed = wish->feed;
    struct stream *stream = calloc(1, sizeof(*stream));
    if (!stream)
        abort();
    end_older(all, wish);
    *stream = (struct stream){.all = all,
        .connection = connection,
        .feed = feed,
        .session = wish->session,
        .is_hidden = wish->is_hidden};
    set_page(stream, wish->page);
    stream->frame = wish->from < feed->count ? wish->from : feed->count;
    buf_add(&stream->notice, wish->notice);
    stream->next = all->first;
    if (all->first)
        all->first->previous = stream;
    all->first = stream;
    struct MHD_Response *response = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, STREAM_BLOCK_BYTES, read_stream, stream, free_stream);
    if (!response)
        free_stream(stream);
    return response;
}

void stream_notify_all(struct streams *all, struct str notice)
{
    for (struct stream *stream = all->first; stream; stream = stream->next) {
        if (stream->notice.len == 0)
            buf_add(&stream->notice, notice);
        wake(stream);
    }
}

void stream_wake_all(struct streams *all)
{
    for (struct stream *stream = all->first; stream; stream = stream->next)
        if (has_frame(stream))
            wake(stream);
}

void stream_end_all(struct streams *all, struct str farewell)
{
    for (struct stream *stream = all->first; stream; stream = stream->next) {
        buf_add(&stream->notice, farewell);
        stream->last = true;
        wake(stream);
    }
}

void stream_end_freed(struct streams *all)
{
    for (struct stream *stream = all->first; stream; stream = stream->next)
        if (stream->session->is_freed)
            end(stream);
}

void stream_end_feed(struct streams *all, const struct feed *feed)
{
    for (struct stream *stream = all->first; stream; stream = stream->next)
        if (stream->feed == feed) {
            stream->feed = NULL;
            stream->offset = 0;
            end(stream);
        }
}

static bool is_lost(const struct stream *stream)
{
    if (!stream->feed)
        return false;
    if (stream->offset == 0)
        return stream->frame > stream->feed->count;
    return !has_frame(stream) || feed_frame(stream->feed, stream->frame).len != stream->frame_len;
}

void stream_end_lost(struct streams *all)
{
    for (struct stream *stream = all->first; stream; stream = stream->next) {
        if (!is_lost(stream))
            continue;
        stream->offset = 0;
        stream->frame = stream->feed->count;
        stream->last = true;
        wake(stream);
    }
}

size_t stream_count(const struct streams *all, const struct feed *feed)
{
    size_t count = 0;
    for (const struct stream *stream = all->first; stream; stream = stream->next)
        count += !stream->last && (!feed || stream->feed == feed);
    return count;
}

void stream_note_seen(
    struct streams *all, const struct session *session, struct str page, bool is_seen)
{
    for (struct stream *stream = all->first; stream; stream = stream->next)
        if (is_of(stream, session, page) && !stream->last)
            stream->is_hidden = !is_seen;
}

bool stream_is_seen(const struct streams *all, const struct feed *feed)
{
    for (const struct stream *stream = all->first; stream; stream = stream->next)
        if (stream->feed == feed && !stream->is_hidden)
            return true;
    return false;
}
