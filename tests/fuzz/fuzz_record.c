/* A record that somebody else has made or changed: it is opened, verified, folded, viewed, scored,
 * taken up and played on. Never a crash; an error, or what was played.
 *
 * The first byte says what the rest is:
 *
 *   f  a file's bytes
 *   p  changes to the bytes of a good file: four bytes where, one how many, and these
 *   w  the same in a file that a killed process left behind, log and all
 *   l  lines of inputs and events, chained as a good record would be: a hash chain proves that
 *      nobody changed a record, not that Tocsin made it */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/disk.h"
#include "app/past.h"
#include "app/table.h"
#include "base/json_read.h"
#include "base/limits.h"
#include "core/event_check.h"
#include "fuzz/lines.h"
#include "report/report.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define HOME "tests/fuzz/home"

/* What is the same in every run; made at the first. */
struct given {
    char folder[64], path[80], log[88];
    struct arena arena;
    struct bundle bundle;
    struct str empty;          /* a record with the exercise in it, and no event */
    struct str whole;          /* the same, played */
    struct str left, left_log; /* played, as a killed process leaves it */
    struct str lines;          /* what whole holds */
};

static struct given given;

static void must(bool is_good, const char *what, const struct err *err)
{
    if (is_good)
        return;
    fprintf(stderr, "%s: %s\nrun it from the root of the tree\n", what, err->message);
    exit(EXIT_FAILURE);
}

static void clear_folder(void)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal", "-lock-small-1"};
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        char path[112];
        snprintf(path, sizeof(path), "%s%s", given.path, ends[i]);
        unlink(path);
    }
}

static void put_file(const char *path, struct str bytes)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0 || write(file, bytes.ptr, bytes.len) != (ssize_t)bytes.len)
        abort();
    close(file);
}

/* ---- the good record ---- */

static void play_lines(struct table *table, struct str rest)
{
    struct str line;
    struct err err = {0};
    for (int number = 1; str_cut(rest, '\n', &line, &rest); number++) {
        struct arena arena = {0};
        struct intake intake;
        struct event_refused refused;
        struct intake_from from = {INTAKE_FILE, {STR("small.jsonl"), number, 0}};
        must(intake_parse(line, from, &arena, &intake, &err), "an input", &err);
        if (intake.input.id.len == 0)
            intake.input.id = arena_format(&arena, "line-%d", number);
        int64_t at_ms = intake.input.at_ms;
        table_advance(table, at_ms);
        table_take(table, &intake, at_ms, &refused);
        must(table_keep(table, 0, &err), "keep", &err);
        arena_fini(&arena);
    }
}

static void make_empty(void)
{
    struct err err = {0};
    struct record *record = NULL;
    struct record_exercise exercise;
    struct record_file files[32];
    struct record_made_of made_of = {.scenario = STR("small"), .manual_clock = true};
    for (size_t i = 0; i < given.bundle.file_count; i++)
        files[i] = (struct record_file){given.bundle.files[i].path, given.bundle.files[i].bytes};
    made_of.files = files;
    made_of.file_count = given.bundle.file_count;
    must(record_open(given.path, RECORD_CREATE, &record, &err) &&
             record_exercise_new(record, &made_of, &given.arena, &exercise, &err),
        "a new record", &err);
    struct record_turn nothing = {.table = exercise.table};
    must(record_append(record, &nothing, 1, &err), "its first turn", &err);
    record_close(record);
    must(disk_read(given.path, &given.arena, &given.empty, &err), "read", &err);
    clear_folder();
}

static void make_whole(void)
{
    struct err err = {0};
    struct record *record = NULL;
    struct table *table = NULL;
    struct str inputs;
    struct problems problems = {0};
    struct table_options options = {.bundle = &given.bundle, .seed = 7, .manual_clock = true};
    must(disk_read(HOME "/small.jsonl", &given.arena, &inputs, &err) &&
             record_open(given.path, RECORD_CREATE, &record, &err) &&
             table_create(record, &options, &problems, &table, &err),
        "create", &err);
    play_lines(table, inputs);
    must(disk_read(given.path, &given.arena, &given.left, &err) &&
             disk_read(given.log, &given.arena, &given.left_log, &err),
        "read", &err);
    table_free(table);
    record_close(record);
    must(disk_read(given.path, &given.arena, &given.whole, &err), "read", &err);
    problems_fini(&problems);
    clear_folder();
}

static void write_events(const struct past *past, struct buf *out)
{
    for (size_t i = 0; i < past->event_count; i++) {
        event_write(&past->events[i], out);
        buf_add_char(out, '\n');
    }
}

static void leave_folder(void)
{
    clear_folder();
    rmdir(given.folder);
}

static void given_init(void)
{
    struct err err = {0};
    struct past past = {0};
    struct buf lines = {0};
    const char *parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(given.folder, sizeof(given.folder), "%s/tocsin-fuzz-XXXXXX", parent);
    if (mkdtemp(given.folder) == NULL)
        abort();
    atexit(leave_folder);
    snprintf(given.path, sizeof(given.path), "%s/r.db", given.folder);
    snprintf(given.log, sizeof(given.log), "%s-wal", given.path);
    must(disk_bundle(HOME "/scenarios/small", HOME, &given.arena, &given.bundle, &err), "bundle",
        &err);
    make_empty();
    make_whole();
    put_file(given.path, given.whole);
    must(past_open(&past, given.path, NULL, &err), "the good record", &err);
    write_events(&past, &lines);
    given.lines = arena_str(&given.arena, buf_str(&lines));
    buf_fini(&lines);
    past_close(&past);
    clear_folder();
}

/* ---- a record made of lines ---- */

/* Everything is one turn. Numbers are given anew, so that what is left of a line's meaning is all
 * but its place. */
struct lines {
    struct arena *arena;
    struct input inputs[64];
    struct record_input items[64];
    struct event events[256];
    size_t input_count, event_count;
    bool is_open; /* the last input has no event yet */
};

static void add_input(struct lines *lines, struct str line)
{
    struct input *input = &lines->inputs[lines->input_count];
    if (lines->is_open || lines->input_count == 64 || !input_read(line, lines->arena, input, NULL))
        return;
    /* The same actor may not use an id twice; that is the writer's to see to. */
    if (input->id.len > 0)
        input->id = arena_format(lines->arena, "n%zu", lines->input_count);
    input->seq = (int64_t)lines->input_count + 1;
    lines->items[lines->input_count++] = (struct record_input){.input = input};
    lines->is_open = true;
}

static void add_event(struct lines *lines, struct str line)
{
    struct event *event = &lines->events[lines->event_count];
    if (lines->event_count == 256 || !event_read(line, lines->arena, event, NULL))
        return;
    event->seq = (int64_t)lines->event_count + 1;
    if (lines->is_open || event->input > (int64_t)lines->input_count)
        event->input = (int64_t)lines->input_count;
    lines->is_open = false;
    lines->event_count++;
}

static void put_lines(struct str rest)
{
    struct arena arena = {0};
    struct lines *lines = ARENA_NEW(&arena, struct lines);
    struct record *record = NULL;
    struct err err = {0};
    struct str line;
    *lines = (struct lines){.arena = &arena};
    while (str_cut(rest, '\n', &line, &rest)) {
        if (!json_check(line, NULL))
            continue;
        if (json_get(line, STR("do")).len > 0)
            add_input(lines, line);
        else
            add_event(lines, line);
    }
    lines->input_count -= lines->is_open; /* every input leads to an event */
    struct record_turn turn = {.table = 1,
        .clock_ms = lines->event_count > 0 ? lines->events[lines->event_count - 1].at_ms : 0,
        .inputs = lines->items,
        .input_count = lines->input_count,
        .events = lines->events,
        .event_count = lines->event_count};
    put_file(given.path, given.empty);
    must(record_open(given.path, RECORD_WRITE, &record, &err), "the empty record", &err);
    (void)record_append(record, &turn, 1, &err);
    record_close(record);
    arena_fini(&arena);
}

/* ---- looking at it ---- */

static void look(const struct past *past)
{
    struct buf out = {0};
    struct view_texts texts = {(void *)(uintptr_t)past, past_text};
    for (size_t i = 0; i < past->event_count; i++) {
        for (size_t s = 0; s < past->def.seat_count + 2; s++) {
            enum viewer_kind kind = s == 0   ? VIEWER_FACILITATOR
                                    : s == 1 ? VIEWER_BOARD
                                             : VIEWER_SEAT;
            struct viewer viewer = {kind, s >= 2 ? past->def.seats[s - 2].id : (struct str){0}};
            struct view view = {past->state, viewer, &texts};
            buf_clear(&out);
            if (view_write(&view, &past->events[i], 1, &out) && !json_check(buf_str(&out), NULL))
                abort();
        }
    }
    struct report_source source = {.def = &past->def,
        .rules = &past->rules,
        .exercise = past->exercise.id,
        .head = STR("h"),
        .events = past->events,
        .event_count = past->event_count,
        .texts = (void *)(uintptr_t)past,
        .text_find = past_text};
    struct scorer *scorer = past_score(past, &past->rules, &source.findings, &source.finding_count);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        report_write_text(&source, (enum lang)lang, &out);
    scorer_free(scorer);
    buf_fini(&out);
}

/* Takes it up; people go on as far as it lets them, and what they did is a good record again. */
static void go_on(struct record *record, const struct record_exercise *exercise)
{
    static const char more[] =
        "{\"at\":1,\"actor\":\"facilitator\",\"do\":\"resume\",\"id\":\"z1\"}\n"
        "{\"at\":1,\"actor\":\"poc\",\"do\":\"open\",\"inject\":\"call\",\"id\":\"z2\"}\n"
        "{\"at\":1,\"actor\":\"lead\",\"do\":\"decide\",\"question\":\"stop\",\"option\":\"later\","
        "\"reason\":\"r\",\"id\":\"z3\"}\n"
        "{\"at\":1,\"actor\":\"facilitator\",\"do\":\"end\",\"id\":\"z4\"}\n";
    struct table *table = NULL;
    struct err err = {0};
    if (!table_resume(record, exercise->id, &table, &err))
        return;
    int64_t now_ms = table_state(table)->now_ms;
    if (now_ms < LIMIT_EXERCISE_MS)
        table_advance(table, now_ms + 3600000);
    bool is_kept = table_keep(table, 0, &err);
    if (is_kept)
        play_lines(table, str_of(more));
    if (is_kept && !record_verify(record, exercise->table, STR(""), &err)) {
        fprintf(stderr, "played on, and no longer whole: %s\n", err.message);
        abort();
    }
    table_free(table);
}

/* What was changed and is still whole is what was played: all of it, or, when the end of the log
 * was lost, as much as was there before. Only a head that somebody wrote down shows that. */
static void compare(const struct past *past, char how)
{
    struct buf lines = {0};
    write_events(past, &lines);
    bool is_same = how == 'w' ? str_starts_with(given.lines, buf_str(&lines))
                              : str_eq(given.lines, buf_str(&lines));
    if (!is_same) {
        fprintf(stderr, "changed, and nobody noticed:\n%.*s\n", STR_ARG(buf_str(&lines)));
        abort();
    }
    buf_fini(&lines);
}

static void check(char how)
{
    struct past past = {0};
    struct err err = {0};
    struct record *record = NULL;
    if (past_open(&past, given.path, NULL, &err)) {
        if (how == 'p' || how == 'w')
            compare(&past, how);
        look(&past);
        if (record_open(given.path, RECORD_WRITE, &record, &err)) {
            go_on(record, &past.exercise);
            record_close(record);
        }
    } else if (err.kind == ERR_NONE || err.message[0] == '\0') {
        abort();
    }
    past_close(&past);
}

/* Changes bytes of a copy in the arena, and writes it. */
static void put_changed(const char *path, struct str good, struct str patches, struct arena *arena)
{
    char *bytes = arena_alloc(arena, good.len + 1, 1);
    memcpy(bytes, good.ptr, good.len);
    const uint8_t *at = (const uint8_t *)patches.ptr, *end = at + patches.len;
    while (end - at > 5) {
        size_t where = ((size_t)at[0] << 24 | (size_t)at[1] << 16 | (size_t)at[2] << 8 | at[3]);
        where %= good.len;
        size_t count = at[4] % 32u + 1u;
        at += 5;
        count = count < (size_t)(end - at) ? count : (size_t)(end - at);
        count = count < good.len - where ? count : good.len - where;
        memcpy(bytes + where, at, count);
        at += count;
    }
    put_file(path, (struct str){bytes, good.len});
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (given.path[0] == '\0')
        given_init();
    if (size == 0)
        return 0;
    struct arena arena = {0};
    struct str rest = {(const char *)data + 1, size - 1};
    clear_folder();
    if (data[0] == 'f') {
        put_file(given.path, rest);
    } else if (data[0] == 'p') {
        put_changed(given.path, given.whole, rest, &arena);
    } else if (data[0] == 'w') {
        /* The first half changes the file, the second its log. */
        struct str first = {rest.ptr, rest.len / 2};
        put_changed(given.path, given.left, first, &arena);
        put_changed(given.log, given.left_log, str_after(rest, first.len), &arena);
    } else {
        put_lines(rest);
    }
    check((char)data[0]);
    arena_fini(&arena);
    return 0;
}

#ifdef TOCSIN_FUZZ
static const char *const brought_in[] = {NULL};

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed)
{
    if (size > 0 && data[0] != 'l')
        return LLVMFuzzerMutate(data, size, max_size);
    return lines_mutate(
        data, size, max_size, (struct lines_edit){.seed = seed, .extra = brought_in}, 1);
}
#endif
