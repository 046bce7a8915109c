/* scenario.yaml: the frame of an exercise, its seats and the people outside them. */
#include <stddef.h>

#include "base/limits.h"
#include "load/attachments.h"
#include "load/people.h"
#include "load/reference.h"

#define AT(type, member) offsetof(struct type, member)
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct form_row objective_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(def_objective, id), .help = "how rules and reports call it"},
    {"text", FORM_REQUIRED, form_words, AT(def_objective, text), .help = "what shall be shown"},
};
static const struct form objective_form = {.what = "an objective",
    .rows = objective_rows,
    .row_count = COUNT(objective_rows),
    .size = sizeof(struct def_objective),
    .limit = LIMIT_LIST_ITEMS};

static const struct form_row slot_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(def_slot, id), .help = "how facts and messages call it"},
    {"name", FORM_REQUIRED, form_words, AT(def_slot, name),
        .help = "the question, as players read it before play: it must not give anything away"},
};
static const struct form slot_form = {.what = "a slot",
    .rows = slot_rows,
    .row_count = COUNT(slot_rows),
    .size = sizeof(struct def_slot),
    .limit = LIMIT_LIST_ITEMS};

/* `begins:` as milliseconds since 1970. */
static void read_begins(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct def_phase *phase = target;
    struct form_row moment_row = *row;
    struct form_moment moment = {0};
    moment_row.offset = 0;
    form_calendar(loader, value, &moment_row, &moment);
    phase->begins_ms = moment.epoch_ms;
}

static const struct form_row phase_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(def_phase, id), .help = "how the story calls it"},
    {"name", FORM_REQUIRED, form_words, AT(def_phase, name), .help = "what everybody reads"},
    {"begins", FORM_OPTIONAL, read_begins, 0, .is = "date and time",
        .help = "where the calendar stands when it begins; a jump to the phase goes there"},
};
static const struct form phase_form = {.what = "a phase",
    .rows = phase_rows,
    .row_count = COUNT(phase_rows),
    .size = sizeof(struct def_phase),
    .limit = LIMIT_LIST_ITEMS};

static const struct form_row seat_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(def_seat, id), .help = "how the place is called"},
    {"roles", FORM_REQUIRED, form_refs, AT(def_seat, roles), .of = REF_CATALOGUE_ROLE,
        .help = "the roles that whoever sits there holds"},
};
static void finish_seat(struct loader *loader, const struct tree_node *node, void *target)
{
    const struct tree_node *roles = tree_get(node, STR("roles"));
    (void)target;
    if (roles && roles->kind == TREE_LIST && roles->count == 0)
        loader_error(loader, roles, "a seat holds at least one role; name it, or remove the seat");
}

static const struct form seat_form = {.what = "a seat",
    .rows = seat_rows,
    .row_count = COUNT(seat_rows),
    .size = sizeof(struct def_seat),
    .limit = LIMIT_SEATS,
    .finish = finish_seat};

static const struct form_row action_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(def_action, id), .help = "how triggers and rules call it"},
    {"name", FORM_REQUIRED, form_words, AT(def_action, name), .help = "what players read"},
    {"targets", FORM_OPTIONAL, form_ids, AT(def_action, targets),
        .help = "what it can be done to; without it, it needs no target"},
    {"authority", FORM_OPTIONAL, form_refs, AT(def_action, authority), .of = OF_PARTY,
        .help = "who may do or order it; what others order is contested. Without it, anybody"},
    {"stops", FORM_OPTIONAL, form_bool, AT(def_action, stops),
        .help = "it stops people's systems: who may order it follows from the organisation's "
                "`authority`, in place of a list here"},
    {"done_by", FORM_OPTIONAL, form_refs, AT(def_action, done_by), .of = OF_PARTY,
        .help = "who can carry it out; others must order it. Without it, anybody"},
};
static void finish_action(struct loader *loader, const struct tree_node *node, void *target)
{
    const struct def_action *action = target;
    if (action->stops && action->authority.count > 0)
        loader_error(loader, tree_get(node, STR("authority")),
            "with \"stops: yes\" the organisation says who may order it; remove one of the two");
}

static const struct form action_form = {.what = "an action",
    .rows = action_rows,
    .row_count = COUNT(action_rows),
    .size = sizeof(struct def_action),
    .limit = LIMIT_LIST_ITEMS,
    .finish = finish_action};

static const struct form_row hint_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(def_hint, id), .help = "how the story calls it"},
    {"to", FORM_REQUIRED, form_refs, AT(def_hint, to), .of = OF_ROLE, .help = "who reads it"},
    {"rule", FORM_OPTIONAL, form_ref, AT(def_hint, rule), .of = REF_RULE,
        .help = "the rule that it helps with; the score says so"},
    {"text", FORM_REQUIRED, form_words, AT(def_hint, text), .help = "the hint"},
};
static const struct form hint_form = {.what = "a hint",
    .rows = hint_rows,
    .row_count = COUNT(hint_rows),
    .size = sizeof(struct def_hint),
    .limit = LIMIT_LIST_ITEMS};

static const struct form_row reading_rows[] = {
    {"base", FORM_OPTIONAL, form_ms, AT(def, read_base_ms),
        .help = "for any message; 60s if absent"},
    {"per_fact", FORM_OPTIONAL, form_ms, AT(def, read_fact_ms),
        .help = "more for each fact in it; 15s if absent"},
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
    if (moment.epoch_ms < 0)
        loader_error(loader, value, "\"story_start:\" lies before 1970");
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

struct matter {
    struct str id;
    struct words name;
};
static const struct form_row matter_rows[] = {
    {"id", FORM_REQUIRED, form_id, offsetof(struct matter, id),
        .help = "how declarations and rules call it"},
    {"name", FORM_REQUIRED, form_words, offsetof(struct matter, name),
        .help = "what players read when they declare it"},
};
static const struct form matter_form = {.what = "a matter",
    .rows = matter_rows,
    .row_count = COUNT(matter_rows),
    .size = sizeof(struct matter),
    .limit = LIMIT_LIST_ITEMS};

/* Names alone, as in a draft, or each with its words in both languages. */
static void read_matters(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct def *def = target;
    bool is_named =
        value->kind == TREE_LIST && value->count > 0 && value->items[0]->kind == TREE_MAP;
    size_t count = 0;
    if (!is_named)
        form_ids(loader, value, row, target);
    const struct matter *matters =
        is_named ? form_fill_list(loader, &matter_form, value, &count) : NULL;
    struct str *ids = ARENA_ARRAY(loader->arena, count, struct str);
    for (size_t i = 0; i < count; i++)
        ids[i] = matters[i].id;
    if (is_named)
        def->matters = (struct strs){ids, count};
    def->matter_names = ARENA_ARRAY(loader->arena, def->matters.count, struct words);
    for (size_t i = 0; i < def->matters.count; i++)
        def->matter_names[i] = is_named
                                   ? matters[i].name
                                   : (struct words){{def->matters.items[i], def->matters.items[i]}};
}

static void init_scenario(void *target)
{
    struct def *def = target;
    def->pace = 1;
    def->mode = MODE_PACED;
    def->difficulty = 1;
    def->read_base_ms = INT64_C(60) * 1000;
    def->read_fact_ms = INT64_C(15) * 1000;
}

/* Of the scenario's own files, or, from an overlay, a file that lies beside it. */
static void read_logo(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    static const char expected[] = "a picture (.png, .jpg, .svg) in files/ or beside the overlay";
    struct def *def = target;
    struct str overlay = loader_file_name(loader->bundle, STR("overlay.yaml"), loader->arena);
    bool is_beside = str_eq(value->place.file, overlay) && value->kind == TREE_SCALAR &&
                     load_is_beside_overlay(value->text);
    struct str path =
        is_beside ? arena_format(loader->arena, "overlay/%.*s", STR_ARG(value->text)) : value->text;
    (void)row;
    if (value->kind != TREE_SCALAR || !attachments_is_picture(path) ||
        !(is_beside || str_starts_with(path, STR("files/"))))
        loader_error(
            loader, value, "\"logo:\" expects %s, found %s", expected, loader_found(loader, value));
    else if (!bundle_find(loader->bundle, path))
        loader_tell(
            loader, KIND_ATTACHMENT, value, "there is no file \"%.*s\"", STR_ARG(value->text));
    else
        def->logo = path;
}

#define LIST(key, form_of_it, items, count, means)                                                 \
    {                                                                                              \
        key, FORM_OPTIONAL, form_list, AT(def, items),                                             \
            .form = &(form_of_it), .count_offset = AT(def, count), .help = means                   \
    }

static const struct form_row scenario_rows[] = {
    {"id", FORM_REQUIRED, form_id, AT(def, id), .help = "how the scenario is called"},
    {"title", FORM_REQUIRED, form_words, AT(def, title), .help = "what everybody reads first"},
    {"summary", FORM_REQUIRED, form_words, AT(def, summary),
        .help = "what it is about, read before play"},
    {"duration", FORM_REQUIRED, form_ms, AT(def, duration_ms), .help = "the planned length"},
    {"story_start", FORM_REQUIRED, read_story_start, 0, .is = "date and time",
        .help = "where the calendar stands at STARTEX; its offset is the scenario's time zone"},
    {"mode", FORM_OPTIONAL, form_name, AT(def, mode), .names = mode_names, .name_count = MODE_COUNT,
        .help = "how it is played unless somebody chooses; `paced`"},
    {"pace", FORM_OPTIONAL, read_pace, AT(def, pace), .is = "1 to 1440",
        .help = "story minutes in a minute of the exercise; 1"},
    {"difficulty", FORM_OPTIONAL, form_range, AT(def, difficulty), .min = 0, .max = DIFFICULTY_MAX,
        .help = "where the dial stands unless somebody chooses: injects of a higher `level` come "
                "by hand only; 1"},
    {"languages", FORM_OPTIONAL, read_languages, 0, .is = "`[en, ja]`",
        .help = "says what is so in any case"},
    {"names", FORM_OPTIONAL, form_ignore, 0, .is = "`{hospital: {en: …, ja: …}}`",
        .help = "what texts call by `{{hospital}}`, for overlays to change"}, /* names_read */
    {"logo", FORM_OPTIONAL, read_logo, 0, .is = "a picture in `files/`, or beside the overlay",
        .help = "shown on pages and in the report"},
    {"organisation", FORM_OPTIONAL, form_id, AT(def, organisation),
        .help = "the profile in `roles/organisations/`; `default`"},
    {"rules", FORM_OPTIONAL, read_packs, 0, .is = "names",
        .help = "rule packs in `scoring/` beside the scenario's own `rules.yaml`"},
    {"seats", FORM_OPTIONAL, form_list, AT(def, seats), .form = &seat_form,
        .count_offset = AT(def, seat_count),
        .help = "the places at the table; without it, one for each role that the catalogue seats"},
    LIST("objectives", objective_form, objectives, objective_count, "what the exercise is for"),
    LIST("phases", phase_form, phases, phase_count, "in their order"),
    LIST("slots", slot_form, slots, slot_count,
        "what a good report answers: what happened, since when, who is hurt …"),
    LIST("stakeholders", people_form, stakeholders, stakeholder_count, "people outside the seats"),
    {"reading", FORM_OPTIONAL, read_reading, 0, .form = &reading_form, .is = "a mapping of",
        .help = "how long stakeholders take to read a message"},
    LIST("actions", action_form, actions, action_count, "what can be done to systems and things"),
    {"world", FORM_OPTIONAL, read_world, 0, .is = "`{file-server: running}`",
        .help = "values that the story sets and reads"},
    {"matters", FORM_OPTIONAL, read_matters, AT(def, matters), .form = &matter_form,
        .is = "names, or a list of",
        .help = "what can be declared aware, determined, filed …: `personal-data-breach`"},
    LIST("hints", hint_form, hints, hint_count, "help for the facilitator or the story to give"),
};
const struct form scenario_form = {.what = "a scenario",
    .rows = scenario_rows,
    .row_count = COUNT(scenario_rows),
    .init = init_scenario};

/* One seat for each role that the catalogue gives one. */
static void add_first_seats(struct loader *loader, const struct tree_node *root)
{
    struct strs roles = loader->first_seats;
    if (roles.count > LIMIT_SEATS) {
        loader_error(loader, root,
            "the catalogue seats %zu roles, at most %d are possible; name this scenario's own "
            "under \"seats:\"",
            roles.count, LIMIT_SEATS);
        roles.count = LIMIT_SEATS;
    }
    struct def_seat *seats = ARENA_ARRAY(loader->arena, roles.count, struct def_seat);
    for (size_t i = 0; i < roles.count; i++)
        seats[i] = (struct def_seat){.id = roles.items[i], .roles = {&roles.items[i], 1}};
    loader->def->seats = seats;
    loader->def->seat_count = roles.count;
}

/* Whoever addresses a role must mean one seat. */
static void check_seats(struct loader *loader, const struct tree_node *seats)
{
    const struct def *def = loader->def;
    for (size_t i = 0; i < def->seat_count; i++) {
        if (loader_is_reserved(def->seats[i].id) || str_is(def->seats[i].id, "board"))
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

/* The calendar never goes back. */
static void check_phases(struct loader *loader, const struct tree_node *phases)
{
    const struct def *def = loader->def;
    int64_t last_ms = def->story_start_ms;
    for (size_t i = 0; phases->count == def->phase_count && i < def->phase_count; i++) {
        if (def->phases[i].begins_ms == 0)
            continue;
        if (def->phases[i].begins_ms < last_ms)
            loader_error(loader, tree_get(phases->items[i], STR("begins")),
                "\"%.*s\" begins before the story's start or the phase before it",
                STR_ARG(def->phases[i].id));
        last_ms = def->phases[i].begins_ms;
    }
}

void load_scenario_file(struct loader *loader, const struct tree_node *root)
{
    if (!form_fill(loader, &scenario_form, root, loader->def))
        return;
    const struct tree_node *seats = tree_get(root, STR("seats"));
    const struct tree_node *stakeholders = tree_get(root, STR("stakeholders"));
    const struct tree_node *phases = tree_get(root, STR("phases"));
    if (!seats)
        add_first_seats(loader, root);
    else
        check_seats(loader, seats);
    if (loader->def->seat_count == 0 && !loader->broken_file)
        loader_error(loader, seats ? seats : root, "a scenario needs at least one seat");
    if (stakeholders)
        people_check(loader, stakeholders);
    if (phases)
        check_phases(loader, phases);
}
