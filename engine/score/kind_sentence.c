/* Sentences of the kinds that are not about an answer that comes or not: both languages side by
 * side, one function a kind. */
#include "score/teller.h"

static struct str say(
    const struct teller *teller, const char *en, const char *ja, const struct event *event)
{
    return arena_format(
        teller->arena, teller_is_en(teller) ? en : ja, STR_ARG(teller_told(teller, event)));
}

static struct str plain(const struct teller *teller, const char *en, const char *ja)
{
    return teller_is_en(teller) ? str_of(en) : str_of(ja);
}

/* ---- what must not happen, and what must last ---- */

static bool is_unread(const struct event *event)
{
    return (event->kind == EVENT_ACKED && event->body.acked.unread) ||
           (event->kind == EVENT_MESSAGED && event->body.messaged.unread);
}

static struct str kept_until(const struct teller *teller, const struct event *end)
{
    struct str at = teller_at(teller, end), what = teller_clause(teller, end);
    return arena_format(teller->arena,
        teller_is_en(teller) ? "Nothing had broken the rule when, at %.*s, %.*s."
                             : "%.*sに%.*s時点まで、これに反することは起きていなかった。",
        STR_ARG(at), STR_ARG(what));
}

static struct str forbid(const struct teller *teller)
{
    const struct evidence *evidence = teller->evidence;
    if (teller->finding->verdict == VERDICT_VIOLATED && is_unread(evidence->target))
        return say(teller, "It happened: %.*s, without having opened it.",
            "起きてしまった：%.*s（開封前だった）。", evidence->target);
    if (teller->finding->verdict == VERDICT_VIOLATED)
        return say(teller, "It happened: %.*s.", "起きてしまった：%.*s。", evidence->target);
    if (teller->finding->verdict == VERDICT_PENDING)
        return plain(teller, "So far nothing has broken the rule.",
            "これまでのところ、これに反することは起きていない。");
    if (evidence->target != NULL)
        return kept_until(teller, evidence->target);
    return plain(teller, "Nothing broke the rule during the exercise.",
        "演習を通して、これに反することは起きなかった。");
}

/* "02:31, when the PoC …"; 02:31（PoCが…）. */
static struct str moment(const struct teller *teller, const struct event *event)
{
    struct str at = teller_at(teller, event), what = teller_clause(teller, event);
    return arena_format(teller->arena, teller_is_en(teller) ? "%.*s, when %.*s" : "%.*s（%.*s）",
        STR_ARG(at), STR_ARG(what));
}

static struct str hold(const struct teller *teller)
{
    const struct event *target = teller->evidence->target;
    struct str start = moment(teller, teller->evidence->activation);
    bool is_en = teller_is_en(teller);
    if (teller->finding->verdict == VERDICT_PENDING)
        return arena_format(teller->arena,
            is_en ? "It has been so since %.*s." : "%.*sから保たれている。", STR_ARG(start));
    if (target == NULL)
        return arena_format(teller->arena,
            is_en ? "It stayed so to the end, from %.*s." : "%.*sから最後まで保たれた。",
            STR_ARG(start));
    struct str end = moment(teller, target);
    if (teller->finding->verdict == VERDICT_VIOLATED)
        return arena_format(teller->arena,
            is_en ? "It was so from %.*s, but no longer from %.*s."
                  : "%.*sから保たれていたが、%.*sに失われた。",
            STR_ARG(start), STR_ARG(end));
    return arena_format(teller->arena,
        is_en ? "It stayed so from %.*s, until %.*s." : "%.*sから%.*sまで保たれた。",
        STR_ARG(start), STR_ARG(end));
}

/* ---- order ---- */

static struct str sequence(const struct teller *teller)
{
    const struct finding *finding = teller->finding;
    const struct event *miss = teller->evidence->miss;
    if (finding->verdict == VERDICT_SATISFIED)
        return say(teller, "All steps came in their order; the last one: %.*s.",
            "すべての手順が順番どおりだった。最後の手順：%.*s。", teller->evidence->target);
    if (finding->verdict == VERDICT_PENDING)
        return plain(
            teller, "Not all steps have been taken yet.", "まだすべての手順は済んでいない。");
    if (finding->verdict == VERDICT_INCONCLUSIVE)
        return plain(teller, "The exercise ended before the last step was due.",
            "最後の手順の期限より前に演習が終わった。");
    if (miss == NULL)
        return plain(teller, "Not all steps were taken.", "行われなかった手順がある。");
    if (str_is(finding->miss_why, "order"))
        return say(teller, "A step came before the one that it follows: %.*s.",
            "先の手順より前に行われた：%.*s。", miss);
    if (str_is(finding->miss_why, "gap"))
        return say(teller, "A step came too long after the one before it: %.*s.",
            "前の手順から間が空きすぎた：%.*s。", miss);
    return say(teller, "The last step came too late: %.*s.", "最後の手順が遅かった：%.*s。", miss);
}

struct str kind_sentence(const struct teller *teller)
{
    static struct str (*const tellers[RULE_KIND_COUNT])(const struct teller *teller) = {
        [RULE_CONTENT] = content_sentence,
        [RULE_COUNT] = count_sentence,
        [RULE_FLOW] = flow_sentence,
        [RULE_FORBID] = forbid,
        [RULE_FORBID_UNTIL] = forbid,
        [RULE_HOLD] = hold,
        [RULE_SEQUENCE] = sequence,
    };
    enum rule_kind kind = teller->finding->rule->kind;
    return tellers[kind] == NULL ? STR("") : tellers[kind](teller);
}
