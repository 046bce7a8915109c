/* What only some kinds of rules have: counts, steps, worth of options, and the clocks of law. */
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

/* ---- deadline ---- */

void rule_kinds_day(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    int64_t *day = (void *)((char *)target + row->offset);
    if (value->kind != TREE_SCALAR || !calendar_day_parse(value->text, day))
        loader_error(loader, value, "\"%s:\" expects a date, like 2026-11-20, found %s", row->key,
            loader_found(loader, value));
}

/* Nothing stands beside `last:` or `filed:`. */
static void refuse_others(struct loader *loader, const struct tree_node *value, const char *key)
{
    for (size_t i = 0; i < value->count; i++)
        if (!str_is(value->pairs[i].key, key))
            problems_add(loader->problems, PROBLEM_ERROR, value->pairs[i].place,
                "an anchor with \"%s:\" has no \"%.*s\"; remove it", key,
                STR_ARG(value->pairs[i].key));
}

/* `{last: PATTERN}` */
static bool reads_last(
    struct loader *loader, const struct tree_node *value, struct rule_anchor *anchor)
{
    static const char *const reserved[] = {NULL};
    const struct tree_node *last = tree_get(value, STR("last"));
    if (!last)
        return false;
    anchor->is_last = true;
    refuse_others(loader, value, "last");
    if (when_filter(loader, last, reserved, &anchor->filters[0]))
        anchor->filter_count = 1;
    return true;
}

static bool reads_filed(
    struct loader *loader, const struct tree_node *value, struct rule_anchor *anchor)
{
    const struct tree_node *filed = tree_get(value, STR("filed"));
    static const struct form_row row = {
        "filed", FORM_REQUIRED, form_ref, AT(rule_anchor, filed), .of = REF_RULE};
    if (!filed)
        return false;
    refuse_others(loader, value, "filed");
    form_ref(loader, filed, &row, anchor);
    return true;
}

static void read_anchor(
    struct loader *loader, const struct tree_pair *pair, struct rule_anchor *anchor)
{
    static const char *const reserved[] = {NULL};
    const struct tree_node *value = pair->value;
    bool is_list = value->kind == TREE_LIST;
    size_t count = is_list ? value->count : 1;
    anchor->id = pair->key;
    if (count == 0 || count > RULE_ANCHOR_FILTERS) {
        loader_error(loader, value, "an anchor is one to %d patterns", RULE_ANCHOR_FILTERS);
        return;
    }
    if (!is_list && value->kind == TREE_MAP &&
        (reads_filed(loader, value, anchor) || reads_last(loader, value, anchor)))
        return;
    for (size_t i = 0; i < count; i++)
        if (when_filter(loader, is_list ? value->items[i] : value, reserved,
                &anchor->filters[anchor->filter_count]))
            anchor->filter_count++;
}

void rule_kinds_anchors(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct rule_deadline *deadline = &((struct loaded_rule *)target)->deadline;
    if (value->kind != TREE_MAP || value->count == 0 || value->count > RULE_ANCHORS) {
        loader_error(loader, value,
            "\"%s:\" expects one to %d names with patterns, like {aware: {declaration: aware}}, "
            "found %s",
            row->key, RULE_ANCHORS, tree_found(value));
        return;
    }
    for (size_t i = 0; i < value->count; i++)
        read_anchor(loader, &value->pairs[i], &deadline->anchors[deadline->anchor_count++]);
}

/* A bound as written; the anchor is found when all anchors are there. */
struct written_bound {
    struct str from;
    int counts[BOUND_UNIT_COUNT];
    bool first_day_counts, after_year;
    int by_minute;
    struct strs needs;
};

static void read_first_day(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    if (value->kind == TREE_SCALAR && str_is(value->text, "counts"))
        ((struct written_bound *)target)->first_day_counts = true;
    else
        loader_error(loader, value, "\"%s:\" can only be \"counts\"", row->key);
}

static void read_after(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    if (value->kind == TREE_SCALAR && str_is(value->text, "year"))
        ((struct written_bound *)target)->after_year = true;
    else
        loader_error(loader, value, "\"%s:\" can only be \"year\"", row->key);
}

static bool read_two(struct str *text, int most, int *ret_number)
{
    if (text->len < 2 || text->ptr[0] < '0' || text->ptr[0] > '9' || text->ptr[1] < '0' ||
        text->ptr[1] > '9')
        return false;
    *ret_number = (text->ptr[0] - '0') * 10 + text->ptr[1] - '0';
    *text = str_after(*text, 2);
    return *ret_number <= most;
}

/* "12:00" → minutes. */
static bool read_time_of_day(struct str text, int *ret_minute)
{
    int hour, minute;
    if (!read_two(&text, 23, &hour) || text.len == 0 || text.ptr[0] != ':')
        return false;
    text = str_after(text, 1);
    if (!read_two(&text, 59, &minute) || text.len != 0)
        return false;
    *ret_minute = hour * 60 + minute;
    return true;
}

static void read_minute(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    int *minute = (void *)((char *)target + row->offset);
    if (value->kind != TREE_SCALAR || !read_time_of_day(value->text, minute))
        loader_error(loader, value, "\"%s:\" expects a time of the day, like \"12:00\", found %s",
            row->key, loader_found(loader, value));
}

static void init_bound(void *target)
{
    ((struct written_bound *)target)->by_minute = -1;
}

static void finish_bound(struct loader *loader, const struct tree_node *node, void *target)
{
    static const char *const units[] = {"hours", "days", "business_days", "months"};
    const struct written_bound *bound = target;
    int count = 0;
    for (size_t unit = 0; unit < COUNT(units); unit++)
        count += tree_get(node, str_of(units[unit])) != NULL;
    if (count != 1)
        loader_error(loader, node, "a bound needs one of hours, days, business_days and months");
    if (bound->by_minute >= 0 && bound->counts[BOUND_HOURS] > 0)
        loader_error(loader, tree_get(node, STR("by")),
            "\"by:\" is a time of a day; hours end by themselves");
    if (bound->first_day_counts && !tree_get(node, STR("days")))
        loader_error(loader, tree_get(node, STR("first_day")), "\"first_day:\" is for days");
    if (bound->after_year && (bound->counts[BOUND_DAYS] == 0 || bound->first_day_counts))
        loader_error(loader, tree_get(node, STR("after")),
            "\"after: year\" is for days, whose first one is 1 January");
}

#define UNIT(name, unit, most)                                                                     \
    {                                                                                              \
        name, FORM_OPTIONAL, form_range, AT(written_bound, counts[unit]),                          \
            .min = 1, .max = most, .help = "how long, in " name                                    \
    }
static const struct form_row bound_rows[] = {
    {"from", FORM_REQUIRED, form_id, AT(written_bound, from), .help = "an anchor"},
    UNIT("hours", BOUND_HOURS, 10000),
    UNIT("days", BOUND_DAYS, 3660),
    UNIT("business_days", BOUND_BUSINESS_DAYS, 366),
    UNIT("months", BOUND_MONTHS, 120),
    {"first_day", FORM_OPTIONAL, read_first_day, 0, .is = "`counts`",
        .help = "days: the anchor's own day is the first"},
    {"after", FORM_OPTIONAL, read_after, 0, .is = "`year`",
        .help = "days: they are counted from the end of the anchor's year"},
    {"needs", FORM_OPTIONAL, form_ids, AT(written_bound, needs),
        .help = "anchors that must have happened, too"},
    {"by", FORM_OPTIONAL, read_minute, AT(written_bound, by_minute), .is = "`\"12:00\"`",
        .help = "until when on its last day"},
};
const struct form rule_bound_form = {.what = "a bound",
    .rows = bound_rows,
    .row_count = COUNT(bound_rows),
    .size = sizeof(struct written_bound),
    .limit = RULE_BOUNDS,
    .init = init_bound,
    .finish = finish_bound};

/* The anchor of this name; -1, with an error, when there is none. */
static int find_anchor(struct loader *loader, const struct tree_node *place,
    const struct rule_deadline *deadline, struct str name)
{
    struct str names[RULE_ANCHORS];
    for (size_t i = 0; i < deadline->anchor_count; i++) {
        names[i] = deadline->anchors[i].id;
        if (str_eq(names[i], name))
            return (int)i;
    }
    if (name.len > 0)
        loader_error(loader, place, "no anchor is called \"%.*s\"%s", STR_ARG(name),
            loader_guess(loader, name, (struct strs){names, deadline->anchor_count}));
    return -1;
}

static enum bound_unit unit_of(const struct written_bound *written)
{
    int unit = 0;
    while (unit + 1 < BOUND_UNIT_COUNT && written->counts[unit] == 0)
        unit++;
    return (enum bound_unit)unit;
}

static unsigned needs_of(struct loader *loader, const struct tree_node *place,
    const struct rule_deadline *deadline, struct strs needs)
{
    unsigned set = 0;
    for (size_t i = 0; i < needs.count; i++) {
        int anchor = find_anchor(loader, place, deadline, needs.items[i]);
        set |= anchor < 0 ? 0 : 1u << anchor;
    }
    return set;
}

static size_t read_bounds(struct loader *loader, const struct tree_node *value,
    struct rule_deadline *deadline, struct rule_bound *ret_bounds)
{
    size_t count;
    if (value->kind == TREE_LIST && value->count == 0)
        loader_error(loader, value, "there is no bound here; say what is due when");
    const struct written_bound *written = form_fill_list(loader, &rule_bound_form, value, &count);
    for (size_t i = 0; i < count && i < RULE_BOUNDS; i++) {
        enum bound_unit unit = unit_of(&written[i]);
        int anchor = find_anchor(loader, value->items[i], deadline, written[i].from);
        ret_bounds[i] = (struct rule_bound){anchor < 0 ? 0 : anchor, unit, written[i].counts[unit],
            written[i].first_day_counts, written[i].after_year, written[i].by_minute,
            needs_of(loader, value->items[i], deadline, written[i].needs)};
    }
    return count;
}

struct written_override {
    struct str late, early;
    int64_t by_ms;
    const struct tree_node *bounds;
};

static const struct form_row override_rows[] = {
    {"if", FORM_REQUIRED, form_id, AT(written_override, late), .help = "an anchor that came"},
    {"after", FORM_REQUIRED, form_id, AT(written_override, early), .help = "after another one"},
    {"by", FORM_REQUIRED, form_ms, AT(written_override, by_ms), .help = "by more than this"},
    {"bounds", FORM_REQUIRED, form_node, AT(written_override, bounds), .is = "like `bounds`",
        .help = "what is due then"},
};
const struct form rule_override_form = {
    .what = "\"override:\"", .rows = override_rows, .row_count = COUNT(override_rows)};

static void read_override(
    struct loader *loader, const struct tree_node *value, struct rule_deadline *deadline)
{
    struct written_override written = {0};
    if (!form_fill(loader, &rule_override_form, value, &written) || !written.bounds)
        return;
    int late = find_anchor(loader, value, deadline, written.late);
    int early = find_anchor(loader, value, deadline, written.early);
    if (late < 0 || early < 0)
        return;
    deadline->has_override = true;
    deadline->override_late = late;
    deadline->override_early = early;
    deadline->override_by_ms = written.by_ms;
    deadline->override_bound_count =
        read_bounds(loader, written.bounds, deadline, deadline->override_bounds);
}

void rule_kinds_roll(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    if (value->kind == TREE_SCALAR && str_is(value->text, "next"))
        ((struct loaded_rule *)target)->deadline.rolls = true;
    else
        loader_error(loader, value, "\"%s:\" can only be \"next\"", row->key);
}

void rule_kinds_roll_by(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    read_minute(loader, value, row, target);
}

void rule_kinds_zone(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct rule_deadline *deadline = &((struct loaded_rule *)target)->deadline;
    bool is_text = value->kind == TREE_SCALAR && value->text.len == 6;
    char sign = is_text ? value->text.ptr[0] : '\0';
    int minutes;
    if ((sign != '+' && sign != '-') || !read_time_of_day(str_after(value->text, 1), &minutes)) {
        loader_error(loader, value, "\"%s:\" expects an offset, like \"+09:00\", found %s",
            row->key, loader_found(loader, value));
        return;
    }
    deadline->has_zone = true;
    deadline->zone_minutes = sign == '-' ? -minutes : minutes;
}

void rule_kinds_holidays(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct rule_deadline *deadline = &((struct loaded_rule *)target)->deadline;
    struct form_row day_row = {.key = row->key};
    if (value->kind != TREE_LIST || value->count > LIMIT_LIST_ITEMS) {
        loader_error(loader, value, "\"%s:\" expects a list of at most %d dates, found %s",
            row->key, LIMIT_LIST_ITEMS, tree_found(value));
        return;
    }
    int64_t *days = ARENA_ARRAY(loader->arena, value->count + 1, int64_t);
    for (size_t i = 0; i < value->count; i++)
        rule_kinds_day(loader, value->items[i], &day_row, &days[i]);
    deadline->holidays = days;
    deadline->holiday_count = value->count;
}

/* ---- law ---- */

void rule_kinds_confidence(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    static const char *const names[] = {"high", "medium", "low"};
    struct form_row name_row = *row;
    int confidence = -1;
    name_row.offset = 0;
    name_row.names = names;
    name_row.name_count = COUNT(names);
    form_name(loader, value, &name_row, &confidence);
    if (confidence >= 0)
        *(struct str *)(void *)((char *)target + row->offset) = str_of(names[confidence]);
}

static const struct form_row force_rows[] = {
    {"from", FORM_OPTIONAL, rule_kinds_day, AT(rule_force, from_day), .is = "a date",
        .help = "its first day"},
    {"to", FORM_OPTIONAL, rule_kinds_day, AT(rule_force, to_day), .is = "a date",
        .help = "its last day"},
};

static void finish_force(struct loader *loader, const struct tree_node *node, void *target)
{
    struct rule_force *force = target;
    force->is_said = true;
    if (force->to_day != 0 && force->from_day > force->to_day)
        loader_error(loader, node, "\"in_force:\" ends before it begins; correct one of the days");
}

const struct form rule_force_form = {.what = "\"in_force:\"",
    .rows = force_rows,
    .row_count = COUNT(force_rows),
    .finish = finish_force};

void rule_kinds_force(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    form_fill(loader, &rule_force_form, value, (char *)target + row->offset);
}

static const struct form_row law_rows[] = {
    {"article", FORM_REQUIRED, form_any_words, AT(loaded_rule, rule.law.article),
        .help = "where it stands"},
    {"soft", FORM_OPTIONAL, form_any_words, AT(loaded_rule, rule.law.soft),
        .help = "the words of a duty that has no number"},
    {"confidence", FORM_OPTIONAL, rule_kinds_confidence, AT(loaded_rule, rule.law.confidence),
        .is = "`high` `medium` `low`", .help = "high: read in the law itself"},
    {"in_force", FORM_OPTIONAL, rule_kinds_force, AT(loaded_rule, force), .form = &rule_force_form,
        .is = "a mapping of", .help = "in place of the pack's, wider or narrower"},
};
const struct form rule_law_form = {
    .what = "\"law:\"", .rows = law_rows, .row_count = COUNT(law_rows)};

void rule_kinds_law(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    (void)row;
    form_fill(loader, &rule_law_form, value, target);
}

/* Keys that mean nothing without another one. */
static void check_pairs(struct loader *loader, const struct tree_node *node)
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

void rule_kinds_finish(
    struct loader *loader, const struct tree_node *node, struct loaded_rule *loaded)
{
    struct rule_deadline *deadline = &loaded->deadline;
    if (loaded->bounds)
        deadline->bound_count = read_bounds(loader, loaded->bounds, deadline, deadline->bounds);
    if (loaded->override)
        read_override(loader, loaded->override, deadline);
    check_pairs(loader, node);
    for (size_t i = 0; i < loaded->deadline.anchor_count; i++)
        if (loaded->deadline.anchors[i].filed.len > 0 &&
            str_eq(loaded->deadline.anchors[i].filed, loaded->rule.id))
            loader_error(loader, node, "a deadline cannot run from its own filing");
}
