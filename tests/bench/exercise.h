/* Exercises for benchmarks: the scenario in tests/bench/drill with a file of it replaced, and
 * events by the thousand that people at four seats might have caused. */
#ifndef EXERCISE_H
#define EXERCISE_H

#include "base/buf.h"
#include "core/step.h"
#include "load/load.h"

/* tests/bench/drill with `text` at `path` ("rules.yaml", "story.lua"); NULL: as it is. Ends the
 * program when it does not load. */
void exercise_bundle(
    const char *path, struct str text, struct arena *arena, struct bundle *ret_bundle);
void exercise_load(
    const struct bundle *bundle, struct arena *arena, struct def *ret_def, struct rules *ret_rules);

/* Creates and starts the exercise, as inputs 1 and 2. */
void exercise_start(struct machine *machine, struct events *events);

enum { EXERCISE_RULES = 50 };

/* A rules.yaml of fifty rules of all kinds, each with the window. */
void exercise_write_rules(int window_minutes, struct buf *out);

/* A story.lua of so many stories, each of which wakes every ten seconds and says something to the
 * world. */
void exercise_write_stories(int story_count, struct buf *out);

/* The nth input (from 0), as a line of a file, of an evening at which people write, talk, take
 * notes and read, a second an input, from 20 s on. */
struct str exercise_input(int number, struct arena *arena);

/* The nth event (from 1) of an exercise in which a message is sent, arrives, is opened, taught
 * from, confirmed and answered, over and over, three seconds an event. Spans live in arena. */
void exercise_event(int64_t seq, struct arena *arena, struct event *ret_event);

#endif
