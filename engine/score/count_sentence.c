/* Sentences about numbers: how many there were, how many there should have been, and which one made
 * the difference. A number of things is never followed by their name, which would need its plural.
 */
#include "score/teller.h"

/* "3 times"; 3回. */
static struct str times(const struct teller *teller, int count)
{
    if (!teller_is_en(teller))
        return arena_format(teller->arena, "%d回", count);
    return count == 1   ? STR("once")
           : count == 2 ? STR("twice")
                        : arena_format(teller->arena, "%d times", count);
}

/* "at least 3 were wanted"; 求められたのは3回以上. */
static struct str limit(const struct teller *teller)
{
    const struct rule *rule = teller->finding->rule;
    int low = rule->at_least, high = rule->at_most;
    bool is_open = teller->finding->verdict == VERDICT_PENDING;
    const char *one = is_open ? "is" : "was", *many = is_open ? "are" : "were";
    if (!teller_is_en(teller))
        return low == high ? arena_format(teller->arena, "求められるのはちょうど%d回", low)
               : high < 0  ? arena_format(teller->arena, "求められるのは%d回以上", low)
               : high == 0 ? STR("一度もあってはならない")
               : low <= 0  ? arena_format(teller->arena, "認められるのは%d回まで", high)
                          : arena_format(teller->arena, "求められるのは%d〜%d回", low, high);
    if (low == high)
        return arena_format(teller->arena, "exactly %d %s wanted", low, low == 1 ? one : many);
    if (high < 0)
        return arena_format(teller->arena, "at least %d %s wanted", low, low == 1 ? one : many);
    if (low <= 0 && high == 0)
        return arena_format(teller->arena, "none %s allowed", one);
    if (low <= 0)
        return arena_format(teller->arena, "at most %d %s allowed", high, high == 1 ? one : many);
    return arena_format(teller->arena, "%d to %d %s wanted", low, high, many);
}

/* Behind a sentence: from when to when was counted, where it was not the whole exercise. */
static struct str window(const struct teller *teller)
{
    if (teller->evidence->activation == NULL)
        return STR("");
    struct str end = teller_clock(teller, teller->finding->bound_ms);
    struct str start = teller_at(teller, teller->evidence->activation);
    struct str what = teller_clause(teller, teller->evidence->activation);
    return arena_format(teller->arena,
        teller_is_en(teller) ? " (from %.*s, when %.*s, to %.*s)"
                             : "（%.*s、%.*s時点から%.*sまで）",
        STR_ARG(start), STR_ARG(what), STR_ARG(end));
}

/* The number that there was, whatever it should have been. */
static struct str total(const struct teller *teller)
{
    int count = teller->evidence->count;
    bool is_open = teller->finding->verdict == VERDICT_PENDING;
    struct str number = times(teller, count), wanted = limit(teller), when = window(teller);
    if (!teller_is_en(teller) && count == 0)
        return arena_format(teller->arena, "%s%.*s。%.*s。",
            is_open ? "まだ一度もない" : "一度もなかった", STR_ARG(when), STR_ARG(wanted));
    if (!teller_is_en(teller))
        return arena_format(teller->arena, "%s%.*sあった%.*s。%.*s。", is_open ? "これまでに" : "",
            STR_ARG(number), STR_ARG(when), STR_ARG(wanted));
    const char *happened =
        is_open      ? count == 0 ? "So far it has not happened" : "So far it has happened "
        : count == 0 ? "It did not happen"
                     : "It happened ";
    return arena_format(teller->arena, "%s%.*s%.*s; %.*s.", happened,
        count == 0 ? 0 : (int)number.len, number.ptr, STR_ARG(when), STR_ARG(wanted));
}

/* What was wanted has been reached with this one. */
static struct str reached(const struct teller *teller)
{
    const struct event *target = teller->evidence->target;
    struct str wanted = limit(teller), at = teller_at(teller, target);
    struct str what = teller_clause(teller, target), when = window(teller);
    if (teller_is_en(teller))
        return arena_format(teller->arena, "%.*s%.*s; that was reached at %.*s, when %.*s.",
            STR_ARG(phrase_capital(teller->arena, wanted)), STR_ARG(when), STR_ARG(at),
            STR_ARG(what));
    return arena_format(teller->arena, "%.*s%.*s。%.*sに%.*s時点で満たした。", STR_ARG(wanted),
        STR_ARG(when), STR_ARG(at), STR_ARG(what));
}

/* None at all: told as an answer that never came. */
static struct str none(const struct teller *teller)
{
    struct clause_gap gap = {.pattern = &teller->finding->rule->then.pattern};
    struct str what = clause_absence(&teller->context->book, teller->lang, &gap);
    struct str wanted = limit(teller), when = window(teller);
    if (teller->evidence->activation == NULL)
        return arena_format(teller->arena,
            teller_is_en(teller) ? "By the end of the exercise %.*s; %.*s."
                                 : "演習の終わりまでに、%.*s。%.*s。",
            STR_ARG(what), STR_ARG(wanted));
    struct str bound = teller_clock(teller, teller->finding->bound_ms);
    return arena_format(teller->arena,
        teller_is_en(teller) ? "By %.*s %.*s%.*s; %.*s." : "%.*sまでに、%.*s%.*s。%.*s。",
        STR_ARG(bound), STR_ARG(what), STR_ARG(when), STR_ARG(wanted));
}

static struct str too_many(const struct teller *teller)
{
    struct str all = total(teller), which = teller_told(teller, teller->evidence->target);
    return arena_format(teller->arena,
        teller_is_en(teller) ? "%.*s The first one too many: %.*s."
                             : "%.*s超過した最初の1回：%.*s。",
        STR_ARG(all), STR_ARG(which));
}

static struct str ended_first(const struct teller *teller)
{
    struct str all = total(teller), end = teller_clock(teller, teller_moments(teller)->end_ms);
    return arena_format(teller->arena,
        teller_is_en(teller) ? "The exercise ended at %.*s, before the time for it was over. %.*s"
                             : "期間の途中、%.*sに演習が終わった。%.*s",
        STR_ARG(end), STR_ARG(all));
}

struct str count_sentence(const struct teller *teller)
{
    const struct finding *finding = teller->finding;
    bool has_limit = finding->rule->at_most >= 0;
    /* At least one in a window is an answer that comes or not. */
    if (finding->rule->at_least == 1 && !has_limit && teller->evidence->activation != NULL)
        return STR("");
    if (finding->verdict == VERDICT_INCONCLUSIVE)
        return ended_first(teller);
    if (finding->verdict == VERDICT_VIOLATED && teller->evidence->target != NULL)
        return too_many(teller);
    if (finding->verdict == VERDICT_VIOLATED && teller->evidence->count == 0)
        return none(teller);
    if (finding->verdict == VERDICT_SATISFIED && !has_limit)
        return reached(teller);
    return total(teller);
}
