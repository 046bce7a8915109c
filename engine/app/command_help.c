/* tocsin help: what there is, and how it is used. */
#include "app/commands.h"
#include "app/help.h"

static enum command_exit run(const struct command_line *line)
{
    if (line->argument_count == 0) {
        help_print_overview(stdout);
        return COMMAND_OK;
    }
    const struct command *command = command_find(line->arguments[0]);
    if (command == NULL)
        return COMMAND_USAGE;
    help_print(stdout, command);
    return COMMAND_OK;
}

const struct command command_help = {
    .name = "help",
    .arguments = "[COMMAND]",
    .argument_max = 1,
    .help = "say what the commands do",
    .details =
        "Without COMMAND all of them, a line each. The same stands in docs/commands.md and in\n"
        "the man page.",
    .examples = {"tocsin help", "tocsin help play"},
    .run = run,
};
