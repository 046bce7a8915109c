/* What only some kinds of rules have: counts, parties, steps, worth of options. */
#include <stddef.h>

#include "base/duration.h"
#include "base/limits.h"
#include "load/filters.h"
#include "load/rules.h"
#include "load/when.h"

#define AT(type, member) offsetof(struct type, member)
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- lengths from the ladder ---- */

struct ladder_length {
    struct str rung;
    int64_t else_ms;
};

static const struct form_row ladder_rows[] = {
    {"ladder", FORM_REQUIRED, form_id, AT(ladder_length, rung),
        .help = "to whom the rung of the organisation's ladder leads"},
    {"else", FORM_OPTIONAL, form_ms, AT(ladder_length, else_ms),
        .help = "where the ladder has no time for it; without it the rule is left out there"},
};
static const struct form ladder_form = {
    .what = "a length from the ladder", .rows = ladder_rows, .row_count = COUNT(ladder_rows)};

/* Whom a ladder could lead to: any house has other rungs, so only what is almost one of these names
 * is a slip of the pen. */
static struct strs ladder_names(struct loader *loader)
{
    const struct def *def = loader->def;
    const struct organisation *house = def->organisation_profile;
    struct str *names = ARENA_ARRAY(loader->arena,
        def->role_count + def->stakeholder_count + house->contact_count + house->rung_count,
        struct str);
    size_t count = 0;
    for (size_t i = 0; i < house->rung_count; i++)
        names[count++] = house->ladder[i].to;
    for (size_t i = 0; i < house->contact_count; i++)
        names[count++] = house->contacts[i].id;
    for (size_t i = 0; i < def->stakeholder_count; i++)
        names[count++] = def->stakeholders[i].id;
    for (size_t i = 0; i < def->role_count; i++)
        names[count++] = def->roles[i].id;
    return (struct strs){names, count};
}

static void check_rung_name(
    struct loader *loader, const struct tree_node *value, const struct ladder_length *length)
{
    if (!loader->def->organisation_profile || length->rung.len == 0)
        return;
    struct strs names = ladder_names(loader);
    struct str near = str_nearest(length->rung, names);
    if (!strs_contain(names, length->rung) && near.len > 0)
        loader_tell(loader, KIND_UNKNOWN_NAME, tree_get(value, STR("ladder")),
            "no rung, role or contact is called \"%.*s\"; did you mean \"%.*s\"?",
            STR_ARG(length->rung), STR_ARG(near));
}

bool rule_kinds_ladder(struct loader *loader, const struct tree_node *value, int64_t *ret_ms)
{
    struct ladder_length length = {.else_ms = -1};
    if (!form_fill(loader, &ladder_form, value, &length))
        return true;
    check_rung_name(loader, value, &length);
    const struct organisation_rung *rung =
        organisation_rung(loader->def->organisation_profile, length.rung);
    *ret_ms = rung && rung->within_ms > 0 ? rung->within_ms : length.else_ms;
    return *ret_ms >= 0;
}

/* ---- all_of, any_of, count, sequence, choose ---- */

void rule_kinds_parties(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct loaded_rule *loaded = target;
    struct form_row refs_row = *row;
    if (value->kind == TREE_SCALAR && str_is(value->text, "told")) {
        loaded->rule.parties_told = true;
        return;
    }
    if (value->kind == TREE_LIST && value->count == 0)
        loader_error(loader, value, "\"%s:\" names nobody; say who must be reached", row->key);
    refs_row.of = OF_PARTY;
    refs_row.offset = 0;
    form_refs(loader, value, &refs_row, &loaded->rule.parties);
}

/* A count as written. */
struct written_count {
    int at_least, at_most, exactly; /* -1: none */
};

static const struct form_row count_rows[] = {
    {"at_least", FORM_OPTIONAL, form_range, AT(written_count, at_least), .min = 1, .max = 1000,
        .help = "so many or more"},
    {"at_most", FORM_OPTIONAL, form_range, AT(written_count, at_most), .min = 0, .max = 1000,
        .help = "so many or fewer"},
    {"exactly", FORM_OPTIONAL, form_range, AT(written_count, exactly), .min = 0, .max = 1000,
        .help = "just so many"},
};
const struct form rule_count_form = {
    .what = "a count", .rows = count_rows, .row_count = COUNT(count_rows)};

void rule_kinds_count(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct rule *rule = &((struct loaded_rule *)target)->rule;
    struct written_count count = {-1, -1, -1};
    (void)row;
    if (!form_fill(loader, &rule_count_form, value, &count))
        return;
    bool is_exact = count.exactly >= 0;
    rule->at_least = is_exact ? count.exactly : count.at_least;
    rule->at_most = is_exact ? count.exactly : count.at_most;
    if (value->count == 0)
        loader_error(loader, value, "\"count:\" needs at_least, at_most or exactly");
    if (is_exact && (count.at_least >= 0 || count.at_most >= 0))
        loader_error(loader, value, "\"exactly:\" says it all; remove at_least and at_most");
    if (rule->at_most >= 0 && rule->at_least > rule->at_most)
        loader_error(loader, value, "\"at_least:\" is more than \"at_most:\"");
}

static void read_step(
    struct loader *loader, const struct tree_node *node, struct rule_step *ret_step)
{
    static const char *const reserved[] = {"within", NULL};
    static const struct form_row within_row = {
        "within", FORM_OPTIONAL, form_ms, AT(rule_step, gap_ms), .of = 0};
    ret_step->gap_ms = -1;
    when_filter(loader, node, reserved, &ret_step->filter);
    const struct tree_node *within = tree_get(node, STR("within"));
    if (within)
        form_ms(loader, within, &within_row, ret_step);
}

void rule_kinds_steps(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    enum { STEPS = 8 };
    struct rule *rule = &((struct loaded_rule *)target)->rule;
    (void)row;
    if (value->kind != TREE_LIST || value->count < 2 || value->count > STEPS) {
        loader_error(loader, value, "\"steps:\" expects a list of two to %d patterns, found %s",
            STEPS, tree_found(value));
        return;
    }
    struct rule_step *steps = ARENA_ARRAY(loader->arena, value->count, struct rule_step);
    for (size_t i = 0; i < value->count; i++)
        read_step(loader, value->items[i], &steps[i]);
    if (tree_get(value->items[0], STR("within")))
        loader_error(loader, value->items[0], "the first step has none before it to be \"within\"");
    rule->steps = steps;
    rule->step_count = value->count;
}

void rule_kinds_worth(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct loaded_rule *loaded = target;
    if (value->kind != TREE_MAP || value->count == 0 || value->count > LIMIT_LIST_ITEMS) {
        loader_error(loader, value, "\"%s:\" expects options, like {advise-stop: 1000}, found %s",
            row->key, tree_found(value));
        return;
    }
    struct rule_worth *worths = ARENA_ARRAY(loader->arena, value->count, struct rule_worth);
    for (size_t i = 0; i < value->count; i++) {
        const struct tree_pair *pair = &value->pairs[i];
        struct form_row number_row = {
            .key = row->key, .offset = AT(rule_worth, permille), .min = 0, .max = 1000};
        worths[i].option = pair->key;
        refs_note(loader, OF_OPTION, pair->key, STR(""), pair->place);
        form_range(loader, pair->value, &number_row, &worths[i]);
    }
    loaded->choose.worths = worths;
    loaded->choose.worth_count = value->count;
}

/* Keys that mean nothing without another one. */
void rule_kinds_check_pairs(struct loader *loader, const struct tree_node *node)
{
    static const struct {
        const char *key, *needed, *what;
    } pairs[] = {
        {"worth", "plan", ", the words of the plan that says so"},
        {"plan", "worth", ", what it thinks of the options"},
        {"informing", "informed_within", ""},
        {"informed_within", "informing", ", who hears of it"},
        {"roll_by", "roll", ""},
    };
    for (size_t i = 0; i < COUNT(pairs); i++) {
        const struct tree_node *value = tree_get(node, str_of(pairs[i].key));
        if (value && !tree_get(node, str_of(pairs[i].needed)))
            loader_error(loader, value, "\"%s:\" needs \"%s:\"%s", pairs[i].key, pairs[i].needed,
                pairs[i].what);
    }
}
