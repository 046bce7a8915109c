/* From a gap to what can be done: what the role's list of skills asks for, and which scenario
 * exercises it most.
 *
 * What is asked for when somebody is appointed cannot be made up for in a course: there the list
 * points to another assignment or to outsourcing. What is learned afterwards points to training. */
#include "app/disk.h"
#include "app/skills_report.h"

#include <stdlib.h>

enum { MOST_MISSED = 4 };

/* ---- what the role's list asks for ---- */

static bool shows(const struct def_skill *skill, struct str observed)
{
    return str_eq(skill->id, observed) || strs_contain(skill->shown_by, observed);
}

static void find_asked(
    struct skills_advice *advice, const struct def *def, struct str role, struct arena *arena)
{
    struct skills_asked *asked = ARENA_ARRAY(arena, def->skill_count + 1, struct skills_asked);
    for (size_t i = 0; i < def->skill_count; i++) {
        const struct def_skill *skill = &def->skills[i];
        for (size_t o = 0; shows(skill, advice->row->skill) && o < skill->of_count; o++)
            if (str_eq(skill->of[o].role, role))
                asked[advice->asked_count++] = (struct skills_asked){skill, skill->of[o].as};
    }
    advice->asked = asked;
}

/* ---- where it was missed ---- */

static bool is_missed_there(
    const struct evidence_finding *finding, const struct skill_row *row, enum skills_by by)
{
    bool is_its = by == SKILLS_BY_ROLE     ? str_eq(finding->role, row->who)
                  : by == SKILLS_BY_PERSON ? str_eq(finding->person, row->who)
                                           : true;
    return is_its && finding->outcome == OUTCOME_MISSED &&
           strs_contain(finding->rule->skills, row->skill);
}

static bool has_miss(const struct skills_advice *advice, const struct evidence_finding *finding)
{
    for (size_t i = 0; i < advice->missed_count; i++)
        if (str_eq(advice->missed[i]->rule->id, finding->rule->id))
            return true;
    return false;
}

/* Each rule once, where it was missed last. */
static void find_missed(struct skills_report *report, struct skills_advice *advice)
{
    const struct evidence *evidence = report->evidence;
    advice->missed =
        ARENA_ARRAY(&report->evidence->arena, MOST_MISSED, const struct evidence_finding *);
    for (size_t i = evidence->finding_count; i-- > 0 && advice->missed_count < MOST_MISSED;) {
        const struct evidence_finding *finding = &evidence->findings[i];
        if (is_missed_there(finding, advice->row, report->by) && !has_miss(advice, finding))
            advice->missed[advice->missed_count++] = finding;
    }
}

/* ---- which scenarios exercise it ---- */

/* A rule without a role asks something of the team, and whoever acts is credited: it would be
 * claimed by every role at once if it counted as each one's, so it is counted apart. A person's
 * rows are of no role: every role's rules count. */
static struct skills_scenario count_rules(
    struct str scenario, const struct rules *rules, const struct skill_row *row, bool is_by_role)
{
    struct skills_scenario found = {.id = scenario};
    for (size_t i = 0; i < rules->count; i++) {
        const struct rule *rule = &rules->items[i];
        if (!strs_contain(rule->skills, row->skill))
            continue;
        if (rule->role.len == 0)
            found.team_rule_count++;
        else
            found.rule_count += !is_by_role || str_eq(rule->role, row->who);
    }
    return found;
}

static void add_scenario(struct skills_report *report, struct str id, const struct rules *rules)
{
    for (size_t i = 0; i < report->advice_count; i++) {
        struct skills_advice *advice = &report->advices[i];
        struct skills_scenario found =
            count_rules(id, rules, advice->row, report->by == SKILLS_BY_ROLE);
        if (found.rule_count > 0 || found.team_rule_count > 0)
            advice->scenarios[advice->scenario_count++] = found;
    }
}

static int compare_scenarios(const void *a, const void *b)
{
    const struct skills_scenario *first = a, *second = b;
    if (first->rule_count != second->rule_count)
        return first->rule_count < second->rule_count ? 1 : -1;
    if (first->team_rule_count != second->team_rule_count)
        return first->team_rule_count < second->team_rule_count ? 1 : -1;
    return str_cmp(first->id, second->id);
}

/* A scenario that cannot be read is left out: `tocsin check` says why. */
static void look_at_scenario(struct skills_report *report, struct str name, const char *home)
{
    struct arena *arena = &report->evidence->arena;
    struct problems problems = {0};
    struct bundle bundle;
    struct def def;
    struct rules rules;
    if (disk_bundle(name.ptr, home, arena, &bundle, NULL) &&
        load_scenario(&bundle, arena, &problems, &def, &rules)) {
        add_scenario(report, def.id, &rules);
        report->has_scenarios = true;
    }
    problems_fini(&problems);
}

void skills_advise(struct skills_report *report, const char *home)
{
    struct arena *arena = &report->evidence->arena;
    struct strs names = report->advice_count > 0 ? disk_scenarios(home, arena) : (struct strs){0};
    for (size_t i = 0; i < report->advice_count; i++) {
        struct skills_advice *advice = &report->advices[i];
        find_missed(report, advice);
        advice->scenarios = ARENA_ARRAY(arena, names.count + 1, struct skills_scenario);
        /* From one bad day nothing follows for whoever sat there. */
        if (report->by == SKILLS_BY_ROLE && !advice->row->is_one_day)
            find_asked(advice, &report->evidence->roles, advice->row->who, arena);
    }
    for (size_t i = 0; i < names.count; i++)
        look_at_scenario(report, names.items[i], home);
    for (size_t i = 0; i < report->advice_count; i++)
        qsort(report->advices[i].scenarios, report->advices[i].scenario_count,
            sizeof(struct skills_scenario), compare_scenarios);
}
