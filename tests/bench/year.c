#include "year.h"

#include "app/disk.h"
#include "app/past.h"
#include "app/skills_report.h"
#include "app/table.h"
#include "bench.h"

struct making {
    struct arena arena;
    struct record *record;
    struct bundle bundle;
    struct record_turn turn; /* all that happened */
};

static void take(struct table *table, struct str line, struct arena *arena)
{
    struct intake intake;
    struct event_refused refused;
    struct err err;
    bench_must(intake_parse(arena_str(arena, line), (struct intake_from){.source = INTAKE_FILE},
                   arena, &intake, &err),
        "intake", &err);
    table_advance(table, intake.input.at_ms);
    (void)table_take(table, &intake, intake.input.at_ms, &refused);
}

static void play(struct making *making, const char *inputs)
{
    struct problems problems = {0};
    struct table *table;
    struct str rest;
    struct err err;
    struct table_options options = {.bundle = &making->bundle, .seed = 1, .manual_clock = true};
    bench_must(disk_read(inputs, &making->arena, &rest, &err), "inputs", &err);
    bench_must(table_create(making->record, &options, &problems, &table, &err), "table", &err);
    while (rest.len > 0) {
        size_t len = 0;
        while (len < rest.len && rest.ptr[len] != '\n')
            len++;
        if (len > 0)
            take(table, (struct str){rest.ptr, len}, &making->arena);
        rest = str_after(rest, len < rest.len ? len + 1 : len);
        bench_must(table_keep(table, 0, &err), "keep", &err);
    }
    table_free(table);
    problems_fini(&problems);
}

static void read_inputs(struct making *making, int64_t table)
{
    struct record_cursor *cursor;
    struct record_input *items = NULL;
    size_t count = 0, capacity = 0;
    struct str line;
    int64_t wall_ms;
    struct err err;
    bench_must(record_inputs(making->record, table, 1, &cursor, &err), "inputs", &err);
    while (record_cursor_next(cursor, &line, &wall_ms)) {
        struct input *input = ARENA_NEW(&making->arena, struct input);
        bench_must(input_read(arena_str(&making->arena, line), &making->arena, input, &err),
            "input", &err);
        items = arena_grow(&making->arena, items, count, &capacity, sizeof(*items));
        items[count++] = (struct record_input){.input = input};
    }
    record_cursor_close(cursor);
    making->turn.inputs = items;
    making->turn.input_count = count;
}

/* The same exercise once more, under a number of its own. */
static void write_again(struct making *making)
{
    struct record_file *files =
        ARENA_ARRAY(&making->arena, making->bundle.file_count, struct record_file);
    struct record_exercise exercise;
    struct err err;
    for (size_t i = 0; i < making->bundle.file_count; i++)
        files[i] =
            (struct record_file){making->bundle.files[i].path, making->bundle.files[i].bytes};
    struct record_made_of made_of = {.scenario = STR("drill"),
        .manual_clock = true,
        .files = files,
        .file_count = making->bundle.file_count};
    bench_must(record_exercise_new(making->record, &made_of, &making->arena, &exercise, &err),
        "exercise", &err);
    making->turn.table = exercise.table;
    bench_must(record_append(making->record, &making->turn, 1, &err), "append", &err);
}

void year_make(
    const char *path, const char *scenario, const char *inputs, int count, struct year *ret_year)
{
    struct making making = {0};
    struct past past = {0};
    struct err err;
    bench_forget(path);
    bench_must(record_open(path, RECORD_CREATE, &making.record, &err), "record", &err);
    bench_must(disk_bundle(scenario, ".", &making.arena, &making.bundle, &err), "scenario", &err);
    play(&making, inputs);
    bench_must(past_open(&past, path, NULL, &err), "past", &err);
    read_inputs(&making, past.exercise.table);
    making.turn.events = past.events;
    making.turn.event_count = past.event_count;
    making.turn.clock_ms = past.clock_ms;
    for (int i = 1; i < count; i++)
        write_again(&making);
    ret_year->events = past.event_count * (size_t)count;
    past_close(&past);
    record_close(making.record);
    arena_fini(&making.arena);
}

double year_look(const char *path, size_t *ret_scored, size_t *ret_rows)
{
    struct evidence evidence = {0};
    struct evidence_filter filter = {0};
    struct skills_choice choice = {.target = SKILLS_TARGET, .home = "."};
    struct skills_report report;
    struct err err;
    double begin = bench_cpu();
    bench_must(evidence_gather(&evidence, path, &filter, &err), "evidence", &err);
    skills_report_make(&evidence, &choice, &report);
    double seconds = bench_cpu() - begin;
    *ret_scored = evidence.scored_count;
    *ret_rows = report.row_count;
    evidence_fini(&evidence);
    return seconds;
}
