/* The improvement plan: a row for each rule that was missed, with what nobody has entered yet left
 * open. An action counts as verified only when a later exercise has tested it again, so each row
 * says which rule that will be. */
#include "report/labels.h"
#include "report/measures.h"
#include "report/sections.h"

static struct str retest_text(struct dossier *dossier, const struct dossier_rule *group)
{
    return dossier_format(dossier, "Next exercise: %.*s, met each time without help",
        "次回演習：%.*sを毎回、助けなしに達成", STR_ARG(group->rule->id));
}

static void write_seqs_of_misses(
    struct dossier *dossier, struct json_write *json, const struct dossier_rule *group)
{
    struct dossier_seqs seqs = {0};
    for (size_t i = 0; i < group->count; i++) {
        const struct finding *finding = &group->findings[i];
        int64_t seq = finding->target_seq != 0 ? finding->target_seq
                      : finding->miss_seq != 0 ? finding->miss_seq
                                               : finding->activation_seq;
        if (finding->verdict == VERDICT_VIOLATED && seq != 0)
            dossier_seqs_add(dossier, &seqs, seq);
    }
    dossier_write_seqs(dossier, json, "seqs", seqs.items, seqs.count);
}

void section_plan(struct dossier *dossier, struct json_write *json)
{
    struct arena *arena = dossier_arena(dossier);
    json_write_array(json);
    for (size_t i = 0; i < dossier->worst_count; i++) {
        const struct dossier_rule *group = dossier->worst[i];
        const struct measure *measure = measures_for(group->cause, group->rule->capability);
        json_write_object(json);
        json_write_key_str(json, "action", dossier_say(dossier, measure->options[0].action));
        json_write_key_str(
            json, "capability", dossier_say(dossier, labels_capability(group->rule->capability)));
        json_write_key_str(json, "cause",
            group->cause < 0 ? STR("") : dossier_say(dossier, labels_causes[group->cause]));
        json_write_key_str(json, "document", STR(""));
        json_write_key_str(json, "due", STR(""));
        json_write_key_str(json, "element",
            group->cause < 0 ? STR("") : dossier_say(dossier, labels_elements[group->cause]));
        json_write_key_str(json, "id", arena_format(arena, "IP-%.*s", STR_ARG(group->rule->id)));
        json_write_key_str(json, "issue", dossier_rule_title(dossier, group->rule));
        json_write_key_int(json, "missed", (int64_t)group->missed);
        json_write_key_int(json, "n", (int64_t)(group->met + group->missed));
        json_write_key_str(json, "owner", STR(""));
        json_write_key_str(
            json, "priority", dossier_say(dossier, labels_severities[group->rule->severity]));
        json_write_key_str(json, "reference", dossier_say(dossier, group->rule->source));
        json_write_key_str(json, "retest", retest_text(dossier, group));
        json_write_key_str(json, "rule", group->rule->id);
        write_seqs_of_misses(dossier, json, group);
        json_write_key_str(json, "severity", str_of(severity_names[group->rule->severity]));
        json_write_key_str(json, "start", STR(""));
        json_write_key_str(json, "status", TELL(dossier, "open", "未着手"));
        json_write_end(json);
    }
    json_write_end(json);
}
