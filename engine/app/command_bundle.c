/* tocsin bundle: one exercise without names and words, to attach to a bug report. */
#include <stdio.h>

#include "app/commands.h"
#include "record/record.h"

static enum command_exit run(const struct command_line *line)
{
    struct record *record = NULL;
    struct err err;
    const char *path = line->arguments[1];
    bool ok = record_open(command_db(line), RECORD_READ, &record, &err) &&
              record_bundle(record, str_of(line->arguments[0]), path, &err);
    record_close(record);
    if (!ok)
        return command_fail(line, &err);
    printf("%s: %s without names and without anything that people wrote.\n"
           "It holds the scenario, the seats' and persons' ids, and who did what when; look at it\n"
           "with tocsin log --db %s before you pass it on.\n",
        path, line->arguments[0], path);
    return COMMAND_OK;
}

const struct command command_bundle = {
    .name = "bundle",
    .arguments = "EXERCISE FILE",
    .argument_min = 2,
    .argument_max = 2,
    .help = "copy one exercise without names and words",
    .details =
        "FILE becomes a record that holds this exercise alone, to be attached to a bug\n"
        "report. Its chains are the same, so it verifies and steps again to the same events.\n"
        "FILE must not exist yet.",
    .examples = {"tocsin bundle phone-tree-1 for-the-report.db --db drills.db"},
    .options = {COMMAND_DB},
    .run = run,
};
