/* The course of the exercise on two tracks: what came, and what the team did; with the windows in
 * which something was expected. */
#include "report/labels.h"
#include "report/sections.h"
#include "report/windows.h"

/* ---- windows ---- */

static void write_window(
    struct dossier *dossier, struct json_write *json, const struct finding *finding)
{
    json_write_object(json);
    json_write_key_int(json, "bound_ms", finding->bound_ms);
    json_write_key_str(json, "margin", section_margin(dossier, finding));
    if (finding->met_ms >= 0)
        json_write_key_int(json, "met_ms", finding->met_ms);
    json_write_key_str(json, "rule", finding->rule->id);
    section_write_finding_seqs(dossier, json, finding);
    json_write_key_int(json, "start_ms", finding->start_ms);
    json_write_key_str(json, "title", dossier_rule_title(dossier, finding->rule));
    json_write_key_str(json, "verdict", str_of(verdict_names[finding->verdict]));
    json_write_end(json);
}

/* ---- moments ---- */

static struct str phase_at(const struct dossier *dossier, int64_t ms)
{
    size_t i = 1;
    while (i < dossier->phase_count && dossier->phases[i].from_ms <= ms)
        i++;
    return dossier->phases[i - 1].name;
}

/* The calendar's day, and the time on it; both empty without a calendar. */
static struct str day_text(struct dossier *dossier, const struct event *event)
{
    struct str text = parts_calendar(&dossier->report, event->story_ms);
    return parts_has_calendar(&dossier->report)
               ? (struct str){text.ptr, text.len - 6 + (text.ptr[text.len - 6] != ' ')}
               : STR("");
}

static struct str hour_text(struct dossier *dossier, const struct event *event)
{
    struct str text = parts_calendar(&dossier->report, event->story_ms);
    return parts_has_calendar(&dossier->report) ? str_after(text, text.len - 5) : STR("");
}

static void write_moment(struct dossier *dossier, struct json_write *json, const struct event *kept)
{
    static const char *const tracks[] = {"", "frame", "came", "team"};
    const struct event *event = dossier_event(dossier, kept->seq);
    const struct def_inject *inject =
        kept->kind == EVENT_DELIVERED
            ? def_inject(dossier_def(dossier), kept->body.delivered.inject)
            : NULL;
    json_write_object(json);
    json_write_key_int(json, "at_ms", kept->observed_ms);
    json_write_key_str(json, "day", day_text(dossier, kept));
    json_write_key_str(json, "hour", hour_text(dossier, kept));
    json_write_key_str(json, "inject",
        inject == NULL ? STR("") : dossier_say(dossier, labels_injects[inject->kind]));
    json_write_key_str(json, "kind", str_of(event_kinds[kept->kind].name));
    json_write_key_str(json, "phase", phase_at(dossier, kept->observed_ms));
    json_write_key_int(json, "seq", kept->seq);
    dossier_cite(dossier, kept->seq);
    json_write_key_str(json, "text", dossier_sentence(dossier, event == NULL ? kept : event));
    json_write_key_str(json, "track", str_of(tracks[windows_track(dossier, kept)]));
    json_write_end(json);
}

void section_timeline(struct dossier *dossier, struct json_write *json)
{
    const struct model *model = &dossier->report.model;
    const struct finding **windows;
    size_t count = windows_find(dossier, &windows);
    json_write_object(json);
    section_list(json, "moments");
    for (size_t i = 0; i < model->event_count; i++)
        if (windows_track(dossier, model->events[i]) != TRACK_NONE)
            write_moment(dossier, json, model->events[i]);
    json_write_end(json);
    section_list(json, "windows");
    for (size_t i = 0; i < count; i++)
        write_window(dossier, json, windows[i]);
    json_write_end(json);
    json_write_end(json);
}
