/* injects.yaml: the list of events, with the questions that they carry. */
#include <stddef.h>

#include "base/limits.h"
#include "load/attachments.h"
#include "load/reference.h"
#include "load/when.h"

#define AT(type, member) offsetof(struct type, member)
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct form_row option_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(def_option, id), .help = "how triggers and rules call it"},
    {"text", FORM_REQUIRED, form_words, AT(def_option, text), .help = "what players read"},
};
static const struct form option_form = {.what = "an option",
    .rows = option_rows,
    .row_count = COUNT(option_rows),
    .size = sizeof(struct def_option),
    .limit = LIMIT_LIST_ITEMS};

static void finish_question(struct loader *loader, const struct tree_node *node, void *target)
{
    const struct def_question *question = target;
    const struct tree_node *options = tree_get(node, STR("options"));
    if (options && question->option_count < 2)
        loader_error(loader, options, "a question needs at least two options to choose from");
    if (question->stops && question->owners.count > 0)
        loader_error(loader, tree_get(node, STR("owner")),
            "with \"stops: yes\" the organisation says who may decide; remove one of the two");
}

static const struct form_row question_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(def_question, id), .help = "how everything else calls it"},
    {"prompt", FORM_REQUIRED, form_words, AT(def_question, prompt), .help = "the question"},
    {"owner", FORM_OPTIONAL, form_refs, AT(def_question, owners), .of = OF_ROLE,
        .help = "who of those in `to` may decide; without it, any of them"},
    {"stops", FORM_OPTIONAL, form_bool, AT(def_question, stops),
        .help = "it decides on stopping people's systems: who may follows from the organisation's "
                "`authority`, in place of `owner`; where none of those in `to` may, what they "
                "decide is contested"},
    {"within", FORM_OPTIONAL, form_ms, AT(def_question, within_ms),
        .help = "how long the question stands"},
    {"options", FORM_REQUIRED, form_list, AT(def_question, options), .form = &option_form,
        .count_offset = AT(def_question, option_count), .help = "at least two"},
};
static const struct form question_form = {.what = "a question",
    .rows = question_rows,
    .row_count = COUNT(question_rows),
    .size = sizeof(struct def_question),
    .limit = LIMIT_INJECTS,
    .finish = finish_question};

static bool is_question(const struct loader *loader, struct str id)
{
    for (size_t i = 0; i < loader->def->question_count; i++)
        if (str_eq(loader->questions[i].id, id))
            return true;
    return false;
}

/* Adds a question to the scenario's and to the inject's. Its inject is set when that has been
 * read to its end, because `id:` may stand anywhere. */
static void add_question(struct loader *loader, const struct tree_node *node,
    const struct def_question *question, struct def_inject *inject)
{
    if (question->id.len == 0)
        return;
    if (is_question(loader, question->id)) {
        loader_tell(loader, KIND_DUPLICATE, node,
            "a question is called \"%.*s\" already; choose another name", STR_ARG(question->id));
        return;
    }
    size_t *count = &loader->def->question_count;
    loader->questions = arena_grow(loader->arena, loader->questions, *count,
        &loader->question_capacity, sizeof(*loader->questions));
    loader->questions[(*count)++] = *question;
    struct str *ids = ARENA_ARRAY(loader->arena, inject->questions.count + 1, struct str);
    for (size_t i = 0; i < inject->questions.count; i++)
        ids[i] = inject->questions.items[i];
    ids[inject->questions.count] = question->id;
    inject->questions = (struct strs){ids, inject->questions.count + 1};
}

static void read_question(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct def_question question = {0};
    (void)row;
    if (form_fill(loader, &question_form, value, &question))
        add_question(loader, value, &question, target);
}

static void read_questions(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    if (value->kind != TREE_LIST || value->count > LIMIT_LIST_ITEMS) {
        loader_error(loader, value, "\"questions:\" expects a list of at most %d, found %s",
            LIMIT_LIST_ITEMS, tree_found(value));
        return;
    }
    for (size_t i = 0; i < value->count; i++)
        read_question(loader, value->items[i], row, target);
}

/* All roles at the table: what "room" means to an inject. */
static struct strs all_roles(struct loader *loader)
{
    const struct def *def = loader->def;
    size_t count = 0;
    for (size_t i = 0; i < def->seat_count; i++)
        count += def->seats[i].roles.count;
    struct str *items = ARENA_ARRAY(loader->arena, count, struct str);
    count = 0;
    for (size_t i = 0; i < def->seat_count; i++)
        for (size_t r = 0; r < def->seats[i].roles.count; r++)
            items[count++] = def->seats[i].roles.items[r];
    return (struct strs){items, count};
}

static void read_to(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct def_inject *inject = target;
    if (value->kind == TREE_SCALAR && str_is(value->text, "room"))
        inject->to = all_roles(loader);
    else
        form_refs(loader, value, row, target);
}

/* Fills in how the sender is called, from the scenario's own names. */
static void name_sender(
    struct loader *loader, const struct tree_node *node, struct def_inject *inject)
{
    const struct def *def = loader->def;
    if (inject->from.len == 0 || inject->from_name.in[LANG_EN].len > 0)
        return;
    struct str *known =
        ARENA_ARRAY(loader->arena, def->stakeholder_count + def->role_count, struct str);
    size_t count = 0;
    for (size_t i = 0; i < def->stakeholder_count; i++) {
        known[count++] = def->stakeholders[i].id;
        if (str_eq(inject->from, def->stakeholders[i].id))
            inject->from_name = def->stakeholders[i].name;
    }
    for (size_t i = 0; i < def->role_count; i++) {
        known[count++] = def->roles[i].id;
        if (str_eq(inject->from, def->roles[i].id))
            inject->from_name = def->roles[i].name;
    }
    if (inject->from_name.in[LANG_EN].len == 0 && !loader->broken_file)
        loader_tell(loader, KIND_UNKNOWN_NAME, tree_get(node, STR("from")),
            "\"%.*s\" is no stakeholder and no role; say with \"from_name:\" how this sender is "
            "called%s",
            STR_ARG(inject->from), loader_guess(loader, inject->from, (struct strs){known, count}));
}

/* Only the review asks for it, from the tree: an inject that nobody fires comes by hand anyway. */
static void read_by_hand(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    bool is_by_hand = false;
    (void)target;
    form_bool(loader, value, row, &is_by_hand); /* row->offset is 0 */
}

static void finish_inject(struct loader *loader, const struct tree_node *node, void *target)
{
    struct def_inject *inject = target;
    bool is_unless = inject->trigger.kind == TRIGGER_UNLESS;
    if (is_unless && !tree_get(node, STR("kind")))
        inject->kind = INJECT_CONTINGENCY;
    if ((is_unless || inject->kind == INJECT_CONTINGENCY) && !tree_get(node, STR("reason")))
        loader_tell(loader, KIND_MISSING_REASON, node,
            "a contingency needs \"reason:\", which tells the facilitator why it came");
    for (size_t i = loader->def->question_count; i > 0; i--) {
        if (loader->questions[i - 1].inject.len > 0)
            break;
        loader->questions[i - 1].inject = inject->id;
    }
    name_sender(loader, node, inject);
}

static void init_inject(void *target)
{
    struct def_inject *inject = target;
    inject->kind = INJECT_EVENT;
}

#define TRIGGER(key, reader, value, means)                                                         \
    {                                                                                              \
        key, FORM_OPTIONAL, reader, AT(def_inject, trigger), .is = value, .help = means            \
    }

static const struct form_row inject_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(def_inject, id), .help = "how everything else calls it"},
    {"kind", FORM_OPTIONAL, form_name, AT(def_inject, kind), .names = inject_kind_names,
        .name_count = INJECT_KIND_COUNT,
        .help = "`event`; with `unless`, `contingency`. Only staff see it before ENDEX"},
    {"from", FORM_REQUIRED, form_id, AT(def_inject, from),
        .help = "a stakeholder, a role, or a name that `from_name` spells out"},
    {"from_name", FORM_OPTIONAL, form_words, AT(def_inject, from_name),
        .help = "how the sender is called here"},
    {"to", FORM_REQUIRED, read_to, AT(def_inject, to), .of = OF_ROLE, .is = "roles, or `room`",
        .help = "who gets it"},
    {"via", FORM_REQUIRED, form_name, AT(def_inject, via), .names = channel_names,
        .name_count = CHANNEL_COUNT, .help = "how it comes"},
    {"tlp", FORM_OPTIONAL, form_name, AT(def_inject, tlp), .names = tlp_names,
        .name_count = TLP_COUNT, .help = "how far it may be passed on"},
    {"title", FORM_REQUIRED, form_words, AT(def_inject, title), .help = "its line in lists"},
    {"body", FORM_REQUIRED, form_words, AT(def_inject, body), .help = "what it says, in Markdown"},
    {"facts", FORM_OPTIONAL, form_refs, AT(def_inject, facts), .of = OF_FACT,
        .help = "what whoever opens it learns"},
    {"attachments", FORM_OPTIONAL, attachments_read, 0, .form = &attachments_form,
        .is = "a list of paths or of", .help = "files that come with it"},
    {"question", FORM_OPTIONAL, read_question, 0, .form = &question_form, .is = "a mapping of",
        .help = "what it makes somebody decide"},
    {"questions", FORM_OPTIONAL, read_questions, 0, .is = "a list of questions",
        .help = "the same, for several"},
    TRIGGER("at", when_at, "a length", "it comes when the exercise is so old"),
    TRIGGER("story_at", when_story_at, "date and time", "it comes when the calendar says so"),
    TRIGGER("after", when_after, "`{inject: x, by: 5m}`", "it comes so long after another inject"),
    TRIGGER("when", when_when, "`{decision: x, option: y, by: 2m}`",
        "it comes when that happens (docs/patterns.md), or so long after it"),
    TRIGGER("unless", when_unless, "`{escalation: {to: x}, within: 15m, of: y}`",
        "it comes when that does not happen in time, counted from STARTEX or from inject `of`"),
    {"level", FORM_OPTIONAL, form_range, AT(def_inject, level), .min = 1, .max = DIFFICULTY_MAX,
        .help = "it comes by itself only when the dial stands there or higher; without it, always"},
    {"by_hand", FORM_OPTIONAL, read_by_hand, 0, .is = "yes or no",
        .help = "nothing fires it: it is there for the facilitator"},
    {"expected", FORM_OPTIONAL, form_texts, AT(def_inject, expected),
        .help = "what the facilitator hopes to see; players never read it"},
    {"reason", FORM_OPTIONAL, form_words, AT(def_inject, reason),
        .help = "contingencies must: why it came, for the facilitator and the report"},
    {"repeats", FORM_OPTIONAL, form_bool, AT(def_inject, repeats),
        .help = "it may come more than once"},
};
const struct form injects_form = {.what = "an inject",
    .rows = inject_rows,
    .row_count = COUNT(inject_rows),
    .size = sizeof(struct def_inject),
    .limit = LIMIT_INJECTS,
    .init = init_inject,
    .finish = finish_inject};

static const struct def_inject *find_inject(
    const struct def_inject *items, size_t count, struct str id)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(items[i].id, id))
            return &items[i];
    return NULL;
}

/* The inject that this one comes after, or NULL. */
static const struct def_inject *waits_for(
    const struct def_inject *items, size_t count, const struct def_inject *inject)
{
    bool waits = inject->trigger.kind == TRIGGER_AFTER || inject->trigger.kind == TRIGGER_UNLESS;
    return waits ? find_inject(items, count, inject->trigger.inject) : NULL;
}

/* Injects that wait for each other never come. */
static void check_circle(struct loader *loader, const struct tree_node *node,
    const struct def_inject *items, size_t count, size_t position)
{
    const struct def_inject *next = waits_for(items, count, &items[position]);
    for (size_t steps = 0; next && steps < count; steps++) {
        if (next == &items[position]) {
            loader_tell(loader, KIND_CIRCLE, node,
                "\"%.*s\" waits for itself and never comes; check \"after:\""
                " and \"of:\"",
                STR_ARG(items[position].id));
            return;
        }
        next = waits_for(items, count, next);
    }
}

static void check_time(
    struct loader *loader, const struct tree_node *node, const struct def_inject *inject)
{
    int64_t end_ms = loader->def->duration_ms;
    if (inject->trigger.kind != TRIGGER_AT || end_ms == 0 || inject->trigger.at_ms <= end_ms)
        return;
    problems_tell(loader->problems, KIND_LATE, node->place,
        "\"%.*s\" comes after the exercise's planned end; correct \"at:\", or \"duration:\" in "
        "scenario.yaml",
        STR_ARG(inject->id));
}

void load_injects(struct loader *loader, const struct tree_node *root)
{
    size_t count;
    const struct def_inject *injects = form_fill_list(loader, &injects_form, root, &count);
    loader->def->injects = injects;
    loader->def->inject_count = count;
    loader->def->questions = loader->questions;
    if (!loader->broken_file)
        attachments_warn_unused(loader);
    if (root->kind != TREE_LIST || root->count != count)
        return;
    for (size_t i = 0; i < count; i++) {
        check_circle(loader, root->items[i], injects, count, i);
        check_time(loader, root->items[i], &injects[i]);
    }
}
