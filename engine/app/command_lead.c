/* tocsin lead: the pages of a lead over a record, with no exercise running. docs/leads.md */
#include "app/commands.h"
#include "app/listen.h"
#include "app/serve.h"

enum { LEAD_PORT = 8766 }; /* beside an exercise that is served on the usual one */

static enum command_exit run(const struct command_line *line)
{
    struct record *record = NULL;
    struct opening_tables none = {0};
    struct serve *serve = NULL;
    struct serve_options options = {
        .program = line->program, .db = command_db(line), .home = command_value(line, "--home")};
    struct err err;
    struct arena arena = {0};
    if (command_has(line, "--tls-cert") != command_has(line, "--tls-key"))
        return command_misuse(line, "--tls-cert and --tls-key go together");
    serve_catch_signals();
    bool ok = listen_read(line, LEAD_PORT, &arena, &options.web, &err) &&
              serve_open(&options, &serve, &err);
    arena_fini(&arena);
    if (!ok && err.kind == ERR_USAGE) /* an address that is none */
        return command_misuse(line, "%s", err.message);
    ok = ok && record_open(command_db(line), RECORD_WRITE, &record, &err) &&
         serve_run(serve, record, &none, &err);
    serve_close(serve);
    record_close(record);
    return ok ? COMMAND_OK : command_fail(line, &err);
}

const struct command command_lead = {
    .name = "lead",
    .arguments = "",
    .help = "look at all exercises in a browser, and keep the plan",
    .details =
        "For whoever was not in the room: skills and gaps over all ended exercises, causes, the\n"
        "improvement plan, which is kept there, readiness, and every report. Prints a link that\n"
        "works once. tocsin serve prints one as well; here no exercise is running. Of a running\n"
        "exercise nothing is shown but that there is one. docs/leads.md shows the pages.",
    .examples = {"tocsin lead --db drills.db"},
    .ok = "it was stopped by a signal, and all that was told is kept",
    .options = {COMMAND_DB, LISTEN_OPTIONS("127.0.0.1:8766"), COMMAND_HOME},
    .run = run,
};
