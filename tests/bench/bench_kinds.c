/* What an event costs each kind of rule, and that it costs the same whether the rule waits a second
 * or thirty days. */
#include <string.h>

#include "base/buf.h"
#include "bench.h"
#include "exercise.h"
#include "score/score.h"

enum { EVENTS = 200000, COPIES = 10, ROUNDS = 3 };

/* A rule of each kind; %s is its window. */
static const struct {
    const char *kind, *rest;
} kinds[] = {
    {"respond", "when: {message: request}, then: {message: answer}, match: by, within: %s"},
    {"each", "when: {message: {}}, then: {ack: {}}, match: message, within: %s"},
    {"precede", "when: {said: {}}, then: {message: escalation}"},
    {"forbid", "never: {message: notification}, duty: [base]"},
    {"forbid_until", "when: {message: request}, never: {message: statement}, "
                     "until: {message: answer}"},
    {"count", "when: {message: request}, then: {said: {}}, within: %s, count: {at_least: 3}"},
    {"cadence", "while: {since: {message: {}}}, then: {said: {}}, every: %s"},
    {"all_of", "when: {message: order}, then: {message: {}}, parties: [commander, handler, poc, "
               "legal], within: %s"},
    {"any_of", "when: {message: order}, then: {said: {}}, parties: [commander, legal], within: %s"},
    {"sequence", "steps: [{message: request}, {said: {}}, {message: order}], within: %s"},
    {"choose", "within: %s, attention: 1m, reason: yes"},
    {"hold", "keep: {since: {message: order}, until: {message: statement}}"},
    {"content", "when: {message: {}}, at_least: 50"},
    {"flow", "when: {message: {}}"},
    {"deadline", "anchors: {asked: {message: request}}, bounds: [{from: asked, hours: 72}], "
                 "then: {message: statement}"},
};
enum { KIND_COUNT = sizeof(kinds) / sizeof(kinds[0]) };

#define TEXTS "before: {en: B, ja: B}, title: {en: T, ja: T}, why: {en: W, ja: W}"

static void write_rules(size_t kind, const char *window, struct buf *out)
{
    buf_format(
        out, "- {id: base, kind: precede, " TEXTS ", when: {note: {}}, then: {declaration: {}}}\n");
    for (int copy = 0; copy < COPIES; copy++) {
        buf_format(out, "- {id: r%d, kind: %s, " TEXTS ", ", copy, kinds[kind].kind);
        const char *hole = strstr(kinds[kind].rest, "%s");
        if (hole == NULL)
            buf_format(out, "%s}\n", kinds[kind].rest);
        else
            buf_format(out, "%.*s%s%s}\n", (int)(hole - kinds[kind].rest), kinds[kind].rest, window,
                hole + 2);
    }
}

static double feed(const struct def *def, const struct rules *rules, const struct event *events)
{
    double best = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        double begin = bench_cpu();
        struct scorer *scorer = scorer_new(def, rules);
        for (size_t i = 0; i < EVENTS; i++)
            scorer_feed(scorer, &events[i]);
        double seconds = bench_cpu() - begin;
        scorer_free(scorer);
        best = seconds < best ? seconds : best;
    }
    return best;
}

static double seconds_with(size_t kind, const char *window, const struct event *events)
{
    struct arena arena = {0};
    struct bundle bundle;
    struct buf yaml = {0};
    struct def def;
    struct rules rules;
    write_rules(kind, window, &yaml);
    exercise_bundle("rules.yaml", buf_str(&yaml), &arena, &bundle);
    exercise_load(&bundle, &arena, &def, &rules);
    double seconds = feed(&def, &rules, events);
    buf_fini(&yaml);
    arena_fini(&arena);
    return seconds;
}

int main(void)
{
    struct arena arena = {0};
    struct event *events = ARENA_ARRAY(&arena, EVENTS, struct event);
    for (size_t i = 0; i < EVENTS; i++)
        exercise_event((int64_t)i + 1, &arena, &events[i]);
    for (size_t kind = 0; kind < KIND_COUNT; kind++) {
        double brief = seconds_with(kind, "1s", events),
               lasting = seconds_with(kind, "30d", events);
        char name[64];
        snprintf(name, sizeof(name), "%s: 30 days against 1 second", kinds[kind].kind);
        bench_row(name, lasting / brief, " x", BENCH_AT_MOST, 1.5, "%.1f million events/s a rule",
            EVENTS / 1e6 * COPIES / lasting);
    }
    arena_fini(&arena);
    return 0;
}
