/* Choosing what a page can hold. Nothing is judged here: verdicts come with the findings. */
#include "report/model.h"

#include <stdlib.h>
#include <string.h>

#include "score/party.h"

/* ---- the trace ---- */

static void take_trace(struct model *model)
{
    const struct report_source *source = model->source;
    trace_init(&model->trace, source->def, source->rules);
    memset(model->trace.keeps, true, sizeof(model->trace.keeps));
    for (size_t i = 0; i < source->event_count; i++)
        trace_add(&model->trace, &source->events[i]);
    struct trace_gone gone;
    model->events = trace_effective(&model->trace, &model->arena, &model->event_count, &gone);
    model->mode = source->def->mode;
    model->difficulty = source->def->difficulty;
    model->begins_story_ms = model->ends_story_ms = source->def->story_start_ms;
    model->end_ms = model->trace.last_at_ms;
    for (size_t i = 0; i < model->event_count && !model->is_ended; i++) {
        const struct event *event = model->events[i];
        if (event->kind == EVENT_CREATED) {
            model->mode = (enum mode)event->body.created.mode;
            model->difficulty = event->body.created.difficulty;
        }
        model->is_stopped = event->kind == EVENT_STOPPED;
        model->is_ended = event->kind == EVENT_ENDED || model->is_stopped;
        if (model->is_ended)
            model->end_ms = event->observed_ms;
    }
    size_t count = 0;
    while (count < model->event_count && model->events[count]->observed_ms <= model->end_ms)
        count++;
    model->event_count = count;
    if (count != 0 && model->events[count - 1]->story_ms > model->ends_story_ms)
        model->ends_story_ms = model->events[count - 1]->story_ms;
}

/* What somebody outside learned is told with what reached them. */
static void mark_reached(struct model *model, const struct event *learned)
{
    for (size_t i = 0; i < model->event_count; i++) {
        const struct event *event = model->events[i];
        if (event->kind == EVENT_REACHED && event->cause == learned->cause &&
            str_eq(event->actor, learned->actor))
            model->answers[event->seq] = true;
    }
}

static void mark_answers(struct model *model)
{
    const struct report_source *source = model->source;
    model->answers = ARENA_ARRAY(&model->arena, source->event_count + 2, bool);
    for (size_t i = 0; i < source->finding_count; i++) {
        int64_t seq = source->findings[i].target_seq;
        if (seq < 1 || (size_t)seq > source->event_count)
            continue;
        const struct event *event = &source->events[seq - 1];
        if (def_seat(source->def, event->actor) != NULL)
            continue;
        model->answers[seq] = true;
        if (event->kind == EVENT_LEARNED && event->cause != 0)
            mark_reached(model, event);
    }
}

static void index_messages(struct model *model)
{
    const struct def *def = model->source->def;
    model->escalated_to = ARENA_ARRAY(&model->arena, def->stakeholder_count + 1, bool);
    for (size_t i = 0; i < model->event_count; i++) {
        if (model->events[i]->kind != EVENT_MESSAGED)
            continue;
        const struct event_messaged *body = &model->events[i]->body.messaged;
        (void)index_add(&model->messages, &model->arena, body->message, (int)i);
        for (size_t t = 0; body->type == MESSAGE_ESCALATION && t < body->to.count; t++) {
            int at = index_find(&def->stakeholder_index, body->to.items[t]);
            if (at != INDEX_NONE)
                model->escalated_to[at] = true;
        }
    }
}

const struct event *model_message(const void *self, struct str id)
{
    const struct model *model = self;
    int at = index_find(&model->messages, id);
    return at == INDEX_NONE ? NULL : model->events[at];
}

/* ---- the timeline ---- */

enum { LAST_RANK = 4 };

static const int ranks[EVENT_KIND_COUNT] = {
    [EVENT_STARTED] = 1,
    [EVENT_GAP_OPENED] = 1,
    [EVENT_JUMPED] = 1,
    [EVENT_PHASE_CHANGED] = 1,
    [EVENT_ENDED] = 1,
    [EVENT_STOPPED] = 1,
    [EVENT_DECIDED] = 2,
    [EVENT_DECLARED] = 2,
    [EVENT_EXPIRED] = 2,
    [EVENT_UNREACHED] = 2,
    [EVENT_CHALLENGED] = 2,
    [EVENT_HINTED] = 2,
    [EVENT_FORWARDED] = 3,
    [EVENT_ACTED] = 3,
    [EVENT_HANDED_OFF] = 3,
    [EVENT_ANSWERED] = 3,
    [EVENT_PAUSED] = 3,
    [EVENT_DELIVERED] = 4,
    [EVENT_SAID] = 4,
    [EVENT_MESSAGED] = 4,
};

static const int message_ranks[MESSAGE_TYPE_COUNT] = {
    [MESSAGE_ESCALATION] = 2,
    [MESSAGE_STATEMENT] = 2,
    [MESSAGE_NOTIFICATION] = 2,
    [MESSAGE_SITREP] = 3,
    [MESSAGE_ORDER] = 3,
};

static bool is_management(const struct model *model, struct str party)
{
    int at = index_find(&model->source->def->stakeholder_index, party);
    return at != INDEX_NONE && model->escalated_to[at];
}

int model_rank(const struct model *model, const struct event *event)
{
    const struct def_inject *inject =
        event->kind == EVENT_DELIVERED
            ? def_inject(model->source->def, event->body.delivered.inject)
            : NULL;
    if (inject != NULL && inject->kind == INJECT_CONTINGENCY)
        return 2;
    if (event->kind == EVENT_MESSAGED && message_ranks[event->body.messaged.type] != 0)
        return message_ranks[event->body.messaged.type];
    if (event->kind == EVENT_REACHED)
        return is_management(model, event->actor) ? 2 : model->answers[event->seq] ? 3 : 0;
    if (event->kind == EVENT_PAUSED && event->body.paused.reason == PAUSE_GAP)
        return 0; /* the gap sheet says so */
    return ranks[event->kind];
}

/* Events are numbered without gaps. */
static const struct event *with_text(const struct report_source *source, const struct event *event)
{
    const struct event *own = event->seq < 1 || (size_t)event->seq > source->event_count
                                  ? NULL
                                  : &source->events[event->seq - 1];
    return own != NULL && own->seq == event->seq ? own : event;
}

/* Where there is no room for all of a rank, those that are told lie evenly over the exercise: the
 * n-th is told when the share of room grows by one with it. */
static bool is_told(size_t nth, size_t room, size_t count)
{
    return (nth + 1) * room / count > nth * room / count;
}

static void take_moments(struct model *model)
{
    const struct def *def = model->source->def;
    size_t counts[LAST_RANK + 1] = {0}, nth[LAST_RANK + 1] = {0}, total = 0;
    int *of = ARENA_ARRAY(&model->arena, model->event_count + 1, int);
    for (size_t i = 0; i < model->event_count; i++)
        counts[of[i] = model_rank(model, model->events[i])]++;
    size_t room[LAST_RANK + 1] = {0}, left = MODEL_MOMENTS;
    for (int rank = 1; rank <= LAST_RANK; rank++) {
        room[rank] = counts[rank] < left ? counts[rank] : left;
        left -= room[rank];
        total += counts[rank];
    }
    struct str phase = def->phase_count == 0 ? STR("") : def->phases[0].id;
    model->moments = ARENA_ARRAY(&model->arena, MODEL_MOMENTS + 1, struct model_moment);
    for (size_t i = 0; i < model->event_count; i++) {
        const struct event *event = model->events[i];
        int rank = of[i];
        if (event->kind == EVENT_PHASE_CHANGED)
            phase = event->body.phase_changed.phase;
        if (rank == 0 || !is_told(nth[rank]++, room[rank], counts[rank]))
            continue;
        model->moments[model->moment_count++] =
            (struct model_moment){with_text(model->source, event), rank, phase};
    }
    model->moments_left_out = total - model->moment_count;
}

/* ---- who sat where ---- */

static bool came_to(const struct event *event, const struct def_seat *seat)
{
    struct strs to = event->kind == EVENT_MESSAGED    ? event->body.messaged.to
                     : event->kind == EVENT_DELIVERED ? event->body.delivered.to
                                                      : (struct strs){0};
    for (size_t i = 0; i < to.count; i++)
        if (str_is(to.items[i], "room") || party_names_seat(to.items[i], seat))
            return !str_eq(event->actor, seat->id);
    return false;
}

/* What a seat learns or is refused is no deed of it, nor whether somebody looks at its page. */
static bool is_deed(const struct event *event)
{
    return event->kind != EVENT_LEARNED && event->kind != EVENT_REACHED &&
           event->kind != EVENT_REFUSED && event->kind != EVENT_LEFT &&
           event->kind != EVENT_RETURNED;
}

static void count_for(struct model_seat *at, const struct event *event)
{
    if (event->kind == EVENT_ASSIGNED && str_eq(event->body.assigned.seat, at->seat->id))
        at->person = event->body.assigned.person;
    at->received += came_to(event, at->seat);
    if (!str_eq(event->actor, at->seat->id) || !is_deed(event))
        return;
    at->done++;
    at->proxied += event->proxy;
    at->opened += event->kind == EVENT_OPENED;
    at->acked += event->kind == EVENT_ACKED;
    at->sent += event->kind == EVENT_MESSAGED;
    at->decided += event->kind == EVENT_DECIDED;
}

static void take_seats(struct model *model)
{
    const struct def *def = model->source->def;
    model->seats = ARENA_ARRAY(&model->arena, def->seat_count + 1, struct model_seat);
    for (size_t s = 0; s < def->seat_count; s++) {
        model->seats[s].seat = &def->seats[s];
        for (size_t i = 0; i < model->event_count; i++)
            count_for(&model->seats[s], model->events[i]);
    }
}

/* ---- who was reached ---- */

static void find_outcome(
    const struct model *model, size_t from, struct str message, struct model_contact *contact)
{
    const struct def_stakeholder *who = def_stakeholder(model->source->def, contact->party);
    for (size_t i = from; i < model->event_count; i++) {
        const struct event *event = model->events[i];
        bool reached = event->kind == EVENT_REACHED && str_eq(event->actor, contact->party) &&
                       str_eq(event->body.reached.message, message);
        bool unreached = event->kind == EVENT_UNREACHED &&
                         str_eq(event->body.unreached.party, contact->party) &&
                         str_eq(event->body.unreached.message, message);
        if ((reached || unreached) && contact->answered == NULL) {
            contact->answered = event;
            contact->outcome = reached ? OUTCOME_REACHED : OUTCOME_UNREACHED;
        }
        if (event->kind == EVENT_MESSAGED && who->deputy.len != 0 &&
            strs_contain(event->body.messaged.to, who->deputy))
            contact->deputy_tried = true;
    }
}

static void take_contacts(struct model *model)
{
    model->contacts = ARENA_ARRAY(&model->arena, MODEL_CONTACTS, struct model_contact);
    for (size_t i = 0; i < model->event_count; i++) {
        const struct event *event = model->events[i];
        if (event->kind != EVENT_MESSAGED || def_seat(model->source->def, event->actor) == NULL)
            continue;
        struct strs to = event->body.messaged.to;
        for (size_t p = 0; p < to.count; p++) {
            if (def_stakeholder(model->source->def, to.items[p]) == NULL)
                continue;
            if (model->contact_count == MODEL_CONTACTS) {
                model->contacts_left_out++;
                continue;
            }
            struct model_contact *contact = &model->contacts[model->contact_count++];
            *contact = (struct model_contact){.party = to.items[p], .asked = event};
            find_outcome(model, i, event->body.messaged.message, contact);
        }
    }
}

/* ---- findings ---- */

static void add_to(
    struct model *model, struct model_groups *groups, const struct finding *finding, bool together)
{
    groups->finding_count++;
    struct model_group *last = groups->count == 0 ? NULL : &groups->items[groups->count - 1];
    if (!together || last == NULL || last->items[0]->rule != finding->rule) {
        groups->items = arena_grow(&model->arena, groups->items, groups->count, &groups->capacity,
            sizeof(struct model_group));
        last = &groups->items[groups->count++];
        *last = (struct model_group){0};
    }
    last->items = arena_grow(
        &model->arena, last->items, last->count, &last->capacity, sizeof(struct finding *));
    last->items[last->count++] = finding;
}

/* What went well is told once a rule; each miss is told for itself. The worst come first. */
static int compare_groups(const void *a, const void *b)
{
    const struct finding *first = ((const struct model_group *)a)->items[0];
    const struct finding *second = ((const struct model_group *)b)->items[0];
    if (first->rule->severity != second->rule->severity)
        return first->rule->severity > second->rule->severity ? -1 : 1;
    return first < second ? -1 : first > second;
}

static void take_findings(struct model *model)
{
    const struct report_source *source = model->source;
    for (size_t i = 0; i < source->finding_count; i++) {
        const struct finding *finding = &source->findings[i];
        if (finding->verdict == VERDICT_SATISFIED)
            add_to(model, &model->well, finding, true);
        else if (finding->verdict == VERDICT_VIOLATED)
            add_to(model, &model->improve, finding, false);
        else
            add_to(model, &model->other, finding, true);
    }
    if (model->improve.count > 1)
        qsort(
            model->improve.items, model->improve.count, sizeof(struct model_group), compare_groups);
}

void model_init(struct model *model, const struct report_source *source)
{
    *model = (struct model){.source = source};
    take_trace(model);
    index_messages(model);
    mark_answers(model);
    take_moments(model);
    take_seats(model);
    take_contacts(model);
    take_findings(model);
}

void model_fini(struct model *model)
{
    trace_fini(&model->trace);
    arena_fini(&model->arena);
    *model = (struct model){0};
}
