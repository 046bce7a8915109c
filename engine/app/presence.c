/* Somebody who looks at another window for a moment is not absent. */
#include "app/presence.h"

#include "app/room.h"
#include "app/wall.h"

enum { LOOK_EVERY_MS = 1000 };

bool presence_look(struct presence *presence, bool is_seen, int64_t clock_ms)
{
    if (is_seen != presence->is_seen) {
        presence->is_seen = is_seen;
        presence->changed_ms = clock_ms;
    }
    presence->is_known = presence->is_known || is_seen || presence->is_told;
    bool is_away = !is_seen && presence->is_known &&
                   (presence->is_away || clock_ms - presence->changed_ms >= PRESENCE_LASTS_MS);
    presence->is_away = is_away;
    return presence->is_away != presence->is_told;
}

/* Only where people are apart does a page that nobody sees mean that nobody is there. */
static bool notes_presence(const struct room *room)
{
    const struct state *state = table_state(room->table);
    return !room->test_clock && state != NULL && state->status == STATUS_RUNNING &&
           state->mode == MODE_LIVE;
}

/* As the record has it: from the start on, and when memory was made anew. */
void presence_recall(struct room *room)
{
    const struct state *state = table_state(room->table);
    for (size_t i = 0; i < state->def->seat_count; i++)
        room->seats[i].is_told = room->seats[i].is_away = state->seats[i].is_away;
}

/* Whether anybody left or returned that the record has not been told of. */
bool presence_look_around(struct room *room, int64_t steady_ms, int64_t clock_ms)
{
    const struct def *def = table_def(room->table);
    bool has_news = false;
    if (steady_ms - room->looked_ms < LOOK_EVERY_MS || !notes_presence(room))
        return false;
    room->looked_ms = steady_ms;
    for (size_t i = 0; i < def->seat_count; i++) {
        struct viewer viewer = {VIEWER_SEAT, def->seats[i].id};
        bool is_seen = web_is_seen(room->page, viewer);
        has_news = presence_look(&room->seats[i], is_seen, clock_ms) || has_news;
    }
    return has_news;
}

static void tell_one(struct room *room, size_t seat)
{
    struct presence *presence = &room->seats[seat];
    struct intake intake = {
        .input = {
            .kind = INPUT_PRESENCE, .actor = ACTOR_HOST, .observed_ms = -1, .story_at_ms = -1}};
    intake.input.body.presence.seat = table_def(room->table)->seats[seat].id;
    intake.input.body.presence.away = presence->is_away;
    intake.input.id =
        arena_format(&room->arena, "presence-%zu-%lld", seat, (long long)wall_now_ms());
    /* They left when they were seen last, not when that was believed. */
    if (presence->is_away && presence->changed_ms < room->turn_ms)
        intake.input.observed_ms = presence->changed_ms;
    struct event_refused refused;
    table_take(room->table, &intake, room->turn_ms, &refused);
    presence->is_told = presence->is_away;
}

void presence_tell(struct room *room)
{
    const struct def *def = table_def(room->table);
    for (size_t i = 0; notes_presence(room) && i < def->seat_count; i++)
        if (room->seats[i].is_told != room->seats[i].is_away)
            tell_one(room, i);
}
