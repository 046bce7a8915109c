/* From the metrics' lists to tables. Needs are the strongest of a seat's roles', as docs/metrics.md
 * has it. */
#include "report/knowing.h"

static enum need need_of(const struct def *def, const struct def_fact *fact, struct str party)
{
    static const int strength[NEED_COUNT] = {
        [NEED_NONE] = 0, [NEED_NEVER] = 1, [NEED_USEFUL] = 2, [NEED_MUST] = 3};
    const struct def_seat *seat = def_seat(def, party);
    enum need best = def_fact_need(fact, party);
    for (size_t i = 0; seat != NULL && i < seat->roles.count; i++) {
        enum need need = def_fact_need(fact, seat->roles.items[i]);
        if (strength[need] > strength[best])
            best = need;
    }
    return best;
}

struct str knowing_party(const struct def *def, size_t i)
{
    return i < def->seat_count ? def->seats[i].id : def->stakeholders[i - def->seat_count].id;
}

static void take_facts(struct dossier *dossier, struct knowing *knowing, struct index *positions)
{
    const struct metrics *metrics = &dossier->metrics;
    const struct def *def = dossier_def(dossier);
    struct arena *arena = dossier_arena(dossier);
    knowing->facts = ARENA_ARRAY(arena, metrics->known_count + 1, const struct def_fact *);
    for (size_t i = 0; i < metrics->known_count; i++) {
        const struct def_fact *fact = def_fact(def, metrics->known[i].fact);
        if (fact != NULL && index_add(positions, arena, fact->id, (int)knowing->fact_count))
            knowing->facts[knowing->fact_count++] = fact;
    }
}

static void take_parties(struct dossier *dossier, struct knowing *knowing, struct index *positions)
{
    const struct def *def = dossier_def(dossier);
    size_t room = def->seat_count + def->stakeholder_count;
    struct arena *arena = dossier_arena(dossier);
    struct index learned = {0};
    for (size_t i = 0; i < dossier->metrics.known_count; i++)
        (void)index_add(&learned, arena, dossier->metrics.known[i].party, 1);
    knowing->parties = ARENA_ARRAY(arena, room + 1, struct str);
    for (size_t i = 0; i < room; i++) {
        struct str party = knowing_party(def, i);
        bool is_shown = i < def->seat_count || index_find(&learned, party) != INDEX_NONE;
        for (size_t f = 0; f < knowing->fact_count && !is_shown; f++)
            is_shown = need_of(def, knowing->facts[f], party) == NEED_MUST;
        if (!is_shown)
            continue;
        (void)index_add(positions, arena, party, (int)knowing->party_count);
        knowing->parties[knowing->party_count++] = party;
    }
}

/* The events by which parties learned, in one walk. */
static void take_events(struct dossier *dossier, struct knowing *knowing, const struct index *facts,
    const struct index *parties)
{
    const struct model *model = &dossier->report.model;
    for (size_t i = 0; i < model->event_count; i++) {
        const struct event *event = model->events[i];
        if (event->kind != EVENT_LEARNED)
            continue;
        int fact = index_find(facts, event->body.learned.fact);
        int party = index_find(parties, event->actor);
        if (fact == INDEX_NONE || party == INDEX_NONE)
            continue;
        struct knowing_cell *cell =
            &knowing->cells[(size_t)fact * knowing->party_count + (size_t)party];
        if (cell->seq == 0)
            cell->seq = event->seq;
    }
}

void knowing_find(struct dossier *dossier, struct knowing *knowing)
{
    const struct def *def = dossier_def(dossier);
    struct index facts = {0}, parties = {0};
    *knowing = (struct knowing){0};
    take_facts(dossier, knowing, &facts);
    take_parties(dossier, knowing, &parties);
    knowing->cells = ARENA_ARRAY(dossier_arena(dossier),
        knowing->fact_count * knowing->party_count + 1, struct knowing_cell);
    for (size_t f = 0; f < knowing->fact_count; f++)
        for (size_t p = 0; p < knowing->party_count; p++)
            knowing->cells[f * knowing->party_count + p].need =
                need_of(def, knowing->facts[f], knowing->parties[p]);
    for (size_t i = 0; i < dossier->metrics.known_count; i++) {
        const struct metric_known *known = &dossier->metrics.known[i];
        int fact = index_find(&facts, known->fact), party = index_find(&parties, known->party);
        if (fact != INDEX_NONE && party != INDEX_NONE)
            knowing->cells[(size_t)fact * knowing->party_count + (size_t)party].known = known;
    }
    take_events(dossier, knowing, &facts, &parties);
}

const struct knowing_cell *knowing_cell(const struct knowing *knowing, size_t fact, size_t party)
{
    return &knowing->cells[fact * knowing->party_count + party];
}
