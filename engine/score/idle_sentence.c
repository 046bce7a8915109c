/* Sentences about what never began: nothing called for it, or its clock had nothing to run from. */
#include "score/teller.h"

/* What one anchor of a deadline waited for. */
static struct str anchor_absence(const struct teller *teller, const struct rule_anchor *anchor)
{
    const struct phrase_book *book = &teller->context->book;
    if (anchor->filed.len != 0)
        return arena_format(teller->arena,
            teller_is_en(teller) ? "nothing had been filed under “%.*s”"
                                 : "「%.*s」の報告がなかった",
            STR_ARG(excuse_rule_title(teller, anchor->filed)));
    struct str list = {0};
    for (size_t i = 0; i < anchor->filter_count; i++) {
        struct clause_gap gap = {.pattern = &anchor->filters[i].pattern,
            .still_waits = teller_moments(teller)->end_ms < 0};
        struct str one = clause_absence(book, teller->lang, &gap);
        list = i == 0 ? one
                      : arena_format(teller->arena,
                            teller_is_en(teller) ? "%.*s and %.*s" : "%.*s。%.*s", STR_ARG(list),
                            STR_ARG(one));
    }
    return list;
}

/* It applies, or was even filed, but has no moment to run from. */
static struct str anchor_missing(const struct teller *teller)
{
    const struct rule_deadline *deadline = teller->finding->rule->deadline;
    bool is_open = teller_moments(teller)->end_ms < 0;
    struct str sentence = !teller_is_en(teller) ? STR("期限の起点がない")
                          : is_open             ? STR("It has no moment to run from")
                                                : STR("It had no moment to run from");
    for (size_t i = 0; i < deadline->anchor_count; i++) {
        struct str none = anchor_absence(teller, &deadline->anchors[i]);
        const char *format = !teller_is_en(teller) ? i == 0 ? "%.*s：%.*s" : "%.*s。%.*s"
                             : i == 0              ? "%.*s: %.*s"
                                                   : "%.*s; %.*s";
        sentence = arena_format(teller->arena, format, STR_ARG(sentence), STR_ARG(none));
    }
    return arena_format(
        teller->arena, teller_is_en(teller) ? "%.*s." : "%.*s。", STR_ARG(sentence));
}

struct str idle_sentence(const struct teller *teller)
{
    static const struct {
        const char *state;
        struct words text;
    } states[] = {
        {"not-applicable", WORDS("It was declared not to apply.", "該当しないと宣言された。")},
        {"not-started", WORDS("The clock never began to run.", "期限は始まらなかった。")},
    };
    if (str_is(teller->finding->state, "anchor-missing"))
        return anchor_missing(teller);
    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
        if (str_is(teller->finding->state, states[i].state))
            return states[i].text.in[teller->lang];
    return teller->lang == LANG_EN ? STR("Nothing in the exercise called for it.")
                                   : STR("この演習では該当する場面がなかった。");
}
