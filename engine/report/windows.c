/* Which track an event belongs to, and which findings are windows worth a bar. */
#include "report/windows.h"

static bool is_window(const struct finding *finding)
{
    return !finding->rule->is_story_time && finding->rule->severity >= SEVERITY_MAJOR &&
           finding->start_ms >= 0 && finding->bound_ms > finding->start_ms &&
           finding->rule->kind != RULE_PRECEDE &&
           (finding->verdict == VERDICT_SATISFIED || finding->verdict == VERDICT_VIOLATED);
}

/* One window a rule: that of its worst finding, or of the tightest. */
size_t windows_find(struct dossier *dossier, const struct finding ***ret_windows)
{
    size_t count = 0;
    *ret_windows =
        ARENA_ARRAY(dossier_arena(dossier), dossier->rule_count + 1, const struct finding *);
    for (size_t i = 0; i < dossier->rule_count; i++) {
        const struct dossier_rule *group = &dossier->rules[i];
        const struct finding *one = group->worst != NULL ? group->worst : group->tightest;
        if (one != NULL && is_window(one))
            (*ret_windows)[count++] = one;
    }
    return count;
}

enum windows_track windows_track(const struct dossier *dossier, const struct event *event)
{
    const struct def *def = dossier_def(dossier);
    switch (model_rank(&dossier->report.model, event)) {
    case 0:
        return TRACK_NONE;
    case 1:
        return TRACK_FRAME;
    default:
        return def_seat(def, event->actor) != NULL ? TRACK_TEAM : TRACK_CAME;
    }
}
