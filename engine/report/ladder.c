/* A rung is judged by the rule that asks for it, if there is one: the picture must not say anything
 * else than the findings. Where no rule does, it is told when somebody knew, without a window. */
#include "report/ladder.h"

#include "score/overlap.h"
#include "score/party.h"

/* ---- who knew ---- */

static const struct event *first_learned(const struct dossier *dossier, struct str party)
{
    const struct model *model = &dossier->report.model;
    for (size_t i = 0; i < model->event_count; i++)
        if (model->events[i]->kind == EVENT_LEARNED &&
            party_same(dossier_def(dossier), model->events[i]->actor, party))
            return model->events[i];
    return NULL;
}

static void take_tries(struct dossier *dossier, struct ladder_rung *rung)
{
    const struct model *model = &dossier->report.model;
    size_t capacity = 0;
    for (size_t i = 0; i < model->event_count; i++) {
        const struct event *event = model->events[i];
        if (event->kind != EVENT_UNREACHED || !str_eq(event->body.unreached.party, rung->to))
            continue;
        rung->tries = arena_grow(dossier_arena(dossier), rung->tries, rung->try_count, &capacity,
            sizeof(struct event *));
        rung->tries[rung->try_count++] = event;
    }
}

/* ---- which rule asks for it ---- */

/* Whether the rule's answer is that this party comes to know, or is told. */
static bool asks_for(const struct dossier *dossier, const struct rule *rule, struct str party)
{
    const struct def *def = dossier_def(dossier);
    if (!filter_is_set(&rule->then) || rule->is_story_time || rule->within_ms < 0)
        return false;
    int kind = filter_event_kind(&rule->then);
    if (kind != EVENT_LEARNED && kind != EVENT_MESSAGED && kind != EVENT_REACHED)
        return false;
    struct str one[] = {party};
    struct strs only = {one, 1};
    struct strs named = overlap_values(&rule->then.pattern, kind == EVENT_MESSAGED ? "to" : NULL);
    return party_any(def, named, only) || party_any(def, rule->parties, only);
}

/* The finding that began first, of the rule whose time is the rung's if there is one. */
static const struct finding *find_finding(
    const struct dossier *dossier, const struct ladder_rung *rung)
{
    const struct finding *best = NULL;
    bool best_fits = false;
    for (size_t i = 0; i < dossier->source.finding_count; i++) {
        const struct finding *finding = &dossier->source.findings[i];
        bool fits = finding->rule->within_ms == rung->rung->within_ms;
        if (finding->start_ms < 0 || finding->bound_ms < 0 ||
            finding->verdict == VERDICT_NOT_MEASURED ||
            !asks_for(dossier, finding->rule, rung->rung->to))
            continue;
        if (best == NULL || (fits && !best_fits) ||
            (fits == best_fits && finding->start_ms < best->start_ms)) {
            best = finding;
            best_fits = fits;
        }
    }
    return best_fits ? best : NULL;
}

/* The clock began with whoever the rule says, which may be another than the ladder names. */
static void judge_by_finding(
    const struct dossier *dossier, struct ladder_rung *rung, const struct finding *finding)
{
    const struct event *began = dossier_event(dossier, finding->activation_seq);
    if (began != NULL && def_seat(dossier_def(dossier), began->actor) != NULL)
        rung->from = began->actor;
    rung->finding = finding;
    rung->start_ms = finding->start_ms;
    rung->bound_ms = finding->bound_ms;
    rung->met_ms = finding->met_ms;
    rung->start_seq = finding->activation_seq;
    rung->met_seq = finding->target_seq;
    rung->is_hinted = finding->assistance_permille < 1000;
    rung->outcome = finding->met_ms < 0      ? LADDER_NOT_REACHED
                    : finding->margin_ms < 0 ? LADDER_LATE
                                             : LADDER_REACHED;
}

static void judge_by_knowledge(struct dossier *dossier, struct ladder_rung *rung)
{
    const struct event *from = first_learned(dossier, rung->from);
    const struct event *to = first_learned(dossier, rung->to);
    rung->outcome = to != NULL     ? LADDER_REACHED
                    : from != NULL ? LADDER_NOT_TOLD
                                   : LADDER_NOT_CALLED;
    if (from != NULL) {
        rung->start_ms = from->observed_ms;
        rung->start_seq = from->seq;
    }
    if (to != NULL) {
        rung->met_ms = to->observed_ms;
        rung->met_seq = to->seq;
    }
}

static struct str party_here(const struct def *def, struct str party)
{
    const struct def_seat *seat = def_seat_of(def, party);
    return seat != NULL ? seat->id : party;
}

static void take_deputy(struct dossier *dossier, struct ladder_rung *rung)
{
    const struct def_stakeholder *who = def_stakeholder(dossier_def(dossier), rung->to);
    const struct event *learned;
    if (who == NULL || who->deputy.len == 0)
        return;
    rung->deputy = who->deputy;
    learned = first_learned(dossier, who->deputy);
    if (learned != NULL) {
        rung->deputy_ms = learned->observed_ms;
        rung->deputy_seq = learned->seq;
    }
}

static struct ladder_rung rung_find(
    struct dossier *dossier, const struct organisation_rung *written)
{
    const struct def *def = dossier_def(dossier);
    struct ladder_rung rung = {.rung = written,
        .to = party_here(def, written->to),
        .from = party_here(def, written->from.len != 0 ? written->from : STR("poc")),
        .start_ms = -1,
        .bound_ms = -1,
        .met_ms = -1,
        .deputy_ms = -1,
        .outcome = LADDER_ABSENT};
    if (def_seat_of(def, written->to) == NULL && def_stakeholder(def, written->to) == NULL)
        return rung;
    const struct finding *finding = find_finding(dossier, &rung);
    if (finding != NULL)
        judge_by_finding(dossier, &rung, finding);
    else
        judge_by_knowledge(dossier, &rung);
    take_deputy(dossier, &rung);
    take_tries(dossier, &rung);
    return rung;
}

size_t ladder_find(struct dossier *dossier, struct ladder_rung **ret_rungs)
{
    const struct organisation *house = dossier_def(dossier)->organisation_profile;
    size_t count = house == NULL ? 0 : house->rung_count;
    *ret_rungs = ARENA_ARRAY(dossier_arena(dossier), count + 1, struct ladder_rung);
    for (size_t i = 0; i < count; i++)
        (*ret_rungs)[i] = rung_find(dossier, &house->ladder[i]);
    return count;
}
