/* Folding for the replay: the same gathering as for metrics, over the events that have to do with
 * knowledge or stand on the axis of time. Writing is replay_write.c's. */
#include "score/replay.h"

#include <stdlib.h>
#include <string.h>

#include "score/replay_parts.h"

static const enum event_kind looked_at[] = {EVENT_ANNULLED, EVENT_DECIDED, EVENT_DECLARED,
    EVENT_DELIVERED, EVENT_ENDED, EVENT_IMPROVISED, EVENT_JUMPED, EVENT_LEARNED, EVENT_MESSAGED,
    EVENT_OPENED, EVENT_PHASE_CHANGED, EVENT_SAID, EVENT_STARTED, EVENT_STOPPED};

struct replay {
    const struct def *def;
    struct trace trace;
};

struct replay *replay_new(const struct def *def)
{
    static const struct rules none;
    struct replay *replay = calloc(1, sizeof(*replay));
    if (replay == NULL)
        abort();
    replay->def = def;
    trace_init(&replay->trace, def, &none);
    memset(replay->trace.keeps, false, sizeof(replay->trace.keeps));
    for (size_t i = 0; i < sizeof(looked_at) / sizeof(looked_at[0]); i++)
        replay->trace.keeps[looked_at[i]] = true;
    return replay;
}

void replay_free(struct replay *replay)
{
    if (replay == NULL)
        return;
    trace_fini(&replay->trace);
    free(replay);
}

void replay_feed(struct replay *replay, const struct event *event)
{
    trace_add(&replay->trace, event);
}

/* Up to ENDEX; before it, up to the latest event. */
static size_t cut_at_end(struct replay_look *look, const struct event **events, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (events[i]->kind == EVENT_ENDED || events[i]->kind == EVENT_STOPPED) {
            look->end_ms = events[i]->observed_ms;
            break;
        }
    while (count > 0 && events[count - 1]->observed_ms > look->end_ms)
        count--;
    return count;
}

/* ---- what could be known at all ---- */

static void bring(struct replay_look *look, struct strs facts, const struct event *event)
{
    for (size_t i = 0; i < facts.count; i++) {
        int fact = index_find(&look->def->fact_index, facts.items[i]);
        if (fact != INDEX_NONE && look->facts[fact].came_ms < 0)
            look->facts[fact].came_ms = event->observed_ms;
    }
}

static void find_came(struct replay_look *look)
{
    for (size_t f = 0; f < look->def->fact_count; f++)
        look->facts[f] = (struct replay_fact){-1, NULL};
    for (size_t i = 0; i < look->gather.event_count; i++) {
        const struct event *event = look->gather.events[i];
        const struct def_inject *inject = event->kind != EVENT_DELIVERED
                                              ? NULL
                                              : def_inject(look->def, event->body.delivered.inject);
        if (inject != NULL)
            bring(look, inject->facts, event);
        else if (event->kind == EVENT_IMPROVISED)
            bring(look, event->body.improvised.facts, event);
        else if (event->kind == EVENT_LEARNED)
            bring(look, (struct strs){&event->body.learned.fact, 1}, event);
    }
}

static void find_first(struct replay_look *look)
{
    for (int f = 0; f < (int)look->def->fact_count; f++)
        for (int p = 0; p < look->gather.party_count; p++) {
            const struct event *learned = gather_learned(&look->gather, p, f, NULL);
            const struct event **first = &look->facts[f].first;
            if (learned != NULL && (*first == NULL || trace_before(learned, *first)))
                *first = learned;
        }
}

bool replay_shows(const struct replay_look *look, int fact)
{
    return fact != INDEX_NONE && look->facts[fact].came_ms >= 0;
}

/* Every seat, and whoever outside had a part in it: who knew, or had to. */
bool replay_takes_part(const struct replay_look *look, int party)
{
    bool takes_part = party < look->gather.seat_count;
    for (int f = 0; f < (int)look->def->fact_count && !takes_part; f++)
        takes_part =
            replay_shows(look, f) && (gather_learned(&look->gather, party, f, NULL) != NULL ||
                                         gather_need(&look->gather, f, party) == NEED_MUST);
    return takes_part;
}

/* ---- gaps ---- */

static void add_gap(struct replay_look *look, int fact, int party)
{
    const struct event *knew = gather_knew_or_newer(&look->gather, party, fact);
    const struct event *first = look->facts[fact].first;
    struct replay_gap gap = {.fact = fact,
        .party = party,
        .since_ms = first != NULL ? first->observed_ms : look->facts[fact].came_ms,
        .until_ms = knew != NULL ? knew->observed_ms : -1};
    if (knew == NULL || gap.until_ms > gap.since_ms)
        look->gaps[look->gap_count++] = gap;
}

static int64_t sign(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b;
}

static int compare_gaps(const void *a, const void *b)
{
    const struct replay_gap *first = a, *second = b;
    bool is_open = first->until_ms < 0, other_is_open = second->until_ms < 0;
    if (is_open != other_is_open)
        return is_open ? -1 : 1;
    int64_t length = first->until_ms - first->since_ms;
    int64_t other = second->until_ms - second->since_ms;
    int64_t order = is_open ? sign(first->since_ms, second->since_ms) : sign(other, length);
    if (order == 0)
        order = sign(first->fact, second->fact);
    return (int)(order != 0 ? order : sign(first->party, second->party));
}

static void find_gaps(struct replay_look *look)
{
    const struct gather *gather = &look->gather;
    size_t cells = look->def->fact_count * (size_t)gather->party_count;
    look->gaps = ARENA_ARRAY(gather->arena, cells + 1, struct replay_gap);
    for (int f = 0; f < (int)look->def->fact_count; f++)
        for (int p = 0; p < gather->party_count && replay_shows(look, f); p++)
            if (gather_need(gather, f, p) == NEED_MUST)
                add_gap(look, f, p);
    qsort(look->gaps, look->gap_count, sizeof(*look->gaps), compare_gaps);
}

void replay_write(const struct replay *replay, struct buf *out)
{
    struct metrics holder = {.as_of_ms = replay->trace.last_at_ms};
    struct replay_look look = {
        .def = replay->def, .trace = &replay->trace, .end_ms = replay->trace.last_at_ms};
    struct trace_gone gone;
    size_t count;
    const struct event **events = trace_effective(&replay->trace, &holder.arena, &count, &gone);
    count = cut_at_end(&look, events, count);
    gather_init(&look.gather, &holder, replay->def);
    gather_events(&look.gather, events, count);
    look.facts = ARENA_ARRAY(&holder.arena, replay->def->fact_count + 1, struct replay_fact);
    find_came(&look);
    find_first(&look);
    find_gaps(&look);
    replay_write_look(&look, out);
    arena_fini(&holder.arena);
}
