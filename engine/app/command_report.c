/* tocsin report: the after-action report of an exercise. docs/report.md */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/commands.h"
#include "app/disk.h"
#include "app/past.h"
#include "app/plan.h"
#include "report/report.h"

/* Who is who, read once, and what is planned. */
struct people {
    struct past *past;
    struct plan plan;
    struct record_person *items;
    size_t count;
    struct record_forgotten forgotten;
    enum lang lang;
};

static struct str find_person(void *self, struct str id)
{
    static const struct words gone = WORDS("(forgotten)", "（削除済み）");
    const struct people *people = self;
    if (record_forgotten_has(&people->forgotten, id, people->past->exercise.entry))
        return gone.in[people->lang];
    for (size_t i = 0; i < people->count; i++)
        if (str_eq(people->items[i].id, id))
            return people->items[i].name;
    return STR("");
}

static struct str find_text(void *self, struct str ref)
{
    return past_text(((struct people *)self)->past, ref);
}

/* ---- what the line asks for ---- */

static int name_of(const char *const *names, int count, const char *text)
{
    int value = 0;
    while (value < count && (text == NULL || strcmp(names[value], text) != 0))
        value++;
    return value;
}

static struct report_options options_of(const struct command_line *line)
{
    const char *tlp = command_value(line, "--tlp");
    int format = name_of(report_format_names, REPORT_FORMAT_COUNT, command_value(line, "--format"));
    int table = name_of(report_table_names, REPORT_TABLE_COUNT, command_value(line, "--table"));
    if (tlp != NULL && strcmp(tlp, "amber+strict") == 0)
        tlp = tlp_names[TLP_AMBER_STRICT];
    int label = name_of(tlp_names, TLP_COUNT, tlp);
    return (struct report_options){
        .format = format == REPORT_FORMAT_COUNT ? REPORT_TEXT : (enum report_format)format,
        .table = (enum report_table)table, /* REPORT_TABLE_COUNT: all of them */
        .lang = command_lang(line),
        .tlp = label == TLP_COUNT ? TLP_AMBER : (enum tlp)label,
        .pseudonyms = command_has(line, "--pseudonyms")};
}

/* ---- writing ---- */

static bool write_one(const struct command_line *line, const struct report_source *source,
    const struct report_options *options, const char *path, struct err *reterr)
{
    struct buf out = {0};
    bool ok = report_write(source, options, &out, reterr);
    if (ok && path != NULL)
        ok = disk_write(path, buf_str(&out), command_db(line), reterr);
    else if (ok)
        (void)fwrite(out.ptr, 1, out.len, stdout);
    buf_fini(&out);
    return ok;
}

/* Every table as a file of its name in a folder, which is made if there is none. */
static bool write_tables(const struct command_line *line, const struct report_source *source,
    struct report_options options, struct err *reterr)
{
    const char *folder = command_value(line, "--out");
    struct arena arena = {0};
    bool ok = mkdir(folder, 0777) == 0 || errno == EEXIST ||
              err_set(reterr, ERR_IO, "the folder \"%s\" cannot be made: %s; choose another place",
                  folder, strerror(errno));
    for (int table = 0; ok && table < REPORT_TABLE_COUNT; table++) {
        options.table = (enum report_table)table;
        ok = write_one(line, source, &options,
            arena_format(&arena, "%s/%s.csv", folder, report_table_names[table]).ptr, reterr);
    }
    arena_fini(&arena);
    return ok;
}

static bool write_report(const struct command_line *line, struct people *people, struct err *reterr)
{
    struct past *past = people->past;
    struct hash head;
    int64_t seq;
    char hex[HASH_HEX_BYTES + 1];
    struct report_options options = options_of(line);
    options.pseudonyms |= !past->exercise.by_person;
    if (!record_head(past->record, past->exercise.table, &seq, &head, reterr))
        return false;
    struct report_source source = {.def = &past->def,
        .rules = &past->rules,
        .exercise = past->exercise.id,
        .head = hash_hex(&head, hex),
        .program = STR("tocsin " TOCSIN_VERSION),
        .created_wall_ms = past->exercise.created_wall_ms,
        .is_from_file = past->exercise.manual_clock,
        .events = past->events,
        .event_count = past->event_count,
        .planned = plan_for_report(&people->plan, options.lang),
        .planned_count = people->plan.row_count,
        .texts = people,
        .person_find = find_person,
        .text_find = find_text};
    struct scorer *scorer = past_score(past, &past->rules, &source.findings, &source.finding_count);
    source.rated_count = scorer_rated(scorer, &source.rated);
    source.is_sealed = scorer_is_sealed(scorer);
    bool ok = options.format == REPORT_CSV && options.table == REPORT_TABLE_COUNT
                  ? write_tables(line, &source, options, reterr)
                  : write_one(line, &source, &options, command_value(line, "--out"), reterr);
    scorer_free(scorer);
    return ok;
}

static bool read_plan(const struct command_line *line, struct people *people, struct err *reterr)
{
    struct plan_wanted wanted = {.db = command_db(line), .exercise = people->past->exercise.id};
    return plan_open(&people->plan, &wanted, reterr);
}

static enum command_exit run(const struct command_line *line)
{
    struct past past = {0};
    struct people people = {.past = &past, .lang = command_lang(line)};
    struct err err;
    struct report_options options = options_of(line);
    if (options.format != REPORT_CSV && command_has(line, "--table"))
        return command_misuse(line, "--table is for --format csv; leave it out, or ask for csv");
    if (options.format == REPORT_CSV && !command_has(line, "--table") &&
        !command_has(line, "--out"))
        return command_misuse(line, "several tables need a place; name a folder with --out, or "
                                    "one table with --table");
    bool ok = past_open(&past, command_db(line), line->arguments[0], &err) &&
              record_person_list(past.record, &past.arena, &people.items, &people.count, &err) &&
              record_forgotten_read(past.record, &past.arena, &people.forgotten, &err) &&
              read_plan(line, &people, &err) && write_report(line, &people, &err);
    plan_close(&people.plan);
    past_close(&past);
    return ok ? COMMAND_OK : command_fail(line, &err);
}

const struct command command_report = {
    .name = "report",
    .arguments = "[EXERCISE]",
    .argument_max = 1,
    .help = "write the after-action report",
    .details =
        "From the record and the rules that were pinned with it, and from nothing else: the\n"
        "same record gives the same bytes. text is a page for a terminal; html is the whole\n"
        "report in one file that prints well and needs no network; md and json hold the\n"
        "same; csv is its tables for a spreadsheet, all of them into a folder or one.",
    .examples = {"tocsin report phone-tree-1 --db drills.db",
        "tocsin report phone-tree-1 --format html --lang ja --out report.html --db drills.db",
        "tocsin report phone-tree-1 --format csv --table findings --db drills.db",
        "tocsin report phone-tree-1 --format md --pseudonyms --tlp green --db drills.db"},
    .options = {COMMAND_DB, {"--format", "text|html|md|json|csv", "the form; text if not given"},
        {"--lang", "en|ja", "the language; en if not given"},
        {"--out", "FILE", "write there, whole or not at all; a folder for csv"},
        {"--pseudonyms", NULL, "call people P1, P2 and so on"},
        {"--table", "decisions|findings|messages|plan|timeline", "csv: only this table"},
        {"--tlp", "red|amber+strict|amber|green|clear", "the marking; amber if not given"}},
    .run = run,
};
