/* The improvement plan: first what people have planned because of this exercise, as it stands; then
 * a proposal for each rule that was missed and that nothing is planned for. A row says which it is,
 * because what somebody has promised and what a table of measures suggests are not the same.
 *
 * An action counts as verified only when a later exercise has tested it again, so each row says
 * which rule that will be, or what the last such exercise has shown. */
#include "report/labels.h"
#include "report/plans.h"
#include "report/sections.h"

static struct str retest_text(struct dossier *dossier, struct str rule)
{
    return dossier_format(dossier, "Next exercise: %.*s, met each time without help",
        "次回演習：%.*sを毎回、助けなしに達成", STR_ARG(rule));
}

static struct str shown_text(struct dossier *dossier, const struct report_planned *planned)
{
    if (planned->rule.len == 0)
        return TELL(dossier, "No rule tests it again", "再確認するルールなし");
    if (planned->retested_in.len == 0)
        return retest_text(dossier, planned->rule);
    return dossier_format(dossier, "%.*s: %.*s", "%.*s：%.*s", STR_ARG(planned->retested_in),
        STR_ARG(dossier_say(dossier, planned->retest)));
}

static void write_seqs_of_misses(
    struct dossier *dossier, struct json_write *json, const struct dossier_rule *group)
{
    struct dossier_seqs seqs = {0};
    for (size_t i = 0; group != NULL && i < group->count; i++) {
        const struct finding *finding = &group->findings[i];
        int64_t seq = finding->target_seq != 0 ? finding->target_seq
                      : finding->miss_seq != 0 ? finding->miss_seq
                                               : finding->activation_seq;
        if (finding->verdict == VERDICT_VIOLATED && seq != 0)
            dossier_seqs_add(dossier, &seqs, seq);
    }
    dossier_write_seqs(dossier, json, "seqs", seqs.items, seqs.count);
}

static void write_row(struct dossier *dossier, struct json_write *json, const struct plans_row *row)
{
    const struct report_planned *planned = row->planned;
    struct str rule = planned != NULL ? planned->rule : row->group->rule->id;
    json_write_object(json);
    json_write_key_str(json, "action", row->action);
    json_write_key_str(json, "capability", row->capability);
    json_write_key_str(json, "cause", row->cause);
    json_write_key_str(json, "document", row->document);
    json_write_key_str(json, "due", row->due);
    json_write_key_str(json, "element", row->element);
    json_write_key_str(json, "evidence", row->evidence);
    json_write_key_str(json, "id", row->id);
    json_write_key_str(json, "issue", row->issue);
    json_write_key_int(json, "missed", row->group == NULL ? 0 : (int64_t)row->group->missed);
    json_write_key_int(json, "n", row->n);
    json_write_key_str(json, "note", row->note);
    json_write_key_str(json, "organisation", row->organisation);
    json_write_key_str(json, "owner", row->owner);
    json_write_key_bool(json, "planned", planned != NULL);
    json_write_key_str(json, "priority", row->priority);
    json_write_key_str(json, "reference", row->reference);
    json_write_key_str(json, "retest",
        planned != NULL ? shown_text(dossier, planned) : retest_text(dossier, rule));
    json_write_key_str(json, "retested_in", planned != NULL ? planned->retested_in : STR(""));
    json_write_key_str(json, "rule", rule);
    write_seqs_of_misses(dossier, json, row->group);
    json_write_key_str(json, "severity", row->severity);
    json_write_key_str(json, "start", row->start);
    json_write_key_str(json, "status", row->status);
    json_write_end(json);
}

void section_plan(struct dossier *dossier, struct json_write *json)
{
    struct plans_row *rows;
    size_t count = plans_find(dossier, &rows);
    json_write_array(json);
    for (size_t i = 0; i < count; i++)
        write_row(dossier, json, &rows[i]);
    json_write_end(json);
}
