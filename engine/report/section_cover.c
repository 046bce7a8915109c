/* Who, when, what for, and from what: the frame of the report. */
#include "base/duration.h"
#include "report/labels.h"
#include "report/sections.h"

/* ---- cover ---- */

static struct str date_text(struct dossier *dossier)
{
    const struct report_source *source = &dossier->source;
    if (source->is_from_file || source->created_wall_ms == 0)
        return STR("");
    struct calendar_parts day =
        calendar_split(source->created_wall_ms, source->def->story_offset_minutes);
    return arena_format(dossier_arena(dossier), "%04d-%02d-%02d", day.year, day.month, day.day);
}

static struct str title_text(struct dossier *dossier)
{
    const struct def *def = dossier_def(dossier);
    struct str title = dossier_say(dossier, def->title);
    return title.len != 0 ? title : def->id;
}

void section_cover(struct dossier *dossier, struct json_write *json)
{
    const struct model *model = &dossier->report.model;
    const struct def *def = dossier_def(dossier);
    enum tlp tlp = dossier->options->tlp == TLP_NONE ? TLP_AMBER : dossier->options->tlp;
    json_write_object(json);
    json_write_key_str(json, "date", date_text(dossier));
    json_write_key_bool(json, "draft", !model->is_ended || !dossier->source.is_sealed);
    json_write_key_bool(json, "ended", model->is_ended);
    json_write_key_str(json, "exercise", dossier->source.exercise);
    json_write_key_bool(json, "from_file", dossier->source.is_from_file);
    json_write_key_str(json, "lang", str_of(lang_names[dossier->report.lang]));
    json_write_key_str(json, "organisation",
        def->organisation_profile == NULL ? STR("")
                                          : dossier_say(dossier, def->organisation_profile->name));
    json_write_key_bool(json, "pseudonyms", dossier->options->pseudonyms);
    json_write_key_str(json, "schema", STR("tocsin-report-1"));
    json_write_key_bool(json, "sealed", dossier->source.is_sealed);
    json_write_key_bool(json, "stopped", model->is_stopped);
    json_write_key_str(json, "title", title_text(dossier));
    json_write_key_str(json, "tlp", str_of(tlp_names[tlp]));
    json_write_key_str(json, "tlp_label", str_of(labels_tlp[tlp]));
    json_write_end(json);
}

/* ---- overview ---- */

static void write_phases(struct dossier *dossier, struct json_write *json)
{
    section_list(json, "phases");
    for (size_t i = 0; i < dossier->phase_count; i++) {
        const struct dossier_phase *phase = &dossier->phases[i];
        json_write_object(json);
        json_write_key_str(json, "calendar",
            parts_has_calendar(&dossier->report)
                ? parts_calendar(&dossier->report, phase->from_story_ms)
                : STR(""));
        json_write_key_int(json, "from_ms", phase->from_ms);
        json_write_key_str(json, "name", phase->name);
        dossier_write_seqs(dossier, json, "seqs", &phase->seq, 1);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_objectives(struct dossier *dossier, struct json_write *json)
{
    const struct def *def = dossier_def(dossier);
    section_list(json, "objectives");
    for (size_t i = 0; i < def->objective_count; i++) {
        json_write_object(json);
        json_write_key_str(json, "id", def->objectives[i].id);
        json_write_key_str(json, "text", dossier_say(dossier, def->objectives[i].text));
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_organisation(struct dossier *dossier, struct json_write *json)
{
    const struct organisation *house = dossier_def(dossier)->organisation_profile;
    json_write_key(json, STR("organisation"));
    json_write_object(json);
    if (house != NULL) {
        json_write_key_str(
            json, "authority", dossier_say(dossier, labels_authorities[house->authority]));
        json_write_key_str(json, "constituency", dossier_say(dossier, house->constituency));
        json_write_key_str(json, "id", house->id);
        json_write_key_str(json, "mission", dossier_say(dossier, house->mission));
        json_write_key_str(json, "name", dossier_say(dossier, house->name));
        json_write_key_str(json, "position", dossier_say(dossier, house->position));
    }
    json_write_end(json);
}

static int64_t count_injects(const struct model *model)
{
    int64_t count = 0;
    for (size_t i = 0; i < model->event_count; i++)
        count += model->events[i]->kind == EVENT_DELIVERED;
    return count;
}

void section_overview(struct dossier *dossier, struct json_write *json)
{
    struct model *model = &dossier->report.model;
    const struct def *def = dossier_def(dossier);
    bool has_calendar = parts_has_calendar(&dossier->report);
    json_write_object(json);
    json_write_key_str(json, "calendar_from",
        has_calendar ? parts_calendar(&dossier->report, model->begins_story_ms) : STR(""));
    json_write_key_str(json, "calendar_to",
        has_calendar ? parts_calendar(&dossier->report, model->ends_story_ms) : STR(""));
    json_write_key_int(json, "difficulty", model->difficulty);
    json_write_key_int(json, "difficulty_max", DIFFICULTY_MAX);
    json_write_key_int(json, "end_ms", model->end_ms);
    json_write_key_int(json, "event_count", (int64_t)dossier->source.event_count);
    json_write_key_int(json, "inject_count", count_injects(model));
    json_write_key_str(json, "mode", str_of(mode_names[model->mode]));
    json_write_key_str(json, "mode_name", dossier_say(dossier, labels_modes[model->mode]));
    write_objectives(dossier, json);
    write_organisation(dossier, json);
    json_write_key_str(json, "overlay", dossier_say(dossier, def->overlay));
    write_phases(dossier, json);
    json_write_key_int(json, "planned_ms", def->duration_ms);
    json_write_key_str(json, "scenario", def->id);
    json_write_key_int(json, "seat_count", (int64_t)def->seat_count);
    json_write_key_int(json, "stakeholder_count", (int64_t)def->stakeholder_count);
    json_write_key_str(json, "summary", dossier_say(dossier, def->summary));
    json_write_end(json);
}

/* ---- participants ---- */

void section_participants(struct dossier *dossier, struct json_write *json)
{
    const struct model *model = &dossier->report.model;
    const struct def *def = dossier_def(dossier);
    json_write_array(json);
    for (size_t i = 0; i < def->seat_count; i++) {
        const struct model_seat *at = &model->seats[i];
        bool by_proxy = at->done != 0 && at->proxied == at->done;
        json_write_object(json);
        json_write_key_int(json, "done", (int64_t)at->done);
        json_write_key_str(
            json, "person", at->person.len == 0 ? STR("") : dossier_person(dossier, at->person));
        json_write_key_int(json, "proxied", (int64_t)at->proxied);
        section_list(json, "roles");
        for (size_t r = 0; r < at->seat->roles.count; r++)
            json_write_str(json,
                phrase_role(&dossier->report.book, dossier->report.lang, at->seat->roles.items[r]));
        json_write_end(json);
        json_write_key_str(json, "seat", at->seat->id);
        json_write_key_str(json, "state",
            at->done == 0 ? at->person.len == 0 ? STR("empty") : STR("silent")
            : by_proxy ? STR("proxy")
                          : STR("played"));
        json_write_end(json);
    }
    json_write_end(json);
}

/* ---- integrity ---- */

static const struct event *created_event(const struct dossier *dossier)
{
    for (size_t i = 0; i < dossier->source.event_count; i++)
        if (dossier->source.events[i].kind == EVENT_CREATED)
            return &dossier->source.events[i];
    return NULL;
}

static void write_packs(struct dossier *dossier, struct json_write *json)
{
    const struct rules *rules = dossier->source.rules;
    section_list(json, "packs");
    for (size_t i = 0; i < rules->pack_count; i++) {
        const struct rule_pack *pack = &rules->packs[i];
        int64_t count = 0;
        for (size_t r = 0; r < rules->count; r++)
            count += str_eq(rules->items[r].pack, pack->id);
        json_write_object(json);
        json_write_key_str(json, "id", pack->id);
        json_write_key_bool(json, "idle", pack->is_idle);
        json_write_key_str(json, "jurisdiction", pack->jurisdiction);
        json_write_key_int(json, "rules", count);
        json_write_key_str(json, "title", dossier_say(dossier, pack->title));
        json_write_key_str(json, "version", pack->version);
        json_write_end(json);
    }
    json_write_end(json);
}

void section_integrity(struct dossier *dossier, struct json_write *json)
{
    const struct event *created = created_event(dossier);
    const struct organisation *house = dossier_def(dossier)->organisation_profile;
    json_write_object(json);
    json_write_key_str(json, "content", created == NULL ? STR("") : created->body.created.content);
    json_write_key_int(json, "events", (int64_t)dossier->source.event_count);
    json_write_key_str(json, "head", dossier->source.head);
    json_write_key_str(json, "lua", created == NULL ? STR("") : created->body.created.lua);
    write_packs(dossier, json);
    json_write_key_str(json, "program", dossier->source.program);
    section_list(json, "rating_from_permille");
    for (int rating = 1; rating < RATING_COUNT - 1; rating++)
        json_write_int(json, organisation_rating_from(house, rating));
    json_write_end(json);
    json_write_key_int(json, "rules", (int64_t)dossier->source.rules->count);
    json_write_key_int(json, "seed", created == NULL ? 0 : created->body.created.seed);
    json_write_key_int(json, "semantics", created == NULL ? 0 : created->body.created.semantics);
    json_write_end(json);
}
