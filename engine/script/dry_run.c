/* Whoever acts here is no colleague: nothing is weighed. It is enough that the branches of a story
 * are run. */
#include "script/dry_run.h"

#include "base/limits.h"
#include "core/known.h"
#include "core/step.h"
#include "script/script.h"

enum {
    STEPS_MOST = 20000,      /* moments of one play; a story with a short `every` has more */
    EVENTS_MOST = 100000,    /* of one play */
    MOVES = 60,              /* what the seats do besides answering, spread over the exercise */
    CHOICES_MOST = 8,        /* plays beside the one without people */
    SCRATCH_BYTES = 1 << 20, /* after which what has been looked at is forgotten */
};

/* One play. */
struct play {
    const struct def *def;
    struct problems *problems;
    bool *came;
    struct machine *machine;
    struct arena arena; /* lifespan: a few steps */
    struct events events;
    size_t looked; /* how many of them have been */
    size_t event_count;
    int64_t seq;
    int choice; /* the option that is taken; -1: nobody acts */
    int move;
};

static int64_t now_ms(const struct play *play)
{
    return machine_state(play->machine)->now_ms;
}

static struct input new_input(struct play *play, enum input_kind kind, struct str actor)
{
    play->seq++;
    return (struct input){
        .seq = play->seq,
        .at_ms = now_ms(play),
        .observed_ms = -1,
        .story_at_ms = -1,
        .actor = actor,
        .id = arena_format(&play->arena, "dry-%lld", (long long)play->seq),
        .kind = kind,
    };
}

static void take(struct play *play, const struct input *input)
{
    machine_input(play->machine, input, &play->events);
}

/* ---- looking at what came ---- */

static void tell_fault(struct play *play, const struct event_fault *fault)
{
    struct place place = {.file = play->def->story_file, .line = (int)fault->line};
    struct str first, rest;
    if (!str_cut(fault->message, '\n', &first, &rest))
        first = fault->message;
    if (problems_has_error(play->problems, place))
        return;
    problems_tell(play->problems, KIND_STORY_FAULT, place, "%.*s; \"%.*s\" would stop here%s",
        STR_ARG(first), STR_ARG(fault->story),
        play->choice < 0 ? ", even when nobody does anything" : "");
}

static void decide_as(struct play *play, const struct def_question *question, struct str role)
{
    size_t choice = (size_t)play->choice < question->option_count ? (size_t)play->choice : 0;
    const struct def_seat *seat = def_seat_of(play->def, role);
    if (!seat)
        return; /* the management, where a question stops systems */
    struct input input = new_input(play, INPUT_DECIDE, seat->id);
    input.body.decide.question = question->id;
    input.body.decide.option = question->options[choice].id;
    take(play, &input);
}

/* Whoever owns the question may not have seen it, whoever has seen it may not own it: what is not
 * allowed is refused. */
static void decide(
    struct play *play, const struct def_question *question, const struct def_inject *inject)
{
    for (size_t i = 0; i < question->owners.count; i++)
        decide_as(play, question, question->owners.items[i]);
    for (size_t i = 0; i < inject->to.count; i++)
        decide_as(play, question, inject->to.items[i]);
}

static void answer(struct play *play, const struct event_delivered *delivered)
{
    int position = index_find(&play->def->inject_index, delivered->inject);
    if (position < 0)
        return;
    play->came[position] = true;
    if (play->choice < 0)
        return;
    const struct def_inject *inject = &play->def->injects[position];
    for (size_t i = 0; i < inject->to.count; i++) {
        struct input input =
            new_input(play, INPUT_OPEN, def_seat_of(play->def, inject->to.items[i])->id);
        input.body.open.inject = inject->id;
        take(play, &input);
    }
    for (size_t i = 0; i < inject->questions.count; i++)
        decide(play, def_question(play->def, inject->questions.items[i]), inject);
}

/* Answers make new events, which are looked at in turn. */
static void look(struct play *play)
{
    for (; play->looked < play->events.count && play->event_count < EVENTS_MOST; play->looked++) {
        const struct event event = play->events.items[play->looked];
        play->event_count++;
        if (event.kind == EVENT_FAULT)
            tell_fault(play, &event.body.fault);
        else if (event.kind == EVENT_DELIVERED)
            answer(play, &event.body.delivered);
    }
    if (play->arena.used_bytes < SCRATCH_BYTES)
        return;
    arena_reset(&play->arena);
    play->events = (struct events){.arena = &play->arena};
    play->looked = 0;
}

/* ---- what the seats do ---- */

/* To everybody but oneself. */
static struct strs all_others(struct play *play, const struct def_seat *sender)
{
    const struct def *def = play->def;
    struct str *to = ARENA_ARRAY(&play->arena, LIMIT_LIST_ITEMS, struct str);
    size_t count = 0;
    for (size_t i = 0; i < def->seat_count && count < LIMIT_LIST_ITEMS; i++)
        if (&def->seats[i] != sender)
            to[count++] = def->seats[i].roles.items[0];
    for (size_t i = 0; i < def->stakeholder_count && count < LIMIT_LIST_ITEMS; i++)
        to[count++] = def->stakeholders[i].id;
    return (struct strs){to, count};
}

static void send(struct play *play, const struct def_seat *seat)
{
    static const enum channel channels[] = {CHANNEL_PHONE, CHANNEL_MAIL, CHANNEL_CHAT};
    struct input input = new_input(play, INPUT_MESSAGE, seat->id);
    struct event_messaged *message = &input.body.message;
    message->message = input.id;
    message->type = play->move % MESSAGE_TYPE_COUNT;
    message->via = (int)channels[play->move / MESSAGE_TYPE_COUNT % 3];
    message->to = all_others(play, seat);
    take(play, &input);
}

static void act(struct play *play, const struct def_seat *seat)
{
    const struct def *def = play->def;
    if (def->action_count == 0)
        return;
    const struct def_action *action = &def->actions[(size_t)play->move % def->action_count];
    struct input input = new_input(play, INPUT_ACT, seat->id);
    input.body.act.action = action->id;
    if (action->targets.count > 0)
        input.body.act.target =
            action->targets.items[(size_t)play->move / def->action_count % action->targets.count];
    take(play, &input);
}

static void declare(struct play *play, const struct def_seat *seat)
{
    struct strs subjects = play->def->matters;
    struct input input = new_input(play, INPUT_DECLARE, seat->id);
    input.body.declare.status = str_of(known_statuses[play->move % KNOWN_STATUS_COUNT]);
    if (subjects.count > 0)
        input.body.declare.of = subjects.items[(size_t)play->move % subjects.count];
    take(play, &input);
}

static void note(struct play *play, const struct def_seat *seat)
{
    struct input input = new_input(play, INPUT_NOTE, seat->id);
    input.body.note.text = STR("-");
    take(play, &input);
}

static void move(struct play *play)
{
    static void (*const moves[])(struct play *, const struct def_seat *) = {
        send, act, declare, note};
    const struct def_seat *seat = &play->def->seats[(size_t)play->move % play->def->seat_count];
    for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++) {
        moves[i](play, seat);
        look(play);
    }
    play->move++;
}

/* ---- the clock ---- */

static bool is_over(const struct play *play)
{
    const struct state *state = machine_state(play->machine);
    return (state->status != STATUS_RUNNING && state->status != STATUS_PAUSED) ||
           play->event_count >= EVENTS_MOST;
}

static void do_as_facilitator(struct play *play, enum input_kind kind)
{
    struct input input = new_input(play, kind, ACTOR_FACILITATOR);
    take(play, &input);
    look(play);
}

/* A story may pause the exercise for a gap sheet, and open another as soon as that is closed;
 * somebody closes them all and goes on. */
static void keep_running(struct play *play, int *steps)
{
    const struct state *state = machine_state(play->machine);
    for (; state->gap_open && *steps < STEPS_MOST; (*steps)++)
        do_as_facilitator(play, INPUT_JUMP);
    if (state->status == STATUS_PAUSED)
        do_as_facilitator(play, INPUT_RESUME);
}

static void run_until(struct play *play, int64_t end_ms, int *steps)
{
    while (!is_over(play) && *steps < STEPS_MOST) {
        int64_t due_ms;
        keep_running(play, steps);
        bool is_due = machine_due(play->machine, &due_ms) && due_ms <= end_ms;
        machine_advance(play->machine, is_due ? due_ms : end_ms, &play->events);
        look(play);
        (*steps)++;
        if (!is_due)
            return;
    }
}

static void run(struct play *play)
{
    int64_t end_ms = play->def->duration_ms;
    int steps = 0;
    for (int i = 1; play->choice >= 0 && i <= MOVES && !is_over(play); i++) {
        run_until(play, end_ms / (MOVES + 1) * i, &steps);
        if (!is_over(play))
            move(play);
    }
    run_until(play, end_ms, &steps);
}

static void begin(struct play *play)
{
    const struct def *def = play->def;
    struct input input = new_input(play, INPUT_CREATE, ACTOR_HOST);
    input.body.create = (struct event_created){
        .content = STR("-"),
        .lua = script_lua_release(),
        .mode = def->mode == MODE_DISCUSS ? MODE_PACED : (int)def->mode,
        .difficulty = play->choice < 0 ? def->difficulty : DIFFICULTY_MAX,
        .pace = def->pace,
        .seed = play->choice + 2,
        .semantics = step_semantics(MODE_PACED),
    };
    take(play, &input);
    input = new_input(play, INPUT_START, ACTOR_FACILITATOR);
    take(play, &input);
    look(play);
}

static void play_once(const struct def *def, struct problems *problems, bool *came, int choice)
{
    struct script *script;
    if (!script_new(def, choice + 2, problems, &script))
        return;
    struct reactor reactor = script_reactor(script);
    struct play play = {
        .def = def,
        .problems = problems,
        .came = came,
        .machine = machine_new(def, &reactor, 1),
        .choice = choice,
    };
    play.events.arena = &play.arena;
    begin(&play);
    run(&play);
    machine_free(play.machine);
    script_free(script);
    arena_fini(&play.arena);
}

void dry_run(const struct def *def, struct problems *problems, bool *ret_came)
{
    size_t choices = 1;
    for (size_t i = 0; i < def->question_count; i++)
        if (def->questions[i].option_count > choices)
            choices = def->questions[i].option_count;
    int last = choices < CHOICES_MOST ? (int)choices : CHOICES_MOST;
    for (int choice = -1; choice < last; choice++)
        play_once(def, problems, ret_came, choice);
}
