/* Times as people read them: on the clock in the room, or on the scenario's calendar. */
#include "score/teller.h"

#include "base/duration.h"

const struct moments *teller_moments(const struct teller *teller)
{
    return &teller->context->by_clock[teller->finding->rule->is_story_time];
}

struct str teller_clock(const struct teller *teller, int64_t ms)
{
    static const char *const months[] = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (!teller->finding->rule->is_story_time)
        return duration_clock(teller->arena, ms);
    const struct rule_deadline *deadline = teller->finding->rule->deadline;
    int offset = deadline != NULL && deadline->has_zone
                     ? deadline->zone_minutes
                     : teller->context->book.def->story_offset_minutes;
    struct calendar_parts at = calendar_split(ms, offset);
    if (teller->lang == LANG_EN)
        return arena_format(
            teller->arena, "%d %s %02d:%02d", at.day, months[at.month - 1], at.hour, at.minute);
    return arena_format(teller->arena, "%d月%d日%02d:%02d", at.month, at.day, at.hour, at.minute);
}

struct str teller_at(const struct teller *teller, const struct event *event)
{
    return teller_clock(teller, rule_time_ms(teller->finding->rule, event));
}

struct str teller_span(const struct teller *teller, int64_t ms)
{
    const int64_t hour_ms = INT64_C(3600000);
    bool is_en = teller->lang == LANG_EN;
    if (ms > 0 && ms < 1000)
        return is_en ? STR("less than a second") : STR("1秒未満");
    if (ms < 24 * hour_ms)
        return duration_clock(teller->arena, ms);
    return arena_format(teller->arena, is_en ? "%lld d %lld h" : "%lld日と%lld時間",
        (long long)(ms / (24 * hour_ms)), (long long)(ms / hour_ms % 24));
}

struct str teller_clause(const struct teller *teller, const struct event *event)
{
    return clause_event(&teller->context->book, teller->lang, event);
}

struct str teller_told(const struct teller *teller, const struct event *event)
{
    struct str at = teller_at(teller, event), what = teller_clause(teller, event);
    return arena_format(teller->arena, teller_is_en(teller) ? "at %.*s %.*s" : "%.*sに%.*s",
        STR_ARG(at), STR_ARG(what));
}

bool teller_is_en(const struct teller *teller)
{
    return teller->lang == LANG_EN;
}

struct str teller_fill(
    const struct teller *teller, struct str text, const struct teller_value *values, size_t count)
{
    struct str out = {0}, before;
    while (str_cut(text, '{', &before, &text)) {
        struct str value = {0};
        for (size_t i = 0; i < count; i++)
            if (values[i].letter == text.ptr[0])
                value = values[i].text;
        out = arena_format(
            teller->arena, "%.*s%.*s%.*s", STR_ARG(out), STR_ARG(before), STR_ARG(value));
        text = str_after(text, 2);
    }
    return arena_format(teller->arena, "%.*s%.*s", STR_ARG(out), STR_ARG(text));
}
