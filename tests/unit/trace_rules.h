/* Rules written as lines of words, for tests of scoring and reporting. */
#ifndef UNIT_TRACE_RULES_H
#define UNIT_TRACE_RULES_H

#include "base/duration.h"
#include "score/rule.h"
#include "unit/trace.h"

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

/* A pattern inside an option: "declaration+status=applies". */
static inline struct filter trace_filter(struct arena *arena, struct str text)
{
    struct str copy = arena_str(arena, text);
    char *words = arena_alloc(arena, copy.len + 1, 1);
    for (size_t i = 0; i <= copy.len; i++)
        words[i] = copy.ptr[i] == '+' ? ' ' : copy.ptr[i];
    return (struct filter){.pattern = trace_pattern(arena, words)};
}

/* Patterns, "note;ack": the steps of a sequence. */
static inline void trace_rule_steps(struct arena *arena, struct rule *rule, struct str value)
{
    struct rule_step *steps = ARENA_ARRAY(arena, 8, struct rule_step);
    struct str step;
    bool more = true;
    while (more) {
        more = str_cut(value, ';', &step, &value);
        steps[rule->step_count++] =
            (struct rule_step){trace_filter(arena, more ? step : value), -1};
    }
    rule->steps = steps;
}

/* A deadline of a day with this anchor. */
static inline void trace_rule_anchor(struct arena *arena, struct rule *rule, struct str value)
{
    struct rule_deadline *deadline = ARENA_NEW(arena, struct rule_deadline);
    *deadline =
        (struct rule_deadline){.matter = STR("breach"), .anchor_count = 1, .bound_count = 1};
    deadline->anchors[0].id = STR("start");
    deadline->anchors[0].filters[0] = trace_filter(arena, value);
    deadline->anchors[0].filter_count = 1;
    deadline->bounds[0] = (struct rule_bound){.unit = BOUND_HOURS, .count = 24, .by_minute = -1};
    rule->deadline = deadline;
}

/* What only some kinds have; false: no such option. */
static inline bool trace_rule_part(
    struct arena *arena, struct rule *rule, struct str name, struct str value)
{
    int number = value.len == 1 ? value.ptr[0] - '0' : 0, check;
    if (str_is(name, "unless"))
        rule->unless = trace_filter(arena, value);
    else if (str_is(name, "until"))
        rule->until = trace_filter(arena, value);
    else if (str_is(name, "since"))
        rule->during.since = trace_filter(arena, value);
    else if (str_is(name, "lasts"))
        rule->during.until = trace_filter(arena, value);
    else if (str_is(name, "steps"))
        trace_rule_steps(arena, rule, value);
    else if (str_is(name, "anchor"))
        trace_rule_anchor(arena, rule, value);
    else if (str_is(name, "soft"))
        rule->law.soft = (struct words){{value, value}};
    else if (str_is(name, "at_least"))
        rule->at_least = number;
    else if (str_is(name, "at_most"))
        rule->at_most = number;
    else if (str_is(name, "duty"))
        rule->duty = trace_split(arena, value);
    else if (str_is(name, "slots"))
        rule->slots = trace_split(arena, value);
    else if (str_is(name, "receiver"))
        rule->receiver = true;
    else if (str_is(name, "check") &&
             def_name_find(flow_check_names, FLOW_CHECK_COUNT, value, &check))
        rule->checks = 1u << check;
    else
        return false;
    return true;
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
    else if (!trace_rule_part(arena, rule, name, value))
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
            .content_percent = 50,
            .within_ms = -1,
            .at_least = -1,
            .at_most = -1};
        struct str kind = {0}, when = {0}, then, option;
        assert_true(str_cut(line, '|', &kind, &line) && str_cut(line, '|', &when, &line));
        if (!str_cut(line, '|', &then, &line)) {
            then = line;
            line = STR("");
        }
        int value;
        assert_true(def_name_find(rule_kind_names, RULE_KIND_COUNT, str_trim(kind), &value));
        rule->kind = (enum rule_kind)value;
        rule->when.pattern = trace_pattern(arena, arena_str(arena, str_trim(when)).ptr);
        rule->then.pattern = trace_pattern(arena, arena_str(arena, str_trim(then)).ptr);
        rule->consume = rule->kind == RULE_EACH;
        while (str_cut(line, ' ', &option, &line))
            trace_rule_option(arena, rule, option);
        trace_rule_option(arena, rule, line);
    }
    return (struct rules){.items = items, .count = count};
}

#endif
