/* roles/catalogue.yaml: who there is, before any scenario. */
#include "base/limits.h"
#include "load/reference.h"

/* A role as the catalogue describes it; def keeps what play needs. */
struct catalogue_role {
    struct def_role role;
    bool has_seat; /* at a table whose scenario names no seats */
    struct words purpose;
};

#define AT(type, member) offsetof(struct type, member)

static const struct form_row role_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(catalogue_role, role.id), .help = "how everything calls it"},
    {"name", FORM_REQUIRED, form_words, AT(catalogue_role, role.name), .help = "what players read"},
    {"purpose", FORM_OPTIONAL, form_words, AT(catalogue_role, purpose),
        .help = "what it is there for"},
    {"card", FORM_OPTIONAL, form_words, AT(catalogue_role, role.card),
        .help = "the page that whoever holds it reads"},
    {"seat", FORM_OPTIONAL, form_bool, AT(catalogue_role, has_seat),
        .help = "whether it has a seat when a scenario names none"},
};
const struct form catalogue_form = {
    .what = "a role",
    .rows = role_rows,
    .row_count = sizeof(role_rows) / sizeof(role_rows[0]),
    .size = sizeof(struct catalogue_role),
    .limit = LIMIT_STAKEHOLDERS,
};

void load_catalogue(struct loader *loader, const struct tree_node *root)
{
    size_t count;
    const struct catalogue_role *items = form_fill_list(loader, &catalogue_form, root, &count);
    struct def_role *roles = ARENA_ARRAY(loader->arena, count, struct def_role);
    struct str *first_seats = ARENA_ARRAY(loader->arena, count, struct str);
    for (size_t i = 0; i < count; i++) {
        roles[i] = items[i].role;
        if (items[i].has_seat)
            first_seats[loader->first_seats.count++] = items[i].role.id;
    }
    loader->first_seats.items = first_seats;
    loader->def->roles = roles;
    loader->def->role_count = count;
}
