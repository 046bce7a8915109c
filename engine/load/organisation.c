/* roles/organisations/<name>.yaml: whom a team serves, what it may stop, who must hear when, and
 * who holds which role.
 *
 * What play makes of it is in load/house.c. A profile may leave out `roles:`; one that has them
 * says it of every role of the catalogue, and is then asked whether its ladder can work. Roles that
 * the catalogue does not have are let pass: a house may name more than it trains. */
#include "core/organisation.h"

#include <stddef.h>

#include "base/limits.h"
#include "load/people.h"
#include "load/reference.h"

#define AT(type, member) offsetof(struct type, member)
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct form_row rung_rows[] = {
    {"to", FORM_REQUIRED, form_id, AT(organisation_rung, to), .help = "a role or a contact"},
    {"from", FORM_OPTIONAL, form_id, AT(organisation_rung, from),
        .help = "the role that tells; `poc` if absent"},
    {"when", FORM_REQUIRED, form_words, AT(organisation_rung, when), .help = "when it is told"},
    {"within", FORM_OPTIONAL, form_ms, AT(organisation_rung, within_ms), .help = "how soon"},
    {"decides", FORM_OPTIONAL, form_bool, AT(organisation_rung, decides),
        .help = "whoever is told may decide what the team may not; so may `management`, its deputy "
                "and the `executive` in any case"},
    {"instead", FORM_OPTIONAL, form_words, AT(organisation_rung, instead),
        .help = "what is done where one person is both `from` and `to`"},
};
static const struct form rung_form = {.what = "a rung of the ladder",
    .rows = rung_rows,
    .row_count = COUNT(rung_rows),
    .size = sizeof(struct organisation_rung),
    .limit = LIMIT_LIST_ITEMS};

static const struct form_row held_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(organisation_role, id), .help = "a role of the catalogue"},
    {"with", FORM_OPTIONAL, form_id, AT(organisation_role, with),
        .help = "the role whose holder holds this one, too"},
    {"outsourced", FORM_OPTIONAL, form_id, AT(organisation_role, outsourced),
        .help = "the contact whose people do it"},
};
static const struct form held_form = {.what = "an entry of \"roles:\"",
    .rows = held_rows,
    .row_count = COUNT(held_rows),
    .size = sizeof(struct organisation_role),
    .limit = LIMIT_LIST_ITEMS};

static void check_ratings(struct loader *loader, const struct tree_node *node, void *target)
{
    const int *from = ((const struct organisation_ratings *)target)->from_percent;
    if (from[1] != 0 && from[2] != 0 && from[3] != 0 && !(from[1] > from[2] && from[2] > from[3]))
        loader_error(loader, node,
            "P takes %d points, S %d and M %d; each better rating must take more than the next",
            from[1], from[2], from[3]);
}

#define RATING(key, rating, english)                                                               \
    {                                                                                              \
        key, FORM_REQUIRED, form_range, AT(organisation_ratings, from_percent[rating]),            \
            .min = 1, .max = 100, .help = english                                                  \
    }
static const struct form_row rating_rows[] = {
    RATING("P", 1, "performed without challenges"),
    RATING("S", 2, "with some challenges"),
    RATING("M", 3, "with major challenges; below it is U, unable to be performed"),
};
static const struct form ratings_form = {.what = "the scale of ratings",
    .rows = rating_rows,
    .row_count = COUNT(rating_rows),
    .finish = check_ratings};

static const struct form_row organisation_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(organisation, id), .help = "its name, which is the file's"},
    {"name", FORM_REQUIRED, form_words, AT(organisation, name), .help = "how it is called"},
    {"constituency", FORM_REQUIRED, form_words, AT(organisation, constituency),
        .help = "whom the team serves"},
    {"mission", FORM_OPTIONAL, form_words, AT(organisation, mission), .help = "what for"},
    {"services", FORM_OPTIONAL, form_texts, AT(organisation, services),
        .is = "a list of texts in both languages", .help = "what it does for them"},
    {"position", FORM_OPTIONAL, form_words, AT(organisation, position),
        .help = "where in the house the team stands, and under whom"},
    {"authority", FORM_REQUIRED, form_name, AT(organisation, authority), .names = authority_names,
        .name_count = AUTHORITY_COUNT, .help = "over stopping other people's systems"},
    {"report_within", FORM_OPTIONAL, form_ms, AT(organisation, report_within_ms),
        .help = "with `may-in-emergency`: how soon such a stop is reported"},
    {"stopped_by", FORM_OPTIONAL, form_ids, AT(organisation, stopped_by),
        .help = "the roles that use the authority; `commander` if absent"},
    {"ladder", FORM_OPTIONAL, form_list, AT(organisation, ladder), .form = &rung_form,
        .count_offset = AT(organisation, rung_count), .help = "escalation, in its order"},
    {"contacts", FORM_OPTIONAL, form_list, AT(organisation, contacts), .form = &people_contact_form,
        .count_offset = AT(organisation, contact_count), .help = "people outside the team"},
    {"roles", FORM_OPTIONAL, form_list, AT(organisation, roles), .form = &held_form,
        .count_offset = AT(organisation, role_count),
        .help = "who holds each role of the catalogue: somebody of its own, whoever holds another "
                "role, or a contact"},
    {"ratings", FORM_OPTIONAL, form_inner, AT(organisation, ratings), .form = &ratings_form,
        .help = "from how many of 100 points each rating is proposed; `{P: 80, S: 66, M: 50}` if "
                "absent"},
};
const struct form organisation_form = {
    .what = "an organisation", .rows = organisation_rows, .row_count = COUNT(organisation_rows)};

static bool is_catalogue_role(const struct loader *loader, struct str id)
{
    for (size_t i = 0; i < loader->def->role_count; i++)
        if (str_eq(loader->def->roles[i].id, id))
            return true;
    return false;
}

/* What one check needs; the nodes are found again by their keys. */
struct reading {
    struct loader *loader;
    const struct tree_node *root;
    const struct organisation *organisation;
};

/* Where the item of a list of the profile, or one key of it, is written. */
static const struct tree_node *item_node(
    const struct reading *reading, const char *list, size_t item, const char *key)
{
    const struct tree_node *node = tree_get(reading->root, str_of(list));
    if (item < node->count)
        node = node->items[item];
    const struct tree_node *value = key ? tree_get(node, str_of(key)) : NULL;
    return value ? value : node;
}

static bool is_role(const struct reading *reading, struct str id)
{
    return is_catalogue_role(reading->loader, id) ||
           organisation_role(reading->organisation, id) != NULL;
}

/* Whoever the profile mentions must be one of its contacts or a role. */
static void check_mention(
    const struct reading *reading, const struct tree_node *place, struct str name)
{
    struct loader *loader = reading->loader;
    if (name.len == 0 || strs_contain(loader->contacts, name) || is_role(reading, name))
        return;
    loader_error(loader, place, "no role and no contact of this organisation is called \"%.*s\"%s",
        STR_ARG(name), loader_guess(loader, name, loader->contacts));
}

static struct strs catalogue_names(const struct loader *loader)
{
    struct str *names = ARENA_ARRAY(loader->arena, loader->def->role_count, struct str);
    for (size_t i = 0; i < loader->def->role_count; i++)
        names[i] = loader->def->roles[i].id;
    return (struct strs){names, loader->def->role_count};
}

/* ---- who holds what ---- */

static void check_held(const struct reading *reading, size_t at)
{
    struct loader *loader = reading->loader;
    const struct organisation *organisation = reading->organisation;
    const struct organisation_role *role = &organisation->roles[at];
    const struct organisation_role *with = organisation_role(organisation, role->with);
    const struct tree_node *place = item_node(reading, "roles", at, "with");
    struct str near = str_nearest(role->id, catalogue_names(loader));
    if (!is_catalogue_role(loader, role->id) && near.len > 0)
        loader_tell(loader, KIND_UNKNOWN_NAME, item_node(reading, "roles", at, "id"),
            "no role of the catalogue is called \"%.*s\"; did you mean \"%.*s\"?",
            STR_ARG(role->id), STR_ARG(near));
    if (role->outsourced.len > 0 && !strs_contain(loader->contacts, role->outsourced))
        loader_tell(loader, KIND_UNKNOWN_NAME, item_node(reading, "roles", at, "outsourced"),
            "no contact of this organisation is called \"%.*s\"%s", STR_ARG(role->outsourced),
            loader_guess(loader, role->outsourced, loader->contacts));
    if (role->with.len == 0)
        return;
    if (role->outsourced.len > 0)
        loader_error(loader, place,
            "\"%.*s\" cannot be outsourced and held with another role; keep one of the two",
            STR_ARG(role->id));
    else if (!with)
        loader_tell(loader, KIND_UNKNOWN_NAME, place,
            "\"with:\" names \"%.*s\", which does not stand under \"roles:\"", STR_ARG(role->with));
    else if (with->with.len > 0 || with->outsourced.len > 0)
        loader_error(loader, place,
            "\"%.*s\" is %s itself; name a role that somebody of its own holds",
            STR_ARG(role->with),
            with == role               ? "that role"
            : with->outsourced.len > 0 ? "outsourced"
                                       : "held with another role");
}

static void check_all_held(const struct reading *reading)
{
    struct loader *loader = reading->loader;
    for (size_t i = 0; i < loader->def->role_count; i++) {
        struct str role = loader->def->roles[i].id;
        if (!organisation_role(reading->organisation, role))
            loader_tell(loader, KIND_UNHELD_ROLE, tree_get(reading->root, STR("roles")),
                "nobody holds the role \"%.*s\"; say who does: {id: %.*s}, with \"with:\" another "
                "role or \"outsourced:\" to a contact if it is not somebody of its own",
                STR_ARG(role), STR_ARG(role));
    }
}

/* ---- the ladder ---- */

static void check_rung(const struct reading *reading, size_t at)
{
    const struct organisation *organisation = reading->organisation;
    const struct organisation_rung *rung = &organisation->ladder[at];
    struct str from = rung->from.len > 0 ? rung->from : STR("poc");
    struct str teller = organisation_holder(organisation, from);
    struct str told = organisation_holder(organisation, rung->to);
    for (size_t i = 0; i < at; i++)
        if (rung->to.len > 0 && str_eq(organisation->ladder[i].to, rung->to))
            loader_tell(reading->loader, KIND_DUPLICATE, item_node(reading, "ladder", at, "to"),
                "a rung leads to \"%.*s\" already, in line %d; keep one of them", STR_ARG(rung->to),
                item_node(reading, "ladder", i, "to")->place.line);
    if (!str_eq(teller, told) || rung->instead.in[LANG_EN].len > 0)
        return;
    loader_tell(reading->loader, KIND_TELLS_ONESELF, item_node(reading, "ladder", at, "to"),
        "whoever holds \"%.*s\" also holds \"%.*s\" and would tell nobody else; say \"from:\" whom "
        "it comes, or what is done \"instead:\"",
        STR_ARG(from), STR_ARG(rung->to));
}

/* Where the deputies of deputies lead back to the contact. */
static bool is_own_deputy(const struct organisation *organisation, size_t at)
{
    const struct def_stakeholder *contact = &organisation->contacts[at];
    for (size_t steps = 0; contact && steps < organisation->contact_count; steps++) {
        if (contact->deputy.len == 0)
            return false;
        contact = organisation_contact(organisation, contact->deputy);
        if (contact == &organisation->contacts[at])
            return true;
    }
    return false;
}

static void check_deputies(const struct reading *reading)
{
    const struct organisation *organisation = reading->organisation;
    for (size_t i = 0; i < organisation->contact_count; i++) {
        if (!is_own_deputy(organisation, i))
            continue;
        loader_error(reading->loader, item_node(reading, "contacts", i, "deputy"),
            "the deputies lead from \"%.*s\" back to it; let one of them have none",
            STR_ARG(organisation->contacts[i].id));
        return;
    }
}

static void check_ladder(const struct reading *reading)
{
    const struct organisation *organisation = reading->organisation;
    bool decides = false;
    for (size_t i = 0; i < organisation->rung_count; i++)
        decides = decides || organisation_decides(organisation, &organisation->ladder[i]);
    if (organisation->rung_count == 0)
        loader_tell(reading->loader, KIND_OPEN_LADDER, reading->root,
            "there is no \"ladder:\"; say who must hear, when and how soon");
    else if (!decides)
        loader_tell(reading->loader, KIND_OPEN_LADDER, tree_get(reading->root, STR("ladder")),
            "nobody on the ladder may decide what the team may not; add a rung to management, or "
            "say \"decides: yes\" of the one who may");
}

/* ---- authority ---- */

static void check_authority(const struct reading *reading)
{
    struct loader *loader = reading->loader;
    const struct organisation *organisation = reading->organisation;
    const struct tree_node *within = tree_get(reading->root, STR("report_within"));
    const struct tree_node *by = tree_get(reading->root, STR("stopped_by"));
    if (within && organisation->authority != AUTHORITY_MAY_IN_EMERGENCY)
        loader_error(loader, within,
            "\"report_within:\" goes with \"authority: may-in-emergency\" alone; remove it");
    if (!within && organisation->authority == AUTHORITY_MAY_IN_EMERGENCY &&
        organisation->role_count)
        loader_error(loader, reading->root,
            "\"authority: may-in-emergency\" needs \"report_within:\", how soon a stop is "
            "reported");
    if (by && !organisation_may_stop(organisation))
        loader_error(loader, by,
            "\"stopped_by:\" needs \"authority: may\" or \"may-in-emergency\"; this team %s",
            organisation->authority == AUTHORITY_ADVISES ? "advises" : "may not");
    for (size_t i = 0; by && i < organisation->stopped_by.count; i++)
        if (!is_role(reading, organisation->stopped_by.items[i]))
            loader_tell(loader, KIND_UNKNOWN_NAME, by,
                "no role of the catalogue is called \"%.*s\"%s",
                STR_ARG(organisation->stopped_by.items[i]),
                loader_guess(loader, organisation->stopped_by.items[i], catalogue_names(loader)));
}

/* Whoever asks for the file's name must get what says it of itself. */
static void check_id(const struct reading *reading)
{
    struct str name = reading->loader->def->organisation;
    const struct tree_node *id = tree_get(reading->root, STR("id"));
    if (reading->organisation->id.len > 0 && !str_eq(reading->organisation->id, name))
        loader_error(
            reading->loader, id, "the profile of this file is called \"%.*s\"", STR_ARG(name));
}

static void check_organisation(const struct reading *reading)
{
    const struct organisation *organisation = reading->organisation;
    check_id(reading);
    for (size_t i = 0; i < organisation->contact_count; i++)
        check_mention(
            reading, item_node(reading, "contacts", i, "deputy"), organisation->contacts[i].deputy);
    for (size_t i = 0; i < organisation->rung_count; i++) {
        check_mention(reading, item_node(reading, "ladder", i, "to"), organisation->ladder[i].to);
        check_mention(
            reading, item_node(reading, "ladder", i, "from"), organisation->ladder[i].from);
        check_rung(reading, i);
    }
    check_deputies(reading);
    check_authority(reading);
    if (organisation->role_count == 0)
        return;
    for (size_t i = 0; i < organisation->role_count; i++)
        check_held(reading, i);
    check_all_held(reading);
    check_ladder(reading);
}

void load_organisation(struct loader *loader, const struct tree_node *root)
{
    struct organisation *organisation = ARENA_NEW(loader->arena, struct organisation);
    struct reading reading = {loader, root, organisation};
    if (!form_fill(loader, &organisation_form, root, organisation))
        return;
    struct str *contacts = ARENA_ARRAY(loader->arena, organisation->contact_count, struct str);
    for (size_t i = 0; i < organisation->contact_count; i++)
        contacts[i] = organisation->contacts[i].id;
    loader->contacts = (struct strs){contacts, organisation->contact_count};
    if (organisation->stopped_by.count == 0) {
        struct str *commander = ARENA_NEW(loader->arena, struct str);
        *commander = STR("commander");
        organisation->stopped_by = (struct strs){commander, 1};
    }
    loader->def->organisation_profile = organisation;
    check_organisation(&reading);
}
