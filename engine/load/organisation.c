/* roles/organisations/<name>.yaml: whom a team serves, who is outside it, and who must hear when.
 */
#include "base/limits.h"
#include "load/reference.h"

#define AT(type, member) offsetof(struct type, member)

struct organisation_contact {
    struct str id;
    struct words name, contact;
    struct str deputy; /* another contact */
};

/* One rung of the escalation ladder. */
struct organisation_rung {
    struct str to;
    struct words when;
    int64_t within_ms;
};

/* What the profile holds. Until play follows it, it is checked, and its contacts are names that
 * rule packs may use. */
struct organisation {
    struct str id;
    struct words name, constituency, mission;
    int authority;
    const struct organisation_rung *ladder;
    size_t rung_count;
    const struct organisation_contact *contacts;
    size_t contact_count;
};

/* Over stopping other people's systems. */
static const char *const authority_names[] = {"may", "advises", "may-not", "may-in-emergency"};

static const struct form_row contact_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(organisation_contact, id), .help = "how rule packs call it"},
    {"name", FORM_REQUIRED, form_words, AT(organisation_contact, name), .help = "who it is"},
    {"contact", FORM_OPTIONAL, form_words, AT(organisation_contact, contact),
        .help = "how to reach it"},
    {"deputy", FORM_OPTIONAL, form_id, AT(organisation_contact, deputy),
        .help = "another contact or a role"},
};
static const struct form contact_form = {
    .what = "a contact",
    .rows = contact_rows,
    .row_count = sizeof(contact_rows) / sizeof(contact_rows[0]),
    .size = sizeof(struct organisation_contact),
    .limit = LIMIT_STAKEHOLDERS,
};

static const struct form_row rung_rows[] = {
    {"to", FORM_REQUIRED, form_id, AT(organisation_rung, to), .help = "a role or a contact"},
    {"when", FORM_REQUIRED, form_words, AT(organisation_rung, when), .help = "when it is told"},
    {"within", FORM_OPTIONAL, form_ms, AT(organisation_rung, within_ms), .help = "how soon"},
};
static const struct form rung_form = {
    .what = "a rung of the ladder",
    .rows = rung_rows,
    .row_count = sizeof(rung_rows) / sizeof(rung_rows[0]),
    .size = sizeof(struct organisation_rung),
    .limit = LIMIT_LIST_ITEMS,
};

static const struct form_row organisation_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(organisation, id), .help = "its name, which is the file's"},
    {"name", FORM_REQUIRED, form_words, AT(organisation, name), .help = "how it is called"},
    {"constituency", FORM_REQUIRED, form_words, AT(organisation, constituency),
        .help = "whom the team serves"},
    {"mission", FORM_OPTIONAL, form_words, AT(organisation, mission), .help = "what for"},
    {"authority", FORM_REQUIRED, form_name, AT(organisation, authority), .names = authority_names,
        .name_count = sizeof(authority_names) / sizeof(authority_names[0]),
        .help = "over stopping other people's systems"},
    {"ladder", FORM_OPTIONAL, form_list, AT(organisation, ladder), .form = &rung_form,
        .count_offset = AT(organisation, rung_count), .help = "escalation, in its order"},
    {"contacts", FORM_OPTIONAL, form_list, AT(organisation, contacts), .form = &contact_form,
        .count_offset = AT(organisation, contact_count), .help = "people outside the team"},
};
const struct form organisation_form = {
    .what = "an organisation",
    .rows = organisation_rows,
    .row_count = sizeof(organisation_rows) / sizeof(organisation_rows[0]),
};

static bool is_role(const struct loader *loader, struct str id)
{
    for (size_t i = 0; i < loader->def->role_count; i++)
        if (str_eq(loader->def->roles[i].id, id))
            return true;
    return false;
}

/* Whoever the profile mentions must be one of its contacts or a role. */
static void check_mention(struct loader *loader, const struct tree_node *place, struct str name)
{
    if (name.len == 0 || strs_contain(loader->contacts, name) || is_role(loader, name))
        return;
    loader_error(loader, place, "no role and no contact of this organisation is called \"%.*s\"%s",
        STR_ARG(name), loader_guess(loader, name, loader->contacts));
}

void load_organisation(struct loader *loader, const struct tree_node *root)
{
    struct organisation organisation = {0};
    if (!form_fill(loader, &organisation_form, root, &organisation))
        return;
    struct str *contacts = ARENA_ARRAY(loader->arena, organisation.contact_count, struct str);
    for (size_t i = 0; i < organisation.contact_count; i++)
        contacts[i] = organisation.contacts[i].id;
    loader->contacts = (struct strs){contacts, organisation.contact_count};
    for (size_t i = 0; i < organisation.contact_count; i++)
        check_mention(loader, tree_get(root, STR("contacts")), organisation.contacts[i].deputy);
    for (size_t i = 0; i < organisation.rung_count; i++)
        check_mention(loader, tree_get(root, STR("ladder")), organisation.ladder[i].to);
}
