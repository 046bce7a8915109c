/* tocsin version: the program, the semantics of its records, the story language. */
#include <stdio.h>

#include "app/commands.h"
#include "core/step.h"
#include "script/script.h"

static enum command_exit run(const struct command_line *line)
{
    (void)line;
    printf("tocsin %s (record semantics %d, Lua %.*s)\n", TOCSIN_VERSION, STEP_SEMANTICS,
        STR_ARG(script_lua_release()));
    return COMMAND_OK;
}

const struct command command_version = {
    .name = "version",
    .arguments = "",
    .help = "print the version",
    .details = "The semantics' number says which records step again to the same events.",
    .examples = {"tocsin version"},
    .run = run,
};
