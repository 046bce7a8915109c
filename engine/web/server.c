/* Feeds and the clock, for all files of this folder. */
#include <stdlib.h>

#include "base/json_write.h"
#include "web/server.h"

/* What feed_tell needs, for the history's walk. */
struct fill {
    struct web *web;
    struct feed *feed;
    const struct state *state;
};

static void fill_one(void *self, const struct event *event)
{
    struct fill *fill = self;
    feed_tell(fill->feed, fill->state, &fill->web->host.texts, event);
}

bool server_fill(struct web *web, struct feed *feed)
{
    struct fill fill = {web, feed, web->host.state(web->host.self)};
    feed_clear(feed);
    feed->stale = !fill.state || !web->host.history(web->host.self, fill_one, &fill);
    return !feed->stale;
}

static struct feed *find_feed(struct web *web, struct viewer viewer)
{
    for (size_t i = 0; i < web->feed_count; i++) {
        struct viewer own = session_viewer(&web->feeds[i]->viewer);
        if (own.kind == viewer.kind && (own.kind != VIEWER_SEAT || str_eq(own.seat, viewer.seat)))
            return web->feeds[i];
    }
    return NULL;
}

struct feed *server_feed(struct web *web, struct viewer viewer)
{
    struct feed *feed = find_feed(web, viewer);
    if (feed)
        return !feed->stale || server_fill(web, feed) ? feed : NULL;
    if (web->feed_count == SERVER_FEEDS)
        return NULL;
    feed = calloc(1, sizeof(*feed));
    if (!feed)
        abort();
    feed->viewer = session_viewer_copy(viewer);
    if (!server_fill(web, feed)) {
        feed_fini(feed);
        free(feed);
        return NULL;
    }
    web->feeds[web->feed_count++] = feed;
    return feed;
}

void server_write_clock(struct web *web, struct buf *out)
{
    bool running = false;
    const struct state *state = web->host.state(web->host.self);
    int64_t at_ms = web->host.clock_ms(web->host.self, &running);
    struct json_write json;
    buf_add(out, STR("event: clock\ndata: "));
    json_write_init(&json, out);
    json_write_object(&json);
    json_write_key_int(&json, "at_ms", at_ms);
    if (state)
        json_write_key_int(&json, "pace", state->pace);
    json_write_key_bool(&json, "running", running);
    if (state)
        json_write_key_int(&json, "story_ms", story_clock_at(&state->story, at_ms));
    json_write_end(&json);
    buf_add(out, STR("\n\n"));
}

void server_tell_clock(struct web *web)
{
    struct buf notice = {0};
    const struct state *state = web->host.state(web->host.self);
    buf_add(&notice, STR(": still here\n"));
    server_write_clock(web, &notice);
    stream_notify_all(&web->streams, buf_str(&notice));
    buf_fini(&notice);
    web->told_steady_ms = web->host.steady_ms(web->host.self);
    web->host.clock_ms(web->host.self, &web->told_running);
    if (state)
        web->told_status = state->status;
}
