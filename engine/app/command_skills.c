/* tocsin skills: what a year of exercises says of skills, and how sure one can be. docs/skills.md
 */
#include <stdio.h>

#include "app/commands.h"
#include "app/ids.h"
#include "app/skills_report.h"
#include "base/duration.h"

/* ---- what was asked for ---- */

/* A whole day, as it is counted in UTC; the record dates exercises so as well. */
static bool read_since(const char *text, int64_t *ret_since_ms)
{
    int64_t day;
    if (text == NULL)
        return true;
    if (!calendar_day_parse(str_of(text), &day) || day <= 0)
        return false;
    *ret_since_ms = day * INT64_C(86400000);
    return true;
}

static struct str value_of(const struct command_line *line, const char *option)
{
    const char *value = command_value(line, option);
    return value != NULL ? str_of(value) : STR("");
}

/* Every role, or every person, of whom there is evidence that may be told. */
static struct strs known(struct evidence *evidence, bool is_person)
{
    struct str *items = ARENA_ARRAY(&evidence->arena, evidence->finding_count + 1, struct str);
    struct strs there = {items, 0};
    for (size_t i = 0; i < evidence->finding_count; i++) {
        struct str name = is_person ? evidence->findings[i].person : evidence->findings[i].role;
        if (name.len > 0 && !strs_contain(there, name) &&
            (!is_person || evidence_tells(evidence, evidence->findings[i].exercise, name)))
            items[there.count++] = name;
    }
    return there;
}

static bool any_by_person(const struct evidence *evidence)
{
    for (size_t i = 0; i < evidence->exercise_count; i++)
        if (evidence->consents[i].by_person)
            return true;
    return false;
}

static bool check_name(
    struct evidence *evidence, struct str name, bool is_person, struct err *reterr)
{
    if (name.len == 0)
        return true;
    struct strs there = known(evidence, is_person);
    if (strs_contain(there, name))
        return true;
    if (is_person && !any_by_person(evidence))
        return err_set(reterr, ERR_USAGE,
            "no exercise here is told by person: that is agreed before it begins, and chosen in "
            "the lobby or with --by-person when it is created");
    if (is_person) /* nobody else's id is told, not even a near one */
        return err_set(reterr, ERR_USAGE,
            "no exercise has evidence of a person \"%.*s\" that may be told by person; ids stand "
            "in tocsin show EXERCISE --names",
            STR_ARG(name));
    return ids_refuse(reterr, "no exercise has evidence of a role", name, there);
}

static bool check_names(struct evidence *evidence, const struct skills_choice *choice,
    struct str team, struct err *reterr)
{
    if (team.len > 0 && !strs_contain(evidence->teams, team))
        return ids_refuse(reterr, "no exercise was played by a team of", team, evidence->teams);
    return check_name(evidence, choice->role, false, reterr) &&
           check_name(evidence, choice->person, true, reterr);
}

/* ---- the command ---- */

/* Nobody would know why it takes as long again next time. */
static void tell_cache(const struct command_line *line, const struct evidence *evidence)
{
    if (evidence->is_kept || command_has(line, "--no-keep"))
        return;
    if (evidence->is_older)
        fprintf(stderr,
            "tocsin skills: note: %s is of an older version and has no cache, so that everything "
            "is "
            "scored each time; play or serve with it brings it up to date\n",
            command_db(line));
    else
        fprintf(stderr,
            "tocsin skills: note: what was scored could not be kept, and is scored again next "
            "time: %s\n",
            evidence->keep_err.message);
}

static bool tell(const struct command_line *line, const struct evidence_filter *filter,
    const struct skills_choice *choice, struct err *reterr)
{
    struct evidence evidence = {0};
    struct skills_report report;
    bool ok = evidence_gather(&evidence, command_db(line), filter, reterr) &&
              check_names(&evidence, choice, filter->team, reterr);
    if (ok) {
        if (filter->team.len > 0) /* nobody else's name is told */
            evidence.teams = (struct strs){&filter->team, 1};
        skills_report_make(&evidence, choice, &report);
        if (command_has(line, "--json"))
            skills_print_json(&report);
        else
            skills_print(&report, command_lang(line));
        tell_cache(line, &evidence);
    }
    evidence_fini(&evidence);
    return ok;
}

static enum command_exit run(const struct command_line *line)
{
    struct evidence_filter filter = {
        .team = value_of(line, "--team"), .only_reads = command_has(line, "--no-keep")};
    struct skills_choice choice = {.role = value_of(line, "--role"),
        .person = value_of(line, "--person"),
        .home = command_value(line, "--home")};
    int64_t percent = command_int(line, "--target", SKILLS_TARGET / 10);
    struct err err;
    if (!read_since(command_value(line, "--since"), &filter.since_ms))
        return command_misuse(line, "--since wants a day after 1970-01-01, like 2026-04-01");
    if (percent < 1 || percent > 100)
        return command_misuse(line, "--target wants percent, from 1 to 100");
    choice.target = (int)percent * 10;
    return tell(line, &filter, &choice, &err) ? COMMAND_OK : command_fail(line, &err);
}

const struct command command_skills = {
    .name = "skills",
    .arguments = "",
    .help = "tell what all exercises say of skills",
    .details =
        "Over every ended exercise of the file: gaps that the evidence bears, in the order of\n"
        "consequence times probability, with what the role's list of skills asks for and the\n"
        "scenario that exercises it most; roles by skills, with n and a 90 % interval that allows\n"
        "for good and bad days; what evaluators rated and how far they agree; causes over time;\n"
        "and what is to be mended besides skill. Misses count only where somebody named skill as\n"
        "their cause. docs/skills.md says what each figure means, and what it does not. Persons\n"
        "are looked at only when one is named. What was scored is kept in the file as a cache.",
    .examples = {"tocsin skills --db drills.db",
        "tocsin skills --role commander --lang ja --db drills.db",
        "tocsin skills --since 2026-04-01 --json --db drills.db"},
    .options = {COMMAND_DB,
        {"--person", "ID", "one person only, in exercises that are told by person"},
        {"--role", "ID", "one role only"},
        {"--team", "ORG", "exercises of one organisation, as tocsin list shows it"},
        {"--since", "DATE",
            "what was created on that day (UTC) or later; what was played from a "
            "file has no date"},
        {"--target", "N", "the rate to reach, in percent; 80 if not given"},
        {"--lang", "en|ja", "the language; en if not given"},
        {"--no-keep", NULL, "only read: what was scored is not kept in the file"},
        {"--json", NULL, "as JSON; docs/skills.md has the fields"}, COMMAND_HOME},
    .run = run,
};
