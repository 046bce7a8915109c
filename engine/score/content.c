/* content: a message says what its readers need. Each message is its own instance. */
#include "score/overlap.h"
#include "score/parcel.h"
#include "score/verdict.h"

static void listen(const struct monitor *monitor, bool *kinds)
{
    if (monitor->rule->receiver)
        kinds[EVENT_RECEIVER_TESTED] = true;
}

/* What the message itself answers of: what is asked, by when, what is not known. */
static unsigned answers_sent(const struct event *event)
{
    if (event->kind != EVENT_MESSAGED)
        return 0;
    const struct event_messaged *body = &event->body.messaged;
    bool asks = body->type == MESSAGE_REQUEST || body->type == MESSAGE_ORDER ||
                body->type == MESSAGE_APPROVAL_REQUEST || body->type == MESSAGE_NOTIFICATION ||
                body->action.len != 0;
    bool by_when = body->ack_within_ms > 0 || body->next_update_ms > 0;
    return (asks ? ANSWER_ASK : 0u) | (by_when ? ANSWER_BY_WHEN : 0u) |
           (body->unknown.count != 0 ? ANSWER_UNKNOWN : 0u);
}

static unsigned answers_given(const struct event *test)
{
    const struct event_receiver_tested *body = &test->body.receiver_tested;
    return (body->ask ? ANSWER_ASK : 0u) | (body->by_when ? ANSWER_BY_WHEN : 0u) |
           (body->unknown ? ANSWER_UNKNOWN : 0u);
}

static void take_test(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    struct str message = event->body.receiver_tested.message;
    struct bucket *bucket = monitor_bucket(monitor, &fold->arena, message);
    bucket->first = event; /* the last one, whenever the message comes */
    for (struct instance *at = bucket->open.first; at != NULL; at = at->waiting)
        at->answers = answers_given(event);
}

static void take_event(struct monitor *monitor, struct fold *fold, const struct event *event)
{
    const struct rule *rule = monitor->rule;
    if (event->kind == EVENT_RECEIVER_TESTED && rule->receiver)
        take_test(monitor, fold, event);
    if ((event->kind != EVENT_MESSAGED && event->kind != EVENT_SAID) ||
        !filter_matches(&rule->when, fold, event) || !monitor_is_during(monitor))
        return;
    bool says_nothing = parcel_facts(event).count + parcel_unknown(event).count == 0;
    if (says_nothing && rule->slots.count == 0 && !rule->receiver)
        return;
    struct str id = event->kind == EVENT_MESSAGED ? event->body.messaged.message : STR("");
    struct bucket *bucket = monitor_bucket(monitor, &fold->arena, id);
    struct instance *instance = monitor_instance_add(monitor, fold, bucket, event);
    instance->opening = NULL;
    instance->target = event;
    struct parcel_gaps gaps = {.count = 0};
    instance->content_permille =
        parcel_content(&fold->knowledge, event, overlap_values(&rule->when.pattern, "to"), &gaps) *
        parcel_slots(&fold->knowledge, event, rule->slots, &gaps) / 1000;
    if (gaps.count != 0) {
        instance->gaps = ARENA_NEW(&fold->arena, struct parcel_gaps);
        *instance->gaps = gaps;
    }
    bool was_asked = id.len != 0 && bucket->first != NULL;
    instance->answers = was_asked ? answers_given(bucket->first) : answers_sent(event);
    if (id.len != 0)
        monitor_queue_push(&bucket->open, instance);
}

/* A message is both what starts and what answers. */
static void set_own(const struct monitor *monitor, const struct instance *instance,
    struct finding *finding, struct evidence *evidence)
{
    finding->start_ms = rule_time_ms(monitor->rule, instance->target);
    verdict_target(monitor, instance->target, finding, evidence);
    finding->time_permille = 1000;
}

static bool judge_content(const struct judging *judging, const struct monitor *monitor,
    const struct instance *instance, struct finding *finding, struct evidence *evidence)
{
    const struct rule *rule = monitor->rule;
    (void)judging;
    set_own(monitor, instance, finding, evidence);
    finding->content_permille = instance->content_permille;
    if (rule->receiver)
        finding->content_permille = instance->content_permille *
                                    (1000 * monitor_answer_count(instance->answers) / 3) / 1000;
    finding->verdict = finding->content_permille >= 10 * rule->content_percent ? VERDICT_SATISFIED
                                                                               : VERDICT_VIOLATED;
    if (finding->verdict == VERDICT_VIOLATED)
        verdict_miss(finding, evidence, instance->target, "content");
    return true;
}

const struct monitor_kind monitor_content = {listen, take_event, judge_content, NULL};
