/* Looking things up in a profile. The lists are short; nothing is indexed. */
#include "core/organisation.h"

const char *const authority_names[AUTHORITY_COUNT] = {
    "may", "advises", "may-not", "may-in-emergency"};

const struct organisation_rung *organisation_rung(
    const struct organisation *organisation, struct str to)
{
    for (size_t i = 0; organisation && i < organisation->rung_count; i++)
        if (str_eq(organisation->ladder[i].to, to))
            return &organisation->ladder[i];
    return NULL;
}

const struct organisation_role *organisation_role(
    const struct organisation *organisation, struct str role)
{
    for (size_t i = 0; organisation && i < organisation->role_count; i++)
        if (str_eq(organisation->roles[i].id, role))
            return &organisation->roles[i];
    return NULL;
}

const struct def_stakeholder *organisation_contact(
    const struct organisation *organisation, struct str id)
{
    for (size_t i = 0; organisation && i < organisation->contact_count; i++)
        if (str_eq(organisation->contacts[i].id, id))
            return &organisation->contacts[i];
    return NULL;
}

struct str organisation_outsourced(const struct organisation *organisation, struct str role)
{
    const struct organisation_role *row = organisation_role(organisation, role);
    return row ? row->outsourced : STR("");
}

struct str organisation_holder(const struct organisation *organisation, struct str role)
{
    const struct organisation_role *row = organisation_role(organisation, role);
    return row && row->with.len > 0 ? row->with : role;
}

/* Who is behind a party: a seat's id, a stakeholder's, a contact's, or the role that stands for the
 * person. */
static struct str person(const struct def *def, struct str party)
{
    const struct organisation *organisation = def->organisation_profile;
    const struct def_seat *seat = def_seat_of(def, party);
    struct str outsourced = organisation_outsourced(organisation, party);
    if (seat)
        return seat->id;
    if (outsourced.len > 0)
        return outsourced;
    struct str holder = organisation_holder(organisation, party);
    seat = def_seat_of(def, holder);
    return seat ? seat->id : holder;
}

/* Whether the firm's own person sits there. */
static bool sits_for(const struct def *def, struct str party, struct str contact)
{
    const struct def_seat *seat = def_seat_of(def, party);
    return seat && seat->is_outsourced && str_eq(seat->outsourced, contact);
}

bool organisation_same_person(const struct def *def, struct str left, struct str right)
{
    return str_eq(person(def, left), person(def, right)) ||
           sits_for(def, left, person(def, right)) || sits_for(def, right, person(def, left));
}

bool organisation_may_stop(const struct organisation *organisation)
{
    return organisation && (organisation->authority == AUTHORITY_MAY ||
                               organisation->authority == AUTHORITY_MAY_IN_EMERGENCY);
}

int organisation_rating_from(const struct organisation *organisation, int rating)
{
    static const struct organisation_ratings usual = {.from_percent = {0, 80, 66, 50, 0}};
    bool is_own = organisation && organisation->ratings.from_percent[1] != 0;
    return 10 * (is_own ? &organisation->ratings : &usual)->from_percent[rating];
}

bool organisation_decides(
    const struct organisation *organisation, const struct organisation_rung *rung)
{
    const struct def_stakeholder *management =
        organisation_contact(organisation, STR("management"));
    return rung->decides || str_is(rung->to, "management") || str_is(rung->to, "executive") ||
           (management && management->deputy.len > 0 && str_eq(rung->to, management->deputy));
}
