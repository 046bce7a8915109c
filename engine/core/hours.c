/* The calendar of the week, in the scenario's own time zone. Whole minutes are enough: people come
 * and go by the clock on the wall. */
#include "core/hours.h"

enum { DAY_MINUTES = 24 * 60, WEEK_DAYS = 7 };
#define MINUTE_MS INT64_C(60000)

struct moment {
    int day; /* 0 is Monday */
    int minute;
};

/* The first of January 1970 was a Thursday. */
static struct moment moment_of(const struct def *def, int64_t story_ms)
{
    int64_t minutes = story_ms / MINUTE_MS + def->story_offset_minutes;
    int64_t days = minutes / DAY_MINUTES;
    return (struct moment){(int)((days + 3) % WEEK_DAYS), (int)(minutes % DAY_MINUTES)};
}

static bool is_day(const struct def_hours *hours, int day)
{
    return (hours->days & 1u << day) != 0;
}

static bool holds(const struct def_hours *hours, struct moment moment)
{
    int before = (moment.day + WEEK_DAYS - 1) % WEEK_DAYS;
    if (hours->to_minute > hours->from_minute)
        return is_day(hours, moment.day) && moment.minute >= hours->from_minute &&
               moment.minute < hours->to_minute;
    return (is_day(hours, moment.day) && moment.minute >= hours->from_minute) ||
           (is_day(hours, before) && moment.minute < hours->to_minute);
}

bool hours_hold(const struct def *def, const struct def_stakeholder *who, int64_t story_ms)
{
    struct moment moment = moment_of(def, story_ms);
    for (size_t i = 0; i < who->hour_count; i++)
        if (holds(&who->hours[i], moment))
            return true;
    return who->hour_count == 0;
}

/* Minutes until these hours begin, from a moment that lies outside of them. */
static int64_t minutes_until(const struct def_hours *hours, struct moment moment)
{
    for (int ahead = 0; ahead <= WEEK_DAYS; ahead++) {
        int64_t minutes = (int64_t)ahead * DAY_MINUTES + hours->from_minute - moment.minute;
        if (is_day(hours, (moment.day + ahead) % WEEK_DAYS) && minutes > 0)
            return minutes;
    }
    return WEEK_DAYS * DAY_MINUTES;
}

int64_t hours_next(const struct def *def, const struct def_stakeholder *who, int64_t story_ms)
{
    struct moment moment = moment_of(def, story_ms);
    int64_t first = WEEK_DAYS * DAY_MINUTES;
    for (size_t i = 0; i < who->hour_count; i++) {
        int64_t minutes = minutes_until(&who->hours[i], moment);
        if (minutes < first)
            first = minutes;
    }
    return (story_ms / MINUTE_MS + first) * MINUTE_MS;
}

struct hours_contact hours_plan(const struct state *state, const struct def_stakeholder *who,
    enum channel via, const struct event *at)
{
    bool is_there = hours_hold(state->def, who, at->story_ms);
    const struct def_reach *reach =
        is_there || !who->has_after_hours ? &who->reach[via] : &who->after_hours[via];
    struct hours_contact plan = {TIMER_EXERCISE, at->at_ms + reach->delay_ms, reach->answer};
    /* An entry on a gap sheet lies ahead: what comes of it comes when the calendar is there. */
    if (at->story_ms > story_clock_at(&state->story, at->at_ms))
        plan = (struct hours_contact){TIMER_STORY, at->story_ms + reach->delay_ms, reach->answer};
    if (is_there || who->has_after_hours || reach->answer != ANSWER_YES)
        return plan;
    if (via == CHANNEL_PHONE || via == CHANNEL_MEETING)
        plan.answer = ANSWER_NO;
    else
        plan = (struct hours_contact){
            TIMER_STORY, hours_next(state->def, who, at->story_ms), ANSWER_YES};
    return plan;
}
