/* Running traces against rules and comparing findings, for the tests of scoring. */
#ifndef UNIT_SCORING_H
#define UNIT_SCORING_H

#include "unit/trace_def.h"

#include "score/score.h"

#define M 60000 /* a minute */

struct score_case {
    const char *name, *rules, *trace;
    int64_t now_ms;
    const char *expected; /* findings, one a line */
};

static inline void add_number(struct buf *out, const char *name, int64_t number, int64_t none)
{
    if (number != none)
        buf_format(out, " %s=%lld", name, (long long)number);
}

static inline void add_text(struct buf *out, const char *name, struct str text)
{
    if (text.len != 0)
        buf_format(out, " %s=%.*s", name, STR_ARG(text));
}

static inline void describe(const struct finding *finding, struct buf *out)
{
    buf_format(out, "%.*s %s", STR_ARG(finding->rule->id), verdict_names[finding->verdict]);
    add_number(out, "act", finding->activation_seq, 0);
    add_number(out, "tgt", finding->target_seq, 0);
    add_number(out, "start", finding->start_ms, -1);
    add_number(out, "bound", finding->bound_ms, -1);
    add_number(out, "met", finding->met_ms, -1);
    if (finding->bound_ms >= 0 && finding->met_ms >= 0)
        buf_format(out, " margin=%lld", (long long)finding->margin_ms);
    if (finding->met_ms >= 0)
        buf_format(out, " points=%d/%d/%d", finding->time_permille, finding->content_permille,
            finding->assistance_permille);
    add_number(out, "miss", finding->miss_seq, 0);
    add_text(out, "why", finding->miss_why);
    add_text(out, "by", finding->excused_by);
    add_text(out, "actor", finding->actor);
    add_text(out, "about", finding->subject);
    buf_add_char(out, '\n');
}

typedef void write_findings(const struct finding *items, size_t count, struct buf *out);

static inline void describe_all(const struct finding *items, size_t count, struct buf *out)
{
    for (size_t i = 0; i < count; i++)
        describe(&items[i], out);
}

static inline void look(
    struct scorer *scorer, int64_t now_ms, write_findings *write, struct buf *out)
{
    const struct finding *items;
    size_t count;
    buf_clear(out);
    scorer_findings(scorer, now_ms, &items, &count);
    write(items, count, out);
    buf_add_char(out, '\0');
}

/* Feeds one by one with a look after each; a new scorer fed at once must say the same. */
static inline void check_prefixes(const struct def *def, const struct rules *rules,
    const struct event *events, size_t count, const char *name)
{
    struct buf live = {0}, cold = {0};
    struct scorer *scorer = scorer_new(def, rules);
    for (size_t prefix = 0; prefix <= count; prefix++) {
        if (prefix > 0)
            scorer_feed(scorer, &events[prefix - 1]);
        int64_t now_ms = prefix > 0 ? events[prefix - 1].at_ms + (int64_t)(prefix % 3) : 0;
        look(scorer, now_ms, score_write, &live);
        struct scorer *fresh = scorer_new(def, rules);
        for (size_t i = 0; i < prefix; i++)
            scorer_feed(fresh, &events[i]);
        look(fresh, now_ms, score_write, &cold);
        scorer_free(fresh);
        if (strcmp(live.ptr, cold.ptr) != 0)
            fail_msg("%s, after %zu events:\nlive %s\ncold %s", name, prefix, live.ptr, cold.ptr);
    }
    scorer_free(scorer);
    buf_fini(&live);
    buf_fini(&cold);
}

static inline void run_case(const struct score_case *at)
{
    struct arena arena = {0};
    const struct def *def = trace_def(&arena);
    struct rules rules = trace_rules(&arena, at->rules);
    size_t count;
    struct event *events = trace_events(&arena, at->trace, &count);
    struct scorer *scorer = scorer_new(def, &rules);
    for (size_t i = 0; i < count; i++)
        scorer_feed(scorer, &events[i]);
    struct buf out = {0};
    look(scorer, at->now_ms, describe_all, &out);
    if (strcmp(out.ptr, at->expected) != 0)
        fail_msg("%s\nexpected:\n%sgot:\n%s", at->name, at->expected, out.ptr);
    scorer_free(scorer);
    check_prefixes(def, &rules, events, count, at->name);
    buf_fini(&out);
    arena_fini(&arena);
}

static inline void run_cases(const struct score_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        run_case(&cases[i]);
}

/* What the last finding says. */
struct said_case {
    const char *rules, *trace;
    int64_t now_ms;
    const char *said[LANG_COUNT];
};

static inline void run_said(const struct said_case *at)
{
    struct arena arena = {0};
    struct rules rules = trace_rules(&arena, at->rules);
    size_t event_count, count;
    struct event *events = trace_events(&arena, at->trace, &event_count);
    struct scorer *scorer = scorer_new(trace_def(&arena), &rules);
    for (size_t e = 0; e < event_count; e++)
        scorer_feed(scorer, &events[e]);
    const struct finding *items;
    scorer_findings(scorer, at->now_ms, &items, &count);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct str sentence = items[count - 1].sentence.in[lang];
        assert_string_equal(arena_str(&arena, sentence).ptr, at->said[lang]);
    }
    scorer_free(scorer);
    arena_fini(&arena);
}

#define ONE_RESPOND                                                                                \
    "respond | message type=report to=poc | escalation to=commander | within=5m grace=2m\n"
#define KNOW                                                                                       \
    "respond | knows fact=note by=triage,commander | knows fact=note by=ciso | within=30m "        \
    "attention=3m role=commander\n"

#endif
