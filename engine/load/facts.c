/* facts.yaml: what can be learned about the incident, how true it is when, and who needs it. */
#include <stddef.h>

#include "base/limits.h"
#include "load/form.h"

#define AT(type, member) offsetof(struct type, member)
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct form_row truth_rows[] = {
    {"from", FORM_REQUIRED, form_ms, AT(def_truth, from_ms), .of = 0},
    {"text", FORM_REQUIRED, form_words, AT(def_truth, text), .of = 0},
    {"holds", FORM_REQUIRED, form_bool, AT(def_truth, is_true), .of = 0},
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
    {"id", FORM_REQUIRED, form_id, AT(def_fact, id), .of = 0},
    {"text", FORM_REQUIRED, form_words, AT(def_fact, text), .of = 0},
    {"truth", FORM_OPTIONAL, form_list, AT(def_fact, truths), .form = &truth_form,
        .count_offset = AT(def_fact, truth_count)},
    {"needs", FORM_OPTIONAL, read_needs, 0, .of = 0},
};
static const struct form fact_form = {.what = "a fact",
    .rows = fact_rows,
    .row_count = COUNT(fact_rows),
    .size = sizeof(struct def_fact),
    .limit = LIMIT_FACTS,
    .finish = finish_fact};

void load_facts(struct loader *loader, const struct tree_node *root)
{
    loader->def->facts = form_fill_list(loader, &fact_form, root, &loader->def->fact_count);
}
