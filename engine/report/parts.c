/* Words, times and headings as every section writes them. */
#include "report/parts.h"

#include "base/duration.h"

struct str parts_say(const struct report *report, struct words words)
{
    return words.in[report->lang];
}

struct arena *parts_arena(struct report *report)
{
    return &report->model.arena;
}

struct str parts_clock(struct report *report, int64_t ms)
{
    return duration_clock(parts_arena(report), ms);
}

bool parts_has_calendar(const struct report *report)
{
    return report->model.source->def->story_start_ms != 0;
}

struct str parts_calendar(struct report *report, int64_t story_ms)
{
    static const struct words days[] = {WORDS("Mon", "月"), WORDS("Tue", "火"), WORDS("Wed", "水"),
        WORDS("Thu", "木"), WORDS("Fri", "金"), WORDS("Sat", "土"), WORDS("Sun", "日")};
    struct calendar_parts at =
        calendar_split(story_ms, report->model.source->def->story_offset_minutes);
    struct str day = parts_say(report, days[at.weekday - 1]);
    if (report->lang == LANG_EN)
        return arena_format(parts_arena(report), "%.*s %04d-%02d-%02d %02d:%02d", STR_ARG(day),
            at.year, at.month, at.day, at.hour, at.minute);
    return arena_format(parts_arena(report), "%04d-%02d-%02d（%.*s）%02d:%02d", at.year, at.month,
        at.day, STR_ARG(day), at.hour, at.minute);
}

void parts_heading(struct report *report, struct str text)
{
    buf_format(report->out, "\n%.*s\n", STR_ARG(text));
}

void parts_more(struct report *report, size_t count, const char *command)
{
    struct str id = report->model.source->exercise, where = STR("");
    struct arena *arena = parts_arena(report);
    bool is_en = report->lang == LANG_EN;
    if (count == 0)
        return;
    if (command[0] != '\0')
        where = arena_format(arena,
            is_en ? "; all of it: tocsin %s %.*s" : "。すべて見るには：tocsin %s %.*s", command,
            STR_ARG(id));
    page_paragraph(report->out, STR("  "),
        arena_format(
            arena, is_en ? "… and %zu more%.*s" : "…ほか%zu件%.*s", count, STR_ARG(where)));
}
