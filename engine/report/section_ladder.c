/* The escalation ladder in figures: what its picture shows, rung by rung. */
#include "report/labels.h"
#include "report/ladder.h"
#include "report/sections.h"

static void write_tries(
    struct dossier *dossier, struct json_write *json, const struct ladder_rung *rung)
{
    section_list(json, "tries");
    for (size_t i = 0; i < rung->try_count; i++) {
        json_write_object(json);
        json_write_key_int(json, "at_ms", rung->tries[i]->observed_ms);
        dossier_write_seqs(dossier, json, "seqs", &rung->tries[i]->seq, 1);
        json_write_key_str(json, "why",
            dossier_say(dossier, labels_unreached[rung->tries[i]->body.unreached.reason]));
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_rung(
    struct dossier *dossier, struct json_write *json, const struct ladder_rung *rung)
{
    static const char *const outcomes[LADDER_OUTCOME_COUNT] = {
        "reached", "late", "not-reached", "not-told", "not-called", "absent"};
    int64_t seqs[] = {rung->start_seq, rung->met_seq, rung->deputy_seq};
    json_write_object(json);
    if (rung->bound_ms >= 0)
        json_write_key_int(json, "bound_ms", rung->bound_ms);
    json_write_key_str(
        json, "deputy", rung->deputy.len == 0 ? STR("") : dossier_label(dossier, rung->deputy));
    if (rung->deputy_ms >= 0)
        json_write_key_int(json, "deputy_ms", rung->deputy_ms);
    json_write_key_str(json, "from", dossier_label(dossier, rung->from));
    json_write_key_bool(json, "hinted", rung->is_hinted);
    json_write_key_str(
        json, "margin", rung->finding == NULL ? STR("") : section_margin(dossier, rung->finding));
    if (rung->met_ms >= 0)
        json_write_key_int(json, "met_ms", rung->met_ms);
    json_write_key_str(json, "outcome", str_of(outcomes[rung->outcome]));
    json_write_key_str(json, "rule", rung->finding == NULL ? STR("") : rung->finding->rule->id);
    dossier_write_seqs(dossier, json, "seqs", seqs, 3);
    if (rung->start_ms >= 0)
        json_write_key_int(json, "start_ms", rung->start_ms);
    json_write_key_str(json, "to", dossier_label(dossier, rung->to));
    write_tries(dossier, json, rung);
    json_write_key_str(json, "when", dossier_say(dossier, rung->rung->when));
    if (rung->rung->within_ms != 0)
        json_write_key_int(json, "within_ms", rung->rung->within_ms);
    json_write_end(json);
}

void section_ladder(struct dossier *dossier, struct json_write *json)
{
    struct ladder_rung *rungs;
    size_t count = ladder_find(dossier, &rungs);
    json_write_array(json);
    for (size_t i = 0; i < count; i++)
        write_rung(dossier, json, &rungs[i]);
    json_write_end(json);
}
