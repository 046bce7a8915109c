/* Gathering. Findings of one rule stand together, so that a rule is a range of them. */
#include "report/dossier.h"

#include <assert.h>
#include <stdlib.h>

/* ---- people ---- */

static void meet(struct dossier *dossier, struct str id)
{
    struct arena *arena = dossier_arena(dossier);
    if (id.len == 0 || !index_add(&dossier->people, arena, id, (int)dossier->person_count))
        return;
    dossier->person_ids = arena_grow(arena, dossier->person_ids, dossier->person_count,
        &dossier->person_capacity, sizeof(struct str));
    dossier->person_ids[dossier->person_count++] = id;
}

static void take_people(struct dossier *dossier)
{
    const struct report_source *source = dossier->report.model.source;
    for (size_t i = 0; i < source->event_count; i++)
        if (source->events[i].kind == EVENT_ASSIGNED)
            meet(dossier, source->events[i].body.assigned.person);
    for (size_t i = 0; i < source->event_count; i++)
        if (source->events[i].kind == EVENT_RATED)
            meet(dossier, source->events[i].body.rated.by);
    for (size_t i = 0; i < source->planned_count; i++)
        meet(dossier, source->planned[i].owner);
}

static struct str real_name(const struct dossier *dossier, struct str id)
{
    const struct report_source *source = dossier->given;
    return source->person_find == NULL ? STR("") : source->person_find(source->texts, id);
}

struct str dossier_person(struct dossier *dossier, struct str id)
{
    int at = index_find(&dossier->people, id);
    if (dossier->options->pseudonyms)
        return at == INDEX_NONE ? STR("P?") : arena_format(dossier_arena(dossier), "P%d", at + 1);
    struct str name = real_name(dossier, id);
    return name.len != 0 ? name : id;
}

/* Each known name in the text becomes the pseudonym of whoever bears it. */
static struct str without_names(struct dossier *dossier, struct str text)
{
    struct arena *arena = dossier_arena(dossier);
    for (size_t p = 0; p < dossier->person_count; p++) {
        struct str name = real_name(dossier, dossier->person_ids[p]);
        struct buf out = {0};
        for (size_t at = 0; name.len != 0 && at < text.len;) {
            if (!str_starts_with(str_after(text, at), name)) {
                buf_add_char(&out, text.ptr[at++]);
                continue;
            }
            buf_format(&out, "P%zu", p + 1);
            at += name.len;
        }
        if (name.len != 0)
            text = arena_str(arena, buf_str(&out));
        buf_fini(&out);
    }
    return text;
}

static struct str find_text(void *self, struct str ref)
{
    struct dossier *dossier = self;
    const struct report_source *source = dossier->given;
    if (ref.len == 0 || source->text_find == NULL)
        return STR("");
    return dossier_quote(dossier, str_trim(source->text_find(source->texts, ref)));
}

struct str dossier_quote(struct dossier *dossier, struct str words)
{
    return dossier->options->pseudonyms ? without_names(dossier, words) : words;
}

struct str dossier_text(struct dossier *dossier, struct str ref)
{
    return find_text(dossier, ref);
}

/* ---- findings ---- */

static const struct rule_pack *pack_of(const struct rules *rules, struct str id)
{
    for (size_t i = 0; i < rules->pack_count; i++)
        if (str_eq(rules->packs[i].id, id))
            return &rules->packs[i];
    return NULL;
}

static bool is_helped(const struct finding *finding)
{
    return finding->assistance_permille < 1000;
}

static void count_finding(struct dossier_rule *rule, const struct finding *finding)
{
    rule->count++;
    if (finding->verdict == VERDICT_SATISFIED) {
        rule->met++;
        rule->hinted += is_helped(finding);
        if (rule->tightest == NULL || finding->margin_ms < rule->tightest->margin_ms)
            rule->tightest = finding;
    } else if (finding->verdict == VERDICT_VIOLATED) {
        rule->missed++;
        if (rule->worst == NULL || (finding->met_ms < 0 && rule->worst->met_ms >= 0) ||
            (finding->met_ms >= 0 && rule->worst->met_ms >= 0 &&
                finding->margin_ms < rule->worst->margin_ms))
            rule->worst = finding;
        if (rule->cause < 0)
            rule->cause = finding->cause;
    } else {
        rule->other++;
    }
}

static size_t count_consequences(const struct report_source *source, struct str rule)
{
    size_t count = 0;
    for (size_t i = 0; i < source->finding_count; i++)
        count += source->findings[i].verdict == VERDICT_EXCUSED &&
                 str_eq(source->findings[i].excused_by, rule);
    return count;
}

static void take_rules(struct dossier *dossier)
{
    const struct report_source *source = dossier->report.model.source;
    dossier->rules =
        ARENA_ARRAY(dossier_arena(dossier), source->finding_count + 1, struct dossier_rule);
    for (size_t i = 0; i < source->finding_count; i++) {
        const struct finding *finding = &source->findings[i];
        if (dossier->rule_count == 0 ||
            dossier->rules[dossier->rule_count - 1].rule != finding->rule)
            dossier->rules[dossier->rule_count++] = (struct dossier_rule){.rule = finding->rule,
                .pack = pack_of(source->rules, finding->rule->pack),
                .findings = finding,
                .cause = -1};
        count_finding(&dossier->rules[dossier->rule_count - 1], finding);
    }
    for (size_t i = 0; i < dossier->rule_count; i++) {
        struct dossier_rule *rule = &dossier->rules[i];
        dossier->met += rule->met;
        dossier->hinted += rule->hinted;
        dossier->scored += rule->met + rule->missed;
        if (rule->missed != 0)
            rule->consequences = count_consequences(source, rule->rule->id);
    }
}

/* By consequence: how grave, how heavy, what followed from it, how often; then the rules' order. */
static int compare_worst(const void *a, const void *b)
{
    const struct dossier_rule *left = *(const struct dossier_rule *const *)a;
    const struct dossier_rule *right = *(const struct dossier_rule *const *)b;
    const int64_t keys[][2] = {{left->rule->severity, right->rule->severity},
        {left->rule->weight, right->rule->weight},
        {(int64_t)left->consequences, (int64_t)right->consequences},
        {(int64_t)left->missed, (int64_t)right->missed}};
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        if (keys[i][0] != keys[i][1])
            return keys[i][0] > keys[i][1] ? -1 : 1;
    return left < right ? -1 : left > right;
}

static void sort_worst(struct dossier *dossier)
{
    dossier->worst =
        ARENA_ARRAY(dossier_arena(dossier), dossier->rule_count + 1, const struct dossier_rule *);
    for (size_t i = 0; i < dossier->rule_count; i++)
        if (dossier->rules[i].missed != 0)
            dossier->worst[dossier->worst_count++] = &dossier->rules[i];
    if (dossier->worst_count > 1)
        qsort(dossier->worst, dossier->worst_count, sizeof(dossier->worst[0]), compare_worst);
}

static void take_ratings(struct dossier *dossier)
{
    const struct report_source *source = dossier->report.model.source;
    struct rating_source from = {.house = source->def->organisation_profile,
        .rules = source->rules,
        .findings = source->findings,
        .finding_count = source->finding_count,
        .rated = source->rated,
        .rated_count = source->rated_count};
    dossier->capability_count = rating_find(&from, dossier_arena(dossier), &dossier->capabilities);
}

/* ---- phases ---- */

static void take_phases(struct dossier *dossier)
{
    struct model *model = &dossier->report.model;
    const struct def *def = dossier_def(dossier);
    dossier->phases = ARENA_ARRAY(&model->arena, model->event_count + 1, struct dossier_phase);
    dossier->phases[dossier->phase_count++] = (struct dossier_phase){
        .name = def->phase_count == 0 ? STR("") : dossier_say(dossier, def->phases[0].name),
        .from_story_ms = model->begins_story_ms};
    for (size_t i = 0; i < model->event_count; i++) {
        const struct event *event = model->events[i];
        if (event->kind != EVENT_PHASE_CHANGED)
            continue;
        const struct def_phase *phase = def_phase(def, event->body.phase_changed.phase);
        struct dossier_phase *last = &dossier->phases[dossier->phase_count - 1];
        struct dossier_phase next = {
            phase == NULL ? event->body.phase_changed.phase : dossier_say(dossier, phase->name),
            event->observed_ms, event->story_ms, event->seq};
        if (last->from_ms == next.from_ms)
            *last = next;
        else
            dossier->phases[dossier->phase_count++] = next;
    }
}

void dossier_init(struct dossier *dossier, const struct report_source *source,
    const struct report_options *options)
{
    *dossier = (struct dossier){.given = source, .source = *source, .options = options};
    dossier->source.texts = dossier;
    dossier->source.text_find = find_text;
    dossier->report.lang = options->lang;
    model_init(&dossier->report.model, &dossier->source);
    dossier->report.book = (struct phrase_book){
        source->def, &dossier->report.model.arena, model_message, &dossier->report.model};
    metrics_init(&dossier->metrics, source->def, &dossier->report.model.trace);
    dossier->cited = ARENA_ARRAY(dossier_arena(dossier), source->event_count + 2, bool);
    dossier->listed = ARENA_ARRAY(dossier_arena(dossier), source->event_count + 2, size_t);
    take_people(dossier);
    take_rules(dossier);
    sort_worst(dossier);
    take_ratings(dossier);
    take_phases(dossier);
}

void dossier_fini(struct dossier *dossier)
{
    metrics_fini(&dossier->metrics);
    model_fini(&dossier->report.model);
    *dossier = (struct dossier){0};
}
