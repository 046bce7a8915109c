/* The clocks of law: what a deadline runs from, how it is counted, and what a law says of itself.
 */
#include <stddef.h>

#include "base/duration.h"
#include "base/limits.h"
#include "load/filters.h"
#include "load/rules.h"
#include "load/when.h"

#define AT(type, member) offsetof(struct type, member)
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- deadline ---- */

void rule_clock_day(
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

void rule_clock_anchors(
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

void rule_clock_roll(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    if (value->kind == TREE_SCALAR && str_is(value->text, "next"))
        ((struct loaded_rule *)target)->deadline.rolls = true;
    else
        loader_error(loader, value, "\"%s:\" can only be \"next\"", row->key);
}

void rule_clock_roll_by(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    read_minute(loader, value, row, target);
}

void rule_clock_zone(
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

void rule_clock_holidays(
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
        rule_clock_day(loader, value->items[i], &day_row, &days[i]);
    deadline->holidays = days;
    deadline->holiday_count = value->count;
}

/* ---- law ---- */

void rule_clock_confidence(
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
    {"from", FORM_OPTIONAL, rule_clock_day, AT(rule_force, from_day), .is = "a date",
        .help = "its first day"},
    {"to", FORM_OPTIONAL, rule_clock_day, AT(rule_force, to_day), .is = "a date",
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

void rule_clock_force(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    form_fill(loader, &rule_force_form, value, (char *)target + row->offset);
}

static const struct form_row law_rows[] = {
    {"article", FORM_REQUIRED, form_any_words, AT(loaded_rule, rule.law.article),
        .help = "where it stands"},
    {"soft", FORM_OPTIONAL, form_any_words, AT(loaded_rule, rule.law.soft),
        .help = "the words of a duty that has no number"},
    {"confidence", FORM_OPTIONAL, rule_clock_confidence, AT(loaded_rule, rule.law.confidence),
        .is = "`high` `medium` `low`", .help = "high: read in the law itself"},
    {"in_force", FORM_OPTIONAL, rule_clock_force, AT(loaded_rule, force), .form = &rule_force_form,
        .is = "a mapping of", .help = "in place of the pack's, wider or narrower"},
};
const struct form rule_law_form = {
    .what = "\"law:\"", .rows = law_rows, .row_count = COUNT(law_rows)};

void rule_clock_law(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    (void)row;
    form_fill(loader, &rule_law_form, value, target);
}

void rule_clock_finish(
    struct loader *loader, const struct tree_node *node, struct loaded_rule *loaded)
{
    struct rule_deadline *deadline = &loaded->deadline;
    if (loaded->bounds)
        deadline->bound_count = read_bounds(loader, loaded->bounds, deadline, deadline->bounds);
    if (loaded->override)
        read_override(loader, loaded->override, deadline);
    for (size_t i = 0; i < deadline->anchor_count; i++)
        if (deadline->anchors[i].filed.len > 0 &&
            str_eq(deadline->anchors[i].filed, loaded->rule.id))
            loader_error(loader, node, "a deadline cannot run from its own filing");
}
