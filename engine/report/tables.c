/* Rows of cells. A table is a row of names and a function that adds rows, one a thing. */
#include "report/tables.h"

#include <string.h>

#include "report/labels.h"
#include "report/plans.h"
#include "report/sections.h"
#include "report/windows.h"

const char *const report_table_names[REPORT_TABLE_COUNT] = {
    "decisions", "findings", "messages", "plan", "timeline"};

/* ---- cells ---- */

/* Spreadsheets run what begins with one of these, behind blanks and in full width as well; an
 * apostrophe in front makes it text. */
static bool begins_formula(struct str text)
{
    static const char *const wide[] = {"＝", "＋", "－", "＠"};
    if (text.len > 0 && memchr("\t\r", text.ptr[0], 2) != NULL)
        return true;
    while (text.len > 0 && memchr(" \t\r\n", text.ptr[0], 4) != NULL)
        text = str_after(text, 1);
    for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
        if (str_starts_with(text, str_of(wide[i])))
            return true;
    return text.len > 0 && memchr("=+-@", text.ptr[0], 4) != NULL;
}

void tables_cell(struct buf *out, struct str text)
{
    bool is_formula = begins_formula(text);
    bool is_quoted = is_formula;
    for (size_t i = 0; i < text.len && !is_quoted; i++)
        is_quoted = memchr("\",\r\n\t'", text.ptr[i], 6) != NULL;
    if (!is_quoted) {
        buf_add(out, text);
        return;
    }
    buf_add_char(out, '"');
    if (is_formula)
        buf_add_char(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"')
            buf_add_char(out, '"');
        buf_add_char(out, text.ptr[i]);
    }
    buf_add_char(out, '"');
}

/* A row in the making. */
struct row {
    struct dossier *dossier;
    struct buf *out;
    size_t count;
};

static void add_text(struct row *row, struct str text)
{
    if (row->count++ != 0)
        buf_add_char(row->out, ',');
    tables_cell(row->out, text);
}

static void add_words(struct row *row, struct words words)
{
    add_text(row, dossier_say(row->dossier, words));
}

static void add_int(struct row *row, int64_t value)
{
    if (row->count++ != 0)
        buf_add_char(row->out, ',');
    buf_add_int(row->out, value);
}

/* What is not known is an empty cell, never 0. */
static void add_known(struct row *row, int64_t value)
{
    if (value >= 0)
        add_int(row, value);
    else
        add_text(row, STR(""));
}

static void add_clock(struct row *row, int64_t ms)
{
    add_text(row, ms < 0 ? STR("") : dossier_clock(row->dossier, ms));
}

static void add_story(struct row *row, const struct event *event)
{
    add_text(row, parts_has_calendar(&row->dossier->report)
                      ? parts_calendar(&row->dossier->report, event->story_ms)
                      : STR(""));
}

static void end_row(struct row *row)
{
    buf_add(row->out, STR("\r\n"));
    row->count = 0;
}

/* ---- the tables ---- */

static void add_decisions(struct row *row)
{
    struct dossier *dossier = row->dossier;
    const struct model *model = &dossier->report.model;
    for (size_t i = 0; i < model->event_count; i++) {
        const struct event *event = dossier_event(dossier, model->events[i]->seq);
        if (event == NULL || event->kind != EVENT_DECIDED)
            continue;
        const struct event_decided *body = &event->body.decided;
        const struct def_question *question = def_question(dossier_def(dossier), body->question);
        struct str option = body->option;
        for (size_t o = 0; question != NULL && o < question->option_count; o++)
            if (str_eq(question->options[o].id, option))
                option = dossier_say(dossier, question->options[o].text);
        add_int(row, event->seq);
        add_clock(row, event->observed_ms);
        add_story(row, event);
        add_text(row, dossier_label(dossier, event->actor));
        add_text(row, question == NULL ? body->question : dossier_say(dossier, question->prompt));
        add_text(row, option);
        add_text(row, dossier_text(dossier, body->reason));
        add_text(
            row, body->contested ? TELL(dossier, "yes", "はい") : TELL(dossier, "no", "いいえ"));
        end_row(row);
    }
}

static void add_finding(struct row *row, const struct finding *finding)
{
    struct dossier *dossier = row->dossier;
    bool has_points = finding->met_ms >= 0 && finding->target_seq != 0;
    add_text(row, finding->rule->id);
    add_text(row, dossier_rule_title(dossier, finding->rule));
    add_words(row, labels_capability(finding->rule->capability));
    add_words(row, labels_severities[finding->rule->severity]);
    add_text(row, section_verdict(dossier, finding));
    add_text(row, finding->actor.len == 0 ? STR("") : dossier_label(dossier, finding->actor));
    add_text(row, section_margin(dossier, finding));
    if (finding->bound_ms >= 0 && finding->met_ms >= 0)
        add_int(row, finding->margin_ms);
    else
        add_text(row, STR(""));
    add_known(row, has_points ? finding->time_permille : -1);
    add_known(row, has_points ? finding->content_permille : -1);
    add_known(row, has_points ? finding->assistance_permille : -1);
    if (finding->cause < 0)
        add_text(row, STR(""));
    else
        add_words(row, labels_causes[finding->cause]);
    add_text(row, dossier_say(dossier, finding->sentence));
    add_known(row, finding->activation_seq != 0 ? finding->activation_seq : -1);
    add_known(row, finding->target_seq != 0 ? finding->target_seq : -1);
    add_known(row, finding->miss_seq != 0 ? finding->miss_seq : -1);
    end_row(row);
}

static void add_findings(struct row *row)
{
    for (size_t i = 0; i < row->dossier->source.finding_count; i++)
        add_finding(row, &row->dossier->source.findings[i]);
}

static struct str list_text(struct dossier *dossier, struct strs ids, bool are_parties)
{
    struct str text = STR("");
    for (size_t i = 0; i < ids.count; i++) {
        struct str name = are_parties ? dossier_label(dossier, ids.items[i]) : ids.items[i];
        text = i == 0 ? name
                      : arena_format(
                            dossier_arena(dossier), "%.*s; %.*s", STR_ARG(text), STR_ARG(name));
    }
    return text;
}

static void add_messages(struct row *row)
{
    struct dossier *dossier = row->dossier;
    const struct model *model = &dossier->report.model;
    for (size_t i = 0; i < model->event_count; i++) {
        const struct event *event = model->events[i];
        if (event->kind != EVENT_MESSAGED && event->kind != EVENT_SAID)
            continue;
        const struct event_messaged *body =
            event->kind == EVENT_MESSAGED ? &event->body.messaged : NULL;
        add_int(row, event->seq);
        add_clock(row, event->observed_ms);
        add_story(row, event);
        add_text(row, dossier_label(dossier, event->actor));
        add_text(row, list_text(dossier, body != NULL ? body->to : event->body.said.to, true));
        add_text(row, body != NULL ? dossier_say(dossier, phrase_message_nouns[body->type])
                                   : TELL(dossier, "by mouth", "口頭"));
        add_text(row, body != NULL ? dossier_say(dossier, labels_channels[body->via]) : STR(""));
        add_text(row, body != NULL ? str_of(tlp_names[body->tlp]) : STR(""));
        add_text(
            row, list_text(dossier, body != NULL ? body->facts : event->body.said.facts, false));
        add_text(row, body != NULL ? body->re : STR(""));
        end_row(row);
    }
}

static void add_plan(struct row *row)
{
    struct plans_row *plans;
    size_t count = plans_find(row->dossier, &plans);
    for (size_t i = 0; i < count; i++) {
        const struct plans_row *plan = &plans[i];
        const struct report_planned *planned = plan->planned;
        add_text(row, plan->id);
        add_text(row, plan->capability);
        add_text(row, plan->issue);
        add_known(row, plan->group == NULL ? -1 : (int64_t)plan->group->missed);
        add_known(row, plan->group == NULL ? -1 : plan->n);
        add_text(row, plan->cause);
        add_text(row, plan->action);
        add_text(row, plan->element);
        add_text(row, plan->document);
        add_text(row, plan->owner);
        add_text(row, plan->start);
        add_text(row, plan->due);
        add_text(row, plan->priority);
        add_text(row, plan->status);
        add_text(row, planned != NULL ? planned->rule : plan->group->rule->id);
        add_text(row, plan->organisation);
        add_text(row, plan->evidence);
        add_text(row, plan->note);
        add_text(row, planned != NULL ? planned->retested_in : STR(""));
        end_row(row);
    }
}

static void add_timeline(struct row *row)
{
    static const struct words tracks[] = {WORDS("", ""), WORDS("frame", "進行"),
        WORDS("came", "届いたもの"), WORDS("team", "チーム")};
    struct dossier *dossier = row->dossier;
    const struct model *model = &dossier->report.model;
    for (size_t i = 0; i < model->event_count; i++) {
        const struct event *event = dossier_event(dossier, model->events[i]->seq);
        enum windows_track track = windows_track(dossier, model->events[i]);
        if (event == NULL || track == TRACK_NONE)
            continue;
        add_int(row, event->seq);
        add_clock(row, event->observed_ms);
        add_story(row, event);
        add_words(row, tracks[track]);
        add_text(row, dossier_label(dossier, event->actor));
        add_text(row, dossier_sentence(dossier, event));
        end_row(row);
    }
}

/* ---- which ---- */

enum { COLUMNS = 20 };
static const struct {
    void (*add)(struct row *row);
    struct words names[COLUMNS];
} rows_by_table[REPORT_TABLE_COUNT] = {
    [REPORT_DECISIONS] = {add_decisions,
        {WORDS("event", "記録番号"), WORDS("time", "演習時間"), WORDS("calendar", "シナリオ日時"),
            WORDS("who", "決定者"), WORDS("question", "問い"), WORDS("chosen", "選択"),
            WORDS("reason", "理由"), WORDS("without authority", "権限外")}},
    [REPORT_FINDINGS] = {add_findings,
        {WORDS("rule", "ルール"), WORDS("title", "内容"), WORDS("capability", "能力"),
            WORDS("severity", "重要度"), WORDS("verdict", "判定"), WORDS("seat", "座席"),
            WORDS("margin", "余裕・超過"), WORDS("margin in ms", "余裕（ミリ秒）"),
            WORDS("time in thousandths", "時間（千分率）"),
            WORDS("content in thousandths", "内容（千分率）"),
            WORDS("unaided in thousandths", "自力（千分率）"), WORDS("cause", "原因"),
            WORDS("sentence", "説明"), WORDS("began with event", "開始の記録番号"),
            WORDS("met by event", "達成の記録番号"), WORDS("nearest miss", "近い行動の記録番号")}},
    [REPORT_MESSAGES] = {add_messages,
        {WORDS("event", "記録番号"), WORDS("time", "演習時間"), WORDS("calendar", "シナリオ日時"),
            WORDS("from", "発信者"), WORDS("to", "宛先"), WORDS("type", "種別"),
            WORDS("by", "手段"), WORDS("TLP", "TLP"), WORDS("facts", "情報"),
            WORDS("answers", "返信先")}},
    [REPORT_PLAN] = {add_plan,
        {WORDS("id", "番号"), WORDS("capability", "能力"), WORDS("issue", "課題"),
            WORDS("missed", "未達"), WORDS("n", "該当数"), WORDS("cause", "原因"),
            WORDS("corrective action", "改善策"), WORDS("element", "要素"),
            WORDS("document and section", "改訂する文書と節"), WORDS("owner", "担当"),
            WORDS("start", "開始日"), WORDS("due", "期限"), WORDS("priority", "優先度"),
            WORDS("status", "状況"), WORDS("retested by rule", "再確認するルール"),
            WORDS("responsible department", "主管部署"),
            WORDS("evidence of completion", "完了の証拠"), WORDS("note", "備考"),
            WORDS("last retested in", "直近に再確認した演習")}},
    [REPORT_TIMELINE] = {add_timeline,
        {WORDS("event", "記録番号"), WORDS("time", "演習時間"), WORDS("calendar", "シナリオ日時"),
            WORDS("track", "区分"), WORDS("actor", "主体"), WORDS("what", "内容")}},
};

void tables_write(struct dossier *dossier, enum report_table table, struct buf *out)
{
    struct row row = {dossier, out, 0};
    buf_add(out, STR("\xEF\xBB\xBF"));
    for (int i = 0; i < COLUMNS && rows_by_table[table].names[i].in[LANG_EN].len != 0; i++)
        add_words(&row, rows_by_table[table].names[i]);
    end_row(&row);
    rows_by_table[table].add(&row);
}
