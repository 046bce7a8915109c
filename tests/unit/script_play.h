/* A story played from a list of inputs, for the tests of engine/script. What happens is told in
 * short lines, one an event that matters here. */
#ifndef UNIT_SCRIPT_PLAY_H
#define UNIT_SCRIPT_PLAY_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/step.h"
#include "script/script.h"
#include "script_def.h"
#include "script_tell.h"

struct play_input {
    const char *at, *actor, *what, *body;
};

enum { PLAY_INPUTS_MOST = 16 };

/* Owns all of one run. */
struct play {
    struct arena arena;
    struct def def;
    struct events events;
    struct buf lines; /* all events as the record would keep them */
    struct buf told;  /* those that matter here */
};

static inline void play_read_input(
    struct arena *arena, const struct play_input *row, size_t number, struct input *ret_input)
{
    int64_t at_ms = 0;
    struct err err;
    if (!duration_parse(str_of(row->at), &at_ms))
        fail_msg("\"%s\" is not a duration", row->at);
    struct str line = arena_format(arena,
        "{\"actor\":\"%s\",\"at_ms\":%lld,\"body\":%s,\"do\":\"%s\",\"id\":\"i%zu\",\"seq\":%zu}",
        row->actor, (long long)at_ms, row->body != NULL ? row->body : "{}", row->what, number,
        number);
    if (!input_read(line, arena, ret_input, &err))
        fail_msg("%.*s: %s", STR_ARG(line), err.message);
}

static inline struct script *play_script(struct play *play, int64_t seed)
{
    struct problems problems = {0};
    struct script *script = NULL;
    struct err err;
    if (!script_new(&play->def, seed, &problems, &script)) {
        problems_to_err(&problems, &err);
        fail_msg("%s", err.message);
    }
    problems_fini(&problems);
    return script;
}

/* Plays the rows and then lets four hours pass. `imposed`: faults of an earlier run, or NULL. */
static inline void play_run_seeded(struct play *play, const char *story,
    const struct play_input *rows, const struct events *imposed, int64_t seed)
{
    static const struct play_input begin[] = {
        {"0s", "host", "create",
            "{\"content\":\"c\",\"difficulty\":1,"
            "\"lua\":\"5.4\",\"mode\":\"live\",\"pace\":1,\"semantics\":1}"},
        {"0s", "facilitator", "start", NULL},
    };
    *play = (struct play){0};
    script_def_fill(&play->def, &play->arena, story);
    play->events.arena = &play->arena;
    struct script *script = play_script(play, seed);
    struct reactor reactor = script_reactor(script);
    struct machine *machine = machine_new(&play->def, &reactor, 1);
    for (size_t i = 0; imposed != NULL && i < imposed->count; i++)
        if (imposed->items[i].kind == EVENT_FAULT)
            machine_impose(machine, &imposed->items[i]);
    for (size_t i = 0; i < 2 + PLAY_INPUTS_MOST && (i < 2 || rows[i - 2].at != NULL); i++) {
        struct input input;
        play_read_input(&play->arena, i < 2 ? &begin[i] : &rows[i - 2], i + 1, &input);
        machine_input(machine, &input, &play->events);
    }
    machine_advance(machine, 4 * 3600 * 1000, &play->events);
    for (size_t i = 0; i < play->events.count; i++) {
        event_write(&play->events.items[i], &play->lines);
        buf_add_char(&play->lines, '\n');
        script_tell(&play->told, &play->events.items[i]);
    }
    buf_add_char(&play->told, '\0');
    machine_free(machine);
    script_free(script);
}

static inline void play_run(struct play *play, const char *story, const struct play_input *rows,
    const struct events *imposed)
{
    play_run_seeded(play, story, rows, imposed, 1);
}

static inline void play_fini(struct play *play)
{
    buf_fini(&play->lines);
    buf_fini(&play->told);
    arena_fini(&play->arena);
}

#endif
