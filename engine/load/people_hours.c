/* Working hours. The calendar is the scenario's own; there are no time zones and no holidays. */
#include <stddef.h>

#include "base/limits.h"
#include "load/people.h"

static const char *const day_names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
enum { DAY_COUNT = 7, ALL_DAYS = (1 << DAY_COUNT) - 1 };

static bool find_day(struct loader *loader, struct place place, struct str word, int *ret_day)
{
    if (def_name_find(day_names, DAY_COUNT, word, ret_day))
        return true;
    problems_add(loader->problems, PROBLEM_ERROR, place,
        "no day is called \"%.*s\"; expected days like mon-fri, \"sat,sun\" or daily",
        STR_ARG(word));
    return false;
}

/* "mon", "mon-fri" or "daily"; "fri-mon" goes over the week's end. */
static bool add_days(struct loader *loader, struct place place, struct str word, unsigned *days)
{
    struct str first = word, last = word;
    int from, to;
    if (str_is(word, "daily")) {
        *days |= ALL_DAYS;
        return true;
    }
    str_cut(word, '-', &first, &last);
    if (!find_day(loader, place, first, &from) || !find_day(loader, place, last, &to))
        return false;
    for (int day = from;; day = (day + 1) % DAY_COUNT) {
        *days |= 1u << day;
        if (day == to)
            return true;
    }
}

static void read_days(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct def_hours *hours = target;
    struct strs list;
    (void)row;
    if (!form_scalars(loader, value, "days like mon-fri", &list))
        return;
    for (size_t i = 0; i < list.count; i++) {
        struct place place = value->kind == TREE_LIST ? value->items[i]->place : value->place;
        struct str part, rest = list.items[i];
        bool more = true;
        while (more) {
            more = str_cut(rest, ',', &part, &rest);
            if (!add_days(loader, place, str_trim(more ? part : rest), &hours->days))
                return;
        }
    }
}

static bool two_digits(struct str text, int *ret_number)
{
    int64_t number;
    if (text.len == 0 || text.len > 2 || text.ptr[0] == '-' || !str_to_int64(text, &number))
        return false;
    *ret_number = (int)number;
    return true;
}

/* "08:30" as minutes of the day; "24:00" is its end. */
static bool parse_time(struct str text, int *ret_minute)
{
    struct str hour, minute;
    int h, m;
    if (!str_cut(text, ':', &hour, &minute) || minute.len != 2 || !two_digits(hour, &h) ||
        !two_digits(minute, &m) || m > 59 || h * 60 + m > 24 * 60)
        return false;
    *ret_minute = h * 60 + m;
    return true;
}

static void read_time(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    int *minute = (void *)((char *)target + row->offset);
    if (value->kind != TREE_SCALAR || !parse_time(value->text, minute))
        loader_error(loader, value, "\"%s:\" expects a time of the day like 08:30, found %s",
            row->key, loader_found(loader, value));
}

static const struct form_row hours_rows[] = {
    {"days", FORM_REQUIRED, read_days, 0, .is = "`mon-fri`, `sat,sun`, `daily` …",
        .help = "on which days they begin"},
    {"from", FORM_REQUIRED, read_time, offsetof(struct def_hours, from_minute),
        .is = "a time of the day", .help = "when somebody is there, in the scenario's calendar"},
    {"to", FORM_REQUIRED, read_time, offsetof(struct def_hours, to_minute),
        .is = "a time of the day", .help = "until when; not later than `from`: until the next day"},
};
const struct form people_hours_form = {.what = "an entry of \"hours:\"",
    .rows = hours_rows,
    .row_count = sizeof(hours_rows) / sizeof(hours_rows[0]),
    .size = sizeof(struct def_hours),
    .limit = LIMIT_LIST_ITEMS};

void people_read_hours(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target)
{
    struct def_stakeholder *stakeholder = target;
    const struct tree_node list = {
        .kind = TREE_LIST, .place = value->place, .items = &value, .count = 1};
    (void)row;
    stakeholder->hours = form_fill_list(loader, &people_hours_form,
        value->kind == TREE_MAP ? &list : value, &stakeholder->hour_count);
}
