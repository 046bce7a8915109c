/* Sentences of the kinds that are not about an answer that comes or not: both languages side by
 * side, one function a kind. */
#include "score/overlap.h"
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

/* Who would have had the authority that was not there, as far as the definition says. */
static struct strs authority_of(const struct def *def, const struct event *event)
{
    if (event->kind == EVENT_DECIDED && event->body.decided.contested) {
        const struct def_question *question = def_question(def, event->body.decided.question);
        return question == NULL ? (struct strs){0} : question->owners;
    }
    bool is_order = event->kind == EVENT_MESSAGED && event->body.messaged.contested;
    bool is_deed = event->kind == EVENT_ACTED && event->body.acted.contested;
    const struct def_action *action = is_order  ? def_action(def, event->body.messaged.action)
                                      : is_deed ? def_action(def, event->body.acted.action)
                                                : NULL;
    return action == NULL ? (struct strs){0} : action->authority;
}

/* Behind what happened: what was wrong with it, where the record says. */
static struct str flaw(const struct teller *teller, const struct event *event)
{
    const struct phrase_book *book = &teller->context->book;
    struct strs may = authority_of(book->def, event);
    bool is_own = event->kind == EVENT_MESSAGED && event->body.messaged.contested &&
                  event->body.messaged.type == MESSAGE_APPROVAL;
    if (is_unread(event))
        return plain(teller, ", without having opened it", "（開封前だった）");
    if (is_own)
        return plain(teller, ", for a text of their own", "（自分の文案だった）");
    struct strs approved = overlap_values(&teller->finding->rule->then.pattern, "approved");
    if (strs_contain(approved, STR("no")))
        return plain(teller, ", without approval", "（承認されていなかった）");
    if (may.count == 0)
        return STR("");
    const char *en = event->kind == EVENT_DECIDED    ? ", which is for %.*s to decide"
                     : event->kind == EVENT_MESSAGED ? ", which is for %.*s to order"
                                                     : ", which is for %.*s to do or order";
    const char *ja = event->kind == EVENT_DECIDED    ? "（決められるのは%.*s）"
                     : event->kind == EVENT_MESSAGED ? "（指示できるのは%.*s）"
                                                     : "（実施または指示できるのは%.*s）";
    return arena_format(teller->arena, teller_is_en(teller) ? en : ja,
        STR_ARG(phrase_either(book, teller->lang, phrase_present(book, may))));
}

static struct str forbid(const struct teller *teller)
{
    const struct event *target = teller->evidence->target;
    if (teller->finding->verdict == VERDICT_VIOLATED) {
        struct str what = teller_told(teller, target), why = flaw(teller, target);
        return arena_format(teller->arena,
            teller_is_en(teller) ? "It happened: %.*s%.*s." : "実際には：%.*s%.*s。", STR_ARG(what),
            STR_ARG(why));
    }
    if (teller->finding->verdict == VERDICT_PENDING)
        return plain(teller, "So far nothing has broken the rule.",
            "これまでのところ、これに反することは起きていない。");
    if (target != NULL)
        return kept_until(teller, target);
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
