/* Observer sheets: an evaluation form (EEG) for each capability, and a sheet for the hot wash of
 * each seat. The sentences are those of the findings, so that paper and program speak alike. */
#include "core/organisation.h"
#include "report/kit_parts.h"

static struct str eyes_of_observers(const struct kit *kit)
{
    return KIT_SAY(kit, "For observers and the facilitator only", "評価者・進行役のみ閲覧可");
}

/* What packs of ours call their capabilities; other packs' are called as they are. */
static struct str capability_name(const struct kit *kit, struct str id)
{
    static const struct {
        const char *id;
        struct words name;
    } rows[] = {
        {"communication", WORDS("Communication", "コミュニケーション")},
        {"content", WORDS("Content of reports", "報告の内容")},
        {"decisions", WORDS("Decisions", "意思決定")},
        {"escalation", WORDS("Escalation", "エスカレーション")},
        {"evidence", WORDS("Evidence", "証拠の保全")},
        {"information-handling", WORDS("Handling of information", "情報の取り扱い")},
        {"legal-duties", WORDS("Legal duties", "法令上の義務")},
        {"record-keeping", WORDS("Record keeping", "記録")},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (str_is(id, rows[i].id))
            return kit_say(kit, rows[i].name);
    return id.len > 0 ? id : KIT_SAY(kit, "Other", "その他");
}

/* ---- how long a rule allows ---- */

static struct str bounds_text(struct kit *kit, const struct rule_deadline *deadline)
{
    static const struct words units[BOUND_UNIT_COUNT] = {
        [BOUND_HOURS] = WORDS(" h", "時間"),
        [BOUND_DAYS] = WORDS(" days", "日"),
        [BOUND_BUSINESS_DAYS] = WORDS(" working days", "営業日"),
        [BOUND_MONTHS] = WORDS(" months", "か月"),
    };
    struct str text = STR("");
    for (size_t i = 0; i < deadline->bound_count; i++)
        text = kit_format(kit, "%.*s%s%d%.*s", STR_ARG(text), i > 0 ? " / " : "",
            deadline->bounds[i].count, STR_ARG(kit_say(kit, units[deadline->bounds[i].unit])));
    return text;
}

static struct str count_text(struct kit *kit, const struct rule *rule)
{
    if (rule->at_least >= 0 && rule->at_least == rule->at_most)
        return KIT_FORMAT(kit, "exactly %d", "ちょうど%d回", rule->at_least);
    return rule->at_least >= 0 ? KIT_FORMAT(kit, "at least %d", "%d回以上", rule->at_least)
                               : KIT_FORMAT(kit, "at most %d", "%d回以下", rule->at_most);
}

static struct str within_text(struct kit *kit, const struct rule *rule)
{
    struct str span = kit_span(kit, rule->within_ms);
    if (rule->grace_ms <= 0)
        return KIT_FORMAT(kit, "within %.*s", "%.*s以内", STR_ARG(span));
    return KIT_FORMAT(kit, "within %.*s (late: up to %.*s more)", "%.*s以内（遅れの猶予%.*s）",
        STR_ARG(span), STR_ARG(kit_span(kit, rule->grace_ms)));
}

/* Within which time, or how often. */
static struct str window_text(struct kit *kit, const struct rule *rule)
{
    switch (rule->kind) {
    case RULE_DEADLINE:
        return rule->deadline != NULL ? bounds_text(kit, rule->deadline) : STR("");
    case RULE_CADENCE:
        return KIT_FORMAT(
            kit, "at least every %.*s", "%.*sごとに", STR_ARG(kit_span(kit, rule->within_ms)));
    case RULE_COUNT:
        return count_text(kit, rule);
    case RULE_FORBID:
    case RULE_FORBID_UNTIL:
    case RULE_FLOW:
    case RULE_HOLD:
        return KIT_SAY(kit, "throughout", "演習を通じて");
    default:
        return rule->within_ms >= 0 ? within_text(kit, rule)
                                    : KIT_SAY(kit, "until ENDEX", "終了（ENDEX）まで");
    }
}

/* ---- the evaluation form ---- */

static void write_ticks(struct kit *kit, const char *class_name)
{
    html_open_class(&kit->html, "td", class_name);
    kit_box(kit, STR("P"));
    kit_box(kit, STR("S"));
    kit_box(kit, STR("M"));
    kit_box(kit, STR("U"));
    html_close(&kit->html);
}

static void write_rule(struct kit *kit, const struct rule *rule)
{
    struct str title = kit_say(kit, rule->title);
    html_open(&kit->html, "tr");
    html_open(&kit->html, "td");
    html_text(&kit->html, title.len > 0 ? title : kit_say(kit, rule->before));
    if (rule->role.len > 0)
        html_element(&kit->html, "span", "quiet", kit_party(kit, rule->role));
    html_close(&kit->html);
    kit_cell(kit, "window", window_text(kit, rule));
    kit_cell(kit, "fill", STR(""));
    write_ticks(kit, "ticks");
    html_close(&kit->html);
}

static void write_form_head(struct kit *kit)
{
    html_open_class(&kit->html, "div", "form");
    kit_lines(kit, KIT_SAY(kit, "Observer", "評価者"), 1);
    kit_lines(kit, KIT_SAY(kit, "Table", "テーブル"), 1);
    kit_lines(kit, KIT_SAY(kit, "Date, STARTEX", "日付・開始時刻"), 1);
    html_close(&kit->html);
}

static void write_scale(struct kit *kit)
{
    html_element(&kit->html, "p", "quiet",
        KIT_SAY(kit,
            "P: performed without challenges. S: with some challenges. M: with major challenges. "
            "U: "
            "unable to be performed. Tick nothing where the occasion did not come.",
            "P：問題なく遂行　S：一部に課題　M：大きな課題　U：遂行できず。その場面がなかった項目に"
            "は印を付けません。"));
}

static void write_capability(struct kit *kit, struct str capability)
{
    static const struct words columns[] = {WORDS("What to see", "観察項目"),
        WORDS("Window", "時間"), WORDS("Seen at", "時刻"), WORDS("Rating", "評定")};
    const struct rules *rules = kit->source->rules;
    kit_sheet(kit, "eeg", eyes_of_observers(kit));
    html_element(&kit->html, "p", "kind", KIT_SAY(kit, "Evaluation form (EEG)", "評価票（EEG）"));
    html_element(&kit->html, "h2", NULL, capability_name(kit, capability));
    write_form_head(kit);
    write_scale(kit);
    html_open(&kit->html, "table");
    kit_head(kit, columns, 4);
    html_open(&kit->html, "tbody");
    for (size_t i = 0; i < rules->count; i++)
        if (str_eq(rules->items[i].capability, capability))
            write_rule(kit, &rules->items[i]);
    html_close(&kit->html);
    html_close(&kit->html);
    html_open_class(&kit->html, "p", "overall");
    html_element(&kit->html, "strong", NULL,
        KIT_SAY(kit, "The capability as a whole", "この能力の総合評定"));
    kit_box(kit, STR("P"));
    kit_box(kit, STR("S"));
    kit_box(kit, STR("M"));
    kit_box(kit, STR("U"));
    html_close(&kit->html);
    kit_lines(kit,
        KIT_SAY(
            kit, "Notes: what was seen, and why it came about", "メモ（観察したことと、その原因）"),
        5);
    kit_sheet_end(kit);
}

static bool is_first(const struct rules *rules, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (str_eq(rules->items[i].capability, rules->items[at].capability))
            return false;
    return true;
}

/* ---- the hot wash ---- */

static void write_hot_wash(struct kit *kit, const struct def_seat *seat)
{
    struct str name = kit_seat_name(kit, seat);
    kit_sheet(kit, "wash", kit_eyes_of(kit, name));
    html_element(
        &kit->html, "p", "kind", KIT_SAY(kit, "Hot wash", "振り返り票（ホットウォッシュ）"));
    html_element(&kit->html, "h2", NULL, name);
    html_element(&kit->html, "p", "quiet",
        KIT_SAY(kit,
            "Ten minutes, alone, before anybody speaks. It is the plan that was tried, and not a "
            "person.",
            "話し合う前に、10分間、一人で書いてください。試されたのは計画であり、人ではありません"
            "。"));
    kit_lines(kit,
        KIT_SAY(kit, "Three strengths: what went well, and should stay",
            "よかった点を三つ（続けたいこと）"),
        6);
    kit_lines(kit,
        KIT_SAY(kit, "Three improvements: what should change, and who should change it",
            "改善点を三つ（何を、誰が変えるか）"),
        6);
    kit_lines(kit, KIT_SAY(kit, "One surprise", "意外だったことを一つ"), 3);
    kit_lines(kit,
        KIT_SAY(
            kit, "What I did not know, and who knew it", "知らずにいたことと、それを知っていた人"),
        3);
    kit_sheet_end(kit);
}

void kit_observer_write(struct kit *kit)
{
    const struct rules *rules = kit->source->rules;
    for (size_t i = 0; i < rules->count; i++)
        if (is_first(rules, i))
            write_capability(kit, rules->items[i].capability);
    for (size_t i = 0; i < kit->def->seat_count; i++)
        write_hot_wash(kit, &kit->def->seats[i]);
}
