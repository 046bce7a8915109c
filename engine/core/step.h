/* step: the machine that turns inputs and time into events, deterministically.
 *
 * A machine owns a table's state and drives its reactors. It has no clock: the caller says what
 * time it is. Nothing that it returns has been kept yet; when keeping fails, the caller throws the
 * machine away and builds it again from the record. */
#ifndef CORE_STEP_H
#define CORE_STEP_H

#include "core/reactor.h"

/* The version of decide, apply and the reactors' order. A record names the one it was made with. */
enum { STEP_SEMANTICS = 3 };

enum { STEP_REACTORS = 4 };

struct machine;

/* def and reactors outlive the machine; the reactors' array is copied. */
struct machine *machine_new(
    const struct def *def, const struct reactor *reactors, size_t reactor_count);
void machine_free(struct machine *machine);
const struct state *machine_state(const struct machine *machine);

/* The next exercise time at which something happens by itself; false when nothing is due or the
 * clock does not run. */
bool machine_due(struct machine *machine, int64_t *ret_due_ms);

/* Fires everything due up to now_ms, each at its own time, and appends what came of it. In a
 * discussion the clock stands whatever now_ms says; only the input `next` moves it. */
void machine_advance(struct machine *machine, int64_t now_ms, struct events *out);

/* Advances to input->at_ms, then takes the input. input->at_ms must not lie before the state's
 * now_ms; while the clock stands it must equal it. */
void machine_input(struct machine *machine, const struct input *input, struct events *out);

/* Applies a recorded event without deciding anything: how a table whose story no longer agrees with
 * its record goes on, by hand. No reactor hears of it. */
void machine_fold(struct machine *machine, const struct event *event);

/* Moves a folded table to where its clock had come to, firing nothing: what was due by then fires
 * with the next advance. */
void machine_stand_at(struct machine *machine, int64_t clock_ms);

/* Takes the reactors away; from now on nothing but people and timers acts. */
void machine_silence(struct machine *machine);

/* Passes a recorded fault to the reactors, before the first step. */
void machine_impose(struct machine *machine, const struct event *fault);

#endif
