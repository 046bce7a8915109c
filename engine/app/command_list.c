/* tocsin list: the exercises in a file, and their tables. */
#include <stdio.h>

#include "app/commands.h"
#include "app/past.h"
#include "app/summary.h"
#include "base/json_write.h"

/* An exercise as it is listed; items and tables stand side by side. */
struct listed {
    const struct record_exercise *exercise;
    struct summary *tables;
    bool has_overlay;
    struct str organisation;
};

/* "  ended; live, difficulty 1, played from a file" */
static void print_table(const struct listed *listed, size_t table)
{
    const struct summary *summary = &listed->tables[table];
    printf("  %.*s; %s, difficulty %lld%s%s",
        STR_ARG(summary_status_words[summary->status].in[LANG_EN]), mode_names[summary->mode],
        (long long)summary->difficulty, listed->has_overlay ? ", with an overlay" : "",
        listed->exercise->tables[table].manual_clock ? ", played from a file" : "");
}

/* A line an exercise; its tables follow when there are several. */
static void print_plain(const struct listed *listed, struct arena *arena)
{
    const struct record_exercise *exercise = listed->exercise;
    const struct record_table *tables = exercise->tables;
    printf("%-24.*s %.*s  %.*s (%.*s)", STR_ARG(exercise->exercise),
        STR_ARG(past_date(arena, exercise->created_wall_ms)), STR_ARG(exercise->scenario),
        STR_ARG(listed->organisation));
    if (exercise->table_count == 1)
        print_table(listed, 0);
    printf("\n");
    for (size_t i = 0; exercise->table_count > 1 && i < exercise->table_count; i++) {
        printf("  %-22.*s %.*s", STR_ARG(tables[i].id),
            STR_ARG(past_date(arena, tables[i].opened_wall_ms)));
        print_table(listed, i);
        printf("\n");
    }
}

static void write_table(
    struct json_write *json, const struct record_table *table, const struct summary *summary)
{
    json_write_object(json);
    json_write_key_int(json, "difficulty", summary->difficulty);
    json_write_key_bool(json, "ended", table->has_ended);
    json_write_key_bool(json, "manual_clock", table->manual_clock);
    json_write_key_str(json, "mode", str_of(mode_names[summary->mode]));
    json_write_key_int(json, "opened_wall_ms", table->opened_wall_ms);
    json_write_key_str(json, "status", str_of(status_names[summary->status]));
    json_write_key_str(json, "table", table->id);
    json_write_end(json);
}

static void write_exercise(struct json_write *json, const struct listed *listed)
{
    char hex[HASH_HEX_BYTES + 1];
    const struct record_exercise *exercise = listed->exercise;
    json_write_object(json);
    json_write_key_str(json, "content", hash_hex(&exercise->content, hex));
    json_write_key_int(json, "created_wall_ms", exercise->created_wall_ms);
    json_write_key_str(json, "exercise", exercise->exercise);
    json_write_key_str(json, "organisation", listed->organisation);
    json_write_key_bool(json, "overlay", listed->has_overlay);
    json_write_key_str(json, "scenario", exercise->scenario);
    json_write_key(json, STR("tables"));
    json_write_array(json);
    for (size_t i = 0; i < exercise->table_count; i++)
        write_table(json, &exercise->tables[i], &listed->tables[i]);
    json_write_end(json);
    json_write_end(json);
}

static void print_json(const struct listed *items, size_t count)
{
    struct buf out = {0};
    struct json_write json;
    json_write_init(&json, &out);
    json_write_array(&json);
    for (size_t i = 0; i < count; i++)
        write_exercise(&json, &items[i]);
    json_write_end(&json);
    printf("%.*s\n", STR_ARG(buf_str(&out)));
    buf_fini(&out);
}

static bool gather(struct record *record, struct arena *arena, struct listed **ret_items,
    size_t *ret_count, struct err *reterr)
{
    struct record_exercise *exercises;
    if (!record_exercise_list(record, arena, &exercises, ret_count, reterr))
        return false;
    struct listed *items = ARENA_ARRAY(arena, *ret_count + 1, struct listed);
    for (size_t i = 0; i < *ret_count; i++) {
        const struct record_exercise *exercise = &exercises[i];
        items[i].exercise = exercise;
        items[i].has_overlay = summary_has_overlay(record, exercise->exercise);
        items[i].organisation = summary_organisation(record, exercise->exercise, arena);
        items[i].tables = ARENA_ARRAY(arena, exercise->table_count, struct summary);
        for (size_t t = 0; t < exercise->table_count; t++)
            if (!summary_read(record, exercise->tables[t].table, &items[i].tables[t], reterr))
                return false;
    }
    *ret_items = items;
    return true;
}

static enum command_exit run(const struct command_line *line)
{
    struct arena arena = {0};
    struct record *record = NULL;
    struct listed *items = NULL;
    size_t count = 0;
    struct err err;
    bool ok = record_open(command_db(line), RECORD_READ, &record, &err) &&
              gather(record, &arena, &items, &count, &err);
    bool as_json = command_has(line, "--json");
    if (ok && as_json)
        print_json(items, count);
    for (size_t i = 0; ok && !as_json && i < count; i++)
        print_plain(&items[i], &arena);
    if (ok && !as_json && count == 0)
        printf("no exercise yet\n");
    record_close(record);
    arena_fini(&arena);
    return ok ? COMMAND_OK : command_fail(line, &err);
}

const struct command command_list = {
    .name = "list",
    .arguments = "",
    .help = "list the exercises in a file",
    .details =
        "In the order in which they were made, with scenario and organisation, how each is played\n"
        "and how far it came, and with their tables where there are several.",
    .examples = {"tocsin list --db drills.db", "tocsin list --json --db drills.db"},
    .options = {COMMAND_DB, {"--json", NULL, "an array; its fields stand in docs/commands.md"}},
    .run = run,
};
