/* The anchor's own day is never counted unless the law says that it is the first. */
#include "score/due.h"

#include "base/duration.h"

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS INT64_C(3600000)
#define DAY_MS INT64_C(86400000)

static bool is_business_day(const struct due_days *days, int64_t day)
{
    for (size_t i = 0; i < days->holiday_count; i++)
        if (days->holidays[i] == day)
            return false;
    return calendar_day_weekday(day) <= 5;
}

/* Holidays are few, so there is always a business day ahead. */
static int64_t next_business_day(const struct due_days *days, int64_t day)
{
    do
        day++;
    while (!is_business_day(days, day));
    return day;
}

static int64_t end_of_day(const struct due_days *days, int by_minute, int64_t day)
{
    int64_t midnight_ms = day * DAY_MS - days->zone_minutes * MINUTE_MS;
    return by_minute >= 0 ? midnight_ms + by_minute * MINUTE_MS : midnight_ms + DAY_MS - 1;
}

/* 31 December of a day's year. */
static int64_t last_of_year(int64_t day)
{
    struct calendar_parts parts = calendar_split(day * DAY_MS, 0);
    int64_t first = calendar_day_add_months(day - parts.day + 1, 1 - parts.month);
    return calendar_day_add_months(first, 12) - 1;
}

int64_t due_ms(const struct due_days *days, const struct rule_bound *bound, int64_t anchor_ms)
{
    int64_t day = calendar_day(anchor_ms, days->zone_minutes);
    if (bound->unit == BOUND_HOURS)
        return anchor_ms + bound->count * HOUR_MS;
    if (bound->after_year)
        day = last_of_year(day);
    if (bound->unit == BOUND_DAYS)
        day += bound->first_day_counts ? bound->count - 1 : bound->count;
    if (bound->unit == BOUND_MONTHS)
        day = calendar_day_add_months(day, bound->count);
    for (int i = 0; bound->unit == BOUND_BUSINESS_DAYS && i < bound->count; i++)
        day = next_business_day(days, day);
    return end_of_day(days, bound->by_minute, day);
}

int64_t due_rolled_ms(const struct due_days *days, const struct rule_bound *bound, int64_t bound_ms)
{
    int64_t day = calendar_day(bound_ms, days->zone_minutes);
    if (!days->rolls || is_business_day(days, day))
        return bound_ms;
    int by_minute = days->roll_by_minute >= 0 ? days->roll_by_minute : bound->by_minute;
    return end_of_day(days, by_minute, next_business_day(days, day));
}
