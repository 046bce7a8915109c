/* Feeds and the clock, for all files of this folder. */
#include <stdlib.h>

#include "base/json_write.h"
#include "web/server.h"

struct web_room *server_room(const struct web *web, struct str name)
{
    if (name.len == 0)
        return web->room_count > 0 ? web->rooms[0] : NULL;
    if (web->lead && str_eq(name, web->lead->name))
        return web->lead;
    int at = index_find(&web->rooms_by_name, name);
    return at == INDEX_NONE ? NULL : web->rooms[at];
}

struct web_room *server_room_at(const struct web *web, size_t i)
{
    if (i < web->room_count)
        return web->rooms[i];
    return i == web->room_count ? web->lead : NULL;
}

const struct state *server_state(const struct web_room *room)
{
    return room->table ? room->web->host.state(room->table) : NULL;
}

/* What feed_tell needs, for the history's walk. */
struct fill {
    struct feed *feed;
    struct view_texts texts;
    const struct state *state;
};

static void fill_one(void *self, const struct event *event)
{
    struct fill *fill = self;
    feed_tell(fill->feed, fill->state, &fill->texts, event);
}

bool server_fill(struct web_room *room, struct feed *feed)
{
    const struct web_host *host = &room->web->host;
    struct fill fill = {feed, {room->table, host->text}, server_state(room)};
    feed_clear(feed);
    feed->stale = !fill.state || !host->history(room->table, fill_one, &fill);
    return !feed->stale;
}

struct feed *server_feed_find(struct web_room *room, struct viewer viewer)
{
    for (size_t i = 0; i < room->feed_count; i++) {
        struct viewer own = session_viewer(&room->feeds[i]->viewer);
        if (own.kind == viewer.kind && (own.kind != VIEWER_SEAT || str_eq(own.seat, viewer.seat)))
            return room->feeds[i];
    }
    return NULL;
}

struct feed *server_feed(struct web_room *room, struct viewer viewer)
{
    struct feed *feed = server_feed_find(room, viewer);
    if (feed)
        return !feed->stale || server_fill(room, feed) ? feed : NULL;
    if (room->feed_count == SERVER_FEEDS)
        return NULL;
    feed = calloc(1, sizeof(*feed));
    if (!feed)
        abort();
    feed->viewer = session_viewer_copy(viewer);
    if (!server_fill(room, feed)) {
        feed_fini(feed);
        free(feed);
        return NULL;
    }
    room->feeds[room->feed_count++] = feed;
    return feed;
}

void server_write_clock(struct web_room *room, struct buf *out)
{
    bool running = false;
    const struct state *state = server_state(room);
    int64_t at_ms = room->web->host.clock_ms(room->table, &running);
    struct json_write json;
    buf_add(out, STR("event: clock\ndata: "));
    json_write_init(&json, out);
    json_write_object(&json);
    json_write_key_int(&json, "at_ms", at_ms);
    json_write_key_bool(&json, "kept", room->web->host.keeps(room->table));
    if (state)
        json_write_key_int(&json, "pace", state->pace);
    json_write_key_bool(&json, "running", running);
    if (state)
        json_write_key_int(&json, "story_ms", story_clock_at(&state->story, at_ms));
    json_write_key_int(&json, "table", room->number);
    json_write_end(&json);
    buf_add(out, STR("\n\n"));
}

void server_tell_clock(struct web_room *room)
{
    struct buf notice = {0};
    const struct state *state = server_state(room);
    buf_add(&notice, STR(": still here\n"));
    server_write_clock(room, &notice);
    stream_notify_all(&room->streams, buf_str(&notice));
    buf_fini(&notice);
    const struct web_host *host = &room->web->host;
    room->told_steady_ms = host->steady_ms(host->self);
    host->clock_ms(room->table, &room->told_running);
    room->told_keeps = host->keeps(room->table);
    if (state)
        room->told_status = state->status;
}
