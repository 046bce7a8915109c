/* facts.yaml: what can be learned about the incident, how true it is when, and who needs it. */
#include <stddef.h>

#include "base/limits.h"
#include "load/reference.h"

#define AT(type, member) offsetof(struct type, member)
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct form_row truth_rows[] = {
    {"from", FORM_REQUIRED, form_ms, AT(def_truth, from_ms), .help = "exercise time"},
    {"text", FORM_REQUIRED, form_words, AT(def_truth, text), .help = "what is so from then on"},
    {"holds", FORM_REQUIRED, form_bool, AT(def_truth, is_true),
        .help = "whether the fact is true from then on"},
};
static const struct form truth_form = {.what = "a revision of a fact",
    .rows = truth_rows,
    .row_count = COUNT(truth_rows),
    .size = sizeof(struct def_truth),
    .limit = LIMIT_LIST_ITEMS};

/* One party and its need; `none` may be said, and says nothing. */
static bool read_need(struct loader *loader, const struct tree_pair *pair, int *ret_need)
{
    const struct tree_node *value = pair->value;
    if (value->kind == TREE_SCALAR && value->text.len > 0 &&
        def_name_find(need_names, NEED_COUNT, value->text, ret_need))
        return true;
    struct str word = value->kind == TREE_SCALAR ? value->text : STR("");
    loader_error(loader, value, "how much \"%.*s\" needs a fact cannot be \"%.*s\"%s",
        STR_ARG(pair->key), STR_ARG(word),
        loader_guess(loader, word, form_name_list(loader, need_names, NEED_COUNT)));
    return false;
}

/* `needs: {management: must, vendor: useful, press: never}`. */
static void read_needs(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct def_fact *fact = target;
    if (value->kind != TREE_MAP) {
        loader_error(loader, value,
            "\"%s:\" expects who needs it how much, like {management: must, press: never}, "
            "found %s",
            row->key, tree_found(value));
        return;
    }
    struct def_need *needs = ARENA_ARRAY(loader->arena, value->count, struct def_need);
    size_t count = 0;
    for (size_t i = 0; i < value->count; i++) {
        const struct tree_pair *pair = &value->pairs[i];
        int need;
        refs_note(loader, REF_CATALOGUE_PARTY, pair->key, STR(""), pair->place);
        if (read_need(loader, pair, &need))
            needs[count++] = (struct def_need){pair->key, (enum need)need};
    }
    fact->needs = needs;
    fact->need_count = count;
}

static void finish_fact(struct loader *loader, const struct tree_node *node, void *target)
{
    const struct def_fact *fact = target;
    for (size_t i = 1; i < fact->truth_count; i++)
        if (fact->truths[i].from_ms <= fact->truths[i - 1].from_ms)
            loader_error(loader, tree_get(node, STR("truth")),
                "the revisions of a fact stand in the order of \"from:\", each later than the one "
                "before");
}

static const struct form_row fact_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(def_fact, id), .help = "how everything else calls it"},
    {"text", FORM_REQUIRED, form_words, AT(def_fact, text), .help = "what players read and tell"},
    {"slot", FORM_OPTIONAL, form_ref, AT(def_fact, slot), .of = OF_SLOT,
        .help = "which of the scenario's `slots` it answers"},
    {"replaces", FORM_OPTIONAL, form_ref, AT(def_fact, replaces), .of = OF_FACT,
        .help = "the older fact that it puts right: first, revised, true"},
    {"truth", FORM_OPTIONAL, form_list, AT(def_fact, truths), .form = &truth_form,
        .count_offset = AT(def_fact, truth_count),
        .help = "how true it is over time; without it, true throughout"},
    {"needs", FORM_OPTIONAL, read_needs, 0,
        .is = "`{management: must, vendor: useful, press: never}`",
        .help = "who cannot act without it, whom it helps, who must not be told"},
};
const struct form facts_form = {.what = "a fact",
    .rows = fact_rows,
    .row_count = COUNT(fact_rows),
    .size = sizeof(struct def_fact),
    .limit = LIMIT_FACTS,
    .finish = finish_fact};

/* Each chain of revisions has a first. */
static void check_circle(struct loader *loader, const struct tree_node *node,
    const struct index *positions, const struct def_fact *fact)
{
    const struct def *def = loader->def;
    struct str older = fact->replaces;
    for (size_t steps = 0; older.len > 0 && steps < def->fact_count; steps++) {
        if (str_eq(older, fact->id)) {
            loader_error(loader, tree_get(node, STR("replaces")),
                "\"%.*s\" would replace itself in the end; let the oldest fact replace nothing",
                STR_ARG(fact->id));
            return;
        }
        int position = index_find(positions, older);
        older = position == INDEX_NONE ? STR("") : def->facts[position].replaces;
    }
}

void load_facts(struct loader *loader, const struct tree_node *root)
{
    struct def *def = loader->def;
    struct index positions = {0};
    def->facts = form_fill_list(loader, &facts_form, root, &def->fact_count);
    for (size_t i = 0; i < def->fact_count; i++)
        index_add(&positions, loader->arena, def->facts[i].id, (int)i);
    for (size_t i = 0; root->count == def->fact_count && i < def->fact_count; i++)
        check_circle(loader, root->items[i], &positions, &def->facts[i]);
}
