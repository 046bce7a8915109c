/* tocsin plan: what shall become better, and whether a later exercise shows that it has.
 * docs/leads.md */
#include <stdio.h>

#include "app/commands.h"
#include "app/plan.h"
#include "app/plan_change.h"
#include "app/plan_propose.h"
#include "app/wall.h"
#include "base/duration.h"

/* ---- what was asked for ---- */

static const struct {
    const char *option;
    enum record_plan_field field;
} settable[] = {
    {"--action", PLAN_ACTION},
    {"--by", PLAN_DUE},
    {"--capability", PLAN_CAPABILITY},
    {"--document", PLAN_DOCUMENT},
    {"--element", PLAN_ELEMENT},
    {"--evidence", PLAN_EVIDENCE},
    {"--issue", PLAN_ISSUE},
    {"--note", PLAN_NOTE},
    {"--organisation", PLAN_ORGANISATION},
    {"--owner", PLAN_OWNER},
    {"--start", PLAN_START},
    {"--status", PLAN_STATUS},
};
enum { SETTABLE_COUNT = sizeof(settable) / sizeof(settable[0]) };

/* A lone hyphen takes a value away; the parser takes no empty one. */
static void read_values(const struct command_line *line, struct record_plan_change *change)
{
    for (int i = 0; i < SETTABLE_COUNT; i++) {
        const char *text = command_value(line, settable[i].option);
        if (text == NULL)
            continue;
        struct str value = str_of(text);
        change->is_set[settable[i].field] = true;
        change->values[settable[i].field] = str_is(value, "-") ? STR("") : value;
    }
}

static bool is_day(struct str text)
{
    int64_t day;
    return text.len == 0 || calendar_day_parse(text, &day);
}

static int count_of(const struct command_line *line, const char *const *options)
{
    int count = 0;
    for (; *options != NULL; options++)
        count += command_has(line, *options);
    return count;
}

static bool sets_anything(const struct command_line *line)
{
    int count = command_has(line, "--name") || command_has(line, "--finding");
    for (int i = 0; i < SETTABLE_COUNT; i++)
        count += command_has(line, settable[i].option);
    return count > 0;
}

/* What makes no sense whatever the files hold; NULL: all is well. */
static const char *nonsense(const struct command_line *line)
{
    static const char *const deeds[] = {"--add", "--set", "--propose", "--history", NULL};
    static const char *const forms[] = {"--json", "--csv", "--ics", NULL};
    static const char *const lists[] = {"--csv", "--ics", NULL};
    static const char *const silent[] = {"--set", "--accept", NULL};
    struct record_plan_change change = {0};
    bool writes = command_has(line, "--add") || command_has(line, "--set");
    read_values(line, &change);
    if (count_of(line, deeds) > 1)
        return "one thing at a time: --add, --set, --propose or --history";
    if (count_of(line, forms) > 1 || (count_of(line, lists) > 0 && count_of(line, deeds) > 0))
        return "--json, --csv and --ics are forms of the list, one at a time";
    if (command_has(line, "--json") && count_of(line, silent) > 0)
        return "--json goes with the list, --propose, --add and --history";
    if (sets_anything(line) && !writes)
        return "what is set belongs to an item: say --add for a new one, or --set N";
    if (command_has(line, "--accept") && !command_has(line, "--propose"))
        return "--accept takes what --propose EXERCISE shows";
    if ((command_has(line, "--propose") || command_has(line, "--finding")) &&
        line->argument_count == 0)
        return "name the exercise whose findings these are; tocsin list shows them";
    if (command_has(line, "--finding") && !command_has(line, "--add"))
        return "an item's finding is set once, with --add";
    if (command_has(line, "--add") && !command_has(line, "--finding") &&
        change.values[PLAN_ACTION].len == 0)
        return "a new item needs --action, or --finding from which one follows";
    if (command_has(line, "--name") && change.values[PLAN_OWNER].len == 0)
        return "--name is the name of the owner: give --owner ID as well";
    if (command_has(line, "--set") && !sets_anything(line))
        return "--set N wants something to set, like --status done";
    if (!is_day(change.values[PLAN_DUE]) || !is_day(change.values[PLAN_START]) ||
        (command_has(line, "--today") && !is_day(str_of(command_value(line, "--today")))))
        return "a day is written like 2026-04-01";
    return NULL;
}

static struct str today_of(const struct command_line *line, struct arena *arena)
{
    const char *today = command_value(line, "--today");
    if (today != NULL)
        return str_of(today);
    struct str now = calendar_format(arena, wall_now_ms() / 1000 * 1000, 0);
    return (struct str){now.ptr, 10};
}

/* ---- showing ---- */

static bool open_plan(
    const struct command_line *line, struct plan *plan, struct str exercise, struct err *reterr)
{
    /* An item is counted among all, whoever's it is. */
    const char *team = command_value(line, "--team");
    bool lists = !command_has(line, "--set") && !command_has(line, "--history");
    struct plan_wanted wanted = {.db = command_db(line),
        .exercise = exercise,
        .team = lists && team != NULL ? str_of(team) : STR(""),
        .with_names = command_has(line, "--names"),
        .with_words = true,
        .today = today_of(line, &plan->arena)};
    return plan_open(plan, &wanted, reterr);
}

static bool check_item(const struct plan *plan, int64_t item, struct err *reterr)
{
    return (item >= 1 && (size_t)item <= plan->record.item_count) ||
           err_set(reterr, ERR_USAGE, "the plan has no item %lld; it has %zu, numbered from 1",
               (long long)item, plan->record.item_count);
}

static bool show(const struct command_line *line, struct err *reterr)
{
    struct plan plan = {0};
    struct buf out = {0};
    int64_t item = command_int(line, "--history", 0);
    bool is_history = command_has(line, "--history");
    bool ok = open_plan(line, &plan, str_of(line->arguments[0]), reterr) &&
              (!is_history || check_item(&plan, item, reterr));
    if (!ok)
        ;
    else if (is_history && command_has(line, "--json"))
        plan_write_history_json(&plan, item, &out);
    else if (is_history)
        plan_write_history(&plan, item, command_lang(line), &out);
    else if (command_has(line, "--json"))
        plan_write_json(&plan, &out);
    else if (command_has(line, "--csv"))
        plan_write_csv(&plan, command_lang(line), &out);
    else if (command_has(line, "--ics"))
        plan_write_ics(&plan, command_lang(line), &out);
    else
        plan_write_text(&plan, command_lang(line), &out);
    printf("%.*s", STR_ARG(buf_str(&out)));
    buf_fini(&out);
    plan_close(&plan);
    return ok;
}

/* ---- changing ---- */

static bool write_change(const struct command_line *line, struct record_plan_change *change,
    int64_t *ret_item, struct err *reterr)
{
    struct record *record = NULL;
    const char *name = command_value(line, "--name");
    change->owner_name = name != NULL ? str_of(name) : STR("");
    bool ok = record_open(command_db(line), RECORD_WRITE, &record, reterr) &&
              plan_change_keep(record, change, ret_item, reterr);
    record_close(record);
    return ok;
}

static bool fill_from_exercise(const struct command_line *line, struct past *past,
    struct record_plan_change *change, struct err *reterr)
{
    const char *name = command_value(line, "--finding");
    struct plan_proposal proposal;
    if (line->argument_count == 0)
        return true;
    if (!past_open(past, command_db(line), line->arguments[0], reterr))
        return false;
    if (name == NULL) {
        change->is_set[PLAN_EXERCISE] = true;
        change->values[PLAN_EXERCISE] = past->exercise.id;
        return true;
    }
    if (!plan_proposal_find(past, str_of(name), &proposal, reterr))
        return false;
    plan_proposal_fill(past, &proposal, command_lang(line), change);
    return true;
}

static bool add(const struct command_line *line, struct err *reterr)
{
    struct past past = {0};
    struct record_plan_change change = {0};
    int64_t item = 0;
    read_values(line, &change);
    if (!change.is_set[PLAN_STATUS]) {
        change.is_set[PLAN_STATUS] = true;
        change.values[PLAN_STATUS] = STR("open");
    }
    bool ok = fill_from_exercise(line, &past, &change, reterr) &&
              write_change(line, &change, &item, reterr);
    if (ok && command_has(line, "--json"))
        printf("{\"item\":%lld}\n", (long long)item);
    else if (ok)
        printf("#%lld: %.*s\n", (long long)item, STR_ARG(change.values[PLAN_ACTION]));
    past_close(&past);
    return ok;
}

static bool propose(const struct command_line *line, struct err *reterr)
{
    struct past past = {0};
    struct plan_proposal *items = NULL;
    struct buf out = {0};
    size_t count = 0;
    bool ok = past_open(&past, command_db(line), line->arguments[0], reterr) &&
              plan_propose(&past, &items, &count, reterr);
    if (ok && command_has(line, "--json"))
        plan_proposals_write_json(&past, items, count, &out);
    else if (ok && !command_has(line, "--accept"))
        plan_proposals_write(&past, items, count, command_lang(line), &out);
    for (size_t i = 0; ok && command_has(line, "--accept") && i < count; i++) {
        struct record_plan_change change = {
            .is_set[PLAN_STATUS] = true, .values[PLAN_STATUS] = STR("open")};
        int64_t item = 0;
        plan_proposal_fill(&past, &items[i], command_lang(line), &change);
        ok = items[i].planned_as > 0 || write_change(line, &change, &item, reterr);
        if (ok && item > 0)
            buf_format(&out, "#%lld: %.*s\n", (long long)item, STR_ARG(change.values[PLAN_ACTION]));
    }
    printf("%.*s", STR_ARG(buf_str(&out)));
    buf_fini(&out);
    past_close(&past);
    return ok;
}

/* Whoever wants to set it is told what is missing. */
static bool refuse_verified(const struct command_line *line, struct err *reterr)
{
    static const char *const missing[RETEST_COUNT] = {
        [RETEST_NONE] = "no later exercise has judged its rule yet",
        [RETEST_EARLY] = "the exercise that met its rule began before the item was done",
        [RETEST_MISSED] = "the last exercise has missed its rule again",
        [RETEST_HINTED] = "the last exercise met its rule with help only",
        [RETEST_MET] = "it is verified already",
    };
    struct plan plan = {0};
    int64_t item = command_int(line, "--set", 0);
    bool ok = open_plan(line, &plan, STR(""), reterr) && check_item(&plan, item, reterr);
    if (ok) {
        const struct plan_row *row = &plan.rows[item - 1];
        err_set(reterr, ERR_USAGE,
            "nobody can set \"verified\": it follows from an exercise that was created after the "
            "item was done and met its rule unaided. Of item %lld, %s",
            (long long)item,
            row->item->values[PLAN_RULE].len == 0
                ? "no rule is known that could be tested again; add it with --finding"
                : missing[row->retest]);
    }
    plan_close(&plan);
    return false;
}

static bool set(const struct command_line *line, struct err *reterr)
{
    struct record_plan_change change = {.item = command_int(line, "--set", 0)};
    read_values(line, &change);
    if (str_is(change.values[PLAN_STATUS], "verified"))
        return refuse_verified(line, reterr);
    if (change.item == 0)
        change.item = -1; /* 0 would be a new one */
    return write_change(line, &change, NULL, reterr);
}

static enum command_exit run(const struct command_line *line)
{
    struct err err;
    const char *wrong = nonsense(line);
    if (wrong != NULL)
        return command_misuse(line, "%s", wrong);
    bool ok = command_has(line, "--add")       ? add(line, &err)
              : command_has(line, "--set")     ? set(line, &err)
              : command_has(line, "--propose") ? propose(line, &err)
                                               : show(line, &err);
    return ok ? COMMAND_OK : command_fail(line, &err);
}

const struct command command_plan = {
    .name = "plan",
    .arguments = "[EXERCISE]",
    .argument_max = 1,
    .help = "keep the improvement plan, and see what was verified",
    .details =
        "Without more it lists the plan, of all exercises or of one. --propose shows what missed\n"
        "findings suggest, by cause; --accept takes all of it, --add --finding one of it. Every\n"
        "change is an entry of the record's programme: --history shows who owned what until when.\n"
        "An item is verified when a later exercise, created after the item was done, met its rule\n"
        "unaided; nobody can set that by hand. Persons have aliases but with --names, and owners\n"
        "are ids, so that tocsin forget can erase them. docs/leads.md shows a year of it.",
    .examples = {"tocsin plan phone-tree-1 --propose --db drills.db",
        "tocsin plan phone-tree-1 --add --action \"Ring every number on the list\" --owner poc "
        "--by 2026-12-20 --db drills.db",
        "tocsin plan --set 1 --status done --evidence \"Minutes of 15 December\" --db drills.db",
        "tocsin plan --lang ja --db drills.db"},
    .options = {COMMAND_DB, {"--propose", NULL, "show what the exercise's missed rules suggest"},
        {"--accept", NULL, "with --propose: take what is not planned yet into the plan"},
        {"--add", NULL, "add an item"}, {"--set", "N", "change item N"},
        {"--history", "N", "every change of item N"},
        {"--finding", "NAME", "with --add: a missed rule or finding of the exercise"},
        {"--issue", "TEXT", "what was seen"}, {"--action", "TEXT", "what will be done about it"},
        {"--document", "TEXT", "which document and section has to change"},
        {"--element", "planning|organization|equipment|training|exercises",
            "what kind of change it is"},
        {"--capability", "ID", "which capability it is about"},
        {"--organisation", "TEXT", "the department that is responsible"},
        {"--owner", "ID", "the person who answers for it"},
        {"--name", "NAME", "the owner's name, kept where tocsin forget erases it"},
        {"--start", "DATE", "when it begins"}, {"--by", "DATE", "when it has to be done"},
        {"--status", "open|in-progress|done|dropped|verified",
            "how far it has come; verified is refused, with the reason"},
        {"--evidence", "TEXT", "what shows that it was done"},
        {"--note", "TEXT", "anything else; a lone - takes any value away"},
        {"--team", "ORG",
            "the list for one organisation, as tocsin list shows it, with items of none"},
        {"--names", NULL, "persons by name, where one is known"},
        {"--today", "DATE", "the day from which on items are overdue; today if not given"},
        {"--lang", "en|ja", "the language; en if not given"},
        {"--json", NULL,
            "as JSON, also with --propose, --add and --history; docs/leads.md has the fields"},
        {"--csv", NULL, "for a spreadsheet, in the columns of HSEEP"},
        {"--ics", NULL, "to-dos for a calendar (iCalendar)"}},
    .run = run,
};
