/* respond, each, all_of, any_of and choose: something calls for an answer. */
#include <string.h>

#include "score/overlap.h"
#include "score/parcel.h"
#include "score/party.h"
#include "score/verdict.h"

/* ---- what a rule looks at ---- */

static bool starts_by_delivery(const struct rule *rule)
{
    if (!monitor_has_clock(rule) || rule->attention_ms <= 0)
        return false;
    return rule->match.len == 0 ||
           str_is(rule->match, monitor_is_kind(&rule->when, EVENT_LEARNED) ? "fact" : "inject");
}

static bool wants_knowledge(const struct rule *rule)
{
    return rule->kind != RULE_EACH && monitor_is_kind(&rule->then, EVENT_LEARNED);
}

/* For whom the answer must be: the rule's parties, or those whom its pattern names. */
static struct strs wanted(const struct monitor *monitor)
{
    return monitor->parties.count != 0 ? monitor->parties
                                       : overlap_values(&monitor->rule->then.pattern, NULL);
}

static bool watches_sending(const struct monitor *monitor)
{
    const struct rule *rule = monitor->rule;
    bool arrives =
        monitor_is_kind(&rule->then, EVENT_LEARNED) || monitor_is_kind(&rule->then, EVENT_REACHED);
    return arrives && rule->match.len == 0 && wanted(monitor).count != 0;
}

static void listen(const struct monitor *monitor, bool *kinds)
{
    const struct rule *rule = monitor->rule;
    if (watches_sending(monitor) ||
        (starts_by_delivery(rule) && monitor_is_kind(&rule->when, EVENT_LEARNED)))
        kinds[EVENT_MESSAGED] = true;
    if (rule->choose != NULL && rule->choose->informing.count != 0)
        kinds[EVENT_MESSAGED] = kinds[EVENT_SAID] = true;
}

/* ---- targets ---- */

static bool is_for(
    const struct monitor *monitor, const struct fold *fold, const struct event *event)
{
    if (monitor->parties.count == 0)
        return true;
    const struct field *to = field_find(event_kinds[event->kind].fields, STR("to"));
    for (size_t i = 0; to == NULL && i < monitor->parties.count; i++)
        if (party_same(fold->def, event->actor, monitor->parties.items[i]))
            return true;
    return to != NULL && party_reaches(fold->def, field_strs(to, &event->body), monitor->parties);
}

static int share(size_t part, size_t whole)
{
    return (int)(1000 * part / whole);
}

/* Of what somebody at the table knew, how much whoever decided knew; -1: nothing to ask for. */
static int knowing_permille(
    const struct rule_choose *choose, const struct fold *fold, const struct event *decided)
{
    size_t known_count = 0, there_count = 0;
    for (size_t i = 0; i < choose->knowing.count; i++) {
        if (!knowledge_at_table(&fold->knowledge, choose->knowing.items[i], false))
            continue;
        there_count++;
        known_count += knowledge_has(&fold->knowledge, decided->actor, choose->knowing.items[i]);
    }
    return there_count == 0 ? -1 : share(known_count, there_count);
}

static int content_of(
    const struct monitor *monitor, const struct fold *fold, const struct event *target)
{
    const struct rule *rule = monitor->rule;
    if (rule->choose != NULL)
        return knowing_permille(rule->choose, fold, target); /* the rest at judging */
    return monitor_content_permille(rule, fold, target);
}

static void meet(const struct monitor *monitor, struct fold *fold, struct instance *instance,
    const struct event *target)
{
    instance->target = target;
    instance->content_permille = content_of(monitor, fold, target);
    if (monitor->rule->choose == NULL)
        return;
    size_t count = monitor->rule->choose->informing.count;
    instance->informed_ms = ARENA_ARRAY(&fold->arena, count + 1, int64_t);
    for (size_t i = 0; i < count; i++)
        instance->informed_ms[i] = -1;
}

/* ---- instances ---- */

/* Whether somebody told the party what is now put right, who is not whom the correction is from. */
static bool was_told(
    const struct fold *fold, struct str party, const struct event_learned *correction)
{
    const struct def_inject *source = def_inject(fold->def, correction->through);
    const struct event *learned = correction->replaces.len == 0
                                      ? NULL
                                      : knowledge_of(&fold->knowledge, party, correction->replaces);
    if (learned == NULL || (source != NULL && party_same(fold->def, source->from, party)))
        return false;
    int how = learned->body.learned.source;
    return how == SOURCE_MESSAGE || how == SOURCE_SAID || how == SOURCE_HEARD ||
           how == SOURCE_HANDOFF;
}

/* Whom all_of spares: nobody tells oneself, and nobody corrects what somebody never had. */
static bool is_spared(
    const struct monitor *monitor, const struct fold *fold, const struct event *opening)
{
    if (monitor->rule->kind != RULE_ALL_OF)
        return false;
    struct str party = monitor->parties.items[0];
    if (party_same(fold->def, party, opening->actor))
        return true;
    if (!monitor->rule->parties_told)
        return false;
    return opening->kind != EVENT_LEARNED || !was_told(fold, party, &opening->body.learned);
}

struct candidate {
    const struct event *event;
    int64_t clock_ms;
    struct str fact; /* that a delivery carried */
    size_t turn;     /* its place among those facts */
};

/* Several events can start the clock; the earliest start counts, whenever it becomes known. */
static void add_candidate(
    struct monitor *monitor, struct fold *fold, struct str key, const struct candidate *candidate)
{
    struct bucket *bucket = monitor_bucket(monitor, &fold->arena, key);
    struct instance *clock = bucket->clock;
    if (clock == NULL && !bucket->is_skipped && is_spared(monitor, fold, candidate->event))
        bucket->is_skipped = true;
    if (bucket->is_skipped)
        return;
    if (clock == NULL) {
        clock = bucket->clock = monitor_instance_add(monitor, fold, bucket, candidate->event);
        clock->turn = candidate->turn;
        if (bucket->first != NULL)
            meet(monitor, fold, clock, bucket->first);
        else
            monitor_queue_push(&bucket->open, clock);
    } else if (candidate->clock_ms > clock->clock_ms ||
               (candidate->clock_ms == clock->clock_ms &&
                   candidate->event->seq > clock->activation->seq)) {
        return;
    }
    clock->activation = candidate->event;
    clock->clock_ms = candidate->clock_ms;
    clock->fact = candidate->fact;
}

/* ---- deliveries: not reading is no way out ---- */

static struct strs facts_of(const struct fold *fold, const struct event *event)
{
    if (event->kind == EVENT_MESSAGED)
        return event->body.messaged.facts;
    const struct def_inject *inject = def_inject(fold->def, event->body.delivered.inject);
    if (inject != NULL)
        return inject->facts;
    const struct event *improvised = fold_improvised(fold, event->body.delivered.inject);
    return improvised == NULL ? (struct strs){0} : improvised->body.improvised.facts;
}

static void take_delivery(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    const struct rule *rule = monitor->rule;
    const struct pattern *when = &rule->when.pattern;
    struct strs to =
        event->kind == EVENT_MESSAGED ? event->body.messaged.to : event->body.delivered.to;
    struct strs by = overlap_values(when, NULL);
    if ((by.count != 0 && !party_reaches(fold->def, to, by)) || !monitor_is_during(monitor))
        return;
    struct candidate candidate = {
        event, rule_time_ms(rule, event) + rule->attention_ms, STR(""), 0};
    bool is_keyed = rule->match.len != 0;
    if (monitor_is_kind(&rule->when, EVENT_OPENED)) {
        struct str inject = event->body.delivered.inject;
        if (event->kind == EVENT_DELIVERED && overlap_allows(when, "inject", inject))
            add_candidate(monitor, fold, is_keyed ? inject : STR(""), &candidate);
        return;
    }
    struct strs facts = facts_of(fold, event);
    for (size_t i = 0; i < facts.count; i++) {
        if (!overlap_allows(when, "fact", facts.items[i]))
            continue;
        candidate.fact = facts.items[i];
        candidate.turn = i;
        add_candidate(monitor, fold, is_keyed ? facts.items[i] : STR(""), &candidate);
        if (!is_keyed)
            return;
    }
}

/* ---- activations ---- */

static void activate(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    const struct rule *rule = monitor->rule;
    struct str key;
    if (!filter_matches(&rule->when, fold, event) || !monitor_is_during(monitor) ||
        !monitor_key(rule, event, false, &key))
        return;
    if (monitor_has_clock(rule)) {
        struct candidate candidate = {event, rule_time_ms(rule, event), STR(""), 0};
        add_candidate(monitor, fold, key, &candidate);
        return;
    }
    int64_t window_ms = rule->within_ms;
    if (rule->kind == RULE_EACH && event->kind == EVENT_MESSAGED) {
        if (event->body.messaged.ack_within_ms > 0)
            window_ms = event->body.messaged.ack_within_ms;
        else if (window_ms < 0)
            return;
    }
    if (is_spared(monitor, fold, event))
        return;
    struct bucket *bucket = monitor_bucket(monitor, &fold->arena, key);
    struct instance *instance = monitor_instance_add(monitor, fold, bucket, event);
    instance->window_ms = window_ms;
    if (bucket->first != NULL)
        meet(monitor, fold, instance, bucket->first);
    else
        monitor_queue_push(&bucket->open, instance);
}

/* ---- targets and near misses ---- */

static bool is_in_time(const struct instance *instance, int64_t at_ms)
{
    return instance->window_ms < 0 || at_ms <= instance->clock_ms + instance->window_ms;
}

/* Whoever can still be in time goes first, then whoever waits longest. Overdue instances move to
 * the second queue when they are met with, each once. On the story's clock what comes later in the
 * order may lie earlier in the calendar: there every one is looked at each time. */
static struct instance *next_in_turn(const struct rule *rule, struct bucket *bucket, int64_t at_ms)
{
    struct instance *instance;
    if (!rule->is_story_time) {
        while ((instance = monitor_queue_pop(&bucket->open)) != NULL) {
            if (is_in_time(instance, at_ms))
                return instance;
            monitor_queue_push(&bucket->late, instance);
        }
        return monitor_queue_pop(&bucket->late);
    }
    struct instance *before = NULL;
    for (instance = bucket->open.first; instance != NULL; instance = instance->waiting) {
        if (is_in_time(instance, at_ms)) {
            monitor_queue_remove(&bucket->open, before, instance);
            return instance;
        }
        before = instance;
    }
    return monitor_queue_pop(&bucket->open);
}

static void take_target(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    const struct rule *rule = monitor->rule;
    struct str key;
    if (!monitor_key(rule, event, true, &key))
        return;
    struct bucket *bucket = monitor_bucket_find(monitor, key);
    if (wants_knowledge(rule)) {
        bucket = monitor_bucket(monitor, &fold->arena, key);
        if (bucket->first == NULL)
            bucket->first = event;
    }
    if (bucket == NULL)
        return;
    struct instance *instance;
    if (rule->consume) {
        instance = next_in_turn(rule, bucket, rule_time_ms(rule, event));
        if (instance != NULL)
            meet(monitor, fold, instance, event);
        return;
    }
    while ((instance = monitor_queue_pop(&bucket->open)) != NULL)
        meet(monitor, fold, instance, event);
}

static void take_answer(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    const struct rule *rule = monitor->rule;
    const char *why = NULL;
    if (filter_matches(&rule->then, fold, event)) {
        bool counts = monitor_counts(event);
        if (counts && is_for(monitor, fold, event)) {
            take_target(monitor, fold, event);
            return;
        }
        why = counts ? "parties" : "unread";
    } else if (!filter_matches(&rule->when, fold, event)) {
        /* Who starts the duty by learning something has not nearly fulfilled it. */
        why = filter_only_failure(&rule->then, fold, event);
        if (why != NULL && rule->choose != NULL && strcmp(why, "question") == 0)
            why = NULL; /* another question's decision was meant for that one */
    }
    struct str key;
    if (why == NULL || !monitor_key(rule, event, true, &key))
        return;
    struct bucket *bucket = monitor_bucket_find(monitor, key);
    if (bucket != NULL)
        misses_add(&bucket->misses, &fold->arena, event, why);
}

static void watch_sending(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    const struct filter *then = &monitor->rule->then;
    const struct event_messaged *body = &event->body.messaged;
    if (!party_reaches(fold->def, body->to, wanted(monitor)))
        return;
    bool carries = monitor_is_kind(then, EVENT_REACHED);
    for (size_t i = 0; i < body->facts.count; i++)
        carries = carries || overlap_allows(&then->pattern, "fact", body->facts.items[i]);
    if (carries)
        misses_add(&monitor->sent, &fold->arena, event, "unreached");
}

/* choose: who heard, after the decision, when. */
static void note_informed(
    struct monitor *monitor, const struct fold *fold, const struct event *event)
{
    const struct instance *instance = monitor->first;
    struct strs informing = monitor->rule->choose->informing;
    if (instance == NULL || instance->target == NULL || instance->target == event ||
        def_seat(fold->def, event->actor) == NULL || !trace_before(instance->target, event))
        return;
    int64_t at_ms = rule_time_ms(monitor->rule, event);
    for (size_t i = 0; i < informing.count; i++) {
        struct strs party = {&informing.items[i], 1};
        int64_t *heard_ms = &instance->informed_ms[i];
        if ((*heard_ms < 0 || at_ms < *heard_ms) &&
            party_reaches(fold->def, parcel_to(event), party))
            *heard_ms = at_ms;
    }
}

static void take_event(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    const struct rule *rule = monitor->rule;
    if (rule->kind == RULE_CHOOSE && monitor->question == NULL)
        return;
    take_answer(monitor, fold, event);
    activate(monitor, fold, event);
    if (starts_by_delivery(rule) &&
        (event->kind == EVENT_DELIVERED || event->kind == EVENT_MESSAGED))
        take_delivery(monitor, fold, event);
    if (event->kind == EVENT_MESSAGED && watches_sending(monitor))
        watch_sending(monitor, fold, event);
    if (rule->choose != NULL && (event->kind == EVENT_MESSAGED || event->kind == EVENT_SAID))
        note_informed(monitor, fold, event);
}

/* ---- judging ---- */

static int worth_of(const struct rule_choose *choose, struct str option)
{
    for (size_t i = 0; i < choose->worth_count; i++)
        if (str_eq(choose->worths[i].option, option))
            return choose->worths[i].permille;
    return 1000;
}

/* Of those who should hear of it, but whoever decided it; -1: nobody should. */
static int informed_permille(const struct def *def, const struct rule_choose *choose,
    const struct instance *instance, int64_t until_ms)
{
    size_t heard_count = 0, count = 0;
    for (size_t i = 0; i < choose->informing.count; i++) {
        if (party_same(def, choose->informing.items[i], instance->target->actor))
            continue;
        count++;
        heard_count += instance->informed_ms[i] >= 0 && instance->informed_ms[i] <= until_ms;
    }
    return count == 0 ? -1 : share(heard_count, count);
}

static int choose_content(
    const struct def *def, const struct monitor *monitor, const struct instance *instance)
{
    const struct rule_choose *choose = monitor->rule->choose;
    const struct event *target = instance->target;
    int64_t until_ms = rule_time_ms(monitor->rule, target) + choose->informed_within_ms;
    int sum = 0, count = 0;
    if (choose->reason) {
        sum += target->body.decided.reason.len != 0 ? 1000 : 0;
        count++;
    }
    if (instance->content_permille >= 0) {
        sum += instance->content_permille;
        count++;
    }
    int informed = informed_permille(def, choose, instance, until_ms);
    if (informed >= 0) {
        sum += informed;
        count++;
    }
    return (count == 0 ? 1000 : sum / count) * worth_of(choose, target->body.decided.option) / 1000;
}

static bool judge_answer(const struct judging *judging, const struct monitor *monitor,
    const struct instance *instance, struct finding *finding, struct evidence *evidence)
{
    if (!verdict_start(judging, monitor, instance, finding, evidence))
        return false;
    verdict_by_bound(judging, monitor, instance, finding, evidence);
    if (monitor->rule->choose != NULL && instance->target != NULL)
        finding->content_permille = choose_content(judging->fold->def, monitor, instance);
    verdict_nearest(monitor, instance, finding, evidence);
    return true;
}

const struct monitor_kind monitor_answer = {listen, take_event, judge_answer, NULL};
