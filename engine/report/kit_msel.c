/* The list of injects (MSEL), for the facilitator: a sheet on which to follow, then each inject
 * with all that is known of it. Nothing here is for players. */
#include "report/kit_parts.h"
#include "report/markdown.h"

static const struct words kinds[INJECT_KIND_COUNT] = {
    [INJECT_CONTEXTUAL] = WORDS("context", "状況説明"),
    [INJECT_EVENT] = WORDS("event", "出来事"),
    [INJECT_CONTINGENCY] = WORDS("contingency", "助け船"),
    [INJECT_COMPLEXITY] = WORDS("complication", "状況の悪化"),
    [INJECT_INFORMATION] = WORDS("information", "情報"),
    [INJECT_BENIGN] =
        WORDS("benign: nothing to do with the incident", "無関係（インシデントではない）"),
    [INJECT_IMPROVISED] = WORDS("improvised", "即興"),
};

/* Which must come, which may, and which depend on what the table does. */
static struct str weight_of(struct kit *kit, const struct def_inject *inject)
{
    if (inject->level > 0)
        return KIT_FORMAT(kit, "optional: from difficulty %d", "任意：難易度%dから", inject->level);
    if (inject->kind == INJECT_CONTINGENCY)
        return KIT_SAY(kit, "only if needed", "必要な場合のみ");
    if (inject->kind == INJECT_CONTEXTUAL || inject->kind == INJECT_EVENT)
        return KIT_SAY(kit, "core", "必須");
    return KIT_SAY(kit, "as play brings it", "展開による");
}

static struct str route_of(struct kit *kit, const struct def_inject *inject)
{
    struct str via = kit_channel(kit, inject->via);
    return kit_format(kit, "%.*s → %.*s%s%.*s", STR_ARG(kit_sender(kit, inject)),
        STR_ARG(kit_parties(kit, inject->to)), via.len > 0 ? " · " : "", STR_ARG(via));
}

/* ---- the sheet to follow ---- */

static void write_row(struct kit *kit, size_t at)
{
    const struct def_inject *inject = kit->injects[at];
    html_open(&kit->html, "tr");
    kit_cell(kit, "number", kit_format(kit, "%zu", at + 1));
    kit_cell(kit, "when", kit_trigger(kit, inject));
    html_open(&kit->html, "td");
    html_element(&kit->html, "span", "title", kit_say(kit, inject->title));
    html_element(&kit->html, "span", "quiet", route_of(kit, inject));
    html_close(&kit->html);
    kit_cell(kit, "weight", weight_of(kit, inject));
    kit_cell(kit, "fill", STR(""));
    html_close(&kit->html);
}

static void write_overview(struct kit *kit)
{
    static const struct words columns[] = {WORDS("No.", "No."), WORDS("When", "いつ"),
        WORDS("What", "内容"), WORDS("Kind", "区分"), WORDS("Given at", "渡した時刻")};
    kit_sheet(kit, "msel", kit_eyes_facilitator(kit));
    html_element(&kit->html, "p", "kind", KIT_SAY(kit, "List of injects", "出来事の一覧（MSEL）"));
    html_element(&kit->html, "h2", NULL, KIT_SAY(kit, "At a glance", "早見表"));
    html_element(&kit->html, "p", "quiet",
        KIT_SAY(kit,
            "Times are minutes and seconds since STARTEX, or the scenario's own calendar where a "
            "date "
            "stands. Injects without a time stand where the author expects them.",
            "時刻は開始（STARTEX）からの分：秒です。日付のあるものはシナリオ内の日時です。時刻のな"
            "い出来事は、"
            "作者が想定した順に並んでいます。"));
    html_open(&kit->html, "table");
    kit_head(kit, columns, sizeof(columns) / sizeof(columns[0]));
    html_open(&kit->html, "tbody");
    for (size_t i = 0; i < kit->def->inject_count; i++)
        write_row(kit, i);
    html_close(&kit->html);
    html_close(&kit->html);
    kit_sheet_end(kit);
}

/* ---- each inject ---- */

/* What the world says of it, where that is not what the card says, and from when. */
static void write_truths(struct kit *kit, const struct def_fact *fact)
{
    for (size_t i = 0; i < fact->truth_count; i++) {
        const struct def_truth *truth = &fact->truths[i];
        struct str text = kit_say(kit, truth->text);
        if (text.len == 0)
            continue;
        if (truth->from_ms > 0)
            text = KIT_FORMAT(kit, "In truth, from %.*s on: %.*s", "実際には（%.*s以降）：%.*s",
                STR_ARG(kit_clock(kit, truth->from_ms)), STR_ARG(text));
        else
            text = KIT_FORMAT(kit, "In truth: %.*s", "実際には：%.*s", STR_ARG(text));
        html_element(&kit->html, "span", "truth", text);
    }
}

static void write_facts(struct kit *kit, const struct def_inject *inject)
{
    if (inject->facts.count == 0)
        return;
    html_element(
        &kit->html, "h4", NULL, KIT_SAY(kit, "Facts that it carries", "この出来事でわかる事実"));
    html_open(&kit->html, "ul");
    for (size_t i = 0; i < inject->facts.count; i++) {
        const struct def_fact *fact = def_fact(kit->def, inject->facts.items[i]);
        if (fact == NULL)
            continue;
        html_open(&kit->html, "li");
        html_text(&kit->html, kit_say(kit, fact->text));
        write_truths(kit, fact);
        html_close(&kit->html);
    }
    html_close(&kit->html);
}

static void write_question(struct kit *kit, const struct def_question *question)
{
    struct str owners = kit_parties(kit, question->owners);
    html_element(&kit->html, "h4", NULL, KIT_SAY(kit, "Decision", "意思決定"));
    html_open(&kit->html, "p");
    html_text(&kit->html, kit_say(kit, question->prompt));
    if (owners.len > 0)
        html_element(&kit->html, "span", "note",
            KIT_FORMAT(kit, "Decided by: %.*s", "決める人：%.*s", STR_ARG(owners)));
    if (question->within_ms > 0)
        html_element(&kit->html, "span", "note",
            KIT_FORMAT(
                kit, "within %.*s", "%.*s以内", STR_ARG(kit_span(kit, question->within_ms))));
    html_close(&kit->html);
    html_open_class(&kit->html, "ul", "options");
    for (size_t i = 0; i < question->option_count; i++) {
        html_open(&kit->html, "li");
        kit_box(kit, kit_say(kit, question->options[i].text));
        html_close(&kit->html);
    }
    html_close(&kit->html);
}

static void write_attachments(struct kit *kit, const struct def_inject *inject)
{
    if (inject->attachment_count == 0)
        return;
    html_element(
        &kit->html, "h4", NULL, KIT_SAY(kit, "Attachments to print", "別に印刷する添付ファイル"));
    html_open(&kit->html, "ul");
    for (size_t i = 0; i < inject->attachment_count; i++)
        html_element(&kit->html, "li", NULL,
            kit_format(kit, "%.*s: %.*s", STR_ARG(inject->attachments[i].name.in[kit->lang]),
                STR_ARG(inject->attachments[i].path[kit->lang])));
    html_close(&kit->html);
}

static void write_meta(struct kit *kit, const struct def_inject *inject)
{
    kit_pairs(kit);
    kit_pair(kit, KIT_SAY(kit, "When", "いつ"), kit_trigger(kit, inject));
    kit_pair(kit, KIT_SAY(kit, "Why", "理由"), kit_say(kit, inject->reason));
    kit_pair(kit, KIT_SAY(kit, "From, to", "差出人と宛先"), route_of(kit, inject));
    kit_pair(kit, KIT_SAY(kit, "Kind", "区分"),
        KIT_FORMAT(kit, "%.*s, %.*s", "%.*s、%.*s", STR_ARG(kit_say(kit, kinds[inject->kind])),
            STR_ARG(weight_of(kit, inject))));
    kit_pair(kit, STR("TLP"), kit_tlp(inject->tlp));
    kit_pair(kit, KIT_SAY(kit, "Name", "識別名"), inject->id);
    html_close(&kit->html);
}

static void write_inject(struct kit *kit, size_t at)
{
    const struct def_inject *inject = kit->injects[at];
    struct html *html = &kit->html;
    html_open_class(html, "article", "inject");
    html_open(html, "h3");
    html_element(html, "span", "number", kit_format(kit, "%zu", at + 1));
    html_text(html, kit_say(kit, inject->title));
    html_close(html);
    write_meta(kit, inject);
    html_open_class(html, "div", "text");
    markdown_write(html, kit_say(kit, inject->body));
    html_close(html);
    write_facts(kit, inject);
    for (size_t i = 0; i < inject->questions.count; i++) {
        const struct def_question *question = def_question(kit->def, inject->questions.items[i]);
        if (question != NULL)
            write_question(kit, question);
    }
    if (inject->expected.count > 0) {
        html_element(html, "h4", NULL, KIT_SAY(kit, "Expected", "期待する行動"));
        kit_list(kit, inject->expected);
    }
    write_attachments(kit, inject);
    html_close(html);
}

static void write_hints(struct kit *kit)
{
    static const struct words columns[] = {WORDS("Hint", "ヒント"), WORDS("For", "渡す相手")};
    if (kit->def->hint_count == 0)
        return;
    kit_sheet(kit, "msel", kit_eyes_facilitator(kit));
    html_element(&kit->html, "h2", NULL,
        KIT_SAY(kit, "Hints, if a team is stuck", "行き詰まったときのヒント"));
    html_open(&kit->html, "table");
    kit_head(kit, columns, 2);
    html_open(&kit->html, "tbody");
    for (size_t i = 0; i < kit->def->hint_count; i++) {
        html_open(&kit->html, "tr");
        kit_cell(kit, NULL, kit_say(kit, kit->def->hints[i].text));
        kit_cell(kit, "name", kit_parties(kit, kit->def->hints[i].to));
        html_close(&kit->html);
    }
    html_close(&kit->html);
    html_close(&kit->html);
    kit_sheet_end(kit);
}

void kit_msel_write(struct kit *kit)
{
    write_overview(kit);
    kit_sheet(kit, "msel", kit_eyes_facilitator(kit));
    html_element(&kit->html, "h2", NULL, KIT_SAY(kit, "Each inject", "出来事の詳細"));
    for (size_t i = 0; i < kit->def->inject_count; i++)
        write_inject(kit, i);
    kit_sheet_end(kit);
    write_hints(kit);
}
