/* The course of the exercise, phase by phase, in both times: the clock in the room and the
 * scenario's calendar. Which events have room here is the model's business. */
#include "report/parts.h"

#include "base/duration.h"

/* ---- what an event adds to its clause ---- */

static struct str text_of(const struct event *event)
{
    const struct field *field = field_find(event_kinds[event->kind].fields, STR("reason"));
    if (field == NULL || field->type != FIELD_TEXT)
        field = field_find(event_kinds[event->kind].fields, STR("text"));
    return field == NULL || field->type != FIELD_TEXT ? STR("") : field_str(field, &event->body);
}

/* What a player wrote, shortened; empty when it was forgotten. */
static struct str quote(struct report *report, const struct event *event, int columns)
{
    const struct report_source *source = report->model.source;
    struct str ref = text_of(event);
    /* What people wrote to each other, or for themselves, is theirs. */
    if (ref.len == 0 || source->text_find == NULL || event->kind == EVENT_MESSAGED ||
        event->kind == EVENT_NOTED)
        return STR("");
    struct str text = str_trim(source->text_find(source->texts, ref));
    if (text.len == 0)
        return text;
    char room[2048];
    text = page_fit(text, columns, room, sizeof(room));
    return arena_format(
        parts_arena(report), report->lang == LANG_EN ? " — “%.*s”" : "——「%.*s」", STR_ARG(text));
}

static struct str unreached_detail(struct report *report, const struct event *event)
{
    static const struct words reasons[UNREACHED_COUNT] = {
        [UNREACHED_NO_ANSWER] = WORDS(" (no answer)", "（応答なし）"),
        [UNREACHED_STALE] = WORDS(" (contact out of date)", "（連絡先が古い）"),
        [UNREACHED_NO_CHANNEL] = WORDS(" (not reachable that way)", "（その手段では連絡できない）"),
    };
    return parts_say(report, reasons[event->body.unreached.reason]);
}

static struct str decided_detail(struct report *report, const struct event *event)
{
    const struct def_question *question =
        def_question(report->model.source->def, event->body.decided.question);
    struct str id = event->body.decided.option;
    for (size_t i = 0; question != NULL && i < question->option_count; i++)
        if (str_eq(question->options[i].id, id))
            id = phrase_unstopped(parts_say(report, question->options[i].text));
    struct str contested = !event->body.decided.contested
                               ? STR("")
                               : SAY(report, " (not theirs to decide)", "（本来の決定者ではない）");
    return arena_format(parts_arena(report), report->lang == LANG_EN ? ": %.*s%.*s" : "：%.*s%.*s",
        STR_ARG(id), STR_ARG(contested));
}

static struct str jumped_detail(struct report *report, const struct event *event)
{
    struct str to = parts_calendar(report, event->body.jumped.story_ms);
    return arena_format(
        parts_arena(report), report->lang == LANG_EN ? " to %.*s" : "：%.*sへ", STR_ARG(to));
}

static struct str gap_detail(struct report *report, const struct event *event)
{
    struct str until = parts_calendar(report, event->body.gap_opened.until_story_ms);
    return arena_format(parts_arena(report),
        report->lang == LANG_EN ? " for the time until %.*s" : "：%.*sまで", STR_ARG(until));
}

static struct str reached_detail(struct report *report, const struct event *event)
{
    struct str message = phrase_thing(&report->book, report->lang, event, STR("message"));
    return arena_format(
        parts_arena(report), report->lang == LANG_EN ? ": %.*s" : "：%.*s", STR_ARG(message));
}

/* A story gives its reason in one language; the definition has both. */
static bool is_in(enum lang lang, struct str text)
{
    size_t letters = 0;
    for (size_t i = 0; i < text.len; i++)
        letters += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
    return ((size_t)page_width(text) > letters) == (lang == LANG_JA);
}

static struct str delivered_detail(struct report *report, const struct event *event)
{
    const struct def_inject *inject =
        def_inject(report->model.source->def, event->body.delivered.inject);
    if (inject == NULL || inject->kind != INJECT_CONTINGENCY)
        return STR("");
    struct str told = event->body.delivered.reason, written = parts_say(report, inject->reason);
    struct str reason =
        told.len != 0 && (is_in(report->lang, told) || written.len == 0) ? told : written;
    if (reason.len == 0)
        return reason;
    return arena_format(parts_arena(report),
        report->lang == LANG_EN ? " — why: %.*s" : "——理由：%.*s",
        STR_ARG(phrase_unstopped(reason)));
}

static struct str hinted_detail(struct report *report, const struct event *event)
{
    const struct def_hint *hint = def_hint(report->model.source->def, event->body.hinted.hint);
    struct str text = hint == NULL ? STR("") : phrase_unstopped(parts_say(report, hint->text));
    if (text.len == 0)
        return text;
    return arena_format(
        parts_arena(report), report->lang == LANG_EN ? ": “%.*s”" : "：「%.*s」", STR_ARG(text));
}

static struct str messaged_detail(struct report *report, const struct event *event)
{
    const struct event_messaged *body = &event->body.messaged;
    if (body->type == MESSAGE_STATEMENT)
        return body->approved ? SAY(report, " (approved)", "（承認済み）")
                              : SAY(report, " (not approved)", "（承認なし）");
    return body->contested ? SAY(report, " (without the authority)", "（権限なし）") : STR("");
}

static struct str (*const details[EVENT_KIND_COUNT])(
    struct report *report, const struct event *event) = {
    [EVENT_DECIDED] = decided_detail,
    [EVENT_DELIVERED] = delivered_detail,
    [EVENT_GAP_OPENED] = gap_detail,
    [EVENT_HINTED] = hinted_detail,
    [EVENT_JUMPED] = jumped_detail,
    [EVENT_MESSAGED] = messaged_detail,
    [EVENT_REACHED] = reached_detail,
    [EVENT_UNREACHED] = unreached_detail,
};

/* ---- lines ---- */

struct str timeline_sentence(struct report *report, const struct event *event, int columns)
{
    struct str text = clause_event(&report->book, report->lang, event);
    struct str detail =
        details[event->kind] == NULL ? STR("") : details[event->kind](report, event);
    return arena_format(parts_arena(report), "%.*s%.*s%.*s",
        STR_ARG(phrase_capital(parts_arena(report), text)), STR_ARG(detail),
        STR_ARG(quote(report, event, columns)));
}

static struct str moment_text(struct report *report, const struct event *event)
{
    return arena_format(parts_arena(report), "%.*s #%lld",
        STR_ARG(timeline_sentence(report, event, 80)), (long long)event->seq);
}

/* "  31:30  06:35  ": the calendar's day stands above. */
static struct str times_of(struct report *report, const struct event *event)
{
    struct arena *arena = parts_arena(report);
    struct str at = parts_clock(report, event->observed_ms);
    if (!parts_has_calendar(report))
        return arena_format(arena, "  %7.*s  ", STR_ARG(at));
    struct calendar_parts parts =
        calendar_split(event->story_ms, report->model.source->def->story_offset_minutes);
    return arena_format(arena, "  %7.*s  %02d:%02d  ", STR_ARG(at), parts.hour, parts.minute);
}

/* "The next morning, Tue 2026-11-17 06:35", where a phase or a day begins. */
static void write_part(struct report *report, const struct model_moment *moment)
{
    struct arena *arena = parts_arena(report);
    const struct def_phase *phase = def_phase(report->model.source->def, moment->phase);
    struct str name = moment->phase, seq = STR("");
    if (phase != NULL && parts_say(report, phase->name).len != 0)
        name = parts_say(report, phase->name);
    struct str date =
        parts_has_calendar(report) ? parts_calendar(report, moment->event->story_ms) : STR("");
    if (moment->event->kind == EVENT_PHASE_CHANGED)
        seq = arena_format(arena, " #%lld", (long long)moment->event->seq);
    struct str comma = name.len == 0 || date.len == 0 ? STR("") : SAY(report, ", ", "、");
    page_paragraph(report->out, SAY(report, "  * ", "  ◆"),
        arena_format(
            arena, "%.*s%.*s%.*s%.*s", STR_ARG(name), STR_ARG(comma), STR_ARG(date), STR_ARG(seq)));
}

static bool begins_part(
    const struct report *report, const struct model_moment *moment, const struct model_moment *last)
{
    if (moment->event->kind == EVENT_PHASE_CHANGED)
        return true;
    if (last != NULL && !str_eq(last->phase, moment->phase))
        return true; /* its phase-changed was told by now, but for a late entry */
    if (!parts_has_calendar(report))
        return last == NULL && moment->phase.len != 0;
    int offset = report->model.source->def->story_offset_minutes;
    return last == NULL || calendar_split(last->event->story_ms, offset).day !=
                               calendar_split(moment->event->story_ms, offset).day;
}

void timeline_write(struct report *report)
{
    const struct model *model = &report->model;
    parts_heading(report,
        parts_has_calendar(report)
            ? SAY(report,
                  "WHAT HAPPENED (exercise time, scenario's calendar; #n: event in the record)",
                  "■ 経過（演習開始からの時刻、シナリオの時刻。#nは記録の番号）")
            : SAY(report, "WHAT HAPPENED (exercise time; #n: event in the record)",
                  "■ 経過（時刻は演習開始から。#nは記録の番号）"));
    for (size_t i = 0; i < model->moment_count; i++) {
        const struct model_moment *moment = &model->moments[i];
        if (begins_part(report, moment, i == 0 ? NULL : &model->moments[i - 1]))
            write_part(report, moment);
        if (moment->event->kind != EVENT_PHASE_CHANGED)
            page_paragraph(
                report->out, times_of(report, moment->event), moment_text(report, moment->event));
    }
    parts_more(report, model->moments_left_out, "log");
}
