/* Time to act: to recognise, to escalate, to notify, to decide, to speak. docs/metrics.md, C06 to
 * C09 and C21. Clocks start when somebody could know, never when the scenario knew. */
#include "score/metrics_parts.h"

/* ---- recognising ---- */

static bool is_needed(const struct gather *gather, struct str fact)
{
    int at = index_find(&gather->def->fact_index, fact);
    for (int p = 0; at != INDEX_NONE && p < gather->party_count; p++)
        if (gather_need(gather, at, p) == NEED_MUST)
            return true;
    return false;
}

static bool is_indicative(const struct gather *gather, const struct event *event)
{
    const struct def_inject *inject = event->kind == EVENT_DELIVERED
                                          ? def_inject(gather->def, event->body.delivered.inject)
                                          : NULL;
    if (inject == NULL || inject->kind == INJECT_BENIGN || inject->kind == INJECT_CONTEXTUAL)
        return false;
    for (size_t i = 0; i < inject->facts.count; i++)
        if (is_needed(gather, inject->facts.items[i]))
            return true;
    return false;
}

static bool is_recognition(const struct gather *gather, const struct event *event)
{
    if (event->kind == EVENT_DECLARED)
        return str_is(event->body.declared.status, "aware") ||
               str_is(event->body.declared.status, "classified");
    if (event->kind != EVENT_MESSAGED || def_seat(gather->def, event->actor) == NULL)
        return false;
    int type = event->body.messaged.type;
    return type == MESSAGE_REPORT || type == MESSAGE_ESCALATION || type == MESSAGE_NOTIFICATION;
}

static void take_recognition(struct gather *gather)
{
    const struct event *sign = NULL, *recognised = NULL;
    for (size_t i = 0; i < gather->event_count && recognised == NULL; i++) {
        const struct event *event = gather->events[i];
        if (sign == NULL && is_indicative(gather, event))
            sign = event;
        else if (sign != NULL && is_recognition(gather, event))
            recognised = event;
    }
    if (sign != NULL)
        tally_until(&gather->tally, ROW_RECOGNISED, PARTY_NONE, sign->observed_ms, recognised);
}

/* ---- reaching ---- */

/* When the sender could first have sent such a message; -1: it is not recorded. */
static int64_t trigger_ms(const struct gather *gather, const struct sent *sent, int64_t aware_ms)
{
    int64_t first_ms = gather_has_type(sent, MESSAGE_NOTIFICATION) && aware_ms >= 0 &&
                               aware_ms <= sent->event->observed_ms
                           ? aware_ms
                           : -1;
    for (size_t i = 0; i < sent->fact_count; i++) {
        const struct event *learned =
            gather_learned(gather, sent->from, sent->facts[i], sent->event);
        if (learned != NULL && (first_ms < 0 || learned->observed_ms < first_ms))
            first_ms = learned->observed_ms;
    }
    return first_ms;
}

static int64_t first_aware_ms(const struct gather *gather)
{
    for (size_t i = 0; i < gather->event_count; i++)
        if (gather->events[i]->kind == EVENT_DECLARED &&
            str_is(gather->events[i]->body.declared.status, "aware"))
            return gather->events[i]->observed_ms;
    return -1;
}

/* When it began, and the event that ended it, by party. */
struct way {
    bool is_begun;
    int64_t start_ms;
    const struct event *reached;
};

static bool is_triggered(
    const struct gather *gather, const struct sent *sent, enum message_type type, int64_t aware_ms)
{
    return gather_has_type(sent, type) && gather_is_from_seat(gather, sent) &&
           trigger_ms(gather, sent, aware_ms) >= 0;
}

static void take_ways(struct gather *gather, enum message_type type, enum metric_row row)
{
    int64_t aware_ms = first_aware_ms(gather);
    struct way *ways = ARENA_ARRAY(gather->arena, (size_t)gather->party_count + 1, struct way);
    for (size_t i = 0; i < gather->sent_count; i++) {
        const struct sent *sent = &gather->sent[i];
        int64_t start_ms = gather_has_type(sent, type) && gather_is_from_seat(gather, sent)
                               ? trigger_ms(gather, sent, aware_ms)
                               : -1;
        for (int p = PARTY_NONE; start_ms >= 0 && (p = party_set_next(&sent->to, p)) != PARTY_NONE;)
            if (!ways[p].is_begun || start_ms < ways[p].start_ms)
                ways[p] = (struct way){true, start_ms, NULL};
    }
    for (size_t i = 0; i < gather->event_count; i++) {
        const struct event *event = gather->events[i];
        const struct sent *sent =
            event->kind == EVENT_REACHED ? gather_sent(gather, event->body.reached.message) : NULL;
        int party = gather_party(gather, event->actor);
        if (sent != NULL && is_triggered(gather, sent, type, aware_ms) &&
            party_set_has(&sent->to, party) && ways[party].reached == NULL &&
            trace_before(sent->event, event))
            ways[party].reached = event;
    }
    int first = type == MESSAGE_NOTIFICATION ? gather->seat_count : 0;
    for (int p = first; p < gather->party_count; p++)
        if (ways[p].is_begun)
            tally_until(&gather->tally, row, p, ways[p].start_ms, ways[p].reached);
}

/* ---- deciding ---- */

/* A question, from when an owner had it before its eyes. */
struct asked {
    int owner;
    const struct event *opened, *decided, *expired;
};

static void open_questions(struct gather *gather, struct asked *asked, const struct event *event)
{
    const struct def *def = gather->def;
    const struct def_inject *inject = def_inject(def, event->body.opened.inject);
    int seat = gather_party(gather, event->actor);
    for (size_t i = 0; inject != NULL && i < inject->questions.count; i++) {
        int at = index_find(&def->question_index, inject->questions.items[i]);
        if (at == INDEX_NONE || asked[at].opened != NULL)
            continue;
        struct strs owners = def->questions[at].owners;
        struct party_set own = gather_named(gather, owners);
        if (owners.count == 0 || party_set_has(&own, seat)) {
            asked[at].owner = seat;
            asked[at].opened = event;
        }
    }
}

static void close_question(struct gather *gather, struct asked *asked, const struct event *event)
{
    bool is_decided = event->kind == EVENT_DECIDED;
    int at = index_find(&gather->def->question_index,
        is_decided ? event->body.decided.question : event->body.expired.question);
    if (at == INDEX_NONE || (is_decided && event->body.decided.contested))
        return;
    const struct event **end = is_decided ? &asked[at].decided : &asked[at].expired;
    bool is_too_late = is_decided && asked[at].expired != NULL;
    if (*end == NULL && !is_too_late)
        *end = event;
}

static void take_question(
    struct gather *gather, const struct def_question *question, const struct asked *asked)
{
    if (question->within_ms > 0 && (asked->decided != NULL || asked->expired != NULL))
        tally_rate(&gather->tally, ROW_IN_TIME, PARTY_NONE, asked->decided != NULL);
    const struct event *closed = asked->decided != NULL ? asked->decided : asked->expired;
    if (asked->opened == NULL || (closed != NULL && trace_before(closed, asked->opened)))
        return;
    int64_t start_ms = asked->opened->observed_ms;
    if (asked->decided == NULL && asked->expired != NULL)
        tally_open(
            &gather->tally, ROW_DECISION, asked->owner, asked->expired->observed_ms - start_ms);
    else
        tally_until(&gather->tally, ROW_DECISION, asked->owner, start_ms, asked->decided);
}

static void take_questions(struct gather *gather)
{
    const struct def *def = gather->def;
    struct asked *asked = ARENA_ARRAY(gather->arena, def->question_count + 1, struct asked);
    for (size_t i = 0; i < gather->event_count; i++) {
        const struct event *event = gather->events[i];
        if (event->kind == EVENT_OPENED)
            open_questions(gather, asked, event);
        else if (event->kind == EVENT_DECIDED || event->kind == EVENT_EXPIRED)
            close_question(gather, asked, event);
    }
    for (size_t i = 0; i < def->question_count; i++)
        take_question(gather, &def->questions[i], &asked[i]);
}

/* ---- speaking ---- */

static bool is_public(const struct gather *gather, const struct event *event)
{
    if (event->kind != EVENT_DELIVERED)
        return false;
    const struct def_inject *inject = def_inject(gather->def, event->body.delivered.inject);
    return event->body.delivered.via == CHANNEL_NEWS ||
           (inject != NULL && party_set_has(&gather->public, gather_party(gather, inject->from)));
}

static const struct sent *first_public_statement(const struct gather *gather)
{
    for (size_t i = 0; i < gather->sent_count; i++)
        if (gather_has_type(&gather->sent[i], MESSAGE_STATEMENT) &&
            gather_is_from_seat(gather, &gather->sent[i]) &&
            party_set_meets(&gather->sent[i].to, &gather->public))
            return &gather->sent[i];
    return NULL;
}

static void take_statement(struct gather *gather)
{
    const struct event *known = NULL;
    for (size_t i = 0; i < gather->event_count && known == NULL; i++)
        if (is_public(gather, gather->events[i]))
            known = gather->events[i];
    const struct sent *sent = first_public_statement(gather);
    if (known != NULL && sent != NULL && trace_before(sent->event, known))
        tally_length(&gather->tally, ROW_STATEMENT, PARTY_NONE, 0);
    else if (known != NULL)
        tally_until(&gather->tally, ROW_STATEMENT, PARTY_NONE, known->observed_ms,
            sent == NULL ? NULL : sent->event);
    if (sent != NULL)
        tally_rate(&gather->tally, ROW_STATEMENT_APPROVED, PARTY_NONE, sent->message->approved);
}

void metrics_act(struct gather *gather)
{
    take_recognition(gather);
    take_ways(gather, MESSAGE_ESCALATION, ROW_ESCALATED);
    take_ways(gather, MESSAGE_NOTIFICATION, ROW_NOTIFIED);
    take_questions(gather);
    take_statement(gather);
}
