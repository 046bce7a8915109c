/* Searched from both ends by the order of the trace. */
#include "score/misses.h"

#include "score/trace.h"

void misses_add(
    struct misses *misses, struct arena *arena, const struct event *event, const char *why)
{
    misses->items =
        arena_grow(arena, misses->items, misses->count, &misses->capacity, sizeof(struct miss));
    misses->items[misses->count++] = (struct miss){event, why};
}

size_t misses_after(const struct misses *misses, const struct event *event)
{
    size_t low = 0, high = event == NULL ? 0 : misses->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (trace_before(event, misses->items[middle].event))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* On the story's clock an entry of a gap sheet lies ahead of what comes after it in the order. */
const struct miss *misses_first(const struct rule *rule, const struct misses *misses,
    const struct event *event, int64_t until_ms)
{
    for (size_t i = misses_after(misses, event); i < misses->count; i++) {
        if (rule_time_ms(rule, misses->items[i].event) <= until_ms)
            return &misses->items[i];
        if (!rule->is_story_time)
            return NULL;
    }
    return NULL;
}
