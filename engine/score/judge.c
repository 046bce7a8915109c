/* From instances to findings: each kind of rule says what became of an instance; what is the same
 * for all, help, excuses, rulings and consequences, is added here. */
#include "score/judge.h"

#include <stdlib.h>

#include "score/party.h"
#include "score/verdict.h"

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
        .name = rule->id,
        .verdict = VERDICT_NOT_ACTIVATED,
        .cause = -1,
        .start_ms = -1,
        .bound_ms = -1,
        .met_ms = -1};
    return finding;
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

static struct str subject(const struct finding *finding, const struct evidence *evidence)
{
    const struct monitor *monitor = evidence->monitor;
    const struct instance *instance = evidence->instance;
    if (finding->rule->kind == RULE_ALL_OF)
        return monitor->parties.items[0];
    if (finding->rule->kind == RULE_CHOOSE)
        return monitor->question->id;
    if (instance != NULL && instance->fact.len != 0)
        return instance->fact;
    bool is_of_target = finding->rule->kind == RULE_PRECEDE || evidence->activation == NULL;
    return subject_of(is_of_target ? evidence->target : evidence->activation);
}

static struct str seat_or_nothing(const struct def *def, struct str actor)
{
    return def_seat(def, actor) != NULL ? actor : STR("");
}

static struct str actor_of(
    const struct def *def, const struct finding *finding, const struct evidence *evidence)
{
    const struct rule *rule = finding->rule;
    if (rule->role.len != 0) {
        const struct def_seat *seat = def_seat_of(def, rule->role);
        return seat != NULL ? seat->id : rule->role;
    }
    const struct event *target = evidence->target, *activation = evidence->activation;
    if (target != NULL && (target->kind != EVENT_LEARNED || rule->kind == RULE_PRECEDE))
        return seat_or_nothing(def, target->actor);
    if (activation == NULL)
        return STR("");
    const struct field *to = field_find(event_kinds[activation->kind].fields, STR("to"));
    if (to == NULL)
        return seat_or_nothing(def, activation->actor);
    const struct def_seat *seat = party_only_seat(def, field_strs(to, &activation->body));
    return seat != NULL ? seat->id : STR("");
}

/* hold: whoever set off what broke it. */
static struct str breaker(const struct fold *fold, const struct event *event)
{
    while (event != NULL) {
        if (def_seat(fold->def, event->actor) != NULL)
            return event->actor;
        event = event->cause > 0 && event->cause < event->seq
                    ? trace_by_seq(fold->trace, event->cause)
                    : NULL;
    }
    return STR("");
}

static struct str credited(
    const struct fold *fold, const struct finding *finding, const struct evidence *evidence)
{
    struct str actor = {0};
    if (finding->rule->kind == RULE_HOLD && finding->verdict == VERDICT_VIOLATED)
        actor = breaker(fold, evidence->target);
    return actor.len != 0 ? actor : actor_of(fold->def, finding, evidence);
}

/* ---- what is the same for all kinds ---- */

static bool is_helped(const struct finding *finding, const struct evidence *evidence)
{
    const struct misses *helps = &evidence->monitor->helps;
    const struct event *opening = evidence->instance == NULL ? NULL : evidence->instance->opening;
    const struct event *until = evidence->target;
    enum rule_kind kind = finding->rule->kind;
    if (helps->count == 0)
        return false;
    if (kind == RULE_PRECEDE || kind == RULE_CONTENT || kind == RULE_FLOW) {
        if (kind == RULE_PRECEDE)
            until = evidence->instance->activation;
        return until == NULL || trace_before(helps->items[0].event, until);
    }
    if (opening == NULL || until == NULL)
        return true;
    size_t first = misses_after(helps, opening);
    return first < helps->count && trace_before(helps->items[first].event, until);
}

static bool is_decided(enum verdict verdict)
{
    return verdict == VERDICT_SATISFIED || verdict == VERDICT_VIOLATED;
}

/* The three factors, where the kind has left them open. */
static void set_factors(struct finding *finding, const struct evidence *evidence)
{
    bool has_answer =
        finding->rule->kind == RULE_PRECEDE ? finding->met_ms >= 0 : evidence->target != NULL;
    if (!is_decided(finding->verdict))
        return;
    if (finding->verdict == VERDICT_SATISFIED && !has_answer)
        finding->time_permille = finding->content_permille = 1000;
    if (finding->verdict == VERDICT_SATISFIED || has_answer)
        finding->assistance_permille = is_helped(finding, evidence) ? 500 : 1000;
    else
        finding->time_permille = finding->content_permille = 0;
}

static void apply_unless(struct finding *finding, struct evidence *evidence)
{
    const struct instance *instance = evidence->instance;
    const struct monitor *monitor = evidence->monitor;
    bool is_open = finding->verdict == VERDICT_VIOLATED || finding->verdict == VERDICT_PENDING ||
                   finding->verdict == VERDICT_INCONCLUSIVE;
    if (!is_open || !filter_is_set(&monitor->rule->unless) || instance == NULL ||
        instance->opening == NULL)
        return;
    int64_t until_ms = finding->bound_ms < 0 ? INT64_MAX : finding->bound_ms;
    const struct misses *excuses = &instance->bucket->excuses;
    const struct event *after = finding->rule->kind == RULE_DEADLINE ? NULL : instance->opening;
    const struct miss *excuse = misses_first(monitor->rule, excuses, after, until_ms);
    if (excuse == NULL)
        return;
    evidence->excuse = excuse->event;
    finding->verdict = VERDICT_EXCUSED;
    finding->excused_by = STR("unless");
}

static struct str name_of(const struct finding *finding, struct arena *arena)
{
    enum rule_kind kind = finding->rule->kind;
    bool is_of_target = kind == RULE_PRECEDE || kind == RULE_CONTENT || kind == RULE_FLOW ||
                        kind == RULE_FORBID || finding->activation_seq == 0;
    int64_t seq = is_of_target ? finding->target_seq : finding->activation_seq;
    struct str id = finding->rule->id;
    if (seq == 0)
        return id;
    if (kind == RULE_ALL_OF)
        return arena_format(
            arena, "%.*s--%lld--%.*s", STR_ARG(id), (long long)seq, STR_ARG(finding->subject));
    return arena_format(arena, "%.*s--%lld", STR_ARG(id), (long long)seq);
}

static void rule_on(struct finding *finding, enum ruling ruling)
{
    static const enum verdict verdicts[RULING_COUNT] = {
        VERDICT_COUNT, VERDICT_SATISFIED, VERDICT_VIOLATED, VERDICT_EXCUSED};
    int permille = ruling == RULING_SATISFIED ? 1000 : 0;
    finding->found = finding->verdict;
    finding->is_ruled = true;
    finding->verdict = verdicts[ruling];
    finding->excused_by = STR("");
    finding->time_permille = finding->content_permille = finding->assistance_permille = permille;
}

/* What people said of it after play. */
static void apply_remarks(const struct fold *fold, struct finding *finding)
{
    int at = index_find(&fold->remark_index, finding->name);
    if (at == INDEX_NONE)
        return;
    const struct remarks *remarks = &fold->remarks[at];
    if (remarks->ruled != NULL)
        rule_on(finding, (enum ruling)remarks->ruled->body.ruled.verdict);
    if (remarks->caused != NULL)
        finding->cause = remarks->caused->body.caused.cause;
    if (remarks->disputed != NULL)
        finding->disputed_seq = remarks->disputed->seq;
}

/* A minute and more, on the exercise's clock: nobody is asked about a glance at something else. */
static int64_t away_of(const struct judging *judging, const struct finding *finding)
{
    enum { LEAST_MS = 60 * 1000 };
    int64_t until_ms = judging->moments->now_ms;
    if (finding->actor.len == 0 || finding->start_ms < 0 || finding->rule->is_story_time)
        return 0;
    if (finding->bound_ms >= 0 && finding->bound_ms < until_ms)
        until_ms = finding->bound_ms;
    if (finding->met_ms >= 0 && finding->met_ms < until_ms)
        until_ms = finding->met_ms;
    int64_t away_ms =
        away_between(&judging->fold->away, finding->actor, finding->start_ms, until_ms);
    return away_ms >= LEAST_MS ? away_ms : 0;
}

static void finish(
    const struct judging *judging, struct finding *finding, struct evidence *evidence)
{
    bool is_idle =
        finding->rule->kind == RULE_DEADLINE && finding->verdict == VERDICT_NOT_ACTIVATED;
    if (is_idle) { /* there is no instance: only where its clock stands is told */
        apply_remarks(judging->fold, finding);
        return;
    }
    set_factors(finding, evidence);
    finding->subject = subject(finding, evidence);
    finding->actor = credited(judging->fold, finding, evidence);
    const struct def_seat *seat = def_seat(judging->fold->def, finding->actor);
    if (seat != NULL && seat->is_outsourced)
        finding->actor = STR("");
    finding->away_ms = away_of(judging, finding);
    apply_unless(finding, evidence);
    finding->name = name_of(finding, judging->arena);
    apply_remarks(judging->fold, finding);
}

/* ---- one rule ---- */

/* An instance, and the monitor that it is of. */
struct place_of {
    const struct monitor *monitor;
    const struct instance *instance;
    size_t part;
};

static int compare_places(const void *a, const void *b)
{
    const struct place_of *first = a, *second = b;
    const struct event *one = first->instance->opening, *other = second->instance->opening;
    if (trace_before(one, other))
        return -1;
    if (trace_before(other, one))
        return 1;
    if (first->instance->turn != second->instance->turn)
        return first->instance->turn < second->instance->turn ? -1 : 1;
    return first->part < second->part ? -1 : first->part > second->part;
}

static size_t gather(
    const struct judging *judging, const struct fold_rule *range, struct place_of **ret_places)
{
    const struct monitor *monitors = &judging->fold->monitors[range->first];
    size_t count = 0;
    for (size_t part = 0; part < range->count; part++)
        for (const struct instance *at = monitors[part].first; at != NULL; at = at->next)
            count++;
    struct place_of *places = ARENA_ARRAY(judging->arena, count + 1, struct place_of);
    count = 0;
    for (size_t part = 0; part < range->count; part++)
        for (const struct instance *at = monitors[part].first; at != NULL; at = at->next)
            places[count++] = (struct place_of){&monitors[part], at, part};
    if (range->count > 1 && monitors->rule->kind == RULE_ALL_OF)
        qsort(places, count, sizeof(*places), compare_places);
    *ret_places = places;
    return count;
}

static void judge_instance(
    const struct judging *judging, const struct place_of *place, struct judgement *judgement)
{
    struct finding *finding = judgement_add(judgement, place->monitor->owner);
    struct evidence *evidence = &judgement->evidence[judgement->count - 1];
    evidence->monitor = place->monitor;
    evidence->instance = place->instance;
    bool is_told =
        place->monitor->kind->judge(judging, place->monitor, place->instance, finding, evidence);
    if (is_told && finding->start_ms <= judging->moments->horizon_ms)
        finish(judging, finding, evidence);
    else
        judgement->count--;
}

static void judge_whole(
    const struct judging *judging, const struct monitor *monitor, struct judgement *judgement)
{
    if (monitor->kind->judge_whole == NULL)
        return;
    struct finding *finding = judgement_add(judgement, monitor->owner);
    struct evidence *evidence = &judgement->evidence[judgement->count - 1];
    evidence->monitor = monitor;
    if (monitor->kind->judge_whole(judging, monitor, finding, evidence))
        finish(judging, finding, evidence);
    else
        judgement->count--;
}

static bool is_measured(const struct fold *fold, const struct rule *rule)
{
    return rule->modes == 0 || (rule->modes & 1u << fold->mode) != 0;
}

static void judge_rule(const struct judging *judging, size_t position, struct judgement *judgement)
{
    const struct fold *fold = judging->fold;
    const struct rule *rule = &fold->rules->items[position];
    const struct fold_rule *range = &fold->by_rule[position];
    const struct monitor *first = &fold->monitors[range->first];
    size_t before = judgement->count;
    if (!is_measured(fold, rule)) {
        judgement_add(judgement, rule)->verdict = VERDICT_NOT_MEASURED;
        return;
    }
    bool applies = range->count == 0
                       ? !filter_is_set(&rule->applies_if)
                       : first->applies && first->applies_ms <= judging->moments->horizon_ms;
    if (applies && range->count != 0) {
        struct place_of *places;
        size_t count = gather(judging, range, &places);
        for (size_t i = 0; i < count; i++)
            judge_instance(judging, &places[i], judgement);
        judge_whole(judging, first, judgement);
    }
    if (judgement->count == before && applies)
        apply_remarks(fold, judgement_add(judgement, rule));
    else if (judgement->count == before)
        judgement_add(judgement, rule);
}

/* ---- consequences ---- */

struct verdicts {
    const struct rules *rules;
    bool *missed;    /* by rule: has a finding that is violated, or a consequence */
    bool *satisfied; /* by rule: has a finding that is */
};

/* The first of these rules before a position for which the flag is set; empty: none. */
static struct str first_with(
    const struct verdicts *verdicts, const struct strs *ids, const bool *flags, size_t position)
{
    for (size_t i = 0; i < ids->count; i++)
        for (size_t r = 0; r < position; r++)
            if (flags[r] && str_eq(verdicts->rules->items[r].id, ids->items[i]))
                return verdicts->rules->items[r].id;
    return STR("");
}

static void draw_consequences(
    struct verdicts *verdicts, size_t position, struct finding *findings, size_t count)
{
    const struct rule *rule = &verdicts->rules->items[position];
    struct str cause = first_with(verdicts, &rule->caused_by, verdicts->missed, position);
    for (size_t i = 0; i < count; i++) {
        if (findings[i].verdict == VERDICT_SATISFIED)
            verdicts->satisfied[position] = true;
        if (findings[i].verdict != VERDICT_VIOLATED)
            continue;
        /* What was done late was done: whatever should have followed could follow. */
        bool is_late = str_is(findings[i].miss_why, "late");
        verdicts->missed[position] =
            verdicts->missed[position] || !is_late || (cause.len != 0 && !findings[i].is_ruled);
        if (cause.len != 0 && !findings[i].is_ruled) {
            findings[i].verdict = VERDICT_EXCUSED;
            findings[i].excused_by = cause;
        }
    }
}

void judge(const struct fold *fold, const struct moments by_clock[2], struct judgement *judgement)
{
    size_t count = fold->rules->count;
    struct verdicts verdicts = {fold->rules, ARENA_ARRAY(judgement->arena, count + 1, bool),
        ARENA_ARRAY(judgement->arena, count + 1, bool)};
    for (size_t i = 0; i < count; i++) {
        const struct rule *rule = &fold->rules->items[i];
        struct judging judging = {fold, &by_clock[rule->is_story_time], judgement->arena, judgement,
            first_with(&verdicts, &rule->duty, verdicts.satisfied, i).len != 0};
        size_t first = judgement->count;
        judge_rule(&judging, i, judgement);
        draw_consequences(&verdicts, i, &judgement->findings[first], judgement->count - first);
    }
}
