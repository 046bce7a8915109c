/* The story's clock: the scenario's calendar as a function of exercise time.
 *
 * It keeps every page that was ever in force, so that a late entry finds the story time of its own
 * moment. */
#ifndef CORE_STORY_CLOCK_H
#define CORE_STORY_CLOCK_H

#include "base/arena.h"
#include "core/def.h"

/* From an exercise time on, the calendar stands at story_ms and runs at a pace; 0: it stands. */
struct story_page {
    int64_t at_ms, story_ms, pace;
};

/* Plain data; pages ascend, and the last one is in force. */
struct story_clock {
    struct story_page *pages;
    size_t count, capacity;
};

/* Before semantics 3 the time of a discussion ran with the wall, and its calendar only jumped. */
int64_t story_clock_pace(enum mode mode, int64_t semantics, int64_t pace);

void story_clock_turn(struct story_clock *clock, struct arena *arena, struct story_page page);
const struct story_page *story_clock_page(const struct story_clock *clock);

int64_t story_clock_at(const struct story_clock *clock, int64_t at_ms);

/* A jump goes forward, and not further than LIMIT_JUMP_MS. */
bool story_clock_can_jump(int64_t from_story_ms, int64_t to_story_ms);

/* The first exercise time from the present page on at which the story has come to story_ms. */
int64_t story_clock_exercise_at(const struct story_clock *clock, int64_t story_ms);

#endif
