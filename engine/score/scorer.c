/* The scorer: keeps events, folds them, judges when asked.
 *
 * The fold lives in memory of its own, so that a late entry or an annulment can throw it away and
 * fold again from the kept events. */
#include "score/score.h"

#include <assert.h>
#include <stdlib.h>

#include "score/fold.h"
#include "score/judge.h"
#include "score/sentence.h"
#include "score/trace.h"

struct scorer {
    const struct def *def;
    const struct rules *rules;
    struct trace trace;
    struct fold fold;
    struct trace_gone gone; /* in the fold's arena */
    struct arena arena;     /* what the last look gave */
    int64_t last_seq;
    bool is_stale; /* the fold is not the fold of the effective trace */
};

struct scorer *scorer_new(const struct def *def, const struct rules *rules)
{
    struct scorer *scorer = calloc(1, sizeof(*scorer));
    if (scorer == NULL)
        abort();
    scorer->def = def;
    scorer->rules = rules;
    trace_init(&scorer->trace, def, rules);
    fold_init(&scorer->fold, def, rules, &scorer->trace);
    return scorer;
}

void scorer_free(struct scorer *scorer)
{
    if (scorer == NULL)
        return;
    trace_fini(&scorer->trace);
    fold_fini(&scorer->fold);
    arena_fini(&scorer->arena);
    free(scorer);
}

void scorer_feed(struct scorer *scorer, const struct event *event)
{
    assert(event->seq > scorer->last_seq);
    scorer->last_seq = event->seq;
    const struct event *kept = trace_add(&scorer->trace, event);
    if (kept == NULL)
        return;
    if (scorer->trace.has_late || trace_may_not_count(&scorer->trace, &scorer->gone, kept))
        scorer->is_stale = true;
    else if (!scorer->is_stale)
        fold_event(&scorer->fold, kept);
}

static void fold_again(struct scorer *scorer)
{
    size_t count;
    fold_fini(&scorer->fold);
    fold_init(&scorer->fold, scorer->def, scorer->rules, &scorer->trace);
    const struct event **events =
        trace_effective(&scorer->trace, &scorer->fold.arena, &count, &scorer->gone);
    for (size_t i = 0; i < count; i++)
        fold_event(&scorer->fold, events[i]);
    scorer->trace.has_late = false;
    scorer->is_stale = false;
}

/* Of the exercise, and of the story. */
static void set_moments(const struct scorer *scorer, int64_t now_ms, struct moments ret_by_clock[2])
{
    const struct trace *trace = &scorer->trace;
    int64_t end_ms = scorer->fold.end_ms;
    int64_t horizon_ms = end_ms >= 0 && end_ms < now_ms ? end_ms : now_ms;
    ret_by_clock[0] = (struct moments){now_ms, end_ms, horizon_ms};
    ret_by_clock[1] = (struct moments){trace_story_ms(trace, now_ms),
        end_ms < 0 ? -1 : trace_story_ms(trace, end_ms), trace_story_ms(trace, horizon_ms)};
}

size_t scorer_rated(const struct scorer *scorer, const struct event *const **ret_items)
{
    assert(!scorer->is_stale);
    *ret_items = scorer->fold.rated;
    return scorer->fold.rated_count;
}

bool scorer_is_sealed(const struct scorer *scorer)
{
    assert(!scorer->is_stale);
    return scorer->fold.is_sealed;
}

static const struct event *find_message(const void *fold, struct str id)
{
    return fold_message(fold, id);
}

void scorer_findings(
    struct scorer *scorer, int64_t now_ms, const struct finding **ret_items, size_t *ret_count)
{
    if (scorer->is_stale)
        fold_again(scorer);
    arena_reset(&scorer->arena);
    if (now_ms < scorer->trace.last_at_ms)
        now_ms = scorer->trace.last_at_ms;
    struct judgement judgement = {.arena = &scorer->arena};
    struct moments by_clock[2];
    set_moments(scorer, now_ms, by_clock);
    judge(&scorer->fold, by_clock, &judgement);
    struct sentence_context context = {
        .book = {scorer->def, &scorer->arena, find_message, &scorer->fold},
        .by_clock = {by_clock[0], by_clock[1]},
        .mode = scorer->fold.mode,
        .rules = scorer->rules};
    for (size_t i = 0; i < judgement.count; i++)
        judgement.findings[i].sentence =
            sentence_of(&context, &judgement.findings[i], &judgement.evidence[i]);
    *ret_items = judgement.findings;
    *ret_count = judgement.count;
}
