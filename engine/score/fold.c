/* Handing each event to the monitors that listen to its kind, and keeping what they share. */
#include "score/fold.h"

static void fill_listeners(struct fold *fold)
{
    size_t count = fold->rules->count;
    bool(*kinds)[EVENT_KIND_COUNT] = arena_alloc(&fold->arena, count + 1, sizeof(*kinds));
    for (size_t i = 0; i < count; i++)
        monitor_listen(&fold->monitors[i], kinds[i]);
    for (int kind = 0; kind < EVENT_KIND_COUNT; kind++) {
        fold->listeners[kind] = ARENA_ARRAY(&fold->arena, count + 1, struct monitor *);
        for (size_t i = 0; i < count; i++)
            if (kinds[i][kind])
                fold->listeners[kind][fold->listener_count[kind]++] = &fold->monitors[i];
    }
}

void fold_init(struct fold *fold, const struct def *def, const struct rules *rules)
{
    *fold = (struct fold){.def = def, .rules = rules, .mode = def->mode, .end_ms = -1};
    arena_init(&fold->arena);
    fold->monitors = ARENA_ARRAY(&fold->arena, rules->count + 1, struct monitor);
    for (size_t i = 0; i < rules->count; i++)
        fold->monitors[i].rule = &rules->items[i];
    fill_listeners(fold);
    knowledge_init(&fold->knowledge, def, &fold->arena);
}

void fold_fini(struct fold *fold)
{
    arena_fini(&fold->arena);
    *fold = (struct fold){0};
}

static void remember(
    struct fold *fold, struct index *index, struct str id, const struct event *event)
{
    fold->named = arena_grow(&fold->arena, fold->named, fold->named_count, &fold->named_capacity,
        sizeof(struct event *));
    if (index_add(index, &fold->arena, id, (int)fold->named_count))
        fold->named[fold->named_count++] = event;
}

void fold_event(struct fold *fold, const struct event *event)
{
    if (fold->end_ms >= 0 && event->observed_ms > fold->end_ms)
        return;
    if (event->kind == EVENT_CREATED)
        fold->mode = (enum mode)event->body.created.mode;
    if ((event->kind == EVENT_ENDED || event->kind == EVENT_STOPPED) && fold->end_ms < 0)
        fold->end_ms = event->observed_ms;
    if (event->kind == EVENT_MESSAGED)
        remember(fold, &fold->message_index, event->body.messaged.message, event);
    if (event->kind == EVENT_IMPROVISED)
        remember(fold, &fold->improvised_index, event->body.improvised.inject, event);
    for (size_t i = 0; i < fold->listener_count[event->kind]; i++)
        monitor_event(fold->listeners[event->kind][i], fold, event);
    if (event->kind == EVENT_LEARNED)
        knowledge_learn(&fold->knowledge, event);
}

static const struct event *find(const struct fold *fold, const struct index *index, struct str id)
{
    int position = index_find(index, id);
    return position == INDEX_NONE ? NULL : fold->named[position];
}

const struct event *fold_message(const struct fold *fold, struct str id)
{
    return find(fold, &fold->message_index, id);
}

const struct event *fold_improvised(const struct fold *fold, struct str id)
{
    return find(fold, &fold->improvised_index, id);
}
