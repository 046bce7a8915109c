/* Pages are few: one for each change of pace and each jump. */
#include "core/story_clock.h"

#include <assert.h>

#include "base/limits.h"

int64_t story_clock_pace(enum mode mode, int64_t semantics, int64_t pace)
{
    return mode == MODE_DISCUSS && semantics < 3 ? 0 : pace;
}

void story_clock_turn(struct story_clock *clock, struct arena *arena, struct story_page page)
{
    assert(clock->count == 0 || page.at_ms >= clock->pages[clock->count - 1].at_ms);
    clock->pages =
        arena_grow(arena, clock->pages, clock->count, &clock->capacity, sizeof(struct story_page));
    clock->pages[clock->count++] = page;
}

const struct story_page *story_clock_page(const struct story_clock *clock)
{
    return &clock->pages[clock->count - 1];
}

int64_t story_clock_at(const struct story_clock *clock, int64_t at_ms)
{
    const struct story_page *then = story_clock_page(clock);
    while (then > clock->pages && then->at_ms > at_ms)
        then--;
    return then->story_ms + (at_ms - then->at_ms) * then->pace;
}

bool story_clock_can_jump(int64_t from_story_ms, int64_t to_story_ms)
{
    return to_story_ms > from_story_ms && to_story_ms - from_story_ms <= LIMIT_JUMP_MS;
}

int64_t story_clock_exercise_at(const struct story_clock *clock, int64_t story_ms)
{
    const struct story_page *now = story_clock_page(clock);
    if (story_ms <= now->story_ms)
        return now->at_ms;
    if (now->pace == 0)
        return INT64_MAX; /* never, while the calendar stands */
    return now->at_ms + (story_ms - now->story_ms + now->pace - 1) / now->pace;
}
