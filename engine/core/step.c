/* The machine: number, date and apply what decide says, let the reactors answer, breadth first.
 *
 * The order is part of the semantics: at one instant the table's own timers fire before the
 * reactors wake, reactors answer in their order, and an input waits until all that was due before
 * or at its time has been done. */
#include "core/step.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "core/apply.h"
#include "core/decide.h"

struct machine {
    struct state *state;
    struct reactor reactors[STEP_REACTORS];
    size_t reactor_count;
    int64_t busy_at_ms; /* the instant at which reactors were last woken, and how often there */
    int wake_count;
};

/* Where the events of one step come from. */
struct origin {
    int64_t input; /* its seq, 0 for the clock's and the reactors' own */
    int64_t cause;
    bool proxy;
    int64_t observed_ms, story_at_ms; /* -1: now */
};

struct machine *machine_new(
    const struct def *def, const struct reactor *reactors, size_t reactor_count)
{
    assert(reactor_count <= STEP_REACTORS);
    struct machine *machine = calloc(1, sizeof(*machine));
    if (machine == NULL)
        abort();
    machine->state = state_new(def);
    machine->reactor_count = reactor_count;
    machine->busy_at_ms = -1;
    if (reactor_count > 0)
        memcpy(machine->reactors, reactors, reactor_count * sizeof(*reactors));
    return machine;
}

void machine_free(struct machine *machine)
{
    if (machine == NULL)
        return;
    state_free(machine->state);
    free(machine);
}

const struct state *machine_state(const struct machine *machine)
{
    return machine->state;
}

struct input *plan_add(struct plan *plan, enum input_kind kind, struct str actor)
{
    /* Most plans are of one input, so that is the room they begin with. */
    if (plan->capacity == 0) {
        plan->items = ARENA_NEW(plan->arena, struct input);
        plan->capacity = 1;
    }
    plan->items =
        arena_grow(plan->arena, plan->items, plan->count, &plan->capacity, sizeof(struct input));
    struct input *input = &plan->items[plan->count++];
    memset(input, 0, sizeof(*input));
    input->kind = kind;
    input->actor = actor;
    input->observed_ms = input->story_at_ms = -1;
    return input;
}

/* Numbers, dates and applies what was decided since `first`. Events of one input are led to by its
 * first. */
static void enter(
    struct machine *machine, struct events *out, size_t first, const struct origin *origin)
{
    struct state *state = machine->state;
    bool is_past = origin->observed_ms <= state->now_ms; /* what is not, is refused: now */
    for (size_t i = first; i < out->count; i++) {
        struct event *event = &out->items[i];
        event->seq = state->last_seq + 1;
        event->at_ms = state->now_ms;
        event->observed_ms =
            origin->observed_ms >= 0 && is_past ? origin->observed_ms : state->now_ms;
        event->story_ms = origin->story_at_ms >= 0
                              ? origin->story_at_ms
                              : story_clock_at(&state->story, event->observed_ms);
        event->input = origin->input;
        event->cause = origin->cause == 0 && i > first ? out->items[first].seq : origin->cause;
        event->proxy = origin->proxy && i == first;
        apply_event(state, event);
    }
}

static void enter_plan(
    struct machine *machine, const struct plan *plan, struct events *out, int64_t cause)
{
    struct origin origin = {.cause = cause, .observed_ms = -1, .story_at_ms = -1};
    for (size_t i = 0; i < plan->count; i++) {
        size_t first = out->count;
        decide_input(machine->state, &plan->items[i], out);
        enter(machine, out, first, &origin);
    }
}

static void too_much(struct machine *machine, struct events *out, const char *message)
{
    struct input input = {
        .kind = INPUT_FAULT, .actor = ACTOR_STORY, .observed_ms = -1, .story_at_ms = -1};
    input.body.fault.message = str_of(message);
    struct origin origin = {.observed_ms = -1, .story_at_ms = -1};
    size_t first = out->count;
    decide_input(machine->state, &input, out);
    enter(machine, out, first, &origin);
}

/* Lets the reactors answer everything from `first` on, and the answers to the answers. */
static void react(struct machine *machine, struct events *out, size_t first)
{
    size_t own = out->count; /* an input's own events are bounded by its lists */
    for (size_t i = first; i < out->count; i++) {
        for (size_t r = 0; r < machine->reactor_count; r++) {
            struct reactor *reactor = &machine->reactors[r];
            struct plan plan = {.arena = out->arena};
            struct event event = out->items[i]; /* the array may move while it grows */
            reactor->react(reactor->self, machine->state, &event, &plan);
            enter_plan(machine, &plan, out, event.seq);
            if (out->count - own > LIMIT_STEP_EVENTS) {
                too_much(machine, out,
                    "one step led to more events than the limit; the rest of "
                    "what would have followed was dropped");
                return;
            }
        }
    }
}

static bool is_running(const struct machine *machine)
{
    return machine->state->status == STATUS_RUNNING;
}

/* In a discussion it stands: `next` alone moves it. */
static bool clock_runs(const struct machine *machine)
{
    return is_running(machine) && machine->state->mode != MODE_DISCUSS;
}

/* Whether reactors were woken so often at an instant that they are left alone there: one that never
 * lets time go on must stop neither the others nor the table's timers. */
static bool is_stuck(const struct machine *machine, int64_t due_ms)
{
    return machine->busy_at_ms == due_ms && machine->wake_count >= LIMIT_STEP_EVENTS;
}

/* The earliest reactor that wants to be woken; -1 when none does. */
static int next_reactor(struct machine *machine, int64_t *ret_due_ms)
{
    int next = -1;
    for (size_t r = 0; r < machine->reactor_count; r++) {
        struct reactor *reactor = &machine->reactors[r];
        int64_t due_ms;
        if (reactor->due(reactor->self, machine->state, &due_ms) && !is_stuck(machine, due_ms) &&
            (next < 0 || due_ms < *ret_due_ms)) {
            next = (int)r;
            *ret_due_ms = due_ms;
        }
    }
    return next;
}

static bool first_due(struct machine *machine, int64_t *ret_due_ms)
{
    int64_t timer_ms = 0, reactor_ms = 0;
    struct timer timer;
    bool has_timer = state_next_timer(machine->state, &timer_ms, &timer);
    bool has_reactor = next_reactor(machine, &reactor_ms) >= 0;
    if (!has_timer && !has_reactor)
        return false;
    *ret_due_ms = !has_timer || (has_reactor && reactor_ms < timer_ms) ? reactor_ms : timer_ms;
    return *ret_due_ms <= LIMIT_EXERCISE_MS;
}

bool machine_due(struct machine *machine, int64_t *ret_due_ms)
{
    return clock_runs(machine) && first_due(machine, ret_due_ms);
}

/* After thirty days the clock stands: no record of an exercise goes further. */
static void move_to(struct machine *machine, int64_t due_ms)
{
    if (due_ms > LIMIT_EXERCISE_MS)
        due_ms = LIMIT_EXERCISE_MS;
    if (due_ms > machine->state->now_ms)
        machine->state->now_ms = due_ms;
}

static void fire_timer(struct machine *machine, const struct timer *timer, struct events *out)
{
    struct origin origin = {.cause = timer->cause, .observed_ms = -1, .story_at_ms = -1};
    size_t first = out->count;
    decide_timer(machine->state, timer, out);
    enter(machine, out, first, &origin);
    react(machine, out, first);
}

static void wake(struct machine *machine, int which, int64_t due_ms, struct events *out)
{
    struct reactor *reactor = &machine->reactors[which];
    struct plan plan = {.arena = out->arena};
    size_t first = out->count;
    if (machine->busy_at_ms != due_ms) {
        machine->busy_at_ms = due_ms;
        machine->wake_count = 0;
    }
    machine->wake_count++;
    reactor->wake(reactor->self, machine->state, due_ms, &plan);
    enter_plan(machine, &plan, out, 0);
    react(machine, out, first);
}

static void fire_all(struct machine *machine, int64_t now_ms, struct events *out)
{
    int64_t timer_ms = 0, reactor_ms = 0;
    struct timer timer;
    while (is_running(machine)) {
        bool has_timer = state_next_timer(machine->state, &timer_ms, &timer) && timer_ms <= now_ms;
        int reactor = next_reactor(machine, &reactor_ms);
        bool has_reactor = reactor >= 0 && reactor_ms <= now_ms;
        if (has_timer && (!has_reactor || timer_ms <= reactor_ms)) {
            move_to(machine, timer_ms);
            fire_timer(machine, &timer, out);
        } else if (has_reactor) {
            move_to(machine, reactor_ms);
            wake(machine, reactor, reactor_ms, out);
        } else {
            break;
        }
    }
}

void machine_advance(struct machine *machine, int64_t now_ms, struct events *out)
{
    if (now_ms > LIMIT_EXERCISE_MS)
        now_ms = LIMIT_EXERCISE_MS;
    if (clock_runs(machine))
        fire_all(machine, now_ms, out);
    if (clock_runs(machine))
        move_to(machine, now_ms);
}

/* What a room that talks would notice. Mails that are being read, questions that run out and
 * whatever a story does in silence lie on the way. */
static bool is_news(const struct event *event)
{
    static const bool news[EVENT_KIND_COUNT] = {
        [EVENT_ACTED] = true,
        [EVENT_CHALLENGED] = true,
        [EVENT_DELIVERED] = true,
        [EVENT_FAULT] = true,
        [EVENT_HINTED] = true,
        [EVENT_JUMPED] = true,
        [EVENT_MESSAGED] = true,
        [EVENT_PHASE_CHANGED] = true,
        [EVENT_UNREACHED] = true,
    };
    return news[event->kind] ||
           (event->kind == EVENT_LEARNED && event->body.learned.source == SOURCE_REVEALED);
}

static bool has_news(const struct events *out, size_t from)
{
    for (size_t i = from; i < out->count; i++)
        if (is_news(&out->items[i]))
            return true;
    return false;
}

/* A discussion goes on: the clock moves to what is due, and on, until there is something to talk
 * about or it stops (a gap, ENDEX). A story that only ever wakes is not followed for ever. */
static void go_on(struct machine *machine, struct events *out)
{
    size_t from = out->count;
    int64_t due_ms;
    for (int i = 0; i < LIMIT_STEP_EVENTS && is_running(machine) && !has_news(out, from) &&
                    first_due(machine, &due_ms);
         i++) {
        move_to(machine, due_ms);
        fire_all(machine, machine->state->now_ms, out);
    }
}

void machine_input(struct machine *machine, const struct input *input, struct events *out)
{
    /* A clock that stands, or that what is due has just stopped, is not moved by an input. */
    machine_advance(machine, input->at_ms, out);
    struct origin origin = {
        .input = input->seq,
        .proxy = input->proxy_for.len != 0,
        .observed_ms = input->observed_ms,
        .story_at_ms = input->story_at_ms,
    };
    size_t first = out->count;
    decide_input(machine->state, input, out);
    enter(machine, out, first, &origin);
    react(machine, out, first);
    if (first < out->count && out->items[first].kind == EVENT_MOVED_ON)
        go_on(machine, out);
    /* What is due at once comes at once: a record that ends here must have it as well. */
    machine_advance(machine, machine->state->now_ms, out);
}

void machine_fold(struct machine *machine, const struct event *event)
{
    apply_event(machine->state, event);
}

void machine_stand_at(struct machine *machine, int64_t clock_ms)
{
    move_to(machine, clock_ms);
}

void machine_silence(struct machine *machine)
{
    machine->reactor_count = 0;
}

void machine_impose(struct machine *machine, const struct event *fault)
{
    for (size_t r = 0; r < machine->reactor_count; r++)
        if (machine->reactors[r].impose != NULL)
            machine->reactors[r].impose(machine->reactors[r].self, fault);
}
