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

/* "69:16 (Tue 2026-11-17 06:35)" where the rule counts by the calendar; empty: no such time. */
static struct str time_text(
    struct dossier *dossier, const struct ladder_rung *rung, int64_t ms, int64_t drawn_ms)
{
    if (ms < 0)
        return STR("");
    struct str clock = dossier_clock(dossier, drawn_ms);
    if (!ladder_is_story_time(rung) || !parts_has_calendar(&dossier->report))
        return clock;
    struct str day = parts_calendar(&dossier->report, ms);
    return drawn_ms > dossier->report.model.end_ms
               ? day
               : dossier_format(
                     dossier, "%.*s (%.*s)", "%.*s（%.*s）", STR_ARG(clock), STR_ARG(day));
}

static void write_rung(
    struct dossier *dossier, struct json_write *json, const struct ladder_rung *rung)
{
    static const char *const outcomes[LADDER_OUTCOME_COUNT] = {
        "reached", "late", "not-reached", "not-told", "not-called", "absent"};
    int64_t seqs[] = {rung->start_seq, rung->met_seq, rung->deputy_seq};
    const struct ladder_times *times = &rung->times, *drawn = &rung->drawn;
    json_write_object(json);
    json_write_key_str(json, "bound", time_text(dossier, rung, times->bound_ms, drawn->bound_ms));
    if (times->bound_ms >= 0)
        json_write_key_int(json, "bound_ms", times->bound_ms);
    json_write_key_str(json, "clock", ladder_is_story_time(rung) ? STR("story") : STR("exercise"));
    json_write_key_str(
        json, "deputy", rung->deputy.len == 0 ? STR("") : dossier_label(dossier, rung->deputy));
    if (rung->deputy_ms >= 0)
        json_write_key_int(json, "deputy_ms", rung->deputy_ms);
    json_write_key_str(json, "from", dossier_label(dossier, rung->from));
    json_write_key_str(json, "heard_by",
        rung->heard_by.len == 0 ? STR("") : dossier_label(dossier, rung->heard_by));
    json_write_key_bool(json, "hinted", rung->is_hinted);
    json_write_key_str(
        json, "margin", rung->finding == NULL ? STR("") : section_margin(dossier, rung->finding));
    json_write_key_str(json, "met", time_text(dossier, rung, times->met_ms, drawn->met_ms));
    if (times->met_ms >= 0)
        json_write_key_int(json, "met_ms", times->met_ms);
    json_write_key_str(json, "outcome", str_of(outcomes[rung->outcome]));
    json_write_key_str(json, "rule", rung->finding == NULL ? STR("") : rung->finding->rule->id);
    dossier_write_seqs(dossier, json, "seqs", seqs, 3);
    json_write_key_str(json, "start", time_text(dossier, rung, times->start_ms, drawn->start_ms));
    if (times->start_ms >= 0)
        json_write_key_int(json, "start_ms", times->start_ms);
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
