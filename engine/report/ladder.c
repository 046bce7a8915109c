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

/* Kinds that ask whether somebody heard at all. That they hear again, or that each who was told one
 * thing is told another, is no rung. */
static bool is_of_rung_kind(enum rule_kind kind)
{
    return kind == RULE_RESPOND || kind == RULE_DEADLINE || kind == RULE_ANY_OF ||
           kind == RULE_ALL_OF;
}

/* Whether the rule's answer is that this party comes to know, or is told. */
static bool asks_for(const struct dossier *dossier, const struct rule *rule, struct str party)
{
    const struct def *def = dossier_def(dossier);
    if (!is_of_rung_kind(rule->kind) || !filter_is_set(&rule->then))
        return false;
    int kind = filter_event_kind(&rule->then);
    if (kind != EVENT_LEARNED && kind != EVENT_MESSAGED && kind != EVENT_REACHED)
        return false;
    struct str one[] = {party};
    struct strs only = {one, 1};
    struct strs named = overlap_values(&rule->then.pattern, kind == EVENT_MESSAGED ? "to" : NULL);
    return party_any(def, named, only) || party_any(def, rule->parties, only);
}

/* Whether the rule asks for no more than that somebody hears: neither for a fact nor a form. */
static bool asks_no_more(const struct rule *rule)
{
    return rule->then.pattern.condition_count <= 1 && rule->then.condition_count == 0;
}

/* A rung with a time is that of the rule with the same time; one without, of any plain rule. */
static bool fits(const struct organisation_rung *rung, const struct finding *finding)
{
    const struct rule *rule = finding->rule;
    if (rung->within_ms == 0)
        return asks_no_more(rule);
    return rung->within_ms ==
           (rule->kind == RULE_DEADLINE ? finding->bound_ms - finding->start_ms : rule->within_ms);
}

/* The finding that began first. Clocks of both kinds are compared by the event that began them. */
static const struct finding *find_finding(
    const struct dossier *dossier, const struct organisation_rung *rung)
{
    const struct finding *best = NULL;
    int64_t best_ms = 0;
    for (size_t i = 0; i < dossier->source.finding_count; i++) {
        const struct finding *finding = &dossier->source.findings[i];
        const struct event *began = dossier_event(dossier, finding->activation_seq);
        if ((finding->verdict != VERDICT_SATISFIED && finding->verdict != VERDICT_VIOLATED) ||
            finding->start_ms < 0 || finding->bound_ms < 0 || began == NULL ||
            !asks_for(dossier, finding->rule, rung->to) || !fits(rung, finding))
            continue;
        if (best == NULL || began->observed_ms < best_ms) {
            best = finding;
            best_ms = began->observed_ms;
        }
    }
    return best;
}

/* ---- on the axis ---- */

/* When the calendar came to this moment, in exercise time; after the end when it never did. Between
 * two events it goes evenly, and where it jumps it passes all at once. */
static int64_t exercise_ms(const struct dossier *dossier, int64_t story_ms)
{
    const struct model *model = &dossier->report.model;
    const struct event *before = NULL;
    for (size_t i = 0; i < model->event_count; i++) {
        const struct event *event = model->events[i];
        if (event->story_ms < story_ms) {
            before = event;
            continue;
        }
        if (before == NULL)
            return event->observed_ms;
        return before->observed_ms + (event->observed_ms - before->observed_ms) *
                                         (story_ms - before->story_ms) /
                                         (event->story_ms - before->story_ms);
    }
    return model->end_ms + 1;
}

static struct ladder_times drawn(const struct dossier *dossier, const struct finding *finding)
{
    const struct event *met = dossier_event(dossier, finding->target_seq);
    if (!finding->rule->is_story_time)
        return (struct ladder_times){finding->start_ms, finding->bound_ms, finding->met_ms};
    return (struct ladder_times){exercise_ms(dossier, finding->start_ms),
        exercise_ms(dossier, finding->bound_ms),
        finding->met_ms < 0 ? -1
        : met != NULL       ? met->observed_ms
                            : exercise_ms(dossier, finding->met_ms)};
}

/* The clock began with whoever the rule says, which may be another than the ladder names. */
static void judge_by_finding(
    const struct dossier *dossier, struct ladder_rung *rung, const struct finding *finding)
{
    const struct def *def = dossier_def(dossier);
    const struct event *began = dossier_event(dossier, finding->activation_seq);
    const struct event *met = dossier_event(dossier, finding->target_seq);
    if (began != NULL && def_seat(def, began->actor) != NULL)
        rung->from = began->actor;
    rung->finding = finding;
    rung->times = (struct ladder_times){finding->start_ms, finding->bound_ms, finding->met_ms};
    rung->drawn = drawn(dossier, finding);
    rung->start_seq = finding->activation_seq;
    rung->met_seq = finding->target_seq;
    if (met != NULL && met->kind != EVENT_MESSAGED && !party_same(def, met->actor, rung->to))
        rung->heard_by = met->actor;
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
        rung->times.start_ms = from->observed_ms;
        rung->start_seq = from->seq;
    }
    if (to != NULL) {
        rung->times.met_ms = to->observed_ms;
        rung->met_seq = to->seq;
    }
    rung->drawn = rung->times;
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
        .times = {-1, -1, -1},
        .drawn = {-1, -1, -1},
        .deputy_ms = -1,
        .outcome = LADDER_ABSENT};
    if (def_seat_of(def, written->to) == NULL && def_stakeholder(def, written->to) == NULL)
        return rung;
    const struct finding *finding = find_finding(dossier, written);
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

bool ladder_is_story_time(const struct ladder_rung *rung)
{
    return rung->finding != NULL && rung->finding->rule->is_story_time;
}
