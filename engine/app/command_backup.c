/* tocsin backup: a copy of a record, whole, while others use it. */
#include <stdio.h>

#include "app/commands.h"
#include "app/terminal.h"
#include "record/record.h"

/* A copy that cannot be opened is none. */
static bool count_exercises(const char *path, size_t *ret_count, struct err *reterr)
{
    struct arena arena = {0};
    struct record *record = NULL;
    struct record_exercise *items;
    bool ok = record_open(path, RECORD_READ, &record, reterr) &&
              record_exercise_list(record, &arena, &items, ret_count, reterr);
    record_close(record);
    arena_fini(&arena);
    return ok;
}

static enum command_exit run(const struct command_line *line)
{
    struct record *record = NULL;
    struct err err;
    size_t count = 0;
    char what[] = "copying";
    const char *path = line->arguments[0];
    bool ok = record_open(command_db(line), RECORD_READ, &record, &err) &&
              record_backup(record, path, terminal_progress, what, &err) &&
              count_exercises(path, &count, &err);
    record_close(record);
    if (!ok)
        return command_fail(line, &err);
    printf("%s: a copy of %s; exercises: %zu\n", path, command_db(line), count);
    return COMMAND_OK;
}

const struct command command_backup = {
    .name = "backup",
    .arguments = "FILE",
    .argument_min = 1,
    .argument_max = 1,
    .help = "copy a record while it is in use",
    .details = "The copy is whole or not there at all, and holds everything that was told to\n"
               "anybody before it began. FILE must not exist yet.",
    .examples = {"tocsin backup drills-copy.db --db drills.db",
        "tocsin backup \"drills-$(date +%F).db\" --db drills.db"},
    .options = {COMMAND_DB},
    .run = run,
};
