/* Verdicts are arithmetic on instances: a bound against the time asked for. That is why an expiry
 * needs no timer here, and why asking twice, live or years later, gives the same answer. */
#include "score/judge.h"

#include "score/party.h"
#include "score/trace.h"

/* ---- lists ---- */

static struct finding *judgement_add(struct judgement *judgement, const struct rule *rule)
{
    judgement->findings = arena_grow(judgement->arena, judgement->findings, judgement->count,
        &judgement->finding_capacity, sizeof(struct finding));
    judgement->evidence = arena_grow(judgement->arena, judgement->evidence, judgement->count,
        &judgement->evidence_capacity, sizeof(struct evidence));
    judgement->evidence[judgement->count] = (struct evidence){0};
    struct finding *finding = &judgement->findings[judgement->count++];
    *finding = (struct finding){.rule = rule,
        .verdict = VERDICT_NOT_ACTIVATED,
        .start_ms = -1,
        .bound_ms = -1,
        .met_ms = -1};
    return finding;
}

/* ---- verdict and points ---- */

static enum verdict open_verdict(const struct fold *fold, int64_t bound_ms, int64_t now_ms)
{
    bool is_ended = fold->end_ms >= 0 && fold->end_ms <= now_ms;
    if (!is_ended)
        return bound_ms < 0 || now_ms <= bound_ms ? VERDICT_PENDING : VERDICT_VIOLATED;
    return bound_ms >= 0 && bound_ms > fold->end_ms ? VERDICT_INCONCLUSIVE : VERDICT_VIOLATED;
}

static int time_permille(const struct finding *finding)
{
    int64_t late_ms = finding->bound_ms < 0 ? 0 : -finding->margin_ms;
    int64_t grace_ms = finding->rule->grace_ms;
    if (late_ms <= 0 && finding->verdict == VERDICT_SATISFIED)
        return 1000;
    return late_ms < grace_ms ? (int)(1000 * (grace_ms - late_ms) / grace_ms) : 0;
}

/* With bound and margin set. */
static void judge_met(struct finding *finding, const struct instance *instance, bool in_time)
{
    finding->verdict = in_time ? VERDICT_SATISFIED : VERDICT_VIOLATED;
    finding->time_permille = time_permille(finding);
    finding->content_permille = instance->content_permille;
    finding->assistance_permille = instance->helped ? 500 : 1000;
}

static void set_miss(
    struct finding *finding, struct evidence *evidence, const struct event *event, const char *why)
{
    evidence->miss = event;
    finding->miss_seq = event->seq;
    finding->miss_why = str_of(why);
}

static void find_miss(
    const struct monitor *monitor, struct finding *finding, struct evidence *evidence)
{
    const struct instance *instance = evidence->instance;
    if (finding->verdict == VERDICT_SATISFIED)
        return;
    if (instance->target != NULL) {
        set_miss(finding, evidence, instance->target, "late");
        return;
    }
    int64_t until_ms = finding->bound_ms < 0 ? INT64_MAX : finding->bound_ms;
    const struct miss *miss = monitor_miss_after(&monitor->sent, instance->opening, until_ms);
    if (miss == NULL)
        miss = monitor_miss_after(&instance->bucket->misses, instance->opening, until_ms);
    if (miss != NULL)
        set_miss(finding, evidence, miss->event, miss->why);
}

static void judge_response(const struct fold *fold, const struct monitor *monitor, int64_t now_ms,
    struct finding *finding, struct evidence *evidence)
{
    const struct instance *instance = evidence->instance;
    finding->start_ms = monitor_start_ms(instance);
    if (instance->window_ms >= 0)
        finding->bound_ms = finding->start_ms + instance->window_ms;
    evidence->activation = instance->activation;
    finding->activation_seq = instance->activation->seq;
    if (instance->target == NULL) {
        finding->verdict = open_verdict(fold, finding->bound_ms, now_ms);
    } else {
        int64_t at_ms = instance->target->observed_ms;
        finding->met_ms = at_ms > finding->start_ms ? at_ms : finding->start_ms;
        evidence->target = instance->target;
        finding->target_seq = instance->target->seq;
        if (finding->bound_ms >= 0)
            finding->margin_ms = finding->bound_ms - finding->met_ms;
        judge_met(finding, instance, finding->margin_ms >= 0);
    }
    find_miss(monitor, finding, evidence);
}

/* The bound is β's own time; at the same instant the order of the trace decides. */
static void judge_precede(struct finding *finding, struct evidence *evidence)
{
    const struct instance *instance = evidence->instance;
    const struct event *alpha = instance->activation, *beta = instance->target;
    const struct misses *misses = &instance->bucket->misses;
    finding->bound_ms = beta->observed_ms;
    finding->target_seq = beta->seq;
    finding->verdict = VERDICT_VIOLATED; /* without any α */
    evidence->target = beta;
    if (alpha == NULL) {
        if (misses->count != 0 && trace_before(misses->items[0].event, beta))
            set_miss(finding, evidence, misses->items[0].event, misses->items[0].why);
        return;
    }
    finding->met_ms = alpha->observed_ms;
    finding->margin_ms = finding->bound_ms - finding->met_ms;
    judge_met(finding, instance, trace_before(alpha, beta));
    if (finding->verdict == VERDICT_SATISFIED) {
        evidence->activation = alpha;
        finding->activation_seq = alpha->seq;
    } else {
        set_miss(finding, evidence, alpha, "late");
    }
}

/* ---- whose it is, and what about ---- */

static struct str subject_of(const struct event *event)
{
    static const char *const names[] = {
        "message", "inject", "fact", "question", "action", "of", "name", "phase"};
    for (size_t i = 0; event != NULL && i < sizeof(names) / sizeof(names[0]); i++) {
        const struct field *field = field_find(event_kinds[event->kind].fields, str_of(names[i]));
        if (field == NULL || field->type != FIELD_ID)
            continue;
        struct str id = field_str(field, &event->body);
        if (id.len != 0)
            return id;
    }
    return STR("");
}

static struct str seat_or_nothing(const struct def *def, struct str actor)
{
    return def_seat(def, actor) != NULL ? actor : STR("");
}

static struct str actor_of(
    const struct def *def, const struct rule *rule, const struct evidence *evidence)
{
    if (rule->role.len != 0) {
        const struct def_seat *seat = def_seat_of(def, rule->role);
        return seat != NULL ? seat->id : rule->role;
    }
    const struct event *target = evidence->target, *activation = evidence->activation;
    if (target != NULL && (target->kind != EVENT_LEARNED || rule->kind == RULE_PRECEDE))
        return seat_or_nothing(def, target->actor);
    const struct field *to = field_find(event_kinds[activation->kind].fields, STR("to"));
    if (to == NULL)
        return seat_or_nothing(def, activation->actor);
    const struct def_seat *seat = party_only_seat(def, field_strs(to, &activation->body));
    return seat != NULL ? seat->id : STR("");
}

static void add_instance(const struct fold *fold, const struct monitor *monitor, int64_t now_ms,
    const struct instance *instance, struct judgement *judgement)
{
    int64_t horizon_ms = fold->end_ms >= 0 && fold->end_ms < now_ms ? fold->end_ms : now_ms;
    const struct rule *rule = monitor->rule;
    if (rule->kind != RULE_PRECEDE && monitor_start_ms(instance) > horizon_ms)
        return;
    struct finding *finding = judgement_add(judgement, rule);
    struct evidence *evidence = &judgement->evidence[judgement->count - 1];
    evidence->instance = instance;
    if (rule->kind == RULE_PRECEDE)
        judge_precede(finding, evidence);
    else
        judge_response(fold, monitor, now_ms, finding, evidence);
    finding->subject =
        instance->fact.len != 0
            ? instance->fact
            : subject_of(rule->kind == RULE_PRECEDE ? instance->target : instance->activation);
    finding->actor = actor_of(fold->def, rule, evidence);
}

/* ---- consequences ---- */

struct verdicts {
    const struct rules *rules;
    bool *missed; /* by rule: has a finding that is violated or excused */
};

static struct str cause_of(const struct verdicts *verdicts, size_t position)
{
    const struct strs *causes = &verdicts->rules->items[position].caused_by;
    for (size_t i = 0; i < causes->count; i++)
        for (size_t r = 0; r < position; r++)
            if (verdicts->missed[r] && str_eq(verdicts->rules->items[r].id, causes->items[i]))
                return verdicts->rules->items[r].id;
    return STR("");
}

static void excuse(
    struct verdicts *verdicts, size_t position, struct finding *findings, size_t count)
{
    struct str cause = cause_of(verdicts, position);
    for (size_t i = 0; i < count; i++) {
        if (findings[i].verdict != VERDICT_VIOLATED)
            continue;
        verdicts->missed[position] = true;
        if (cause.len != 0) {
            findings[i].verdict = VERDICT_EXCUSED;
            findings[i].excused_by = cause;
        }
    }
}

void judge(const struct fold *fold, int64_t now_ms, struct judgement *judgement)
{
    struct verdicts verdicts = {
        fold->rules, ARENA_ARRAY(judgement->arena, fold->rules->count + 1, bool)};
    for (size_t i = 0; i < fold->rules->count; i++) {
        const struct monitor *monitor = &fold->monitors[i];
        size_t first = judgement->count;
        if (monitor->rule->modes != 0 && (monitor->rule->modes & 1u << fold->mode) == 0) {
            judgement_add(judgement, monitor->rule)->verdict = VERDICT_NOT_MEASURED;
            continue;
        }
        for (const struct instance *at = monitor->first; at != NULL; at = at->next)
            add_instance(fold, monitor, now_ms, at, judgement);
        if (judgement->count == first)
            judgement_add(judgement, monitor->rule);
        excuse(&verdicts, i, &judgement->findings[first], judgement->count - first);
    }
}
