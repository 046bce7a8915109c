/* The after-action report as text: a page for who has one minute, then the course of it all.
 *
 * Sections in the order of the page, each in its file. Sentences about findings come from scoring;
 * here they are arranged. No overall score: a sum over different duties would say nothing that a
 * team could act on. */
#include "report/report.h"

#include "base/duration.h"
#include "core/organisation.h"
#include "report/parts.h"

enum { SHOWN_OBJECTIVES = 6 };

/* ---- cover ---- */

static void banner(struct report *report)
{
    struct str text =
        SAY(report, "==== 【訓練】 EXERCISE: this page is about an exercise, not a real incident ",
            "==== 【訓練】EXERCISE このページは演習の記録であり、実際の事案のものではない ");
    buf_add(report->out, text);
    for (int column = page_width(text); column < PAGE_COLUMNS; column++)
        buf_add_char(report->out, '=');
    buf_add_char(report->out, '\n');
}

static void cover_row(struct report *report, struct str label, struct str text)
{
    struct buf cell = {0};
    page_cell(&cell, label, 13);
    page_paragraph(report->out, buf_str(&cell), text);
    buf_fini(&cell);
}

/* When it was played: by people on a day, or by nobody. */
static struct str played_text(struct report *report)
{
    const struct report_source *source = report->model.source;
    struct arena *arena = parts_arena(report);
    if (source->is_from_file)
        return arena_format(arena, "%.*s%.*s", STR_ARG(source->exercise),
            STR_ARG(SAY(report, ", played from a file of inputs", "、入力ファイルから実行")));
    if (source->created_wall_ms == 0)
        return source->exercise;
    struct str date =
        calendar_format(arena, source->created_wall_ms, source->def->story_offset_minutes);
    return arena_format(arena, report->lang == LANG_EN ? "%.*s, %.*s" : "%.*s、%.*s",
        STR_ARG(source->exercise), 10, date.ptr);
}

static struct str course_text(struct report *report)
{
    const struct model *model = &report->model;
    struct str state =
        model->is_stopped ? SAY(report, "stopped for a real incident", "実際の事案のため中止")
        : model->is_ended ? SAY(report, "ended", "終了")
                          : SAY(report, "still running: provisional", "進行中（暫定版）");
    return arena_format(parts_arena(report),
        report->lang == LANG_EN ? "%.*s after %.*s (planned %.*s)" : "%.*s、経過%.*s（予定%.*s）",
        STR_ARG(state), STR_ARG(parts_clock(report, model->end_ms)),
        STR_ARG(parts_clock(report, model->source->def->duration_ms)));
}

static void write_cover(struct report *report)
{
    static const struct words modes[MODE_COUNT] = {
        WORDS("discussed (discuss)", "討議形式（discuss）"),
        WORDS("played in one room (paced)", "一室で実施（paced）"),
        WORDS("played through the tool (live)", "ツール越しに実施（live）")};
    const struct model *model = &report->model;
    const struct def *def = model->source->def;
    struct arena *arena = parts_arena(report);
    struct str title = parts_say(report, def->title);
    page_paragraph(report->out, STR(""), title.len != 0 ? title : def->id);
    cover_row(report, SAY(report, "Exercise", "演習"), played_text(report));
    cover_row(report, SAY(report, "Mode", "進め方"),
        arena_format(arena,
            report->lang == LANG_EN ? "%.*s, difficulty %lld of %d" : "%.*s、難易度%lld（最高%d）",
            STR_ARG(parts_say(report, modes[model->mode])), (long long)model->difficulty,
            DIFFICULTY_MAX));
    cover_row(report, SAY(report, "Course", "経過"), course_text(report));
    if (def->organisation_profile)
        cover_row(report, SAY(report, "Organisation", "組織"),
            arena_format(arena, report->lang == LANG_EN ? "%.*s (%.*s)" : "%.*s（%.*s）",
                STR_ARG(parts_say(report, def->organisation_profile->name)),
                STR_ARG(def->organisation)));
    if (parts_has_calendar(report))
        cover_row(report, SAY(report, "Calendar", "シナリオ日時"),
            arena_format(arena, report->lang == LANG_EN ? "%.*s to %.*s" : "%.*sから%.*sまで",
                STR_ARG(parts_calendar(report, model->begins_story_ms)),
                STR_ARG(parts_calendar(report, model->ends_story_ms))));
    cover_row(report, SAY(report, "Record head", "末尾ハッシュ"), model->source->head);
}

static void write_objectives(struct report *report)
{
    const struct def *def = report->model.source->def;
    if (def->objective_count == 0)
        return;
    parts_heading(report, SAY(report, "WHAT WAS EXERCISED", "■ 演習のねらい"));
    size_t shown = 0;
    for (; shown < def->objective_count && shown < SHOWN_OBJECTIVES; shown++)
        page_paragraph(report->out, SAY(report, "  - ", "  ・"),
            parts_say(report, def->objectives[shown].text));
    parts_more(report, def->objective_count - shown, "");
}

/* ---- limits ---- */

static void write_limits(struct report *report)
{
    size_t of = report->model.well.finding_count + report->model.improve.finding_count;
    parts_heading(
        report, SAY(report, "WHAT THIS REPORT DOES NOT SAY", "■ この報告書からは言えないこと"));
    page_paragraph(report->out, STR("  "),
        report->lang == LANG_EN
            ? arena_format(parts_arena(report),
                  "One exercise with %zu scored %s is too little for a rate, or to compare people "
                  "or teams. What was said but not entered is missing here. It does not foretell "
                  "how a real incident would go.",
                  of, of == 1 ? "opportunity" : "opportunities")
            : arena_format(parts_arena(report),
                  "採点した機会が%"
                  "zu件の演習1回では、割合も、人やチームの比較も語れない。口頭で済ませ"
                  "て入力しなかったことは、ここには含まれない。実際のインシデントでの結果を予測する"
                  "も"
                  "のでもない。",
                  of));
}

void report_write_text(const struct report_source *source, enum lang lang, struct buf *out)
{
    struct report report = {.lang = lang, .out = out};
    model_init(&report.model, source);
    report.book =
        (struct phrase_book){source->def, &report.model.arena, model_message, &report.model};
    banner(&report);
    write_cover(&report);
    write_objectives(&report);
    people_write_seats(&report);
    verdicts_write(&report);
    write_limits(&report);
    buf_add_char(out, '\n');
    page_rule(out, '-');
    timeline_write(&report);
    people_write_contacts(&report);
    banner(&report);
    model_fini(&report.model);
}
