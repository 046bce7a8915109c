/* The house behind a team: whom it serves, what it may stop, who must hear, who holds which role.
 *
 * Plain data like the rest of a definition, which points to it. Every function here takes NULL for
 * a definition without a profile. */
#ifndef CORE_ORGANISATION_H
#define CORE_ORGANISATION_H

#include "core/def.h"
#include "core/event.h"

/* Over stopping other people's systems. */
enum authority {
    AUTHORITY_MAY,
    AUTHORITY_ADVISES,
    AUTHORITY_MAY_NOT,
    AUTHORITY_MAY_IN_EMERGENCY,
    AUTHORITY_COUNT
};
extern const char *const authority_names[AUTHORITY_COUNT]; /* "may" "advises" ... */

/* One rung of the escalation ladder. */
struct organisation_rung {
    struct str to;   /* a role or a contact */
    struct str from; /* the role that tells; the PoC unless the profile says so */
    struct words when;
    int64_t within_ms; /* 0: no length is given */
    bool decides;      /* says that whoever is told may decide */
    /* What is done where `from` and `to` are one person; empty: nothing is said. */
    struct words instead;
};

/* Who holds a role. Neither `with` nor `outsourced`: somebody of its own, in the house. */
struct organisation_role {
    struct str id;
    struct str with;       /* the role whose holder holds this one, too; or empty */
    struct str outsourced; /* the contact whose people do it; or empty */
};

/* From how many points on, in percent, each of the ratings P, S and M is proposed; by rating, as
 * `rating_names` counts them. All 0: the house says nothing of it. */
struct organisation_ratings {
    int from_percent[RATING_COUNT];
};

struct organisation {
    struct str id;
    struct words name, constituency, mission, position;
    struct strs services; /* texts, laid out language by language */
    enum authority authority;
    int64_t report_within_ms; /* IN_EMERGENCY: how soon the stop is reported */
    struct strs stopped_by;   /* roles that use the authority */
    const struct organisation_rung *ladder;
    size_t rung_count;
    const struct def_stakeholder *contacts; /* a deputy may be a role here */
    size_t contact_count;
    const struct organisation_role *roles;
    size_t role_count;
    struct organisation_ratings ratings;
};

/* NULL when the profile has none. */
const struct organisation_rung *organisation_rung(
    const struct organisation *organisation, struct str to);
const struct organisation_role *organisation_role(
    const struct organisation *organisation, struct str role);
const struct def_stakeholder *organisation_contact(
    const struct organisation *organisation, struct str id);

/* The contact that does a role's work, or empty. */
struct str organisation_outsourced(const struct organisation *organisation, struct str role);

/* The role that stands for the person who holds this one: itself, or the one it is held with. */
struct str organisation_holder(const struct organisation *organisation, struct str role);

/* The points, in thousandths, from which a rating is proposed: the house's, or those of the usual
 * scale. U takes none. */
int organisation_rating_from(const struct organisation *organisation, int rating);

/* Whether two parties (roles, seats, stakeholders) are one person: one seat holds both, or the
 * profile says that one person does, or one is the contact that does the other's work. Telling
 * oneself is no duty. */
bool organisation_same_person(const struct def *def, struct str left, struct str right);

/* Whether the authority lets the team stop systems that are not its own. */
bool organisation_may_stop(const struct organisation *organisation);

/* Whether somebody on the ladder may decide what the team may not: the management and its deputy,
 * the executive, or whom a rung names as such. */
bool organisation_decides(
    const struct organisation *organisation, const struct organisation_rung *rung);

#endif
