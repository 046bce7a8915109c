/* Turns: decide in memory, commit, and only then let anybody know.
 *
 * Resume is the same code as play: the recorded inputs are stepped again and each event is compared
 * with the record byte for byte. Memory that a failed commit has left behind is never trusted. */
#include "app/table.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "app/past.h"
#include "app/wall.h"
#include "base/limits.h"
#include "core/event_check.h"
#include "script/script.h"

enum { CLOCK_NOTED_EVERY_MS = 5000 };

/* What was answered to an input; kept in memory, derived from the record. */
struct table_answer {
    bool refused;
    struct event_refused refusal; /* spans in the table's arena */
};

struct table {
    struct record *record;
    struct record_exercise exercise;
    struct arena arena; /* definitions and the exercise's names */
    struct def def;
    struct rules rules;
    int64_t seed;
    struct str foreign; /* why this program cannot step the record again; empty when it can */

    struct script *script;
    struct machine *machine;
    struct arena memory; /* answers: lives as long as the machine */
    struct table_answer *answers;
    size_t answer_count, answer_capacity;
    struct str quarrel;
    int64_t clock_kept_ms;

    bool in_turn;
    struct arena turn;
    struct events events;
    struct record_input *inputs;
    size_t input_count, input_capacity;
};

static bool is_broken(const struct table *table)
{
    return table->machine == NULL;
}

static void drop_memory(struct table *table)
{
    machine_free(table->machine);
    script_free(table->script);
    table->machine = NULL;
    table->script = NULL;
    arena_reset(&table->memory);
    table->answers = NULL;
    table->answer_count = table->answer_capacity = 0;
    table->quarrel = (struct str){0};
    table->in_turn = false;
}

static void begin_turn(struct table *table)
{
    if (table->in_turn)
        return;
    arena_reset(&table->turn);
    table->events = (struct events){.arena = &table->turn};
    table->inputs = NULL;
    table->input_count = table->input_capacity = 0;
    table->in_turn = true;
}

static bool make_machine(struct table *table, struct problems *problems)
{
    if (!script_new(&table->def, table->seed, problems, &table->script))
        return false;
    struct reactor reactor = script_reactor(table->script);
    table->machine = machine_new(&table->def, &reactor, 1);
    return true;
}

static struct table *new_table(struct record *record)
{
    struct table *table = calloc(1, sizeof(*table));
    if (table == NULL)
        abort();
    table->record = record;
    return table;
}

void table_free(struct table *table)
{
    if (table == NULL)
        return;
    drop_memory(table);
    arena_fini(&table->arena);
    arena_fini(&table->memory);
    arena_fini(&table->turn);
    free(table);
}

/* ---- inputs and their answers ---- */

static void note_answer(struct table *table, const struct event *events, size_t count, int64_t seq)
{
    table->answers = arena_grow(&table->memory, table->answers, table->answer_count,
        &table->answer_capacity, sizeof(struct table_answer));
    struct table_answer *answer = &table->answers[table->answer_count++];
    *answer = (struct table_answer){0};
    for (size_t i = 0; i < count; i++) {
        if (events[i].kind != EVENT_REFUSED || events[i].input != seq)
            continue;
        answer->refused = true;
        answer->refusal = events[i].body.refused;
        answer->refusal.what = arena_str(&table->memory, answer->refusal.what);
        answer->refusal.input_name = arena_str(&table->memory, answer->refusal.input_name);
    }
}

static void step_input(struct table *table, const struct input *input)
{
    size_t before = table->events.count;
    machine_input(table->machine, input, &table->events);
    note_answer(table, table->events.items + before, table->events.count - before, input->seq);
}

/* Salts hide what short texts say. Under a manual clock they come from the seed, so that the same
 * file gives the same record; such a record holds no real person's words. */
static void make_salt(const struct table *table, int64_t seq, uint8_t salt[INTAKE_SALT_BYTES])
{
    if (!table->exercise.manual_clock) {
        wall_entropy(salt, INTAKE_SALT_BYTES);
        return;
    }
    struct str parts[] = {STR("salt"), {(const char *)&table->seed, sizeof(table->seed)},
        {(const char *)&seq, sizeof(seq)}};
    struct hash hash = hash_of(parts, 3);
    memcpy(salt, hash.bytes, INTAKE_SALT_BYTES);
}

static bool find_pending(
    const struct table *table, const struct input *input, const struct record_input **ret_pending)
{
    for (size_t i = 0; i < table->input_count; i++) {
        const struct input *pending = table->inputs[i].input;
        if (str_eq(pending->actor, input->actor) && str_eq(pending->id, input->id)) {
            *ret_pending = &table->inputs[i];
            return true;
        }
    }
    return false;
}

/* Whether the same actor used this id before, with which salt, for what. */
static bool find_known(
    struct table *table, const struct input *input, struct record_known *ret_known)
{
    const struct record_input *pending;
    if (input->id.len == 0)
        return false;
    if (find_pending(table, input, &pending)) {
        *ret_known = (struct record_known){.seq = pending->input->seq, .has_salt = true};
        memcpy(ret_known->salt, pending->salt, INTAKE_SALT_BYTES);
        ret_known->digest = record_input_digest(pending->input);
        return true;
    }
    return record_input_find(
        table->record, table->exercise.table, input->actor, input->id, ret_known);
}

static enum taken answer_of(
    const struct table *table, int64_t seq, enum taken otherwise, struct event_refused *ret_refused)
{
    assert(seq >= 1 && (size_t)seq <= table->answer_count);
    const struct table_answer *answer = &table->answers[seq - 1];
    if (!answer->refused)
        return otherwise;
    *ret_refused = answer->refusal;
    return TAKEN_REFUSED;
}

static enum taken repeat(struct table *table, struct intake *intake,
    const struct record_known *known, struct event_refused *ret_refused)
{
    /* Once its text was forgotten, only the id can still be compared. */
    if (known->has_salt || intake->text_count == 0) {
        if (known->has_salt)
            intake_salt(intake, known->salt, &table->turn);
        struct hash digest = record_input_digest(&intake->input);
        if (!hash_eq(&digest, &known->digest))
            return TAKEN_CONFLICT;
    }
    return answer_of(table, known->seq, TAKEN_AGAIN, ret_refused);
}

/* Whose words an input holds, so that they can be forgotten with the person. */
static struct str person_of(const struct table *table, const struct input *input)
{
    const struct state *state = machine_state(table->machine);
    struct str who = input->proxy_for.len != 0 ? input->proxy_for : input->actor;
    int person = state_person_of(state, who);
    return person >= 0 ? state->persons[person].id : who;
}

static void add_record_input(struct table *table, const struct intake *intake, const uint8_t *salt)
{
    struct record_text *texts = ARENA_ARRAY(&table->turn, intake->text_count, struct record_text);
    for (size_t i = 0; i < intake->text_count; i++)
        texts[i] = (struct record_text){.field = intake->texts[i].field,
            .body = intake->texts[i].body,
            .ref = intake->texts[i].ref,
            .person = person_of(table, &intake->input)};
    struct input *input = ARENA_NEW(&table->turn, struct input);
    *input = intake->input;
    table->inputs = arena_grow(&table->turn, table->inputs, table->input_count,
        &table->input_capacity, sizeof(struct record_input));
    table->inputs[table->input_count++] =
        (struct record_input){input, salt, texts, intake->text_count};
}

void table_advance(struct table *table, int64_t at_ms)
{
    begin_turn(table);
    machine_advance(table->machine, at_ms, &table->events);
}

enum taken table_take(
    struct table *table, struct intake *intake, int64_t at_ms, struct event_refused *ret_refused)
{
    begin_turn(table);
    struct record_known known;
    if (find_known(table, &intake->input, &known))
        return repeat(table, intake, &known, ret_refused);
    /* Nothing enters the past: what arrives with an earlier time enters now. */
    int64_t now_ms = machine_state(table->machine)->now_ms;
    intake->input.at_ms = at_ms > now_ms ? at_ms : now_ms;
    intake->input.seq = (int64_t)table->answer_count + 1;
    uint8_t *salt = ARENA_ARRAY(&table->turn, INTAKE_SALT_BYTES, uint8_t);
    make_salt(table, intake->input.seq, salt);
    intake_salt(intake, salt, &table->turn);
    add_record_input(table, intake, salt);
    step_input(table, table->inputs[table->input_count - 1].input);
    return answer_of(table, intake->input.seq, TAKEN_NEW, ret_refused);
}

bool table_keep(struct table *table, int64_t wall_ms, struct err *reterr)
{
    begin_turn(table);
    int64_t clock_ms = table_state(table)->now_ms;
    table->in_turn = false;
    bool nothing = table->events.count == 0 && table->input_count == 0;
    if (nothing && clock_ms - table->clock_kept_ms < CLOCK_NOTED_EVERY_MS)
        return true;
    struct record_turn turn = {
        .table = table->exercise.table,
        .wall_ms = table->exercise.manual_clock ? 0 : wall_ms,
        .clock_ms = clock_ms,
        .inputs = table->inputs,
        .input_count = table->input_count,
        .events = table->events.items,
        .event_count = table->events.count,
    };
    if (!record_append(table->record, &turn, 1, reterr)) {
        drop_memory(table);
        return false;
    }
    table->clock_kept_ms = clock_ms;
    return true;
}

const struct event *table_events(const struct table *table, size_t *ret_count)
{
    *ret_count = table->events.count;
    return table->events.items;
}

bool table_due(struct table *table, int64_t *ret_due_ms)
{
    return machine_due(table->machine, ret_due_ms);
}

/* ---- creating ---- */

static bool take_create(
    struct table *table, const struct table_options *options, struct err *reterr)
{
    int mode = (int)table->def.mode;
    if (options->mode != NULL &&
        !def_name_find(mode_names, MODE_COUNT, str_of(options->mode), &mode))
        return err_set(
            reterr, ERR_USAGE, "\"%s\" is no mode; use discuss, paced or live", options->mode);
    char hex[HASH_HEX_BYTES + 1];
    struct intake intake = {.input = {.kind = INPUT_CREATE,
                                .actor = ACTOR_HOST,
                                .id = STR("create"),
                                .observed_ms = -1,
                                .story_at_ms = -1}};
    intake.input.body.create = (struct event_created){
        .content = hash_hex(&table->exercise.content, hex),
        .lua = script_lua_release(),
        .mode = mode,
        .pace = table->def.pace,
        .seed = table->seed,
        .semantics = STEP_SEMANTICS,
    };
    struct event_refused refused;
    enum taken taken = table_take(table, &intake, 0, &refused);
    assert(taken == TAKEN_NEW);
    return table_keep(table, wall_now_ms(), reterr);
}

static struct record_file *files_of(const struct bundle *bundle, struct arena *arena)
{
    struct record_file *files = ARENA_ARRAY(arena, bundle->file_count, struct record_file);
    for (size_t i = 0; i < bundle->file_count; i++)
        files[i] = (struct record_file){bundle->files[i].path, bundle->files[i].bytes};
    return files;
}

bool table_create(struct record *record, const struct table_options *options,
    struct problems *problems, struct table **ret_table, struct err *reterr)
{
    struct table *table = new_table(record);
    table->seed = options->seed;
    bool ok = load_scenario(options->bundle, &table->arena, problems, &table->def, &table->rules) &&
              make_machine(table, problems);
    if (!ok)
        problems_to_err(problems, reterr);
    struct record_made_of made_of = {
        .scenario = table->def.id,
        .manual_clock = options->manual_clock,
        .wall_ms = wall_now_ms(),
        .files = files_of(options->bundle, &table->arena),
        .file_count = options->bundle->file_count,
    };
    ok = ok && record_exercise_new(record, &made_of, &table->arena, &table->exercise, reterr);
    ok = ok && record_exercise_lock(record, table->exercise.id, reterr);
    ok = ok && take_create(table, options, reterr);
    if (!ok) {
        record_exercise_drop(record);
        table_free(table);
        return false;
    }
    *ret_table = table;
    return true;
}

/* ---- resuming ---- */

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
        begin_turn(table);
        if (!input_read(arena_str(&table->turn, line), &table->turn, &input, reterr))
            return false;
        step_input(table, &input);
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
        begin_turn(table);
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
        note_answer(table, event, 1, event->input);
    return true;
}

/* The story and its record disagree: what stands in the record counts, and people go on by hand. */
static bool fold_instead(struct table *table, struct str why, struct err *reterr)
{
    struct str kept = arena_str(&table->arena, why);
    drop_memory(table);
    struct problems problems = {0};
    bool ok = make_machine(table, &problems);
    problems_fini(&problems);
    if (!ok)
        return err_set(reterr, ERR_IO, "the pinned story does not load any more");
    machine_silence(table->machine);
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
static void note_semantics(struct table *table, int64_t semantics)
{
    if (semantics != STEP_SEMANTICS)
        table->foreign = arena_format(&table->arena,
            "the record was made with semantics %lld and this program steps with semantics %d: the "
            "inputs cannot be stepped again here; read it with log, score and report, or verify it "
            "with the version that played it",
            (long long)semantics, STEP_SEMANTICS);
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
    ok = ok && input.kind == INPUT_CREATE;
    if (ok) {
        table->seed = input.body.create.seed;
        note_semantics(table, input.body.create.semantics);
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
    bool ok = make_machine(table, &problems);
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
        ok = fold_instead(table, replay.quarrel, reterr);
    return ok;
}

bool table_rebuild(struct table *table, struct err *reterr)
{
    drop_memory(table);
    bool ok = table->foreign.len != 0 ? fold_instead(table, table->foreign, reterr)
                                      : replay_all(table, reterr);
    if (!ok)
        drop_memory(table);
    return ok;
}

bool table_resume(
    struct record *record, struct str exercise, struct table **ret_table, struct err *reterr)
{
    struct table *table = new_table(record);
    bool ok = record_exercise_find(record, exercise, &table->arena, &table->exercise, reterr) &&
              past_load_pinned(record, table->exercise.id, &table->arena,
                  (struct past_pinned){&table->def, &table->rules}, reterr) &&
              read_seed(table, reterr) && table_rebuild(table, reterr);
    if (!ok) {
        table_free(table);
        return false;
    }
    *ret_table = table;
    return true;
}

/* ---- asking ---- */

const struct state *table_state(const struct table *table)
{
    return is_broken(table) ? NULL : machine_state(table->machine);
}

const struct def *table_def(const struct table *table)
{
    return &table->def;
}

const struct rules *table_rules(const struct table *table)
{
    return &table->rules;
}

struct str table_exercise(const struct table *table)
{
    return table->exercise.id;
}

int64_t table_number(const struct table *table)
{
    return table->exercise.table;
}

bool table_is_manual(const struct table *table)
{
    return table->exercise.manual_clock;
}

struct str table_quarrel(const struct table *table)
{
    return table->quarrel;
}
