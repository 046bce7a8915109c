/* One function a verdict and shape, both languages side by side in each: whoever changes one sees
 * the other. Times are exercise time as on the clock in the room. */
#include "score/sentence.h"

#include "score/teller.h"

/* What a rule waits for: of choose, the decision on its question. */
static const struct pattern *then_of(const struct teller *teller)
{
    return &teller->evidence->monitor->rule->then.pattern;
}

static int64_t time_of(const struct teller *teller, const struct event *event)
{
    return rule_time_ms(teller->finding->rule, event);
}

/* What ties a rule's two sides together names the thing that its pattern leaves open. */
static struct str matched_thing(const struct teller *teller, const struct event *other)
{
    const struct phrase_book *book = &teller->context->book;
    struct str match = teller->finding->rule->match;
    if (match.len == 0 || other == NULL)
        return STR("");
    if (str_is(match, "re")) {
        struct str sent = phrase_thing(book, teller->lang, other, STR("message"));
        return sent.len != 0 ? sent : phrase_thing(book, teller->lang, other, STR("inject"));
    }
    struct str thing = phrase_thing(book, teller->lang, other, match);
    const struct instance *instance = teller->evidence->instance;
    if (thing.len == 0 && str_is(match, "fact") && instance->fact.len != 0)
        return phrase_fact(book, teller->lang, instance->fact);
    return thing;
}

static struct clause_gap gap_of(
    const struct teller *teller, const struct pattern *pattern, const struct event *other)
{
    return (struct clause_gap){.pattern = pattern,
        .parties = teller->evidence->monitor->parties,
        .about = matched_thing(teller, other),
        .is_reply = str_is(teller->finding->rule->match, "re")};
}

/* What starts the rule is itself such as it waits for: a note after a note, a message after one. */
static bool waits_again(const struct teller *teller)
{
    const struct event *activation = teller->evidence->activation;
    return activation != NULL && activation->kind != EVENT_LEARNED &&
           teller->finding->rule->match.len == 0 &&
           pattern_matches(then_of(teller), teller->context->book.def, activation);
}

/* What the rule waits for has not come. */
static struct str absence(const struct teller *teller, bool still_waits)
{
    struct clause_gap gap = gap_of(teller, then_of(teller), teller->evidence->activation);
    gap.still_waits = still_waits;
    struct str none = clause_absence(&teller->context->book, teller->lang, &gap);
    if (!waits_again(teller))
        return none;
    return arena_format(
        teller->arena, teller->lang == LANG_EN ? "%.*s again" : "その次の%.*s", STR_ARG(none));
}

/* "00:20 when the PoC opened “A call”"; a clock that a delivery started says so. */
static struct str start_text(const struct teller *teller)
{
    const struct event *activation = teller->evidence->activation;
    int64_t clock_ms = teller->evidence->instance->clock_ms;
    struct str start = teller_clock(teller, clock_ms), what = teller_clause(teller, activation);
    int64_t later_ms = clock_ms - time_of(teller, activation);
    bool is_en = teller->lang == LANG_EN;
    if (later_ms == 0)
        return arena_format(teller->arena, is_en ? "%.*s when %.*s" : "%.*s、%.*s時点",
            STR_ARG(start), STR_ARG(what));
    struct str later = teller_span(teller, later_ms);
    if (is_en)
        return arena_format(
            teller->arena, "%.*s, %.*s after %.*s", STR_ARG(start), STR_ARG(later), STR_ARG(what));
    what = clause_since(teller->arena, what);
    return arena_format(
        teller->arena, "%.*s、%.*s%.*s後", STR_ARG(start), STR_ARG(what), STR_ARG(later));
}

/* What stands in brackets behind "the limit". */
static struct str bound_text(const struct teller *teller)
{
    struct str start = start_text(teller);
    struct str bound = teller_clock(teller, teller->finding->bound_ms);
    return arena_format(teller->arena,
        teller->lang == LANG_EN ? "%.*s, counting from %.*s" : "期限は%.*s、起点は%.*s",
        STR_ARG(bound), STR_ARG(start));
}

/* ---- respond and each ---- */

/* How the target lies to the limit, brackets included. */
static struct str margin_text(const struct teller *teller)
{
    const struct finding *finding = teller->finding;
    bool is_en = teller->lang == LANG_EN;
    if (time_of(teller, teller->evidence->target) < teller->evidence->instance->clock_ms)
        return arena_format(teller->arena,
            is_en ? ", before the clock started (%.*s)" : "。計時の開始（%.*s）より前",
            STR_ARG(start_text(teller)));
    if (finding->bound_ms < 0)
        return arena_format(teller->arena, is_en ? " (counting from %.*s)" : "（起点は%.*s）",
            STR_ARG(start_text(teller)));
    struct str bound = bound_text(teller);
    if (finding->margin_ms == 0)
        return arena_format(teller->arena,
            is_en ? ", exactly at the limit (%.*s)" : "。期限ちょうど（%.*s）", STR_ARG(bound));
    bool early = finding->margin_ms > 0;
    struct str span = teller_span(teller, early ? finding->margin_ms : -finding->margin_ms);
    if (is_en)
        return arena_format(teller->arena, ", %.*s %s the limit (%.*s)", STR_ARG(span),
            early ? "before" : "after", STR_ARG(bound));
    return arena_format(teller->arena, "。期限%s%.*s%s（%.*s）", early ? "まで" : "を",
        STR_ARG(span), early ? "の余裕" : "超過", STR_ARG(bound));
}

static struct str met_sentence(const struct teller *teller)
{
    const struct event *target = teller->evidence->target;
    struct str what = teller_clause(teller, target), at = teller_at(teller, target);
    struct str margin = margin_text(teller);
    if (teller->lang == LANG_EN)
        return arena_format(
            teller->arena, "%.*s at %.*s%.*s.", STR_ARG(what), STR_ARG(at), STR_ARG(margin));
    return arena_format(
        teller->arena, "%.*sに%.*s%.*s。", STR_ARG(at), STR_ARG(what), STR_ARG(margin));
}

static struct str missed_sentence(const struct teller *teller)
{
    const struct finding *finding = teller->finding;
    struct str what = absence(teller, false), start = start_text(teller);
    bool is_en = teller->lang == LANG_EN;
    if (finding->bound_ms < 0)
        return arena_format(teller->arena,
            is_en ? "By the end of the exercise %.*s (counting from %.*s)."
                  : "演習の終わりまでに、%.*s（起点は%.*s）。",
            STR_ARG(what), STR_ARG(start));
    struct str bound = teller_clock(teller, finding->bound_ms);
    return arena_format(teller->arena,
        is_en ? "By %.*s %.*s (counting from %.*s)." : "%.*sまでに、%.*s（起点は%.*s）。",
        STR_ARG(bound), STR_ARG(what), STR_ARG(start));
}

static struct str pending_sentence(const struct teller *teller)
{
    const struct finding *finding = teller->finding;
    struct str what = absence(teller, true);
    bool is_en = teller->lang == LANG_EN;
    if (finding->bound_ms < 0)
        return arena_format(teller->arena,
            is_en ? "So far %.*s (counting from %.*s)." : "%.*s（起点は%.*s）。", STR_ARG(what),
            STR_ARG(start_text(teller)));
    struct str left = teller_span(teller, finding->bound_ms - teller_moments(teller)->now_ms);
    return arena_format(teller->arena,
        is_en ? "So far %.*s; %.*s left until the limit (%.*s)."
              : "%.*s。期限まで残り%.*s（%.*s）。",
        STR_ARG(what), STR_ARG(left), STR_ARG(bound_text(teller)));
}

/* A law that says how soon only in words. */
static struct str soft_sentence(const struct teller *teller, struct str end)
{
    struct str what = absence(teller, false), start = start_text(teller);
    struct str soft = teller->finding->rule->law.soft.in[teller->lang];
    return arena_format(teller->arena,
        teller->lang == LANG_EN
            ? "By the end of the exercise (%.*s) %.*s; the law wants it “%.*s”, which is no limit "
              "that a clock could judge (counting from %.*s)."
            : "演習の終わり（%.*s）までに、%.*s。法令の定めは「%.*s」で、時刻では判定できない"
              "（起点は%.*s）。",
        STR_ARG(end), STR_ARG(what), STR_ARG(soft), STR_ARG(start));
}

static struct str inconclusive_sentence(const struct teller *teller)
{
    struct str end = teller_clock(teller, teller_moments(teller)->end_ms);
    if (teller->finding->bound_ms < 0)
        return soft_sentence(teller, end);
    struct str bound = bound_text(teller), what = absence(teller, false);
    return arena_format(teller->arena,
        teller->lang == LANG_EN
            ? "The exercise ended at %.*s, before the limit (%.*s); until then %.*s."
            : "期限の前に、演習が%.*sに終わった（%.*s）。それまでに、%.*s。",
        STR_ARG(end), STR_ARG(bound), STR_ARG(what));
}

/* ---- precede ---- */

static struct str preceded_sentence(const struct teller *teller)
{
    const struct event *alpha = teller->evidence->activation, *beta = teller->evidence->target;
    struct str before = teller_clause(teller, alpha), after = teller_clause(teller, beta);
    struct str before_at = teller_at(teller, alpha);
    struct str after_at = teller_at(teller, beta);
    if (teller->lang == LANG_EN)
        return arena_format(teller->arena, "%.*s at %.*s, after %.*s (%.*s).", STR_ARG(after),
            STR_ARG(after_at), STR_ARG(before), STR_ARG(before_at));
    return arena_format(teller->arena, "%.*sに%.*s。その後、%.*sに%.*s。", STR_ARG(before_at),
        STR_ARG(before), STR_ARG(after_at), STR_ARG(after));
}

static struct str not_preceded_sentence(const struct teller *teller)
{
    const struct event *beta = teller->evidence->target, *miss = teller->evidence->miss;
    bool is_en = teller->lang == LANG_EN;
    struct str after = teller_clause(teller, beta), at = teller_at(teller, beta);
    if (miss != NULL && trace_before(beta, miss)) {
        struct str before = teller_clause(teller, miss), late = teller_at(teller, miss);
        return arena_format(teller->arena,
            is_en ? "%.*s at %.*s, before %.*s (%.*s)."
                  : "%.*s（%.*s）。しかし、%.*sのはその後（%.*s）だった。",
            STR_ARG(after), STR_ARG(at), STR_ARG(before), STR_ARG(late));
    }
    struct clause_gap gap = gap_of(teller, &teller->finding->rule->when.pattern, beta);
    struct str none = clause_absence(&teller->context->book, teller->lang, &gap);
    return near_miss_after(
        teller, arena_format(teller->arena,
                    is_en ? "%.*s at %.*s; until then %.*s." : "%.*s（%.*s）。それまでに、%.*s。",
                    STR_ARG(after), STR_ARG(at), STR_ARG(none)));
}

/* ---- all ---- */

/* No answer yet, in time before ENDEX, or at all; an excuse can come at any of these moments. */
static struct str unanswered(const struct teller *teller)
{
    const struct moments *moments = teller_moments(teller);
    int64_t bound_ms = teller->finding->bound_ms;
    if (moments->end_ms < 0 && (bound_ms < 0 || bound_ms >= moments->now_ms))
        return pending_sentence(teller);
    if (moments->end_ms >= 0 && bound_ms > moments->end_ms)
        return inconclusive_sentence(teller);
    return near_miss_after(teller, missed_sentence(teller));
}

static struct str missed_or_late(const struct teller *teller)
{
    if (teller->finding->rule->kind == RULE_PRECEDE)
        return excuse_after(teller, not_preceded_sentence(teller));
    if (teller->evidence->target != NULL)
        return excuse_after(teller, choose_after(teller, met_sentence(teller)));
    return excuse_after(teller, unanswered(teller));
}

static struct str satisfied(const struct teller *teller)
{
    return teller->finding->rule->kind == RULE_PRECEDE ? preceded_sentence(teller)
                                                       : choose_after(teller, met_sentence(teller));
}

static struct str pending(const struct teller *teller)
{
    return near_miss_after(teller, pending_sentence(teller));
}

static struct str not_measured(const struct teller *teller)
{
    static const struct words modes[MODE_COUNT] = {
        WORDS("Not measured when an exercise is discussed.", "討議形式の演習では測らない。"),
        WORDS(
            "Not measured when an exercise is played in one room.", "一室で行う演習では測らない。"),
        WORDS("Not measured when an exercise is played through the tool.",
            "ツール越しに行う演習では測らない。"),
    };
    return modes[teller->context->mode].in[teller->lang];
}

static struct str (*const tellers[VERDICT_COUNT])(const struct teller *teller) = {
    [VERDICT_SATISFIED] = satisfied,
    [VERDICT_VIOLATED] = missed_or_late,
    [VERDICT_PENDING] = pending,
    [VERDICT_NOT_ACTIVATED] = idle_sentence,
    [VERDICT_EXCUSED] = missed_or_late,
    [VERDICT_INCONCLUSIVE] = inconclusive_sentence,
    [VERDICT_NOT_MEASURED] = not_measured,
};

static bool has_own_words(const struct finding *finding)
{
    return finding->verdict != VERDICT_NOT_ACTIVATED && finding->verdict != VERDICT_NOT_MEASURED;
}

static struct str with_ruling(const struct teller *teller, struct str sentence)
{
    if (!teller->finding->is_ruled)
        return sentence;
    return arena_format(teller->arena,
        teller->lang == LANG_EN ? "%.*s The facilitator has ruled on this."
                                : "%.*sこの所見には進行役の裁定がある。",
        STR_ARG(sentence));
}

/* What the rule itself had found is told: a ruling and a consequence are told behind it. A ruling
 * leaves consequences alone, so what had been excused before it was so by `unless`. */
static struct finding by_rule(const struct finding *finding)
{
    struct finding own = *finding;
    if (finding->is_ruled) {
        own.verdict = finding->found;
        own.excused_by = finding->found == VERDICT_EXCUSED ? STR("unless") : STR("");
    }
    if (own.verdict == VERDICT_EXCUSED && !str_is(own.excused_by, "unless"))
        own.verdict = VERDICT_VIOLATED;
    return own;
}

/* Whoever was not there cannot be blamed for not reading, and the reader shall know. */
static struct str with_absence(const struct teller *teller, struct str sentence)
{
    const struct finding *finding = teller->finding;
    if (finding->away_ms == 0)
        return sentence;
    return arena_format(teller->arena,
        teller->lang == LANG_EN ? "%.*s Meanwhile the page of %.*s was not open for %.*s."
                                : "%.*sこの間、%.*sの画面は%.*s開かれていなかった。",
        STR_ARG(sentence),
        STR_ARG(phrase_party(&teller->context->book, teller->lang, finding->actor)),
        STR_ARG(teller_span(teller, finding->away_ms)));
}

static struct str tell(const struct teller *teller)
{
    struct finding own = by_rule(teller->finding);
    struct teller of_rule = *teller;
    of_rule.finding = &own;
    struct str words = has_own_words(&own) ? kind_sentence(&of_rule) : STR("");
    if (words.len != 0)
        return with_ruling(teller, with_absence(teller, excuse_after(&of_rule, words)));
    return with_ruling(teller, with_absence(teller, tellers[own.verdict](&of_rule)));
}

struct words sentence_of(const struct sentence_context *context, const struct finding *finding,
    const struct evidence *evidence)
{
    struct words words;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct teller teller = {context, finding, evidence, context->book.arena, (enum lang)lang};
        words.in[lang] = phrase_capital(context->book.arena, tell(&teller));
    }
    return words;
}
