/* Erasing cannot be taken back, so nothing is erased by a slip of the hand or by a script that did
 * not mean it. */
#include "app/erase.h"

#include <stdio.h>

#include "app/terminal.h"

bool erase_can_be_wanted(const struct command_line *line, struct err *reterr)
{
    return command_has(line, "--yes") || terminal_can_ask() ||
           err_set(reterr, ERR_USAGE,
               "nothing was changed: nobody can be asked here; --yes goes on without asking");
}

bool erase_is_wanted(const struct command_line *line, struct err *reterr)
{
    fflush(stdout);
    if (command_has(line, "--yes"))
        return true;
    if (!erase_can_be_wanted(line, reterr))
        return false;
    return terminal_confirm("This cannot be taken back.") ||
           err_set(reterr, ERR_USAGE, "nothing was changed");
}

void erase_tell_duty(const struct command_line *line, const struct record *record)
{
    printf("Backups, bundles and reports made before, and pages that were printed or saved, may\n"
           "still hold it. To erase those, and never to put a backup back without erasing again,\n"
           "is up to you: docs/operators.md.\n");
    fflush(stdout);
    if (record_has_remains(record))
        fprintf(stderr,
            "tocsin %s: bytes of it may still stand in %s or beside it, because another program "
            "has the file open; close that, and then run\n"
            "  sqlite3 %s 'VACUUM; PRAGMA wal_checkpoint(TRUNCATE)'\n",
            line->command->name, command_db(line), command_db(line));
}
