/* flow: what is passed on goes only where it may. TLP labels belong to whoever gave the
 * information; a fact that anybody could read of has none any more. */
#include "score/parcel.h"
#include "score/party.h"
#include "score/verdict.h"

/* ---- labels ---- */

/* A label, whom its source had addressed, and the source itself. */
struct label {
    enum tlp tlp;
    struct strs to;
    struct str from;
};

static const bool allowed_audiences[TLP_COUNT][AUDIENCE_COUNT] = {
    [TLP_AMBER_STRICT] = {[AUDIENCE_NONE] = true, [AUDIENCE_OWN] = true},
    [TLP_AMBER] = {[AUDIENCE_NONE] = true, [AUDIENCE_OWN] = true, [AUDIENCE_CLIENT] = true},
    [TLP_GREEN] = {[AUDIENCE_NONE] = true,
        [AUDIENCE_OWN] = true,
        [AUDIENCE_CLIENT] = true,
        [AUDIENCE_PARTNER] = true,
        [AUDIENCE_AUTHORITY] = true,
        [AUDIENCE_COMMUNITY] = true},
};

static bool reaches_every_seat(const struct def *def, struct strs to)
{
    for (size_t i = 0; i < def->seat_count; i++)
        if (!party_reaches(def, to, (struct strs){&def->seats[i].id, 1}))
            return false;
    return true;
}

static bool allows(const struct def *def, const struct label *label, struct str party)
{
    const struct def_stakeholder *stakeholder = def_stakeholder(def, party);
    if (label->tlp == TLP_NONE || label->tlp == TLP_CLEAR ||
        (label->from.len != 0 && party_same(def, label->from, party)))
        return true;
    if (stakeholder != NULL)
        return allowed_audiences[label->tlp][stakeholder->audience];
    if (label->tlp != TLP_RED)
        return true;
    if (str_is(party, "room"))
        return reaches_every_seat(def, label->to);
    return party_reaches(def, label->to, (struct strs){&party, 1});
}

static struct label label_of_inject(const struct fold *fold, struct str id)
{
    const struct def_inject *inject = def_inject(fold->def, id);
    const struct event *improvised = fold_improvised(fold, id);
    const struct event *delivered = fold_delivery(fold, id);
    struct label label = {TLP_NONE, {0}, {0}};
    if (inject != NULL) {
        label.tlp = inject->tlp;
        label.from = inject->from;
    }
    if (inject == NULL && improvised != NULL)
        label.tlp = (enum tlp)improvised->body.improvised.tlp;
    if (delivered != NULL)
        label.to = delivered->body.delivered.to;
    return label;
}

static struct label label_of(const struct fold *fold, struct str sender, struct str fact)
{
    static const struct label none = {TLP_NONE, {0}, {0}};
    const struct event *learned = knowledge_of(&fold->knowledge, sender, fact);
    int position = index_find(&fold->def->fact_index, fact);
    if (learned == NULL || position < 0 || fold->is_open[position])
        return none;
    const struct event_learned *body = &learned->body.learned;
    if (body->source == SOURCE_INJECT)
        return label_of_inject(fold, body->through);
    const struct event *message =
        body->source == SOURCE_MESSAGE ? fold_message(fold, body->through) : NULL;
    if (message == NULL || def_seat(fold->def, message->actor) != NULL)
        return none;
    return (struct label){
        (enum tlp)message->body.messaged.tlp, message->body.messaged.to, message->actor};
}

/* ---- the checks ---- */

/* What passes, and what fold and event make of it. */
struct passing {
    const struct fold *fold;
    const struct event *event;
    struct strs facts, to;
    enum tlp tlp;      /* the message's own marking */
    struct leak *leak; /* what a check found; valid when it says that something was wrong */
};

static bool breaks_tlp(const struct passing *passing)
{
    for (size_t i = 0; i < passing->facts.count; i++) {
        struct label label =
            label_of(passing->fold, passing->event->actor, passing->facts.items[i]);
        for (size_t p = 0; p < passing->to.count; p++)
            if (!allows(passing->fold->def, &label, passing->to.items[p])) {
                *passing->leak = (struct leak){.fact = passing->facts.items[i],
                    .party = passing->to.items[p],
                    .tlp = (int)label.tlp};
                return true;
            }
    }
    return false;
}

static bool breaks_marking(const struct passing *passing)
{
    for (size_t i = 0; passing->tlp != TLP_NONE && i < passing->facts.count; i++) {
        enum tlp tlp = label_of(passing->fold, passing->event->actor, passing->facts.items[i]).tlp;
        if (tlp != TLP_NONE && passing->tlp > tlp) {
            *passing->leak = (struct leak){.fact = passing->facts.items[i], .tlp = (int)tlp};
            return true;
        }
    }
    return false;
}

static bool breaks_need(const struct passing *passing)
{
    for (size_t i = 0; i < passing->facts.count; i++) {
        const struct def_fact *fact = def_fact(passing->fold->def, passing->facts.items[i]);
        for (size_t p = 0; fact != NULL && p < passing->to.count; p++)
            if (def_fact_need(fact, passing->to.items[p]) == NEED_NEVER) {
                *passing->leak = (struct leak){.fact = fact->id, .party = passing->to.items[p]};
                return true;
            }
    }
    return false;
}

/* Whether somebody must have the fact whom the message's own marking keeps it from. */
static bool keeps_from(const struct passing *passing, const struct def_fact *fact)
{
    struct label own = {passing->tlp, {0}, {0}};
    for (size_t i = 0; i < fact->need_count; i++)
        if (fact->needs[i].need == NEED_MUST &&
            !allows(passing->fold->def, &own, fact->needs[i].party) &&
            !knowledge_has(&passing->fold->knowledge, fact->needs[i].party, fact->id)) {
            *passing->leak = (struct leak){.fact = fact->id, .party = fact->needs[i].party};
            return true;
        }
    return false;
}

static bool breaks_over(const struct passing *passing)
{
    if (passing->tlp == TLP_NONE)
        return false;
    for (size_t i = 0; i < passing->facts.count; i++) {
        enum tlp tlp = label_of(passing->fold, passing->event->actor, passing->facts.items[i]).tlp;
        if (tlp != TLP_NONE && tlp <= passing->tlp)
            return false;
    }
    for (size_t i = 0; i < passing->facts.count; i++) {
        const struct def_fact *fact = def_fact(passing->fold->def, passing->facts.items[i]);
        if (fact != NULL && keeps_from(passing, fact))
            return true;
    }
    return false;
}

static bool breaks_contradiction(const struct passing *passing)
{
    const struct fold *fold = passing->fold;
    for (size_t i = 0; i < passing->facts.count; i++) {
        struct strs newer = knowledge_replaced_by(&fold->knowledge, passing->facts.items[i]);
        for (size_t n = 0; n < newer.count; n++) {
            int position = index_find(&fold->def->fact_index, newer.items[n]);
            if (position >= 0 && fold->told[position]) {
                *passing->leak =
                    (struct leak){.fact = passing->facts.items[i], .newer = newer.items[n]};
                return true;
            }
        }
    }
    return false;
}

static bool (*const checks[FLOW_CHECK_COUNT])(const struct passing *passing) = {
    [FLOW_TLP] = breaks_tlp,
    [FLOW_MARKING] = breaks_marking,
    [FLOW_NEED] = breaks_need,
    [FLOW_OVER] = breaks_over,
    [FLOW_CONTRADICTION] = breaks_contradiction,
};

/* ---- the rule ---- */

static void take_event(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    const struct rule *rule = monitor->rule;
    bool is_message = event->kind == EVENT_MESSAGED;
    if ((!is_message && event->kind != EVENT_SAID) || parcel_facts(event).count == 0 ||
        def_seat(fold->def, event->actor) == NULL || !filter_matches(&rule->when, fold, event) ||
        !monitor_is_during(monitor))
        return;
    struct bucket *bucket = monitor_bucket(monitor, &fold->arena, STR(""));
    struct instance *instance = monitor_instance_add(monitor, fold, bucket, event);
    struct passing passing = {fold, event, parcel_facts(event), parcel_to(event),
        is_message ? (enum tlp)event->body.messaged.tlp : TLP_NONE, &instance->leak};
    instance->opening = NULL;
    instance->target = event;
    for (int check = 0; check < FLOW_CHECK_COUNT && instance->why == NULL; check++)
        if ((rule->checks & 1u << check) != 0 && checks[check](&passing))
            instance->why = flow_check_names[check];
}

static bool judge_flow(const struct judging *judging, const struct monitor *monitor,
    const struct instance *instance, struct finding *finding, struct evidence *evidence)
{
    (void)judging;
    finding->start_ms = rule_time_ms(monitor->rule, instance->target);
    verdict_target(monitor, instance->target, finding, evidence);
    finding->verdict = instance->why == NULL ? VERDICT_SATISFIED : VERDICT_VIOLATED;
    finding->time_permille = 1000;
    finding->content_permille = instance->why == NULL ? 1000 : 0;
    if (instance->why != NULL)
        verdict_miss(finding, evidence, instance->target, instance->why);
    return true;
}

const struct monitor_kind monitor_flow = {NULL, take_event, judge_flow, NULL};
