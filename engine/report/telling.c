/* Pairs of who told whom come from the metrics; the events behind each, and how long it took until
 * a message was opened or had reached, are gathered here. What was never opened is longer than all.
 */
#include "report/telling.h"

#include <stdlib.h>

#include "report/knowing.h"
#include "score/party.h"

struct pair {
    struct telling *telling;
    int64_t *waits;
    size_t count, capacity;
};

static struct pair *pair_of(struct dossier *dossier, const struct index *index, struct pair *pairs,
    struct str from, struct str to)
{
    struct arena *arena = dossier_arena(dossier);
    struct str key = arena_format(arena, "%.*s>%.*s", STR_ARG(from), STR_ARG(to));
    int at = index_find(index, key);
    return at == INDEX_NONE ? NULL : &pairs[at];
}

static int compare_int(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return left < right ? -1 : left > right;
}

/* When each message was first opened or had reached somebody, by message and party. */
static void take_arrivals(struct dossier *dossier, struct index *arrivals)
{
    const struct model *model = &dossier->report.model;
    struct arena *arena = dossier_arena(dossier);
    for (size_t i = 0; i < model->event_count; i++) {
        const struct event *event = model->events[i];
        struct str message = event->kind == EVENT_OPENED    ? event->body.opened.message
                             : event->kind == EVENT_REACHED ? event->body.reached.message
                                                            : STR("");
        if (message.len != 0)
            (void)index_add(arrivals, arena,
                arena_format(arena, "%.*s>%.*s", STR_ARG(message), STR_ARG(event->actor)), (int)i);
    }
}

static void take_message(struct dossier *dossier, const struct index *arrivals,
    const struct event *event, struct pair *pair)
{
    struct arena *arena = dossier_arena(dossier);
    struct str key = arena_format(
        arena, "%.*s>%.*s", STR_ARG(event->body.messaged.message), STR_ARG(pair->telling->to));
    int at = index_find(arrivals, key);
    dossier_seqs_add(dossier, &pair->telling->seqs, event->seq);
    if (at == INDEX_NONE)
        return;
    pair->waits = arena_grow(arena, pair->waits, pair->count, &pair->capacity, sizeof(int64_t));
    pair->waits[pair->count++] = dossier->report.model.events[at]->observed_ms - event->observed_ms;
}

static bool goes_to(const struct def *def, struct strs to, struct str party)
{
    const struct def_seat *seat = def_seat(def, party);
    for (size_t i = 0; i < to.count; i++)
        if (str_eq(to.items[i], party) ||
            (seat != NULL && (str_is(to.items[i], "room") || party_names_seat(to.items[i], seat))))
            return true;
    return false;
}

static void finish(struct pair *pair)
{
    struct telling *telling = pair->telling;
    size_t middle = telling->messages == 0 ? 0 : ((size_t)telling->messages - 1) / 2;
    telling->opened = (int64_t)pair->count;
    telling->median_ms = -1;
    if (pair->count > 1)
        qsort(pair->waits, pair->count, sizeof(int64_t), compare_int);
    if (middle < pair->count)
        telling->median_ms = pair->waits[middle]; /* what was not opened is longer than all */
}

static size_t take_pairs(
    struct dossier *dossier, struct index *index, struct telling *items, struct pair *pairs)
{
    const struct metrics *metrics = &dossier->metrics;
    struct arena *arena = dossier_arena(dossier);
    size_t count = 0;
    for (size_t i = 0; i < metrics->told_count; i++) {
        const struct metric_told *told = &metrics->told[i];
        if (told->messages + told->said == 0)
            continue;
        items[count] = (struct telling){
            told->from, told->to, told->messages, told->said, told->taught, 0, -1, {0}};
        pairs[count].telling = &items[count];
        (void)index_add(index, arena,
            arena_format(arena, "%.*s>%.*s", STR_ARG(told->from), STR_ARG(told->to)), (int)count);
        count++;
    }
    return count;
}

/* To whom somebody told something, in whatever way. */
static struct strs told_to(const struct event *event)
{
    switch (event->kind) {
    case EVENT_MESSAGED:
        return event->body.messaged.to;
    case EVENT_SAID:
        return event->body.said.to;
    case EVENT_HANDED_OFF:
        return (struct strs){&event->body.handed_off.to, 1};
    default:
        return (struct strs){0};
    }
}

static void take_event(struct dossier *dossier, const struct index *index, struct pair *pairs,
    const struct index *arrivals, const struct event *event)
{
    const struct def *def = dossier_def(dossier);
    struct strs to = told_to(event);
    for (size_t p = 0; p < def->seat_count + def->stakeholder_count; p++) {
        struct str party = knowing_party(def, p);
        struct pair *pair = str_eq(party, event->actor) || !goes_to(def, to, party)
                                ? NULL
                                : pair_of(dossier, index, pairs, event->actor, party);
        if (pair != NULL && event->kind == EVENT_MESSAGED)
            take_message(dossier, arrivals, event, pair);
        else if (pair != NULL)
            dossier_seqs_add(dossier, &pair->telling->seqs, event->seq);
    }
}

size_t telling_find(struct dossier *dossier, struct telling **ret_items)
{
    const struct model *model = &dossier->report.model;
    struct arena *arena = dossier_arena(dossier);
    struct index index = {0}, arrivals = {0};
    size_t room = dossier->metrics.told_count + 1;
    struct pair *pairs = ARENA_ARRAY(arena, room, struct pair);
    *ret_items = ARENA_ARRAY(arena, room, struct telling);
    size_t count = take_pairs(dossier, &index, *ret_items, pairs);
    take_arrivals(dossier, &arrivals);
    for (size_t i = 0; i < model->event_count; i++)
        if (told_to(model->events[i]).count != 0)
            take_event(dossier, &index, pairs, &arrivals, model->events[i]);
    for (size_t i = 0; i < count; i++)
        finish(&pairs[i]);
    return count;
}
