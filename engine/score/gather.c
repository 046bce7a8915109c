/* Gathering: names become numbers, and each message is put together with what came of it, in one
 * pass over the trace. What was known at an event is not kept: whoever first learned a fact before
 * the event knew it then. */
#include "score/gather.h"

#include <assert.h>

#include "score/parcel.h"

/* ---- names ---- */

static void add_name(struct gather *gather, struct str name, int party)
{
    int at = index_find(&gather->party_names, name);
    if (at == INDEX_NONE) {
        at = (int)gather->party_names.used_count;
        index_add(&gather->party_names, gather->arena, name, at);
    }
    party_set_add(&gather->party_sets[at], party);
}

static void name_parties(struct gather *gather)
{
    const struct def *def = gather->def;
    size_t name_count = 1 + def->seat_count + def->stakeholder_count;
    for (size_t i = 0; i < def->seat_count; i++)
        name_count += def->seats[i].roles.count;
    gather->party_sets = ARENA_ARRAY(gather->arena, name_count, struct party_set);
    for (int i = 0; i < gather->seat_count; i++) {
        const struct def_seat *seat = &def->seats[i];
        party_set_add(&gather->seats, i);
        add_name(gather, STR("room"), i);
        add_name(gather, seat->id, i);
        for (size_t r = 0; r < seat->roles.count; r++)
            add_name(gather, seat->roles.items[r], i);
    }
    for (int i = gather->seat_count; i < gather->party_count; i++) {
        const struct def_stakeholder *outside = &def->stakeholders[i - gather->seat_count];
        add_name(gather, outside->id, i);
        if (outside->audience == AUDIENCE_OWN)
            party_set_add(&gather->own, i);
        if (outside->audience == AUDIENCE_PUBLIC)
            party_set_add(&gather->public, i);
    }
}

int gather_party(const struct gather *gather, struct str id)
{
    int seat = index_find(&gather->def->seat_index, id);
    if (seat != INDEX_NONE)
        return seat;
    int outside = index_find(&gather->def->stakeholder_index, id);
    return outside == INDEX_NONE ? PARTY_NONE : gather->seat_count + outside;
}

struct str gather_party_id(const struct gather *gather, int party)
{
    return party < gather->seat_count ? gather->def->seats[party].id
                                      : gather->def->stakeholders[party - gather->seat_count].id;
}

struct party_set gather_named(const struct gather *gather, struct strs names)
{
    struct party_set set = {{0}};
    for (size_t i = 0; i < names.count; i++) {
        int at = index_find(&gather->party_names, names.items[i]);
        if (at != INDEX_NONE)
            party_set_add_all(&set, &gather->party_sets[at]);
    }
    return set;
}

/* ---- needs ---- */

/* Whoever holds a role that must know may know, whatever the other hats say. */
static enum need stronger(enum need a, enum need b)
{
    static const int strength[NEED_COUNT] = {
        [NEED_NONE] = 0, [NEED_NEVER] = 1, [NEED_USEFUL] = 2, [NEED_MUST] = 3};
    return strength[a] >= strength[b] ? a : b;
}

static void take_needs(struct gather *gather)
{
    const struct def *def = gather->def;
    gather->needs =
        ARENA_ARRAY(gather->arena, def->fact_count * (size_t)gather->party_count + 1, enum need);
    for (size_t f = 0; f < def->fact_count; f++) {
        enum need *row = &gather->needs[f * (size_t)gather->party_count];
        for (size_t i = 0; i < def->facts[f].need_count; i++) {
            const struct def_need *need = &def->facts[f].needs[i];
            struct party_set set = gather_named(gather, (struct strs){&need->party, 1});
            for (int p = PARTY_NONE; (p = party_set_next(&set, p)) != PARTY_NONE;)
                row[p] = stronger(row[p], need->need);
        }
    }
}

enum need gather_need(const struct gather *gather, int fact, int party)
{
    return gather->needs[(size_t)fact * (size_t)gather->party_count + (size_t)party];
}

void gather_init(struct gather *gather, struct metrics *metrics, const struct def *def)
{
    assert(def->seat_count <= LIMIT_SEATS && def->stakeholder_count <= LIMIT_STAKEHOLDERS);
    *gather = (struct gather){.arena = &metrics->arena,
        .def = def,
        .metrics = metrics,
        .seat_count = (int)def->seat_count,
        .party_count = (int)(def->seat_count + def->stakeholder_count)};
    name_parties(gather);
    take_needs(gather);
    knowledge_init(&gather->knowledge, def, gather->arena);
    struct str *ids = ARENA_ARRAY(gather->arena, (size_t)gather->party_count + 1, struct str);
    for (int p = 0; p < gather->party_count; p++)
        ids[p] = gather_party_id(gather, p);
    tally_init(&gather->tally, gather->arena, (struct strs){ids, (size_t)gather->party_count},
        metrics->as_of_ms);
}

/* ---- what was known ---- */

const struct event *gather_learned(
    const struct gather *gather, int party, int fact, const struct event *event)
{
    if (party < 0)
        return NULL;
    size_t row = (size_t)fact * (size_t)gather->party_count;
    const struct event *learned = gather->knowledge.learned[row + (size_t)party];
    return learned != NULL && (event == NULL || trace_before(learned, event)) ? learned : NULL;
}

bool gather_knew_newer(const struct gather *gather, int party, int fact, const struct event *event)
{
    struct strs newer = gather->knowledge.replaced_by[fact];
    for (size_t i = 0; i < newer.count; i++)
        if (gather_learned(
                gather, party, index_find(&gather->def->fact_index, newer.items[i]), event) != NULL)
            return true;
    return false;
}

const struct event *gather_knew_or_newer(const struct gather *gather, int party, int fact)
{
    const struct event *first = gather_learned(gather, party, fact, NULL);
    struct strs newer = gather->knowledge.replaced_by[fact];
    for (size_t i = 0; i < newer.count; i++) {
        int other = index_find(&gather->def->fact_index, newer.items[i]);
        const struct event *learned = gather_learned(gather, party, other, NULL);
        if (learned != NULL && (first == NULL || trace_before(learned, first)))
            first = learned;
    }
    return first;
}

/* ---- what was sent ---- */

bool gather_has_type(const struct sent *sent, enum message_type type)
{
    return sent->message != NULL && sent->message->type == (int)type;
}

bool gather_is_from_seat(const struct gather *gather, const struct sent *sent)
{
    return party_set_has(&gather->seats, sent->from);
}

struct sent *gather_sent(const struct gather *gather, struct str message)
{
    int at = message.len == 0 ? INDEX_NONE : index_find(&gather->sent_index, message);
    return at == INDEX_NONE ? NULL : &gather->sent[at];
}

static void await_seats(struct gather *gather, struct sent *sent)
{
    if (sent->message == NULL || (sent->message->ack_within_ms <= 0 && !sent->message->readback))
        return;
    sent->awaited = ARENA_ARRAY(gather->arena, (size_t)gather->seat_count + 1, struct awaited);
    for (int p = PARTY_NONE;
         (p = party_set_next(&sent->to, p)) != PARTY_NONE && p < gather->seat_count;)
        sent->awaited[sent->awaited_count++].seat = p;
}

static void add_sent(struct gather *gather, const struct event *event)
{
    gather->sent = arena_grow(gather->arena, gather->sent, gather->sent_count,
        &gather->sent_capacity, sizeof(struct sent));
    struct sent *sent = &gather->sent[gather->sent_count];
    struct strs facts = parcel_facts(event);
    *sent = (struct sent){.event = event,
        .message = event->kind == EVENT_MESSAGED ? &event->body.messaged : NULL,
        .from = gather_party(gather, event->actor),
        .to = gather_named(gather, parcel_to(event)),
        .facts = ARENA_ARRAY(gather->arena, facts.count + 1, int)};
    party_set_remove(&sent->to, sent->from);
    for (size_t i = 0; i < facts.count; i++) {
        int fact = index_find(&gather->def->fact_index, facts.items[i]);
        if (fact != INDEX_NONE)
            sent->facts[sent->fact_count++] = fact;
    }
    await_seats(gather, sent);
    if (sent->message != NULL)
        index_add(
            &gather->sent_index, gather->arena, sent->message->message, (int)gather->sent_count);
    gather->sent_count++;
}

/* ---- what came of it ---- */

static void keep_first(const struct event **kept, const struct event *event)
{
    if (*kept == NULL)
        *kept = event;
}

static void respond(struct gather *gather, struct sent *sent, const struct event *event)
{
    int seat = gather_party(gather, event->actor);
    for (size_t i = 0; i < sent->awaited_count; i++)
        if (sent->awaited[i].seat == seat)
            keep_first(&sent->awaited[i].response, event);
}

static void finish_order(struct sent *sent, const struct event *event)
{
    keep_first(&sent->done, event);
    sent->last_done = event;
}

static void take_reply(struct gather *gather, struct sent *sent, const struct event *event)
{
    if (!party_set_has(&sent->to, gather_party(gather, event->actor)))
        return;
    keep_first(&sent->replied, event);
    keep_first(&sent->answer, event);
    respond(gather, sent, event);
    if (event->body.messaged.type == MESSAGE_REPORT)
        finish_order(sent, event);
}

static struct str refers_to(const struct event *event)
{
    switch (event->kind) {
    case EVENT_ACKED:
        return event->body.acked.message;
    case EVENT_READ_BACK:
        return event->body.read_back.message;
    case EVENT_ACTED:
        return event->body.acted.order;
    case EVENT_MESSAGED:
        return event->body.messaged.re;
    case EVENT_DELIVERED:
        return event->body.delivered.re;
    default:
        return (struct str){0};
    }
}

static void take_outcome(struct gather *gather, const struct event *event)
{
    struct sent *sent = gather_sent(gather, refers_to(event));
    if (sent == NULL)
        return;
    if (event->kind == EVENT_MESSAGED) {
        take_reply(gather, sent, event);
    } else if (event->kind == EVENT_READ_BACK) {
        keep_first(&sent->read_back, event);
        respond(gather, sent, event);
    } else if (event->kind == EVENT_ACTED) {
        finish_order(sent, event);
    } else if (event->kind == EVENT_DELIVERED) {
        keep_first(&sent->answer, event);
    } else if (!event->body.acked.unread) {
        keep_first(&sent->acked, event);
        respond(gather, sent, event);
    }
}

void gather_events(struct gather *gather, const struct event **events, size_t count)
{
    gather->events = events;
    gather->event_count = count;
    for (size_t i = 0; i < count; i++) {
        take_outcome(gather, events[i]);
        if (events[i]->kind == EVENT_MESSAGED || events[i]->kind == EVENT_SAID)
            add_sent(gather, events[i]);
        else if (events[i]->kind == EVENT_LEARNED)
            knowledge_learn(&gather->knowledge, events[i]);
    }
}
