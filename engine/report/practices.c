/* Opportunities by practice. Several exercises together are another matter: `tocsin skills`. */
#include "report/practices.h"

#include "score/interval.h"

/* A miss whose cause somebody named, and which is not skill, says nothing of a skill. */
static bool is_evidence(const struct finding *finding)
{
    return finding->verdict == VERDICT_SATISFIED ||
           (finding->verdict == VERDICT_VIOLATED &&
               (finding->cause < 0 || finding->cause == CAUSE_SKILL));
}

static void add_opportunity(
    struct dossier *dossier, struct practice_row *row, const struct finding *finding)
{
    row->items = arena_grow(
        dossier_arena(dossier), row->items, row->count, &row->capacity, sizeof(struct finding *));
    row->items[row->count++] = finding;
    row->met += finding->verdict == VERDICT_SATISFIED;
    row->hinted += finding->verdict == VERDICT_SATISFIED && finding->assistance_permille < 1000;
}

size_t practices_find(struct dossier *dossier, struct practice_row **ret_rows)
{
    const struct def *def = dossier_def(dossier);
    struct practice_row *rows =
        ARENA_ARRAY(dossier_arena(dossier), def->practice_count + 1, struct practice_row);
    size_t count = 0;
    for (size_t p = 0; p < def->practice_count; p++) {
        struct practice_row *row = &rows[count];
        *row = (struct practice_row){.practice = &def->practices[p]};
        for (size_t i = 0; i < dossier->source.finding_count; i++) {
            const struct finding *finding = &dossier->source.findings[i];
            if (!strs_contain(finding->rule->skills, def->practices[p].id))
                continue;
            if (is_evidence(finding))
                add_opportunity(dossier, row, finding);
            else
                row->left_out += finding->verdict == VERDICT_VIOLATED;
        }
        if (row->count != 0)
            interval_find((int64_t)row->met, (int64_t)row->count, &row->low, &row->high);
        count += row->count != 0 || row->left_out != 0;
    }
    *ret_rows = rows;
    return count;
}
