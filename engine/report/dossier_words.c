/* Words, events and figures, as every section of a full report asks for them. */
#include <assert.h>

#include "base/duration.h"
#include "report/dossier.h"

enum { QUOTE_COLUMNS = 160 };

struct str dossier_say(const struct dossier *dossier, struct words words)
{
    return words.in[dossier->report.lang];
}

struct arena *dossier_arena(struct dossier *dossier)
{
    return &dossier->report.model.arena;
}

const struct def *dossier_def(const struct dossier *dossier)
{
    return dossier->report.model.source->def;
}

bool dossier_is_en(const struct dossier *dossier)
{
    return dossier->report.lang == LANG_EN;
}

struct str dossier_format(struct dossier *dossier, const char *en, const char *ja, ...)
{
    va_list args;
    va_start(args, ja);
    struct str text =
        arena_format_list(dossier_arena(dossier), dossier_is_en(dossier) ? en : ja, args);
    va_end(args);
    return text;
}

struct str dossier_clock(struct dossier *dossier, int64_t ms)
{
    return duration_clock(dossier_arena(dossier), ms);
}

struct str dossier_party(struct dossier *dossier, struct str party)
{
    return phrase_party(&dossier->report.book, dossier->report.lang, party);
}

struct str dossier_label(struct dossier *dossier, struct str party)
{
    struct str name = dossier_party(dossier, party);
    if (dossier_is_en(dossier) && str_starts_with(name, STR("the ")))
        name = str_after(name, 4);
    return phrase_capital(dossier_arena(dossier), name);
}

struct str dossier_rule_title(struct dossier *dossier, const struct rule *rule)
{
    struct str title = dossier_say(dossier, rule->title);
    return title.len != 0 ? phrase_unstopped(title) : rule->id;
}

/* Kinds that no clause tells of still happened. */
struct str dossier_sentence(struct dossier *dossier, const struct event *event)
{
    struct str text = timeline_sentence(&dossier->report, event, QUOTE_COLUMNS);
    return text.len != 0 ? text : str_of(event_kinds[event->kind].name);
}

/* ---- events ---- */

const struct event *dossier_event(const struct dossier *dossier, int64_t seq)
{
    const struct report_source *source = dossier->report.model.source;
    if (seq < 1 || (size_t)seq > source->event_count)
        return NULL;
    const struct event *event = &source->events[seq - 1];
    return event->seq == seq ? event : NULL;
}

bool dossier_counts(const struct dossier *dossier, const struct event *event)
{
    const struct report_source *source = dossier->report.model.source;
    if (dossier->report.model.trace.last_annulled == 0)
        return true;
    for (size_t i = 0; i < source->event_count; i++)
        if (source->events[i].kind == EVENT_ANNULLED &&
            source->events[i].body.annulled.event == event->seq)
            return false;
    return true;
}

void dossier_cite(struct dossier *dossier, int64_t seq)
{
    if (dossier_event(dossier, seq) != NULL)
        dossier->cited[seq] = true;
}

void dossier_write_seqs(struct dossier *dossier, struct json_write *json, const char *key,
    const int64_t *seqs, size_t count)
{
    json_write_key(json, str_of(key));
    json_write_array(json);
    dossier->list_count++;
    for (size_t i = 0; i < count; i++) {
        if (dossier_event(dossier, seqs[i]) == NULL ||
            dossier->listed[seqs[i]] == dossier->list_count)
            continue;
        dossier->listed[seqs[i]] = dossier->list_count;
        dossier_cite(dossier, seqs[i]);
        json_write_int(json, seqs[i]);
    }
    json_write_end(json);
}

void dossier_seqs_add(struct dossier *dossier, struct dossier_seqs *seqs, int64_t seq)
{
    seqs->items = arena_grow(
        dossier_arena(dossier), seqs->items, seqs->count, &seqs->capacity, sizeof(int64_t));
    seqs->items[seqs->count++] = seq;
}

struct str dossier_figure(
    struct dossier *dossier, struct str id, struct str label, const struct dossier_seqs *seqs)
{
    struct arena *arena = dossier_arena(dossier);
    dossier->figures = arena_grow(arena, dossier->figures, dossier->figure_count,
        &dossier->figure_capacity, sizeof(struct dossier_figure));
    dossier->figures[dossier->figure_count++] =
        (struct dossier_figure){id, label, seqs->items, seqs->count};
    return id;
}
