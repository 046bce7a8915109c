/* What play makes of the organisation: who sits together, who is there besides, who may stop what.
 *
 * The scenario is written for any house; here it is fitted to this one. It comes after the forms,
 * so that what is told of a scenario's own mistakes is the same under every profile. */
#include "base/limits.h"
#include "core/organisation.h"
#include "load/loader.h"

/* ---- seats ---- */

/* Whether one person holds a role of each. */
static bool share_holder(const struct organisation *organisation, const struct def_seat *left,
    const struct def_seat *right)
{
    for (size_t l = 0; l < left->roles.count; l++)
        for (size_t r = 0; r < right->roles.count; r++)
            if (str_eq(organisation_holder(organisation, left->roles.items[l]),
                    organisation_holder(organisation, right->roles.items[r])))
                return true;
    return false;
}

/* The seat that goes in is still meant by its id: that stands among the roles. */
static void take_in(struct loader *loader, struct def_seat *seat, const struct def_seat *other)
{
    size_t count = seat->roles.count;
    struct str *roles = ARENA_ARRAY(loader->arena, count + other->roles.count + 1, struct str);
    for (size_t i = 0; i < count; i++)
        roles[i] = seat->roles.items[i];
    for (size_t i = 0; i < other->roles.count; i++)
        roles[count++] = other->roles.items[i];
    if (!strs_contain((struct strs){roles, count}, other->id))
        roles[count++] = other->id;
    seat->roles = (struct strs){roles, count};
}

/* Whom one seat joins may join others in their turn. */
static void combine_seats(struct loader *loader, struct def_seat *seats, size_t *count)
{
    const struct organisation *organisation = loader->def->organisation_profile;
    for (size_t i = 0; i < *count; i++)
        for (size_t other = i + 1; other < *count;) {
            if (!share_holder(organisation, &seats[i], &seats[other])) {
                other++;
                continue;
            }
            take_in(loader, &seats[i], &seats[other]);
            for (size_t rest = other + 1; rest < *count; rest++)
                seats[rest - 1] = seats[rest];
            (*count)--;
            other = i + 1;
        }
}

/* Nobody of the own house has a role there. */
static void mark_outsourced(const struct organisation *organisation, struct def_seat *seat)
{
    struct str contact = organisation_outsourced(organisation, seat->roles.items[0]);
    for (size_t i = 0; i < seat->roles.count; i++)
        if (organisation_outsourced(organisation, seat->roles.items[i]).len == 0)
            return;
    seat->is_outsourced = true;
    seat->outsourced = contact;
}

static void fit_seats(struct loader *loader)
{
    struct def *def = loader->def;
    struct def_seat *seats = ARENA_ARRAY(loader->arena, def->seat_count, struct def_seat);
    size_t count = def->seat_count;
    for (size_t i = 0; i < count; i++)
        seats[i] = def->seats[i];
    combine_seats(loader, seats, &count);
    for (size_t i = 0; i < count; i++)
        if (seats[i].roles.count > 0)
            mark_outsourced(def->organisation_profile, &seats[i]);
    def->seats = seats;
    def->seat_count = count;
}

/* ---- contacts ---- */

static bool can_be_reached(const struct def_stakeholder *contact)
{
    for (int channel = 0; channel < CHANNEL_COUNT; channel++)
        if (contact->reach[channel].answer != ANSWER_NO_CHANNEL)
            return true;
    return false;
}

static const struct def_stakeholder *find(
    const struct def_stakeholder *people, size_t count, struct str id)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(people[i].id, id))
            return &people[i];
    return NULL;
}

/* A contact that the scenario does not have and that says how it is reached is there. A deputy who
 * is not there stands in for nobody. */
static void add_contacts(struct loader *loader, const struct tree_node *house)
{
    struct def *def = loader->def;
    const struct organisation *organisation = def->organisation_profile;
    size_t own = def->stakeholder_count, count = own;
    struct def_stakeholder *people =
        ARENA_ARRAY(loader->arena, own + organisation->contact_count, struct def_stakeholder);
    for (size_t i = 0; i < own; i++)
        people[i] = def->stakeholders[i];
    for (size_t i = 0; i < organisation->contact_count; i++) {
        const struct def_stakeholder *contact = &organisation->contacts[i];
        if (can_be_reached(contact) && !find(people, count, contact->id) &&
            !def_seat_of(def, contact->id)) {
            people[count] = *contact;
            people[count++].is_of_house = true;
        }
    }
    for (size_t i = own; i < count; i++)
        if (!find(people, count, people[i].deputy)) {
            people[i].deputy = STR("");
            people[i].forwards = false;
        }
    if (count > LIMIT_STAKEHOLDERS) {
        loader_error(loader, tree_get(house, STR("contacts")),
            "with the %zu people of the scenario, these contacts make %zu who can be reached, at "
            "most %d are possible; remove some of them, or their \"reach:\"",
            own, count, LIMIT_STAKEHOLDERS);
        return;
    }
    def->stakeholders = people;
    def->stakeholder_count = count;
}

void load_house(struct loader *loader, const struct tree_node *house)
{
    if (!loader->def->organisation_profile)
        return;
    fit_seats(loader);
    add_contacts(loader, house);
}

/* ---- authority ---- */

static void add(struct strs *list, struct str *items, struct str name)
{
    if (name.len > 0 && !strs_contain(*list, name))
        items[list->count++] = name;
}

/* Who may order that people's systems are stopped: the roles that use the team's authority if it
 * has any, and the management with its deputy. Whoever this scenario lacks is named all the same:
 * an empty list would let everybody. */
static struct strs who_may_stop(struct loader *loader)
{
    const struct def *def = loader->def;
    const struct organisation *organisation = def->organisation_profile;
    const struct str management = STR("management"), executive = STR("executive");
    const struct def_stakeholder *contact = organisation_contact(organisation, management);
    const struct def_stakeholder *own = find(def->stakeholders, def->stakeholder_count, management);
    size_t by_count = organisation_may_stop(organisation) ? organisation->stopped_by.count : 0;
    struct str *items = ARENA_ARRAY(loader->arena, by_count + 4, struct str);
    struct strs list = {items, 0};
    add(&list, items, management);
    add(&list, items, contact ? contact->deputy : STR(""));
    add(&list, items, own ? own->deputy : STR(""));
    if (def_seat_of(def, executive))
        add(&list, items, executive);
    for (size_t i = 0; i < by_count; i++)
        add(&list, items, organisation->stopped_by.items[i]);
    return list;
}

void load_house_authority(struct loader *loader)
{
    struct def *def = loader->def;
    if (!def->organisation_profile)
        return;
    struct strs list = who_may_stop(loader);
    struct def_action *actions = ARENA_ARRAY(loader->arena, def->action_count, struct def_action);
    for (size_t i = 0; i < def->action_count; i++) {
        actions[i] = def->actions[i];
        if (actions[i].stops)
            actions[i].authority = list;
    }
    def->actions = actions;
    for (size_t i = 0; i < def->question_count; i++)
        if (loader->questions[i].stops)
            loader->questions[i].owners = list;
}
