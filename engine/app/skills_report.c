/* From evidence to what a lead is told. Counting only; the statistics are in score/skills.c. */
#include "app/skills_report.h"

#include <stdlib.h>

struct str skills_name(const struct evidence *evidence, struct str id, enum lang lang)
{
    const struct def *def = &evidence->roles;
    for (size_t i = 0; i < def->practice_count; i++)
        if (str_eq(def->practices[i].id, id))
            return def->practices[i].name.in[lang];
    for (size_t i = 0; i < def->skill_count; i++)
        if (str_eq(def->skills[i].id, id))
            return def->skills[i].name.in[lang];
    return id;
}

/* ---- process gaps ---- */

static bool is_process_gap(const struct evidence_finding *finding)
{
    return finding->outcome == OUTCOME_MISSED && finding->cause >= 0 &&
           finding->cause != CAUSE_SKILL;
}

static bool is_same_gap(const struct evidence_finding *a, const struct evidence_finding *b)
{
    return str_eq(a->table, b->table) && a->cause == b->cause && str_eq(a->rule->id, b->rule->id);
}

/* The gravest first, then the newest, then by rule. */
static int compare_processes(const void *a, const void *b)
{
    const struct evidence_finding *first = ((const struct skills_process *)a)->finding;
    const struct evidence_finding *second = ((const struct skills_process *)b)->finding;
    int order = (int)second->rule->severity - (int)first->rule->severity;
    if (order == 0)
        order = second->exercise - first->exercise;
    if (order == 0)
        order = str_cmp(first->table, second->table);
    if (order == 0)
        order = str_cmp(first->rule->id, second->rule->id);
    return order != 0 ? order : first->cause - second->cause;
}

/* Findings of one rule at one table stand together. */
static void find_processes(struct skills_report *report)
{
    const struct evidence *evidence = report->evidence;
    report->processes =
        ARENA_ARRAY(&report->evidence->arena, evidence->finding_count + 1, struct skills_process);
    size_t first = 0;
    for (size_t i = 0; i < evidence->finding_count; i++) {
        const struct evidence_finding *finding = &evidence->findings[i];
        if (!is_process_gap(finding))
            continue;
        if (report->process_count > 0 &&
            !str_eq(report->processes[report->process_count - 1].finding->table, finding->table))
            first = report->process_count;
        size_t at = first;
        while (at < report->process_count && !is_same_gap(report->processes[at].finding, finding))
            at++;
        if (at == report->process_count)
            report->processes[report->process_count++] = (struct skills_process){finding, 0};
        report->processes[at].count += finding->count;
    }
    qsort(report->processes, report->process_count, sizeof(*report->processes), compare_processes);
}

/* ---- causes over time ---- */

static void find_causes(struct skills_report *report)
{
    const struct evidence *evidence = report->evidence;
    report->causes =
        ARENA_ARRAY(&report->evidence->arena, evidence->exercise_count + 1, struct skills_causes);
    report->cause_count = evidence->exercise_count;
    for (size_t i = 0; i < evidence->exercise_count; i++)
        report->causes[i].exercise = (int)i;
    for (size_t i = 0; i < evidence->finding_count; i++) {
        const struct evidence_finding *finding = &evidence->findings[i];
        struct skills_causes *causes = &report->causes[finding->exercise];
        if (finding->outcome != OUTCOME_MISSED)
            continue;
        if (finding->cause < 0)
            causes->unnamed += finding->count;
        else
            causes->counts[finding->cause] += finding->count;
    }
}

/* ---- what evaluators rated ---- */

static int compare_rated(const void *a, const void *b)
{
    const struct skill_rated *first = a, *second = b;
    int order = str_cmp(first->capability, second->capability);
    return order != 0 ? order : first->exercise - second->exercise;
}

static void find_rated(struct skills_report *report)
{
    const struct evidence *evidence = report->evidence;
    struct arena *arena = &report->evidence->arena;
    size_t count = evidence->rated_count;
    struct skill_rated *sorted = ARENA_ARRAY(arena, count + 1, struct skill_rated);
    report->rated = ARENA_ARRAY(arena, count + 1, struct skills_rated);
    for (size_t i = 0; i < count; i++)
        sorted[i] = evidence->rated[i];
    qsort(sorted, count, sizeof(*sorted), compare_rated);
    for (size_t i = 0; i < count; i++) {
        bool is_new = i == 0 || !str_eq(sorted[i].capability, sorted[i - 1].capability);
        if (is_new)
            report->rated[report->rated_count++].capability = sorted[i].capability;
        struct skills_rated *rated = &report->rated[report->rated_count - 1];
        rated->counts[sorted[i].rating]++;
        rated->n++;
        rated->exercises += is_new || sorted[i].exercise != sorted[i - 1].exercise;
    }
}

/* ---- rows ---- */

/* A person is looked at only in exercises whose people have agreed to it. */
static bool is_of(
    const struct evidence *evidence, const struct skill_opportunity *item, struct str person)
{
    return str_eq(item->person, person) && evidence_tells(evidence, item->exercise, person);
}

static size_t keep_chosen(const struct evidence *evidence, struct skill_opportunity *items,
    size_t count, const struct skills_choice *choice)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if ((choice->role.len == 0 || str_eq(items[i].role, choice->role)) &&
            (choice->person.len == 0 || is_of(evidence, &items[i], choice->person)))
            items[kept++] = items[i];
    return kept;
}

static void find_rows(struct skills_report *report, const struct skills_choice *choice)
{
    struct evidence *evidence = report->evidence;
    struct skill_opportunity *items;
    size_t count = evidence_opportunities(evidence, &items);
    struct skills_source source = {.exercises = evidence->exercises,
        .exercise_count = evidence->exercise_count,
        .items = items,
        .item_count = keep_chosen(evidence, items, count, choice),
        .by = report->by,
        .target = report->target};
    report->row_count = skills_find(&source, &evidence->arena, &report->rows);
    source.by = SKILLS_BY_TEAM;
    if (choice->role.len == 0 && choice->person.len == 0)
        report->team_count = skills_find(&source, &evidence->arena, &report->team);
}

static void find_urgent(struct skills_report *report)
{
    struct arena *arena = &report->evidence->arena;
    const struct skill_row **urgent =
        ARENA_ARRAY(arena, report->row_count + 1, const struct skill_row *);
    report->advice_count = skills_urgent(report->rows, report->row_count, urgent);
    report->advices = ARENA_ARRAY(arena, report->advice_count + 1, struct skills_advice);
    for (size_t i = 0; i < report->advice_count; i++)
        report->advices[i].row = urgent[i];
}

void skills_report_make(
    struct evidence *evidence, const struct skills_choice *choice, struct skills_report *ret_report)
{
    struct skills_report report = {.evidence = evidence,
        .by = choice->person.len > 0 ? SKILLS_BY_PERSON : SKILLS_BY_ROLE,
        .target = choice->target};
    for (size_t i = 0; i < evidence->exercise_count && choice->person.len > 0; i++)
        report.persons_left_out += !evidence->consents[i].by_person;
    find_rows(&report, choice);
    find_urgent(&report);
    skills_advise(&report, choice->home);
    find_processes(&report);
    find_causes(&report);
    find_rated(&report);
    report.agreement_count = skill_agreement_find(
        evidence->rated, evidence->rated_count, &evidence->arena, &report.agreements);
    *ret_report = report;
}
