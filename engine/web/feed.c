/* Feeds: frames appended once, read by many.
 *
 * Frames stand one behind the other in one buffer, so that a browser which missed a hundred is sent
 * them in a few large writes. */
#include <assert.h>

#include "web/feed.h"

void feed_fini(struct feed *feed)
{
    if (!feed)
        return;
    buf_fini(&feed->bytes);
    arena_fini(&feed->arena);
}

void feed_clear(struct feed *feed)
{
    buf_clear(&feed->bytes);
    arena_reset(&feed->arena);
    feed->ends = NULL;
    feed->count = feed->capacity = 0;
    feed->last_seq = 0;
}

void feed_tell(struct feed *feed, const struct state *state, const struct view_texts *texts,
    const struct event *event)
{
    if (event->seq <= feed->last_seq)
        return;
    feed->last_seq = event->seq;
    size_t start = feed->bytes.len;
    int64_t n = (int64_t)feed->count + 1;
    buf_format(&feed->bytes, "id: %lld\ndata: ", (long long)n);
    if (!view_write(
            &(struct view){state, session_viewer(&feed->viewer), texts}, event, n, &feed->bytes)) {
        feed->bytes.len = start;
        return;
    }
    buf_add(&feed->bytes, STR("\n\n"));
    feed->ends =
        arena_grow(&feed->arena, feed->ends, feed->count, &feed->capacity, sizeof(*feed->ends));
    feed->ends[feed->count++] = feed->bytes.len;
}

struct str feed_frame(const struct feed *feed, size_t index)
{
    assert(index < feed->count);
    size_t start = index ? feed->ends[index - 1] : 0;
    return (struct str){feed->bytes.ptr + start, feed->ends[index] - start};
}
