/* A small definition and traces written as rows, for tests of scoring and reporting. */
#ifndef UNIT_TRACE_H
#define UNIT_TRACE_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/duration.h"
#include "core/event.h"
#include "score/rule.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* "a,b,c" as a list. */
static inline struct strs trace_split(struct arena *arena, struct str text)
{
    struct str *list = ARENA_ARRAY(arena, 16, struct str);
    size_t count = 0;
    struct str before, rest = text;
    while (str_cut(rest, ',', &before, &rest))
        list[count++] = before;
    list[count++] = rest;
    return (struct strs){list, count};
}

/* "knows fact=note by=poc,commander" as a pattern; empty gives one that matches nothing. */
static inline struct pattern trace_pattern(struct arena *arena, const char *text)
{
    struct pattern pattern = {0};
    struct str word, rest = str_of(text);
    if (rest.len == 0)
        return pattern;
    if (!str_cut(rest, ' ', &word, &rest)) {
        word = rest;
        rest = STR("");
    }
    const struct pattern_name *name = pattern_name_find(word);
    assert_non_null(name);
    pattern_begin(&pattern, name);
    while (rest.len != 0) {
        if (!str_cut(rest, ' ', &word, &rest)) {
            word = rest;
            rest = STR("");
        }
        struct str field, values;
        assert_true(str_cut(word, '=', &field, &values));
        struct err err;
        if (!pattern_add(&pattern, arena, field, trace_split(arena, values), &err))
            fail_msg("%s", err.message);
    }
    return pattern;
}

/* The body as canonical JSON, from words like "to=poc,legal"; the fields' rows know the types. */
static inline struct str trace_body(struct arena *arena, struct fields fields, struct strs words)
{
    struct buf out = {0};
    buf_add_char(&out, '{');
    for (size_t f = 0; f < fields.count; f++) {
        for (size_t i = 0; i < words.count; i++) {
            struct str name, value;
            if (!str_cut(words.items[i], '=', &name, &value) || !str_is(name, fields.rows[f].name))
                continue;
            enum field_type type = fields.rows[f].type;
            bool bare = type == FIELD_INT || type == FIELD_MS || type == FIELD_BOOL;
            buf_format(&out, "%s\"%.*s\":%s", out.len > 1 ? "," : "", STR_ARG(name),
                type == FIELD_IDS ? "[" : "");
            struct strs list =
                type == FIELD_IDS ? trace_split(arena, value) : (struct strs){&value, 1};
            for (size_t v = 0; v < list.count; v++)
                buf_format(&out, "%s%s%.*s%s", v == 0 ? "" : ",", bare ? "" : "\"",
                    STR_ARG(list.items[v]), bare ? "" : "\"");
            if (type == FIELD_IDS)
                buf_add_char(&out, ']');
        }
    }
    buf_add_char(&out, '}');
    struct str body = arena_str(arena, buf_str(&out));
    buf_fini(&out);
    return body;
}

/* "1000 p1 messaged message=m1 to=commander": when, who, what, fields. "1000+9000": happened at
 * 1000, entered at 9000. "^3" somewhere behind: caused by event 3. */
static inline struct event trace_event(struct arena *arena, struct str line, int64_t seq)
{
    struct str words[24], rest = line;
    size_t count = 0;
    while (str_cut(rest, ' ', &words[count], &rest))
        count++;
    words[count++] = rest;
    assert_true(count >= 3 && count < COUNT(words));
    struct str observed = words[0], entered = words[0];
    str_cut(words[0], '+', &observed, &entered);
    struct buf out = {0};
    enum event_kind kind;
    if (!event_kind_find(words[2], &kind))
        fail_msg("no event %.*s", STR_ARG(words[2]));
    struct str body =
        trace_body(arena, event_kinds[kind].fields, (struct strs){words + 3, count - 3});
    buf_format(&out, "{\"actor\":\"%.*s\",\"at_ms\":%.*s,\"body\":%.*s", STR_ARG(words[1]),
        STR_ARG(entered), STR_ARG(body));
    if (count > 3 && words[3].ptr[0] == '^')
        buf_format(&out, ",\"cause\":%.*s", STR_ARG(str_after(words[3], 1)));
    buf_format(&out, ",\"kind\":\"%.*s\"", STR_ARG(words[2]));
    if (!str_eq(observed, entered))
        buf_format(&out, ",\"observed_ms\":%.*s", STR_ARG(observed));
    buf_format(&out, ",\"seq\":%lld,\"story_ms\":0}", (long long)seq);
    struct str json = arena_str(arena, buf_str(&out));
    buf_fini(&out);
    struct event event;
    struct err err;
    if (!event_read(json, arena, &event, &err))
        fail_msg("%.*s: %s", STR_ARG(json), err.message);
    return event;
}

/* One event a line; its seq is its position, from 1. */
static inline struct event *trace_events(struct arena *arena, const char *text, size_t *ret_count)
{
    struct event *events = ARENA_ARRAY(arena, strlen(text) / 4 + 1, struct event);
    struct str line, rest = str_of(text);
    size_t count = 0;
    while (str_cut(rest, '\n', &line, &rest)) {
        events[count] = trace_event(arena, line, (int64_t)count + 1);
        count++;
    }
    *ret_count = count;
    return events;
}

/* "respond | when | then | within=5m grace=2m", one rule a line; their ids are r1, r2 … */
static inline void trace_rule_option(struct arena *arena, struct rule *rule, struct str option)
{
    struct str name, value;
    if (!str_cut(option, '=', &name, &value))
        return;
    int mode;
    int64_t *ms = str_is(name, "within")      ? &rule->within_ms
                  : str_is(name, "grace")     ? &rule->grace_ms
                  : str_is(name, "attention") ? &rule->attention_ms
                                              : NULL;
    if (ms != NULL)
        assert_true(duration_parse(value, ms));
    else if (str_is(name, "match"))
        rule->match = value;
    else if (str_is(name, "role"))
        rule->role = value;
    else if (str_is(name, "caused_by"))
        rule->caused_by = trace_split(arena, value);
    else if (str_is(name, "modes") && def_name_find(mode_names, MODE_COUNT, value, &mode))
        rule->modes = 1u << mode;
    else
        fail_msg("no option %.*s", STR_ARG(option));
}

static inline struct rules trace_rules(struct arena *arena, const char *text)
{
    struct rule *items = ARENA_ARRAY(arena, strlen(text) / 8 + 1, struct rule);
    struct str line, rest = str_of(text);
    size_t count = 0;
    for (; str_cut(rest, '\n', &line, &rest); count++) {
        struct rule *rule = &items[count];
        *rule = (struct rule){.id = arena_format(arena, "r%zu", count + 1),
            .title = WORDS("The rule", "規則"),
            .within_ms = -1};
        struct str kind = {0}, when = {0}, then, option;
        assert_true(str_cut(line, '|', &kind, &line) && str_cut(line, '|', &when, &line));
        if (!str_cut(line, '|', &then, &line)) {
            then = line;
            line = STR("");
        }
        int value;
        assert_true(def_name_find(rule_kind_names, RULE_KIND_COUNT, str_trim(kind), &value));
        rule->kind = (enum rule_kind)value;
        rule->when = trace_pattern(arena, arena_str(arena, str_trim(when)).ptr);
        rule->then = trace_pattern(arena, arena_str(arena, str_trim(then)).ptr);
        while (str_cut(line, ' ', &option, &line))
            trace_rule_option(arena, rule, option);
        trace_rule_option(arena, rule, line);
    }
    return (struct rules){items, count};
}

/* Four seats, three stakeholders, three facts, four injects. The poc also holds "triage". */
static inline const struct def *trace_def(struct arena *arena)
{
    static const struct def_role roles[] = {
        {STR_INIT("commander"), WORDS("Commander", "指揮者"), WORDS("", "")},
        {STR_INIT("handler"), WORDS("Handler", "ハンドラー"), WORDS("", "")},
        {STR_INIT("poc"), WORDS("PoC", "PoC"), WORDS("", "")},
        {STR_INIT("triage"), WORDS("Triage", "トリアージ"), WORDS("", "")},
        {STR_INIT("legal"), WORDS("Legal adviser", "リーガルアドバイザー"), WORDS("", "")},
    };
    static const struct str commander[] = {STR_INIT("commander")},
                            handler[] = {STR_INIT("handler")},
                            poc[] = {STR_INIT("poc"), STR_INIT("triage")},
                            legal[] = {STR_INIT("legal")};
    static const struct def_seat seats[] = {
        {STR_INIT("c1"), {commander, 1}},
        {STR_INIT("h1"), {handler, 1}},
        {STR_INIT("p1"), {poc, 2}},
        {STR_INIT("l1"), {legal, 1}},
    };
    static const struct def_stakeholder stakeholders[] = {
        {.id = STR_INIT("ciso"),
            .name = WORDS("the CISO", "CISO"),
            .deputy = STR_INIT("ciso-deputy")},
        {.id = STR_INIT("ciso-deputy"), .name = WORDS("the CISO's deputy", "CISO代理")},
        {.id = STR_INIT("vendor"), .name = WORDS("the vendor", "ベンダー")},
    };
    static const struct def_need note_needs[] = {{STR_INIT("ciso"), NEED_MUST},
        {STR_INIT("vendor"), NEED_NEVER}},
                                 leak_needs[] = {{STR_INIT("ciso"), NEED_MUST}};
    static const struct def_fact facts[] = {
        {.id = STR_INIT("note"),
            .text = WORDS("There is a ransom note.", "脅迫文がある。"),
            .needs = note_needs,
            .need_count = 2},
        {.id = STR_INIT("leak"),
            .text = WORDS("Data has left", "データが流出した"),
            .needs = leak_needs,
            .need_count = 1},
        {.id = STR_INIT("weather"), .text = WORDS("It rains", "雨だ")},
    };
    static const struct str carries_note[] = {STR_INIT("note")};
    static struct def_inject injects[] = {
        {.id = STR_INIT("call"),
            .kind = INJECT_EVENT,
            .title = WORDS("A call", "電話"),
            .to = {poc, 1},
            .facts = {carries_note, 1}},
        {.id = STR_INIT("chat"),
            .kind = INJECT_EVENT,
            .title = WORDS("A chat", "チャット"),
            .to = {handler, 1}},
        {.id = STR_INIT("call-again"),
            .kind = INJECT_CONTINGENCY,
            .title = WORDS("A second call", "二度目の電話"),
            .to = {poc, 1},
            .trigger = {.kind = TRIGGER_UNLESS}},
    };
    injects[2].trigger.pattern = trace_pattern(arena, "escalation to=commander");
    struct def *def = ARENA_NEW(arena, struct def);
    *def = (struct def){.id = STR("drill"),
        .title = WORDS("The drill", "訓練の題"),
        .duration_ms = 3600000,
        .mode = MODE_LIVE,
        .roles = roles,
        .role_count = COUNT(roles),
        .seats = seats,
        .seat_count = COUNT(seats),
        .stakeholders = stakeholders,
        .stakeholder_count = COUNT(stakeholders),
        .facts = facts,
        .fact_count = COUNT(facts),
        .injects = injects,
        .inject_count = COUNT(injects)};
    def_index(def, arena);
    return def;
}

#endif
