/* How the exercise was run, as far as it bears on what the figures are worth; and what people said
 * of it afterwards. Events that were annulled, or that came after ENDEX, are looked for as well. */
#include "report/labels.h"
#include "report/sections.h"

/* ---- notes ---- */

static struct str inject_name(struct dossier *dossier, struct str id)
{
    return phrase_inject(&dossier->report.book, dossier->report.lang, id);
}

static struct str paused_text(struct dossier *dossier, const struct event *event)
{
    static const struct words reasons[PAUSE_COUNT] = {
        [PAUSE_FACILITATOR] = WORDS("The facilitator stopped the clock", "進行役が時計を止めた"),
        [PAUSE_OUTAGE] =
            WORDS("The program was not running for a while", "プログラムが一時停止していた"),
        [PAUSE_GAP] = WORDS("The clock stood while the gap sheet was filled in",
            "空白時間シートの記入中、時計を止めた"),
    };
    return dossier_say(dossier, reasons[event->body.paused.reason]);
}

static struct str fault_text(struct dossier *dossier, const struct event *event)
{
    const struct event_fault *body = &event->body.fault;
    return arena_format(dossier_arena(dossier), "%.*s:%lld: %.*s", STR_ARG(body->file),
        (long long)body->line, STR_ARG(body->message));
}

static struct str held_text(struct dossier *dossier, const struct event *event)
{
    struct str name = inject_name(dossier, event->body.held.inject);
    return dossier_format(dossier, "Held back: %.*s", "保留：%.*s", STR_ARG(name));
}

static struct str skipped_text(struct dossier *dossier, const struct event *event)
{
    struct str name = inject_name(dossier, event->body.skipped.inject);
    return dossier_format(dossier, "Left out: %.*s", "省略：%.*s", STR_ARG(name));
}

static struct str edited_text(struct dossier *dossier, const struct event *event)
{
    struct str name = inject_name(dossier, event->body.edited.inject);
    return dossier_format(
        dossier, "Changed before it came: %.*s", "配付前に変更：%.*s", STR_ARG(name));
}

static struct str improvised_text(struct dossier *dossier, const struct event *event)
{
    struct str title = dossier_text(dossier, event->body.improvised.title);
    return dossier_format(dossier, "Improvised: %.*s", "即興の付与：%.*s", STR_ARG(title));
}

static struct str annulled_text(struct dossier *dossier, const struct event *event)
{
    const struct event *gone = dossier_event(dossier, event->body.annulled.event);
    struct str what = gone == NULL ? STR("") : dossier_sentence(dossier, gone);
    struct str reason = dossier_text(dossier, event->body.annulled.reason);
    return dossier_format(dossier, "#%lld does not count: %.*s%s%.*s",
        "#%lldは採点から除外：%.*s%s%.*s", (long long)event->body.annulled.event, STR_ARG(what),
        reason.len == 0          ? ""
        : dossier_is_en(dossier) ? " — "
                                 : "——",
        STR_ARG(reason));
}

static struct str pace_text(struct dossier *dossier, const struct event *event)
{
    return dossier_format(dossier, "The calendar's pace became %lld", "時刻の進み方を%lld倍に変更",
        (long long)event->body.pace_changed.pace);
}

static struct str claimed_text(struct dossier *dossier, const struct event *event)
{
    struct str who = dossier_party(dossier, event->body.claimed.stakeholder);
    return dossier_format(
        dossier, "Played by a person: %.*s", "人が演じた相手：%.*s", STR_ARG(who));
}

static struct str left_text(struct dossier *dossier, const struct event *event)
{
    struct str who = dossier_label(dossier, event->actor);
    return dossier_format(dossier, "%.*s: nobody looked at the page any more",
        "%.*s：画面を見る人がいなくなった", STR_ARG(who));
}

static struct str returned_text(struct dossier *dossier, const struct event *event)
{
    struct str who = dossier_label(dossier, event->actor);
    return dossier_format(
        dossier, "%.*s: somebody looked again", "%.*s：画面の前に戻った", STR_ARG(who));
}

static struct str moved_text(struct dossier *dossier, const struct event *event)
{
    (void)event;
    return TELL(dossier, "The facilitator moved on to what was due next",
        "進行役が次の予定まで時計を進めた");
}

static bool is_contingency(const struct dossier *dossier, const struct event *event)
{
    const struct def_inject *inject =
        def_inject(dossier_def(dossier), event->body.delivered.inject);
    return inject != NULL && inject->kind == INJECT_CONTINGENCY;
}

/* One list a row; several rows may share a key, and stand together then. */
static const struct {
    const char *key;
    int kind;
    struct str (*text)(struct dossier *dossier, const struct event *event);
    bool (*wants)(const struct dossier *dossier, const struct event *event);
} notes[] = {
    {"annulled", EVENT_ANNULLED, annulled_text, NULL},
    {"away", EVENT_LEFT, left_text, NULL},
    {"away", EVENT_RETURNED, returned_text, NULL},
    {"changes", EVENT_EDITED, edited_text, NULL},
    {"changes", EVENT_HELD, held_text, NULL},
    {"changes", EVENT_SKIPPED, skipped_text, NULL},
    {"changes", EVENT_IMPROVISED, improvised_text, NULL},
    {"changes", EVENT_PACE_CHANGED, pace_text, NULL},
    {"changes", EVENT_CLAIMED, claimed_text, NULL},
    {"contingencies", EVENT_DELIVERED, dossier_sentence, is_contingency},
    {"faults", EVENT_FAULT, fault_text, NULL},
    {"hints", EVENT_HINTED, dossier_sentence, NULL},
    {"jumps", EVENT_JUMPED, dossier_sentence, NULL},
    {"jumps", EVENT_MOVED_ON, moved_text, NULL},
    {"pauses", EVENT_PAUSED, paused_text, NULL},
};
enum { NOTES = sizeof(notes) / sizeof(notes[0]) };

static void write_note(
    struct dossier *dossier, struct json_write *json, const struct event *event, struct str text)
{
    json_write_object(json);
    json_write_key_int(json, "at_ms", event->observed_ms);
    dossier_write_seqs(dossier, json, "seqs", &event->seq, 1);
    json_write_key_str(json, "text", text);
    json_write_end(json);
}

static void write_notes(struct dossier *dossier, struct json_write *json, const char *key)
{
    section_list(json, key);
    for (size_t i = 0; i < dossier->source.event_count; i++) {
        const struct event *event = &dossier->source.events[i];
        for (int n = 0; n < NOTES; n++)
            if (str_is(str_of(notes[n].key), key) && (int)event->kind == notes[n].kind &&
                (notes[n].wants == NULL || notes[n].wants(dossier, event)))
                write_note(dossier, json, event, notes[n].text(dossier, event));
    }
    json_write_end(json);
}

/* ---- counts ---- */

static bool came_late(const struct event *event)
{
    return event != NULL && event->at_ms != event->observed_ms;
}
/* What follows from a late entry by itself, as that somebody learned of it, is no entry. */
static bool is_late(const struct dossier *dossier, const struct event *event)
{
    return came_late(event) && !came_late(dossier_event(dossier, event->cause));
}
static bool is_proxy(const struct dossier *dossier, const struct event *event)
{
    (void)dossier;
    return event->proxy;
}
static bool is_refused(const struct dossier *dossier, const struct event *event)
{
    (void)dossier;
    return event->kind == EVENT_REFUSED;
}

static void write_count(struct dossier *dossier, struct json_write *json, const char *key,
    struct str label, bool (*is_one)(const struct dossier *dossier, const struct event *event))
{
    struct dossier_seqs seqs = {0};
    for (size_t i = 0; i < dossier->source.event_count; i++)
        if (is_one(dossier, &dossier->source.events[i]))
            dossier_seqs_add(dossier, &seqs, dossier->source.events[i].seq);
    struct section_count count = {
        arena_format(dossier_arena(dossier), "conduct-%s", key), label, &seqs};
    section_write_count(dossier, json, key, &count);
}

/* Rules of which this mode shows nothing. */
static void write_not_measured(struct dossier *dossier, struct json_write *json)
{
    section_list(json, "not_measured");
    for (size_t i = 0; i < dossier->rule_count; i++) {
        const struct dossier_rule *group = &dossier->rules[i];
        if (group->findings[0].verdict != VERDICT_NOT_MEASURED)
            continue;
        json_write_object(json);
        json_write_key_str(json, "rule", group->rule->id);
        json_write_key_str(json, "title", dossier_rule_title(dossier, group->rule));
        json_write_end(json);
    }
    json_write_end(json);
}

void section_conduct(struct dossier *dossier, struct json_write *json)
{
    json_write_object(json);
    write_notes(dossier, json, "annulled");
    write_notes(dossier, json, "away");
    write_notes(dossier, json, "changes");
    write_notes(dossier, json, "contingencies");
    write_notes(dossier, json, "faults");
    write_notes(dossier, json, "hints");
    write_notes(dossier, json, "jumps");
    write_count(dossier, json, "late",
        TELL(dossier, "Entered later than it happened", "後から入力したもの"), is_late);
    write_not_measured(dossier, json);
    write_notes(dossier, json, "pauses");
    write_count(dossier, json, "proxied",
        TELL(dossier, "Entered by the facilitator for a seat", "進行役の代行入力"), is_proxy);
    write_count(dossier, json, "refused",
        TELL(dossier, "Tried, and not possible", "実行できなかった操作"), is_refused);
    json_write_end(json);
}

/* ---- afterwards ---- */

static const struct finding *finding_named(const struct dossier *dossier, struct str name)
{
    for (size_t i = 0; i < dossier->source.finding_count; i++)
        if (str_eq(dossier->source.findings[i].name, name))
            return &dossier->source.findings[i];
    return NULL;
}

static void write_title(struct dossier *dossier, struct json_write *json, struct str finding)
{
    const struct finding *of = finding_named(dossier, finding);
    json_write_key_str(json, "title", of == NULL ? STR("") : dossier_rule_title(dossier, of->rule));
}

static void write_causes(struct dossier *dossier, struct json_write *json)
{
    section_list(json, "causes");
    for (size_t i = 0; i < dossier->source.event_count; i++) {
        const struct event *event = &dossier->source.events[i];
        if (event->kind != EVENT_CAUSED || !dossier_counts(dossier, event))
            continue;
        json_write_object(json);
        json_write_key_str(
            json, "cause", dossier_say(dossier, labels_causes[event->body.caused.cause]));
        json_write_key_str(json, "finding", event->body.caused.finding);
        dossier_write_seqs(dossier, json, "seqs", &event->seq, 1);
        json_write_key_str(json, "text", dossier_text(dossier, event->body.caused.text));
        write_title(dossier, json, event->body.caused.finding);
        json_write_end(json);
    }
    json_write_end(json);
}

static void write_ruling(
    struct dossier *dossier, struct json_write *json, const struct event *event)
{
    static const struct words none = WORDS("the finding stands", "判定を維持");
    static const enum verdict verdicts[RULING_COUNT] = {
        VERDICT_PENDING, VERDICT_SATISFIED, VERDICT_VIOLATED, VERDICT_EXCUSED};
    int ruling = event->body.ruled.verdict;
    json_write_object(json);
    dossier_write_seqs(dossier, json, "seqs", &event->seq, 1);
    json_write_key_str(json, "text", dossier_text(dossier, event->body.ruled.text));
    json_write_key_str(json, "verdict",
        dossier_say(dossier, ruling == RULING_NONE ? none : labels_verdicts[verdicts[ruling]]));
    json_write_end(json);
}

/* A dispute with every ruling on its finding behind it; then rulings that nobody asked for. */
static void write_disputes(struct dossier *dossier, struct json_write *json)
{
    const struct report_source *source = &dossier->source;
    struct index told = {0};
    section_list(json, "disputes");
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < source->event_count; i++) {
            const struct event *event = &source->events[i];
            bool is_dispute = event->kind == EVENT_DISPUTED;
            if (event->kind != (pass == 0 ? EVENT_DISPUTED : EVENT_RULED) ||
                !dossier_counts(dossier, event))
                continue;
            struct str name = is_dispute ? event->body.disputed.finding : event->body.ruled.finding;
            bool is_first = index_add(&told, dossier_arena(dossier), name, 1);
            if (pass == 1 && !is_first)
                continue;
            const struct finding *of = finding_named(dossier, name);
            json_write_object(json);
            json_write_key_str(
                json, "actor", is_dispute ? dossier_label(dossier, event->actor) : STR(""));
            json_write_key_str(json, "finding", name);
            json_write_key_str(json, "found",
                of == NULL ? STR("")
                           : dossier_say(
                                 dossier, labels_verdicts[of->is_ruled ? of->found : of->verdict]));
            json_write_key_str(json, "now", of == NULL ? STR("") : section_verdict(dossier, of));
            section_list(json, "rulings");
            for (size_t r = 0; r < source->event_count && is_first; r++)
                if (source->events[r].kind == EVENT_RULED &&
                    str_eq(source->events[r].body.ruled.finding, name) &&
                    dossier_counts(dossier, &source->events[r]))
                    write_ruling(dossier, json, &source->events[r]);
            json_write_end(json);
            if (is_dispute)
                dossier_write_seqs(dossier, json, "seqs", &event->seq, 1);
            json_write_key_str(json, "text",
                is_dispute ? dossier_text(dossier, event->body.disputed.text) : STR(""));
            write_title(dossier, json, name);
            json_write_end(json);
        }
    }
    json_write_end(json);
}

static void write_observations(struct dossier *dossier, struct json_write *json)
{
    section_list(json, "observations");
    for (size_t i = 0; i < dossier->source.event_count; i++) {
        const struct event *event = &dossier->source.events[i];
        if (event->kind != EVENT_OBSERVED || !dossier_counts(dossier, event))
            continue;
        json_write_object(json);
        json_write_key_int(json, "at_ms", event->observed_ms);
        json_write_key_str(json, "rule", event->body.observed.rule);
        dossier_write_seqs(dossier, json, "seqs", &event->seq, 1);
        json_write_key_str(json, "text", dossier_text(dossier, event->body.observed.text));
        json_write_end(json);
    }
    json_write_end(json);
}

static bool is_withdrawn(const struct dossier *dossier, const struct event *said)
{
    for (size_t i = 0; i < dossier->source.event_count; i++) {
        const struct event *event = &dossier->source.events[i];
        if (event->kind == EVENT_WITHDRAWN && event->seq > said->seq &&
            str_eq(event->body.withdrawn.reflection, said->body.reflected.reflection) &&
            dossier_counts(dossier, event))
            return true;
    }
    return false;
}

/* What each role called a strength, an improvement or a surprise, as far as it still stands. */
static void write_reflections(struct dossier *dossier, struct json_write *json)
{
    section_list(json, "reflections");
    for (size_t i = 0; i < dossier->source.event_count; i++) {
        const struct event *event = &dossier->source.events[i];
        if (event->kind != EVENT_REFLECTED || !dossier_counts(dossier, event) ||
            is_withdrawn(dossier, event))
            continue;
        const struct event_reflected *body = &event->body.reflected;
        json_write_object(json);
        json_write_key_str(json, "about", str_of(reflection_names[body->about]));
        json_write_key_str(json, "actor", dossier_label(dossier, event->actor));
        json_write_key_str(
            json, "role", body->role.len == 0 ? STR("") : dossier_label(dossier, body->role));
        dossier_write_seqs(dossier, json, "seqs", &event->seq, 1);
        json_write_key_str(json, "text", dossier_text(dossier, body->text));
        json_write_end(json);
    }
    json_write_end(json);
}

void section_hot_wash(struct dossier *dossier, struct json_write *json)
{
    json_write_object(json);
    write_causes(dossier, json);
    write_disputes(dossier, json);
    write_observations(dossier, json);
    write_reflections(dossier, json);
    json_write_end(json);
}
