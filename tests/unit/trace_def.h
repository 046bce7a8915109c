/* A small definition for tests of scoring and reporting. */
#ifndef UNIT_TRACE_DEF_H
#define UNIT_TRACE_DEF_H

#include "unit/trace_rules.h"

/* Four seats, three stakeholders, four facts, three injects. The poc also holds "triage". */
static const struct def_role drill_roles[] = {
    {.id = STR_INIT("commander"), .name = WORDS("Commander", "指揮者")},
    {.id = STR_INIT("handler"), .name = WORDS("Handler", "ハンドラー")},
    {.id = STR_INIT("poc"), .name = WORDS("PoC", "PoC")},
    {.id = STR_INIT("triage"), .name = WORDS("Triage", "トリアージ")},
    {.id = STR_INIT("legal"), .name = WORDS("Legal adviser", "リーガルアドバイザー")},
};
static const struct str drill_commander[] = {STR_INIT("commander")},
                        drill_handler[] = {STR_INIT("handler")},
                        drill_poc[] = {STR_INIT("poc"), STR_INIT("triage")},
                        drill_legal[] = {STR_INIT("legal")};
static const struct def_seat drill_seats[] = {
    {.id = STR_INIT("c1"), .roles = {drill_commander, 1}},
    {.id = STR_INIT("h1"), .roles = {drill_handler, 1}},
    {.id = STR_INIT("p1"), .roles = {drill_poc, 2}},
    {.id = STR_INIT("l1"), .roles = {drill_legal, 1}},
};
static const struct def_stakeholder drill_stakeholders[] = {
    {.id = STR_INIT("ciso"), .name = WORDS("the CISO", "CISO"), .deputy = STR_INIT("ciso-deputy")},
    {.id = STR_INIT("ciso-deputy"), .name = WORDS("the CISO's deputy", "CISO代理")},
    {.id = STR_INIT("vendor"), .name = WORDS("the vendor", "ベンダー")},
};
static const struct def_need drill_note_needs[] = {{STR_INIT("ciso"), NEED_MUST},
    {STR_INIT("vendor"), NEED_NEVER}},
                             drill_leak_needs[] = {{STR_INIT("ciso"), NEED_MUST}};
static const struct def_fact drill_facts[] = {
    {.id = STR_INIT("note"),
        .text = WORDS("There is a ransom note.", "脅迫文がある。"),
        .needs = drill_note_needs,
        .need_count = 2},
    {.id = STR_INIT("leak"),
        .text = WORDS("Data has left", "データが流出した"),
        .slot = STR_INIT("what-left"),
        .needs = drill_leak_needs,
        .need_count = 1},
    {.id = STR_INIT("weather"), .text = WORDS("It rains", "雨だ")},
    {.id = STR_INIT("storm"), .text = WORDS("It storms", "嵐だ"), .replaces = STR_INIT("weather")},
};
static const struct str drill_carries_note[] = {STR_INIT("note")};
static struct def_inject drill_injects[] = {
    {.id = STR_INIT("call"),
        .kind = INJECT_EVENT,
        .title = WORDS("A call", "電話"),
        .to = {drill_poc, 1},
        .facts = {drill_carries_note, 1}},
    {.id = STR_INIT("chat"),
        .kind = INJECT_EVENT,
        .title = WORDS("A chat", "チャット"),
        .to = {drill_handler, 1}},
    {.id = STR_INIT("call-again"),
        .kind = INJECT_CONTINGENCY,
        .title = WORDS("A second call", "二度目の電話"),
        .to = {drill_poc, 1},
        .trigger = {.kind = TRIGGER_UNLESS}},
};

static const struct str drill_may_stop[] = {STR_INIT("ciso"), STR_INIT("ciso-deputy")};
static const struct def_action drill_actions[] = {{.id = STR_INIT("stop-mail"),
    .name = WORDS("Stop the mail", "メールを止める"),
    .authority = {drill_may_stop, 2}}};
static const struct def_question drill_questions[] = {{.id = STR_INIT("tell"),
    .prompt = WORDS("What do you tell the press?", "報道に何を伝えますか。"),
    .owners = {drill_commander, 1}}};

static inline const struct def *trace_def(struct arena *arena)
{
    drill_injects[2].trigger.pattern = trace_pattern(arena, "escalation to=commander");
    struct def *def = ARENA_NEW(arena, struct def);
    *def = (struct def){.id = STR("drill"),
        .title = WORDS("The drill", "訓練の題"),
        .duration_ms = 3600000,
        .mode = MODE_LIVE,
        .roles = drill_roles,
        .role_count = COUNT(drill_roles),
        .seats = drill_seats,
        .seat_count = COUNT(drill_seats),
        .stakeholders = drill_stakeholders,
        .stakeholder_count = COUNT(drill_stakeholders),
        .facts = drill_facts,
        .fact_count = COUNT(drill_facts),
        .injects = drill_injects,
        .inject_count = COUNT(drill_injects),
        .actions = drill_actions,
        .action_count = COUNT(drill_actions),
        .questions = drill_questions,
        .question_count = COUNT(drill_questions)};
    def_index(def, arena);
    return def;
}

#endif
