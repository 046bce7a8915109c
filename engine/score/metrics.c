/* The metrics of a trace: gathered once, then one idea after the other adds its figures. */
#include "score/metrics.h"

#include <string.h>

#include "score/metrics_parts.h"

void metrics_trace(struct trace *trace, const struct def *def)
{
    static const struct rules none;
    trace_init(trace, def, &none);
    memset(trace->keeps, true, sizeof(trace->keeps));
}

/* Up to ENDEX, which itself is the last moment. */
static size_t cut_at_end(struct metrics *metrics, const struct event **events, size_t count)
{
    for (size_t i = 0; i < count && !metrics->is_ended; i++) {
        metrics->is_ended = events[i]->kind == EVENT_ENDED || events[i]->kind == EVENT_STOPPED;
        if (metrics->is_ended)
            metrics->as_of_ms = events[i]->observed_ms;
    }
    while (count > 0 && events[count - 1]->observed_ms > metrics->as_of_ms)
        count--;
    return count;
}

void metrics_init(struct metrics *metrics, const struct def *def, const struct trace *trace)
{
    *metrics = (struct metrics){.as_of_ms = trace->last_at_ms};
    size_t count;
    struct trace_gone gone;
    const struct event **events = trace_effective(trace, &metrics->arena, &count, &gone);
    count = cut_at_end(metrics, events, count);
    struct gather gather;
    gather_init(&gather, metrics, def);
    gather_events(&gather, events, count);
    metrics_loop(&gather);
    metrics_update(&gather);
    metrics_act(&gather);
    metrics_load(&gather);
    metrics_know(&gather);
    metrics_content(&gather);
    metrics_version(&gather);
    metrics_authority(&gather);
    tally_finish(&gather.tally, metrics);
}

void metrics_fini(struct metrics *metrics)
{
    arena_fini(&metrics->arena);
    *metrics = (struct metrics){0};
}
