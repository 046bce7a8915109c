/* A table without a record, for harnesses: whatever loads must be playable.
 *
 * The room does what people do (open, pass on, decide, fire by hand …) and lets time go by. Then
 * what happened is held against the engine's own promises: each event is one that a record may
 * hold, folding them gives the live state, and everybody's view of each is well-formed. */
#ifndef FUZZ_ROOM_H
#define FUZZ_ROOM_H

#include <stdio.h>
#include <stdlib.h>

#include "base/json_read.h"
#include "core/apply.h"
#include "core/event_check.h"
#include "core/step.h"
#include "core/view.h"

enum { ROOM_EVENTS = 3000, ROOM_WAKES = 2000 };

struct room {
    const struct def *def;
    struct machine *machine;
    struct arena arena;
    struct events events;
    int64_t input_count;
    int wake_count;
};

static inline void room_init(
    struct room *room, const struct def *def, const struct reactor *reactor)
{
    *room = (struct room){.def = def};
    room->events.arena = &room->arena;
    room->machine = machine_new(def, reactor, reactor != NULL);
}

static inline void room_fini(struct room *room)
{
    machine_free(room->machine);
    arena_fini(&room->arena);
}

static inline bool room_is_full(const struct room *room)
{
    return room->events.count > ROOM_EVENTS || room->wake_count > ROOM_WAKES;
}

/* Lets time go by, but for what a room can still look through. */
static inline void room_advance(struct room *room, int64_t to_ms)
{
    int64_t due_ms;
    while (!room_is_full(room) && machine_due(room->machine, &due_ms) && due_ms <= to_ms) {
        room->wake_count++;
        machine_advance(room->machine, due_ms, &room->events);
    }
    if (!room_is_full(room))
        machine_advance(room->machine, to_ms, &room->events);
}

/* `body` is the input's JSON. */
static inline void room_say(struct room *room, const char *actor, const char *what, struct str body)
{
    if (room_is_full(room))
        return;
    struct input input;
    int64_t number = ++room->input_count;
    struct str line = arena_format(&room->arena,
        "{\"actor\":\"%s\",\"at_ms\":%lld,\"body\":%.*s,\"do\":\"%s\",\"id\":\"i%lld\",\"seq\":%"
        "lld}",
        actor, (long long)machine_state(room->machine)->now_ms, STR_ARG(body), what,
        (long long)number, (long long)number);
    if (!input_read(line, &room->arena, &input, NULL))
        abort();
    machine_input(room->machine, &input, &room->events);
}

static inline void room_say_of(
    struct room *room, const char *actor, const char *what, const char *key, struct str id)
{
    room_say(room, actor, what, arena_format(&room->arena, "{\"%s\":\"%.*s\"}", key, STR_ARG(id)));
}

static inline void room_start(struct room *room, const char *mode)
{
    room_say(room, "host", "create",
        arena_format(&room->arena,
            "{\"content\":\"c\",\"lua\":\"5.4\",\"mode\":\"%s\",\"pace\":1,\"seed\":7,"
            "\"semantics\":%d}",
            mode, STEP_SEMANTICS));
    room_say(room, "facilitator", "start", STR("{}"));
}

/* ---- what must be true whatever happened ---- */

static inline void room_check_views(const struct room *room, const struct event *event)
{
    struct buf out = {0};
    const struct state *state = machine_state(room->machine);
    for (int kind = VIEWER_FACILITATOR; kind <= VIEWER_BOARD; kind++) {
        size_t seats = kind == VIEWER_SEAT ? room->def->seat_count : 1;
        for (size_t i = 0; i < seats; i++) {
            struct viewer viewer = {(enum viewer_kind)kind,
                kind == VIEWER_SEAT ? room->def->seats[i].id : (struct str){0}};
            struct view view = {state, viewer, NULL};
            buf_clear(&out);
            if (view_write(&view, event, 1, &out) && !json_check(buf_str(&out), NULL))
                abort();
        }
    }
    buf_fini(&out);
}

static inline void room_check(const struct room *room)
{
    struct state *folded = state_new(room->def);
    struct buf live = {0}, again = {0};
    struct err err = {0};
    for (size_t i = 0; i < room->events.count; i++) {
        const struct event *event = &room->events.items[i];
        if (!event_check(folded, event, &err)) {
            fprintf(stderr, "its own event is refused: %s\n", err.message);
            abort();
        }
        apply_event(folded, event);
        if (i % 8 == 0)
            room_check_views(room, event);
    }
    folded->now_ms = machine_state(room->machine)->now_ms; /* time that went by in silence */
    state_write(machine_state(room->machine), &live);
    state_write(folded, &again);
    if (!str_eq(buf_str(&live), buf_str(&again))) {
        fprintf(stderr, "live   %.*s\nfolded %.*s\n", STR_ARG(buf_str(&live)),
            STR_ARG(buf_str(&again)));
        abort();
    }
    state_free(folded);
    buf_fini(&live);
    buf_fini(&again);
}

#endif
