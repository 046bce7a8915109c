/* Keeping events and ordering them.
 *
 * While everything comes in order, nothing is ever sorted: the fold follows the feed. A late entry
 * or an annulment makes the next look start over from the kept events; these are rare, and starting
 * over is what makes the live result equal to the cold one by construction. What comes after an
 * annulment is folded as ever, unless it follows from what does not count. */
#include "score/trace.h"

#include <stdlib.h>

static const enum event_kind always_kept[] = {EVENT_ACKED, EVENT_ACTED, EVENT_ANNULLED,
    EVENT_ARRIVED, EVENT_CAUSED, EVENT_CHALLENGED, EVENT_CREATED, EVENT_DELIVERED, EVENT_DISPUTED,
    EVENT_ENDED, EVENT_EXPIRED, EVENT_FORWARDED, EVENT_HINTED, EVENT_IMPROVISED, EVENT_LEARNED,
    EVENT_LEFT, EVENT_MESSAGED, EVENT_RATED, EVENT_REACHED, EVENT_RETURNED, EVENT_RULED, EVENT_SAID,
    EVENT_SEALED, EVENT_STARTED, EVENT_STOPPED, EVENT_UNREACHED, EVENT_WORLD_SET};

static void keep_for_rule(struct trace *trace, const struct rule *rule)
{
    const struct filter *filters[RULE_FILTERS];
    size_t count = rule_filters(rule, filters);
    for (size_t i = 0; i < count; i++)
        trace->keeps[filter_event_kind(filters[i])] = true;
    if (rule->deadline != NULL)
        trace->keeps[EVENT_DECLARED] = true;
    if (rule->kind == RULE_CHOOSE)
        trace->keeps[EVENT_DECIDED] = trace->keeps[EVENT_OPENED] = true;
    if (rule->receiver)
        trace->keeps[EVENT_RECEIVER_TESTED] = true;
    /* States begin with the very first event, and end where somebody set it off. */
    for (int kind = 0; holds_is_set(&rule->during) && kind < EVENT_KIND_COUNT; kind++)
        trace->keeps[kind] = true;
}

void trace_init(struct trace *trace, const struct def *def, const struct rules *rules)
{
    *trace =
        (struct trace){.story_start_ms = def->story_start_ms, .pace = def->pace, .mode = def->mode};
    for (size_t i = 0; i < sizeof(always_kept) / sizeof(always_kept[0]); i++)
        trace->keeps[always_kept[i]] = true;
    for (size_t i = 0; i < rules->count; i++)
        keep_for_rule(trace, &rules->items[i]);
}

void trace_fini(struct trace *trace)
{
    arena_fini(&trace->arena);
    *trace = (struct trace){0};
}

/* Free text and plain strings are left behind: rules may see that there is something, not what. */
static struct str without_words(struct str text)
{
    return text.len == 0 ? text : STR("…");
}

static struct event *copy_event(struct arena *arena, const struct event *event)
{
    struct event *copy = ARENA_NEW(arena, struct event);
    *copy = *event;
    copy->actor = arena_str(arena, event->actor);
    struct fields fields = event_kinds[event->kind].fields;
    for (size_t i = 0; i < fields.count; i++) {
        const struct field *field = &fields.rows[i];
        void *value = (char *)&copy->body + field->offset;
        if (field->type == FIELD_ID)
            *(struct str *)value = arena_str(arena, *(struct str *)value);
        else if (field->type == FIELD_IDS)
            *(struct strs *)value = arena_strs(arena, *(struct strs *)value);
        else if (field->type == FIELD_STR || field->type == FIELD_TEXT)
            *(struct str *)value = without_words(*(struct str *)value);
    }
    return copy;
}

bool trace_before(const struct event *a, const struct event *b)
{
    return a->observed_ms != b->observed_ms ? a->observed_ms < b->observed_ms : a->seq < b->seq;
}

static void turn_page(struct trace *trace, const struct event *event)
{
    if (event->kind == EVENT_CREATED) {
        trace->mode = (enum mode)event->body.created.mode;
        trace->semantics = event->body.created.semantics;
        trace->pace = event->body.created.pace;
        return;
    }
    if (event->kind == EVENT_PACE_CHANGED)
        trace->pace = event->body.pace_changed.pace;
    else if (event->kind != EVENT_STARTED && event->kind != EVENT_JUMPED)
        return;
    int64_t story_ms = event->kind == EVENT_JUMPED ? event->body.jumped.story_ms : event->story_ms;
    struct story_page page = {
        event->at_ms, story_ms, story_clock_pace(trace->mode, trace->semantics, trace->pace)};
    story_clock_turn(&trace->story, &trace->arena, page);
}

int64_t trace_story_ms(const struct trace *trace, int64_t at_ms)
{
    if (trace->story.count == 0 || trace->story.pages[0].at_ms > at_ms)
        return trace->story_start_ms;
    return story_clock_at(&trace->story, at_ms);
}

const struct event *trace_by_seq(const struct trace *trace, int64_t seq)
{
    size_t low = 0, high = trace->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (trace->items[middle]->seq < seq)
            low = middle + 1;
        else
            high = middle;
    }
    return low < trace->count && trace->items[low]->seq == seq ? trace->items[low] : NULL;
}

const struct event *trace_add(struct trace *trace, const struct event *event)
{
    if (event->at_ms > trace->last_at_ms)
        trace->last_at_ms = event->at_ms;
    turn_page(trace, event);
    if (!trace->keeps[event->kind])
        return NULL;
    struct event *copy = copy_event(&trace->arena, event);
    trace->items = arena_grow(
        &trace->arena, trace->items, trace->count, &trace->capacity, sizeof(struct event *));
    trace->items[trace->count++] = copy;
    if (copy->kind == EVENT_ANNULLED && copy->body.annulled.event > trace->last_annulled)
        trace->last_annulled = copy->body.annulled.event;
    if (trace->last != NULL && trace_before(copy, trace->last))
        trace->has_late = true;
    else
        trace->last = copy;
    return copy;
}

static bool can_be_annulled(enum event_kind kind)
{
    return kind != EVENT_ANNULLED && kind != EVENT_CREATED && kind != EVENT_STARTED &&
           kind != EVENT_ENDED && kind != EVENT_STOPPED && kind != EVENT_SEALED;
}

/* What nobody at the table did: it came of its cause. A seat's own deed has no cause. */
static bool follows_by_itself(enum event_kind kind)
{
    static const bool follows[EVENT_KIND_COUNT] = {[EVENT_ACTED] = true,
        [EVENT_ARRIVED] = true,
        [EVENT_CHALLENGED] = true,
        [EVENT_EXPIRED] = true,
        [EVENT_FORWARDED] = true,
        [EVENT_LEARNED] = true,
        [EVENT_REACHED] = true,
        [EVENT_UNREACHED] = true};
    return follows[kind];
}

/* By seq: whether the event is annulled, or follows by itself from one that is. A cause always
 * stands before its effect, so one pass is enough. */
static bool *annulled_by_seq(const struct trace *trace, struct arena *arena, int64_t last_seq)
{
    bool *annulled = ARENA_ARRAY(arena, (size_t)last_seq + 1, bool);
    for (size_t i = 0; i < trace->count; i++) {
        int64_t seq = trace->items[i]->body.annulled.event;
        if (trace->items[i]->kind == EVENT_ANNULLED && seq > 0 && seq <= last_seq)
            annulled[seq] = true;
    }
    for (size_t i = 0; i < trace->count; i++) {
        const struct event *event = trace->items[i];
        if (!can_be_annulled(event->kind))
            annulled[event->seq] = false;
        if (follows_by_itself(event->kind) && event->cause > 0 && event->cause < event->seq &&
            annulled[event->cause])
            annulled[event->seq] = true;
    }
    return annulled;
}

bool trace_may_not_count(
    const struct trace *trace, const struct trace_gone *gone, const struct event *event)
{
    int64_t cause = follows_by_itself(event->kind) ? event->cause : 0;
    return event->kind == EVENT_ANNULLED || event->seq <= trace->last_annulled ||
           (cause > 0 && cause < gone->count && gone->by_seq[cause]);
}

static int compare_events(const void *a, const void *b)
{
    const struct event *first = *(const struct event *const *)a;
    const struct event *second = *(const struct event *const *)b;
    return trace_before(first, second) ? -1 : trace_before(second, first) ? 1 : 0;
}

const struct event **trace_effective(
    const struct trace *trace, struct arena *arena, size_t *ret_count, struct trace_gone *ret_gone)
{
    int64_t last_seq = trace->count == 0 ? 0 : trace->items[trace->count - 1]->seq;
    const bool *annulled = annulled_by_seq(trace, arena, last_seq);
    *ret_gone = (struct trace_gone){annulled, last_seq + 1};
    const struct event **items = ARENA_ARRAY(arena, trace->count + 1, const struct event *);
    size_t count = 0;
    for (size_t i = 0; i < trace->count; i++)
        if (!annulled[trace->items[i]->seq] && trace->items[i]->kind != EVENT_ANNULLED)
            items[count++] = trace->items[i];
    qsort(items, count, sizeof(struct event *), compare_events);
    *ret_count = count;
    return items;
}
