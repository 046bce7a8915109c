/* Opportunities by practice. What counts, the interval and the word are those of score/skills, so
 * that the report never says more of a skill than `tocsin skills` would: of one exercise alone that
 * is nearly always that the evidence is insufficient. What was observed stands beside it. */
#include "report/practices.h"

static bool is_scored(const struct finding *finding)
{
    return finding->verdict == VERDICT_SATISFIED || finding->verdict == VERDICT_VIOLATED;
}

static void add_observed(
    struct dossier *dossier, struct practice_row *row, const struct finding *finding)
{
    bool is_other = finding->verdict == VERDICT_VIOLATED && finding->cause >= 0 &&
                    finding->cause != CAUSE_SKILL;
    row->left_out += is_other;
    if (is_other)
        return;
    row->items = arena_grow(
        dossier_arena(dossier), row->items, row->count, &row->capacity, sizeof(struct finding *));
    row->items[row->count++] = finding;
}

static struct skill_opportunity opportunity_of(const struct finding *finding, struct str skill)
{
    enum skill_outcome outcome = skill_outcome_of(finding);
    return (struct skill_opportunity){.count = 1,
        .skill = skill,
        .outcome = outcome,
        .cause = outcome == OUTCOME_MISSED ? finding->cause : -1,
        .severity = finding->rule->severity,
        .pack = finding->rule->pack};
}

/* One skill at a time, and the team's: there is one row, or none. */
static void count_row(struct dossier *dossier, struct practice_row *row)
{
    struct arena *arena = dossier_arena(dossier);
    const struct report_source *source = &dossier->source;
    const struct skill_exercise exercise = {.id = source->exercise};
    struct skill_opportunity *items =
        ARENA_ARRAY(arena, source->finding_count + 1, struct skill_opportunity);
    struct skills_source from = {.exercises = &exercise,
        .exercise_count = 1,
        .items = items,
        .by = SKILLS_BY_TEAM,
        .target = SKILLS_TARGET};
    for (size_t i = 0; i < source->finding_count; i++) {
        const struct finding *finding = &source->findings[i];
        if (!is_scored(finding) || !strs_contain(finding->rule->skills, row->practice->id))
            continue;
        items[from.item_count++] = opportunity_of(finding, row->practice->id);
        add_observed(dossier, row, finding);
    }
    struct skill_row *found;
    if (skills_find(&from, arena, &found) > 0)
        row->is = found[0];
}

size_t practices_find(struct dossier *dossier, struct practice_row **ret_rows)
{
    const struct def *def = dossier_def(dossier);
    struct practice_row *rows =
        ARENA_ARRAY(dossier_arena(dossier), def->practice_count + 1, struct practice_row);
    size_t count = 0;
    for (size_t p = 0; p < def->practice_count; p++) {
        rows[count] = (struct practice_row){.practice = &def->practices[p]};
        count_row(dossier, &rows[count]);
        count += rows[count].count != 0 || rows[count].left_out != 0;
    }
    *ret_rows = rows;
    return count;
}
