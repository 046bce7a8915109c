/* Story wakes a second: stories that wait ten seconds and say something to the world, with typed
 * events and without a record, beside SimPy processes that hold as long and set a value. */
#include <string.h>

#include "bench.h"
#include "child.h"
#include "core/step.h"
#include "exercise.h"
#include "script/script.h"

enum { STORIES = 50, TIMES = 2000, ROUNDS = 3 };

/* Seconds of the processor for STORIES x TIMES wakes. */
static double run_engine(void)
{
    struct arena arena = {0}, turn = {0};
    struct bundle bundle;
    struct def def;
    struct rules rules;
    struct problems problems = {0};
    struct script *script;
    struct buf lua = {0};
    size_t event_count = 0;
    exercise_write_stories(STORIES, &lua);
    exercise_bundle("story.lua", buf_str(&lua), &arena, &bundle);
    exercise_load(&bundle, &arena, &def, &rules);
    bench_must(script_new(&def, 1, &problems, &script), "story", NULL);
    struct reactor reactor = script_reactor(script);
    struct machine *machine = machine_new(&def, &reactor, 1);
    struct events events = {.arena = &turn};
    exercise_start(machine, &events);
    double begin = bench_cpu();
    for (int time = 1; time <= TIMES; time++) {
        arena_reset(&turn);
        events = (struct events){.arena = &turn};
        machine_advance(machine, time * INT64_C(10000), &events);
        event_count += events.count;
    }
    double seconds = bench_cpu() - begin;
    bench_must(event_count >= (size_t)STORIES * TIMES, "too few wakes", NULL);
    machine_free(machine);
    script_free(script);
    problems_fini(&problems);
    buf_fini(&lua);
    arena_fini(&turn);
    arena_fini(&arena);
    return seconds;
}

/* The same by SimPy, in a process of its own that prints its seconds; -1: it is not installed. */
static double run_simpy(void)
{
    struct child child;
    char stories[12], times[12], out[200];
    char *const argv[] = {"/usr/bin/python3", "tests/bench/bare_simpy.py", stories, times, NULL};
    snprintf(stories, sizeof(stories), "%d", STORIES);
    snprintf(times, sizeof(times), "%d", TIMES);
    child_start(argv, &child);
    child_read(&child, NULL, out, sizeof(out));
    child_stop(&child);
    double seconds = strtod(out, NULL);
    seconds = seconds > 0 ? seconds : -1;
    return seconds;
}

int main(void)
{
    double engine = 1e9, bare = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        double seconds = run_engine();
        engine = seconds < engine ? seconds : engine;
        seconds = run_simpy();
        if (seconds < 0) {
            printf("story wakes: SimPy is not here (apt-get install python3-simpy), so there is "
                   "nothing to compare with; the engine alone makes %.0f wakes/s\n",
                STORIES * TIMES / engine);
            return 0;
        }
        bare = seconds < bare ? seconds : bare;
    }
    bench_row("story wakes", bare / engine, " x SimPy", BENCH_AT_LEAST, 1.5,
        "%.0f wakes/s beside %.0f", STORIES * TIMES / engine, STORIES * TIMES / bare);
    return 0;
}
