/* roles/catalogue.yaml: who there is, before any scenario. */
#include "base/limits.h"
#include "load/reference.h"

#define AT(type, member) offsetof(struct type, member)

/* One of `reports_to:` or `informs:`: a role's name stays open until all roles are read. */
static struct def_whom read_whom(
    struct loader *loader, const struct tree_node *item, const struct form_row *row)
{
    const struct form_row id_row = {.key = row->key, .offset = AT(def_whom, role)};
    const struct form_row name_row = {.key = row->key, .offset = AT(def_whom, name)};
    struct def_whom whom = {0};
    if (item->kind == TREE_MAP)
        form_words(loader, item, &name_row, &whom);
    else
        form_id(loader, item, &id_row, &whom);
    if (whom.role.len > 0)
        refs_note(loader, REF_CATALOGUE_ROLE, whom.role, STR(""), item->place);
    return whom;
}

static void read_whoms(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    if (value->kind != TREE_LIST || value->count > LIMIT_LIST_ITEMS) {
        loader_error(loader, value,
            "\"%s:\" expects a list of at most %d roles, or of others as {en: …, ja: …}, found %s",
            row->key, LIMIT_LIST_ITEMS, tree_found(value));
        return;
    }
    struct def_whom *items = ARENA_ARRAY(loader->arena, value->count, struct def_whom);
    for (size_t i = 0; i < value->count; i++)
        items[i] = read_whom(loader, value->items[i], row);
    *(const struct def_whom **)(void *)((char *)target + row->offset) = items;
    *(size_t *)(void *)((char *)target + row->count_offset) = value->count;
}

static const char whom_is[] = "a list of roles, or of texts in both languages";

static const struct form_row role_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(def_role, id), .help = "how everything calls it"},
    {"name", FORM_REQUIRED, form_words, AT(def_role, name), .help = "what players read"},
    {"group", FORM_OPTIONAL, form_name, AT(def_role, group), .names = role_group_names,
        .name_count = ROLE_GROUP_COUNT, .help = "the function that it belongs to"},
    {"combined", FORM_OPTIONAL, form_range, AT(def_role, combined), .min = 1, .max = 5,
        .help = "roles of the same number are often held together"},
    {"purpose", FORM_OPTIONAL, form_words, AT(def_role, purpose), .help = "what it is there for"},
    {"in_peace", FORM_OPTIONAL, form_texts, AT(def_role, in_peace),
        .help = "its duties when nothing happens"},
    {"in_incident", FORM_OPTIONAL, form_texts, AT(def_role, in_incident),
        .help = "its duties during an incident"},
    {"reports_to", FORM_OPTIONAL, read_whoms, AT(def_role, reports_to),
        .count_offset = AT(def_role, reports_to_count), .is = whom_is,
        .help = "to whom it answers"},
    {"informs", FORM_OPTIONAL, read_whoms, AT(def_role, informs),
        .count_offset = AT(def_role, inform_count), .is = whom_is,
        .help = "who else hears from it"},
    {"decides", FORM_OPTIONAL, form_texts, AT(def_role, decides), .help = "what it may decide"},
    {"card", FORM_OPTIONAL, form_words, AT(def_role, card),
        .help = "the page that whoever holds it reads"},
    {"seat", FORM_OPTIONAL, form_bool, AT(def_role, has_seat),
        .help = "whether it has a seat when a scenario names none"},
};
const struct form catalogue_form = {
    .what = "a role",
    .rows = role_rows,
    .row_count = sizeof(role_rows) / sizeof(role_rows[0]),
    .size = sizeof(struct def_role),
    .limit = LIMIT_STAKEHOLDERS,
};

/* Roles are called what their own entries say; a name that no role has is told by refs_check. */
static void name_whoms(const struct def *def, const struct def_whom *whoms, size_t count)
{
    struct def_whom *items = (struct def_whom *)whoms; /* the loader's own, until it is done */
    for (size_t i = 0; i < count; i++)
        for (size_t r = 0; items[i].role.len > 0 && r < def->role_count; r++)
            if (str_eq(def->roles[r].id, items[i].role))
                items[i].name = def->roles[r].name;
}

void load_catalogue(struct loader *loader, const struct tree_node *root)
{
    struct def *def = loader->def;
    def->roles = form_fill_list(loader, &catalogue_form, root, &def->role_count);
    struct str *first_seats = ARENA_ARRAY(loader->arena, def->role_count, struct str);
    for (size_t i = 0; i < def->role_count; i++) {
        const struct def_role *role = &def->roles[i];
        name_whoms(def, role->reports_to, role->reports_to_count);
        name_whoms(def, role->informs, role->inform_count);
        if (role->has_seat)
            first_seats[loader->first_seats.count++] = role->id;
    }
    loader->first_seats.items = first_seats;
}
