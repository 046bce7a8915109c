/* How instances open, start, and get their targets.
 *
 * Within one event the order of the steps matters: a target is looked for before the same event may
 * open an instance, so that nothing ever answers itself; help is noted after the target that it
 * would have helped. */
#include "score/monitor.h"

#include "score/fold.h"
#include "score/overlap.h"
#include "score/party.h"
#include "score/trace.h"

/* ---- what a rule looks at ---- */

static bool is_kind(const struct pattern *pattern, enum event_kind kind)
{
    return pattern->name != NULL && (enum event_kind)pattern->name->event_kind == kind;
}

/* Rules whose clock can be started by several events: the duty begins with knowing. */
static bool has_clock(const struct rule *rule)
{
    return rule->kind == RULE_RESPOND &&
           (is_kind(&rule->when, EVENT_LEARNED) || is_kind(&rule->when, EVENT_OPENED));
}

static bool starts_by_delivery(const struct rule *rule)
{
    if (!has_clock(rule) || rule->attention_ms <= 0)
        return false;
    return rule->match.len == 0 ||
           str_is(rule->match, is_kind(&rule->when, EVENT_LEARNED) ? "fact" : "inject");
}

static bool wants_knowledge(const struct rule *rule)
{
    return rule->kind == RULE_RESPOND && is_kind(&rule->then, EVENT_LEARNED);
}

static bool watches_sending(const struct rule *rule)
{
    bool arrives = is_kind(&rule->then, EVENT_LEARNED) || is_kind(&rule->then, EVENT_REACHED);
    return rule->kind != RULE_PRECEDE && arrives && rule->match.len == 0 &&
           overlap_values(&rule->then, NULL).count != 0;
}

void monitor_listen(const struct monitor *monitor, bool kinds[EVENT_KIND_COUNT])
{
    const struct rule *rule = monitor->rule;
    kinds[EVENT_DELIVERED] = kinds[EVENT_HINTED] = true;
    if (rule->when.name != NULL)
        kinds[rule->when.name->event_kind] = true;
    if (rule->then.name != NULL)
        kinds[rule->then.name->event_kind] = true;
    if (watches_sending(rule) || (starts_by_delivery(rule) && is_kind(&rule->when, EVENT_LEARNED)))
        kinds[EVENT_MESSAGED] = true;
}

/* ---- correlation ---- */

static struct str field_of(const struct event *event, const char *name)
{
    const struct field *field = field_find(event_kinds[event->kind].fields, str_of(name));
    if (field == NULL || (field->type != FIELD_ID && field->type != FIELD_NAME))
        return STR("");
    return field_str(field, &event->body);
}

/* The reason for the special "re": an answer names what it answers, which goes by its own id. */
static bool key_of(
    const struct rule *rule, const struct event *event, bool is_target, struct str *ret_key)
{
    struct str key = STR("");
    if (rule->match.len == 0) {
        *ret_key = key;
        return true;
    }
    if (str_is(rule->match, "by"))
        key = event->actor;
    else if (str_is(rule->match, "re") && !is_target) {
        key = field_of(event, "message");
        if (key.len == 0)
            key = field_of(event, "inject");
    } else {
        const struct field *field = field_find(event_kinds[event->kind].fields, rule->match);
        key = field == NULL ? key : field_of(event, field->name);
    }
    *ret_key = key;
    return key.len != 0;
}

static struct bucket *bucket_find(const struct monitor *monitor, struct str key)
{
    int position = index_find(&monitor->bucket_index, key);
    return position == INDEX_NONE ? NULL : monitor->buckets[position];
}

static struct bucket *bucket_of(struct monitor *monitor, struct arena *arena, struct str key)
{
    struct bucket *bucket = bucket_find(monitor, key);
    if (bucket != NULL)
        return bucket;
    monitor->buckets = arena_grow(arena, monitor->buckets, monitor->bucket_count,
        &monitor->bucket_capacity, sizeof(struct bucket *));
    index_add(&monitor->bucket_index, arena, key, (int)monitor->bucket_count);
    bucket = ARENA_NEW(arena, struct bucket);
    monitor->buckets[monitor->bucket_count++] = bucket;
    return bucket;
}

/* ---- queues ---- */

static void queue_push(struct queue *queue, struct instance *instance)
{
    instance->waiting = NULL;
    if (queue->last == NULL)
        queue->first = instance;
    else
        queue->last->waiting = instance;
    queue->last = instance;
}

static struct instance *queue_pop(struct queue *queue)
{
    struct instance *instance = queue->first;
    if (instance == NULL)
        return NULL;
    queue->first = instance->waiting;
    if (queue->first == NULL)
        queue->last = NULL;
    return instance;
}

/* ---- instances ---- */

static struct instance *instance_add(
    struct monitor *monitor, struct fold *fold, struct bucket *bucket, const struct event *opening)
{
    struct instance *instance = ARENA_NEW(&fold->arena, struct instance);
    *instance = (struct instance){.opening = opening,
        .activation = opening,
        .bucket = bucket,
        .clock_ms = opening->observed_ms,
        .window_ms = monitor->rule->within_ms};
    if (monitor->last == NULL)
        monitor->first = instance;
    else
        monitor->last->next = instance;
    monitor->last = instance;
    return instance;
}

int64_t monitor_start_ms(const struct instance *instance)
{
    const struct event *target = instance->target;
    /* Whoever acts before the clock would have started has acted in time. */
    if (target != NULL && instance->opening != NULL && trace_before(instance->opening, target) &&
        target->observed_ms < instance->clock_ms)
        return target->observed_ms;
    return instance->clock_ms;
}

static void meet(const struct monitor *monitor, const struct fold *fold, struct instance *instance,
    const struct event *target)
{
    instance->target = target;
    instance->content_permille =
        knowledge_content(&fold->knowledge, target, overlap_values(&monitor->rule->then, "to"));
    instance->helped = monitor->helped != NULL && trace_before(instance->opening, monitor->helped);
}

struct candidate {
    const struct event *event;
    int64_t clock_ms;
    struct str fact; /* that a delivery carried */
};

/* Several events can start the clock; the earliest start counts, whenever it becomes known. */
static void add_candidate(
    struct monitor *monitor, struct fold *fold, struct str key, const struct candidate *candidate)
{
    struct bucket *bucket = bucket_of(monitor, &fold->arena, key);
    struct instance *clock = bucket->clock;
    if (clock == NULL) {
        clock = bucket->clock = instance_add(monitor, fold, bucket, candidate->event);
        if (bucket->first != NULL)
            meet(monitor, fold, clock, bucket->first);
        else
            queue_push(&bucket->open, clock);
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
    struct strs to =
        event->kind == EVENT_MESSAGED ? event->body.messaged.to : event->body.delivered.to;
    struct strs by = overlap_values(&rule->when, NULL);
    if (by.count != 0 && !party_reaches(fold->def, to, by))
        return;
    struct candidate candidate = {event, event->observed_ms + rule->attention_ms, STR("")};
    bool is_keyed = rule->match.len != 0;
    if (is_kind(&rule->when, EVENT_OPENED)) {
        struct str inject = event->body.delivered.inject;
        if (event->kind == EVENT_DELIVERED && overlap_allows(&rule->when, "inject", inject))
            add_candidate(monitor, fold, is_keyed ? inject : STR(""), &candidate);
        return;
    }
    struct strs facts = facts_of(fold, event);
    for (size_t i = 0; i < facts.count; i++) {
        if (!overlap_allows(&rule->when, "fact", facts.items[i]))
            continue;
        candidate.fact = facts.items[i];
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
    if (!pattern_matches(&rule->when, fold->def, event) || !key_of(rule, event, false, &key))
        return;
    if (has_clock(rule)) {
        struct candidate candidate = {event, event->observed_ms, STR("")};
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
    struct bucket *bucket = bucket_of(monitor, &fold->arena, key);
    struct instance *instance = instance_add(monitor, fold, bucket, event);
    instance->window_ms = window_ms;
    if (bucket->first != NULL)
        meet(monitor, fold, instance, bucket->first);
    else
        queue_push(&bucket->open, instance);
}

/* ---- targets and near misses ---- */

static void misses_add(
    struct misses *misses, struct arena *arena, const struct event *event, const char *why)
{
    misses->items =
        arena_grow(arena, misses->items, misses->count, &misses->capacity, sizeof(struct miss));
    misses->items[misses->count++] = (struct miss){event, why};
}

const struct miss *monitor_miss_after(
    const struct misses *misses, const struct event *event, int64_t until_ms)
{
    size_t low = 0, high = misses->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (trace_before(event, misses->items[middle].event))
            high = middle;
        else
            low = middle + 1;
    }
    if (low == misses->count || misses->items[low].event->observed_ms > until_ms)
        return NULL;
    return &misses->items[low];
}

/* The only condition that an event failed, by its field's name; NULL when it failed none, several,
 * or is not the kind of event that the pattern names. */
static const char *only_failure(
    const struct pattern *pattern, const struct def *def, const struct event *event)
{
    int failed = pattern_miss(pattern, def, event);
    if (failed < 0)
        return NULL;
    struct pattern rest = *pattern;
    const struct field *field = rest.conditions[failed].field;
    rest.conditions[failed] = rest.conditions[--rest.condition_count];
    if (!pattern_matches(&rest, def, event))
        return NULL;
    return field == NULL ? "by" : field->name;
}

/* `each`: whoever can still be in time goes first, then whoever waits longest. Overdue instances
 * move to the second queue when they are met with, each once. */
static struct instance *next_in_turn(struct bucket *bucket, int64_t now_ms)
{
    struct instance *instance;
    while ((instance = queue_pop(&bucket->open)) != NULL) {
        if (instance->window_ms < 0 || now_ms <= instance->clock_ms + instance->window_ms)
            return instance;
        queue_push(&bucket->late, instance);
    }
    return queue_pop(&bucket->late);
}

static void take_target(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    const struct rule *rule = monitor->rule;
    struct str key;
    if (!key_of(rule, event, true, &key))
        return;
    struct bucket *bucket = bucket_find(monitor, key);
    if (wants_knowledge(rule)) {
        bucket = bucket_of(monitor, &fold->arena, key);
        if (bucket->first == NULL)
            bucket->first = event;
    }
    if (bucket == NULL)
        return;
    struct instance *instance;
    if (rule->kind == RULE_EACH) {
        instance = next_in_turn(bucket, event->observed_ms);
        if (instance != NULL)
            meet(monitor, fold, instance, event);
        return;
    }
    while ((instance = queue_pop(&bucket->open)) != NULL)
        meet(monitor, fold, instance, event);
}

static void take_answer(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    const struct rule *rule = monitor->rule;
    const char *why = NULL;
    if (pattern_matches(&rule->then, fold->def, event)) {
        if (event->kind != EVENT_ACKED || !event->body.acked.unread) {
            take_target(monitor, fold, event);
            return;
        }
        why = "unread";
    } else if (!pattern_matches(&rule->when, fold->def, event)) {
        /* Who starts the duty by learning something has not nearly fulfilled it. */
        why = only_failure(&rule->then, fold->def, event);
    }
    struct str key;
    if (why == NULL || !key_of(rule, event, true, &key))
        return;
    struct bucket *bucket = bucket_find(monitor, key);
    if (bucket != NULL)
        misses_add(&bucket->misses, &fold->arena, event, why);
}

static void watch_sending(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    const struct pattern *then = &monitor->rule->then;
    const struct event_messaged *body = &event->body.messaged;
    if (!party_reaches(fold->def, body->to, overlap_values(then, NULL)))
        return;
    bool carries = is_kind(then, EVENT_REACHED);
    for (size_t i = 0; i < body->facts.count; i++)
        carries = carries || overlap_allows(then, "fact", body->facts.items[i]);
    if (carries)
        misses_add(&monitor->sent, &fold->arena, event, "unreached");
}

/* ---- precede: the duty is α, due when β comes ---- */

static void precede_beta(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    const struct rule *rule = monitor->rule;
    struct str key;
    if (!pattern_matches(&rule->then, fold->def, event) || !key_of(rule, event, true, &key) ||
        (event->kind == EVENT_ACKED && event->body.acked.unread))
        return;
    struct bucket *bucket = bucket_of(monitor, &fold->arena, key);
    struct instance *instance = instance_add(monitor, fold, bucket, event);
    *instance = (struct instance){.activation = bucket->first,
        .target = event,
        .bucket = bucket,
        .clock_ms = -1,
        .window_ms = -1,
        .content_permille = 1000,
        .helped = bucket->first_helped};
    if (bucket->first == NULL)
        queue_push(&bucket->open, instance);
}

static void precede_alpha(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    const struct rule *rule = monitor->rule;
    struct str key;
    if (!key_of(rule, event, false, &key))
        return;
    if (!pattern_matches(&rule->when, fold->def, event)) {
        const char *why = only_failure(&rule->when, fold->def, event);
        struct bucket *missed = why == NULL ? NULL : bucket_of(monitor, &fold->arena, key);
        if (missed != NULL && missed->misses.count == 0) /* only the first is ever told */
            misses_add(&missed->misses, &fold->arena, event, why);
        return;
    }
    struct bucket *bucket = bucket_of(monitor, &fold->arena, key);
    if (bucket->first != NULL)
        return;
    bucket->first = event;
    bucket->first_helped = monitor->helped != NULL;
    struct instance *instance;
    while ((instance = queue_pop(&bucket->open)) != NULL) {
        instance->activation = event;
        instance->helped = bucket->first_helped;
    }
}

/* ---- one event ---- */

static bool is_help(const struct rule *rule, const struct fold *fold, const struct event *event)
{
    if (event->kind == EVENT_HINTED)
        return str_eq(event->body.hinted.rule, rule->id);
    if (event->kind != EVENT_DELIVERED || rule->kind == RULE_PRECEDE)
        return false;
    const struct def_inject *inject = def_inject(fold->def, event->body.delivered.inject);
    return inject != NULL && inject->kind == INJECT_CONTINGENCY &&
           inject->trigger.kind == TRIGGER_UNLESS &&
           overlap_patterns(fold->def, &inject->trigger.pattern, &rule->then);
}

void monitor_event(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    const struct rule *rule = monitor->rule;
    if (rule->kind == RULE_PRECEDE)
        precede_beta(monitor, fold, event);
    else
        take_answer(monitor, fold, event);
    if (is_help(rule, fold, event))
        monitor->helped = event;
    if (rule->kind == RULE_PRECEDE) {
        precede_alpha(monitor, fold, event);
        return;
    }
    activate(monitor, fold, event);
    if (starts_by_delivery(rule) &&
        (event->kind == EVENT_DELIVERED || event->kind == EVENT_MESSAGED))
        take_delivery(monitor, fold, event);
    if (event->kind == EVENT_MESSAGED && watches_sending(rule))
        watch_sending(monitor, fold, event);
}
