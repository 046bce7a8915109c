/* tocsin play: an exercise from a file of inputs, without people or a clock.
 *
 * The whole file is read and its times are checked before anything is written. A play that was cut
 * off is taken up with --resume: inputs that the record already holds are not taken twice. */
#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "app/disk.h"
#include "app/table.h"

struct play {
    const struct command_line *line;
    const char *path;
    struct arena arena;
    struct intake *inputs;
    int *lines; /* where each stands */
    size_t count, capacity, line_capacity;
    struct record *record;
    struct table *table;
};

static bool add_line(struct play *play, struct str text, int number, struct err *reterr)
{
    struct place place = {str_of(play->path), number, 0};
    play->inputs =
        arena_grow(&play->arena, play->inputs, play->count, &play->capacity, sizeof(struct intake));
    play->lines =
        arena_grow(&play->arena, play->lines, play->count, &play->line_capacity, sizeof(int));
    struct intake *intake = &play->inputs[play->count];
    if (!intake_parse(text, (struct intake_from){INTAKE_FILE, place}, &play->arena, intake, reterr))
        return false;
    if (intake->input.id.len == 0)
        intake->input.id = arena_format(&play->arena, "line-%d", number);
    play->lines[play->count++] = number;
    if (play->count < 2 || intake->input.at_ms >= intake[-1].input.at_ms)
        return true;
    return err_set_at(
        reterr, place, "this line comes before the one above it; put the lines in order of \"at\"");
}

static bool read_inputs(struct play *play, struct err *reterr)
{
    struct str rest, text;
    if (!disk_read(play->path, &play->arena, &rest, reterr))
        return false;
    for (int number = 1; rest.len > 0; number++) {
        if (!str_cut(rest, '\n', &text, &rest)) {
            text = rest;
            rest = (struct str){0};
        }
        text = str_trim(text);
        if (text.len > 0 && text.ptr[0] != '#' && !add_line(play, text, number, reterr))
            return false;
    }
    if (play->count == 0)
        return err_set(reterr, ERR_AUTHOR, "%s: holds no input", play->path);
    return true;
}

static bool begin(struct play *play, struct err *reterr)
{
    const struct command_line *line = play->line;
    const char *resume = command_value(line, "--resume");
    struct bundle bundle;
    struct table_options options = {
        .bundle = &bundle, .manual_clock = true, .mode = command_value(line, "--mode")};
    options.seed = command_int(line, "--seed", 1);
    if (resume != NULL)
        return record_open(command_db(line), RECORD_WRITE, &play->record, reterr) &&
               record_exercise_lock(play->record, str_of(resume), reterr) &&
               table_resume(play->record, str_of(resume), &play->table, reterr);
    struct problems problems = {0};
    bool ok = disk_bundle(line->arguments[0], command_value(line, "--home"), &play->arena, &bundle,
                  reterr) &&
              record_open(command_db(line), RECORD_CREATE, &play->record, reterr) &&
              table_create(play->record, &options, &problems, &play->table, reterr);
    problems_fini(&problems);
    return ok;
}

static void tell_refusal(const struct play *play, size_t at, const struct event_refused *refused)
{
    fprintf(stderr, "%s:%d: refused: %.*s (%.*s): %.*s\n", play->path, play->lines[at],
        STR_ARG(refused->input_name), STR_ARG(refused->what),
        STR_ARG(refusal_sentences[refused->reason].in[LANG_EN]));
}

/* A time that a standing clock never comes to is the author's mistake, unless the exercise is over:
 * then the line enters at ENDEX, and what is not allowed any more is refused. */
static bool time_of(const struct play *play, size_t at, int64_t *ret_at_ms, struct err *reterr)
{
    const struct state *state = table_state(play->table);
    int64_t at_ms = play->inputs[at].input.at_ms;
    struct place place = {str_of(play->path), play->lines[at], 0};
    bool waits = state->status == STATUS_READY || state->status == STATUS_PAUSED;
    if (at_ms > state->now_ms && waits)
        return err_set_at(reterr, place,
            "the exercise is %s, so its clock stands at %lld ms and never comes to %lld ms; start "
            "or resume it first, or give this line the time at which the clock stands",
            status_names[state->status], (long long)state->now_ms, (long long)at_ms);
    *ret_at_ms = state->status == STATUS_RUNNING ? at_ms : state->now_ms;
    return true;
}

static bool play_line(struct play *play, size_t at, struct err *reterr)
{
    struct intake *intake = &play->inputs[at];
    struct event_refused refused;
    int64_t at_ms = 0;
    if (table_state(play->table)->status == STATUS_RUNNING)
        table_advance(play->table, intake->input.at_ms);
    if (!time_of(play, at, &at_ms, reterr)) {
        table_keep(play->table, 0, NULL); /* what the clock has brought did happen */
        return false;
    }
    enum taken taken = table_take(play->table, intake, at_ms, &refused);
    if (taken == TAKEN_CONFLICT) {
        struct place place = {str_of(play->path), play->lines[at], 0};
        return err_set_at(reterr, place, "the id \"%.*s\" was used before for something else",
            STR_ARG(intake->input.id));
    }
    if (taken == TAKEN_REFUSED)
        tell_refusal(play, at, &refused);
    return table_keep(play->table, 0, reterr);
}

static enum command_exit run(const struct command_line *line)
{
    struct play play = {.line = line, .path = command_value(line, "--inputs")};
    struct err err;
    if (play.path == NULL)
        return command_misuse(line, "--inputs FILE is missing: what the people do");
    if ((line->argument_count == 0) == (command_value(line, "--resume") == NULL))
        return command_misuse(line, "name a scenario, or an exercise with --resume");
    bool ok = read_inputs(&play, &err) && begin(&play, &err);
    for (size_t i = 0; ok && i < play.count; i++)
        ok = play_line(&play, i, &err);
    if (ok)
        printf("played %zu inputs: %.*s\n", play.count, STR_ARG(table_exercise(play.table)));
    enum command_exit done = ok ? COMMAND_OK : command_fail(line, &err);
    if (!ok && play.table != NULL)
        fprintf(stderr, "tocsin play: what came before is kept in %.*s; go on with --resume\n",
            STR_ARG(table_exercise(play.table)));
    table_free(play.table);
    record_close(play.record);
    arena_fini(&play.arena);
    return done;
}

const struct command command_play = {
    .name = "play",
    .arguments = "[SCENARIO]",
    .argument_max = 1,
    .help = "play a scenario from a file of inputs",
    .details =
        "Each line of the file is one input as JSON (docs/events.md). Prints the exercise's id\n"
        "as its last word. A play that was cut off goes on with --resume.",
    .examples = {"tocsin play scenarios/phone-tree --inputs good.jsonl --db drills.db",
        "tocsin play --resume phone-tree-1 --inputs good.jsonl --db drills.db"},
    .options = {{"--inputs", "FILE", "what the people do; - reads standard input"}, COMMAND_DB,
        {"--seed", "N", "what chance is drawn from; 1 if not given"},
        {"--mode", "discuss|paced|live", "as the scenario says if not given"},
        {"--resume", "EXERCISE", "go on with an exercise that was cut off"}, COMMAND_HOME},
    .run = run,
};
