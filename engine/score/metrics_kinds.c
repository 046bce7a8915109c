/* The catalogue of metrics, in the order of docs/metrics.md. */
#include "score/metrics_kinds.h"

#define KIND(id, part, shape, en, ja)                                                              \
    {                                                                                              \
        id, part, METRIC_##shape, false, WORDS(en, ja)                                             \
    }
#define STYLE(id, part, shape, en, ja)                                                             \
    {                                                                                              \
        id, part, METRIC_##shape, true, WORDS(en, ja)                                              \
    }

const struct metric_kind metric_kinds[ROW_COUNT] = {
    [ROW_ACK_TIME] = KIND("C01", "", TIME, "until acknowledged", "受領確認までの時間"),
    [ROW_ACK_RATE] = KIND("C02", "", RATE, "acknowledged in time", "期限内の受領確認"),
    [ROW_LOOP_ACKED] = KIND("C03", "acked", RATE, "orders answered at all", "応答のあった指示"),
    [ROW_LOOP_READ_BACK] = KIND("C03", "read-back", RATE, "orders read back", "復唱された指示"),
    [ROW_LOOP_DONE] =
        KIND("C03", "done", RATE, "orders done or reported", "実施・完了報告された指示"),
    [ROW_LOOP_CLOSED] =
        KIND("C03", "closed", RATE, "orders read back, then done", "復唱のうえ実施された指示"),
    [ROW_DIRECTED] = KIND("C04", "", RATE, "orders to one addressee", "宛先が一人の指示"),
    [ROW_BOXED] = KIND("C05", "boxed", RATE, "orders with a time", "期限つきの指示"),
    [ROW_FOLLOWED] =
        KIND("C05", "followed", RATE, "of these, answered in time", "そのうち期限内に応答"),
    [ROW_RECOGNISED] = KIND("C06", "", TIME, "until recognised", "インシデント認知までの時間"),
    [ROW_ESCALATED] =
        KIND("C07", "", TIME, "until an escalation reached", "エスカレーション到達までの時間"),
    [ROW_NOTIFIED] = KIND("C08", "", TIME, "until a notification reached", "通知到達までの時間"),
    [ROW_DECISION] = KIND("C09", "", TIME, "until a decision", "判断までの時間"),
    [ROW_ASKING] = KIND("C09", "asking", RATE, "decided with an own request unanswered",
        "問い合わせの回答前の判断"),
    [ROW_TO_ORDER] = KIND("C10", "to-order", TIME, "from decision to order", "判断から指示まで"),
    [ROW_TO_DONE] = KIND("C10", "to-done", TIME, "from order to deed", "指示から実施まで"),
    [ROW_HOPS] = STYLE(
        "C11", "", COUNT, "hands until a fact came to who decided", "判断者に届くまでの伝達回数"),
    [ROW_MUST_KNOW] = KIND("C12", "", TIME, "from the first who knew to those who must",
        "最初に知った人から、知るべき人まで"),
    [ROW_PROMISED] =
        KIND("C13", "promised", RATE, "promised updates that came in time", "約束どおりの続報"),
    [ROW_GAP] = KIND("C13", "gap", TIME, "between two situation reports", "状況報告の間隔"),
    [ROW_SLOTS] = KIND("C14", "", RATE, "slots answered", "報告項目の充足"),
    [ROW_UNKNOWNS] =
        KIND("C15", "", RATE, "of the rest, said to be unknown", "残りのうち不明と明示"),
    [ROW_TRUE] = KIND("C16", "true", RATE, "facts that were true", "正しかった情報"),
    [ROW_SUPERSEDED] =
        KIND("C16", "superseded", RATE, "facts known to be outdated", "古いと知りながら伝えた情報"),
    [ROW_UNRECORDED] =
        KIND("C16", "unrecorded", RATE, "facts without a recorded source", "出所の記録がない情報"),
    [ROW_CONTRADICTED] = KIND("C17", "contradicted", RATE, "cards that audiences heard differently",
        "相手によって食い違った情報"),
    [ROW_STANDING] =
        KIND("C17", "standing", RATE, "cards never put right for all", "最後まで訂正が届かず"),
    [ROW_CORRECTION] = KIND("C18", "", TIME, "until a correction", "訂正までの時間"),
    [ROW_VOICE] = KIND("C19", "", RATE, "statements outside with approval", "承認済みの対外声明"),
    [ROW_INSIDE_FIRST] = KIND("C20", "", RATE, "inside before public", "公表より先に社内へ"),
    [ROW_STATEMENT] =
        KIND("C21", "", TIME, "until the first public statement", "最初の公表までの時間"),
    [ROW_STATEMENT_APPROVED] =
        KIND("C21", "approved", RATE, "that statement was approved", "その公表の承認"),
    [ROW_NEVER] = KIND("C22", "", RATE, "messages that told somebody who must not know",
        "知らせてはならない相手に伝えた"),
    [ROW_ANTICIPATION] =
        STYLE("C23", "", RATIO, "told unasked : asked", "自発的な伝達：問い合わせ"),
    [ROW_INSIDE] = KIND("C24", "inside", RATE, "requests to seats answered", "席への依頼の回答"),
    [ROW_OUTSIDE] =
        KIND("C24", "outside", RATE, "requests to outsiders answered", "外部への依頼の回答"),
    [ROW_INSIDE_TIME] =
        KIND("C24", "inside-time", TIME, "until a seat answered", "席の回答までの時間"),
    [ROW_OUTSIDE_TIME] =
        KIND("C24", "outside-time", TIME, "until an outsider answered", "外部の回答までの時間"),
    [ROW_HANDOFF_COMPLETE] = KIND(
        "C25", "complete", RATE, "handovers of all that was needed", "必要な情報が揃った引き継ぎ"),
    [ROW_HANDOFF_ACCEPTED] = KIND(
        "C25", "accepted", RATE, "handovers that the taker answered", "受け手が応答した引き継ぎ"),
    [ROW_HANDOFF_NOTED] = KIND("C25", "noted", RATE, "handovers with a note", "メモのある引き継ぎ"),
    [ROW_LEADING] = STYLE("C26", "", RATE, "commander: leading, not doing", "指揮者：指揮と作業"),
    [ROW_WAITING] = STYLE("C27", "waiting", TIME, "until opened", "開封までの時間"),
    [ROW_REASON] = KIND("C28", "reason", RATE, "decisions with a reason", "理由のある判断"),
    [ROW_OWNER] = KIND("C28", "owner", RATE, "decisions by an owner", "権限者による判断"),
    [ROW_IN_TIME] =
        KIND("C28", "in-time", RATE, "decisions before the time ran out", "期限内の判断"),
    [ROW_NOISE] = KIND("noise", "", RATE, "deliveries that gave nothing", "何も伝えなかった送信"),
    [ROW_FALSE_ALARMS] =
        KIND("false-alarms", "", RATE, "alarms about what was harmless", "無害なことへの警報"),
    [ROW_UNREAD_ACKS] =
        KIND("unread-acks", "", RATE, "acknowledged without reading", "未読のままの受領確認"),
    [ROW_STAMPS] = KIND("stamps", "", RATE, "approved without reading", "未読のままの承認"),
    [ROW_CONTESTED_ORDERS] =
        KIND("contested", "orders", RATE, "orders without authority", "権限のない指示"),
    [ROW_CONTESTED_DEEDS] =
        KIND("contested", "deeds", RATE, "deeds without authority", "権限のない実施"),
    [ROW_CONTESTED_DECISIONS] =
        KIND("contested", "decisions", RATE, "decisions without authority", "権限のない判断"),
    [ROW_CONTESTED_APPROVALS] =
        KIND("contested", "approvals", RATE, "own drafts approved", "自分の案の承認"),
};

const struct metric_gap metric_gaps[] = {
    {"C14", WORDS("templates of reports (SBAR, METHANE, I-PASS)", "報告様式（SBAR等）の項目"),
        "not-recorded"},
    {"C16", WORDS("whether a fact was said to be confirmed or suspected", "確定と推定の区別"),
        "not-recorded"},
    {"C19", WORDS("who may speak for the organisation", "対外発表の権限者"), "not-recorded"},
    {"C22", WORDS("which facts are personal data", "個人データに当たる情報"), "not-recorded"},
    {"C25", WORDS("open actions that were lost in a handover", "引き継ぎで失われた作業"),
        "not-recorded"},
    {"C28", WORDS("what a decision was based on", "判断の根拠とした情報"), "not-recorded"},
    {"C29", WORDS("readability for executives", "経営層にとっての読みやすさ"), "words"},
};
const size_t metric_gap_count = sizeof(metric_gaps) / sizeof(metric_gaps[0]);
