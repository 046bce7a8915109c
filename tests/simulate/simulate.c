/* The simulator: random scenarios, people, clocks, crashes and disk faults, from a seed.
 *
 *   simulate [--seeds A-B | --seed N] [--steps M]
 *
 * Each seed plays one exercise at two tables at once. One is left in peace; the other loses its
 * memory, its process or its disk now and then, and its clients then send again what was not
 * answered. After every step both records must be alike, the state must be the fold of the record,
 * every input must have its one answer, and nobody may have been shown what is not theirs. */
#include <stdio.h>
#include <stdlib.h>

#include "core/apply.h"
#include "fault/fault_vfs.h"
#include "simulate/moves.h"
#include "simulate/side.h"
#include "simulate/watch.h"
#include "simulate/world_story.h"

enum { TURN_MOVES = 4, HISTORY = 4096 };

enum fate { FATE_PEACE, FATE_CRASH_BEFORE, FATE_CRASH_AFTER, FATE_DISK };

struct response {
    enum taken taken;
    int reason;
    struct str what;
};

/* What has been tried, and how it was answered. */
struct tried {
    struct move move;
    struct response answer;
};

struct simulation {
    uint64_t seed;
    int64_t step;
    struct arena arena;
    struct dice dice;
    struct world world;
    struct str persons[3];
    struct moves moves;
    struct side peace, trouble;
    struct watch watch;
    struct view_texts texts;
    struct state *folded;
    struct tried *history;
    size_t history_count;
    int64_t last_at_ms;
    enum status last_status;
    bool failed;
};

static void fail(struct simulation *simulation, const char *invariant, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void fail(struct simulation *simulation, const char *invariant, const char *format, ...)
{
    if (simulation->failed)
        return;
    simulation->failed = true;
    printf("seed %llu step %lld: %s: ", (unsigned long long)simulation->seed,
        (long long)simulation->step, invariant);
    va_list args;
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    printf("\n  simulate --seed %llu\n", (unsigned long long)simulation->seed);
}

/* What the simulator itself needs and cannot go on without. */
static void must(struct simulation *simulation, bool ok, const char *what, const struct err *err)
{
    if (!ok)
        fail(simulation, what, "%s", err->message);
}

static struct str find_text(void *self, struct str ref)
{
    struct simulation *simulation = self;
    const struct side *side = &simulation->trouble;
    return record_text_find(side->record, table_number(side->table), ref, &simulation->arena);
}

/* ---- answers ---- */

static bool is_alike(struct response a, struct response b)
{
    bool again = (a.taken == TAKEN_NEW || a.taken == TAKEN_AGAIN) &&
                 (b.taken == TAKEN_NEW || b.taken == TAKEN_AGAIN);
    return again || (a.taken == b.taken && (a.taken != TAKEN_REFUSED ||
                                               (a.reason == b.reason && str_eq(a.what, b.what))));
}

static const char *response_name(struct response answer)
{
    static const char *const names[] = {"new", "again", "conflict"};
    return answer.taken == TAKEN_REFUSED ? refusal_names[answer.reason] : names[answer.taken];
}

/* Takes one input; checks that it was answered once, by events of its own. */
static struct response take(
    struct simulation *simulation, struct side *side, const struct move *move, int64_t at_ms)
{
    struct intake intake;
    struct event_refused refused = {0};
    struct err err = {0};
    struct response answer = {0};
    size_t before, after, answers = 0;
    if (!intake_parse(move->json, (struct intake_from){.source = INTAKE_FILE}, &simulation->arena,
            &intake, &err)) {
        fail(simulation, "an input is not understood", "%s: %s", move->json.ptr, err.message);
        return answer;
    }
    table_advance(side->table, at_ms); /* so that what follows is the input's own */
    table_events(side->table, &before);
    answer.taken = table_take(side->table, &intake, at_ms, &refused);
    const struct event *events = table_events(side->table, &after);
    if (answer.taken == TAKEN_REFUSED) {
        answer.reason = refused.reason;
        answer.what = arena_str(&simulation->arena, refused.what);
    }
    for (size_t i = before; i < after; i++)
        answers += events[i].input == intake.input.seq && events[i].kind == EVENT_REFUSED;
    bool is_repeat = intake.input.seq == 0;
    bool ok =
        is_repeat ? after == before : after > before && answers == (answer.taken == TAKEN_REFUSED);
    if (!ok)
        fail(simulation, "one answer", "%s gave %zu events of which %zu refuse it; answered %s",
            move->json.ptr, after - before, answers, response_name(answer));
    return answer;
}

/* ---- turns ---- */

struct turn {
    int64_t at_ms;
    struct move moves[TURN_MOVES];
    struct response answers[TURN_MOVES];
    size_t count;
};

static void take_all(
    struct simulation *simulation, struct side *side, struct turn *turn, bool is_first)
{
    table_advance(side->table, turn->at_ms);
    for (size_t i = 0; i < turn->count && !simulation->failed; i++) {
        struct response answer = take(simulation, side, &turn->moves[i], turn->at_ms);
        if (is_first)
            turn->answers[i] = answer;
        else if (!is_alike(answer, turn->answers[i]))
            fail(simulation, "the same answer", "%s was answered %s, and then %s",
                turn->moves[i].json.ptr, response_name(turn->answers[i]), response_name(answer));
    }
}

static void keep(struct simulation *simulation, struct side *side)
{
    struct err err = {0};
    if (!simulation->failed)
        must(simulation, table_keep(side->table, 0, &err), "a turn cannot be kept", &err);
}

static void crash(struct simulation *simulation, struct side *side)
{
    struct err err = {0};
    must(simulation, side_crash(side, &err), "resumed = uninterrupted", &err);
}

/* The disk fails somewhere in the commit; either it was kept after all, or the memory is dropped
 * and made again, and the record is as it was. */
static void keep_on_bad_disk(struct simulation *simulation, struct side *side)
{
    static const int codes[] = {SQLITE_IOERR_WRITE, SQLITE_FULL};
    struct err err = {0};
    struct hash head;
    int64_t before = 0, after = 0;
    must(simulation, side_head(side, &before, &head, &err), "the head cannot be read", &err);
    fault_arm(dice_below(&simulation->dice, 6) + 1, dice_chance(&simulation->dice, 30),
        codes[dice_below(&simulation->dice, 2)]);
    bool kept = table_keep(side->table, 0, &err);
    fault_arm(0, false, 0);
    if (kept)
        return;
    if (table_state(side->table) != NULL)
        fail(simulation, "nothing is told that is not kept", "memory outlived a failed commit");
    must(simulation, side_head(side, &after, &head, &err), "the head cannot be read", &err);
    if (after != before)
        fail(simulation, "nothing is told that is not kept", "a failed commit left events behind");
    must(simulation, table_rebuild(side->table, &err), "a table cannot be rebuilt", &err);
}

static void run_trouble(struct simulation *simulation, struct turn *turn, enum fate fate)
{
    struct side *side = &simulation->trouble;
    take_all(simulation, side, turn, false);
    if (fate == FATE_CRASH_BEFORE)
        crash(simulation, side);
    else if (fate == FATE_DISK)
        keep_on_bad_disk(simulation, side);
    else
        keep(simulation, side);
    if (simulation->failed || fate == FATE_PEACE)
        return;
    if (fate == FATE_CRASH_AFTER)
        crash(simulation, side);
    /* Nobody was answered: all send again. */
    if (!simulation->failed)
        take_all(simulation, side, turn, false);
    keep(simulation, side);
}

/* ---- invariants ---- */

static void check_time(struct simulation *simulation, const struct event *event)
{
    if (event->seq != simulation->trouble.last_seq + 1)
        fail(simulation, "seq has no gaps", "%lld after %lld", (long long)event->seq,
            (long long)simulation->trouble.last_seq);
    if (event->at_ms < simulation->last_at_ms)
        fail(simulation, "time does not go back", "event %lld at %lld ms after %lld ms",
            (long long)event->seq, (long long)event->at_ms, (long long)simulation->last_at_ms);
    if (simulation->last_status != STATUS_RUNNING && event->at_ms != simulation->last_at_ms)
        fail(simulation, "a standing clock stands", "event %lld at %lld ms while %s at %lld ms",
            (long long)event->seq, (long long)event->at_ms, status_names[simulation->last_status],
            (long long)simulation->last_at_ms);
    bool over =
        simulation->last_status == STATUS_SEALED || simulation->last_status == STATUS_STOPPED;
    if (over && event->kind != EVENT_REFUSED)
        fail(simulation, "nothing after the end", "event %lld is %s", (long long)event->seq,
            event_kinds[event->kind].name);
    simulation->last_at_ms = event->at_ms;
}

static void read_events(struct simulation *simulation, struct side *side,
    void (*each)(struct simulation *simulation, const struct event *event))
{
    struct record_cursor *cursor = NULL;
    struct arena arena = {0};
    struct err err = {0};
    struct str line;
    int64_t wall_ms;
    buf_clear(&side->turn);
    must(simulation,
        record_events(side->record, table_number(side->table), side->last_seq + 1, &cursor, &err),
        "events cannot be read", &err);
    while (!simulation->failed && record_cursor_next(cursor, &line, &wall_ms)) {
        struct event event = {0};
        buf_add(&side->turn, line);
        buf_add_char(&side->turn, '\n');
        arena_reset(&arena);
        must(simulation, event_read(arena_str(&arena, line), &arena, &event, &err),
            "an event cannot be read", &err);
        if (each != NULL && !simulation->failed)
            each(simulation, &event);
        side->last_seq = event.seq;
    }
    if (!simulation->failed)
        must(simulation, !record_cursor_failed(cursor, &err), "events cannot be read", &err);
    record_cursor_close(cursor);
    arena_fini(&arena);
}

static void each_event(struct simulation *simulation, const struct event *event)
{
    check_time(simulation, event);
    apply_event(simulation->folded, event);
    simulation->last_status = simulation->folded->status;
    watch_event(&simulation->watch, table_state(simulation->trouble.table), event);
    if (simulation->watch.complaint[0] != '\0')
        fail(simulation, "nobody sees what is not theirs", "%s", simulation->watch.complaint);
}

/* Where two texts begin to differ, for messages. */
static const char *difference(struct str a, struct str b, char out[400])
{
    size_t at = 0;
    while (at < a.len && at < b.len && a.ptr[at] == b.ptr[at])
        at++;
    size_t from = at > 60 ? at - 60 : 0;
    struct str left = str_after(a, from < a.len ? from : a.len);
    struct str right = str_after(b, from < b.len ? from : b.len);
    snprintf(out, 400, "…%.*s… is …%.*s…", left.len > 150 ? 150 : (int)left.len, left.ptr,
        right.len > 150 ? 150 : (int)right.len, right.ptr);
    return out;
}

static void check_fold(struct simulation *simulation)
{
    struct buf live = {0}, folded = {0};
    char out[400];
    state_write(table_state(simulation->trouble.table), &live);
    state_write(simulation->folded, &folded);
    if (!str_eq(buf_str(&live), buf_str(&folded)))
        fail(simulation, "live = folded", "%s", difference(buf_str(&live), buf_str(&folded), out));
    buf_fini(&live);
    buf_fini(&folded);
}

static void check_step(struct simulation *simulation)
{
    struct side *peace = &simulation->peace, *trouble = &simulation->trouble;
    char out[400];
    read_events(simulation, peace, NULL);
    read_events(simulation, trouble, each_event);
    if (!str_eq(buf_str(&peace->turn), buf_str(&trouble->turn)))
        fail(simulation, "resumed = uninterrupted", "%s",
            difference(buf_str(&trouble->turn), buf_str(&peace->turn), out));
    const struct state *state = table_state(trouble->table);
    if (state->status != STATUS_RUNNING && state->now_ms != simulation->last_at_ms)
        fail(simulation, "a standing clock stands", "%s at %lld ms, now at %lld ms",
            status_names[state->status], (long long)simulation->last_at_ms,
            (long long)state->now_ms);
    if (!simulation->failed)
        check_fold(simulation);
}

/* ---- a step ---- */

static struct move repeat_move(struct simulation *simulation)
{
    return simulation->history[dice_below(&simulation->dice, (int64_t)simulation->history_count)]
        .move;
}

/* The same id for something else. */
static struct move conflicting_move(struct simulation *simulation)
{
    struct move move = repeat_move(simulation);
    struct str secret = dice_secret(&simulation->dice, &simulation->arena);
    move.json = arena_format(&simulation->arena,
        "{\"at\":0,\"actor\":\"%.*s\",\"do\":\"note\",\"id\":\"%.*s\",\"text\":\"%.*s\"}",
        STR_ARG(move.actor), STR_ARG(move.id), STR_ARG(secret));
    return move;
}

static const struct tried *find_tried(const struct simulation *simulation, const struct move *move)
{
    for (size_t i = 0; i < simulation->history_count; i++) {
        const struct move *known = &simulation->history[i].move;
        if (str_eq(known->actor, move->actor) && str_eq(known->id, move->id))
            return &simulation->history[i];
    }
    return NULL;
}

static void make_turn(struct simulation *simulation, struct turn *turn)
{
    struct dice *dice = &simulation->dice;
    const struct state *state = table_state(simulation->peace.table);
    int64_t due_ms;
    *turn = (struct turn){.at_ms = state->now_ms};
    if (state->status == STATUS_RUNNING && dice_chance(dice, 60)) {
        turn->at_ms += dice_below(dice, 120000);
        if (table_due(simulation->peace.table, &due_ms) && dice_chance(dice, 40) &&
            due_ms >= state->now_ms)
            turn->at_ms = due_ms + dice_below(dice, 2);
    }
    simulation->moves.state = state;
    if (state->status != STATUS_RUNNING && dice_chance(dice, 20)) {
        turn->at_ms += dice_below(dice, 120000); /* time passes, and the clock stands */
        return;
    }
    for (int64_t count = dice_below(dice, TURN_MOVES + 1); count > 0; count--) {
        bool known = simulation->history_count > 0;
        turn->moves[turn->count++] = known && dice_chance(dice, 4) ? repeat_move(simulation)
                                     : known && dice_chance(dice, 2)
                                         ? conflicting_move(simulation)
                                         : moves_make(&simulation->moves);
    }
}

/* What was tried before must be answered as before; what is new is noted. */
static void note_answers(struct simulation *simulation, const struct turn *turn)
{
    for (size_t i = 0; i < turn->count && !simulation->failed; i++) {
        const struct move *move = &turn->moves[i];
        const struct tried *known = find_tried(simulation, move);
        struct response answer = turn->answers[i], expected;
        if (known == NULL && simulation->history_count < HISTORY) {
            simulation->history[simulation->history_count++] = (struct tried){*move, answer};
            if (answer.taken == TAKEN_AGAIN || answer.taken == TAKEN_CONFLICT)
                fail(simulation, "the same answer", "%s is new and was answered %s", move->json.ptr,
                    response_name(answer));
            continue;
        }
        bool same = known != NULL && str_eq(known->move.json, move->json);
        expected = same ? known->answer : (struct response){.taken = TAKEN_CONFLICT};
        if (known != NULL && (!is_alike(answer, expected) || answer.taken == TAKEN_NEW))
            fail(simulation, "the same answer", "%s was answered %s, and then %s", move->json.ptr,
                response_name(expected), response_name(answer));
    }
}

static enum fate choose_fate(struct dice *dice)
{
    int64_t roll = dice_below(dice, 100);
    return roll < 76   ? FATE_PEACE
           : roll < 84 ? FATE_CRASH_BEFORE
           : roll < 90 ? FATE_CRASH_AFTER
                       : FATE_DISK;
}

static void run_step(struct simulation *simulation)
{
    struct turn turn;
    make_turn(simulation, &turn);
    take_all(simulation, &simulation->peace, &turn, true);
    keep(simulation, &simulation->peace);
    note_answers(simulation, &turn);
    if (!simulation->failed)
        run_trouble(simulation, &turn, choose_fate(&simulation->dice));
    if (!simulation->failed)
        check_step(simulation);
}

/* ---- a seed ---- */

static struct move plain_move(struct simulation *simulation, const char *what)
{
    struct str id = arena_format(&simulation->arena, "end-%s", what);
    return (struct move){ACTOR_FACILITATOR, id,
        arena_format(&simulation->arena,
            "{\"at\":0,\"actor\":\"facilitator\",\"do\":\"%s\",\"id\":\"%.*s\"}", what,
            STR_ARG(id))};
}

/* What a seat is shown when it comes back must be what it was shown then. */
static struct buf again[WATCH_VIEWERS];
static int64_t again_count[WATCH_VIEWERS];

static void show_again(struct simulation *simulation, const struct event *event)
{
    const struct watch *watch = &simulation->watch;
    for (int which = 0; which < WATCH_VIEWERS; which++) {
        if (which != WATCH_BOARD && which >= (int)watch->def->seat_count)
            continue;
        if (!view_write(&(struct view){table_state(simulation->trouble.table),
                            watch_viewer(watch, which), watch->texts},
                event, again_count[which] + 1, &again[which]))
            continue;
        again_count[which]++;
        buf_add_char(&again[which], '\n');
    }
}

static void check_views_again(struct simulation *simulation)
{
    char out[400];
    simulation->trouble.last_seq = 0;
    read_events(simulation, &simulation->trouble, show_again);
    for (int which = 0; which < WATCH_VIEWERS; which++) {
        struct str now = buf_str(&again[which]), then = buf_str(&simulation->watch.seen[which]);
        if (!str_eq(now, then))
            fail(simulation, "a view does not change", "%s", difference(now, then, out));
        buf_fini(&again[which]);
        again[which] = (struct buf){0};
        again_count[which] = 0;
    }
}

static void check_records(struct simulation *simulation)
{
    struct side *sides[] = {&simulation->peace, &simulation->trouble};
    struct hash heads[2];
    struct err err = {0};
    for (int i = 0; i < 2; i++) {
        int64_t table = table_number(sides[i]->table), seq;
        must(simulation,
            record_verify(sides[i]->record, table, STR(""), &err) &&
                side_head(sides[i], &seq, &heads[i], &err),
            "the chain verifies", &err);
    }
    if (!simulation->failed && !hash_eq(&heads[0], &heads[1]))
        fail(simulation, "the chain verifies", "the two records' heads differ");
}

/* ENDEX, the seal, and people who go on all the same. */
static void run_end(struct simulation *simulation)
{
    static const char *const last[] = {"end", "seal"};
    for (size_t i = 0; i < sizeof(last) / sizeof(last[0]) && !simulation->failed; i++) {
        struct turn turn = {.at_ms = table_state(simulation->peace.table)->now_ms, .count = 1};
        turn.moves[0] = plain_move(simulation, last[i]);
        take_all(simulation, &simulation->peace, &turn, true);
        keep(simulation, &simulation->peace);
        if (!simulation->failed)
            run_trouble(simulation, &turn, FATE_CRASH_AFTER);
        for (int step = 0; step < 4 && !simulation->failed; step++) {
            check_step(simulation);
            run_step(simulation);
        }
    }
    if (!simulation->failed)
        check_views_again(simulation);
    if (!simulation->failed)
        check_records(simulation);
}

static void begin(struct simulation *simulation)
{
    struct bundle bundle = world_make(&simulation->world, &simulation->dice, &simulation->arena);
    for (int i = 0; i < 3; i++)
        simulation->persons[i] = dice_secret(&simulation->dice, &simulation->arena);
    simulation->history = ARENA_ARRAY(&simulation->arena, HISTORY, struct tried);
    simulation->moves = (struct moves){.arena = &simulation->arena,
        .dice = &simulation->dice,
        .persons = {simulation->persons, 3}};
    struct table_options options = {
        .bundle = &bundle, .seed = (int64_t)simulation->seed, .manual_clock = true};
    struct err err = {0};
    must(simulation,
        side_open(&simulation->peace, "peace", &options, &err) &&
            side_open(&simulation->trouble, "trouble", &options, &err),
        "a table cannot be made", &err);
    if (simulation->failed)
        return;
    simulation->texts = (struct view_texts){simulation, find_text};
    simulation->watch.def = table_def(simulation->peace.table);
    simulation->watch.texts = &simulation->texts;
    simulation->folded = state_new(table_def(simulation->peace.table));
    check_step(simulation);
}

static bool run_seed(uint64_t seed, int64_t steps)
{
    static struct simulation simulation; /* too large for the stack */
    simulation = (struct simulation){.seed = seed, .dice = {.seed = seed}};
    begin(&simulation);
    if (!simulation.failed)
        watch_setting(&simulation.watch, table_state(simulation.trouble.table));
    while (!simulation.failed && simulation.step < steps) {
        simulation.step++;
        run_step(&simulation);
    }
    if (!simulation.failed)
        run_end(&simulation);
    if (!simulation.failed)
        watch_setting(&simulation.watch, table_state(simulation.trouble.table));
    if (simulation.watch.complaint[0] != '\0')
        fail(&simulation, "nobody sees what is not theirs", "%s", simulation.watch.complaint);
    watch_fini(&simulation.watch);
    state_free(simulation.folded);
    side_close(&simulation.peace);
    side_close(&simulation.trouble);
    arena_fini(&simulation.arena);
    return !simulation.failed;
}

static int usage(void)
{
    fprintf(stderr, "usage: simulate [--seeds A-B | --seed N] [--steps M]\n");
    return 2;
}

int main(int count, char **arguments)
{
    int64_t first = 1, last = 300, steps = 60;
    for (int i = 1; i < count; i += 2) {
        struct str option = str_of(arguments[i]), from, to;
        struct str value = i + 1 < count ? str_of(arguments[i + 1]) : STR("");
        bool ok = false;
        if (str_is(option, "--seed"))
            ok = str_to_int64(value, &first) && str_to_int64(value, &last);
        else if (str_is(option, "--seeds"))
            ok = str_cut(value, '-', &from, &to) && str_to_int64(from, &first) &&
                 str_to_int64(to, &last);
        else if (str_is(option, "--steps"))
            ok = str_to_int64(value, &steps);
        if (!ok)
            return usage();
    }
    fault_vfs_register();
    for (int64_t seed = first; seed <= last; seed++)
        if (!run_seed((uint64_t)seed, steps))
            return 1;
    printf("%lld seeds of %lld steps\n", (long long)(last - first + 1), (long long)steps);
    return 0;
}
