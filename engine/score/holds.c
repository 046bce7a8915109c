/* Each part keeps its own flag, so that an event costs as much as the parts that it touches. */
#include "score/holds.h"

#include "core/event.h"
#include "score/fold.h"

void holds_listen(const struct holds *holds, bool *kinds)
{
    if (holds->world_count != 0)
        kinds[EVENT_WORLD_SET] = true;
    if (holds->phases.count != 0)
        kinds[EVENT_PHASE_CHANGED] = true;
    if (filter_is_set(&holds->since))
        kinds[filter_event_kind(&holds->since)] = true;
    if (filter_is_set(&holds->until))
        kinds[filter_event_kind(&holds->until)] = true;
}

static void begin(const struct holds *holds, struct holds_now *now, const struct fold *fold)
{
    for (size_t i = 0; i < holds->world_count; i++)
        now->world[i] =
            strs_contain(holds->world[i].values, fold_world(fold, holds->world[i].name));
    now->phase = holds->phases.count == 0;
    now->since = !filter_is_set(&holds->since);
}

static bool all_hold(const struct holds *holds, const struct holds_now *now)
{
    for (size_t i = 0; i < holds->world_count; i++)
        if (!now->world[i])
            return false;
    return now->phase && now->since;
}

static void take(const struct holds *holds, struct holds_now *now, const struct fold *fold,
    const struct event *event)
{
    const struct event_world_set *set = &event->body.world_set;
    for (size_t i = 0; event->kind == EVENT_WORLD_SET && i < holds->world_count; i++)
        if (str_eq(set->name, holds->world[i].name))
            now->world[i] = strs_contain(holds->world[i].values, set->value);
    if (event->kind == EVENT_PHASE_CHANGED && holds->phases.count != 0)
        now->phase = strs_contain(holds->phases, event->body.phase_changed.phase);
    if (filter_is_set(&holds->since) && filter_matches(&holds->since, fold, event))
        now->since = true;
    if (filter_is_set(&holds->until) && filter_matches(&holds->until, fold, event))
        now->since = false;
}

void holds_event(const struct holds *holds, struct holds_now *now, const struct fold *fold,
    const struct event *event)
{
    bool is_first = !now->has_begun;
    if (is_first)
        begin(holds, now, fold);
    now->has_begun = true;
    now->at = all_hold(holds, now);
    take(holds, now, fold, event);
    now->after = all_hold(holds, now);
    /* What holds before any event is opened by the first. */
    now->opened = is_first ? now->at || now->after : !now->at && now->after;
    now->closed = now->at && !now->after;
    now->ever = now->ever || now->at || now->after;
}
