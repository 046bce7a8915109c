/* What is planned stands in the words of whoever planned it, and no line is completed by the
 * engine: an empty owner is an open question, not a gap to be filled. A rule that any item names is
 * not proposed again, be that item dropped: somebody has decided about it. */
#include "report/plans.h"

#include "report/labels.h"
#include "report/measures.h"

static const struct dossier_rule *group_of(const struct dossier *dossier, struct str rule)
{
    for (size_t i = 0; i < dossier->rule_count; i++)
        if (str_eq(dossier->rules[i].rule->id, rule))
            return &dossier->rules[i];
    return NULL;
}

/* What both kinds of row have from the rule. */
static struct plans_row row_of(struct dossier *dossier, const struct dossier_rule *group)
{
    struct plans_row row = {.group = group};
    if (group == NULL)
        return row;
    row.n = (int64_t)(group->met + group->missed);
    row.priority = dossier_say(dossier, labels_severities[group->rule->severity]);
    row.reference = dossier_say(dossier, group->rule->source);
    row.severity = str_of(severity_names[group->rule->severity]);
    return row;
}

static struct plans_row planned_row(struct dossier *dossier, const struct report_planned *planned)
{
    struct plans_row row = row_of(dossier, group_of(dossier, planned->rule));
    row.planned = planned;
    row.id = arena_format(dossier_arena(dossier), "#%lld", (long long)planned->id);
    row.action = dossier_quote(dossier, planned->action);
    if (planned->capability.len > 0)
        row.capability = dossier_say(dossier, labels_capability(planned->capability));
    if (planned->cause >= 0)
        row.cause = dossier_say(dossier, labels_causes[planned->cause]);
    row.document = dossier_quote(dossier, planned->document);
    row.due = planned->due;
    row.element = dossier_say(dossier, planned->element);
    row.evidence = dossier_quote(dossier, planned->evidence);
    row.issue = dossier_quote(dossier, planned->issue);
    row.note = dossier_quote(dossier, planned->note);
    row.organisation = dossier_quote(dossier, planned->organisation);
    if (planned->is_owner_forgotten)
        row.owner = TELL(dossier, "(forgotten)", "（削除済み）");
    else if (planned->owner.len > 0)
        row.owner = dossier_person(dossier, planned->owner);
    row.start = planned->start;
    row.status = dossier_say(dossier, planned->status);
    return row;
}

static struct plans_row proposed_row(struct dossier *dossier, const struct dossier_rule *group)
{
    const struct measure *measure = measures_for(group->cause, group->rule->capability);
    struct plans_row row = row_of(dossier, group);
    row.id = arena_format(dossier_arena(dossier), "IP-%.*s", STR_ARG(group->rule->id));
    row.action = dossier_say(dossier, measure->options[0].action);
    row.capability = dossier_say(dossier, labels_capability(group->rule->capability));
    if (group->cause >= 0) {
        row.cause = dossier_say(dossier, labels_causes[group->cause]);
        row.element = dossier_say(dossier, labels_elements[group->cause]);
    }
    row.issue = dossier_rule_title(dossier, group->rule);
    row.status = TELL(dossier, "proposed", "提案");
    return row;
}

static bool is_planned(const struct dossier *dossier, struct str rule)
{
    for (size_t i = 0; i < dossier->source.planned_count; i++)
        if (str_eq(dossier->source.planned[i].rule, rule))
            return true;
    return false;
}

size_t plans_find(struct dossier *dossier, struct plans_row **ret_rows)
{
    size_t count = 0;
    struct plans_row *rows = ARENA_ARRAY(dossier_arena(dossier),
        dossier->source.planned_count + dossier->worst_count + 1, struct plans_row);
    for (size_t i = 0; i < dossier->source.planned_count; i++)
        rows[count++] = planned_row(dossier, &dossier->source.planned[i]);
    for (size_t i = 0; i < dossier->worst_count; i++)
        if (!is_planned(dossier, dossier->worst[i]->rule->id))
            rows[count++] = proposed_row(dossier, dossier->worst[i]);
    *ret_rows = rows;
    return count;
}
