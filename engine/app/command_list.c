/* tocsin list: the exercises in a file. */
#include <stdio.h>

#include "app/commands.h"
#include "base/duration.h"
#include "record/record.h"

static enum command_exit run(const struct command_line *line)
{
    struct arena arena = {0};
    struct record *record = NULL;
    struct record_exercise *items;
    size_t count;
    struct err err;
    bool ok = record_open(command_db(line), RECORD_READ, &record, &err) &&
              record_exercise_list(record, &arena, &items, &count, &err);
    for (size_t i = 0; ok && i < count; i++)
        printf("%-24.*s %.*s  %.*s%s\n", STR_ARG(items[i].id),
            STR_ARG(calendar_format(&arena, items[i].created_wall_ms, 0)),
            STR_ARG(items[i].scenario), items[i].manual_clock ? "  (played from a file)" : "");
    if (ok && count == 0)
        printf("no exercise yet\n");
    record_close(record);
    arena_fini(&arena);
    return ok ? COMMAND_OK : command_fail(line, &err);
}

const struct command command_list = {
    .name = "list",
    .arguments = "",
    .help = "list the exercises in a file",
    .details = "In the order in which they were made.",
    .examples = {"tocsin list --db drills.db"},
    .options = {COMMAND_DB},
    .run = run,
};
