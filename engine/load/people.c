/* People outside the seats, under `stakeholders:` in scenario.yaml. */
#include "load/people.h"

#include <stddef.h>

#include "base/limits.h"

#define AT(type, member) offsetof(struct type, member)
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct form_row reach_rows[] = {
    {"answer", FORM_REQUIRED, form_name, AT(def_reach, answer), .names = answer_names,
        .name_count = ANSWER_COUNT,
        .help = "whether somebody answers there; `stale`: the number or address is wrong"},
    {"delay", FORM_OPTIONAL, form_ms, AT(def_reach, delay_ms),
        .help = "until they answer, or until it is clear that nobody will"},
};
static const struct form reach_form = {
    .what = "a way to reach somebody", .rows = reach_rows, .row_count = COUNT(reach_rows)};

/* `phone: {answer: yes, delay: 20s}` and so on: an array of def_reach by channel. */
static void read_reach(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct def_reach *reach = (void *)((char *)target + row->offset);
    if (value->kind != TREE_MAP || value->count == 0) {
        loader_error(loader, value,
            "\"%s:\" expects channels, like {phone: {answer: yes, delay: 20s}}, found %s", row->key,
            value->kind == TREE_MAP ? "none" : tree_found(value));
        return;
    }
    for (size_t i = 0; i < value->count; i++) {
        const struct tree_pair *pair = &value->pairs[i];
        int channel;
        if (pair->key.len > 0 && def_name_find(channel_names, CHANNEL_COUNT, pair->key, &channel))
            form_fill(loader, &reach_form, pair->value, &reach[channel]);
        else
            problems_add(loader->problems, PROBLEM_ERROR, pair->place,
                "\"%s:\" has no channel \"%.*s\"%s", row->key, STR_ARG(pair->key),
                loader_guess(
                    loader, pair->key, form_name_list(loader, channel_names, CHANNEL_COUNT)));
    }
}

static void read_after_hours(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct def_stakeholder *stakeholder = target;
    read_reach(loader, value, row, target);
    stakeholder->has_after_hours = true;
}

static void finish_stakeholder(struct loader *loader, const struct tree_node *node, void *target)
{
    const struct def_stakeholder *stakeholder = target;
    const struct tree_node *forwards = tree_get(node, STR("forwards"));
    const struct tree_node *after_hours = tree_get(node, STR("after_hours"));
    if (loader_is_reserved(stakeholder->id))
        loader_error(loader, node, "\"%.*s\" means somebody else here; choose another name",
            STR_ARG(stakeholder->id));
    if (stakeholder->id.len > 0 && str_eq(stakeholder->id, stakeholder->deputy))
        loader_error(loader, node, "\"%.*s\" cannot be its own deputy", STR_ARG(stakeholder->id));
    if (stakeholder->forwards && !tree_get(node, STR("deputy")))
        loader_error(
            loader, forwards, "\"forwards:\" needs \"deputy:\", whoever gets what is not answered");
    if (after_hours && !tree_get(node, STR("hours")))
        loader_error(loader, after_hours, "\"after_hours:\" needs \"hours:\", or it never comes");
}

static const struct form_row stakeholder_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(def_stakeholder, id), .help = "how the other files call it"},
    {"name", FORM_REQUIRED, form_words, AT(def_stakeholder, name), .help = "what players read"},
    {"contact", FORM_OPTIONAL, form_words, AT(def_stakeholder, contact),
        .help = "what the contact list says: numbers, hours, who stands in"},
    {"audience", FORM_OPTIONAL, form_name, AT(def_stakeholder, audience), .names = audience_names,
        .name_count = AUDIENCE_COUNT,
        .help = "where they belong: `own` organisation, `client`, `partner`, `authority`, "
                "`community` or `public`; rules on TLP labels look at it"},
    {"deputy", FORM_OPTIONAL, form_ref, AT(def_stakeholder, deputy), .of = OF_STAKEHOLDER,
        .help = "who stands in; players must think of that themselves unless it `forwards`"},
    {"forwards", FORM_OPTIONAL, form_bool, AT(def_stakeholder, forwards),
        .help = "what is not answered goes on to the deputy by itself"},
    {"reach", FORM_REQUIRED, read_reach, AT(def_stakeholder, reach), .form = &reach_form,
        .is = "`phone`, `mail` … each with", .help = "what happens when somebody tries"},
    {"hours", FORM_OPTIONAL, people_read_hours, 0, .form = &people_hours_form,
        .is = "one or a list of", .help = "when `reach` holds; without it, always"},
    {"after_hours", FORM_OPTIONAL, read_after_hours, AT(def_stakeholder, after_hours),
        .is = "like `reach`",
        .help = "what happens outside the hours; without it nobody answers a call then, and all "
                "else waits until the hours begin"},
};
const struct form people_form = {.what = "a stakeholder",
    .rows = stakeholder_rows,
    .row_count = COUNT(stakeholder_rows),
    .size = sizeof(struct def_stakeholder),
    .limit = LIMIT_STAKEHOLDERS,
    .finish = finish_stakeholder};

/* The same for whoever stands in an organisation's profile. What is asked of a stakeholder is asked
 * of a contact with `reach:` alone; a deputy may be a role, too. */
static const struct form_row contact_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(def_stakeholder, id), .help = "how rule packs call it"},
    {"name", FORM_REQUIRED, form_words, AT(def_stakeholder, name), .help = "who it is"},
    {"contact", FORM_OPTIONAL, form_words, AT(def_stakeholder, contact), .help = "how to reach it"},
    {"audience", FORM_OPTIONAL, form_name, AT(def_stakeholder, audience), .names = audience_names,
        .name_count = AUDIENCE_COUNT, .help = "where it belongs, as for a stakeholder"},
    {"deputy", FORM_OPTIONAL, form_id, AT(def_stakeholder, deputy),
        .help = "another contact or a role"},
    {"forwards", FORM_OPTIONAL, form_bool, AT(def_stakeholder, forwards),
        .help = "what is not answered goes on to the deputy by itself"},
    {"reach", FORM_OPTIONAL, read_reach, AT(def_stakeholder, reach), .form = &reach_form,
        .is = "`phone`, `mail` … each with",
        .help = "with it, the contact is there in every scenario that lacks a stakeholder of this "
                "`id`; without it, only where the scenario says so"},
    {"hours", FORM_OPTIONAL, people_read_hours, 0, .form = &people_hours_form,
        .is = "one or a list of", .help = "when `reach` holds; without it, always"},
    {"after_hours", FORM_OPTIONAL, read_after_hours, AT(def_stakeholder, after_hours),
        .is = "like `reach`", .help = "what happens outside the hours"},
};
const struct form people_contact_form = {.what = "a contact",
    .rows = contact_rows,
    .row_count = COUNT(contact_rows),
    .size = sizeof(struct def_stakeholder),
    .limit = LIMIT_STAKEHOLDERS,
    .finish = finish_stakeholder};

/* A party's name must not mean a stakeholder and a seat at once. */
static void check_seats(struct loader *loader, const struct tree_node *stakeholders)
{
    const struct def *def = loader->def;
    for (size_t i = 0; i < def->stakeholder_count; i++)
        for (size_t s = 0; s < def->seat_count; s++) {
            struct str id = def->stakeholders[i].id;
            if (str_eq(def->seats[s].id, id) || def_seat_holds(&def->seats[s], id))
                loader_error(loader, stakeholders,
                    "\"%.*s\" is a stakeholder and has a seat too; rename the one or remove the "
                    "other",
                    STR_ARG(id));
        }
}

/* To whom this one's unanswered messages go, or NULL. */
static const struct def_stakeholder *forwards_to(
    const struct def *def, const struct def_stakeholder *stakeholder)
{
    for (size_t i = 0; stakeholder->forwards && i < def->stakeholder_count; i++)
        if (str_eq(def->stakeholders[i].id, stakeholder->deputy))
            return &def->stakeholders[i];
    return NULL;
}

static bool forwards_in_circle(const struct def *def, const struct def_stakeholder *first)
{
    const struct def_stakeholder *next = forwards_to(def, first);
    for (size_t steps = 0; next && next != first && steps < def->stakeholder_count; steps++)
        next = forwards_to(def, next);
    return next == first;
}

void people_check(struct loader *loader, const struct tree_node *stakeholders)
{
    const struct def *def = loader->def;
    check_seats(loader, stakeholders);
    for (size_t i = 0; i < def->stakeholder_count; i++)
        if (forwards_in_circle(def, &def->stakeholders[i])) {
            loader_error(loader, stakeholders,
                "what \"%.*s\" forwards to its deputy would come back to it; let one of them not "
                "forward",
                STR_ARG(def->stakeholders[i].id));
            return;
        }
}
