/* A small scenario whose story.lua is given, played from a list of inputs, for the tests of
 * engine/script. What happens is told in short lines, one an event that matters here. */
#ifndef UNIT_SCRIPT_PLAY_H
#define UNIT_SCRIPT_PLAY_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/duration.h"
#include "core/step.h"
#include "script/script.h"

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

static const struct str play_commander[] = {STR_INIT("commander")};
static const struct str play_handler[] = {STR_INIT("handler")};
static const struct str play_both[] = {STR_INIT("commander"), STR_INIT("handler")};

static inline void play_define(struct def *def, struct arena *arena, const char *story)
{
    static const struct def_role roles[] = {{.id = STR_INIT("commander")},
        {.id = STR_INIT("handler")}, {.id = STR_INIT("legal")}, {.id = STR_INIT("poc")}};
    static const struct def_seat seats[] = {
        {STR_INIT("commander"), {play_commander, 1}}, {STR_INIT("handler"), {play_handler, 1}}};
    static const struct def_stakeholder stakeholders[] = {
        {.id = STR_INIT("press")}, {.id = STR_INIT("jpcert")}};
    static const struct def_fact facts[] = {{.id = STR_INIT("fs01-encrypted")}};
    static const struct str questions_of[] = {STR_INIT("stop-file-server")};
    static const struct def_inject injects[] = {
        {.id = STR_INIT("helpdesk-call"), .to = {play_both, 2}, .questions = {questions_of, 1}},
        {.id = STR_INIT("helpdesk-calls-again"), .to = {play_handler, 1}},
        {.id = STR_INIT("ward-complains"), .to = {play_handler, 1}, .repeats = true},
        {.id = STR_INIT("reporter-calls"), .to = {play_commander, 1}}};
    static const struct def_option options[] = {{.id = STR_INIT("stop")}, {.id = STR_INIT("keep")}};
    static const struct def_question questions[] = {{.id = STR_INIT("stop-file-server"),
        .inject = STR_INIT("helpdesk-call"),
        .options = options,
        .option_count = 2}};
    static const struct def_world world[] = {
        {STR_INIT("file-server"), STR_INIT("running")}, {STR_INIT("mail"), STR_INIT("running")}};
    static const struct def_phase phases[] = {{.id = STR_INIT("recovery")}};
    *def = (struct def){
        .id = STR("test"),
        .duration_ms = 4 * 3600 * 1000,
        .pace = 1,
        .mode = MODE_LIVE,
        .story_source = str_of(story),
        .story_file = STR("story.lua"),
        .roles = roles,
        .role_count = 4,
        .seats = seats,
        .seat_count = 2,
        .stakeholders = stakeholders,
        .stakeholder_count = 2,
        .facts = facts,
        .fact_count = 1,
        .injects = injects,
        .inject_count = 4,
        .questions = questions,
        .question_count = 1,
        .world = world,
        .world_count = 2,
        .phases = phases,
        .phase_count = 1,
    };
    def_index(def, arena);
}

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

/* "5m inject-id why reason", "1m set file-server stopped", "2m fault story story.lua:3: ..." */
static inline void play_tell(struct play *play, const struct event *event)
{
    const union event_body *body = &event->body;
    struct str at = duration_format(&play->arena, event->at_ms);
    struct buf *told = &play->told;
    if (event->kind == EVENT_DELIVERED)
        buf_format(told, "%.*s %.*s\n", STR_ARG(at), STR_ARG(body->delivered.inject));
    else if (event->kind == EVENT_SCHEDULED)
        buf_format(told, "%.*s schedule %.*s\n", STR_ARG(at), STR_ARG(body->scheduled.inject));
    else if (event->kind == EVENT_SKIPPED)
        buf_format(told, "%.*s skip %.*s\n", STR_ARG(at), STR_ARG(body->skipped.inject));
    else if (event->kind == EVENT_WORLD_SET)
        buf_format(told, "%.*s set %.*s %.*s\n", STR_ARG(at), STR_ARG(body->world_set.name),
            STR_ARG(body->world_set.value));
    else if (event->kind == EVENT_PHASE_CHANGED)
        buf_format(told, "%.*s phase %.*s\n", STR_ARG(at), STR_ARG(body->phase_changed.phase));
    else if (event->kind == EVENT_ENDED)
        buf_format(told, "%.*s ended\n", STR_ARG(at));
    else if (event->kind == EVENT_REFUSED)
        buf_format(told, "%.*s refused %.*s %.*s\n", STR_ARG(at), STR_ARG(body->refused.input_name),
            STR_ARG(body->refused.what));
    else if (event->kind == EVENT_FAULT)
        buf_format(told, "%.*s fault %.*s: %.*s:%lld: %.*s\n", STR_ARG(at),
            STR_ARG(body->fault.story), STR_ARG(body->fault.file), (long long)body->fault.line,
            STR_ARG(body->fault.message));
}

static inline struct script *play_script(struct play *play)
{
    struct problems problems = {0};
    struct script *script = NULL;
    struct err err;
    if (!script_new(&play->def, 1, &problems, &script)) {
        problems_to_err(&problems, &err);
        fail_msg("%s", err.message);
    }
    problems_fini(&problems);
    return script;
}

/* Plays the rows and then lets four hours pass. `imposed`: faults of an earlier run, or NULL. */
static inline void play_run(struct play *play, const char *story, const struct play_input *rows,
    const struct events *imposed)
{
    static const struct play_input begin[] = {
        {"0s", "host", "create",
            "{\"content\":\"c\",\"lua\":\"5.4\",\"mode\":\"live\",\"pace\":1,\"semantics\":1}"},
        {"0s", "facilitator", "start", NULL},
    };
    *play = (struct play){0};
    play_define(&play->def, &play->arena, story);
    play->events.arena = &play->arena;
    struct script *script = play_script(play);
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
        play_tell(play, &play->events.items[i]);
    }
    buf_add_char(&play->told, '\0');
    machine_free(machine);
    script_free(script);
}

static inline void play_fini(struct play *play)
{
    buf_fini(&play->lines);
    buf_fini(&play->told);
    arena_fini(&play->arena);
}

#endif
