/* scenario.yaml: the frame of an exercise, its seats and the people outside them. */
#include <stddef.h>

#include "base/limits.h"
#include "load/form.h"

#define AT(type, member) offsetof(struct type, member)
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct form_row objective_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(def_objective, id), .of = 0},
    {"text", FORM_REQUIRED, form_words, AT(def_objective, text), .of = 0},
};
static const struct form objective_form = {.what = "an objective",
    .rows = objective_rows,
    .row_count = COUNT(objective_rows),
    .size = sizeof(struct def_objective),
    .limit = LIMIT_LIST_ITEMS};

static const struct form_row phase_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(def_phase, id), .of = 0},
    {"name", FORM_REQUIRED, form_words, AT(def_phase, name), .of = 0},
};
static const struct form phase_form = {.what = "a phase",
    .rows = phase_rows,
    .row_count = COUNT(phase_rows),
    .size = sizeof(struct def_phase),
    .limit = LIMIT_LIST_ITEMS};

static const struct form_row seat_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(def_seat, id), .of = 0},
    {"roles", FORM_REQUIRED, form_refs, AT(def_seat, roles), .of = REF_CATALOGUE_ROLE},
};
static const struct form seat_form = {.what = "a seat",
    .rows = seat_rows,
    .row_count = COUNT(seat_rows),
    .size = sizeof(struct def_seat),
    .limit = LIMIT_SEATS};

static const struct form_row action_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(def_action, id), .of = 0},
    {"name", FORM_REQUIRED, form_words, AT(def_action, name), .of = 0},
    {"targets", FORM_OPTIONAL, form_ids, AT(def_action, targets), .of = 0},
};
static const struct form action_form = {.what = "an action",
    .rows = action_rows,
    .row_count = COUNT(action_rows),
    .size = sizeof(struct def_action),
    .limit = LIMIT_LIST_ITEMS};

static const struct form_row reach_rows[] = {
    {"answer", FORM_REQUIRED, form_name, AT(def_reach, answer), .names = answer_names,
        .name_count = ANSWER_COUNT},
    {"delay", FORM_OPTIONAL, form_ms, AT(def_reach, delay_ms), .of = 0},
};
static const struct form reach_form = {
    .what = "a way to reach somebody", .rows = reach_rows, .row_count = COUNT(reach_rows)};

/* `reach: {phone: {answer: yes, delay: 20s}}`: def_reach by channel. */
static void read_reach(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct def_reach *reach = (void *)((char *)target + row->offset);
    if (value->kind != TREE_MAP || value->count == 0) {
        loader_error(loader, value,
            "\"reach:\" expects channels, like {phone: {answer: yes, delay: 20s}}, found %s",
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
                "\"reach:\" has no channel \"%.*s\"%s", STR_ARG(pair->key),
                loader_guess(
                    loader, pair->key, form_name_list(loader, channel_names, CHANNEL_COUNT)));
    }
}

/* Names that stand for something else wherever a party is named. */
static void finish_stakeholder(struct loader *loader, const struct tree_node *node, void *target)
{
    static const char *const reserved[] = {
        "room", "facilitator", "evaluator", "story", "clock", "host"};
    const struct def_stakeholder *stakeholder = target;
    for (size_t i = 0; i < COUNT(reserved); i++)
        if (str_is(stakeholder->id, reserved[i]))
            loader_error(
                loader, node, "\"%s\" means somebody else here; choose another name", reserved[i]);
    if (stakeholder->id.len > 0 && str_eq(stakeholder->id, stakeholder->deputy))
        loader_error(loader, node, "\"%.*s\" cannot be its own deputy", STR_ARG(stakeholder->id));
}

static const struct form_row stakeholder_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(def_stakeholder, id), .of = 0},
    {"name", FORM_REQUIRED, form_words, AT(def_stakeholder, name), .of = 0},
    {"contact", FORM_OPTIONAL, form_words, AT(def_stakeholder, contact), .of = 0},
    {"deputy", FORM_OPTIONAL, form_ref, AT(def_stakeholder, deputy), .of = OF_STAKEHOLDER},
    {"reach", FORM_REQUIRED, read_reach, AT(def_stakeholder, reach), .of = 0},
};
static const struct form stakeholder_form = {.what = "a stakeholder",
    .rows = stakeholder_rows,
    .row_count = COUNT(stakeholder_rows),
    .size = sizeof(struct def_stakeholder),
    .limit = LIMIT_STAKEHOLDERS,
    .finish = finish_stakeholder};

static const struct form_row reading_rows[] = {
    {"base", FORM_OPTIONAL, form_ms, AT(def, read_base_ms), .of = 0},
    {"per_fact", FORM_OPTIONAL, form_ms, AT(def, read_fact_ms), .of = 0},
};
static const struct form reading_form = {
    .what = "\"reading:\"", .rows = reading_rows, .row_count = COUNT(reading_rows)};

static void read_reading(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    (void)row;
    form_fill(loader, &reading_form, value, target);
}

static void read_story_start(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct def *def = target;
    struct form_moment moment = {0};
    form_calendar(loader, value, row, &moment); /* row->offset is 0 */
    def->story_start_ms = moment.epoch_ms;
    def->story_offset_minutes = moment.offset_minutes;
}

static void read_pace(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct def *def = target;
    form_int(loader, value, row, target);
    if (def->pace > LIMIT_PACE) {
        loader_error(
            loader, value, "\"pace:\" is at most %d, a day of the story in a minute", LIMIT_PACE);
        def->pace = 1;
    }
}

/* Every text has every language, so that the list can only confirm it. */
static void read_languages(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    (void)target;
    struct form_row names = *row;
    unsigned set = 0;
    names.offset = 0;
    names.names = lang_names;
    names.name_count = LANG_COUNT;
    form_name_set(loader, value, &names, &set);
    if (set != 0 && set != (1u << LANG_COUNT) - 1)
        loader_error(loader, value, "\"languages:\" must be [en, ja]; every text is in both");
}

static void read_packs(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    (void)target;
    form_ids(loader, value, row, &loader->packs); /* row->offset is 0 */
}

/* `world: {file-server: running}`. */
static void read_world(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct def *def = target;
    if (value->kind != TREE_MAP || value->count > LIMIT_LIST_ITEMS) {
        loader_error(loader, value,
            "\"%s:\" expects at most %d names and values, like {file-server: running}", row->key,
            LIMIT_LIST_ITEMS);
        return;
    }
    struct def_world *world = ARENA_ARRAY(loader->arena, value->count, struct def_world);
    size_t count = 0;
    for (size_t i = 0; i < value->count; i++) {
        const struct tree_pair *pair = &value->pairs[i];
        const struct tree_node *initial = pair->value;
        if (str_is_id(pair->key) && initial->kind == TREE_SCALAR && str_is_id(initial->text))
            world[count++] = (struct def_world){pair->key, initial->text};
        else
            problems_add(loader->problems, PROBLEM_ERROR, pair->place,
                "\"world:\" expects a name and a one-word value, both of a-z, 0-9, - and _");
    }
    def->world = world;
    def->world_count = count;
}

static void init_scenario(void *target)
{
    struct def *def = target;
    def->pace = 1;
    def->mode = MODE_PACED;
    def->read_base_ms = INT64_C(60) * 1000;
    def->read_fact_ms = INT64_C(15) * 1000;
}

#define LIST(key, form_of_it, items, count)                                                        \
    {                                                                                              \
        key, FORM_OPTIONAL, form_list, AT(def, items), .form = &(form_of_it),                      \
                                                       .count_offset = AT(def, count)              \
    }

static const struct form_row scenario_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(def, id), .of = 0},
    {"title", FORM_REQUIRED, form_words, AT(def, title), .of = 0},
    {"summary", FORM_REQUIRED, form_words, AT(def, summary), .of = 0},
    {"duration", FORM_REQUIRED, form_ms, AT(def, duration_ms), .of = 0},
    {"mode", FORM_OPTIONAL, form_name, AT(def, mode), .names = mode_names,
        .name_count = MODE_COUNT},
    {"pace", FORM_OPTIONAL, read_pace, AT(def, pace), .of = 0},
    {"languages", FORM_OPTIONAL, read_languages, 0, .of = 0},
    {"story_start", FORM_REQUIRED, read_story_start, 0, .of = 0},
    {"names", FORM_OPTIONAL, form_ignore, 0, .of = 0}, /* names_read */
    {"seats", FORM_OPTIONAL, form_list, AT(def, seats), .form = &seat_form,
        .count_offset = AT(def, seat_count)},
    {"organisation", FORM_OPTIONAL, form_id, AT(def, organisation), .of = 0},
    {"rules", FORM_OPTIONAL, read_packs, 0, .of = 0},
    LIST("objectives", objective_form, objectives, objective_count),
    LIST("phases", phase_form, phases, phase_count),
    LIST("stakeholders", stakeholder_form, stakeholders, stakeholder_count),
    {"reading", FORM_OPTIONAL, read_reading, 0, .of = 0},
    LIST("actions", action_form, actions, action_count),
    {"world", FORM_OPTIONAL, read_world, 0, .of = 0},
    {"statuses", FORM_OPTIONAL, form_ids, AT(def, statuses), .of = 0},
};
static const struct form scenario_form = {.what = "a scenario",
    .rows = scenario_rows,
    .row_count = COUNT(scenario_rows),
    .init = init_scenario};

/* One seat for each role that the catalogue gives one. */
static void add_first_seats(struct loader *loader)
{
    struct strs roles = loader->first_seats;
    struct def_seat *seats = ARENA_ARRAY(loader->arena, roles.count, struct def_seat);
    for (size_t i = 0; i < roles.count; i++)
        seats[i] = (struct def_seat){roles.items[i], {&roles.items[i], 1}};
    loader->def->seats = seats;
    loader->def->seat_count = roles.count;
}

/* Names that mean somebody else wherever an actor or a party stands. */
static bool is_reserved(struct str id)
{
    static const char *const reserved[] = {
        "clock", "evaluator", "exercise", "facilitator", "host", "room", "story"};
    int value;
    return def_name_find(reserved, COUNT(reserved), id, &value);
}

/* Whoever addresses a role must mean one seat. */
static void check_seats(struct loader *loader, const struct tree_node *seats)
{
    const struct def *def = loader->def;
    for (size_t i = 0; i < def->seat_count; i++) {
        if (is_reserved(def->seats[i].id))
            loader_error(loader, seats, "no seat can be called \"%.*s\"; choose another id",
                STR_ARG(def->seats[i].id));
        for (size_t other = 0; other < def->seat_count; other++) {
            const struct def_seat *a = &def->seats[i], *b = &def->seats[other];
            for (size_t r = 0; other < i && r < a->roles.count; r++)
                if (def_seat_holds(b, a->roles.items[r]))
                    loader_error(loader, seats,
                        "the role \"%.*s\" has two seats, \"%.*s\" and \"%.*s\"; one must do",
                        STR_ARG(a->roles.items[r]), STR_ARG(b->id), STR_ARG(a->id));
            if (other != i && def_seat_holds(b, a->id))
                loader_error(loader, seats,
                    "the seat \"%.*s\" is called like a role of the seat \"%.*s\"; choose another "
                    "name",
                    STR_ARG(a->id), STR_ARG(b->id));
        }
    }
}

/* A party's name must not mean a stakeholder and a seat at once. */
static void check_stakeholders(struct loader *loader, const struct tree_node *stakeholders)
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

void load_scenario_file(struct loader *loader, const struct tree_node *root)
{
    if (!form_fill(loader, &scenario_form, root, loader->def))
        return;
    const struct tree_node *seats = tree_get(root, STR("seats"));
    if (!seats)
        add_first_seats(loader);
    else
        check_seats(loader, seats);
    if (loader->def->seat_count == 0 && !loader->broken_file)
        loader_error(loader, seats ? seats : root, "a scenario needs at least one seat");
    const struct tree_node *stakeholders = tree_get(root, STR("stakeholders"));
    if (stakeholders)
        check_stakeholders(loader, stakeholders);
}
