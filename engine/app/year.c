/* Every table of the year is read and verified. One that is damaged stays in the list with what is
 * wrong: evidence that leaves out what does not fit is none. */
#include "app/year.h"

#include "app/past.h"
#include "base/duration.h"
#include "score/rating.h"

struct counting {
    struct year *year;
    struct record *record;
    struct past_content content;
};

/* ---- one table ---- */

static struct words copy_words(struct arena *arena, const struct words *words)
{
    struct words copy;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        copy.in[lang] = arena_str(arena, words->in[lang]);
    return copy;
}

static void add_seats(struct year *year, const struct past *past, struct year_table *table)
{
    struct arena *arena = &year->arena;
    table->seats = ARENA_ARRAY(arena, past->def.seat_count + 1, struct year_seat);
    for (size_t s = 0; s < past->def.seat_count; s++) {
        const struct def_seat *seat = &past->def.seats[s];
        struct str person = STR("");
        bool has_acted = false;
        for (size_t i = 0; i < past->event_count; i++) {
            const struct event *event = &past->events[i];
            if (event->kind == EVENT_ASSIGNED && str_eq(event->body.assigned.seat, seat->id))
                person = event->body.assigned.person;
            else if (event->kind != EVENT_REACHED && event->kind != EVENT_LEARNED)
                has_acted = has_acted || str_eq(event->actor, seat->id);
        }
        if (has_acted)
            table->seats[table->seat_count++] = (struct year_seat){arena_str(arena, seat->id),
                arena_strs(arena, seat->roles), arena_str(arena, person),
                alias_tells(&year->plan.alias, &past->exercise, person)};
    }
}

static struct str packs_of(struct arena *arena, const struct past *past)
{
    struct str packs = STR("");
    for (size_t i = 0; i < past->rules.pack_count; i++)
        packs = arena_format(arena, "%.*s%s%.*s %.*s", STR_ARG(packs), packs.len > 0 ? ", " : "",
            STR_ARG(past->rules.packs[i].id), STR_ARG(past->rules.packs[i].version));
    return packs;
}

static struct year_capability *capability_of(struct year *year, struct str id)
{
    for (size_t i = 0; i < year->capability_count; i++)
        if (str_eq(year->capabilities[i].id, id))
            return &year->capabilities[i];
    year->capabilities = arena_grow(&year->arena, year->capabilities, year->capability_count,
        &year->capability_capacity, sizeof(*year->capabilities));
    struct year_capability *added = &year->capabilities[year->capability_count++];
    *added = (struct year_capability){.id = arena_str(&year->arena, id)};
    return added;
}

static void add_findings(struct year *year, struct past *past)
{
    struct rating_source source = {.house = past->def.organisation_profile, .rules = &past->rules};
    struct capability *items;
    struct scorer *scorer = past_score(past, &past->rules, &source.findings, &source.finding_count);
    source.rated_count = scorer_rated(scorer, &source.rated);
    size_t count = rating_find(&source, &past->arena, &items);
    for (size_t i = 0; i < count; i++) {
        struct year_capability *capability = capability_of(year, items[i].id);
        capability->satisfied += (int64_t)items[i].satisfied_count;
        capability->scored += (int64_t)items[i].scored_count;
        capability->tables += items[i].scored_count > 0;
    }
    scorer_free(scorer);
}

/* What is in its events; false when they cannot be read. */
static bool read_table(struct counting *counting, const struct record_exercise *exercise,
    const struct record_table *at, struct year_table *table, struct err *reterr)
{
    struct year *year = counting->year;
    struct past past = {0};
    struct past_lent lent = {counting->record, exercise, at, &counting->content};
    bool ok = past_open_lent(&past, &lent, reterr);
    if (ok) {
        table->title = copy_words(&year->arena, &past.def.title);
        table->organisation = arena_str(&year->arena, past.def.organisation);
        table->status = past.state->status;
        table->mode = (int)past.state->mode;
        table->packs = packs_of(&year->arena, &past);
        if (table->has_ended) {
            table->duration_ms = past.clock_ms;
            add_seats(year, &past, table);
        }
        year->ended_count += state_has_ended(past.state);
        if (state_has_ended(past.state))
            add_findings(year, &past);
    }
    past_close(&past);
    return ok;
}

static void add_table(struct counting *counting, const struct record_exercise *exercise,
    const struct record_table *at)
{
    struct year *year = counting->year;
    struct hash head = {0};
    int64_t head_seq = 0;
    struct err err = {0};
    year->tables = arena_grow(&year->arena, year->tables, year->table_count, &year->table_capacity,
        sizeof(*year->tables));
    struct year_table *table = &year->tables[year->table_count++];
    *table = (struct year_table){.id = at->id,
        .scenario = exercise->scenario,
        .wall_ms = at->opened_wall_ms,
        .is_from_file = at->manual_clock,
        .has_ended = at->has_ended};
    hash_hex(&exercise->content, table->content);
    table->is_whole = record_verify(counting->record, at->table, STR(""), &err) &&
                      record_head(counting->record, at->table, &head_seq, &head, &err) &&
                      read_table(counting, exercise, at, table, &err);
    if (table->has_ended) {
        table->head_seq = head_seq;
        hash_hex(&head, table->head);
    }
    if (!table->is_whole)
        table->damage = arena_str(&year->arena, str_of(err.message));
}

/* ---- the year ---- */

static bool add_all(struct counting *counting, struct err *reterr)
{
    struct year *year = counting->year;
    struct record_exercise *exercises;
    struct err err = {0};
    size_t count;
    if (!record_exercise_list(counting->record, &year->arena, &exercises, &count, reterr))
        return false;
    for (size_t i = 0; i < count; i++)
        for (size_t t = 0; t < exercises[i].table_count; t++)
            if (calendar_split(exercises[i].tables[t].opened_wall_ms, 0).year == year->year)
                add_table(counting, &exercises[i], &exercises[i].tables[t]);
    year->is_programme_whole = record_verify_programme(counting->record, &err);
    if (!year->is_programme_whole)
        year->programme_damage = arena_str(&year->arena, str_of(err.message));
    return true;
}

bool year_gather(struct year *year, const struct year_wanted *wanted, struct err *reterr)
{
    struct counting counting = {.year = year};
    struct plan_wanted plan = {
        .db = wanted->db, .with_names = wanted->with_names, .today = wanted->today};
    year->year = wanted->year;
    bool ok = plan_open(&year->plan, &plan, reterr) &&
              record_open(wanted->db, RECORD_READ, &counting.record, reterr) &&
              add_all(&counting, reterr);
    past_content_fini(&counting.content);
    record_close(counting.record);
    return ok;
}

void year_fini(struct year *year)
{
    plan_close(&year->plan);
    arena_fini(&year->arena);
}
