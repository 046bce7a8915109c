/* How the table communicated: the figures of docs/metrics.md, what they count, and what
 * contradicted itself. Nothing is counted here a second time but the messages, which are listed. */
#include "report/labels.h"
#include "report/sections.h"

/* ---- figures ---- */

static void write_lengths(struct json_write *json, const struct metric *metric)
{
    bool is_time = metric->kind->shape == METRIC_TIME;
    json_write_key_int(json, is_time ? "longest_ms" : "longest", metric->longest);
    if (metric->median >= 0)
        json_write_key_int(json, is_time ? "median_ms" : "median", metric->median);
    json_write_key_int(json, "n", metric->n);
}

static void write_metric(
    struct dossier *dossier, struct json_write *json, const struct metric *metric)
{
    static const char *const shapes[] = {"rate", "time", "count", "ratio"};
    enum metric_shape shape = metric->kind->shape;
    bool is_length = shape == METRIC_TIME || shape == METRIC_COUNT;
    json_write_object(json);
    json_write_key_bool(json, "descriptive", metric->kind->is_descriptive);
    if (shape == METRIC_RATE && metric->n != 0)
        json_write_key_int(json, "high", metric->high);
    json_write_key_str(json, "id", str_of(metric->kind->id));
    if (!is_length && metric->n != 0)
        json_write_key_int(json, "k", metric->k);
    if (is_length && metric->n != 0)
        write_lengths(json, metric);
    if (shape == METRIC_RATE && metric->n != 0)
        json_write_key_int(json, "low", metric->low);
    if (!is_length || metric->n == 0)
        json_write_key_int(json, "n", metric->n);
    json_write_key_str(json, "name", dossier_say(dossier, metric->kind->name));
    if (is_length && metric->n != 0) {
        json_write_key_int(json, "open", metric->open);
        if (metric->p90 >= 0)
            json_write_key_int(json, shape == METRIC_TIME ? "p90_ms" : "p90", metric->p90);
    }
    json_write_key_str(json, "part", str_of(metric->kind->part));
    json_write_key_str(json, "shape", str_of(shapes[shape]));
    json_write_key_str(
        json, "who", metric->who.len == 0 ? STR("") : dossier_label(dossier, metric->who));
    json_write_end(json);
}

/* ---- lists ---- */

static struct str fact_text(struct dossier *dossier, struct str id)
{
    const struct def_fact *fact = def_fact(dossier_def(dossier), id);
    return fact == NULL ? id : dossier_say(dossier, fact->text);
}

static void write_parties(
    struct dossier *dossier, struct json_write *json, const char *key, struct strs parties)
{
    section_list(json, key);
    for (size_t i = 0; i < parties.count; i++)
        json_write_str(json, dossier_label(dossier, parties.items[i]));
    json_write_end(json);
}

static void write_contradictions(struct dossier *dossier, struct json_write *json)
{
    section_list(json, "contradictions");
    for (size_t i = 0; i < dossier->metrics.contradiction_count; i++) {
        const struct metric_contradiction *item = &dossier->metrics.contradictions[i];
        json_write_object(json);
        if (item->corrected_ms >= 0)
            json_write_key_int(json, "corrected_ms", item->corrected_ms);
        json_write_key_str(json, "fact", item->fact);
        json_write_key_int(json, "from_ms", item->from_ms);
        json_write_key_str(json, "text", fact_text(dossier, item->fact));
        write_parties(dossier, json, "uncorrected", item->uncorrected);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_flow(struct dossier *dossier, struct json_write *json)
{
    section_list(json, "flow");
    for (size_t i = 0; i < dossier->source.finding_count; i++) {
        const struct finding *finding = &dossier->source.findings[i];
        if (finding->rule->kind != RULE_FLOW || finding->verdict != VERDICT_VIOLATED)
            continue;
        json_write_object(json);
        json_write_key_str(json, "rule", finding->rule->id);
        section_write_finding_seqs(dossier, json, finding);
        json_write_key_str(json, "text", dossier_say(dossier, finding->sentence));
        json_write_key_str(json, "title", dossier_rule_title(dossier, finding->rule));
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_loads(struct dossier *dossier, struct json_write *json)
{
    section_list(json, "load");
    for (size_t i = 0; i < dossier->metrics.load_count; i++) {
        const struct metric_load *load = &dossier->metrics.loads[i];
        json_write_object(json);
        json_write_key_int(json, "backlog", load->backlog);
        json_write_key_int(json, "busiest", load->busiest);
        json_write_key_int(json, "received", load->received);
        json_write_key_str(json, "seat", dossier_label(dossier, load->seat));
        json_write_key_int(json, "unopened", load->unopened);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_promises(struct dossier *dossier, struct json_write *json)
{
    section_list(json, "promises");
    for (size_t i = 0; i < dossier->metrics.promise_count; i++) {
        const struct metric_promise *promise = &dossier->metrics.promises[i];
        const struct event *event = model_message(&dossier->report.model, promise->message);
        int64_t seq = event == NULL ? 0 : event->seq;
        json_write_object(json);
        json_write_key_int(json, "due_ms", promise->due_ms);
        json_write_key_str(json, "from", dossier_label(dossier, promise->from));
        json_write_key_bool(json, "kept", promise->kept);
        if (promise->next_ms >= 0)
            json_write_key_int(json, "next_ms", promise->next_ms);
        dossier_write_seqs(dossier, json, "seqs", &seq, 1);
        json_write_key_str(json, "to", dossier_label(dossier, promise->to));
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_slots(struct dossier *dossier, struct json_write *json)
{
    section_list(json, "slots");
    for (size_t i = 0; i < dossier->metrics.slot_count; i++) {
        const struct metric_slot *slot = &dossier->metrics.slots[i];
        json_write_object(json);
        json_write_key_int(json, "answered", slot->answered);
        json_write_key_int(json, "empty", slot->empty);
        json_write_key_str(
            json, "name", phrase_slot(&dossier->report.book, dossier->report.lang, slot->slot));
        json_write_key_int(json, "unknown", slot->unknown);
        json_write_end(json);
    }
    json_write_end(json);
}

void section_communication(struct dossier *dossier, struct json_write *json)
{
    json_write_object(json);
    write_contradictions(dossier, json);
    write_flow(dossier, json);
    write_loads(dossier, json);
    section_list(json, "metrics");
    for (size_t i = 0; i < dossier->metrics.count; i++)
        write_metric(dossier, json, &dossier->metrics.items[i]);
    json_write_end(json);
    section_list(json, "not_measured");
    for (size_t i = 0; i < metric_gap_count; i++) {
        json_write_object(json);
        json_write_key_str(json, "id", str_of(metric_gaps[i].id));
        json_write_key_str(json, "text", dossier_say(dossier, metric_gaps[i].what));
        json_write_end(json);
    }
    json_write_end(json);
    write_promises(dossier, json);
    write_slots(dossier, json);
    json_write_end(json);
}

/* ---- messages ---- */

static void write_message(
    struct dossier *dossier, struct json_write *json, const struct event *event)
{
    const struct event_messaged *body =
        event->kind == EVENT_MESSAGED ? &event->body.messaged : NULL;
    struct strs to = body != NULL ? body->to : event->body.said.to;
    struct strs facts = body != NULL ? body->facts : event->body.said.facts;
    json_write_object(json);
    json_write_key_int(json, "at_ms", event->observed_ms);
    json_write_key_bool(json, "contested", body != NULL && body->contested);
    section_list(json, "facts");
    for (size_t i = 0; i < facts.count; i++)
        json_write_str(json, facts.items[i]);
    json_write_end(json);
    json_write_key_str(json, "from", dossier_label(dossier, event->actor));
    json_write_key_str(json, "id", body != NULL ? body->message : STR(""));
    dossier_cite(dossier, event->seq);
    json_write_key_int(json, "seq", event->seq);
    json_write_key_str(json, "tlp", body != NULL ? str_of(tlp_names[body->tlp]) : STR(""));
    write_parties(dossier, json, "to", to);
    json_write_key_str(json, "type",
        body != NULL ? dossier_say(dossier, phrase_message_nouns[body->type])
                     : TELL(dossier, "by mouth", "口頭"));
    json_write_key_str(
        json, "via", body != NULL ? dossier_say(dossier, labels_channels[body->via]) : STR(""));
    json_write_end(json);
}

void section_messages(struct dossier *dossier, struct json_write *json)
{
    const struct model *model = &dossier->report.model;
    json_write_array(json);
    for (size_t i = 0; i < model->event_count; i++)
        if (model->events[i]->kind == EVENT_MESSAGED || model->events[i]->kind == EVENT_SAID)
            write_message(dossier, json, model->events[i]);
    json_write_end(json);
}
