/* Turns: decide in memory, commit, and only then let anybody know.
 *
 * Memory that a failed commit has left behind is never trusted: it is dropped here and made again
 * in table_resume.c. */
#include "app/table_parts.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "app/wall.h"
#include "base/limits.h"

enum { CLOCK_NOTED_EVERY_MS = 5000 };

static bool is_broken(const struct table *table)
{
    return table->machine == NULL;
}

void table_drop_memory(struct table *table)
{
    machine_free(table->machine);
    script_free(table->script);
    table->machine = NULL;
    table->script = NULL;
    arena_reset(&table->memory);
    table->answers = NULL;
    table->answer_count = table->answer_capacity = 0;
    table->sent = (struct sent){.key = table->sent.key};
    table->quarrel = (struct str){0};
    table->in_turn = false;
}

void table_begin_turn(struct table *table)
{
    if (table->in_turn)
        return;
    arena_reset(&table->turn);
    table->events = (struct events){.arena = &table->turn};
    table->inputs = NULL;
    table->input_count = table->input_capacity = 0;
    table->in_turn = true;
}

bool table_make_machine(struct table *table, struct problems *problems)
{
    if (!script_new(&table->loaded->def, table->seed, problems, &table->script))
        return false;
    struct reactor reactor = script_reactor(table->script);
    table->machine = machine_new(&table->loaded->def, &reactor, 1);
    return true;
}

struct table *table_new(struct record *record)
{
    struct table *table = calloc(1, sizeof(*table));
    if (table == NULL)
        abort();
    table->record = record;
    wall_entropy((uint8_t *)&table->sent.key, sizeof(table->sent.key));
    return table;
}

void table_note_exercise(struct table *table, const struct record_exercise *exercise)
{
    table->exercise = *exercise;
    table->exercise.id = arena_str(&table->arena, exercise->id);
    table->exercise.exercise = arena_str(&table->arena, exercise->exercise);
    table->exercise.scenario = arena_str(&table->arena, exercise->scenario);
    table->exercise.tables = NULL;
}

void table_free(struct table *table)
{
    if (table == NULL)
        return;
    table_drop_memory(table);
    loaded_release(table->loaded);
    arena_fini(&table->arena);
    arena_fini(&table->memory);
    arena_fini(&table->turn);
    free(table);
}

/* ---- inputs and their answers ---- */

void table_note_answer(struct table *table, const struct event *events, size_t count, int64_t seq)
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

void table_step_input(struct table *table, const struct input *input)
{
    size_t before = table->events.count;
    sent_add(&table->sent, &table->memory, input->actor, input->id);
    machine_input(table->machine, input, &table->events);
    table_note_answer(
        table, table->events.items + before, table->events.count - before, input->seq);
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
    if (!sent_perhaps(&table->sent, input->actor, input->id))
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
    /* A record that no engine made may hold inputs that led to nothing. */
    if (seq < 1 || (size_t)seq > table->answer_count)
        return otherwise;
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
    table_begin_turn(table);
    machine_advance(table->machine, at_ms, &table->events);
}

enum taken table_take(
    struct table *table, struct intake *intake, int64_t at_ms, struct event_refused *ret_refused)
{
    table_begin_turn(table);
    struct record_known known;
    if (find_known(table, &intake->input, &known))
        return repeat(table, intake, &known, ret_refused);
    /* Nothing enters the past: what arrives with an earlier time enters now. */
    int64_t now_ms = machine_state(table->machine)->now_ms;
    bool stands = machine_state(table->machine)->mode == MODE_DISCUSS;
    intake->input.at_ms = at_ms > now_ms && !stands ? at_ms : now_ms;
    if (intake->input.at_ms > LIMIT_EXERCISE_MS)
        intake->input.at_ms = LIMIT_EXERCISE_MS;
    intake->input.seq = (int64_t)table->answer_count + 1;
    uint8_t *salt = ARENA_ARRAY(&table->turn, INTAKE_SALT_BYTES, uint8_t);
    make_salt(table, intake->input.seq, salt);
    intake_salt(intake, salt, &table->turn);
    add_record_input(table, intake, salt);
    table_step_input(table, table->inputs[table->input_count - 1].input);
    return answer_of(table, intake->input.seq, TAKEN_NEW, ret_refused);
}

/* What the turn adds to the record; false when that is nothing. */
static bool end_turn(struct table *table, int64_t wall_ms, struct record_turn *ret_turn)
{
    table_begin_turn(table);
    int64_t clock_ms = table_state(table)->now_ms;
    table->in_turn = false;
    bool nothing = table->events.count == 0 && table->input_count == 0;
    if (nothing && clock_ms - table->clock_kept_ms < CLOCK_NOTED_EVERY_MS)
        return false;
    *ret_turn = (struct record_turn){
        .table = table->exercise.table,
        .wall_ms = table->exercise.manual_clock ? 0 : wall_ms,
        .clock_ms = clock_ms,
        .inputs = table->inputs,
        .input_count = table->input_count,
        .events = table->events.items,
        .event_count = table->events.count,
    };
    return true;
}

bool table_keep_all(struct table *const *tables, size_t count, int64_t wall_ms, struct err *reterr)
{
    struct arena arena = {0};
    struct record_turn *turns = ARENA_ARRAY(&arena, count, struct record_turn);
    struct table **kept = ARENA_ARRAY(&arena, count, struct table *);
    size_t turn_count = 0;
    for (size_t i = 0; i < count; i++)
        if (end_turn(tables[i], wall_ms, &turns[turn_count]))
            kept[turn_count++] = tables[i];
    bool ok = turn_count == 0 || record_append(kept[0]->record, turns, turn_count, reterr);
    for (size_t i = 0; i < count && !ok; i++)
        table_drop_memory(tables[i]);
    for (size_t i = 0; i < turn_count && ok; i++)
        kept[i]->clock_kept_ms = turns[i].clock_ms;
    arena_fini(&arena);
    return ok;
}

bool table_keep(struct table *table, int64_t wall_ms, struct err *reterr)
{
    return table_keep_all(&table, 1, wall_ms, reterr);
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
    const struct def *def = &table->loaded->def;
    int mode = (int)def->mode;
    if (options->mode != NULL &&
        !def_name_find(mode_names, MODE_COUNT, str_of(options->mode), &mode))
        return err_set(
            reterr, ERR_USAGE, "\"%s\" is no mode; use discuss, paced or live", options->mode);
    int64_t difficulty = options->difficulty != NULL ? *options->difficulty : def->difficulty;
    if (difficulty < 0 || difficulty > DIFFICULTY_MAX)
        return err_set(reterr, ERR_USAGE, "the difficulty is between 0 and %d", DIFFICULTY_MAX);
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
        .difficulty = difficulty,
        .pace = def->pace,
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

/* The definition: another table's, or from the bundle, or else from what the exercise that is
 * joined has pinned. */
static bool load_definition(struct table *table, const struct table_options *options,
    struct problems *problems, struct err *reterr)
{
    struct record_exercise joined;
    struct arena arena = {0};
    if (options->beside != NULL)
        table->loaded = loaded_share(options->beside->loaded);
    else if (options->bundle != NULL)
        table->loaded = loaded_from_bundle(options->bundle, problems, reterr);
    else if (record_exercise_find(
                 table->record, str_of(options->exercise), &arena, &joined, reterr))
        table->loaded = loaded_from_record(table->record, joined.exercise, reterr);
    arena_fini(&arena);
    return table->loaded != NULL;
}

/* In the record, kept with the first turn: a new exercise, or a further table of one. */
static bool open_in_record(
    struct table *table, const struct table_options *options, struct err *reterr)
{
    struct arena arena = {0};
    struct record_exercise made;
    struct record_made_of made_of = {
        .scenario = table->loaded->def.id,
        .exercise = str_of(options->exercise),
        .replaces = options->replaces,
        .manual_clock = options->manual_clock,
        .by_person = options->by_person,
        .wall_ms = wall_now_ms(),
    };
    if (options->bundle != NULL) {
        made_of.files = files_of(options->bundle, &arena);
        made_of.file_count = options->bundle->file_count;
    }
    bool ok = options->exercise != NULL
                  ? record_table_new(table->record, &made_of, &arena, &made, reterr)
                  : record_exercise_new(table->record, &made_of, &arena, &made, reterr);
    if (ok)
        table_note_exercise(table, &made);
    arena_fini(&arena);
    return ok && record_exercise_lock(table->record, table->exercise.id, reterr);
}

bool table_create(struct record *record, const struct table_options *options,
    struct problems *problems, struct table **ret_table, struct err *reterr)
{
    assert(options->bundle != NULL || options->exercise != NULL);
    struct table *table = table_new(record);
    table->seed = options->seed;
    bool ok =
        load_definition(table, options, problems, reterr) && table_make_machine(table, problems);
    if (!ok)
        problems_to_err(problems, reterr);
    ok = ok && open_in_record(table, options, reterr) && take_create(table, options, reterr);
    if (!ok) {
        if (table->exercise.id.len > 0)
            record_exercise_unlock(record, table->exercise.id);
        record_exercise_drop(record);
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
    return &table->loaded->def;
}

const struct rules *table_rules(const struct table *table)
{
    return &table->loaded->rules;
}

struct str table_exercise(const struct table *table)
{
    return table->exercise.id;
}

int64_t table_number(const struct table *table)
{
    return table->exercise.table;
}

struct str table_quarrel(const struct table *table)
{
    return table->quarrel;
}
