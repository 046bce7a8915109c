/* tocsin evidence: a year of exercises for somebody who was not there. docs/leads.md */
#include <stdio.h>

#include "app/commands.h"
#include "app/disk.h"
#include "app/wall.h"
#include "app/year.h"
#include "base/duration.h"

static bool tell(
    const struct command_line *line, const struct year_wanted *wanted, struct err *reterr)
{
    struct year year = {0};
    struct buf out = {0};
    const char *path = command_value(line, "--out");
    bool ok = year_gather(&year, wanted, reterr);
    if (ok && command_has(line, "--json"))
        year_write_json(&year, &out);
    else if (ok)
        year_write_markdown(&year, command_lang(line), &out);
    if (ok && path != NULL)
        ok = disk_write(path, buf_str(&out), command_db(line), reterr);
    else if (ok)
        printf("%.*s", STR_ARG(buf_str(&out)));
    buf_fini(&out);
    year_fini(&year);
    return ok;
}

static enum command_exit run(const struct command_line *line)
{
    struct arena arena = {0};
    struct err err;
    int64_t day, now_ms = wall_now_ms();
    const char *today = command_value(line, "--today");
    struct year_wanted wanted = {.db = command_db(line),
        .year = command_int(line, "--year", calendar_split(now_ms, 0).year),
        .with_names = command_has(line, "--names"),
        .today = today != NULL ? str_of(today) : calendar_format(&arena, now_ms / 1000 * 1000, 0)};
    if (today != NULL && !calendar_day_parse(wanted.today, &day)) {
        arena_fini(&arena);
        return command_misuse(line, "--today wants a day, like 2026-04-01");
    }
    wanted.today.len = 10;
    bool ok = tell(line, &wanted, &err);
    arena_fini(&arena);
    return ok ? COMMAND_OK : command_fail(line, &err);
}

const struct command command_evidence = {
    .name = "evidence",
    .arguments = "",
    .help = "write a year of exercises down, for auditors and management",
    .details =
        "One file, marked as exercise on its first and last line: which exercises there were, "
        "when,\n"
        "by which seats and how long; what was judged by capability, with n; the improvement plan\n"
        "as it stands; and for each table its head, what it was played from, and whether its "
        "chain\n"
        "is whole. A damaged table is listed with what is wrong. Markdown, or JSON. Persons have\n"
        "aliases but with --names. To step the inputs again as well: tocsin verify --all.",
    .examples = {"tocsin evidence --year 2026 --db drills.db",
        "tocsin evidence --lang ja --out evidence.md --db drills.db",
        "tocsin evidence --json --db drills.db"},
    .options = {COMMAND_DB, {"--year", "N", "the year, in UTC; this one if not given"},
        {"--out", "FILE", "where to; standard output if not given"},
        {"--names", NULL, "persons by name, where one is known"},
        {"--today", "DATE", "the day of which the plan tells; today if not given"},
        {"--lang", "en|ja", "the language; en if not given"},
        {"--json", NULL, "as JSON; docs/leads.md has the fields"}},
    .run = run,
};
