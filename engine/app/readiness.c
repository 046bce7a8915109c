/* A role was exercised when its seat did something at a table that came to its ENDEX: a seat that
 * was there and silent proves nothing. Catalogue, profile and contacts are the newest exercise's,
 * because readiness is about the house as it is now. */
#include "app/readiness.h"

#include <stdlib.h>

#include "app/past.h"
#include "core/organisation.h"

struct looking {
    struct readiness *readiness;
    struct record *record;
    struct record_exercise *exercises;
    size_t exercise_count;
    struct past_content content;
};

/* ---- what there is to be ready ---- */

static struct words copy_words(struct arena *arena, const struct words *words)
{
    struct words copy;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        copy.in[lang] = arena_str(arena, words->in[lang]);
    return copy;
}

static void begin_roles(struct readiness *readiness, const struct def *def)
{
    struct arena *arena = &readiness->arena;
    const struct organisation *house = def->organisation_profile;
    readiness->roles = ARENA_ARRAY(arena, def->role_count + 1, struct readiness_role);
    for (size_t i = 0; i < def->role_count; i++) {
        struct readiness_role *role = &readiness->roles[readiness->role_count++];
        const struct organisation_role *held =
            house != NULL ? organisation_role(house, def->roles[i].id) : NULL;
        role->id = arena_str(arena, def->roles[i].id);
        role->name = copy_words(arena, &def->roles[i].name);
        role->with = arena_str(arena, held != NULL ? held->with : STR(""));
        role->outsourced = arena_str(arena, held != NULL ? held->outsourced : STR(""));
    }
}

static void begin_contacts(struct readiness *readiness, const struct def *def)
{
    struct arena *arena = &readiness->arena;
    const struct organisation *house = def->organisation_profile;
    size_t count = house != NULL ? house->contact_count : 0;
    readiness->contacts = ARENA_ARRAY(arena, count + 1, struct readiness_contact);
    for (size_t i = 0; i < count; i++)
        readiness->contacts[readiness->contact_count++] =
            (struct readiness_contact){.id = arena_str(arena, house->contacts[i].id),
                .name = copy_words(arena, &house->contacts[i].name),
                .deputy = arena_str(arena, house->contacts[i].deputy)};
}

/* ---- what exercises show ---- */

static void note_holder(
    struct readiness *readiness, struct readiness_role *role, const struct readiness_holder *holder)
{
    for (size_t i = 0; i < role->holder_count; i++) {
        struct readiness_holder *known = &role->holders[i];
        bool is_same = holder->person.len > 0 || known->person.len > 0
                           ? str_eq(known->person, holder->person)
                           : str_eq(known->seat, holder->seat);
        if (is_same) {
            *known = *holder;
            return;
        }
    }
    role->holders = arena_grow(&readiness->arena, role->holders, role->holder_count,
        &role->holder_capacity, sizeof(*role->holders));
    role->holders[role->holder_count++] = *holder;
}

/* Several persons may have sat there one after the other; each who acted is a holder. */
static void note_seat(struct readiness *readiness, const struct past *past,
    const struct def_seat *seat, const struct readiness_when *when)
{
    struct arena *arena = &readiness->arena;
    struct readiness_holder holder = {.seat = arena_str(arena, seat->id), .last = *when};
    bool has_acted = false;
    for (size_t i = 0; i < past->event_count; i++) {
        const struct event *event = &past->events[i];
        bool is_assigned =
            event->kind == EVENT_ASSIGNED && str_eq(event->body.assigned.seat, seat->id);
        if (is_assigned) {
            holder.person = arena_str(arena, event->body.assigned.person);
            holder.by_person = alias_tells(&readiness->alias, &past->exercise, holder.person);
        }
        /* What has reached a seat was opened there, and that is a deed. */
        if (is_assigned || !str_eq(event->actor, seat->id) || event->kind == EVENT_LEARNED)
            continue;
        for (size_t r = 0; r < readiness->role_count; r++) {
            struct readiness_role *role = &readiness->roles[r];
            if (!strs_contain(seat->roles, role->id))
                continue;
            role->last = *when;
            role->exercise_count += !has_acted;
            note_holder(readiness, role, &holder);
        }
        has_acted = true;
    }
}

static struct readiness_contact *contact_of(struct readiness *readiness, struct str id)
{
    for (size_t i = 0; i < readiness->contact_count; i++)
        if (str_eq(readiness->contacts[i].id, id))
            return &readiness->contacts[i];
    return NULL;
}

static void note_contacts(
    struct readiness *readiness, const struct past *past, const struct readiness_when *when)
{
    for (size_t i = 0; i < past->event_count; i++) {
        const struct event *event = &past->events[i];
        bool is_reached = event->kind == EVENT_REACHED;
        if (!is_reached && event->kind != EVENT_UNREACHED)
            continue;
        struct readiness_contact *contact =
            contact_of(readiness, is_reached ? event->actor : event->body.unreached.party);
        if (contact == NULL)
            continue;
        contact->is_reached = is_reached;
        if (is_reached) {
            contact->reached = *when;
        } else {
            contact->unreached = *when;
            contact->reason = event->body.unreached.reason;
        }
    }
}

/* ---- all exercises, in the order in which they were created ---- */

static bool look_at(struct looking *looking, const struct record_exercise *exercise,
    const struct record_table *table, struct err *reterr)
{
    struct readiness *readiness = looking->readiness;
    struct past past = {0};
    struct past_lent lent = {looking->record, exercise, table, &looking->content};
    bool ok = past_open_lent(&past, &lent, reterr);
    if (ok && str_eq(past.def.organisation, readiness->team) && state_has_ended(past.state)) {
        struct readiness_when when = {.exercise = table->id,
            .wall_ms = table->opened_wall_ms,
            .is_from_file = table->manual_clock};
        readiness->table_count++;
        for (size_t i = 0; i < past.def.seat_count; i++)
            note_seat(readiness, &past, &past.def.seats[i], &when);
        note_contacts(readiness, &past, &when);
    }
    past_close(&past);
    return ok;
}

static bool look_at_all(struct looking *looking, struct err *reterr)
{
    for (size_t i = 0; i < looking->exercise_count; i++) {
        const struct record_exercise *exercise = &looking->exercises[i];
        for (size_t t = 0; t < exercise->table_count; t++)
            if (exercise->tables[t].has_ended &&
                !look_at(looking, exercise, &exercise->tables[t], reterr))
                return false;
    }
    return true;
}

/* The newest exercise of the organisation says what there is. */
static bool begin(struct looking *looking, struct str team, struct err *reterr)
{
    struct readiness *readiness = looking->readiness;
    for (size_t i = looking->exercise_count; i-- > 0;) {
        struct arena arena = {0};
        struct def def;
        struct rules rules;
        struct past_pinned pinned = {&def, &rules};
        bool ok = past_load_pinned(
            looking->record, looking->exercises[i].exercise, &arena, pinned, reterr);
        bool is_it = ok && (team.len == 0 || str_eq(def.organisation, team));
        if (is_it) {
            readiness->team = arena_str(&readiness->arena, def.organisation);
            begin_roles(readiness, &def);
            begin_contacts(readiness, &def);
        }
        arena_fini(&arena);
        if (is_it || !ok)
            return ok;
    }
    return err_set(reterr, ERR_USAGE,
        team.len > 0 ? "no exercise was played by a team of \"%.*s\"; tocsin list shows whose they "
                       "are"
                     : "the record holds no exercise yet%.*s",
        STR_ARG(team));
}

/* ---- the order: the most pressing first ---- */

static int compare_when(const struct readiness_when *first, const struct readiness_when *second)
{
    if (first->wall_ms != second->wall_ms)
        return first->wall_ms < second->wall_ms ? -1 : 1;
    return 0;
}

static int compare_roles(const void *a, const void *b)
{
    const struct readiness_role *first = a, *second = b;
    int by_when = compare_when(&first->last, &second->last);
    return by_when != 0 ? by_when : str_cmp(first->id, second->id);
}

static int compare_holders(const void *a, const void *b)
{
    const struct readiness_holder *first = a, *second = b;
    int by_when = compare_when(&second->last, &first->last);
    return by_when != 0 ? by_when : str_cmp(first->seat, second->seat);
}

static int pressing(const struct readiness_contact *contact)
{
    bool is_tried = contact->reached.exercise.len > 0 || contact->unreached.exercise.len > 0;
    return !is_tried ? 0 : !contact->is_reached ? 1 : 2;
}

static int compare_contacts(const void *a, const void *b)
{
    const struct readiness_contact *first = a, *second = b;
    if (pressing(first) != pressing(second))
        return pressing(first) - pressing(second);
    int by_when = compare_when(&first->reached, &second->reached);
    return by_when != 0 ? by_when : str_cmp(first->id, second->id);
}

static void sort(struct readiness *readiness)
{
    qsort(readiness->roles, readiness->role_count, sizeof(*readiness->roles), compare_roles);
    qsort(readiness->contacts, readiness->contact_count, sizeof(*readiness->contacts),
        compare_contacts);
    for (size_t i = 0; i < readiness->role_count; i++)
        if (readiness->roles[i].holder_count > 0)
            qsort(readiness->roles[i].holders, readiness->roles[i].holder_count,
                sizeof(*readiness->roles[i].holders), compare_holders);
}

/* ---- all of it ---- */

bool readiness_gather(
    struct readiness *readiness, const struct readiness_wanted *wanted, struct err *reterr)
{
    struct looking looking = {.readiness = readiness};
    readiness->today = wanted->today;
    readiness->alias.with_names = wanted->with_names;
    bool ok = record_open(wanted->db, RECORD_READ, &looking.record, reterr) &&
              record_exercise_list(looking.record, &readiness->arena, &looking.exercises,
                  &looking.exercise_count, reterr) &&
              alias_read(looking.record, &readiness->arena, &readiness->alias, reterr) &&
              begin(&looking, wanted->team, reterr) && look_at_all(&looking, reterr);
    if (ok)
        sort(readiness);
    past_content_fini(&looking.content);
    record_close(looking.record);
    return ok;
}

void readiness_fini(struct readiness *readiness)
{
    arena_fini(&readiness->arena);
}
