/* What all kinds of rules share: correlation, queues, states, help, and what excuses.
 *
 * Within one event the order of the steps matters: the kind looks for targets before the same event
 * may open an instance, so that nothing ever answers itself; help is noted after the target that
 * it would have helped. */
#include "score/monitor_parts.h"

#include "score/overlap.h"
#include "score/parcel.h"
#include "score/party.h"

static const struct monitor_kind *const kinds_by_rule[RULE_KIND_COUNT] = {
    [RULE_ALL_OF] = &monitor_answer,
    [RULE_ANY_OF] = &monitor_answer,
    [RULE_CADENCE] = &monitor_cadence,
    [RULE_CHOOSE] = &monitor_answer,
    [RULE_CONTENT] = &monitor_content,
    [RULE_COUNT] = &monitor_count,
    [RULE_DEADLINE] = &monitor_deadline,
    [RULE_EACH] = &monitor_answer,
    [RULE_FLOW] = &monitor_flow,
    [RULE_FORBID] = &monitor_forbid,
    [RULE_FORBID_UNTIL] = &monitor_forbid_until,
    [RULE_HOLD] = &monitor_hold,
    [RULE_PRECEDE] = &monitor_precede,
    [RULE_RESPOND] = &monitor_answer,
    [RULE_SEQUENCE] = &monitor_sequence,
};

/* ---- making ---- */

static struct str told_party(const struct def *def, size_t part)
{
    return part < def->seat_count ? def->seats[part].id
                                  : def->stakeholders[part - def->seat_count].id;
}

size_t monitor_part_count(const struct rule *rule, const struct def *def)
{
    if (rule->kind == RULE_ALL_OF)
        return rule->parties_told ? def->seat_count + def->stakeholder_count : rule->parties.count;
    if (rule->kind != RULE_CHOOSE)
        return 1;
    return rule->choose->questions.count != 0 ? rule->choose->questions.count : def->question_count;
}

static void fix(struct pattern *pattern, struct arena *arena, const char *field, struct strs values)
{
    struct err err;
    if (values.count != 0)
        pattern_add(pattern, arena, str_of(field), values, &err);
}

/* The rule that a question stands for: whoever may decide it does, once it was opened. */
static const struct rule *rule_of_question(
    struct fold *fold, const struct rule *rule, const struct def_question *question)
{
    static const struct str no = STR_INIT("false");
    struct rule *made = ARENA_NEW(&fold->arena, struct rule);
    *made = *rule;
    pattern_begin(&made->when.pattern, pattern_name_find(STR("opened")));
    fix(&made->when.pattern, &fold->arena, "inject", (struct strs){&question->inject, 1});
    fix(&made->when.pattern, &fold->arena, "by", question->owners);
    pattern_begin(&made->then.pattern, pattern_name_find(STR("decision")));
    fix(&made->then.pattern, &fold->arena, "question", (struct strs){&question->id, 1});
    fix(&made->then.pattern, &fold->arena, "contested", (struct strs){&no, 1});
    if (made->within_ms < 0 && question->within_ms > 0)
        made->within_ms = question->within_ms;
    return made;
}

void monitor_init(struct monitor *monitor, struct fold *fold, const struct rule *rule, size_t part)
{
    *monitor = (struct monitor){.rule = rule,
        .owner = rule,
        .kind = kinds_by_rule[rule->kind],
        .applies = !filter_is_set(&rule->applies_if)};
    if (rule->kind == RULE_ANY_OF)
        monitor->parties = rule->parties;
    if (rule->kind == RULE_ALL_OF) {
        struct str *party = ARENA_NEW(&fold->arena, struct str);
        *party = rule->parties_told ? told_party(fold->def, part) : rule->parties.items[part];
        monitor->parties = (struct strs){party, 1};
    }
    if (rule->kind == RULE_CHOOSE) {
        struct strs questions = rule->choose->questions;
        monitor->question = questions.count != 0 ? def_question(fold->def, questions.items[part])
                                                 : &fold->def->questions[part];
        if (monitor->question != NULL)
            monitor->rule = rule_of_question(fold, rule, monitor->question);
    }
    size_t steps = rule->deadline != NULL ? rule->deadline->anchor_count : rule->step_count;
    monitor->steps = ARENA_ARRAY(&fold->arena, steps + 1, const struct event *);
}

void monitor_listen(const struct monitor *monitor, bool kinds[EVENT_KIND_COUNT])
{
    const struct rule *rule = monitor->rule;
    kinds[EVENT_DELIVERED] = kinds[EVENT_HINTED] = true;
    monitor_hear(&rule->when, kinds);
    monitor_hear(&rule->then, kinds);
    monitor_hear(&rule->until, kinds);
    monitor_hear(&rule->unless, kinds);
    monitor_hear(&rule->applies_if, kinds);
    holds_listen(&rule->during, kinds);
    if (monitor->kind->listen != NULL)
        monitor->kind->listen(monitor, kinds);
}

/* ---- correlation ---- */

bool monitor_has_clock(const struct rule *rule)
{
    if (rule->kind != RULE_RESPOND && rule->kind != RULE_ALL_OF && rule->kind != RULE_ANY_OF &&
        rule->kind != RULE_CHOOSE)
        return false;
    return monitor_is_kind(&rule->when, EVENT_LEARNED) ||
           monitor_is_kind(&rule->when, EVENT_OPENED);
}

static struct str field_of(const struct event *event, const char *name)
{
    const struct field *field = field_find(event_kinds[event->kind].fields, str_of(name));
    if (field == NULL || (field->type != FIELD_ID && field->type != FIELD_NAME))
        return STR("");
    return field_str(field, &event->body);
}

/* The reason for the special "re" and "draft": an answer names what it answers, and an approval its
 * draft, which go by their own ids. */
bool monitor_key(
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
    } else if (str_is(rule->match, "draft") && !is_target) {
        key = field_of(event, "message");
    } else {
        const struct field *field = field_find(event_kinds[event->kind].fields, rule->match);
        key = field == NULL ? key : field_of(event, field->name);
    }
    *ret_key = key;
    return key.len != 0;
}

struct bucket *monitor_bucket_find(const struct monitor *monitor, struct str key)
{
    int position = index_find(&monitor->bucket_index, key);
    return position == INDEX_NONE ? NULL : monitor->buckets[position];
}

struct bucket *monitor_bucket(struct monitor *monitor, struct arena *arena, struct str key)
{
    struct bucket *bucket = monitor_bucket_find(monitor, key);
    if (bucket != NULL)
        return bucket;
    monitor->buckets = arena_grow(arena, monitor->buckets, monitor->bucket_count,
        &monitor->bucket_capacity, sizeof(struct bucket *));
    index_add(&monitor->bucket_index, arena, key, (int)monitor->bucket_count);
    bucket = ARENA_NEW(arena, struct bucket);
    monitor->buckets[monitor->bucket_count++] = bucket;
    return bucket;
}

/* ---- instances and queues ---- */

struct instance *monitor_instance_add(
    struct monitor *monitor, struct fold *fold, struct bucket *bucket, const struct event *opening)
{
    struct instance *instance = ARENA_NEW(&fold->arena, struct instance);
    *instance = (struct instance){.opening = opening,
        .activation = opening,
        .bucket = bucket,
        .clock_ms = rule_time_ms(monitor->rule, opening),
        .window_ms = monitor->rule->within_ms};
    if (monitor->last == NULL)
        monitor->first = instance;
    else
        monitor->last->next = instance;
    monitor->last = instance;
    return instance;
}

void monitor_queue_push(struct queue *queue, struct instance *instance)
{
    instance->waiting = NULL;
    if (queue->last == NULL)
        queue->first = instance;
    else
        queue->last->waiting = instance;
    queue->last = instance;
}

struct instance *monitor_queue_pop(struct queue *queue)
{
    struct instance *instance = queue->first;
    if (instance != NULL)
        monitor_queue_remove(queue, NULL, instance);
    return instance;
}

void monitor_queue_remove(struct queue *queue, struct instance *before, struct instance *instance)
{
    if (before == NULL)
        queue->first = instance->waiting;
    else
        before->waiting = instance->waiting;
    if (queue->last == instance)
        queue->last = before;
}

bool monitor_is_stamp(const struct event *event)
{
    return event->kind == EVENT_MESSAGED && event->body.messaged.unread &&
           event->body.messaged.type == MESSAGE_APPROVAL;
}

int monitor_content_permille(
    const struct rule *rule, const struct fold *fold, const struct event *event)
{
    if (monitor_is_stamp(event))
        return 0;
    if (rule->ignores_content)
        return 1000;
    return parcel_content(&fold->knowledge, event, overlap_values(&rule->then.pattern, "to"), NULL);
}

/* ---- one event ---- */

static bool is_help(
    const struct monitor *monitor, const struct fold *fold, const struct event *event)
{
    const struct rule *rule = monitor->rule;
    if (event->kind == EVENT_HINTED)
        return str_eq(event->body.hinted.rule, rule->id);
    if (event->kind != EVENT_DELIVERED || monitor->kind != &monitor_answer)
        return false;
    const struct def_inject *inject = def_inject(fold->def, event->body.delivered.inject);
    return inject != NULL && inject->kind == INJECT_CONTINGENCY &&
           inject->trigger.kind == TRIGGER_UNLESS &&
           overlap_patterns(fold->def, &inject->trigger.pattern, &rule->then.pattern);
}

static void note_applies(
    struct monitor *monitor, const struct fold *fold, const struct event *event)
{
    if (!filter_matches(&monitor->rule->applies_if, fold, event))
        return;
    int64_t at_ms = rule_time_ms(monitor->rule, event);
    if (!monitor->applies || at_ms < monitor->applies_ms)
        monitor->applies_ms = at_ms;
    monitor->applies = true;
}

static void note_excuse(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    struct str key;
    if (filter_matches(&monitor->rule->unless, fold, event) &&
        monitor_key(monitor->rule, event, true, &key))
        misses_add(
            &monitor_bucket(monitor, &fold->arena, key)->excuses, &fold->arena, event, "unless");
}

void monitor_event(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    const struct rule *rule = monitor->rule;
    bool forbids = rule->kind == RULE_FORBID || rule->kind == RULE_FORBID_UNTIL;
    if (!forbids && fold->tells_itself)
        return; /* nor is it a near miss */
    if (holds_is_set(&rule->during))
        holds_event(&rule->during, &monitor->during, fold, event);
    if (filter_is_set(&rule->applies_if))
        note_applies(monitor, fold, event);
    monitor->kind->event(monitor, fold, event);
    if (filter_is_set(&rule->unless))
        note_excuse(monitor, fold, event);
    if (is_help(monitor, fold, event))
        misses_add(&monitor->helps, &fold->arena, event, "help");
}
