/* tocsin play: an exercise from a file of inputs, without people or a clock.
 *
 * The whole file is read and its times are checked before anything is written. A play that was cut
 * off is taken up with --resume: inputs that the record already holds are not taken twice. */
#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "app/disk.h"
#include "app/ids.h"
#include "app/table.h"
#include "app/terminal.h"
#include "base/duration.h"

struct play {
    const struct command_line *line;
    const char *path;
    struct arena arena;
    struct intake *inputs;
    int *lines; /* where each stands */
    size_t count, capacity, line_capacity;
    size_t refused_count, fault_count;
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
    if (!disk_read_input(play->path, &play->arena, &rest, reterr))
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

static bool begin_new(struct play *play, struct err *reterr)
{
    const struct command_line *line = play->line;
    struct bundle bundle;
    struct problems problems = {0};
    int64_t difficulty = command_int(line, "--difficulty", 0);
    struct disk_source source = {.scenario = line->arguments[0],
        .overlay = command_value(line, "--overlay"),
        .home = command_value(line, "--home"),
        .organisation = command_value(line, "--org")};
    struct table_options options = {.bundle = source.scenario != NULL ? &bundle : NULL,
        .exercise = command_value(line, "--exercise"),
        .manual_clock = true,
        .by_person = command_has(line, "--by-person"),
        .seed = command_int(line, "--seed", 1),
        .mode = command_value(line, "--mode"),
        .difficulty = command_has(line, "--difficulty") ? &difficulty : NULL};
    /* An exercise that is joined must be there: a mistyped name of a file makes no new one. */
    enum record_open how = options.exercise != NULL ? RECORD_WRITE : RECORD_CREATE;
    bool ok =
        (source.scenario == NULL || disk_bundle_from(&source, &play->arena, &bundle, reterr)) &&
        record_open(command_db(line), how, &play->record, reterr) &&
        table_create(play->record, &options, &problems, &play->table, reterr);
    problems_fini(&problems);
    return ok;
}

static bool begin(struct play *play, struct err *reterr)
{
    const char *resume = command_value(play->line, "--resume");
    if (resume == NULL)
        return begin_new(play, reterr);
    bool ok = record_open(command_db(play->line), RECORD_WRITE, &play->record, reterr) &&
              record_exercise_lock(play->record, str_of(resume), reterr) &&
              table_resume(play->record, str_of(resume), &play->table, reterr);
    struct str quarrel = ok ? table_quarrel(play->table) : STR("");
    if (quarrel.len != 0)
        fprintf(stderr, "tocsin play: the story is switched off for this table: %.*s\n",
            STR_ARG(quarrel));
    return ok;
}

/* "poc.jsonl:7: refused: poc message (pok): There is no such thing here. Did you mean "poc"?" */
static void tell_refusal(struct play *play, size_t at, const struct event_refused *refused)
{
    struct str actor = play->inputs[at].input.actor;
    play->refused_count++;
    fprintf(stderr, "%s:%d: %srefused%s: %.*s %.*s", play->path, play->lines[at],
        terminal_tint(stderr, TERMINAL_BAD), terminal_plain(stderr), STR_ARG(actor),
        STR_ARG(refused->input_name));
    if (refused->what.len != 0 && !str_eq(refused->what, refused->input_name))
        fprintf(stderr, " (%.*s)", STR_ARG(refused->what));
    fprintf(stderr, ": %.*s", STR_ARG(refusal_sentences[refused->reason].in[LANG_EN]));
    struct str near = ids_nearest(table_def(play->table), actor, &play->arena);
    if (near.len == 0 && refused->reason == REFUSAL_UNKNOWN)
        near = ids_nearest(table_def(play->table), refused->what, &play->arena);
    if (near.len != 0)
        fprintf(stderr, " Did you mean \"%.*s\"?", STR_ARG(near));
    fprintf(stderr, "\n");
}

/* What went wrong in the scenario's own story; the sentence holds the remedy. */
static void tell_faults(struct play *play)
{
    size_t count;
    const struct event *events = table_events(play->table, &count);
    for (size_t i = 0; i < count; i++) {
        if (events[i].kind != EVENT_FAULT)
            continue;
        const struct event_fault *fault = &events[i].body.fault;
        play->fault_count++;
        fprintf(stderr, "%.*s:%lld: %sfault%s in \"%.*s\": %.*s\n", STR_ARG(fault->file),
            (long long)fault->line, terminal_tint(stderr, TERMINAL_BAD), terminal_plain(stderr),
            STR_ARG(fault->story), STR_ARG(fault->message));
    }
}

static bool keep(struct play *play, struct err *reterr)
{
    if (!table_keep(play->table, 0, reterr))
        return false;
    tell_faults(play);
    return true;
}

/* False when there was anything that somebody should mend. */
static bool sum_up(const struct play *play)
{
    printf("played %zu inputs: %.*s\n", play->count, STR_ARG(table_exercise(play->table)));
    if (play->refused_count == 0 && play->fault_count == 0)
        return true;
    fflush(stdout);
    fprintf(stderr, "tocsin play: refused inputs: %zu; story faults: %zu\n", play->refused_count,
        play->fault_count);
    return false;
}

/* What was pinned when the exercise was made cannot be chosen when it goes on. */
static const char *find_contradiction(const struct command_line *line)
{
    static const char *const for_a_new_one[] = {"--exercise", "--overlay", "--org", "--mode",
        "--seed", "--difficulty", "--home", "--by-person"};
    for (size_t i = 0; i < sizeof(for_a_new_one) / sizeof(for_a_new_one[0]); i++)
        if (command_has(line, "--resume") && command_has(line, for_a_new_one[i]))
            return for_a_new_one[i];
    return NULL;
}

/* "11:00", or "11m0s500ms" where the odd part matters. */
static struct str clock_text(struct play *play, int64_t at_ms)
{
    return at_ms % 1000 == 0 ? duration_clock(&play->arena, at_ms)
                             : duration_format(&play->arena, at_ms);
}

/* A time that a standing clock never comes to is the author's mistake, unless the exercise is over:
 * then the line enters at ENDEX, and what is not allowed any more is refused. In a discussion only
 * `next` moves the clock, and times do no more than put lines in order. */
static bool time_of(struct play *play, size_t at, int64_t *ret_at_ms, struct err *reterr)
{
    const struct state *state = table_state(play->table);
    int64_t at_ms = play->inputs[at].input.at_ms;
    struct place place = {str_of(play->path), play->lines[at], 0};
    bool waits = (state->status == STATUS_READY || state->status == STATUS_PAUSED) &&
                 state->mode != MODE_DISCUSS;
    if (at_ms > state->now_ms && waits)
        return err_set_at(reterr, place,
            "the exercise is %s, so its clock stands at %.*s and never comes to %.*s; %s first, or "
            "give this line the time at which the clock stands",
            status_names[state->status], STR_ARG(clock_text(play, state->now_ms)),
            STR_ARG(clock_text(play, at_ms)),
            state->gap_open ? "close the gap sheet (jump without length) and resume"
            : state->status == STATUS_PAUSED ? "resume it"
                                             : "start it");
    bool runs = state->status == STATUS_RUNNING && state->mode != MODE_DISCUSS;
    *ret_at_ms = runs ? at_ms : state->now_ms;
    return true;
}

/* Where roles share a seat, a line may still name whom the scenario seats alone. */
static void take_seat(const struct play *play, struct str *actor)
{
    const struct def_seat *seat = def_seat_of(table_def(play->table), *actor);
    if (seat != NULL)
        *actor = seat->id;
}

static bool play_line(struct play *play, size_t at, struct err *reterr)
{
    struct intake *intake = &play->inputs[at];
    take_seat(play, &intake->input.actor);
    take_seat(play, &intake->input.proxy_for);
    struct event_refused refused;
    int64_t at_ms = 0;
    if (table_state(play->table)->status == STATUS_RUNNING)
        table_advance(play->table, intake->input.at_ms);
    if (!time_of(play, at, &at_ms, reterr)) {
        keep(play, NULL); /* what the clock has brought did happen */
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
    return keep(play, reterr);
}

static bool play_all(struct play *play, struct err *reterr)
{
    enum { LONG_FILE = 1000, TELL_EVERY = 100 };
    for (size_t i = 0; i < play->count; i++) {
        if (!play_line(play, i, reterr))
            return false;
        if (play->count >= LONG_FILE && ((i + 1) % TELL_EVERY == 0 || i + 1 == play->count))
            terminal_progress((void *)(uintptr_t) "playing", (int64_t)i + 1, (int64_t)play->count);
    }
    return true;
}

static enum command_exit run(const struct command_line *line)
{
    struct play play = {.line = line, .path = command_value(line, "--inputs")};
    struct err err;
    if (play.path == NULL)
        return command_misuse(line, "--inputs FILE is missing: what the people do");
    bool names_exercise = command_has(line, "--resume") || command_has(line, "--exercise");
    if (line->argument_count == 0 && !names_exercise)
        return command_misuse(line, "name a scenario, or an exercise with --resume or --exercise");
    if (line->argument_count > 0 && command_has(line, "--resume"))
        return command_misuse(line, "name a scenario or --resume, not both");
    if (line->argument_count == 0 && command_has(line, "--overlay"))
        return command_misuse(line, "--overlay wants a scenario that it is laid over");
    if (line->argument_count == 0 && command_has(line, "--org"))
        return command_misuse(line, "--org wants a scenario; what is played again keeps its own");
    if (command_has(line, "--exercise") && command_has(line, "--by-person"))
        return command_misuse(line, "--by-person is chosen when the exercise is created");
    const char *contradiction = find_contradiction(line);
    if (contradiction != NULL)
        return command_misuse(line, "%s is for a new table, not for --resume", contradiction);
    bool ok = read_inputs(&play, &err) && begin(&play, &err) && play_all(&play, &err);
    enum command_exit done = COMMAND_OK;
    if (!ok)
        done = command_fail(line, &err);
    else if (!sum_up(&play) && command_has(line, "--strict"))
        done = COMMAND_FAILED;
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
        "as its last word. What is refused, and what goes wrong in a story, is told on standard\n"
        "error with file and line. A play that was cut off goes on with --resume. With --exercise\n"
        "and without SCENARIO, what the exercise was made of is played again at a new table.",
    .examples = {"tocsin play scenarios/phone-tree --inputs good.jsonl --db drills.db",
        "tocsin play --exercise phone-tree-1 --inputs good.jsonl --db drills.db",
        "tocsin play --resume phone-tree-1 --inputs good.jsonl --db drills.db"},
    .failed = "it could not be played; with --strict also: something was refused or at fault",
    .options = {{"--inputs", "FILE", "what the people do; - reads standard input"}, COMMAND_DB,
        {"--strict", NULL, "a refused input or a story's fault is a failure"},
        {"--seed", "N", "what chance is drawn from; 1 if not given"},
        {"--mode", "discuss|paced|live", "as the scenario says if not given"},
        {"--difficulty", "0|1|2|3", "as the scenario says if not given; 0: core injects only"},
        {"--overlay", "FILE", "what fits the scenario to a team"}, COMMAND_ORG, COMMAND_BY_PERSON,
        {"--exercise", "EXERCISE", "play at a further table of this exercise"},
        {"--resume", "EXERCISE", "go on with an exercise that was cut off"}, COMMAND_HOME},
    .run = run,
};
