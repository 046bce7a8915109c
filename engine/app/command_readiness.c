/* tocsin readiness: who has practised which role and when, and which contacts answered.
 * docs/leads.md */
#include <stdio.h>

#include "app/commands.h"
#include "app/readiness.h"
#include "app/wall.h"
#include "base/duration.h"

static bool tell(
    const struct command_line *line, const struct readiness_wanted *wanted, struct err *reterr)
{
    struct readiness readiness = {0};
    struct buf out = {0};
    bool ok = readiness_gather(&readiness, wanted, reterr);
    if (ok && command_has(line, "--json"))
        readiness_write_json(&readiness, &out);
    else if (ok)
        readiness_write_text(&readiness, command_lang(line), &out);
    printf("%.*s", STR_ARG(buf_str(&out)));
    buf_fini(&out);
    readiness_fini(&readiness);
    return ok;
}

static enum command_exit run(const struct command_line *line)
{
    const char *today = command_value(line, "--today");
    struct readiness_wanted wanted = {.db = command_db(line),
        .team = str_of(command_value(line, "--team")),
        .with_names = command_has(line, "--names"),
        .today = calendar_day(wall_now_ms(), 0)};
    struct err err;
    if (today != NULL && !calendar_day_parse(str_of(today), &wanted.today))
        return command_misuse(line, "--today wants a day, like 2026-04-01");
    return tell(line, &wanted, &err) ? COMMAND_OK : command_fail(line, &err);
}

const struct command command_readiness = {
    .name = "readiness",
    .arguments = "",
    .help = "tell who practised which role and which contacts answered",
    .details =
        "Every role of the catalogue: who held it last and when, who else has practised it, and\n"
        "roles that never were first; then the organisation's contacts, those that nobody has\n"
        "tried or reached first. Of tables that came to their ENDEX; a role counts as practised\n"
        "when its seat did something. Whether a contact answers in an exercise is what its\n"
        "scenario says, which may be out of date on purpose: docs/leads.md.",
    .examples = {"tocsin readiness --db drills.db",
        "tocsin readiness --today 2026-12-31 --lang ja --db drills.db",
        "tocsin readiness --json --db drills.db"},
    .options = {COMMAND_DB,
        {"--team", "ORG", "another organisation than that of the newest exercise"},
        {"--names", NULL, "persons by name, where one is known"},
        {"--today", "DATE", "the day from which days are counted back; today if not given"},
        {"--lang", "en|ja", "the language; en if not given"},
        {"--json", NULL, "as JSON; docs/leads.md has the fields"}},
    .run = run,
};
