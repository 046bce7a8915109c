/* The sections in the order of their keys, and what several of them write.
 *
 * Each is written for itself and put together at the end: the list of evidence stands early in the
 * object but can only be made when all else has cited what it needs. */
#include "report/sections.h"

#include "report/labels.h"

static const struct {
    const char *key;
    section *write;
} rows[] = {
    {"capabilities", section_capabilities},
    {"communication", section_communication},
    {"conduct", section_conduct},
    {"cover", section_cover},
    {"evidence", section_evidence},
    {"executive", section_executive},
    {"figures", section_figures},
    {"findings", section_findings},
    {"hot_wash", section_hot_wash},
    {"improvements", section_improvements},
    {"integrity", section_integrity},
    {"knowledge", section_knowledge},
    {"ladder", section_ladder},
    {"messages", section_messages},
    {"overview", section_overview},
    {"participants", section_participants},
    {"plan", section_plan},
    {"scorecards", section_scorecards},
    {"skills", section_skills},
    {"strengths", section_strengths},
    {"timeline", section_timeline},
    {"told", section_told},
};
enum { SECTIONS = sizeof(rows) / sizeof(rows[0]) };

static void write_one(struct dossier *dossier, section *write, struct buf *out)
{
    struct json_write json;
    json_write_init(&json, out);
    write(dossier, &json);
}

void sections_write(struct dossier *dossier, struct buf *out)
{
    struct buf parts[SECTIONS] = {{0}};
    for (int i = 0; i < SECTIONS; i++)
        if (rows[i].write != section_evidence && rows[i].write != section_figures)
            write_one(dossier, rows[i].write, &parts[i]);
    for (int i = SECTIONS; i-- > 0;) /* figures cite events, so they come first */
        if (parts[i].len == 0)
            write_one(dossier, rows[i].write, &parts[i]);
    struct json_write json;
    json_write_init(&json, out);
    json_write_object(&json);
    for (int i = 0; i < SECTIONS; i++) {
        json_write_key(&json, str_of(rows[i].key));
        json_write_raw(&json, buf_str(&parts[i]));
        buf_fini(&parts[i]);
    }
    json_write_end(&json);
}

void section_write_count(struct dossier *dossier, struct json_write *json, const char *key,
    const struct section_count *count)
{
    json_write_key(json, str_of(key));
    json_write_object(json);
    if (count->seqs->count != 0)
        json_write_key_str(
            json, "figure", dossier_figure(dossier, count->id, count->label, count->seqs));
    json_write_key_int(json, "n", (int64_t)count->seqs->count);
    json_write_end(json);
}

void section_write_finding_seqs(
    struct dossier *dossier, struct json_write *json, const struct finding *finding)
{
    int64_t seqs[] = {finding->activation_seq, finding->target_seq, finding->miss_seq};
    dossier_write_seqs(dossier, json, "seqs", seqs, 3);
}

struct str section_verdict(const struct dossier *dossier, const struct finding *finding)
{
    if (finding->verdict != VERDICT_EXCUSED)
        return dossier_say(dossier, labels_verdicts[finding->verdict]);
    return finding->is_ruled ? TELL(dossier, "excused by ruling", "裁定により免除")
           : finding->excused_by.len == 0 || str_is(finding->excused_by, "unless")
               ? TELL(dossier, "excused", "免除")
               : TELL(dossier, "follows from another miss", "他の未達の結果");
}

/* Lengths on the calendar are told in hours and days. */
static struct str span_text(struct dossier *dossier, const struct finding *finding, int64_t ms)
{
    if (!finding->rule->is_story_time)
        return dossier_clock(dossier, ms);
    long long hours = ms / 3600000, minutes = ms / 60000 % 60;
    if (hours >= 48)
        return dossier_format(dossier, "%lld d %lld h", "%lld日%lld時間", hours / 24, hours % 24);
    return dossier_format(dossier, "%lld h %lld min", "%lld時間%lld分", hours, minutes);
}

struct str section_margin(struct dossier *dossier, const struct finding *finding)
{
    if (finding->bound_ms < 0 || finding->met_ms < 0 || finding->rule->kind == RULE_PRECEDE)
        return STR("");
    if (finding->margin_ms == 0)
        return TELL(dossier, "exactly at the limit", "期限ちょうど");
    bool late = finding->margin_ms < 0;
    struct str span = span_text(dossier, finding, late ? -finding->margin_ms : finding->margin_ms);
    return late ? dossier_format(dossier, "%.*s late", "%.*s超過", STR_ARG(span))
                : dossier_format(dossier, "%.*s to spare", "余裕%.*s", STR_ARG(span));
}

/* ---- what the others refer to ---- */

void section_figures(struct dossier *dossier, struct json_write *json)
{
    json_write_array(json);
    for (size_t i = 0; i < dossier->figure_count; i++) {
        const struct dossier_figure *figure = &dossier->figures[i];
        json_write_object(json);
        json_write_key_str(json, "id", figure->id);
        json_write_key_str(json, "label", figure->label);
        dossier_write_seqs(dossier, json, "seqs", figure->seqs, figure->count);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_event(struct dossier *dossier, struct json_write *json, const struct event *event)
{
    json_write_object(json);
    json_write_key_str(json, "actor", event->actor);
    json_write_key_int(json, "at_ms", event->observed_ms);
    if (event->at_ms != event->observed_ms)
        json_write_key_int(json, "entered_ms", event->at_ms);
    json_write_key_str(json, "kind", str_of(event_kinds[event->kind].name));
    json_write_key_bool(json, "proxy", event->proxy);
    json_write_key_int(json, "seq", event->seq);
    json_write_key_str(json, "story",
        parts_has_calendar(&dossier->report) ? parts_calendar(&dossier->report, event->story_ms)
                                             : STR(""));
    json_write_key_str(json, "text", dossier_sentence(dossier, event));
    json_write_end(json);
}

void section_evidence(struct dossier *dossier, struct json_write *json)
{
    const struct report_source *source = &dossier->source;
    json_write_array(json);
    for (size_t i = 0; i < source->event_count; i++)
        if (dossier->cited[source->events[i].seq])
            write_event(dossier, json, &source->events[i]);
    json_write_end(json);
}
