/* A list that forgets its older half when it is full. Room is counted in events and ids, not in
 * bytes, so that it is full at the same event on every machine. */
#include "script/history.h"

#include <assert.h>

#include "core/pattern.h"

enum { EVENT_ROOM = 4 }; /* an event takes as much as this many ids */

void history_fini(struct history *history)
{
    arena_fini(&history->arena);
    *history = (struct history){0};
}

static bool is_matched(enum event_kind kind)
{
    for (size_t i = 0; i < pattern_name_count; i++)
        if ((enum event_kind)pattern_names[i].event_kind == kind)
            return true;
    return false;
}

static struct str *str_at(const struct field *field, union event_body *body)
{
    return (void *)((char *)body + field->offset);
}

static size_t room_of(const struct event *event)
{
    struct fields fields = event_kinds[event->kind].fields;
    size_t room = EVENT_ROOM;
    for (size_t i = 0; i < fields.count; i++)
        if (fields.rows[i].type == FIELD_IDS)
            room += field_strs(&fields.rows[i], &event->body).count;
    return room;
}

static void copy(struct history *history, const struct event *event)
{
    struct arena *arena = &history->arena;
    struct fields fields = event_kinds[event->kind].fields;
    history->events = arena_grow(
        arena, history->events, history->count, &history->capacity, sizeof(*history->events));
    struct event *kept = &history->events[history->count++];
    *kept = *event;
    kept->actor = arena_str(arena, event->actor);
    for (size_t i = 0; i < fields.count; i++) {
        const struct field *field = &fields.rows[i];
        struct str *text = str_at(field, &kept->body);
        if (field->type == FIELD_TEXT)
            *text = (struct str){0};
        else if (field->type == FIELD_ID || field->type == FIELD_STR)
            *text = arena_str(arena, *text);
        else if (field->type == FIELD_IDS)
            *(struct strs *)(void *)text = arena_strs(arena, *(struct strs *)(void *)text);
    }
    history->room_taken += room_of(event);
}

static void forget_half(struct history *history)
{
    struct history old = *history;
    *history = (struct history){.is_cut = true};
    for (size_t i = old.count / 2; i < old.count; i++)
        copy(history, &old.events[i]);
    arena_fini(&old.arena);
}

void history_add(struct history *history, const struct event *event)
{
    if (!is_matched(event->kind))
        return;
    while (history->count > 1 && history->room_taken + room_of(event) > HISTORY_ROOM)
        forget_half(history);
    copy(history, event);
}
