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

struct listed_all {
    struct listed *items;
    size_t count;
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
    if (exercise->replaced_by.len > 0)
        printf("  made anew as %.*s before it began", STR_ARG(exercise->replaced_by));
    else if (exercise->table_count == 1)
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
    if (exercise->replaced_by.len > 0)
        json_write_key_str(json, "replaced_by", exercise->replaced_by);
    json_write_key_str(json, "scenario", exercise->scenario);
    json_write_key(json, STR("tables"));
    json_write_array(json);
    for (size_t i = 0; i < exercise->table_count; i++)
        write_table(json, &exercise->tables[i], &listed->tables[i]);
    json_write_end(json);
    json_write_end(json);
}

static void print_json(const struct listed_all *all)
{
    struct buf out = {0};
    struct json_write json;
    json_write_init(&json, &out);
    json_write_array(&json);
    for (size_t i = 0; i < all->count; i++)
        write_exercise(&json, &all->items[i]);
    json_write_end(&json);
    printf("%.*s\n", STR_ARG(buf_str(&out)));
    buf_fini(&out);
}

static bool look_at(struct record *record, const struct record_exercise *exercise,
    struct arena *arena, struct listed *ret_listed, struct err *reterr)
{
    *ret_listed = (struct listed){.exercise = exercise,
        .has_overlay = summary_has_overlay(record, exercise->exercise),
        .organisation = summary_organisation(record, exercise->exercise, arena),
        .tables = ARENA_ARRAY(arena, exercise->table_count, struct summary)};
    for (size_t t = 0; t < exercise->table_count; t++)
        if (!summary_read(record, exercise->tables[t].table, &ret_listed->tables[t], reterr))
            return false;
    return true;
}

/* What was replaced before it began is shown to whoever asks for all. */
static bool gather(struct record *record, bool all, struct arena *arena, struct listed_all *ret_all,
    struct err *reterr)
{
    struct record_exercise *exercises;
    size_t count;
    if (!(all ? record_exercise_list_all : record_exercise_list)(
            record, arena, &exercises, &count, reterr))
        return false;
    struct listed_all listed = {ARENA_ARRAY(arena, count + 1, struct listed), count};
    for (size_t i = 0; i < count; i++)
        if (!look_at(record, &exercises[i], arena, &listed.items[i], reterr))
            return false;
    *ret_all = listed;
    return true;
}

static enum command_exit run(const struct command_line *line)
{
    struct arena arena = {0};
    struct record *record = NULL;
    struct listed_all all = {0};
    struct err err;
    bool ok = record_open(command_db(line), RECORD_READ, &record, &err) &&
              gather(record, command_has(line, "--all"), &arena, &all, &err);
    bool as_json = command_has(line, "--json");
    if (ok && as_json)
        print_json(&all);
    for (size_t i = 0; ok && !as_json && i < all.count; i++)
        print_plain(&all.items[i], &arena);
    if (ok && !as_json && all.count == 0)
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
        "and how far it came, and with their tables where there are several. An exercise that the\n"
        "lobby made anew before it began is left out, here and wherever exercises are counted.",
    .examples = {"tocsin list --db drills.db", "tocsin list --json --db drills.db"},
    .options = {COMMAND_DB, {"--all", NULL, "also what was made anew before it began"},
        {"--json", NULL, "an array; its fields stand in docs/commands.md"}},
    .run = run,
};
