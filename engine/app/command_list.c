/* tocsin list: the exercises in a file, and their tables. */
#include <stdio.h>

#include "app/commands.h"
#include "app/past.h"
#include "base/json_write.h"

static const char *remark(const struct record_table *table)
{
    if (table->manual_clock)
        return table->has_ended ? "  ended, played from a file" : "  played from a file";
    return table->has_ended ? "  ended" : "";
}

/* A line an exercise; its tables follow when there are several. */
static void print_plain(const struct record_exercise *exercise, struct arena *arena)
{
    const struct record_table *tables = exercise->tables;
    printf("%-24.*s %.*s  %.*s%s\n", STR_ARG(exercise->exercise),
        STR_ARG(past_date(arena, exercise->created_wall_ms)), STR_ARG(exercise->scenario),
        exercise->table_count == 1 ? remark(&tables[0]) : "");
    for (size_t i = 0; exercise->table_count > 1 && i < exercise->table_count; i++)
        printf("  %-22.*s %.*s%s\n", STR_ARG(tables[i].id),
            STR_ARG(past_date(arena, tables[i].opened_wall_ms)), remark(&tables[i]));
}

static void write_table(struct json_write *json, const struct record_table *table)
{
    json_write_object(json);
    json_write_key_bool(json, "ended", table->has_ended);
    json_write_key_bool(json, "manual_clock", table->manual_clock);
    json_write_key_int(json, "opened_wall_ms", table->opened_wall_ms);
    json_write_key_str(json, "table", table->id);
    json_write_end(json);
}

static void write_exercise(struct json_write *json, const struct record_exercise *exercise)
{
    char hex[HASH_HEX_BYTES + 1];
    json_write_object(json);
    json_write_key_str(json, "content", hash_hex(&exercise->content, hex));
    json_write_key_int(json, "created_wall_ms", exercise->created_wall_ms);
    json_write_key_str(json, "exercise", exercise->exercise);
    json_write_key_str(json, "scenario", exercise->scenario);
    json_write_key(json, STR("tables"));
    json_write_array(json);
    for (size_t i = 0; i < exercise->table_count; i++)
        write_table(json, &exercise->tables[i]);
    json_write_end(json);
    json_write_end(json);
}

static void print_json(const struct record_exercise *items, size_t count)
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

static enum command_exit run(const struct command_line *line)
{
    struct arena arena = {0};
    struct record *record = NULL;
    struct record_exercise *items = NULL;
    size_t count = 0;
    struct err err;
    bool ok = record_open(command_db(line), RECORD_READ, &record, &err) &&
              record_exercise_list(record, &arena, &items, &count, &err);
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
    .details = "In the order in which they were made, with their tables where there are several.",
    .examples = {"tocsin list --db drills.db", "tocsin list --json --db drills.db"},
    .options = {COMMAND_DB, {"--json", NULL, "an array; its fields stand in docs/commands.md"}},
    .run = run,
};
