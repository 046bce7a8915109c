/* The after-action report as one page of text.
 *
 * One function a section, in the order of the page. Sentences about findings come from scoring;
 * here they are arranged. No overall score: a sum over different duties would say nothing that a
 * team could act on. */
#include "report/report.h"

#include "base/duration.h"
#include "report/model.h"
#include "report/page.h"

enum { SHOWN_OBJECTIVES = 4, SHOWN_WELL = 7, SHOWN_IMPROVE = 5, SHOWN_OTHER = 4, SHOWN_SEQS = 4 };

/* What every section needs. */
struct report {
    struct model model;
    struct phrase_book book;
    enum lang lang;
    struct buf *out;
};

static struct str say(const struct report *report, struct words words)
{
    return words.in[report->lang];
}

#define SAY(report, en, ja) say((report), (struct words)WORDS(en, ja))

static struct arena *arena_of(struct report *report)
{
    return &report->model.arena;
}

static struct str clock_of(struct report *report, int64_t ms)
{
    return duration_clock(arena_of(report), ms);
}

static void heading(struct report *report, struct str text)
{
    buf_format(report->out, "\n%.*s\n", STR_ARG(text));
}

/* "… and 3 more", when something was left out. */
static void more(struct report *report, size_t count)
{
    if (count == 0)
        return;
    if (report->lang == LANG_EN)
        buf_format(report->out, "  … and %zu more\n", count);
    else
        buf_format(report->out, "  … ほか%zu件\n", count);
}

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

static void write_cover(struct report *report)
{
    static const struct words modes[MODE_COUNT] = {WORDS("discussed", "討議形式"),
        WORDS("played in one room", "一室で実施"),
        WORDS("played through the tool", "ツール越しに実施")};
    const struct model *model = &report->model;
    const struct report_source *source = model->source;
    struct arena *arena = arena_of(report);
    struct str title = say(report, source->def->title);
    page_paragraph(report->out, STR(""), title.len != 0 ? title : source->def->id);
    struct str date = STR("");
    if (source->created_wall_ms != 0)
        date = arena_format(arena, ", %.*s", 10,
            calendar_format(arena, source->created_wall_ms, source->def->story_offset_minutes).ptr);
    struct str state =
        model->is_stopped ? SAY(report, "stopped for a real incident", "実際の事案のため中止")
        : model->is_ended ? SAY(report, "ended", "終了")
                          : SAY(report, "still running: provisional", "進行中（暫定版）");
    page_paragraph(report->out, STR(""),
        arena_format(arena,
            report->lang == LANG_EN ? "%.*s%.*s; %.*s, %.*s after %.*s (planned %.*s)"
                                    : "%.*s%.*s、%.*s、%.*s、経過%.*s（予定%.*s）",
            STR_ARG(source->exercise), STR_ARG(date), STR_ARG(say(report, modes[model->mode])),
            STR_ARG(state), STR_ARG(clock_of(report, model->end_ms)),
            STR_ARG(clock_of(report, source->def->duration_ms))));
    buf_format(report->out, "%s%.*s\n", report->lang == LANG_EN ? "Record head " : "記録の末尾 ",
        STR_ARG(source->head));
}

static void write_objectives(struct report *report)
{
    const struct def *def = report->model.source->def;
    if (def->objective_count == 0)
        return;
    heading(report, SAY(report, "WHAT WAS EXERCISED", "■ 演習のねらい"));
    size_t shown = 0;
    for (; shown < def->objective_count && shown < SHOWN_OBJECTIVES; shown++)
        page_paragraph(
            report->out, SAY(report, "  - ", "  ・"), say(report, def->objectives[shown].text));
    more(report, def->objective_count - shown);
}

/* ---- timeline ---- */

static struct str text_of(const struct event *event)
{
    const struct field *field = field_find(event_kinds[event->kind].fields, STR("reason"));
    if (field == NULL || field->type != FIELD_TEXT)
        field = field_find(event_kinds[event->kind].fields, STR("text"));
    return field == NULL || field->type != FIELD_TEXT ? STR("") : field_str(field, &event->body);
}

/* What a player wrote, shortened; empty when it was forgotten. */
static struct str quote(struct report *report, const struct event *event)
{
    const struct report_source *source = report->model.source;
    struct str ref = text_of(event);
    if (ref.len == 0 || source->text_find == NULL || event->kind == EVENT_MESSAGED)
        return STR("");
    struct str text = str_trim(source->text_find(source->texts, ref));
    if (text.len == 0)
        return text;
    char room[512];
    text = page_fit(text, 120, room, sizeof(room));
    return arena_format(
        arena_of(report), report->lang == LANG_EN ? " — “%.*s”" : "——「%.*s」", STR_ARG(text));
}

static struct str option_text(struct report *report, const struct event *event)
{
    const struct def_question *question =
        def_question(report->model.source->def, event->body.decided.question);
    struct str id = event->body.decided.option;
    for (size_t i = 0; question != NULL && i < question->option_count; i++)
        if (str_eq(question->options[i].id, id))
            id = phrase_unstopped(say(report, question->options[i].text));
    return arena_format(
        arena_of(report), report->lang == LANG_EN ? ": %.*s" : "：%.*s", STR_ARG(id));
}

static struct str moment_text(struct report *report, const struct event *event)
{
    static const struct words reasons[UNREACHED_COUNT] = {
        [UNREACHED_NO_ANSWER] = WORDS(" (no answer)", "（応答なし）"),
        [UNREACHED_STALE] = WORDS(" (contact out of date)", "（連絡先が古い）"),
        [UNREACHED_NO_CHANNEL] = WORDS(" (not reachable that way)", "（その手段では連絡できない）"),
    };
    struct str text = phrase_event(&report->book, report->lang, event), detail = STR("");
    if (event->kind == EVENT_DECIDED)
        detail = option_text(report, event);
    if (event->kind == EVENT_UNREACHED)
        detail = say(report, reasons[event->body.unreached.reason]);
    return arena_format(arena_of(report), "%.*s%.*s%.*s #%lld",
        STR_ARG(phrase_capital(arena_of(report), text)), STR_ARG(detail),
        STR_ARG(quote(report, event)), (long long)event->seq);
}

static void write_timeline(struct report *report)
{
    const struct model *model = &report->model;
    heading(report, SAY(report, "WHAT HAPPENED (exercise time; #n: event in the record)",
                        "■ 経過（時刻は演習開始から。#nは記録の番号）"));
    for (size_t i = 0; i < model->moment_count; i++) {
        const struct event *event = model->moments[i].event;
        struct str at = arena_format(
            arena_of(report), "  %.*s  ", STR_ARG(clock_of(report, event->observed_ms)));
        page_paragraph(report->out, at, moment_text(report, event));
    }
    more(report, model->moments_left_out);
}

/* ---- findings ---- */

static struct str seqs(struct report *report, const struct model_group *group)
{
    struct str list = STR("");
    size_t count = 0;
    for (size_t i = 0; i < group->count; i++) {
        const struct finding *finding = group->items[i];
        int64_t all[] = {finding->activation_seq, finding->target_seq,
            finding->miss_seq == finding->target_seq ? 0 : finding->miss_seq};
        for (size_t n = 0; n < 3; n++) {
            if (all[n] == 0)
                continue;
            if (++count > SHOWN_SEQS)
                return arena_format(arena_of(report), "%.*s …", STR_ARG(list));
            list = arena_format(arena_of(report), "%.*s #%lld", STR_ARG(list), (long long)all[n]);
        }
    }
    return list;
}

/* What took points away from an answer, if anything did. */
static struct str points(struct report *report, const struct finding *finding)
{
    struct str list = STR("");
    if (finding->target_seq == 0 || finding->met_ms < 0)
        return list;
    const struct {
        int permille;
        struct words name;
    } factors[] = {
        {finding->time_permille, WORDS("time", "時間")},
        {finding->content_permille, WORDS("content", "内容")},
        {finding->assistance_permille, WORDS("unaided", "自力")},
    };
    if (finding->time_permille == 1000 && finding->content_permille == 1000 &&
        finding->assistance_permille == 1000)
        return list;
    for (size_t i = 0; i < 3; i++)
        list = arena_format(arena_of(report), "%.*s%s%.*s %d‰", STR_ARG(list), i == 0 ? "" : ", ",
            STR_ARG(say(report, factors[i].name)), factors[i].permille);
    return arena_format(
        arena_of(report), report->lang == LANG_EN ? " [%.*s]" : "［%.*s］", STR_ARG(list));
}

static struct str title_of(struct report *report, const struct finding *finding)
{
    struct str title = say(report, finding->rule->title);
    return title.len != 0 ? phrase_unstopped(title) : finding->rule->id;
}

/* The tightest one speaks for several. */
static const struct finding *tightest(const struct model_group *group)
{
    const struct finding *worst = group->items[0];
    for (size_t i = 1; i < group->count; i++)
        if (group->items[i]->margin_ms < worst->margin_ms)
            worst = group->items[i];
    return worst;
}

/* "7 times, at least 03:10 to spare": what there is to say about a success. */
static struct str margins(struct report *report, const struct model_group *group)
{
    const struct finding *finding = tightest(group);
    struct arena *arena = arena_of(report);
    bool is_en = report->lang == LANG_EN, several = group->count > 1;
    struct str margin = STR("");
    if (finding->rule->kind != RULE_PRECEDE && finding->bound_ms >= 0) {
        struct str span = clock_of(report, finding->margin_ms);
        margin = is_en ? arena_format(
                             arena, "%s%.*s to spare", several ? "at least " : "", STR_ARG(span))
                       : arena_format(arena, "余裕%.*s%s", STR_ARG(span), several ? "以上" : "");
    }
    if (!several)
        return margin;
    return arena_format(arena, is_en ? "%zu times%s%.*s" : "%zu回%s%.*s", group->count,
        margin.len == 0 ? ""
        : is_en         ? ", "
                        : "、",
        STR_ARG(margin));
}

/* One line or two: the title says it all. */
static void write_success(struct report *report, const struct model_group *group)
{
    const struct finding *finding = tightest(group);
    struct str margin = margins(report, group);
    struct arena *arena = arena_of(report);
    if (margin.len != 0)
        margin =
            arena_format(arena, report->lang == LANG_EN ? ": %.*s" : "：%.*s", STR_ARG(margin));
    page_paragraph(report->out, STR("  + "),
        arena_format(arena, "%.*s%.*s%.*s%.*s", STR_ARG(title_of(report, finding)), STR_ARG(margin),
            STR_ARG(points(report, finding)), STR_ARG(seqs(report, group))));
}

static void write_miss(struct report *report, const struct model_group *group)
{
    const struct finding *finding = group->items[0];
    page_paragraph(report->out, STR("  ! "),
        arena_format(arena_of(report), report->lang == LANG_EN ? "Not met: %.*s" : "未達：%.*s",
            STR_ARG(title_of(report, finding))));
    page_paragraph(report->out, STR("    "),
        arena_format(arena_of(report), "%.*s%.*s%.*s", STR_ARG(finding->sentence.in[report->lang]),
            STR_ARG(points(report, finding)), STR_ARG(seqs(report, group))));
}

static void write_scored(struct report *report, struct words title,
    const struct model_groups *groups, size_t shown,
    void (*write)(struct report *report, const struct model_group *group))
{
    size_t of = report->model.well.finding_count + report->model.improve.finding_count;
    struct str name = say(report, title);
    heading(report, report->lang == LANG_EN
                        ? arena_format(arena_of(report), "%.*s: %zu of %zu scored opportunities",
                              STR_ARG(name), groups->finding_count, of)
                        : arena_format(arena_of(report), "■ %.*s：採点した機会%zu件のうち%zu件",
                              STR_ARG(name), of, groups->finding_count));
    size_t i = 0;
    for (; i < groups->count && i < shown; i++)
        write(report, &groups->items[i]);
    more(report, groups->count - i);
}

static void write_other(struct report *report)
{
    static const struct words reasons[VERDICT_COUNT] = {
        [VERDICT_PENDING] = WORDS("still open", "まだ途中"),
        [VERDICT_NOT_ACTIVATED] = WORDS("nothing called for it", "該当する場面なし"),
        [VERDICT_EXCUSED] = WORDS("follows from another miss", "別の不足の結果"),
        [VERDICT_INCONCLUSIVE] = WORDS("the exercise ended first", "先に演習が終了"),
        [VERDICT_NOT_MEASURED] = WORDS("not measured in this mode", "この形式では測らない"),
    };
    const struct model_groups *groups = &report->model.other;
    if (groups->count == 0)
        return;
    heading(report, SAY(report, "NOT COUNTED", "■ 数えなかったもの"));
    size_t i = 0;
    for (; i < groups->count && i < SHOWN_OTHER; i++) {
        const struct finding *finding = groups->items[i].items[0];
        page_paragraph(report->out, SAY(report, "  ? ", "  ？"),
            arena_format(arena_of(report),
                report->lang == LANG_EN ? "%.*s: %.*s%.*s" : "%.*s：%.*s%.*s",
                STR_ARG(title_of(report, finding)), STR_ARG(say(report, reasons[finding->verdict])),
                STR_ARG(seqs(report, &groups->items[i]))));
    }
    more(report, groups->count - i);
}

/* ---- who was reached ---- */

static struct str outcome_text(struct report *report, const struct model_contact *contact)
{
    static const struct words reasons[UNREACHED_COUNT] = {
        [UNREACHED_NO_ANSWER] = WORDS("no answer", "応答なし"),
        [UNREACHED_STALE] = WORDS("contact out of date", "連絡先が古い"),
        [UNREACHED_NO_CHANNEL] = WORDS("no such channel", "その手段なし"),
    };
    const struct def_stakeholder *who = def_stakeholder(report->model.source->def, contact->party);
    struct arena *arena = arena_of(report);
    if (contact->outcome == OUTCOME_REACHED)
        return arena_format(arena, report->lang == LANG_EN ? "reached %.*s" : "%.*sに連絡がついた",
            STR_ARG(clock_of(report, contact->answered->observed_ms)));
    struct str what = contact->outcome == OUTCOME_OPEN
                          ? SAY(report, "nothing by the end", "終了まで返事なし")
                          : say(report, reasons[contact->answered->body.unreached.reason]);
    if (who->deputy.len == 0)
        return what;
    struct str deputy = contact->deputy_tried ? SAY(report, "; deputy tried", "、代理に連絡")
                                              : SAY(report, "; deputy not tried", "、代理は未連絡");
    return arena_format(arena, "%.*s%.*s", STR_ARG(what), STR_ARG(deputy));
}

static void contact_row(
    struct report *report, struct str who, struct str asked, struct str how, struct str outcome)
{
    struct buf cells = {0};
    buf_add(&cells, STR("  "));
    page_cell(&cells, who, 29);
    buf_add(&cells, STR(" "));
    page_cell(&cells, asked, 7);
    page_cell(&cells, how, 9);
    page_paragraph(report->out, buf_str(&cells), outcome);
    buf_fini(&cells);
}

static void write_contacts(struct report *report)
{
    static const struct words channels[CHANNEL_COUNT] = {
        [CHANNEL_NONE] = WORDS("-", "-"),
        [CHANNEL_PHONE] = WORDS("phone", "電話"),
        [CHANNEL_MAIL] = WORDS("mail", "メール"),
        [CHANNEL_CHAT] = WORDS("chat", "チャット"),
        [CHANNEL_MEETING] = WORDS("meeting", "会議"),
        [CHANNEL_TICKET] = WORDS("ticket", "チケット"),
        [CHANNEL_NEWS] = WORDS("news", "報道"),
        [CHANNEL_ALERT] = WORDS("alert", "警報"),
    };
    const struct model *model = &report->model;
    heading(report, SAY(report, "WHO WAS REACHED", "■ 連絡がついた相手、つかなかった相手"));
    if (model->contact_count == 0) {
        page_paragraph(report->out, STR("  "),
            SAY(report, "Nobody outside the table was sent anything.",
                "席の外への連絡はなかった。"));
        return;
    }
    contact_row(report, SAY(report, "contact", "相手"), SAY(report, "asked", "発信"),
        SAY(report, "by", "手段"), SAY(report, "outcome", "結果"));
    for (size_t i = 0; i < model->contact_count; i++) {
        const struct model_contact *contact = &model->contacts[i];
        contact_row(report, phrase_party(&report->book, report->lang, contact->party),
            clock_of(report, contact->asked->observed_ms),
            say(report, channels[contact->asked->body.messaged.via]),
            outcome_text(report, contact));
    }
    more(report, model->contacts_left_out);
}

/* ---- limits ---- */

static void write_limits(struct report *report)
{
    size_t of = report->model.well.finding_count + report->model.improve.finding_count;
    heading(report, SAY(report, "WHAT THIS PAGE DOES NOT SAY", "■ このページからは言えないこと"));
    page_paragraph(report->out, STR("  "),
        arena_format(arena_of(report),
            report->lang == LANG_EN
                ? "One exercise with %zu scored opportunities is too little for a rate, or to "
                  "compare "
                  "people or teams. What was said but not entered is missing here. It does not "
                  "foretell how a real incident would go."
                : "採点した機会が%"
                  "zu件の演習1回では、割合も、人やチームの比較も語れない。口頭で済ませて入力しなか"
                  "った"
                  "ことは、ここには含まれない。実際のインシデントでの結果を予測するものでもない。",
            of));
}

void report_write_text(const struct report_source *source, enum lang lang, struct buf *out)
{
    static const struct words well = WORDS("WENT WELL", "うまくいったこと");
    static const struct words improve = WORDS("TO IMPROVE", "改善したいこと");
    struct report report = {.lang = lang, .out = out};
    model_init(&report.model, source);
    report.book =
        (struct phrase_book){source->def, &report.model.arena, model_message, &report.model};
    banner(&report);
    write_cover(&report);
    write_objectives(&report);
    write_timeline(&report);
    write_scored(&report, well, &report.model.well, SHOWN_WELL, write_success);
    write_scored(&report, improve, &report.model.improve, SHOWN_IMPROVE, write_miss);
    write_other(&report);
    write_contacts(&report);
    write_limits(&report);
    banner(&report);
    model_fini(&report.model);
}
