/* A small scenario whose story.lua is given, for the tests of engine/script. */
#ifndef UNIT_SCRIPT_DEF_H
#define UNIT_SCRIPT_DEF_H

#include "core/def.h"

static const struct str script_def_commander[] = {STR_INIT("commander")};
static const struct str script_def_handler[] = {STR_INIT("handler")};
static const struct str script_def_both[] = {STR_INIT("commander"), STR_INIT("handler")};

static inline void script_def_fill(struct def *def, struct arena *arena, const char *story)
{
    static const struct def_role roles[] = {{.id = STR_INIT("commander")},
        {.id = STR_INIT("handler")}, {.id = STR_INIT("legal")}, {.id = STR_INIT("poc")}};
    static const struct def_seat seats[] = {{STR_INIT("commander"), {script_def_commander, 1}},
        {STR_INIT("handler"), {script_def_handler, 1}}};
    static const struct def_stakeholder stakeholders[] = {
        {.id = STR_INIT("press")}, {.id = STR_INIT("jpcert")}};
    static const struct def_fact facts[] = {{.id = STR_INIT("fs01-encrypted")}};
    static const struct str questions_of[] = {STR_INIT("stop-file-server")};
    static const struct def_inject injects[] = {{.id = STR_INIT("helpdesk-call"),
                                                    .to = {script_def_both, 2},
                                                    .questions = {questions_of, 1}},
        {.id = STR_INIT("helpdesk-calls-again"), .to = {script_def_handler, 1}},
        {.id = STR_INIT("ward-complains"), .to = {script_def_handler, 1}, .repeats = true},
        {.id = STR_INIT("reporter-calls"), .to = {script_def_commander, 1}}};
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

#endif
