/* The plan at a terminal. */
#include "app/plan.h"

#include "app/past.h"

static const struct {
    const char *name;
    struct words words;
} statuses[] = {
    {"open", WORDS("open", "未着手")},
    {"in-progress", WORDS("in progress", "対応中")},
    {"done", WORDS("done, not retested", "完了・再確認待ち")},
    {"dropped", WORDS("dropped", "取り下げ")},
    {"verified", WORDS("verified", "再確認済み")},
};

struct words plan_status_words(const struct plan_row *row)
{
    static const struct words missed = WORDS("done, missed again", "完了・再び未達成");
    struct str status = plan_status(row);
    if (row->item->status == PLAN_DONE && row->retest == RETEST_MISSED && row->is_since_done)
        return missed;
    for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
        if (str_is(status, statuses[i].name))
            return statuses[i].words;
    return (struct words){{status, status}};
}

static const struct words retests[RETEST_COUNT] = {
    [RETEST_EARLY] = WORDS("met, but in an exercise from before it was done; play once more",
        "達成。ただし完了の記録より前に始まった演習なので、もう一度演習が必要です"),
    [RETEST_MISSED] = WORDS("missed again", "再び未達成"),
    [RETEST_HINTED] = WORDS("met, with help only", "達成。ただし助けを得た場合のみ"),
    [RETEST_MET] = WORDS("met", "達成"),
};

struct words plan_retest_words(const struct plan_row *row)
{
    return retests[row->retest];
}

struct words plan_file_words(const struct plan_row *row)
{
    static const struct words file =
        WORDS(" (from a file: nobody sat there)", "（ファイルからの再生で、参加者はいません）");
    return row->is_from_file ? file : (struct words){{STR(""), STR("")}};
}

static const struct {
    enum record_plan_field field;
    struct words title;
} lines[] = {
    {PLAN_ISSUE, WORDS("Issue", "課題")},
    {PLAN_ACTION, WORDS("Action", "改善策")},
    {PLAN_DOCUMENT, WORDS("Document", "改訂する文書")},
    {PLAN_ORGANISATION, WORDS("Responsible", "主管部署")},
    {PLAN_OWNER, WORDS("Owner", "担当者")},
    {PLAN_EVIDENCE, WORDS("Evidence", "完了の証拠")},
    {PLAN_NOTE, WORDS("Note", "備考")},
};

static void write_days(
    struct plan *plan, const struct plan_row *row, enum lang lang, struct buf *out)
{
    struct str due = plan_value(plan, row, PLAN_DUE, lang);
    struct str start = plan_value(plan, row, PLAN_START, lang);
    if (start.len > 0)
        buf_format(out, lang == LANG_JA ? "、%.*s から" : ", from %.*s", STR_ARG(start));
    if (due.len > 0)
        buf_format(out, lang == LANG_JA ? "、期限 %.*s" : ", due %.*s", STR_ARG(due));
    if (row->is_overdue)
        buf_add(out, lang == LANG_JA ? STR("（期限超過）") : STR(" (overdue)"));
}

static void write_retest(const struct plan_row *row, enum lang lang, struct buf *out)
{
    struct str rule = row->item->values[PLAN_RULE];
    if (rule.len == 0)
        return;
    buf_format(out, lang == LANG_JA ? "    再確認: %.*s" : "    Retest: %.*s", STR_ARG(rule));
    if (row->retest == RETEST_NONE)
        buf_add(
            out, lang == LANG_JA ? STR("（まだ演習していません）\n") : STR(", not played yet\n"));
    else
        buf_format(out, lang == LANG_JA ? "（%.*s：%.*s）%.*s\n" : ", %.*s: %.*s%.*s\n",
            STR_ARG(row->retested_in), STR_ARG(retests[row->retest].in[lang]),
            STR_ARG(plan_file_words(row).in[lang]));
}

static void write_row(
    struct plan *plan, const struct plan_row *row, enum lang lang, struct buf *out)
{
    buf_format(
        out, "#%lld %.*s", (long long)row->item->id, STR_ARG(plan_status_words(row).in[lang]));
    write_days(plan, row, lang, out);
    buf_format(out, "  [%.*s %.*s %.*s]\n", STR_ARG(row->item->values[PLAN_EXERCISE]),
        STR_ARG(row->item->values[PLAN_CAPABILITY]), STR_ARG(row->item->values[PLAN_ELEMENT]));
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        struct str value = plan_words_value(plan, row, lines[i].field, lang);
        if (value.len > 0)
            buf_format(out, "    %.*s: %.*s\n", STR_ARG(lines[i].title.in[lang]), STR_ARG(value));
    }
    write_retest(row, lang, out);
}

static void write_sum(const struct plan *plan, enum lang lang, struct buf *out)
{
    size_t overdue = 0;
    buf_format(
        out, lang == LANG_JA ? "改善計画：%zu件" : "Improvement plan: %zu items", plan->row_count);
    for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
        size_t count = 0;
        for (size_t r = 0; r < plan->row_count; r++)
            count += str_is(plan_status(&plan->rows[r]), statuses[i].name);
        if (count > 0)
            buf_format(out, lang == LANG_JA ? "、%.*s %zu" : "; %.*s %zu",
                STR_ARG(statuses[i].words.in[lang]), count);
    }
    for (size_t r = 0; r < plan->row_count; r++)
        overdue += plan->rows[r].is_overdue;
    if (overdue > 0)
        buf_format(out, lang == LANG_JA ? "、期限超過 %zu（%.*s 現在）" : "; overdue %zu on %.*s",
            overdue, STR_ARG(plan->today));
    buf_add_char(out, '\n');
}

void plan_write_text(struct plan *plan, enum lang lang, struct buf *out)
{
    if (plan->row_count == 0) {
        buf_add(out, lang == LANG_JA
                         ? STR("改善項目はまだありません。tocsin plan 演習 --propose で提案を"
                               "見られます\n")
                         : STR("no item yet; tocsin plan EXERCISE --propose shows what could be "
                               "one\n"));
        return;
    }
    write_sum(plan, lang, out);
    for (size_t i = 0; i < plan->row_count; i++)
        write_row(plan, &plan->rows[i], lang, out);
}

void plan_write_history(struct plan *plan, int64_t item, enum lang lang, struct buf *out)
{
    for (size_t i = 0; i < plan->record.change_count; i++) {
        const struct record_plan_change *change = &plan->record.changes[i];
        struct record_plan_item as_item = {.id = item};
        const struct plan_row row = {.item = &as_item};
        if (change->item != item)
            continue;
        buf_format(out, "%.*s\n", STR_ARG(past_date(&plan->arena, change->wall_ms)));
        for (int f = 0; f < PLAN_FIELD_COUNT; f++) {
            as_item.values[f] = change->values[f];
            as_item.is_forgotten[f] = change->is_forgotten[f];
            if (change->is_set[f])
                buf_format(out, "    %s: %.*s\n", record_plan_fields[f].name,
                    STR_ARG(plan_value(plan, &row, (enum record_plan_field)f, lang)));
        }
    }
}
