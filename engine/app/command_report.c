/* tocsin report: the after-action report of an exercise. */
#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "app/disk.h"
#include "app/past.h"
#include "report/report.h"

static bool write_report(
    const struct command_line *line, struct past *past, enum lang lang, struct err *reterr)
{
    struct hash head;
    int64_t seq;
    char hex[HASH_HEX_BYTES + 1];
    if (!record_head(past->record, past->exercise.table, &seq, &head, reterr))
        return false;
    struct report_source source = {.def = &past->def,
        .rules = &past->rules,
        .exercise = past->exercise.id,
        .head = hash_hex(&head, hex),
        .created_wall_ms = past->exercise.created_wall_ms,
        .is_from_file = past->exercise.manual_clock,
        .events = past->events,
        .event_count = past->event_count,
        .texts = past,
        .text_find = past_text};
    struct scorer *scorer = past_score(past, &past->rules, &source.findings, &source.finding_count);
    struct buf out = {0};
    report_write_text(&source, lang, &out);
    const char *path = command_value(line, "--out");
    bool ok = true;
    if (path != NULL)
        ok = disk_write(path, buf_str(&out), command_db(line), reterr);
    else
        printf("%.*s", STR_ARG(buf_str(&out)));
    buf_fini(&out);
    scorer_free(scorer);
    return ok;
}

static enum command_exit run(const struct command_line *line)
{
    struct past past = {0};
    struct err err;
    bool ok = past_open(&past, command_db(line), line->arguments[0], &err) &&
              write_report(line, &past, command_lang(line), &err);
    past_close(&past);
    return ok ? COMMAND_OK : command_fail(line, &err);
}

const struct command command_report = {
    .name = "report",
    .arguments = "[EXERCISE]",
    .argument_max = 1,
    .help = "write the after-action report",
    .details = "Text from the record and the rules that were pinned with it: first a\n"
               "page for who has one minute, then the course of the exercise.",
    .examples = {"tocsin report phone-tree-1 --db drills.db",
        "tocsin report phone-tree-1 --lang ja --out report.txt --db drills.db"},
    .options = {COMMAND_DB, {"--format", "text", "text is the only one so far"},
        {"--lang", "en|ja", "the language; en if not given"},
        {"--out", "FILE", "write there, whole or not at all"}},
    .run = run,
};
