/* Taking up a table from its record.
 *
 * Resume is the same code as play: the recorded inputs are stepped again and each event is compared
 * with the record byte for byte. When they differ, the events are folded as they stand, the story
 * stays silent, and people go on by hand. */
#include "app/table_parts.h"

#include "base/limits.h"
#include "core/event_check.h"

/* The record's two streams, walked side by side. */
struct replay {
    struct table *table;
    struct record_cursor *inputs, *events;
    struct buf line;
    struct str quarrel;
};

static void quarrel(struct replay *replay, struct str recorded, struct str derived)
{
    if (replay->quarrel.len == 0)
        replay->quarrel =
            arena_format(&replay->table->arena, "the record says %.*s; stepping again gives %.*s",
                STR_ARG(recorded.len != 0 ? recorded : STR("nothing more")),
                STR_ARG(derived.len != 0 ? derived : STR("nothing")));
}

/* Compares what was just derived with what the record says came next. */
static void compare(struct replay *replay, size_t first)
{
    const struct events *events = &replay->table->events;
    for (size_t i = first; i < events->count && replay->quarrel.len == 0; i++) {
        struct str recorded = {0};
        int64_t wall_ms;
        buf_clear(&replay->line);
        event_write(&events->items[i], &replay->line);
        bool has_more = record_cursor_next(replay->events, &recorded, &wall_ms);
        if (!has_more || !str_eq(recorded, buf_str(&replay->line)))
            quarrel(replay, has_more ? recorded : (struct str){0}, buf_str(&replay->line));
    }
}

static bool replay_inputs(struct replay *replay, struct err *reterr)
{
    struct table *table = replay->table;
    struct str line;
    int64_t wall_ms;
    while (replay->quarrel.len == 0 && record_cursor_next(replay->inputs, &line, &wall_ms)) {
        struct input input;
        table->in_turn = false;
        table_begin_turn(table);
        if (!input_read(arena_str(&table->turn, line), &table->turn, &input, reterr))
            return false;
        table_step_input(table, &input);
        compare(replay, 0);
    }
    return !record_cursor_failed(replay->inputs, reterr);
}

static bool replay_rest(struct replay *replay, struct err *reterr)
{
    struct table *table = replay->table;
    int64_t wall_ms;
    struct str line;
    if (replay->quarrel.len == 0) {
        if (!record_clock(
                table->record, table->exercise.table, &table->clock_kept_ms, &wall_ms, reterr))
            return false;
        table->in_turn = false;
        table_begin_turn(table);
        machine_advance(table->machine, table->clock_kept_ms, &table->events);
        compare(replay, 0);
    }
    if (replay->quarrel.len == 0 && record_cursor_next(replay->events, &line, &wall_ms))
        quarrel(replay, line, (struct str){0});
    table->in_turn = false;
    return !record_cursor_failed(replay->events, reterr);
}

/* Walks all events with a function until it fails; the events' spans live until the next. */
static bool each_event(struct table *table,
    bool (*each)(struct table *table, const struct event *event, struct err *reterr),
    struct err *reterr)
{
    struct record_cursor *cursor;
    if (!record_events(table->record, table->exercise.table, 1, &cursor, reterr))
        return false;
    struct str line;
    int64_t wall_ms;
    bool ok = true;
    while (ok && record_cursor_next(cursor, &line, &wall_ms)) {
        struct event event;
        arena_reset(&table->turn);
        ok = event_read(arena_str(&table->turn, line), &table->turn, &event, reterr) &&
             each(table, &event, reterr);
    }
    ok = ok && !record_cursor_failed(cursor, reterr);
    record_cursor_close(cursor);
    return ok;
}

static bool impose_fault(struct table *table, const struct event *event, struct err *reterr)
{
    (void)reterr;
    if (event->kind == EVENT_FAULT)
        machine_impose(table->machine, event);
    return true;
}

static bool fold_event(struct table *table, const struct event *event, struct err *reterr)
{
    if (!event_check(table_state(table), event, reterr))
        return false;
    machine_fold(table->machine, event);
    if (event->input > (int64_t)table->answer_count)
        table_note_answer(table, event, 1, event->input);
    return true;
}

/* A difference between two releases of the language is one that nobody would find in the story. */
static struct str with_lua(struct table *table, struct str why)
{
    if (table->other_lua.len == 0)
        return arena_str(&table->arena, why);
    return arena_format(&table->arena,
        "%.*s (its story ran with Lua %.*s, and this program has Lua %.*s: that may be why)",
        STR_ARG(why), STR_ARG(table->other_lua), STR_ARG(script_lua_release()));
}

/* The story and its record disagree: what stands in the record counts, and people go on by hand. */
static bool fold_instead(struct table *table, struct str why, struct err *reterr)
{
    struct str kept = arena_str(&table->arena, why);
    table_drop_memory(table);
    struct problems problems = {0};
    bool ok = table_make_machine(table, &problems);
    problems_fini(&problems);
    if (!ok)
        return err_set(reterr, ERR_IO, "the pinned story does not load any more");
    machine_silence(table->machine);
    table->sent.is_partial = true; /* events do not tell their inputs' ids */
    table->quarrel = kept;
    int64_t wall_ms;
    if (!each_event(table, fold_event, reterr) ||
        !record_clock(
            table->record, table->exercise.table, &table->clock_kept_ms, &wall_ms, reterr))
        return false;
    machine_stand_at(table->machine, table->clock_kept_ms);
    return true;
}

/* Stepping by other rules than the record's would find quarrels that are none. */
static void note_semantics(struct table *table, const struct event_created *body)
{
    int64_t semantics = body->semantics, ours = STEP_SEMANTICS;
    if (semantics != ours)
        table->foreign = arena_format(&table->arena,
            "the record was made with semantics %lld and this program steps with semantics %lld: "
            "the "
            "inputs cannot be stepped again here; read it with log, score and report, or verify it "
            "with the version that played it",
            (long long)semantics, (long long)ours);
}

/* Everything is counted by the pace from then on. */
static bool is_sound_beginning(const struct input *input)
{
    const struct event_created *body = &input->body.create;
    return input->kind == INPUT_CREATE && body->pace >= 1 && body->pace <= LIMIT_PACE &&
           body->difficulty >= 0 && body->difficulty <= DIFFICULTY_MAX;
}

static bool read_seed(struct table *table, struct err *reterr)
{
    struct record_cursor *cursor;
    if (!record_inputs(table->record, table->exercise.table, 1, &cursor, reterr))
        return false;
    struct str line;
    int64_t wall_ms;
    struct input input = {0};
    bool ok = record_cursor_next(cursor, &line, &wall_ms) &&
              input_read(line, &table->turn, &input, reterr);
    ok = ok && is_sound_beginning(&input);
    if (ok) {
        table->seed = input.body.create.seed;
        note_semantics(table, &input.body.create);
        if (!str_eq(input.body.create.lua, script_lua_release()))
            table->other_lua = arena_str(&table->arena, input.body.create.lua);
    } else {
        err_set(reterr, ERR_IO, "%.*s has no beginning: it was never quite created",
            STR_ARG(table->exercise.id));
    }
    record_cursor_close(cursor);
    return ok;
}

static bool replay_all(struct table *table, struct err *reterr)
{
    struct problems problems = {0};
    bool ok = table_make_machine(table, &problems);
    if (!ok)
        problems_to_err(&problems, reterr);
    problems_fini(&problems);
    struct replay replay = {.table = table};
    ok = ok && each_event(table, impose_fault, reterr) &&
         record_inputs(table->record, table->exercise.table, 1, &replay.inputs, reterr) &&
         record_events(table->record, table->exercise.table, 1, &replay.events, reterr) &&
         replay_inputs(&replay, reterr) && replay_rest(&replay, reterr);
    record_cursor_close(replay.inputs);
    record_cursor_close(replay.events);
    buf_fini(&replay.line);
    if (ok && replay.quarrel.len != 0)
        ok = fold_instead(table, with_lua(table, replay.quarrel), reterr);
    return ok;
}

bool table_rebuild(struct table *table, struct err *reterr)
{
    table_drop_memory(table);
    bool ok = table->foreign.len != 0 ? fold_instead(table, table->foreign, reterr)
                                      : replay_all(table, reterr);
    if (!ok)
        table_drop_memory(table);
    return ok;
}

static bool load_definition(struct table *table, const struct table *beside, struct err *reterr)
{
    bool is_same = beside != NULL && str_eq(beside->exercise.exercise, table->exercise.exercise);
    table->loaded = is_same ? loaded_share(beside->loaded)
                            : loaded_from_record(table->record, table->exercise.exercise, reterr);
    return table->loaded != NULL;
}

bool table_resume_beside(struct record *record, struct str exercise, const struct table *beside,
    struct table **ret_table, struct err *reterr)
{
    struct arena arena = {0};
    struct record_exercise found;
    bool ok = record_exercise_find(record, exercise, &arena, &found, reterr);
    struct table *table = table_new(record);
    if (ok)
        table_note_exercise(table, &found);
    arena_fini(&arena);
    ok = ok && load_definition(table, beside, reterr) && read_seed(table, reterr) &&
         table_rebuild(table, reterr);
    if (!ok) {
        table_free(table);
        return false;
    }
    *ret_table = table;
    return true;
}

bool table_resume(
    struct record *record, struct str exercise, struct table **ret_table, struct err *reterr)
{
    return table_resume_beside(record, exercise, NULL, ret_table, reterr);
}
