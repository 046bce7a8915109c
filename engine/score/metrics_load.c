/* Load: what comes to a seat and waits there. docs/metrics.md, C27. */
#include "score/metrics_parts.h"

enum { WINDOW_MS = 10 * 60 * 1000 };

/* Something that came, and who has not opened it. */
struct thing {
    int64_t *at_ms; /* by seat: when it came there */
    struct party_set had, unopened;
};

/* What counts up on the way, by seat. */
struct desk {
    int64_t window, in_window;
};

struct came {
    struct gather *gather;
    struct thing *things;
    size_t count, capacity;
    struct index injects, messages; /* positions in things */
    struct desk *desks;
};

static void receive(struct came *came, int seat, int64_t at_ms)
{
    struct metric_load *load = &came->gather->metrics->loads[seat];
    struct desk *desk = &came->desks[seat];
    int64_t window = at_ms / WINDOW_MS;
    desk->in_window = desk->window == window ? desk->in_window + 1 : 1;
    desk->window = window;
    if (desk->in_window > load->busiest)
        load->busiest = desk->in_window;
    load->received++;
    if (++load->unopened > load->backlog)
        load->backlog = load->unopened;
}

/* Who must open it: the seats that it goes to, but whoever sent it. */
static struct party_set addressed(struct gather *gather, const struct event *event)
{
    bool is_message = event->kind == EVENT_MESSAGED;
    struct party_set seats =
        gather_named(gather, is_message ? event->body.messaged.to : event->body.delivered.to);
    party_set_remove(&seats, gather_party(gather, event->actor));
    for (int p = gather->seat_count; p < gather->party_count; p++)
        party_set_remove(&seats, p);
    return seats;
}

/* An inject that comes again is the same thing to a seat that has had it: it cannot be opened
 * twice there. */
static void come(struct came *came, struct index *index, struct str id, const struct event *event)
{
    struct gather *gather = came->gather;
    if (index_add(index, gather->arena, id, (int)came->count)) {
        came->things = arena_grow(
            gather->arena, came->things, came->count, &came->capacity, sizeof(struct thing));
        came->things[came->count++] = (struct thing){
            .at_ms = ARENA_ARRAY(gather->arena, (size_t)gather->seat_count + 1, int64_t)};
    }
    struct thing *thing = &came->things[index_find(index, id)];
    struct party_set seats = addressed(gather, event);
    for (int p = PARTY_NONE; (p = party_set_next(&seats, p)) != PARTY_NONE;) {
        if (party_set_has(&thing->had, p))
            continue;
        party_set_add(&thing->had, p);
        party_set_add(&thing->unopened, p);
        thing->at_ms[p] = event->observed_ms;
        receive(came, p, event->observed_ms);
    }
}

static void open_thing(struct came *came, const struct event *event)
{
    const struct event_opened *opened = &event->body.opened;
    int at = opened->inject.len != 0 ? index_find(&came->injects, opened->inject)
                                     : index_find(&came->messages, opened->message);
    int seat = gather_party(came->gather, event->actor);
    if (at == INDEX_NONE || !party_set_has(&came->things[at].unopened, seat))
        return;
    party_set_remove(&came->things[at].unopened, seat);
    came->gather->metrics->loads[seat].unopened--;
    tally_until(&came->gather->tally, ROW_WAITING, seat, came->things[at].at_ms[seat], event);
}

void metrics_load(struct gather *gather)
{
    struct metrics *metrics = gather->metrics;
    size_t seats = gather->def->seat_count;
    metrics->load_count = seats;
    metrics->loads = ARENA_ARRAY(gather->arena, seats + 1, struct metric_load);
    for (size_t i = 0; i < seats; i++)
        metrics->loads[i].seat = gather->def->seats[i].id;
    struct came came = {
        .gather = gather, .desks = ARENA_ARRAY(gather->arena, seats + 1, struct desk)};
    for (size_t i = 0; i < gather->event_count; i++) {
        const struct event *event = gather->events[i];
        if (event->kind == EVENT_DELIVERED)
            come(&came, &came.injects, event->body.delivered.inject, event);
        else if (event->kind == EVENT_MESSAGED)
            come(&came, &came.messages, event->body.messaged.message, event);
        else if (event->kind == EVENT_OPENED)
            open_thing(&came, event);
    }
    for (size_t i = 0; i < came.count; i++)
        for (int p = PARTY_NONE; (p = party_set_next(&came.things[i].unopened, p)) != PARTY_NONE;)
            tally_until(&gather->tally, ROW_WAITING, p, came.things[i].at_ms[p], NULL);
}
