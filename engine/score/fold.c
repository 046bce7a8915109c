/* Handing each event to the monitors that listen to its kind, and keeping what they share. What an
 * event changes is taken in after they have seen it. */
#include "score/fold.h"

#include "score/party.h"

/* ---- beginning ---- */

static size_t monitors_of(const struct fold *fold, const struct rule *rule)
{
    return monitor_part_count(rule, fold->def);
}

static void make_monitors(struct fold *fold)
{
    size_t count = fold->rules->count;
    fold->by_rule = ARENA_ARRAY(&fold->arena, count + 1, struct fold_rule);
    for (size_t i = 0; i < count; i++) {
        fold->by_rule[i] =
            (struct fold_rule){fold->monitor_count, monitors_of(fold, &fold->rules->items[i])};
        fold->monitor_count += fold->by_rule[i].count;
    }
    fold->monitors = ARENA_ARRAY(&fold->arena, fold->monitor_count + 1, struct monitor);
    for (size_t i = 0; i < count; i++)
        for (size_t part = 0; part < fold->by_rule[i].count; part++)
            monitor_init(
                &fold->monitors[fold->by_rule[i].first + part], fold, &fold->rules->items[i], part);
}

static void fill_listeners(struct fold *fold)
{
    size_t count = fold->monitor_count;
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

static void fill_definition(struct fold *fold)
{
    const struct def *def = fold->def;
    fold->world = ARENA_ARRAY(&fold->arena, def->world_count + 1, struct str);
    for (size_t i = 0; i < def->world_count; i++)
        fold->world[i] = def->world[i].initial;
    fold->told = ARENA_ARRAY(&fold->arena, def->fact_count + 1, bool);
    fold->is_open = ARENA_ARRAY(&fold->arena, def->fact_count + 1, bool);
    fold->carriers = ARENA_ARRAY(&fold->arena, def->fact_count + 1, unsigned);
    for (size_t i = 0; i < def->inject_count; i++)
        for (size_t f = 0; f < def->injects[i].facts.count; f++) {
            int fact = index_find(&def->fact_index, def->injects[i].facts.items[f]);
            if (fact >= 0)
                fold->carriers[fact] |= 1u << def->injects[i].kind;
        }
}

void fold_init(
    struct fold *fold, const struct def *def, const struct rules *rules, const struct trace *trace)
{
    *fold =
        (struct fold){.def = def, .rules = rules, .trace = trace, .mode = def->mode, .end_ms = -1};
    arena_init(&fold->arena);
    make_monitors(fold);
    fill_listeners(fold);
    fill_definition(fold);
    knowledge_init(&fold->knowledge, def, &fold->arena);
}

void fold_fini(struct fold *fold)
{
    arena_fini(&fold->arena);
    *fold = (struct fold){0};
}

/* ---- what the monitors share ---- */

static void remember(
    struct fold *fold, struct index *index, struct str id, const struct event *event)
{
    fold->named = arena_grow(&fold->arena, fold->named, fold->named_count, &fold->named_capacity,
        sizeof(struct event *));
    if (index_add(index, &fold->arena, id, (int)fold->named_count))
        fold->named[fold->named_count++] = event;
}

static void mark(const struct fold *fold, bool *marks, struct strs facts)
{
    for (size_t i = 0; i < facts.count; i++) {
        int fact = index_find(&fold->def->fact_index, facts.items[i]);
        if (fact >= 0)
            marks[fact] = true;
    }
}

/* News, and what is marked for anybody, is no secret any more. */
static void note_delivery(struct fold *fold, const struct event_delivered *body)
{
    const struct def_inject *inject = def_inject(fold->def, body->inject);
    const struct event *improvised = fold_improvised(fold, body->inject);
    if (inject != NULL)
        knowledge_came_from(&fold->knowledge, inject->from, inject->facts);
    if (inject != NULL && (body->via == CHANNEL_NEWS || inject->tlp == TLP_CLEAR))
        mark(fold, fold->is_open, inject->facts);
    else if (inject == NULL && improvised != NULL && body->via == CHANNEL_NEWS)
        mark(fold, fold->is_open, improvised->body.improvised.facts);
}

static void note_telling(struct fold *fold, const struct event *event, struct strs facts)
{
    if (def_seat(fold->def, event->actor) != NULL)
        mark(fold, fold->told, facts);
}

static struct remarks *remarks_on(struct fold *fold, struct str finding)
{
    if (index_add(&fold->remark_index, &fold->arena, finding, (int)fold->remark_count)) {
        fold->remarks = arena_grow(&fold->arena, fold->remarks, fold->remark_count,
            &fold->remark_capacity, sizeof(struct remarks));
        fold->remarks[fold->remark_count++] = (struct remarks){0};
    }
    return &fold->remarks[index_find(&fold->remark_index, finding)];
}

static void note_absence(struct fold *fold, const struct event *event)
{
    struct away *away = &fold->away;
    away->items =
        arena_grow(&fold->arena, away->items, away->count, &away->capacity, sizeof(*away->items));
    away->items[away->count++] = event;
}

static void note_rated(struct fold *fold, const struct event *event)
{
    fold->rated = arena_grow(&fold->arena, fold->rated, fold->rated_count, &fold->rated_capacity,
        sizeof(struct event *));
    fold->rated[fold->rated_count++] = event;
}

static void note_world(struct fold *fold, const struct event_world_set *body)
{
    int position = index_find(&fold->def->world_index, body->name);
    if (position >= 0)
        fold->world[position] = body->value;
}

static void take_in(struct fold *fold, const struct event *event)
{
    switch (event->kind) {
    case EVENT_LEARNED:
        knowledge_learn(&fold->knowledge, event);
        break;
    case EVENT_MESSAGED:
        note_telling(fold, event, event->body.messaged.facts);
        break;
    case EVENT_SAID:
        note_telling(fold, event, event->body.said.facts);
        break;
    case EVENT_DELIVERED:
        note_delivery(fold, &event->body.delivered);
        break;
    case EVENT_CAUSED:
        remarks_on(fold, event->body.caused.finding)->caused = event;
        break;
    case EVENT_DISPUTED:
        remarks_on(fold, event->body.disputed.finding)->disputed = event;
        break;
    case EVENT_RULED:
        if (event->body.ruled.verdict != RULING_NONE)
            remarks_on(fold, event->body.ruled.finding)->ruled = event;
        break;
    case EVENT_RATED:
        note_rated(fold, event);
        break;
    case EVENT_LEFT:
    case EVENT_RETURNED:
        note_absence(fold, event);
        break;
    case EVENT_WORLD_SET:
        note_world(fold, &event->body.world_set);
        break;
    default:
        break;
    }
}

/* What people say of the exercise counts whenever they say it. */
static bool is_of_play(enum event_kind kind)
{
    return kind != EVENT_RECEIVER_TESTED && kind != EVENT_DISPUTED && kind != EVENT_RULED &&
           kind != EVENT_CAUSED && kind != EVENT_RATED;
}

void fold_event(struct fold *fold, const struct event *event)
{
    if (event->kind == EVENT_SEALED)
        fold->is_sealed = true;
    if (fold->end_ms >= 0 && event->observed_ms > fold->end_ms && is_of_play(event->kind))
        return;
    if (event->kind == EVENT_CREATED)
        fold->mode = (enum mode)event->body.created.mode;
    if ((event->kind == EVENT_ENDED || event->kind == EVENT_STOPPED) && fold->end_ms < 0)
        fold->end_ms = event->observed_ms;
    fold->tells_itself = party_tells_itself(fold->def, event);
    if (event->kind == EVENT_MESSAGED)
        remember(fold, &fold->message_index, event->body.messaged.message, event);
    if (event->kind == EVENT_IMPROVISED)
        remember(fold, &fold->improvised_index, event->body.improvised.inject, event);
    if (event->kind == EVENT_DELIVERED)
        remember(fold, &fold->delivery_index, event->body.delivered.inject, event);
    if (!fold->has_begun) { /* states begin with the first event, whatever it is */
        for (size_t i = 0; i < fold->monitor_count; i++)
            monitor_event(&fold->monitors[i], fold, event);
    } else {
        for (size_t i = 0; i < fold->listener_count[event->kind]; i++)
            monitor_event(fold->listeners[event->kind][i], fold, event);
    }
    fold->has_begun = true;
    take_in(fold, event);
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

const struct event *fold_delivery(const struct fold *fold, struct str id)
{
    return find(fold, &fold->delivery_index, id);
}

struct str fold_world(const struct fold *fold, struct str name)
{
    int position = index_find(&fold->def->world_index, name);
    return position < 0 ? STR("") : fold->world[position];
}

unsigned fold_carriers(const struct fold *fold, struct str fact)
{
    int position = index_find(&fold->def->fact_index, fact);
    return position < 0 ? 0 : fold->carriers[position];
}
