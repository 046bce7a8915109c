/* Sentences of the kinds that are not about an answer that comes or not: both languages side by
 * side, one function a kind. */
#include "score/parcel.h"
#include "score/teller.h"

static bool is_en(const struct teller *teller)
{
    return teller->lang == LANG_EN;
}

/* "at 02:31 the PoC …"; 02:31にPoCが…. */
static struct str told(const struct teller *teller, const struct event *event)
{
    struct str at = teller_at(teller, event);
    struct str what = teller_clause(teller, event);
    if (is_en(teller))
        return arena_format(teller->arena, "at %.*s %.*s", STR_ARG(at), STR_ARG(what));
    return arena_format(teller->arena, "%.*sに%.*s", STR_ARG(at), STR_ARG(what));
}

static struct str say(
    const struct teller *teller, const char *en, const char *ja, const struct event *event)
{
    return arena_format(teller->arena, is_en(teller) ? en : ja, STR_ARG(told(teller, event)));
}

static struct str plain(const struct teller *teller, const char *en, const char *ja)
{
    return is_en(teller) ? str_of(en) : str_of(ja);
}

/* ---- what must not happen, and what must last ---- */

static bool is_unread(const struct event *event)
{
    return (event->kind == EVENT_ACKED && event->body.acked.unread) ||
           (event->kind == EVENT_MESSAGED && event->body.messaged.unread);
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
        return plain(teller, "So far it has not happened.", "これまでのところ起きていない。");
    if (evidence->target != NULL)
        return say(
            teller, "It did not happen until %.*s.", "起きないまま、%.*s。", evidence->target);
    return plain(
        teller, "It did not happen during the exercise.", "演習を通して、起きることはなかった。");
}

static struct str hold(const struct teller *teller)
{
    const struct evidence *evidence = teller->evidence;
    if (teller->finding->verdict == VERDICT_VIOLATED)
        return say(teller, "It was so no longer when %.*s.", "次の時点で失われた：%.*s。",
            evidence->target);
    if (teller->finding->verdict == VERDICT_PENDING)
        return say(teller, "It has been so since %.*s.", "次の時点から保たれている：%.*s。",
            evidence->activation);
    return say(teller, "It stayed so, counting from when %.*s.", "最後まで保たれた（起点：%.*s）。",
        evidence->activation);
}

/* ---- numbers ---- */

static struct str wanted(const struct teller *teller)
{
    const struct rule *rule = teller->finding->rule;
    if (rule->at_least == rule->at_most)
        return arena_format(
            teller->arena, is_en(teller) ? "exactly %d" : "ちょうど%d回", rule->at_least);
    if (rule->at_most < 0)
        return arena_format(
            teller->arena, is_en(teller) ? "at least %d" : "%d回以上", rule->at_least);
    if (rule->at_least <= 0)
        return arena_format(
            teller->arena, is_en(teller) ? "at most %d" : "%d回以内", rule->at_most);
    return arena_format(
        teller->arena, is_en(teller) ? "%d to %d" : "%d回から%d回", rule->at_least, rule->at_most);
}

/* In a window: what had been wanted by when, and what began it. */
static struct str too_few(const struct teller *teller, struct str number)
{
    struct clause_gap gap = {.pattern = &teller->finding->rule->then.pattern};
    struct str what = clause_absence(&teller->context->book, teller->lang, &gap);
    struct str bound = teller_clock(teller, teller->finding->bound_ms);
    struct str start = told(teller, teller->evidence->activation);
    bool is_any = teller->finding->rule->at_least == 1;
    if (is_any)
        return arena_format(teller->arena,
            is_en(teller) ? "By %.*s %.*s (counting from when %.*s)."
                          : "%.*sまでに、%.*s（起点：%.*s）。",
            STR_ARG(bound), STR_ARG(what), STR_ARG(start));
    return arena_format(teller->arena,
        is_en(teller) ? "By %.*s there were fewer than the %.*s that were wanted (counting from "
                        "when %.*s)."
                      : "%.*sまでに、求められた%.*sに満たなかった（起点：%.*s）。",
        STR_ARG(bound), STR_ARG(number), STR_ARG(start));
}

static struct str count(const struct teller *teller)
{
    const struct finding *finding = teller->finding;
    struct str number = wanted(teller);
    const struct event *target = teller->evidence->target;
    if (target != NULL)
        return arena_format(teller->arena,
            is_en(teller) ? finding->verdict == VERDICT_SATISFIED
                                ? "Wanted were %.*s; that was reached when %.*s."
                                : "Wanted were %.*s; this was the next one: %.*s."
            : finding->verdict == VERDICT_SATISFIED
                ? "求められたのは%.*s。次の時点で満たした：%.*s。"
                : "求められたのは%.*s。次が余分だった：%.*s。",
            STR_ARG(number), STR_ARG(told(teller, target)));
    if (finding->verdict == VERDICT_PENDING)
        return arena_format(teller->arena,
            is_en(teller) ? "Wanted are %.*s; so far it is open."
                          : "求められるのは%.*s。まだ決まっていない。",
            STR_ARG(number));
    if (finding->verdict == VERDICT_INCONCLUSIVE)
        return plain(teller, "The exercise ended before the time for it was over.",
            "期間の途中で演習が終わった。");
    if (finding->verdict == VERDICT_VIOLATED && finding->bound_ms >= 0)
        return too_few(teller, number);
    return arena_format(teller->arena,
        finding->verdict == VERDICT_SATISFIED
            ? (is_en(teller) ? "Wanted were %.*s, and so it was."
                             : "求められたのは%.*s。そのとおりだった。")
            : (is_en(teller) ? "Wanted were %.*s; there were fewer."
                             : "求められたのは%.*s。それに満たなかった。"),
        STR_ARG(number));
}

/* ---- order ---- */

static struct str sequence(const struct teller *teller)
{
    const struct finding *finding = teller->finding;
    const struct event *miss = teller->evidence->miss;
    if (finding->verdict == VERDICT_SATISFIED)
        return say(teller, "All steps came in their order; the last %.*s.",
            "すべての手順が順番どおりだった。最後は%.*s。", teller->evidence->target);
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

/* ---- what is said, and to whom ---- */

/* How many of the reader's three questions it answered. */
static struct str receiver(const struct teller *teller)
{
    struct str what = told(teller, teller->evidence->target);
    return arena_format(teller->arena,
        is_en(teller)
            ? "%.*s; of what is asked, by when, and what is not known, it answered %d "
              "of 3 (content %d%%, at least %d%% wanted)."
            : "%.*s。何を求めるか、いつまでか、何がわかっていないかの3点のうち、答えていたのは%d点"
              "（内容%d％、求められたのは%d％以上）。",
        STR_ARG(what), teller->evidence->instance->answer_count,
        teller->finding->content_permille / 10, teller->finding->rule->content_percent);
}

static struct str content(const struct teller *teller)
{
    if (teller->finding->rule->receiver)
        return receiver(teller);
    int percent = teller->finding->content_permille / 10;
    struct str what = told(teller, teller->evidence->target);
    return arena_format(teller->arena,
        is_en(teller) ? "%.*s: %d%% of what its readers needed, at least %d%% wanted."
                      : "%.*s。読み手に必要な内容の%d％（求められたのは%d％以上）。",
        STR_ARG(what), percent, teller->finding->rule->content_percent);
}

/* What went to whom who must not have it. */
static struct str need_to_know(const struct teller *teller)
{
    const struct phrase_book *book = &teller->context->book;
    const struct event *event = teller->evidence->target;
    struct strs facts = parcel_facts(event), to = parcel_to(event);
    struct str what = told(teller, event);
    for (size_t i = 0; i < facts.count; i++) {
        const struct def_fact *fact = def_fact(book->def, facts.items[i]);
        for (size_t p = 0; fact != NULL && p < to.count; p++)
            if (def_fact_need(fact, to.items[p]) == NEED_NEVER)
                return arena_format(teller->arena,
                    is_en(teller) ? "%.*s, and with it %.*s, which is not for %.*s."
                                  : "%.*s。%.*sという、%.*sに伝えてはならない内容を含んでいた。",
                    STR_ARG(what), STR_ARG(phrase_fact(book, teller->lang, fact->id)),
                    STR_ARG(phrase_party(book, teller->lang, to.items[p])));
    }
    return what;
}

static struct str flow(const struct teller *teller)
{
    if (str_is(teller->finding->miss_why, "need"))
        return need_to_know(teller);
    static const struct {
        const char *why;
        struct words text;
    } rows[] = {
        {"tlp", WORDS("its source had not allowed it to go there (TLP)",
                    "情報源が許していない相手だった（TLP）")},
        {"marking", WORDS("it was marked more loosely than what it was made from",
                        "元の情報より緩いTLP表示だった")},
        {"over", WORDS("its marking kept it from somebody who must have it",
                     "表示が厳しすぎ、知るべき人に届かなくなった")},
        {"contradiction", WORDS("others had already been told something newer",
                              "ほかの相手にはすでに新しい内容を伝えていた")},
    };
    struct str what = told(teller, teller->evidence->target);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (str_is(teller->finding->miss_why, rows[i].why))
            return arena_format(teller->arena, is_en(teller) ? "%.*s; %.*s." : "%.*s。%.*s。",
                STR_ARG(what), STR_ARG(rows[i].text.in[teller->lang]));
    return arena_format(teller->arena,
        is_en(teller) ? "%.*s, and nothing in it went where it must not."
                      : "%.*s。伝えてはならない相手には渡っていない。",
        STR_ARG(what));
}

struct str kind_sentence(const struct teller *teller)
{
    static struct str (*const tellers[RULE_KIND_COUNT])(const struct teller *teller) = {
        [RULE_CONTENT] = content,
        [RULE_COUNT] = count,
        [RULE_FLOW] = flow,
        [RULE_FORBID] = forbid,
        [RULE_FORBID_UNTIL] = forbid,
        [RULE_HOLD] = hold,
        [RULE_SEQUENCE] = sequence,
    };
    enum rule_kind kind = teller->finding->rule->kind;
    return tellers[kind] == NULL ? STR("") : tellers[kind](teller);
}
