/* `tocsin skills --json`: docs/skills.md describes every field. */
#include <stdio.h>

#include "app/skills_report.h"
#include "base/json_write.h"

static void write_names(
    struct json_write *json, const char *key, unsigned set, const char *const *names, int count)
{
    json_write_key(json, str_of(key));
    json_write_array(json);
    for (int i = 0; i < count; i++)
        if ((set & 1u << i) != 0)
            json_write_str(json, str_of(names[i]));
    json_write_end(json);
}

static void write_dots(
    struct json_write *json, const struct evidence *evidence, const struct skill_row *row)
{
    json_write_key(json, STR("by_exercise"));
    json_write_array(json);
    for (size_t i = 0; i < row->dot_count; i++) {
        const struct skill_dot *dot = &row->dots[i];
        json_write_object(json);
        json_write_key_str(json, "exercise", evidence->exercises[dot->exercise].id);
        json_write_key_int(json, "hinted", dot->hinted);
        json_write_key_int(json, "met", dot->met);
        json_write_key_int(json, "missed", dot->missed);
        json_write_key_int(json, "unexplained", dot->unexplained);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_counts(struct json_write *json, const int64_t counts[CAUSE_COUNT])
{
    /* Keys of canonical JSON are sorted; the names of causes are not. */
    static const enum cause order[CAUSE_COUNT] = {CAUSE_AUTHORITY, CAUSE_CONTACT_DATA,
        CAUSE_OVERLOAD, CAUSE_PROCEDURE, CAUSE_SCENARIO, CAUSE_SKILL, CAUSE_TOOL};
    json_write_object(json);
    for (int i = 0; i < CAUSE_COUNT; i++)
        json_write_key_int(json, cause_names[order[i]], counts[order[i]]);
    json_write_end(json);
}

static void write_row(
    struct json_write *json, const struct evidence *evidence, const struct skill_row *row)
{
    json_write_object(json);
    json_write_key_int(json, "below_at_worst_permille", row->below_at_worst);
    json_write_key_int(json, "below_permille", row->interval.below);
    write_dots(json, evidence, row);
    json_write_key(json, STR("causes"));
    write_counts(json, row->causes);
    write_names(json, "confounds", row->confounds, skill_confound_names, CONFOUND_COUNT);
    json_write_key_str(json, "consequence", str_of(severity_names[row->consequence]));
    json_write_key_int(json, "exercises", row->exercises);
    if (row->n > 0)
        json_write_key_int(json, "high_permille", row->interval.high);
    json_write_key_int(json, "hinted", row->hinted);
    if (row->n > 0)
        json_write_key_int(json, "low_permille", row->interval.low);
    json_write_key_int(json, "met", row->met);
    if (row->n > 0)
        json_write_key_int(json, "middle_permille", row->interval.middle);
    json_write_key_int(json, "n", row->n);
    json_write_key_bool(json, "one_bad_day", row->is_one_day);
    json_write_key_int(json, "partial", row->partial);
    if (row->n > 0)
        json_write_key_int(json, "rate_permille", row->rate);
    if (row->rising >= 0)
        json_write_key_int(json, "rising_permille", row->rising);
    json_write_key_int(json, "set_aside", row->set_aside);
    json_write_key_str(json, "skill", row->skill);
    json_write_key_int(json, "unexplained", row->unexplained);
    json_write_key_str(json, "who", row->who);
    json_write_key_str(json, "word", str_of(skill_word_names[row->word]));
    json_write_end(json);
}

static void write_rows(struct json_write *json, const char *key, const struct evidence *evidence,
    const struct skill_row *rows, size_t count)
{
    json_write_key(json, str_of(key));
    json_write_array(json);
    for (size_t i = 0; i < count; i++)
        write_row(json, evidence, &rows[i]);
    json_write_end(json);
}

static void write_gap(struct json_write *json, const struct skills_advice *advice)
{
    json_write_object(json);
    json_write_key(json, STR("asked"));
    json_write_array(json);
    for (size_t i = 0; i < advice->asked_count; i++) {
        json_write_object(json);
        json_write_key_str(json, "as", str_of(skill_as_names[advice->asked[i].as]));
        json_write_key_str(json, "skill", advice->asked[i].skill->id);
        json_write_end(json);
    }
    json_write_end(json);
    json_write_key(json, STR("missed"));
    json_write_array(json);
    for (size_t i = 0; i < advice->missed_count; i++) {
        json_write_object(json);
        json_write_key_str(json, "exercise", advice->missed[i]->table);
        json_write_key_str(json, "rule", advice->missed[i]->rule->id);
        json_write_end(json);
    }
    json_write_end(json);
    json_write_key(json, STR("scenarios"));
    json_write_array(json);
    for (size_t i = 0; i < advice->scenario_count; i++) {
        json_write_object(json);
        json_write_key_int(json, "rules", advice->scenarios[i].rule_count);
        json_write_key_str(json, "scenario", advice->scenarios[i].id);
        json_write_key_int(json, "team_rules", advice->scenarios[i].team_rule_count);
        json_write_end(json);
    }
    json_write_end(json);
    json_write_key_str(json, "skill", advice->row->skill);
    json_write_key_int(json, "urgency", skills_urgency(advice->row));
    json_write_key_str(json, "who", advice->row->who);
    json_write_key_str(json, "word", str_of(skill_word_names[advice->row->word]));
    json_write_end(json);
}

/* What ids are called, of roles and of skills: those of the newest exercise. */
static void write_name(struct json_write *json, struct str id, const struct words *name)
{
    json_write_object(json);
    json_write_key_str(json, "id", id);
    json_write_key_words(json, "name", name);
    json_write_end(json);
}

static void write_exercise(struct json_write *json, const struct skill_exercise *exercise)
{
    json_write_object(json);
    if (exercise->date_ms > 0)
        json_write_key_int(json, "created_wall_ms", exercise->date_ms);
    json_write_key_int(json, "difficulty", exercise->difficulty);
    json_write_key_str(json, "exercise", exercise->id);
    json_write_key_str(json, "mode", str_of(mode_names[exercise->mode]));
    json_write_key_str(json, "scenario", exercise->scenario);
    json_write_end(json);
}

static void write_process(
    struct json_write *json, const struct evidence *evidence, const struct skills_process *process)
{
    const struct evidence_finding *finding = process->finding;
    json_write_object(json);
    json_write_key_str(json, "cause", str_of(cause_names[finding->cause]));
    json_write_key_int(json, "count", process->count);
    json_write_key_str(json, "exercise", evidence->exercises[finding->exercise].id);
    json_write_key_str(json, "rule", finding->rule->id);
    json_write_key_str(json, "severity", str_of(severity_names[finding->rule->severity]));
    json_write_key_str(json, "table", finding->table);
    json_write_key_words(json, "title", &finding->rule->title);
    json_write_end(json);
}

static void write_causes(
    struct json_write *json, const struct evidence *evidence, const struct skills_causes *causes)
{
    json_write_object(json);
    json_write_key(json, STR("causes"));
    write_counts(json, causes->counts);
    json_write_key_str(json, "exercise", evidence->exercises[causes->exercise].id);
    json_write_key_int(json, "unnamed", causes->unnamed);
    json_write_end(json);
}

static void write_agreement(struct json_write *json, const struct skill_agreement *item)
{
    json_write_object(json);
    json_write_key(json, STR("confusion"));
    json_write_array(json);
    for (int i = 1; i < RATING_COUNT; i++) {
        json_write_array(json);
        for (int j = 1; j < RATING_COUNT; j++)
            json_write_int(json, item->counts[i][j]);
        json_write_end(json);
    }
    json_write_end(json);
    json_write_key_bool(json, "engine", item->is_engine);
    json_write_key_str(json, "first", item->first);
    if (item->has_kappa) {
        json_write_key_int(json, "kappa_high_permille", item->high);
        json_write_key_int(json, "kappa_low_permille", item->low);
        json_write_key_int(json, "kappa_permille", item->kappa);
    }
    json_write_key_int(json, "n", item->n);
    json_write_key_int(json, "same", item->same);
    if (!item->is_engine)
        json_write_key_str(json, "second", item->second);
    if (!item->has_kappa)
        json_write_key_str(json, "word", str_of(skill_word_names[SKILL_INSUFFICIENT]));
    json_write_end(json);
}

static void write_rated(struct json_write *json, const struct skills_rated *rated)
{
    static const int order[] = {3, 1, 2, 4}; /* M, P, S, U */
    json_write_object(json);
    json_write_key_str(json, "capability", rated->capability);
    json_write_key_int(json, "exercises", rated->exercises);
    json_write_key_int(json, "n", rated->n);
    json_write_key(json, STR("ratings"));
    json_write_object(json);
    for (int i = 0; i < RATING_COUNT - 1; i++)
        json_write_key_int(json, rating_names[order[i]], rated->counts[order[i]]);
    json_write_end(json);
    json_write_end(json);
}

/* A list under a key; `each` writes one of its items. */
#define WRITE_LIST(json, key, count, each)                                                         \
    do {                                                                                           \
        json_write_key(json, STR(key));                                                            \
        json_write_array(json);                                                                    \
        for (size_t i = 0; i < (count); i++)                                                       \
            each;                                                                                  \
        json_write_end(json);                                                                      \
    } while (0)

static void write(struct json_write *json, const struct skills_report *report)
{
    const struct evidence *evidence = report->evidence;
    const struct def *roles = &evidence->roles;
    json_write_object(json);
    WRITE_LIST(
        json, "agreement", report->agreement_count, write_agreement(json, &report->agreements[i]));
    WRITE_LIST(
        json, "causes", report->cause_count, write_causes(json, evidence, &report->causes[i]));
    WRITE_LIST(
        json, "exercises", evidence->exercise_count, write_exercise(json, &evidence->exercises[i]));
    WRITE_LIST(json, "gaps", report->advice_count, write_gap(json, &report->advices[i]));
    if (report->by == SKILLS_BY_PERSON)
        json_write_key_int(json, "persons_left_out", (int64_t)report->persons_left_out);
    WRITE_LIST(json, "practices", roles->practice_count,
        write_name(json, roles->practices[i].id, &roles->practices[i].name));
    WRITE_LIST(json, "process_gaps", report->process_count,
        write_process(json, evidence, &report->processes[i]));
    json_write_key_int(json, "provisional", (int64_t)evidence->provisional_count);
    WRITE_LIST(json, "rated", report->rated_count, write_rated(json, &report->rated[i]));
    WRITE_LIST(json, "roles", roles->role_count,
        write_name(json, roles->roles[i].id, &roles->roles[i].name));
    write_rows(json, "rows", evidence, report->rows, report->row_count);
    json_write_key_int(json, "running", (int64_t)evidence->running_count);
    WRITE_LIST(json, "skills", roles->skill_count,
        write_name(json, roles->skills[i].id, &roles->skills[i].name));
    json_write_key_int(json, "tables", (int64_t)evidence->table_count);
    json_write_key_int(json, "target_permille", report->target);
    write_rows(json, "team", evidence, report->team, report->team_count);
    json_write_key_strs(json, "teams", evidence->teams);
    json_write_end(json);
}

void skills_print_json(const struct skills_report *report)
{
    struct buf out = {0};
    struct json_write json;
    json_write_init(&json, &out);
    write(&json, report);
    printf("%.*s\n", STR_ARG(buf_str(&out)));
    buf_fini(&out);
}
