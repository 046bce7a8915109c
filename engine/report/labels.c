/* Names of codes. Cut-offs of words for shares stand here once; docs/report.md prints them. */
#include "report/labels.h"

const struct words labels_verdicts[VERDICT_COUNT] = {
    [VERDICT_SATISFIED] = WORDS("met", "達成"),
    [VERDICT_VIOLATED] = WORDS("not met", "未達"),
    [VERDICT_PENDING] = WORDS("still open", "判定前"),
    [VERDICT_NOT_ACTIVATED] = WORDS("nothing called for it", "該当する場面なし"),
    [VERDICT_EXCUSED] = WORDS("excused", "免除"),
    [VERDICT_INCONCLUSIVE] = WORDS("the exercise ended first", "先に演習が終了"),
    [VERDICT_NOT_MEASURED] = WORDS("not measured in this mode", "この実施形式では測定対象外"),
};

const struct words labels_severities[SEVERITY_COUNT] = {
    [SEVERITY_INFO] = WORDS("for information", "参考"),
    [SEVERITY_MINOR] = WORDS("minor", "軽微"),
    [SEVERITY_MAJOR] = WORDS("major", "重要"),
    [SEVERITY_CRITICAL] = WORDS("critical", "重大"),
};

const struct words labels_modes[MODE_COUNT] = {
    [MODE_DISCUSS] = WORDS("discussion, phase by phase", "討議形式（場面ごと）"),
    [MODE_PACED] = WORDS("one room, with the clock running", "一室で時計を動かして実施"),
    [MODE_LIVE] =
        WORDS("people apart, everything through the tool", "離れた場所からツール越しに実施"),
};

const struct words labels_causes[CAUSE_COUNT] = {
    [CAUSE_SKILL] = WORDS("skill", "スキル"),
    [CAUSE_PROCEDURE] = WORDS("procedure", "手順"),
    [CAUSE_AUTHORITY] = WORDS("authority", "権限"),
    [CAUSE_CONTACT_DATA] = WORDS("contact data", "連絡先情報"),
    [CAUSE_OVERLOAD] = WORDS("overload", "過負荷"),
    [CAUSE_TOOL] = WORDS("tool", "ツール"),
    [CAUSE_SCENARIO] = WORDS("scenario", "シナリオ"),
};

const struct words labels_elements[CAUSE_COUNT] = {
    [CAUSE_SKILL] = WORDS("Training", "訓練"),
    [CAUSE_PROCEDURE] = WORDS("Planning", "計画"),
    [CAUSE_AUTHORITY] = WORDS("Organization", "組織"),
    [CAUSE_CONTACT_DATA] = WORDS("Planning", "計画"),
    [CAUSE_OVERLOAD] = WORDS("Organization", "組織"),
    [CAUSE_TOOL] = WORDS("Equipment", "設備"),
    [CAUSE_SCENARIO] = WORDS("Exercise", "演習"),
};

const struct words labels_channels[CHANNEL_COUNT] = {
    [CHANNEL_NONE] = WORDS("", ""),
    [CHANNEL_PHONE] = WORDS("phone", "電話"),
    [CHANNEL_MAIL] = WORDS("mail", "メール"),
    [CHANNEL_CHAT] = WORDS("chat", "チャット"),
    [CHANNEL_MEETING] = WORDS("meeting", "会議"),
    [CHANNEL_TICKET] = WORDS("ticket", "チケット"),
    [CHANNEL_NEWS] = WORDS("news", "報道"),
    [CHANNEL_ALERT] = WORDS("alert", "警報"),
};

const struct words labels_ratings[RATING_COUNT] = {
    WORDS("", ""),
    WORDS("performed without challenges", "支障なく遂行"),
    WORDS("performed with some challenges", "一部に課題はあるが遂行"),
    WORDS("performed with major challenges", "大きな課題を残して遂行"),
    WORDS("unable to be performed", "遂行できず"),
};

const struct words labels_injects[INJECT_KIND_COUNT] = {
    [INJECT_CONTEXTUAL] = WORDS("background", "背景"),
    [INJECT_EVENT] = WORDS("event", "出来事"),
    [INJECT_CONTINGENCY] = WORDS("contingency", "補助の付与"),
    [INJECT_COMPLEXITY] = WORDS("complication", "難化"),
    [INJECT_INFORMATION] = WORDS("information", "情報"),
    [INJECT_BENIGN] = WORDS("harmless", "無害"),
    [INJECT_IMPROVISED] = WORDS("improvised", "即興"),
};

const struct words labels_sources[SOURCE_COUNT] = {
    [SOURCE_INJECT] = WORDS("from the scenario", "付与された情報"),
    [SOURCE_MESSAGE] = WORDS("by message", "メッセージ"),
    [SOURCE_SAID] = WORDS("told", "口頭で聞いた"),
    [SOURCE_HEARD] = WORDS("heard", "聞き取り"),
    [SOURCE_UNRECORDED] = WORDS("source unrecorded", "出所の記録なし"),
    [SOURCE_HANDOFF] = WORDS("by handover", "引き継ぎ"),
    [SOURCE_REVEALED] = WORDS("shown by the facilitator", "進行役が開示"),
};

const struct words labels_unreached[UNREACHED_COUNT] = {
    [UNREACHED_NO_ANSWER] = WORDS("no answer", "応答なし"),
    [UNREACHED_STALE] = WORDS("contact out of date", "連絡先が古い"),
    [UNREACHED_NO_CHANNEL] = WORDS("no such channel", "その手段なし"),
};

const struct words labels_authorities[] = {
    WORDS("may stop systems by itself", "自らシステムを停止できる"),
    WORDS("advises those who may stop systems", "停止を判断する人に助言する"),
    WORDS("may not stop systems", "システムを停止できない"),
    WORDS(
        "may stop systems in an emergency, and reports it", "緊急時に限り停止でき、事後に報告する"),
};

const char *const labels_tlp[TLP_COUNT] = {
    [TLP_NONE] = "TLP:AMBER",
    [TLP_RED] = "TLP:RED",
    [TLP_AMBER_STRICT] = "TLP:AMBER+STRICT",
    [TLP_AMBER] = "TLP:AMBER",
    [TLP_GREEN] = "TLP:GREEN",
    [TLP_CLEAR] = "TLP:CLEAR",
};

struct words labels_capability(struct str id)
{
    static const struct {
        const char *id;
        struct words name;
    } rows[] = {
        {"communication", WORDS("Communication", "コミュニケーション")},
        {"content", WORDS("Content of reports", "報告の内容")},
        {"decisions", WORDS("Decisions", "意思決定")},
        {"escalation", WORDS("Escalation", "エスカレーション")},
        {"evidence", WORDS("Preserving evidence", "証拠の保全")},
        {"information-handling", WORDS("Handling of information", "情報の取り扱い")},
        {"legal-duties", WORDS("Legal duties", "法令上の義務")},
        {"record-keeping", WORDS("Keeping records", "記録")},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (str_is(id, rows[i].id))
            return rows[i].name;
    if (id.len == 0)
        return (struct words)WORDS("Other", "その他");
    return (struct words){{id, id}};
}

struct words labels_share(size_t k, size_t n)
{
    static const struct {
        size_t from_permille;
        struct words words;
    } rows[] = {
        {1000, WORDS("every time", "毎回")},
        {900, WORDS("nearly every time", "ほぼ毎回")},
        {700, WORDS("mostly", "おおむね")},
        {400, WORDS("about half the time", "半分程度")},
        {1, WORDS("seldom", "まれに")},
        {0, WORDS("never", "一度もなし")},
    };
    if (n < LABELS_LEAST)
        return (struct words)WORDS("too few cases for a word", "件数が少なく、言葉では表せない");
    size_t i = 0;
    while (k * 1000 < rows[i].from_permille * n)
        i++;
    return rows[i].words;
}
