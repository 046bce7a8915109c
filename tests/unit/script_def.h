/* A small scenario whose story.lua is given, for the tests of engine/script. */
#ifndef UNIT_SCRIPT_DEF_H
#define UNIT_SCRIPT_DEF_H

#include "core/def.h"

static const struct str script_def_commander[] = {STR_INIT("commander")};
static const struct str script_def_handler[] = {STR_INIT("handler")};
static const struct str script_def_both[] = {STR_INIT("commander"), STR_INIT("handler")};

static inline void script_def_fill_injects(struct def *def)
{
    static const struct str questions_of[] = {
        STR_INIT("stop-file-server"), STR_INIT("pay"), STR_INIT("tell-minister")};
    static const struct def_inject injects[] = {{.id = STR_INIT("helpdesk-call"),
                                                    .to = {script_def_both, 2},
                                                    .questions = {questions_of, 1}},
        {.id = STR_INIT("helpdesk-calls-again"), .to = {script_def_handler, 1}},
        {.id = STR_INIT("ward-complains"), .to = {script_def_handler, 1}, .repeats = true},
        {.id = STR_INIT("reporter-calls"), .to = {script_def_commander, 1}},
        {.id = STR_INIT("jpcert-received"), .to = {script_def_handler, 1}},
        {.id = STR_INIT("second-host"), .to = {script_def_handler, 1}, .level = 2},
        {.id = STR_INIT("ransom-note"),
            .to = {script_def_both, 2},
            .questions = {&questions_of[1], 1},
            .level = 3},
        {.id = STR_INIT("minister-calls"),
            .to = {script_def_both, 2},
            .questions = {&questions_of[2], 1}}};
    static const struct def_option options[] = {{.id = STR_INIT("stop")}, {.id = STR_INIT("keep")}};
    static const struct def_question questions[] = {{.id = STR_INIT("stop-file-server"),
                                                        .inject = STR_INIT("helpdesk-call"),
                                                        .owners = {script_def_commander, 1},
                                                        .options = options,
                                                        .option_count = 2},
        {.id = STR_INIT("pay"),
            .inject = STR_INIT("ransom-note"),
            .options = options,
            .option_count = 2},
        {.id = STR_INIT("tell-minister"),
            .inject = STR_INIT("minister-calls"),
            .within_ms = 10 * 60000,
            .options = options,
            .option_count = 2}};
    def->injects = injects;
    def->inject_count = sizeof(injects) / sizeof(injects[0]);
    def->questions = questions;
    def->question_count = sizeof(questions) / sizeof(questions[0]);
}

static inline void script_def_fill(struct def *def, struct arena *arena, const char *story)
{
    static const struct def_role roles[] = {{.id = STR_INIT("commander")},
        {.id = STR_INIT("handler")}, {.id = STR_INIT("legal")}, {.id = STR_INIT("poc")}};
    static const struct def_seat seats[] = {
        {.id = STR_INIT("commander"), .roles = {script_def_commander, 1}},
        {.id = STR_INIT("handler"), .roles = {script_def_handler, 1}}};
    static const struct def_stakeholder stakeholders[] = {
        {.id = STR_INIT("press")}, {.id = STR_INIT("jpcert")}, {.id = STR_INIT("management")}};
    static const struct def_fact facts[] = {
        {.id = STR_INIT("fs01-encrypted")}, {.id = STR_INIT("backup-fine")}};
    static const struct def_hint hints[] = {
        {.id = STR_INIT("ask-others"), .to = {script_def_both, 2}}};
    static const struct def_world world[] = {
        {.id = STR_INIT("file-server"), .initial = STR_INIT("running")},
        {.id = STR_INIT("mail"), .initial = STR_INIT("running")}};
    static const struct def_phase phases[] = {
        {.id = STR_INIT("first-night")}, {.id = STR_INIT("recovery"), .begins_ms = 32 * 3600000}};
    *def = (struct def){
        .id = STR("test"),
        .duration_ms = 4 * 3600 * 1000,
        .pace = 1,
        .mode = MODE_LIVE,
        .difficulty = 1,
        .story_start_ms = 13 * 3600000, /* 1 January 1970, a Thursday, 22:00 in Japan */
        .story_offset_minutes = 9 * 60,
        .story_source = str_of(story),
        .story_file = STR("story.lua"),
        .roles = roles,
        .role_count = 4,
        .seats = seats,
        .seat_count = 2,
        .stakeholders = stakeholders,
        .stakeholder_count = 3,
        .facts = facts,
        .fact_count = 2,
        .world = world,
        .world_count = 2,
        .phases = phases,
        .phase_count = 2,
        .hints = hints,
        .hint_count = 1,
    };
    script_def_fill_injects(def);
    def_index(def, arena);
}

#endif
